//! Open risks where their likelihood meets their impact: one table, whose cells say the band, the score and which risks.

use rules::delivery::risk::{Rating, RiskState, SCALE};

use crate::language::tell;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::text;
use crate::wording::delivery::{band, band_colour};

/// Characters of refs in one cell at most: about twenty lines of its column, and a row ends at twenty-five.
const REFS_CHARS_MAX: usize = 560;

/// None where no risk is open.
pub(in crate::sheets) fn page(read: &Read) -> TablePage {
    let mut page = read.page("heat-map", "risk_heat_map");
    page.readers = read.say("readers-directors").to_owned();
    // Roomy, as a map is looked at from afar.
    page.lines_least = 3;
    page.columns = vec![read.text_column("column-likelihood", 20)];
    page.columns.extend(SCALE.map(|impact| read.text_column(&format!("column-impact-{impact}"), 36)));
    let open = read.pack.delivery.risks.iter().filter(|risk| risk.state != RiskState::Closed);
    let open: Vec<(Rating, String)> = open.map(|risk| (risk.residual, text::clean(&risk.code))).collect();
    if !open.is_empty() {
        page.rows = SCALE.rev().map(|likelihood| row(read, &open, likelihood)).collect();
    }
    page
}

fn row(read: &Read, open: &[(Rating, String)], likelihood: u8) -> Vec<Cell> {
    let mut row = vec![read.cell(&format!("likelihood-{likelihood}"))];
    row.extend(SCALE.filter_map(|impact| Some(cell(read, open, Rating::new(likelihood, impact)?))));
    row
}

/// `High 12: R2, R5`.
fn cell(read: &Read, open: &[(Rating, String)], at: Rating) -> Cell {
    let refs: Vec<&str> = open.iter().filter(|(rating, _)| *rating == at).map(|(_, code)| code.as_str()).collect();
    let words = tell!(
        read.language,
        "heat-map-cell",
        band = band(read, at.band()),
        score = u32::from(at.score()),
        refs = if refs.is_empty() { read.say("heat-map-none").to_owned() } else { listed(read, &refs) },
    );
    Cell::Status(band_colour(at.band()), words)
}

/// The refs; how many more there are where a row could not hold them all.
fn listed(read: &Read, refs: &[&str]) -> String {
    let mut room = REFS_CHARS_MAX;
    let fits = refs.iter().take_while(|code| {
        let taken = code.chars().count() + 2;
        let fits = taken <= room;
        room = room.saturating_sub(taken);
        fits
    });
    // One is said however long it is.
    let said = fits.count().max(1);
    match refs.split_at_checked(said) {
        Some((said, more)) if !more.is_empty() => {
            tell!(read.language, "heat-map-more", refs = text::cut(&said.join(", "), REFS_CHARS_MAX), n = more.len())
        }
        _ => text::cut(&refs.join(", "), REFS_CHARS_MAX),
    }
}
