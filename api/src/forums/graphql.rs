//! The forum as the API shows it.

use std::collections::HashSet;

use async_graphql::{Context, ID, Object, SimpleObject};
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::meetings::graphql::{MEETINGS_EXPECTED, Meeting, of_forum, range};
use super::programme::graphql::{WorkProgramme, programme};
use super::questions::graphql::{Asked, QuestionConnection, QuestionKind, QuestionState, connection};
use super::store::{ForumEntry, forums};
use crate::access::Actor;
use crate::access::scope::Within;
use crate::error::{Code, Error, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::Date;
use crate::graphql::session::session;
use crate::graphql::words::{ForumGets, ForumKind};
use crate::releases::graphql::{self as releases, OF_FORUM_MAX, Release};

/// Days a list of meetings reaches over.
const DAYS_MAX: i64 = 3_660;
/// Elements a remit is reckoned to have, for the schema's limit.
const REMIT_EXPECTED: usize = 10;

/// A body that is given figures.
#[derive(Clone)]
pub struct Forum {
    pub row: ForumEntry,
}

impl From<ForumEntry> for Forum {
    fn from(row: ForumEntry) -> Self {
        Self { row }
    }
}

/// Something named by its ref.
#[derive(Debug, Clone, SimpleObject)]
pub struct Reference {
    /// Its ref.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// A board, clinic, committee or panel that is given figures.
#[Object]
impl Forum {
    /// Opaque id, for `node` and `packBuild`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Forum, self.row.id)
    }

    /// The council's own ref for it.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What sort of body it is.
    async fn kind(&self) -> ForumKind {
        self.row.kind.into()
    }

    /// Its place in the cascade, 1 first.
    async fn position(&self) -> i32 {
        self.row.position
    }

    /// How often it meets.
    async fn meets(&self) -> Option<&str> {
        self.row.meets.as_deref()
    }

    /// The elements it looks at, each with all below it; none for the whole council.
    #[graphql(complexity = "REMIT_EXPECTED * child_complexity")]
    async fn remit(&self) -> Vec<Reference> {
        self.row.remit_names.iter().map(|(code, title)| Reference { code: code.clone(), title: title.clone() }).collect()
    }

    /// Its meetings in the order of their days, those called off among them: from a day until another, a year either way of
    /// today when not given, ten years at most; 500 at most.
    #[graphql(complexity = "MEETINGS_EXPECTED * child_complexity")]
    async fn meetings(&self, ctx: &Context<'_>, from: Option<Date>, until: Option<Date>) -> Option<Result<Vec<Meeting>>> {
        let list = async || of_forum(ctx, &self.row, range(ctx, from, until, DAYS_MAX)?).await;
        Some(list().await)
    }

    /// Its questions, recommendations and calls for information that the viewer may see, the latest first: in one state, of
    /// one kind, or only those whose answer is late (or is not). 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn questions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        state: Option<QuestionState>,
        kind: Option<QuestionKind>,
        outstanding: Option<bool>,
        overdue: Option<bool>,
    ) -> Option<Result<QuestionConnection>> {
        let asked = Asked {
            first,
            after,
            forum: Some(self.row.id),
            state: state.map(Into::into),
            kind: kind.map(Into::into),
            outstanding,
            overdue,
            ..Asked::default()
        };
        Some(connection(ctx, asked).await)
    }

    /// What it has before it, from a day until another, a year either way of today when not given, ten years at most: its
    /// meetings with what is to be looked at each, what has no meeting yet, reporting periods that end and answers that fall
    /// due. For whoever sits on it or reads what is released to it.
    #[graphql(complexity = "MEETINGS_EXPECTED * child_complexity")]
    async fn work_programme(&self, ctx: &Context<'_>, from: Option<Date>, until: Option<Date>) -> Option<Result<WorkProgramme>> {
        let whole = async || {
            papers(ctx, self.row.id).await?;
            programme(ctx, &self.row, range(ctx, from, until, DAYS_MAX)?).await
        };
        Some(whole().await)
    }

    /// What the viewer may do with what is for it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || Ok(session(ctx).actor().await?.can_where(|scope| scope.covers_forum(self.row.id)));
        Some(can().await)
    }

    /// What was released to it, the latest first; 50 at most. For more, `Council.releases`.
    #[graphql(
        complexity = "usize::try_from(first).unwrap_or_default().min(OF_FORUM_MAX).saturating_mul(child_complexity).saturating_add(1)"
    )]
    async fn releases(&self, ctx: &Context<'_>, #[graphql(default = 12)] first: i32) -> Option<Result<Vec<Release>>> {
        Some(releases::of_forum(ctx, self.row.id, first).await)
    }

    /// What it is given of its remit.
    async fn gets(&self) -> ForumGets {
        self.row.gets.into()
    }
}

/// The forums the viewer sees, in the order of the cascade. Whoever reads the framework, or some of it, sees every forum:
/// where figures go, and when, is no secret inside a council. Whoever sits on one sees that one.
pub async fn visible(ctx: &Context<'_>) -> Result<Vec<ForumEntry>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    seen_by(&**snapshot, &actor).await
}

/// The forums an actor sees. One statement.
pub async fn seen_by(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<ForumEntry>> {
    let seats = seats(actor);
    let everything = actor.scope_for(Permission::ViewFramework).is_ok();
    if !everything && seats.is_empty() {
        return Err(Error::no_role(Permission::ViewFramework));
    }
    let rows = forums(db, &actor.own_scope()).await?;
    Ok(rows.into_iter().filter(|forum| everything || seats.contains(&forum.id)).collect())
}

/// The forums an actor may do anything for: none for a machine token that was not given the right to do it.
fn seats(actor: &Actor) -> HashSet<Uuid> {
    let scopes = Permission::ALL.iter().filter_map(|permission| actor.scope_for(*permission).ok());
    let forums = scopes.flat_map(|scope| match scope.within {
        Within::Only(only) => only.forums.iter().copied().collect::<Vec<_>>(),
        Within::Council => Vec::new(),
    });
    forums.collect()
}

/// Whether an actor reads a forum's papers: notes and agenda references of its meetings, and its work programme. Whoever sits
/// on it does, and whoever reads what is released to it.
pub fn reads_papers(actor: &Actor, forum: Uuid) -> bool {
    let over = |permission| actor.scope_for(permission).is_ok_and(|scope| scope.covers_forum(forum));
    over(Permission::ViewReleased) || over(Permission::Release) || seats(actor).contains(&forum)
}

/// The same, refused.
pub async fn papers(ctx: &Context<'_>, forum: Uuid) -> Result<()> {
    if reads_papers(&*session(ctx).actor().await?, forum) { Ok(()) } else { Err(Error::no_role(Permission::ViewReleased)) }
}

/// A forum the viewer sees.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Forum>> {
    Ok(find_entry(ctx, id).await?.map(Into::into))
}

/// The same, as it is kept; none for whoever sees no forum at all.
pub async fn find_entry(ctx: &Context<'_>, id: Uuid) -> Result<Option<ForumEntry>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    match seen_by(&**snapshot, &actor).await {
        Err(missing) if missing.code == Code::Forbidden => Ok(None),
        seen => Ok(seen?.into_iter().find(|forum| forum.id == id)),
    }
}
