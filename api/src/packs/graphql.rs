//! The pack as the API shows it, and asking for one.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::NaiveDate;
use rules::permission::Permission;
use uuid::Uuid;

use super::service::{self, Asked, BuildInput};
use super::sight::{self, Sight};
use super::verify::{self, Among};
use super::{state, store};
use crate::error::{Code, ContextExt, Error, Result, UserError, payload};
use crate::forums::graphql::Forum;
use crate::forums::store::{ForumEntry, forums};
use crate::graphql::download::Download;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;

/// How many checks a pack is counted with when an operation's cost is worked out.
const CHECKS_SHOWN: usize = 100;

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

/// Which sheets a pack has and for whom it is made. It shows what that audience may see: the rest is left out before it
/// is made.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "state::Profile")]
pub enum PackProfile {
    /// For a scrutiny panel and its public session: scorecards, exceptions, charts, outcomes, changes and definitions.
    Scrutiny,
    /// What calls for attention alone: a chair's briefing. For the same readers.
    Exceptions,
    /// For the leader and the cabinet: the sheets scrutiny has.
    Cabinet,
    /// For officers: every sheet there is something for, drafts and sensitive commentary included. Marked internal.
    Officer,
    /// For anybody's own analysis: settled figures and what they mean, without commentary.
    OpenData,
}

/// A pack with its forum.
#[derive(Clone)]
pub struct Pack {
    row: entity::pack::Model,
    forum: ForumEntry,
    state: state::State,
    profile: state::Profile,
    period: rules::period::Period,
    edition: Option<PackEdition>,
    /// What was found in it, where it was loaded with the packs beside it.
    checks: Option<Arc<[entity::pack_check::Model]>>,
}

/// Something to look at before a pack goes out.
#[derive(SimpleObject)]
pub struct PackCheck {
    /// `C01` off target without commentary, action, owner or due date; `C02` an action overdue; `C03` Red and forecast to be
    /// on target without an action in time; `C04` commentary as last period's; `C05` commentary too long; `C06` target 0 or
    /// missing; `C07` a value far from its target or the last; `C09` two periods without data; `C10` few people who could
    /// be recognised; `C11` what may be the name of a person in sensitive commentary.
    code: String,
    /// The ref of the indicator.
    indicator: String,
    /// What was found, in a sentence.
    words: String,
}

/// What a file turned out to be.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "verify::Verdict")]
pub enum PackVerdict {
    /// To the byte what was issued.
    Issued,
    /// What was issued; a later one of the same forum, period and edition was issued in its place.
    Superseded,
    /// Made from a pack that was issued, and changed since: saving it in a spreadsheet program is enough.
    Altered,
    /// None that was issued here, as far as the viewer may see.
    Unknown,
}

/// Whether a file is a pack as it was issued.
#[derive(SimpleObject)]
pub struct PackVerification {
    /// What it is.
    verdict: PackVerdict,
    /// The same in a sentence for a person.
    words: String,
    /// The pack it is, or was made from.
    pack: Option<Pack>,
    /// Who asked for that pack, by name.
    requested_by: Option<String>,
    /// The latest that was issued in its place.
    superseded_by: Option<Pack>,
}

/// Whose edition of a pack it is.
#[derive(Clone, SimpleObject)]
pub struct PackEdition {
    /// The element's ref.
    pub element: String,
    /// Its title.
    pub title: String,
}

impl Pack {
    fn of(row: entity::pack::Model, forum: ForumEntry, edition: Option<PackEdition>) -> Result<Self> {
        Ok(Self {
            state: row.state.parse().context("reading a pack's state")?,
            profile: row.profile.parse().context("reading a pack's profile")?,
            period: crate::rows::period(row.period_start, row.period_months)?,
            row,
            forum,
            edition,
            checks: None,
        })
    }

    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        let actor = session(ctx).actor().await?;
        let reads = Sight::of(&actor).ok().map(|sight| sight.covers(&self.row)).transpose()?.unwrap_or_default();
        let may = |p: Permission| {
            actor.scope_for(p).is_ok_and(|scope| match p {
                Permission::ViewPack => reads,
                Permission::BuildPack => reads && sight::builds(&scope.within, &self.row),
                _ => sight::covers(&scope.within, &self.row),
            })
        };
        Ok(ABOUT_PACKS.into_iter().filter(|p| may(*p)).collect())
    }

    async fn found(&self, ctx: &Context<'_>) -> Result<Vec<PackCheck>> {
        let (scope, snapshot) = session(ctx).scope(Permission::BuildPack).await?;
        if !self.permissions(ctx).await?.contains(&Permission::BuildPack) {
            return Err(Error::no_role(Permission::BuildPack));
        }
        let rows = match &self.checks {
            Some(loaded) => Arc::clone(loaded),
            None => store::checks_of(&**snapshot, &scope, &[self.row.id]).await?.remove(&self.row.id).unwrap_or_default().into(),
        };
        let of = |row: &entity::pack_check::Model| PackCheck {
            code: row.code.clone(),
            indicator: row.indicator.clone(),
            words: row.words.clone(),
        };
        Ok(rows.iter().map(of).collect())
    }

    async fn link(&self, ctx: &Context<'_>) -> Result<Option<Download>> {
        let (state::State::Ready, Some(key), Some(name)) = (self.state, &self.row.storage_key, &self.row.file_name) else {
            return Ok(None);
        };
        if !self.permissions(ctx).await?.contains(&Permission::ViewPack) {
            return Err(Error::forbidden("None of your roles lets you read this pack."));
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

    /// Its figures, targets and rules read as they read at this instant: for scrutiny, when they were released to the forum.
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

    /// The service or directorate (any element) whose edition it is: indicators it owns, or that contribute to it, as it
    /// stood at the period's end. Null for the whole of the forum's remit.
    async fn edition(&self) -> Option<&PackEdition> {
        self.edition.as_ref()
    }

    /// The language of its headings: `en-GB`, `cy-GB` or another the installation has.
    async fn language(&self) -> &str {
        &self.row.language
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

    /// What to look at before it goes out, indicator by indicator: for whoever may build it, and never in the pack itself.
    /// Found when it was built, of what its audience sees; 2,000 at most.
    #[graphql(complexity = "CHECKS_SHOWN * child_complexity")]
    async fn checks(&self, ctx: &Context<'_>) -> Option<Result<Vec<PackCheck>>> {
        Some(self.found(ctx).await)
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
    /// For whom it is, and which sheets it is to have. Nobody has one made that they may not read.
    #[graphql(default_with = "PackProfile::Scrutiny")]
    profile: PackProfile,
    /// The ref of the service or directorate (any element) whose edition is wanted. Null for the whole of the remit.
    element: Option<String>,
    /// The language of its headings, as a tag. By default the council's first.
    language: Option<String>,
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
    /// `MEETING_TOO_EARLY`, `ELEMENT_NOT_FOUND`, `EDITION_EMPTY`, `LANGUAGE_NOT_FOUND`, `NOT_RELEASED` (scrutiny's editions show
    /// what was released to the forum), `NOT_PUBLISHED` (open data shows what is published).
    user_errors: Vec<UserError>,
}

/// Packs.
#[derive(Default)]
pub struct PackMutation;

/// Packs.
#[Object]
impl PackMutation {
    /// Asks for the pack of a forum's meeting: for officers of the figures as they read now, for the cabinet of those that are
    /// approved, for scrutiny of those that were released to the forum, as open data of those that are published. It is built
    /// once, within seconds; look for it with `node`.
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
        element: input.element,
        language: input.language,
        chart_all: input.chart_all,
    };
    // A mutation's own reading is let go before it writes, so that it never waits for a second connection with one in
    // hand.
    session.refresh().await;
    let (asked, user_errors) = payload(service::build(&session.app, &actor, &input).await)?;
    let pack = match asked {
        Some(Asked { pack, forum }) => Some(dressed(ctx, vec![pack], &[forum]).await?.remove(0)),
        None => None,
    };
    Ok(PackBuildPayload { pack, user_errors })
}

/// Packs of the forums the viewer may see packs of, the latest first.
pub async fn connection(ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<PackConnection> {
    let ask = Ask::new(first, after.as_deref())?;
    if ask.after.as_deref().is_some_and(|id| Uuid::try_parse(id).is_err()) {
        return Err(Error::bad_input("`after` is not a cursor of this connection."));
    }
    let sight = Sight::of(&*session(ctx).actor().await?)?;
    let snapshot = session(ctx).snapshot().await?;
    let all = forums(&**snapshot, &sight.scope).await?;
    let total = if ctx.look_ahead().field("totalCount").exists() { store::count(&**snapshot, &sight).await? } else { 0 };
    let rows = store::page(&**snapshot, &sight, &ask).await?;
    let mut packs = dressed(ctx, rows, &all).await?;
    let asked = ctx.look_ahead();
    if asked.field("nodes").field("checks").exists() || asked.field("edges").field("node").field("checks").exists() {
        let ids: Vec<Uuid> = packs.iter().map(|pack| pack.row.id).collect();
        let mut found = store::checks_of(&**snapshot, &sight.scope, &ids).await?;
        for pack in &mut packs {
            pack.checks = Some(found.remove(&pack.row.id).unwrap_or_default().into());
        }
    }
    Ok(PackConnection::fetched(packs, &ask, total, |pack| pack.row.id.to_string(), Pack::clone))
}

/// Packs of forums' meetings that the viewer may see, by forum and day, the latest first; none for whoever reads none at all.
pub async fn of_meetings(ctx: &Context<'_>, forums: &[&ForumEntry], days: &[NaiveDate]) -> Result<HashMap<(Uuid, NaiveDate), Vec<Pack>>> {
    let mut found: HashMap<(Uuid, NaiveDate), Vec<Pack>> = HashMap::new();
    let sight = match Sight::of(&*session(ctx).actor().await?) {
        Err(missing) if missing.code == Code::Forbidden => return Ok(found),
        sight => sight?,
    };
    let (Some(from), Some(until)) = (days.iter().min(), days.iter().max()) else { return Ok(found) };
    let snapshot = session(ctx).snapshot().await?;
    let ids: Vec<Uuid> = forums.iter().map(|forum| forum.id).collect();
    let rows = store::of_meetings(&**snapshot, &sight, &ids, (*from, *until)).await?;
    let all: Vec<ForumEntry> = forums.iter().map(|forum| (*forum).clone()).collect();
    for pack in dressed(ctx, rows, &all).await? {
        if let Some(day) = pack.row.meeting_on {
            found.entry((pack.row.forum_id, day)).or_default().push(pack);
        }
    }
    Ok(found)
}

/// Whether a file is a pack the viewer may see, as it was issued.
pub async fn verification(ctx: &Context<'_>, sha256: &str, pack: Option<&ID>) -> Result<PackVerification> {
    let digits = sha256.trim();
    if digits.len() != 64 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Error::bad_input("`sha256` is 64 hexadecimal digits."));
    }
    // As the file carries it, or as this API writes ids.
    let carried = pack.and_then(|id| Uuid::try_parse(id).ok().or_else(|| id::expect(id, Kind::Pack).ok()));
    let sight = Sight::of(&*session(ctx).actor().await?)?;
    let snapshot = session(ctx).snapshot().await?;
    let found = verify::verify(&**snapshot, Among::Seen(&sight), digits, carried).await?;
    let requested_by = match &found.pack {
        Some(pack) => store::person_name(&**snapshot, &sight.scope, pack.person_id).await?,
        None => None,
    };
    let all = forums(&**snapshot, &sight.scope).await?;
    let rows: Vec<_> = found.pack.into_iter().collect();
    let pack = dressed(ctx, rows, &all).await?.pop();
    let superseded_by = dressed(ctx, found.by.into_iter().collect(), &all).await?.pop();
    Ok(PackVerification {
        verdict: found.verdict.into(),
        words: verify::words(found.verdict).to_owned(),
        pack,
        requested_by,
        superseded_by,
    })
}

/// A pack by its id; none when absent or not the viewer's to see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Pack>> {
    let actor = session(ctx).actor().await?;
    let Ok(sight) = Sight::of(&actor) else { return Ok(None) };
    let snapshot = session(ctx).snapshot().await?;
    let Some(row) = store::find(&**snapshot, &sight, id).await? else { return Ok(None) };
    let all = forums(&**snapshot, &sight.scope).await?;
    Ok(dressed(ctx, vec![row], &all).await?.pop())
}

/// Packs with their forums and the elements whose editions they are. One statement, none where there is no such element.
async fn dressed(ctx: &Context<'_>, rows: Vec<entity::pack::Model>, all: &[ForumEntry]) -> Result<Vec<Pack>> {
    let elements: Vec<Uuid> = rows.iter().filter_map(|row| row.element_id).collect();
    let editions = if elements.is_empty() {
        HashMap::new()
    } else {
        let actor = session(ctx).actor().await?;
        store::elements(&**session(ctx).snapshot().await?, &actor.own_scope(), &elements).await?
    };
    let dress = |row: entity::pack::Model| {
        let forum = all.iter().find(|f| f.id == row.forum_id).cloned();
        let forum = forum.ok_or_else(|| Error::internal("finding a pack's forum", &row.forum_id))?;
        let edition = row.element_id.and_then(|id| editions.get(&id));
        let edition = edition.map(|(code, title)| PackEdition { element: code.clone(), title: title.clone() });
        Pack::of(row, forum, edition)
    };
    rows.into_iter().map(dress).collect()
}
