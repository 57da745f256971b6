//! Sixteen connections that ask and check.

use std::borrow::Cow;
use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use reqwest::Client;
use serde_json::Value;

/// Connections held open at once.
pub const CONNECTIONS: usize = 16;

/// A question and what it must be answered.
pub struct Case {
    question: Question,
    expected: Vec<u8>,
    /// The same in gzip, once it came so.
    packed: OnceLock<Vec<u8>>,
}

impl Case {
    /// # Panics
    /// When this is another answer. The fields of an object may come in another order.
    fn check(&self, answer: &Answered) {
        if answer.packed && self.packed.get().is_some_and(|packed| *packed == answer.bytes) {
            return;
        }
        self.hold_against(&if answer.packed { Cow::Owned(unpacked(&answer.bytes)) } else { Cow::Borrowed(&answer.bytes) });
        if answer.packed {
            self.packed.get_or_init(|| answer.bytes.clone());
        }
    }

    fn hold_against(&self, answer: &[u8]) {
        if answer == self.expected {
            return;
        }
        let [expected, answer] = [&self.expected, answer].map(|text| serde_json::from_slice::<Value>(text).expect("the answer is JSON"));
        assert!(answer.get("errors").is_none(), "{} failed under load: {}", self.question.url, answer["errors"]);
        assert_eq!(answer, expected, "{} was answered differently under load", self.question.url);
    }
}

/// A body as it came.
struct Answered {
    packed: bool,
    bytes: Vec<u8>,
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).expect("gzip");
    plain
}

/// A request that can be sent any number of times.
#[derive(Clone)]
pub struct Question {
    pub url: String,
    pub token: Option<String>,
    /// Posted as JSON; without one the address is fetched.
    pub body: Option<String>,
}

impl Question {
    /// Asks, as browsers do of a server that may pack what it answers.
    async fn ask(&self, client: &Client) -> Answered {
        let mut request = match &self.body {
            Some(body) => client.post(&self.url).header("content-type", "application/json").body(body.clone()),
            None => client.get(&self.url),
        };
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        request = request.header("accept-encoding", "gzip");
        let response = request.send().await.expect("the server answers");
        assert_eq!(response.status(), 200, "{}", self.url);
        let packed = response.headers().contains_key("content-encoding");
        Answered { packed, bytes: response.bytes().await.expect("the answer arrives").to_vec() }
    }

    async fn ask_plain(&self, client: &Client) -> Vec<u8> {
        let answered = self.ask(client).await;
        if answered.packed { unpacked(&answered.bytes) } else { answered.bytes }
    }

    /// Asks, and reads the answer.
    pub async fn ask_json(&self, client: &Client) -> Value {
        serde_json::from_slice(&self.ask_plain(client).await).expect("the answer is JSON")
    }

    /// Asks once and lets `check` see whether the answer is whole; from then on the answer must be the same.
    pub async fn into_case(self, client: &Client, check: impl Fn(&Value)) -> Case {
        let expected = self.ask_plain(client).await;
        check(&serde_json::from_slice(&expected).expect("the answer is JSON"));
        Case { question: self, expected, packed: OnceLock::new() }
    }
}

/// How long requests took.
#[derive(Default)]
pub struct Run {
    elapsed: Duration,
    /// Shortest first.
    waits: Vec<Duration>,
}

impl Run {
    /// Counts another run as more of this one.
    pub fn add(&mut self, other: Self) {
        self.elapsed += other.elapsed;
        self.waits.extend(other.waits);
        self.waits.sort_unstable();
    }

    pub fn requests(&self) -> usize {
        self.waits.len()
    }

    pub fn requests_a_second(&self) -> f64 {
        self.waits.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// The wait that `percent` of the requests did not exceed, in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.waits.len() * percent).div_ceil(100).saturating_sub(1);
        self.waits[at].as_secs_f64() * 1_000.0
    }
}

/// Sends `count` requests over all connections, each of which asks again when it has been answered and has checked it.
pub async fn drive(cases: &Arc<Vec<Case>>, count: usize) -> Run {
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (cases, next, client) = (Arc::clone(cases), Arc::clone(&next), Client::new());
            tokio::spawn(async move {
                let mut waits = Vec::new();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return waits;
                    }
                    let case = &cases[at % cases.len()];
                    let asked = Instant::now();
                    let answer = case.question.ask(&client).await;
                    waits.push(asked.elapsed());
                    case.check(&answer);
                }
            })
        })
        .collect();
    let mut waits = Vec::with_capacity(count);
    for worker in workers {
        waits.extend(worker.await.expect("every answer is right"));
    }
    let elapsed = begun.elapsed();
    waits.sort_unstable();
    Run { elapsed, waits }
}
