//! Documents that were written to cost: refused, for little, and nobody else waits.

use std::fmt::Write;
use std::time::Instant;

use serde_json::{Value, json};
use tests::{Served, World, for_each_database};

/// Each is sent so often, one after the other: the system counts processor time in hundredths of a second.
const TIMES: u32 = 20;
/// What one may cost, in milliseconds of processor time of the whole process. Unoptimised, everything costs several times as much.
const MOST: f64 = if cfg!(debug_assertions) { 400.0 } else { 50.0 };

/// Every request, and what it is refused with.
fn documents() -> Vec<(&'static str, String, &'static str)> {
    let query = |text: String| json!({ "query": text }).to_string();
    let repeated = |text: &str, n: usize| text.repeat(n);
    let mut bomb = String::from("{ ...F0 }");
    let mut row = String::from("{ ...F0 }");
    for n in 0..200 {
        let _ = write!(bomb, " fragment F{n} on Query {{ ...F{0} ...F{0} }}", n + 1);
    }
    for n in 0..3_000 {
        let _ = write!(row, " fragment F{n} on Query {{ ...F{} }}", n + 1);
    }
    let cycle: String =
        (0..60).fold("{ ...C0 }".into(), |text, n| text + &format!(" fragment C{n} on Query {{ ...C{} ...C{n} }}", (n + 1) % 60));
    let aliases: String = (0..40_000).map(|n| format!("a{n}:__typename ")).collect();
    let few_aliases: String = (0..5_000).map(|n| format!("a{n}:viewer{{name}} ")).collect();
    let overlapping = repeated("council(code:\"huntingdonshire\"){code name} ", 1_500);
    let variables = json!({ "query": "query($a:[ID!]!){nodes(ids:$a){id}}", "variables": { "a": vec!["c0"; 150_000] } }).to_string();
    let deep_variables =
        format!(r#"{{"query":"query($a:ID!){{node(id:$a){{id}}}}","variables":{{"a":{}1{}}}}}"#, repeated("[", 100), repeated("]", 100));
    let deeper_variables = format!(
        r#"{{"query":"query($a:ID!){{node(id:$a){{id}}}}","variables":{{"a":{}1{}}}}}"#,
        repeated("[", 400_000),
        repeated("]", 400_000)
    );
    let batch = format!("[{}]", vec![r#"{"query":"{__typename}"}"#; 30_000].join(","));
    let definitions: String = (0..6_000).map(|n| format!("$v{n}:Int ")).collect();
    vec![
        ("fragments that double, 200 deep", query(bomb), "LIMIT"),
        ("a row of 3,000 fragments", query(row), "LIMIT"),
        ("fragments in a cycle", query(cycle), "BAD_USER_INPUT"),
        ("selections 5,000 deep", query(repeated("{a", 5_000) + &repeated("}", 5_000)), "LIMIT"),
        ("selections 500,000 deep", query(repeated("{a", 500_000)), "LIMIT"),
        ("lists 500,000 deep", query(format!("{{node(id:{}", repeated("[", 500_000))), "LIMIT"),
        ("objects 200,000 deep", query(format!("{{node(id:{}", repeated("{a:", 200_000))), "LIMIT"),
        ("lists 60 deep", query(format!("{{node(id:{}1{}){{id}}}}", repeated("[", 60), repeated("]", 60))), "BAD_USER_INPUT"),
        ("types 300,000 deep", query(format!("query($a:{}Int", repeated("[", 300_000))), "LIMIT"),
        ("40,000 aliases", query(format!("{{{aliases}}}")), "LIMIT"),
        ("5,000 aliases of objects", query(format!("{{{few_aliases}}}")), "LIMIT"),
        ("1,500 fields that overlap", query(format!("{{{overlapping}}}")), "none"),
        ("100,000 directives", query(format!("{{__typename{}}}", repeated("@a", 100_000))), "LIMIT"),
        ("150 directives of one field", query(format!("{{__typename{}}}", repeated("@include(if:true)", 150))), "LIMIT"),
        ("6,000 variables", query(format!("query({definitions}){{__typename}}")), "LIMIT"),
        ("a string of a megabyte", query(format!("{{node(id:\"{}\"){{id}}}}", repeated("x", 1_000_000))), "LIMIT"),
        ("a string of 130,000 bytes", query(format!("{{node(id:\"{}\"){{id}}}}", repeated("x", 130_000))), "none"),
        ("a comment of 130,000 bytes", query(format!("#{}\n{{nothing}}", repeated("x", 130_000))), "BAD_USER_INPUT"),
        ("19,000 tokens that are no document", query(repeated("{}", 9_500)), "BAD_USER_INPUT"),
        ("150,000 values in a variable", variables, "LIMIT"),
        ("a variable 100 deep", deep_variables, "BAD_USER_INPUT"),
        ("a variable 400,000 deep", deeper_variables, "BAD_USER_INPUT"),
        ("a batch of 30,000", batch, "LIMIT"),
        (
            "children of children, eleven times",
            query(format!(
                "{{council(code:\"huntingdonshire\"){{framework{{elements{}}}}}}}",
                repeated("{children", 11) + "{code}" + &repeated("}", 11)
            )),
            "LIMIT",
        ),
        (
            "what contributes to what contributes",
            query(format!(
                "{{council(code:\"huntingdonshire\"){{element(code:\"O1\"){}}}}}",
                repeated("{contributors{...on ElementLink{element", 8) + "{code}" + &repeated("}}}", 8)
            )),
            "LIMIT",
        ),
        (
            "introspection inside itself",
            query("{__schema{types{fields{type{fields{type{fields{type{fields{type{fields{name}}}}}}}}}}}}".into()),
            "LIMIT",
        ),
    ]
}

#[tokio::test]
async fn hostile_documents_cost_little_and_keep_nobody_waiting() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        harness.app.clock.set(chrono::DateTime::from(std::time::SystemTime::now()));
        let token = harness.token(world.keeper.id, Some(world.council));
        let served = Served::start(harness, &[("GOLDENTHREAD_LIMITS", "operations-per-actor=0,operations-per-address=0")]);
        let client = reqwest::Client::new();
        let send = async |body: &str| {
            let request = client.post(format!("{}/graphql", served.url)).bearer_auth(&token).header("content-type", "application/json");
            let response = request.body(body.to_owned()).send().await.expect("is answered");
            response.json::<Value>().await.expect("JSON")
        };
        send(r#"{"query":"{ viewer { name } }"}"#).await;
        let mut dear = Vec::new();
        for (what, body, code) in documents() {
            assert!(body.len() < 1 << 20, "{what} is {} bytes", body.len());
            let (before, started) = (served.processor_seconds(), Instant::now());
            for _ in 0..TIMES {
                let answer = send(&body).await;
                let told = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none");
                assert_eq!(told, code, "{what}: {:.300}", answer.to_string());
            }
            let each = (served.processor_seconds() - before) * 1000.0 / f64::from(TIMES);
            println!("{each:8.1} ms  {:8.1} ms waited  {what}", started.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES));
            if each > MOST {
                dear.push(format!("{what}: {each:.1} ms"));
            }
        }
        assert_eq!(dear, Vec::<String>::new());
        assert_eq!(send(r#"{"query":"{ viewer { name } }"}"#).await["data"]["viewer"]["name"], "Perry Team");
    })
    .await;
}
