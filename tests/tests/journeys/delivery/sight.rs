//! Who reads what of delivery: those whose responsibility covers what it hangs on.

use goldenthread::access::GrantScope;
use rules::delivery::book::DeliveryRow::{Action, Assessment, Dependency, Insight, Milestone, Money, Project, Recommendation, Risk, Theme};
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::model::{Small, action, assessment, book, insight, milestone, money, project, recommendation, risk, theme, waits};
use super::{CODE, bring, someone, tell, withdraw};

const LISTS: [&str; 9] = ["recommendations", "actions", "projects", "milestones", "risks", "heatMap", "money", "instruments", "insights"];
const NONE: [&str; 9] = ["-"; 9];

/// What somebody reads of each list: refs, or `-` where none of their roles reads such things.
async fn seen(client: &Client<'_>) -> Vec<String> {
    let query = format!(
        "{{ council(code: \"{CODE}\") {{ delivery {{ recommendations {{ code id }} actions(first: 50) {{ nodes {{ code id }} totalCount }}
        projects {{ code id }} milestones(first: 50) {{ nodes {{ code id }} totalCount }} risks(first: 50) {{ nodes {{ code id }} totalCount }}
        heatMap {{ risks {{ code id }} }} money(period: \"2024/25\") {{ code total {{ budget }} }} instruments {{ code }} insights {{ code id }} }} }} }}"
    );
    let answer = client.gql(&query, json!({})).await;
    let told = answer.body["data"]["council"]["delivery"].clone();
    let refused = LISTS.iter().filter(|list| told[**list].is_null()).count();
    let codes = answer.codes();
    assert!(codes.len() == refused && codes.iter().all(|code| code == "FORBIDDEN"), "{:#}", answer.body);
    LISTS
        .iter()
        .map(|list| {
            let of = &told[*list];
            if of.is_null() {
                return "-".to_owned();
            }
            let cells = of.as_array().cloned().unwrap_or_default();
            let nodes = match *list {
                "heatMap" => cells.iter().flat_map(|cell| cell["risks"].as_array().expect("risks").clone()).collect(),
                _ => of.get("nodes").and_then(Value::as_array).cloned().unwrap_or(cells),
            };
            if let Some(total) = of.get("totalCount") {
                assert_eq!(*total, nodes.len(), "{list}");
            }
            nodes.iter().map(|node| node["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// One of everything at Waste Services, Benefits, the corporate plan and the whole council.
async fn told(small: &Small<'_>) {
    let mut rows = Vec::new();
    for (n, element) in [(1, Some("S1")), (2, Some("S3")), (3, Some("CP")), (4, None)] {
        let mut asked = recommendation(&format!("R{n}"));
        asked.element = element.map(str::to_owned);
        let mut done = action(&format!("A{n}"));
        done.element = element.map(str::to_owned);
        done.answers = element.is_none().then(|| format!("R{n}"));
        rows.extend([Recommendation(asked), Action(done)]);
        if let Some(element) = element {
            let (mut feared, mut said) = (risk(&format!("RK{n}")), insight(&format!("I{n}")));
            (feared.element, said.element) = (element.to_owned(), element.to_owned());
            rows.extend([Risk(feared), Insight(said)]);
        }
    }
    bring(&small.keeper, "plans.xlsx", book(rows)).await;
    let sums = [Money(money("S1", "2024/25", 100)), Money(money("D1", "2024/25", 10)), Money(money("S3", "2024/25", 1000))];
    bring(&small.finance, "money.xlsx", book(sums)).await;
    bring(&small.office, "programme.xlsx", book([Project(project("PA")), Milestone(milestone("MA", "PA", "2024-12-13"))])).await;
    let committee = small.committee().await;
    bring(&committee, "themes.xlsx", book([Theme(theme("LEAD")), Assessment(assessment("LEAD", "2024", "Sound"))])).await;
}

#[tokio::test]
async fn each_role_reads_what_it_covers_and_nothing_beside() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        told(&small).await;
        let world = &small.world;
        let element = async |code: &str| GrantScope::Element(world.element(code).await);
        let forum = async |code: &str| GrantScope::Forum(world.forum(code).await);
        let all_plans = ["R1 R2 R3 R4", "A1 A2 A3 A4", "PA", "MA"];
        let risks = "RK1 RK2 RK3";
        let everything = [all_plans[0], all_plans[1], "PA", "MA", risks, risks, "D1 S1 S3", "BV", "I1 I2 I3"];
        let waste = ["R1", "A1", "", "", "RK1", "RK1", "-", "-", "I1"];
        for (name, role, scope, expected) in [
            ("Audit", Role::InternalAudit, GrantScope::Council, everything),
            ("Director", Role::Director, element("D2").await, everything),
            (
                "Office",
                Role::ProgrammeOffice,
                GrantScope::Council,
                [all_plans[0], all_plans[1], "PA", "MA", "-", "-", "-", "-", "I1 I2 I3"],
            ),
            ("Money", Role::Finance, GrantScope::Council, ["-", "-", "-", "-", "-", "-", "D1 S1 S3", "-", "-"]),
            // The panel's remit is Place; the leadership team's is all of it. Instruments are the whole council's.
            ("Panel chair", Role::GovernanceCommittee, forum("OSP").await, ["-", "-", "-", "-", "RK1", "RK1", "-", "BV", "-"]),
            ("Team chair", Role::GovernanceCommittee, forum("SLT").await, ["-", "-", "-", "-", risks, risks, "-", "BV", "-"]),
            ("Holder", Role::PortfolioHolder, element("D1").await, ["R1", "A1", "", "", "RK1", "RK1", "D1 S1", "-", "I1"]),
            ("Plan holder", Role::PortfolioHolder, element("CP").await, ["R3", "A3", "", "", "RK3", "RK3", "", "-", "I3"]),
            ("Programme holder", Role::PortfolioHolder, element("TP").await, ["", "", "PA", "MA", "", "", "", "-", ""]),
            ("Staff", Role::Staff, element("S1").await, ["R1", "A1", "", "", "-", "-", "-", "-", "I1"]),
            ("Manager", Role::ServiceManager, element("S1").await, waste),
            ("Provider", Role::DataProvider, element("S1").await, NONE),
            ("Member", Role::ScrutinyMember, forum("OSP").await, NONE),
            ("Officer", Role::ScrutinyOfficer, forum("OSP").await, NONE),
            ("Cabinet", Role::CabinetMember, GrantScope::Council, NONE),
            ("Admin", Role::CouncilAdministrator, GrantScope::Council, NONE),
            ("Personnel", Role::HumanResources, GrantScope::Council, NONE),
        ] {
            let client = someone(world, name, role, scope).await;
            assert_eq!(seen(&client).await, expected, "{name}");
        }
        assert_eq!(seen(&small.keeper).await, everything);
        // Two roles read what either reads.
        let roles = [(Role::Staff, element("S3").await), (Role::GovernanceCommittee, forum("OSP").await)];
        let two = harness.sign_in(&harness.person(world.council, "Two Roles", &roles).await);
        assert_eq!(seen(&two).await, ["R2", "A2", "", "", "RK1", "RK1", "-", "BV", "I2"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_theirs_is_as_absent_as_what_never_was() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        told(&small).await;
        let ask = async |client: &Client<'_>, code: &str| {
            let query = format!("{{ council(code: \"{CODE}\") {{ delivery {{ action(code: \"A{code}\") {{ code }} risk(code: \"RK{code}\") {{ code }}
                recommendation(code: \"R{code}\") {{ code }} }} }} }}");
            client.gql(&query, json!({})).await.data()["council"]["delivery"].clone()
        };
        let (theirs, never) = (ask(&small.manager, "2").await, ask(&small.manager, "99").await);
        assert_eq!((&theirs, &theirs), (&never, &json!({ "action": null, "risk": null, "recommendation": null })));
        assert_eq!(ask(&small.manager, "1").await["action"]["code"], "A1");
        // Nor by a filter, by the element's plan, or by what leads there.
        let query = format!("{{ council(code: \"{CODE}\") {{ delivery {{ actions(first: 9, element: \"S3\") {{ totalCount }} actionCounts {{ total }}
            risks(first: 9, element: \"D2\") {{ totalCount }} recommendationTallies {{ recommendations }} }} element(code: \"S3\") {{ code }}
            own: element(code: \"D1\") {{ plan {{ actions {{ code }} risks {{ code }} }} }} }} }}");
        let data = small.manager.gql(&query, json!({})).await.data()["council"].clone();
        assert_eq!(data["delivery"]["actions"]["totalCount"], 0);
        assert_eq!((&data["delivery"]["actionCounts"]["total"], &data["delivery"]["risks"]["totalCount"]), (&json!(1), &json!(0)));
        assert_eq!(data["delivery"]["recommendationTallies"], json!([{ "recommendations": 1 }]));
        assert_eq!((&data["element"], &data["own"]["plan"]), (&Value::Null, &json!({ "actions": [{ "code": "A1" }], "risks": [{ "code": "RK1" }] })));
    })
    .await;
}

#[tokio::test]
async fn what_was_told_elsewhere_stays_with_whoever_read_it_there() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        told(&small).await;
        let moved = json!({ "code": "RK2", "element": "S1", "review": "Ours by now", "asAt": "2024-10-14" });
        assert!(tell(&small.keeper, "risk", "code", moved).await.is_ok());
        let query = format!("{{ council(code: \"{CODE}\") {{ delivery {{ risk(code: \"RK2\") {{ history {{ asAt }} }} }} }} }}");
        let days = async |client: &Client<'_>| client.gql(&query, json!({})).await.data()["council"]["delivery"]["risk"]["history"].clone();
        assert_eq!(days(&small.keeper).await, json!([{ "asAt": "2024-10-14" }, { "asAt": "2024-09-30" }]));
        assert_eq!(days(&small.manager).await, json!([{ "asAt": "2024-10-14" }]));
    })
    .await;
}

#[tokio::test]
async fn what_holds_something_up_is_named_to_whoever_reads_it() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let rows = [
            Project(project("PA")),
            Project(project("PB")),
            Milestone(milestone("MA", "PA", "2024-12-13")),
            Milestone(milestone("MB", "PB", "2025-01-31")),
            Dependency(waits("MA", "MB", 10)),
        ];
        bring(&small.office, "programme.xlsx", book(rows)).await;
        let query = format!("{{ council(code: \"{CODE}\") {{ delivery {{ projects {{ code heldUp {{ by }} milestones {{ code heldUp {{ by earliest days }} }} }} }} }} }}");
        let project = async |client: &Client<'_>| client.gql(&query, json!({})).await.data()["council"]["delivery"]["projects"][0].clone();
        let expected = |by: Value| {
            let held = json!({ "by": by, "earliest": "2025-02-10", "days": 59 });
            json!({ "code": "PA", "heldUp": null, "milestones": [{ "code": "MA", "heldUp": held }] })
        };
        assert_eq!(project(&small.office).await, expected(json!("MB")));
        let scope = GrantScope::Element(small.world.element("PA").await);
        let holder = someone(&small.world, "Petra Holder", Role::PortfolioHolder, scope).await;
        assert_eq!(project(&holder).await, expected(Value::Null));
    })
    .await;
}

#[tokio::test]
async fn internal_audit_reads_everything_and_records_recommendations_alone() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        told(&small).await;
        let audit = someone(&small.world, "Ines Audit", Role::InternalAudit, GrantScope::Council).await;
        let before = harness.holds(small.world.council).await;
        for (what, input) in [
            ("action", json!({ "code": "A1", "progress": "No" })),
            ("project", json!({ "element": "PA", "summary": "No" })),
            ("milestone", json!({ "code": "MA", "note": "No" })),
            ("dependency", json!({ "waits": "MA", "on": "PA" })),
            ("risk", json!({ "code": "RK1", "review": "No" })),
            ("money", json!({ "element": "S1", "period": "2024/25", "fund": "REVENUE", "note": "No" })),
            ("theme", json!({ "instrument": "BV", "theme": "LEAD", "title": "No" })),
            ("assessment", json!({ "instrument": "BV", "theme": "LEAD", "edition": "2024", "narrative": "No" })),
            ("insight", json!({ "code": "I1", "text": "No" })),
        ] {
            assert_eq!(tell(&audit, what, "__typename", input).await, Err("FORBIDDEN".to_owned()), "{what}");
        }
        for (kind, code) in [("ACTION", "A1"), ("RISK", "RK1"), ("INSIGHT", "I1")] {
            assert_eq!(withdraw(&audit, kind, code, "No").await, Err("FORBIDDEN".to_owned()), "{kind}");
        }
        assert_eq!(harness.holds(small.world.council).await, before);
        let asked = json!({ "code": "R5", "title": "Reconcile the rounds", "source": "INTERNAL_AUDIT", "element": "S3" });
        assert_eq!(
            tell(&audit, "recommendation", "title element { code }", asked).await,
            Ok(json!({ "title": "Reconcile the rounds", "element": { "code": "S3" } }))
        );
        assert_eq!(withdraw(&audit, "RECOMMENDATION", "R5", "Found elsewhere").await, Ok(json!("R5")));
    })
    .await;
}
