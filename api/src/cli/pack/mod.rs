//! `goldenthread pack`: builds one; `goldenthread pack verify`: says whether a file is one.

use std::process::ExitCode;

use crate::config::Config;

mod build;
mod verify;

/// Which pack, or what to do with one.
#[derive(clap::Args)]
#[command(subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    build: build::Build,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Say whether a file is a pack as it was issued.
    Verify(verify::Args),
}

/// Builds a pack, or verifies a file.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    match &args.verb {
        Some(Verb::Verify(args)) => verify::run(config, args),
        None => build::run(config, &args.build),
    }
}
