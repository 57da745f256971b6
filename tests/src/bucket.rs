//! A bucket beside the journeys: a server that speaks S3, in a process of its own, which can be had to fail.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server with an empty bucket called `performance`; gone when dropped.
pub struct Bucket {
    server: Child,
    /// Where it answers.
    pub url: String,
    client: reqwest::Client,
}

impl Bucket {
    /// Starts one. What it runs on is installed where it is missing.
    ///
    /// # Panics
    /// When it cannot be had: files in a bucket are not tested then, and that must be seen.
    pub async fn start() -> Self {
        let (server, url) = served(0);
        let bucket = Self { server, url, client: reqwest::Client::new() };
        bucket.make().await;
        bucket
    }

    /// Stops it with all it holds.
    pub fn stop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }

    /// Starts it again where it was, empty.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn again(&mut self) {
        let port = self.url.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).expect("a port");
        (self.server, self.url) = served(port);
        self.make().await;
    }

    /// Has its next requests fail: `error`, `parts` (of a large file alone) or `slow`; `none` ends that.
    pub async fn fail(&self, how: &str, requests: usize) {
        self.say(&format!("fault/{how}/{requests}")).await;
    }

    /// How many uploads in parts were begun and neither finished nor given up.
    ///
    /// # Panics
    /// When it does not say.
    pub async fn unfinished(&self) -> usize {
        self.say("uploads").await.parse().expect("a number")
    }

    /// Everything below a prefix of the bucket: keys, in order.
    ///
    /// # Panics
    /// When it cannot be listed.
    pub async fn keys(&self, prefix: &str) -> Vec<String> {
        let url = format!("{}/performance?prefix={prefix}", self.url);
        let listed = self.client.get(url).send().await.expect("is answered").text().await.expect("text");
        listed.split("<Key>").skip(1).filter_map(|rest| rest.split_once("</Key>")).map(|(key, _)| key.to_owned()).collect()
    }

    /// What tells a program where it is and who asks.
    #[must_use]
    pub fn environment(&self) -> [(&str, &str); 5] {
        [
            ("AWS_ACCESS_KEY_ID", "journeys"),
            ("AWS_SECRET_ACCESS_KEY", "a secret of the journeys"),
            ("AWS_REGION", "eu-west-2"),
            ("AWS_ENDPOINT_URL", &self.url),
            ("AWS_ALLOW_HTTP", "true"),
        ]
    }

    async fn make(&self) {
        let made = self.client.put(format!("{}/performance", self.url)).body("").send().await.expect("is answered");
        assert!(made.status().is_success(), "{}", made.status());
    }

    async fn say(&self, what: &str) -> String {
        let said = self.client.put(format!("{}/-/{what}", self.url)).body("").send().await.expect("is answered");
        said.text().await.expect("text")
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.stop();
    }
}

fn served(port: u16) -> (Child, String) {
    let mut server = Command::new(installed().join("bin/python3"))
        .arg(sources().join("s3/serve.py"))
        .arg(port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut said = String::new();
    BufReader::new(server.stdout.take().expect("a pipe")).read_line(&mut said).expect("says where it is");
    (server, said.trim().to_owned())
}

/// Where the server is installed; now, if it is not.
fn installed() -> PathBuf {
    let test = std::env::current_exe().expect("this test is a file");
    let target = test.ancestors().nth(3).expect("tests are built into target/*/deps");
    let folder = target.join("s3");
    let done = Command::new(sources().join("../scripts/s3")).arg(&folder).output().expect("runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder
}

fn sources() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
