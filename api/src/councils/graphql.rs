//! The council as the API shows it: the door to everything it owns.

use async_graphql::{Context, ID, Object, SimpleObject};
use rules::permission::Permission;
use uuid::Uuid;

use crate::access::Actor;
use crate::error::{Error, Result};
use crate::forums;
use crate::forums::graphql::Forum;
use crate::frameworks::graphql::{Element, Expected, Framework, ThreadGap, thread_gaps};
use crate::frameworks::{service as frameworks, store};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;
use crate::imports::graphql::ImportConnection;
use crate::indicators::graphql::{Indicator, Page};
use crate::packs::graphql::PackConnection;
use crate::values::service as values;

/// A council.
#[derive(Clone)]
pub struct Council {
    pub id: Uuid,
    code: String,
    name: String,
}

impl Council {
    /// The actor's own.
    pub fn of(actor: &Actor) -> Self {
        Self { id: actor.council.id, code: actor.council.code.clone(), name: actor.council.name.clone() }
    }
}

/// A reporting period and whether it takes figures.
#[derive(SimpleObject)]
pub struct ReportingPeriod {
    /// Figures of periods that end inside it belong to it.
    pub period: Period,
    /// Whether figures are taken.
    pub open: bool,
    /// Last day for returns.
    pub due_on: Option<Date>,
}

/// A council and everything of it that the viewer may see.
#[Object]
impl Council {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Council, self.id)
    }

    /// Its code, a lower-case word.
    async fn code(&self) -> &str {
        &self.code
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.name
    }

    /// The framework edition in force in a period, or now. An adopted edition comes before a draft.
    async fn framework(&self, ctx: &Context<'_>, at: Option<Period>) -> Option<Result<Framework>> {
        let find = async || {
            let today = session(ctx).app.clock.today();
            // What a role over an element covers is what stood below it then.
            let on = at.map_or(today, |period| period.0.end().min(today));
            let (scope, snapshot) = session(ctx).scope_on(Permission::ViewFramework, on).await?;
            let editions = store::editions(&**snapshot, &scope, None).await?;
            let chosen = match at {
                Some(period) => frameworks::edition_at(editions, period.0),
                None => frameworks::latest_edition(editions),
            };
            Ok(chosen.map(|edition| Framework::new(scope, edition, at.map(|p| p.0), today).expecting(Expected::below(ctx, today))))
        };
        find().await.transpose()
    }

    /// Every framework edition, the latest first.
    async fn frameworks(&self, ctx: &Context<'_>) -> Option<Result<Vec<Framework>>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let today = session(ctx).app.clock.today();
            let editions = store::editions(&**snapshot, &scope, None).await?;
            Ok(editions.into_iter().map(|edition| Framework::new(scope.clone(), edition, None, today)).collect())
        };
        Some(find().await)
    }

    /// An indicator of the edition in force now, by its code. Null when absent or not yours to see.
    async fn indicator(&self, ctx: &Context<'_>, code: String) -> Option<Result<Indicator>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let Some(catalogue) = frameworks::catalogue(&**snapshot, &scope, None, None).await? else { return Ok(None) };
            let visible = catalogue.indicator_by_code(&code).filter(|i| scope.covers_indicator(i.id, i.owner)).map(|i| i.id);
            let today = session(ctx).app.clock.today();
            Ok(visible.map(|id| Indicator { page: Page::new(catalogue, today, None, vec![id]), id }))
        };
        find().await.transpose()
    }

    /// An element of the edition in force now, by its code.
    async fn element(&self, ctx: &Context<'_>, code: String) -> Option<Result<Element>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let Some(catalogue) = frameworks::catalogue(&**snapshot, &scope, None, None).await? else { return Ok(None) };
            let found = catalogue.element_by_code(&code).map(|e| e.id);
            let on = session(ctx).app.clock.today();
            Ok(found.map(|id| Element { catalogue, id, on }))
        };
        find().await.transpose()
    }

    /// Holes in the golden thread: outcomes nothing measures, indicators that contribute to nothing, elements nobody
    /// owns.
    async fn thread_gaps(&self, ctx: &Context<'_>) -> Option<Result<Vec<ThreadGap>>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let Some(catalogue) = frameworks::catalogue(&**snapshot, &scope, None, None).await? else { return Ok(Vec::new()) };
            let links = store::links(&**snapshot, &scope, &catalogue).await?;
            Ok(thread_gaps(&catalogue, links, &scope, session(ctx).app.clock.today()))
        };
        Some(find().await)
    }

    /// Reporting periods of the edition in force now, the earliest first.
    async fn reporting_periods(&self, ctx: &Context<'_>) -> Option<Result<Vec<ReportingPeriod>>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let Some(edition) = frameworks::latest_edition(store::editions(&**snapshot, &scope, None).await?) else {
                return Ok(Vec::new());
            };
            let rows = values::reporting_periods(&**snapshot, &scope, edition.id).await?;
            Ok(rows.into_iter().map(|r| ReportingPeriod { period: Period(r.period), open: r.open, due_on: r.due_on.map(Date) }).collect())
        };
        Some(find().await)
    }

    /// Forums in the order information reaches them.
    async fn forums(&self, ctx: &Context<'_>) -> Option<Result<Vec<Forum>>> {
        Some(visible_forums(ctx).await)
    }

    /// Imports the viewer may see, the latest first. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn imports(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<ImportConnection>> {
        Some(crate::imports::graphql::connection(ctx, first, after).await)
    }

    /// Packs the viewer may see, the latest first. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn packs(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<PackConnection>> {
        Some(crate::packs::graphql::connection(ctx, first, after).await)
    }
}

async fn visible_forums(ctx: &Context<'_>) -> Result<Vec<Forum>> {
    let actor = session(ctx).actor().await?;
    let snapshot = session(ctx).snapshot().await?;
    // Whoever reads the framework sees every forum; whoever sits on one sees that one.
    let scopes: Vec<_> = [Permission::ViewFramework, Permission::ViewPack].iter().filter_map(|p| actor.scope_for(*p).ok()).collect();
    let Some(first) = scopes.first() else {
        return Err(Error::forbidden("None of your roles lets you read the council's forums."));
    };
    let rows = forums::store::forums(&**snapshot, first).await?;
    let everything = first.permission == Permission::ViewFramework;
    Ok(rows.into_iter().filter(|f| everything || scopes.iter().any(|s| s.covers_forum(f.id))).map(Into::into).collect())
}

/// The actor's council by its code; none when it is another's or nobody's.
pub async fn council(ctx: &Context<'_>, code: &str) -> Result<Option<Council>> {
    let actor = session(ctx).actor().await?;
    Ok((actor.council.code == code).then(|| Council::of(&actor)))
}
