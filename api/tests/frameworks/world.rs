//! A council with a performance team, and what imports of it came to.

use std::sync::Arc;

use entity::{Dec, Text, import, import_change, observation};
use goldenthread::access::token::Keys;
use goldenthread::access::{Actor, GrantScope, Scope, scoped};
use goldenthread::app::{App, Clock, Ids};
use goldenthread::bounds::Bounds;
use goldenthread::councils::service::{NewCouncil, create};
use goldenthread::db::Db;
use goldenthread::directories::Directories;
use goldenthread::error::UserError;
use goldenthread::files::Files;
use goldenthread::frameworks::book;
use goldenthread::imports::pace::{Pace, Paces};
use goldenthread::imports::plan::{ChangeKind, Plan, Undone, framework};
use goldenthread::imports::reader::Reader;
use goldenthread::imports::store;
use goldenthread::notices::Ways;
use goldenthread::people::service::{NewPerson, enter};
use goldenthread::reach::Reach;
use goldenthread::telemetry::Metrics;
use importers::framework::{FrameworkSheets, Placed};
use importers::{Limits, Reading};
use rules::framework::FrameworkBook;
use rules::measure::ValueState;
use rules::period::Period;
use rules::permission::{Permission, Role};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectOptions, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

pub struct World {
    pub app: App,
    pub actor: Actor,
    pub scope: Scope,
    _folder: Arc<tempfile::TempDir>,
}

const POSTGRES: &str = "GOLDENTHREAD_TEST_POSTGRES";

/// Tries something in a council of its own: on SQLite and, where the environment names a cluster, on PostgreSQL.
pub async fn on_each_database(code: &str, journey: impl AsyncFn(World)) {
    for database in Database::all().await {
        journey(World::within(&database, code).await).await;
        database.close().await;
    }
}

/// A product on an empty database.
pub struct Database {
    pub app: App,
    folder: Arc<tempfile::TempDir>,
    /// The cluster and the name there.
    on: Option<(String, String)>,
}

impl Database {
    pub async fn all() -> Vec<Self> {
        let mut all = vec![Self::of(None).await];
        match std::env::var(POSTGRES) {
            Ok(cluster) => {
                let name = format!("framework_{}", Ids.next().simple());
                administer(&cluster, &format!("CREATE DATABASE {name}")).await;
                all.push(Self::of(Some((cluster, name))).await);
            }
            Err(_) => println!("SKIPPED on PostgreSQL: {POSTGRES} is not set"),
        }
        all
    }

    /// One on SQLite, or on a cluster under a name.
    pub async fn of(on: Option<(String, String)>) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let url = match &on {
            Some((cluster, name)) => format!("{}/{name}", cluster.rsplit_once('/').unwrap().0),
            None => format!("sqlite://{}", folder.path().join("test.db").display()),
        };
        let (db, clock) = (ok(Db::open(&url).await), Clock::fixed("2024-10-14T09:00:00Z".parse().unwrap()));
        let app = App {
            metrics: Arc::new(Metrics::new(&db, &Bounds::default(), clock.seconds())),
            health: Arc::default(),
            db,
            files: ok(Files::folder(&folder.path().join("files"))),
            clock,
            ids: Ids,
            keys: Arc::new(Keys::of(&[7; 48])),
            directories: Arc::new(Directories::new(Reach::Anywhere)),
            accounts: Arc::default(),
            notices: Arc::new(Ways::new(None, Reach::Public)),
            reader: Reader::child_of("no-program".into(), 1 << 20),
            languages: Arc::default(),
            upload_bytes_max: 1 << 20,
            trusted_proxies: 0,
            activity: goldenthread::activity::Hub::default(),
            paces: Paces::default(),
            refusals: Arc::default(),
            kept: None,
            bounds: Arc::default(),
            base_url: "http://localhost".into(),
        };
        Self { app, folder, on }
    }

    pub async fn close(&self) {
        self.app.db.pool().close_by_ref().await.unwrap();
        if let Some((cluster, name)) = &self.on {
            administer(cluster, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn administer(cluster: &str, statement: &str) {
    let mut options = ConnectOptions::new(cluster);
    options.max_connections(1).sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await.unwrap();
    // Databases are copies of a template that one connection at a time may copy.
    connection.execute_unprepared("SELECT pg_advisory_lock(20261122)").await.unwrap();
    connection.execute_unprepared(statement).await.unwrap();
    connection.close().await.unwrap();
}

pub fn ok<T>(outcome: goldenthread::error::Result<T>) -> T {
    outcome.unwrap_or_else(|error| panic!("{}", error.log_text()))
}

impl World {
    pub async fn within(database: &Database, code: &str) -> Self {
        let (app, folder) = (database.app.clone(), Arc::clone(&database.folder));
        let new = NewCouncil { code, name: code, kind: "district", gss_code: None };
        let council = ok(create(&app, &new).await);
        let tx = ok(app.db.change(council).await);
        let grants = [(Role::PerformanceTeam, GrantScope::Council)];
        let person = ok(enter(&app, &*tx, council, &NewPerson { email: "team@example.org", name: "Team", grants: &grants }).await);
        ok(tx.commit().await);
        let snapshot = ok(app.db.snapshot(council).await);
        let actor = ok(Actor::load_person(&*snapshot, council, person, app.clock.today()).await);
        let scope = ok(actor.scope_for(Permission::ImportFramework));
        Self { app, actor, scope, _folder: folder }
    }

    /// What accepting a reading would do.
    pub async fn plan(&self, reading: &Reading) -> Plan {
        let snapshot = ok(self.app.db.snapshot(self.scope.council).await);
        ok(framework::plan(&*snapshot, &self.actor, self.app.clock.today(), reading).await).0
    }

    pub async fn plan_book(&self, book: &FrameworkBook) -> Plan {
        self.plan(&reading(book)).await
    }

    /// Keeps a plan as an import.
    pub async fn keep(&self, plan: &Plan) -> Uuid {
        let row = import_row(&self.scope, self.app.ids.next(), &self.app);
        let id = row.id;
        let tx = ok(self.app.db.change(self.scope.council).await);
        import::Entity::insert(row.into_active_model()).exec_without_returning(&*tx).await.unwrap();
        ok(store::keep_plan(&tx, &self.scope, &self.app.ids, id, plan, &Pace::default()).await);
        ok(tx.commit().await);
        id
    }

    pub async fn accept(&self, import: Uuid) -> Result<(), UserError> {
        let tx = ok(self.app.db.change(self.scope.council).await);
        let query = scoped::<import_change::Entity>(&self.scope).filter(import_change::Column::ImportId.eq(import));
        let changes = query.order_by_asc(import_change::Column::Seq).all(&*tx).await.unwrap();
        let outcome = ok(framework::apply(&self.app, &tx, &self.scope, import, &changes).await).map_err(|stale| stale.error);
        if outcome.is_ok() {
            ok(tx.commit().await);
        }
        outcome
    }

    /// Plans, keeps and accepts a book, whatever is refused in it.
    pub async fn bring(&self, book: &FrameworkBook) -> (Uuid, Plan) {
        let plan = self.plan_book(book).await;
        let import = self.keep(&plan).await;
        self.accept(import).await.unwrap();
        (import, plan)
    }

    pub async fn undo(&self, import: Uuid) -> Undone {
        let tx = ok(self.app.db.change(self.scope.council).await);
        let undone = ok(framework::undo(&self.app, &tx, &self.scope, import).await);
        ok(tx.commit().await);
        undone
    }

    /// Enters a figure for a period, under the first version.
    pub async fn report(&self, indicator: &str, period: &str) {
        let period: Period = period.parse().unwrap();
        let query = scoped::<entity::indicator::Entity>(&self.scope).filter(entity::indicator::Column::Code.eq(indicator));
        let tx = ok(self.app.db.change(self.scope.council).await);
        let indicator = query.one(&*tx).await.unwrap().unwrap();
        let row = observation::ActiveModel {
            council_id: Set(self.scope.council),
            id: Set(self.app.ids.next()),
            indicator_id: Set(indicator.id),
            definition_version: Set(1),
            period_start: Set(period.start()),
            period_end: Set(period.end()),
            period_months: Set(3),
            value: Set(Some(Dec(81.into()))),
            state: Set(Text(ValueState::Final)),
            recorded_at: Set(self.app.clock.now()),
            withdrawn: Set(false),
            ..Default::default()
        };
        observation::Entity::insert(row).exec_without_returning(&*tx).await.unwrap();
        ok(tx.commit().await);
    }

    /// A return of an element, a release to a forum, and a target proposed for an indicator.
    pub async fn answered(&self, element: &str, forum: &str, indicator: &str, period: &str) {
        let period: Period = period.parse().unwrap();
        let tx = ok(self.app.db.change(self.scope.council).await);
        let now = self.app.clock.now();
        let (council_id, person) = (self.scope.council, self.scope.person);
        let element = scoped::<entity::element::Entity>(&self.scope).filter(entity::element::Column::Code.eq(element));
        let forum = scoped::<entity::forum::Entity>(&self.scope).filter(entity::forum::Column::Code.eq(forum));
        let indicator = scoped::<entity::indicator::Entity>(&self.scope).filter(entity::indicator::Column::Code.eq(indicator));
        let made = entity::service_return::Model {
            council_id,
            id: self.app.ids.next(),
            element_id: element.one(&*tx).await.unwrap().unwrap().id,
            period_start: period.start(),
            period_months: 3,
            state: Text(rules::cycle::State::Submitted),
            round: 1,
            revision: 1,
            changed_at: now,
            changed_by: person,
            approved_at: None,
            published_at: None,
        };
        entity::service_return::Entity::insert(made.into_active_model().reset_all()).exec_without_returning(&*tx).await.unwrap();
        let released = entity::forum_release::ActiveModel {
            council_id: Set(council_id),
            id: Set(self.app.ids.next()),
            forum_id: Set(forum.one(&*tx).await.unwrap().unwrap().id),
            period_start: Set(period.start()),
            period_end: Set(period.end()),
            period_months: Set(3),
            as_at: Set(now),
            person_id: Set(person),
            released_at: Set(now),
            ..Default::default()
        };
        entity::forum_release::Entity::insert(released).exec_without_returning(&*tx).await.unwrap();
        let proposed = entity::target_proposal::ActiveModel {
            council_id: Set(council_id),
            id: Set(self.app.ids.next()),
            indicator_id: Set(indicator.one(&*tx).await.unwrap().unwrap().id),
            state: Set(Text(rules::proposal::State::Proposed)),
            revision: Set(1),
            version: Set(1),
            effective_from: Set(period.start()),
            evidence_kind: Set(Text(rules::proposal::Evidence::None)),
            proposed_by: Set(person),
            proposed_at: Set(now),
            changed_at: Set(now),
            ..Default::default()
        };
        entity::target_proposal::Entity::insert(proposed).exec_without_returning(&*tx).await.unwrap();
        ok(tx.commit().await);
    }

    pub async fn book(&self, edition: &str) -> Option<FrameworkBook> {
        let snapshot = ok(self.app.db.snapshot(self.scope.council).await);
        ok(book::load_by_label(&*snapshot, &self.scope, edition).await)
    }
}

fn import_row(scope: &Scope, id: Uuid, app: &App) -> import::Model {
    import::Model {
        council_id: scope.council,
        id,
        person_id: scope.person,
        upload_id: None,
        file_name: "framework.xlsx".into(),
        sha256: String::new(),
        size_bytes: 0,
        state: "PLANNED".into(),
        layout: Some("FRAMEWORK".into()),
        period_start: None,
        period_months: None,
        element_id: None,
        done: 0,
        total: 0,
        new_rows: 0,
        changed_rows: 0,
        same_rows: 0,
        refused_rows: 0,
        errors: 0,
        warnings: 0,
        digest: None,
        options: "{}".into(),
        created_at: app.clock.now(),
        planned_at: None,
        accepted_at: None,
        accepted_by: None,
        undone_at: None,
        failure: None,
        left_out_rows: 0,
    }
}

/// A book as if it had been read: row 2 on, each heading in no cell of its own.
pub fn reading(book: &FrameworkBook) -> Reading {
    fn placed<T: Clone>(sheet: &str, rows: &[T]) -> Vec<Placed<T>> {
        let place = |(row_number, row): (u32, &T)| Placed { row: row.clone(), sheet: sheet.into(), row_number, cells: Default::default() };
        (2..).zip(rows).map(place).collect()
    }
    let framework = FrameworkSheets {
        edition: placed("Framework", std::slice::from_ref(&book.edition)).pop(),
        elements: placed("Elements", &book.elements),
        links: placed("Links", &book.links),
        indicators: placed("Indicators", &book.indicators),
        targets: placed("Targets", &book.targets),
        rules: placed("Status rules", &book.rules),
        periods: placed("Periods", &book.periods),
        forums: placed("Forums", &book.forums),
        unread: Vec::new(),
    };
    Reading { framework: Some(framework), ..Reading::default() }
}

pub fn read(bytes: &[u8]) -> Reading {
    importers::read(bytes, "framework.xlsx", &Limits::default())
}

/// How many rows of a plan are new, changed, same and refused.
pub fn tally(plan: &Plan) -> [usize; 4] {
    [ChangeKind::New, ChangeKind::Changed, ChangeKind::Same, ChangeKind::Refused]
        .map(|kind| plan.changes.iter().filter(|change| change.kind == kind).count())
}

/// Codes with sheet and cell of everything that is wrong.
pub fn errors(plan: &Plan) -> Vec<String> {
    let wrong = plan.diagnostics.iter().filter(|found| found.severity == importers::Severity::Error);
    wrong
        .map(|found| {
            let places: Vec<String> = found.places.iter().map(|place| format!("{}!{}", place.sheet, place.cell)).collect();
            format!("{} {}", found.code, places.join(" "))
        })
        .collect()
}
