//! Packs of 300 indicators with a chart each: asked for, gathered, written and stored by the product, beside a program
//! that writes the same cells and charts and knows nothing of indicators.

use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};
use tests::operation;

use crate::cases::graphql;
use crate::generate::{Council, FORUM, INDICATORS, UNTIL};
use crate::process::{Server, postmaster, seconds, seconds_with_children};
use crate::{pack_bare, same};

/// How often the state is asked for while a pack is made: seldom enough to cost next to nothing.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How often the bare program writes one pack: processor time is told in hundredths of a second.
const TIMES: u32 = 10;

/// What packs took, each of the seconds for one of them.
pub struct Measured {
    /// Shortest first.
    pub waits: Vec<Duration>,
    /// Processor time of server and database.
    pub product: f64,
    /// Processor time of the bare program.
    pub bare: f64,
    /// Of one workbook.
    pub bytes: usize,
}

/// Has a pack made for each of these councils, one after another.
pub async fn packs(product: &Server, cluster: Option<&Path>, councils: &[Council], client: &Client) -> Measured {
    let used = || seconds(product.pid()) + cluster.map_or(0.0, |cluster| seconds_with_children(postmaster(cluster)));
    let (mut waits, mut workbook) = (Vec::new(), Vec::new());
    // The first finds the database's caches cold, as no later one does.
    one(&product.url, &councils[0], "2024-02", client).await;
    let before = used();
    for council in councils {
        let (waited, url) = one(&product.url, council, UNTIL, client).await;
        waits.push(waited);
        if workbook.is_empty() {
            let url = if url.starts_with('/') { format!("{}{url}", product.url) } else { url };
            workbook = client.get(url).send().await.expect("a download").bytes().await.expect("bytes").to_vec();
        }
    }
    let taken = (used() - before) / councils.len() as f64;
    waits.sort_unstable();
    let same = same::Workbook::of(&workbook);
    println!("A pack of one of the councils: {}.", same.size());
    assert_eq!(same.charts(), INDICATORS, "every indicator is charted");
    let before = seconds(std::process::id());
    for _ in 0..TIMES {
        std::hint::black_box(pack_bare::write(&same));
    }
    let bare = (seconds(std::process::id()) - before) / f64::from(TIMES);
    Measured { waits, product: taken, bare, bytes: workbook.len() }
}

/// How long a pack took from the asking, and where it can be had.
pub async fn one(url: &str, council: &Council, period: &str, client: &Client) -> (Duration, String) {
    let begun = Instant::now();
    let input = json!({ "council": council.code, "forum": FORUM, "period": period, "profile": "OFFICER", "chartAll": true });
    let asked = graphql(url, council, operation("PackBuild"), &json!({ "input": input })).ask_json(client).await;
    let id = asked["data"]["packBuild"]["pack"]["id"].as_str().unwrap_or_else(|| panic!("not built: {asked}")).to_owned();
    let state = graphql(url, council, operation("Pack"), &json!({ "id": id }));
    loop {
        let answer: Value = state.ask_json(client).await;
        let pack = &answer["data"]["node"];
        match pack["state"].as_str() {
            Some("QUEUED" | "BUILDING") => tokio::time::sleep(LOOK_EVERY).await,
            Some("READY") => return (begun.elapsed(), pack["download"]["url"].as_str().expect("a link").to_owned()),
            _ => panic!("no pack: {answer}"),
        }
    }
}
