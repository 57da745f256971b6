//! What whoever runs the service sees of it: one line in the log for each request, operation and job, metrics, traces.
//!
//! An [`Account`] goes along with each piece of work, as a value of its task: who asked for what, and what it cost so far. When the
//! work ends, whichever way, its [`Line`] (or [`jobs::Doing`]) tells the log, the metrics and the trace the same. Promises: no token,
//! password, figure, variable, text or file stands in any of them ([`log`] lets no library speak below INFO, whatever is asked of it);
//! what clients choose, like names of operations, makes no more series than a stated number ([`metrics::names`]); a collector that
//! does not answer slows and fails nothing ([`otlp`]).

pub mod account;
pub mod health;
pub mod jobs;
pub mod line;
pub mod log;
pub mod metrics;
pub mod otlp;
pub mod sql;
pub mod trace;
pub mod watched;

pub use account::Account;
pub use health::Health;
pub use line::Line;
pub use metrics::Metrics;
