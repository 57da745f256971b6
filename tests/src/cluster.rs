//! A PostgreSQL of a journey's own, with a streaming replica: for what cannot be done to the one all journeys share.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// A cluster; stopped and deleted when the last of its handles is dropped.
#[derive(Clone)]
pub struct Cluster {
    folder: Arc<Folder>,
    /// Where it answers, as its superuser.
    pub url: String,
}

impl Cluster {
    /// Starts one; none, and says so, where journeys run without PostgreSQL.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start() -> Option<Self> {
        if std::env::var("GOLDENTHREAD_TEST_POSTGRES").is_err() {
            eprintln!("SKIPPED: a cluster of its own (GOLDENTHREAD_TEST_POSTGRES is not set)");
            return None;
        }
        let folder = Folder::of_its_own();
        let url = script(&["start", &folder.text()]);
        Some(Self { folder: Arc::new(folder), url })
    }

    /// A replica that follows it.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn replica(&self) -> Self {
        let folder = Folder::of_its_own();
        let url = script(&["replica", &folder.text(), &self.url]);
        Self { folder: Arc::new(folder), url }
    }

    /// Ends it at once, as a power cut would.
    ///
    /// # Panics
    /// When it does not end.
    pub fn crash(&self) {
        script(&["crash", &self.folder.text()]);
    }

    /// Starts one that crashed, where it was.
    ///
    /// # Panics
    /// When it does not start.
    pub fn again(&self) {
        script(&["again", &self.folder.text()]);
    }
}

/// Where a cluster lies.
struct Folder(PathBuf);

impl Folder {
    /// PostgreSQL refuses to run as root, so it is where anybody may make one.
    fn of_its_own() -> Self {
        Self(std::env::temp_dir().join(format!("goldenthread-test.{}", goldenthread::app::Ids.next().simple())))
    }

    fn text(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        script(&["stop", &self.text()]);
    }
}

fn script(said: &[&str]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/postgres");
    let done = Command::new(script).args(said).output().expect("runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).lines().last().unwrap_or_default().to_owned()
}
