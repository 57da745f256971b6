//! What a row would change in what is held.
//!
//! A row says what it says: its figure replaces the one held as a whole. What it leaves blank (commentary, action,
//! forecast, state) it does not speak of, so a blank cell never wipes what is held. Words that were entered as no words at
//! all take out what is held: no cell of a workbook can say that.

use entity::indicator_version;
use rules::measure::ValueState;
use rules::period::Period;
use uuid::Uuid;

use super::given::Given;
use super::row::{HeldRow, ObservationRow};
use super::words::{figure, listed, value_of};
use crate::imports::plan::ChangeKind;

/// What taking a row would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub kind: ChangeKind,
    pub before: Option<String>,
    pub after: String,
    pub row: ObservationRow,
}

/// Compares what is given with what is held; a withdrawn figure is no figure.
pub fn compare(
    given: Given,
    indicator: Uuid,
    period: Period,
    version: &indicator_version::Model,
    held: Option<&HeldRow>,
    place: &importers::Place,
) -> Compared {
    let held = held.filter(|held| !held.withdrawn).map(|held| &held.row);
    let row = merged(given, indicator, period, version, held, place);
    let after = figure(&row, version);
    let Some(held) = held else {
        return Compared { kind: ChangeKind::New, before: None, after, row };
    };
    let before = figure(held, version);
    let changed = changed(held, &row);
    if changed.is_empty() {
        return Compared { kind: ChangeKind::Same, before: Some(before.clone()), after: before, row: held.clone() };
    }
    let (before, after) = told_apart(held, &row, before, after);
    let beside: Vec<&str> = changed.into_iter().filter(|what| *what != FIGURE).collect();
    let after = if beside.is_empty() { after } else { format!("{after}, with {} changed", listed(&beside)) };
    Compared { kind: ChangeKind::Changed, before: Some(before), after, row }
}

const FIGURE: &str = "figure";

/// The held row with what is given laid over it.
fn merged(
    given: Given,
    indicator: Uuid,
    period: Period,
    version: &indicator_version::Model,
    held: Option<&ObservationRow>,
    place: &importers::Place,
) -> ObservationRow {
    let multiplier = version.multiplier.0;
    // The same value without its parts says nothing against the parts that are held.
    let parts = (given.numerator, given.denominator);
    let same_value = held.filter(|held| given.value.is_some() && value_of(held, multiplier) == given.value);
    let (numerator, denominator) = match (parts, same_value) {
        ((None, None), Some(held)) => (held.numerator, held.denominator),
        _ => parts,
    };
    let same_as_held = same_value.is_some_and(|held| held.numerator == numerator && held.denominator == denominator)
        || held.is_some_and(|held| given.absence.is_some() && held.absence == given.absence);
    let words = |given: Option<String>, held: Option<&String>| given.or_else(|| held.cloned()).filter(|words| !words.is_empty());
    // Without its action, nobody does it by any day.
    let acting = held.filter(|_| given.action.as_deref() != Some(""));
    ObservationRow {
        indicator,
        definition_version: held.filter(|_| same_as_held).map_or(version.version, |held| held.definition_version),
        period,
        value: given.value,
        numerator,
        denominator,
        absence: given.absence,
        state: given.state.or(held.map(|held| held.state)).unwrap_or(ValueState::Final),
        forecast: given.forecast.or(held.and_then(|held| held.forecast)),
        commentary: words(given.commentary, held.and_then(|held| held.commentary.as_ref())),
        action: words(given.action, acting.and_then(|held| held.action.as_ref())),
        action_owner: words(given.action_owner, acting.and_then(|held| held.action_owner.as_ref())),
        action_due: given.action_due.or(acting.and_then(|held| held.action_due)),
        quality_note: words(given.quality_note, held.and_then(|held| held.quality_note.as_ref())),
        sheet: Some(place.sheet.clone()),
        cell: Some(place.cell.clone()),
    }
}

/// What differs, in the words a sender is told; where it was read is no difference.
fn changed(held: &ObservationRow, row: &ObservationRow) -> Vec<&'static str> {
    let derived = held.value.is_none() && held.numerator.is_some() && row.numerator.is_some();
    let same_value = held.value == row.value || derived;
    let same_figure = same_value && held.numerator == row.numerator && held.denominator == row.denominator && held.absence == row.absence;
    let differences = [
        (!same_figure, FIGURE),
        (held.state != row.state, "state"),
        (held.forecast != row.forecast, "forecast"),
        (held.commentary != row.commentary, "commentary"),
        (held.action != row.action, "action"),
        (held.action_owner != row.action_owner, "action owner"),
        (held.action_due != row.action_due, "action due date"),
        (held.quality_note != row.quality_note, "note on quality"),
    ];
    differences.into_iter().filter(|(differs, _)| *differs).map(|(_, what)| what).collect()
}

/// Two values that read alike at the precision shown are told in full.
fn told_apart(held: &ObservationRow, row: &ObservationRow, before: String, after: String) -> (String, String) {
    match (held.value, row.value) {
        (Some(old), Some(new)) if old != new && before == after => {
            (format!("{before} ({})", old.normalize()), format!("{after} ({})", new.normalize()))
        }
        _ => (before, after),
    }
}
