//! What became of a reminder is kept for so long, and then forgotten.

use chrono::Duration;
use entity::notice::{ActiveModel, Entity, Model};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use tests::for_each_database;

use super::{Reminded, node, turn};

/// A reminder as it stood so many days ago.
async fn written(reminded: &Reminded<'_>, state: &str, days: i64) {
    several(reminded, state, days, 1).await;
}

async fn several(reminded: &Reminded<'_>, state: &str, days: i64, count: usize) {
    let app = &reminded.world.harness.app;
    let at = app.clock.now() - Duration::days(days);
    let row = || Model {
        council_id: reminded.world.council,
        id: app.ids.next(),
        kind: "QUESTION_DUE".to_owned(),
        subject: format!("question {}", app.ids.next()),
        person_id: None,
        channel: "WEBHOOK".to_owned(),
        once: app.ids.next().to_string(),
        payload: json!({ "kind": "QUESTION_DUE", "council": reminded.world.code, "councilName": "" }).to_string(),
        state: state.to_owned(),
        attempts: 1,
        // What waits is not due before long.
        next_at: app.clock.now() + Duration::days(1),
        sent_at: None,
        last_error: None,
        created_at: at,
    };
    let rows: Vec<ActiveModel> = (0..count).map(|_| row().into_active_model()).collect();
    let change = app.db.change(reminded.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    Entity::insert_many(rows).exec_without_returning(&*change).await.expect("is kept");
    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}

#[tokio::test]
async fn what_is_older_than_the_installation_keeps_is_forgotten_and_nothing_else() {
    for_each_database(async |harness| {
        let (own, other) = (Reminded::new(harness, "huntingdonshire").await, Reminded::new(harness, "devon").await);
        // Neither reminds any more: what is old goes all the same.
        for state in ["SENT", "FAILED", "DROPPED", "WAITING"] {
            written(&own, state, 401).await;
            written(&own, state, 399).await;
        }
        several(&other, "SENT", 500, 1_200).await;
        let kept = async |of: &Reminded<'_>, state: &str| harness.count(of.world.council, &format!("notice WHERE state = '{state}'")).await;
        let node = node(harness, None);
        assert_eq!(turn(&node).await, (0, 0));
        for (state, left) in [("SENT", 1), ("FAILED", 1), ("DROPPED", 1), ("WAITING", 2)] {
            assert_eq!(kept(&own, state).await, left, "{state}");
        }
        assert_eq!(kept(&other, "SENT").await, 0, "more than go in one transaction");
        // An installation that keeps them for less long.
        let ways = goldenthread::notices::Ways::new(None, goldenthread::reach::Reach::Public).kept_for(200);
        let brief = goldenthread::app::App { notices: std::sync::Arc::new(ways), ..node };
        assert_eq!(turn(&brief).await, (0, 0));
        assert_eq!(harness.count(own.world.council, "notice").await, 2, "what waits is not forgotten");
    })
    .await;
}
