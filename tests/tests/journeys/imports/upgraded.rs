//! Plans that an earlier version made are as good after an upgrade as before it.

use chrono::{Duration, NaiveDate};
use entity::import_change;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, QueryOrder, Statement};
use serde_json::{Value, json};
use tests::{World, for_each_database, workbook};

use super::{lines, read};
use crate::installation::{address, connect};

/// Migrations up to the last before planned figures had columns.
const STEPS_BEFORE: usize = 5;

fn return_of(value: f64, commentary: &str) -> Vec<u8> {
    let head = json!(["Ref", "Indicator", "Period", "Result", "Numerator", "Denominator", "Commentary"]);
    let row = json!(["WM01", "Household waste recycled", "2024/25 Q1", value, value * 10.0, 1000, commentary]);
    workbook("Return", &json!([head, row]))
}

/// A planned figure as JSON, as earlier versions kept it.
fn figure(row: &import_change::Model) -> Value {
    let decimal = |number: Option<entity::Dec>| number.map(|number| number.0.to_string());
    json!({
        "indicator": row.indicator_id, "definition_version": row.definition_version, "period": "2024-Q1",
        "value": decimal(row.value), "numerator": decimal(row.numerator), "denominator": decimal(row.denominator),
        "absence": row.absence.map(|absence| absence.0.code()), "state": row.state.map(|state| state.0.code()),
        "forecast": decimal(row.forecast), "commentary": row.commentary, "action": "Ask the crews.", "action_owner": "Robin",
        "action_due": "2024-09-30", "quality_note": row.quality_note, "sheet": row.sheet, "cell": row.cell,
    })
}

#[expect(clippy::disallowed_methods, reason = "an upgrade is every council's")]
async fn plans(database: &DatabaseConnection) -> Vec<import_change::Model> {
    import_change::Entity::find().order_by_asc(import_change::Column::Id).all(database).await.expect("reads plans")
}

/// Takes the database back to the tables of an earlier version, keeps its plans of figures as that did, and upgrades.
async fn upgrade(database: &DatabaseConnection) {
    let rows = plans(database).await;
    // The framework's own import is there too, and keeps its JSON.
    let figures = || rows.iter().filter(|row| row.subject == "OBSERVATION");
    assert_eq!((figures().count(), rows.len() > 2), (2, true));
    let back = u32::try_from(Migrator::migrations().len() - STEPS_BEFORE).expect("counts");
    Migrator::down(database, Some(back)).await.expect("goes back");
    assert!(database.execute_unprepared("SELECT held_id FROM import_change").await.is_err(), "the column is there still");
    for row in figures() {
        let before = row.held_id.map(|id| json!({ "observation": id, "withdrawn": false, "row": figure(row) }).to_string());
        let sql = "UPDATE import_change SET before_row = $1, after_row = $2 WHERE id = $3";
        let values = [before.into(), figure(row).to_string().into(), row.id.into()];
        let update = Statement::from_sql_and_values(database.get_database_backend(), sql, values);
        assert_eq!(database.execute_raw(update).await.expect("writes").rows_affected(), 1);
    }
    Migrator::up(database, None).await.expect("upgrades");
    let upgraded = plans(database).await;
    let expected = rows.into_iter().map(|row| match row.subject.as_str() {
        "OBSERVATION" => import_change::Model {
            remedial_action: Some("Ask the crews.".into()),
            remedial_owner: Some("Robin".into()),
            remedial_due: NaiveDate::from_ymd_opt(2024, 9, 30),
            ..row
        },
        _ => row,
    });
    assert_eq!(upgraded, expected.collect::<Vec<_>>());
}

#[tokio::test]
async fn a_plan_of_an_earlier_version_is_accepted_and_taken_back() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let accepted = keeper.take("huntingdonshire", "q1.xlsx", return_of(61.2, "A dry spring.")).await;
        harness.later(Duration::hours(1));
        let planned = keeper.submit("huntingdonshire", "q1 again.xlsx", return_of(56.4, "A \"late\" tonnage.")).await;
        keeper.plan(&planned).await;

        match address(harness, "postgres").await {
            Some(owner) => upgrade(&connect(&owner).await).await,
            None => upgrade(harness.app.db.pool()).await,
        }

        assert_eq!(
            lines(&keeper.plan(&planned).await),
            ["CHANGED WM01 2024/25 Q1: 61.2% (612 of 1,000) → 56.4% (564 of 1,000), with commentary changed"]
        );
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Tonnages arrived late" });
        assert_eq!(keeper.accept(&planned, saying).await["userErrors"], json!([]));
        let figure = read(&keeper, "WM01", "2024/25 Q1", None).await;
        assert_eq!((&figure["value"], &figure["commentary"]), (&json!("56.4"), &json!("A \"late\" tonnage.")));
        for (import, then) in [(&planned, json!("61.2")), (&accepted, Value::Null)] {
            harness.later(Duration::hours(1));
            let undone = keeper.undo(import).await;
            assert_eq!((&undone["reversed"], &undone["userErrors"]), (&json!(1), &json!([])), "{undone:#}");
            assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], then);
        }
    })
    .await;
}
