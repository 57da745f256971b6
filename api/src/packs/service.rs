//! Asking for a pack.

use chrono::{DateTime, NaiveDate, Utc};
use entity::pack::Model;
use rules::audience::Audience;
use rules::period::Period;
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::sight::Sight;
use super::state::{Profile, State};
use super::{job, look, remit, store};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::councils::brand::service as brand;
use crate::db::Change;
use crate::error::{Error, Refusal, Result, UserError};
use crate::forums::store::{ForumEntry, forums, remit_codes};
use crate::frameworks;
use crate::jobs;

/// The document property by which a pack says which it is, wherever it has been.
pub const PACK_ID: &str = "pack_id";

/// What is asked for.
#[derive(Debug, Clone)]
pub struct BuildInput {
    /// The council's code.
    pub council: String,
    /// The forum's code.
    pub forum: String,
    pub period: Period,
    pub meeting_on: Option<NaiveDate>,
    pub profile: Profile,
    /// The ref of the element whose edition it is; none for the whole of the forum's remit.
    pub element: Option<String>,
    /// The language of its headings, as a tag; the council's first where none is given.
    pub language: Option<String>,
    /// Chart every indicator, not the exceptions alone.
    pub chart_all: bool,
}

/// A pack that was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub pack: Model,
    pub forum: ForumEntry,
}

/// A pack that is there.
#[derive(Debug, Clone)]
pub struct Built {
    pub pack: Model,
    pub forum: ForumEntry,
    pub bytes: Vec<u8>,
}

/// Asks for a pack of the figures as they read now. The job that makes it is enqueued with it.
pub async fn build(app: &App, actor: &Actor, input: &BuildInput) -> Result<Asked, Refusal> {
    let scope = actor.scope_for(Permission::BuildPack)?;
    if !input.council.eq_ignore_ascii_case(&actor.council.code) {
        let message = format!("There is no council {} here, or none of yours.", input.council);
        return Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into());
    }
    check_days(app, input)?;
    let tx = app.db.change(scope.council).await?;
    let forum = forum(&tx, &scope, input).await?;
    let element = of_framework(&tx, &scope, input, &forum).await?;
    let language = language(app, &tx, &scope, input).await?;
    let release = match input.profile.audience() {
        Audience::Scrutiny => look::release(&*tx, &scope, &forum, input.period).await?,
        Audience::Public => {
            look::is_published(&*tx, &scope, input.period).await?;
            None
        }
        Audience::Cabinet | Audience::Officers => None,
    };
    let mut pack = row((app, tx.at(&app.clock)), &scope, input, Of { forum: forum.id, element, language });
    // What was released is printed as it was released.
    pack.as_at = release.map_or(pack.as_at, |release| release.as_at);
    // Nobody has a pack made that they may not read.
    Sight::of(actor)?.check(&pack)?;
    store::insert(&tx, pack.clone()).await?;
    jobs::enqueue(app, &tx, &scope, jobs::Kind::BuildPack, pack.id).await?;
    let of = input.element.as_ref().map(|code| format!(" of {}", code.trim())).unwrap_or_default();
    let after = format!("{}{of} for {}, {}, {}", pack.profile, forum.code, input.period, pack.language);
    let event = Event { verb: "pack.build", subject: format!("pack {}", pack.id), before: None, after: audit::state(&after) };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    Ok(Asked { pack, forum })
}

/// Asks for a pack and makes it here and now, without waiting for the runner: what the command line does. The job stays
/// in the queue and finds nothing left to do.
pub async fn build_now(app: &App, actor: &Actor, input: &BuildInput) -> Result<Built, Refusal> {
    let asked = build(app, actor, input).await?;
    let (council, id) = (asked.pack.council_id, asked.pack.id);
    let asker = job::Asker { council, person: asked.pack.person_id, machine: actor.by.machine };
    job::complete(app, &asker, id).await?;
    let snapshot = app.db.snapshot(council).await?;
    let pack = store::of_job(&*snapshot, council, id).await?.ok_or_else(|| Error::internal("finding a built pack", &id))?;
    let Some(key) = pack.storage_key.as_deref() else {
        let message = pack.failure.unwrap_or_else(|| "The pack could not be built.".to_owned());
        return Err(UserError::new("PACK_FAILED", message, Some(&["input"])).into());
    };
    let bytes = app.files.load(key).await?;
    Ok(Built { pack, forum: asked.forum, bytes })
}

/// Who asked for a pack, by name.
pub async fn asker(db: &impl ConnectionTrait, scope: &Scope, pack: &Model) -> Result<Option<String>> {
    store::person_name(db, scope, pack.person_id).await
}

fn check_days(app: &App, input: &BuildInput) -> Result<(), Refusal> {
    let end = input.period.end();
    if end >= app.clock.today() {
        let message = format!("{} ends on {}: ask for its pack after that.", input.period.words(), end.format("%-d %B %Y"));
        return Err(UserError::new("PERIOD_NOT_ENDED", message, Some(&["input", "period"])).into());
    }
    if let Some(day) = input.meeting_on.filter(|day| *day <= end) {
        let message = format!("A meeting on {} comes before the period ends.", day.format("%-d %B %Y"));
        return Err(UserError::new("MEETING_TOO_EARLY", message, Some(&["input", "meetingOn"])).into());
    }
    Ok(())
}

/// The forum, if the actor may build its packs; where an element's edition is asked for, any. Absent and not-yours look
/// the same.
async fn forum(tx: &Change, scope: &Scope, input: &BuildInput) -> Result<ForumEntry, Refusal> {
    let all = forums(&**tx, scope).await?;
    let covered = |f: &ForumEntry| input.element.is_some() || scope.covers_forum(f.id);
    all.into_iter().find(|f| f.code.eq_ignore_ascii_case(input.forum.trim()) && covered(f)).ok_or_else(|| {
        let message = format!("There is no forum {} that you may build packs for.", input.forum);
        UserError::new("FORUM_NOT_FOUND", message, Some(&["input", "forum"])).into()
    })
}

/// The element whose edition is asked for, if one is: of the framework that stood in the period, the actor's own or of
/// the remit of a forum whose packs they may build, with an indicator to print. And whether others own some of those.
async fn of_framework(tx: &Change, scope: &Scope, input: &BuildInput, forum: &ForumEntry) -> Result<Option<(Uuid, bool)>, Refusal> {
    let no_framework = || {
        let message = format!("No edition of the framework stood in {}.", input.period.words());
        Refusal::from(UserError::new("NO_FRAMEWORK", message, Some(&["input", "period"])))
    };
    let Some(code) = &input.element else {
        let editions = frameworks::store::editions(&**tx, scope, None).await?;
        return frameworks::service::edition_at(editions, input.period).map(|_| None).ok_or_else(no_framework);
    };
    let catalogue = frameworks::service::catalogue(&**tx, scope, Some(input.period), None).await?.ok_or_else(no_framework)?;
    let covered = |id: Uuid| scope.covers_element(id) || scope.covers_forum(forum.id);
    let element = catalogue.element_by_code(code.trim()).filter(|element| covered(element.id)).ok_or_else(|| {
        let message = format!("There is no element {code} whose edition you may build, in {}.", input.period.words());
        UserError::new("ELEMENT_NOT_FOUND", message, Some(&["input", "element"]))
    })?;
    let codes = remit_codes(&**tx, scope, forum.id).await?;
    let given = remit::given(&catalogue, forum, &codes, input.period)?;
    let remit::Edition { entries, reaches_beyond } = remit::edition(&catalogue, given, element.id, input.period.end());
    if entries.is_empty() {
        let message = format!("Nothing that {} is given is owned by {} or contributes to it.", forum.title, element.title);
        return Err(UserError::new("EDITION_EMPTY", message, Some(&["input", "element"])).into());
    }
    Ok(Some((element.id, reaches_beyond)))
}

/// The language asked for, or the council's first: one of those the council has its documents in.
async fn language(app: &App, tx: &Change, scope: &Scope, input: &BuildInput) -> Result<String, Refusal> {
    let languages = brand::languages(brand::of(&**tx, scope, None).await?.as_ref())?;
    let wanted = match &input.language {
        Some(tag) => languages.iter().find(|known| known.eq_ignore_ascii_case(tag.trim())),
        None => languages.first(),
    };
    // A council may have chosen one that its installation was since deprived of.
    wanted.filter(|tag| app.languages.find(tag).is_some()).cloned().ok_or_else(|| {
        let message = format!("Packs can be had in these languages here: {}.", languages.join(", "));
        UserError::new("LANGUAGE_NOT_FOUND", message, Some(&["input", "language"])).into()
    })
}

/// What a pack is of.
struct Of {
    forum: Uuid,
    /// With whether it shows what others own.
    element: Option<(Uuid, bool)>,
    language: String,
}

fn row((app, now): (&App, DateTime<Utc>), scope: &Scope, input: &BuildInput, of: Of) -> Model {
    Model {
        council_id: scope.council,
        id: app.ids.next(),
        forum_id: of.forum,
        person_id: scope.person,
        period_start: input.period.start(),
        period_months: crate::rows::months(input.period),
        profile: input.profile.to_string(),
        chart_all: input.chart_all,
        as_at: now,
        meeting_on: input.meeting_on,
        state: State::Queued.to_string(),
        sha256: None,
        size_bytes: None,
        storage_key: None,
        file_name: None,
        failure: None,
        created_at: now,
        element_id: of.element.map(|(element, _)| element),
        reaches_beyond: of.element.is_some_and(|(_, reaches_beyond)| reaches_beyond),
        language: of.language,
    }
}
