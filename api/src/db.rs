//! The database: one way to connect, and two kinds of transaction, both bound to one council.
//!
//! A [`Snapshot`] is what a query reads: one consistent state of one council. A [`Change`] is what a verb writes:
//! all of it or nothing. On PostgreSQL both set `app.council`, without which row-level security shows nothing, and
//! run as `goldenthread_server`, which neither owns the tables nor bypasses those rules.

use std::collections::HashSet;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, QueryResult,
    SqliteTransactionMode, Statement, TransactionOptions,
};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

use crate::app::{Clock, Ids};
use crate::error::{ContextExt, Error, Result};
use crate::news::{News, Telling, Told};
use crate::telemetry::account;
use crate::telemetry::metrics::Sent;
use crate::telemetry::sql::Summary;

mod begin;
mod file;
mod installation;
mod reached;
mod replica;
mod upgrade;

pub use file::file_of;
pub use reached::Reached;
pub use replica::Replica;
pub use upgrade::Standing;

/// What nodes of one PostgreSQL tell one another on.
pub(crate) const CHANNEL: &str = "goldenthread";
/// Connections kept open at most: eight for requests, and one for each job that may be in hand.
const CONNECTIONS_MAX: u32 = 12;
/// How long a request waits for a connection, or a writer for SQLite's lock.
const WAIT_MAX: Duration = Duration::from_secs(10);
/// How long a query waits for a connection to the replica before it reads the primary.
const REPLICA_WAIT_MAX: Duration = Duration::from_millis(400);

tokio::task_local! {
    static BY_THE_CLOCK: ();
}

/// Work of which there is more the longer something else takes, whatever that is: saying that a job is worked on, looking
/// whether it was cancelled, keeping how far it is. The same goes for what opens a change. What it sends is not counted, as it says nothing of what
/// was asked.
pub async fn by_the_clock<T>(work: impl Future<Output = T>) -> T {
    BY_THE_CLOCK.scope((), work).await
}

/// The pool, with a count of the statements sent through it.
#[derive(Clone)]
pub struct Db {
    pool: DatabaseConnection,
    statements: Arc<AtomicU64>,
    sent: Sent,
    news: News,
    replica: Option<Replica>,
}

/// How many connections there are.
#[derive(Debug, Clone, Copy)]
pub struct Connections {
    pub open: u32,
    pub in_use: u32,
    pub most: u32,
}

impl Db {
    /// Connects, brings the tables up to date as their owner, and comes back as the server's role.
    pub async fn open(url: &str) -> Result<Self> {
        let mut pool = match connect(url, true).await {
            // A login that may not make tables serves on those there are.
            Ok(pool) if serves(&pool).await? => pool,
            _ => {
                bring_up_to_date(url).await?;
                connect(url, true).await?
            }
        };
        let statements = Arc::new(AtomicU64::new(0));
        let sent = Sent::default();
        count(&mut pool, &statements, &sent);
        Ok(Self { pool, statements, sent, news: News::of(Ids.next()), replica: None })
    }

    /// The same, with a streaming replica of it that queries may read. It need not be there yet, nor always.
    pub async fn with_replica(self, url: &str) -> Result<Self> {
        if self.backend() != DbBackend::Postgres {
            return Err(Error::bad_input("A replica (GOLDENTHREAD_REPLICA_URL) is one of a PostgreSQL, and the database is SQLite."));
        }
        let mut options = options(url, true);
        options.connect_lazy(true).acquire_timeout(REPLICA_WAIT_MAX);
        let mut pool = Database::connect(options).await.context("reading where the replica is")?;
        count(&mut pool, &self.statements, &self.sent);
        Ok(Self { replica: Some(Replica::new(pool)), ..self })
    }

    /// The replica, where there is one.
    pub const fn replica(&self) -> Option<&Replica> {
        self.replica.as_ref()
    }

    /// Refuses a signing key that is not this installation's.
    pub async fn agree_on_key(&self, fingerprint: &str) -> Result<()> {
        installation::agree_on_key(&self.pool, fingerprint).await
    }

    /// Statements sent so far, but for those of [`by_the_clock`]. A test asserts on the difference.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// What was sent so far, as it is measured.
    pub const fn sent(&self) -> &Sent {
        &self.sent
    }

    /// The kind of database, as OpenTelemetry calls it.
    pub fn kind(&self) -> &'static str {
        if self.backend() == DbBackend::Postgres { "postgresql" } else { "sqlite" }
    }

    /// The connections of the pool now.
    pub fn connections(&self) -> Connections {
        let (open, idle) = match self.backend() {
            DbBackend::Postgres => {
                let pool = self.pool.get_postgres_connection_pool();
                (pool.size(), pool.num_idle())
            }
            _ => {
                let pool = self.pool.get_sqlite_connection_pool();
                (pool.size(), pool.num_idle())
            }
        };
        // The two are read one after the other.
        let idle = u32::try_from(idle).unwrap_or(open).min(open);
        Connections { open, in_use: open - idle, most: CONNECTIONS_MAX }
    }

    /// What this node is told of changes, its own and the other nodes'.
    pub const fn news(&self) -> &News {
        &self.news
    }

    /// Tells this node alone: where it has one node, and what is told is not in the database.
    pub fn tell_here(&self, council: Uuid, told: Told) {
        let mut telling = self.telling(council);
        telling.add(told);
        self.news.tell(telling);
    }

    fn telling(&self, council: Uuid) -> Telling {
        Telling::of(self.news.node(), council)
    }

    /// A change that is under way.
    fn changing(&self, of: Option<Uuid>, tx: DatabaseTransaction) -> Change {
        Change {
            tx,
            of,
            raises: true,
            after: None,
            instant: OnceLock::new(),
            reached: Mutex::default(),
            telling: Mutex::new(self.telling(of.unwrap_or_default())),
            news: self.news.clone(),
        }
    }

    /// The pool itself, for the tables that belong to no council.
    pub fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    pub fn backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    /// One consistent state of one council, to read.
    pub async fn snapshot(&self, council: Uuid) -> Result<Snapshot> {
        let options = match self.backend() {
            DbBackend::Sqlite => TransactionOptions::default(),
            _ => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        let tx = self.sent.beginning(begin::begun(&self.pool, options)).await.context("beginning a transaction")?;
        if self.backend() != DbBackend::Postgres {
            return Ok(Snapshot { tx, revision: None });
        }
        let bind = "SELECT set_config('app.council', $1, true), c.revision, c.last_change \
            FROM (SELECT 1) AS one LEFT JOIN council c ON c.id = $1::uuid";
        let bind = Statement::from_sql_and_values(DbBackend::Postgres, bind, [council.to_string().into()]);
        let row = tx.query_one_raw(bind).await.context("binding the transaction")?;
        let revision = row.map(|row| Revision::of(&row, 1)).transpose()?.flatten();
        Ok(Snapshot { tx, revision })
    }

    /// The same for a query, which may be read on the replica: there as here it holds all that was committed when it was asked for.
    pub async fn snapshot_anywhere(&self, council: Uuid) -> Result<Snapshot> {
        let Some(replica) = self.replica.as_ref().filter(|replica| replica.is_up()) else { return self.snapshot(council).await };
        let Some(revision) = self.revision(council).await? else { return self.snapshot(council).await };
        match replica.snapshot(council, revision.number).await {
            Some((tx, held)) => Ok(Snapshot { tx, revision: Some(held) }),
            None => self.snapshot(council).await,
        }
    }

    /// A transaction that writes to one council. Dropped without [`Change::commit`], it did nothing.
    ///
    /// Changes of one council follow one another: what a verb looked at before it wrote is still so when it writes.
    /// SQLite has one writer anyway; on PostgreSQL a lock on the council's id does it, and ends with the transaction.
    pub async fn change(&self, council: Uuid) -> Result<Change> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let tx = self.begin(council, options).await?;
        if self.backend() == DbBackend::Postgres {
            let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
            let lock = Statement::from_sql_and_values(DbBackend::Postgres, lock, [council.to_string().into()]);
            let waited = async {
                tx.execute_unprepared(&format!("SET LOCAL lock_timeout = {}", WAIT_MAX.as_millis())).await?;
                tx.execute_raw(lock).await
            };
            waited.await.map_err(|why| match why.to_string() {
                words if words.contains("lock timeout") => Error::limit("The council has other changes under way: try again in a minute."),
                _ => Error::of("waiting for the council's other changes", &why),
            })?;
        }
        let after = by_the_clock(changed_at(&tx, council)).await?;
        Ok(Change { after, ..self.changing(Some(council), tx) })
    }

    /// A change of something nothing else depends on, such as how far a job is: it waits for no other change of the council,
    /// except on SQLite, which has one writer. The council's revision stays: nothing that is told by it may be written here.
    pub async fn note(&self, council: Uuid) -> Result<Change> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let tx = self.begin(council, options).await?;
        Ok(Change { of: None, ..self.changing(Some(council), tx) })
    }

    /// A transaction that looks for something before it is known whose it is: a job to do (`jobs`), the provider a token
    /// is from (`sign-in`). PostgreSQL shows it the rows that purpose needs, of every council, and nothing else.
    pub async fn across_councils(&self, purpose: &str) -> Result<Change> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let tx = self.sent.beginning(begin::begun(&self.pool, options)).await.context("beginning a transaction")?;
        self.set(&tx, "app.purpose", purpose).await?;
        Ok(self.changing(None, tx))
    }

    /// The same for reading alone, which waits for no writer: whose provider a token is from (`sign-in`).
    pub async fn snapshot_across_councils(&self, purpose: &str) -> Result<Snapshot> {
        let tx = self.sent.beginning(begin::begun(&self.pool, TransactionOptions::default())).await.context("beginning a transaction")?;
        self.set(&tx, "app.purpose", purpose).await?;
        Ok(Snapshot { tx, revision: None })
    }

    /// How often a council was changed, as committed now; none when there is no such council. What was read in a state of the
    /// same revision is still so, but for what [`Db::note`] and [`Db::across_councils`] write and for the time.
    pub async fn revision(&self, council: Uuid) -> Result<Option<Revision>> {
        revision(&self.pool, council).await
    }

    async fn begin(&self, council: Uuid, options: TransactionOptions) -> Result<DatabaseTransaction> {
        let tx = self.sent.beginning(begin::begun(&self.pool, options)).await.context("beginning a transaction")?;
        self.set(&tx, "app.council", &council.to_string()).await?;
        Ok(tx)
    }

    async fn set(&self, tx: &DatabaseTransaction, what: &str, to: &str) -> Result<()> {
        if self.backend() != DbBackend::Postgres {
            return Ok(());
        }
        let set = "SELECT set_config($1, $2, true)";
        let set = Statement::from_sql_and_values(DbBackend::Postgres, set, [what.into(), to.into()]);
        tx.execute_raw(set).await.context("binding the transaction")?;
        Ok(())
    }

    /// What whoever installs the service is told when it starts; nothing when its database user is as it should be, a
    /// member of the server's role and no more.
    pub async fn advice(&self) -> Result<Option<String>> {
        if self.backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let sql = "SELECT session_user::text, r.rolsuper, pg_has_role(session_user, c.relowner, 'MEMBER') \
            FROM pg_roles r, pg_class c WHERE r.rolname = session_user AND c.oid = 'audit_event'::regclass";
        let row = self.pool.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.context("asking who serves")?;
        let Some(row) = row else { return Ok(None) };
        let get = "reading who serves";
        let (user, superuser, owner): (String, bool, bool) =
            (row.try_get_by_index(0).context(get)?, row.try_get_by_index(1).context(get)?, row.try_get_by_index(2).context(get)?);
        let is = if superuser { "is a superuser" } else { "owns the tables" };
        Ok((superuser || owner).then(|| {
            format!(
                "the database user {user} {is}: whoever took over this process could take row-level security and the audit trail's guards \
                away. Serve as a user that is only a member of {}, and bring the tables up to date as their owner.",
                migration::SERVER_ROLE
            )
        }))
    }

    /// Whether the database has every migration this program knows; an error when it does not answer. One that has more is
    /// taken: nodes of the next version may have started beside this one.
    pub async fn is_migrated(&self) -> Result<bool> {
        let sql = "SELECT version FROM seaql_migrations";
        let rows = self.pool.query_all_raw(Statement::from_string(self.backend(), sql)).await;
        let rows = rows.context("asking the database for its migrations")?;
        let done: HashSet<String> = rows.iter().filter_map(|row| row.try_get_by_index(0).ok()).collect();
        Ok(migration::Migrator::migrations().iter().all(|migration| done.contains(migration.name())))
    }
}

/// A state of a council: how often it was changed, and which change was the last. A database that was set back to an earlier
/// state counts the same numbers again, and draws others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    pub number: i64,
    last_change: i64,
}

impl Revision {
    /// From two columns of a row; none where they are empty.
    fn of(row: &QueryResult, column: usize) -> Result<Option<Self>> {
        let get = |column| row.try_get_by_index::<Option<i64>>(column).context("reading a council's revision");
        Ok(get(column)?.zip(get(column + 1)?).map(|(number, last_change)| Self { number, last_change }))
    }
}

/// What a query reads.
pub struct Snapshot {
    tx: DatabaseTransaction,
    /// The council's revision, where it was asked for with what bound the transaction.
    revision: Option<Revision>,
}

/// What a verb writes.
pub struct Change {
    tx: DatabaseTransaction,
    /// The council it is of, where it is of one alone and follows its other changes.
    of: Option<Uuid>,
    /// Whether the council's revision is raised.
    raises: bool,
    /// When the council was changed last, by the clock of whoever did.
    after: Option<DateTime<Utc>>,
    /// When this change is made; known once it was asked for.
    instant: OnceLock<DateTime<Utc>>,
    /// Other councils that read something else after it.
    reached: Mutex<Reached>,
    /// What is told when it is committed.
    telling: Mutex<Telling>,
    news: News,
}

impl Snapshot {
    /// How often the council it is bound to was changed, in the state that is read.
    pub async fn revision(&self, council: Uuid) -> Result<Option<Revision>> {
        match self.revision {
            Some(revision) => Ok(Some(revision)),
            None => revision(&self.tx, council).await,
        }
    }
}

impl Change {
    /// The instant everything in it is recorded at: now, or just after the council's last change where the clock is behind that.
    /// Clocks are put back, and nodes' clocks differ; what followed is recorded as what followed all the same.
    pub fn at(&self, clock: &Clock) -> DateTime<Utc> {
        *self.instant.get_or_init(|| {
            let now = clock.now();
            match self.after {
                Some(last) if last > now => last + TimeDelta::microseconds(1),
                _ => now,
            }
        })
    }

    /// The same change, which leaves the council's revision as it is: nothing that is told by it is written, only what stands in
    /// the trail or counts tries to be let in.
    #[must_use]
    pub fn aside(self) -> Self {
        Self { raises: false, ..self }
    }

    /// Says that these read something else once this is committed: their revisions are raised with the council's own, so that
    /// neither an answer that was kept nor a replica shows them what was.
    pub fn reaches(&self, whom: Reached) {
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        *reached = std::mem::take(&mut *reached).and(whom);
    }

    /// Has something told to all nodes once this is committed, and not before. However much is told, it is one message.
    pub fn tell(&self, told: Told) {
        self.telling.lock().unwrap_or_else(PoisonError::into_inner).add(told);
    }

    /// Makes it so, and tells of it. The council's revision is raised by the last statement but the one that tells: whoever sees
    /// what changed sees it raised, and its row is held no longer than the commit takes.
    pub async fn commit(self) -> Result<()> {
        let Self { tx, of, raises, instant, reached, telling, news, .. } = self;
        let backend = tx.get_database_backend();
        if let Some(council) = of {
            let reached = reached.into_inner().unwrap_or_else(PoisonError::into_inner);
            reached::raise(&tx, council, reached).await?;
            // With the instant it was made at, so that the next is not made before it.
            let mut values: Vec<sea_orm::Value> = vec![council.into(), instant.get().copied().into()];
            let raised = if raises {
                values.push(reached::drawn().into());
                ", revision = revision + 1, last_change = $3"
            } else {
                ""
            };
            let raise = format!("UPDATE council SET changed_at = COALESCE($2, changed_at){raised} WHERE id = $1");
            let raise = Statement::from_sql_and_values(backend, raise, values);
            tx.execute_raw(raise).await.context("raising the council's revision")?;
        }
        let telling = telling.into_inner().unwrap_or_else(PoisonError::into_inner);
        if backend == DbBackend::Postgres && !telling.is_empty() {
            let message = serde_json::to_string(&telling).context("telling the other nodes")?;
            let notify = Statement::from_sql_and_values(backend, "SELECT pg_notify($1, $2)", [CHANNEL.into(), message.into()]);
            tx.execute_raw(notify).await.context("telling the other nodes")?;
        }
        // Whether a commit was kept whose answer got lost, nobody here can know.
        tx.commit().await.context("committing").map_err(Error::uncertain)?;
        if !telling.is_empty() {
            news.tell(telling);
        }
        Ok(())
    }
}

impl std::ops::Deref for Snapshot {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

impl std::ops::Deref for Change {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

/// When a council was changed last.
async fn changed_at(db: &impl ConnectionTrait, council: Uuid) -> Result<Option<DateTime<Utc>>> {
    let ask = "SELECT changed_at FROM council WHERE id = $1";
    let ask = Statement::from_sql_and_values(db.get_database_backend(), ask, [council.into()]);
    let Some(row) = db.query_one_raw(ask).await.context("asking when a council was changed")? else { return Ok(None) };
    row.try_get_by_index(0).context("reading when a council was changed")
}

async fn revision(db: &impl ConnectionTrait, council: Uuid) -> Result<Option<Revision>> {
    let ask = "SELECT revision, last_change FROM council WHERE id = $1";
    let ask = Statement::from_sql_and_values(db.get_database_backend(), ask, [council.into()]);
    let row = db.query_one_raw(ask).await.context("asking for a council's revision")?;
    row.map(|row| Revision::of(&row, 0)).transpose().map(Option::flatten)
}

/// Has statements counted and measured.
fn count(pool: &mut DatabaseConnection, statements: &Arc<AtomicU64>, sent: &Sent) {
    let (counter, measured) = (Arc::clone(statements), sent.clone());
    pool.set_metric_callback(move |statement| {
        let summary = Summary::of(&statement.statement.sql);
        measured.statement(&summary, statement.elapsed, statement.failed);
        if BY_THE_CLOCK.try_with(|()| ()).is_err() {
            counter.fetch_add(1, Ordering::Relaxed);
            account::sent(&summary, statement.elapsed, statement.failed);
        }
    });
}

/// Whether this program can serve on a database as it is. One that a newer version made may be refused: it knows what this
/// one does not.
async fn serves(pool: &DatabaseConnection) -> Result<bool> {
    let standing = upgrade::standing(pool).await?;
    if let Standing::Ahead(newer) = &standing {
        tracing::info!(migrations = newer.join(", "), "a newer version brought the tables up to date: serving beside it");
    }
    standing.refused().map_or(Ok(!matches!(standing, Standing::Behind(_))), Err)
}

/// How a database stands to this program.
pub async fn standing(url: &str) -> Result<Standing> {
    let pool = connect(url, false).await?;
    let standing = upgrade::standing(&pool).await;
    pool.close().await.context("closing a connection")?;
    standing
}

/// Brings a database up to date, as its owner.
pub async fn bring_up_to_date(url: &str) -> Result<()> {
    let turn = file::Turn::wait(url).await?;
    let owner = connect(url, false).await?;
    upgrade::bring_up_to_date(&owner).await?;
    drop(turn);
    owner.close().await.context("closing the owner's connection")
}

/// Has another key taken for the installation's, as the tables' owner.
pub async fn adopt_key(url: &str, fingerprint: &str) -> Result<()> {
    let owner = connect(url, false).await?;
    installation::adopt_key(&owner, fingerprint).await?;
    owner.close().await.context("closing the owner's connection")
}

/// The names of all migrations this program knows, in order.
pub(crate) fn known_migrations() -> Vec<String> {
    migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

async fn connect(url: &str, as_server: bool) -> Result<DatabaseConnection> {
    Database::connect(options(url, as_server)).await.context("connecting to the database")
}

fn options(url: &str, as_server: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(CONNECTIONS_MAX).acquire_timeout(WAIT_MAX).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // On macOS alone a sync does not reach the disk unless it is asked for so.
            .pragma("fullfsync", "on")
            .pragma("checkpoint_fullfsync", "on")
            .busy_timeout(WAIT_MAX)
            .foreign_keys(true)
            .pragma("temp_store", "memory")
            .collation("decimal", compare_decimals)
    });
    // A disk that is full ends a transaction by itself, and the driver, told so by its own rollback, takes it for open: whatever came
    // to such a connection next would be read from that moment for ever. It is closed.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            use sea_orm::sqlx::Connection;
            let still_in_one = connection.is_in_transaction();
            Box::pin(async move { Ok(!still_in_one) })
        })
    });
    // What a node that was killed had begun ends with it, and not only when the statement under way does: others wait for its locks.
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_connect(|connection, _| {
            Box::pin(async move {
                use sea_orm::sqlx::Executor;
                // Where the server's system cannot tell, it is as it would be without.
                let _ = connection.execute("SET client_connection_check_interval = '1s'").await;
                Ok(())
            })
        })
    });
    options.map_sqlx_postgres_opts(move |postgres| if as_server { postgres.options([("role", "goldenthread_server")]) } else { postgres });
    options
}

/// SQLite keeps decimals as text; this puts them in the order of numbers.
pub(crate) fn compare_decimals(left: &str, right: &str) -> std::cmp::Ordering {
    match (Decimal::from_str(left), Decimal::from_str(right)) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.cmp(right),
    }
}
