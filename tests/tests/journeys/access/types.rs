//! Every field of every object the schema has, tried by everyone on their own council's things and on another's.
//!
//! The fields come from the schema; how to get to an object of each type is said in `doors.rs`, and a type without a
//! door fails. What was found is compared with `types.txt`, where fields that answer everyone alike share a line.
//! `GOLDENTHREAD_UPDATE_MATRIX=1` writes it anew, to be read before it is kept.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};
use tests::{Answer, Client, Socket, for_each_database};

use super::doors::{By, DOORS, Door, argument};
use super::stage::{Stage, Things};
use super::{COLUMNS, outcome};

const EXPECTED: &str = include_str!("types.txt");

/// What the schema says of the objects it has.
const SCHEMA: &str = "{ __schema { queryType { name } mutationType { name } subscriptionType { name }
    types { kind name fields(includeDeprecated: true) { name args { name defaultValue type { kind } } type { ...T } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// An object type: its name and its fields with what they are asked with.
struct Object {
    name: String,
    fields: Vec<(String, String)>,
}

#[tokio::test]
async fn every_field_answers_whom_it_is_for() {
    for_each_database(async |harness| {
        // Every field there is, of every object, in one document: more than the product takes.
        let harness = &harness.limited(&["aliases=50000", "fields=50000", "tokens=200000", "document-bytes=1048576"]).await;
        let stage = Stage::set(harness).await;
        let objects = objects(&stage.everybody[2]).await;
        let without: Vec<&str> =
            objects.iter().map(|o| o.name.as_str()).filter(|name| !DOORS.iter().any(|door| door.object == *name)).collect();
        assert_eq!(without, Vec::<&str>::new(), "say in doors.rs how to get to these types");
        let mut found: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
        for client in &stage.everybody {
            for (things, whose) in [(&stage.own, "own"), (&stage.other, "other")] {
                for (field, outcome) in try_all(client, things, &objects).await {
                    found.entry((field, whose)).or_default().push(outcome);
                }
            }
        }
        let found = printed(&found);
        if std::env::var_os("GOLDENTHREAD_UPDATE_MATRIX").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/journeys/access/types.txt");
            std::fs::write(path, &found).expect("writes types.txt");
            return;
        }
        let differ: Vec<String> = diff(EXPECTED, &found);
        assert!(differ.is_empty(), "types.txt says otherwise:\n{}", differ.join("\n"));
    })
    .await;
}

async fn objects(client: &Client<'_>) -> Vec<Object> {
    let schema = client.gql(SCHEMA, json!({})).await.data()["__schema"].clone();
    let roots = ["queryType", "mutationType", "subscriptionType"].map(|root| schema[root]["name"].clone());
    let types = schema["types"].as_array().expect("types").clone();
    let ours = |ty: &&Value| {
        let name = ty["name"].as_str().unwrap_or_default();
        ty["kind"] == "OBJECT" && !name.starts_with("__") && !roots.contains(&ty["name"])
    };
    types.iter().filter(ours).map(object).collect()
}

fn object(ty: &Value) -> Object {
    let name = ty["name"].as_str().expect("a name").to_owned();
    let fields = ty["fields"].as_array().expect("fields").iter().map(|field| {
        let field_name = field["name"].as_str().expect("a name");
        let needed = field["args"].as_array().expect("arguments").iter();
        let needed = needed.filter(|arg| arg["type"]["kind"] == "NON_NULL" && arg["defaultValue"].is_null());
        let given: Vec<String> = needed
            .map(|arg| {
                let arg = arg["name"].as_str().expect("a name");
                format!("{arg}: {}", argument(&name, field_name, arg))
            })
            .collect();
        let given = if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) };
        let below = if is_leaf(&field["type"]) { "" } else { " { __typename }" };
        (field_name.to_owned(), format!("{field_name}{given}{below}"))
    });
    let fields = fields.collect();
    Object { name, fields }
}

fn is_leaf(ty: &Value) -> bool {
    match ty["kind"].as_str() {
        Some("NON_NULL" | "LIST") => is_leaf(&ty["ofType"]),
        Some(kind) => matches!(kind, "SCALAR" | "ENUM"),
        None => true,
    }
}

/// Every field of every object by one client: one query, one mutation of acts that change nothing, and each try and each subscription alone.
async fn try_all(client: &Client<'_>, things: &Things<'_>, objects: &[Object]) -> Vec<(String, String)> {
    let door = |object: &Object| DOORS.iter().find(|door| door.object == object.name).expect("every type has a door");
    let through = |by| objects.iter().map(|object| (object, door(object))).filter(move |(_, door)| door.by == by);
    let mut outcomes = Vec::new();
    for by in [By::Query, By::Mutation] {
        outcomes.extend(try_these(client, things, by, &through(by).collect::<Vec<_>>()).await);
    }
    for one in through(By::Try).chain(through(By::Subscription)) {
        outcomes.extend(try_these(client, things, one.1.by, &[one]).await);
    }
    outcomes
}

/// Every field of these objects, in one document.
async fn try_these(client: &Client<'_>, things: &Things<'_>, by: By, objects: &[(&Object, &Door)]) -> Vec<(String, String)> {
    let mut document = match by {
        By::Query => "query {",
        By::Mutation | By::Try => "mutation {",
        By::Subscription => "subscription {",
    }
    .to_owned();
    for (at, (object, door)) in objects.iter().enumerate() {
        let fields: Vec<String> = object.fields.iter().enumerate().map(|(n, (_, field))| format!("f{n}: {field}")).collect();
        write!(document, " t{at}: {}", nested(&door.path(things), &fields.join(" "))).expect("writes");
    }
    document.push('}');
    let answer = if by == By::Subscription { watch(client, &document).await } else { client.gql(&document, json!({})).await };
    let fields = objects.iter().enumerate().flat_map(|(at, (object, door))| {
        let path = door.path(things);
        let answer = &answer;
        let outcome = move |(n, (field, _)): (usize, &(String, String))| (format!("{}.{field}", object.name), judge(answer, at, &path, n));
        object.fields.iter().enumerate().map(outcome)
    });
    fields.collect()
}

/// The first thing a subscription says.
async fn watch(client: &Client<'_>, document: &str) -> Answer {
    let mut socket = Socket::connect(&client.harness.url).await;
    socket.send(&json!({ "type": "connection_init", "payload": client.credentials() })).await;
    assert_eq!(socket.next().await, Some(json!({ "type": "connection_ack" })));
    socket.send(&json!({ "type": "subscribe", "id": "1", "payload": { "query": document } })).await;
    let first = socket.next().await.expect("is answered");
    let body = if first["type"] == "error" { json!({ "errors": first["payload"] }) } else { first["payload"].clone() };
    Answer { status: 200, body }
}

/// `a { b { … } }` of the steps of a path.
fn nested(path: &[String], fields: &str) -> String {
    path.iter().rev().fold(fields.to_owned(), |inner, step| format!("{step} {{ {inner} }}"))
}

/// What one field of one door came to.
fn judge(answer: &Answer, door: usize, path: &[String], field: usize) -> String {
    let root = format!("t{door}");
    let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
    let names = |error: &Value| -> Vec<String> {
        error["path"].as_array().into_iter().flatten().filter_map(|step| step.as_str().map(str::to_owned)).collect()
    };
    let alias = format!("f{field}");
    let code = |error: &Value| outcome::word(error["extensions"]["code"].as_str().unwrap_or("(none)")).to_owned();
    let of_a_field = |step: &String| step.strip_prefix('f').is_some_and(|rest| rest.parse::<usize>().is_ok());
    if let Some(error) = errors.iter().find(|error| names(error).first() == Some(&root) && names(error).last() == Some(&alias)) {
        return code(error);
    }
    // An error of the way there.
    let about = errors.iter().find(|error| {
        let steps = names(error);
        steps.first().is_none_or(|first| *first == root) && steps.last().is_none_or(|last| !of_a_field(last))
    });
    let mut value = &answer.body["data"];
    for (depth, step) in path.iter().enumerate() {
        let step = if depth == 0 { root.as_str() } else { step.as_str() };
        let name = step.split(['(', ' ']).next().unwrap_or_default();
        if name != "..." {
            value = &value[name];
        }
        if let Some(list) = value.as_array() {
            // Of several kinds in a list, the one that was asked for.
            match list.iter().find(|item| item.get("f0").is_some()).or(list.first()) {
                Some(one) => value = one,
                None => return "0".to_owned(),
            }
        }
    }
    match (value, about) {
        (Value::Null, Some(error)) => code(error),
        (Value::Null, None) => "-".to_owned(),
        (value, _) if value[&alias].is_null() => "-".to_owned(),
        _ => "yes".to_owned(),
    }
}

/// One line for the fields of a type that answer everyone alike.
fn printed(found: &BTreeMap<(String, &str), Vec<String>>) -> String {
    let mut lines: BTreeMap<(String, &str, &Vec<String>), Vec<String>> = BTreeMap::new();
    for ((field, whose), outcomes) in found {
        let (object, field) = field.split_once('.').expect("a field of a type");
        lines.entry((object.to_owned(), whose, outcomes)).or_default().push(field.to_owned());
    }
    let heads: String = COLUMNS.iter().map(|column| format!("{column:<5}")).collect();
    let mut text = format!("{:<35}{}\n", "", heads.trim_end());
    for ((object, whose, outcomes), fields) in lines {
        let outcomes: String = outcomes.iter().map(|outcome| format!("{outcome:<5}")).collect();
        writeln!(text, "{:<35}{outcomes}: {}", format!("{object} {whose}"), fields.join(" ")).expect("writes");
    }
    text
}

fn diff(expected: &str, found: &str) -> Vec<String> {
    let was = expected.lines().filter(|line| !found.lines().any(|other| other == *line)).map(|line| format!("was  {line}"));
    let is = found.lines().filter(|line| !expected.lines().any(|other| other == *line)).map(|line| format!("is   {line}"));
    was.chain(is).collect()
}
