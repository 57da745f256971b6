//! A client that takes gzip is given answers in gzip, and whoever does not is given the same plainly.

use std::io::Read;

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use tests::{Harness, World, for_each_database, operation};

use super::PERIOD;
use crate::entry::{accepted, figure, record};

/// Whether the answer came in gzip, and what it was.
async fn asked(harness: &Harness, token: &str, takes: Option<&str>) -> (bool, Value) {
    let body = json!({ "query": operation("Scorecard"), "variables": { "council": "huntingdonshire", "period": PERIOD } });
    let mut request = reqwest::Client::new().post(format!("{}/graphql", harness.url)).bearer_auth(token).json(&body);
    if let Some(takes) = takes {
        request = request.header("accept-encoding", takes);
    }
    let answer = request.send().await.expect("is answered");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["vary"], "accept, accept-encoding");
    let packed = answer.headers().get("content-encoding").is_some_and(|coding| coding == "gzip");
    let bytes = answer.bytes().await.expect("whole");
    let mut plain = Vec::new();
    if packed {
        GzDecoder::new(bytes.as_ref()).read_to_end(&mut plain).expect("gzip");
    } else {
        plain.extend_from_slice(&bytes);
    }
    (packed, serde_json::from_slice(&plain).expect("JSON"))
}

#[tokio::test]
async fn whoever_takes_gzip_is_given_it_and_all_are_given_the_same() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let token = &world.keeper.token;
        for (period, first) in [(PERIOD, Some("gzip, deflate, br, zstd")), ("2024/25 Q1", None)] {
            accepted(&record(&keeper, json!([figure("WM01", period, "44")])).await);
            // Worked out, asked for again, and again: as it was made, as it was kept, and as it was packed since.
            let (packed, made) = asked(harness, token, first).await;
            assert_eq!(packed, first.is_some());
            assert_eq!(made["errors"], Value::Null, "{made:#}");
            let says =
                [(Some("gzip"), true), (None, false), (Some("br;q=1, gzip;q=0"), false), (Some("*"), true), (Some("identity"), false)];
            for (takes, wanted) in says {
                let (sent, _) = harness.statements(asked(harness, token, takes)).await;
                let (packed, again) = asked(harness, token, takes).await;
                assert_eq!((sent, packed), (1, wanted), "{takes:?}");
                assert_eq!(again, made);
            }
        }
    })
    .await;
}
