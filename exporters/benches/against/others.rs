//! Other programs, where they can be run.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{same, used};

const SCRIPT: &str = include_str!("with_xlsxwriter.py");

/// Seconds of processor time Python's XlsxWriter takes. It is installed in a fresh environment of its own.
pub fn python(folder: &Path, same: &same::Workbook) -> Option<f64> {
    let (dump, script, environment) = (folder.join("same.json"), folder.join("with_xlsxwriter.py"), folder.join("python"));
    std::fs::write(&dump, serde_json::to_vec(same).unwrap()).unwrap();
    std::fs::write(&script, SCRIPT).unwrap();
    let python = environment.join("bin/python");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "XlsxWriter==3.2.9"]))?;
    }
    let out = Command::new(&python).arg(&script).arg(&dump).arg(folder.join("python.xlsx")).stderr(Stdio::inherit()).output().ok()?;
    String::from_utf8_lossy(&out.stdout).trim().parse().ok()
}

/// Seconds of processor time, and by the clock, LibreOffice takes to start, open a pack, and write the cells of its
/// first sheet.
pub fn libreoffice(folder: &Path, bytes: &[u8]) -> Option<(f64, f64)> {
    let pack = folder.join("pack.xlsx");
    std::fs::write(&pack, bytes).unwrap();
    let (begun, before) = (Instant::now(), used::of_children());
    let home = format!("-env:UserInstallation=file://{}", folder.join("office").display());
    run(Command::new("soffice").arg(home).args(["--headless", "--convert-to", "csv", "--outdir"]).arg(folder).arg(&pack))?;
    folder.join("pack.csv").exists().then(|| (used::of_children() - before, begun.elapsed().as_secs_f64()))
}

/// None where the program is not there or failed.
fn run(command: &mut Command) -> Option<()> {
    let done = command.stdout(Stdio::null()).stderr(Stdio::inherit()).status();
    if !done.as_ref().is_ok_and(std::process::ExitStatus::success) {
        println!("left out: {command:?} {done:?}");
        return None;
    }
    Some(())
}
