//! A real identity provider beside the journeys: the certified `oidc-provider`, in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

/// A running identity provider; gone when dropped.
pub struct Oidc {
    /// Its address, as its tokens have it.
    pub issuer: String,
    pipes: Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
    _process: Child,
}

impl Oidc {
    /// Starts one that publishes keys of these names and algorithms. What it runs on is installed where it is missing.
    ///
    /// # Panics
    /// When it cannot be had: sign-in is not tested then, and that must be seen.
    pub async fn start(keys: &[(&str, &str)]) -> Self {
        let folder = installed().await;
        let mut process = Command::new("node")
            .arg(sources().join("oidc/provider.mjs"))
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node starts");
        let stdin = process.stdin.take().expect("it has a standard input");
        let stdout = process.stdout.take().expect("it has a standard output");
        let mut lines = BufReader::new(stdout).lines();
        let first = lines.next_line().await.expect("the provider speaks").expect("the provider starts");
        let first: Value = serde_json::from_str(&first).expect("it speaks JSON");
        let issuer = first["issuer"].as_str().expect("it says its address").to_owned();
        let provider = Self { issuer, pipes: Mutex::new((stdin, lines)), _process: process };
        provider.keys(keys).await;
        provider
    }

    /// Publishes exactly these keys from now on. One that was published before is the same key.
    pub async fn keys(&self, keys: &[(&str, &str)]) {
        let keys: Vec<Value> = keys.iter().map(|(kid, alg)| json!({ "kid": kid, "alg": alg })).collect();
        self.say(json!({ "do": "keys", "keys": keys })).await;
    }

    /// An access token of its token endpoint, signed with a key, for an audience, that says these things.
    ///
    /// # Panics
    /// When it issues none.
    pub async fn token(&self, kid: &str, audience: &str, claims: &Value) -> String {
        let said = self.say(json!({ "do": "token", "kid": kid, "audience": audience, "claims": claims })).await;
        said["token"].as_str().expect("a token").to_owned()
    }

    /// An ID token for the client `goldenthread`, valid by the system's clock, signed with its first key.
    ///
    /// # Panics
    /// When it issues none.
    pub async fn id_token(&self, claims: &Value) -> String {
        let said = self.say(json!({ "do": "idToken", "claims": claims })).await;
        said["token"].as_str().expect("a token").to_owned()
    }

    /// Hangs up on whoever calls.
    pub async fn go_down(&self) {
        self.say(json!({ "do": "down" })).await;
    }

    /// Answers again.
    pub async fn come_up(&self) {
        self.say(json!({ "do": "up" })).await;
    }

    /// How often it was asked for its keys.
    ///
    /// # Panics
    /// When it does not say.
    pub async fn times_asked(&self) -> u64 {
        self.say(json!({ "do": "counts" })).await["jwks"].as_u64().expect("a number")
    }

    async fn say(&self, command: Value) -> Value {
        let mut pipes = self.pipes.lock().await;
        pipes.0.write_all(format!("{command}\n").as_bytes()).await.expect("the provider listens");
        let line = pipes.1.next_line().await.expect("the provider speaks").expect("the provider is there");
        let said: Value = serde_json::from_str(&line).expect("it speaks JSON");
        assert!(said.get("failure").is_none(), "{command}: {said:#}");
        said
    }
}

/// The folder with the provider's program, which the script installs unless it is there and unchanged.
async fn installed() -> PathBuf {
    let test = std::env::current_exe().expect("this test is a file");
    let target = test.ancestors().nth(3).expect("tests are built into target/*/deps");
    let folder = target.join("oidc");
    let script = sources().join("../scripts/oidc");
    let done = Command::new(&script).arg(&folder).output().await;
    let done = done.unwrap_or_else(|why| panic!("{} does not run: {why}", script.display()));
    assert!(done.status.success(), "no identity provider to test sign-in with:\n{}", String::from_utf8_lossy(&done.stderr));
    folder
}

fn sources() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
