//! Putting a question on record.

use entity::question_step::Model as StepRow;
use entity::scrutiny_question::Model;
use rules::meeting::MeetingState;
use rules::period::Period;
use rules::permission::Permission as P;
use rules::question::{Act, Kind, State, recorders};
use serde::Serialize;
use uuid::Uuid;

use super::WORDS_CHARACTERS_MAX;
use crate::access::Scope;
use crate::error::{Error, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text, text_if_any};
use crate::forums::meetings;
use crate::forums::questions::about::{self, Named};
use crate::forums::questions::rights::keeps;
use crate::forums::questions::store;
use crate::forums::store::{ForumEntry, forums};

/// Questions of one meeting.
const OF_A_MEETING_MAX: i64 = 200;
/// The longest name of a member.
const NAME_CHARACTERS_MAX: usize = 200;

/// What is asked.
pub struct RecordInput<'a> {
    /// The council's code.
    pub council: &'a str,
    pub kind: Kind,
    /// The forum's code; none for a call for information by the cabinet and a recommendation of internal audit.
    pub forum: Option<&'a str>,
    /// The inner none for an id that is no meeting's.
    pub meeting: Option<Option<Uuid>>,
    pub about: Named<'a>,
    pub period: Option<Period>,
    pub words: &'a str,
    pub asked_by: Option<&'a str>,
}

/// Puts a question on record under the next number of the council.
pub async fn record(deed: &Deed<'_>, input: &RecordInput<'_>) -> Result<Uuid, Refusal> {
    let permissions = recorders(input.kind, input.forum.is_some());
    may_somewhere(deed, input, permissions)?;
    deed.council(input.council)?;
    if permissions.is_empty() {
        let message = "Say which forum asks: of no forum are calls for information and recommendations of internal audit alone.";
        return Err(UserError::new("FORUM_NEEDED", message, Some(&["input", "forum"])).into());
    }
    let (scope, forum) = right(deed, input, permissions).await?;
    let words = text(input.words, "words", WORDS_CHARACTERS_MAX)?;
    let asked_by = asked_by(deed, &scope, input)?;
    let meeting = meeting(deed, &scope, forum.as_ref(), input.meeting).await?;
    let about = about::find(deed, &scope, forum.as_ref(), input.about, input.period).await?;
    let (last, of_meeting) = store::numbers(deed.tx, &scope, meeting).await?;
    if meeting.is_some() && of_meeting >= OF_A_MEETING_MAX {
        let message = format!("{OF_A_MEETING_MAX} questions were put on record for this meeting, which is the most.");
        return Err(UserError::new("TOO_MANY_QUESTIONS", message, Some(&["input", "meeting"])).into());
    }
    let number = last.checked_add(1).ok_or_else(|| Error::limit("The council has no number left for a question."))?;
    let (period_start, period_months) = store::columns_of(input.period);
    let question = Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        forum_id: forum.as_ref().map(|forum| forum.id),
        meeting_id: meeting,
        number,
        kind: input.kind.to_string(),
        indicator_id: about.indicator,
        element_id: about.element,
        period_start,
        period_months,
        words,
        asked_by,
        recorded_by: scope.person,
        recorded_at: deed.now(),
        assigned_to: None,
        due_on: None,
        state: State::Recorded.to_string(),
        revision: 1,
        changed_at: deed.now(),
    };
    let id = question.id;
    let after = state(&Kept {
        number,
        kind: input.kind,
        forum: forum.as_ref().map(|forum| forum.code.as_str()),
        meeting,
        about: input.about.indicator.or(input.about.element),
        period: input.period.map(|period| period.to_string()),
        asked_by: question.asked_by.clone(),
        words: question.words.clone(),
    });
    let first = first_step(deed, &question);
    store::insert(deed.tx, question, first).await?;
    deed.record(&scope, "question.record", format!("question {id}"), [None, after]).await?;
    Ok(id)
}

fn first_step(deed: &Deed<'_>, question: &Model) -> StepRow {
    StepRow {
        council_id: question.council_id,
        id: deed.app.ids.next(),
        question_id: question.id,
        seq: 1,
        act: Act::Record.to_string(),
        from_state: State::Recorded.to_string(),
        to_state: State::Recorded.to_string(),
        person_id: question.recorded_by,
        at: question.recorded_at,
        words: None,
        assigned_to: None,
        due_on: None,
    }
}

/// Refuses whoever asks nowhere, before anything is looked for.
fn may_somewhere(deed: &Deed<'_>, input: &RecordInput<'_>, permissions: &[P]) -> Result<(), Error> {
    // Of what nobody can ask, the right is that of asking at all.
    let permissions = if permissions.is_empty() { recorders(input.kind, true) } else { permissions };
    if permissions.iter().any(|permission| deed.actor.scope_for(*permission).is_ok()) {
        return Ok(());
    }
    Err(permissions.first().map_or_else(|| Error::forbidden("Nobody asks so."), |permission| Error::no_role(*permission)))
}

/// The right to ask, and the forum that does. A forum that is absent and one where the actor may not ask look the same.
async fn right(deed: &Deed<'_>, input: &RecordInput<'_>, permissions: &[P]) -> Result<(Scope, Option<ForumEntry>), Refusal> {
    let Some(code) = input.forum else {
        let of_council = permissions.iter().find_map(|permission| keeps(deed.actor, *permission, None).ok());
        let missing = permissions.first().copied().unwrap_or(P::CallForInformation);
        return of_council.map(|scope| (scope, None)).ok_or_else(|| Error::no_role(missing).into());
    };
    let all = forums(&**deed.tx, &deed.actor.own_scope()).await?;
    let forum = all.into_iter().find(|forum| forum.code.eq_ignore_ascii_case(code.trim()));
    let covered = forum.and_then(|forum| {
        let scope = permissions.iter().find_map(|permission| keeps(deed.actor, *permission, Some(forum.id)).ok())?;
        Some((scope, Some(forum)))
    });
    covered.ok_or_else(|| {
        let message = format!("There is no forum {code} in which you may ask this.");
        UserError::new("FORUM_NOT_FOUND", message, Some(&["input", "forum"])).into()
    })
}

/// Who asked: whoever records a meeting's questions says so, or that it was the forum itself; whoever asks for themself is
/// named.
fn asked_by(deed: &Deed<'_>, scope: &Scope, input: &RecordInput<'_>) -> Result<Option<String>, Refusal> {
    let said = text_if_any(input.asked_by, "askedBy", NAME_CHARACTERS_MAX)?;
    if scope.permission == P::RecordQuestions {
        return Ok(said);
    }
    if said.is_some_and(|name| name != deed.actor.name) {
        let message = "You ask in your own name: whoever records the forum's questions names other members.";
        return Err(UserError::new("ASKED_BY_OTHERS", message, Some(&["input", "askedBy"])).into());
    }
    Ok(Some(deed.actor.name.clone()))
}

/// The meeting, one of the forum's that was not called off.
async fn meeting(
    deed: &Deed<'_>,
    scope: &Scope,
    forum: Option<&ForumEntry>,
    wanted: Option<Option<Uuid>>,
) -> Result<Option<Uuid>, Refusal> {
    let Some(id) = wanted else { return Ok(None) };
    let found = match id {
        Some(id) => meetings::store::find(&**deed.tx, scope, id).await?,
        None => None,
    };
    let own = found.filter(|meeting| forum.is_some_and(|forum| forum.id == meeting.forum_id));
    let Some(meeting) = own else {
        let message = "The forum has no such meeting: `forum.meetings` lists them.";
        return Err(UserError::new("MEETING_NOT_FOUND", message, Some(&["input", "meeting"])).into());
    };
    if meeting.state == MeetingState::Cancelled.code() {
        let message = "That meeting was called off: nothing was asked at it.";
        return Err(UserError::new("MEETING_NOT_NOW", message, Some(&["input", "meeting"])).into());
    }
    Ok(Some(meeting.id))
}

/// What the trail keeps of a question that was put on record.
#[derive(Serialize)]
struct Kept<'a> {
    number: i32,
    kind: Kind,
    forum: Option<&'a str>,
    meeting: Option<Uuid>,
    about: Option<&'a str>,
    period: Option<String>,
    asked_by: Option<String>,
    words: String,
}
