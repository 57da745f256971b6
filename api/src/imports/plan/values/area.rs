//! Figures for a part of the council's area, which are not held: one figure stands for the whole council.

use importers::{Diagnostic, Place, ValueRow};

use crate::access::actor::OwnCouncil;

const WHOLE: [&str; 9] = ["all", "total", "council", "whole council", "district", "county", "city", "borough", "authority"];

/// Refuses a row for a part of the area.
pub fn check(row: &ValueRow, council: &OwnCouncil) -> Option<Diagnostic> {
    let area = row.area.as_ref()?;
    let written = plain(&area.text);
    let own = [plain(&council.name), plain(&council.code)];
    let names_us = own.iter().any(|own| own.starts_with(&written) || written.starts_with(own.as_str()));
    if WHOLE.contains(&written.as_str()) || names_us || is_authority_code(&area.text) {
        return None;
    }
    let message = "This figure is for a part of the area; figures are held for the whole council.";
    let diagnostic = Diagnostic::new("IND-009", Place::new(&row.sheet, &area.cell), message).seen(&area.text);
    Some(diagnostic.suggest("Give the figure of the whole council, or an indicator of its own to the part."))
}

/// The statisticians' codes of authorities (E06 to E10, S12, W06, N09); wards and smaller areas have others.
fn is_authority_code(text: &str) -> bool {
    let text = text.trim();
    text.len() == 9 && ["E06", "E07", "E08", "E09", "E10", "S12", "W06", "N09"].iter().any(|prefix| text.starts_with(prefix))
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
