//! A proposed target.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::target_proposal::Model;
use rules::measure::{Frequency, YearBasis};
use rules::proposal::reaches_back;
use rules::status::Thresholds;

use super::acts::{self, ProposalAct};
use super::words::{TargetAct, TargetEvidence, TargetState};
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::plain::PlainList;
use crate::graphql::scalars::{Date, DateTime, Decimal, Period};
use crate::graphql::session::session;
use crate::indicators::graphql::{Indicator, Page};
use crate::targets::ground::Ground;
use crate::targets::remit::Remits;
use crate::targets::store::{DecisionOf as Decided, RowEntry, StepEntry};
use crate::values::graphql::SeriesPoint;

/// What proposals that are shown together share.
pub struct Shared {
    pub ground: Ground,
    pub remits: Remits,
    /// One for each edition of the ground: the indicators shown, which fetch their figures together.
    pub pages: Vec<Arc<Page>>,
}

/// Targets of one indicator on their way to a decision.
#[derive(Clone)]
pub struct TargetProposal {
    pub shared: Arc<Shared>,
    pub row: Model,
    /// Of all versions, in order.
    pub rows: Arc<[RowEntry]>,
    pub steps: Arc<[StepEntry]>,
}

/// What is aimed at in a period.
#[derive(SimpleObject, Clone)]
pub struct TargetFigures {
    /// What is aimed at.
    target: Option<Decimal>,
    /// Past this, somebody steps in.
    intervention: Option<Decimal>,
    /// The least that is on target, where the target is a range.
    lower: Option<Decimal>,
    /// The most that is on target, where the target is a range.
    upper: Option<Decimal>,
    /// The least that is not red, where the target is a range.
    intervention_lower: Option<Decimal>,
    /// The most that is not red, where the target is a range.
    intervention_upper: Option<Decimal>,
}

impl From<Thresholds> for TargetFigures {
    fn from(of: Thresholds) -> Self {
        Self {
            target: of.target.map(Decimal),
            intervention: of.intervention.map(Decimal),
            lower: of.lower.map(Decimal),
            upper: of.upper.map(Decimal),
            intervention_lower: of.intervention_lower.map(Decimal),
            intervention_upper: of.intervention_upper.map(Decimal),
        }
    }
}

/// What is proposed for one period.
#[derive(SimpleObject)]
pub struct ProposedTarget {
    /// One of the indicator's own periods, or its year.
    period: Period,
    /// What is proposed.
    proposed: TargetFigures,
    /// What was aimed at before: what the proposal superseded; until it is approved, what is aimed at now. Null where nothing
    /// was.
    before: Option<TargetFigures>,
    /// Whether the period begins before the target takes effect: it is judged anew only if the decision says so.
    reaches_back: bool,
}

/// What a proposal rests on.
#[derive(SimpleObject)]
pub struct EvidenceOf {
    /// A trend, a benchmark, both, or neither.
    kind: TargetEvidence,
    /// What it shows. Null where there is none.
    words: Option<String>,
}

/// The decision on a proposal.
#[derive(SimpleObject, Clone)]
pub struct TargetDecision {
    /// The body that decided.
    by: String,
    /// When.
    on: Option<Date>,
    /// Where it is minuted.
    reference: Option<String>,
}

impl TargetDecision {
    /// The decision behind a target; none where nothing says who took it.
    pub fn of(decided: &Decided) -> Option<Self> {
        Some(Self { by: decided.body.clone()?, on: decided.on.map(Date), reference: decided.reference.clone() })
    }
}

/// Something that was done to a proposal. It is never changed.
#[derive(SimpleObject)]
pub struct ProposalStep {
    /// What.
    act: TargetAct,
    /// In which state.
    from: TargetState,
    /// Where it led.
    to: TargetState,
    /// By whom.
    by: String,
    /// When.
    at: DateTime,
    /// Code of the forum whose comment it is.
    forum: Option<String>,
    /// What was said: a reason, a comment, or what a decision says of earlier periods.
    words: Option<String>,
}

/// What was proposed before the proposal was made again.
#[derive(SimpleObject)]
pub struct ProposalVersion {
    /// 1 for what was proposed first.
    version: i32,
    /// What was proposed, by period.
    targets: Vec<ProposedTarget>,
}

/// Targets of one indicator on their way to a decision.
#[Object]
impl TargetProposal {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::TargetProposal, self.row.id)
    }

    /// What it is for. Null when it is in no edition of the framework any more.
    async fn indicator(&self) -> Option<Indicator> {
        self.indicator_shown()
    }

    /// Where it stands.
    async fn state(&self) -> TargetState {
        self.row.state.0.into()
    }

    /// Grows with every act. An act says which one it was decided on, and is refused where somebody was faster.
    async fn revision(&self) -> i32 {
        self.row.revision
    }

    /// 1 as first proposed; grows when it is proposed again.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// From which day it is to hold. Periods that began before are judged anew only where the decision says so.
    async fn effective_from(&self) -> Date {
        Date(self.row.effective_from)
    }

    /// Why it is proposed.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// What it rests on.
    async fn evidence(&self) -> EvidenceOf {
        EvidenceOf { kind: self.row.evidence_kind.0.into(), words: self.row.evidence.clone() }
    }

    /// What is proposed, by period: as proposed last.
    async fn targets(&self) -> Vec<ProposedTarget> {
        self.targets_of(self.row.version)
    }

    /// What was proposed before it was made again, the first version first.
    async fn earlier(&self) -> Vec<ProposalVersion> {
        (1..self.row.version).map(|version| ProposalVersion { version, targets: self.targets_of(version) }).collect()
    }

    /// The last figures of the indicator's own periods that have ended, judged: the trend beside what is proposed. For whoever
    /// may read them.
    #[graphql(complexity = "usize::try_from(last).unwrap_or(0).saturating_mul(child_complexity) + 1")]
    async fn trend(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 8, desc = "How many periods, 120 at most.")] last: i32,
    ) -> Option<Result<PlainList<SeriesPoint>>> {
        let indicator = self.indicator_shown()?;
        let today = session(ctx).app.clock.today();
        let until = rules::period::Period::holding(today, Frequency::Monthly, YearBasis::Financial)?.previous()?;
        Some(indicator.points(ctx, until, last, None).await)
    }

    /// Who proposed it.
    async fn proposed_by(&self) -> Option<&str> {
        self.steps.iter().find(|step| step.person == self.row.proposed_by).map(|step| step.by.as_str())
    }

    /// When it was proposed first.
    async fn proposed_at(&self) -> DateTime {
        DateTime(self.row.proposed_at)
    }

    /// When something was done to it last.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.row.changed_at)
    }

    /// The decision that made it the target. Null until it is approved.
    async fn decision(&self) -> Option<TargetDecision> {
        let by = self.row.decision_body.clone()?;
        Some(TargetDecision { by, on: self.row.decision_on.map(Date), reference: self.row.decision_reference.clone() })
    }

    /// What was done to it, in order.
    async fn history(&self) -> Vec<ProposalStep> {
        let dressed = |step: &StepEntry| ProposalStep {
            act: step.act.into(),
            from: step.from.into(),
            to: step.to.into(),
            by: step.by.clone(),
            at: DateTime(step.at),
            forum: step.forum.as_ref().map(|(code, _)| code.clone()),
            words: step.words.clone(),
        };
        self.steps.iter().map(dressed).collect()
    }

    /// What can be done to it now, by whom, and whether the viewer may, with the reason where not.
    async fn viewer_acts(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProposalAct>>> {
        Some(acts::of(ctx, self).await)
    }
}

impl TargetProposal {
    /// The indicator, by its name: the rest of it asks for the right to read it.
    fn indicator_shown(&self) -> Option<Indicator> {
        let id = self.row.indicator_id;
        let (edition, _) = self.shared.ground.find(id)?;
        let page = self.shared.pages.iter().find(|page| page.catalogue.edition.id == edition.edition.id && page.holds(id))?;
        Some(Indicator { page: Arc::clone(page), id })
    }

    fn targets_of(&self, version: i32) -> Vec<ProposedTarget> {
        let dressed = |row: &RowEntry| ProposedTarget {
            period: Period(row.period),
            proposed: row.thresholds.into(),
            before: row.before().map(|held| held.thresholds.into()),
            reaches_back: reaches_back(row.period, self.row.effective_from),
        };
        self.rows.iter().filter(|row| row.version == version).map(dressed).collect()
    }
}
