//! What cannot be told, each with its code and the field it is about; nothing is written.

use rules::delivery::book::DeliveryRow::{Action, Milestone, Money, Project, Recommendation, Risk, Theme};
use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::model::{Small, action, book, milestone, money, project, recommendation, risk, theme};
use super::{bring, tell, tell_of};

/// What is refused of a kind: what is said, and the code with the field.
type Refused = (Value, &'static str);

async fn each(client: &Client<'_>, what: &str, refused: &[Refused]) {
    for (input, expected) in refused {
        let told = tell(client, what, "__typename", input.clone()).await;
        assert_eq!(told, Err((*expected).to_owned()), "{what} {input}");
    }
}

/// A council with one of each that others lead to.
async fn held<'a>(harness: &'a tests::Harness) -> (Small<'a>, Client<'a>) {
    let small = Small::new(harness).await;
    let committee = small.committee().await;
    let rows = [
        Project(project("PA")),
        Project(project("PB")),
        Milestone(milestone("MA", "PA", "2024-09-13")),
        Milestone(milestone("MB", "PB", "2025-01-31")),
    ];
    bring(&small.office, "programme.xlsx", book(rows)).await;
    bring(&small.keeper, "plans.xlsx", book([Recommendation(recommendation("R1")), Action(action("A1")), Risk(risk("RK1"))])).await;
    bring(&committee, "themes.xlsx", book([Theme(theme("LEAD"))])).await;
    let mut moved = money("S2", "2024/25 Q2", 0);
    (moved.budget, moved.virement) = (None, Some(5.into()));
    bring(&small.finance, "money.xlsx", book([Money(moved)])).await;
    (small, committee)
}

fn actions() -> Vec<Refused> {
    let long = "x".repeat(5_001);
    vec![
        (json!({ "code": "A9" }), "DETAIL_NEEDED input.title"),
        (json!({ "code": " ", "title": "Nameless" }), "DETAIL_NEEDED input.code"),
        (json!({ "code": "A 9", "title": "Spaced" }), "REF_INVALID input.code"),
        (json!({ "code": "A".repeat(21) }), "REF_INVALID input.code"),
        (json!({ "code": "É1" }), "REF_INVALID input.code"),
        (json!({ "code": "A1", "title": null }), "DETAIL_NEEDED input.title"),
        (json!({ "code": "A1", "title": "  " }), "DETAIL_NEEDED input.title"),
        (json!({ "code": "A1", "status": null }), "DETAIL_NEEDED input.status"),
        (json!({ "code": "A1", "asAt": null }), "DETAIL_NEEDED input.asAt"),
        (json!({ "code": "A1", "title": long }), "TEXT_TOO_LONG input.title"),
        (json!({ "code": "A1\nA2" }), "REF_INVALID input.code"),
        (json!({ "code": "A1", "answers": "R 1" }), "REF_INVALID input.answers"),
        (json!({ "code": "A1", "answers": "R9" }), "PLN-001 input.answers"),
        (json!({ "code": "A1", "milestone": "M9" }), "PLN-001 input.milestone"),
        (json!({ "code": "A1", "indicator": "WM09" }), "PLN-001 input.indicator"),
        (json!({ "code": "A1", "element": "S9" }), "PLN-001 input.element"),
        (json!({ "code": "A1", "element": null }), "PLN-002 input.element"),
        (json!({ "code": "A1", "status": "DEFERRED" }), "PLN-003 input.decision"),
        (json!({ "code": "A1", "revisedDueOn": "2024-09-29" }), "PLN-005 input.revisedDueOn"),
        (json!({ "code": "A1", "asAt": "2024-10-15" }), "PLN-008 input.asAt"),
        (json!({ "code": "A1", "asAt": "2024-09-29" }), "PLN-012 input.asAt"),
        (json!({ "code": "A1", "milestone": "MA", "status": "COMPLETED" }), "PLN-007 input.status"),
        (json!({ "code": "A1", "dueOn": "2024-09-29" }), "PLN-016 input.status"),
        // Another warning than the one that was taken upon oneself.
        (json!({ "code": "A1", "dueOn": "2024-09-29", "acknowledge": ["PLN-007"] }), "PLN-016 input.status"),
    ]
}

fn programmes() -> Vec<(&'static str, Vec<Refused>)> {
    let projects = vec![
        (json!({ "element": "PC", "stage": "DELIVERY" }), "DETAIL_NEEDED input.startsOn"),
        (json!({ "element": "PA", "endedOn": "2024-09-20" }), "PLN-008 input.endedOn"),
        (json!({ "element": "PA", "stage": "CLOSED" }), "PLN-008 input.endedOn"),
        (json!({ "element": "PA", "baselineEnd": "2024-03-31", "decision": "Cabinet" }), "PLN-008 input.baselineEnd"),
        (json!({ "element": "PA", "stage": "CLOSED", "endedOn": "2024-09-27" }), "PLN-007 input.stage"),
        (json!({ "element": "PA", "baselineEnd": "2025-04-30" }), "PLN-003 input.baselineEnd"),
        (json!({ "element": "PA", "stage": "ON_HOLD" }), "PLN-003 input.decision"),
        (json!({ "element": "PA", "forecastEnd": "2024-09-29" }), "PLN-005 input.forecastEnd"),
        (json!({ "element": "PA", "time": "GREEN", "forecastEnd": "2025-04-30" }), "PLN-016 input.time"),
        (json!({ "element": "PA", "cost": "GREEN", "budget": "1", "forecastSpend": "1.01" }), "PLN-016 input.cost"),
        (json!({ "element": "PA", "spent": "-0.01" }), "PLN-015 input.spent"),
        (
            json!({ "element": "S1", "stage": "CONCEPT", "startsOn": "2024-04-01", "baselineEnd": "2025-03-31", "manager": "Head", "asAt": "2024-09-30" }),
            "PLN-001 input.element",
        ),
    ];
    let milestones = vec![
        (json!({ "code": "MB", "baseline": "2024-03-31", "decision": "Cabinet" }), "PLN-004 input.baseline"),
        (json!({ "code": "MB", "forecast": "2024-09-29" }), "PLN-005 input.forecast"),
        (json!({ "code": "MB", "actual": "2024-10-01" }), "PLN-008 input.actual"),
        (json!({ "code": "MB", "baseline": "2025-02-28" }), "PLN-003 input.baseline"),
        (json!({ "code": "MB", "project": "S1" }), "PLN-001 input.project"),
        (json!({ "code": "MB", "project": null }), "DETAIL_NEEDED input.project"),
        (json!({ "code": "PB", "project": "PA", "title": "End", "baseline": "2025-01-31", "asAt": "2024-09-30" }), "PLN-019 input.code"),
    ];
    let dependencies = vec![
        (json!({ "waits": "MA", "on": "MA" }), "PLN-009 input.on"),
        (json!({ "waits": "MA", "on": "PA" }), "PLN-009 input.on"),
        (json!({ "waits": "MA", "on": "S1" }), "PLN-001 input.on"),
        (json!({ "waits": "M9", "on": "MA" }), "PLN-001 input.waits"),
        (json!({ "waits": "MA", "on": "" }), "DETAIL_NEEDED input.on"),
    ];
    vec![("project", projects), ("milestone", milestones), ("dependency", dependencies)]
}

fn risks() -> Vec<Refused> {
    vec![
        (json!({ "code": "RK1", "residualLikelihood": 6 }), "PLN-006 input.residualLikelihood"),
        (json!({ "code": "RK1", "inherentImpact": 0 }), "PLN-006 input.inherentImpact"),
        (json!({ "code": "RK1", "appetite": 26 }), "PLN-006 input.appetite"),
        (json!({ "code": "RK1", "targetImpact": 2 }), "PLN-006 input.targetLikelihood"),
        (json!({ "code": "RK1", "residualLikelihood": 5, "residualImpact": 5 }), "PLN-013 input.residualLikelihood"),
        (json!({ "code": "RK1", "targetLikelihood": 5, "targetImpact": 2 }), "PLN-013 input.targetLikelihood"),
        (json!({ "code": "RK1", "reviewOn": "2024-09-29" }), "PLN-008 input.reviewOn"),
        (json!({ "code": "RK1", "element": null }), "DETAIL_NEEDED input.element"),
        (json!({ "code": "RK1", "indicator": "WM09" }), "PLN-001 input.indicator"),
    ]
}

fn assessments() -> Vec<(&'static str, Vec<Refused>)> {
    let themes = vec![
        (json!({ "instrument": "BV", "theme": "LEAD", "scale": ["Sound"] }), "PLN-010 input.scale"),
        (json!({ "instrument": "BV", "theme": "LEAD", "scale": ["Sound", "sound"] }), "PLN-010 input.scale"),
        (json!({ "instrument": "BV", "theme": "LEAD", "scale": ["Weak; Sound", "Strong"] }), "TEXT_UNUSABLE input.scale"),
        (json!({ "instrument": "BV", "theme": "LEAD", "failures": vec!["x".repeat(2_500); 2] }), "TEXT_TOO_LONG input.failures"),
        (
            json!({ "instrument": "BV", "theme": "GOV", "instrumentTitle": "Best Value", "title": "Governance", "scale": ["Bad", "Good"] }),
            "PLN-010 input.scale",
        ),
        (json!({ "instrument": "BV", "theme": "", "instrumentTitle": "Best Value" }), "DETAIL_NEEDED input.theme"),
        (json!({ "instrument": "B V", "theme": "LEAD" }), "REF_INVALID input.instrument"),
    ];
    let new = |more: Value| {
        let mut input = json!({ "instrument": "BV", "theme": "LEAD", "edition": "2024", "rating": "Sound", "narrative": "So", "assessedOn": "2024-06-30" });
        input.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
        input
    };
    let found = vec![
        (new(json!({ "rating": "Excellent" })), "PLN-010 input.rating"),
        (new(json!({ "theme": "GOV" })), "PLN-001 input.theme"),
        (new(json!({ "evidence": ["Indicator WM01", "my word"] })), "PLN-011 input.evidence"),
        (new(json!({ "evidence": ["Action A9"] })), "PLN-001 input.evidence"),
        (new(json!({ "assessedOn": "2024-10-15" })), "PLN-008 input.assessedOn"),
    ];
    vec![("theme", themes), ("assessment", found)]
}

#[tokio::test]
async fn each_refusal_names_its_code_and_field_and_writes_nothing() {
    for_each_database(async |harness| {
        let (small, committee) = held(harness).await;
        let before = harness.holds(small.world.council).await;
        each(&small.keeper, "action", &actions()).await;
        for (what, refused) in programmes() {
            each(&small.office, what, &refused).await;
        }
        each(&small.keeper, "risk", &risks()).await;
        for (what, refused) in assessments() {
            each(&committee, what, &refused).await;
        }
        let sum = |more: Value| {
            let mut input = json!({ "element": "S1", "period": "2024/25 Q2", "fund": "REVENUE" });
            input.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
            input
        };
        let of_money = [
            (sum(json!({ "note": "Nothing" })), "PLN-015 input.budget"),
            (sum(json!({ "element": "S9", "budget": "1" })), "PLN-001 input.element"),
            // In no financial year it could never be read.
            (sum(json!({ "period": "2024", "budget": "1" })), "PLN-015 input.period"),
            (sum(json!({ "actual": "-1000000000000.01" })), "PLN-015 input.actual"),
            // What was moved in the second quarter is told already.
            (sum(json!({ "element": "S2", "period": "2024/25", "virement": "1" })), "PLN-015 input.virement"),
            (sum(json!({ "element": "S2", "period": "2024-07", "virement": "1" })), "PLN-015 input.virement"),
        ];
        each(&small.finance, "money", &of_money).await;
        let late = json!({ "code": "R1", "madeOn": "2024-09-30", "dueOn": "2024-09-29" });
        each(
            &small.keeper,
            "recommendation",
            &[(late, "PLN-008 input.dueOn"), (json!({ "code": "R1", "element": "S9" }), "PLN-001 input.element")],
        )
        .await;
        let told = |on: &str| json!({ "code": "I9", "element": "S1", "origin": "STAFF", "text": "So", "toldOn": on });
        each(&small.keeper, "insight", &[(told("2024-10-15"), "PLN-008 input.toldOn")]).await;
        assert_eq!(harness.holds(small.world.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_warning_passes_once_it_is_taken_upon_oneself() {
    for_each_database(async |harness| {
        let (small, _) = held(harness).await;
        let late = json!({ "code": "A1", "dueOn": "2024-09-29", "acknowledge": ["pln-016"] });
        assert_eq!(tell(&small.keeper, "action", "dueOn overdueDays", late).await, Ok(json!({ "dueOn": "2024-09-29", "overdueDays": 15 })));
        let both = json!({ "code": "RK1", "residualLikelihood": 5, "residualImpact": 5, "targetLikelihood": 5, "targetImpact": 5,
            "acknowledge": ["PLN-013"] });
        assert_eq!(tell(&small.keeper, "risk", "residual { score }", both).await, Ok(json!({ "residual": { "score": 25 } })));
        // That a day is past by now is told in a workbook's findings, and in nobody's way here.
        let past = json!({ "code": "MB", "forecast": "2024-10-10" });
        assert_eq!(tell(&small.office, "milestone", "state", past).await, Ok(json!({ "state": "OVERDUE" })));
        // An error is nobody's to take.
        let past = json!({ "code": "A1", "revisedDueOn": "2024-09-29", "acknowledge": ["PLN-005", "PLN-016"] });
        assert_eq!(tell(&small.keeper, "action", "code", past).await, Err("PLN-005 input.revisedDueOn".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn who_records_nothing_of_a_kind_is_forbidden_and_who_does_elsewhere_is_refused() {
    for_each_database(async |harness| {
        let (small, committee) = held(harness).await;
        let before = harness.holds(small.world.council).await;
        let said = |code: &str, element: &str| {
            json!({ "code": code, "title": "Said", "kind": "SERVICE_PLAN", "element": element, "leadOfficer": "Head", "status": "NOT_STARTED", "asAt": "2024-09-30" })
        };
        for client in [&small.finance, &committee] {
            assert_eq!(tell(client, "action", "code", said("A8", "S1")).await, Err("FORBIDDEN".to_owned()));
        }
        let money = json!({ "element": "S1", "period": "2024/25", "fund": "CAPITAL", "budget": "1" });
        for client in [&small.keeper, &small.office, &small.manager, &committee] {
            assert_eq!(tell(client, "money", "code", money.clone()).await, Err("FORBIDDEN".to_owned()));
        }
        assert_eq!(tell(&small.manager, "action", "code", said("A8", "S2")).await, Err("PLN-014 input.code".to_owned()));
        assert_eq!(tell(&small.manager, "risk", "code", json!({ "code": "RK1", "element": "S2" })).await, Err("PLN-014 input.code".to_owned()));
        // A remedy is planned by others than those who keep service plans.
        let mut remedy = said("A8", "S1");
        remedy["kind"] = json!("REMEDIAL");
        assert_eq!(tell(&small.office, "action", "code", remedy).await, Err("PLN-014 input.code".to_owned()));
        for nowhere in ["devon", "nowhere"] {
            assert_eq!(tell_of(&small.keeper, nowhere, "action", "code", said("A8", "S1")).await, Err("COUNCIL_NOT_FOUND input.council".to_owned()));
        }
        assert_eq!(tell(&harness.visitor(), "action", "code", said("A8", "S1")).await, Err("UNAUTHENTICATED".to_owned()));
        assert_eq!(harness.holds(small.world.council).await, before);
    })
    .await;
}
