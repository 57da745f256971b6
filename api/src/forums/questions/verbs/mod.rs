//! What is done about questions. Each verb works inside one change, in which the rights of whoever acts were read; it
//! refuses with a code and a sentence, and then nothing is changed.

mod answer;
mod assign;
mod record;
mod settle;

pub use answer::answer;
pub use assign::{AssignInput, assign};
pub use record::{RecordInput, record};
pub use settle::{accept, send_back, withdraw};

use chrono::NaiveDate;
use entity::question_step::Model as StepRow;
use rules::permission::Permission as P;
use rules::question::{Act, Refused, State, Step, steps_from};
use serde::Serialize;
use uuid::Uuid;

use super::rights::{self, Why};
use super::sight::Sight;
use super::store::{self, QuestionEntry, StepEntry};
use crate::access::{Scope, Target};
use crate::error::{Error, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, written_at};

/// The longest question, and the longest answer.
const WORDS_CHARACTERS_MAX: usize = 2_000;
const ANSWER_CHARACTERS_MAX: usize = 4_000;
/// Steps of one question: a question that was sent back so often is another by now.
const STEPS_MAX: usize = 200;

/// Which question, as whoever acts last saw it.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub id: Option<Uuid>,
    pub revision: i32,
}

/// A question somebody is about to move on, and how.
struct Before {
    entry: QuestionEntry,
    history: Vec<StepEntry>,
    /// What it is about, as it is owned today.
    about: Target,
    step: &'static Step,
    scope: Scope,
}

/// The question in the state it was seen in, for somebody who may do this to it now.
async fn about_to(deed: &Deed<'_>, seen: Seen, act: Act) -> Result<Before, Refusal> {
    may_somewhere(deed, act)?;
    let absent =
        || UserError::new("QUESTION_NOT_FOUND", "There is no question with this id, or none you may see.", Some(&["input", "question"]));
    let sight = Sight::of(deed.actor)?;
    let found = match seen.id {
        Some(id) => store::find(&**deed.tx, &sight, id).await?,
        None => None,
    };
    let entry = found.ok_or_else(absent)?;
    let owner = rights::owner(&**deed.tx, &sight.scope, &entry, deed.today()).await?;
    let history = store::steps(&**deed.tx, &sight.scope, &[entry.id]).await?.remove(&entry.id).unwrap_or_default();
    let outcome = rights::may(deed.actor, &entry, owner, (act, &history));
    if let Err(Why::Right(missing)) = outcome {
        return Err(missing.into());
    }
    if entry.revision != seen.revision {
        return Err(moved(&entry, &history).into());
    }
    if history.len() >= STEPS_MAX {
        let message = format!("{STEPS_MAX} things were done about this question: withdraw it, and ask what is still open anew.");
        return Err(UserError::new("TOO_MANY_STEPS", message, Some(&["input", "question"])).into());
    }
    match outcome {
        Ok((step, scope)) => Ok(Before { about: entry.about(owner), entry, history, step, scope }),
        Err(Why::Right(missing)) => Err(missing.into()),
        Err(Why::Rule(refused)) => Err(not_now(refused).into()),
    }
}

/// Refuses whoever may do this to no question at all, before anything is looked for.
fn may_somewhere(deed: &Deed<'_>, act: Act) -> Result<(), Error> {
    let (needed, others): (P, &[P]) = match act {
        Act::Answer => (P::AnswerQuestion, &[]),
        Act::Withdraw => (P::RecordQuestions, &[P::CallForInformation, P::RaiseRecommendation, P::AskQuestion]),
        _ => (P::RecordQuestions, &[P::CallForInformation, P::RaiseRecommendation]),
    };
    if others.iter().any(|permission| deed.actor.scope_for(*permission).is_ok()) {
        return Ok(());
    }
    deed.actor.scope_for(needed).map(drop)
}

/// What somebody is told whose sight of a question is no longer so.
fn moved(entry: &QuestionEntry, history: &[StepEntry]) -> UserError {
    let who = history.last().map_or("somebody", |step| step.person.1.as_str());
    let message = format!(
        "Question {} was moved on in the meantime, by {who} on {}: it is {} now, at revision {}. Look at it again.",
        entry.number,
        written_at(entry.changed_at),
        entry.state.words().to_lowercase(),
        entry.revision
    );
    UserError::new("QUESTION_MOVED", message, Some(&["input", "revision"]))
}

/// Why a step is not taken by somebody who has the right to it.
pub fn why_not(refused: Refused) -> String {
    match refused {
        Refused::NotNow { state } => {
            let mut now: Vec<String> = steps_from(state).map(|step| step.act.words().to_lowercase()).collect();
            now.dedup();
            let now = if now.is_empty() { "nothing".to_owned() } else { now.join(", ") };
            format!("It is {}. What can be done now: {now}.", state.words().to_lowercase())
        }
        Refused::Separate { because, .. } => because.to_owned(),
    }
}

fn not_now(refused: Refused) -> UserError {
    let code = match refused {
        Refused::NotNow { .. } => "QUESTION_NOT_NOW",
        Refused::Separate { .. } => "SEPARATION_OF_DUTIES",
    };
    UserError::new(code, why_not(refused), Some(&["input", "question"]))
}

/// What comes with a step: words, and who is to answer by when from then on.
struct With {
    words: Option<String>,
    assigned_to: Option<(Uuid, String)>,
    due_on: Option<NaiveDate>,
}

/// Takes the step, and tells the trail.
async fn advance(deed: &Deed<'_>, before: Before, with: With) -> Result<Uuid, Refusal> {
    let Before { entry, history, step, scope, .. } = before;
    let row = StepRow {
        council_id: scope.council,
        id: deed.app.ids.next(),
        question_id: entry.id,
        seq: i32::try_from(history.len()).unwrap_or(i32::MAX).saturating_add(1),
        act: step.act.to_string(),
        from_state: step.from.to_string(),
        to_state: step.to.to_string(),
        person_id: scope.person,
        at: deed.now(),
        words: with.words.clone(),
        assigned_to: with.assigned_to.as_ref().map(|(id, _)| *id),
        due_on: with.due_on,
    };
    store::advance(deed.tx, scope.council, entry.revision, row).await?;
    let assigned_to = with.assigned_to.as_ref().map(|(_, name)| name.as_str());
    let after = Kept { state: step.to, assigned_to, due_on: with.due_on, words: with.words.as_deref(), ..Kept::of(&entry) };
    let verb = match step.act {
        Act::Assign => "question.assign",
        Act::Answer => "question.answer",
        Act::Accept => "question.accept",
        Act::Return => "question.return",
        Act::Withdraw => "question.withdraw",
        Act::Record => "question.record",
    };
    deed.record(&scope, verb, format!("question {}", entry.id), [state(&Kept::of(&entry)), state(&after)]).await?;
    Ok(entry.id)
}

/// What the trail keeps of a question.
#[derive(Serialize)]
struct Kept<'a> {
    number: i32,
    state: State,
    assigned_to: Option<&'a str>,
    due_on: Option<NaiveDate>,
    /// What came with the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
}

impl<'a> Kept<'a> {
    fn of(entry: &'a QuestionEntry) -> Self {
        let assigned_to = entry.assigned_to.as_ref().map(|(_, name)| name.as_str());
        Self { number: entry.number, state: entry.state, assigned_to, due_on: entry.due_on, words: None }
    }
}
