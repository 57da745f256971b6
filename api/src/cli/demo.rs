//! `goldenthread demo`.

use std::process::ExitCode;

use tokio::net::TcpListener;

use super::{listen, start};
use crate::app::App;
use crate::benchmarks::shipped;
use crate::config::Config;
use crate::demo;
use crate::error::ContextExt;

/// How much of it.
#[derive(clap::Args)]
pub struct Args {
    /// Do the whole main job and exit, without serving.
    #[arg(long)]
    once: bool,
}

/// Loads, makes packs, says where everything is, and serves.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    start(async {
        // A port that is taken is better known before the work than after it.
        let listener = if args.once { None } else { Some(TcpListener::bind(config.listen).await.context("listening")?) };
        let mut config = config.clone();
        if let Some(listener) = &listener {
            config.listen = listener.local_addr().context("listening")?;
        }
        let app = App::open(&config).await?;
        shipped::load(&app.db, &app.ids, &app.clock).await?;
        let loaded = demo::load(&app, &config.data).await?;
        demo::tell(&loaded, &config.data);
        if let Some(listener) = listener {
            println!("Serving {} – stop with Ctrl-C.", loaded.graphql);
            listen(app, listener, &config).await?;
        }
        Ok(ExitCode::SUCCESS)
    })
}
