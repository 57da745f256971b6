//! The command line: one file a verb. Errors go to standard error, and the exit code says that there were some.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::telemetry::log;

mod audit;
mod backup;
mod benchmark;
mod council;
mod data;
mod demo;
mod framework;
mod healthy;
mod import;
mod migrate;
mod operator;
mod pack;
mod people;
mod person;
mod schema;
mod serve;
mod template;
mod token;

pub use import::{acknowledged, plan as plan_import, show as show_import};
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
    /// Load three councils from their workbooks, make their packs, and serve.
    Demo(demo::Args),
    /// Serve the API.
    Serve,
    /// Bring the tables up to date, or say how they stand: for an installation whose server's user does not own them.
    Migrate(migrate::Args),
    /// Ask the service of this machine whether it answers, for whoever watches over a container.
    Healthy,
    /// Print the GraphQL schema.
    Schema,
    /// Print a bearer token for a person.
    Token(token::Args),
    /// Enter councils, and list them.
    #[command(subcommand)]
    Council(council::Verb),
    /// Enter people, suspend them, and give them a way to sign in.
    #[command(subcommand)]
    Person(people::Verb),
    /// Enter platform operators, suspend them, and print tokens for them.
    #[command(subcommand)]
    Operator(operator::Verb),
    /// Read a workbook, show its plan, and apply it if asked to.
    Import(import::Args),
    /// Issue the return template of a service for a period.
    Template(template::Args),
    /// Build a forum's pack for a period.
    Pack(pack::Args),
    /// Write figures into a file, as data.
    #[command(subcommand)]
    Data(data::Verb),
    /// Write a framework into a workbook.
    #[command(subcommand)]
    Framework(framework::Verb),
    /// Bring in published figures for every council, and list what there is.
    #[command(subcommand)]
    Benchmark(benchmark::Verb),
    /// Bring in editions of national frameworks, and list them.
    #[command(subcommand)]
    Catalogue(benchmark::lists::CatalogueVerb),
    /// Bring in published lists of authorities that are alike.
    #[command(subcommand)]
    Neighbours(benchmark::lists::NeighboursVerb),
    /// Verify the audit trail, or write it into a workbook.
    Audit(audit::Args),
    /// Copy the database, the files and where each audit trail ends into a folder, while the service serves.
    Backup(backup::Take),
    /// Put a backup back where there is nothing, and verify it.
    Restore(backup::PutBack),
    /// Read a workbook from standard input and print what was read: what `serve` runs to read uploads apart.
    #[command(hide = true)]
    ReadWorkbook(crate::imports::reader::ChildArgs),
    /// Read a national file from standard input and print what was read: what this program runs to read such files apart.
    #[command(hide = true)]
    ReadNational(crate::imports::reader::ChildArgs),
    /// Mark cells of a workbook from standard input and print it: what `serve` runs for annotated workbooks.
    #[command(hide = true)]
    AnnotateWorkbook(crate::imports::reader::ChildArgs),
}

/// Does what the command line asks.
pub fn run() -> ExitCode {
    let line = Line::parse();
    let config = &line.config;
    // What the service runs for itself answers on its standard output, and logs nothing.
    if !matches!(line.verb, Verb::ReadWorkbook(_) | Verb::ReadNational(_) | Verb::AnnotateWorkbook(_)) {
        let logged = if matches!(line.verb, Verb::Demo(_)) { log::TROUBLE } else { log::LOGGED };
        log::start(config.log_format, logged);
    }
    match line.verb {
        Verb::Demo(args) => demo::run(config, &args),
        Verb::Serve => serve::run(config),
        Verb::Healthy => healthy::run(config),
        Verb::Migrate(args) => migrate::run(config, &args),
        Verb::Schema => schema::print(),
        Verb::Token(args) => token::run(config, &args),
        Verb::Council(verb) => council::run(config, &verb),
        Verb::Person(verb) => people::run(config, &verb),
        Verb::Operator(verb) => operator::run(config, &verb),
        Verb::Import(args) => import::run(config, &args),
        Verb::Template(args) => template::run(config, &args),
        Verb::Pack(args) => pack::run(config, &args),
        Verb::Data(verb) => data::run(config, &verb),
        Verb::Framework(verb) => framework::run(config, &verb),
        Verb::Audit(args) => audit::run(config, &args),
        Verb::Backup(args) => backup::take(config, &args),
        Verb::Restore(args) => backup::restore(config, &args),
        Verb::Benchmark(verb) => benchmark::run(config, &verb),
        Verb::Catalogue(verb) => benchmark::lists::catalogue(config, &verb),
        Verb::Neighbours(verb) => benchmark::lists::neighbours(config, &verb),
        Verb::ReadNational(args) => crate::imports::reader::national_child(&args),
        Verb::ReadWorkbook(args) => crate::imports::reader::child(&args),
        Verb::AnnotateWorkbook(args) => crate::imports::reader::annotating_child(&args),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        super::Line::command().debug_assert();
    }
}
