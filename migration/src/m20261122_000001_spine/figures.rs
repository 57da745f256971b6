//! Indicators, how they are judged, what is aimed at and what was reported.

use crate::table::Kind::{Bool, Date, Decimal, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, or_false, unique};

/// A fact that no later one has replaced.
const CURRENT: &str = "superseded_at IS NULL";

/// What an import brought, to undo it by.
const IMPORTED: &str = "import_id IS NOT NULL";

/// What judging needs of an observation, carried in the index of current ones so that PostgreSQL answers a scorecard
/// without visiting the rows and their commentary.
const OBSERVATION_FIGURES: &[&str] =
    &["id", "definition_version", "period_end", "value", "numerator", "denominator", "absence", "state", "forecast", "withdrawn"];

pub const INDICATOR: Table = Table::tenant(
    "indicator",
    &[need("code", Text), need("aliases", Text), need("lifecycle", Text), need("created_at", Instant)],
    &[unique(&["code"])],
);

pub const INDICATOR_VERSION: Table = Table::tenant(
    "indicator_version",
    &[
        need("indicator_id", To("indicator")),
        need("version", Int),
        may("applies_from", Date),
        may("applies_months", Int),
        need("title", Text),
        need("definition", Text),
        may("rationale", Text),
        may("calculation", Text),
        need("purpose", Text),
        need("unit", Text),
        need("decimal_places", Int),
        need("polarity", Text),
        need("frequency", Text),
        need("year_basis", Text),
        need("aggregation", Text),
        may("numerator", Text),
        may("denominator", Text),
        need("multiplier", Decimal),
        may("minimum", Decimal),
        may("maximum", Decimal),
        need("headline", Bool),
        need("critical", Bool),
        need("unit_cost", Bool),
        need("statutory", Bool),
        may("dimension", Text),
        may("source", Text),
        need("data_lag_days", Int),
        may("baseline_start", Date),
        may("baseline_months", Int),
        may("baseline_value", Decimal),
        may("responsible", Text),
        may("accountable", Text),
        may("portfolio_holder", Text),
        may("data_provider", Text),
        may("external_metric", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["indicator_id", "version"]).only(CURRENT), on(&["indicator_id", "recorded_at"])],
);

pub const MEMBERSHIP: Table = Table::tenant(
    "membership",
    &[
        need("framework_id", To("framework")),
        need("indicator_id", To("indicator")),
        need("owner_id", To("element")),
        need("position", Int),
        may("disposition", Text),
    ],
    &[unique(&["framework_id", "indicator_id"]), on(&["owner_id"]), on(&["indicator_id"])],
);

pub const INDICATOR_LINK: Table = Table::tenant(
    "indicator_link",
    &[need("framework_id", To("framework")), need("kind", Text), need("indicator_id", To("indicator")), need("element_id", To("element"))],
    &[unique(&["indicator_id", "kind", "element_id"]), on(&["element_id"]), on(&["framework_id"])],
);

pub const STATUS_RULE: Table = Table::tenant(
    "status_rule",
    &[
        need("framework_id", To("framework")),
        may("indicator_id", To("indicator")),
        need("applies_from", Date),
        need("shape", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[on(&["framework_id", "indicator_id"]), on(&["indicator_id"])],
);

pub const TARGET: Table = Table::tenant(
    "target",
    &[
        need("indicator_id", To("indicator")),
        need("period_start", Date),
        need("period_months", Int),
        may("target", Decimal),
        may("intervention", Decimal),
        may("lower", Decimal),
        may("upper", Decimal),
        may("intervention_lower", Decimal),
        may("intervention_upper", Decimal),
        may("evidence", Text),
        may("approved_by", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[
        unique(&["indicator_id", "period_start", "period_months"]).only(CURRENT),
        on(&["indicator_id", "period_start"]),
        on(&["import_id"]).only(IMPORTED),
    ],
);

pub const OBSERVATION: Table = Table::tenant(
    "observation",
    &[
        need("indicator_id", To("indicator")),
        need("definition_version", Int),
        need("period_start", Date),
        need("period_end", Date),
        need("period_months", Int),
        may("value", Decimal),
        may("numerator", Decimal),
        may("denominator", Decimal),
        may("absence", Text),
        need("state", Text),
        may("forecast", Decimal),
        may("commentary", Text),
        may("remedial_action", Text),
        may("remedial_owner", Text),
        may("remedial_due", Date),
        may("quality_note", Text),
        may("reason", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
        may("sheet", Text),
        may("cell", Text),
        or_false("withdrawn"),
    ],
    &[
        unique(&["indicator_id", "period_start", "period_months"]).only(CURRENT).with(OBSERVATION_FIGURES),
        on(&["indicator_id", "period_start"]),
        on(&["import_id"]).only(IMPORTED),
    ],
);
