//! The siege, short: each thing that can be killed is killed once. `tests/faults/run` does it 200 times on imports of 20,000 rows.

use std::time::Duration;

use tests::for_each_database;

use super::siege::{Plan, Siege};

/// Tests run beside this one on the same processors.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);

#[tokio::test]
async fn killed_at_any_instant_it_keeps_what_it_said_and_nothing_half_done() {
    for_each_database(async |harness| {
        let plan = Plan { answers_within: ANSWERS_WITHIN, ..Plan::new(6, 20_261_122, 10) };
        let told = Siege::lay(harness, plan).await.run().await;
        // One undisturbed, then a start to kill and one to go on after each.
        assert!(told.answered.len() > 10, "{told}");
        assert!(told.events > 20, "{told}");
    })
    .await;
}
