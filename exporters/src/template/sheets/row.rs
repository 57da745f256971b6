//! One row of a return: what is asked, and the cells to fill in.

use rules::measure::{Absence, UnitKind};
use rules::status::{Thresholds, Wanted};
use rust_decimal::Decimal;

use super::REVISED;
use crate::figures::{self, Shown, unit_words};
use crate::language::tell;
use crate::style::Look;
use crate::table::Cell;
use crate::template::TemplateRow;
use crate::{Language, text};

/// Every cell but the last: what is asked, then what is to be filled in.
pub(super) fn cells(of: &TemplateRow, language: &Language) -> Vec<Cell> {
    let shown = Shown::new(&of.unit, of.decimals);
    let previous = match (of.held, of.previous) {
        (Some(held), _) => Cell::figure(Some(held), shown, "[z]", language),
        (None, Some(Ok(value))) => Cell::figure(Some(value), shown, "[z]", language),
        (None, Some(Err(absence))) => Cell::Mark(figures::mark(Some(absence))),
        (None, None) => Cell::Mark("[z]"),
    };
    let figure = Look::Figure(if shown.kind == UnitKind::YesNo { "General".to_owned() } else { shown.format(language) });
    let part = |asked: &Option<String>| match asked {
        Some(_) => Cell::Input(Look::Figure("#,##0.######".to_owned())),
        None => Cell::Text(String::new()),
    };
    let own = |words: &str| Cell::text(Some(words), language.say("not-given"));
    let state = match of.held {
        Some(_) => Cell::Preset(language.say(REVISED).to_owned()),
        None => Cell::Input(Look::Text),
    };
    vec![
        own(&of.code),
        own(&of.title),
        own(&asked(of, language)),
        own(&of.period.to_string()),
        Cell::Text(unit_words(language, &of.unit)),
        Cell::Text(language.word("polarity", of.polarity.code()).to_owned()),
        aimed(of, language, shown),
        level(&of.thresholds, language, shown),
        previous,
        earlier(of, language, shown),
        part(&of.numerator),
        part(&of.denominator),
        Cell::Input(figure.clone()),
        Cell::Input(Look::Text),
        state,
        Cell::Input(Look::Text),
        Cell::Input(Look::Text),
        Cell::Input(Look::Text),
        Cell::Input(Look::Date),
        Cell::Input(figure),
    ]
}

/// The definition, with what stands above and below the line.
fn asked(of: &TemplateRow, language: &Language) -> String {
    let definition = text::said(Some(&of.definition)).unwrap_or_else(|| of.title.clone());
    let part = |id: &str, words: &Option<String>| {
        text::said(words.as_deref()).map(|w| format!(" {}", tell!(language, id, words = w))).unwrap_or_default()
    };
    let asked = format!("{definition}{}{}", part("asked-numerator", &of.numerator), part("asked-denominator", &of.denominator));
    // A row may not grow past what a program can show.
    text::cut(&asked, 600)
}

/// The target as a figure; a range, or the bands that are good, in words.
fn aimed(of: &TemplateRow, language: &Language, shown: Shown) -> Cell {
    let Thresholds { target, lower, upper, .. } = of.thresholds;
    if target.is_some() {
        return Cell::figure(target, shown, "[z]", language);
    }
    let (low, high, below) = match (lower, upper, of.wanted) {
        (None, None, Some(Wanted { from, to, below })) => (from, to, below),
        (lower, upper, _) => (lower, upper, false),
    };
    let id = match (low.is_some(), high.is_some(), below) {
        (true, true, false) => "return-between",
        (true, true, true) => "return-from-below",
        (true, false, _) => "return-least",
        (false, true, false) => "return-most",
        (false, true, true) => "return-below",
        (false, false, _) => return Cell::Mark("[z]"),
    };
    Cell::Text(between(id, language, shown, (low, high)))
}

/// The intervention level as a figure; the limits of a range in words.
fn level(thresholds: &Thresholds, language: &Language, shown: Shown) -> Cell {
    let Thresholds { intervention, intervention_lower: low, intervention_upper: high, .. } = *thresholds;
    if intervention.is_some() {
        return Cell::figure(intervention, shown, "[z]", language);
    }
    let id = match (low, high) {
        (Some(_), Some(_)) => "return-outside",
        (Some(_), None) => return Cell::Text(between("return-below", language, shown, (None, low))),
        (None, Some(_)) => return Cell::Text(between("return-above", language, shown, (high, None))),
        (None, None) => return Cell::Mark("[z]"),
    };
    Cell::Text(between(id, language, shown, (low, high)))
}

fn between(id: &str, language: &Language, shown: Shown, (low, high): (Option<Decimal>, Option<Decimal>)) -> String {
    let words = |limit: Option<Decimal>| limit.map(|limit| shown.words(language, limit)).unwrap_or_default();
    match (low, high) {
        (Some(_), Some(_)) => tell!(language, id, low = words(low), high = words(high)),
        (Some(_), None) => tell!(language, id, low = words(low)),
        _ => tell!(language, id, high = words(high)),
    }
}

/// What was returned before, a line a period, and what the year is expected to end on.
fn earlier(of: &TemplateRow, language: &Language, shown: Shown) -> Cell {
    let figure = |returned: &Result<Decimal, Absence>| match returned {
        Ok(value) => shown.words(language, *value),
        Err(absence) => language.word("absence", absence.code()).to_owned(),
    };
    let mut lines: Vec<String> = of
        .earlier
        .iter()
        .map(|(period, returned)| tell!(language, "earlier-figure", period = period.to_string(), figure = figure(returned)))
        .collect();
    for (id, value) in [("earlier-forecast", of.forecast), ("earlier-year-target", of.year_target)] {
        lines.extend(value.map(|value| tell!(language, id, figure = shown.words(language, value))));
    }
    if lines.is_empty() { Cell::Text("[z]".to_owned()) } else { Cell::Text(lines.join("\n")) }
}
