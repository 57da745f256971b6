//! A clock that is put back an hour, or a year forward: what followed is recorded as what followed, nothing is done twice, and
//! nothing waits for a time that was never meant.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Client, Harness, World, for_each_database, framework, workbook, workbook_of};

const Q1: &str = "2024/25 Q1";

fn return_of(value: f64) -> Vec<u8> {
    workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", Q1, value]]))
}

async fn correct(client: &Client<'_>, council: &str, value: f64) {
    let import = client.submit(council, "again.xlsx", return_of(value)).await;
    let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Recounted" });
    assert_eq!(client.accept(&import, saying).await["userErrors"], json!([]));
}

/// Every revision of the figure: what it was, from when, until when.
async fn revisions(world: &World<'_>) -> Vec<(String, DateTime<Utc>, Option<DateTime<Utc>>)> {
    let snapshot = world.harness.app.db.snapshot(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let sql = "SELECT CAST(value AS TEXT), recorded_at, superseded_at FROM observation WHERE council_id = $1 ORDER BY recorded_at, id";
    let statement = Statement::from_sql_and_values(world.harness.app.db.backend(), sql, [world.council.into()]);
    let rows = snapshot.query_all_raw(statement).await.expect("reads");
    let column = |row: &sea_orm::QueryResult| {
        let value: rust_decimal::Decimal = row.try_get_by_index::<String>(0).expect("a value").parse().expect("a number");
        (value.normalize().to_string(), row.try_get_by_index(1).expect("an instant"), row.try_get_by_index(2).expect("an instant"))
    };
    rows.iter().map(column).collect()
}

#[tokio::test]
async fn what_was_corrected_after_the_clock_went_back_follows_what_it_corrects() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take(world.code, "q1.xlsx", return_of(58.1)).await;
        let mut said = vec!["58.1".to_owned()];
        for (n, value) in [(1, 58.2), (2, 58.3), (3, 58.4)] {
            harness.later(Duration::minutes(if n == 1 { -60 } else { 5 }));
            correct(&world.keeper_now(), world.code, value).await;
            said.push(value.to_string());
        }
        let found = revisions(&world).await;
        assert_eq!(found.iter().map(|(value, ..)| value.clone()).collect::<Vec<_>>(), said, "in the order they were made");
        for pair in found.windows(2) {
            assert!(pair[0].1 < pair[1].1, "{pair:?}");
            assert_eq!(pair[0].2, Some(pair[1].1), "each stood until the next came");
        }
        // As at each of these instants one figure stood, and it is that one.
        for (value, from, _) in &found {
            let sql = "SELECT CAST(value AS TEXT) FROM observation o WHERE council_id = $1 AND o.recorded_at <= $2 AND \
                (o.superseded_at IS NULL OR o.superseded_at > $2)";
            let snapshot = harness.app.db.snapshot(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
            let statement = Statement::from_sql_and_values(harness.app.db.backend(), sql, [world.council.into(), (*from).into()]);
            let rows = snapshot.query_all_raw(statement).await.expect("reads");
            let stood: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).expect("a value")).collect();
            assert_eq!((stood.len(), stood[0].starts_with(value.as_str())), (1, true), "{value}: {stood:?}");
        }
        // The trail goes forward too, and once the clock has caught up it is the clock again.
        let trail = times(&world).await;
        assert!(trail.windows(2).all(|pair| pair[0] <= pair[1]), "{trail:?}");
        let now = harness.later(Duration::hours(2));
        correct(&world.keeper_now(), world.code, 59.0).await;
        assert_eq!(revisions(&world).await.last().expect("the last").1, now);
    })
    .await;
}

async fn times(world: &World<'_>) -> Vec<DateTime<Utc>> {
    let snapshot = world.harness.app.db.snapshot(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let sql = "SELECT at FROM audit_event WHERE council_id = $1 ORDER BY seq";
    let statement = Statement::from_sql_and_values(world.harness.app.db.backend(), sql, [world.council.into()]);
    let rows = snapshot.query_all_raw(statement).await.expect("reads");
    rows.iter().map(|row| row.try_get_by_index(0).expect("an instant")).collect()
}

#[tokio::test]
async fn a_plan_is_out_of_date_although_by_the_clock_the_definition_is_older() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let planned = world.keeper().submit(world.code, "q1.xlsx", return_of(58.1)).await;
        harness.later(Duration::hours(-1));
        let keeper = world.keeper_now();
        let mut book = framework(world.code);
        book.indicators[0].definition = "What is recycled of all that is collected, street sweepings left out.".to_owned();
        let changed = keeper.submit(world.code, "framework.xlsx", workbook_of(&book)).await;
        let plan = keeper.plan(&changed).await;
        let warnings: Vec<Value> =
            plan["diagnostics"]["nodes"].as_array().expect("findings").iter().map(|one| one["code"].clone()).collect();
        let saying = json!({ "acknowledgedWarnings": warnings, "reason": "Agreed by the leadership team" });
        assert_eq!(keeper.accept(&changed, saying).await["userErrors"], json!([]), "{plan:#}");
        let before = harness.written(world.council).await;
        let refused = keeper.accept(&planned, json!({})).await;
        assert_eq!((&refused["import"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!("PLAN_OUT_OF_DATE")), "{refused:#}");
        assert_eq!(harness.written(world.council).await, before);
    })
    .await;
}

/// Sends a return, and leaves it in the hands of a node that died when its clock was a year ahead.
async fn left_by_a_wrong_clock(harness: &Harness, world: &World<'_>) -> String {
    let client = world.keeper_now();
    let kept: Value = client.upload("q1.xlsx", return_of(58.1)).await.json().await.expect("JSON");
    let input = json!({ "council": world.code, "upload": kept["upload"] });
    let data = client.run("ImportSubmit", json!({ "input": input })).await.data();
    let until = harness.app.clock.now() + Duration::days(365);
    let tx = harness.app.db.across_councils("jobs").await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let sql = "UPDATE job SET state = 'RUNNING', attempts = 1, lease_until = $1 WHERE state = 'QUEUED'";
    let statement = Statement::from_sql_and_values(harness.app.db.backend(), sql, [until.into()]);
    assert_eq!(tx.execute_raw(statement).await.expect("is so").rows_affected(), 1);
    tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_job_does_not_wait_for_a_year_that_was_never_meant() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let import = left_by_a_wrong_clock(harness, &world).await;
        harness.settle().await;
        assert_eq!(world.keeper_now().plan(&import).await["state"], "PLANNED");
        assert_eq!(harness.count(world.council, "job WHERE state <> 'DONE'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn whatever_the_clock_does_questions_are_answered_and_nothing_is_done_twice() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let first = world.keeper().take(world.code, "q1.xlsx", return_of(58.1)).await;
        let events = harness.count(world.council, "audit_event WHERE verb = 'import.accept'").await;
        let query = "query($council: String!) { viewer { name } council(code: $council) {
            returns(first: 20) { nodes { state dueOn overdue } } collection(period: \"2024/25 Q1\") { whole { owed overdue } } } }";
        for jump in [-60, 60 * 24 * 365, -60 * 24 * 365 - 120, 90] {
            harness.later(Duration::minutes(jump));
            harness.settle().await;
            let keeper = world.keeper_now();
            for answer in [
                keeper.gql(query, json!({ "council": world.code })).await,
                keeper.run("Scorecard", json!({ "council": world.code, "period": Q1 })).await,
                keeper.run("ImportPlan", json!({ "id": first })).await,
            ] {
                assert_eq!(answer.codes(), Vec::<String>::new(), "{jump}: {}", answer.message());
            }
            let again = keeper.accept(&first, json!({})).await;
            assert_eq!(again["userErrors"][0]["code"], "IMPORT_NOT_PLANNED", "{jump}");
        }
        assert_eq!(harness.count(world.council, "audit_event WHERE verb = 'import.accept'").await, events);
        assert_eq!(harness.count(world.council, "observation").await, 1);
        let report = goldenthread::audit::verify::verify(&harness.app, world.council, &[])
            .await
            .unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert!(report.is_well(), "{report:?}");
    })
    .await;
}
