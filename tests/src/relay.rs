//! A mail relay beside the journeys: takes letters by SMTP on this machine, and does as it is told.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// A letter as the relay took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub from: String,
    pub to: Vec<String>,
    /// Headers and body, as they were sent.
    pub text: String,
}

impl Posted {
    /// A header's value, folded lines put together.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.text.split("\r\n\r\n").next()?.replace("\r\n ", " ");
        let wanted = format!("{}:", name.to_lowercase());
        let line = head.split("\r\n").find(|line| line.to_lowercase().starts_with(&wanted))?;
        Some(line[wanted.len()..].trim().to_owned())
    }

    /// What stands below the headers.
    #[must_use]
    pub fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }
}

#[derive(Default)]
struct Kept {
    posted: Mutex<Vec<Posted>>,
    came: Notify,
    /// Letters that are put off before one is taken again.
    busy: AtomicU32,
}

/// A running relay; gone when dropped.
pub struct Relay {
    /// Its address, as an installation gives it.
    pub url: String,
    kept: Arc<Kept>,
    server: JoinHandle<()>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Relay {
    /// Starts one on a free port of this machine.
    ///
    /// # Panics
    /// When there is none.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let kept = Arc::new(Kept::default());
        let for_all = Arc::clone(&kept);
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = Arc::clone(&for_all);
                // A client that breaks off ends its own conversation.
                tokio::spawn(async move { converse(stream, &kept).await.ok() });
            }
        });
        Self { url, kept, server }
    }

    /// Puts off so many letters from now on: try again later.
    pub fn busy(&self, letters: u32) {
        self.kept.busy.store(letters, Ordering::SeqCst);
    }

    /// The letters that were taken so far, in order.
    ///
    /// # Panics
    /// When a conversation did.
    #[must_use]
    pub fn posted(&self) -> Vec<Posted> {
        self.kept.posted.lock().expect("nobody panicked").clone()
    }

    /// Returns when a letter was taken and its sender told so, or is just being told.
    pub async fn came(&self) {
        self.kept.came.notified().await;
    }
}

async fn converse(stream: TcpStream, kept: &Kept) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 relay\r\n").await?;
    let mut letter = Posted { from: String::new(), to: Vec::new(), text: String::new() };
    while let Some(line) = lines.next_line().await? {
        let verb: String = line.chars().take(4).collect::<String>().to_uppercase();
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        let answer = match verb.as_str() {
            "EHLO" | "HELO" => "250-relay\r\n250 8BITMIME",
            "MAIL" if kept.busy.load(Ordering::SeqCst) > 0 => {
                kept.busy.fetch_sub(1, Ordering::SeqCst);
                "451 busy, try again"
            }
            "MAIL" => {
                letter = Posted { from: address(), to: Vec::new(), text: String::new() };
                "250 ok"
            }
            "RCPT" if address().starts_with("gone") => "550 nobody of that name",
            "RCPT" => {
                letter.to.push(address());
                "250 ok"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    letter.text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    letter.text.push_str("\r\n");
                }
                kept.posted.lock().expect("nobody panicked").push(letter.clone());
                kept.came.notify_one();
                "250 taken"
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            "RSET" | "NOOP" => "250 ok",
            _ => "502 not here",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
