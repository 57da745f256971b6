//! Releases as the API shows them.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::forum_release::Model;
use rules::permission::Permission;
use uuid::Uuid;

use super::store::{self, Among};
use crate::error::{Error, Result};
use crate::forums::graphql::Forum;
use crate::forums::store::{ForumEntry, forums};
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{DateTime, Period};
use crate::graphql::session::session;

/// Releases of one forum at most, where many forums are read together.
pub const OF_FORUM_MAX: usize = 50;

/// A release with its forum and whoever made it.
#[derive(Clone)]
pub struct Release {
    row: Model,
    period: rules::period::Period,
    forum: ForumEntry,
    people: Arc<HashMap<Uuid, String>>,
}

/// A reporting period's figures, given to a forum as they read at `asAt`: approved ones, where returns are approved. Its members
/// read them so whatever is corrected afterwards.
#[Object]
impl Release {
    /// Opaque id, for `node` and `releaseWithdraw`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Release, self.row.id)
    }

    /// The forum it was given to.
    async fn forum(&self) -> Forum {
        self.forum.clone().into()
    }

    /// The reporting period: figures of it, and of those before it.
    async fn period(&self) -> Period {
        Period(self.period)
    }

    /// Its figures, targets and rules read as they read at this instant.
    async fn as_at(&self) -> DateTime {
        DateTime(self.row.as_at)
    }

    /// When it was given.
    async fn released_at(&self) -> DateTime {
        DateTime(self.row.released_at)
    }

    /// Who gave it, by name.
    async fn released_by(&self) -> Option<&str> {
        self.people.get(&self.row.person_id).map(String::as_str)
    }

    /// The meeting it is for, by its id.
    async fn meeting(&self) -> Option<ID> {
        self.row.meeting_id.map(|meeting| id::id(Kind::Meeting, meeting))
    }

    /// What was said with it.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// Why it was given although returns were not approved, or before forums that come first in the cascade.
    async fn despite(&self) -> Option<&str> {
        self.row.despite.as_deref()
    }

    /// When it was withdrawn; null while it is read.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.row.withdrawn_at.map(DateTime)
    }

    /// Who withdrew it, by name.
    async fn withdrawn_by(&self) -> Option<&str> {
        self.row.withdrawn_by.and_then(|person| self.people.get(&person)).map(String::as_str)
    }

    /// What stands in the place of a withdrawn one.
    async fn notice(&self) -> Option<&str> {
        self.row.notice.as_deref()
    }

    /// What the viewer may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || {
            let actor = session(ctx).actor().await?;
            let live = self.row.withdrawn_at.is_none();
            let may = |p: &Permission| match p {
                Permission::Release => live && actor.scope_for(*p).is_ok(),
                _ => actor.scope_for(*p).is_ok_and(|scope| scope.covers_forum(self.row.forum_id)),
            };
            let about = [Permission::ViewReleased, Permission::Release, Permission::BuildPack];
            Ok(about.into_iter().filter(may).map(Into::into).collect())
        };
        Some(can().await)
    }
}

crate::connection! {
    /// A page of releases.
    ReleaseConnection, ReleaseEdge, Release
}

/// Releases of forums the viewer reads releases of, the latest first.
pub async fn connection(ctx: &Context<'_>, first: Option<i32>, after: Option<String>, which: Among) -> Result<ReleaseConnection> {
    let ask = Ask::new(first, after.as_deref())?;
    if ask.after.as_deref().is_some_and(|id| Uuid::try_parse(id).is_err()) {
        return Err(Error::bad_input("`after` is not a cursor of this connection."));
    }
    let (scope, snapshot) = session(ctx).scope(Permission::ViewReleased).await?;
    let total = if ctx.look_ahead().field("totalCount").exists() { store::count(&**snapshot, &scope, which).await? } else { 0 };
    let rows = store::page(&**snapshot, &scope, which, &ask).await?;
    let releases = dressed(ctx, rows).await?;
    Ok(ReleaseConnection::fetched(releases, &ask, total, |release| release.row.id.to_string(), Release::clone))
}

/// Releases of each forum of a council, the latest first.
pub type OfForums = Arc<HashMap<Uuid, Vec<Release>>>;

/// The latest releases of one forum, read for all forums by whoever asks first: three statements an operation.
pub async fn of_forum(ctx: &Context<'_>, forum: Uuid, first: i32) -> Result<Vec<Release>> {
    let of_each = usize::try_from(first).ok().filter(|first| *first <= OF_FORUM_MAX);
    let of_each = of_each.ok_or_else(|| Error::limit(format!("`first` is between 0 and {OF_FORUM_MAX}.")))?;
    let (scope, snapshot) = session(ctx).scope(Permission::ViewReleased).await?;
    if !scope.covers_forum(forum) {
        return Err(Error::no_role(Permission::ViewReleased));
    }
    let mut known = session(ctx).releases.lock().await;
    let all = match known.get(&of_each) {
        Some(all) => Arc::clone(all),
        None => {
            let mut all: HashMap<Uuid, Vec<Release>> = HashMap::new();
            for release in dressed(ctx, store::latest(&**snapshot, &scope, of_each).await?).await? {
                all.entry(release.row.forum_id).or_default().push(release);
            }
            let all = Arc::new(all);
            known.insert(of_each, Arc::clone(&all));
            all
        }
    };
    Ok(all.get(&forum).cloned().unwrap_or_default())
}

/// A release by its id; none when absent or not the viewer's to see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Release>> {
    let actor = session(ctx).actor().await?;
    let Ok(scope) = actor.scope_for(Permission::ViewReleased) else { return Ok(None) };
    let snapshot = session(ctx).snapshot().await?;
    let row = store::find(&**snapshot, &scope, id).await?;
    Ok(dressed(ctx, row.into_iter().collect()).await?.pop())
}

/// Releases with their forums and people. Two statements.
pub async fn dressed(ctx: &Context<'_>, rows: Vec<Model>) -> Result<Vec<Release>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let actor = session(ctx).actor().await?;
    let (scope, snapshot) = (actor.own_scope(), session(ctx).snapshot().await?);
    let all = forums(&**snapshot, &scope).await?;
    let people: Vec<Uuid> = rows.iter().flat_map(|row| [Some(row.person_id), row.withdrawn_by]).flatten().collect();
    let people = Arc::new(store::names(&**snapshot, &scope, &people).await?);
    let dress = |row: Model| {
        let forum = all.iter().find(|forum| forum.id == row.forum_id).cloned();
        let forum = forum.ok_or_else(|| Error::internal("finding a release's forum", &row.forum_id))?;
        let period = crate::rows::period(row.period_start, row.period_months)?;
        Ok(Release { period, row, forum, people: Arc::clone(&people) })
    };
    rows.into_iter().map(dress).collect()
}
