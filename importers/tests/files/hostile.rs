//! Files made to hurt, and files that are merely broken: each ends in one clear diagnostic, quickly.

use std::time::{Duration, Instant};

use importers::{Limits, Reading, read};

use crate::common::problem;

mod archives;
mod binary;
mod grid;
mod kinds;
mod markup;
mod separated;
mod whatever;

/// How long any of these files may take, in an unoptimised build on a busy machine.
const SOON: Duration = Duration::from_secs(10);

/// Reads a file that must be refused whole, soon and under one code; gives what is said.
fn refused(bytes: &[u8], code: &str) -> String {
    refused_within(bytes, code, &Limits::default())
}

fn refused_within(bytes: &[u8], code: &str, limits: &Limits) -> String {
    let started = Instant::now();
    let reading = read(bytes, "upload", limits);
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    nothing_read(&reading);
    let found = problem(&reading, code);
    assert!(found.suggestion.is_some(), "{found:?}");
    assert_eq!(reading.diagnostics.iter().filter(|d| d.severity == importers::Severity::Error).count(), 1, "{:?}", reading.diagnostics);
    found.message.clone()
}

fn nothing_read(reading: &Reading) {
    assert!(reading.has_errors());
    assert!(reading.values.is_empty() && reading.framework.is_none() && reading.stamp.is_none(), "{reading:?}");
}
