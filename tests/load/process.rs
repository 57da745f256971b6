//! What processes use, as Linux tells it in `/proc`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// Processor time is told in hundredths of a second.
const TICKS_A_SECOND: f64 = 100.0;
/// Memory is told in pages.
const PAGE_BYTES: f64 = 4096.0;

/// A server this program started; stopped when dropped.
pub struct Server {
    child: Child,
    /// Where it answers.
    pub url: String,
}

/// A few people stand for all of a council's here, at one address: how often one of them asks is not limited.
pub const UNHURRIED: (&str, &str) = ("GOLDENTHREAD_LIMITS", "operations-per-actor=0,operations-per-address=0,sockets-per-actor=10000");

impl Server {
    /// Starts a program that says on its first line of output where it serves.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
        output.read_line(&mut line).expect("it says where it serves");
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap_or_else(|| panic!("no address in {line:?}"));
        let url = url.trim_end_matches("/graphql").to_owned();
        Self { child, url }
    }

    /// Which process it is.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have stopped by itself, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The process that owns a PostgreSQL cluster.
pub fn postmaster(cluster: &Path) -> u32 {
    let text = fs::read_to_string(cluster.join("postmaster.pid")).expect("the cluster is running and readable");
    text.lines().next().and_then(|line| line.trim().parse().ok()).expect("its first line is a process")
}

/// Seconds of processor time that a process, and children it has waited for, used so far.
pub fn seconds(pid: u32) -> f64 {
    stat(pid).map_or(0.0, |stat| stat.own + stat.waited_for)
}

/// The same with children that are still running: PostgreSQL answers each connection in one.
pub fn seconds_with_children(pid: u32) -> f64 {
    let processes = fs::read_dir("/proc").expect("there is a /proc");
    let pids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let running: f64 = pids.filter_map(stat).filter(|stat| stat.parent == pid).map(|stat| stat.own).sum();
    seconds(pid) + running
}

struct Stat {
    parent: u32,
    own: f64,
    waited_for: f64,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the program's name in brackets, which may hold anything.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    let seconds = |at: usize| Some((ticks(at)? + ticks(at + 1)?) / TICKS_A_SECOND);
    Some(Stat { parent: fields.get(1)?.parse().ok()?, own: seconds(11)?, waited_for: seconds(13)? })
}

/// Mebibytes a process holds now, and the most it ever held.
pub fn memory(pid: u32) -> (f64, f64) {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).expect("the process runs");
    let of = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok()
    };
    let mebibytes = |name| of(name).expect("Linux tells it") / 1024.0;
    (mebibytes("VmRSS:"), mebibytes("VmHWM:"))
}

/// The most memory a server and the processes it started held, in mebibytes.
#[derive(Clone, Copy, Default)]
pub struct Peak {
    pub server: f64,
    pub child: f64,
    /// Of the sums seen at one instant.
    pub both: f64,
}

/// Looks at a server and its children again and again until told to stop.
pub struct Watch {
    over: Arc<AtomicBool>,
    looking: JoinHandle<Peak>,
}

impl Watch {
    pub fn start(pid: u32) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&over);
        let looking = std::thread::spawn(move || {
            let mut peak = Peak::default();
            while !stop.load(Ordering::Relaxed) {
                let server = held(pid).unwrap_or_default();
                let child: f64 = children(pid).into_iter().filter_map(held).sum();
                peak = Peak { server: peak.server.max(server), child: peak.child.max(child), both: peak.both.max(server + child) };
                std::thread::sleep(Duration::from_millis(5));
            }
            peak
        });
        Self { over, looking }
    }

    pub fn stop(self) -> Peak {
        self.over.store(true, Ordering::Relaxed);
        self.looking.join().expect("it looks to the end")
    }
}

/// Mebibytes a process holds; none when it is gone.
fn held(pid: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    Some(text.split_whitespace().nth(1)?.parse::<f64>().ok()? * PAGE_BYTES / f64::from(1 << 20))
}

fn children(pid: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>()).collect()
}
