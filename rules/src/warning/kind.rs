//! The rules there are: what each reads, says and asks, and how it can be set.

use super::Parameter;
use crate::closed_set;

closed_set! {
    /// An early warning.
    Kind {
        /// Red for so many periods running.
        RedForPeriods = "RED_FOR_PERIODS", "Red for periods running";
        /// The manager's forecast of the year end is red.
        ForecastRed = "FORECAST_RED", "Year-end forecast red";
        /// Worse than the period before, so many periods running.
        Declining = "DECLINING", "Declining for periods running";
        /// The latest figure is a special-cause concern.
        SpecialCause = "SPECIAL_CAUSE", "Special cause, concern";
        /// A return was not submitted by its day.
        ReturnOverdue = "RETURN_OVERDUE", "Return overdue";
        /// In the worst quarter of the comparator group.
        BottomQuartile = "BOTTOM_QUARTILE", "Bottom quartile";
        /// A risk scores above its appetite.
        RiskAboveAppetite = "RISK_ABOVE_APPETITE", "Risk above appetite";
        /// A milestone is later than agreed and not reached.
        MilestoneSlipped = "MILESTONE_SLIPPED", "Milestone slipped";
    }
}

closed_set! {
    /// What a rule is about.
    Subject {
        /// An indicator through time.
        Indicator = "INDICATOR", "Indicator";
        /// One return.
        Return = "RETURN", "Return";
        /// A risk.
        Risk = "RISK", "Risk";
        /// A milestone.
        Milestone = "MILESTONE", "Milestone";
    }
}

impl Kind {
    /// What it is about, and so which facts it reads.
    #[must_use]
    pub const fn subject(self) -> Subject {
        match self {
            Self::RedForPeriods | Self::ForecastRed | Self::Declining | Self::SpecialCause | Self::BottomQuartile => Subject::Indicator,
            Self::ReturnOverdue => Subject::Return,
            Self::RiskAboveAppetite => Subject::Risk,
            Self::MilestoneSlipped => Subject::Milestone,
        }
    }

    /// How it can be set; empty where there is nothing to set.
    #[must_use]
    pub const fn parameters(self) -> &'static [Parameter] {
        match self {
            Self::RedForPeriods => {
                &[Parameter { name: "periods", label: "Periods red one after the other", default: 2, least: 1, most: 12 }]
            }
            Self::Declining => &[Parameter { name: "periods", label: "Periods worse one after the other", default: 3, least: 2, most: 12 }],
            Self::ReturnOverdue => &[Parameter { name: "days", label: "Days after the day it was due", default: 1, least: 1, most: 365 }],
            Self::RiskAboveAppetite => &[Parameter { name: "by", label: "Points above the appetite", default: 1, least: 1, most: 24 }],
            Self::MilestoneSlipped => &[Parameter { name: "days", label: "Days later than agreed", default: 1, least: 1, most: 3650 }],
            Self::ForecastRed | Self::SpecialCause | Self::BottomQuartile => &[],
        }
    }

    /// When it fires, in a sentence.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::RedForPeriods => "The indicator is red for so many periods one after the other.",
            Self::ForecastRed => "The manager's forecast of the year end is red against the year's target.",
            Self::Declining => {
                "The figure is worse than the one before, so many periods one after the other; an indicator that is cumulative is held \
                 against the same period last year."
            }
            Self::SpecialCause => {
                "On the XmR chart of the figures known by then, the latest is a special cause on the worse side: outside the limits, or in a \
                 run. Twelve figures or more are needed."
            }
            Self::ReturnOverdue => "A return has not been submitted so many days after the day it was due.",
            Self::BottomQuartile => "The indicator is in the worst quarter of its comparator group, by the same definition.",
            Self::RiskAboveAppetite => "The residual score of an open risk is so many points or more above its appetite.",
            Self::MilestoneSlipped => {
                "A milestone that is not reached is expected so many days later than its baseline, or its baseline is so many days past."
            }
        }
    }

    /// What it reads, in a sentence.
    #[must_use]
    pub const fn reads(self) -> &'static str {
        match self {
            Self::RedForPeriods => "The status of each period.",
            Self::ForecastRed => "The status of the year-end forecast as it stood in each period.",
            Self::Declining => "The direction of travel of each period.",
            Self::SpecialCause => "The figure of each period, the indicator's baselines, and where its definition changed.",
            Self::ReturnOverdue => "The day a return is due and the day it was submitted.",
            Self::BottomQuartile => "The indicator's place in its comparator group, for each period that has one.",
            Self::RiskAboveAppetite => "Each recorded score of a risk and its appetite then.",
            Self::MilestoneSlipped => "A milestone's baseline, and each forecast and actual day told of it.",
        }
    }

    /// What the warning asks: there may be a good answer.
    #[must_use]
    pub const fn question(self) -> &'static str {
        match self {
            Self::RedForPeriods => "What keeps it off target, and what is being done about it by when?",
            Self::ForecastRed => "What would have to happen for the year to end on target, and is the target still the right one?",
            Self::Declining => "What has changed since it began to decline, and is it expected to go on?",
            Self::SpecialCause => "What changed around then, in the service or in how it is counted?",
            Self::ReturnOverdue => "What stands in the way of submitting it, and when can it be expected?",
            Self::BottomQuartile => "How does the council differ from the others in its group, and what can be learnt from them?",
            Self::RiskAboveAppetite => "Are the controls enough, or is the risk to be borne for now, and by whose decision?",
            Self::MilestoneSlipped => "What moved it, and what depends on it?",
        }
    }
}
