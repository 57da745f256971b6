//! What a release waits for: the approval of the remit's returns, and the forums before it in the cascade.

use std::collections::{BTreeSet, HashMap, HashSet};

use rules::cycle::{State, is_approved};
use rules::period::Period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store;
use crate::access::Scope;
use crate::error::{Result, UserError};
use crate::forums::store::ForumEntry;
use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::packs::remit;
use crate::returns::claims::Claims;
use crate::returns::derive::returns_of;
use crate::returns::retired;
use crate::returns::workflow::workflow;
use crate::values::calendar::Calendar;

/// Returns and forums named in a message at most.
const NAMED_MAX: usize = 12;

/// What is to be released.
pub struct Wanted<'a> {
    pub catalogue: &'a Catalogue,
    /// The place of its edition in the calendar.
    pub at: usize,
    pub calendar: &'a Calendar,
    pub forum: &'a ForumEntry,
    pub period: Period,
    /// Indicators of the forum's remit.
    pub remit: &'a [&'a IndicatorEntry],
}

/// Returns of the remit that are not approved, as a person reads them. Three statements, and
/// one where indicators were retired; one while there is no workflow.
pub async fn not_approved(db: &impl ConnectionTrait, scope: &Scope, wanted: &Wanted<'_>) -> Result<Option<UserError>> {
    let workflow = workflow(db, scope, None).await?;
    if workflow.from.is_none() {
        return Ok(None);
    }
    let remit: HashSet<Uuid> = wanted.remit.iter().map(|entry| entry.id).collect();
    let inside = |period: Period| wanted.period.start() <= period.end() && period.end() <= wanted.period.end();
    let rows = wanted.calendar.editions.get(wanted.at).into_iter().flatten();
    let days = (wanted.period.start(), wanted.period.end());
    let kept = retired::kept(db, scope, [wanted.catalogue], days).await?;
    let claims = Claims::load(db, scope, days).await?;
    let returns: BTreeSet<(Period, Uuid)> = rows
        .filter(|row| inside(row.period) && workflow.covers(row.period))
        .flat_map(|row| returns_of(scope.council, wanted.calendar, (wanted.at, wanted.catalogue), row, &kept))
        .map(|mut of| {
            claims.settle(&mut of, wanted.catalogue);
            of
        })
        .filter(|of| of.figures.iter().any(|(indicator, _)| remit.contains(indicator)))
        .map(|of| (of.period, of.element))
        .collect();
    if returns.is_empty() {
        return Ok(None);
    }
    let elements: Vec<Uuid> = returns.iter().map(|(_, element)| *element).collect::<HashSet<_>>().into_iter().collect();
    let states = store::states(db, scope, &elements).await?;
    let open: Vec<String> = returns
        .iter()
        .filter_map(|(period, element)| {
            let state = states.get(&(*element, *period)).copied().unwrap_or(State::Open);
            let title = wanted.catalogue.element(*element).map_or("(unknown)", |element| element.title.as_str());
            let of = if *period == wanted.period { String::new() } else { format!(" for {}", period.words()) };
            (!is_approved(state)).then(|| format!("{title}{of} ({})", state.words().to_lowercase()))
        })
        .collect();
    let message = |named: String| {
        format!(
            "These returns are not approved: {named}. Have them approved, or say in `despite` why what is approved goes to {} all the same.",
            wanted.forum.title
        )
    };
    Ok((!open.is_empty()).then(|| UserError::new("NOT_APPROVED", message(listed(&open)), Some(&["input", "despite"]))))
}

/// Forums before this one in the cascade that look at some of the same and were not given the period. Two statements.
pub async fn out_of_order(
    db: &impl ConnectionTrait,
    scope: &Scope,
    wanted: &Wanted<'_>,
    forums: &[ForumEntry],
) -> Result<Option<UserError>> {
    let earlier: Vec<&ForumEntry> = forums.iter().filter(|forum| forum.position < wanted.forum.position).collect();
    if earlier.is_empty() {
        return Ok(None);
    }
    let codes = store::remits(db, scope).await?;
    let given_until = store::given_until(db, scope).await?;
    let own: HashSet<Uuid> = wanted.remit.iter().map(|entry| entry.id).collect();
    let mut waiting = Vec::new();
    for forum in earlier {
        let remit = remit::given(wanted.catalogue, forum, codes.get(&forum.id).map_or(&[], Vec::as_slice), wanted.period)?;
        let shares = remit.iter().any(|entry| own.contains(&entry.id));
        if shares && given_until.get(&forum.id).is_none_or(|until| *until < wanted.period.end()) {
            waiting.push(forum.title.clone());
        }
    }
    let message = |named: String| {
        format!(
            "{} comes after {named} in the cascade, and {} was not released there yet. Say in `despite` why the order is left.",
            wanted.forum.title,
            wanted.period.words()
        )
    };
    Ok((!waiting.is_empty()).then(|| UserError::new("CASCADE_ORDER", message(listed(&waiting)), Some(&["input", "despite"]))))
}

fn listed(all: &[String]) -> String {
    let (named, rest) = all.split_at(all.len().min(NAMED_MAX));
    let named = named.join(", ");
    if rest.is_empty() { named } else { format!("{named} and {} more", rest.len()) }
}

/// Where each return stands that has a row.
pub type States = HashMap<(Uuid, Period), State>;
