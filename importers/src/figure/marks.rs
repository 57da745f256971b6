//! Words and marks that stand for a missing figure, and marks that stand beside one.

use rules::measure::{Absence, UnitKind, ValueState};
use rust_decimal::Decimal;

use super::{Figure, Reading};

impl Reading<'_> {
    /// A text that stands for a missing figure, a zero, a yes or no, or a status; none when it is something else.
    pub(super) fn mark(&mut self, text: &str, lower: &str) -> Option<Figure> {
        if let Some(absence) = bracketed(text) {
            return Some(Figure::absent(absence));
        }
        let bare: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
        let dressed = if bare.starts_with('[') { bare.clone() } else { format!("[{bare}]") };
        if let Some(absence) = bracketed(&dressed).filter(|_| bare.starts_with('[') || matches!(bare.as_str(), "c" | "x" | "z")) {
            self.say("VAL-022", format!("{dressed} is the mark; it was read from what stands here.")).suggestion =
                Some(format!("Type {dressed}."));
            return Some(Figure::absent(absence));
        }
        if let Ok(absence) = text.parse::<Absence>() {
            return Some(Figure::absent(absence));
        }
        let suggestion = "Type [x] for not available, [z] for not due, [c] for may not be shown, or 0 for a true zero.";
        let (code, absence, message) = match lower {
            ".." | "..." | "…" | ":" | "---" => {
                ("VAL-023", Absence::NotAvailable, "An older mark for a missing figure was read as not available.")
            }
            "*" | "**" => ("VAL-023", Absence::Suppressed, "An older mark for a missing figure was read as may not be shown."),
            "." => ("VAL-023", Absence::NotDue, "An older mark for a missing figure was read as not applicable."),
            "-" | "–" | "—" | "--" => {
                ("VAL-024", Absence::NotAvailable, "A dash was read as no figure, and not as 0; why there is none is not said.")
            }
            "n/a" | "na" | "n.a." | "n\\a" => {
                ("VAL-025", Absence::NotAvailable, "NA may mean not available or not applicable; it was read as not available.")
            }
            "not applicable" => return Some(Figure::absent(Absence::NotDue)),
            "not available" | "no data" | "data not available" | "unavailable" | "no data available" | "data unavailable" | "not known"
            | "refused" | "did not respond" | "no response" | "not supplied" | "not provided" => {
                ("VAL-026", Absence::NotAvailable, "A missing figure in words was read as not available.")
            }
            "tbc" | "tba" | "awaited" | "pending" | "awaiting data" | "data awaited" | "to be confirmed" | "to follow" => {
                ("VAL-027", Absence::NotAvailable, "A figure that is still awaited was read as not available.")
            }
            "annual" | "annually" | "yearly" | "not yet due" | "annual measure" | "reported annually" => {
                ("VAL-026", Absence::NotDue, "A figure that is not due was read so.")
            }
            "suppressed" | "confidential" | "withheld" => ("VAL-026", Absence::Suppressed, "A figure that may not be shown was read so."),
            _ if lower.starts_with("due ") => {
                ("VAL-027", Absence::NotAvailable, "A figure that is still awaited was read as not available.")
            }
            _ if lower.starts_with("reported at ") || lower.starts_with("reported in ") => {
                ("VAL-026", Absence::NotDue, "A figure that is not due was read so.")
            }
            _ => return self.word(lower),
        };
        self.say(code, message).suggestion = Some(suggestion.to_owned());
        Some(Figure::absent(absence))
    }

    fn word(&mut self, lower: &str) -> Option<Figure> {
        let zero = matches!(lower, "nil" | "none" | "zero");
        if zero && self.kind == UnitKind::Number {
            self.say("VAL-028", "Nil was read as 0.").suggestion = Some("Type 0.".to_owned());
            return Some(Figure::of(Decimal::ZERO));
        }
        if zero {
            let message = format!("Nil is not a figure in {}.", self.unit_words());
            return Some(self.refuse("VAL-028", message, "Type 0, or [x] if there is no figure."));
        }
        if matches!(lower, "yes" | "no" | "y" | "n" | "true" | "false") {
            return Some(self.yes_or_no(matches!(lower, "yes" | "y" | "true")));
        }
        let status = matches!(
            lower,
            "green"
                | "red"
                | "amber"
                | "blue"
                | "yellow"
                | "r"
                | "a"
                | "g"
                | "b"
                | "g/a"
                | "a/g"
                | "r/a"
                | "a/r"
                | "amber/red"
                | "amber/green"
                | "red/amber"
                | "green/amber"
                | "on target"
                | "off target"
                | "on track"
                | "improving"
                | "worsening"
        );
        let arrow = !lower.is_empty()
            && lower.chars().all(|c| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{25b2}'..='\u{25cf}' | '\u{2b06}'..='\u{2b07}' | '\u{fe0f}'));
        (status || arrow)
            .then(|| self.refuse("VAL-018", "This is a status, not a figure.", "Type the figure; the status is worked out from it."))
    }

    /// Takes a mark off the end of a text: `90 [p]`, `90 provisional`, `90*`, `90 [note 3]`.
    pub(super) fn without_mark<'t>(&mut self, text: &'t str, figure: &mut Figure) -> &'t str {
        let lower = text.to_lowercase();
        for (words, state, note) in STATES {
            let Some(word) = words.iter().find(|word| lower.ends_with(**word)) else { continue };
            let Some(rest) = text.get(..text.len() - word.len()).map(str::trim_end) else { continue };
            // A bare letter glued to a figure could be pence: only [p] may stand without brackets, and not on pounds.
            let bare = !word.starts_with(['[', '(']) && word.len() == 1;
            if !rest.ends_with(|c: char| c.is_ascii_digit() || c == '%') || (bare && self.kind == UnitKind::Pounds) {
                continue;
            }
            figure.state = *state;
            figure.note = note.map(str::to_owned);
            self.say("VAL-020", "Marks beside figures were read as their state.");
            return rest;
        }
        let without = text.trim_end_matches(['*', '†', '‡', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
        let (rest, note) = match without.rfind('[').filter(|_| without.ends_with(']') && lower.contains("note")) {
            Some(open) => (without.get(..open).unwrap_or_default(), without.get(open + 1..without.len() - 1)),
            None => (without, text.get(without.len()..).filter(|mark| !mark.is_empty())),
        };
        if let Some(note) = note.filter(|_| rest.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '%')) {
            figure.note = Some(note.to_owned());
            self.say("VAL-021", "A note mark beside a figure was taken off and kept for the commentary.").suggestion =
                Some("Put the note in the Commentary column.".to_owned());
            return rest.trim_end();
        }
        text
    }
}

/// Words at the end of a figure, what they say of it, and what is kept for the commentary.
const STATES: &[(&[&str], Option<ValueState>, Option<&str>)] = &[
    (&["[p]", "(p)", "provisional", "(provisional)", "p"], Some(ValueState::Provisional), None),
    (&["[r]", "(r)", "revised", "(revised)"], Some(ValueState::Final), Some("revised")),
    (&["[e]", "(e)", "estimated", "(estimated)", "estimate"], Some(ValueState::Provisional), Some("estimated")),
    (&["[f]", "(f)", "forecast"], Some(ValueState::Provisional), Some("forecast")),
    (&["[u]", "(u)"], Some(ValueState::Provisional), Some("low reliability")),
    (&["[b]", "(b)"], None, Some("break in the series")),
];

fn bracketed(text: &str) -> Option<Absence> {
    match text {
        "[c]" => Some(Absence::Suppressed),
        "[x]" | "[low]" | "[u]" => Some(Absence::NotAvailable),
        "[z]" => Some(Absence::NotDue),
        "[w]" => Some(Absence::NotCollected),
        _ => None,
    }
}
