//! Asking for a pack.

use chrono::NaiveDate;
use entity::pack::Model;
use rules::period::Period;
use rules::permission::Permission;

use super::state::{Profile, State};
use super::{job, store};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Error, Refusal, Result, UserError};
use crate::forums::store::{ForumEntry, forums};
use crate::frameworks;
use crate::jobs;

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
    let forum = covered_forum(&tx, &scope, &input.forum).await?;
    if frameworks::service::edition_at(frameworks::store::editions(&*tx, &scope, None).await?, input.period).is_none() {
        let message = format!("No edition of the framework stood in {}.", input.period.words());
        return Err(UserError::new("NO_FRAMEWORK", message, Some(&["input", "period"])).into());
    }
    let pack = row(app, &scope, input, &forum);
    store::insert(&tx, pack.clone()).await?;
    jobs::enqueue(app, &tx, &scope, jobs::Kind::BuildPack, pack.id).await?;
    let after = format!("{} for {}, {}", pack.profile, forum.code, input.period);
    let event = Event { verb: "pack.build", subject: format!("pack {}", pack.id), before: None, after: audit::state(&after) };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    app.job_added.notify_one();
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

/// The forum, if the actor may build its packs. Absent and not-yours look the same.
async fn covered_forum(tx: &Change, scope: &Scope, code: &str) -> Result<ForumEntry, Refusal> {
    let all = forums(&**tx, scope).await?;
    all.into_iter().find(|f| f.code.eq_ignore_ascii_case(code.trim()) && scope.covers_forum(f.id)).ok_or_else(|| {
        let message = format!("There is no forum {code} that you may build packs for.");
        UserError::new("FORUM_NOT_FOUND", message, Some(&["input", "forum"])).into()
    })
}

fn row(app: &App, scope: &Scope, input: &BuildInput, forum: &ForumEntry) -> Model {
    let now = app.clock.now();
    Model {
        council_id: scope.council,
        id: app.ids.next(),
        forum_id: forum.id,
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
    }
}
