//! What a council shares, as it sees it itself.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::NaiveDate;
use rules::permission::Permission;

use super::{OtherCouncil, ShareAudience, ShareGroup, ShareState};
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::{Ask, FEW};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::people::graphql::Permission as Can;
use crate::sharing::store::{self, Given, Offered};
use crate::sharing::{State, may_see};

/// An indicator that is shared, as it was called when it was offered.
#[derive(Clone, SimpleObject)]
pub struct ShareIndicator {
    /// The giver's own ref for it.
    code: String,
    /// Its title.
    title: String,
    /// The unit in words.
    unit: String,
    /// The external metric it is mapped to.
    metric: Option<String>,
}

impl From<&Offered> for ShareIndicator {
    fn from(offered: &Offered) -> Self {
        Self { code: offered.code.clone(), title: offered.title.clone(), unit: offered.unit.clone(), metric: offered.metric.clone() }
    }
}

/// Indicators the council shares with others.
#[derive(Clone)]
pub struct Share {
    given: Given,
    indicators: Vec<Offered>,
    today: NaiveDate,
}

impl Share {
    /// A share with its indicators, read anew.
    pub async fn of(ctx: &Context<'_>, given: Given) -> Result<Self> {
        let session = session(ctx);
        let scope = may_see(&*session.actor().await?)?;
        let mut indicators = store::indicators(&**session.snapshot().await?, &scope, &[given.id]).await?;
        Ok(Self { indicators: indicators.remove(&given.id).unwrap_or_default(), given, today: session.app.clock.today() })
    }
}

/// Indicators the council shares with another, with a group of councils or with all: values alone, without what they are made of, what
/// is said of them or aimed at.
#[Object]
impl Share {
    /// Opaque id.
    async fn id(&self) -> ID {
        id::id(Kind::Share, self.given.id)
    }

    /// With whom it is.
    async fn audience(&self) -> ShareAudience {
        self.given.audience.into()
    }

    /// The council it is with; null where it is with more than one.
    async fn council(&self) -> Option<OtherCouncil> {
        self.given.to.as_ref().map(Into::into)
    }

    /// The group it is with; null where it is with no group.
    async fn group(&self) -> Option<ShareGroup> {
        ShareGroup::of(self.given.group.as_ref())
    }

    /// What for, as the council said.
    async fn purpose(&self) -> &str {
        &self.given.purpose
    }

    /// The first period whose figures are shared: those that begin with it or later.
    async fn from(&self) -> Period {
        Period(self.given.from)
    }

    /// The last day they are read; null for none.
    async fn until(&self) -> Option<Date> {
        self.given.until.map(Date)
    }

    /// Where it stands.
    async fn state(&self) -> ShareState {
        self.given.state(self.today).into()
    }

    /// Which indicators.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn indicators(&self) -> Vec<ShareIndicator> {
        self.indicators.iter().map(Into::into).collect()
    }

    /// How many figures whoever it is with reads, or would read.
    async fn figure_count(&self) -> i32 {
        i32::try_from(self.given.figures).unwrap_or(i32::MAX)
    }

    /// When it was offered.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.given.recorded_at)
    }

    /// When it was withdrawn; null while it was not.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.given.withdrawn_at.map(DateTime)
    }

    /// Why it was withdrawn, where somebody said why.
    async fn reason(&self) -> Option<&str> {
        self.given.reason.as_deref()
    }

    /// What the viewer may do with it: withdraw it, while it is not.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<Can>>> {
        let can = async || {
            let actor = session(ctx).actor().await?;
            let open = self.given.state(self.today) != State::Withdrawn && actor.scope_for(Permission::ShareFigures).is_ok();
            Ok(if open { vec![Permission::ShareFigures.into()] } else { Vec::new() })
        };
        Some(can().await)
    }
}

crate::connection! {
    /// A page of what the council shares.
    ShareConnection, ShareEdge, Share
}

/// What the council shares and shared, the latest first.
pub async fn shares(ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<ShareConnection> {
    let session = session(ctx);
    let ask = Ask::new(first, after.as_deref())?;
    let scope = may_see(&*session.actor().await?)?;
    let snapshot = session.snapshot().await?;
    let rows = store::page(&**snapshot, &scope, &ask).await?;
    let ids: Vec<uuid::Uuid> = rows.iter().map(|given| given.id).collect();
    let looked = ctx.look_ahead();
    let named = looked.field("nodes").field("indicators").exists() || looked.field("edges").field("node").field("indicators").exists();
    let mut indicators = if named { store::indicators(&**snapshot, &scope, &ids).await? } else { std::collections::HashMap::new() };
    let total = if looked.field("totalCount").exists() { store::count(&**snapshot, &scope).await? } else { 0 };
    let today = session.app.clock.today();
    let rows: Vec<Share> =
        rows.into_iter().map(|given| Share { indicators: indicators.remove(&given.id).unwrap_or_default(), given, today }).collect();
    Ok(ShareConnection::fetched(rows, &ask, total, |row| row.given.id.to_string(), Share::clone))
}
