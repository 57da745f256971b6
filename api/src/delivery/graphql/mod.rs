//! Plans, programmes, risks, money and assessments as the API shows them.
//!
//! What is told of a kind of record is read once an operation, whoever asks for it and however often; what a viewer sees of it follows
//! from what it hangs on.

mod action;
mod assessment;
pub mod council;
mod history;
mod insight;
mod money;
pub mod mutations;

mod project;
mod recommendation;
mod risk;
pub mod words;

pub use action::{Action, ActionConnection, ActionCounts};
pub use assessment::{Assessment, Evidence, Instrument};
pub use history::Telling;
pub use insight::Insight;
pub use money::Money;
pub use project::{Milestone, MilestoneConnection, Project};
pub use recommendation::{Recommendation, RecommendationTally};
pub use risk::{Risk, RiskCell, RiskConnection};

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::Context;
use chrono::{DateTime, NaiveDate, Utc};
use rules::delivery::book::RecordKind;
use rules::delivery::rights;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::held::{self, Record, Which};
use super::sight::{Place, Places, Remits};
use crate::access::Scope;
use crate::error::{Code, Result};
use crate::frameworks::graphql::Element;
use crate::frameworks::{self, Catalogue};
use crate::graphql::session::session;
use crate::indicators::graphql::{Indicator, Page};

/// From when things are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct At {
    /// As they read at an instant; as they read now for none.
    pub as_at: Option<DateTime<Utc>>,
    /// The day from which overdue follows.
    pub on: NaiveDate,
}

impl At {
    /// As asked: an instant, or now.
    pub fn of(ctx: &Context<'_>, as_at: Option<DateTime<Utc>>) -> Self {
        Self { as_at, on: as_at.map_or_else(|| session(ctx).app.clock.today(), |at| at.date_naive()) }
    }
}

type Told = Arc<Vec<Arc<Record>>>;
type Visible = Arc<Vec<(Arc<Record>, Place)>>;
type Courses = Arc<HashMap<Uuid, Vec<Record>>>;

type AsAt = Option<DateTime<Utc>>;
type Known<K, V> = Mutex<HashMap<K, V>>;

/// What an operation has read.
#[derive(Default)]
pub struct Read {
    told: Known<(RecordKind, AsAt), Told>,
    courses: Known<(RecordKind, AsAt), Courses>,
    visible: Known<(RecordKind, AsAt), Visible>,
    money: Known<(rules::period::Period, AsAt), Visible>,
    knocks: Known<AsAt, Arc<project::Knocks>>,
    answers: Known<AsAt, Arc<recommendation::Answers>>,
    ground: Mutex<Option<Arc<Ground>>>,
    remits: Mutex<HashMap<rules::permission::Permission, Remits>>,
}

impl Read {
    /// Lets go of it.
    pub async fn clear(&self) {
        self.told.lock().await.clear();
        self.courses.lock().await.clear();
        self.visible.lock().await.clear();
        self.money.lock().await.clear();
        self.knocks.lock().await.clear();
        self.answers.lock().await.clear();
        self.ground.lock().await.take();
        self.remits.lock().await.clear();
    }
}

/// What records hang on.
pub struct Ground {
    pub catalogue: Option<Arc<Catalogue>>,
    /// The indicators records name, by name alone.
    page: Option<Arc<Page>>,
    today: NaiveDate,
}

/// The framework in force now. Read once an operation.
pub async fn ground(ctx: &Context<'_>) -> Result<Arc<Ground>> {
    let read = &session(ctx).delivery.ground;
    let mut known = read.lock().await;
    if let Some(ground) = &*known {
        return Ok(Arc::clone(ground));
    }
    let (snapshot, actor) = (session(ctx).snapshot().await?, session(ctx).actor().await?);
    let today = session(ctx).app.clock.today();
    let catalogue = frameworks::service::catalogue_in_force(&**snapshot, &actor.own_scope(), today).await?;
    let page = catalogue.as_ref().map(|of| Page::named(Arc::clone(of), today, of.indicators.iter().map(|i| i.id).collect()));
    let made = Arc::new(Ground { catalogue, page, today });
    *known = Some(Arc::clone(&made));
    Ok(made)
}

impl Ground {
    /// An element by its ref: its name, and for the rest it asks for the right to read it.
    pub fn element(&self, code: &str) -> Option<Element> {
        let catalogue = self.catalogue.as_ref()?;
        let id = catalogue.element_by_code(code)?.id;
        Some(Element { catalogue: Arc::clone(catalogue), id, on: self.today, named: true })
    }

    /// An indicator by its ref: its name, and for the rest it asks for the right to read it.
    pub fn indicator(&self, code: &str) -> Option<Indicator> {
        let id = self.catalogue.as_ref()?.indicator_by_code(code)?.id;
        Some(Indicator { page: Arc::clone(self.page.as_ref()?), id })
    }

    /// The elements at and below one, by its ref; none where there is none of that ref.
    pub fn below(&self, code: &str) -> Option<HashSet<Uuid>> {
        let catalogue = self.catalogue.as_ref()?;
        let top = catalogue.element_by_code(code)?.id;
        let within = |id: Uuid| catalogue.is_within(id, top, self.today);
        Some(catalogue.elements.iter().map(|of| of.id).filter(|id| within(*id)).collect())
    }
}

/// What is told of a kind, as at an instant: of the whole council, for what follows from it. One statement an operation.
async fn told(ctx: &Context<'_>, kind: RecordKind, as_at: Option<DateTime<Utc>>) -> Result<Told> {
    let mut known = session(ctx).delivery.told.lock().await;
    if let Some(told) = known.get(&(kind, as_at)) {
        return Ok(Arc::clone(told));
    }
    let (snapshot, actor) = (session(ctx).snapshot().await?, session(ctx).actor().await?);
    let found = held::records(&**snapshot, &actor.own_scope(), &[kind], Which::AsAt(as_at)).await?;
    let told: Told = Arc::new(found.into_iter().map(Arc::new).collect());
    known.insert((kind, as_at), Arc::clone(&told));
    Ok(told)
}

/// The course of every record of a kind. One statement an operation.
async fn courses(ctx: &Context<'_>, kind: RecordKind, as_at: Option<DateTime<Utc>>) -> Result<Courses> {
    let mut known = session(ctx).delivery.courses.lock().await;
    if let Some(courses) = known.get(&(kind, as_at)) {
        return Ok(Arc::clone(courses));
    }
    let (snapshot, actor) = (session(ctx).snapshot().await?, session(ctx).actor().await?);
    let found = held::records(&**snapshot, &actor.own_scope(), &[kind], Which::Every(as_at)).await?;
    let courses = Arc::new(held::courses(found, as_at));
    known.insert((kind, as_at), Arc::clone(&courses));
    Ok(courses)
}

/// Where records hang.
async fn places(ctx: &Context<'_>, kind: RecordKind, at: At) -> Result<Places> {
    let ground = ground(ctx).await?;
    let through: &[RecordKind] = match kind {
        RecordKind::Action => &[RecordKind::Milestone, RecordKind::Recommendation],
        RecordKind::Dependency => &[RecordKind::Milestone],
        _ => &[],
    };
    let mut places = Places::of(ground.catalogue.as_deref(), std::iter::empty());
    for kind in through {
        for record in told(ctx, *kind, at.as_at).await?.iter() {
            places.learn(&record.row);
        }
    }
    Ok(places)
}

/// How far the viewer's right to read a kind goes.
struct Sight {
    scope: Scope,
    remits: Remits,
    places: Places,
}

impl Sight {
    async fn of(ctx: &Context<'_>, kind: RecordKind, at: At) -> Result<Self> {
        let (scope, _) = session(ctx).scope(rights::reads(kind)).await?;
        let remits = remits(ctx, &scope).await?;
        Ok(Self { scope, remits, places: places(ctx, kind, at).await? })
    }

    /// What a telling hangs on, where that is the viewer's to read.
    fn place(&self, record: &Record) -> Option<Place> {
        let place = self.places.of_record(record);
        self.remits.covers(&self.scope, place).then_some(place)
    }
}

/// What the viewer may read of a kind, each with what it hangs on. Worked out once an operation.
async fn visible(ctx: &Context<'_>, kind: RecordKind, at: At) -> Result<Visible> {
    let mut known = session(ctx).delivery.visible.lock().await;
    if let Some(visible) = known.get(&(kind, at.as_at)) {
        return Ok(Arc::clone(visible));
    }
    let sight = Sight::of(ctx, kind, at).await?;
    let all = told(ctx, kind, at.as_at).await?;
    let visible: Visible = Arc::new(all.iter().filter_map(|record| Some((Arc::clone(record), sight.place(record)?))).collect());
    known.insert((kind, at.as_at), Arc::clone(&visible));
    Ok(visible)
}

/// A record by its id; none where it is absent, or not the viewer's to read.
pub async fn find(ctx: &Context<'_>, kind: RecordKind, id: Uuid) -> Result<Option<(Arc<Record>, At)>> {
    let at = At::of(ctx, None);
    // So that whoever is of no council is told so, as of every other id.
    session(ctx).actor().await?;
    match visible(ctx, kind, at).await {
        Ok(all) => Ok(all.iter().find(|(record, _)| record.id == id).map(|(record, _)| (Arc::clone(record), at))),
        Err(refused) if refused.code == Code::Forbidden => Ok(None),
        Err(error) => Err(error),
    }
}

async fn remits(ctx: &Context<'_>, scope: &Scope) -> Result<Remits> {
    let mut known = session(ctx).delivery.remits.lock().await;
    if let Some(remits) = known.get(&scope.permission) {
        return Ok(remits.clone());
    }
    let ground = ground(ctx).await?;
    let snapshot = session(ctx).snapshot().await?;
    let made = Remits::of(&**snapshot, scope, ground.catalogue.as_ref(), ground.today).await?;
    known.insert(scope.permission, made.clone());
    Ok(made)
}

/// Whether a place is at or below one of these elements.
fn inside(place: Place, elements: &HashSet<Uuid>) -> bool {
    match place {
        Place::Council => false,
        Place::Element(id) => elements.contains(&id),
        Place::Indicator(_, owner) => elements.contains(&owner),
    }
}

/// Declares an object made of one record: the record, its row and from when it is told.
macro_rules! told_of {
    ($(#[$meta:meta])* $name:ident, $kind:ident, $row:ty) => {
        $(#[$meta])*
        #[derive(Clone)]
        pub struct $name {
            record: std::sync::Arc<$crate::delivery::Record>,
            row: std::sync::Arc<$row>,
            at: $crate::delivery::graphql::At,
        }

        impl $name {
            /// Of a record of its kind; none of another.
            pub fn of(record: &std::sync::Arc<$crate::delivery::Record>, at: $crate::delivery::graphql::At) -> Option<Self> {
                let rules::delivery::book::DeliveryRow::$kind(row) = &record.row else { return None };
                Some(Self { record: std::sync::Arc::clone(record), row: std::sync::Arc::new(row.clone()), at })
            }
        }
    };
}

pub(crate) use told_of;
