//! The records of the delivery workbook, each with its sheet: field by field what it holds, how it is written and under which heading.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::cell::{As, Cells, Code, Day, Figure, List, May, Shown, Source, Span, Text, Told, Usual, Whole, Word, YesNo};
use crate::delivery::action::{ActionKind, ActionStatus, RecommendationSource, RecommendationWeight, Response};
use crate::delivery::insight::InsightOrigin;
use crate::delivery::money::Fund;
use crate::delivery::project::{DeliveryStatus, Stage};
use crate::delivery::risk::RiskState;
use crate::measure::Mode;
use crate::period::Period;
use crate::workbook::{Column, SheetSpec};

/// Declares a record: its fields, each with its type, how it stands in a cell, its heading and the column's width in characters.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident in $spec:ident = $sheet:literal, $table:literal {
        $(#[doc = $about:literal] $field:ident: $type:ty as $how:ty = $heading:literal, $width:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name { $(#[doc = $about] pub $field: $type,)+ }

        #[doc = concat!("The sheet of [`", stringify!($name), "`].")]
        pub const $spec: SheetSpec = SheetSpec {
            name: $sheet,
            table: $table,
            columns: &[$(Column { heading: $heading, required: <$how as As<$type>>::REQUIRED, width: $width },)+],
        };

        impl Cells for $name {
            const SPEC: SheetSpec = $spec;
            const FIELDS: &'static [(&'static str, &'static str)] = &[$((stringify!($field), $heading),)+];

            fn read<S: Source>(source: &mut S) -> Option<Self> {
                $(let $field = <$how as As<$type>>::read(source, $heading);)+
                Some(Self { $($field: $field?,)+ })
            }

            fn told() -> Vec<Told> {
                vec![$(Told { heading: $heading, required: <$how as As<$type>>::REQUIRED, takes: <$how as As<$type>>::takes(), about: $about.trim() },)+]
            }

            fn cells(&self) -> Vec<(&'static str, Shown)> {
                vec![$(($heading, <$how as As<$type>>::show(&self.$field)),)+]
            }
        }
    };
}

record! {
    /// What somebody outside the service asked the council to do.
    RecommendationRow in RECOMMENDATIONS = "Recommendations", "recommendations" {
        /// Unique among recommendations.
        code: String as Code = "Ref", 10;
        /// What is recommended.
        title: String as Text = "Recommendation", 60;
        /// One of the report's own, or a suggestion beside them; blank for its own.
        weight: RecommendationWeight as Usual<Word> = "Weight", 22;
        /// Where it comes from.
        source: RecommendationSource as Word = "Source", 18;
        /// The report it stands in.
        report: Option<String> as May<Text> = "Report", 36;
        /// The body that made it.
        made_by: Option<String> as May<Text> = "Made by", 24;
        /// When.
        made_on: Option<NaiveDate> as May<Day> = "Date made", 14;
        /// The element it is about; none for the whole council.
        element: Option<String> as May<Code> = "Element", 12;
        /// What was said to it; blank while that is awaited.
        response: Response as Usual<Word> = "Response", 16;
        /// In whose words, and which.
        reply: Option<String> as May<Text> = "Reply", 36;
        /// Who leads what is done about it.
        lead: Option<String> as May<Text> = "Lead", 28;
        /// By when all of it is to be done.
        due_on: Option<NaiveDate> as May<Day> = "Due date", 14;
        /// What shows that it was done.
        evidence: Option<String> as May<Text> = "Evidence", 36;
    }
}

record! {
    /// Something to be done, as it stood on a day.
    ActionRow in ACTIONS = "Actions", "actions" {
        /// Unique among actions.
        code: String as Code = "Ref", 10;
        /// What is to be done.
        title: String as Text = "Action", 60;
        /// What it belongs to.
        kind: ActionKind as Word = "Kind", 16;
        /// Ref of the recommendation it answers.
        answers: Option<String> as May<Code> = "Answers", 12;
        /// Ref of the milestone it is done for.
        milestone: Option<String> as May<Code> = "Milestone", 12;
        /// Ref of the indicator it is to bring back on target.
        indicator: Option<String> as May<Code> = "Indicator", 12;
        /// Ref of the element whose plan it stands in.
        element: Option<String> as May<Code> = "Element", 12;
        /// Do, enable or influence.
        mode: Option<Mode> as May<Word> = "Council role", 13;
        /// Who answers for it.
        lead_officer: String as Text = "Lead officer", 28;
        /// Which member answers for it.
        lead_member: Option<String> as May<Text> = "Lead member", 28;
        /// The day first promised.
        due_on: Option<NaiveDate> as May<Day> = "Due date", 14;
        /// The day promised now, where it is another.
        revised_due_on: Option<NaiveDate> as May<Day> = "Revised due date", 14;
        /// Where it stands.
        status: ActionStatus as Word = "Status", 13;
        /// What was done, and what comes next.
        progress: Option<String> as May<Text> = "Progress", 60;
        /// The decision by which it was cancelled or put off.
        decision: Option<String> as May<Text> = "Decision", 24;
        /// The day this is told of.
        as_at: NaiveDate as Day = "As at", 14;
    }
}

record! {
    /// How a programme or project stood on a day.
    ProjectRow in PROJECTS = "Projects", "projects" {
        /// Ref of its element.
        element: String as Code = "Ref", 12;
        /// How far it is.
        stage: Stage as Word = "Stage", 15;
        /// Whether it keeps to its days.
        time: Option<DeliveryStatus> as May<Word> = "Time", 9;
        /// Whether it keeps to its money.
        cost: Option<DeliveryStatus> as May<Word> = "Cost", 9;
        /// Whether it does what was agreed.
        scope: Option<DeliveryStatus> as May<Word> = "Scope", 9;
        /// Whether it brings what was promised.
        benefits: Option<DeliveryStatus> as May<Word> = "Benefits", 10;
        /// The day it begins.
        starts_on: NaiveDate as Day = "Starts on", 14;
        /// The day it was agreed to end.
        baseline_end: NaiveDate as Day = "Baseline end", 14;
        /// The day it is expected to end; blank for the day agreed.
        forecast_end: Option<NaiveDate> as May<Day> = "Forecast end", 14;
        /// The day it ended.
        ended_on: Option<NaiveDate> as May<Day> = "Ended on", 14;
        /// Who runs it.
        manager: String as Text = "Manager", 28;
        /// Who answers for it.
        sponsor: Option<String> as May<Text> = "Sponsor", 28;
        /// Pounds approved, for all of it.
        budget: Option<Decimal> as May<Figure> = "Approved budget", 15;
        /// Pounds spent so far.
        spent: Option<Decimal> as May<Figure> = "Spent to date", 15;
        /// Pounds all of it is expected to cost.
        forecast_spend: Option<Decimal> as May<Figure> = "Forecast spend", 15;
        /// What members should know.
        summary: Option<String> as May<Text> = "Summary", 60;
        /// The decision by which the agreed end was changed, or it was stopped.
        decision: Option<String> as May<Text> = "Decision", 24;
        /// The day this is told of.
        as_at: NaiveDate as Day = "As at", 14;
    }
}

record! {
    /// A day of a project that matters, as it stood on a day.
    MilestoneRow in MILESTONES = "Milestones", "milestones" {
        /// Unique among milestones.
        code: String as Code = "Ref", 12;
        /// Ref of the programme or project it is of.
        project: String as Code = "Project", 12;
        /// What is reached.
        title: String as Text = "Milestone", 50;
        /// The day agreed.
        baseline: NaiveDate as Day = "Baseline date", 14;
        /// The day expected; blank for the day agreed.
        forecast: Option<NaiveDate> as May<Day> = "Forecast date", 14;
        /// The day it was reached.
        actual: Option<NaiveDate> as May<Day> = "Actual date", 14;
        /// Who answers for it.
        owner: Option<String> as May<Text> = "Owner", 28;
        /// Why it slipped, and what is done about it.
        note: Option<String> as May<Text> = "Note", 50;
        /// The decision by which the agreed day was changed.
        decision: Option<String> as May<Text> = "Decision", 24;
        /// The day this is told of.
        as_at: NaiveDate as Day = "As at", 14;
    }
}

record! {
    /// That something waits for something else. Either may be a milestone, or a project, which stands for its end.
    DependencyRow in DEPENDENCIES = "Dependencies", "dependencies" {
        /// Ref of the milestone or project that waits.
        waits: String as Code = "Ref", 12;
        /// Ref of what it waits for.
        on: String as Code = "Waits for", 12;
        /// Days between them at least.
        days: u32 as Usual<Whole> = "Days between", 10;
        /// Why.
        note: Option<String> as May<Text> = "Why", 50;
    }
}

record! {
    /// Something that may happen, as it was looked at on a day.
    RiskRow in RISKS = "Risks", "risks" {
        /// Unique among risks.
        code: String as Code = "Ref", 10;
        /// What it is called.
        title: String as Text = "Risk", 44;
        /// What may bring it about.
        cause: String as Text = "Cause", 36;
        /// What may happen.
        event: String as Text = "Event", 36;
        /// What that would do.
        impact: String as Text = "Impact", 36;
        /// Ref of the element it bears on.
        element: String as Code = "Element", 12;
        /// Ref of the indicator it bears on.
        indicator: Option<String> as May<Code> = "Indicator", 12;
        /// Who answers for it.
        owner: String as Text = "Owner", 28;
        /// 1 to 5, were nothing done about it.
        inherent_likelihood: u32 as Whole = "Inherent likelihood", 11;
        /// 1 to 5, were nothing done about it.
        inherent_impact: u32 as Whole = "Inherent impact", 11;
        /// 1 to 5, with what is done about it now.
        residual_likelihood: u32 as Whole = "Residual likelihood", 11;
        /// 1 to 5, with what is done about it now.
        residual_impact: u32 as Whole = "Residual impact", 11;
        /// 1 to 5, with all that is planned done.
        target_likelihood: Option<u32> as May<Whole> = "Target likelihood", 11;
        /// 1 to 5, with all that is planned done.
        target_impact: Option<u32> as May<Whole> = "Target impact", 11;
        /// The highest score that is borne, 1 to 25.
        appetite: u32 as Whole = "Appetite", 10;
        /// What is done about it now.
        controls: Option<String> as May<Text> = "Controls", 44;
        /// What is to be done about it yet.
        further_action: Option<String> as May<Text> = "Further action", 36;
        /// By when.
        action_due: Option<NaiveDate> as May<Day> = "Action due date", 14;
        /// Whether it is looked after; blank for open.
        state: RiskState as Usual<Word> = "State", 10;
        /// The day it is looked at again.
        review_on: Option<NaiveDate> as May<Day> = "Next review", 14;
        /// What the last look found.
        review: Option<String> as May<Text> = "Review", 36;
        /// The day it was looked at.
        as_at: NaiveDate as Day = "As at", 14;
    }
}

record! {
    /// Money of an element, as at the end of a period.
    MoneyRow in MONEY = "Money", "money" {
        /// Ref of the element.
        element: String as Code = "Ref", 12;
        /// A year, or a period of it.
        period: Period as Span = "Period", 12;
        /// Revenue or capital.
        fund: Fund as Word = "Fund", 11;
        /// Pounds voted for the year.
        budget: Option<Decimal> as May<Figure> = "Budget", 15;
        /// Pounds moved to it in the period; below zero, from it.
        virement: Option<Decimal> as May<Figure> = "Virement", 13;
        /// Pounds spent from the beginning of the year to the end of the period.
        actual: Option<Decimal> as May<Figure> = "Actual to date", 15;
        /// Pounds the year is expected to come to.
        forecast: Option<Decimal> as May<Figure> = "Forecast outturn", 15;
        /// Per cent of the budget the year may end from it before it is amber, and twice that before it is red; blank for what is usual.
        tolerance: Option<Decimal> as May<Figure> = "Tolerance", 11;
        /// Why it is not as planned, and what is done about it.
        note: Option<String> as May<Text> = "Note", 50;
    }
}

record! {
    /// A theme of an instrument by which a council is assessed.
    ThemeRow in INSTRUMENTS = "Instruments", "instruments" {
        /// Ref of the instrument.
        instrument: String as Code = "Ref", 12;
        /// What the instrument is called.
        instrument_title: String as Text = "Instrument", 36;
        /// Ref of the theme, unique in its instrument.
        theme: String as Code = "Theme", 12;
        /// What the theme is called.
        title: String as Text = "Theme title", 36;
        /// What is found where all is well.
        characteristics: Vec<String> as List = "Characteristics", 60;
        /// What is found where it is not.
        failures: Vec<String> as List = "Indicators of potential failure", 60;
        /// The ratings there are, from worst to best; the same for every theme of the instrument.
        scale: Vec<String> as List = "Ratings", 40;
        /// Where it stands written.
        published: Option<String> as May<Text> = "Source", 40;
    }
}

record! {
    /// What was found about a theme in one edition of an assessment.
    AssessmentRow in ASSESSMENTS = "Assessments", "assessments" {
        /// Ref of the instrument.
        instrument: String as Code = "Ref", 12;
        /// The edition: `2024`.
        edition: String as Code = "Edition", 12;
        /// Ref of the theme.
        theme: String as Code = "Theme", 12;
        /// One of the instrument's ratings.
        rating: String as Text = "Rating", 20;
        /// Why.
        narrative: String as Text = "Narrative", 60;
        /// What shows it: `Indicator PI1; Action A4; Risk R2`.
        evidence: Vec<String> as List = "Evidence", 36;
        /// Who found it.
        assessed_by: Option<String> as May<Text> = "Assessed by", 28;
        /// When.
        assessed_on: NaiveDate as Day = "Assessed on", 14;
    }
}

record! {
    /// Something told about an element that no figure tells.
    InsightRow in INSIGHT = "Insight", "insight" {
        /// Unique among insights.
        code: String as Code = "Ref", 10;
        /// Ref of the element.
        element: String as Code = "Element", 12;
        /// Where it comes from.
        origin: InsightOrigin as Word = "Origin", 18;
        /// The period it speaks of.
        period: Option<Period> as May<Span> = "Period", 12;
        /// What is told.
        text: String as Text = "Insight", 70;
        /// The survey, report or person it is from.
        source: Option<String> as May<Text> = "Source", 36;
        /// When it was told.
        told_on: NaiveDate as Day = "Date", 14;
        /// It may speak of persons: whoever reads it is told so, and no pack prints it.
        sensitive: bool as YesNo = "Sensitive", 10;
    }
}
