//! A version of an indicator: its row in the workbook and its row in the table.

use entity::{Dec, Text};
use rules::framework::IndicatorRow;
use rules::measure::Lifecycle;
use rules::period::Period;
use uuid::Uuid;

use crate::error::{ContextExt, Error, Result};
use crate::rows;

/// The workbook's row, from the table's and from what the indicator and its membership say.
pub fn row_of(
    version: entity::indicator_version::Model,
    code: String,
    owner: String,
    aliases: Vec<String>,
    lifecycle: Lifecycle,
) -> Result<IndicatorRow> {
    let small = |n: i32| u32::try_from(n).map_err(|why| Error::internal("reading an indicator's version", &why));
    Ok(IndicatorRow {
        code,
        version: small(version.version)?,
        applies_from: period(version.applies_from, version.applies_months)?,
        title: version.title,
        definition: version.definition,
        rationale: version.rationale,
        calculation: version.calculation,
        purpose: version.purpose.0,
        unit: version.unit,
        decimal_places: small(version.decimal_places)?,
        polarity: version.polarity.0,
        frequency: version.frequency.0,
        year_basis: version.year_basis.0,
        aggregation: version.aggregation.0,
        numerator: version.numerator,
        denominator: version.denominator,
        multiplier: version.multiplier.0,
        minimum: version.minimum.map(|n| n.0),
        maximum: version.maximum.map(|n| n.0),
        owner,
        headline: version.headline,
        critical: version.critical,
        unit_cost: version.unit_cost,
        statutory: version.statutory,
        dimension: version.dimension.map(|word| word.0),
        source: version.source,
        data_lag_days: small(version.data_lag_days)?,
        baseline_period: period(version.baseline_start, version.baseline_months)?,
        baseline_value: version.baseline_value.map(|n| n.0),
        responsible: version.responsible,
        accountable: version.accountable,
        portfolio_holder: version.portfolio_holder,
        data_provider: version.data_provider,
        external_metric: version.external_metric,
        aliases,
        lifecycle,
        sensitive: version.sensitive,
        context_for: context_of(version.context_for.as_deref())?,
    })
}

/// The refs of the indicators that a version says it explains.
pub fn context_of(kept: Option<&str>) -> Result<Vec<String>> {
    kept.map_or_else(|| Ok(Vec::new()), |refs| serde_json::from_str(refs).context("reading what an indicator explains"))
}

fn period(start: Option<chrono::NaiveDate>, months: Option<i32>) -> Result<Option<Period>> {
    start.zip(months).map(|(start, months)| rows::period(start, months)).transpose()
}

/// Who records a version, when and from which import, and under which ids.
#[derive(Debug, Clone, Copy)]
pub struct Recorded {
    pub council: Uuid,
    pub by: Uuid,
    pub at: chrono::DateTime<chrono::Utc>,
    pub import: Option<Uuid>,
}

/// The table's row, from the workbook's.
pub fn version_of(row: IndicatorRow, id: Uuid, indicator: Uuid, recorded: Recorded) -> entity::indicator_version::Model {
    let small = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    entity::indicator_version::Model {
        council_id: recorded.council,
        id,
        indicator_id: indicator,
        version: small(row.version),
        applies_from: row.applies_from.map(Period::start),
        applies_months: row.applies_from.map(rows::months),
        title: row.title,
        definition: row.definition,
        rationale: row.rationale,
        calculation: row.calculation,
        purpose: Text(row.purpose),
        unit: row.unit,
        decimal_places: small(row.decimal_places),
        polarity: Text(row.polarity),
        frequency: Text(row.frequency),
        year_basis: Text(row.year_basis),
        aggregation: Text(row.aggregation),
        numerator: row.numerator,
        denominator: row.denominator,
        multiplier: Dec(row.multiplier),
        minimum: row.minimum.map(Dec),
        maximum: row.maximum.map(Dec),
        headline: row.headline,
        critical: row.critical,
        unit_cost: row.unit_cost,
        statutory: row.statutory,
        dimension: row.dimension.map(Text),
        source: row.source,
        data_lag_days: small(row.data_lag_days),
        baseline_start: row.baseline_period.map(Period::start),
        baseline_months: row.baseline_period.map(rows::months),
        baseline_value: row.baseline_value.map(Dec),
        responsible: row.responsible,
        accountable: row.accountable,
        portfolio_holder: row.portfolio_holder,
        data_provider: row.data_provider,
        external_metric: row.external_metric,
        recorded_at: recorded.at,
        superseded_at: None,
        recorded_by: Some(recorded.by),
        import_id: recorded.import,
        sensitive: row.sensitive,
        context_for: (!row.context_for.is_empty()).then(|| serde_json::json!(row.context_for).to_string()),
    }
}
