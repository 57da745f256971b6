//! Giving a forum a period's figures, and taking them back.

use entity::forum_release::Model;
use rules::period::Period;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::edition::{Standing, standing};
use super::given::given;
use super::ready::{Wanted, not_approved, out_of_order};
use super::store;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Error, Refusal, Result, UserError};
use crate::forums::store::{ForumEntry, forums, remit_codes};
use crate::packs::remit;
use crate::rows::months;
use crate::text::Asked;

/// Characters of a note, a reason or a notice at most.
pub const WORDS_MAX: usize = 2_000;

/// What is to be released.
#[derive(Debug, Clone)]
pub struct ReleaseInput {
    /// The council's code.
    pub council: String,
    /// The forum's code.
    pub forum: String,
    pub period: Period,
    /// The meeting it is for.
    pub meeting: Option<Uuid>,
    pub note: Option<String>,
    /// Why, although returns are not approved or the cascade's order is left.
    pub despite: Option<String>,
}

/// A release with its forum.
#[derive(Debug, Clone)]
pub struct Made {
    pub release: Model,
    pub forum: ForumEntry,
}

/// What the trail keeps of a release.
#[derive(Serialize)]
struct Told<'a> {
    forum: &'a str,
    period: String,
    indicators: usize,
    note: Option<&'a str>,
    despite: Option<&'a str>,
}

/// Gives a forum the figures of a period as they read now: those that are approved, where the workflow covers them.
pub async fn release(app: &App, tx: Change, actor: &Actor, input: &ReleaseInput) -> Result<Made, Refusal> {
    let scope = actor.scope_for(Permission::Release)?;
    own_council(actor, &input.council)?;
    let (note, despite) = (words(input.note.as_deref(), "note")?, words(input.despite.as_deref(), "despite")?);
    let (period, today) = (input.period, app.clock.today());
    if period.end() >= today {
        let message = format!("{} ends on {}: release it after that.", period.words(), period.end().format("%-d %B %Y"));
        return Err(UserError::new("PERIOD_NOT_ENDED", message, Some(&["input", "period"])).into());
    }
    let all = forums(&*tx, &scope).await?;
    let forum = all.iter().find(|forum| forum.code.eq_ignore_ascii_case(input.forum.trim())).ok_or_else(|| {
        let message = format!("There is no forum {}.", input.forum);
        UserError::new("FORUM_NOT_FOUND", message, Some(&["input", "forum"]))
    })?;
    let meeting = meeting(&tx, &scope, forum, input.meeting).await?;
    let Standing { calendar, edition } = standing(&*tx, &scope, period).await?;
    if !calendar.editions.iter().flatten().any(|row| row.period == period) {
        let message = format!("{} is not a reporting period of the council.", period.words());
        return Err(UserError::new("PERIOD_NOT_FOUND", message, Some(&["input", "period"])).into());
    }
    let (at, catalogue) = edition.ok_or_else(|| {
        let message = format!("No edition of the framework stood in {}.", period.words());
        UserError::new("NO_FRAMEWORK", message, Some(&["input", "period"]))
    })?;
    let codes = remit_codes(&*tx, &scope, forum.id).await?;
    let remit = remit::given(&catalogue, forum, &codes, period)?;
    if remit.is_empty() {
        let message = format!("There is nothing in the remit of {} to release.", forum.title);
        return Err(UserError::new("NOTHING_TO_RELEASE", message, Some(&["input", "forum"])).into());
    }
    let wanted = Wanted { catalogue: &catalogue, at, calendar: &calendar, forum, period, remit: &remit };
    let open = not_approved(&*tx, &scope, &wanted).await?;
    let early = out_of_order(&*tx, &scope, &wanted, &all).await?;
    let mut waits = open.into_iter().chain(early).peekable();
    if let (Some(_), None) = (waits.peek(), &despite) {
        let refused = waits.next().ok_or_else(|| Error::internal("refusing a release", &"nothing refuses it"))?;
        return Err(refused.into());
    }
    // A reason is kept where one was needed: else the record would say that an order was left which was not.
    let despite = despite.filter(|_| waits.peek().is_some());
    let given = given(&*tx, &scope, &catalogue, forum, remit, (period, today)).await?;
    let given: Vec<Uuid> = given.into_iter().map(|entry| entry.id).collect();
    let now = tx.at(&app.clock);
    let row = Model {
        council_id: scope.council,
        id: app.ids.next(),
        forum_id: forum.id,
        period_start: period.start(),
        period_end: period.end(),
        period_months: months(period),
        as_at: now,
        meeting_id: meeting,
        person_id: scope.person,
        note,
        despite,
        released_at: now,
        withdrawn_at: None,
        withdrawn_by: None,
        notice: None,
    };
    store::insert(app, &tx, row.clone(), &given).await?;
    let told = Told {
        forum: &forum.code,
        period: period.to_string(),
        indicators: given.len(),
        note: row.note.as_deref(),
        despite: row.despite.as_deref(),
    };
    let event = Event { verb: "forum.release", subject: format!("release {}", row.id), before: None, after: audit::state(&told) };
    audit::record(app, &tx, &scope, event).await?;
    let forum = forum.clone();
    tx.commit().await?;
    Ok(Made { release: row, forum })
}

/// Takes a release back: nobody reads it any more, and a notice stands in its place.
pub async fn withdraw(app: &App, tx: Change, actor: &Actor, id: Option<Uuid>, notice: &str) -> Result<Made, Refusal> {
    let scope = actor.scope_for(Permission::Release)?;
    let notice = Asked::why(WORDS_MAX, &["input", "notice"]).read(notice)?;
    let found = match id {
        Some(id) => store::find(&*tx, &scope, id).await?,
        None => None,
    };
    let row = found.ok_or_else(|| {
        let message = "There is no such release here, or none of yours.";
        UserError::new("RELEASE_NOT_FOUND", message, Some(&["input", "release"]))
    })?;
    let id = row.id;
    let forum = forums(&*tx, &scope).await?.into_iter().find(|forum| forum.id == row.forum_id);
    let forum = forum.ok_or_else(|| Error::internal("finding a release's forum", &row.forum_id))?;
    let now = tx.at(&app.clock);
    if !store::withdraw(&tx, &scope, id, now, &notice).await? {
        let message = "It was withdrawn already.";
        return Err(UserError::new("WITHDRAWN_ALREADY", message, Some(&["input", "release"])).into());
    }
    let event = Event { verb: "release.withdraw", subject: format!("release {id}"), before: None, after: audit::state(&notice) };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    let release = Model { withdrawn_at: Some(now), withdrawn_by: Some(scope.person), notice: Some(notice), ..row };
    Ok(Made { release, forum })
}

/// The meeting it is for, if it is one of the forum's.
async fn meeting(tx: &Change, scope: &Scope, forum: &ForumEntry, wanted: Option<Uuid>) -> Result<Option<Uuid>, Refusal> {
    let Some(id) = wanted else { return Ok(None) };
    if store::is_meeting_of(&**tx, scope, forum.id, id).await? {
        return Ok(Some(id));
    }
    let message = format!("{} has no such meeting.", forum.title);
    Err(UserError::new("MEETING_NOT_FOUND", message, Some(&["input", "meeting"])).into())
}

/// Refuses a council that is not the actor's.
pub fn own_council(actor: &Actor, code: &str) -> Result<(), Refusal> {
    if code.eq_ignore_ascii_case(&actor.council.code) {
        return Ok(());
    }
    let message = format!("There is no council {code} here, or none of yours.");
    Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into())
}

/// What a person wrote, if anything.
fn words(text: Option<&str>, field: &str) -> Result<Option<String>, Refusal> {
    Ok(Asked::what(WORDS_MAX, "it", &["input", field]).read_if_any(text)?)
}
