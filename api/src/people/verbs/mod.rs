//! What an administrator does with people and their roles. Each verb works inside one change, in which the rights of
//! whoever acts were read; it refuses with a code and a sentence, and then nothing is changed.

mod give;
mod people;
mod withdraw;

pub use give::{GiveInput, give};
pub use people::{InviteInput, UpdateInput, invite, restore, suspend, update};
pub(crate) use people::{email_of, name_of};
pub use withdraw::{prolong, withdraw};

use chrono::NaiveDate;
use rules::permission::{Permission, Reach, reach};
use serde::Serialize;
use uuid::Uuid;

use super::cover::{Cover, cover};
use super::store::{self, GrantEntry, PersonEntry};
use crate::access::{Actor, GrantScope, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::text::Asked;

/// A longer reason is a document.
const REASON_CHARACTERS_MAX: usize = 500;

/// Somebody about to change something.
pub struct Deed<'a> {
    pub app: &'a App,
    pub tx: &'a Change,
    pub actor: &'a Actor,
}

impl Deed<'_> {
    fn scope(&self) -> Result<Scope> {
        self.actor.scope_for(Permission::ManagePeople)
    }

    fn today(&self) -> NaiveDate {
        self.app.clock.today()
    }

    async fn record(&self, scope: &Scope, verb: &str, subject: String, before: Option<String>, after: Option<String>) -> Result<()> {
        audit::record(self.app, self.tx, scope, Event { verb, subject, before, after }).await
    }
}

/// A reason with something in it, of a length people read.
pub(crate) fn reason(given: &str) -> Result<String, Refusal> {
    Ok(Asked::why(REASON_CHARACTERS_MAX, &["input", "reason"]).read(given)?)
}

/// A day as people write it.
fn written(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// From when until when, as people say it.
fn days(from: NaiveDate, until: Option<NaiveDate>) -> String {
    match until {
        Some(until) => format!("from {} until {}", written(from), written(until)),
        None => format!("from {} without an end", written(from)),
    }
}

/// A person of the council. Absent and another council's look the same.
async fn person(deed: &Deed<'_>, scope: &Scope, id: Option<Uuid>, field: &str) -> Result<PersonEntry, Refusal> {
    let found = match id {
        Some(id) => store::person(&**deed.tx, scope, id).await?,
        None => None,
    };
    found.ok_or_else(|| {
        let message = "There is nobody with this id in your council: `council.people` lists everybody.";
        UserError::new("PERSON_NOT_FOUND", message, Some(&["input", field])).into()
    })
}

/// What the audit trail keeps of a person.
#[derive(Serialize)]
struct PersonState<'a> {
    name: &'a str,
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suspended_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

fn person_state(person: &PersonEntry, reason: Option<&str>) -> Option<String> {
    let suspended_at = person.suspended_at.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true));
    audit::state(&PersonState { name: &person.name, email: &person.email, suspended_at, reason })
}

/// What the audit trail keeps of a grant.
#[derive(Serialize)]
struct GrantState<'a> {
    person: &'a str,
    role: String,
    over: String,
    from: NaiveDate,
    until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deputy_for: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    withdrawn: bool,
    /// Why it was withdrawn, ended earlier or prolonged.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
}

fn grant_state(entry: &GrantEntry, because: Option<&str>) -> Option<String> {
    let over = match (entry.grant.scope, &entry.element_code) {
        (GrantScope::Council, _) => "the council".to_owned(),
        (GrantScope::Element(_), Some(code)) => format!("element {code}"),
        (GrantScope::Element(id), None) => format!("element {id}"),
        (GrantScope::Indicator(id), _) => format!("indicator {id}"),
        (GrantScope::Forum(id), _) => format!("forum {id}"),
    };
    audit::state(&GrantState {
        person: &entry.person.email,
        role: entry.grant.role.to_string(),
        over,
        from: entry.grant.from,
        until: entry.grant.until,
        deputy_for: entry.deputy_for.as_ref().map(|person| person.email.as_str()),
        reason: entry.reason.as_deref(),
        withdrawn: entry.withdrawn_at.is_some(),
        because: because.or(entry.withdrawn_reason.as_deref()),
    })
}

/// Refuses what would leave the council without an administrator sooner than it would be now. `left` says what a grant
/// that makes an administrator comes to: its last day, or nothing.
async fn keep_an_administrator(
    deed: &Deed<'_>,
    scope: &Scope,
    left: impl Fn(&GrantEntry) -> Option<Option<NaiveDate>>,
) -> Result<(), Refusal> {
    let today = deed.today();
    let grants = store::grants_ahead(&**deed.tx, scope, Permission::ManagePeople, today).await?;
    let before: Vec<_> = grants.iter().map(|entry| (entry.grant.from, entry.grant.until)).collect();
    let after: Vec<_> = grants.iter().filter_map(|entry| Some((entry.grant.from, left(entry)?))).collect();
    let (before, after) = (cover(&before, today), cover(&after, today));
    if after >= before {
        return Ok(());
    }
    let when = match after {
        Cover::Until(day) => format!(" from {}", written(day.succ_opt().unwrap_or(day))),
        _ => String::new(),
    };
    let message = format!("This would leave the council without an administrator{when}. Give that role to somebody else first.");
    Err(UserError::new("LAST_ADMINISTRATOR", message, Some(&["input", "id"])).into())
}

/// Whether a grant makes an administrator.
fn administers(entry: &GrantEntry) -> bool {
    reach(entry.grant.role, Permission::ManagePeople) != Reach::No
}
