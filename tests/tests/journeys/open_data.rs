//! What anybody may read without signing in: published figures, as they were published, and nothing else.

use chrono::{DateTime, Utc};
use entity::{Dec, Text, publication};
use reqwest::{Method, Response};
use rules::measure::{Absence, Polarity, ValueState};
use rules::status::Colour;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use tests::{Harness, World, for_each_database, period, workbook};

use crate::imports::first_quarter;

const HEADINGS: &str = "Council,Ref,Indicator,Unit,Better is,Period,Period start,Period end,Value,Reason for no result,Value state,Target,\
    Intervention level,Lower limit,Upper limit,Status,Numerator,Denominator,Published on,Withdrawn,Notice\r\n";

/// A published figure. Publishing has no door yet: rows are entered as it will enter them.
struct Published<'a> {
    code: &'a str,
    period: &'a str,
    value: Option<&'a str>,
    with: fn(&mut publication::Model),
}

async fn publish(world: &World<'_>, figure: Published<'_>) {
    let app = &world.harness.app;
    let at: DateTime<Utc> = app.clock.now();
    let period = period(figure.period);
    let decimal = |text: &str| Dec(text.parse().expect("a decimal"));
    let mut row = publication::Model {
        council_id: world.council,
        id: app.ids.next(),
        indicator_id: world.indicator(figure.code).await,
        observation_id: None,
        period_start: period.start(),
        period_end: period.end(),
        period_months: i32::try_from(period.months()).expect("few"),
        title: "Household waste recycled".to_owned(),
        unit: "Per cent".to_owned(),
        polarity: Text(Polarity::HigherIsBetter),
        value: figure.value.map(decimal),
        numerator: None,
        denominator: None,
        absence: None,
        state: Text(ValueState::Final),
        target: Some(decimal("60")),
        intervention: Some(decimal("55")),
        lower: None,
        upper: None,
        status: Text(Colour::Green),
        published_at: at,
        published_by: world.keeper.id,
        superseded_at: None,
        withdrawn_at: None,
        notice: None,
    };
    (figure.with)(&mut row);
    let change = app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    publication::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&*change).await.expect("enters");
    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}

async fn ask(harness: &Harness, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = reqwest::Client::new().request(method, format!("{}{path}", harness.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("is answered")
}

async fn get(harness: &Harness, path: &str) -> Response {
    ask(harness, Method::GET, path, &[]).await
}

async fn text(harness: &Harness, path: &str) -> String {
    let response = get(harness, path).await;
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.expect("text")
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).unwrap_or_else(|| panic!("no {name}")).to_str().expect("text")
}

#[tokio::test]
async fn a_council_that_published_nothing_has_empty_tables_whatever_it_holds() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        assert_eq!(text(harness, "/open/huntingdonshire/indicators.csv").await, HEADINGS);
        let json: Value = get(harness, "/open/huntingdonshire/indicators.json").await.json().await.expect("JSON");
        let council = json!({ "code": "huntingdonshire", "name": "Huntingdonshire Council", "gssCode": null });
        assert_eq!(json, json!({ "council": council, "indicators": [] }));
        let metadata: Value = get(harness, "/open/huntingdonshire/metadata.json").await.json().await.expect("JSON");
        assert_eq!(metadata["tables"].as_array().map(Vec::len), Some(1));
        // An indicator that is there and one that is not look the same.
        for path in ["/open/huntingdonshire/indicators/WM01.csv", "/open/huntingdonshire/indicators/XX99.csv"] {
            assert_eq!(get(harness, path).await.status(), 404, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn published_figures_read_as_they_were_published_and_nobody_sees_more() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let other = World::new(harness, "devon").await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        publish(&world, Published { code: "WM01", period: "2023/24 Q4", value: Some("58.40"), with: |_| {} }).await;
        let replaced = |row: &mut publication::Model| row.superseded_at = Some(row.published_at);
        publish(&world, Published { code: "WM01", period: "2024/25 Q1", value: Some("1.1"), with: replaced }).await;
        publish(&world, Published { code: "WM01", period: "2024/25 Q1", value: Some("61.2"), with: |_| {} }).await;
        let withdrawn = |row: &mut publication::Model| {
            row.withdrawn_at = Some(row.published_at);
            row.notice = Some("Withdrawn, pending a recount".to_owned());
        };
        publish(&world, Published { code: "PL01", period: "2024/25 Q1", value: Some("88"), with: withdrawn }).await;
        let hidden = |row: &mut publication::Model| {
            row.title = "=cmd|' /C calc'!A0".to_owned();
            row.absence = Some(Text(Absence::Suppressed));
            row.numerator = Some(Dec("3".parse().expect("a decimal")));
            row.status = Text(Colour::Suppressed);
        };
        publish(&world, Published { code: "BN01", period: "2024/25 Q1", value: Some("22.4"), with: hidden }).await;
        publish(&other, Published { code: "WM02", period: "2024/25 Q1", value: Some("777"), with: |_| {} }).await;

        let expected = |rows: &[&str]| format!("{HEADINGS}{}\r\n", rows.join("\r\n"));
        let of = "Huntingdonshire Council";
        let quarter = "April to June 2024,2024-04-01,2024-06-30";
        let latest = format!("{of},WM01,Household waste recycled,Per cent,Higher,{quarter},61.2,,Final,60,55,,,Green,,,2024-10-14,false,");
        let all = text(harness, "/open/huntingdonshire/indicators.csv").await;
        assert_eq!(
            all,
            expected(&[
                &format!("{of},BN01,'=cmd|' /C calc'!A0,Per cent,Higher,{quarter},,Suppressed,Final,60,55,,,Suppressed,,,2024-10-14,false,"),
                &format!(
                    "{of},PL01,Household waste recycled,Per cent,Higher,{quarter},,,Final,,,,,,,,2024-10-14,true,\"Withdrawn, pending a recount\""
                ),
                &latest,
            ])
        );
        let before = format!(
            "{of},WM01,Household waste recycled,Per cent,Higher,January to March 2024,2024-01-01,2024-03-31,58.4,,Final,60,55,,,Green,,,2024-10-14,\
            false,"
        );
        assert_eq!(text(harness, "/open/huntingdonshire/indicators/wm01.csv").await, expected(&[&before, &latest]));
        let json: Value = get(harness, "/open/huntingdonshire/indicators/WM01.json").await.json().await.expect("JSON");
        let figure = &json["figures"][1];
        assert_eq!(
            (&figure["ref"], &figure["value"], &figure["periodEnd"], &figure["withdrawn"], &figure["notice"]),
            (&json!("WM01"), &json!("61.2"), &json!("2024-06-30"), &json!(false), &Value::Null)
        );

        // What is recorded afterwards is a draft until it is published itself; and each council has its own.
        let late = json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", 12.3]]);
        let id = world.keeper().submit("huntingdonshire", "late.xlsx", workbook("Return", &late)).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003", "VAL-031", "VAL-032"], "reason": "Late" });
        assert_eq!(world.keeper().accept(&id, saying).await["userErrors"], json!([]));
        assert_eq!(text(harness, "/open/huntingdonshire/indicators.csv").await, all);
        let theirs = text(harness, "/open/devon/indicators.csv").await;
        assert!(theirs.contains(",777,") && !theirs.contains("61.2") && !all.contains("777"), "{theirs}");
        assert_eq!(get(harness, "/open/devon/indicators/WM01.csv").await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn metadata_describes_every_table_there_is() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        publish(&world, Published { code: "WM01", period: "2024/25 Q1", value: Some("61.2"), with: |_| {} }).await;
        let response = get(harness, "/open/huntingdonshire/metadata.json").await;
        assert_eq!(header(&response, "content-type"), "application/csvm+json; charset=utf-8");
        let metadata: Value = response.json().await.expect("JSON");
        assert_eq!(metadata["@context"][0], "http://www.w3.org/ns/csvw");
        for table in metadata["tables"].as_array().expect("tables") {
            let url = table["url"].as_str().expect("an address");
            let file = get(harness, &format!("/open/huntingdonshire/{url}")).await;
            let back = if url.contains('/') { "<../metadata.json>" } else { "<metadata.json>" };
            assert!(header(&file, "link").starts_with(back), "{url}");
            let text = file.text().await.expect("text");
            let titles: Vec<&str> = table["tableSchema"]["columns"]
                .as_array()
                .expect("columns")
                .iter()
                .filter_map(|column| column["titles"].as_str())
                .collect();
            assert_eq!(text.lines().next(), Some(titles.join(",").as_str()), "{url}");
        }
        assert_eq!(metadata["tables"][1]["url"], "indicators/WM01.csv");
    })
    .await;
}

#[tokio::test]
async fn tables_are_asked_for_as_the_web_asks() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        publish(&world, Published { code: "WM01", period: "2024/25 Q1", value: Some("61.2"), with: |_| {} }).await;
        let path = "/open/huntingdonshire/indicators.csv";
        let first = get(harness, path).await;
        assert_eq!(header(&first, "content-type"), "text/csv; charset=utf-8; header=present");
        assert_eq!(header(&first, "cache-control"), "public, max-age=300, must-revalidate");
        assert_eq!((header(&first, "access-control-allow-origin"), header(&first, "x-content-type-options")), ("*", "nosniff"));
        let (tag, length) = (header(&first, "etag").to_owned(), header(&first, "content-length").to_owned());
        let body = first.bytes().await.expect("bytes");
        assert_eq!(length, body.len().to_string());

        let head = ask(harness, Method::HEAD, path, &[]).await;
        assert_eq!((head.status().as_u16(), header(&head, "etag"), header(&head, "content-length")), (200, tag.as_str(), length.as_str()));
        assert!(head.bytes().await.expect("bytes").is_empty());
        for said in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let again = ask(harness, Method::GET, path, &[("if-none-match", &said)]).await;
            assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, tag.as_str()), "{said}");
            assert!(again.bytes().await.expect("bytes").is_empty());
        }
        let other = ask(harness, Method::GET, path, &[("if-none-match", "\"other\"")]).await;
        assert_eq!(other.status(), 200);
        // A token makes no difference, good or bad: caches keep one answer for everybody.
        for token in [world.keeper.token.as_str(), "nonsense"] {
            let asked = ask(harness, Method::GET, path, &[("authorization", &format!("Bearer {token}"))]).await;
            assert_eq!((asked.status().as_u16(), header(&asked, "etag")), (200, tag.as_str()));
        }
        publish(&world, Published { code: "PL01", period: "2024/25 Q1", value: Some("88"), with: |_| {} }).await;
        let changed = ask(harness, Method::GET, path, &[("if-none-match", &tag)]).await;
        assert!(changed.status() == 200 && header(&changed, "etag") != tag);

        let preflight = ask(harness, Method::OPTIONS, path, &[("origin", "https://example.org")]).await;
        assert_eq!((preflight.status().as_u16(), header(&preflight, "access-control-allow-methods")), (204, "GET, HEAD, OPTIONS"));
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let refused = ask(harness, method.clone(), path, &[]).await;
            assert_eq!((refused.status().as_u16(), header(&refused, "allow")), (405, "GET, HEAD, OPTIONS"), "{method}");
        }
        let long = "x".repeat(300);
        for absent in [
            "/open/nowhere/indicators.csv",
            "/open/huntingdonshire/observations.csv",
            "/open/huntingdonshire/indicators.xml",
            "/open/huntingdonshire/indicators/WM01",
            "/open/huntingdonshire/indicators/WM01.xlsx",
            "/open/huntingdonshire/indicators/%27%20OR%201=1.csv",
            &format!("/open/{long}/indicators.csv"),
        ] {
            let response = get(harness, absent).await;
            assert_eq!((response.status().as_u16(), header(&response, "content-type")), (404, "application/problem+json"), "{absent}");
            let problem: Value = response.json().await.expect("JSON");
            assert_eq!((&problem["status"], &problem["title"]), (&json!(404), &json!("Not Found")), "{absent}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_suspended_council_publishes_nothing_and_rows_cost_no_statements() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        publish(&world, Published { code: "WM01", period: "2024/25 Q1", value: Some("61.2"), with: |_| {} }).await;
        let path = "/open/huntingdonshire/indicators.csv";
        let (few, _) = harness.statements(get(harness, path)).await;
        for (code, at) in [("PL01", "2024/25 Q1"), ("BN01", "2024/25 Q1"), ("WM01", "2023/24 Q4"), ("SI01", "2023/24")] {
            publish(&world, Published { code, period: at, value: Some("1"), with: |_| {} }).await;
        }
        let (many, _) = harness.statements(get(harness, path)).await;
        assert_eq!(few, many);
        let operator = harness.sign_in(&harness.operator("Olive Platform").await);
        let suspend = "mutation { councilSuspend(input: { code: \"huntingdonshire\", reason: \"Left\" }) { userErrors { code } } }";
        operator.gql(suspend, json!({})).await.data();
        assert_eq!(get(harness, path).await.status(), 404);
    })
    .await;
}
