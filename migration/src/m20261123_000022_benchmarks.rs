//! Areas, catalogues of national frameworks and published figures, each kept once for all councils; and what a council compares
//! itself by: its own comparator groups, and which published measure an indicator is.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Bool, Date, Decimal, Instant, Int, Shared, Text, To};
use crate::table::{Table, may, need, on, unique};

/// What a transaction says that writes what belongs to all councils.
const PURPOSE: &str = "benchmarks";

/// What is told of a fact now is told once.
const CURRENT: &str = "superseded_at IS NULL";

/// Reference data that came with the program, by what it was made of: loaded once.
const SHIPPED: Table = Table::outside("shipped_data", &[need("sha256", Text), need("loaded_at", Instant)], &[unique(&["sha256"])]);

/// Places figures are published for, by the statisticians' code. A place that changed its name and kept its code has a row for each.
const AREA: Table = Table::outside(
    "area",
    &[need("code", Text), need("name", Text), need("kind", Text), may("region", Text), may("stands_from", Date), may("stands_until", Date)],
    &[unique(&["code", "name"])],
);

/// Which area followed which.
const AREA_SUCCESSION: Table = Table::outside(
    "area_succession",
    &[need("from_code", Text), need("to_code", Text), need("on_date", Date), need("kind", Text)],
    &[unique(&["from_code", "to_code", "on_date"]), on(&["to_code"])],
);

/// An edition of a national framework.
const CATALOGUE: Table = Table::outside(
    "catalogue",
    &[
        need("code", Text),
        need("edition", Text),
        need("title", Text),
        need("publisher", Text),
        may("published_on", Date),
        may("in_force_from", Date),
        may("in_force_until", Date),
        need("licence", Text),
        may("source", Text),
        need("sha256", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
    ],
    &[unique(&["code", "edition"]).only(CURRENT)],
);

/// A metric of a national framework; of some nobody publishes figures yet.
const CATALOGUE_METRIC: Table = Table::outside(
    "catalogue_metric",
    &[
        need("catalogue_id", Shared("catalogue")),
        need("place", Int),
        need("code", Text),
        need("title", Text),
        need("placeholder", Bool),
        may("outcome", Text),
        may("kind", Text),
        may("definition", Text),
        may("unit", Text),
        may("decimal_places", Int),
        may("polarity", Text),
        may("best_value", Decimal),
        may("service_area", Text),
        may("numerator", Text),
        may("denominator", Text),
        may("numerator_multiplier", Decimal),
        may("denominator_multiplier", Decimal),
        may("frequency", Text),
        may("year_basis", Text),
        may("source", Text),
        may("previous_code", Text),
        may("break_from", Text),
        need("written_as", Text),
        may("note", Text),
    ],
    &[unique(&["catalogue_id", "code"])],
);

/// What somebody publishes figures of, again and again.
const BENCHMARK_DATASET: Table = Table::outside(
    "benchmark_dataset",
    &[need("code", Text), need("title", Text), need("publisher", Text), need("licence", Text), may("url", Text)],
    &[unique(&["code"])],
);

/// A measure of a dataset.
const BENCHMARK_MEASURE: Table = Table::outside(
    "benchmark_measure",
    &[
        need("dataset_id", Shared("benchmark_dataset")),
        need("place", Int),
        need("code", Text),
        need("title", Text),
        need("unit", Text),
        need("decimal_places", Int),
        need("polarity", Text),
        need("multiplier", Decimal),
        may("service_area", Text),
        may("frequency", Text),
    ],
    &[unique(&["dataset_id", "code"])],
);

/// A file of a dataset as it was published and brought in.
const BENCHMARK_RELEASE: Table = Table::outside(
    "benchmark_release",
    &[
        need("dataset_id", Shared("benchmark_dataset")),
        need("edition", Text),
        need("revision", Int),
        need("state", Text),
        need("published_on", Date),
        need("file_name", Text),
        need("sha256", Text),
        need("imported_at", Instant),
        need("imported_by", Text),
        need("figures", Int),
    ],
    &[unique(&["dataset_id", "edition", "revision"])],
);

/// One published figure. What a later release says of the same area and period supersedes it; it stays readable.
const BENCHMARK_FIGURE: Table = Table::outside(
    "benchmark_figure",
    &[
        need("release_id", Shared("benchmark_release")),
        need("measure_id", Shared("benchmark_measure")),
        need("area_code", Text),
        need("period_start", Date),
        need("months", Int),
        may("value", Decimal),
        may("numerator", Decimal),
        may("denominator", Decimal),
        may("absence", Text),
        may("marks", Text),
        may("superseded_at", Instant),
    ],
    &[
        unique(&["measure_id", "area_code", "period_start", "months"]).only(CURRENT),
        on(&["release_id", "measure_id", "area_code", "period_start"]),
    ],
);

/// An edition of a published list of which authorities are alike.
const NEIGHBOUR_MODEL: Table = Table::outside(
    "neighbour_model",
    &[
        need("code", Text),
        need("edition", Text),
        need("title", Text),
        need("publisher", Text),
        need("licence", Text),
        may("source", Text),
        may("stands_from", Date),
        may("stands_until", Date),
        need("sha256", Text),
    ],
    &[unique(&["code", "edition"])],
);

/// Whom an authority is like, the most alike first.
const NEIGHBOUR: Table = Table::outside(
    "neighbour",
    &[
        need("model_id", Shared("neighbour_model")),
        need("area_code", Text),
        need("place", Int),
        need("neighbour_code", Text),
        may("distance", Decimal),
    ],
    &[unique(&["model_id", "area_code", "neighbour_code"])],
);

/// Whom a council compares itself with, as it says itself.
const COMPARATOR_GROUP: Table = Table::tenant(
    "comparator_group",
    &[
        need("code", Text),
        need("edition", Text),
        need("title", Text),
        may("kind", Text),
        may("stands_from", Date),
        may("stands_until", Date),
        may("source", Text),
        may("licence", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
    ],
    &[unique(&["code", "edition"]).only(CURRENT)],
);

/// A member of a comparator group.
const COMPARATOR_MEMBER: Table = Table::tenant(
    "comparator_member",
    &[need("group_id", To("comparator_group")), need("place", Int), need("area_code", Text)],
    &[unique(&["group_id", "area_code"])],
);

/// Which published measure an indicator is, in which periods.
const METRIC_MAPPING: Table = Table::tenant(
    "metric_mapping",
    &[
        need("indicator_id", To("indicator")),
        may("dataset", Text),
        may("measure", Text),
        may("catalogue", Text),
        may("catalogue_edition", Text),
        may("metric", Text),
        may("from_start", Date),
        may("from_months", Int),
        may("until_start", Date),
        may("until_months", Int),
        need("same_definition", Bool),
        may("note", Text),
        may("default_group", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
    ],
    &[on(&["indicator_id"]).only(CURRENT)],
);

/// In the order they point to one another.
const SHARED: [Table; 11] = [
    SHIPPED,
    AREA,
    AREA_SUCCESSION,
    CATALOGUE,
    CATALOGUE_METRIC,
    BENCHMARK_DATASET,
    BENCHMARK_MEASURE,
    BENCHMARK_RELEASE,
    BENCHMARK_FIGURE,
    NEIGHBOUR_MODEL,
    NEIGHBOUR,
];

/// The same, of what councils say themselves, with what the server does to their rows.
const OWN: [(Table, &str); 3] =
    [(COMPARATOR_GROUP, "SELECT, INSERT, UPDATE"), (COMPARATOR_MEMBER, "SELECT, INSERT"), (METRIC_MAPPING, "SELECT, INSERT, UPDATE")];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let postgres = schema.get_database_backend() == DbBackend::Postgres;
        for table in SHARED {
            table.create(schema).await?;
            if postgres {
                let database = schema.get_connection();
                postgres::grant(database, "SELECT, INSERT, UPDATE", table.name).await?;
                postgres::keep_to_purpose(database, table.name, PURPOSE).await?;
            }
        }
        for (table, verbs) in OWN {
            table.create(schema).await?;
            if postgres {
                let database = schema.get_connection();
                postgres::grant(database, verbs, table.name).await?;
                postgres::keep_to_council(database, table.name).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in OWN.iter().map(|(table, _)| table).rev().chain(SHARED.iter().rev()) {
            table.drop(schema).await?;
        }
        Ok(())
    }
}
