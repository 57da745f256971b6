//! Adopting an edition by a decision on record.

use chrono::NaiveDate;
use rules::measure::FrameworkState;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::{Deed, NAME_CHARACTERS_MAX, day, edition, words};
use crate::audit::{self, Event};
use crate::editions::store::{self, Adoption};
use crate::error::{Refusal, Result, UserError};
use crate::frameworks::{self, Edition};

/// The decision.
pub struct AdoptInput<'a> {
    /// The council's code.
    pub council: &'a str,
    /// The label of the edition.
    pub edition: &'a str,
    pub by: &'a str,
    pub on: NaiveDate,
    pub reference: &'a str,
}

/// An edition as the audit trail keeps it.
#[derive(Serialize)]
struct EditionState<'a> {
    edition: &'a str,
    state: &'static str,
    stands_until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adopted_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adopted_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
}

/// Adopts a draft. The edition before stands until it begins, and is superseded from then on.
pub async fn adopt(deed: &Deed<'_>, input: &AdoptInput<'_>) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::EditFramework)?;
    deed.own(input.council)?;
    let by = words(input.by, NAME_CHARACTERS_MAX, ("DECISION_NEEDED", "adoptedBy"))?;
    let reference = words(input.reference, NAME_CHARACTERS_MAX, ("DECISION_NEEDED", "minuteReference"))?;
    let refused = |code: &str, message: String, field: &str| Err(UserError::new(code, message, Some(&["input", field])).into());
    if input.on > deed.today() {
        return refused(
            "DECISION_TO_COME",
            format!("{} is yet to come: record the decision when it was taken.", day(input.on)),
            "adoptedOn",
        );
    }
    let editions = frameworks::store::editions(&**deed.tx, &scope, None).await?;
    let draft = edition(&editions, Some(input.edition), deed.today(), "edition")?;
    let adopted = |other: &&Edition| other.id != draft.id && other.state != FrameworkState::Draft;
    if draft.state != FrameworkState::Draft {
        let state = draft.state.words().to_lowercase();
        return refused("EDITION_NOT_DRAFT", format!("The edition {} is {state} already.", draft.edition), "edition");
    }
    if let Some(later) = editions.iter().filter(adopted).find(|other| other.stands_from >= draft.stands_from) {
        let message = format!(
            "The edition {} begins on {}: an edition that begins on {} cannot follow it.",
            later.edition,
            day(later.stands_from),
            day(draft.stands_from)
        );
        return refused("EDITION_BEFORE_ANOTHER", message, "edition");
    }
    if !store::adopt(deed.tx, &scope, draft.id, &Adoption { by: &by, on: input.on, reference: &reference }).await? {
        return refused("EDITION_NOT_DRAFT", format!("The edition {} was adopted meanwhile.", draft.edition), "edition");
    }
    let eve = draft.stands_from.pred_opt().unwrap_or(draft.stands_from);
    for before in editions.iter().filter(adopted).filter(|other| other.state == FrameworkState::Adopted) {
        let until = before.stands_until.map_or(eve, |until| until.min(eve));
        let state = if draft.stands_from <= deed.today() { FrameworkState::Superseded } else { before.state };
        if (Some(until), state) == (before.stands_until, before.state) {
            continue;
        }
        store::end(deed.tx, &scope, before.id, until, state).await?;
        let was = EditionState {
            edition: &before.edition,
            state: before.state.code(),
            stands_until: before.stands_until,
            adopted_by: None,
            adopted_on: None,
            reference: None,
        };
        let told = audit::state(&was);
        let is = EditionState { state: state.code(), stands_until: Some(until), ..was };
        let event = Event { verb: "framework.end", subject: format!("framework {}", before.id), before: told, after: audit::state(&is) };
        audit::record(deed.app, deed.tx, &scope, event).await?;
    }
    let draft_state = EditionState {
        edition: &draft.edition,
        state: FrameworkState::Draft.code(),
        stands_until: draft.stands_until,
        adopted_by: None,
        adopted_on: None,
        reference: None,
    };
    let before = audit::state(&draft_state);
    let after = audit::state(&EditionState {
        state: FrameworkState::Adopted.code(),
        adopted_by: Some(&by),
        adopted_on: Some(input.on),
        reference: Some(&reference),
        ..draft_state
    });
    let event = Event { verb: "framework.adopt", subject: format!("framework {}", draft.id), before, after };
    audit::record(deed.app, deed.tx, &scope, event).await?;
    Ok(draft.id)
}
