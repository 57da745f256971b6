//! Actions and the recommendations they answer.

use chrono::NaiveDate;

use crate::closed_set;

closed_set! {
    /// What an action belongs to.
    ActionKind {
        /// The corporate plan.
        CorporatePlan = "CORPORATE_PLAN", "Corporate plan";
        /// The plan of a service.
        ServicePlan = "SERVICE_PLAN", "Service plan";
        /// It is to bring a figure back on target.
        Remedial = "REMEDIAL", "Remedial";
        /// It answers a recommendation.
        Recommendation = "RECOMMENDATION", "Recommendation";
    }
}

closed_set! {
    /// Where an action stands. `domain.md` has the first six; members asked for a word for what was put off by a decision
    /// (`spreadsheets.md` §1), which is neither late nor given up.
    ActionStatus {
        /// Nothing was done yet.
        NotStarted = "NOT_STARTED", "Not started";
        /// Under way, and expected in time.
        OnTrack = "ON_TRACK", "On track";
        /// Under way, and it may not be in time.
        AtRisk = "AT_RISK", "At risk";
        /// Under way, and not in time as things are.
        OffTrack = "OFF_TRACK", "Off track";
        /// Done.
        Completed = "COMPLETED", "Completed";
        /// Given up by a decision.
        Cancelled = "CANCELLED", "Cancelled";
        /// Put off by a decision.
        Deferred = "DEFERRED", "Deferred";
    }
}

impl ActionStatus {
    /// Whether something is still to be done about it now.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::Cancelled | Self::Deferred)
    }

    /// Whether a decision is named with it: what was promised is not dropped or put off by whoever promised it.
    #[must_use]
    pub const fn needs_decision(self) -> bool {
        matches!(self, Self::Cancelled | Self::Deferred)
    }

    /// Which of the three columns of an action plan counts it; none for what was cancelled or deferred.
    #[must_use]
    pub const fn progress(self) -> Option<Progress> {
        match self {
            Self::Completed => Some(Progress::Completed),
            Self::OnTrack | Self::AtRisk | Self::OffTrack => Some(Progress::UnderWay),
            Self::NotStarted => Some(Progress::NotStarted),
            Self::Cancelled | Self::Deferred => None,
        }
    }
}

closed_set! {
    /// The columns of an action plan that is reported on (seed 004).
    Progress {
        /// Done.
        Completed = "COMPLETED", "Completed";
        /// Begun and not done.
        UnderWay = "UNDER_WAY", "Under way";
        /// Not begun.
        NotStarted = "NOT_STARTED", "Not started";
    }
}

closed_set! {
    /// Where a recommendation comes from.
    RecommendationSource {
        /// Peers from other councils.
        PeerChallenge = "PEER_CHALLENGE", "Peer challenge";
        /// The council's internal audit.
        InternalAudit = "INTERNAL_AUDIT", "Internal audit";
        /// The external auditor.
        ExternalAudit = "EXTERNAL_AUDIT", "External audit";
        /// An inspectorate.
        Inspection = "INSPECTION", "Inspection";
        /// A scrutiny committee.
        Scrutiny = "SCRUTINY", "Scrutiny";
        /// The Ombudsman.
        Ombudsman = "OMBUDSMAN", "Ombudsman";
        /// Somebody else.
        Other = "OTHER", "Other";
    }
}

closed_set! {
    /// What was said to a recommendation.
    #[derive(Default)]
    Response {
        /// Nothing yet.
        #[default]
        Awaited = "AWAITED", "Awaited";
        /// It will be done.
        Accepted = "ACCEPTED", "Accepted";
        /// Some of it will.
        Partly = "PARTLY", "Partly accepted";
        /// It will not.
        Rejected = "REJECTED", "Rejected";
    }
}

closed_set! {
    /// Whether a recommendation is one of the report's own, or a suggestion made beside them (seed 004 counts them apart).
    #[derive(Default)]
    RecommendationWeight {
        /// One of the formal recommendations.
        #[default]
        Formal = "FORMAL", "Formal recommendation";
        /// An additional recommendation or suggestion.
        Additional = "ADDITIONAL", "Additional suggestion";
    }
}

/// What is late about an action on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// Days since it was due, by the day last said; 0 when it is not overdue.
    pub overdue: u32,
    /// Days the day it is due was put off since it was first said; 0 when it was not, or was brought forward.
    pub slipped: u32,
}

/// How late an action is. Nothing is late that is done, cancelled or deferred, and nothing that has no day.
#[must_use]
pub fn lateness(status: ActionStatus, due: Option<NaiveDate>, revised: Option<NaiveDate>, on: NaiveDate) -> Lateness {
    let days = |from: NaiveDate, until: NaiveDate| u32::try_from((until - from).num_days()).unwrap_or(0);
    let overdue = match revised.or(due) {
        Some(day) if status.is_open() => days(day, on),
        _ => 0,
    };
    let slipped = due.zip(revised).map_or(0, |(first, last)| days(first, last));
    Lateness { overdue, slipped }
}

/// How many of some actions stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ActionCounts {
    /// All of them.
    pub total: u32,
    /// Done.
    pub completed: u32,
    /// Begun and not done.
    pub under_way: u32,
    /// Not begun.
    pub not_started: u32,
    /// Given up by a decision.
    pub cancelled: u32,
    /// Put off by a decision.
    pub deferred: u32,
    /// Of all of them, those on track: expected in time.
    pub on_track: u32,
    /// Of all of them, those at risk that are not past their day.
    pub at_risk: u32,
    /// Of all of them, those off track that are not past their day.
    pub off_track: u32,
    /// Of all of them, those that need looking at: at risk, off track, or overdue.
    pub concern: u32,
    /// Of all of them, those past their day.
    pub overdue: u32,
}

impl ActionCounts {
    /// Counts one more.
    pub fn add(&mut self, status: ActionStatus, lateness: Lateness) {
        self.total += 1;
        match status.progress() {
            Some(Progress::Completed) => self.completed += 1,
            Some(Progress::UnderWay) => self.under_way += 1,
            Some(Progress::NotStarted) => self.not_started += 1,
            None if status == ActionStatus::Cancelled => self.cancelled += 1,
            None => self.deferred += 1,
        }
        let late = lateness.overdue > 0;
        self.on_track += u32::from(status == ActionStatus::OnTrack && !late);
        self.at_risk += u32::from(status == ActionStatus::AtRisk && !late);
        self.off_track += u32::from(status == ActionStatus::OffTrack && !late);
        self.overdue += u32::from(late);
        self.concern += u32::from(late || matches!(status, ActionStatus::AtRisk | ActionStatus::OffTrack));
    }

    /// How many are still to be done.
    #[must_use]
    pub const fn open(&self) -> u32 {
        self.under_way + self.not_started
    }
}

/// Where a recommendation stands, by the actions that answer it: as the worst of those that are still to be done. Off track where one
/// is overdue or off track, at risk where one is at risk, not started where none was begun or done, else on track. Where nothing is
/// left to do it is completed if anything was; else deferred where an action was put off, and cancelled where all were given up.
///
/// What nobody answers with an action is not started.
#[must_use]
pub const fn standing(counts: &ActionCounts) -> ActionStatus {
    if counts.open() > 0 {
        return match counts {
            ActionCounts { overdue: 1.., .. } | ActionCounts { off_track: 1.., .. } => ActionStatus::OffTrack,
            ActionCounts { at_risk: 1.., .. } => ActionStatus::AtRisk,
            ActionCounts { under_way: 0, completed: 0, .. } => ActionStatus::NotStarted,
            _ => ActionStatus::OnTrack,
        };
    }
    match counts {
        ActionCounts { completed: 1.., .. } => ActionStatus::Completed,
        ActionCounts { deferred: 1.., .. } => ActionStatus::Deferred,
        ActionCounts { cancelled: 1.., .. } => ActionStatus::Cancelled,
        _ => ActionStatus::NotStarted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_open_is_overdue_by_the_day_last_said() {
        let (due, revised) = (Some(day("2025-03-31")), Some(day("2025-06-30")));
        let late = |status, due, revised, on| lateness(status, due, revised, day(on));
        assert_eq!(late(ActionStatus::OnTrack, due, None, "2025-04-10"), Lateness { overdue: 10, slipped: 0 });
        assert_eq!(late(ActionStatus::OnTrack, due, revised, "2025-04-10"), Lateness { overdue: 0, slipped: 91 });
        assert_eq!(late(ActionStatus::NotStarted, due, revised, "2025-07-01"), Lateness { overdue: 1, slipped: 91 });
        assert_eq!(late(ActionStatus::OnTrack, revised, due, "2025-03-31"), Lateness { overdue: 0, slipped: 0 }, "brought forward");
        for done in [ActionStatus::Completed, ActionStatus::Cancelled, ActionStatus::Deferred] {
            assert_eq!(late(done, due, None, "2026-01-01").overdue, 0, "{done}");
        }
        assert_eq!(late(ActionStatus::AtRisk, None, None, "2026-01-01"), Lateness { overdue: 0, slipped: 0 });
    }

    #[test]
    fn every_action_is_counted_once_by_progress() {
        let mut counts = ActionCounts::default();
        for status in ActionStatus::ALL {
            counts.add(*status, Lateness { overdue: 0, slipped: 0 });
        }
        counts.add(ActionStatus::NotStarted, Lateness { overdue: 3, slipped: 0 });
        let by_progress = counts.completed + counts.under_way + counts.not_started + counts.cancelled + counts.deferred;
        assert_eq!((counts.total, by_progress), (8, 8));
        assert_eq!((counts.completed, counts.under_way, counts.not_started), (1, 3, 2));
        assert_eq!((counts.on_track, counts.concern, counts.overdue), (1, 3, 1));
        assert_eq!((counts.at_risk, counts.off_track, counts.open()), (1, 1, 5));
    }

    #[test]
    fn a_recommendation_stands_as_the_worst_of_what_is_still_to_be_done() {
        use ActionStatus::{AtRisk, Cancelled, Completed, Deferred, NotStarted, OffTrack, OnTrack};
        let stands = |actions: &[(ActionStatus, u32)]| {
            let mut counts = ActionCounts::default();
            for (status, overdue) in actions {
                counts.add(*status, Lateness { overdue: *overdue, slipped: 0 });
            }
            standing(&counts)
        };
        assert_eq!(stands(&[]), NotStarted);
        assert_eq!(stands(&[(NotStarted, 0), (NotStarted, 0), (Cancelled, 0)]), NotStarted);
        assert_eq!(stands(&[(NotStarted, 0), (OnTrack, 0)]), OnTrack);
        assert_eq!(stands(&[(NotStarted, 0), (Completed, 0)]), OnTrack, "it was begun");
        assert_eq!(stands(&[(OnTrack, 0), (AtRisk, 0), (Completed, 0)]), AtRisk);
        assert_eq!(stands(&[(OnTrack, 0), (AtRisk, 0), (OffTrack, 0)]), OffTrack);
        assert_eq!(stands(&[(Completed, 0), (NotStarted, 3)]), OffTrack, "overdue, whatever is said of it");
        assert_eq!(stands(&[(Completed, 0), (Cancelled, 0), (Deferred, 0)]), Completed);
        assert_eq!(stands(&[(Cancelled, 0), (Deferred, 0)]), Deferred);
        assert_eq!(stands(&[(Cancelled, 0)]), Cancelled);
    }
}
