//! Withdrawing what was told by mistake: nothing leads to it, somebody says why, and it reads as it did before.

use serde_json::{Value, json};
use tests::{for_each_database, trail};

use super::entries::{self, Entry};
use super::model::Small;
use super::{codes, delivery, delivery_at, tell, withdraw};

#[tokio::test]
async fn what_something_leads_to_is_withdrawn_after_it() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let committee = small.committee().await;
        for (key, entry) in entries::all() {
            let client = entries::keeper(&small, &committee, &entry);
            tell(client, entry.what, "__typename", Entry::saying(&key, &entry.new.0)).await.expect("is told");
        }
        let then = harness.app.clock.now().to_rfc3339();
        harness.later(chrono::Duration::hours(1));
        let before = harness.holds(small.world.council).await;
        let needed = Err("RECORD_NEEDED input.code".to_owned());
        // The action answers the recommendation, the milestones wait, the assessment names the action and the risk.
        for (kind, code) in [("RECOMMENDATION", "R1"), ("ACTION", "a1"), ("RISK", "RK1")] {
            assert_eq!(withdraw(&small.keeper, kind, code, "By mistake").await, needed, "{kind}");
        }
        for code in ["MA", "MB"] {
            assert_eq!(withdraw(&small.office, "MILESTONE", code, "By mistake").await, needed, "{code}");
        }
        assert_eq!(withdraw(&committee, "THEME", "BV LEAD", "By mistake").await, needed);
        assert_eq!(harness.holds(small.world.council).await, before);

        let fields = "actions(first: 5) { nodes { code } } recommendations { code } risks(first: 5) { nodes { code } }
            milestones(first: 5) { nodes { code } } projects { code } insights { code } instruments { code }
            money(period: \"2024/25 Q2\") { code }";
        let told = delivery(&small.keeper, fields).await;
        // Each after what leads to it.
        for (_, entry) in entries::all().iter().rev() {
            let client = entries::keeper(&small, &committee, entry);
            let last = trail(harness, small.world.council, 0).await.last().expect("an event").seq;
            assert_eq!(withdraw(client, entry.kind, entry.code, "By mistake").await, Ok(json!(entry.code)), "{}", entry.kind);
            let event = trail(harness, small.world.council, last).await.pop().expect("an event");
            assert_eq!((event.verb.as_str(), event.person), ("delivery.withdraw", client.person()));
            let before: Value = serde_json::from_str(&event.before.expect("a state")).expect("JSON");
            assert!(before[entry.kind].is_object(), "{before:#}");
            assert_eq!(event.after.as_deref(), Some("{\"withdrawn\":\"By mistake\"}"));
            let again = withdraw(client, entry.kind, entry.code, "By mistake").await;
            assert_eq!(again, Err("RECORD_NOT_FOUND input.code".to_owned()), "{}", entry.kind);
        }
        let gone = delivery(&small.keeper, fields).await;
        let lists = gone.as_object().expect("lists").values().map(|list| list.get("nodes").unwrap_or(list));
        assert!(lists.clone().all(|list| *list == json!([])), "{gone:#}");
        assert_eq!(delivery_at(&small.keeper, &then, fields).await, told);
        assert_eq!(codes(&told["milestones"]["nodes"]), ["MA", "MB"]);
        // Told again under the same ref, it is there again.
        harness.later(chrono::Duration::hours(1));
        let (key, entry) = entries::all().remove(0);
        let again = tell(&small.manager, entry.what, entry.fields, Entry::saying(&key, &entry.new.0)).await;
        assert_eq!(again, Ok(entry.new.1));
    })
    .await;
}

#[tokio::test]
async fn only_whoever_records_it_withdraws_it_and_says_why() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let said = |code: &str, element: &str| {
            json!({ "code": code, "title": "Said", "kind": "SERVICE_PLAN", "element": element, "leadOfficer": "Head", "status": "NOT_STARTED", "asAt": "2024-09-30" })
        };
        for (code, element) in [("A1", "S1"), ("A2", "S2")] {
            tell(&small.keeper, "action", "code", said(code, element)).await.expect("is told");
        }
        let before = harness.holds(small.world.council).await;
        let refused = |code: &str| Err(code.to_owned());
        // Another's is as absent as what never was.
        assert_eq!(withdraw(&small.manager, "ACTION", "A2", "Not ours").await, refused("RECORD_NOT_FOUND input.code"));
        assert_eq!(withdraw(&small.manager, "ACTION", "A9", "Not ours").await, refused("RECORD_NOT_FOUND input.code"));
        assert_eq!(withdraw(&small.finance, "ACTION", "A1", "Not ours").await, refused("FORBIDDEN"));
        for (reason, code) in [(" ", "REASON_NEEDED input.reason"), (&*"x".repeat(501), "TEXT_TOO_LONG input.reason"), ("Bell\u{7}", "TEXT_UNUSABLE input.reason")] {
            assert_eq!(withdraw(&small.keeper, "ACTION", "A1", reason).await, refused(code));
        }
        assert_eq!(withdraw(&small.keeper, "RISK", "A1", "No risk").await, refused("RECORD_NOT_FOUND input.code"));
        assert_eq!(harness.holds(small.world.council).await, before);
        assert_eq!(withdraw(&small.manager, "ACTION", " a1 ", "Told twice").await, Ok(json!(" a1 ")));
        assert_eq!(codes(&delivery(&small.keeper, "actions(first: 5) { nodes { code } }").await["actions"]["nodes"]), ["A2"]);
    })
    .await;
}
