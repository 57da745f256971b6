//! What an indicator is, in the closed words of the domain (`domain.md` §2 and §3).

use crate::closed_set;

closed_set! {
    /// Which way is better (§3).
    Polarity {
        /// More is better.
        HigherIsBetter = "HIGHER_IS_BETTER", "Higher";
        /// Less is better.
        LowerIsBetter = "LOWER_IS_BETTER", "Lower";
        /// Inside a range is better than outside it.
        WithinRange = "WITHIN_RANGE", "In range";
        /// Neither way is better: the figure informs.
        None = "NONE", "No preference";
    }
}

closed_set! {
    /// What an indicator is for (§3; seeds 000, 001).
    Purpose {
        /// Under the council's control: targets are expected.
        Operational = "OPERATIONAL", "Operational";
        /// External and slower: a preferred direction, and never a target.
        Contextual = "CONTEXTUAL", "Contextual";
    }
}

closed_set! {
    /// How often a figure is due (§3).
    Frequency {
        /// Every calendar month.
        Monthly = "MONTHLY", "Monthly";
        /// Every quarter of the financial year.
        Quarterly = "QUARTERLY", "Quarterly";
        /// April to September, October to March.
        HalfYearly = "HALF_YEARLY", "Half-yearly";
        /// Once a year, of the indicator's [`YearBasis`].
        Annual = "ANNUAL", "Yearly";
    }
}

impl Frequency {
    /// Months in one period: 1, 3, 6 or 12.
    #[must_use]
    pub const fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::HalfYearly => 6,
            Self::Annual => 12,
        }
    }
}

closed_set! {
    /// Which twelve months make a year (§3).
    YearBasis {
        /// April to March, the default.
        Financial = "FINANCIAL", "Financial";
        /// January to December.
        Calendar = "CALENDAR", "Calendar";
        /// September to August.
        Academic = "ACADEMIC", "Academic";
    }
}

impl YearBasis {
    /// The month a year starts in: 4, 1 or 9.
    #[must_use]
    pub const fn first_month(self) -> u32 {
        match self {
            Self::Financial => 4,
            Self::Calendar => 1,
            Self::Academic => 9,
        }
    }
}

closed_set! {
    /// How periods make a year to date (§5.6).
    Aggregation {
        /// Added up.
        Sum = "SUM", "Sum";
        /// The mean of the periods reported.
        Mean = "MEAN", "Mean";
        /// The last one reported.
        Latest = "LATEST", "Latest";
        /// Sum of numerators over sum of denominators, times the multiplier; never the mean of ratios.
        Ratio = "RATIO", "Ratio";
        /// Each value already is the year to date.
        Cumulative = "CUMULATIVE", "Cumulative";
    }
}

closed_set! {
    /// Which of the three Es a measure speaks of (seed 002).
    Dimension {
        /// What is spent.
        Economy = "ECONOMY", "Economy";
        /// What is got for what is spent.
        Efficiency = "EFFICIENCY", "Efficiency";
        /// What difference it makes.
        Effectiveness = "EFFECTIVENESS", "Effectiveness";
    }
}

closed_set! {
    /// Why there is no value (§4). Blank is none of these: it is no observation at all.
    Absence {
        /// Nothing is owed for this period.
        NotDue = "NOT_DUE", "Not due";
        /// It was owed and not gathered.
        NotCollected = "NOT_COLLECTED", "Not collected";
        /// It exists and has not reached the council.
        NotAvailable = "NOT_AVAILABLE", "Not available";
        /// It is known and may not be shown, for instance small numbers.
        Suppressed = "SUPPRESSED", "Suppressed";
    }
}

closed_set! {
    /// How firm a value is (§4).
    ValueState {
        /// May yet change.
        Provisional = "PROVISIONAL", "Provisional";
        /// Settled.
        Final = "FINAL", "Final";
    }
}

closed_set! {
    /// Where an indicator stands in its life (§3).
    Lifecycle {
        /// Put forward, not yet collected.
        Proposed = "PROPOSED", "Proposed";
        /// Collected.
        Active = "ACTIVE", "Active";
        /// No longer collected; its history stays.
        Retired = "RETIRED", "Retired";
    }
}

closed_set! {
    /// The three levels of a framework (§2; seed 002).
    Level {
        /// Plans, priorities, outcomes, themes, operating principles.
        Strategic = "STRATEGIC", "Strategic";
        /// Directorates, services, teams.
        Directorate = "DIRECTORATE", "Directorate";
        /// Programmes, projects, milestones.
        Change = "CHANGE", "Change";
    }
}

closed_set! {
    /// What an element is; what may stand below what is [`ElementKind::may_hold`].
    ElementKind {
        /// A strategic plan.
        Plan = "PLAN", "Plan";
        /// A priority of a plan.
        Priority = "PRIORITY", "Priority";
        /// What residents should see change.
        Outcome = "OUTCOME", "Outcome";
        /// A theme that runs across plans.
        Theme = "THEME", "Theme";
        /// How the council works, whatever it works on.
        OperatingPrinciple = "OPERATING_PRINCIPLE", "Operating principle";
        /// A directorate, department or division.
        Directorate = "DIRECTORATE", "Directorate";
        /// A service.
        Service = "SERVICE", "Service";
        /// A team.
        Team = "TEAM", "Team";
        /// A change programme.
        Programme = "PROGRAMME", "Programme";
        /// A project.
        Project = "PROJECT", "Project";
        /// A milestone.
        Milestone = "MILESTONE", "Milestone";
    }
}

impl ElementKind {
    /// The level an element of this kind belongs to.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Plan | Self::Priority | Self::Outcome | Self::Theme | Self::OperatingPrinciple => Level::Strategic,
            Self::Directorate | Self::Service | Self::Team => Level::Directorate,
            Self::Programme | Self::Project | Self::Milestone => Level::Change,
        }
    }

    /// Whether an element of this kind may stand at the top of its level, under the framework itself.
    #[must_use]
    pub const fn may_stand_alone(self) -> bool {
        matches!(
            self,
            Self::Plan | Self::Theme | Self::OperatingPrinciple | Self::Directorate | Self::Service | Self::Programme | Self::Project
        )
    }

    /// Whether an element of kind `child` may stand directly below one of this kind (§2).
    #[must_use]
    pub const fn may_hold(self, child: Self) -> bool {
        matches!(
            (self, child),
            (Self::Plan, Self::Priority | Self::Outcome | Self::Theme | Self::OperatingPrinciple)
                | (Self::Priority | Self::Theme, Self::Outcome)
                | (Self::Directorate, Self::Directorate | Self::Service | Self::Team)
                | (Self::Service, Self::Service | Self::Team)
                | (Self::Programme, Self::Programme | Self::Project | Self::Milestone)
                | (Self::Project, Self::Milestone)
        )
    }
}

closed_set! {
    /// What the council's own part is: seed 001's "do, enable, influence".
    Mode {
        /// The council delivers it.
        Do = "DO", "Do";
        /// The council makes it possible for others.
        Enable = "ENABLE", "Enable";
        /// The council persuades others.
        Influence = "INFLUENCE", "Influence";
    }
}

closed_set! {
    /// What a link of the golden thread says (§2).
    LinkKind {
        /// A service, project or indicator helps bring an outcome about.
        ContributesTo = "CONTRIBUTES_TO", "Contributes to";
        /// An outcome in one plan stands for one in another.
        MapsTo = "MAPS_TO", "Maps to";
    }
}

closed_set! {
    /// Where a framework edition stands (§2).
    FrameworkState {
        /// Being written.
        Draft = "DRAFT", "Draft";
        /// In force by a decision.
        Adopted = "ADOPTED", "Adopted";
        /// Followed by a later edition.
        Superseded = "SUPERSEDED", "Superseded";
    }
}

closed_set! {
    /// What becomes of an indicator in the next edition (seed 000).
    Disposition {
        /// Carried on as it is.
        Retain = "RETAIN", "Retain";
        /// Carried on, changed.
        Amend = "AMEND", "Amend";
        /// Not carried on.
        Remove = "REMOVE", "Remove";
    }
}

closed_set! {
    /// What a forum is given of its remit (§7; seed 003).
    ForumGets {
        /// Everything in its remit.
        Everything = "EVERYTHING", "Everything in remit";
        /// Headline indicators.
        Headline = "HEADLINE", "Headline";
        /// Critical indicators.
        Critical = "CRITICAL", "Critical";
        /// What calls for attention.
        ByException = "BY_EXCEPTION", "By exception";
    }
}

closed_set! {
    /// What sort of body a forum is.
    ForumKind {
        /// An officers' board.
        Board = "BOARD", "Board";
        /// A performance clinic.
        Clinic = "CLINIC", "Clinic";
        /// A leadership team.
        LeadershipTeam = "LEADERSHIP_TEAM", "Leadership team";
        /// The cabinet or executive.
        Cabinet = "CABINET", "Cabinet";
        /// A scrutiny committee or panel.
        Scrutiny = "SCRUTINY", "Scrutiny";
        /// An audit or governance committee.
        Governance = "GOVERNANCE", "Governance";
    }
}

/// What a unit lets a reader of cells and a writer of formats assume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// Per cent: 95.2 means 95.2%.
    Percent,
    /// Pounds sterling.
    Pounds,
    /// A whole count of things.
    Number,
    /// Days, weeks, hours, minutes, months.
    Duration,
    /// A rate, ratio or score.
    Rate,
    /// Yes or no, held as 1 or 0.
    YesNo,
    /// Anything else: a plain decimal.
    Other,
}

impl UnitKind {
    /// Reads the words of a unit, for instance `Per cent`, `%`, `Pounds`, `Days`, `Rate per 1,000`.
    #[must_use]
    pub fn of(unit: &str) -> Self {
        let unit = unit.trim().to_ascii_lowercase();
        match unit.as_str() {
            "%" | "per cent" | "percent" | "percentage" => Self::Percent,
            "£" | "pounds" | "gbp" | "£000" | "£m" | "pounds thousand" | "pounds million" => Self::Pounds,
            "number" | "count" | "no." | "no" => Self::Number,
            "days" | "weeks" | "hours" | "minutes" | "months" | "working days" => Self::Duration,
            "yes or no" | "yes/no" => Self::YesNo,
            _ if unit.starts_with("pounds per") || unit.starts_with("£ per") => Self::Pounds,
            _ if unit.starts_with("rate") || unit.starts_with("ratio") || unit.starts_with("score") || unit.starts_with("per ") => {
                Self::Rate
            }
            _ => Self::Other,
        }
    }
}
