//! Which warnings somebody sees, and one of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::Context;
use chrono::NaiveDate;
use rules::permission::Permission;
use rules::warning::{Kind, Subject as SubjectKind};
use uuid::Uuid;

use super::warning::{Shown, Warning, WarningConnection};
use super::words::{WarningKind, WarningState};
use crate::access::Actor;
use crate::db::Snapshot;
use crate::delivery::held::natural;
use crate::error::{Error, Result};
use crate::frameworks::Catalogue;
use crate::graphql::page::Ask;
use crate::graphql::scalars::Date;
use crate::graphql::session::session;
use crate::indicators::graphql::Page;
use crate::values::reading::Readings;
use crate::warnings::book::RuleBook;
use crate::warnings::eyes::{Eyes, Seat, acts_on, may_look};
use crate::warnings::standing::{Found, Standing, standing};
use crate::warnings::store;

/// Which warnings are asked for.
#[derive(Default)]
pub struct Wanted {
    pub at: Option<Date>,
    pub kind: Option<Vec<WarningKind>>,
    pub state: Option<Vec<WarningState>>,
    pub first: Option<i32>,
    pub after: Option<String>,
}

/// A day warnings can be asked about: today, or one before.
pub fn day(ctx: &Context<'_>, at: Option<Date>) -> Result<NaiveDate> {
    let today = session(ctx).app.clock.today();
    match at {
        Some(Date(at)) if at > today => {
            Err(Error::bad_input(format!("`at` is today, {today}, or a day before: nobody knows what will fire.")))
        }
        Some(Date(at)) => Ok(at),
        None => Ok(today),
    }
}

/// Warnings the viewer may see: by rule, then by the ref of what they are about.
pub async fn connection(ctx: &Context<'_>, wanted: Wanted) -> Result<WarningConnection> {
    let ask = Ask::new(wanted.first, wanted.after.as_deref())?;
    let on = day(ctx, wanted.at)?;
    let kinds: Option<Vec<Kind>> = wanted.kind.map(|kinds| kinds.into_iter().map(Into::into).collect());
    let states: Option<Vec<_>> = wanted.state.map(|states| states.into_iter().map(crate::warnings::handling::State::from).collect());
    let mut all = seen(ctx, kinds.as_deref(), on).await?;
    all.retain(|one| states.as_ref().is_none_or(|states| states.contains(&one.state_now())));
    Ok(WarningConnection::of(&all, &ask, |one| one.uuid().to_string(), Warning::clone))
}

/// Every warning that stands on a day and that the viewer may see.
pub async fn seen(ctx: &Context<'_>, kinds: Option<&[Kind]>, on: NaiveDate) -> Result<Vec<Warning>> {
    let session = session(ctx);
    let actor = session.actor().await?;
    may_look(&actor)?;
    let (readings, snapshot) = session.readings(on).await?;
    let eyes = Eyes::Viewer { actor: &actor, readings: &readings };
    let rules = RuleBook::load(&**snapshot, &eyes.scope()).await?.of_kinds(kinds);
    let Found { catalogue, mut warnings, .. } = standing(&snapshot, &eyes, rules, on).await?;
    warnings.sort_by_cached_key(|one| (one.key.kind, natural(&one.named.code), one.named.period, one.key));
    dressed(&snapshot, (&actor, &readings), catalogue, warnings, on).await
}

/// Dresses warnings with what was done about them. One statement.
async fn dressed(
    snapshot: &Snapshot,
    (actor, readings): (&Actor, &Readings),
    catalogue: Option<Arc<Catalogue>>,
    warnings: Vec<Standing>,
    on: NaiveDate,
) -> Result<Vec<Warning>> {
    let council = actor.council.id;
    let ids: Vec<Uuid> = warnings.iter().map(|one| one.key.id(council)).collect();
    let mut steps = if ids.is_empty() { HashMap::new() } else { store::steps(&**snapshot, &actor.own_scope(), &ids).await? };
    let indicators: HashSet<Uuid> =
        warnings.iter().filter(|one| one.key.subject.kind == SubjectKind::Indicator).map(|one| one.key.subject.id).collect();
    let page = catalogue.as_ref().map(|of| Page::new(Arc::clone(of), on, None, indicators.into_iter().collect()));
    let act = actor.scope_for(Permission::ActOnWarnings).ok();
    let dress = |one: Standing| {
        let words = words_shown(readings, catalogue.as_deref(), &one.seat);
        let acts = act.as_ref().is_some_and(|scope| acts_on(scope, &one.seat));
        let steps = steps.remove(&one.key.id(council)).unwrap_or_default();
        Shown { council, one, steps, on, page: page.clone(), words, acts }.into()
    };
    Ok(warnings.into_iter().map(dress).collect())
}

/// Whether whoever reads a subject is shown what people wrote of it: as beside its figures.
fn words_shown(readings: &Readings, catalogue: Option<&Catalogue>, seat: &Seat) -> bool {
    let Seat::Indicator { id, owner } = seat else { return true };
    let sensitive = catalogue.and_then(|of| of.indicator(*id)).is_none_or(|entry| entry.latest().sensitive);
    readings.reading(*id, *owner).is_some_and(|reading| reading.audience().sees_words(sensitive))
}

/// A warning that stands today and that the viewer may see, by its id.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Warning>> {
    let today = session(ctx).app.clock.today();
    Ok(seen(ctx, None, today).await?.into_iter().find(|one| one.uuid() == id))
}
