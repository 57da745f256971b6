//! The Indicators sheet.

use rules::framework::IndicatorRow;
use rules::measure::{Aggregation, Dimension, Frequency, Lifecycle, Polarity, Purpose, UnitKind, YearBasis};
use rust_decimal::Decimal;

use super::record::Record;

/// Decimals a figure can be shown at.
const DECIMALS_MAX: u32 = 6;

pub(super) fn read(record: &mut Record<'_>) -> Option<IndicatorRow> {
    let code = record.need_reference("Ref");
    let (version, applies_from) = (record.whole("Version", 1), record.period("Applies from"));
    let (title, definition) = (record.need("Indicator"), record.need("Definition"));
    let (rationale, calculation) = (record.text("Rationale"), record.text("Calculation"));
    let purpose = record.word("Purpose", Purpose::ALL, Purpose::words);
    let (unit, decimals) = (record.need("Unit"), decimals(record));
    let polarity = record.word("Better is", Polarity::ALL, Polarity::words);
    let frequency = record.word("Frequency", Frequency::ALL, Frequency::words);
    let year_basis = record.word("Year", YearBasis::ALL, YearBasis::words);
    let aggregation = record.word("Aggregation", Aggregation::ALL, Aggregation::words);
    let (numerator, denominator) = (record.text("Numerator"), record.text("Denominator"));
    let multiplier = record.figure("Multiplier");
    let (minimum, maximum) = (record.figure("Minimum"), record.figure("Maximum"));
    let owner = record.need_reference("Owner");
    let flags =
        [record.yes("Headline", false), record.yes("Critical", false), record.yes("Unit cost", false), record.yes("Statutory", false)];
    let dimension = record.word("Dimension", Dimension::ALL, Dimension::words);
    let (source, lag) = (record.text("Source"), record.whole("Data lag in days", 0));
    let (baseline_period, baseline_value) = (record.period("Baseline period"), record.figure("Baseline value"));
    let people = ["Responsible officer", "Accountable officer", "Portfolio holder", "Data provider"].map(|heading| record.text(heading));
    let (external_metric, aliases) = (record.text("External metric"), record.list("Aliases"));
    let lifecycle = record.word("Lifecycle", Lifecycle::ALL, Lifecycle::words);
    let (sensitive, context_for) = (record.yes("Sensitive", false), record.list("Context for"));
    let [responsible, accountable, portfolio_holder, data_provider] = people;
    let [headline, critical, unit_cost, statutory] = flags;
    let unit = unit?;
    let hundred = if UnitKind::of(&unit) == UnitKind::Percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let row = IndicatorRow {
        code: code?,
        version: version?,
        applies_from: applies_from?,
        title: title?,
        definition: definition?,
        rationale: rationale?,
        calculation: calculation?,
        purpose: purpose??,
        unit,
        decimal_places: decimals?,
        polarity: polarity??,
        frequency: frequency??,
        year_basis: year_basis?.unwrap_or(YearBasis::Financial),
        aggregation: aggregation??,
        numerator: numerator?,
        denominator: denominator?,
        multiplier: multiplier?.unwrap_or(hundred),
        minimum: minimum?,
        maximum: maximum?,
        owner: owner?,
        headline: headline?,
        critical: critical?,
        unit_cost: unit_cost?,
        statutory: statutory?,
        dimension: dimension?,
        source: source?,
        data_lag_days: lag?,
        baseline_period: baseline_period?,
        baseline_value: baseline_value?,
        responsible: responsible?,
        accountable: accountable?,
        portfolio_holder: portfolio_holder?,
        data_provider: data_provider?,
        external_metric: external_metric?,
        aliases: aliases?,
        lifecycle: lifecycle?.unwrap_or(Lifecycle::Active),
        sensitive: sensitive?,
        context_for: context_for?,
    };
    consistent(record, &row).then_some(row)
}

fn decimals(record: &mut Record<'_>) -> Option<u32> {
    let decimals = record.whole("Decimals", 0)?;
    if decimals > DECIMALS_MAX {
        record.wrong("FRM-011", "Decimals", format!("At most {DECIMALS_MAX} decimals can be shown."));
        return None;
    }
    Some(decimals)
}

/// What one row can contradict itself in.
fn consistent(record: &mut Record<'_>, row: &IndicatorRow) -> bool {
    if row.version == 0 {
        record.wrong("FRM-011", "Version", "Versions are counted from 1.");
        return false;
    }
    if row.version > 1 && row.applies_from.is_none() {
        record.wrong("FRM-001", "Applies from", "A later version needs the first period it applies to.");
        return false;
    }
    if row.minimum.zip(row.maximum).is_some_and(|(least, most)| least > most) {
        record.wrong("FRM-011", "Maximum", "The maximum is below the minimum.");
        return false;
    }
    if row.multiplier.is_zero() {
        record.wrong("FRM-011", "Multiplier", "A multiplier of 0 makes every figure 0.");
        return false;
    }
    true
}
