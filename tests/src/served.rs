//! The released way to run it: the real program, started with `serve`, as a process of its own.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};

use crate::harness::{Harness, SECRET, program};

/// A service on a journey's database and files; killed when dropped.
pub struct Served {
    child: Child,
    address: SocketAddr,
    /// Where it answers.
    pub url: String,
}

impl Served {
    /// Starts it with settings of its own (names and values of its environment), and comes back when it serves.
    ///
    /// # Panics
    /// When it does not serve.
    #[must_use]
    pub fn start(harness: &Harness, settings: &[(&str, &str)]) -> Self {
        std::fs::write(harness.folder.join("signing.key"), SECRET).expect("keeps the key");
        // Another journey may take the port between its being found free and its being bound.
        (0..5).find_map(|_| Self::at(harness, free(), settings)).expect("serves at one of five ports")
    }

    /// Starts another on the same address, after this one was stopped.
    ///
    /// # Panics
    /// When it does not serve there.
    #[must_use]
    pub fn again(self, harness: &Harness, settings: &[(&str, &str)]) -> Self {
        let address = self.address;
        drop(self);
        Self::at(harness, address, settings).expect("serves where it served")
    }

    /// Tells it to stop, as whoever runs services does, and waits until it has. Answers its exit code.
    ///
    /// # Panics
    /// When there is no `kill`, or it was killed.
    pub fn terminate(&mut self) -> i32 {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("there is a `kill`");
        assert!(told.success());
        self.child.wait().expect("it ends").code().expect("it ends by itself")
    }

    /// Processor time it has used so far, in seconds, as Linux tells it: to a hundredth.
    ///
    /// # Panics
    /// When it is gone, or this is no Linux.
    #[must_use]
    pub fn processor_seconds(&self) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("it runs");
        // The second field is the program's name in brackets, which may hold anything.
        let (_, fields) = text.rsplit_once(')').expect("brackets");
        let ticks = |at: usize| fields.split_whitespace().nth(at).and_then(|field| field.parse::<f64>().ok()).expect("a number");
        (ticks(11) + ticks(12)) / 100.0
    }

    fn at(harness: &Harness, address: SocketAddr, settings: &[(&str, &str)]) -> Option<Self> {
        let mut child = Command::new(program())
            .arg("serve")
            .env("DATABASE_URL", &harness.database)
            .env("GOLDENTHREAD_DATA", &harness.folder)
            .env("GOLDENTHREAD_LISTEN", address.to_string())
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut said).expect("says that it serves");
        let served = Self { child, address, url: format!("http://{address}") };
        said.contains("serves").then_some(served)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address")
}
