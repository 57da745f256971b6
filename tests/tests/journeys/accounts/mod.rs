//! Accounts of a small installation: passwords, limits, sessions, machine tokens, and the command line that begins it.

mod command_line;
mod limits;
mod machines;
mod passwords;
mod sessions;
mod signing_in;
mod turns;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Client, Harness, Person};
use uuid::Uuid;

const PASSWORD: &str = "seven plums in a ditch";
const WRONG: &str = "eight plums in a ditch";
const CODE: &str = "huntingdonshire";

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) {
    signedIn { accessToken expiresAt refreshToken refreshExpiresAt } waitSeconds userErrors { code message field } } }";
const REFRESH: &str = "mutation($input: SignInRefreshInput!) { signInRefresh(input: $input) {
    signedIn { accessToken refreshToken refreshExpiresAt } userErrors { code message field } } }";
const SET: &str = "mutation($input: PasswordSetInput!) { passwordSet(input: $input) {
    account { council email name } userErrors { code message field } } }";
const LINK: &str = "mutation($input: PasswordLinkIssueInput!) { passwordLinkIssue(input: $input) {
    link { token expiresAt } userErrors { code message } } }";

/// What somebody who signed in is handed.
struct In {
    access: String,
    refresh: String,
}

/// Tries to sign in at Huntingdonshire; answers the payload.
async fn try_in(client: &Client<'_>, email: &str, password: &str) -> Value {
    let input = json!({ "council": CODE, "email": email, "password": password });
    client.gql(SIGN_IN, json!({ "input": input })).await.data()["signIn"].clone()
}

async fn sign_in(client: &Client<'_>, email: &str) -> In {
    let payload = try_in(client, email, PASSWORD).await;
    handed(&payload)
}

fn handed(payload: &Value) -> In {
    let text = |field: &str| payload["signedIn"][field].as_str().unwrap_or_else(|| panic!("{payload:#}")).to_owned();
    In { access: text("accessToken"), refresh: text("refreshToken") }
}

/// The code of a payload's only refusal.
fn refusal(payload: &Value) -> &str {
    assert_eq!(payload["userErrors"].as_array().map(Vec::len), Some(1), "{payload:#}");
    payload["userErrors"][0]["code"].as_str().expect("a code")
}

async fn refresh(client: &Client<'_>, token: &str) -> Value {
    client.gql(REFRESH, json!({ "input": { "refreshToken": token } })).await.data()["signInRefresh"].clone()
}

async fn set_password(client: &Client<'_>, token: &str, password: &str) -> Value {
    client.gql(SET, json!({ "input": { "token": token, "password": password } })).await.data()["passwordSet"].clone()
}

async fn administrator(harness: &Harness, council: Uuid) -> Person {
    harness.person(council, "Ada Ministrator", &[(Role::CouncilAdministrator, GrantScope::Council)]).await
}

/// Issues a link to a person through the front door.
async fn link(administrator: &Client<'_>, person: Uuid) -> String {
    let input = json!({ "person": format!("q{}", person.simple()) });
    let payload = administrator.gql(LINK, json!({ "input": input })).await.data()["passwordLinkIssue"].clone();
    assert_eq!(payload["userErrors"], json!([]));
    payload["link"]["token"].as_str().expect("a token").to_owned()
}

/// Gives people passwords by links, opened at an address of their own: nobody is known anywhere else by it.
async fn give_passwords(harness: &Harness, council: Uuid, people: &[&Person]) {
    let administrator = administrator(harness, council).await;
    for person in people {
        let token = link(&harness.sign_in(&administrator), person.id).await;
        let set = set_password(&harness.visitor_from(250), &token, PASSWORD).await;
        assert_eq!(set["userErrors"], json!([]));
    }
    // As if it had been long ago: tokens printed since hold.
    change(harness, council, "UPDATE person SET tokens_valid_from = NULL").await;
}

/// A council, and somebody of its performance team with a password.
async fn somebody(harness: &Harness) -> (Uuid, Person) {
    let council = harness.council(CODE).await;
    let person = harness.performance_team(council).await;
    give_passwords(harness, council, &[&person]).await;
    (council, person)
}

const EMAIL: &str = "perry.team@example.org";

/// Whether a token lets somebody in.
async fn lets_in(harness: &Harness, token: &str) -> bool {
    let answer = harness.client(Some(token.to_owned())).gql("{ viewer { name } }", json!({})).await;
    match answer.status {
        200 => !answer.data()["viewer"]["name"].is_null(),
        401 => false,
        other => panic!("{other}: {:#}", answer.body),
    }
}

/// Texts of a statement's first column, nulls as `-`.
async fn texts(harness: &Harness, council: Uuid, sql: &str) -> Vec<String> {
    let snapshot = harness.app.db.snapshot(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let rows = snapshot.query_all_raw(Statement::from_string(harness.app.db.backend(), sql)).await.expect("reads");
    rows.iter().map(|row| row.try_get_by_index::<Option<String>>(0).expect("a text").unwrap_or_else(|| "-".into())).collect()
}

/// What the audit trail says, in order, of events whose verb begins so: verb and outcome.
async fn trail(harness: &Harness, council: Uuid, verb: &str) -> Vec<String> {
    let sql = format!("SELECT verb || ' ' || outcome FROM audit_event WHERE verb LIKE '{verb}%' ORDER BY seq");
    texts(harness, council, &sql).await
}

async fn change(harness: &Harness, council: Uuid, sql: &str) {
    let change = harness.app.db.change(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    change.execute_unprepared(sql).await.expect("changes");
    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}
