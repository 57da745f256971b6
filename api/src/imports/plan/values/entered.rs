//! What was entered as a row, where there is no workbook: exact as it is, and as held where nothing is said.
//!
//! A workbook's row replaces the figure held as a whole, because its cells cannot say that they do not speak of it. Whoever
//! enters a figure can: without a result what is entered stands beside the one that is held.

use entity::indicator_version;
use importers::{Diagnostic, Place, Severity, Text, TextKind, ValueRow};
use rules::aggregate::derive;
use rules::measure::UnitKind;
use rust_decimal::Decimal;

use super::given::{self, Given};
use super::row::ObservationRow;
use super::words::value_of;
use crate::imports::entry::{Action, Figure};

/// Understands a figure by the version of the definition in force. None when it cannot be taken; the diagnostics say why.
pub fn read(
    row: &ValueRow,
    figure: &Figure,
    version: &indicator_version::Model,
    held: Option<&ObservationRow>,
    out: &mut Vec<Diagnostic>,
) -> Option<Given> {
    let from = out.len();
    let nothing = Action::default();
    let action = figure.remedial_action.as_ref().unwrap_or(&nothing);
    let mut said = |column: &str, words: Option<&String>| {
        let text = Text { text: words?.clone(), cell: format!("{column}{}", row.row), kind: TextKind::Text };
        given::words(row, Some(&text), out)
    };
    let mut given = Given {
        state: figure.state,
        forecast: figure.forecast.map(|forecast| forecast.normalize()),
        commentary: said("commentary", figure.commentary.as_ref()),
        action: said("actionText", action.text.as_ref()),
        action_owner: said("actionOwner", action.owner.as_ref()),
        action_due: action.due,
        quality_note: said("qualityNote", figure.quality_note.as_ref()),
        ..Given::default()
    };
    if let Err(fault) = result(row, figure, version, held, &mut given) {
        out.push(*fault);
    }
    let refused = out.iter().skip(from).any(|d| d.severity == Severity::Error);
    (!refused && (given.value.is_some() || given.absence.is_some())).then_some(given)
}

/// The value, its parts, or why there is none.
fn result(
    row: &ValueRow,
    figure: &Figure,
    version: &indicator_version::Model,
    held: Option<&ObservationRow>,
    given: &mut Given,
) -> Result<(), Box<Diagnostic>> {
    let exact = |number: Option<Decimal>| number.map(|number| number.normalize());
    let is_yes_or_no = UnitKind::of(&version.unit) == UnitKind::YesNo;
    let parts = if is_yes_or_no { (None, None) } else { (exact(figure.numerator), exact(figure.denominator)) };
    (given.numerator, given.denominator) = parts;
    match (exact(figure.value), figure.absence, parts) {
        (Some(_), Some(_), _) => {
            let message = "There is a result and a reason for having none.";
            return Err(Box::new(Diagnostic::new("VAL-044", at(row, "absence"), message).suggest("Take out whichever is wrong.")));
        }
        (Some(value), None, _) => {
            if is_yes_or_no && value != Decimal::ONE && !value.is_zero() {
                let fault = Diagnostic::new("VAL-017", at(row, "value"), "This is neither yes nor no.");
                return Err(Box::new(fault.suggest("Enter 1 for yes or 0 for no.")));
            }
            given.value = Some(value);
        }
        (None, Some(absence), _) => given.absence = Some(absence),
        // Nothing is said of the result: it stays.
        (None, None, (None, None)) => {
            let held = held.ok_or_else(|| nothing(row))?;
            given.value = value_of(held, version.multiplier.0);
            (given.numerator, given.denominator, given.absence) = (held.numerator, held.denominator, held.absence);
        }
        // The part that is not said stays.
        (None, None, (numerator, denominator)) => {
            given.numerator = numerator.or(held.and_then(|held| held.numerator));
            given.denominator = denominator.or(held.and_then(|held| held.denominator));
            let (Some(above), Some(below)) = (given.numerator, given.denominator) else { return Err(nothing(row)) };
            given.value = Some(derive(above, below, version.multiplier.0).ok_or_else(|| undivided(row, below))?);
        }
    }
    Ok(())
}

fn at(row: &ValueRow, column: &str) -> Place {
    Place::new(&row.sheet, format!("{column}{}", row.row))
}

fn nothing(row: &ValueRow) -> Box<Diagnostic> {
    let message = "There is no result here and none is held, so there is nothing the rest could stand beside.";
    let advice = "Give `value`, or `numerator` and `denominator`, or say in `absence` why there is none.";
    Box::new(Diagnostic::new("VAL-029", given::place(row), message).suggest(advice))
}

/// Why two numbers make no result.
fn undivided(row: &ValueRow, below: Decimal) -> Box<Diagnostic> {
    let (fault, advice) = if below.is_zero() {
        let message = "The denominator is 0, so there is no result.";
        (Diagnostic::new("VAL-053", at(row, "denominator"), message), "Give a reason for having no result, or correct the denominator.")
    } else {
        (Diagnostic::new("VAL-030", given::place(row), "This figure is larger than any that can be held."), "Correct the figure.")
    };
    Box::new(fault.suggest(advice))
}
