//! The released way to run it: the real program, started with `serve`, as a process of its own.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::harness::{Harness, SECRET, program};

/// A service on a journey's database and files; killed when dropped.
pub struct Served {
    child: Child,
    address: SocketAddr,
    /// The names and values of its environment.
    environment: Vec<(String, String)>,
    /// Where it answers.
    pub url: String,
    /// What it logged.
    log: PathBuf,
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
        (0..5).find_map(|_| Self::at(harness, free(), settings, &[])).expect("serves at one of five ports")
    }

    /// The same through a program of others, which runs it as its own: `strace -D …`.
    ///
    /// # Panics
    /// When it does not serve.
    #[must_use]
    pub fn through(harness: &Harness, settings: &[(&str, &str)], through: &[&str]) -> Self {
        std::fs::write(harness.folder.join("signing.key"), SECRET).expect("keeps the key");
        (0..5).find_map(|_| Self::at(harness, free(), settings, through)).expect("serves at one of five ports")
    }

    /// Which process it is.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Starts another on the same address, after this one was stopped.
    ///
    /// # Panics
    /// When it does not serve there.
    #[must_use]
    pub fn again(self, harness: &Harness, settings: &[(&str, &str)]) -> Self {
        let address = self.address;
        drop(self);
        Self::at(harness, address, settings, &[]).expect("serves where it served")
    }

    /// Its front door, for whoever goes in and out by the harness's.
    #[must_use]
    pub fn door(&self, harness: &Harness) -> Harness {
        let (app, database, folder) = (harness.app.clone(), harness.database.clone(), harness.folder.clone());
        let server = tokio::spawn(std::future::ready(()));
        Harness { app, url: self.url.clone(), database, folder, server, client: harness.client.clone() }
    }

    /// What it logged so far.
    ///
    /// # Panics
    /// When there is no log.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("a log")
    }

    /// Tells it to stop, and does not wait for it.
    ///
    /// # Panics
    /// When there is no `kill`.
    pub fn tell_to_stop(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("there is a `kill`");
        assert!(told.success());
    }

    /// Has another take its place, as an upgrade does: told to stop, waited for, started again. Answers its exit code too.
    ///
    /// # Panics
    /// When it does not serve there.
    #[must_use]
    pub fn replaced(mut self) -> (Self, i32) {
        let code = self.terminate();
        (Self::with(self.address, self.environment.clone(), self.log.clone(), &[]).expect("serves where it served"), code)
    }

    /// Tells it to stop, as whoever runs services does, and waits until it has. Answers its exit code.
    ///
    /// # Panics
    /// When there is no `kill`, or it was killed.
    pub fn terminate(&mut self) -> i32 {
        self.tell_to_stop();
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

    fn at(harness: &Harness, address: SocketAddr, settings: &[(&str, &str)], through: &[&str]) -> Option<Self> {
        let folder = harness.folder.display().to_string();
        // There is no balancer that has to see it go.
        let own = [("DATABASE_URL", harness.database.as_str()), ("GOLDENTHREAD_DATA", &folder), ("GOLDENTHREAD_DRAIN_SECONDS", "0")];
        let all = own.iter().chain(settings).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let log = harness.folder.join(format!("serve-{}.log", address.port()));
        Self::with(address, all.collect(), log, through)
    }

    fn with(address: SocketAddr, environment: Vec<(String, String)>, log: PathBuf, through: &[&str]) -> Option<Self> {
        let mut command = match through {
            [] => Command::new(program()),
            [other, arguments @ ..] => {
                let mut command = Command::new(other);
                command.args(arguments).arg(program());
                command
            }
        };
        let mut child = command
            .arg("serve")
            .envs(environment.clone())
            .env("GOLDENTHREAD_LISTEN", address.to_string())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).expect("a log"))
            .spawn()
            .expect("starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut said).expect("says that it serves");
        let served = Self { child, address, environment, url: format!("http://{address}"), log };
        said.contains("serves").then_some(served)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address nobody listens at yet.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address")
}
