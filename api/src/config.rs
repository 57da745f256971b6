//! What an installation may set: by flag, by environment, or left as it is.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{ArgAction, Args};

use crate::bounds::{Bounds, Limits, Setting};
use crate::error::{Error, Result};
use crate::graphql::trusted::Trusted;
use crate::notices::{KEPT_DAYS, KEPT_DAYS_MAX, KEPT_DAYS_MIN, Mailer};
use crate::telemetry::log::Format;

/// Room for kept answers, unless an installation says otherwise: some eight hundred scorecards of 300 indicators, packed.
pub const KEPT_ANSWERS_MIB: u64 = 24;

/// Where the database, the files and the door are.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Database: `sqlite://file.db` or `postgres://user@host/name`. By default a SQLite file in the data folder.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Address to serve on.
    #[arg(long, env = "GOLDENTHREAD_LISTEN", global = true, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where clients reach the service, for links in answers: `https://performance.example.gov.uk`. By default
    /// `http://` and the address it serves on.
    #[arg(long, env = "GOLDENTHREAD_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Folder for keys, uploads, packs and the SQLite file.
    #[arg(long, env = "GOLDENTHREAD_DATA", global = true, default_value = "./data")]
    pub data: PathBuf,
    /// File with the key that tokens, links and the audit trail are signed with: 32 bytes or more, the same for every node. By
    /// default `signing.key` in the data folder, made there when there is none.
    #[arg(long, env = "GOLDENTHREAD_SIGNING_KEY", global = true, value_name = "FILE")]
    pub signing_key: Option<PathBuf>,
    /// Where uploads and packs are kept: a folder, or `s3://bucket/prefix`, which says the environment how to reach (`AWS_…`). By
    /// default `files` in the data folder. Several nodes share it.
    #[arg(long, env = "GOLDENTHREAD_FILES", global = true)]
    pub files: Option<String>,
    /// A streaming replica of the PostgreSQL that queries are read from while it is up to date.
    #[arg(long, env = "GOLDENTHREAD_REPLICA_URL", global = true, hide_env_values = true)]
    pub replica_url: Option<String>,
    /// The largest workbook taken, in bytes.
    #[arg(long, env = "GOLDENTHREAD_UPLOAD_BYTES_MAX", global = true, default_value_t = 25 * 1024 * 1024)]
    pub upload_bytes_max: usize,
    /// How many reverse proxies stand in front, each adding to `X-Forwarded-For`: what limits per address and the audit
    /// trail take for a client's address. With none, the connection's own address is taken.
    #[arg(long, env = "GOLDENTHREAD_TRUSTED_PROXIES", global = true, default_value_t = 0)]
    pub trusted_proxies: usize,
    /// Let councils enter identity providers and webhooks at private addresses and by plain http: for an installation in a
    /// network of its own. On a platform that several councils share this would let an administrator reach what stands beside it.
    #[arg(long, env = "GOLDENTHREAD_PRIVATE_ISSUERS", global = true, default_value_t = false)]
    pub private_issuers: bool,
    /// Relay that reminders are sent through: `smtps://user:password@host:port`, or `smtp://…?tls=required` for STARTTLS. Plain
    /// `smtp://` goes to this machine alone. Without it no mail is sent.
    #[arg(long, env = "GOLDENTHREAD_SMTP_URL", global = true, hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Who reminders are from: `Performance <performance@example.gov.uk>`. Needed with a relay.
    #[arg(long, env = "GOLDENTHREAD_MAIL_FROM", global = true)]
    pub mail_from: Option<String>,
    /// Days a reminder is kept after it was written, 200 to 3,660.
    #[arg(long, env = "GOLDENTHREAD_REMINDERS_KEPT_DAYS", global = true, default_value_t = KEPT_DAYS,
        value_parser = clap::value_parser!(u32).range(i64::from(KEPT_DAYS_MIN)..=i64::from(KEPT_DAYS_MAX)))]
    pub reminders_kept_days: u32,
    /// Mebibytes of answers a node keeps for as long as nothing of a council changes, 0 for none, 4,096 at most.
    #[arg(long, env = "GOLDENTHREAD_KEPT_ANSWERS_MIB", global = true, default_value_t = KEPT_ANSWERS_MIB,
        value_parser = clap::value_parser!(u64).range(0..=4_096))]
    pub kept_answers_mib: u64,
    /// Folder with further languages of packs: a file `<tag>.ftl` each, for instance `pl-PL.ftl`, with
    /// every message the product's own have. English and Welsh come with the product.
    #[arg(long, env = "GOLDENTHREAD_LANGUAGES", global = true)]
    pub languages: Option<PathBuf>,
    /// A limit other than its default, as often as needed: `depth=30`. All of them are in docs/limits.md.
    #[arg(long = "limit", env = "GOLDENTHREAD_LIMITS", global = true, value_name = "NAME=N", value_delimiter = ',')]
    pub limits: Vec<Setting>,
    /// Answer only the GraphQL documents in this folder (`.graphql` files) or JSON file (documents by their SHA-256).
    #[arg(long, env = "GOLDENTHREAD_TRUSTED_DOCUMENTS", global = true)]
    pub trusted_documents: Option<PathBuf>,
    /// Address to serve metrics and readiness on for whoever watches over the service, away from the clients: `127.0.0.1:9464`. It
    /// answers everybody who reaches it. Without it there is no `/metrics`.
    #[arg(long, env = "GOLDENTHREAD_METRICS_LISTEN", global = true)]
    pub metrics_listen: Option<SocketAddr>,
    /// How the log looks.
    #[arg(long, env = "GOLDENTHREAD_LOG_FORMAT", global = true, value_enum, default_value_t = Format::Text)]
    pub log_format: Format,
    /// Seconds to go on serving after SIGTERM with `/readyz` answering 503, so that a balancer sends nobody here before the
    /// door closes; 0 to 300.
    #[arg(long, env = "GOLDENTHREAD_DRAIN_SECONDS", global = true, default_value_t = 3, value_parser = clap::value_parser!(u64).range(0..=300))]
    pub drain_seconds: u64,
    /// Whether documents may ask for the schema itself.
    #[arg(long, env = "GOLDENTHREAD_INTROSPECTION", global = true, default_value_t = true, action = ArgAction::Set)]
    pub introspection: bool,
    /// Whether a browser gets GraphiQL.
    #[arg(long, env = "GOLDENTHREAD_GRAPHIQL", global = true, default_value_t = true, action = ArgAction::Set)]
    pub graphiql: bool,
}

impl Config {
    /// What this installation takes. Trusted documents are read here, once.
    pub fn bounds(&self) -> Result<Bounds> {
        Ok(Bounds {
            limits: Limits::of(&self.limits),
            trusted: self.trusted_documents.as_deref().map(Trusted::load).transpose()?,
            introspection: self.introspection,
            graphiql: self.graphiql,
        })
    }

    /// The relay for reminders, where there is one.
    pub fn mailer(&self) -> Result<Option<Mailer>> {
        let Some(url) = &self.smtp_url else { return Ok(None) };
        let refuse = |why: &str| Error::bad_input(format!("Reminders cannot be sent by mail as configured: {why}"));
        let from = self.mail_from.as_deref().ok_or_else(|| refuse("say in GOLDENTHREAD_MAIL_FROM who they are from."))?;
        Mailer::of(url, from).map(Some).map_err(|why| refuse(&why))
    }

    /// The address that links begin with.
    pub fn public_url(&self) -> String {
        self.public_url.as_deref().map_or_else(|| format!("http://{}", self.listen), |url| url.trim_end_matches('/').to_owned())
    }

    /// Where the key is that tokens, links and the audit trail are signed with.
    pub fn signing_key(&self) -> PathBuf {
        self.signing_key.clone().unwrap_or_else(|| self.data.join("signing.key"))
    }

    /// The database's address, given or by default.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite://{}", self.data.join("goldenthread.db").display()))
    }
}
