//! `goldenthread backup` and `goldenthread restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::start;
use crate::app::Clock;
use crate::backup::{self, MISSING_MAX, Manifest};
use crate::config::Config;

/// Missing files named on the screen; the first ten thousand are in the manifest.
const NAMED_MAX: usize = 10;
/// The exit code of a backup that lacks files rows name.
const INCOMPLETE: u8 = 2;

/// Exit codes: 0 all is in it; 2 it was taken, and files that rows name were not there; 1 it was not taken.
#[derive(clap::Args)]
#[command(after_help = "Exit codes: 0 all is in it; 2 it was taken, and files that rows name were missing; 1 it was not taken.")]
pub struct Take {
    /// Folder to take it into: not there yet, or empty.
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Put the signing key into it too. Left out by default: whoever has the key and the database can write an audit trail anew.
    #[arg(long)]
    with_key: bool,
    /// PostgreSQL's own program to dump with, of the server's version or a later one.
    #[arg(long, value_name = "PROGRAM", default_value = "pg_dump")]
    pg_dump: PathBuf,
}

#[derive(clap::Args)]
pub struct PutBack {
    /// Folder with a backup.
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// The service's signing key, where neither the backup nor the data folder has it.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// PostgreSQL's own program to restore with.
    #[arg(long, value_name = "PROGRAM", default_value = "pg_restore")]
    pg_restore: PathBuf,
}

/// Takes a backup and says what is in it.
pub fn take(config: &Config, args: &Take) -> ExitCode {
    start(async {
        let wanted = backup::ToTake { to: args.to.clone(), with_key: args.with_key, pg_dump: args.pg_dump.clone() };
        let manifest = backup::take(config, &wanted, Clock::System.now()).await?.manifest;
        println!("{}: as at {}", args.to.display(), manifest.taken_at.format("%Y-%m-%d %H:%M:%S UTC"));
        show(&manifest);
        if args.with_key {
            println!("  key       with it: keep this folder as you keep the key");
        } else {
            println!("  key       without it: keep {} apart, nothing can be verified without", config.signing_key().display());
        }
        Ok(told_missing(&manifest))
    })
}

/// Puts a backup back and says what was done.
pub fn restore(config: &Config, args: &PutBack) -> ExitCode {
    start(async {
        let wanted = backup::ToPutBack { from: args.from.clone(), key: args.key.clone(), pg_restore: args.pg_restore.clone() };
        let restored = backup::put_back(config, &wanted).await?;
        let manifest = &restored.manifest;
        println!("Restored as at {}", manifest.taken_at.format("%Y-%m-%d %H:%M:%S UTC"));
        show(manifest);
        let newer = crate::db::known_migrations().len().saturating_sub(manifest.schema.len());
        if newer > 0 {
            println!("  schema    brought up to date by {newer} migrations");
        }
        println!("  verified  {} events of {} audit trails, each to where it ended", restored.events, restored.councils);
        Ok(told_missing(manifest))
    })
}

fn show(manifest: &Manifest) {
    println!("  database  {} of version {}, {} bytes", manifest.kind, manifest.product, manifest.database.bytes);
    println!("  files     {}, {} bytes", manifest.files, manifest.files_bytes);
    for trail in &manifest.councils {
        println!("  trail     {} {}", trail.code, trail.head.as_deref().unwrap_or("is empty"));
    }
}

fn told_missing(manifest: &Manifest) -> ExitCode {
    let missing = &manifest.missing;
    if missing.is_empty() {
        return ExitCode::SUCCESS;
    }
    let more = if missing.len() < MISSING_MAX { "" } else { " or more" };
    eprintln!("goldenthread: {}{more} files that rows name were not there, or not as they were kept:", missing.len());
    for key in missing.iter().take(NAMED_MAX) {
        eprintln!("  {key}");
    }
    ExitCode::from(INCOMPLETE)
}
