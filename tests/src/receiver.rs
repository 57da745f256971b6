//! A council's own program beside the journeys: takes what webhooks send, and answers as it is told.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Called {
    pub headers: HeaderMap,
    pub body: String,
}

impl Called {
    /// A header's value; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

#[derive(Default)]
struct Kept {
    called: Vec<Called>,
    /// What is answered next, the first first; 204 when nothing is left.
    answers: Vec<u16>,
}

/// A running receiver; gone when dropped.
pub struct Receiver {
    /// Its address.
    pub url: String,
    kept: Arc<Mutex<Kept>>,
    server: JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Receiver {
    /// Starts one on a free port of this machine.
    ///
    /// # Panics
    /// When there is none.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hook?key=their-own-secret", listener.local_addr().expect("an address"));
        let kept = Arc::new(Mutex::new(Kept::default()));
        let for_all = Arc::clone(&kept);
        let take = move |headers: HeaderMap, body: Bytes| async move {
            let mut kept = for_all.lock().expect("nobody panicked");
            kept.called.push(Called { headers, body: String::from_utf8_lossy(&body).into_owned() });
            let status = if kept.answers.is_empty() { 204 } else { kept.answers.remove(0) };
            StatusCode::from_u16(status).expect("a status")
        };
        let routes = Router::new().route("/hook", post(take));
        let server = tokio::spawn(async move { axum::serve(listener, routes).await.expect("serves") });
        Self { url, kept, server }
    }

    /// Answers with these statuses first.
    ///
    /// # Panics
    /// When a request did.
    pub fn answer(&self, statuses: &[u16]) {
        self.kept.lock().expect("nobody panicked").answers = statuses.to_vec();
    }

    /// What came so far, in order.
    ///
    /// # Panics
    /// When a request did.
    #[must_use]
    pub fn called(&self) -> Vec<Called> {
        self.kept.lock().expect("nobody panicked").called.clone()
    }
}
