//! The product, started by hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use goldenthread::access::GrantScope;
use goldenthread::access::token::Keys;
use goldenthread::activity::Hub;
use goldenthread::app::{App, Clock, Ids};
use goldenthread::councils::service::NewCouncil;
use goldenthread::db::Db;
use goldenthread::directories::Directories;
use goldenthread::files::Files;
use goldenthread::imports::pace::Paces;
use goldenthread::imports::reader::Reader;
use goldenthread::kept::Kept;
use goldenthread::notices::Ways;
use goldenthread::people::service::NewPerson;
use goldenthread::reach::Reach;
use goldenthread::telemetry::Metrics;
use goldenthread::{councils, http, jobs, people};
use rules::permission::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tracing_subscriber::filter::LevelFilter;
use uuid::Uuid;

use crate::client::Client;
use crate::doors::unhurried;
use crate::socket::Socket;

/// The largest workbook this product takes: small, so that passing the limit is cheap.
pub const UPLOAD_BYTES_MAX: usize = 2 << 20;
/// When every journey begins.
pub const OPENED_AT: &str = "2024-10-14T09:00:00Z";
/// What tokens are signed with.
pub const SECRET: &[u8] = b"a secret of the journeys, which is thirty-two bytes and more";

/// Somebody of a council, with a token.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: Uuid,
    pub council: Uuid,
    pub token: String,
}

/// A running product.
pub struct Harness {
    pub app: App,
    pub url: String,
    /// The database's address, as its owner reaches it.
    pub database: String,
    /// The data folder.
    pub folder: PathBuf,
    pub(crate) server: JoinHandle<()>,
    pub(crate) client: reqwest::Client,
}

impl Harness {
    /// Starts the product on a database that is there and empty, with its files in a folder.
    ///
    /// # Panics
    /// When it does not start: the journeys cannot go on.
    pub async fn start(database: &str, folder: &Path) -> Self {
        // What went wrong inside stands in the log alone. The second time in a process nothing happens.
        let _ = tracing_subscriber::fmt().with_max_level(LevelFilter::ERROR).with_test_writer().try_init();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let db = Db::open(database).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let (bounds, clock) = (unhurried(&[]), Clock::fixed(OPENED_AT.parse().expect("an instant")));
        let app = App {
            metrics: Arc::new(Metrics::new(&db, &bounds, clock.seconds())),
            health: Arc::default(),
            db,
            files: Files::folder(&folder.join("files")).unwrap_or_else(|error| panic!("{}", error.log_text())),
            clock,
            ids: Ids,
            keys: Arc::new(Keys::of(SECRET)),
            directories: Arc::new(Directories::new(Reach::Anywhere)),
            accounts: Arc::default(),
            notices: Arc::new(Ways::new(None, Reach::Anywhere)),
            reader: Reader::child_of(program(), UPLOAD_BYTES_MAX),
            languages: Arc::default(),
            upload_bytes_max: UPLOAD_BYTES_MAX,
            trusted_proxies: 0,
            activity: Hub::default(),
            paces: Paces::default(),
            refusals: Arc::default(),
            kept: Kept::new(8 << 20).map(Arc::new),
            bounds: Arc::new(bounds),
            base_url: url.as_str().into(),
        };
        let server = tokio::spawn(http::serve(listener, app.clone(), std::future::pending()));
        Self { app, url, database: database.to_owned(), folder: folder.to_owned(), server, client: reqwest::Client::new() }
    }

    /// Stops serving and lets go of the database.
    pub async fn stop(&self) {
        self.server.abort();
        self.app.db.pool().close_by_ref().await.expect("closes");
    }

    /// Does every job there is, as this node's runner would.
    ///
    /// # Panics
    /// When the queue itself cannot be read.
    pub async fn settle(&self) {
        jobs::run_until_idle(&self.app).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    }

    /// Sets the clock.
    pub fn at(&self, instant: &str) {
        self.app.clock.set(instant.parse().expect("an instant"));
    }

    /// Lets time pass.
    pub fn later(&self, by: Duration) -> DateTime<Utc> {
        self.app.clock.set(self.app.clock.now() + by);
        self.app.clock.now()
    }

    /// Enters a council.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn council(&self, code: &str) -> Uuid {
        let name = format!("{} Council", code[..1].to_uppercase() + &code[1..]);
        let new = NewCouncil { code, name: &name, kind: "DISTRICT", gss_code: None };
        councils::service::create(&self.app, &new).await.unwrap_or_else(|error| panic!("{}", error.log_text()))
    }

    /// Enters a person who holds these roles, and signs them in for thirty days.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn person(&self, council: Uuid, name: &str, grants: &[(Role, GrantScope)]) -> Person {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let change = self.app.db.change(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let new = NewPerson { email: &email, name, grants };
        let id = people::service::enter(&self.app, &*change, council, &new).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        Person { id, council, token: self.token(id, Some(council)) }
    }

    /// Enters a person of the performance team: whoever imports anything.
    pub async fn performance_team(&self, council: Uuid) -> Person {
        self.person(council, "Perry Team", &[(Role::PerformanceTeam, GrantScope::Council)]).await
    }

    /// Enters a platform operator, who belongs to no council, and signs them in for thirty days.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn operator(&self, name: &str) -> Person {
        let id = self.app.ids.next();
        let row = entity::operator::ActiveModel {
            id: Set(id),
            email: Set(format!("{}@example.org", name.to_lowercase().replace(' ', "."))),
            name: Set(name.to_owned()),
            created_at: Set(self.app.clock.now()),
            suspended_at: Set(None),
            tokens_valid_from: Set(None),
        };
        entity::operator::Entity::insert(row).exec_without_returning(self.app.db.pool()).await.expect("enters an operator");
        Person { id, council: Uuid::nil(), token: self.token(id, None) }
    }

    /// A token of thirty days' life.
    ///
    /// # Panics
    /// When it cannot be signed.
    pub fn token(&self, person: Uuid, council: Option<Uuid>) -> String {
        let now = self.app.clock.now();
        self.app.keys.issue(person, council, now, Duration::days(30)).unwrap_or_else(|error| panic!("{}", error.log_text()))
    }

    /// The front door, as somebody.
    pub fn sign_in(&self, person: &Person) -> Client<'_> {
        self.client(Some(person.token.clone()))
    }

    /// The front door, as nobody.
    pub fn visitor(&self) -> Client<'_> {
        self.client(None)
    }

    /// The front door with any token at all.
    pub fn client(&self, token: Option<String>) -> Client<'_> {
        Client { harness: self, url: self.url.clone(), http: self.client.clone(), token }
    }

    /// The front door, as nobody, from another address of this machine: `127.0.0.n`.
    ///
    /// # Panics
    /// When there is no such address.
    pub fn visitor_from(&self, n: u8) -> Client<'_> {
        let from = std::net::IpAddr::from([127, 0, 0, n]);
        let http = reqwest::Client::builder().local_address(from).user_agent("journeys").build().expect("a client");
        Client { harness: self, url: self.url.clone(), http, token: None }
    }

    /// A socket for subscriptions, opened with a token.
    pub async fn socket(&self, person: &Person) -> Socket {
        Socket::open(&self.url, &person.token).await
    }

    /// Statements that some work sent, those that open and close transactions not counted.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (u64, T) {
        let before = self.app.db.statements();
        let done = work.await;
        (self.app.db.statements() - before, done)
    }

    /// How many rows a table of a council has, and which; for saying that nothing was written.
    ///
    /// # Panics
    /// When the table is not there.
    pub async fn count(&self, council: Uuid, from: &str) -> i64 {
        let snapshot = self.app.db.snapshot(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let filter = if from.contains(" WHERE ") { "AND" } else { "WHERE" };
        let sql = format!("SELECT count(*) FROM {from} {filter} council_id = $1");
        let statement = Statement::from_sql_and_values(self.app.db.backend(), sql, [council.into()]);
        let row = snapshot.query_one_raw(statement).await.expect("counts").expect("one row");
        row.try_get_by_index(0).expect("a number")
    }

    /// What a council holds, for saying that a refusal changed nothing: rows of every table, and acts in the trail. That
    /// something was refused may be told there.
    ///
    /// # Panics
    /// When it cannot be counted.
    pub async fn holds(&self, council: Uuid) -> Vec<i64> {
        let counts: Vec<String> = migration::TENANT_TABLES
            .iter()
            .map(|table| match *table {
                "audit_event" => "(SELECT count(*) FROM audit_event WHERE council_id = $1 AND outcome = 'DONE')".to_owned(),
                table => format!("(SELECT count(*) FROM {table} WHERE council_id = $1)"),
            })
            .collect();
        let snapshot = self.app.db.snapshot(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let sql = format!("SELECT {}", counts.join(", "));
        let statement = Statement::from_sql_and_values(self.app.db.backend(), sql, [council.into()]);
        let row = snapshot.query_one_raw(statement).await.expect("counts").expect("one row");
        (0..counts.len()).map(|at| row.try_get_by_index(at).expect("a number")).collect()
    }

    /// How many rows each table has that an accepted import may write to.
    pub async fn written(&self, council: Uuid) -> Vec<(&'static str, i64)> {
        let mut counts = Vec::new();
        for table in migration::TENANT_TABLES.iter().copied() {
            let paperwork =
                table.starts_with("import") || matches!(table, "upload" | "audit_event" | "audit_head" | "job" | "person" | "role_grant");
            if !paperwork {
                counts.push((table, self.count(council, table).await));
            }
        }
        counts
    }
}

/// A day.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The product's own binary: beside the folder this test was built into.
///
/// # Panics
/// When it was not built.
#[must_use]
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("this test is a file");
    let built = test.parent().and_then(Path::parent).expect("tests are built into target/*/deps");
    let program = built.join(format!("goldenthread{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "{} is missing: run `cargo build -p goldenthread` first", program.display());
    program
}
