//! What is said of an indicator and of a rule, as people read it: a plan of an import and a comparison of editions say the
//! same in the same words.

use crate::framework::IndicatorRow;
use crate::measure::Dimension;
use crate::status::{Margin, Shape, words_of_bands};

/// A heading of the framework workbook, and what stands under it.
pub type Field = (&'static str, String);

/// Everything a version of an indicator says but its code, in the order of the workbook.
#[must_use]
pub fn indicator_fields(row: &IndicatorRow) -> Vec<Field> {
    vec![
        ("Applies from", show(row.applies_from)),
        ("Indicator", row.title.clone()),
        ("Definition", row.definition.clone()),
        ("Rationale", text(row.rationale.as_deref())),
        ("Calculation", text(row.calculation.as_deref())),
        ("Purpose", row.purpose.words().to_owned()),
        ("Unit", row.unit.clone()),
        ("Decimals", row.decimal_places.to_string()),
        ("Better is", row.polarity.words().to_owned()),
        ("Frequency", row.frequency.words().to_owned()),
        ("Year", row.year_basis.words().to_owned()),
        ("Aggregation", row.aggregation.words().to_owned()),
        ("Numerator", text(row.numerator.as_deref())),
        ("Denominator", text(row.denominator.as_deref())),
        ("Multiplier", row.multiplier.normalize().to_string()),
        ("Minimum", show(row.minimum.map(|n| n.normalize()))),
        ("Maximum", show(row.maximum.map(|n| n.normalize()))),
        ("Owner", row.owner.clone()),
        ("Headline", yes(row.headline)),
        ("Critical", yes(row.critical)),
        ("Unit cost", yes(row.unit_cost)),
        ("Statutory", yes(row.statutory)),
        ("Dimension", text(row.dimension.map(Dimension::words))),
        ("Source", text(row.source.as_deref())),
        ("Data lag in days", row.data_lag_days.to_string()),
        ("Baseline period", show(row.baseline_period)),
        ("Baseline value", show(row.baseline_value.map(|n| n.normalize()))),
        ("Responsible officer", text(row.responsible.as_deref())),
        ("Accountable officer", text(row.accountable.as_deref())),
        ("Portfolio holder", text(row.portfolio_holder.as_deref())),
        ("Data provider", text(row.data_provider.as_deref())),
        ("External metric", text(row.external_metric.as_deref())),
        ("Aliases", row.aliases.join("; ")),
        ("Lifecycle", row.lifecycle.words().to_owned()),
        ("Sensitive", yes(row.sensitive)),
        ("Context for", row.context_for.join("; ")),
    ]
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn show<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn yes(value: bool) -> String {
    if value { "Yes" } else { "No" }.to_owned()
}

/// How a rule decides, in words.
#[must_use]
pub fn shape_words(shape: &Shape) -> String {
    let margin = |margin: &Margin| match margin {
        Margin::Percent(size) => format!("{}% of the target", size.normalize()),
        Margin::Points(size) => format!("{} points", size.normalize()),
    };
    match shape {
        Shape::Levels => "Levels".to_owned(),
        Shape::Tolerance { amber, blue: None } => format!("Tolerance, amber within {}", margin(amber)),
        Shape::Tolerance { amber, blue: Some(blue) } => format!("Tolerance, amber within {}, blue beyond {}", margin(amber), margin(blue)),
        Shape::ToleranceWithDirection { amber } => format!("Tolerance with direction, within {}", margin(amber)),
        Shape::Range => "Range".to_owned(),
        Shape::Bands { bands } => format!("Bands: {}", words_of_bands(bands)),
        Shape::Words => "Words".to_owned(),
    }
}
