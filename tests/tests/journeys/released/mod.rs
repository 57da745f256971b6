//! What a forum is given, and who reads which version of a figure.

mod approved;
mod cycle;
mod given;
mod model;
mod packs;
mod public;

use serde_json::{Value, json};
use tests::{Client, World, workbook};

pub const RELEASE: &str = "mutation($input: ForumReleaseInput!) { forumRelease(input: $input) {
    release { id asAt despite note releasedBy withdrawnAt viewerCan forum { code } period } userErrors { code message field } } }";
pub const WITHDRAW: &str = "mutation($input: ReleaseWithdrawInput!) { releaseWithdraw(input: $input) {
    release { id withdrawnAt withdrawnBy notice } userErrors { code message } } }";

pub const PUBLISH: &str = "mutation($input: FiguresPublishInput!) { figuresPublish(input: $input) {
    published unchanged refused { indicator period reason because } userErrors { code message } } }";
pub const UNPUBLISH: &str = "mutation($input: PublicationWithdrawInput!) { publicationWithdraw(input: $input) {
    withdrawn userErrors { code message } } }";

/// Gives a forum a period's figures; answers the payload.
pub async fn release(client: &Client<'_>, forum: &str, period: &str, despite: Option<&str>) -> Value {
    release_in(client, "huntingdonshire", forum, period, despite).await
}

/// The same in any council.
pub async fn release_in(client: &Client<'_>, council: &str, forum: &str, period: &str, despite: Option<&str>) -> Value {
    let input = json!({ "council": council, "forum": forum, "period": period, "despite": despite });
    client.gql(RELEASE, json!({ "input": input })).await.data()["forumRelease"].clone()
}

/// The same where nothing stands in the way; answers the release's id.
pub async fn released(client: &Client<'_>, forum: &str, period: &str) -> String {
    let made = release(client, forum, period, None).await;
    assert_eq!(made["userErrors"], json!([]));
    made["release"]["id"].as_str().expect("an id").to_owned()
}

pub async fn withdraw(client: &Client<'_>, release: &str, notice: &str) -> Value {
    let input = json!({ "release": release, "notice": notice });
    client.gql(WITHDRAW, json!({ "input": input })).await.data()["releaseWithdraw"].clone()
}

/// The codes of what was refused.
pub fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().expect("a list").iter().map(|error| error["code"].as_str().expect("a code")).collect()
}

/// A series as lines: `2024/25 Q1 61.2 GREEN RELEASED`; none where the indicator is not there at all.
pub async fn series(client: &Client<'_>, code: &str, until: &str, last: i32, as_at: Option<&str>) -> Option<Vec<String>> {
    let query = "query($code: String!, $until: Period!, $last: Int!, $asAt: DateTime) { viewer { council {
        indicator(code: $code) { series(until: $until, last: $last, asAt: $asAt) { period value reading status { colour } } } } } }";
    let data = client.gql(query, json!({ "code": code, "until": until, "last": last, "asAt": as_at })).await.data();
    let series = data["viewer"]["council"]["indicator"]["series"].as_array()?.clone();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    Some(
        series
            .iter()
            .map(|p| format!("{} {} {} {}", text(&p["period"]), text(&p["value"]), text(&p["status"]["colour"]), text(&p["reading"])))
            .collect(),
    )
}

/// One figure of a period, imported and accepted as a correction where there was one.
pub async fn record(world: &World<'_>, code: &str, period: &str, value: f64) {
    let keeper = world.keeper();
    let bytes = workbook("Return", &json!([["Ref", "Period", "Result"], [code, period, value]]));
    let id = keeper.submit("huntingdonshire", "figure.xlsx", bytes).await;
    let saying = json!({ "acknowledgedWarnings": ["CHG-003", "VAL-031", "VAL-032", "VAL-033"], "reason": "Late counts" });
    let accepted = keeper.accept(&id, saying).await;
    assert_eq!(accepted["userErrors"], json!([]), "{code} {period} {value}");
}
