//! The question as the API shows it.

use async_graphql::{Context, ID, Object};
use rules::permission::Permission as P;
use rules::question::{self as life, Act, Keeper};
use uuid::Uuid;

pub use super::listing::{Asked, connection, dressed, due_in, find, of_meetings};
use super::rights::{self, Why, done_by};
pub use super::set::Question;
use super::verbs::why_not;
use super::words::QuestionStep;
pub use super::words::{QuestionAct, QuestionChoice, QuestionKind, QuestionState};
use crate::access::Target;
use crate::error::Result;
use crate::forums::graphql::{Forum, Reference};
use crate::forums::meetings::graphql::Meeting;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::people::person::Person;

/// Steps a question is reckoned to have, and people who may answer it, for the schema's limit.
const STEPS_EXPECTED: usize = 10;
/// People named at most.
const ANSWERERS_MAX: usize = 100;
/// What one may do with a question, besides reading it.
const ABOUT_QUESTIONS: [P; 5] = [P::CallForInformation, P::AskQuestion, P::RecordQuestions, P::AnswerQuestion, P::RaiseRecommendation];

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

    /// The indicator it is about, by ref and its title when the question was put on record; null for whoever was never given it.
    async fn indicator(&self, ctx: &Context<'_>) -> Option<Result<Reference>> {
        self.indicator_read(ctx).await.map(named).transpose()
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
