//! `goldenthread pack`.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use rules::period::Period;

use super::person::{Person, name, told};
use super::start;
use crate::app::App;
use crate::audit::downloads::by_command;
use crate::config::Config;
use crate::error::ContextExt;
use crate::packs::service::{BuildInput, build_now};
use crate::packs::state::Profile;

/// Which pack.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// Ref of the forum.
    #[arg(long)]
    forum: String,
    /// The reporting period: `2023/24 Q1`.
    #[arg(long)]
    period: Period,
    /// The day the forum meets.
    #[arg(long)]
    meeting_on: Option<NaiveDate>,
    /// `Full`, or `Exceptions` for a chair's briefing.
    #[arg(long, default_value = "Full")]
    profile: Profile,
    /// Chart every indicator, not the exceptions alone.
    #[arg(long)]
    chart_all: bool,
    /// Where to write it. By default its own name, in this folder.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Builds a pack and says where it is and what its checksum is.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        let actor = args.person.actor(&app).await?;
        let input = BuildInput {
            council: args.person.council.clone(),
            forum: args.forum.clone(),
            period: args.period,
            meeting_on: args.meeting_on,
            profile: args.profile,
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
