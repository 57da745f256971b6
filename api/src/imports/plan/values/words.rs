//! A figure in a few words, for the list of changes.

use entity::indicator_version;
use rules::aggregate::{derive, shown};
use rules::measure::UnitKind;
use rust_decimal::Decimal;

use super::row::ObservationRow;

/// The figure at the precision it is shown at, with its unit: `95.2%`, `£1,234`, `12.5 days`, `Not available`.
pub fn figure(row: &ObservationRow, version: &indicator_version::Model) -> String {
    match (value_of(row, version.multiplier.0), row.absence) {
        (Some(value), _) => {
            let text = with_unit(value, version);
            match (row.numerator, row.denominator) {
                (Some(numerator), Some(denominator)) => format!("{text} ({} of {})", plain(numerator), plain(denominator)),
                _ => text,
            }
        }
        (None, Some(absence)) => absence.words().to_owned(),
        (None, None) => "No figure".to_owned(),
    }
}

/// The value, derived where only numerator and denominator are held.
pub fn value_of(row: &ObservationRow, multiplier: Decimal) -> Option<Decimal> {
    row.value.or_else(|| derive(row.numerator?, row.denominator?, multiplier))
}

/// A value at the precision it is shown at, with its unit.
pub fn with_unit(value: Decimal, version: &indicator_version::Model) -> String {
    let places = u32::try_from(version.decimal_places).unwrap_or_default();
    let number = shown(value, places);
    match UnitKind::of(&version.unit) {
        UnitKind::Percent => format!("{number}%"),
        UnitKind::Pounds => number.strip_prefix('-').map_or_else(|| format!("£{number}"), |number| format!("-£{number}")),
        UnitKind::Duration => format!("{number} {}", version.unit.to_lowercase()),
        UnitKind::YesNo if value == Decimal::ONE => "Yes".to_owned(),
        UnitKind::YesNo if value.is_zero() => "No".to_owned(),
        UnitKind::Number | UnitKind::Rate | UnitKind::Other | UnitKind::YesNo => number,
    }
}

/// A count as it stands, with commas and the decimals it has.
fn plain(value: Decimal) -> String {
    let value = value.normalize();
    shown(value, value.scale())
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
