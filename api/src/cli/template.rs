//! `goldenthread template`.

use std::path::PathBuf;
use std::process::ExitCode;

use rules::period::Period;

use super::person::{Person, name, told};
use super::start;
use crate::app::App;
use crate::audit::downloads::by_command;
use crate::config::Config;
use crate::error::ContextExt;
use crate::returns::service::{Wanted, issue};

/// Which template.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// Ref of the service or other element whose indicators are asked for.
    #[arg(long)]
    element: String,
    /// The reporting period: `2023/24 Q1`.
    #[arg(long)]
    period: Period,
    /// Where to write it. By default its own name, in this folder.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Issues a template and says where it is.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        let actor = args.person.actor(&app).await?;
        let wanted = Wanted { council: &args.person.council, element: &args.element, period: args.period };
        let issued = issue(&app, &actor, wanted).await.map_err(told)?;
        let out = args.out.clone().unwrap_or_else(|| PathBuf::from(&issued.file_name));
        by_command(&app, &actor, format!("return template {}", issued.template.id), &name(&out)).await?;
        tokio::fs::write(&out, &issued.bytes).await.context("writing the template")?;
        println!("{}", out.display());
        Ok(ExitCode::SUCCESS)
    })
}
