//! A made-up council in a database of its own: one plan, two services, four forums, and as many indicators as asked.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Parser;
use entity::{Dec, Text};
use rules::measure::{
    Aggregation, ElementKind, ForumGets, ForumKind, FrameworkState, Frequency, Lifecycle, LinkKind, Polarity, Purpose, ValueState,
    YearBasis,
};
use rules::period::Period;
use rules::permission::Role;
use sea_orm::{ActiveModelTrait, ConnectOptions, ConnectionTrait, Database, EntityTrait, IntoActiveModel, ModelTrait};
use uuid::Uuid;

use crate::access::{Actor, GrantScope};
use crate::app::{App, Clock};
use crate::config::Config;
use crate::councils::service::NewCouncil;
use crate::people::service::NewPerson;

pub struct TestCouncil {
    pub app: App,
    pub id: Uuid,
    pub framework: Uuid,
    ids: HashMap<String, Uuid>,
    pub folder: tempfile::TempDir,
    /// What another node would be started with.
    pub config: Config,
}

/// Where a PostgreSQL cluster for tests is, if there is one.
const POSTGRES: &str = "GOLDENTHREAD_TEST_POSTGRES";

/// Runs a test on SQLite, and on PostgreSQL where there is one, each time with a council of its own.
pub async fn on_each_database(test: impl AsyncFn(TestCouncil)) {
    test(TestCouncil::new(None).await).await;
    let Ok(cluster) = std::env::var(POSTGRES) else {
        println!("SKIPPED on PostgreSQL: {POSTGRES} is not set");
        return;
    };
    let name = format!("council_{}", crate::app::Ids.next().simple());
    let (server, _) = cluster.rsplit_once('/').unwrap();
    administer(&cluster, &format!("CREATE DATABASE {name}")).await;
    test(TestCouncil::new(Some(format!("{server}/{name}"))).await).await;
    administer(&cluster, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

/// Makes or drops a database, one test after the other: they are copies of a template that one connection may copy.
async fn administer(cluster: &str, statement: &str) {
    let mut options = ConnectOptions::new(cluster);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await.unwrap();
    connection.execute_unprepared("SELECT pg_advisory_lock(20261122)").await.unwrap();
    connection.execute_unprepared(statement).await.unwrap();
    connection.close().await.unwrap();
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub fn dec(text: &str) -> rust_decimal::Decimal {
    text.parse().unwrap()
}

/// What an installation sets.
#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    config: Config,
}

impl TestCouncil {
    /// The council on 20 October 2023, with elements and forums and no indicators yet.
    async fn new(database_url: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let usual = Line::parse_from(["goldenthread"]).config;
        let config = Config { database_url, data: folder.path().to_owned(), upload_bytes_max: 1 << 20, ..usual };
        let mut app = App::open(&config).await.unwrap();
        app.clock = Clock::fixed(at("2023-10-20T09:00:00Z"));
        let new = NewCouncil { code: "testshire", name: "Testshire District Council", kind: "DISTRICT", gss_code: None };
        let id = crate::councils::service::create(&app, &new).await.unwrap();
        let framework = app.ids.next();
        let made = Self { app, id, framework, ids: HashMap::new(), folder, config };
        made.framed().await
    }

    /// Another council in the same database, with the same codes.
    pub async fn beside(&self, code: &str, name: &str) -> Self {
        let new = NewCouncil { code, name, kind: "DISTRICT", gss_code: None };
        let id = crate::councils::service::create(&self.app, &new).await.unwrap();
        let (framework, folder) = (self.app.ids.next(), tempfile::tempdir().unwrap());
        Self { app: self.app.clone(), id, framework, ids: HashMap::new(), folder, config: self.config.clone() }.framed().await
    }

    async fn framed(mut self) -> Self {
        self.insert(entity::framework::Model {
            council_id: self.id,
            id: self.framework,
            title: "Corporate Performance Framework".into(),
            edition: "2023/24".into(),
            stands_from: day("2023-01-01"),
            stands_until: Some(day("2024-03-31")),
            state: FrameworkState::Adopted.into(),
            adopted_by: None,
            adopted_on: None,
            minute_reference: None,
            note: Some("All figures are illustrative.".into()),
            predecessor_id: None,
            created_at: self.app.clock.now(),
        })
        .await;
        self.insert(entity::status_rule::Model {
            council_id: self.id,
            id: self.app.ids.next(),
            framework_id: self.framework,
            indicator_id: None,
            applies_from: day("2022-04-01"),
            shape: "{\"shape\":\"LEVELS\"}".into(),
            recorded_at: self.app.clock.now(),
            superseded_at: None,
            recorded_by: None,
            import_id: None,
        })
        .await;
        for (code, kind, parent) in [
            ("PLAN", ElementKind::Plan, None),
            ("PR1", ElementKind::Priority, Some("PLAN")),
            ("OC1", ElementKind::Outcome, Some("PR1")),
            ("D1", ElementKind::Directorate, None),
            ("S1", ElementKind::Service, Some("D1")),
            ("S2", ElementKind::Service, Some("D1")),
        ] {
            self.element(code, kind, parent).await;
        }
        for (code, gets, remit) in [
            ("ALL", ForumGets::Everything, None),
            ("HEAD", ForumGets::Headline, None),
            ("EXC", ForumGets::ByException, None),
            ("CLINIC", ForumGets::Everything, Some("S2")),
            ("PLANS", ForumGets::Everything, Some("PLAN")),
        ] {
            self.forum(code, gets, remit).await;
        }
        self
    }

    pub async fn insert<M, A>(&self, row: M)
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity>,
    {
        let row = row.into_active_model().reset_all();
        let tx = self.app.db.change(self.id).await.unwrap();
        M::Entity::insert(row).exec_without_returning(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub fn of(&self, code: &str) -> Uuid {
        self.ids[code]
    }

    fn named(&mut self, code: &str) -> Uuid {
        let id = self.app.ids.next();
        self.ids.insert(code.to_owned(), id);
        id
    }

    async fn element(&mut self, code: &str, kind: ElementKind, parent: Option<&str>) {
        let id = self.named(code);
        self.insert(entity::element::Model {
            council_id: self.id,
            id,
            framework_id: self.framework,
            code: code.into(),
            kind: kind.into(),
            level: kind.level().into(),
            label: None,
            title: format!("{} {code}", kind.words()),
            mode: None,
            description: None,
            owner: None,
            created_at: self.app.clock.now(),
        })
        .await;
        self.insert(entity::placement::Model {
            council_id: self.id,
            id: self.app.ids.next(),
            element_id: id,
            framework_id: self.framework,
            parent_id: parent.map(|p| self.of(p)),
            position: 1,
            stands_from: None,
            stands_until: None,
        })
        .await;
    }

    async fn forum(&mut self, code: &str, gets: ForumGets, remit: Option<&str>) {
        let id = self.named(code);
        self.insert(entity::forum::Model {
            council_id: self.id,
            id,
            code: code.into(),
            title: format!("Forum {code}"),
            kind: ForumKind::Scrutiny.into(),
            position: 1,
            meets: None,
            gets: gets.into(),
            created_at: self.app.clock.now(),
        })
        .await;
        if let Some(element) = remit {
            self.insert(entity::forum_remit::Model {
                council_id: self.id,
                id: self.app.ids.next(),
                forum_id: id,
                element_id: self.of(element),
            })
            .await;
        }
    }

    /// An indicator in per cent with one decimal, where higher is better: target 85, intervention level 80.
    pub async fn indicator(&mut self, code: &str, owner: &str, frequency: Frequency, outcome: Option<&str>) {
        let id = self.named(code);
        let now = self.app.clock.now();
        self.insert(entity::indicator::Model {
            council_id: self.id,
            id,
            code: code.into(),
            aliases: "[]".into(),
            lifecycle: Lifecycle::Active.into(),
            created_at: now,
        })
        .await;
        self.insert(self.version(id, code, frequency)).await;
        self.insert(entity::membership::Model {
            council_id: self.id,
            id: self.app.ids.next(),
            framework_id: self.framework,
            indicator_id: id,
            owner_id: self.of(owner),
            position: 1,
            disposition: None,
            disposition_reason: None,
        })
        .await;
        if let Some(outcome) = outcome {
            self.insert(entity::indicator_link::Model {
                council_id: self.id,
                id: self.app.ids.next(),
                framework_id: self.framework,
                kind: LinkKind::ContributesTo.into(),
                indicator_id: id,
                element_id: self.of(outcome),
            })
            .await;
        }
        self.insert(entity::target::Model {
            council_id: self.id,
            id: self.app.ids.next(),
            indicator_id: id,
            period_start: day("2023-04-01"),
            period_months: 12,
            target: Some(dec("85").into()),
            intervention: Some(dec("80").into()),
            lower: None,
            upper: None,
            intervention_lower: None,
            intervention_upper: None,
            evidence: None,
            approved_by: None,
            recorded_at: now,
            superseded_at: None,
            recorded_by: None,
            import_id: None,
        })
        .await;
    }

    fn version(&self, id: Uuid, code: &str, frequency: Frequency) -> entity::indicator_version::Model {
        entity::indicator_version::Model {
            council_id: self.id,
            id: self.app.ids.next(),
            indicator_id: id,
            version: 1,
            applies_from: None,
            applies_months: None,
            title: format!("Requests answered in time, {code}"),
            definition: "Requests answered within ten days, of all requests".into(),
            rationale: None,
            calculation: None,
            purpose: Purpose::Operational.into(),
            unit: "Per cent".into(),
            decimal_places: 1,
            polarity: Polarity::HigherIsBetter.into(),
            frequency: frequency.into(),
            year_basis: YearBasis::Financial.into(),
            aggregation: Aggregation::Mean.into(),
            numerator: None,
            denominator: None,
            multiplier: Dec(dec("100")),
            minimum: Some(dec("0").into()),
            maximum: Some(dec("100").into()),
            headline: code.starts_with('H'),
            critical: false,
            unit_cost: false,
            statutory: false,
            dimension: None,
            source: Some("Service return".into()),
            data_lag_days: 10,
            baseline_start: None,
            baseline_months: None,
            baseline_value: None,
            responsible: None,
            accountable: None,
            portfolio_holder: None,
            data_provider: None,
            external_metric: None,
            recorded_at: self.app.clock.now(),
            superseded_at: None,
            recorded_by: None,
            import_id: None,
            sensitive: false,
            context_for: None,
        }
    }

    /// Records a value now; one that is there for the period is superseded.
    pub async fn value(&self, code: &str, of: &str, value: &str, reason: Option<&str>) {
        use sea_orm::sea_query::Expr;
        use sea_orm::{ColumnTrait, QueryFilter};
        let (period, now) = (period(of), self.app.clock.now());
        use entity::observation::Column;
        let tx = self.app.db.change(self.id).await.unwrap();
        entity::observation::Entity::update_many()
            .filter(Column::IndicatorId.eq(self.of(code)))
            .filter(Column::PeriodStart.eq(period.start()))
            .filter(Column::SupersededAt.is_null())
            .col_expr(Column::SupersededAt, Expr::value(now))
            .exec(&*tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.insert(entity::observation::Model {
            council_id: self.id,
            id: self.app.ids.next(),
            indicator_id: self.of(code),
            definition_version: 1,
            period_start: period.start(),
            period_end: period.end(),
            period_months: crate::rows::months(period),
            value: Some(dec(value).into()),
            numerator: None,
            denominator: None,
            absence: None,
            state: Text(ValueState::Final),
            forecast: None,
            commentary: Some("More came in than was planned for.".into()),
            remedial_action: Some("Train two more people".into()),
            remedial_owner: Some("Head of service".into()),
            remedial_due: Some(day("2023-12-15")),
            quality_note: None,
            reason: reason.map(str::to_owned),
            recorded_at: now,
            superseded_at: None,
            recorded_by: None,
            import_id: None,
            sheet: None,
            cell: None,
            withdrawn: false,
        })
        .await;
    }

    pub async fn person(&self, role: Role, over: GrantScope) -> Actor {
        let email = format!("{}@testshire.example", self.app.ids.next());
        let new = NewPerson { email: &email, name: "Somebody", grants: &[(role, over)] };
        let tx = self.app.db.change(self.id).await.unwrap();
        let person = crate::people::service::enter(&self.app, &*tx, self.id, &new).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = self.app.db.snapshot(self.id).await.unwrap();
        Actor::load_person(&*snapshot, self.id, person, self.app.clock.today()).await.unwrap()
    }

    pub async fn performance_team(&self) -> Actor {
        self.person(Role::PerformanceTeam, GrantScope::Council).await
    }
}
