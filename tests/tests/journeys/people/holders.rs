//! Who may do what to which thing: the question and the right itself agree.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use goldenthread::access::{Actor, GrantScope, Scope};
use rules::permission::{Permission, Reach, Role, reach};
use serde_json::{Value, json};
use tests::{Harness, Person, World, day, for_each_database};
use uuid::Uuid;

use super::{Office, act, id_of};

/// Somebody of every role, over what each is usually held over, and some who hold several, over less or more.
async fn crowd(office: &Office<'_>) -> Vec<Person> {
    let world = &office.world;
    let mut crowd = Vec::new();
    for role in Role::ALL.iter().filter(|role| **role != Role::PlatformOperator) {
        crowd.push(world.somebody(*role).await);
    }
    let (d1, d2, s3) = (world.element("D1").await, world.element("D2").await, world.element("S3").await);
    let (wm01, bn01, slt) = (world.indicator("WM01").await, world.indicator("BN01").await, world.forum("SLT").await);
    let several = [
        ("Two Directorates", vec![(Role::Director, GrantScope::Element(d1)), (Role::Staff, GrantScope::Element(d2))]),
        ("One Indicator", vec![(Role::DataProvider, GrantScope::Indicator(wm01))]),
        ("Indicator And Service", vec![(Role::DataProvider, GrantScope::Indicator(bn01)), (Role::ServiceManager, GrantScope::Element(s3))]),
        ("Both Forums", vec![(Role::ScrutinyMember, GrantScope::Forum(slt)), (Role::GovernanceCommittee, GrantScope::Forum(slt))]),
        ("Everything At Once", vec![(Role::PerformanceTeam, GrantScope::Council), (Role::ServiceManager, GrantScope::Element(d1))]),
    ];
    for (name, grants) in several {
        crowd.push(office.person(name, &grants).await);
    }
    // To come, to end, and withdrawn.
    let nobody = office.person("Now And Then", &[]).await;
    office.give(&nobody, "STAFF", json!({ "scope": { "element": "D2" }, "from": "2024-12-01", "until": "2024-12-31" })).await;
    office.give(&nobody, "DIRECTOR", json!({ "scope": { "element": "D2" }, "until": "2024-11-30" })).await;
    let gone = office.give(&nobody, "FINANCE", json!({})).await;
    act(&office.admin, "grantWithdraw", json!({ "id": gone, "reason": "A slip" })).await;
    crowd.push(nobody);
    crowd
}

/// A thing to ask about: the arguments that name it, and whether a scope covers it.
struct Thing {
    named: String,
    covered: Box<dyn Fn(&Scope) -> bool>,
}

async fn things(world: &World<'_>) -> Vec<Thing> {
    let mut things = vec![Thing { named: String::new(), covered: Box::new(|_| true) }];
    for code in ["CP", "O1", "D1", "S1", "S2", "D2", "S3"] {
        let id = world.element(code).await;
        things.push(Thing { named: format!(", element: \"{code}\""), covered: Box::new(move |scope| scope.covers_element(id)) });
    }
    for (code, owner) in [("WM01", "S1"), ("WM02", "S1"), ("PL01", "S2"), ("BN01", "S3")] {
        let (id, owner) = (world.indicator(code).await, world.element(owner).await);
        things.push(Thing { named: format!(", indicator: \"{code}\""), covered: Box::new(move |scope| scope.covers_indicator(id, owner)) });
    }
    for code in ["SLT", "OSP"] {
        let id = world.forum(code).await;
        things.push(Thing { named: format!(", forum: \"{code}\""), covered: Box::new(move |scope| scope.covers_forum(id)) });
    }
    things
}

/// The rights somebody has on a day, as every request of theirs on that day would find them.
async fn actor(harness: &Harness, council: Uuid, person: Uuid, on: NaiveDate) -> Actor {
    let snapshot = harness.app.db.snapshot(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    Actor::load_person(&*snapshot, council, person, on).await.unwrap_or_else(|error| panic!("{}", error.log_text()))
}

/// Ids of the people in a list of holders.
fn ids(holders: &Value) -> BTreeSet<String> {
    holders.as_array().expect("a list").iter().map(|holder| holder["person"]["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn who_may_is_exactly_those_whose_scope_covers_the_thing() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let crowd = crowd(&office).await;
        let things = things(&office.world).await;
        let (mut some, mut none) = (0, 0);
        for on in ["2024-10-14", "2024-12-15"] {
            let mut actors = Vec::new();
            for person in &crowd {
                actors.push((id_of(person), actor(harness, person.council, person.id, day(on)).await));
            }
            for permission in Permission::ALL {
                let asked = |(n, thing): (usize, &Thing)| {
                    format!(" a{n}: whoMay(permission: {permission}, on: \"{on}\"{}) {{ person {{ id }} }}", thing.named)
                };
                let fields: String = things.iter().enumerate().map(asked).collect();
                let seen = office.ask(&office.auditor, &fields).await;
                for (n, thing) in things.iter().enumerate() {
                    let said = ids(&seen[format!("a{n}")]);
                    for (id, actor) in &actors {
                        let may = actor.scope_on(*permission, day(on)).is_ok_and(|scope| (thing.covered)(&scope));
                        assert_eq!(said.contains(id), may, "{} {permission}{} on {on}", actor.name, thing.named);
                        if may { some += 1 } else { none += 1 }
                    }
                }
            }
        }
        // So that neither answer is the only one.
        assert!(some > 1000 && none > 1000, "{some} {none}");
    })
    .await;
}

#[tokio::test]
async fn effective_permissions_are_what_a_person_can_and_through_what() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let crowd = crowd(&office).await;
        let fields = "nodes { id effectivePermissions(on: $on) { permission reach notTogetherWith through { role person { id } from }
            over { __typename ... on Element { code } ... on Indicator { code } ... on Forum { code } } } }";
        let query = format!("query($on: Date!) {{ council(code: \"huntingdonshire\") {{ people(first: 100) {{ {fields} }} }} }}");
        for on in ["2024-10-14", "2024-12-15"] {
            let data = office.auditor.gql(&query, json!({ "on": on })).await.data();
            let people = data["council"]["people"]["nodes"].as_array().expect("people").clone();
            for person in &crowd {
                let actor = actor(harness, person.council, person.id, day(on)).await;
                let shown = people.iter().find(|shown| shown["id"] == id_of(person)).expect("is listed");
                let effective = shown["effectivePermissions"].as_array().expect("a list");
                let said: Vec<&str> = effective.iter().map(|one| one["permission"].as_str().expect("a word")).collect();
                let can: Vec<&str> = actor.can().into_iter().map(Permission::code).collect();
                assert_eq!(said, can, "{} on {on}", actor.name);
                for one in effective {
                    let permission: Permission = one["permission"].as_str().expect("a word").parse().expect("a permission");
                    let roles: Vec<&str> =
                        one["through"].as_array().expect("roles").iter().map(|g| g["role"].as_str().expect("a role")).collect();
                    let giving: Vec<&str> =
                        actor.grants.iter().filter(|g| reach(g.role, permission) != Reach::No).map(|g| g.role.code()).collect();
                    assert_eq!(roles, giving, "{} {permission}", actor.name);
                    let whole = actor.over(permission).contains(&GrantScope::Council);
                    assert_eq!(one["reach"] != "WITHIN", whole, "{} {permission}", actor.name);
                    assert_eq!(one["over"].as_array().map(Vec::len), Some(actor.over(permission).len()), "{} {permission}", actor.name);
                }
            }
        }
        let seen = office
            .ask(
                &office.auditor,
                "person(email: \"indicator.and.service@example.org\") { effectivePermissions { permission
            notTogetherWith over { ... on Element { code } ... on Indicator { code } } through { role } } }",
            )
            .await;
        let effective = seen["person"]["effectivePermissions"].as_array().expect("a list").clone();
        let of = |permission: &str| effective.iter().find(|one| one["permission"] == permission).expect("is there").clone();
        assert_eq!(of("ENTER_VALUES")["over"], json!([{ "code": "BN01" }]));
        assert_eq!(of("VIEW_FIGURES")["over"], json!([{ "code": "BN01" }, { "code": "S3" }]));
        assert_eq!(of("SUBMIT_RETURN")["notTogetherWith"], json!(["ASSURE_RETURN", "APPROVE_RETURN"]));
        assert_eq!(of("SUBMIT_RETURN")["through"], json!([{ "role": "SERVICE_MANAGER" }]));
    })
    .await;
}

#[tokio::test]
async fn a_question_about_nothing_says_what_to_do() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let ask = async |arguments: &str| {
            let query = format!(
                "{{ council(code: \"huntingdonshire\") {{ whoMay({arguments}) {{ since person {{ name }} through {{ role }} }} }} }}"
            );
            office.admin.gql(&query, json!({})).await
        };
        for (arguments, code) in [
            ("permission: EDIT_FRAMEWORK, element: \"NONE\"", "NOT_FOUND"),
            ("permission: EDIT_FRAMEWORK, indicator: \"NONE\"", "NOT_FOUND"),
            ("permission: EDIT_FRAMEWORK, forum: \"NONE\"", "NOT_FOUND"),
            ("permission: EDIT_FRAMEWORK, forum: \"OSP\", element: \"S1\"", "BAD_USER_INPUT"),
        ] {
            let refused = ask(arguments).await;
            assert_eq!(refused.codes(), [code], "{arguments}");
            assert!(refused.message().contains("council") && refused.message().ends_with('.'), "{}", refused.message());
        }
        let found = ask("permission: EDIT_FRAMEWORK, element: \"s1\"").await.data();
        let expected = json!([{ "since": "2024-10-14", "person": { "name": "Perry Team" }, "through": [{ "role": "PERFORMANCE_TEAM" }] }]);
        assert_eq!(found["council"]["whoMay"], expected);
        assert_eq!(ask("permission: CREATE_COUNCIL").await.data()["council"]["whoMay"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn two_hundred_people_cost_as_many_statements_as_five() {
    for_each_database(async |harness| {
        let cost = async |code: &'static str, people: usize| {
            let office = Office::new(harness, code).await;
            let (s1, d1) = (office.world.element("S1").await, office.world.element("D1").await);
            let (wm01, osp) = (office.world.indicator("WM01").await, office.world.forum("OSP").await);
            let mut last = None;
            for n in 0..people {
                let grants = [
                    (Role::ServiceManager, GrantScope::Element(s1)),
                    (Role::Director, GrantScope::Element(d1)),
                    (Role::DataProvider, GrantScope::Indicator(wm01)),
                    (Role::ScrutinyMember, GrantScope::Forum(osp)),
                ];
                last = Some(office.person(&format!("Person {n:03}"), &grants).await);
            }
            let last = last.expect("somebody");
            let scope = "scope { __typename ... on Element { code } ... on Indicator { code } ... on Forum { code } }";
            let asked = [
                format!("people(first: 500) {{ totalCount nodes {{ name suspendedAt grants {{ role {scope} grantedBy {{ name }} }} }} }}"),
                "people(first: 500) { nodes { effectivePermissions { permission over { __typename } through { role } } } }".to_owned(),
                "people(first: 500, search: \"person\", role: DIRECTOR) { totalCount nodes { name } }".to_owned(),
                format!("whoMay(permission: VIEW_FIGURES, indicator: \"WM01\") {{ since person {{ name grants {{ id }} }} through {{ role {scope} }} }}"),
                "whoMay(permission: APPROVE_RETURN, element: \"S1\") { person { name } }".to_owned(),
                format!("person(id: \"{}\") {{ name grants {{ role }} }}", id_of(&last)),
            ];
            let mut costs = Vec::new();
            for fields in asked {
                let (sent, seen) = harness.statements(office.ask(&office.auditor, &fields)).await;
                if let Some(holders) = seen["whoMay"].as_array() {
                    assert!(holders.len() >= people, "{fields}");
                }
                costs.push((fields.replace(&id_of(&last), ""), sent));
            }
            let input = json!({ "id": id_of(&last), "reason": "Leaves" });
            let (sent, done) = harness.statements(act(&office.admin, "personSuspend", input)).await;
            assert_eq!(done["userErrors"], json!([]));
            costs.push(("personSuspend".to_owned(), sent));
            costs
        };
        let few = cost("huntingdonshire", 5).await;
        assert_eq!(cost("devon", 200).await, few);
        let who_may = few.iter().find(|(fields, _)| fields.starts_with("whoMay(permission: APPROVE")).expect("was asked").1;
        // Who asks; what the code names; the roles; where elements stand. On PostgreSQL the snapshot is bound first.
        assert!(who_may <= 5, "whoMay sent {who_may} statements");
    })
    .await;
}
