//! `goldenthread pack`: builds a pack.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use rules::period::Period;

use crate::app::App;
use crate::audit::downloads::by_command;
use crate::cli::person::{Person, name, told};
use crate::cli::start;
use crate::config::Config;
use crate::error::{ContextExt, Error};
use crate::packs::service::{BuildInput, build_now};
use crate::packs::state::Profile;

/// Which pack. What is needed to build one is not where the command says what else to do, and so may be absent here.
#[derive(clap::Args)]
pub struct Build {
    /// Code of the council.
    #[arg(long, required = true)]
    council: Option<String>,
    /// E-mail address of the person to act as: what they may not do is refused.
    #[arg(long = "as", value_name = "EMAIL", required = true)]
    email: Option<String>,
    /// Ref of the forum.
    #[arg(long, required = true)]
    forum: Option<String>,
    /// The reporting period: `2023/24 Q1`.
    #[arg(long, required = true)]
    period: Option<Period>,
    /// The day the forum meets.
    #[arg(long)]
    meeting_on: Option<NaiveDate>,
    /// `Scrutiny`, `Exceptions` for a chair's briefing, `Cabinet`, `Officer` (internal) or `Open data`.
    #[arg(long, default_value = "Scrutiny")]
    profile: Profile,
    /// Ref of the service or directorate whose edition is wanted; the whole of the forum's remit without it.
    #[arg(long)]
    element: Option<String>,
    /// The language of its headings: `en-GB`, `cy-GB`. By default the council's first.
    #[arg(long)]
    language: Option<String>,
    /// Chart every indicator, not the exceptions alone.
    #[arg(long)]
    chart_all: bool,
    /// Where to write it. By default its own name, in this folder.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Builds a pack and says where it is and what its checksum is.
pub fn run(config: &Config, args: &Build) -> ExitCode {
    start(async {
        let (Some(council), Some(email), Some(forum), Some(period)) = (&args.council, &args.email, &args.forum, args.period) else {
            return Err(Error::bad_input("Name the council, the person, the forum and the period."));
        };
        let app = App::open(config).await?;
        let person = Person { council: council.clone(), email: email.clone() };
        let actor = person.actor(&app).await?;
        let input = BuildInput {
            council: person.council,
            forum: forum.clone(),
            period,
            meeting_on: args.meeting_on,
            profile: args.profile,
            element: args.element.clone(),
            language: args.language.clone(),
            chart_all: args.chart_all,
        };
        let built = build_now(&app, &actor, &input).await.map_err(told)?;
        let out = args.out.clone().unwrap_or_else(|| PathBuf::from(built.pack.file_name.as_deref().unwrap_or("pack.xlsx")));
        by_command(&app, &actor, format!("pack {}", built.pack.id), &name(&out)).await?;
        tokio::fs::write(&out, &built.bytes).await.context("writing the pack")?;
        println!("{}\nSHA-256 {}", out.display(), built.pack.sha256.as_deref().unwrap_or_default());
        Ok(ExitCode::SUCCESS)
    })
}
