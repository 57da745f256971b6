//! Reading untrusted workbooks in a child process of this program.
//!
//! A reader that aborts, loops or asks for all memory costs its sender an error and nobody else anything. The child
//! gets the bytes on its standard input, bounds itself before it looks at them, and prints what it read.

use std::io::{Read as _, StdoutLock, Write as _};
use std::path::PathBuf;
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use clap::Args;
use importers::{Diagnostic, Limits, Place, Reading, Settings};
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use super::annotated::{self, Told};
use super::handover::{Read, hand_over, handed_over};
use super::places::{self, Places};
use crate::benchmarks::reading::{self, As};
use crate::error::{ContextExt, Error, Result};
use crate::jobs::Share;

/// Memory a child may have.
const CHILD_BYTES_MAX: u64 = 1 << 30;
/// Processor time a child may use.
const CHILD_SECONDS_MAX: u64 = 20;
/// How long we wait for it, when it does not get the processor for itself.
const CHILD_WAIT_MAX: Duration = Duration::from_secs(30);
/// What it may print.
const READING_BYTES_MAX: u64 = 256 << 20;
/// Letters of a line in which a child says how far it is.
const LINE_MAX: usize = 8;

/// How workbooks are read.
#[derive(Clone)]
pub struct Reader {
    program: PathBuf,
    bytes_max: usize,
    /// Where children may run: each may use a core.
    pub places: Places,
}

/// What the parent tells the child.
#[derive(Debug, Clone, Args)]
pub struct ChildArgs {
    /// What the sender called the file.
    #[arg(long)]
    file_name: String,
    /// The largest file taken, in bytes.
    #[arg(long)]
    bytes_max: u64,
}

impl Reader {
    /// A reader that runs this very program.
    pub fn child_of_this_program(bytes_max: usize) -> Result<Self> {
        Ok(Self::child_of(std::env::current_exe().context("finding this program")?, bytes_max))
    }

    /// A reader that runs another build of this program: what tests use.
    pub fn child_of(program: PathBuf, bytes_max: usize) -> Self {
        Self { program, bytes_max, places: Places::new(Share::of_this_machine()) }
    }

    /// Reads a workbook as the settings say, in a place that was waited for. A child that fails is the file's fault and
    /// comes back as a diagnostic. `told` hears how much of it is done, in hundredths.
    pub async fn read(
        &self,
        _place: &places::Place,
        (file_name, bytes): (&str, Vec<u8>),
        settings: &Settings,
        told: impl FnMut(usize),
    ) -> Result<Read> {
        let head = serde_json::to_vec(settings).context("telling a reader what is wanted")?;
        match tokio::time::timeout(CHILD_WAIT_MAX, self.run("read-workbook", file_name, (&head, bytes), told)).await {
            Ok(Ok(Answer::Printed(printed))) => Ok(handed_over(printed).unwrap_or_else(|| unreadable(file_name).into())),
            Ok(Ok(Answer::OutOfTime)) | Err(_) => Ok(too_long(file_name).into()),
            Ok(Ok(Answer::None)) => Ok(unreadable(file_name).into()),
            Ok(Err(error)) => Err(error),
        }
    }

    /// The workbook with its cells marked and a sheet of messages; none when it cannot be opened, or written again.
    pub async fn annotate(&self, _place: &places::Place, file_name: &str, bytes: Vec<u8>, told: &Told) -> Result<Option<Vec<u8>>> {
        let head = serde_json::to_vec(told).context("telling a reader what to mark")?;
        match tokio::time::timeout(CHILD_WAIT_MAX, self.run("annotate-workbook", file_name, (&head, bytes), |_| ())).await {
            Ok(Ok(Answer::Printed(bytes))) => Ok(Some(bytes)),
            Ok(Ok(Answer::OutOfTime | Answer::None)) | Err(_) => Ok(None),
            Ok(Err(error)) => Err(error),
        }
    }

    /// What a child prints of a national file; none when it died of it, or took too long.
    pub async fn read_national(
        &self,
        _place: &places::Place,
        (file_name, bytes): (&str, Vec<u8>),
        what: As,
        told: impl FnMut(usize),
    ) -> Result<Option<Vec<u8>>> {
        let head = serde_json::to_vec(&what).context("telling a reader what is wanted")?;
        match tokio::time::timeout(CHILD_WAIT_MAX, self.run("read-national", file_name, (&head, bytes), told)).await {
            Ok(Ok(Answer::Printed(printed))) => Ok(Some(printed)),
            Ok(Ok(Answer::OutOfTime | Answer::None)) | Err(_) => Ok(None),
            Ok(Err(error)) => Err(error),
        }
    }

    async fn run(&self, verb: &str, file_name: &str, (head, bytes): (&[u8], Vec<u8>), told: impl FnMut(usize)) -> Result<Answer> {
        let mut child = Command::new(&self.program)
            .arg(verb)
            // In one argument: a name may begin with a dash.
            .arg(format!("--file-name={file_name}"))
            .arg("--bytes-max")
            .arg(self.bytes_max.to_string())
            .env_clear()
            // The allocator would reserve as much address space as the child may have in all.
            .env("MIMALLOC_ARENA_RESERVE", "65536")
            // What it has done with is given back at once: this process takes up what it made of it at the same time.
            .env("MIMALLOC_PURGE_DELAY", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("starting a reader")?;
        let mut input = child.stdin.take().ok_or_else(|| Error::internal("starting a reader", &"no input"))?;
        let output = child.stdout.take().ok_or_else(|| Error::internal("starting a reader", &"no output"))?;
        let said = child.stderr.take().ok_or_else(|| Error::internal("starting a reader", &"no second output"))?;
        let feed = async move {
            // A child that dies early closes its input; that it died is told by its answer.
            let said = u32::try_from(head.len()).unwrap_or(u32::MAX).to_be_bytes();
            if input.write_all(&said).await.is_ok() && input.write_all(head).await.is_ok() {
                let _ = input.write_all(&bytes).await;
            }
        };
        let mut printed = Vec::new();
        let mut limited = output.take(READING_BYTES_MAX);
        let (_, read, ()) = tokio::join!(feed, limited.read_to_end(&mut printed), hear(said, told));
        read.context("listening to a reader")?;
        let status = child.wait().await.context("waiting for a reader")?;
        if ran_out_of_time(status) {
            return Ok(Answer::OutOfTime);
        }
        Ok(if status.success() { Answer::Printed(printed) } else { Answer::None })
    }
}

/// Hears how far a child is: hundredths, a line each. Whatever else it says, and however much, is passed over.
async fn hear(mut said: impl AsyncRead + Unpin, mut told: impl FnMut(usize)) {
    let (mut part, mut line) = ([0_u8; 256], Vec::with_capacity(LINE_MAX));
    while let Ok(length @ 1..) = said.read(&mut part).await {
        for byte in part.iter().take(length) {
            if *byte == b'\n' {
                let hundredths = std::str::from_utf8(&line).ok().and_then(|line| line.parse().ok());
                if let Some(hundredths @ 0..=100) = hundredths {
                    told(hundredths);
                }
                line.clear();
            } else if line.len() < LINE_MAX {
                line.push(*byte);
            }
        }
    }
}

/// What came of a child.
enum Answer {
    /// It did what it was asked, and printed this.
    Printed(Vec<u8>),
    /// It used up its processor time.
    OutOfTime,
    /// It died of something else, or could not do it.
    None,
}

#[cfg(unix)]
fn ran_out_of_time(status: std::process::ExitStatus) -> bool {
    // SIGXCPU has this number on every system this runs on.
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(24)
}

#[cfg(not(unix))]
fn ran_out_of_time(_: std::process::ExitStatus) -> bool {
    false
}

/// What is said of a file that took too long.
fn too_long(file_name: &str) -> Reading {
    broken(format!("Reading {file_name} took longer than the {CHILD_SECONDS_MAX} seconds a workbook may take."))
}

/// What is said of a file that broke its reader.
fn unreadable(file_name: &str) -> Reading {
    let most = CHILD_BYTES_MAX >> 30;
    broken(format!("{file_name} could not be read: reading it takes more memory than the {most} GB a workbook may, or it is damaged."))
}

fn broken(message: String) -> Reading {
    let diagnostic =
        Diagnostic::new("FIL-012", Place::file(), message).suggest("Open it in Excel, save it as a new .xlsx workbook, and send that.");
    Reading { diagnostics: vec![diagnostic], ..Reading::default() }
}

/// The child's side of reading.
pub fn child(args: &ChildArgs) -> ExitCode {
    work(args, |bytes, limits, settings: &Settings, out| {
        let told = |hundredths| {
            // Nobody may be listening any more.
            let _ = writeln!(std::io::stderr(), "{hundredths}");
        };
        let (reading, rows) = importers::read_watched(bytes, &args.file_name, limits, settings, &told);
        hand_over(&reading, &rows, out)
    })
}

/// The child's side of reading a national file.
pub fn national_child(args: &ChildArgs) -> ExitCode {
    work(args, |bytes, limits, what: &As, out| reading::in_child(bytes, &args.file_name, limits, *what, out))
}

/// The child's side of annotating.
pub fn annotating_child(args: &ChildArgs) -> ExitCode {
    work(args, |bytes, limits, told: &Told, out| out.write_all(&annotated::in_child(bytes, &args.file_name, limits, told)?).ok())
}

/// Bounds itself, reads what it is told and the file, and prints what is made of them.
fn work<T: DeserializeOwned>(args: &ChildArgs, make: impl FnOnce(&[u8], &Limits, &T, &mut StdoutLock<'_>) -> Option<()>) -> ExitCode {
    let made = || {
        bound().ok()?;
        let told: T = told()?;
        let mut bytes = Vec::new();
        std::io::stdin().take(args.bytes_max.saturating_add(1)).read_to_end(&mut bytes).ok()?;
        let limits = Limits { bytes: args.bytes_max, ..Limits::default() };
        let mut out = std::io::stdout().lock();
        make(&bytes, &limits, &told, &mut out)?;
        out.flush().ok()
    };
    if made().is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What the parent says before the file: how long it is, then that.
fn told<T: DeserializeOwned>() -> Option<T> {
    let mut said = [0_u8; 4];
    std::io::stdin().read_exact(&mut said).ok()?;
    let mut text = Vec::new();
    std::io::stdin().take(u64::from(u32::from_be_bytes(said))).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

#[cfg(unix)]
fn bound() -> std::io::Result<()> {
    use rlimit::Resource;
    Resource::AS.set(CHILD_BYTES_MAX, CHILD_BYTES_MAX)?;
    // The second later is for a program that would go on after being told.
    Resource::CPU.set(CHILD_SECONDS_MAX, CHILD_SECONDS_MAX + 1)?;
    Resource::NOFILE.set(16, 16)
}

#[cfg(not(unix))]
fn bound() -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn hundredths_are_heard_and_anything_else_is_passed_over() {
        let mut said = b"0\n7\n42\n101\n-3\nthread 'main' panicked at 12\n\n".to_vec();
        said.extend([b'9'; 100_000]);
        said.extend(b"\n\xff\n99\n100");
        let mut heard = Vec::new();
        hear(&said[..], |hundredths| heard.push(hundredths)).await;
        assert_eq!(heard, [0, 7, 42, 99]);
    }
}
