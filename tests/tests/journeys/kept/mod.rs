//! Answers are kept while nothing of a council changes, and nobody ever sees one that has changed.

mod packed;
mod stale;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, World, day, for_each_database};

use crate::entry::{accepted, figure, record};

const PERIOD: &str = "2024/25 Q2";

async fn scorecard(client: &Client<'_>, council: &str) -> Value {
    client.run("Scorecard", json!({ "council": council, "period": PERIOD })).await.data()
}

/// The statements an answer cost, with the answer.
async fn cost(harness: &Harness, client: &Client<'_>, council: &str) -> (u64, Value) {
    harness.statements(scorecard(client, council)).await
}

#[tokio::test]
async fn an_answer_is_worked_out_once_for_all_who_read_the_same() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        accepted(&record(&keeper, json!([figure("WM01", PERIOD, "44")])).await);
        let (whole, first) = cost(harness, &keeper, "huntingdonshire").await;
        let (again, second) = cost(harness, &keeper, "huntingdonshire").await;
        assert_eq!((again, &second), (1, &first), "the revision is asked for and nothing else");
        assert!(whole > 5, "{whole}");

        // Somebody else of the performance team is looked up, and given the same.
        let other = harness.person(world.council, "Petra Team", &[(Role::PerformanceTeam, GrantScope::Council)]).await;
        let other = harness.sign_in(&other);
        scorecard(&keeper, "huntingdonshire").await;
        let (shared, third) = cost(harness, &other, "huntingdonshire").await;
        assert_eq!(third, first);
        assert!(shared < whole && shared > 1, "{shared} of {whole}");

        // Whoever holds something else reads for themself.
        let manager = harness.sign_in(&world.somebody(Role::ServiceManager).await);
        scorecard(&keeper, "huntingdonshire").await;
        let (own, _) = cost(harness, &manager, "huntingdonshire").await;
        assert!(own > shared, "{own} beside {shared}");
        assert_eq!(cost(harness, &manager, "huntingdonshire").await.0, 1);

        // Another council of the same roles shares nothing.
        let far = World::new(harness, "devon").await;
        let (theirs, answer) = cost(harness, &far.keeper(), "devon").await;
        assert!(theirs > shared, "{theirs}");
        assert_ne!(answer, first);
        assert_eq!(scorecard(&far.keeper(), "huntingdonshire").await["council"], Value::Null);

        // What was asked otherwise is worked out by itself: another document, other variables, another day.
        let (sent, _) = harness.statements(keeper.run("Scorecard", json!({ "council": "huntingdonshire", "period": "2024/25 Q1" }))).await;
        assert!(sent > shared);
        harness.at(&format!("{}T09:00:00Z", day("2024-10-15")));
        assert!(cost(harness, &keeper, "huntingdonshire").await.0 > shared);
    })
    .await;
}

#[tokio::test]
async fn a_machine_token_is_looked_up_every_hour_and_ends_when_it_ends() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let create = "mutation($input: MachineTokenCreateInput!) { machineTokenCreate(input: $input) { secret userErrors { code } } }";
        let input = json!({ "name": "dashboard", "permissions": ["VIEW_FRAMEWORK", "VIEW_FIGURES"], "expiresOn": "2024-10-15" });
        let made = world.keeper().gql(create, json!({ "input": input })).await.data()["machineTokenCreate"].clone();
        assert_eq!(made["userErrors"], json!([]), "{made:#}");
        let script = harness.client(Some(made["secret"].as_str().expect("a secret").to_owned()));
        harness.at("2024-10-14T09:30:00Z");
        scorecard(&script, "huntingdonshire").await;
        scorecard(&script, "huntingdonshire").await;
        assert_eq!(cost(harness, &script, "huntingdonshire").await.0, 1);
        harness.at("2024-10-14T10:00:00Z");
        assert!(cost(harness, &script, "huntingdonshire").await.0 > 1, "an hour later its use is noted");
        harness.at("2024-10-15T23:59:00Z");
        scorecard(&script, "huntingdonshire").await;
        scorecard(&script, "huntingdonshire").await;
        harness.at("2024-10-16T00:00:00Z");
        assert_eq!(script.run("Scorecard", json!({ "council": "huntingdonshire", "period": PERIOD })).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_ends_in_mid_day_is_nobodys_though_its_answer_is_kept() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let now = harness.app.clock.now();
        let token = harness.app.keys.issue(world.keeper.id, Some(world.council), now, chrono::Duration::minutes(10));
        let client = harness.client(Some(token.unwrap_or_else(|error| panic!("{}", error.log_text()))));
        scorecard(&client, "huntingdonshire").await;
        assert_eq!(cost(harness, &client, "huntingdonshire").await.0, 1);
        harness.at("2024-10-14T09:15:00Z");
        assert_eq!(client.run("Scorecard", json!({ "council": "huntingdonshire", "period": PERIOD })).await.status, 401);
    })
    .await;
}

/// A database that was set back counts the same numbers again, and is another state all the same.
#[tokio::test]
async fn a_revision_that_comes_back_is_not_the_same() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        accepted(&record(&keeper, json!([figure("WM01", PERIOD, "44")])).await);
        scorecard(&keeper, "huntingdonshire").await;
        assert_eq!(cost(harness, &keeper, "huntingdonshire").await.0, 1);
        let owner = tests::owner(harness).await;
        sea_orm::ConnectionTrait::execute_unprepared(&owner, "UPDATE council SET revision = revision - 1").await.expect("is set back");
        // What is lost is another matter: this one is changed once, and counts as many changes as before.
        harness.person(world.council, "Somebody New", &[]).await;
        assert!(cost(harness, &keeper, "huntingdonshire").await.0 > 1);
    })
    .await;
}
