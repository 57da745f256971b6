//! What a pack opens with: what its forum asked and is still owed, and what was settled since the last meeting's pack.

use chrono::{DateTime, Utc};
use exporters::pack::{PackAnswer, PackQuestion};
use rules::audience::Audience;
use rules::question::{State, overdue};
use sea_orm::ConnectionTrait;

use super::job::Order;
use crate::error::Result;
use crate::forums::questions::outstanding::{Standing, of_forum};

/// What is still owed, and what was settled; each by number.
pub struct Asked {
    pub outstanding: Vec<PackQuestion>,
    pub settled: Vec<PackQuestion>,
}

/// Gathers it as it stood when the pack was asked for, whenever its figures are of: a meeting is told what it is owed on that
/// day. `since` is when the last meeting's was asked for; `concerns` says whether a question is for the readers
/// of an element's edition, by the ref of the indicator or of the element it is about. Where a pack is of what was released, an
/// indicator that never was has no name in it. Two statements.
pub async fn asked(
    db: &impl ConnectionTrait,
    order: &Order,
    (audience, by_release): (Audience, bool),
    since: Option<DateTime<Utc>>,
    concerns: impl Fn(Option<&str>, Option<&str>) -> bool,
) -> Result<Asked> {
    let (pack, at) = (&order.pack, order.pack.created_at);
    // The public is given figures and what they mean: not who asked what, nor who is to answer.
    if audience == Audience::Public {
        return Ok(Asked { outstanding: Vec::new(), settled: Vec::new() });
    }
    let all = of_forum(db, &order.scope, pack.forum_id, at, since).await?;
    let code = |named: &Option<(String, String)>| named.as_ref().map(|(code, _)| code.clone());
    let own = all.iter().filter(|q| pack.element_id.is_none() || concerns(code(&q.indicator).as_deref(), code(&q.element).as_deref()));
    let (settled, outstanding) = own.map(|question| printed(question, audience, by_release, at)).partition(|q| q.state == State::Accepted);
    Ok(Asked { outstanding, settled })
}

fn printed(of: &Standing, audience: Audience, by_release: bool, at: DateTime<Utc>) -> PackQuestion {
    // An answer on an indicator whose words may speak of persons may speak of them too.
    let given = audience.sees_words(of.sensitive);
    let named = of.indicator.as_ref().filter(|_| of.given || !by_release);
    let about = named.or(of.element.as_ref()).map(|(code, title)| format!("{code} {title}"));
    PackQuestion {
        number: of.number,
        kind: of.kind,
        state: of.state,
        words: of.words.clone(),
        about,
        asked_by: of.asked_by.clone(),
        asked_on: of.asked_on,
        answers: of.assigned_to.clone(),
        due_on: of.due_on,
        overdue: overdue(of.state, of.due_on, at.date_naive()),
        answer: of.answer.as_ref().map(|(at, words)| PackAnswer { words: given.then(|| words.clone()), on: at.date_naive() }),
        returned: of.returned.clone().filter(|_| given),
    }
}
