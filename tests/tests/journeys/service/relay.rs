//! The Relay server specification: what has an identity is found by it, lists are walked by cursors, acts take one input.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{Client, World, for_each_database};

const TYPES: &str = "{ __schema {
    mutationType { fields { name args { name type { kind ofType { kind name } } } type { kind name ofType { name } } } }
    types { kind name interfaces { name } fields { name type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } args { name type { name } } } } } }";

async fn schema(client: &Client<'_>) -> Value {
    client.gql(TYPES, json!({})).await.data()["__schema"].clone()
}

/// The fields of each type, by its name.
fn types(schema: &Value) -> BTreeMap<String, Vec<Value>> {
    let types = schema["types"].as_array().expect("types").iter();
    let named = types.filter_map(|t| Some((t["name"].as_str()?.to_owned(), t["fields"].as_array().cloned().unwrap_or_default())));
    named.collect()
}

fn field<'a>(fields: &'a [Value], name: &str) -> Option<&'a Value> {
    fields.iter().find(|field| field["name"] == name)
}

/// A type as the schema writes it: `[Row!]!`.
fn written(of: &Value) -> String {
    match of["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&of["ofType"])),
        Some("LIST") => format!("[{}]", written(&of["ofType"])),
        _ => of["name"].as_str().unwrap_or("…").to_owned(),
    }
}

#[tokio::test]
async fn types_are_as_the_specification_has_them() {
    for_each_database(async |harness| {
        let schema = schema(&harness.visitor()).await;
        let types = types(&schema);
        let node = &types["Node"];
        assert_eq!((node.len(), written(&field(node, "id").expect("an id")["type"])), (1, "ID!".to_owned()));
        let query = &types["Query"];
        assert_eq!(written(&field(query, "node").expect("a field")["type"]), "Node");
        assert_eq!(written(&field(query, "nodes").expect("a field")["type"]), "[Node]");
        let info: Vec<String> = types["PageInfo"].iter().map(|f| format!("{}: {}", f["name"], written(&f["type"]))).collect();
        for expected in ["\"hasNextPage\": Boolean!", "\"hasPreviousPage\": Boolean!", "\"startCursor\": String", "\"endCursor\": String"] {
            assert!(info.iter().any(|field| field == expected), "{expected}: {info:?}");
        }
        let connections: Vec<&String> = types.keys().filter(|name| name.ends_with("Connection")).collect();
        assert!(connections.len() > 10, "{connections:?}");
        for connection in connections {
            let edge = connection.replace("Connection", "Edge");
            let fields = &types[connection];
            assert_eq!(written(&field(fields, "pageInfo").expect("a field")["type"]), "PageInfo!", "{connection}");
            assert_eq!(written(&field(fields, "edges").expect("a field")["type"]), format!("[{edge}!]!"), "{connection}");
            assert_eq!(written(&field(&types[&edge], "cursor").expect("a field")["type"]), "String!", "{edge}");
            assert!(field(&types[&edge], "node").is_some(), "{edge}");
        }
        // Whatever answers a connection is walked the same way.
        for (name, fields) in &types {
            for field in fields.iter().filter(|field| written(&field["type"]).trim_end_matches('!').ends_with("Connection")) {
                let args: Vec<String> =
                    field["args"].as_array().expect("args").iter().map(|a| format!("{}: {}", a["name"], a["type"]["name"])).collect();
                for expected in ["\"first\": \"Int\"", "\"after\": \"String\""] {
                    assert!(args.iter().any(|arg| arg == expected), "{name}.{}: {args:?}", field["name"]);
                }
            }
        }
        let acts = schema["mutationType"]["fields"].as_array().expect("acts");
        assert!(acts.len() > 50);
        let bare: Vec<&Value> = acts.iter().filter(|act| act["args"] == json!([])).map(|act| &act["name"]).collect();
        assert_eq!(json!(bare), json!(["signOut", "signOutEverywhere"]), "acts that need nothing said");
        for act in acts.iter().filter(|act| act["args"] != json!([])) {
            let args = act["args"].as_array().expect("args");
            assert_eq!(
                (args.len(), &args[0]["name"], &args[0]["type"]["kind"]),
                (1, &json!("input"), &json!("NON_NULL")),
                "{}",
                act["name"]
            );
            let input = args[0]["type"]["ofType"]["name"].as_str().expect("a name");
            assert!(input.ends_with("Input"), "{input}");
            let payload = act["type"]["name"].as_str().or(act["type"]["ofType"]["name"].as_str()).expect("a name");
            assert!(field(&types[payload], "userErrors").is_some(), "{payload}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_has_an_id_is_found_by_it_by_whom_it_is_for() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let query = r#"{ council(code: "huntingdonshire") { __typename id
            imports(first: 1) { nodes { __typename id } } forums { __typename id } people(first: 1) { nodes { __typename id } } } }"#;
        let council = keeper.gql(query, json!({})).await.body["data"]["council"].clone();
        let found = [&council, &council["imports"]["nodes"][0], &council["forums"][0]];
        let ids: Vec<Value> = found.iter().map(|thing| thing["id"].clone()).collect();
        let names: Vec<Value> = found.iter().map(|thing| thing["__typename"].clone()).collect();
        assert_eq!(names, ["Council", "Import", "Forum"]);
        for (id, name) in ids.iter().zip(&names) {
            let one = keeper.gql("query($id: ID!) { node(id: $id) { __typename id } }", json!({ "id": id })).await.data();
            assert_eq!(one["node"], json!({ "__typename": name, "id": id }));
        }
        // In the order asked, with what is not there in its place, and twice what is asked for twice.
        let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
        let asked = json!([ids[2], "c00000000000000000000000000000000", ids[0], "none", "", ids[2]]);
        let data = keeper.gql(nodes, json!({ "ids": asked })).await.data();
        let told: Vec<Value> = data["nodes"].as_array().expect("nodes").iter().map(|node| node["__typename"].clone()).collect();
        assert_eq!(json!(told), json!(["Forum", null, "Council", null, null, "Forum"]));

        let other = harness.council("nottingham").await;
        let stranger = harness.sign_in(&harness.performance_team(other).await);
        let data = stranger.gql(nodes, json!({ "ids": ids })).await.data();
        assert_eq!(data["nodes"], json!([null, null, null]));
    })
    .await;
}

#[tokio::test]
async fn cursors_lead_from_row_to_row_without_gap_or_overlap() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let page = async |field: &str, first: usize, after: Option<&str>| {
            let query = format!(
                "query($first: Int, $after: String) {{ council(code: \"huntingdonshire\") {{ it: {field} {{
                    page: {} {{ edges {{ cursor node {{ id }} }} nodes {{ id }} totalCount
                        pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }} }} }}",
                "indicators(first: $first, after: $after)"
            );
            keeper.gql(&query, json!({ "first": first, "after": after })).await.data()["council"]["it"]["page"].clone()
        };
        let whole = page("framework", 500, None).await;
        let edges = whole["edges"].as_array().expect("edges").clone();
        assert!(edges.len() > 4, "{whole:#}");
        assert_eq!(whole["totalCount"], edges.len());
        assert_eq!(whole["pageInfo"]["hasNextPage"], false);
        // From every row, by its own cursor, the next two.
        for at in 0..edges.len() {
            let next = page("framework", 2, edges[at]["cursor"].as_str()).await;
            let expected: Vec<Value> = edges.iter().skip(at + 1).take(2).cloned().collect();
            assert_eq!(next["edges"], json!(expected), "behind {at}");
            let nodes: Vec<Value> = expected.iter().map(|edge| edge["node"].clone()).collect();
            assert_eq!(next["nodes"], json!(nodes));
            let info = json!({
                "hasNextPage": at + 3 < edges.len(),
                "hasPreviousPage": true,
                "startCursor": expected.first().map(|edge| &edge["cursor"]),
                "endCursor": expected.last().map(|edge| &edge["cursor"]),
            });
            assert_eq!((&next["pageInfo"], &next["totalCount"]), (&info, &json!(edges.len())), "behind {at}");
        }
        let none = page("framework", 0, None).await;
        assert_eq!((&none["edges"], &none["pageInfo"]["hasNextPage"]), (&json!([]), &json!(true)));
    })
    .await;
}
