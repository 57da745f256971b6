//! A service's return, from the figures to the approval and through a correction.

use serde_json::{Value, json};
use tests::for_each_database;

use super::stage::{Office, Q1, codes};

#[tokio::test]
async fn a_return_is_made_asked_about_approved_and_corrected() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        let (keeper, manager, director) = (office.keeper(), office.of(&office.manager), office.of(&office.director));
        // There without anybody making it; due on 31 July, and it is October.
        let open = office.seen(&manager).await;
        assert_eq!(
            json!([open["state"], open["round"], open["revision"], open["dueOn"], open["overdue"], open["lock"]]),
            json!(["OPEN", 1, 0, "2024-07-31", true, null])
        );
        assert_eq!(open["figures"]["totalCount"], 4);
        let refused = office.act(&manager, "returnSubmit", json!({})).await;
        assert_eq!(codes(&refused), ["FIGURE_INCOMPLETE", "FIGURE_INCOMPLETE"]);
        assert_eq!(refused["userErrors"][0]["message"], format!("WM01: {Q1} lacks a figure, or why there is none."));

        // Amber: it wants words.
        office.enter(58.1, ["Wet spring", "", "", ""]).await;
        let bare = office.act(&manager, "returnSubmit", json!({})).await;
        let message = format!("WM01: {Q1} lacks a remedial action, who does it and by which day.");
        assert_eq!(bare["userErrors"], json!([{ "code": "FIGURE_INCOMPLETE", "message": message, "field": ["input", "return", "WM01"] }]));
        let correct = office.keeper().submit(office.world.code, "again.xlsx", again()).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "The action was missing" });
        assert_eq!(office.keeper().accept(&correct, saying).await["userErrors"], json!([]));
        office.done(&manager, "returnSubmit", json!({})).await;

        let submitted = office.seen(&manager).await;
        assert_eq!((&submitted["state"], &submitted["overdue"]), (&json!("SUBMITTED"), &json!(false)));
        assert_eq!(
            submitted["lock"],
            json!({ "because": "The return is submitted. To change its figures: take back (whoever may submit returns), or query (whoever may \
                assure returns).", "unlockedBy": "SUBMIT_RETURN", "roles": ["SERVICE_MANAGER"] })
        );
        assert_eq!(possible(&submitted), ["RECALL"]);
        assert_eq!(possible(&office.seen(&keeper).await), ["QUERY", "ASSURE"]);
        assert_eq!(possible(&office.seen(&director).await), Vec::<String>::new());
        assert_eq!(possible(&office.seen(&office.of(&office.auditor)).await), Vec::<String>::new());
        // Another council sees no such return, neither by its id nor in any list.
        let stranger = office.of(&office.stranger);
        assert_eq!(office.seen(&stranger).await, Value::Null);
        assert_eq!(office.returns(&stranger, json!({})).await, Vec::<Value>::new());
        assert_eq!(codes(&office.act(&stranger, "returnRecall", json!({ "reason": "None" })).await), ["RETURN_NOT_FOUND"]);

        let indicator = format!("i{}", office.world.indicator("WM01").await.simple());
        let question = json!({ "questions": [{ "indicator": indicator, "question": "All depots?" }] });
        office.done(&keeper, "returnQuery", question).await;
        let queried = office.seen(&manager).await;
        let asked = &queried["questions"][0];
        assert_eq!((&asked["question"], &asked["answer"], &asked["indicator"]["code"]), (&json!("All depots?"), &Value::Null, &json!("WM01")));
        assert_eq!(codes(&office.act(&manager, "returnSubmit", json!({})).await), ["QUESTION_OPEN"]);
        let answer = "mutation($input: ReturnAnswerInput!) { returnAnswer(input: $input) { return { questions { answer } } userErrors { code } } }";
        let input = json!({ "question": asked["id"], "answer": "All three" });
        let answered = manager.gql(answer, json!({ "input": input })).await.data();
        assert_eq!(answered["returnAnswer"], json!({ "return": { "questions": [{ "answer": "All three" }] }, "userErrors": [] }));

        office.approve().await;
        let approved = office.seen(&keeper).await;
        assert_eq!((&approved["state"], &approved["revision"]), (&json!("APPROVED"), &json!(5)));
        let wm01 = &approved["figures"]["nodes"][0];
        assert_eq!((&wm01["differs"], &wm01["approved"]["value"]), (&json!(false), &json!("58.1")));
        assert_eq!(wm01["approved"]["status"]["colour"], "AMBER");
        let history: Vec<Value> = approved["history"].as_array().expect("steps").iter().map(|step| json!([step["act"], step["by"]])).collect();
        let by = |act: &str, who: &str| json!([act, who]);
        let (sam, perry, dora) = ("Sam Service", "Perry Team", "Dora Director");
        assert_eq!(history, [by("SUBMIT", sam), by("QUERY", perry), by("SUBMIT", sam), by("ASSURE", perry), by("APPROVE", dora)]);

        // A correction is a difference, and what was approved stays beside it.
        office.done(&keeper, "returnReopen", json!({ "reason": "A depot was late" })).await;
        let late = office.keeper().submit(office.world.code, "late.xlsx", corrected()).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "A depot was late" });
        assert_eq!(office.keeper().accept(&late, saying).await["userErrors"], json!([]));
        let reopened = office.seen(&keeper).await;
        assert_eq!((&reopened["state"], &reopened["round"]), (&json!("OPEN"), &json!(2)));
        let wm01 = &reopened["figures"]["nodes"][0];
        assert_eq!(json!([wm01["differs"], wm01["point"]["value"], wm01["approved"]["value"]]), json!([true, "61.2", "58.1"]));
        office.approve().await;
        let wm01 = office.seen(&keeper).await["figures"]["nodes"][0].clone();
        assert_eq!(json!([wm01["differs"], wm01["approved"]["value"], wm01["approved"]["status"]["colour"]]), json!([false, "61.2", "GREEN"]));
    })
    .await;
}

/// WM01 with all it lacked.
fn again() -> Vec<u8> {
    tests::workbook(
        "Return",
        &json!([
            ["Ref", "Period", "Result", "Commentary", "Remedial action", "Action owner", "Action due"],
            ["WM01", Q1, 58.1, "Wet spring", "Two more crews", "Waste manager", "2024-12-15"],
        ]),
    )
}

fn corrected() -> Vec<u8> {
    tests::workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", Q1, 61.2]]))
}

fn possible(seen: &Value) -> Vec<String> {
    let acts = seen["viewerActs"].as_array().expect("acts");
    assert!(acts.iter().all(|act| act["possible"].as_bool() == Some(act["because"].is_null())), "{acts:?}");
    acts.iter().filter(|act| act["possible"] == true).map(|act| act["act"].as_str().expect("an act").to_owned()).collect()
}

#[tokio::test]
async fn lists_and_counts_say_how_far_the_collection_is() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        let (keeper, manager) = (office.keeper(), office.of(&office.manager));
        office.complete().await;
        let listed = async |client, with: Value| {
            let found = office.returns(client, with).await;
            let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            found
                .iter()
                .map(|one| format!("{} {} {}", word(&one["element"]["code"]), word(&one["period"]), word(&one["state"])))
                .collect::<Vec<_>>()
        };
        let first = ["S1 2024/25 Q1 OPEN", "S2 2024/25 Q1 OPEN", "S3 2024/25 Q1 OPEN"];
        assert_eq!(listed(&keeper, json!({ "period": Q1 })).await, first);
        assert_eq!(listed(&manager, json!({ "period": Q1 })).await, first[..1]);
        // The second quarter is due at the end of October.
        assert_eq!(listed(&keeper, json!({ "overdue": true })).await, first);
        assert_eq!(listed(&manager, json!({ "mine": true })).await, ["S1 2024/25 Q2 OPEN", "S1 2024/25 Q1 OPEN"]);
        office.done(&manager, "returnSubmit", json!({})).await;
        assert_eq!(listed(&keeper, json!({ "mine": true })).await, ["S1 2024/25 Q1 SUBMITTED"]);
        assert_eq!(listed(&keeper, json!({ "state": "SUBMITTED" })).await, ["S1 2024/25 Q1 SUBMITTED"]);
        assert_eq!(listed(&keeper, json!({ "overdue": true, "period": Q1 })).await, first[1..]);

        let counts = "owed open submitted queried assured approved published overdue figuresExpected figuresGiven figuresExplained";
        let query = format!(
            "query($council: String!) {{ council(code: $council) {{ collection(period: \"{Q1}\") {{ whole {{ {counts} }}
                directorates {{ element {{ code }} counts {{ {counts} }} }} }} }} }}"
        );
        let data = keeper.gql(&query, json!({ "council": office.world.code })).await.data();
        let collection = &data["council"]["collection"];
        let of = |counts: &Value| {
            ["owed", "open", "submitted", "overdue", "figuresExpected", "figuresGiven", "figuresExplained"]
                .map(|name| counts[name].as_i64().expect("a count"))
        };
        // Four figures of Waste Services, one of Planning and one of the third service, which have none.
        assert_eq!(of(&collection["whole"]), [3, 2, 1, 2, 6, 4, 4]);
        let directorates: Vec<_> = collection["directorates"]
            .as_array()
            .expect("directorates")
            .iter()
            .map(|d| (d["element"]["code"].clone(), of(&d["counts"])))
            .collect();
        assert_eq!(directorates, [(json!("D1"), [2, 1, 1, 1, 5, 4, 4]), (json!("D2"), [1, 1, 0, 1, 1, 0, 0])]);
    })
    .await;
}
