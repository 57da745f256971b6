//! What other councils share with a council, as it sees it.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::NaiveDate;
use rules::permission::Permission;

use super::{OtherCouncil, ShareAudience, ShareGroup, ShareState, SharedFigure};
use crate::error::{Error, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::page::{Ask, FEW};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::people::graphql::Permission as Can;
use crate::sharing::received::{self as store, Indicator, Received};
use crate::sharing::{Audience, may_see};

/// Figures of one indicator at most.
const LAST_MAX: usize = 120;

/// An indicator another council shares, as it was called when it was offered.
#[derive(Clone, SimpleObject)]
pub struct ReceivedIndicator {
    /// The giver's own ref for it.
    code: String,
    /// Its title.
    title: String,
    /// The unit in words.
    unit: String,
    /// The external metric it is mapped to.
    metric: Option<String>,
    /// Its last figures that are shared, the earliest first; none of an offer that is not accepted.
    #[graphql(complexity = "FEW * child_complexity")]
    figures: Vec<SharedFigure>,
}

impl From<&Indicator> for ReceivedIndicator {
    fn from(indicator: &Indicator) -> Self {
        Self {
            code: indicator.code.clone(),
            title: indicator.title.clone(),
            unit: indicator.unit.clone(),
            metric: indicator.metric.clone(),
            figures: indicator.figures.iter().map(Into::into).collect(),
        }
    }
}

/// Indicators another council shares with this one.
#[derive(Clone)]
pub struct ReceivedShare {
    received: Received,
    today: NaiveDate,
}

impl ReceivedShare {
    /// One of them with its last figures, read anew.
    pub async fn of(ctx: &Context<'_>, received: Received) -> Result<Self> {
        let session = session(ctx);
        let scope = may_see(&*session.actor().await?)?;
        let (snapshot, today) = (session.snapshot().await?, session.app.clock.today());
        let mut one = [received];
        store::fill_indicators(&**snapshot, &scope, today, &mut one).await?;
        store::fill_figures(&**snapshot, &scope, today, &mut one, 12).await?;
        let [received] = one;
        Ok(Self { received, today })
    }
}

/// Indicators another council shares with this one: offered, or read. What was withdrawn, or is over, is not there.
#[Object]
impl ReceivedShare {
    /// Opaque id.
    async fn id(&self) -> ID {
        id::id(Kind::Share, self.received.id)
    }

    /// Whose figures they are.
    async fn giver(&self) -> OtherCouncil {
        (&self.received.giver).into()
    }

    /// With whom it is.
    async fn audience(&self) -> ShareAudience {
        self.received.audience.into()
    }

    /// The group it is with; null where it is with no group.
    async fn group(&self) -> Option<ShareGroup> {
        ShareGroup::of(self.received.group.as_ref())
    }

    /// What for, as its giver said.
    async fn purpose(&self) -> &str {
        &self.received.purpose
    }

    /// The first period whose figures are shared.
    async fn from(&self) -> Period {
        Period(self.received.from)
    }

    /// The last day they are read; null for none.
    async fn until(&self) -> Option<Date> {
        self.received.until.map(Date)
    }

    /// Where it stands.
    async fn state(&self) -> ShareState {
        self.received.state(self.today).into()
    }

    /// Which indicators, with their figures where they are read.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn indicators(&self) -> Vec<ReceivedIndicator> {
        self.received.indicators.iter().map(Into::into).collect()
    }

    /// When it was offered.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.received.recorded_at)
    }

    /// What the viewer may do with it: accept or decline it, where its giver asks.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<Can>>> {
        let can = async || {
            let actor = session(ctx).actor().await?;
            let asked = self.received.audience == Audience::Council;
            let may = |permission: &Permission| asked && actor.scope_for(*permission).is_ok();
            Ok([Permission::ShareFigures, Permission::ManageBenchmarks].into_iter().filter(may).map(Into::into).collect())
        };
        Some(can().await)
    }
}

crate::connection! {
    /// A page of what other councils share with this one.
    ReceivedShareConnection, ReceivedShareEdge, ReceivedShare
}

/// What is shared with the council, the latest first.
pub async fn received(ctx: &Context<'_>, first: Option<i32>, after: Option<String>, last: i32) -> Result<ReceivedShareConnection> {
    let session = session(ctx);
    let ask = Ask::new(first, after.as_deref())?;
    let last = usize::try_from(last).ok().filter(|last| *last <= LAST_MAX);
    let last = last.ok_or_else(|| Error::limit(format!("`figures` is between 0 and {LAST_MAX}.")))?;
    let scope = may_see(&*session.actor().await?)?;
    let (snapshot, today) = (session.snapshot().await?, session.app.clock.today());
    let mut rows = store::page(&**snapshot, &scope, today, &ask).await?;
    let looked = ctx.look_ahead();
    let below = [looked.field("nodes").field("indicators"), looked.field("edges").field("node").field("indicators")];
    if below.iter().any(async_graphql::Lookahead::exists) {
        store::fill_indicators(&**snapshot, &scope, today, &mut rows).await?;
        if below.iter().any(|indicators| indicators.field("figures").exists()) {
            store::fill_figures(&**snapshot, &scope, today, &mut rows, last).await?;
        }
    }
    let total = if looked.field("totalCount").exists() { store::count(&**snapshot, &scope, today).await? } else { 0 };
    let rows: Vec<ReceivedShare> = rows.into_iter().map(|received| ReceivedShare { received, today }).collect();
    Ok(ReceivedShareConnection::fetched(rows, &ask, total, |row| row.received.id.to_string(), ReceivedShare::clone))
}
