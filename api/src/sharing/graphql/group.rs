//! Groups of councils, as the API shows them.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use rules::permission::Permission;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::{OtherCouncil, SharedFigure};
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::FEW;
use crate::graphql::scalars::{DateTime, Period};
use crate::graphql::session::session;
use crate::people::graphql::Permission as Can;
use crate::sharing::groups::store::{self, Group, Member};
use crate::sharing::groups::{Joint, JointFigure, joint};
use crate::sharing::may_see;

/// A council that is in a group.
#[derive(Clone, SimpleObject)]
pub struct CouncilGroupMember {
    /// Which.
    council: OtherCouncil,
    /// Since when.
    joined_at: DateTime,
}

impl From<&Member> for CouncilGroupMember {
    fn from(member: &Member) -> Self {
        Self { council: (&member.council).into(), joined_at: DateTime(member.joined_at) }
    }
}

/// A member's figure beside the others'.
#[derive(Clone, SimpleObject)]
pub struct JointDashboardFigure {
    /// Whose.
    council: OtherCouncil,
    /// That council's own ref for the indicator.
    code: String,
    /// The figure. It is shared, and not published.
    figure: SharedFigure,
}

impl From<&JointFigure> for JointDashboardFigure {
    fn from(of: &JointFigure) -> Self {
        Self { council: (&of.council).into(), code: of.code.clone(), figure: (&of.figure).into() }
    }
}

/// One measure of a joint dashboard: indicators that are mapped to the same metric, or else have the same code and unit.
#[derive(Clone, SimpleObject)]
pub struct JointDashboardRow {
    /// The metric they are mapped to; null where they are put together by their code.
    metric: Option<String>,
    /// The figures that are shared, by the council's code. Who shares none is not there.
    #[graphql(complexity = "FEW * child_complexity")]
    figures: Vec<JointDashboardFigure>,
}

impl From<&Joint> for JointDashboardRow {
    fn from(of: &Joint) -> Self {
        Self { metric: of.metric.clone(), figures: of.figures.iter().map(Into::into).collect() }
    }
}

/// Joint dashboards of the groups of one answer, by period: read at once when the first is asked for.
type Dashboards = Mutex<HashMap<rules::period::Period, Arc<HashMap<Uuid, Vec<Joint>>>>>;

/// A group of councils, beside the others of its answer.
#[derive(Clone)]
pub struct CouncilGroup {
    group: Group,
    among: Arc<[Uuid]>,
    dashboards: Arc<Dashboards>,
}

impl CouncilGroup {
    /// Groups that are answered together.
    fn these(groups: Vec<Group>) -> Vec<Self> {
        let among: Arc<[Uuid]> = groups.iter().map(|group| group.id).collect();
        let dashboards = Arc::<Dashboards>::default();
        let dress = |group| Self { group, among: Arc::clone(&among), dashboards: Arc::clone(&dashboards) };
        groups.into_iter().map(dress).collect()
    }

    /// One by itself.
    pub fn of(group: Group) -> Self {
        Self { among: [group.id].into(), group, dashboards: Arc::default() }
    }

    async fn dashboards(&self, ctx: &Context<'_>, period: rules::period::Period) -> Result<Arc<HashMap<Uuid, Vec<Joint>>>> {
        let mut known = self.dashboards.lock().await;
        if let Some(read) = known.get(&period) {
            return Ok(Arc::clone(read));
        }
        let session = session(ctx);
        let scope = may_see(&*session.actor().await?)?;
        let (snapshot, today) = (session.snapshot().await?, session.app.clock.today());
        let read = Arc::new(joint(&**snapshot, &scope, &self.among, period, today).await?);
        known.insert(period, Arc::clone(&read));
        Ok(read)
    }
}

/// Councils that share figures with one another: each says for itself whether it is in the group, and what it shares with it.
#[Object]
impl CouncilGroup {
    /// Opaque id.
    async fn id(&self) -> ID {
        id::id(Kind::CouncilGroup, self.group.id)
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.group.name
    }

    /// What it is for.
    async fn purpose(&self) -> Option<&str> {
        self.group.purpose.as_deref()
    }

    /// Whoever made it, and invites.
    async fn founder(&self) -> OtherCouncil {
        (&self.group.founder).into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.group.created_at)
    }

    /// Since when the council is in it; null while it is invited and not in it.
    async fn joined_at(&self) -> Option<DateTime> {
        self.group.joined_at.map(DateTime)
    }

    /// Who is in it, by code.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn members(&self) -> Vec<CouncilGroupMember> {
        self.group.members.iter().map(Into::into).collect()
    }

    /// Who is invited and not in it, by code: all of them for whoever made it; for others, the council itself.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn invited(&self) -> Vec<OtherCouncil> {
        self.group.invited.iter().map(Into::into).collect()
    }

    /// What its members share with it of a period, side by side: nothing of who does not. Empty for whoever is not in it.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn joint_dashboard(&self, ctx: &Context<'_>, period: Period) -> Option<Result<Vec<JointDashboardRow>>> {
        let read = async || {
            let read = self.dashboards(ctx, period.0).await?;
            Ok(read.get(&self.group.id).into_iter().flatten().map(Into::into).collect())
        };
        Some(read().await)
    }

    /// What the viewer may do: join it, leave it, invite to it, share with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<Can>>> {
        let can = async || {
            let actor = session(ctx).actor().await?;
            let may = actor.scope_for(Permission::ShareFigures).is_ok();
            Ok(if may { vec![Permission::ShareFigures.into()] } else { Vec::new() })
        };
        Some(can().await)
    }
}

/// Groups the council is in or may join, by name; one of them by its id.
pub async fn groups(ctx: &Context<'_>, one: Option<&ID>) -> Result<Vec<CouncilGroup>> {
    let session = session(ctx);
    let scope = may_see(&*session.actor().await?)?;
    let one = one.map(|id| id::expect(id, Kind::CouncilGroup)).transpose()?;
    Ok(CouncilGroup::these(store::groups(&**session.snapshot().await?, &scope, one).await?))
}
