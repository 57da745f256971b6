//! `goldenthread audit`.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use rules::permission::Role;
use serde::Serialize;
use uuid::Uuid;

use super::person::{Person, told};
use super::start;
use crate::app::App;
use crate::audit::store::Filter;
use crate::audit::verify::{Noted, Report, verify};
use crate::audit::{Outcome, export};
use crate::config::Config;
use crate::councils;
use crate::error::{ContextExt, Error, Result};

/// What to do with the audit trail.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Read every event and name what is not as it was written. The exit code is 0 only if all is well.
    Verify(VerifyArgs),
    /// Write events into a workbook.
    Export(ExportArgs),
}

#[derive(clap::Args)]
struct VerifyArgs {
    /// Code of a council; every council's trail without it.
    #[arg(long)]
    council: Vec<String>,
    /// The end of a trail as it was noted earlier, `1000:9f86d0…`; for several councils `huntingdonshire=1000:9f86d0…`.
    #[arg(long, value_name = "[COUNCIL=]SEQ:HASH")]
    head: Vec<Head>,
    /// Print JSON for a machine.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone)]
struct Head {
    council: Option<String>,
    noted: Noted,
}

impl std::str::FromStr for Head {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (council, noted) = text.split_once('=').map_or((None, text), |(council, noted)| (Some(council.trim().to_owned()), noted));
        Ok(Self { council, noted: noted.parse()? })
    }
}

#[derive(clap::Args)]
struct ExportArgs {
    #[command(flatten)]
    person: Person,
    /// Where to write the workbook.
    #[arg(long)]
    out: PathBuf,
    /// Events at this instant or later: `2026-04-01T00:00:00Z`.
    #[arg(long)]
    from: Option<DateTime<Utc>>,
    /// Events before this instant.
    #[arg(long)]
    until: Option<DateTime<Utc>>,
    /// E-mail address of whoever is behind them.
    #[arg(long, value_name = "EMAIL")]
    by: Option<String>,
    /// In this role, for instance `DIRECTOR`.
    #[arg(long)]
    role: Option<Role>,
    /// What the verb begins with.
    #[arg(long)]
    verb: Option<String>,
    /// What the subject begins with.
    #[arg(long)]
    subject: Option<String>,
    /// `DONE`, `REFUSED` or `FAILED`.
    #[arg(long)]
    outcome: Option<Outcome>,
    /// Id of a request.
    #[arg(long)]
    request: Option<Uuid>,
}

/// Verifies or exports.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    match &args.verb {
        Verb::Verify(args) => start(verify_all(config, args)),
        Verb::Export(args) => start(export_some(config, args)),
    }
}

/// A council's report, as JSON prints it.
#[derive(Serialize)]
struct Line<'a> {
    council: &'a str,
    well: bool,
    #[serde(flatten)]
    report: &'a Report,
}

async fn verify_all(config: &Config, args: &VerifyArgs) -> Result<ExitCode> {
    let key = config.signing_key();
    if !key.exists() {
        // One made now would find every seal broken.
        let message = format!(
            "{} is not there: name the service's own data folder with --data, seals cannot be checked without its key.",
            key.display()
        );
        return Err(Error::bad_input(message));
    }
    let app = App::open(config).await?;
    let all = councils::service::all(&app).await?;
    let known = |code: &str| all.iter().any(|(_, known)| known == code);
    let named = args.council.iter().chain(args.head.iter().filter_map(|head| head.council.as_ref()));
    if let Some(absent) = named.into_iter().find(|code| !known(code)) {
        return Err(Error::not_found(format!("There is no council {absent}.")));
    }
    let chosen: Vec<_> = all.iter().filter(|(_, code)| args.council.is_empty() || args.council.contains(code)).collect();
    if chosen.len() != 1 && args.head.iter().any(|head| head.council.is_none()) {
        return Err(Error::bad_input("Say of which council a noted end is: --head COUNCIL=SEQ:HASH, or name one with --council."));
    }
    let (mut well, mut lines) = (true, Vec::new());
    for (id, code) in chosen {
        let of_this = |head: &&Head| head.council.as_ref().is_none_or(|council| council == code);
        let noted: Vec<Noted> = args.head.iter().filter(of_this).map(|head| head.noted.clone()).collect();
        let report = verify(&app, *id, &noted).await?;
        well &= report.is_well();
        if args.json {
            lines.push(serde_json::to_value(Line { council: code, well: report.is_well(), report: &report }).context("printing a report")?);
        } else {
            show(code, &report, noted.len());
        }
    }
    if args.json {
        println!("{}", serde_json::to_string_pretty(&lines).context("printing the reports")?);
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(code: &str, report: &Report, noted: usize) {
    let day = |at: Option<DateTime<Utc>>| at.map_or("never".to_owned(), |at| at.format("%Y-%m-%d %H:%M:%S UTC").to_string());
    println!("{code}");
    println!("  events  {}, from {} to {}", report.events, day(report.first), day(report.last));
    if report.before_the_chain > 0 {
        println!("  before  {} events from before the trail was chained", report.before_the_chain);
    }
    match &report.head {
        Some(head) => println!("  head    {head}"),
        None => println!("  head    none: the trail is empty"),
    }
    if report.is_well() {
        let heads = if noted > 0 { format!(", and holds the {noted} noted earlier") } else { String::new() };
        println!("  well    every event is as it was written{heads}. Note the head elsewhere.");
        return;
    }
    for finding in &report.findings {
        println!("  {:<24} {}", finding.kind.code(), finding.message);
    }
    if report.more > 0 {
        println!("  and {} more findings", report.more);
    }
}

async fn export_some(config: &Config, args: &ExportArgs) -> Result<ExitCode> {
    let app = App::open(config).await?;
    let actor = args.person.actor(&app).await?;
    let person = match &args.by {
        None => None,
        Some(email) => {
            let snapshot = app.db.snapshot(actor.council.id).await?;
            let found = crate::people::service::by_email(&*snapshot, actor.council.id, email).await?;
            Some(found.ok_or_else(|| Error::not_found(format!("There is nobody with the address {email} at this council.")))?)
        }
    };
    let filter = Filter {
        from: args.from,
        until: args.until,
        person,
        role: args.role,
        verb: args.verb.clone(),
        subject: args.subject.clone(),
        thing: None,
        outcome: args.outcome,
        request: args.request,
    };
    let made = export::export(&app, &actor, &filter).await.map_err(told)?;
    tokio::fs::write(&args.out, &made.bytes).await.context("writing the workbook")?;
    println!("{}: {} events", args.out.display(), made.events);
    Ok(ExitCode::SUCCESS)
}
