//! Traces by OTLP, as a collector gets them: a request, its operation, its statements; a job and who asked for it.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::{Client, Collected, Collector, Harness, Served, Socket, World, for_each_database, free, operation, workbook};

use super::exposition::fetched;
use super::today;
use crate::imports::first_quarter;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

fn exporting<'a>(collector: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut settings = vec![("OTEL_EXPORTER_OTLP_ENDPOINT", collector), ("OTEL_BSP_SCHEDULE_DELAY", "50")];
    settings.extend(more);
    settings
}

/// Asks for the scorecard, in a trace.
async fn scorecard(client: &Client<'_>, traceparent: &str) {
    let variables = json!({ "council": "huntingdonshire", "period": "2024/25 Q1" });
    let asked = json!({ "query": operation("Scorecard"), "variables": variables });
    let response = client.post("/graphql").header("traceparent", traceparent).json(&asked).send().await.expect("is answered");
    let body: serde_json::Value = response.json().await.expect("JSON");
    assert!(body["errors"].is_null() && body["data"].is_object(), "{body:#}");
}

fn named<'a>(spans: &'a [Collected], name: &str) -> Vec<&'a Collected> {
    spans.iter().filter(|span| span.name == name).collect()
}

fn keeper<'a>(door: &'a Harness, world: &World<'_>) -> Client<'a> {
    door.client(Some(world.harness.token(world.keeper.id, Some(world.council))))
}

#[tokio::test]
async fn a_request_its_operation_and_its_statements_are_one_trace() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        today(harness);
        let collector = Collector::start().await;
        let served = Served::start(harness, &exporting(&collector.url, &[]));
        let door = served.door(harness);
        scorecard(&keeper(&door, &world), &format!("00-{TRACE}-{PARENT}-01")).await;
        let spans = collector.once(|spans| !named(spans, "POST /graphql").is_empty()).await;
        let spans: Vec<Collected> = spans.into_iter().filter(|span| span.trace == TRACE).collect();

        let request = named(&spans, "POST /graphql")[0];
        assert_eq!((request.parent.as_str(), request.service.as_str()), (PARENT, "goldenthread"));
        let told = |key: &str| request.attributes.get(key).map_or("none", String::as_str);
        assert_eq!((told("http.route"), told("http.response.status_code")), ("/graphql", "200"));
        assert_eq!(
            (told("goldenthread.actor"), told("goldenthread.council")),
            (&*world.keeper.id.to_string(), &*world.council.to_string())
        );
        let asked = named(&spans, "query Scorecard")[0];
        assert_eq!((&asked.parent, asked.attributes["graphql.operation.name"].as_str()), (&request.span, "Scorecard"));
        assert!(asked.took <= request.took);

        // Each statement stands on one of the two, and their number and time on the operation's.
        let statements: Vec<&Collected> = spans.iter().filter(|span| span.attributes.contains_key("db.system.name")).collect();
        assert_eq!(asked.attributes["goldenthread.sql.statements"], statements.len().to_string());
        assert!(statements.len() > 5 && statements.iter().filter(|span| span.parent == asked.span).count() > 3);
        assert!(statements.iter().all(|span| span.parent == asked.span || span.parent == request.span));
        let database = if harness.database.starts_with("sqlite") { "sqlite" } else { "postgresql" };
        assert!(statements.iter().all(|span| span.attributes["db.system.name"] == database));
        let of =
            |table: &str| statements.iter().filter(|span| span.attributes.get("db.collection.name").is_some_and(|of| of == table)).count();
        assert_eq!((of("person"), statements.iter().filter(|span| span.name == "SELECT person").count()), (1, 1), "{statements:#?}");
        assert!(of("observation") > 0, "{statements:#?}");
        let took = statements.iter().map(|span| span.took).sum::<u64>() as f64 / 1e9;
        let said: f64 = asked.attributes["goldenthread.sql.seconds"].parse().expect("seconds");
        assert!((took - said).abs() < 0.01, "{took} and {said}");
        // Attributes are these and no others: none can hold what somebody wrote.
        let known = ["http.", "graphql.operation.", "db.", "goldenthread."];
        for span in &spans {
            assert!(span.attributes.keys().all(|key| known.iter().any(|known| key.starts_with(known))), "{span:#?}");
            assert!(!span.attributes.contains_key("db.query.text"), "{span:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_is_not_sampled_leaves_nothing_and_sampling_is_the_installations() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        today(harness);
        let collector = Collector::start().await;
        let served = Served::start(harness, &exporting(&collector.url, &[]));
        let door = served.door(harness);
        scorecard(&keeper(&door, &world), &format!("00-{TRACE}-{PARENT}-00")).await;
        assert_eq!(keeper(&door, &world).gql("query Marker { viewer { name } }", json!({})).await.status, 200);
        let spans = collector.once(|spans| !named(spans, "query Marker").is_empty()).await;
        assert!(spans.iter().all(|span| span.trace != TRACE), "{spans:#?}");
        drop(served);
        let settings = exporting(&collector.url, &[("OTEL_TRACES_SAMPLER", "always_off"), ("OTEL_SERVICE_NAME", "east")]);
        let mut served = Served::start(harness, &settings);
        scorecard(&keeper(&served.door(harness), &world), &format!("00-{TRACE}-{PARENT}-01")).await;
        assert_eq!(served.terminate(), 0, "what waited was sent");
        assert!(collector.spans().iter().all(|span| span.trace != TRACE && span.service != "east"));
    })
    .await;
}

#[tokio::test]
async fn a_job_is_linked_to_the_request_that_asked_for_it() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        today(harness);
        let collector = Collector::start().await;
        let served = Served::start(harness, &exporting(&collector.url, &[]));
        let door = served.door(harness);
        let client = keeper(&door, &world);
        let kept: serde_json::Value = client.upload("q1.xlsx", workbook("Return", &first_quarter())).await.json().await.expect("JSON");
        let input = json!({ "input": { "council": "huntingdonshire", "upload": kept["upload"] } });
        let (answer, request) = client.gql_told(operation("ImportSubmit"), input).await;
        assert_eq!(answer.data()["importSubmit"]["userErrors"], json!([]));
        let spans =
            collector.once(|spans| !named(spans, "job PLAN_IMPORT").is_empty() && !named(spans, "mutation ImportSubmit").is_empty()).await;
        let (asked, job) = (named(&spans, "mutation ImportSubmit")[0], named(&spans, "job PLAN_IMPORT")[0]);
        assert_eq!(job.links, [(asked.trace.clone(), asked.span.clone())]);
        assert_ne!(job.trace, asked.trace, "a trace of its own");
        assert_eq!(job.attributes["goldenthread.request"], request);
        assert_eq!((job.attributes["goldenthread.job.outcome"].as_str(), job.failed), ("done", false));
        let statements = spans.iter().filter(|span| span.trace == job.trace && span.attributes.contains_key("db.system.name")).count();
        assert_eq!(job.attributes["goldenthread.sql.statements"], statements.to_string());
    })
    .await;
}

#[tokio::test]
async fn an_operation_over_a_socket_is_linked_to_the_request_that_opened_it() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        today(harness);
        let collector = Collector::start().await;
        let served = Served::start(harness, &exporting(&collector.url, &[]));
        let mut socket = Socket::open(&served.url, &harness.token(world.keeper.id, Some(world.council))).await;
        socket.ask("1", "query OverSocket { viewer { name } }", json!({})).await;
        socket.next().await.expect("is answered");
        let enough = |spans: &[Collected]| !named(spans, "query OverSocket").is_empty() && !named(spans, "GET /graphql/ws").is_empty();
        let spans = collector.once(enough).await;
        let asked = named(&spans, "query OverSocket")[0];
        let root = spans.iter().find(|span| span.span == asked.parent).expect("its root");
        let opened = named(&spans, "GET /graphql/ws")[0];
        assert_eq!((root.name.as_str(), &root.links), ("graphql-transport-ws", &vec![(opened.trace.clone(), opened.span.clone())]));
    })
    .await;
}

#[tokio::test]
async fn a_collector_that_takes_nothing_slows_and_fails_nobody() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        today(harness);
        let refusing = Collector::refusing(400).await;
        let nobody = format!("http://{}", free());
        for collector in [refusing.url.as_str(), nobody.as_str()] {
            let watch = free();
            let listen = watch.to_string();
            let mut served = Served::start(harness, &exporting(collector, &[("GOLDENTHREAD_METRICS_LISTEN", &listen)]));
            let door = served.door(harness);
            let client = keeper(&door, &world);
            let began = Instant::now();
            for _ in 0..20 {
                scorecard(&client, &format!("00-{TRACE}-{PARENT}-01")).await;
            }
            assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
            // Batches go every twentieth of a second.
            let lost = r#"goldenthread_trace_exports_total{outcome="lost"}"#;
            while fetched(&format!("http://{watch}/metrics")).await.value(lost) < 1.0 {
                assert!(began.elapsed() < Duration::from_secs(30), "nothing was lost");
            }
            assert_eq!(served.terminate(), 0);
            assert!(began.elapsed() < Duration::from_secs(45), "{:?}", began.elapsed());
            assert!(served.log().contains("the traces' collector takes nothing"));
        }
    })
    .await;
}
