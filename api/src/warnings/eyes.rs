//! Whose eyes look: a viewer's, with the rights they have, or the service's own, which record what fires.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rules::audience::Audience;
use rules::delivery::book::RecordKind;
use rules::delivery::rights;
use rules::measure::Absence;
use rules::permission::Permission;
use rules::reading::Reading;
use uuid::Uuid;

use super::charts;
use super::store::BaselineEntry;
use crate::access::{Actor, Scope};
use crate::db::Snapshot;
use crate::delivery::sight::{Place, Remits};
use crate::error::{Error, Result};
use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::returns::whose::Whose;
use crate::returns::workflow::workflow;
use crate::values::reading::{Read, Readings, judged_for};
use crate::values::service::{Asked, Judged, judged};

/// Whose eyes look.
pub enum Eyes<'a> {
    /// The service's: everything there is, drafts included. For what is recorded, which is shown to nobody as it is.
    Everything(Scope),
    Viewer {
        actor: &'a Actor,
        readings: &'a Readings,
    },
}

/// What has to be known of a subject to say who may read it, and act on a warning of it.
#[derive(Debug, Clone)]
pub enum Seat {
    Indicator { id: Uuid, owner: Uuid },
    Return { element: Uuid, whose: Whose },
    Record(RecordKind, Place),
}

/// Any of these rights lets somebody see some warning.
const READS: [Permission; 5] =
    [Permission::ViewFigures, Permission::ViewApprovedFigures, Permission::ViewReleased, Permission::ViewRisks, Permission::ViewPlans];

/// Refuses whoever could never see any warning.
pub fn may_look(actor: &Actor) -> Result<()> {
    let any = READS.iter().any(|permission| actor.scope_for(*permission).is_ok());
    any.then_some(()).ok_or_else(|| Error::no_role(Permission::ViewFigures))
}

impl Eyes<'_> {
    /// The service's own.
    pub fn of_service(council: Uuid) -> Self {
        Self::Everything(Scope::of_job(council, Uuid::nil()))
    }

    /// For reading the council's rows.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Everything(scope) => scope.clone(),
            Self::Viewer { actor, .. } => actor.own_scope(),
        }
    }

    /// Indicators whose figures are read, of an edition.
    pub fn indicators<'c>(&self, catalogue: &'c Catalogue) -> Vec<&'c IndicatorEntry> {
        let reads = |entry: &&IndicatorEntry| match self {
            Self::Everything(_) => true,
            Self::Viewer { readings, .. } => readings.of_figures().is_ok() && readings.reading(entry.id, entry.owner).is_some(),
        };
        catalogue.indicators.iter().filter(reads).collect()
    }

    /// Their figures, each in the version that is read.
    pub async fn judged(
        &self,
        snapshot: &Snapshot,
        catalogue: &Catalogue,
        entries: &[&IndicatorEntry],
        asked: Asked,
    ) -> Result<HashMap<Uuid, Judged>> {
        match self {
            _ if entries.is_empty() => Ok(HashMap::new()),
            Self::Everything(scope) => judged(snapshot, scope, entries, asked).await,
            Self::Viewer { readings, .. } => {
                let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id).collect();
                let read = judged_for(readings, snapshot, catalogue, &ids, asked).await?;
                Ok(read.into_iter().map(|(id, read)| (id, narrowed(read))).collect())
            }
        }
    }

    /// The baselines of an indicator's chart, as they are read.
    pub fn baselines(&self, entry: &IndicatorEntry, set: Vec<BaselineEntry>) -> Vec<BaselineEntry> {
        match self {
            Self::Everything(_) => set,
            Self::Viewer { readings, .. } => charts::seen_by(readings, entry, set),
        }
    }

    /// The right to read records of a kind; none where there is none. No scope is everything.
    fn right(&self, kind: RecordKind) -> Option<Option<Scope>> {
        match self {
            Self::Everything(_) => Some(None),
            Self::Viewer { actor, .. } => actor.scope_for(rights::reads(kind)).ok().map(Some),
        }
    }

    /// Over which records of a kind they go; none where there is no right. A statement where a right is over forums.
    pub async fn over(
        &self,
        snapshot: &Snapshot,
        kind: RecordKind,
        catalogue: Option<&Arc<Catalogue>>,
        on: NaiveDate,
    ) -> Result<Option<Over>> {
        match self.right(kind) {
            None => Ok(None),
            Some(None) => Ok(Some(Over(None))),
            Some(Some(scope)) => {
                let remits = Remits::of(&**snapshot, &scope, catalogue, on).await?;
                Ok(Some(Over(Some((scope, remits)))))
            }
        }
    }
}

/// Without what members are not shown: what would tell of a withheld figure.
fn narrowed(read: Read) -> Judged {
    let Read { reading, mut judged } = read;
    if reading.audience() != Audience::Officers {
        for point in judged.points.iter_mut().filter(|point| point.absence == Some(Absence::Suppressed)) {
            point.year_end.forecast = None;
            point.year_end.status = point.status.clone();
            point.year_to_date.value = None;
        }
    }
    judged
}

/// Over which records a right goes: over all, or over what it covers.
pub struct Over(Option<(Scope, Remits)>);

impl Over {
    pub fn covers(&self, place: Place) -> bool {
        self.0.as_ref().is_none_or(|(scope, remits)| remits.covers(scope, place))
    }
}

/// What somebody may read of what was recorded from drafts, with the rights they have now.
pub struct Viewing {
    readings: Arc<Readings>,
    /// Whether returns go through states: then what is recorded is not what is approved.
    gated: bool,
    risks: Option<Over>,
    plans: Option<Over>,
}

impl Viewing {
    /// Four statements at most.
    pub async fn of(
        actor: &Actor,
        readings: Arc<Readings>,
        snapshot: &Snapshot,
        catalogue: Option<&Arc<Catalogue>>,
        on: NaiveDate,
    ) -> Result<Self> {
        let eyes = Eyes::Viewer { actor, readings: &readings };
        let risks = eyes.over(snapshot, RecordKind::Risk, catalogue, on).await?;
        let plans = eyes.over(snapshot, RecordKind::Milestone, catalogue, on).await?;
        let gated = workflow(&**snapshot, &actor.own_scope(), None).await?.from.is_some();
        Ok(Self { readings, gated, risks, plans })
    }

    /// Whether somebody reads a subject so that a warning worked out from drafts says no more than that.
    pub fn sees(&self, actor: &Actor, seat: &Seat) -> bool {
        match seat {
            Seat::Indicator { id, owner } => match self.readings.reading(*id, *owner) {
                Some(Reading::Recorded) => true,
                Some(Reading::Approved) => !self.gated,
                Some(Reading::Released) | None => false,
            },
            Seat::Return { whose, .. } => whose.seen_by(actor),
            Seat::Record(RecordKind::Risk, place) => self.risks.as_ref().is_some_and(|over| over.covers(*place)),
            Seat::Record(_, place) => self.plans.as_ref().is_some_and(|over| over.covers(*place)),
        }
    }
}

/// Whether a right to act covers a subject.
pub fn acts_on(scope: &Scope, seat: &Seat) -> bool {
    match seat {
        Seat::Indicator { id, owner } => scope.covers_indicator(*id, *owner),
        Seat::Return { element, .. } => scope.covers_element(*element),
        // What hangs on nothing is the whole council's.
        Seat::Record(_, place) => Remits::default().covers(scope, *place),
    }
}
