//! What a sender prints beside a figure and is never taken from them: targets, levels and statuses.

use importers::{Diagnostic, Place, RawCell};
use rules::aggregate::rounded;
use rules::period::Period;
use rules::status::{Colour, Question, Thresholds, judge};
use rust_decimal::Decimal;

use super::plan::Printed;
use super::words::with_unit;
use crate::frameworks::IndicatorEntry;

/// What a figure is judged against.
pub struct Held<'a> {
    pub entry: &'a IndicatorEntry,
    pub period: Period,
    pub thresholds: Thresholds,
    pub same_period_last_year: Option<Decimal>,
}

/// Compares printed targets and levels with those held, and a printed status with the one worked out.
pub fn compare(beside: &Printed, sheet: &str, value: Option<Decimal>, held: &Held<'_>, is_template: bool, out: &mut Vec<Diagnostic>) {
    let sides =
        [("target", &beside.target, held.thresholds.target), ("intervention level", &beside.intervention, held.thresholds.intervention)];
    for (what, cell, own) in sides {
        if let Some(cell) = cell {
            level((sheet, cell), what, own, held, is_template, out);
        }
    }
    if let (Some(printed), Some(value)) = (&beside.status, value)
        && let Some(colour) = colour(&printed.text)
    {
        let judged = status(value, held);
        let is_colour = matches!(judged.0, Colour::Green | Colour::Amber | Colour::Red | Colour::Blue);
        if is_colour && judged.0 != colour {
            let message =
                format!("The status printed here is {}; the one worked out is {}: {}.", colour.words(), judged.0.words(), judged.1);
            let place = Place::new(sheet, &printed.cell);
            out.push(Diagnostic::new("VAL-040", place, message).seen(&printed.text).expected(judged.0.words()));
        }
    }
}

fn level((sheet, cell): (&str, &RawCell), what: &str, own: Option<Decimal>, held: &Held<'_>, is_template: bool, out: &mut Vec<Diagnostic>) {
    // What cannot be read there is not taken either, so nothing is said of it.
    let (Some(printed), _) = importers::figure::plain(cell, sheet) else { return };
    let version = held.entry.version_in(Some(held.period));
    let places = u32::try_from(version.decimal_places).unwrap_or_default();
    if own.map(|own| rounded(own, places)) == Some(rounded(printed, places)) {
        return;
    }
    let text = |value: Option<Decimal>| value.map_or_else(|| "none".to_owned(), |value| with_unit(value, version));
    let code = if is_template { "TPL-020" } else { "VAL-045" };
    let message = format!("The {what} printed here is {}; the one held is {}, and stays so.", text(Some(printed)), text(own));
    let diagnostic = Diagnostic::new(code, Place::new(sheet, &cell.cell), message).expected(text(own));
    out.push(diagnostic.suggest(format!("If the {what} should change, have it changed in the framework.")));
}

fn status(value: Decimal, held: &Held<'_>) -> (Colour, String) {
    let version = held.entry.version_in(Some(held.period));
    let status = judge(&Question {
        rule: held.entry.rule_at(held.period),
        value: Some(value),
        absence: None,
        due: true,
        polarity: version.polarity.0,
        purpose: version.purpose.0,
        decimal_places: u32::try_from(version.decimal_places).unwrap_or_default(),
        thresholds: Some(&held.thresholds),
        same_period_last_year: held.same_period_last_year,
        chosen: None,
    });
    (status.colour, status.because)
}

/// A colour as people write it; none for other words, which are no colour of ours.
fn colour(text: &str) -> Option<Colour> {
    match text.trim().to_lowercase().as_str() {
        "r" | "red" => Some(Colour::Red),
        "a" | "amber" | "yellow" => Some(Colour::Amber),
        "g" | "green" => Some(Colour::Green),
        "b" | "blue" => Some(Colour::Blue),
        _ => None,
    }
}
