//! What is done to a proposed target. Each verb works inside one change of the council, in which the rights of whoever acts
//! were read: two who act on the same state follow one another, and the second is told what the first did.

mod approve;
mod propose;
mod step;
mod words;

pub use approve::{ApproveInput, approve};
pub use propose::{Aim, ProposeInput, propose};
pub use step::{Comment, StepInput, recommend, refuse, review, scrutinise, withdraw};

use chrono::{DateTime, NaiveDate, Utc};
use entity::Text;
use entity::target_proposal::Model;
use entity::target_proposal_step as step_row;
use rules::proposal::{self, Act, Refused, State, Step};
use serde::Serialize;
use uuid::Uuid;

use super::ground::Ground;
use super::remit::Remits;
use super::sight::{self, Sight};
use super::store::{self, RowEntry, StepEntry};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Error, Refusal, Result, UserError};

/// Somebody about to act on a proposal.
pub struct Deed<'a> {
    pub app: &'a App,
    pub tx: &'a Change,
    pub actor: &'a Actor,
}

/// A proposal as it stands when somebody acts on it.
struct Standing {
    ground: Ground,
    remits: Remits,
    row: Model,
    /// Of its last version, in order.
    rows: Vec<RowEntry>,
    steps: Vec<StepEntry>,
}

impl Deed<'_> {
    fn today(&self) -> NaiveDate {
        self.app.clock.today()
    }

    /// A proposal the actor may read. Absent and another's look the same.
    async fn standing(&self, scope: &Scope, id: Option<Uuid>) -> Result<Standing, Refusal> {
        let ground = Ground::load(&**self.tx, scope, self.today()).await?;
        let remits = Remits::load(&**self.tx, scope).await?;
        let sight = Sight::of(self.actor, &ground, &remits, self.today())?;
        let found = match id {
            Some(id) => store::find(&**self.tx, &sight, id).await?,
            None => None,
        };
        let Some(row) = found else {
            let message =
                "There is no proposed target with this id in your council, or none of yours: `council.targetProposals` lists them.";
            return Err(UserError::new("PROPOSAL_NOT_FOUND", message, Some(&["input", "proposal"])).into());
        };
        let steps = store::steps(&**self.tx, scope, &[row.id]).await?.remove(&row.id).unwrap_or_default();
        let mut rows = store::rows(&**self.tx, scope, &[row.id]).await?.remove(&row.id).unwrap_or_default();
        rows.retain(|entry| entry.version == row.version);
        Ok(Standing { ground, remits, row, rows, steps })
    }

    /// The step an act is, if the actor may take it on this proposal now.
    fn step(&self, scope: &Scope, standing: &Standing, revision: i32, act: Act) -> Result<&'static Step, Refusal> {
        // A comment is a forum's, whoever owns the indicator: its right is asked of the forum.
        if act != Act::Scrutinise && !sight::covers(scope, &standing.row, &standing.ground) {
            let message = format!(
                "None of your roles lets you do this for this indicator ({}). Your council's administrator gives roles.",
                scope.permission.words().to_lowercase()
            );
            return Err(Error::refused(scope.permission, message).into());
        }
        if revision != standing.row.revision {
            return Err(moved(standing));
        }
        let own: Vec<Act> = standing.steps.iter().filter(|step| step.person == scope.person).map(|step| step.act).collect();
        proposal::refused(act, standing.row.state.0, &own).map_err(|refused| match refused {
            Refused::NotNow { state } => not_now(act, state),
            Refused::Separate { because, .. } => UserError::new("SEPARATION_OF_DUTIES", because, Some(&["input", "proposal"])).into(),
        })
    }

    /// Writes what became of a proposal, the step and the event.
    async fn finish(&self, scope: &Scope, standing: &Standing, done: Done) -> Result<Uuid, Refusal> {
        let Done { step, after, rows, words, forum, verb } = done;
        if !store::move_on(self.tx, standing.row.revision, &after).await? {
            return Err(moved(standing));
        }
        let seq = standing.steps.last().map_or(1, |last| last.seq.saturating_add(1));
        self.record(scope, &after, (step, seq), (words, forum)).await?;
        let code = standing.ground.find(after.indicator_id).map(|(_, entry)| entry.code.as_str());
        let before = state(&standing.row, code, &figures(&standing.rows));
        let event = Event { verb, subject: subject(after.id), before, after: state(&after, code, &rows) };
        audit::record(self.app, self.tx, scope, event).await?;
        Ok(after.id)
    }

    async fn record(
        &self,
        scope: &Scope,
        of: &Model,
        (step, seq): (&Step, i32),
        (words, forum): (Option<String>, Option<Uuid>),
    ) -> Result<()> {
        let row = step_row::Model {
            council_id: scope.council,
            id: self.app.ids.next(),
            proposal_id: of.id,
            seq,
            act: Text(step.act),
            from_state: Text(step.from),
            to_state: Text(step.to),
            person_id: scope.person,
            forum_id: forum,
            at: of.changed_at,
            words,
        };
        store::record_step(self.tx, row).await
    }
}

/// What became of a proposal.
struct Done {
    step: &'static Step,
    after: Model,
    /// The periods as they are then, for the audit trail.
    rows: Vec<Aimed>,
    words: Option<String>,
    forum: Option<Uuid>,
    verb: &'static str,
}

/// The proposal one step on.
fn stepped(row: &Model, step: &Step, at: DateTime<Utc>) -> Model {
    Model { state: Text(step.to), revision: row.revision.saturating_add(1), changed_at: at, ..row.clone() }
}

/// Somebody was faster: what they did, and where the proposal stands now.
fn moved(standing: &Standing) -> Refusal {
    let state = standing.row.state.0.words().to_lowercase();
    let what = standing.steps.last().map_or_else(String::new, |last| {
        format!(": {} on {} ({})", last.by, last.at.format("%-d %B %Y at %H:%M UTC"), last.act.words().to_lowercase())
    });
    let message = format!("Somebody acted on this proposal since you read it{what}. It is {state} now: read it again.");
    UserError::new("PROPOSAL_MOVED", message, Some(&["input", "revision"])).into()
}

fn not_now(act: Act, state: State) -> Refusal {
    let can: Vec<String> = proposal::steps_from(state).map(|step| step.act.words().to_lowercase()).collect();
    let can = if can.is_empty() { "nothing more can be done to it".to_owned() } else { format!("one can {}", can.join(", ")) };
    let (act, state) = (act.words().to_lowercase(), state.words().to_lowercase());
    let message = format!("The proposal is {state}: {can}, and not {act}.");
    UserError::new("PROPOSAL_NOT_NOW", message, Some(&["input", "proposal"])).into()
}

fn subject(id: Uuid) -> String {
    format!("target proposal {id}")
}

/// One period as the audit trail keeps it.
#[derive(Debug, Clone, Serialize)]
struct Aimed {
    period: String,
    #[serde(flatten)]
    thresholds: rules::status::Thresholds,
}

fn figures(rows: &[RowEntry]) -> Vec<Aimed> {
    rows.iter().map(|row| Aimed { period: row.period.to_string(), thresholds: row.thresholds }).collect()
}

/// What the audit trail keeps of a proposal.
#[derive(Serialize)]
struct ProposalState<'a> {
    indicator: Option<&'a str>,
    state: &'a str,
    version: i32,
    effective_from: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    evidence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence_words: Option<&'a str>,
    targets: &'a [Aimed],
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
}

fn state(row: &Model, indicator: Option<&str>, rows: &[Aimed]) -> Option<String> {
    audit::state(&ProposalState {
        indicator,
        state: row.state.0.code(),
        version: row.version,
        effective_from: row.effective_from,
        reason: row.reason.as_deref(),
        evidence: row.evidence_kind.0.code(),
        evidence_words: row.evidence.as_deref(),
        targets: rows,
        decided_by: row.decision_body.as_deref(),
        decided_on: row.decision_on,
        reference: row.decision_reference.as_deref(),
    })
}
