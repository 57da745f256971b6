//! A PostgreSQL of a journey's own, with a streaming replica: for what cannot be done to the one all journeys share.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A cluster; stopped and deleted when dropped.
pub struct Cluster {
    folder: PathBuf,
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
        let folder = folder();
        let url = script(&["start", &folder.display().to_string()]);
        Some(Self { folder, url })
    }

    /// A replica that follows it.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn replica(&self) -> Self {
        let folder = folder();
        let url = script(&["replica", &folder.display().to_string(), &self.url]);
        Self { folder, url }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        script(&["stop", &self.folder.display().to_string()]);
    }
}

/// PostgreSQL refuses to run as root, so the folder is where anybody may make one.
fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("goldenthread-test.{}", goldenthread::app::Ids.next().simple()))
}

fn script(said: &[&str]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/postgres");
    let done = Command::new(script).args(said).output().expect("runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).lines().last().unwrap_or_default().to_owned()
}
