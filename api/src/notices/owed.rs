//! What a council's people owe on a day, and who is to be reminded of it.

use chrono::{Duration, NaiveDate};
use rules::cycle::{self, State};
use rules::permission::Permission;
use rules::reminder::{Due, Kind, OVERDUE_DAYS_MAX, Schedule};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::about::{About, AboutQuestion, AboutReturn};
use super::store;
use crate::access::{Scope, Target};
use crate::error::Result;
use crate::people::holders::Eligible;
use crate::people::store::PersonEntry;
use crate::returns::book::{Book, Wanted};

/// Something people are reminded of: once for each of them, and once for the council's webhook.
#[derive(Debug)]
pub struct Owed {
    /// `return …` or `question …`, with its id.
    pub subject: String,
    pub about: About,
    /// What makes this reminder another than the last of the same: its day, or the revision it is about.
    pub mark: String,
    pub people: Vec<PersonEntry>,
}

/// An answer a committee waits for.
#[derive(Debug)]
pub struct Answer {
    pub id: Uuid,
    pub number: i32,
    pub due_on: NaiveDate,
    pub person: PersonEntry,
}

/// The council as reminders name it.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    pub code: &'a str,
    pub name: &'a str,
}

impl Of<'_> {
    pub fn about(self, kind: Kind, due_on: Option<NaiveDate>) -> About {
        About {
            kind,
            council: self.code.to_owned(),
            council_name: self.name.to_owned(),
            of_return: None,
            question: None,
            due_on,
            warning: None,
        }
    }
}

/// Everything owed on a day: a fixed number of statements.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope, of: Of<'_>, schedule: Schedule, today: NaiveDate) -> Result<Vec<Owed>> {
    let mut owed = returns(db, scope, of, schedule, today).await?;
    owed.extend(answers(db, scope, of, schedule, today).await?);
    Ok(owed)
}

/// Returns the service still has, in periods that take figures. Where returns do not go through states nobody says when one is
/// done, and nobody is reminded.
async fn returns(db: &impl ConnectionTrait, scope: &Scope, of: Of<'_>, schedule: Schedule, today: NaiveDate) -> Result<Vec<Owed>> {
    let book = Book::load(db, scope, Wanted::Lately, today).await?;
    let mut owed = Vec::new();
    for one in book.returns.iter().filter(|one| one.open && book.workflow.covers(one.period) && waits(book.state(one))) {
        let Some(element) = book.catalogue(one).and_then(|catalogue| catalogue.element(one.element)) else { continue };
        let due = one.due_on.filter(|_| cycle::takes_figures(book.state(one))).and_then(|last_day| schedule.due(last_day, today));
        // Whoever left it alone for three months is not reminded for ever.
        let lately = book.changed_at(one).is_some_and(|at| (today - at.date_naive()).num_days() <= OVERDUE_DAYS_MAX);
        let is_queried = matches!(book.state(one), State::Queried | State::LateQueried) && lately;
        let queried = is_queried.then(|| (Kind::ReturnQueried, format!("revision {}", book.revision(one))));
        let dated = due.map(|Due { day, overdue }| (if overdue { Kind::ReturnOverdue } else { Kind::ReturnDue }, day.to_string()));
        for (kind, mark) in queried.into_iter().chain(dated) {
            let of_return = Some(AboutReturn::new(one.id, (&element.code, &element.title), one.period));
            let about = About { of_return, ..of.about(kind, one.due_on) };
            owed.push((one.element, Owed { subject: format!("return {}", one.id), about, mark, people: Vec::new() }));
        }
    }
    if owed.is_empty() {
        return Ok(Vec::new());
    }
    let eligible = Eligible::load(db, scope, Permission::SubmitReturn, today).await?;
    let people = |element: Uuid| eligible.able(Target::Element(element)).into_iter().map(|one| one.person).collect();
    Ok(owed.into_iter().map(|(element, owed)| Owed { people: people(element), ..owed }).collect())
}

/// Whether a return in a state is the service's to move on.
fn waits(state: State) -> bool {
    cycle::takes_figures(state) || state == State::LateQueried
}

async fn answers(db: &impl ConnectionTrait, scope: &Scope, of: Of<'_>, schedule: Schedule, today: NaiveDate) -> Result<Vec<Owed>> {
    let by = today.checked_add_signed(Duration::days(i64::from(schedule.days_before))).unwrap_or(today);
    let found = store::answers(db, scope, by).await?;
    let owed = found.into_iter().filter_map(|answer| {
        let Due { day, overdue } = schedule.due(answer.due_on, today)?;
        let kind = if overdue { Kind::QuestionOverdue } else { Kind::QuestionDue };
        let question = Some(AboutQuestion::new(answer.id, answer.number));
        let about = About { question, ..of.about(kind, Some(answer.due_on)) };
        Some(Owed { subject: format!("question {}", answer.id), about, mark: day.to_string(), people: vec![answer.person] })
    });
    Ok(owed.collect())
}
