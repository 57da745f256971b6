//! What the service stands on: database, files, clock, ids, keys. A test replaces any of them here and nowhere else.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use async_graphql::parser::types::OperationType;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::access::token::Keys;
use crate::accounts::Accounts;
use crate::activity::Hub;
use crate::audit::refusals::Refusals;
use crate::bounds::Bounds;
use crate::config::Config;
use crate::db::Db;
use crate::directories::Directories;
use crate::error::{ContextExt, Result};
use crate::files::Files;
use crate::imports::pace::Paces;
use crate::imports::reader::Reader;
use crate::kept::Kept;
use crate::languages::Languages;
use crate::notices::Ways;
use crate::reach::Reach;
use crate::telemetry::account;
use crate::telemetry::health::Loop;
use crate::telemetry::{Health, Metrics};

/// The time. Nothing else reads the system's clock.
#[derive(Clone)]
pub enum Clock {
    System,
    Fixed(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock a test sets.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The instant, to the microsecond: what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        let now = match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
            Self::System => Utc::now(),
            Self::Fixed(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// The same in seconds since 1970, as metrics tell it.
    pub fn seconds(&self) -> f64 {
        self.now().timestamp_micros() as f64 / 1_000_000.0
    }

    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// Moves a fixed clock; does nothing to the system's.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = to;
        }
    }
}

/// Where new ids come from.
#[derive(Clone, Default)]
pub struct Ids;

impl Ids {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    pub fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Everything a request or a job needs.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub files: Files,
    pub clock: Clock,
    pub ids: Ids,
    pub keys: Arc<Keys>,
    /// What this node knows of councils' identity providers.
    pub directories: Arc<Directories>,
    pub accounts: Arc<Accounts>,
    /// How reminders leave this node.
    pub notices: Arc<Ways>,
    pub reader: Reader,
    /// What documents can be worded in.
    pub languages: Arc<Languages>,
    pub upload_bytes_max: usize,
    /// Proxies in front of this node whose word on a client's address is taken.
    pub trusted_proxies: usize,
    /// Who watches what happens in which council on this node.
    pub activity: Hub,
    /// How far the imports are that this node reads.
    pub paces: Paces,
    /// How often whom this node refused lately.
    pub refusals: Arc<Refusals>,
    /// Answers this node keeps; none where it is to keep none.
    pub kept: Option<Arc<Kept>>,
    /// What is taken from outside, and how much of it.
    pub bounds: Arc<Bounds>,
    /// What this node counts.
    pub metrics: Arc<Metrics>,
    /// Whether it can work.
    pub health: Arc<Health>,
    /// Where clients reach this node, for links.
    pub base_url: Arc<str>,
}

impl App {
    /// Which operation the work in hand asks for.
    pub fn asks(&self, operation: Option<&str>, kind: Option<OperationType>, visitor: bool) {
        account::with(|account| account.asked(operation, kind, &self.metrics.names.label(operation, visitor)));
    }

    /// One of the loops beside the requests went round, with what came of it.
    pub fn went_round(&self, which: Loop, well: bool) {
        self.health.seen(which);
        if well {
            self.metrics.went_round(which, self.clock.seconds());
        }
    }

    /// Opens the database and the data folder as configured. Keys are made there when there are none.
    pub async fn open(config: &Config) -> Result<Self> {
        make_private_folder(&config.data).context("making the data folder")?;
        let reach = if config.private_issuers { Reach::Anywhere } else { Reach::Public };
        let mut db = Db::open(&config.database_url()).await?;
        if let Some(replica) = &config.replica_url {
            db = db.with_replica(replica).await?;
        }
        // A key that was named is every node's: one that is missing is not to be replaced by one of this node's own.
        let keys = Keys::load_or_make(&config.signing_key(), config.signing_key.is_none())?;
        db.agree_on_key(&keys.fingerprint()?).await?;
        let (bounds, clock) = (config.bounds()?, Clock::System);
        let metrics = Metrics::new(&db, &bounds, clock.seconds());
        Ok(Self {
            db,
            files: files(config)?,
            clock,
            ids: Ids,
            keys: Arc::new(keys),
            directories: Arc::new(Directories::new(reach)),
            accounts: Arc::default(),
            notices: Arc::new(Ways::new(config.mailer()?, reach).kept_for(config.reminders_kept_days)),
            reader: Reader::child_of_this_program(config.upload_bytes_max)?,
            languages: Arc::new(Languages::load(config.languages.as_deref())?),
            upload_bytes_max: config.upload_bytes_max,
            trusted_proxies: config.trusted_proxies,
            activity: Hub::default(),
            paces: Paces::default(),
            refusals: Arc::default(),
            kept: Kept::new(config.kept_answers_mib << 20).map(Arc::new),
            bounds: Arc::new(bounds),
            metrics: Arc::new(metrics),
            health: Arc::default(),
            base_url: config.public_url().into(),
        })
    }
}

/// Where uploads and packs are kept, as configured.
pub fn files(config: &Config) -> Result<Files> {
    Files::at(config.files.as_deref(), &absolute(&config.data)?.join("files"))
}

/// A folder only this user may look into, if it is ours to make: keys, figures and tokens lie there.
pub fn make_private_folder(path: &Path) -> std::io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut folder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.recursive(true).create(path)
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).context("finding the data folder")
}
