//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

mod schema;
mod serve;

pub use serve::{listen, start};

#[derive(Parser)]
#[command(name = "goldenthread", version, about = "A GraphQL API for councils' performance frameworks.")]
struct Line {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Serve the API.
    Serve,
    /// Print the GraphQL schema.
    Schema,
    /// Read a workbook from standard input and print what was read: what `serve` runs to read uploads apart.
    #[command(hide = true)]
    ReadWorkbook(crate::imports::reader::ChildArgs),
}

/// Does what the command line asks.
pub fn run() -> ExitCode {
    let line = Line::parse();
    match line.verb {
        Verb::Schema => schema::print(),
        Verb::ReadWorkbook(args) => crate::imports::reader::child(&args),
        Verb::Serve => serve::run(&line.config),
    }
}
