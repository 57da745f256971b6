//! Roles withdrawn and people suspended: from the next request on, for what waits in the queue, and on record.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tests::for_each_database;

use super::giving::uuid;
use super::{Office, act, id_of};

#[tokio::test]
async fn a_withdrawn_role_ends_with_the_next_request_and_for_what_waits_in_the_queue() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let paul = office.person("Paul Team", &[]).await;
        let id = office.give(&paul, "PERFORMANCE_TEAM", json!({})).await;
        let signed_in = harness.sign_in(&paul);
        let input = json!({ "input": { "council": "huntingdonshire", "forum": "SLT", "period": "2024/25 Q1" } });
        let asked = signed_in.run("PackBuild", input.clone()).await.data();
        let pack = asked["packBuild"]["pack"]["id"].clone();
        assert_eq!(asked["packBuild"]["pack"]["state"], "QUEUED");

        harness.later(chrono::Duration::minutes(5));
        let gone = act(&office.admin, "grantWithdraw", json!({ "id": id, "reason": "Moved to Finance" })).await;
        assert_eq!((&gone["userErrors"], &gone["it"]["withdrawnReason"]), (&json!([]), &json!("Moved to Finance")));
        assert_eq!(signed_in.run("PackBuild", input).await.codes(), ["FORBIDDEN"]);
        harness.settle().await;
        let state = office.world.keeper().run("Pack", json!({ "id": pack })).await.data();
        assert_eq!(state["node"]["state"], "FAILED", "{state:#}");

        let told = office.told(&format!("grant {}", uuid(&id))).await;
        let (verb, actor, before, after) = &told[1];
        assert_eq!((told.len(), verb.as_str(), actor.as_str()), (2, "grant.withdraw", "Ada Admin <ada.admin@example.org>"));
        assert_eq!(
            (&before["withdrawn"], &after["withdrawn"], &after["because"]),
            (&json!(false), &json!(true), &json!("Moved to Finance"))
        );
        // On record it stays: the day before it was in force, that day it no longer is.
        let fields = "person(email: \"paul.team@example.org\") { now: grants { id } all: grants(withdrawn: true) { withdrawnAt
            withdrawnBy { name } } then: grants(on: \"2024-10-14\", withdrawn: true) { id } today: grants(on: \"2024-10-14\") { id } }";
        let seen = office.ask(&office.auditor, fields).await["person"].clone();
        assert_eq!((&seen["now"], &seen["today"]), (&json!([]), &json!([])));
        assert_eq!(seen["all"], json!([{ "withdrawnAt": "2024-10-14T09:05:00Z", "withdrawnBy": { "name": "Ada Admin" } }]));
        assert_eq!(seen["then"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_later_was_held_on_a_day_before() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let dora = office.person("Dora Director", &[]).await;
        let id = office.give(&dora, "DIRECTOR", json!({ "scope": { "element": "D1" } })).await;
        harness.at("2024-10-20T12:00:00Z");
        act(&office.admin, "grantWithdraw", json!({ "id": id, "reason": "Left" })).await;
        let may = async |on: &str| office.who_may(&format!("permission: APPROVE_RETURN, element: \"S1\", on: \"{on}\"")).await;
        assert_eq!(may("2024-10-13").await, [""; 0]);
        assert_eq!(may("2024-10-14").await, ["Dora Director"]);
        assert_eq!(may("2024-10-19").await, ["Dora Director"]);
        assert_eq!(may("2024-10-20").await, [""; 0]);
        let fields = "person(email: \"dora.director@example.org\") { then: effectivePermissions(on: \"2024-10-19\") { permission }
            now: effectivePermissions { permission } }";
        let seen = office.ask(&office.auditor, fields).await;
        assert_eq!(seen["person"]["now"], json!([]));
        assert!(seen["person"]["then"].as_array().expect("a list").contains(&json!({ "permission": "APPROVE_RETURN" })));
    })
    .await;
}

#[tokio::test]
async fn a_role_given_a_last_day_is_held_until_its_end() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let dora = office.person("Dora Director", &[]).await;
        let id = office.give(&dora, "DIRECTOR", json!({ "scope": { "element": "D1" } })).await;
        let ended = act(&office.admin, "grantWithdraw", json!({ "id": id, "reason": "Retires", "lastDay": "2024-10-31" })).await;
        assert_eq!((&ended["it"]["until"], &ended["it"]["withdrawnReason"]), (&json!("2024-10-31"), &json!("Retires")));
        for (instant, can) in [("2024-10-31T23:59:59Z", true), ("2024-11-01T00:00:00Z", false)] {
            harness.at(instant);
            let data = harness.sign_in(&dora).gql("{ viewer { can } }", json!({})).await.data();
            assert_eq!(data["viewer"]["can"].as_array().expect("a list").contains(&json!("APPROVE_RETURN")), can, "{instant}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_is_suspended_is_let_in_no_more_and_their_sessions_end() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let mo = office.person("Mo Manager", &[(Role::CabinetMember, GrantScope::Council)]).await;
        let session = harness.app.ids.next();
        let now = harness.app.clock.now();
        let row = entity::session::ActiveModel {
            council_id: Set(mo.council),
            id: Set(session),
            person_id: Set(mo.id),
            created_at: Set(now),
            last_used_at: Set(now),
            expires_at: Set(now + chrono::Duration::days(30)),
            ended_at: Set(None),
            end_reason: Set(None),
            address: Set(None),
            client: Set(None),
        };
        let change = harness.app.db.change(mo.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        entity::session::Entity::insert(row).exec_without_returning(&*change).await.expect("enters a session");
        change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let keys = &harness.app.keys;
        let token = keys.issue_for_session(mo.id, mo.council, session, now, chrono::Duration::hours(1)).unwrap_or_else(|_| panic!("signs"));
        let clients = [harness.sign_in(&mo), harness.client(Some(token))];
        let status = async || {
            let mut all = Vec::new();
            for client in &clients {
                all.push(client.gql("{ viewer { name } }", json!({})).await.status);
            }
            all
        };
        assert_eq!(status().await, [200, 200]);
        assert_eq!(office.who_may("permission: CALL_FOR_INFORMATION").await, ["Mo Manager"]);

        harness.later(chrono::Duration::minutes(1));
        let suspended = act(&office.admin, "personSuspend", json!({ "id": id_of(&mo), "reason": "Under inquiry" })).await;
        assert_eq!(suspended["it"]["suspendedAt"], "2024-10-14T09:01:00Z");
        assert_eq!(status().await, [401, 401]);
        assert_eq!(office.who_may("permission: CALL_FOR_INFORMATION").await, [""; 0]);
        assert_eq!(office.who_may("permission: CALL_FOR_INFORMATION, on: \"2024-10-13\"").await, [""; 0], "not held yet");
        let seen = office
            .ask(&office.auditor, "person(email: \"mo.manager@example.org\") { effectivePermissions { permission } grants { role } }")
            .await;
        assert_eq!(seen["person"], json!({ "effectivePermissions": [], "grants": [{ "role": "CABINET_MEMBER" }] }));
        assert_eq!(harness.count(mo.council, "session WHERE end_reason = 'SUSPENDED' AND ended_at IS NOT NULL").await, 1);
        let again = office.holds().await;
        act(&office.admin, "personSuspend", json!({ "id": id_of(&mo), "reason": "Twice" })).await;
        assert_eq!(office.holds().await, again, "suspended twice, nothing changes");

        // Restored, they sign in anew: what they had from before stays refused.
        let restored = act(&office.admin, "personRestore", json!({ "id": id_of(&mo), "reason": "Cleared" })).await;
        assert_eq!(restored["it"]["suspendedAt"], Value::Null);
        assert_eq!(status().await, [401, 401]);
        harness.later(chrono::Duration::minutes(1));
        let anew = harness.client(Some(harness.token(mo.id, Some(mo.council))));
        let data = anew.gql("{ viewer { grants { role } } }", json!({})).await.data();
        assert_eq!(data["viewer"]["grants"], json!([{ "role": "CABINET_MEMBER" }]));
        let told: Vec<_> =
            office.told(&format!("person {}", mo.id)).await.into_iter().map(|(verb, _, before, after)| (verb, before, after)).collect();
        assert_eq!(told[0].0, "person.suspend");
        assert_eq!((&told[0].1["suspended_at"], &told[0].2["reason"]), (&Value::Null, &json!("Under inquiry")));
        assert_eq!((told[1].0.as_str(), &told[1].2["reason"], told.len()), ("person.restore", &json!("Cleared"), 2));
    })
    .await;
}
