//! Figures for a part of the council's area, which are not held: one figure stands for the whole council.

use importers::words::place_key;
use importers::{Diagnostic, Place, ValueRow};

use crate::access::actor::OwnCouncil;

const WHOLE: [&str; 9] = ["all", "total", "council", "whole council", "district", "county", "city", "borough", "authority"];

/// Refuses a row for a part of the area, or for another's.
pub fn check(row: &ValueRow, council: &OwnCouncil) -> Option<Diagnostic> {
    let area = row.area.as_ref()?;
    let refuse = |message: &str, advice: &str| {
        Some(Diagnostic::new("IND-009", Place::new(&row.sheet, &area.cell), message).seen(&area.text).suggest(advice))
    };
    if is_authority_code(&area.text) {
        if council.gss_code.as_deref().is_some_and(|own| own == area.text.trim()) {
            return None;
        }
        return refuse("This figure is for another authority.", "Send only this council's rows.");
    }
    let written = place_key(&area.text);
    let names_us = [&council.name, &council.code].iter().any(|own| place_key(own) == written);
    if names_us || WHOLE.contains(&plain(&area.text).as_str()) {
        return None;
    }
    refuse(
        "This figure is for a part of the area or for another; figures are held for the whole council.",
        "Give the figure of the whole council, or an indicator of its own to the part.",
    )
}

/// The statisticians' codes of authorities (E06 to E10, S12, W06, N09); wards and smaller areas have others.
fn is_authority_code(text: &str) -> bool {
    let text = text.trim();
    text.len() == 9 && ["E06", "E07", "E08", "E09", "E10", "S12", "W06", "N09"].iter().any(|prefix| text.starts_with(prefix))
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
