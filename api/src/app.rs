//! What the service stands on: database, files, clock, ids, keys. A test replaces any of them here and nowhere else.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::{Notify, broadcast};
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
use crate::languages::Languages;
use crate::notices::Ways;
use crate::reach::Reach;

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

/// Told to whoever subscribed when an import moves on.
#[derive(Debug, Clone)]
pub struct ImportMoved {
    pub council: Uuid,
    pub import: Uuid,
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
    /// Wakes the job runner of this node; other nodes find the job when they next look.
    pub job_added: Arc<Notify>,
    pub imports_moved: broadcast::Sender<ImportMoved>,
    /// Who watches what happens in which council on this node.
    pub activity: Hub,
    /// How far the imports are that this node reads.
    pub paces: Paces,
    /// How often whom this node refused lately.
    pub refusals: Arc<Refusals>,
    /// What is taken from outside, and how much of it.
    pub bounds: Arc<Bounds>,
    /// Where clients reach this node, for links.
    pub base_url: Arc<str>,
}

impl App {
    /// Opens the database and the data folder as configured. Keys are made there when there are none.
    pub async fn open(config: &Config) -> Result<Self> {
        make_private_folder(&config.data).context("making the data folder")?;
        let data = absolute(&config.data)?;
        let reach = if config.private_issuers { Reach::Anywhere } else { Reach::Public };
        Ok(Self {
            db: Db::open(&config.database_url()).await?,
            files: Files::folder(&data.join("files"))?,
            clock: Clock::System,
            ids: Ids,
            keys: Arc::new(Keys::load_or_make(&config.signing_key())?),
            directories: Arc::new(Directories::new(reach)),
            accounts: Arc::default(),
            notices: Arc::new(Ways::new(config.mailer()?, reach).kept_for(config.reminders_kept_days)),
            reader: Reader::child_of_this_program(config.upload_bytes_max)?,
            languages: Arc::new(Languages::load(config.languages.as_deref())?),
            upload_bytes_max: config.upload_bytes_max,
            trusted_proxies: config.trusted_proxies,
            job_added: Arc::new(Notify::new()),
            imports_moved: broadcast::channel(256).0,
            activity: Hub::default(),
            paces: Paces::default(),
            refusals: Arc::default(),
            bounds: Arc::new(config.bounds()?),
            base_url: config.public_url().into(),
        })
    }
}

/// A folder only this user may look into, if it is ours to make: keys, figures and tokens lie there.
fn make_private_folder(path: &Path) -> std::io::Result<()> {
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
