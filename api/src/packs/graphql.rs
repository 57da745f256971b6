//! The pack as the API shows it, and asking for one.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use rules::permission::Permission;
use uuid::Uuid;

use super::service::{self, Asked, BuildInput};
use super::{state, store};
use crate::error::{ContextExt, Error, Result, UserError, payload};
use crate::forums::graphql::Forum;
use crate::forums::store::{ForumEntry, forums};
use crate::graphql::download::Download;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;

/// What one may do with a pack.
const ABOUT_PACKS: [Permission; 4] =
    [Permission::ViewPack, Permission::BuildPack, Permission::AskQuestion, Permission::RaiseRecommendation];

/// Where a pack stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "state::State")]
pub enum PackState {
    /// Asked for; a node takes it up within seconds.
    Queued,
    /// Being gathered and rendered.
    Building,
    /// There to download. It never changes again.
    Ready,
    /// It will not come: `failure` says why.
    Failed,
}

/// Which sheets a pack has.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "state::Profile")]
pub enum PackProfile {
    /// Every sheet a committee reads, where there is something for it.
    Full,
    /// What calls for attention alone: a chair's briefing.
    Exceptions,
}

/// A pack with its forum.
#[derive(Clone)]
pub struct Pack {
    row: entity::pack::Model,
    forum: ForumEntry,
    state: state::State,
    profile: state::Profile,
    period: rules::period::Period,
}

impl Pack {
    fn of(row: entity::pack::Model, forum: ForumEntry) -> Result<Self> {
        Ok(Self {
            state: row.state.parse().context("reading a pack's state")?,
            profile: row.profile.parse().context("reading a pack's profile")?,
            period: crate::rows::period(row.period_start, row.period_months)?,
            row,
            forum,
        })
    }

    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        let actor = session(ctx).actor().await?;
        let may = |p: &Permission| actor.scope_for(*p).is_ok_and(|scope| scope.covers_forum(self.forum.id));
        Ok(ABOUT_PACKS.into_iter().filter(may).collect())
    }

    async fn link(&self, ctx: &Context<'_>) -> Result<Option<Download>> {
        let (state::State::Ready, Some(key), Some(name)) = (self.state, &self.row.storage_key, &self.row.file_name) else {
            return Ok(None);
        };
        if !self.permissions(ctx).await?.contains(&Permission::ViewPack) {
            return Err(Error::forbidden("None of your roles lets you read this forum's packs."));
        }
        Download::of(session(ctx), key, name, format!("pack {}", self.row.id)).await.map(Some)
    }
}

/// A workbook for a forum's meeting: made once from the figures as at `asAt`, and never changed afterwards.
#[Object]
impl Pack {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Pack, self.row.id)
    }

    /// Where it stands. Ask again every second or two until it is READY or FAILED.
    async fn state(&self) -> PackState {
        self.state.into()
    }

    /// Why it failed, in a sentence for a person.
    async fn failure(&self) -> Option<&str> {
        self.row.failure.as_deref()
    }

    /// The reporting period.
    async fn period(&self) -> Period {
        Period(self.period)
    }

    /// Its figures, targets and rules read as they read at this instant.
    async fn as_at(&self) -> DateTime {
        DateTime(self.row.as_at)
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }

    /// The day the forum meets, when that was said.
    async fn meeting_on(&self) -> Option<Date> {
        self.row.meeting_on.map(Date)
    }

    /// Which sheets it has.
    async fn profile(&self) -> PackProfile {
        self.profile.into()
    }

    /// Whether every indicator is charted, not the exceptions alone.
    async fn chart_all(&self) -> bool {
        self.row.chart_all
    }

    /// SHA-256 of the workbook, 64 hexadecimal digits; null until it is READY.
    async fn sha256(&self) -> Option<&str> {
        self.row.sha256.as_deref()
    }

    /// How many bytes the workbook has; null until it is READY.
    async fn bytes(&self) -> Option<i32> {
        self.row.size_bytes.and_then(|size| i32::try_from(size).ok())
    }

    /// What the workbook is called when saved; null until it is READY.
    async fn file_name(&self) -> Option<&str> {
        self.row.file_name.as_deref()
    }

    /// The body it is for.
    async fn forum(&self) -> Forum {
        self.forum.clone().into()
    }

    /// The workbook (`.xlsx`), by a link that works for five minutes. Null until it is READY.
    async fn download(&self, ctx: &Context<'_>) -> Option<Result<Download>> {
        self.link(ctx).await.transpose()
    }

    /// What the viewer may do with this pack.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        Some(self.permissions(ctx).await.map(|may| may.into_iter().map(Into::into).collect()))
    }
}

crate::connection! {
    /// A page of packs.
    PackConnection, PackEdge, Pack
}

/// What pack is wanted.
#[derive(InputObject)]
pub struct PackBuildInput {
    /// The council's code.
    council: String,
    /// The code of the forum that meets.
    forum: String,
    /// The reporting period. It must have ended.
    period: Period,
    /// The day of the meeting, printed on the cover. After the period's end.
    meeting_on: Option<Date>,
    /// Which sheets it is to have.
    #[graphql(default_with = "PackProfile::Full")]
    profile: PackProfile,
    /// Chart every indicator with figures, not the exceptions alone.
    #[graphql(default)]
    chart_all: bool,
}

/// What became of asking for a pack.
#[derive(SimpleObject)]
pub struct PackBuildPayload {
    /// The pack, still to be built; null when it was refused.
    pack: Option<Pack>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `FORUM_NOT_FOUND`, `NO_FRAMEWORK`, `PERIOD_NOT_ENDED`,
    /// `MEETING_TOO_EARLY`.
    user_errors: Vec<UserError>,
}

/// Packs.
#[derive(Default)]
pub struct PackMutation;

/// Packs.
#[Object]
impl PackMutation {
    /// Asks for the pack of a forum's meeting, of the figures as they read now. It is built once, within seconds; look
    /// for it with `node`.
    async fn pack_build(&self, ctx: &Context<'_>, input: PackBuildInput) -> Option<Result<PackBuildPayload>> {
        Some(build(ctx, input).await)
    }
}

async fn build(ctx: &Context<'_>, input: PackBuildInput) -> Result<PackBuildPayload> {
    let session = session(ctx);
    let actor = session.actor().await?;
    let input = BuildInput {
        council: input.council,
        forum: input.forum,
        period: input.period.0,
        meeting_on: input.meeting_on.map(|day| day.0),
        profile: input.profile.into(),
        chart_all: input.chart_all,
    };
    // A mutation's own reading is let go before it writes, so that it never waits for a second connection with one in
    // hand.
    session.refresh().await;
    let (asked, user_errors) = payload(service::build(&session.app, &actor, &input).await)?;
    let pack = asked.map(|Asked { pack, forum }| Pack::of(pack, forum)).transpose()?;
    Ok(PackBuildPayload { pack, user_errors })
}

/// Packs of the forums the viewer may see packs of, the latest first.
pub async fn connection(ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<PackConnection> {
    let ask = Ask::new(first, after.as_deref())?;
    if ask.after.as_deref().is_some_and(|id| Uuid::try_parse(id).is_err()) {
        return Err(Error::bad_input("`after` is not a cursor of this connection."));
    }
    let (scope, snapshot) = session(ctx).scope(Permission::ViewPack).await?;
    let all = forums(&**snapshot, &scope).await?;
    let total = if ctx.look_ahead().field("totalCount").exists() { store::count(&**snapshot, &scope).await? } else { 0 };
    let rows = store::page(&**snapshot, &scope, &ask).await?;
    let packs = rows.into_iter().map(|row| dress(row, &all)).collect::<Result<Vec<Pack>>>()?;
    Ok(PackConnection::fetched(packs, &ask, total, |pack| pack.row.id.to_string(), Pack::clone))
}

/// A pack by its id; none when absent or not the viewer's to see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Pack>> {
    let actor = session(ctx).actor().await?;
    let Ok(scope) = actor.scope_for(Permission::ViewPack) else { return Ok(None) };
    let snapshot = session(ctx).snapshot().await?;
    let Some(row) = store::find(&**snapshot, &scope, id).await? else { return Ok(None) };
    let all = forums(&**snapshot, &scope).await?;
    dress(row, &all).map(Some)
}

fn dress(row: entity::pack::Model, all: &[ForumEntry]) -> Result<Pack> {
    let forum = all.iter().find(|f| f.id == row.forum_id).cloned();
    let forum = forum.ok_or_else(|| Error::internal("finding a pack's forum", &row.forum_id))?;
    Pack::of(row, forum)
}
