//! The GraphQL multipart request specification.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tests::{Answer, Client, World, answer, for_each_database, workbook};

use crate::imports::first_quarter;

const SUBMIT: &str = "mutation($input: ImportSubmitInput!) { importSubmit(input: $input) { import { fileName } userErrors { code } } }";

fn operations() -> String {
    json!({ "query": SUBMIT, "variables": { "input": { "council": "huntingdonshire", "file": null } } }).to_string()
}

fn file() -> Part {
    Part::bytes(workbook("Return", &first_quarter())).file_name("Q1.xlsx")
}

async fn sent(client: &Client<'_>, form: Form) -> Answer {
    answer(client.post("/graphql").header("graphql-require-preflight", "1").multipart(form)).await
}

#[tokio::test]
async fn a_file_takes_its_place_in_the_variables() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let form = Form::new().text("operations", operations()).text("map", r#"{"0":["variables.input.file"]}"#).part("0", file());
        let data = sent(&keeper, form).await.data();
        assert_eq!(data["importSubmit"], json!({ "import": { "fileName": "Q1.xlsx" }, "userErrors": [] }));

        // A stranger's file is not taken either way.
        let form = Form::new().text("operations", operations()).text("map", r#"{"0":["variables.input.file"]}"#).part("0", file());
        let refused = sent(&harness.visitor(), form).await;
        assert_eq!((refused.status, refused.codes()), (401, vec!["UNAUTHENTICATED".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_as_the_specification_has_it_is_refused_and_nothing_is_kept() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.holds(world.council).await;
        let order = "A multipart request is `operations`, then `map`, then the files it names.";
        let map = |text: &str| Form::new().text("operations", operations()).text("map", text.to_owned());
        let no_null = |place: &str| format!("`map` names `{place}`, where the variables have no null.");
        let cases: Vec<(&str, Form, u16, String)> = vec![
            ("nothing", Form::new(), 400, "The body is not multipart as its head says.".into()),
            ("no operations", Form::new().text("map", "{}"), 400, order.into()),
            ("no map", Form::new().text("operations", operations()), 400, order.into()),
            ("the file first", Form::new().part("0", file()).text("operations", operations()), 400, order.into()),
            ("a map that is none", map("[]"), 400, "`map` is not an object of lists of places.".into()),
            ("a file that did not come", map(r#"{"0":["variables.input.file"]}"#), 400, "`map` names a file that did not come.".into()),
            ("a file nobody named", map("{}").part("0", file()), 400, order.into()),
            ("no place", map(r#"{"0":[]}"#).part("0", file()), 400, "`map` names 1 to 8 places for each file.".into()),
            ("a place outside the variables", map(r#"{"0":["operationName"]}"#).part("0", file()), 400, no_null("operationName")),
            (
                "a place that is not there",
                map(r#"{"0":["variables.input.other"]}"#).part("0", file()),
                400,
                no_null("variables.input.other"),
            ),
            (
                "a place that is taken",
                map(r#"{"0":["variables.input.council"]}"#).part("0", file()),
                400,
                no_null("variables.input.council"),
            ),
            (
                "two files",
                map(r#"{"0":["variables.input.file"],"1":["variables.input.file"]}"#).part("0", file()).part("1", file()),
                400,
                "Send one file a request.".into(),
            ),
            (
                "a batch",
                Form::new().text("operations", format!("[{}]", operations())).text("map", "{}"),
                400,
                "Send one operation a request; batches are not taken.".into(),
            ),
            (
                "a large map",
                map(&format!(r#"{{"0":["{}"]}}"#, "variables".repeat(600))).part("0", file()),
                413,
                "`map` is 4096 bytes at most.".into(),
            ),
            (
                "large operations",
                Form::new().text("operations", "x".repeat(1_100_000)).text("map", "{}"),
                413,
                "A request is 1,048,576 bytes at most: send large values in parts, and files by multipart or to /uploads.".into(),
            ),
            (
                "a large file",
                map(r#"{"0":["variables.input.file"]}"#).part("0", Part::bytes(vec![b'P'; (2 << 20) + 1]).file_name("large.xlsx")),
                413,
                "A workbook is 2097152 bytes at most.".into(),
            ),
        ];
        for (what, form, status, message) in cases {
            let refused = sent(&keeper, form).await;
            assert_eq!((refused.status, refused.message()), (status, message.as_str()), "{what}");
            assert_eq!(refused.body.get("data"), None, "{what}");
        }
        assert_eq!(harness.holds(world.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn what_stands_for_a_file_and_is_none_is_an_input_error_and_no_failure() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        // The library writes this where a file was: a client can write it too.
        for forged in ["#__graphql_file__:0", "#__graphql_file__:7", "#__graphql_file__:18446744073709551615"] {
            let input = json!({ "council": "huntingdonshire", "file": forged });
            let answer = keeper.gql(SUBMIT, json!({ "input": input })).await;
            assert_eq!((answer.status, answer.codes()), (200, vec!["BAD_USER_INPUT".to_owned()]), "{forged}: {:#}", answer.body);
            assert_eq!(answer.body["data"]["importSubmit"], Value::Null);
            let literal = format!(
                r#"mutation {{ importSubmit(input: {{ council: "huntingdonshire", file: "{forged}" }}) {{ userErrors {{ code }} }} }}"#
            );
            assert_eq!(keeper.gql(&literal, json!({})).await.codes(), ["BAD_USER_INPUT"], "{forged}");
        }
    })
    .await;
}
