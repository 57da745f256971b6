//! The question as the API shows it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::NaiveDate;
use rules::permission::Permission as P;
use rules::question::{self as life, Act, Keeper};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::rights::{self, Why, done_by};
use super::sight::Sight;
use super::store::{self, Filter, QuestionEntry, StepEntry};
use super::verbs::why_not;
use crate::access::{Scope, Target};
use crate::error::{Code, Error, Result};
use crate::forums::graphql::{Forum, Reference};
use crate::forums::meetings;
use crate::forums::meetings::graphql::{Meeting, Meetings};
use crate::forums::store::{ForumEntry, forums};
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::people::person::Person;
use crate::people::target;

/// Steps a question is reckoned to have, and people who may answer it, for the schema's limit.
const STEPS_EXPECTED: usize = 10;
/// People named at most.
const ANSWERERS_MAX: usize = 100;
/// Questions of several meetings shown together.
const OF_MEETINGS_MAX: usize = 2_000;
/// Answers that fall due, listed at most.
const DUE_MAX: usize = 500;
/// What one may do with a question, besides reading it.
const ABOUT_QUESTIONS: [P; 5] = [P::CallForInformation, P::AskQuestion, P::RecordQuestions, P::AnswerQuestion, P::RaiseRecommendation];

/// What is asked for.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "life::Kind")]
pub enum QuestionKind {
    /// An answer.
    Question,
    /// That something be done: the answer says whether it will be, by whom and when.
    Recommendation,
    /// A paper or figures.
    Information,
}

/// Where a question stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "life::State")]
pub enum QuestionState {
    /// On record; nobody was asked to answer it yet.
    Recorded,
    /// Somebody was asked to answer it by a day.
    Assigned,
    /// Answered; whoever asked has not said yet whether that will do.
    Answered,
    /// The answer will do.
    Accepted,
    /// The answer will not do: another is waited for.
    Returned,
    /// No longer asked.
    Withdrawn,
}

/// What is done about a question. `docs/questions.md` has all of it as a table.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "life::Act")]
pub enum QuestionAct {
    /// Put it on record.
    Record,
    /// Ask somebody to answer it by a day.
    Assign,
    /// Answer it.
    Answer,
    /// Say that the answer will do.
    Accept,
    /// Say that it will not.
    Return,
    /// Ask no longer.
    Withdraw,
}

/// Something that can be done about a question in the state it is in.
#[derive(SimpleObject)]
pub struct QuestionChoice {
    /// What.
    act: QuestionAct,
    /// Whether the viewer may do it now.
    possible: bool,
    /// Why not, in a sentence; null where they may.
    because: Option<String>,
}

/// Something that was done about a question. It never changes.
#[derive(Clone, SimpleObject)]
pub struct QuestionStep {
    /// What.
    act: QuestionAct,
    /// Where the question stood afterwards.
    state: QuestionState,
    /// Who did it, by name.
    person: String,
    /// When.
    at: DateTime,
    /// What came with it: the answer, what was missing in it, the committee's words, or why it was withdrawn.
    words: Option<String>,
    /// Who was to answer from then on, by name.
    assigned_to: Option<String>,
    /// And by which day.
    due_on: Option<Date>,
}

impl From<&StepEntry> for QuestionStep {
    fn from(step: &StepEntry) -> Self {
        Self {
            act: step.act.into(),
            state: step.to.into(),
            person: step.person.1.clone(),
            at: DateTime(step.at),
            words: step.words.clone(),
            assigned_to: step.assigned_to.clone(),
            due_on: step.due_on.map(Date),
        }
    }
}

/// Questions shown together, whose forums, meetings and histories are found together.
pub struct Questions {
    scope: Scope,
    entries: Vec<QuestionEntry>,
    forums: OnceCell<HashMap<Uuid, ForumEntry>>,
    meetings: OnceCell<HashMap<Uuid, Meeting>>,
    steps: OnceCell<HashMap<Uuid, Vec<StepEntry>>>,
    owners: OnceCell<HashMap<Uuid, Uuid>>,
}

impl Questions {
    fn of(scope: Scope, entries: Vec<QuestionEntry>) -> Arc<Self> {
        let (forums, meetings, steps, owners) = (OnceCell::new(), OnceCell::new(), OnceCell::new(), OnceCell::new());
        Arc::new(Self { scope, entries, forums, meetings, steps, owners })
    }

    /// Each of them, in order.
    fn all(self: &Arc<Self>) -> Vec<Question> {
        (0..self.entries.len()).map(|at| Question { set: Arc::clone(self), at }).collect()
    }

    async fn forums(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, ForumEntry>> {
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let all = forums(&**snapshot, &self.scope).await?;
            Ok(all.into_iter().map(|forum| (forum.id, forum)).collect())
        };
        self.forums.get_or_try_init(load).await
    }

    async fn meetings(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Meeting>> {
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let mut ids: Vec<Uuid> = self.entries.iter().filter_map(|entry| entry.meeting).collect();
            ids.sort_unstable();
            ids.dedup();
            let rows = meetings::store::these(&**snapshot, &self.scope, &ids).await?;
            let forums = self.forums(ctx).await?;
            let met = rows.into_iter().filter_map(|row| Some((forums.get(&row.forum_id)?.clone().into(), row)));
            let all = Meetings::of(met.map(|(forum, row)| (row, forum)))?.all();
            Ok(all.into_iter().map(|meeting| (meeting.row().id, meeting)).collect())
        };
        self.meetings.get_or_try_init(load).await
    }

    async fn steps(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Vec<StepEntry>>> {
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let ids: Vec<Uuid> = self.entries.iter().map(|entry| entry.id).collect();
            store::steps(&**snapshot, &self.scope, &ids).await
        };
        self.steps.get_or_try_init(load).await
    }

    async fn owners(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Uuid>> {
        let load = async || {
            let (snapshot, today) = (session(ctx).snapshot().await?, session(ctx).app.clock.today());
            let mut ids: Vec<Uuid> = self.entries.iter().filter_map(|entry| entry.indicator.as_ref().map(|(id, ..)| *id)).collect();
            ids.sort_unstable();
            ids.dedup();
            target::owners(&**snapshot, &self.scope, &ids, today).await
        };
        self.owners.get_or_try_init(load).await
    }
}

/// A question with those shown beside it.
#[derive(Clone)]
pub struct Question {
    set: Arc<Questions>,
    at: usize,
}

impl Question {
    pub fn entry(&self) -> &QuestionEntry {
        &self.set.entries[self.at]
    }

    async fn done(&self, ctx: &Context<'_>) -> Result<&[StepEntry]> {
        Ok(self.set.steps(ctx).await?.get(&self.entry().id).map_or(&[], Vec::as_slice))
    }

    /// The element that owns the indicator it is about.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Uuid>> {
        let Some((id, ..)) = &self.entry().indicator else { return Ok(None) };
        Ok(self.set.owners(ctx).await?.get(id).copied())
    }

    /// The step that gave the answer that stands; none before the first.
    async fn answered(&self, ctx: &Context<'_>) -> Result<Option<&StepEntry>> {
        Ok(self.done(ctx).await?.iter().rfind(|step| step.act == Act::Answer))
    }
}

/// A question, a recommendation or a call for information, and what was done about it.
#[Object]
impl Question {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Question, self.entry().id)
    }

    /// Its number in the council, by which people speak of it.
    async fn number(&self) -> i32 {
        self.entry().number
    }

    /// What is asked for.
    async fn kind(&self) -> QuestionKind {
        self.entry().kind.into()
    }

    /// Where it stands.
    async fn state(&self) -> QuestionState {
        self.entry().state.into()
    }

    /// The forum that asks; null for a call for information by the cabinet and a recommendation of internal audit.
    async fn forum(&self, ctx: &Context<'_>) -> Option<Result<Forum>> {
        let id = self.entry().forum?;
        self.set.forums(ctx).await.map(|forums| forums.get(&id).cloned().map(Into::into)).transpose()
    }

    /// The meeting it was asked at.
    async fn meeting(&self, ctx: &Context<'_>) -> Option<Result<Meeting>> {
        let id = self.entry().meeting?;
        self.set.meetings(ctx).await.map(|meetings| meetings.get(&id).cloned()).transpose()
    }

    /// The indicator it is about, by ref and its title now.
    async fn indicator(&self) -> Option<Reference> {
        named(self.entry().indicator.as_ref())
    }

    /// The element it is about.
    async fn element(&self) -> Option<Reference> {
        named(self.entry().element.as_ref())
    }

    /// The period it is about.
    async fn period(&self) -> Option<Period> {
        self.entry().period.map(Period)
    }

    /// What is asked, as it was put on record.
    async fn words(&self) -> &str {
        &self.entry().words
    }

    /// Which member asked, by name; null where it was the forum itself.
    async fn asked_by(&self) -> Option<&str> {
        self.entry().asked_by.as_deref()
    }

    /// Who put it on record, by name.
    async fn recorded_by(&self) -> &str {
        &self.entry().recorded_by.1
    }

    /// When it was put on record.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.entry().recorded_at)
    }

    /// Who is to answer, by name; null until somebody was asked to.
    async fn assigned_to(&self) -> Option<&str> {
        self.entry().assigned_to.as_ref().map(|(_, name)| name.as_str())
    }

    /// Whether the viewer is to answer.
    async fn assigned_to_viewer(&self, ctx: &Context<'_>) -> Option<Result<bool>> {
        let mine = async || {
            let actor = session(ctx).actor().await?;
            Ok(self.entry().assigned_to.as_ref().is_some_and(|(person, _)| *person == actor.person))
        };
        Some(mine().await)
    }

    /// The day by which the answer is wanted.
    async fn due_on(&self) -> Option<Date> {
        self.entry().due_on.map(Date)
    }

    /// Whether the answer is late today. An answer that was given is not, however long nobody says that it will do.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        let entry = self.entry();
        life::overdue(entry.state, entry.due_on, session(ctx).app.clock.today())
    }

    /// The answer that stands; of a question that was sent back, the one that would not do.
    async fn answer(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.answered(ctx).await.map(|step| step.and_then(|step| step.words.clone())).transpose()
    }

    /// Who gave it, by name.
    async fn answered_by(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.answered(ctx).await.map(|step| step.map(|step| step.person.1.clone())).transpose()
    }

    /// When.
    async fn answered_at(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        self.answered(ctx).await.map(|step| step.map(|step| DateTime(step.at))).transpose()
    }

    /// Everything that was done about it, in order; 200 at most.
    #[graphql(complexity = "STEPS_EXPECTED * child_complexity")]
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<QuestionStep>>> {
        let all = async || Ok(self.done(ctx).await?.iter().map(Into::into).collect());
        Some(all().await)
    }

    /// Grows with every step: give it back to act on the question as you saw it.
    async fn revision(&self) -> i32 {
        self.entry().revision
    }

    /// When anything was last done about it.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.entry().changed_at)
    }

    /// Who may be asked to answer it, in the order of their names: those whose roles let them today, and who did not ask
    /// themselves. For whoever keeps the question. 100 at most.
    #[graphql(complexity = "STEPS_EXPECTED * child_complexity")]
    async fn answerers(&self, ctx: &Context<'_>) -> Option<Result<Vec<Person>>> {
        let list = async || {
            let (entry, actor) = (self.entry(), session(ctx).actor().await?);
            rights::keeps(&actor, entry.keeper().permission(), entry.forum)?;
            let (about, history) = (entry.about(self.owner(ctx).await?), self.done(ctx).await?);
            let eligible = session(ctx).eligible(P::AnswerQuestion).await?;
            let asked_not = |person: &Uuid| {
                let did = done_by(*person, history);
                !matches!(
                    life::refused(Act::Answer, life::State::Assigned, (entry.kind, entry.keeper()), &did),
                    Err(life::Refused::Separate { .. })
                )
            };
            let able = eligible.able(about).into_iter().map(|able| able.person).filter(|person| asked_not(&person.id));
            Ok(able.take(ANSWERERS_MAX).map(Person::of).collect())
        };
        Some(list().await)
    }

    /// What can be done about it in the state it is in, and whether the viewer may.
    async fn viewer_acts(&self, ctx: &Context<'_>) -> Option<Result<Vec<QuestionChoice>>> {
        let all = async || {
            let (entry, actor) = (self.entry(), session(ctx).actor().await?);
            let (owner, history) = (self.owner(ctx).await?, self.done(ctx).await?);
            let choice = |step: &life::Step| {
                let because = match rights::may(&actor, entry, owner, (step.act, history)) {
                    Ok(_) => None,
                    Err(Why::Right(missing)) => Some(missing.message),
                    Err(Why::Rule(refused)) => Some(why_not(refused)),
                };
                QuestionChoice { act: step.act.into(), possible: because.is_none(), because }
            };
            Ok(life::steps_from(entry.state).map(choice).collect())
        };
        Some(all().await)
    }

    /// What the viewer may do with questions like it; `viewerActs` says what of that now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || {
            let (entry, actor, owner) = (self.entry(), session(ctx).actor().await?, self.owner(ctx).await?);
            let covers = |permission: &P| match (permission, entry.about(owner)) {
                (P::AnswerQuestion, Target::Indicator { id, owner }) => {
                    actor.scope_for(*permission).is_ok_and(|scope| scope.covers_indicator(id, owner))
                }
                (P::AnswerQuestion, Target::Element(id)) => actor.scope_for(*permission).is_ok_and(|scope| scope.covers_element(id)),
                (P::AnswerQuestion, _) => {
                    actor.scope_for(*permission).is_ok() && entry.assigned_to.as_ref().is_some_and(|(person, _)| *person == actor.person)
                }
                _ => rights::keeps(&actor, *permission, entry.forum).is_ok(),
            };
            // Calls are the cabinet's alone, whatever a forum asks.
            let of_this = |p: &P| *p != P::CallForInformation || entry.keeper() == Keeper::Cabinet;
            Ok(ABOUT_QUESTIONS.iter().filter(|p| of_this(p) && covers(p)).map(|p| (*p).into()).collect())
        };
        Some(can().await)
    }
}

fn named(of: Option<&(Uuid, String, String)>) -> Option<Reference> {
    of.map(|(_, code, title)| Reference { code: code.clone(), title: title.clone() })
}

crate::connection! {
    /// A page of questions.
    QuestionConnection, QuestionEdge, Question
}

/// Which questions are asked for.
#[derive(Default)]
pub struct Asked {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub forum: Option<Uuid>,
    pub state: Option<life::State>,
    pub kind: Option<life::Kind>,
    pub outstanding: Option<bool>,
    pub overdue: Option<bool>,
    /// Those the viewer is to answer.
    pub mine: bool,
    pub indicator: Option<String>,
}

/// Questions the viewer sees, the latest first.
pub async fn connection(ctx: &Context<'_>, asked: Asked) -> Result<QuestionConnection> {
    let ask = Ask::new(asked.first, asked.after.as_deref())?;
    let malformed = |_| Error::bad_input("`after` is not a cursor of this connection.");
    let after = ask.after.as_deref().map(str::parse::<i32>).transpose().map_err(malformed)?;
    let (actor, today) = (session(ctx).actor().await?, session(ctx).app.clock.today());
    let sight = Sight::of(&actor)?;
    let snapshot = session(ctx).snapshot().await?;
    let filter = Filter {
        forum: asked.forum,
        state: asked.state,
        kind: asked.kind,
        outstanding: asked.outstanding,
        overdue: asked.overdue.map(|overdue| (overdue, today)),
        assigned_to: asked.mine.then_some(actor.person),
        indicator: asked.indicator,
        ..Filter::default()
    };
    let total = if ctx.look_ahead().field("totalCount").exists() { store::count(&**snapshot, &sight, &filter).await? } else { 0 };
    let rows = store::page(&**snapshot, &sight, &filter, after, ask.first.saturating_add(1)).await?;
    let set = Questions::of(sight.scope, rows);
    Ok(QuestionConnection::fetched(set.all(), &ask, total, |question| question.entry().number.to_string(), Question::clone))
}

/// Questions of these meetings that the viewer sees, by number; none for whoever sees none at all.
pub async fn of_meetings(ctx: &Context<'_>, meetings: &[Uuid]) -> Result<HashMap<Uuid, Vec<Question>>> {
    let mut found: HashMap<Uuid, Vec<Question>> = HashMap::new();
    let Some(sight) = sight_if_any(ctx).await? else { return Ok(found) };
    let snapshot = session(ctx).snapshot().await?;
    let filter = Filter { meetings: Some(meetings.to_vec()), ..Filter::default() };
    let mut rows = store::page(&**snapshot, &sight, &filter, None, OF_MEETINGS_MAX + 1).await?;
    if rows.len() > OF_MEETINGS_MAX {
        return Err(Error::limit(format!("These meetings have more than {OF_MEETINGS_MAX} questions: ask for fewer meetings.")));
    }
    rows.reverse();
    for question in Questions::of(sight.scope, rows).all() {
        if let Some(meeting) = question.entry().meeting {
            found.entry(meeting).or_default().push(question);
        }
    }
    Ok(found)
}

/// Questions of a forum the viewer sees whose answer falls due in these days, by day and number.
pub async fn due_in(ctx: &Context<'_>, forum: Uuid, days: (NaiveDate, NaiveDate)) -> Result<Vec<Question>> {
    let Some(sight) = sight_if_any(ctx).await? else { return Ok(Vec::new()) };
    let snapshot = session(ctx).snapshot().await?;
    let filter = Filter { forum: Some(forum), due: Some(days), ..Filter::default() };
    let mut rows = store::page(&**snapshot, &sight, &filter, None, DUE_MAX + 1).await?;
    if rows.len() > DUE_MAX {
        return Err(Error::limit(format!("More than {DUE_MAX} answers fall due in these days: ask for less.")));
    }
    rows.sort_by_key(|question| (question.due_on, question.number));
    Ok(Questions::of(sight.scope, rows).all())
}

/// Questions the viewer sees, shown together.
pub fn dressed(scope: Scope, entries: Vec<QuestionEntry>) -> Vec<Question> {
    Questions::of(scope, entries).all()
}

/// A question the viewer sees.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Question>> {
    let Some(sight) = sight_if_any(ctx).await? else { return Ok(None) };
    let snapshot = session(ctx).snapshot().await?;
    let found = store::find(&**snapshot, &sight, id).await?;
    Ok(found.and_then(|entry| Questions::of(sight.scope, vec![entry]).all().pop()))
}

async fn sight_if_any(ctx: &Context<'_>) -> Result<Option<Sight>> {
    match Sight::of(&*session(ctx).actor().await?) {
        Err(missing) if missing.code == Code::Forbidden => Ok(None),
        sight => sight.map(Some),
    }
}
