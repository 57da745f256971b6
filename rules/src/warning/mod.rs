//! Early warnings: rules over what is known, each firing with its evidence (`domain.md` §5.10).
//!
//! A warning prompts a question, never a judgement: it says what was seen, since when, and asks ([`Kind::question`]).
//!
//! One function, [`firings`], tells the whole history of one rule for one subject: when it fired, when it ceased, and on what
//! evidence. What fires now is the firing without an ending; which warnings *would have* fired is the same answer, read from its
//! beginning. A rule knows at each step only what came before it, so a firing is not undone by what follows; figures themselves are
//! those the caller gives, corrections included.
//!
//! - A **run** is of periods one after the other. A period for which nothing is owed (NOT_DUE) is passed over: it neither fires, goes on
//!   nor ends a run, so that a new month does not silence a warning before its figure is due. Any other period without a figure
//!   (missing, suppressed, not judged) ends the run, and the ending says that it was for want of a figure and not because things got
//!   better.
//! - **Identity**: a warning is (kind, subject, [`Firing::since`]). `since` stays as further periods come; it is where the run began,
//!   or where the rule first saw what it looks for. It can move only when figures of the past are corrected, or when history is given
//!   from a later period on than before.
//!
//! Each rule is a file of its own.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::closed_set;
use crate::period::Period;

mod bottom_quartile;
mod declining;
mod evidence;
mod facts;
mod forecast_red;
mod kind;
mod milestone_slipped;
mod parameters;
mod red_for_periods;
mod return_overdue;
mod risk_above_appetite;
mod run;
mod special_cause;
#[cfg(test)]
mod tests;
mod words;

pub use evidence::{Evidence, FIGURES_MOST, Figure};
pub use facts::{Facts, IndicatorFacts, MilestoneFacts, MilestoneTelling, Position, ReturnFacts, RiskFacts, RiskLook};
pub use kind::{Kind, Subject};
pub use parameters::{Parameter, ParameterFault, Parameters};

/// Points of an indicator the chart of SPECIAL_CAUSE is made of at most, the latest: it is made once for each of them.
pub const POINTS_MOST: usize = 240;

/// A period of an indicator, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Moment {
    /// Of rules over an indicator.
    Period(Period),
    /// Of rules over returns, risks and milestones.
    Day(NaiveDate),
}

closed_set! {
    /// Why a warning ceased.
    Ceased {
        /// What it warned of is so no longer.
        NoLonger = "NO_LONGER", "No longer so";
        /// There is no figure to tell by. Things may be as they were.
        NoFigure = "NO_FIGURE", "No figure to tell by";
    }
}

/// When and why a warning ceased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The first period or day it was not so.
    pub at: Moment,
    /// Why.
    pub why: Ceased,
}

/// One warning, from its beginning to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firing {
    /// Which rule.
    pub kind: Kind,
    /// When what it warns of began: with the kind and the subject, what this warning is known by.
    pub since: Moment,
    /// When the rule first fired: the same, or later where it waits for so many periods or days.
    pub fired: Moment,
    /// When it ceased; none while it fires.
    pub until: Option<Ending>,
    /// What it rests on, as at the latest period or day it was so.
    pub evidence: Evidence,
}

impl Firing {
    /// Whether it fires still.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        self.until.is_none()
    }
}

/// Every firing of one rule for one subject, in order; at most the last is without an ending. None where the facts are not of what the
/// rule reads ([`Kind::subject`]).
#[must_use]
pub fn firings(parameters: &Parameters, facts: &Facts<'_>) -> Vec<Firing> {
    match (parameters.kind(), facts) {
        (Kind::RedForPeriods, Facts::Indicator(facts)) => red_for_periods::firings(parameters, facts),
        (Kind::ForecastRed, Facts::Indicator(facts)) => forecast_red::firings(facts),
        (Kind::Declining, Facts::Indicator(facts)) => declining::firings(parameters, facts),
        (Kind::SpecialCause, Facts::Indicator(facts)) => special_cause::firings(facts),
        (Kind::BottomQuartile, Facts::Indicator(facts)) => bottom_quartile::firings(facts),
        (Kind::ReturnOverdue, Facts::Return(facts)) => return_overdue::firings(parameters, facts),
        (Kind::RiskAboveAppetite, Facts::Risk(facts)) => risk_above_appetite::firings(parameters, facts),
        (Kind::MilestoneSlipped, Facts::Milestone(facts)) => milestone_slipped::firings(parameters, facts),
        _ => Vec::new(),
    }
}
