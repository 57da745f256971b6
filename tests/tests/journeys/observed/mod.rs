//! What whoever runs the service sees of it: the log, metrics, traces, and whether it is ready.

mod dashboard;
pub mod exposition;
mod log;
mod metrics;
mod ready;
mod told;
mod traces;

use tests::Harness;

/// The real program has the system's clock: from now on the journey has it too.
fn today(harness: &Harness) {
    harness.app.clock.set(chrono::DateTime::from(std::time::SystemTime::now()));
}
