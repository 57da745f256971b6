//! Councils that never were: the same every time, but for the ids of their rows.

use std::path::Path;

use chrono::{DateTime, Duration, Months, NaiveDate, Utc};
use entity::{Dec, Text};
use goldenthread::access::token::Keys;
use goldenthread::app::{Clock, Ids};
use goldenthread::db::{Change, Db};
use rules::measure::{
    Aggregation, ElementKind, ForumGets, ForumKind, FrameworkState, Frequency, Level, Lifecycle, LinkKind, Polarity, Purpose, ValueState,
    YearBasis,
};
use rules::permission::{Role, ScopeKind};
use rules::status::{Margin, Shape};
use rust_decimal::Decimal;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable};
use uuid::Uuid;

pub const INDICATORS: usize = 300;
/// Months with figures, as a rule.
pub const MONTHS: u32 = 48;
/// The last of them.
pub const UNTIL: &str = "2024-03";
/// The month after it, which is open and takes figures.
pub const OPEN: &str = "2024-04";

const DIRECTORATES: usize = 4;
/// Each of them owes a return a month.
pub const SERVICES: usize = 16;
const PRIORITIES: usize = 4;
const OUTCOMES: usize = 12;
/// Values bound by one statement at most: under SQLite's 32,766.
const BINDS: usize = 32_000;

/// Districts of the register: the first are ours, the others whom we are compared with.
pub const DISTRICTS: [&str; 20] = [
    "E07000008",
    "E07000009",
    "E07000010",
    "E07000011",
    "E07000032",
    "E07000033",
    "E07000034",
    "E07000035",
    "E07000036",
    "E07000037",
    "E07000038",
    "E07000039",
    "E07000040",
    "E07000041",
    "E07000042",
    "E07000043",
    "E07000044",
    "E07000045",
    "E07000046",
    "E07000047",
];
/// Councils that stand in one of them, and whose benchmark page is asked for: each has its own group and mappings.
pub const COUNCILS: usize = 4;

const COMMENTARY: &str = "Performance in the month reflects higher demand than in the same month last year and two vacancies in the \
    team, which have since been filled. The backlog is expected to clear by the end of the next quarter.";

/// The body packs are made for: it is given everything.
pub const FORUM: &str = "OSP";

/// How much a council has.
pub struct Size {
    pub indicators: usize,
    /// Months with figures.
    pub months: u32,
    /// The last of them.
    pub until: &'static str,
    /// Months that take figures, ending with [`OPEN`].
    pub open: u32,
}

impl Size {
    /// What is asked about under load.
    pub const USUAL: Self = Self { indicators: INDICATORS, months: MONTHS, until: UNTIL, open: 1 };
}

/// A council and somebody of its performance team.
#[derive(Clone)]
pub struct Council {
    pub id: Uuid,
    pub code: String,
    pub person: Uuid,
    pub token: String,
}

/// The ref of an indicator, counted from 0.
pub fn code(n: usize) -> String {
    format!("PI{:03}", n + 1)
}

/// The first days of the months that take figures, the earliest first.
pub fn open_months(count: u32) -> impl Iterator<Item = NaiveDate> {
    let last = day(&format!("{OPEN}-01"));
    (0..count).rev().map(move |back| last - Months::new(back))
}

/// Fills an empty database and signs one person of each council in, with the key of a data folder.
pub async fn councils(url: &str, folder: &Path, count: usize, size: &Size) -> Vec<Council> {
    let db = ok(Db::open(url).await);
    let keys = ok(Keys::load_or_make(&folder.join("signing.key"), true));
    let now = Clock::System.now();
    let mut made = Vec::with_capacity(count);
    for n in 0..count {
        let council = Builder::enter(&db, n, size).await;
        let token = ok(keys.issue(council.person, Some(council.council), now, Duration::days(1)));
        made.push(Council { id: council.council, code: council.code, person: council.person, token });
    }
    made
}

fn ok<T>(result: goldenthread::error::Result<T>) -> T {
    result.unwrap_or_else(|error| panic!("{}", error.log_text()))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Writes rows in as few statements as their columns allow.
async fn write<E>(tx: &Change, rows: Vec<E::Model>)
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let at_once = BINDS / E::Column::iter().count();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<E::ActiveModel> = rows.by_ref().take(at_once).map(IntoActiveModel::into_active_model).collect();
        E::insert_many(chunk).exec_without_returning(&**tx).await.expect("rows are written");
    }
}

/// One council while it is being written.
struct Builder<'a> {
    n: usize,
    size: &'a Size,
    council: Uuid,
    code: String,
    person: Uuid,
    framework: Uuid,
    at: DateTime<Utc>,
    chance: u64,
}

/// The code of the area of a council, counted from 0; none of most.
fn area(n: usize) -> Option<String> {
    DISTRICTS.get(n).filter(|_| n < COUNCILS).map(|code| (*code).to_owned())
}

impl<'a> Builder<'a> {
    async fn enter(db: &Db, n: usize, size: &'a Size) -> Self {
        let at = day("2020-04-01").and_hms_opt(9, 0, 0).expect("an hour").and_utc();
        let code = format!("council{:02}", n + 1);
        let [council, person, framework] = std::array::from_fn(|_| Ids.next());
        let mut this = Self { n, size, council, code, person, framework, at, chance: 0x9E37_79B9_7F4A_7C15 ^ n as u64 };
        let row = entity::council::Model {
            id: this.council,
            code: this.code.clone(),
            name: format!("Council number {}", n + 1),
            kind: "DISTRICT".into(),
            gss_code: area(n),
            created_at: at,
            suspended_at: None,
            revision: 0,
            last_change: 0,
            changed_at: None,
        };
        entity::council::Entity::insert(row.into_active_model()).exec_without_returning(db.pool()).await.expect("a council");
        let tx = ok(db.change(this.council).await);
        this.people(&tx).await;
        this.framework(&tx).await;
        let services = this.organisation(&tx).await;
        let outcomes = this.plan(&tx).await;
        let indicators = this.indicators(&tx, &services, &outcomes).await;
        this.targets(&tx, &indicators).await;
        this.observations(&tx, &indicators).await;
        ok(tx.commit().await);
        this
    }

    /// The next of a row of numbers that look like chance and are the same every time (xorshift64*).
    fn chance(&mut self, below: u64) -> u64 {
        self.chance ^= self.chance >> 12;
        self.chance ^= self.chance << 25;
        self.chance ^= self.chance >> 27;
        (self.chance.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % below
    }

    async fn people(&self, tx: &Change) {
        let person = entity::person::Model {
            council_id: self.council,
            id: self.person,
            email: "perry.team@example.org".into(),
            name: "Perry Team".into(),
            created_at: self.at,
            suspended_at: None,
            tokens_valid_from: None,
        };
        write::<entity::person::Entity>(tx, vec![person]).await;
        let grant = entity::role_grant::Model {
            council_id: self.council,
            id: Ids.next(),
            person_id: self.person,
            role: Role::PerformanceTeam.to_string(),
            scope_kind: ScopeKind::Council.to_string(),
            element_id: None,
            indicator_id: None,
            forum_id: None,
            from_on: day("2020-04-01"),
            until_on: None,
            granted_by: None,
            created_at: self.at,
            withdrawn_at: None,
            withdrawn_by: None,
            withdrawn_reason: None,
            deputy_for: None,
            reason: None,
            directory_group: None,
        };
        write::<entity::role_grant::Entity>(tx, vec![grant]).await;
    }

    async fn framework(&self, tx: &Change) {
        let framework = entity::framework::Model {
            council_id: self.council,
            id: self.framework,
            title: "Performance framework".into(),
            edition: "2020/21".into(),
            stands_from: day("2020-04-01"),
            stands_until: None,
            state: Text(FrameworkState::Adopted),
            adopted_by: Some("Council".into()),
            adopted_on: Some(day("2020-03-20")),
            minute_reference: None,
            note: Some("Every figure is made up.".into()),
            predecessor_id: None,
            created_at: self.at,
        };
        write::<entity::framework::Entity>(tx, vec![framework]).await;
        let shapes =
            [("2020-04-01", Shape::Levels), ("2022-04-01", Shape::Tolerance { amber: Margin::Percent(Decimal::new(5, 0)), blue: None })];
        let rule = |(from, shape): (&str, Shape)| entity::status_rule::Model {
            council_id: self.council,
            id: Ids.next(),
            framework_id: self.framework,
            indicator_id: None,
            applies_from: day(from),
            shape: serde_json::to_string(&shape).expect("a shape is JSON"),
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: None,
        };
        write::<entity::status_rule::Entity>(tx, shapes.into_iter().map(rule).collect()).await;
        let open = |period_start| entity::reporting_period::Model {
            council_id: self.council,
            id: Ids.next(),
            framework_id: self.framework,
            period_start,
            period_months: 1,
            open: true,
            due_on: None,
        };
        write::<entity::reporting_period::Entity>(tx, open_months(self.size.open).map(open).collect()).await;
        let forum = entity::forum::Model {
            council_id: self.council,
            id: Ids.next(),
            code: FORUM.into(),
            title: "Overview and Scrutiny Panel".into(),
            kind: Text(ForumKind::Scrutiny),
            position: 1,
            meets: Some("Monthly".into()),
            gets: Text(ForumGets::Everything),
            created_at: self.at,
        };
        write::<entity::forum::Entity>(tx, vec![forum]).await;
    }

    /// Directorates and their services; answers the services.
    async fn organisation(&self, tx: &Change) -> Vec<Uuid> {
        let tops = self.elements(tx, ElementKind::Directorate, Level::Directorate, DIRECTORATES, &[None]).await;
        self.elements(tx, ElementKind::Service, Level::Directorate, SERVICES, &some(&tops)).await
    }

    /// A plan, its priorities and their outcomes; answers the outcomes.
    async fn plan(&self, tx: &Change) -> Vec<Uuid> {
        let plan = self.elements(tx, ElementKind::Plan, Level::Strategic, 1, &[None]).await;
        let priorities = self.elements(tx, ElementKind::Priority, Level::Strategic, PRIORITIES, &some(&plan)).await;
        self.elements(tx, ElementKind::Outcome, Level::Strategic, OUTCOMES, &some(&priorities)).await
    }

    async fn elements(&self, tx: &Change, kind: ElementKind, level: Level, count: usize, parents: &[Option<Uuid>]) -> Vec<Uuid> {
        let ids: Vec<Uuid> = (0..count).map(|_| Ids.next()).collect();
        let element = |(n, id): (usize, &Uuid)| entity::element::Model {
            council_id: self.council,
            id: *id,
            framework_id: self.framework,
            code: format!("{}-{:02}", kind.code(), n + 1),
            kind: Text(kind),
            level: Text(level),
            label: None,
            title: format!("{} number {} of council number {}", kind.words(), n + 1, self.n + 1),
            mode: None,
            description: None,
            owner: Some("Head of service".into()),
            created_at: self.at,
        };
        write::<entity::element::Entity>(tx, ids.iter().enumerate().map(element).collect()).await;
        let placement = |(n, id): (usize, &Uuid)| entity::placement::Model {
            council_id: self.council,
            id: Ids.next(),
            element_id: *id,
            framework_id: self.framework,
            parent_id: parents[n % parents.len()],
            position: position(n),
            stands_from: None,
            stands_until: None,
        };
        write::<entity::placement::Entity>(tx, ids.iter().enumerate().map(placement).collect()).await;
        ids
    }

    async fn indicators(&self, tx: &Change, services: &[Uuid], outcomes: &[Uuid]) -> Vec<Uuid> {
        let ids: Vec<Uuid> = (0..self.size.indicators).map(|_| Ids.next()).collect();
        let each = || ids.iter().copied().enumerate();
        let indicator = |(n, id)| entity::indicator::Model {
            council_id: self.council,
            id,
            code: code(n),
            aliases: "[]".into(),
            lifecycle: Text(Lifecycle::Active),
            created_at: self.at,
        };
        write::<entity::indicator::Entity>(tx, each().map(indicator).collect()).await;
        write::<entity::indicator_version::Entity>(tx, each().map(|(n, id)| self.version(n, id)).collect()).await;
        let membership = |(n, id)| entity::membership::Model {
            council_id: self.council,
            id: Ids.next(),
            framework_id: self.framework,
            indicator_id: id,
            owner_id: services[n % services.len()],
            position: position(n),
            disposition: None,
            disposition_reason: None,
        };
        write::<entity::membership::Entity>(tx, each().map(membership).collect()).await;
        let link = |(n, id): (usize, Uuid)| {
            // Every second indicator contributes to two outcomes.
            let places = [Some(n % outcomes.len()), (n % 2 == 0).then_some((n + 5) % outcomes.len())];
            places.into_iter().flatten().map(move |at| entity::indicator_link::Model {
                council_id: self.council,
                id: Ids.next(),
                framework_id: self.framework,
                kind: Text(LinkKind::ContributesTo),
                indicator_id: id,
                element_id: outcomes[at],
            })
        };
        write::<entity::indicator_link::Entity>(tx, each().flat_map(link).collect()).await;
        ids
    }

    fn version(&self, n: usize, indicator: Uuid) -> entity::indicator_version::Model {
        entity::indicator_version::Model {
            council_id: self.council,
            id: Ids.next(),
            indicator_id: indicator,
            version: 1,
            applies_from: None,
            applies_months: None,
            title: format!("Indicator number {} of a council's services, in per cent", n + 1),
            definition: "What is counted, in a sentence that is about as long as such sentences are in published frameworks.".into(),
            rationale: Some("Why it is measured, in a sentence of ordinary length.".into()),
            calculation: Some("Numerator over denominator, times one hundred.".into()),
            purpose: Text(Purpose::Operational),
            unit: "Per cent".into(),
            decimal_places: 1,
            polarity: Text(if n % 4 == 1 { Polarity::LowerIsBetter } else { Polarity::HigherIsBetter }),
            frequency: Text(Frequency::Monthly),
            year_basis: Text(YearBasis::Financial),
            aggregation: Text(aggregation(n)),
            numerator: Some("Answered in time".into()),
            denominator: Some("Received".into()),
            multiplier: Dec(Decimal::ONE_HUNDRED),
            minimum: Some(Dec(Decimal::ZERO)),
            maximum: None,
            headline: n.is_multiple_of(10),
            critical: n.is_multiple_of(25),
            unit_cost: false,
            statutory: false,
            dimension: None,
            source: Some("The service's own case system".into()),
            data_lag_days: 10,
            baseline_start: None,
            baseline_months: None,
            baseline_value: None,
            responsible: Some("Head of service".into()),
            accountable: Some("Director".into()),
            portfolio_holder: Some("Portfolio holder".into()),
            data_provider: None,
            external_metric: None,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: None,
            sensitive: false,
            context_for: None,
        }
    }

    async fn targets(&mut self, tx: &Change, indicators: &[Uuid]) {
        let mut rows = Vec::new();
        for (n, indicator) in indicators.iter().enumerate() {
            let lower_is_better = n % 4 == 1;
            for year in 2020..=2024 {
                let target = Decimal::from(80 + self.chance(6));
                let step = Decimal::from(4);
                rows.push(entity::target::Model {
                    council_id: self.council,
                    id: Ids.next(),
                    indicator_id: *indicator,
                    period_start: day(&format!("{year}-04-01")),
                    period_months: 12,
                    target: Some(Dec(target)),
                    intervention: Some(Dec(if lower_is_better { target + step } else { target - step })),
                    lower: None,
                    upper: None,
                    intervention_lower: None,
                    intervention_upper: None,
                    evidence: None,
                    approved_by: None,
                    recorded_at: self.at,
                    superseded_at: None,
                    recorded_by: Some(self.person),
                    import_id: None,
                });
            }
        }
        write::<entity::target::Entity>(tx, rows).await;
    }

    /// Month after month for all indicators, as they come in.
    async fn observations(&mut self, tx: &Change, indicators: &[Uuid]) {
        let last = day(&format!("{}-01", self.size.until));
        let mut rows = Vec::new();
        for (back, month) in (0..self.size.months).rev().map(|back| (back as usize, last - Months::new(back))) {
            for (n, indicator) in indicators.iter().enumerate() {
                rows.push(self.observation(n, *indicator, back, month));
            }
        }
        write::<entity::observation::Entity>(tx, rows).await;
    }

    fn observation(&mut self, n: usize, indicator: Uuid, back: usize, month: NaiveDate) -> entity::observation::Model {
        let tenths = i64::try_from(700 + self.chance(250)).expect("a small number");
        let ratio = aggregation(n) == Aggregation::Ratio;
        let told = (n + back).is_multiple_of(3);
        let acted = told && n.is_multiple_of(2);
        let end = month + Months::new(1) - Duration::days(1);
        entity::observation::Model {
            council_id: self.council,
            id: Ids.next(),
            indicator_id: indicator,
            definition_version: 1,
            period_start: month,
            period_end: end,
            period_months: 1,
            value: Some(Dec(Decimal::new(tenths, 1))),
            numerator: ratio.then(|| Dec(Decimal::new(tenths * 2, 0))),
            denominator: ratio.then(|| Dec(Decimal::new(2_000, 0))),
            absence: None,
            state: Text(ValueState::Final),
            forecast: Some(Dec(Decimal::new(tenths + 5, 1))),
            commentary: told.then(|| COMMENTARY.into()),
            remedial_action: acted.then(|| "Fill both vacancies and review the backlog every week.".into()),
            remedial_owner: acted.then(|| "Head of service".into()),
            remedial_due: acted.then(|| end + Duration::days(60)),
            quality_note: None,
            reason: None,
            recorded_at: (end + Duration::days(10)).and_hms_opt(9, 0, 0).expect("an hour").and_utc(),
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: None,
            sheet: None,
            cell: None,
            withdrawn: false,
        }
    }
}

/// One in five of each.
fn aggregation(n: usize) -> Aggregation {
    Aggregation::ALL[n % Aggregation::ALL.len()]
}

fn some(ids: &[Uuid]) -> Vec<Option<Uuid>> {
    ids.iter().copied().map(Some).collect()
}

fn position(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
