//! The database: one way to connect, and two kinds of transaction, both bound to one council.
//!
//! A [`Snapshot`] is what a query reads: one consistent state of one council. A [`Change`] is what a verb writes:
//! all of it or nothing. On PostgreSQL both set `app.council`, without which row-level security shows nothing, and
//! run as `goldenthread_server`, which neither owns the tables nor bypasses those rules.

use std::collections::HashSet;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rust_decimal::Decimal;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

use crate::error::{ContextExt, Error, Result};

/// Connections kept open at most: eight for requests, and one for each job that may be in hand.
const CONNECTIONS_MAX: u32 = 12;
/// How long a request waits for a connection, or a writer for SQLite's lock.
const WAIT_MAX: Duration = Duration::from_secs(10);

tokio::task_local! {
    static BY_THE_CLOCK: ();
}

/// Work of which there is more the longer something else takes, whatever that is: saying that a job is worked on, looking
/// whether it was cancelled, keeping how far it is. What it sends is not counted, as it says nothing of what was asked.
pub async fn by_the_clock<T>(work: impl Future<Output = T>) -> T {
    BY_THE_CLOCK.scope((), work).await
}

/// The pool, with a count of the statements sent through it.
#[derive(Clone)]
pub struct Db {
    pool: DatabaseConnection,
    statements: Arc<AtomicU64>,
}

impl Db {
    /// Connects, brings the tables up to date as their owner, and comes back as the server's role.
    pub async fn open(url: &str) -> Result<Self> {
        let mut pool = match connect(url, true).await {
            // A login that may not make tables serves on those there are.
            Ok(pool) if is_up_to_date(&pool).await? => pool,
            _ => {
                let owner = connect(url, false).await?;
                bring_up_to_date(&owner).await?;
                owner.close().await.context("closing the owner's connection")?;
                connect(url, true).await?
            }
        };
        let statements = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&statements);
        pool.set_metric_callback(move |_| {
            if BY_THE_CLOCK.try_with(|()| ()).is_err() {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        });
        Ok(Self { pool, statements })
    }

    /// Statements sent so far, but for those of [`by_the_clock`]. A test asserts on the difference.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
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
        Ok(Snapshot { tx: self.begin(council, options).await? })
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
                why if why.contains("lock timeout") => Error::limit("The council has other changes under way: try again in a minute."),
                why => Error::internal("waiting for the council's other changes", &why),
            })?;
        }
        Ok(Change { tx })
    }

    /// A change of something nothing else depends on, such as how far a job is: it waits for no other change of the council,
    /// except on SQLite, which has one writer.
    pub async fn note(&self, council: Uuid) -> Result<Change> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        Ok(Change { tx: self.begin(council, options).await? })
    }

    /// A transaction that looks for something before it is known whose it is: a job to do (`jobs`), the provider a token
    /// is from (`sign-in`). PostgreSQL shows it the rows that purpose needs, of every council, and nothing else.
    pub async fn across_councils(&self, purpose: &str) -> Result<Change> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let tx = self.pool.begin_with_options(options).await.context("beginning a transaction")?;
        self.set(&tx, "app.purpose", purpose).await?;
        Ok(Change { tx })
    }

    /// The same for reading alone, which waits for no writer: whose provider a token is from (`sign-in`).
    pub async fn snapshot_across_councils(&self, purpose: &str) -> Result<Snapshot> {
        let tx = self.pool.begin().await.context("beginning a transaction")?;
        self.set(&tx, "app.purpose", purpose).await?;
        Ok(Snapshot { tx })
    }

    async fn begin(&self, council: Uuid, options: TransactionOptions) -> Result<DatabaseTransaction> {
        let tx = self.pool.begin_with_options(options).await.context("beginning a transaction")?;
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

    /// Answers whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.pool.ping().await.context("asking the database whether it is there")
    }
}

/// What a query reads.
pub struct Snapshot {
    tx: DatabaseTransaction,
}

/// What a verb writes.
pub struct Change {
    tx: DatabaseTransaction,
}

impl Change {
    /// Makes it so.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await.context("committing")
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

/// Whether a database is the one this program was built for. One that is newer is refused: it knows what this program
/// does not.
async fn is_up_to_date(pool: &DatabaseConnection) -> Result<bool> {
    let sql = "SELECT version FROM seaql_migrations";
    // No such table: nothing was ever made here.
    let Ok(rows) = pool.query_all_raw(Statement::from_string(pool.get_database_backend(), sql)).await else { return Ok(false) };
    let done: HashSet<String> = rows.iter().filter_map(|row| row.try_get_by_index(0).ok()).collect();
    let known: HashSet<String> = migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    if let Some(unknown) = done.difference(&known).next() {
        let why = format!("it was brought up to date by a newer version of this program ({unknown}): install that");
        return Err(Error::internal("opening the database", &why));
    }
    Ok(done == known)
}

/// Runs the migrations that are missing; nodes that start at the same time take turns.
async fn bring_up_to_date(owner: &DatabaseConnection) -> Result<()> {
    let turn = owner.begin().await.context("waiting to bring the tables up to date")?;
    if owner.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended('goldenthread migrations', 0))";
        turn.execute_unprepared(lock).await.context("waiting to bring the tables up to date")?;
    }
    migration::Migrator::up(owner, None).await.context("bringing the tables up to date")?;
    turn.commit().await.context("bringing the tables up to date")
}

async fn connect(url: &str, as_server: bool) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(CONNECTIONS_MAX).acquire_timeout(WAIT_MAX).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(WAIT_MAX)
            .foreign_keys(true)
            .pragma("temp_store", "memory")
            .collation("decimal", compare_decimals)
    });
    options.map_sqlx_postgres_opts(move |postgres| if as_server { postgres.options([("role", "goldenthread_server")]) } else { postgres });
    Database::connect(options).await.context("connecting to the database")
}

/// SQLite keeps decimals as text; this puts them in the order of numbers.
fn compare_decimals(left: &str, right: &str) -> std::cmp::Ordering {
    match (Decimal::from_str(left), Decimal::from_str(right)) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.cmp(right),
    }
}
