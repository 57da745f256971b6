//! The Status rules sheet: each row a shape with its parameters.

use rules::framework::RuleRow;
use rules::status::{Margin, Shape, bands_from_words, check_shape};
use rust_decimal::Decimal;

use super::record::Record;
use crate::layouts::key;

/// The shapes by the words that may stand in the sheet.
const SHAPES: [&str; 6] = ["Levels", "Tolerance", "Tolerance with direction", "Range", "Bands", "Words"];

pub(super) fn read(record: &mut Record<'_>) -> Option<RuleRow> {
    let (applies_to, applies_from) = (record.need("Applies to"), record.day("Applies from"));
    let shape = shape(record);
    let applies_to = applies_to?;
    let indicator = if applies_to.eq_ignore_ascii_case("framework") { None } else { record.reference("Applies to")? };
    Some(RuleRow { indicator, applies_from: applies_from??, shape: shape? })
}

fn shape(record: &mut Record<'_>) -> Option<Shape> {
    let (amber, blue) = (margin(record, "Amber margin"), margin(record, "Blue margin"));
    let shape = match key(&record.need("Shape")?).as_str() {
        "levels" => Shape::Levels,
        "range" => Shape::Range,
        "words" => Shape::Words,
        "tolerance" => Shape::Tolerance { amber: needed(record, amber?)?, blue: blue? },
        "tolerance with direction" => Shape::ToleranceWithDirection { amber: needed(record, amber?)? },
        "bands" => Shape::Bands { bands: bands(record)? },
        _ => {
            record.wrong("FRM-003", "Shape", "This is none of the shapes a status rule can have.").expected = Some(SHAPES.join(", "));
            return None;
        }
    };
    if let Err(fault) = check_shape(&shape) {
        let heading = if matches!(shape, Shape::Bands { .. }) { "Bands" } else { "Amber margin" };
        record.wrong("FRM-013", heading, format!("{}.", fault.reason.trim_end_matches('.')));
        return None;
    }
    Some(shape)
}

/// A margin of the kind that "Margin is" says; per cent of the target unless it says points.
fn margin(record: &mut Record<'_>, heading: &str) -> Option<Option<Margin>> {
    let size: Option<Decimal> = record.figure(heading)?;
    let kind = record.text("Margin is")?.unwrap_or_default();
    match key(&kind).as_str() {
        "" | "percent" | "per cent" | "percentage" => Some(size.map(Margin::Percent)),
        "points" | "point" | "percentage points" => Some(size.map(Margin::Points)),
        _ if size.is_none() => Some(None),
        _ => {
            record.wrong("FRM-003", "Margin is", "A margin is per cent of the target, or points.").expected =
                Some("Per cent or Points".to_owned());
            None
        }
    }
}

fn needed(record: &mut Record<'_>, amber: Option<Margin>) -> Option<Margin> {
    if amber.is_none() {
        record.wrong("FRM-013", "Amber margin", "This shape needs an amber margin.");
    }
    amber
}

fn bands(record: &mut Record<'_>) -> Option<Vec<rules::status::Band>> {
    let Some(text) = record.text("Bands")? else {
        record.wrong("FRM-013", "Bands", "This shape needs its bands.").suggestion =
            Some("Write them from the lowest up: Red below 50; Amber below 80; Green".to_owned());
        return None;
    };
    match bands_from_words(&text) {
        Ok(bands) => Some(bands),
        Err(reason) => {
            record.wrong("FRM-013", "Bands", format!("{}.", reason.trim_end_matches('.'))).expected =
                Some("Red below 50; Amber below 80; Green".to_owned());
            None
        }
    }
}
