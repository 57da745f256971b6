//! Forums: their meetings, what they ask, and what becomes of it.

mod calendar;
mod meetings;
mod model;
mod packs;
mod people;
mod programme;
mod questions;

use serde_json::{Value, json};
use tests::{Answer, Client};

pub use people::Panel;

/// All of a question a journey looks at.
const QUESTION: &str = "fragment Q on Question { id number kind state revision words askedBy recordedBy assignedTo dueOn overdue answer \
    answeredBy period forum { code } meeting { id heldOn } indicator { code title } element { code title } \
    history { act state person words assignedTo dueOn } viewerActs { act possible because } viewerCan }";
/// All of a meeting.
const MEETING: &str = "fragment M on Meeting { id heldOn period agendaReference title state note revision forum { code } \
    packs { id } questions { number } viewerActs { act possible because } viewerCan }";

/// Does something to questions or meetings; answers the payload.
pub async fn act(client: &Client<'_>, verb: &str, input: Value) -> Value {
    tried(client, verb, input).await.data()[verb].clone()
}

/// The same, whatever comes of it.
pub async fn tried(client: &Client<'_>, verb: &str, input: Value) -> Answer {
    let (of, fragment) = if verb.starts_with("meeting") { ("meeting { ...M }", MEETING) } else { ("question { ...Q }", QUESTION) };
    let name = format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..]);
    let document =
        format!("mutation($input: {name}!) {{ {verb}(input: $input) {{ {of} userErrors {{ code message field }} }} }} {fragment}");
    client.gql(&document, json!({ "input": input })).await
}

/// The same, refused for a reason a person can put right: its code.
pub async fn refused(client: &Client<'_>, verb: &str, input: Value) -> String {
    let told = act(client, verb, input).await;
    assert!(told["meeting"].is_null() && told["question"].is_null(), "{told:#}");
    told["userErrors"][0]["code"].as_str().unwrap_or_else(|| panic!("{told:#}")).to_owned()
}

/// The same, done: the question or the meeting as it is now.
pub async fn done(client: &Client<'_>, verb: &str, input: Value) -> Value {
    let told = act(client, verb, input).await;
    assert_eq!(told["userErrors"], json!([]), "{verb}");
    if verb.starts_with("meeting") { told["meeting"].clone() } else { told["question"].clone() }
}

/// A question by id, as somebody sees it.
pub async fn question(client: &Client<'_>, id: &Value) -> Value {
    let document = format!("query($id: ID!) {{ node(id: $id) {{ ...Q }} }} {QUESTION}");
    client.gql(&document, json!({ "id": id })).await.data()["node"].clone()
}

/// A meeting by id, as somebody sees it.
pub async fn meeting(client: &Client<'_>, id: &Value) -> Value {
    let document = format!("query($id: ID!) {{ node(id: $id) {{ ...M }} }} {MEETING}");
    client.gql(&document, json!({ "id": id })).await.data()["node"].clone()
}

/// What is to be done to something, from what was seen of it.
pub fn seen(what: &str, of: &Value) -> Value {
    json!({ what: of["id"], "revision": of["revision"] })
}

/// The same with more.
pub fn with(mut input: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("{more} is no object") };
    input.as_object_mut().expect("an object").extend(more);
    input
}
