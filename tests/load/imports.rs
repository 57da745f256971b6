//! How long a workbook takes from the front door: sent and planned, then accepted.

use std::time::{Duration, Instant};

use reqwest::Client;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use tests::operation;

use crate::cases::graphql;
use crate::generate::{Council, INDICATORS, OPEN, code};

/// How often the state of a return is asked for while it is being planned.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// What one workbook took.
#[derive(Clone, Copy)]
pub struct Timing {
    /// Until the upload is kept.
    pub sent: Duration,
    /// From the submission to the plan that can be looked at.
    pub planned: Duration,
    /// From accepting to the answer.
    pub accepted: Duration,
}

impl Timing {
    /// From the first byte of the upload to the plan that can be looked at.
    pub fn until_planned(&self) -> Duration {
        self.sent + self.planned
    }
}

/// Sends each of these councils a return for the open month, one after another.
pub async fn returns(url: &str, councils: &[Council], client: &Client) -> Vec<Timing> {
    let mut timings = Vec::new();
    for council in councils {
        timings.push(take(url, council, client, &Workload { file: workbook(), rows: INDICATORS, look_every: LOOK_EVERY }).await);
    }
    timings
}

/// A workbook to be taken.
pub struct Workload {
    pub file: Vec<u8>,
    /// Figures in it, all new.
    pub rows: usize,
    /// How often its state is asked for.
    pub look_every: Duration,
}

/// Uploads, submits, waits for the plan, looks at it, accepts.
pub async fn take(url: &str, council: &Council, client: &Client, work: &Workload) -> Timing {
    let begun = Instant::now();
    let sent = client.post(format!("{url}/uploads?name=return.xlsx")).bearer_auth(&council.token).body(work.file.clone());
    let upload: Value = sent.send().await.expect("is answered").json().await.expect("JSON");
    let upload = upload["upload"].as_str().unwrap_or_else(|| panic!("no upload: {upload}"));
    let sent = begun.elapsed();

    let begun = Instant::now();
    let input = json!({ "input": { "council": council.code, "upload": upload } });
    let submitted = graphql(url, council, operation("ImportSubmit"), &input).ask_json(client).await;
    let id = submitted["data"]["importSubmit"]["import"]["id"].as_str().unwrap_or_else(|| panic!("not submitted: {submitted}")).to_owned();
    let state = graphql(url, council, "query State($id: ID!) { node(id: $id) { ... on Import { state } } }", &json!({ "id": id }));
    loop {
        let answer = state.ask_json(client).await;
        match answer["data"]["node"]["state"].as_str() {
            Some("QUEUED" | "READING") => tokio::time::sleep(work.look_every).await,
            Some("PLANNED") => break,
            _ => {
                let plan = graphql(url, council, operation("ImportPlan"), &json!({ "id": id })).ask_json(client).await;
                panic!("not planned: {answer} {plan:#}");
            }
        }
    }
    let planned = begun.elapsed();
    let plan = graphql(url, council, operation("ImportPlan"), &json!({ "id": id })).ask_json(client).await;
    check_plan(&plan, work.rows);
    let open = "query Open($id: ID!) { node(id: $id) { ... on Import { openWarnings { code } } } }";
    let open = graphql(url, council, open, &json!({ "id": id })).ask_json(client).await;
    let warnings = open["data"]["node"]["openWarnings"].as_array().unwrap_or_else(|| panic!("{open:#}")).iter();
    let warnings: Vec<Value> = warnings.map(|warning| json!({ "code": warning["code"], "reason": "As generated." })).collect();

    let begun = Instant::now();
    let input = json!({ "input": { "id": id, "acknowledgements": warnings } });
    let accepted = graphql(url, council, operation("ImportAccept"), &input).ask_json(client).await;
    assert_eq!(accepted["data"]["importAccept"]["import"]["state"], "ACCEPTED", "{accepted}");
    Timing { sent, planned, accepted: begun.elapsed() }
}

/// Every row is planned to be entered.
fn check_plan(answer: &Value, rows: usize) {
    let import = &answer["data"]["node"];
    assert_eq!((&import["counts"]["new"], &import["counts"]["errors"]), (&json!(rows), &json!(0)), "{answer:#}");
}

/// A long sheet: one row an indicator.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Return").expect("the name is short");
    for (column, heading) in (0_u16..).zip(["Ref", "Period", "Result", "Commentary"]) {
        sheet.write(0, column, heading).expect("inside the sheet");
    }
    for (row, n) in (1_u32..).zip(0..INDICATORS) {
        sheet.write(row, 0, code(n)).expect("inside the sheet");
        sheet.write(row, 1, OPEN).expect("inside the sheet");
        sheet.write(row, 2, 75.0 + f64::from(row % 97) / 10.0).expect("inside the sheet");
        if n % 3 == 0 {
            sheet.write(row, 3, "As expected for the time of the year.").expect("inside the sheet");
        }
    }
    book.save_to_buffer().expect("a workbook of cells")
}
