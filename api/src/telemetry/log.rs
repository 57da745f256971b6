//! The log: one line an event on standard error, as text or as JSON.

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// What a service logs unless `RUST_LOG` says otherwise.
pub const LOGGED: &str = "info,sqlx=warn,sea_orm_migration=warn";
/// The same of what tells a person on the terminal how far it is.
pub const TROUBLE: &str = "warn";

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people at a terminal.
    Text,
    /// An object a line, for what gathers logs.
    Json,
}

/// Begins to log what is said, unless `RUST_LOG` says otherwise. The second time in a process nothing happens.
pub fn start(format: Format, logged: &str) {
    let chosen = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(logged)).and(filter_fn(speaks));
    // Colours are for a terminal.
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let lines = match format {
        Format::Text => lines.with_filter(chosen).boxed(),
        Format::Json => lines.json().flatten_event(true).with_span_list(false).with_filter(chosen).boxed(),
    };
    let started = tracing_subscriber::registry().with(lines).try_init().is_ok();
    if started {
        std::panic::set_hook(Box::new(|panic| {
            let at = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
            // Its words may repeat what it was about.
            tracing::error!(at, "a panic");
        }));
    }
}

/// Whether something may be logged at all: libraries say below INFO what they send and receive, tokens and figures among it.
fn speaks(said: &Metadata<'_>) -> bool {
    let ours = said.target().split("::").next() == Some("goldenthread");
    ours || *said.level() <= Level::INFO
}
