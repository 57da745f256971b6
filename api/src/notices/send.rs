//! Sending reminders: each taken by one node, sent, and then said to be sent.

use std::time::SystemTime;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use exporters::Language;
use futures::StreamExt;
use rules::cycle;
use rules::permission::{Permission, ScopeKind};
use rules::reminder::{Kind, TRIED_SECONDS_MAX, pause_seconds};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::about::About;
use super::mail::Addressee;
use super::store::{self, Setting};
use super::{Channel, State, warned, webhook};
use crate::access::{Scope, Target};
use crate::app::App;
use crate::councils::brand::service as brand;
use crate::error::{ContextExt, Result};
use crate::people::holders::Eligible;
use crate::people::store::PersonEntry;
use crate::people::target;

/// Reminders looked for at a time, and sent at the same time: a receiver that does not answer keeps few waiting.
const BATCH: usize = 200;
const AT_ONCE: usize = 8;
/// How long a reminder stays with the node that took it: longer than any try takes. A node that died is made up for then.
const LEASE: Duration = Duration::minutes(3);

/// A reminder that was taken to be sent.
pub struct Waiting {
    pub id: Uuid,
    pub subject: String,
    pub channel: Channel,
    pub about: About,
    /// This try among them.
    pub attempts: i32,
    pub created_at: DateTime<Utc>,
    pub person: Option<PersonEntry>,
    /// As the council has them now.
    pub setting: Setting,
}

/// How a try ended.
#[derive(Debug)]
pub enum Outcome {
    Sent,
    /// It did not go through, and may later.
    Again(String),
    /// It never will.
    Never(String),
    /// Nobody needs it any more.
    Unneeded(&'static str),
}

/// Sends what waits; answers how many were taken up.
pub async fn send(app: &App) -> Result<usize> {
    let mut taken = 0;
    loop {
        let turn = store::whose_turn(app, app.clock.now(), BATCH).await?;
        if turn.is_empty() {
            return Ok(taken);
        }
        let tries: Vec<Result<bool>> = futures::stream::iter(turn).map(|which| one(app, which)).buffer_unordered(AT_ONCE).collect().await;
        let mut mine = 0;
        for tried in tries {
            mine += usize::from(tried?);
        }
        taken += mine;
        // Whatever is left, another node has in hand.
        if mine == 0 {
            return Ok(taken);
        }
    }
}

/// Tries one reminder; no when another node has it.
async fn one(app: &App, which: (Uuid, Uuid)) -> Result<bool> {
    let tx = app.db.note(which.0).await?;
    let now = app.clock.now();
    if !store::claim(&tx, which, now, now + LEASE).await? {
        return Ok(false);
    }
    tx.commit().await?;
    let snapshot = app.db.snapshot(which.0).await?;
    let Some(waiting) = store::taken(&*snapshot, which).await? else { return Ok(false) };
    let scope = Scope::of_job(which.0, Uuid::nil());
    let outcome = match unneeded(&*snapshot, &scope, &waiting, now.date_naive()).await? {
        Some(why) => Outcome::Unneeded(why),
        None => {
            let tags = brand::languages(brand::of(&*snapshot, &scope, None).await?.as_ref())?;
            let language = tags.iter().find_map(|tag| app.languages.find(tag)).cloned().unwrap_or_else(Language::english);
            // Nobody waits for a connection while somebody else's server thinks.
            drop(snapshot);
            deliver(app, &waiting, &language).await?
        }
    };
    note(app, which, &waiting, outcome).await?;
    Ok(true)
}

/// Why nobody needs a reminder any more; none while it stands.
async fn unneeded(db: &impl ConnectionTrait, scope: &Scope, waiting: &Waiting, today: NaiveDate) -> Result<Option<&'static str>> {
    if let Some(person) = &waiting.person
        && !answers_for_it(db, scope, waiting, person, today).await?
    {
        return Ok(Some("The person does not answer for it any more."));
    }
    let goes = match waiting.channel {
        Channel::Mail => waiting.setting.by_mail,
        Channel::Webhook => waiting.setting.url.is_some(),
    };
    if !goes {
        return Ok(Some("The council sends no reminders this way any more."));
    }
    let id = of_subject(waiting)?;
    let stands = match waiting.about.kind {
        Kind::ReturnDue | Kind::ReturnOverdue => {
            cycle::takes_figures(store::return_state(db, scope, id).await?.unwrap_or(cycle::State::Open))
        }
        Kind::ReturnQueried => {
            matches!(store::return_state(db, scope, id).await?, Some(cycle::State::Queried | cycle::State::LateQueried))
        }
        Kind::QuestionDue | Kind::QuestionOverdue => {
            store::still_owes(db, scope, id, waiting.person.as_ref().map(|person| person.id)).await?
        }
        Kind::EarlyWarning if !waiting.setting.warnings => {
            return Ok(Some("The council has its webhook told of no warnings any more."));
        }
        Kind::EarlyWarning => warned::still(db, scope, id, today).await?,
    };
    Ok((!stands).then_some("It was done meanwhile."))
}

/// Whether somebody is still in use, and may still submit the return or answer the question a reminder is of: rights are read
/// when it is sent.
async fn answers_for_it(
    db: &impl ConnectionTrait,
    scope: &Scope,
    waiting: &Waiting,
    person: &PersonEntry,
    today: NaiveDate,
) -> Result<bool> {
    if person.suspended_at.is_some() {
        return Ok(false);
    }
    let (permission, target) = match &waiting.about.of_return {
        Some(of) => (Permission::SubmitReturn, target::find(db, scope, ScopeKind::Element, &of.element, today).await?),
        None => (Permission::AnswerQuestion, asked_about(db, scope, of_subject(waiting)?, today).await?),
    };
    let Some(target) = target else { return Ok(false) };
    let eligible = Eligible::load(db, scope, permission, today).await?;
    Ok(eligible.able(target).iter().any(|one| one.person.id == person.id))
}

/// What a question is about, as far as the right to answer it goes; none where there is no such question.
async fn asked_about(db: &impl ConnectionTrait, scope: &Scope, question: Uuid, today: NaiveDate) -> Result<Option<Target>> {
    let Some((indicator, element)) = store::asked_about(db, scope, question).await? else { return Ok(None) };
    let Some(id) = indicator else { return Ok(Some(element.map_or(Target::Anywhere, Target::Element))) };
    let owner = target::owners(db, scope, &[id], today).await?.remove(&id).unwrap_or_default();
    Ok(Some(Target::Indicator { id, owner }))
}

/// The id of the return or question a reminder is of.
fn of_subject(waiting: &Waiting) -> Result<Uuid> {
    let id = waiting.subject.split(' ').nth(1).unwrap_or_default();
    Uuid::try_parse(id).context("reading what a reminder is about")
}

async fn deliver(app: &App, waiting: &Waiting, language: &Language) -> Result<Outcome> {
    let now = app.clock.now();
    match (waiting.channel, &waiting.person) {
        (Channel::Mail, Some(person)) => {
            let Some(mailer) = &app.notices.mail else {
                return Ok(Outcome::Again("This node has no mail relay.".to_owned()));
            };
            let Some(reminder) = waiting.about.reminder(&person.name) else {
                return Ok(Outcome::Never("It is about nothing known.".to_owned()));
            };
            let to = Addressee { name: &person.name, email: &person.email };
            Ok(mailer.send(waiting.id, &to, reminder.letter(language), SystemTime::from(now)).await)
        }
        (Channel::Mail, None) => Ok(Outcome::Never("It is for nobody.".to_owned())),
        (Channel::Webhook, _) => {
            let (Some(url), Some(salt)) = (&waiting.setting.url, &waiting.setting.salt) else {
                return Ok(Outcome::Unneeded("The council sends no reminders this way any more."));
            };
            let secret = webhook::secret(app, waiting.setting.council, salt)?;
            let body = serde_json::to_string(&Told { id: waiting.id, about: &waiting.about }).context("telling a webhook")?;
            Ok(app.notices.hook.send(waiting.id, (url, &secret), body, now).await)
        }
    }
}

/// What a webhook is told.
#[derive(serde::Serialize)]
struct Told<'a> {
    id: Uuid,
    #[serde(flatten)]
    about: &'a About,
}

/// Notes how a try ended. After a day of trying, a reminder is given up.
async fn note(app: &App, which: (Uuid, Uuid), waiting: &Waiting, outcome: Outcome) -> Result<()> {
    let now = app.clock.now();
    let next_at = now + Duration::seconds(pause_seconds(waiting.attempts));
    let late = next_at - waiting.created_at > Duration::seconds(TRIED_SECONDS_MAX);
    let (state, next_at, why) = match &outcome {
        Outcome::Sent => (State::Sent, None, None),
        Outcome::Unneeded(why) => (State::Dropped, None, Some(*why)),
        Outcome::Again(why) if !late => (State::Waiting, Some(next_at), Some(why.as_str())),
        Outcome::Again(why) | Outcome::Never(why) => (State::Failed, None, Some(why.as_str())),
    };
    let tx = app.db.note(which.0).await?;
    store::mark(&tx, which, state, (now, next_at), why).await?;
    tx.commit().await
}
