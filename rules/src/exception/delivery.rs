//! Why something that is delivered calls for attention beside the figures (`domain.md` §7): actions late or off track, projects red,
//! milestones slipped, risks above appetite, money past its tolerance. All of it is X13 of the pack's design.
//!
//! X13 gives 10 points to a figure that such a thing is linked to. Where the thing stands on a row of its own, its points are those of
//! the trigger of a figure that says the same of one: what is overdue is like a result that is due and not given (X06, 30 points),
//! what is expected to miss is like a forecast (X05, 20), a project is red and falls as a figure is and does (X01, 50; X02, 25).
//! What is left has the 10 of X13: a milestone that slipped, a risk above appetite, a recommendation with an action that is late. A
//! risk that is very high and above its appetite has 30, which makes it a concern.

use super::ExceptionKind;
use crate::closed_set;
use crate::delivery::action::{ActionCounts, ActionStatus, Lateness};
use crate::delivery::money::Fund;
use crate::delivery::project::{DeliveryStatus, Milestone, Stage};
use crate::delivery::risk::{Rating, RiskBand, RiskState, within};

/// The code of every trigger here.
pub const CODE: &str = "X13";

closed_set! {
    /// What calls for attention beside figures.
    CallKind {
        /// An action.
        Action = "ACTION", "Action";
        /// A recommendation, by the actions that answer it.
        Recommendation = "RECOMMENDATION", "Recommendation";
        /// A programme or project.
        Project = "PROJECT", "Project";
        /// A milestone.
        Milestone = "MILESTONE", "Milestone";
        /// A risk.
        Risk = "RISK", "Risk";
        /// The money of an element.
        Money = "MONEY", "Money";
    }
}

/// One trigger that was found, as data: for saying it in any language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallTrigger {
    /// An action or a milestone is so many days past its day: 30 points, and 10 more for each further quarter of 90 days.
    Overdue(u32),
    /// An action is off track: 20.
    OffTrack,
    /// Of the actions that answer a recommendation so many are late or off track, of so many that are still to be done: 10.
    LateActions {
        /// Late or off track.
        late: u32,
        /// Still to be done.
        open: u32,
    },
    /// A project is red: 50.
    Red,
    /// A project had this status a period ago, which was better: 25.
    Fell(DeliveryStatus),
    /// A milestone is expected so many days later than agreed: 10, and 10 more for each further quarter of 90 days.
    Slipped(u32),
    /// A risk has this rating, and the appetite ends at this score: 10, and 20 more where the rating is very high.
    AboveAppetite(Rating, u8),
    /// The year is expected to end past what is tolerated, above or below the budget of this fund: 20.
    PastTolerance(Fund),
}

impl CallTrigger {
    /// The points of it alone.
    #[must_use]
    pub const fn points(self) -> u32 {
        match self {
            Self::Overdue(days) => 30 + quarters(days),
            Self::Slipped(days) => 10 + quarters(days),
            Self::AboveAppetite(rating, _) if matches!(rating.band(), RiskBand::VeryHigh) => 30,
            Self::AboveAppetite(..) | Self::LateActions { .. } => 10,
            Self::OffTrack | Self::PastTolerance(_) => 20,
            Self::Fell(_) => 25,
            Self::Red => 50,
        }
    }
}

/// 10 points for each whole quarter of 90 days.
const fn quarters(days: u32) -> u32 {
    days / 90 * 10
}

/// Why something is among the exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The points of its triggers together: more is listed first, among those of figures.
    pub points: u32,
    /// A concern at 30 or more, else to be watched.
    pub kind: ExceptionKind,
    /// One at least, in the order they are said.
    pub triggers: Vec<CallTrigger>,
}

fn call(triggers: Vec<CallTrigger>) -> Option<Call> {
    let points = triggers.iter().fold(0_u32, |sum, trigger| sum.saturating_add(trigger.points()));
    Some(Call { points, kind: ExceptionKind::of(points)?, triggers })
}

/// An action that is overdue or off track. One at risk calls for nothing yet: its status says so where actions are listed.
#[must_use]
pub fn action(status: ActionStatus, lateness: Lateness) -> Option<Call> {
    let overdue = (lateness.overdue > 0).then_some(CallTrigger::Overdue(lateness.overdue));
    let off_track = (status == ActionStatus::OffTrack).then_some(CallTrigger::OffTrack);
    call(overdue.into_iter().chain(off_track).collect())
}

/// A recommendation whose actions are late or off track.
#[must_use]
pub fn recommendation(counts: &ActionCounts) -> Option<Call> {
    let late = counts.overdue.saturating_add(counts.off_track);
    call((late > 0).then_some(CallTrigger::LateActions { late, open: counts.open() }).into_iter().collect())
}

/// A programme or project that is red, or worse than a period ago. One that is over calls for nothing.
#[must_use]
pub fn project(stage: Stage, overall: Option<DeliveryStatus>, before: Option<DeliveryStatus>) -> Option<Call> {
    if stage.is_over() {
        return None;
    }
    let red = (overall == Some(DeliveryStatus::Red)).then_some(CallTrigger::Red);
    // From best to worst: what is worse is greater.
    let fell = before.filter(|before| overall.is_some_and(|now| now > *before)).map(CallTrigger::Fell);
    call(red.into_iter().chain(fell).collect())
}

/// A milestone that is to come and past its day, or expected later than agreed. One that was reached calls for nothing.
#[must_use]
pub fn milestone(milestone: &Milestone, on: chrono::NaiveDate) -> Option<Call> {
    if milestone.actual.is_some() {
        return None;
    }
    let days = |days: i64| u32::try_from(days).ok().filter(|days| *days > 0);
    let overdue = days((on - milestone.day()).num_days()).map(CallTrigger::Overdue);
    let slipped = days(milestone.slippage()).map(CallTrigger::Slipped);
    call(overdue.into_iter().chain(slipped).collect())
}

/// A risk above its appetite. One that is closed calls for nothing.
#[must_use]
pub fn risk(state: RiskState, residual: Rating, appetite: u8) -> Option<Call> {
    let above = state != RiskState::Closed && !within(residual, appetite);
    call(above.then_some(CallTrigger::AboveAppetite(residual, appetite)).into_iter().collect())
}

/// Money of a year that is expected to end past what is tolerated.
#[must_use]
pub fn money(fund: Fund, status: Option<DeliveryStatus>) -> Option<Call> {
    call((status == Some(DeliveryStatus::Red)).then_some(CallTrigger::PastTolerance(fund)).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use CallTrigger::{AboveAppetite, Fell, LateActions, OffTrack, Overdue, PastTolerance, Red, Slipped};

    fn found(call: Option<Call>) -> Option<(u32, ExceptionKind, Vec<CallTrigger>)> {
        call.map(|call| (call.points, call.kind, call.triggers))
    }

    const WATCH: ExceptionKind = ExceptionKind::Watch;
    const CONCERN: ExceptionKind = ExceptionKind::Concern;

    #[test]
    fn an_action_is_called_when_it_is_late_or_off_track() {
        let of = |status, overdue| found(action(status, Lateness { overdue, slipped: 90 }));
        assert_eq!(of(ActionStatus::OnTrack, 0), None, "a day put off is not late");
        assert_eq!(of(ActionStatus::AtRisk, 0), None);
        assert_eq!(of(ActionStatus::OffTrack, 0), Some((20, WATCH, vec![OffTrack])));
        assert_eq!(of(ActionStatus::OnTrack, 1), Some((30, CONCERN, vec![Overdue(1)])));
        assert_eq!(of(ActionStatus::OffTrack, 89), Some((50, CONCERN, vec![Overdue(89), OffTrack])));
        assert_eq!(of(ActionStatus::NotStarted, 180), Some((50, CONCERN, vec![Overdue(180)])));
        assert!(of(ActionStatus::NotStarted, u32::MAX).is_some());
    }

    #[test]
    fn a_recommendation_is_called_for_its_late_actions() {
        let mut counts = ActionCounts::default();
        for (status, overdue) in [(ActionStatus::OnTrack, 0), (ActionStatus::Completed, 0), (ActionStatus::AtRisk, 0)] {
            counts.add(status, Lateness { overdue, slipped: 0 });
        }
        assert_eq!(found(recommendation(&counts)), None);
        counts.add(ActionStatus::OffTrack, Lateness { overdue: 5, slipped: 0 });
        counts.add(ActionStatus::OffTrack, Lateness { overdue: 0, slipped: 0 });
        assert_eq!(found(recommendation(&counts)), Some((10, WATCH, vec![LateActions { late: 2, open: 4 }])));
    }

    #[test]
    fn a_project_is_called_when_it_is_red_or_fell() {
        use DeliveryStatus as Is;
        let of = |stage, now, before| found(project(stage, now, before));
        assert_eq!(of(Stage::Delivery, Some(Is::Red), Some(Is::Green)), Some((75, CONCERN, vec![Red, Fell(Is::Green)])));
        assert_eq!(of(Stage::Delivery, Some(Is::Red), Some(Is::Red)), Some((50, CONCERN, vec![Red])));
        assert_eq!(of(Stage::Planning, Some(Is::Amber), Some(Is::Green)), Some((25, WATCH, vec![Fell(Is::Green)])));
        assert_eq!(of(Stage::Delivery, Some(Is::Amber), Some(Is::Red)), None);
        assert_eq!(of(Stage::Delivery, None, Some(Is::Green)), None);
        assert_eq!(of(Stage::Closed, Some(Is::Red), None), None);
    }

    #[test]
    fn a_milestone_is_called_when_it_slipped_or_its_day_is_past() {
        let of = |baseline: &str, forecast: Option<&str>, actual: Option<&str>| {
            let day = |text: &str| text.parse().unwrap();
            let days = Milestone { baseline: day(baseline), forecast: forecast.map(day), actual: actual.map(day) };
            found(milestone(&days, day("2025-06-01")))
        };
        assert_eq!(of("2025-07-01", None, None), None);
        assert_eq!(of("2025-07-01", Some("2025-06-15"), None), None, "sooner");
        assert_eq!(of("2025-07-01", Some("2025-07-15"), None), Some((10, WATCH, vec![Slipped(14)])));
        assert_eq!(of("2025-06-01", Some("2025-11-28"), None), Some((30, CONCERN, vec![Slipped(180)])));
        assert_eq!(of("2025-05-01", Some("2025-05-20"), None), Some((40, CONCERN, vec![Overdue(12), Slipped(19)])));
        assert_eq!(of("2025-05-01", None, Some("2025-05-30")), None);
    }

    #[test]
    fn a_risk_is_called_above_its_appetite() {
        let of = |state, (likelihood, impact), appetite| {
            let rating = Rating::new(likelihood, impact).unwrap();
            found(risk(state, rating, appetite))
                .map(|(points, kind, triggers)| (points, kind, triggers == [AboveAppetite(rating, appetite)]))
        };
        assert_eq!(of(RiskState::Open, (3, 4), 12), None);
        assert_eq!(of(RiskState::Open, (4, 4), 12), Some((10, WATCH, true)));
        assert_eq!(of(RiskState::Occurred, (5, 4), 12), Some((30, CONCERN, true)));
        assert_eq!(of(RiskState::Closed, (5, 5), 1), None);
    }

    #[test]
    fn money_is_called_past_its_tolerance() {
        let of = |status| found(money(Fund::Capital, status));
        assert_eq!(of(Some(DeliveryStatus::Red)), Some((20, WATCH, vec![PastTolerance(Fund::Capital)])));
        assert_eq!(of(Some(DeliveryStatus::Amber)), None);
        assert_eq!(of(None), None);
    }
}
