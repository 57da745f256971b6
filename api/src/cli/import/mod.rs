//! `goldenthread import`: workbooks read, looked at, accepted and taken back from a terminal or a script.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use rules::period::Period;

use super::person::Person;
use super::start;
use crate::config::Config;

mod decide;
mod ending;
mod files;
mod list;
mod plan;
mod run;
mod show;
mod undo;

pub use decide::acknowledged;
pub use plan::plan;
pub use show::show;

const EXIT_CODES: &str = "\
Each workbook is dealt with by itself, in the order given; one that is wrong does not stop the others. The exit code is \
the gravest of them all:
  0  everything was planned, or with --accept accepted
  1  something could not be run: no such file, no right to import, no database
  2  the command line was wrong
  3  a workbook has errors, or its plan could not be done with as asked: nothing of it was accepted
  4  a workbook waits for warnings to be acknowledged: nothing of it was accepted

With --json there is one line of JSON a workbook on standard output: file, import, outcome (ACCEPTED, PLANNED, ERRORS, \
WAITS or FAILED), state, layout, counts, findings, openWarnings, annotated, code, message. Keys are never renamed; \
later versions may add some.";

/// What to do with imports.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, after_long_help = EXIT_CODES, after_help = EXIT_CODES)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    workbooks: Workbooks,
}

#[derive(Subcommand)]
enum Verb {
    /// Apply a plan that was looked at before.
    Accept(One<decide::Deciding>),
    /// Refuse a plan: it is never applied.
    Refuse(One<Why>),
    /// Stop an import that waits to be read or is being read.
    Cancel(One<Nothing>),
    /// Plan an import anew: its plan was out of date, or what kept it from being taken was put right.
    Replan(One<Nothing>),
    /// Take back what an import wrote, and list what was not taken back.
    Undo(One<Nothing>),
    /// List imports, the latest first.
    List(list::Args),
}

/// An import, and what is said of it.
#[derive(clap::Args)]
struct One<T: clap::Args> {
    /// The import's id, as `list` and `--json` tell it.
    id: String,
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    saying: T,
    /// Answer in a line of JSON.
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct Nothing {}

#[derive(clap::Args)]
struct Why {
    /// Why; it is kept with the import.
    #[arg(long)]
    reason: String,
}

/// Workbooks to be read and planned.
#[derive(clap::Args)]
struct Workbooks {
    /// Workbooks, and folders: of a folder every workbook in it, in the order of their names. Hidden files and those that
    /// programs lock workbooks with are passed over.
    #[arg(required = true, value_name = "FILE|FOLDER")]
    paths: Vec<PathBuf>,
    // Asked for unless a verb is given, which asks for its own.
    /// Code of the council.
    #[arg(long, required = true)]
    council: Option<String>,
    /// E-mail address of the person to act as: what they may not do is refused.
    #[arg(long = "as", value_name = "EMAIL", required = true)]
    email: Option<String>,
    /// The return's period, where the workbook does not say: `2023/24 Q1`.
    #[arg(long)]
    period: Option<Period>,
    /// Name of the kept mapping the workbooks are to be read by.
    #[arg(long, value_name = "NAME")]
    mapping: Option<String>,
    /// Only show the plans. This is so unless `--accept` is given.
    #[arg(long, conflicts_with = "accept")]
    plan_only: bool,
    /// Apply the plans.
    #[arg(long)]
    accept: bool,
    #[command(flatten)]
    deciding: decide::Deciding,
    /// One line of JSON a workbook instead of words.
    #[arg(long)]
    json: bool,
    /// Folder to write each workbook to that has errors or warnings, with its cells marked and a sheet of messages; made if
    /// it is not there.
    #[arg(long, value_name = "FOLDER")]
    annotated: Option<PathBuf>,
}

impl Workbooks {
    /// Who sends them. Both are there: the command line's own rules ask for them.
    fn person(&self) -> Person {
        Person { council: self.council.clone().unwrap_or_default(), email: self.email.clone().unwrap_or_default() }
    }
}

/// Does it; what the exit codes mean is in the help.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    start(async {
        match &args.verb {
            Some(Verb::Accept(one)) => run::accept(config, one).await,
            Some(Verb::Refuse(one)) => run::refuse(config, one).await,
            Some(Verb::Cancel(one)) => run::cancel(config, one).await,
            Some(Verb::Replan(one)) => run::replan(config, one).await,
            Some(Verb::Undo(one)) => undo::run(config, one).await,
            Some(Verb::List(args)) => list::run(config, args).await,
            None => run::workbooks(config, &args.workbooks).await,
        }
    })
}
