//! Roles given: from when, over what, by whom, and what they let somebody do.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{World, for_each_database, framework};

use super::{Office, act, id_of};

#[tokio::test]
async fn a_role_given_works_from_the_next_request_and_says_who_gave_it_and_why() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let mo = office.person("Mo Manager", &[]).await;
        let mo_signed_in = harness.sign_in(&mo);
        let template = "mutation($input: TemplateIssueInput!) { templateIssue(input: $input) { template { issue } userErrors { code } } }";
        let issue = json!({ "input": { "council": "huntingdonshire", "element": "S1", "period": "2024/25 Q2" } });
        assert_eq!(mo_signed_in.gql(template, issue.clone()).await.codes(), ["FORBIDDEN"]);
        let id = office.give(&mo, "SERVICE_MANAGER", json!({ "scope": { "element": "s1" }, "until": "2025-03-31" })).await;
        assert_eq!(mo_signed_in.gql(template, issue).await.data()["templateIssue"]["userErrors"], json!([]));

        let fields =
            "viewer { grants { id role scope { ... on Element { code title } } from until reason grantedBy { name } deputyFor { name }
            directoryGroup withdrawnAt } }";
        let grant = mo_signed_in.gql(&format!("{{ {fields} }}"), json!({})).await.data()["viewer"]["grants"][0].clone();
        let expected = json!({
            "id": id, "role": "SERVICE_MANAGER", "scope": { "code": "S1", "title": "Waste Services" }, "from": "2024-10-14",
            "until": "2025-03-31", "reason": "As agreed", "grantedBy": { "name": "Ada Admin" }, "deputyFor": null,
            "directoryGroup": null, "withdrawnAt": null,
        });
        assert_eq!(grant, expected);
        let told = office.told(&format!("grant {}", uuid(&id))).await;
        let [(verb, actor, before, after)] = &told[..] else { panic!("{told:?}") };
        assert_eq!((verb.as_str(), actor.as_str(), before), ("grant.give", "Ada Admin <ada.admin@example.org>", &Value::Null));
        let state = json!({
            "person": "mo.manager@example.org", "role": "SERVICE_MANAGER", "over": "element S1", "from": "2024-10-14",
            "until": "2025-03-31", "reason": "As agreed", "withdrawn": false,
        });
        assert_eq!(after, &state);
        // Its last day is a day it is held.
        for (instant, held) in [("2025-03-31T22:00:00Z", 1), ("2025-04-01T09:00:00Z", 0)] {
            harness.at(instant);
            let token = harness.token(mo.id, Some(mo.council));
            let data = harness.client(Some(token)).gql("{ viewer { grants { id } } }", json!({})).await.data();
            assert_eq!(data["viewer"]["grants"].as_array().map(Vec::len), Some(held), "{instant}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_one_enters_and_what_one_sees_are_two_scopes() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let scopes = "{ viewer { name council { code } person { email } can entering { ...S } viewing { ...S } grants { id } } }
            fragment S on GrantScope { __typename ... on Element { code } ... on Indicator { code } ... on Forum { code } }";
        let seen = async |role: Role, over: &[GrantScope]| {
            let grants: Vec<_> = over.iter().map(|scope| (role, *scope)).collect();
            let client = harness.sign_in(&office.person(role.words(), &grants).await);
            let viewer = client.gql(scopes, json!({})).await.data()["viewer"].clone();
            let list = |field: &str| viewer[field].as_array().expect("a list").iter().map(words).collect::<Vec<_>>().join(" ");
            format!("{} | {}", list("entering"), list("viewing"))
        };
        let (s1, s3) = (office.world.element("S1").await, office.world.element("S3").await);
        let wm01 = office.world.indicator("WM01").await;
        let provider = seen(Role::DataProvider, &[GrantScope::Indicator(wm01), GrantScope::Element(s3)]).await;
        assert_eq!(provider, "Indicator WM01 Element S3 | Indicator WM01 Element S1 Element S3");
        assert_eq!(seen(Role::ServiceManager, &[GrantScope::Element(s1)]).await, "Element S1 | Element S1");
        assert_eq!(seen(Role::Director, &[GrantScope::Element(s1)]).await, " | Council");
        assert_eq!(seen(Role::PerformanceTeam, &[GrantScope::Council]).await, "Council | Council");
        assert_eq!(seen(Role::CabinetMember, &[GrantScope::Council]).await, " | Council");
        let forum = office.world.forum("OSP").await;
        assert_eq!(seen(Role::ScrutinyMember, &[GrantScope::Forum(forum)]).await, " | ");
        assert_eq!(seen(Role::CouncilAdministrator, &[GrantScope::Council]).await, " | ");

        let olive = harness.operator("Olive Platform").await;
        let viewer = harness.sign_in(&olive).gql(scopes, json!({})).await.data()["viewer"].clone();
        let expected = json!({
            "name": "Olive Platform", "council": null, "person": null, "can": ["VIEW_PUBLISHED", "CREATE_COUNCIL", "SUSPEND_COUNCIL"],
            "entering": [], "viewing": [], "grants": [],
        });
        assert_eq!(viewer, expected);
    })
    .await;
}

/// `Element S1`.
fn words(scope: &Value) -> String {
    let code = scope["code"].as_str().map(|code| format!(" {code}")).unwrap_or_default();
    format!("{}{code}", scope["__typename"].as_str().expect("a name"))
}

/// The uuid of an id, as the audit trail writes it.
pub fn uuid(id: &str) -> uuid::Uuid {
    tests::uuid_of(&json!(id))
}

#[tokio::test]
async fn a_deputy_holds_the_same_role_on_days_the_principal_does() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let (dora, dev) = (office.person("Dora Director", &[]).await, office.person("Dev Deputy", &[]).await);
        office.give(&dora, "DIRECTOR", json!({ "scope": { "element": "D1" }, "until": "2025-03-31" })).await;
        let give = async |scope: Value, from: &str, until: Value, of: &str| {
            let input = json!({ "person": id_of(&dev), "role": "DIRECTOR", "scope": scope, "from": from, "until": until, "deputyFor": of,
                "reason": "Leave" });
            act(&office.admin, "grantGive", input).await
        };
        let before = office.holds().await;
        let dora_id = id_of(&dora);
        let d1 = json!({ "element": "D1" });
        for (scope, from, until, of) in [
            (d1.clone(), "2024-10-20", Value::Null, dora_id.clone()),
            (d1.clone(), "2024-10-20", json!("2025-04-01"), dora_id.clone()),
            (json!({ "element": "D2" }), "2024-10-20", json!("2024-10-31"), dora_id.clone()),
            (d1.clone(), "2024-10-20", json!("2024-10-31"), id_of(&office.ada)),
            (d1.clone(), "2024-10-20", json!("2024-10-31"), id_of(&dev)),
        ] {
            let refused = give(scope.clone(), from, until.clone(), &of).await;
            assert_eq!(super::refusal(&refused), "DEPUTY_NOT_HOLDER", "{scope} {until} {of}");
        }
        let nobody = give(d1.clone(), "2024-10-20", json!("2024-10-31"), "q00000000000000000000000000000000").await;
        assert_eq!(super::refusal(&nobody), "PERSON_NOT_FOUND");
        assert_eq!(office.holds().await, before);

        // Over all of it, or over a part.
        for (scope, until) in [(d1, "2024-10-31"), (json!({ "element": "S2" }), "2025-03-31")] {
            let given = give(scope, "2024-10-20", json!(until), &dora_id).await;
            assert_eq!(given["userErrors"], json!([]));
        }
        assert_eq!(office.who_may("permission: APPROVE_RETURN, element: \"S1\"").await, ["Dora Director"]);
        assert_eq!(
            office.who_may("permission: APPROVE_RETURN, element: \"S1\", on: \"2024-10-31\"").await,
            ["Dev Deputy", "Dora Director"]
        );
        assert_eq!(office.who_may("permission: APPROVE_RETURN, element: \"S1\", on: \"2024-11-01\"").await, ["Dora Director"]);
        assert_eq!(
            office.who_may("permission: APPROVE_RETURN, element: \"S2\", on: \"2024-11-01\"").await,
            ["Dev Deputy", "Dora Director"]
        );

        // The deputy sees who is deputised for, by name, and not what they hold.
        harness.at("2024-10-21T09:00:00Z");
        let seen = harness.sign_in(&dev).gql("{ viewer { grants { deputyFor { name grants { role } } } } }", json!({})).await;
        assert_eq!(seen.codes(), ["FORBIDDEN", "FORBIDDEN"]);
        let expected = json!({ "deputyFor": { "name": "Dora Director", "grants": null } });
        assert_eq!(seen.body["data"]["viewer"]["grants"][0], expected);
    })
    .await;
}

/// The small framework, with Planning moved from Place to People on 1 October 2024.
fn moved() -> rules::framework::FrameworkBook {
    let mut book = framework("huntingdonshire");
    let planning = book.elements.iter_mut().find(|e| e.code == "S2").expect("Planning");
    planning.stands_until = Some(tests::day("2024-09-30"));
    let mut after = planning.clone();
    (after.parent, after.stands_from, after.stands_until) = (Some("D2".to_owned()), Some(tests::day("2024-10-01")), None);
    book.elements.push(after);
    book
}

#[tokio::test]
async fn a_role_over_an_element_follows_what_stands_below_it_on_the_day_asked_about() {
    for_each_database(async |harness| {
        let office = Office::of(World::with(harness, "huntingdonshire", &moved()).await).await;
        let place = [(Role::Director, GrantScope::Element(office.world.element("D1").await))];
        let people = [(Role::Director, GrantScope::Element(office.world.element("D2").await))];
        // They held their roles before the move: given in September.
        harness.at("2024-09-02T09:00:00Z");
        office.person("Pia Place", &place).await;
        office.person("Pat People", &people).await;
        harness.at(tests::OPENED_AT);
        for (on, director) in [("2024-09-30", "Pia Place"), ("2024-10-01", "Pat People"), ("2024-10-14", "Pat People")] {
            let planning = office.who_may(&format!("permission: APPROVE_RETURN, element: \"S2\", on: \"{on}\"")).await;
            assert_eq!(planning, [director], "{on}");
            let its_indicator = office.who_may(&format!("permission: APPROVE_RETURN, indicator: \"PL01\", on: \"{on}\"")).await;
            assert_eq!(its_indicator, [director], "{on}");
            let waste = office.who_may(&format!("permission: APPROVE_RETURN, element: \"S1\", on: \"{on}\"")).await;
            assert_eq!(waste, ["Pia Place"], "{on}");
        }
        assert_eq!(office.who_may("permission: APPROVE_RETURN, element: \"S2\", on: \"2024-09-01\"").await, [""; 0], "before both");
    })
    .await;
}

#[tokio::test]
async fn a_role_follows_its_element_into_a_later_edition() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let mo = office.person("Mo Manager", &[]).await;
        office.give(&mo, "SERVICE_MANAGER", json!({ "scope": { "element": "S2" } })).await;
        let dora = office.person("Dora Director", &[]).await;
        office.give(&dora, "DIRECTOR", json!({ "scope": { "element": "D1" } })).await;
        // In the next edition Planning stands below People, and has another name.
        let mut next = framework("huntingdonshire");
        next.edition.edition = "2025/26".to_owned();
        (next.edition.from, next.edition.until) = (tests::day("2025-04-01"), Some(tests::day("2026-03-31")));
        next.periods.clear();
        next.targets.clear();
        let planning = next.elements.iter_mut().find(|e| e.code == "S2").expect("Planning");
        (planning.parent, planning.title) = (Some("D2".to_owned()), "Planning and Building".to_owned());
        office.world.keeper().take("huntingdonshire", "next.xlsx", tests::workbook_of(&next)).await;

        let may =
            async |permission: &str, on: &str| office.who_may(&format!("permission: {permission}, element: \"S2\", on: \"{on}\"")).await;
        assert_eq!(may("SUBMIT_RETURN", "2025-03-31").await, ["Mo Manager"]);
        assert_eq!(may("SUBMIT_RETURN", "2025-04-01").await, ["Mo Manager"]);
        assert_eq!(may("APPROVE_RETURN", "2025-03-31").await, ["Dora Director"]);
        assert_eq!(may("APPROVE_RETURN", "2025-04-01").await, [""; 0], "Place is not over it any more");

        harness.at("2025-05-01T09:00:00Z");
        let signed_in = harness.client(Some(harness.token(mo.id, Some(mo.council))));
        let query = "{ viewer { grants { scope { ... on Element { title } } } entering { ... on Element { title parent { title } } } } }";
        let viewer = signed_in.gql(query, json!({})).await.data()["viewer"].clone();
        assert_eq!(viewer["grants"], json!([{ "scope": { "title": "Planning and Building" } }]));
        assert_eq!(viewer["entering"], json!([{ "title": "Planning and Building", "parent": { "title": "People" } }]));
        // The same role over the same element of the new edition would be held twice.
        let input = json!({ "person": id_of(&mo), "role": "SERVICE_MANAGER", "scope": { "element": "S2" }, "reason": "Again" });
        let ada = harness.client(Some(harness.token(office.ada.id, Some(mo.council))));
        assert_eq!(super::refusal(&act(&ada, "grantGive", input).await), "GRANT_OVERLAPS");
    })
    .await;
}

#[tokio::test]
async fn what_a_role_covers_is_named_and_no_more_is_told_without_the_right() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let pru = office.person("Pru Provider", &[]).await;
        let cab = office.person("Cab Inet", &[(Role::CabinetMember, GrantScope::Council)]).await;
        let fin = office.person("Fin Ance", &[(Role::Finance, GrantScope::Council)]).await;
        let give = async |scope: Value, fields: &str| {
            let input = json!({ "person": id_of(&pru), "role": "DATA_PROVIDER", "scope": scope, "reason": "Probe" });
            let query = format!("mutation($input: GrantGiveInput!) {{ grantGive(input: $input) {{ grant {{ scope {{ {fields} }} }} }} }}");
            office.admin.gql(&query, json!({ "input": input })).await
        };
        let named = give(json!({ "indicator": "WM01" }), "... on Indicator { code title baseline { value } owner { code } }").await;
        assert!(!named.codes().is_empty() && named.codes().iter().all(|code| *code == "FORBIDDEN"), "{:#}", named.body);
        assert!(!named.body["data"].to_string().contains("58.4"), "{:#}", named.body);
        let element = give(json!({ "element": "S1" }), "... on Element { code title kind level children { code } path { code } }").await;
        assert!(
            element.codes().iter().any(|code| code == "FORBIDDEN") && !element.body["data"].to_string().contains("D1"),
            "{:#}",
            element.body
        );
        let plain = give(json!({ "element": "S3" }), "... on Element { code title kind level }").await;
        assert_eq!(plain.data()["grantGive"]["grant"]["scope"]["code"], "S3");
        // Whoever may read the framework and no figures is shown no baseline; whoever may read figures is.
        let query = "{ council(code: \"huntingdonshire\") { indicator(code: \"WM01\") { definition baseline { value } } } }";
        let framework_only = harness.sign_in(&fin).gql(query, json!({})).await;
        assert_eq!(framework_only.codes(), ["FORBIDDEN"]);
        assert!(framework_only.body["data"]["council"]["indicator"]["definition"].is_string(), "{:#}", framework_only.body);
        // What is recorded is approved while the council has no workflow, and the cabinet reads what is approved.
        for reader in [&office.auditor, &harness.sign_in(&cab)] {
            let seen = reader.gql(query, json!({})).await.data();
            assert_eq!(seen["council"]["indicator"]["baseline"]["value"], "58.4");
        }
    })
    .await;
}
