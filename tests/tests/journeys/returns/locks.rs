//! What a submitted return does to the figures people send.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{for_each_database, workbook};

use super::stage::{Office, Q1, switch};

fn figure(value: f64) -> Vec<u8> {
    workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", Q1, value], ["PL01", Q1, 71.5]]))
}

#[tokio::test]
async fn figures_of_a_submitted_return_are_refused_and_say_who_opens_it() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        let keeper = office.keeper();
        office.complete().await;
        // Planned before the submission.
        let early = keeper.submit(office.world.code, "early.xlsx", figure(61.2)).await;
        office.done(&office.of(&office.manager), "returnSubmit", json!({})).await;

        let late = keeper.submit(office.world.code, "late.xlsx", figure(61.3)).await;
        let plan = keeper.plan(&late).await;
        assert_eq!(json!([plan["counts"]["new"], plan["counts"]["refused"]]), json!([1, 1]));
        let told: Vec<&Value> = plan["diagnostics"]["nodes"].as_array().expect("findings").iter().filter(|d| d["code"] == "CHG-007").collect();
        let [told] = &told[..] else { panic!("{plan:#}") };
        assert_eq!(
            told["message"],
            "The return of Waste Services for 2024/25 Q1 was submitted by Sam Service on 14 October 2024. To change its figures: take back \
                (whoever may submit returns), or query (whoever may assure returns)."
        );

        // What was planned before is out of date, and nothing of it is taken.
        let before = harness.holds(office.world.council).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Late tonnages" });
        let accepted = keeper.accept(&early, saying.clone()).await;
        assert_eq!(accepted["userErrors"][0]["code"], "PLAN_OUT_OF_DATE");
        let message = accepted["userErrors"][0]["message"].as_str().expect("a message");
        assert!(message.starts_with("CHG-006: since this import was planned, the return of Waste Services for 2024/25 Q1 was submitted by Sam Service"), "{message}");
        assert_eq!(harness.holds(office.world.council).await, before);

        let lock = "query($council: String!) { council(code: $council) { indicator(code: \"WM01\") { lock(period: \"2024/25 Q1\") { because unlockedBy } } } }";
        let data = keeper.gql(lock, json!({ "council": office.world.code })).await.data();
        let lock = &data["council"]["indicator"]["lock"];
        assert_eq!(lock["unlockedBy"], "SUBMIT_RETURN");
        assert!(lock["because"].as_str().is_some_and(|because| because.contains("was submitted by Sam Service")), "{lock}");
        let issue = "mutation($input: TemplateIssueInput!) { templateIssue(input: $input) { template { id } userErrors { code } } }";
        let input = json!({ "council": office.world.code, "element": "S1", "period": Q1 });
        let issued = keeper.gql(issue, json!({ "input": input })).await.data();
        assert_eq!(issued["templateIssue"], json!({ "template": null, "userErrors": [{ "code": "RETURN_LOCKED" }] }));

        // Taken back, the same plan is right again.
        office.done(&office.of(&office.manager), "returnRecall", json!({ "reason": "Tonnages came" })).await;
        assert_eq!(keeper.accept(&early, saying).await["userErrors"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn undoing_an_import_keeps_what_was_approved_and_says_why() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        let keeper = office.keeper();
        office.complete().await;
        let rows = json!([["Ref", "Period", "Result", "Commentary", "Remedial action", "Action owner", "Action due"],
            ["WM01", Q1, 58.4, "Wet spring", "Two more crews", "Waste manager", "2024-12-15"], ["PL01", Q1, 71.5, "", "", "", ""]]);
        let both = keeper.submit(office.world.code, "both.xlsx", workbook("Return", &rows)).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Late tonnages" });
        assert_eq!(keeper.accept(&both, saying).await["userErrors"], json!([]));
        office.approve().await;
        let undo = "mutation($input: ImportUndoInput!) { importUndo(input: $input) { reversed kept { because } failed { period because } userErrors { code message } } }";
        let undone = keeper.gql(undo, json!({ "input": { "id": both } })).await.data()["importUndo"].clone();
        assert_eq!(
            undone,
            json!({ "reversed": 1, "kept": [], "userErrors": [], "failed": [{ "period": Q1, "because":
                "the return of Waste Services for 2024/25 Q1 was approved by Dora Director on 14 October 2024: reopen for a correction (whoever \
                    may assure returns)" }] })
        );
        let wm01 = office.seen(&keeper).await["figures"]["nodes"][0].clone();
        assert_eq!(json!([wm01["differs"], wm01["point"]["value"]]), json!([false, "58.4"]));
        // Opened again, the rest is taken back by undoing once more; what was approved stays beside it.
        office.done(&keeper, "returnReopen", json!({ "reason": "The import was another quarter's" })).await;
        let undone = keeper.gql(undo, json!({ "input": { "id": both } })).await.data()["importUndo"].clone();
        assert_eq!(json!([undone["reversed"], undone["failed"]]), json!([1, []]));
        let wm01 = office.seen(&keeper).await["figures"]["nodes"][0].clone();
        assert_eq!(json!([wm01["differs"], wm01["point"]["value"], wm01["approved"]["value"]]), json!([true, "58.1", "58.4"]));
    })
    .await;
}

#[tokio::test]
async fn a_closed_period_takes_a_late_return_by_leave_alone() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        let keeper = office.keeper();
        let close = "mutation($input: PeriodCloseInput!) { periodClose(input: $input) { userErrors { code } } }";
        keeper.gql(close, json!({ "input": { "council": office.world.code, "period": Q1 } })).await.data();
        let shut = keeper.submit(office.world.code, "shut.xlsx", figure(61.2)).await;
        assert_eq!(keeper.plan(&shut).await["counts"]["refused"], 2);
        let allow = "mutation($input: LateEntryAllowInput!) { lateEntryAllow(input: $input) { return { id } userErrors { code } } }";
        let input = json!({ "return": office.id, "until": "2024-10-20", "reason": "The weighbridge was down" });
        let allowed = keeper.gql(allow, json!({ "input": input })).await.data();
        assert_eq!(allowed["lateEntryAllow"], json!({ "return": { "id": office.id }, "userErrors": [] }));
        // Waste Services' figure is taken, Planning's is not.
        let late = keeper.submit(office.world.code, "late.xlsx", figure(61.2)).await;
        let plan = keeper.plan(&late).await;
        assert_eq!(json!([plan["counts"]["new"], plan["counts"]["refused"]]), json!([1, 1]));
        // The plan is right until the day is over.
        harness.at("2024-10-21T00:00:00Z");
        let keeper = office.world.keeper_now();
        let accepted = keeper.accept(&late, json!({ "validRowsOnly": true })).await;
        assert_eq!(accepted["userErrors"][0]["code"], "PERIOD_CLOSED");
        harness.at("2024-10-20T23:59:00Z");
        let keeper = office.world.keeper_now();
        let accepted = keeper.accept(&late, json!({ "validRowsOnly": true })).await;
        assert_eq!(accepted["userErrors"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn the_workflow_is_not_switched_off_under_what_was_approved() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        let keeper = office.keeper();
        office.complete().await;
        office.approve().await;
        let admin = harness.person(office.world.council, "Ada Off", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let off = "mutation($input: WorkflowSwitchInput!) { workflowSwitch(input: $input) { workflow { from } userErrors { code } } }";
        let input = json!({ "input": { "council": office.world.code, "reason": "Too much work" } });
        let refused = office.of(&admin).gql(off, input.clone()).await.data();
        assert_eq!(refused["workflowSwitch"], json!({ "workflow": null, "userErrors": [{ "code": "WORKFLOW_IN_USE" }] }));
        // Reopened, it takes figures anyway; what was approved stays beside it when the workflow is off.
        office.done(&keeper, "returnReopen", json!({ "reason": "The workflow is given up" })).await;
        switch(&office.world, None).await;
        let seen = office.seen(&keeper).await;
        assert_eq!((&seen["state"], &seen["lock"]), (&json!("OPEN"), &Value::Null));
        assert!(seen["viewerActs"].as_array().expect("acts").iter().all(|act| act["possible"] == false), "{seen}");
        assert_eq!(seen["figures"]["nodes"][0]["approved"]["value"], "58.1");
        let late = keeper.submit(office.world.code, "late.xlsx", figure(61.3)).await;
        assert_eq!(keeper.plan(&late).await["counts"]["refused"], 0);
    })
    .await;
}
