//! What is refused, with its code and a sentence; and then nothing is changed.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::for_each_database;

use super::{Office, act, document, id_of, refusal};

#[tokio::test]
async fn roles_that_cannot_be_given_are_refused_and_nothing_changes() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let stranger = Office::new(harness, "devon").await;
        let mut book = tests::framework("devon");
        book.elements.iter_mut().find(|e| e.code == "S3").expect("Benefits").code = "THEIRS".to_owned();
        book.indicators.iter_mut().filter(|i| i.owner == "S3").for_each(|i| i.owner = "THEIRS".to_owned());
        stranger.world.keeper().take("devon", "framework.xlsx", tests::workbook_of(&book)).await;
        let mo = office.person("Mo Manager", &[]).await;
        office.give(&mo, "STAFF", json!({ "scope": { "element": "S1" }, "from": "2024-11-01", "until": "2024-11-30" })).await;
        let (mo_id, ada_id, their_id) = (id_of(&mo), id_of(&office.ada), id_of(&stranger.ada));
        let before = (office.holds().await, stranger.holds().await);

        let good = json!({ "person": mo_id, "role": "STAFF", "scope": { "element": "S2" }, "reason": "Moves" });
        let with = |changes: Value| {
            let mut input = good.clone();
            changes.as_object().expect("an object").iter().for_each(|(key, value)| input[key] = value.clone());
            input
        };
        let s1 = json!({ "element": "S1" });
        for (changes, code) in [
            (json!({ "from": "2024-12-01", "until": "2024-11-30" }), "GRANT_DATES_BACKWARD"),
            (json!({ "until": "2024-10-13" }), "GRANT_DATES_BACKWARD"),
            (json!({ "from": "2024-10-13" }), "GRANT_BACKDATED"),
            (json!({ "scope": s1 }), "GRANT_OVERLAPS"),
            (json!({ "scope": s1, "until": "2024-11-01" }), "GRANT_OVERLAPS"),
            (json!({ "scope": s1, "from": "2024-11-30" }), "GRANT_OVERLAPS"),
            (json!({ "scope": { "element": "s1" }, "from": "2024-11-10", "until": "2024-11-10" }), "GRANT_OVERLAPS"),
            (json!({ "scope": null }), "ROLE_NOT_HELD_OVER"),
            (json!({ "scope": { "indicator": "WM01" } }), "ROLE_NOT_HELD_OVER"),
            (json!({ "scope": { "forum": "OSP" } }), "ROLE_NOT_HELD_OVER"),
            (json!({ "role": "PERFORMANCE_TEAM" }), "ROLE_NOT_HELD_OVER"),
            (json!({ "role": "SCRUTINY_MEMBER" }), "ROLE_NOT_HELD_OVER"),
            (json!({ "scope": { "element": "THEIRS" } }), "SCOPE_NOT_FOUND"),
            (json!({ "scope": { "element": "NOWHERE" } }), "SCOPE_NOT_FOUND"),
            (json!({ "scope": { "element": "S".repeat(5000) } }), "SCOPE_NOT_FOUND"),
            (json!({ "role": "DATA_PROVIDER", "scope": { "indicator": "NONE" } }), "SCOPE_NOT_FOUND"),
            (json!({ "role": "SCRUTINY_MEMBER", "scope": { "forum": "NONE" } }), "SCOPE_NOT_FOUND"),
            (json!({ "person": ada_id }), "GRANT_TO_ONESELF"),
            (json!({ "person": ada_id, "role": "CABINET_MEMBER", "scope": null }), "GRANT_TO_ONESELF"),
            (json!({ "role": "PUBLIC", "scope": null }), "ROLE_NOT_YOURS_TO_GIVE"),
            (json!({ "role": "PLATFORM_OPERATOR", "scope": null }), "ROLE_NOT_YOURS_TO_GIVE"),
            (json!({ "person": their_id }), "PERSON_NOT_FOUND"),
            (json!({ "person": "q00000000000000000000000000000000" }), "PERSON_NOT_FOUND"),
            (json!({ "person": "nobody" }), "PERSON_NOT_FOUND"),
            (json!({ "reason": "  " }), "REASON_NEEDED"),
            (json!({ "reason": "x".repeat(501) }), "TEXT_TOO_LONG"),
        ] {
            let refused = act(&office.admin, "grantGive", with(changes.clone())).await;
            assert_eq!(refusal(&refused), code, "{changes}");
        }
        let overlap = act(&office.admin, "grantGive", with(json!({ "scope": s1 }))).await;
        let said = "Mo Manager holds this role over this already, from 1 November 2024 until 30 November 2024. Withdraw or prolong that \
            one, or choose other days.";
        assert_eq!(overlap["userErrors"][0]["message"], said);
        let two = with(json!({ "scope": { "element": "S1", "forum": "OSP" } }));
        assert_eq!(office.admin.gql(&document("grantGive"), json!({ "input": two })).await.codes(), ["BAD_USER_INPUT"]);
        // Theirs and nobody's are refused in the same words.
        let theirs = act(&office.admin, "grantGive", with(json!({ "person": their_id }))).await;
        assert_eq!(theirs, act(&office.admin, "grantGive", with(json!({ "person": "q00000000000000000000000000000000" }))).await);
        let theirs = act(&office.admin, "grantGive", with(json!({ "scope": { "element": "THEIRS" } }))).await;
        assert_eq!(theirs, act(&office.admin, "grantGive", with(json!({ "scope": { "element": "NONE" } }))).await);
        assert_eq!((office.holds().await, stranger.holds().await), before);
        // Before and after it is free, and over something else.
        for changes in [json!({ "scope": s1, "until": "2024-10-31" }), json!({ "scope": s1, "from": "2024-12-01" }), json!({})] {
            assert_eq!(act(&office.admin, "grantGive", with(changes)).await["userErrors"], json!([]));
        }
    })
    .await;
}

#[tokio::test]
async fn grants_that_cannot_be_changed_are_refused_and_nothing_changes() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let stranger = Office::new(harness, "devon").await;
        let (mo, their) = (office.person("Mo Manager", &[]).await, stranger.person("Theo Theirs", &[]).await);
        let day = |from: &str, until: &str| json!({ "scope": { "element": "S1" }, "from": from, "until": until });
        let first = office.give(&mo, "STAFF", day("2024-11-01", "2024-11-30")).await;
        let next = office.give(&mo, "STAFF", day("2024-12-01", "2024-12-31")).await;
        let endless = office.give(&mo, "STAFF", json!({ "scope": { "element": "S2" } })).await;
        let withdrawn = office.give(&mo, "STAFF", json!({ "scope": { "element": "S3" } })).await;
        act(&office.admin, "grantWithdraw", json!({ "id": withdrawn, "reason": "Not needed" })).await;
        let theirs = stranger.give(&their, "STAFF", json!({ "scope": { "element": "S1" } })).await;
        let brought = office.give(&mo, "STAFF", json!({ "scope": { "element": "D2" } })).await;
        let change = harness.app.db.change(office.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let brings = format!(
            "UPDATE role_grant SET directory_group = 'gt-staff' WHERE reason = 'As agreed' AND element_id = {}",
            element(&office, "D2").await
        );
        sea_orm::ConnectionTrait::execute_unprepared(&*change, &brings).await.expect("changes");
        change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let own = office.ask(&office.admin, "person(email: \"ada.admin@example.org\") { grants { id } }").await;
        let own = own["person"]["grants"][0]["id"].clone();
        let before = (office.holds().await, stranger.holds().await, states(&office).await);

        for (verb, input, code) in [
            ("grantWithdraw", json!({ "id": first, "lastDay": "2024-10-13" }), "GRANT_DATES_BACKWARD"),
            ("grantWithdraw", json!({ "id": first, "lastDay": "2024-10-31" }), "GRANT_DATES_BACKWARD"),
            ("grantWithdraw", json!({ "id": first, "lastDay": "2024-11-30" }), "GRANT_DATES_BACKWARD"),
            ("grantWithdraw", json!({ "id": withdrawn }), "GRANT_ENDED"),
            ("grantWithdraw", json!({ "id": brought }), "GRANT_FROM_DIRECTORY"),
            ("grantWithdraw", json!({ "id": theirs }), "GRANT_NOT_FOUND"),
            ("grantWithdraw", json!({ "id": "g00000000000000000000000000000000" }), "GRANT_NOT_FOUND"),
            ("grantWithdraw", json!({ "id": id_of(&mo) }), "GRANT_NOT_FOUND"),
            ("grantWithdraw", json!({ "id": endless, "reason": "" }), "REASON_NEEDED"),
            ("grantProlong", json!({ "id": first, "until": "2024-11-30" }), "GRANT_DATES_BACKWARD"),
            ("grantProlong", json!({ "id": endless, "until": "2030-01-01" }), "GRANT_DATES_BACKWARD"),
            ("grantProlong", json!({ "id": first, "until": "2024-12-01" }), "GRANT_OVERLAPS"),
            ("grantProlong", json!({ "id": first }), "GRANT_OVERLAPS"),
            ("grantProlong", json!({ "id": withdrawn, "until": "2030-01-01" }), "GRANT_ENDED"),
            ("grantProlong", json!({ "id": brought, "until": "2030-01-01" }), "GRANT_FROM_DIRECTORY"),
            ("grantProlong", json!({ "id": theirs, "until": "2030-01-01" }), "GRANT_NOT_FOUND"),
            ("grantProlong", json!({ "id": own, "until": "2030-01-01" }), "GRANT_TO_ONESELF"),
            ("grantProlong", json!({ "id": next, "reason": "x".repeat(501) }), "TEXT_TOO_LONG"),
        ] {
            let mut input = input;
            if input.get("reason").is_none() {
                input["reason"] = json!("Because");
            }
            assert_eq!(refusal(&act(&office.admin, verb, input.clone()).await), code, "{verb} {input}");
        }
        assert_eq!((office.holds().await, stranger.holds().await, states(&office).await), before);
        let longer = act(&office.admin, "grantProlong", json!({ "id": next, "reason": "Stays" })).await;
        assert_eq!((&longer["userErrors"], &longer["it"]["until"]), (&json!([]), &Value::Null));
    })
    .await;
}

/// Every role of the council, as the auditor sees it.
async fn states(office: &Office<'_>) -> Value {
    let fields = "people { nodes { name email suspendedAt grants(withdrawn: true) { id from until withdrawnAt withdrawnReason } } }";
    office.ask(&office.auditor, fields).await
}

/// An element's id as a literal of either database.
async fn element(office: &Office<'_>, code: &str) -> String {
    let id = office.world.element(code).await;
    match office.world.harness.app.db.backend() {
        sea_orm::DbBackend::Sqlite => format!("x'{}'", id.simple()),
        _ => format!("'{id}'"),
    }
}

#[tokio::test]
async fn people_who_cannot_be_entered_or_changed_are_refused_and_nothing_changes() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let stranger = Office::new(harness, "devon").await;
        let mo = office.person("Mo Manager", &[]).await;
        let before = (office.holds().await, stranger.holds().await, states(&office).await);
        let invite = |council: &str, email: &str, name: &str| json!({ "council": council, "email": email, "name": name });
        let long = format!("{}@example.org", "a".repeat(250));
        for (verb, input, code) in [
            ("personInvite", invite("devon", "new@example.org", "New"), "COUNCIL_NOT_FOUND"),
            ("personInvite", invite("nowhere", "new@example.org", "New"), "COUNCIL_NOT_FOUND"),
            ("personInvite", invite("huntingdonshire", "MO.Manager@example.org", "New"), "EMAIL_TAKEN"),
            ("personInvite", invite("huntingdonshire", "new", "New"), "EMAIL_INVALID"),
            ("personInvite", invite("huntingdonshire", &long, "New"), "EMAIL_INVALID"),
            ("personInvite", invite("huntingdonshire", "new@example.org", " "), "NAME_INVALID"),
            ("personInvite", invite("huntingdonshire", "new@example.org", &"n".repeat(201)), "NAME_INVALID"),
            ("personUpdate", json!({ "id": id_of(&mo), "email": "ada.admin@example.org" }), "EMAIL_TAKEN"),
            ("personUpdate", json!({ "id": id_of(&mo), "email": "mo" }), "EMAIL_INVALID"),
            ("personUpdate", json!({ "id": id_of(&mo), "name": "" }), "NAME_INVALID"),
            ("personUpdate", json!({ "id": id_of(&stranger.ada), "name": "Theirs" }), "PERSON_NOT_FOUND"),
            ("personSuspend", json!({ "id": id_of(&mo), "reason": "" }), "REASON_NEEDED"),
            ("personSuspend", json!({ "id": id_of(&stranger.ada), "reason": "Theirs" }), "PERSON_NOT_FOUND"),
            ("personRestore", json!({ "id": id_of(&stranger.ada), "reason": "Theirs" }), "PERSON_NOT_FOUND"),
            ("personRestore", json!({ "id": id_of(&mo), "reason": "x".repeat(501) }), "TEXT_TOO_LONG"),
        ] {
            assert_eq!(refusal(&act(&office.admin, verb, input.clone()).await), code, "{verb} {input}");
        }
        // What is so already is no change.
        for (verb, input) in [
            ("personUpdate", json!({ "id": id_of(&mo), "name": "Mo Manager", "email": "Mo.Manager@example.org" })),
            ("personRestore", json!({ "id": id_of(&mo), "reason": "Not suspended" })),
        ] {
            assert_eq!(act(&office.admin, verb, input).await["userErrors"], json!([]));
        }
        assert_eq!((office.holds().await, stranger.holds().await, states(&office).await), before);
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays_and_cover_does_not_get_shorter() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let bo = office.person("Bo Backup", &[]).await;
        let own = office.ask(&office.admin, "person(email: \"ada.admin@example.org\") { grants { id } }").await;
        let own = own["person"]["grants"][0]["id"].as_str().expect("an id").to_owned();
        let acts = [
            ("grantWithdraw", json!({ "id": own, "reason": "Leaves" })),
            ("grantWithdraw", json!({ "id": own, "reason": "Leaves", "lastDay": "2025-12-31" })),
            ("personSuspend", json!({ "id": id_of(&office.ada), "reason": "Leaves" })),
        ];
        let refused = async |why: &str, acts: &[(&str, Value)]| {
            let before = (office.holds().await, states(&office).await);
            for (verb, input) in acts {
                assert_eq!(refusal(&act(&office.admin, verb, input.clone()).await), "LAST_ADMINISTRATOR", "{why}: {verb} {input}");
            }
            assert_eq!((office.holds().await, states(&office).await), before, "{why}");
        };
        refused("alone", &acts).await;
        let short = office.give(&bo, "COUNCIL_ADMINISTRATOR", json!({ "until": "2024-12-31" })).await;
        refused("the other's ends", &acts).await;
        let withdrawn = act(&office.admin, "grantWithdraw", json!({ "id": own, "reason": "Leaves" })).await;
        let said = "This would leave the council without an administrator from 1 January 2025. Give that role to somebody else first.";
        assert_eq!(withdrawn["userErrors"][0]["message"], said);
        office.give(&bo, "COUNCIL_ADMINISTRATOR", json!({ "from": "2025-01-02" })).await;
        let [withdraw, end, suspend] = acts;
        let now = [withdraw, suspend];
        refused("a day between the other's two is nobody's", &now).await;
        let done = act(&office.admin, "grantProlong", json!({ "id": short, "until": "2025-01-01", "reason": "No gap" })).await;
        assert_eq!(done["userErrors"], json!([]));
        act(&office.admin, "personSuspend", json!({ "id": id_of(&bo), "reason": "Leave" })).await;
        refused("the other is suspended", &now).await;
        refused("and for good", &[end]).await;
        act(&office.admin, "personRestore", json!({ "id": id_of(&bo), "reason": "Back" })).await;
        // Now Bo is in charge for good, and Ada may go.
        let done = act(&office.admin, "grantWithdraw", json!({ "id": own, "reason": "Leaves" })).await;
        assert_eq!(done["userErrors"], json!([]));
        let again = office.admin.gql(&document("grantWithdraw"), json!({ "input": { "id": short, "reason": "Revenge" } })).await;
        assert_eq!(again.codes(), ["FORBIDDEN"]);
    })
    .await;
}

#[tokio::test]
async fn two_administrators_who_withdraw_each_other_at_once_leave_one() {
    for_each_database(async |harness| {
        for round in 0..6 {
            let code = ["devon", "huntingdonshire", "nottingham", "kent", "surrey", "essex"][round];
            let council = harness.council(code).await;
            let role = [(Role::CouncilAdministrator, GrantScope::Council)];
            let (ann, bob) = (harness.person(council, "Ann One", &role).await, harness.person(council, "Bob Two", &role).await);
            // With a third there is always one left: then it is the right itself that whoever comes second has no more.
            let third = i64::from(round >= 3);
            if third == 1 {
                harness.person(council, "Cat Three", &role).await;
            }
            let (as_ann, as_bob) = (harness.sign_in(&ann), harness.sign_in(&bob));
            let of = async |email: &str| {
                let query = "query($c: String!, $e: String!) { council(code: $c) { person(email: $e) { grants { id } } } }";
                let data = as_ann.gql(query, json!({ "c": code, "e": email })).await.data();
                json!({ "input": { "id": data["council"]["person"]["grants"][0]["id"], "reason": "Out" } })
            };
            let (anns, bobs) = (of("ann.one@example.org").await, of("bob.two@example.org").await);
            let text = document("grantWithdraw");
            let (one, two) = tokio::join!(as_ann.gql(&text, bobs), as_bob.gql(&text, anns));
            let done = [&one, &two].iter().filter(|answer| answer.body["data"]["payload"]["it"] != Value::Null).count();
            assert_eq!(done, 1, "{:#} {:#}", one.body, two.body);
            assert_eq!(harness.count(council, "role_grant WHERE withdrawn_at IS NULL").await, 1 + third);
        }
    })
    .await;
}
