//! Recording the decision that makes a proposal the target.

use chrono::NaiveDate;
use entity::target_proposal::Model;
use rules::permission::Permission;
use rules::proposal::{Act, reaches_back};
use uuid::Uuid;

use super::propose::still_stands;
use super::step::StepInput;
use super::words::{NAME_CHARACTERS_MAX, REASON_CHARACTERS_MAX, Wanted};
use super::{Deed, Done, figures, stepped};
use crate::error::{Refusal, Result, UserError};
use crate::targets::store::{self, Decided, RowEntry};

/// Periods named in a message at most.
const NAMED_MAX: usize = 6;

/// The decision.
pub struct ApproveInput<'a> {
    pub of: StepInput,
    /// The body that decided.
    pub body: &'a str,
    pub on: NaiveDate,
    /// Where it is minuted.
    pub reference: &'a str,
    /// What the decision says about periods that began before the target takes effect, where it has any.
    pub reaching_back: Option<&'a str>,
}

const BODY: Wanted = Wanted { code: "DECISION_NEEDED", field: "decidedBy", say: "which body decided", most: NAME_CHARACTERS_MAX };
const REFERENCE: Wanted =
    Wanted { code: "DECISION_NEEDED", field: "reference", say: "where the decision is minuted", most: NAME_CHARACTERS_MAX };
const REACHING: Wanted =
    Wanted { code: "REACHES_BACK", field: "reachingBack", say: "what the decision says of earlier periods", most: REASON_CHARACTERS_MAX };

/// Makes a proposal the target: its periods' targets are superseded and kept, and read from now on as decided.
pub async fn approve(deed: &Deed<'_>, input: &ApproveInput<'_>) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::RecordTargets)?;
    let (body, reference) = (BODY.read(input.body)?, REFERENCE.read(input.reference)?);
    let reaching_back = REACHING.read_if_there(input.reaching_back)?;
    if input.on > deed.today() {
        let message = format!("{} is yet to come: record the decision when it was taken.", day(input.on));
        return Err(UserError::new("DECISION_TO_COME", message, Some(&["input", "decidedOn"])).into());
    }
    let standing = deed.standing(&scope, input.of.proposal).await?;
    let step = deed.step(&scope, &standing, input.of.revision, Act::Approve)?;
    still_stands(&standing)?;
    touches_nothing_earlier(&standing.row, &standing.rows, reaching_back.as_deref())?;
    let approved_by = format!("{body}, {} ({reference})", day(input.on));
    let after = Model {
        decision_body: Some(body),
        decision_on: Some(input.on),
        decision_reference: Some(reference),
        ..stepped(&standing.row, step, deed.tx.at(&deed.app.clock))
    };
    let decided = Decided {
        indicator: after.indicator_id,
        approved_by: &approved_by,
        evidence: standing.row.evidence.as_deref(),
        at: after.changed_at,
    };
    store::record_targets(deed.app, deed.tx, &scope, &standing.rows, &decided).await?;
    let rows = figures(&standing.rows);
    let done = Done { step, after, rows, words: reaching_back, forum: None, verb: "target.approve" };
    deed.finish(&scope, &standing, done).await
}

/// Refuses to judge anew what began before the target takes effect, unless the decision says so.
fn touches_nothing_earlier(proposal: &Model, rows: &[RowEntry], said: Option<&str>) -> Result<(), Refusal> {
    let earlier: Vec<String> =
        rows.iter().filter(|row| reaches_back(row.period, proposal.effective_from)).map(|row| row.period.to_string()).collect();
    let from = day(proposal.effective_from);
    match (earlier.as_slice(), said) {
        ([], Some(_)) => {
            let message = format!("No period of this proposal begins before {from}: leave `reachingBack` out.");
            Err(UserError::new("REACHES_BACK_NOWHERE", message, Some(&["input", "reachingBack"])).into())
        }
        (earlier, None) if !earlier.is_empty() => {
            let named = earlier.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>().join(", ");
            let more = earlier.len().saturating_sub(NAMED_MAX);
            let named = if more > 0 { format!("{named} and {more} more") } else { named };
            let message = format!(
                "The target takes effect on {from}, and {named} began before: figures of that time would be judged anew. Have it \
                returned and proposed without them, or say in `reachingBack` what the decision says of them."
            );
            Err(UserError::new("REACHES_BACK", message, Some(&["input", "reachingBack"])).into())
        }
        _ => Ok(()),
    }
}

fn day(of: NaiveDate) -> String {
    of.format("%-d %B %Y").to_string()
}
