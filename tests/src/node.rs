//! Programs of others beside the journeys: GraphQL clients, audits and lints from npm, run by Node.js.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// How long one step of a client may take: a service is restarted meanwhile.
const STEP_SECONDS: u64 = 60;

/// A client that runs, and does a step at a time; gone when dropped.
pub struct Node {
    name: String,
    stdin: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

impl Node {
    /// Starts one of `tests/clients` and tells it where the service is.
    ///
    /// # Panics
    /// When it cannot be had: what it would try is not tested then, and that must be seen.
    pub async fn start(script: &str, told: &Value) -> Self {
        let mut process = command(script).await.stdin(Stdio::piped()).spawn().expect("node starts");
        let stdin = process.stdin.take().expect("it has a standard input");
        let stdout = process.stdout.take().expect("it has a standard output");
        let lines = BufReader::new(stdout).lines();
        let mut node = Self { name: script.to_owned(), stdin, lines, _process: process };
        node.tell(told).await;
        node
    }

    /// Has it do something and answers what came of it.
    pub async fn step(&mut self, step: &Value) -> Value {
        self.tell(step).await;
        self.said().await
    }

    /// Tells it something that it does not answer at once. If it is gone, what it said last tells why.
    pub async fn tell(&mut self, what: &Value) {
        let _ = self.stdin.write_all(format!("{what}\n").as_bytes()).await;
    }

    /// What it says next.
    ///
    /// # Panics
    /// When it says nothing in time, ends, or failed.
    pub async fn said(&mut self) -> Value {
        let next = tokio::time::timeout(std::time::Duration::from_secs(STEP_SECONDS), self.lines.next_line()).await;
        let line = next.unwrap_or_else(|_| panic!("{} says nothing", self.name)).expect("it speaks");
        let line = line.unwrap_or_else(|| panic!("{} ended (see above)", self.name));
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|why| panic!("{} said {line:?}: {why}", self.name));
        assert!(said.get("failure").is_none(), "{}: {}", self.name, said["failure"]);
        said
    }
}

/// Runs one of `tests/clients` to its end; answers what it printed.
///
/// # Panics
/// When it fails.
pub async fn node(script: &str, arguments: &[&str]) -> Value {
    let done = command(script).await.args(arguments).stdin(Stdio::null()).output().await.expect("node starts");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{script}: {said}");
    serde_json::from_str(&said).unwrap_or_else(|why| panic!("{script} said {said:?}: {why}"))
}

async fn command(script: &str) -> Command {
    let folder = installed().await;
    let mut command = Command::new("node");
    command.arg(folder.join(script)).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::inherit()).kill_on_drop(true);
    command
}

/// The folder with the clients, which the script installs unless they are there and unchanged.
async fn installed() -> PathBuf {
    let test = std::env::current_exe().expect("this test is a file");
    let target = test.ancestors().nth(3).expect("tests are built into target/*/deps");
    let folder = target.join("clients");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/clients");
    let done = Command::new(&script).arg(&folder).output().await;
    let done = done.unwrap_or_else(|why| panic!("{} does not run: {why}", script.display()));
    assert!(done.status.success(), "no clients to test with:\n{}", String::from_utf8_lossy(&done.stderr));
    folder
}
