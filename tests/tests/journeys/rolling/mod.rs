//! From one edition of the framework to the next: marked, rolled forward, adopted, compared.

mod compared;
mod forward;

use rules::framework::{FrameworkBook, IndicatorRow, ReportingPeriodRow, TargetRow};
use rules::measure::{ElementKind, FrameworkState};
use rules::status::Shape;
use serde_json::{Value, json};
use tests::{Client, World, day, period};

pub const CODE: &str = "huntingdonshire";

const SHOWN: &str = "framework { edition state title standsFrom standsUntil adoptedBy minuteReference indicators { nodes { code } } }";

/// What came of an act on editions: the payload without its errors, or the code of the first of them.
pub async fn act(client: &Client<'_>, name: &str, mut input: Value) -> Result<Value, String> {
    let field = format!("{}{}", name[..1].to_lowercase(), &name[1..]);
    let more = if name == "FrameworkRollForward" { "carried unmarked left { code because } ended" } else { "" };
    let document =
        format!("mutation($input: {name}Input!) {{ {field}(input: $input) {{ {SHOWN} {more} userErrors {{ code message }} }} }}");
    input["council"] = input.get("council").cloned().unwrap_or_else(|| json!(CODE));
    let answer = client.gql(&document, json!({ "input": input })).await;
    let payload = &answer.body["data"][field.as_str()];
    match payload["framework"].as_object() {
        Some(_) => {
            assert_eq!(payload["userErrors"], json!([]));
            Ok(payload.clone())
        }
        None => Err(payload["userErrors"][0]["code"].as_str().map_or_else(|| answer.codes().join(" "), str::to_owned)),
    }
}

pub fn next() -> Value {
    json!({ "edition": "2025/26", "standsFrom": "2025-04-01", "standsUntil": "2026-03-31" })
}

pub fn adoption() -> Value {
    json!({ "edition": "2025/26", "adoptedBy": "Council", "adoptedOn": "2024-10-09", "minuteReference": "24/90" })
}

pub fn marks() -> Value {
    json!({ "marks": [
        { "indicator": "PL01", "disposition": "REMOVE", "reason": "No longer ours" },
        { "indicator": "WM01", "disposition": "AMEND", "reason": "Food waste counts too" },
        { "indicator": "BN01", "disposition": "RETAIN" },
    ] })
}

/// Codes of the indicators of an edition that a payload shows.
pub fn codes(payload: &Value) -> Vec<String> {
    let nodes = payload["framework"]["indicators"]["nodes"].as_array().expect("indicators");
    nodes.iter().map(|node| node["code"].as_str().expect("a code").to_owned()).collect()
}

/// The draft that follows the small framework, as people work on it: a team is new, an outcome is called otherwise and a service
/// moved; PL01 is gone, WM01 is measured otherwise, WM09 is new; there is a target for the year, and statuses are words.
pub fn draft(code: &str) -> FrameworkBook {
    let mut book = tests::framework(code);
    book.edition.edition = "2025/26".into();
    book.edition.state = FrameworkState::Draft;
    (book.edition.from, book.edition.until) = (day("2025-04-01"), Some(day("2026-03-31")));
    (book.edition.adopted_by, book.edition.adopted_on, book.edition.minute_reference) = (None, None, None);
    book.elements[2].title = "Far less waste".into();
    book.elements[6].parent = Some("D2".into());
    let service = book.elements[5].clone();
    let team = rules::framework::ElementRow { code: "T1".into(), title: "Food waste crews".into(), kind: ElementKind::Team, ..service };
    book.elements.push(rules::framework::ElementRow { parent: Some("S1".into()), ..team });
    let amended = IndicatorRow {
        version: 2,
        applies_from: Some(period("2025/26 Q1")),
        definition: "Household waste recycled, food waste among it.".into(),
        ..book.indicators[0].clone()
    };
    book.indicators.retain(|row| row.code != "PL01");
    book.indicators.push(amended);
    book.indicators.push(tests::indicator("WM09", "Food waste collected", "S1"));
    book.links.retain(|row| row.from != "PL01");
    book.targets.retain(|row| row.indicator != "PL01");
    let year = TargetRow { period: period("2025/26"), ..book.targets[0].clone() };
    book.targets.push(TargetRow { target: Some(63.into()), ..year.clone() });
    book.targets.push(TargetRow { indicator: "WM09".into(), target: Some(900.into()), intervention: None, ..year });
    book.periods = vec![ReportingPeriodRow { period: period("2025/26 Q1"), open: true, due_on: None }];
    book.rules[0].shape = Shape::Words;
    book.rules[0].applies_from = day("2025-04-01");
    book
}

/// A council's indicators are marked, its edition is rolled forward, and the draft is worked on as any edition is: by a workbook.
pub async fn roll(world: &World<'_>) {
    let keeper = world.keeper();
    for (name, mut input) in [("IndicatorMark", marks()), ("FrameworkRollForward", next())] {
        input["council"] = json!(world.code);
        act(&keeper, name, input).await.unwrap_or_else(|code| panic!("{name}: {code}"));
    }
    keeper.take(world.code, "draft.xlsx", tests::workbook_of(&draft(world.code))).await;
}
