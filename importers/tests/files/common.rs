//! What the tests of whole files share.

use std::path::PathBuf;

use importers::{Diagnostic, Reading, Severity};

/// A committed workbook.
pub fn fixture(name: &str) -> Vec<u8> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", name].iter().collect();
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Codes of everything that is not mere information, and of 1904 dates.
pub fn codes(reading: &Reading) -> Vec<String> {
    let worth = reading.diagnostics.iter().filter(|d| d.severity != Severity::Info || d.code == "PER-030");
    worth.map(|d| d.code.to_string()).collect()
}

/// Every cell a code was found at, in order.
pub fn places<'a>(reading: &'a Reading, code: &str) -> Vec<&'a str> {
    reading.diagnostics.iter().filter(|d| d.code == code).flat_map(|d| d.places.iter().map(|p| p.cell.as_str())).collect()
}

/// The one diagnostic of a code.
pub fn problem<'a>(reading: &'a Reading, code: &str) -> &'a Diagnostic {
    let mut found = reading.diagnostics.iter().filter(|d| d.code == code);
    let first = found.next().unwrap_or_else(|| panic!("no {code} among {:?}", reading.diagnostics));
    assert!(found.next().is_none(), "{code} twice");
    first
}
