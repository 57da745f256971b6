//! Marking what becomes of indicators in the next edition.

use std::collections::HashSet;

use rules::measure::{Disposition, FrameworkState};
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::{Deed, WORDS_CHARACTERS_MAX, edition, words};
use crate::audit::{self, Event};
use crate::editions::store::{self, Mark};
use crate::error::{Refusal, Result, UserError};
use crate::frameworks;

/// Indicators marked at once: more than the largest councils have.
const MARKS_MAX: usize = 1_000;
/// Codes named in a message at most.
const NAMED_MAX: usize = 10;

/// What an indicator is to be marked.
#[derive(Debug, Clone)]
pub struct MarkInput {
    /// Its code.
    pub indicator: String,
    /// None takes a mark away.
    pub disposition: Option<Disposition>,
    pub reason: Option<String>,
}

/// One mark as the audit trail keeps it.
#[derive(Serialize)]
struct Marked<'a> {
    indicator: &'a str,
    disposition: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// Marks indicators of an edition, all or none; answers the edition.
pub async fn mark(deed: &Deed<'_>, council: &str, label: Option<&str>, marks: &[MarkInput]) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::EditFramework)?;
    deed.own(council)?;
    let editions = frameworks::store::editions(&**deed.tx, &scope, None).await?;
    let edition = edition(&editions, label, deed.today(), "edition")?;
    let refused = |code: &str, message: String| Err(UserError::new(code, message, Some(&["input", "marks"])).into());
    if edition.state == FrameworkState::Superseded {
        return refused("EDITION_OVER", format!("The edition {} is superseded: another was made from it.", edition.edition));
    }
    if marks.is_empty() || marks.len() > MARKS_MAX {
        return refused("MARKS_NEEDED", format!("Mark one indicator at least, and {MARKS_MAX} at most."));
    }
    let id = edition.id;
    let catalogue = frameworks::store::catalogue(&**deed.tx, &scope, edition, None).await?;
    let members = store::members(&**deed.tx, &scope, id).await?;
    let (mut wanted, mut before, mut after) = (Vec::new(), Vec::new(), Vec::new());
    let (mut unknown, mut seen) = (Vec::new(), HashSet::new());
    for given in marks {
        let found = catalogue.indicator_by_code(given.indicator.trim());
        let Some((entry, (member, held))) = found.and_then(|entry| Some((entry, members.get(&entry.id)?))) else {
            unknown.push(given.indicator.trim());
            continue;
        };
        if !seen.insert(entry.id) {
            return refused("INDICATOR_TWICE", format!("{} is there twice.", entry.code));
        }
        let reason = match given.disposition {
            Some(Disposition::Amend | Disposition::Remove) => {
                Some(words(given.reason.as_deref().unwrap_or_default(), WORDS_CHARACTERS_MAX, ("REASON_NEEDED", "marks"))?)
            }
            Some(Disposition::Retain) => match given.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
                Some(reason) => Some(words(reason, WORDS_CHARACTERS_MAX, ("REASON_NEEDED", "marks"))?),
                None => None,
            },
            None => None,
        };
        let mark = Mark { disposition: given.disposition, reason };
        if mark != *held {
            before.push((entry.code.as_str(), held.clone()));
            after.push((entry.code.as_str(), mark.clone()));
            wanted.push((*member, mark));
        }
    }
    if !unknown.is_empty() {
        let named = unknown.iter().take(NAMED_MAX).copied().collect::<Vec<_>>().join(", ");
        return refused("INDICATOR_NOT_FOUND", format!("These are not in the edition: {named}. Nothing is marked."));
    }
    if wanted.is_empty() {
        return Ok(id);
    }
    store::mark(deed.tx, &scope, &wanted).await?;
    let event = Event { verb: "indicator.mark", subject: format!("framework {id}"), before: told(&before), after: told(&after) };
    audit::record(deed.app, deed.tx, &scope, event).await?;
    Ok(id)
}

fn told(marks: &[(&str, Mark)]) -> Option<String> {
    let marked = |(indicator, mark): &(&'_ str, Mark)| {
        serde_json::to_value(Marked { indicator, disposition: mark.disposition.map(Disposition::code), reason: mark.reason.as_deref() })
    };
    let all: Result<Vec<_>, _> = marks.iter().map(marked).collect();
    all.ok().and_then(|all| audit::state(&all))
}
