//! What is entered is taken as a workbook's rows are, and can be looked at first, corrected and taken back.

use chrono::Duration;
use rules::framework::IndicatorRow;
use rules::measure::{Aggregation, Purpose};
use serde_json::{Value, json};
use tests::{World, for_each_database, framework, indicator, workbook, workbook_of};

use super::{accepted, correct, figure, point, record, refusals, send};
use crate::imports::{first_quarter, lines};

const REPLAN: &str =
    "mutation($input: ImportReplanInput!) { importReplan(input: $input) { import { state counts { changed same } } userErrors { code } } }";

/// The rows of `first_quarter`, as they are entered.
fn entered() -> Value {
    json!([
        { "indicator": "WM01", "period": "2024/25 Q1", "value": "61.2", "numerator": "612", "denominator": 1000, "commentary": "A dry spring." },
        { "indicator": "WM02", "period": "2024-04", "value": 45 },
        { "indicator": "WM02", "period": "April to May 2024", "value": null, "absence": null },
        { "indicator": "WM02", "period": "2024-06", "value": 61, "commentary": "Two crews short." },
        { "indicator": "PL01", "period": "2024/25 Q1", "value": "88" },
        { "indicator": "BN01", "period": "2024/25 Q1", "value": "22.4" },
    ])
}

#[tokio::test]
async fn what_is_entered_reads_as_what_a_workbook_brings() {
    for_each_database(async |harness| {
        let (one, other) = (World::new(harness, "huntingdonshire").await, World::new(harness, "devon").await);
        other.keeper().take("devon", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let mut figures = entered();
        figures[2] = figure("WM02", "May 2024", "52");
        let payload = record(&one.keeper(), figures).await;
        assert_eq!(accepted(&payload), [6, 0, 0]);
        assert_eq!(payload["import"]["layout"], "ENTRY");
        assert_eq!(payload["import"]["fileName"], "an entry of 6 figures");
        for (code, period) in [
            ("WM01", "2024/25 Q1"),
            ("WM02", "2024-04"),
            ("WM02", "2024-05"),
            ("WM02", "2024-06"),
            ("PL01", "2024/25 Q1"),
            ("BN01", "2024/25 Q1"),
        ] {
            let (by_entry, by_workbook) =
                (point(&one.keeper(), "huntingdonshire", code, period).await, point(&other.keeper(), "devon", code, period).await);
            assert_ne!(by_entry["value"], Value::Null, "{code} {period}");
            assert_eq!(by_entry, by_workbook, "{code} {period}");
        }
        // What was sent is kept as it was sent, under its own digest.
        let sent = payload["import"]["entered"].as_str().expect("JSON");
        let kept: Value = serde_json::from_str(sent).expect("JSON");
        assert_eq!(
            kept[0],
            json!({ "indicator": "WM01", "period": "2024/25 Q1", "value": "61.2", "numerator": "612", "denominator": "1000",
            "commentary": "A dry spring." })
        );
        assert_eq!(payload["import"]["sha256"], goldenthread::files::sha256(sent.as_bytes()));
        assert_eq!(harness.count(one.council, "upload").await, 1, "the framework's own");

        // The same again is the same, and changes nothing.
        let before = harness.written(one.council).await;
        let mut figures = entered();
        figures[2] = figure("WM02", "May 2024", "52.0");
        assert_eq!(accepted(&record(&one.keeper(), figures).await), [0, 0, 6]);
        assert_eq!(harness.written(one.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_said_stays_and_no_words_take_words_out() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let whole = json!({ "indicator": "WM01", "period": "2024/25 Q1", "value": "61.2", "numerator": "612", "denominator": "1000",
            "state": "PROVISIONAL", "forecast": "60.5", "commentary": "A dry spring.", "qualityNote": "Weighed once.",
            "remedialAction": { "text": "Ask the crews.", "owner": "Robin", "due": "2024-12-01" } });
        assert_eq!(accepted(&record(&keeper, json!([whole])).await), [1, 0, 0]);
        let read = async || point(&keeper, "huntingdonshire", "WM01", "2024/25 Q1").await;
        let first = read().await;
        assert_eq!(first["remedialAction"], json!({ "text": "Ask the crews.", "owner": "Robin", "due": "2024-12-01" }));
        assert_eq!((&first["qualityNote"], &first["yearEnd"]["forecast"], &first["state"]), (&json!("Weighed once."), &json!("60.5"), &json!("PROVISIONAL")));

        // Explicit nulls are as nothing said: the whole figure stays.
        let nulls = json!({ "indicator": "WM01", "period": "2024/25 Q1", "value": null, "numerator": null, "denominator": null, "absence": null,
            "state": null, "forecast": null, "commentary": null, "remedialAction": { "text": null, "owner": null, "due": null },
            "qualityNote": null, "reason": null });
        assert_eq!(accepted(&record(&keeper, json!([nulls])).await), [0, 0, 1]);
        assert_eq!(read().await, first);

        // Words alone stand beside the figure that is held.
        harness.later(Duration::hours(1));
        let words = json!({ "indicator": "WM01", "period": "2024/25 Q1", "commentary": "A dry spring, and a wet June." });
        assert_eq!(accepted(&correct(&keeper, json!([words])).await), [0, 1, 0]);
        let mut expected = first.clone();
        expected["commentary"] = json!("A dry spring, and a wet June.");
        assert_eq!(read().await, expected);

        // One part alone: the other is as held, and the result follows.
        harness.later(Duration::hours(1));
        let part = json!({ "indicator": "WM01", "period": "2024/25 Q1", "numerator": "600" });
        assert_eq!(accepted(&correct(&keeper, json!([part])).await), [0, 1, 0]);
        let now = read().await;
        assert_eq!([&now["value"], &now["numerator"], &now["denominator"]], [&json!("60"), &json!("600"), &json!("1000")]);

        // Empty words take out what is held; without its text, the action is gone with who and when.
        harness.later(Duration::hours(1));
        let nothing = json!({ "indicator": "WM01", "period": "2024/25 Q1", "commentary": " ", "qualityNote": "", "remedialAction": { "text": "" } });
        assert_eq!(accepted(&correct(&keeper, json!([nothing.clone()])).await), [0, 1, 0]);
        let now = read().await;
        assert_eq!([&now["value"], &now["commentary"], &now["qualityNote"], &now["remedialAction"]], [&json!("60"), &Value::Null, &Value::Null, &Value::Null]);
        assert_eq!(harness.count(world.council, "observation WHERE superseded_at IS NULL AND remedial_due IS NOT NULL").await, 0);
        assert_eq!(accepted(&record(&keeper, json!([nothing])).await), [0, 0, 1]);

        // A reason for having none stands in place of the figure.
        harness.later(Duration::hours(1));
        let absent = json!({ "indicator": "WM01", "period": "2024/25 Q1", "absence": "NOT_AVAILABLE" });
        assert_eq!(accepted(&correct(&keeper, json!([absent])).await), [0, 1, 0]);
        let now = read().await;
        assert_eq!([&now["value"], &now["numerator"], &now["absence"]], [&Value::Null, &Value::Null, &json!("NOT_AVAILABLE")]);
        assert_eq!(now["yearEnd"]["forecast"], "60.5");
    })
    .await;
}

#[tokio::test]
async fn figures_are_as_exact_as_they_were_sent() {
    for_each_database(async |harness| {
        let mut book = framework("huntingdonshire");
        let contextual = |code, title, unit: &str| IndicatorRow {
            unit: unit.to_owned(),
            purpose: Purpose::Contextual,
            aggregation: Aggregation::Latest,
            ..indicator(code, title, "S1")
        };
        book.indicators.push(contextual("MO01", "Pounds and their pence", "Pounds"));
        book.indicators.push(contextual("YN01", "Strategy adopted", "Yes or no"));
        let world = World::empty(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "framework.xlsx", workbook_of(&book)).await;
        let many = "1234567890123456789.123456789";
        let figures = json!([
            figure("MO01", "2024/25 Q1", many),
            figure("YN01", "2024/25 Q1", "1"),
            // A percentage is what people say, however small: no column of a workbook to guess from.
            figure("PL01", "2024/25 Q1", "0.9"),
        ]);
        let payload = record(&keeper, figures.clone()).await;
        let acknowledge: Vec<Value> =
            refusals(&payload).iter().map(|told| json!({ "code": told.split(' ').next(), "reason": "So it is" })).collect();
        let input = json!({ "council": "huntingdonshire", "figures": figures, "acknowledge": acknowledge });
        assert_eq!(accepted(&send(&keeper, input).await), [3, 0, 0]);
        for (code, value) in [("MO01", many), ("YN01", "1"), ("PL01", "0.9")] {
            assert_eq!(point(&keeper, "huntingdonshire", code, "2024/25 Q1").await["value"], value, "{code}");
        }
        let yes = record(&keeper, json!([figure("YN01", "2024/25 Q2", "2")])).await;
        assert_eq!(refusals(&yes), ["VAL-017 input.figures.0.value"]);
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_a_plan_that_can_be_accepted_refused_and_made_anew() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.written(world.council).await;
        let preview = async |value: &str| {
            let figures = json!([figure("WM01", "2024/25 Q1", value), figure("WM02", "2024-04", "45")]);
            send(&keeper, json!({ "council": "huntingdonshire", "figures": figures, "preview": true })).await
        };
        let (first, second) = (preview("61.2").await, preview("56.4").await);
        for payload in [&first, &second] {
            assert_eq!((&payload["import"]["state"], &payload["userErrors"]), (&json!("PLANNED"), &json!([])));
        }
        assert_eq!(harness.written(world.council).await, before);
        let id = |payload: &Value| payload["import"]["id"].as_str().expect("an id").to_owned();
        let plan = keeper.plan(&id(&first)).await;
        assert_eq!(lines(&plan), ["NEW WM01 2024/25 Q1: nothing → 61.2%", "NEW WM02 2024-04: nothing → 45"]);
        assert_eq!(plan["changes"]["nodes"][1]["place"], json!({ "sheet": "figures", "cell": "value1" }));
        assert_eq!(keeper.accept(&id(&first), json!({ "digest": first["import"]["digest"] })).await["userErrors"], json!([]));

        // The other plan is out of date now, and is made anew at once: there is nothing to be read.
        harness.later(Duration::minutes(1));
        let stale = keeper.accept(&id(&second), json!({})).await;
        assert_eq!(stale["userErrors"][0]["code"], "PLAN_OUT_OF_DATE", "{stale:#}");
        let again = keeper.gql(REPLAN, json!({ "input": { "id": id(&second) } })).await.data()["importReplan"].clone();
        assert_eq!(again, json!({ "import": { "state": "PLANNED", "counts": { "changed": 1, "same": 1 } }, "userErrors": [] }));
        let open = keeper.accept(&id(&second), json!({})).await;
        assert_eq!(open["userErrors"][0]["code"], "WARNINGS_NOT_ACKNOWLEDGED");
        let saying = json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "Late tonnages" }] });
        assert_eq!(keeper.accept(&id(&second), saying).await["userErrors"], json!([]));
        assert_eq!(point(&keeper, "huntingdonshire", "WM01", "2024/25 Q1").await["value"], "56.4");
        assert_eq!(harness.count(world.council, "observation WHERE reason = 'Late tonnages'").await, 1);

        // Taken back, what was held before is held again.
        harness.later(Duration::minutes(1));
        assert_eq!(keeper.undo(&id(&second)).await["reversed"], 1);
        assert_eq!(point(&keeper, "huntingdonshire", "WM01", "2024/25 Q1").await["value"], "61.2");
    })
    .await;
}

#[tokio::test]
async fn each_correction_keeps_its_own_reason() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        assert_eq!(
            accepted(&record(&keeper, json!([figure("WM01", "2024/25 Q1", "61.2"), figure("WM02", "2024-04", "45")])).await),
            [2, 0, 0]
        );
        harness.later(Duration::hours(1));
        let changed = |first: Value, second: Value| {
            json!([
                { "indicator": "WM01", "period": "2024/25 Q1", "value": "61.4", "reason": first },
                { "indicator": "WM02", "period": "2024-04", "value": "46", "reason": second },
                { "indicator": "WM02", "period": "2024-05", "value": "52", "reason": "It is new" },
            ])
        };
        // One that does not say why is asked, at its own field and at the other that differs.
        let refused = record(&keeper, changed(json!("Late tonnages"), Value::Null)).await;
        assert_eq!(refusals(&refused), ["CHG-003 input.figures.0.value", "CHG-003 input.figures.1.value"]);
        assert_eq!(accepted(&record(&keeper, changed(json!("Late tonnages"), json!("A round was missed"))).await), [1, 2, 0]);
        for (code, reason) in [("WM01", "Late tonnages"), ("WM02", "A round was missed")] {
            let indicator = world.indicator(code).await;
            let reasons = "observation WHERE superseded_at IS NULL AND reason";
            assert_eq!(harness.count(world.council, &format!("{reasons} = '{reason}'")).await, 1, "{indicator}");
        }
        assert_eq!(harness.count(world.council, "observation WHERE superseded_at IS NULL AND reason IS NULL").await, 1);
    })
    .await;
}
