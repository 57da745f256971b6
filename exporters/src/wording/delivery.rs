//! What is delivered, in the pack's language: statuses and ratings as cells, and why something is among the exceptions.

use rules::delivery::action::ActionStatus;
use rules::delivery::project::{DeliveryStatus, MilestoneState};
use rules::delivery::risk::{Rating, RiskBand};
use rules::exception::delivery::CallTrigger;
use rules::status::Colour;
use rust_decimal::Decimal;

use crate::figures::{Shown, float};
use crate::language::tell;
use crate::reading::Read;
use crate::table::Cell;

/// The colour of a side of a project, or of money: it has the council's word for that colour.
pub(crate) const fn colour(status: DeliveryStatus) -> Colour {
    match status {
        DeliveryStatus::Green => Colour::Green,
        DeliveryStatus::Amber => Colour::Amber,
        DeliveryStatus::Red => Colour::Red,
    }
}

/// A status of a project or of money.
pub(crate) fn delivery_status(read: &Read, status: Option<DeliveryStatus>) -> Cell {
    match status {
        Some(status) => read.status(colour(status)),
        None => Cell::Status(Colour::NotApplicable, read.say("not-reported").to_owned()),
    }
}

/// Where an action or a recommendation stands. What is overdue is told as that alone: few words, each with one fill.
pub(crate) fn action_status(read: &Read, status: ActionStatus, overdue: bool) -> Cell {
    if overdue {
        return Cell::Status(Colour::Red, read.say("action-overdue").to_owned());
    }
    let fill = match status {
        ActionStatus::Completed => Colour::Blue,
        ActionStatus::OnTrack => Colour::Green,
        ActionStatus::AtRisk => Colour::Amber,
        ActionStatus::OffTrack => Colour::Red,
        ActionStatus::NotStarted | ActionStatus::Cancelled | ActionStatus::Deferred => Colour::NotApplicable,
    };
    Cell::Status(fill, read.language.word("action", status.code()).to_owned())
}

/// How a milestone stands.
pub(crate) fn milestone_state(read: &Read, state: MilestoneState) -> Cell {
    let fill = match state {
        MilestoneState::Reached | MilestoneState::ReachedLate => Colour::Blue,
        MilestoneState::OnTime => Colour::Green,
        MilestoneState::Slipped => Colour::Amber,
        MilestoneState::Overdue => Colour::Red,
    };
    Cell::Status(fill, read.language.word("milestone", state.code()).to_owned())
}

/// The fill of a band of risk: the four of the statuses, from the coolest to the hottest.
pub(crate) const fn band_colour(band: RiskBand) -> Colour {
    match band {
        RiskBand::Low => Colour::Blue,
        RiskBand::Medium => Colour::Green,
        RiskBand::High => Colour::Amber,
        RiskBand::VeryHigh => Colour::Red,
    }
}

/// The word of a band of risk.
pub(crate) fn band<'a>(read: &Read<'a>, band: RiskBand) -> &'a str {
    read.language.word("risk-band", band.code())
}

/// `High 16 (4 by 4)`.
pub(crate) fn rating(read: &Read, rating: Rating) -> String {
    format!("{} {}", band(read, rating.band()), score(read, rating))
}

/// `16 (4 by 4)`: the score, with the likelihood and the impact it is made of.
pub(crate) fn score(read: &Read, rating: Rating) -> String {
    let [score, likelihood, impact] = [rating.score(), rating.likelihood(), rating.impact()].map(u32::from);
    tell!(read.language, "risk-score", score = score, likelihood = likelihood, impact = impact)
}

/// Why something beside the indicators is among the exceptions.
pub(crate) fn call(read: &Read, trigger: CallTrigger) -> String {
    let language = read.language;
    match trigger {
        CallTrigger::Overdue(days) => tell!(language, "call-overdue", n = days),
        CallTrigger::OffTrack => read.say("call-off-track").to_owned(),
        CallTrigger::LateActions { late, open } => tell!(language, "call-late-actions", n = late, open = open),
        CallTrigger::Red => read.word(Colour::Red),
        CallTrigger::Fell(before) => tell!(language, "trigger-fell", status = read.word(colour(before)), months = read.months()),
        CallTrigger::Slipped(days) => tell!(language, "call-slipped", n = days),
        CallTrigger::AboveAppetite(of, appetite) => {
            tell!(language, "call-above-appetite", rating = rating(read, of), appetite = u32::from(appetite))
        }
        CallTrigger::PastTolerance(fund) => language.word("call-past-tolerance", fund.code()).to_owned(),
    }
}

/// Whole pounds, `[z]` where there are none.
pub(crate) fn pounds(read: &Read, value: Option<Decimal>) -> Cell {
    Cell::figure(value, Shown::new("Pounds", 0), "[z]", read.language)
}

/// Days, below zero where they are fewer.
pub(crate) fn days(days: i64) -> Cell {
    Cell::Figure(float(Decimal::from(days)), "#,##0_)".to_owned())
}
