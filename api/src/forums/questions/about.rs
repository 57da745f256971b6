//! What a question, or an item of a work programme, is about: an indicator or an element by its ref.

use std::collections::HashSet;

use async_graphql::Context;
use chrono::{Datelike, NaiveDate};
use rules::measure::ForumGets;
use rules::period::Period;
use uuid::Uuid;

use crate::access::Scope;
use crate::access::scope::Within;
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::Deed;
use crate::forums::store::ForumEntry;
use crate::frameworks::{self, Catalogue, IndicatorEntry};
use crate::graphql::session::session;
use crate::packs::remit;
use crate::people::target;
use crate::values::reading::Readings;

/// Refs as somebody wrote them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    pub indicator: Option<&'a str>,
    pub element: Option<&'a str>,
}

/// The same by id; at most one.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    pub indicator: Option<Uuid>,
    pub element: Option<Uuid>,
}

/// Finds what refs name, in the edition of a period, or of today. Of a forum: among what it is given of its remit, or for
/// whoever is of the whole council in all of its remit; and of that what whoever names it may read by name, as part of the
/// framework or because it was released to them. What is outside looks like what is not there. The statements are those of a
/// framework, and one more for whoever reads what was released.
pub async fn find(
    deed: &Deed<'_>,
    scope: &Scope,
    forum: Option<&ForumEntry>,
    named: Named<'_>,
    period: Option<Period>,
) -> Result<About, Refusal> {
    let today = deed.today();
    match (named.indicator, named.element) {
        (None, None) => return Ok(About::default()),
        (Some(_), Some(_)) => {
            let message = "Name an indicator or an element, not both.";
            return Err(UserError::new("ABOUT_ONE_THING", message, Some(&["input", "element"])).into());
        }
        _ => {}
    }
    let Some(catalogue) = frameworks::service::catalogue(&**deed.tx, scope, period, None).await? else {
        let message = "No edition of the framework stands then.";
        return Err(UserError::new("NO_FRAMEWORK", message, Some(&["input", "period"])).into());
    };
    let month = Period::month(today.year(), today.month());
    let whole = matches!(scope.within, Within::Council);
    let readings = Readings::of(deed.actor, &**deed.tx, today).await?;
    let inside = Inside { forum, whole, period: period.or(month), today, readings };
    let found = match (named.indicator, named.element) {
        (Some(code), _) => About { indicator: inside.indicator(&catalogue, code.trim())?, element: None },
        (_, Some(code)) => About { element: inside.element(&catalogue, code.trim()), indicator: None },
        _ => About::default(),
    };
    if found.indicator.or(found.element).is_some() {
        return Ok(found);
    }
    let (what, field) = if named.indicator.is_some() { ("indicator", "indicator") } else { ("element", "element") };
    let code = named.indicator.or(named.element).unwrap_or_default();
    let among = forum.map_or_else(|| "in the framework".to_owned(), |forum| format!("in the remit of {}", forum.title));
    let message = format!("There is no {what} {code} {among}.");
    Err(UserError::new(if what == "indicator" { "INDICATOR_NOT_FOUND" } else { "ELEMENT_NOT_FOUND" }, message, Some(&["input", field]))
        .into())
}

/// Where refs are looked for.
struct Inside<'a> {
    forum: Option<&'a ForumEntry>,
    /// Whether all of the remit is looked at, or what of it the forum is given.
    whole: bool,
    period: Option<Period>,
    today: NaiveDate,
    /// Of whoever names them.
    readings: Readings,
}

impl Inside<'_> {
    fn indicator(&self, catalogue: &Catalogue, code: &str) -> Result<Option<Uuid>> {
        let read = |entry: &&IndicatorEntry| self.readings.names(entry.id, entry.owner);
        let Some(found) = catalogue.indicator_by_code(code).filter(read) else { return Ok(None) };
        let (Some(forum), Some(period)) = (self.forum, self.period) else { return Ok(Some(found.id)) };
        let gets = if self.whole { ForumGets::Everything } else { forum.gets };
        let all = ForumEntry { gets, ..forum.clone() };
        let codes: Vec<String> = forum.remit_names.iter().map(|(code, _)| code.clone()).collect();
        let given = remit::given(catalogue, &all, &codes, period)?;
        Ok(given.iter().any(|entry| entry.id == found.id).then_some(found.id))
    }

    /// Whether an element is read by name: as part of the framework, as one of the forum's remit, or with an indicator that was
    /// released, which names its owner and what it contributes to.
    fn knows(&self, catalogue: &Catalogue, element: Uuid, code: &str) -> bool {
        let in_remit = |forum: &ForumEntry| forum.remit_names.iter().any(|(of, _)| of.eq_ignore_ascii_case(code));
        let beside = |entry: &IndicatorEntry| entry.owner == element || entry.contributes_to.contains(&element);
        self.readings.element_in_framework(element)
            || self.forum.is_some_and(in_remit)
            || catalogue.indicators.iter().any(|entry| beside(entry) && self.readings.names(entry.id, entry.owner))
    }

    fn element(&self, catalogue: &Catalogue, code: &str) -> Option<Uuid> {
        let found = catalogue.element_by_code(code).filter(|element| self.knows(catalogue, element.id, &element.code))?;
        let Some(forum) = self.forum.filter(|forum| !forum.remit_names.is_empty()) else { return Some(found.id) };
        let remit: HashSet<String> = forum.remit_names.iter().map(|(code, _)| code.to_lowercase()).collect();
        let on = self.period.map_or(self.today, |period| period.end().min(self.today));
        catalogue.path(found.id, on).iter().any(|above| remit.contains(&above.code.to_lowercase())).then_some(found.id)
    }
}

/// Which of these indicators the viewer reads by name. Two statements at most; none for no indicators.
pub async fn read_by_name(ctx: &Context<'_>, mut indicators: Vec<Uuid>) -> Result<HashSet<Uuid>> {
    if indicators.is_empty() {
        return Ok(HashSet::new());
    }
    indicators.sort_unstable();
    indicators.dedup();
    let today = session(ctx).app.clock.today();
    let (readings, snapshot) = session(ctx).readings(today).await?;
    let scope = session(ctx).actor().await?.own_scope();
    let owners = target::owners(&**snapshot, &scope, &indicators, today).await?;
    indicators.retain(|id| readings.names(*id, owners.get(id).copied().unwrap_or_default()));
    Ok(indicators.into_iter().collect())
}
