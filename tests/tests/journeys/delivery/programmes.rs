//! Programmes and projects: what slipped, what waits for it, what comes next, and what was said before.

use serde_json::{Value, json};
use tests::for_each_database;

use super::{Town, codes, delivery, delivery_at, tell};

fn held(by: &str, earliest: &str, days: i64) -> Value {
    json!({ "by": by, "earliest": earliest, "days": days })
}

#[tokio::test]
async fn a_slip_is_told_to_whatever_waits_for_it_and_changes_no_date() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let milestones = "milestones(first: 100) { nodes { code baseline forecast heldUp { by earliest days } } }
            projects { code baselineEnd forecastEnd heldUp { by earliest days } }";
        let told = delivery(&town.office, milestones).await;
        let late = |told: &Value| -> Vec<(String, Value)> {
            let all =
                told["milestones"]["nodes"].as_array().expect("milestones").iter().chain(told["projects"].as_array().expect("projects"));
            let late = all.filter(|one| !one["heldUp"].is_null());
            late.map(|one| (one["code"].as_str().expect("a code").to_owned(), one["heldUp"].clone())).collect()
        };
        // CUS-M4 on 30 May 2025; 30 days later LEI-M3, 14 after that LEI-M4, with which PJ-LEI ends.
        let expected = vec![
            ("LEI-M3".to_owned(), held("CUS-M4", "2025-06-29", 90)),
            ("LEI-M4".to_owned(), held("LEI-M3", "2025-07-13", 42)),
            ("PJ-LEI".to_owned(), held("LEI-M4", "2025-07-13", 13)),
        ];
        assert_eq!(late(&told), expected);

        let before = harness.app.clock.now().to_rfc3339();
        harness.later(chrono::Duration::hours(1));
        let slip = json!({ "code": "CUS-M4", "forecast": "2025-06-30", "note": "Testing takes another month.", "asAt": "2025-03-07" });
        let now = tell(&town.office, "milestone", "code forecast slippageDays state note owner baseline", slip).await.expect("is told");
        assert_eq!((&now["forecast"], &now["slippageDays"], &now["state"]), (&json!("2025-06-30"), &json!(122), &json!("SLIPPED")));
        assert_eq!((&now["owner"], &now["baseline"]), (&json!("Customer services manager"), &json!("2025-02-28")), "what was left out");
        let then = delivery(&town.office, milestones).await;
        let expected = vec![
            ("LEI-M3".to_owned(), held("CUS-M4", "2025-07-30", 121)),
            ("LEI-M4".to_owned(), held("LEI-M3", "2025-08-13", 73)),
            ("PJ-LEI".to_owned(), held("LEI-M4", "2025-08-13", 44)),
        ];
        assert_eq!(late(&then), expected);
        // Nobody's day but that of the milestone that slipped.
        let days = |told: &Value| -> Vec<Value> {
            let all =
                told["milestones"]["nodes"].as_array().expect("milestones").iter().chain(told["projects"].as_array().expect("projects"));
            let mut all: Vec<Value> = all
                .filter(|one| one["code"] != "CUS-M4")
                .map(|one| json!([one["code"], one["baseline"], one["forecast"], one["baselineEnd"], one["forecastEnd"]]))
                .collect();
            all.sort_by_key(ToString::to_string);
            all
        };
        assert_eq!(days(&then), days(&told));
        // As it read before, it reads still.
        assert_eq!(delivery_at(&town.office, &before, milestones).await, told);
        let history = "milestones(first: 100) { nodes { code history { asAt recordedBy cells { heading text } } } }";
        let told = delivery(&town.office, history).await;
        let all = told["milestones"]["nodes"].as_array().expect("milestones");
        let course = &all.iter().find(|one| one["code"] == "CUS-M4").expect("it is there")["history"];
        let days: Vec<&Value> = course.as_array().expect("a course").iter().map(|telling| &telling["asAt"]).collect();
        assert_eq!(days, ["2025-03-07", "2024-09-30"]);
        assert_eq!(course[0]["recordedBy"], "Olga Office");
        let forecast = json!({ "heading": "Forecast date", "text": "2025-05-30" });
        assert!(course[1]["cells"].as_array().expect("cells").contains(&forecast), "{course:#}");
    })
    .await;
}

#[tokio::test]
async fn a_project_tells_what_comes_next_what_it_costs_and_what_it_waits_for() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let fields = "code stage time cost overall slippageDays budget spent forecastSpend variance
            nextMilestone { code state } milestones { code } dependencies { code waitsFor days } element { title parent { code } }";
        let told = delivery(&town.office, &format!("project(code: \"pj-cus\") {{ {fields} }}")).await;
        let of = &told["project"];
        assert_eq!(
            (&of["stage"], &of["time"], &of["cost"], &of["overall"]),
            (&json!("DELIVERY"), &json!("AMBER"), &json!("AMBER"), &json!("AMBER"))
        );
        // From 31 March to 30 June 2025.
        assert_eq!((&of["slippageDays"], &of["budget"], &of["spent"]), (&json!(91), &json!("220000"), &json!("71000")));
        assert_eq!((&of["forecastSpend"], &of["variance"]), (&json!("236000"), &json!("16000")));
        // The platform, chosen by 13 December 2024, was not, by what was last told: in March that is overdue.
        assert_eq!(of["nextMilestone"], json!({ "code": "CUS-M3", "state": "OVERDUE" }));
        assert_eq!(codes(&of["milestones"]), ["CUS-M1", "CUS-M2", "CUS-M3", "CUS-M4", "CUS-M5"]);
        let waits: Vec<String> = of["dependencies"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|d| format!("{} {} {}", d["code"], d["waitsFor"], d["days"]))
            .collect();
        assert_eq!(waits, ["\"CUS-M4\" \"CUS-M3\" 120", "\"LEI-M3\" \"CUS-M4\" 30", "\"TP\" \"PJ-CUS\" 0"]);
        assert_eq!(of["element"], json!({ "title": "Customer service review", "parent": { "code": "TP" } }));

        let lists = "projects { code } below: projects(element: \"TP\") { code }
            reached: milestones(first: 100, state: [REACHED]) { nodes { code } }
            late: milestones(first: 100, state: [REACHED_LATE]) { nodes { code } }";
        let told = delivery(&town.office, lists).await;
        assert_eq!(codes(&told["projects"]), ["MTP", "PJ-CHW", "PJ-CUS", "PJ-LEI", "PJ-PLN", "TP"]);
        assert_eq!(codes(&told["below"]), ["PJ-CUS", "PJ-LEI", "PJ-PLN", "TP"]);
        assert_eq!(codes(&told["reached"]["nodes"]), ["CUS-M1", "MTP-M1", "TP-M1", "LEI-M1", "CHW-M1"]);
        assert_eq!(codes(&told["late"]["nodes"]), ["MTP-M2", "CUS-M2"]);
        // Today is 10 March 2025; on the day after all of it was told, one milestone was overdue.
        let project = "project(code: \"TP\") { overall nextMilestone { code } }";
        assert_eq!(delivery(&town.office, project).await["project"]["nextMilestone"]["code"], "TP-M2");
    })
    .await;
}

#[tokio::test]
async fn what_was_told_before_an_update_is_read_as_at_any_instant_before_it() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let before = harness.app.clock.now().to_rfc3339();
        harness.later(chrono::Duration::hours(1));
        let input = json!({ "element": "PJ-LEI", "time": "RED", "summary": "The front door comes too late.", "asAt": "2025-02-28" });
        tell(&town.office, "project", "overall", input).await.expect("is told");
        let fields = "project(code: \"PJ-LEI\") { time overall summary asAt history { asAt } }";
        let now = delivery(&town.office, fields).await["project"].clone();
        assert_eq!((&now["time"], &now["overall"], &now["asAt"]), (&json!("RED"), &json!("RED"), &json!("2025-02-28")));
        assert_eq!(now["history"], json!([{ "asAt": "2025-02-28" }, { "asAt": "2024-09-30" }]));
        let then = delivery_at(&town.office, &before, fields).await["project"].clone();
        assert_eq!((&then["time"], &then["overall"], &then["asAt"]), (&json!("GREEN"), &json!("AMBER"), &json!("2024-09-30")));
        assert_eq!(then["history"], json!([{ "asAt": "2024-09-30" }]));
        // Before anything was told there is nothing.
        assert_eq!(delivery_at(&town.office, "2025-03-01T00:00:00Z", fields).await["project"], Value::Null);
        assert_eq!(delivery_at(&town.office, "2025-03-01T00:00:00Z", "actionCounts { total }").await["actionCounts"]["total"], 0);
    })
    .await;
}
