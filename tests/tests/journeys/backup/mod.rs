//! A copy taken while the service serves, and put back where there is nothing.

mod refused;
mod taken;

use std::path::Path;
use std::process::{Command, Output};

use tests::{Harness, SECRET, program};

/// Runs a verb of the command line on a database and a data folder.
fn run(database: &str, data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(["--data", data.to_str().expect("a path"), "--database-url", database]).args(arguments);
    command.env("RUST_LOG", "error").output().expect("runs")
}

/// Backs a journey's product up into a folder.
pub fn back_up(harness: &Harness, to: &Path, more: &[&str]) -> Output {
    std::fs::write(harness.folder.join("signing.key"), SECRET).expect("keeps the key");
    let mut arguments = vec!["backup", "--to", to.to_str().expect("a path")];
    arguments.extend(more);
    run(&harness.database, &harness.folder, &arguments)
}

pub fn restore(database: &str, data: &Path, from: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["restore", "--from", from.to_str().expect("a path")];
    arguments.extend(more);
    run(database, data, &arguments)
}

/// What was said on either way out.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
