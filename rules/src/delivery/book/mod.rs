//! Plans, programmes, risks, money and assessments as plain rows: what a delivery workbook holds, an export writes, an import and
//! an entry compare with what is held.
//!
//! Each record is declared once ([`rows`]): fields, headings, how each stands in a cell. Importers read any of them from cells,
//! exporters write any of them to cells, and [`check`] says of any of them what cannot be.

mod cell;
mod check;
mod circle;
mod page;
mod rows;

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use cell::{As, Cells, Shown, Source, Told};
pub use check::{CODES, Finding, Ground, Weight, check};
pub use circle::{circles, waiting};
pub use page::page;
pub use rows::*;

use crate::closed_set;
use crate::framework::Keyed;
use crate::measure::ElementKind;
use crate::workbook::SheetSpec;

closed_set! {
    /// What a record is: one sheet of the delivery workbook each, in this order.
    RecordKind {
        /// [`RecommendationRow`].
        Recommendation = "RECOMMENDATION", "Recommendation";
        /// [`ProjectRow`].
        Project = "PROJECT", "Project";
        /// [`MilestoneRow`].
        Milestone = "MILESTONE", "Milestone";
        /// [`DependencyRow`].
        Dependency = "DEPENDENCY", "Dependency";
        /// [`ActionRow`].
        Action = "ACTION", "Action";
        /// [`RiskRow`].
        Risk = "RISK", "Risk";
        /// [`MoneyRow`].
        Money = "MONEY", "Money";
        /// [`ThemeRow`].
        Theme = "THEME", "Theme";
        /// [`AssessmentRow`].
        Assessment = "ASSESSMENT", "Assessment";
        /// [`InsightRow`].
        Insight = "INSIGHT", "Insight";
    }
}

impl RecordKind {
    /// Its sheet.
    #[must_use]
    pub const fn spec(self) -> SheetSpec {
        match self {
            Self::Recommendation => RECOMMENDATIONS,
            Self::Project => PROJECTS,
            Self::Milestone => MILESTONES,
            Self::Dependency => DEPENDENCIES,
            Self::Action => ACTIONS,
            Self::Risk => RISKS,
            Self::Money => MONEY,
            Self::Theme => INSTRUMENTS,
            Self::Assessment => ASSESSMENTS,
            Self::Insight => INSIGHT,
        }
    }

    /// The kind of a sheet, by the sheet's name in its specification.
    #[must_use]
    pub fn of_sheet(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.spec().name == name)
    }

    /// Reads a row of its sheet.
    pub fn read<S: Source>(self, source: &mut S) -> Option<DeliveryRow> {
        Some(match self {
            Self::Recommendation => DeliveryRow::Recommendation(RecommendationRow::read(source)?),
            Self::Project => DeliveryRow::Project(ProjectRow::read(source)?),
            Self::Milestone => DeliveryRow::Milestone(MilestoneRow::read(source)?),
            Self::Dependency => DeliveryRow::Dependency(DependencyRow::read(source)?),
            Self::Action => DeliveryRow::Action(ActionRow::read(source)?),
            Self::Risk => DeliveryRow::Risk(RiskRow::read(source)?),
            Self::Money => DeliveryRow::Money(MoneyRow::read(source)?),
            Self::Theme => DeliveryRow::Theme(ThemeRow::read(source)?),
            Self::Assessment => DeliveryRow::Assessment(AssessmentRow::read(source)?),
            Self::Insight => DeliveryRow::Insight(InsightRow::read(source)?),
        })
    }

    /// The kinds that what is told of this one is checked beside, itself among them.
    #[must_use]
    pub const fn beside(self) -> &'static [Self] {
        match self {
            Self::Recommendation => &[Self::Recommendation],
            Self::Project => &[Self::Project, Self::Milestone],
            Self::Milestone => &[Self::Project, Self::Milestone, Self::Dependency],
            Self::Dependency => &[Self::Milestone, Self::Dependency],
            Self::Action => &[Self::Recommendation, Self::Milestone, Self::Action],
            Self::Risk => &[Self::Risk],
            Self::Money => &[Self::Money],
            Self::Theme => &[Self::Theme],
            Self::Assessment => &[Self::Recommendation, Self::Milestone, Self::Action, Self::Risk, Self::Theme, Self::Assessment],
            Self::Insight => &[Self::Insight],
        }
    }

    /// The kinds whose records may lead to one of this.
    #[must_use]
    pub const fn led_to_by(self) -> &'static [Self] {
        match self {
            Self::Recommendation => &[Self::Action],
            Self::Milestone => &[Self::Dependency, Self::Action],
            Self::Action | Self::Risk | Self::Theme => &[Self::Assessment],
            Self::Project | Self::Dependency | Self::Money | Self::Assessment | Self::Insight => &[],
        }
    }

    /// The kinds that these are checked beside, and that lead to them, each once and in order.
    #[must_use]
    pub fn around(kinds: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let kinds: Vec<Self> = kinds.into_iter().collect();
        let leading: Vec<Self> = kinds.iter().flat_map(|kind| kind.led_to_by()).copied().collect();
        let near = |of: &&Self| kinds.iter().chain(&leading).any(|kind| kind.beside().contains(of));
        Self::ALL.iter().filter(near).copied().collect()
    }

    /// As many of them as a council keeps: every question reads them all.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            // An element's funds, month by month, for many years.
            Self::Money => 200_000,
            Self::Milestone | Self::Dependency | Self::Action | Self::Risk => 20_000,
            // These are listed without pages.
            Self::Assessment | Self::Insight => 5_000,
            Self::Recommendation | Self::Project => 2_000,
            Self::Theme => 500,
        }
    }

    /// The columns of its sheet, for people.
    #[must_use]
    pub fn told(self) -> Vec<Told> {
        match self {
            Self::Recommendation => RecommendationRow::told(),
            Self::Project => ProjectRow::told(),
            Self::Milestone => MilestoneRow::told(),
            Self::Dependency => DependencyRow::told(),
            Self::Action => ActionRow::told(),
            Self::Risk => RiskRow::told(),
            Self::Money => MoneyRow::told(),
            Self::Theme => ThemeRow::told(),
            Self::Assessment => AssessmentRow::told(),
            Self::Insight => InsightRow::told(),
        }
    }

    /// The field under a heading of its sheet, as it is called where records are declared: `lead_officer`.
    #[must_use]
    pub fn field(self, heading: &str) -> Option<&'static str> {
        let fields = match self {
            Self::Recommendation => RecommendationRow::FIELDS,
            Self::Project => ProjectRow::FIELDS,
            Self::Milestone => MilestoneRow::FIELDS,
            Self::Dependency => DependencyRow::FIELDS,
            Self::Action => ActionRow::FIELDS,
            Self::Risk => RiskRow::FIELDS,
            Self::Money => MoneyRow::FIELDS,
            Self::Theme => ThemeRow::FIELDS,
            Self::Assessment => AssessmentRow::FIELDS,
            Self::Insight => InsightRow::FIELDS,
        };
        fields.iter().find(|(_, of)| *of == heading).map(|(field, _)| *field)
    }
}

/// A record of any kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "each is the row it names")]
pub enum DeliveryRow {
    Recommendation(RecommendationRow),
    Project(ProjectRow),
    Milestone(MilestoneRow),
    Dependency(DependencyRow),
    Action(ActionRow),
    Risk(RiskRow),
    Money(MoneyRow),
    Theme(ThemeRow),
    Assessment(AssessmentRow),
    Insight(InsightRow),
}

/// What a ref of a record leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum To {
    /// An element of the framework.
    Element,
    /// An element that is a programme or a project.
    Project,
    /// An indicator.
    Indicator,
    /// Another record.
    Record(RecordKind),
    /// A milestone, or a programme or project, which stands for its end.
    MilestoneOrProject,
}

impl To {
    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Project => "programme or project",
            Self::Indicator => "indicator",
            Self::Record(RecordKind::Recommendation) => "recommendation",
            Self::Record(RecordKind::Action) => "action",
            Self::Record(RecordKind::Risk) => "risk",
            Self::Record(RecordKind::Milestone) => "milestone",
            Self::Record(RecordKind::Theme) => "theme of an instrument",
            Self::Record(_) => "record",
            Self::MilestoneOrProject => "milestone, programme or project",
        }
    }
}

/// A ref in a record, with the heading it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ref<'a> {
    /// The heading.
    pub heading: &'static str,
    /// What it leads to.
    pub to: To,
    /// The ref itself.
    pub code: Cow<'a, str>,
}

/// What a list of evidence names: `Indicator PI1`. None when it is not spelled so.
#[must_use]
pub fn evidence(item: &str) -> Option<(To, &str)> {
    let (what, code) = item.trim().split_once(char::is_whitespace)?;
    let to = [To::Indicator, To::Record(RecordKind::Action), To::Record(RecordKind::Risk)];
    let to = to.into_iter().find(|to| to.words().eq_ignore_ascii_case(what))?;
    Some((to, code.trim()))
}

impl DeliveryRow {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> RecordKind {
        match self {
            Self::Recommendation(_) => RecordKind::Recommendation,
            Self::Project(_) => RecordKind::Project,
            Self::Milestone(_) => RecordKind::Milestone,
            Self::Dependency(_) => RecordKind::Dependency,
            Self::Action(_) => RecordKind::Action,
            Self::Risk(_) => RecordKind::Risk,
            Self::Money(_) => RecordKind::Money,
            Self::Theme(_) => RecordKind::Theme,
            Self::Assessment(_) => RecordKind::Assessment,
            Self::Insight(_) => RecordKind::Insight,
        }
    }

    /// What it is told from others of its kind by, within the council: a ref, or what stands for one.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Recommendation(row) => row.code.clone(),
            Self::Project(row) => row.element.clone(),
            Self::Milestone(row) => row.code.clone(),
            Self::Dependency(row) => format!("{} waits for {}", row.waits, row.on),
            Self::Action(row) => row.code.clone(),
            Self::Risk(row) => row.code.clone(),
            Self::Money(row) => format!("{} {} {}", row.element, row.period, row.fund.words().to_lowercase()),
            Self::Theme(row) => theme_code(&row.instrument, &row.theme),
            Self::Assessment(row) => format!("{} {}", theme_code(&row.instrument, &row.theme), row.edition),
            Self::Insight(row) => row.code.clone(),
        }
    }

    /// Its own ref, of kinds that have one.
    #[must_use]
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Recommendation(row) => Some(&row.code),
            Self::Milestone(row) => Some(&row.code),
            Self::Action(row) => Some(&row.code),
            Self::Risk(row) => Some(&row.code),
            Self::Insight(row) => Some(&row.code),
            Self::Project(_) | Self::Dependency(_) | Self::Money(_) | Self::Theme(_) | Self::Assessment(_) => None,
        }
    }

    /// What people know it by.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Recommendation(row) => row.title.clone(),
            Self::Project(row) => row.stage.words().to_owned(),
            Self::Milestone(row) => row.title.clone(),
            Self::Dependency(row) => format!("{} days", row.days),
            Self::Action(row) => row.title.clone(),
            Self::Risk(row) => row.title.clone(),
            Self::Money(row) => row.fund.words().to_owned(),
            Self::Theme(row) => row.title.clone(),
            Self::Assessment(row) => row.rating.clone(),
            Self::Insight(row) => row.text.clone(),
        }
    }

    /// Its cells, in the order of its sheet's columns.
    #[must_use]
    pub fn cells(&self) -> Vec<(&'static str, Shown)> {
        match self {
            Self::Recommendation(row) => row.cells(),
            Self::Project(row) => row.cells(),
            Self::Milestone(row) => row.cells(),
            Self::Dependency(row) => row.cells(),
            Self::Action(row) => row.cells(),
            Self::Risk(row) => row.cells(),
            Self::Money(row) => row.cells(),
            Self::Theme(row) => row.cells(),
            Self::Assessment(row) => row.cells(),
            Self::Insight(row) => row.cells(),
        }
    }

    /// The day it is told of, where it is told of again and again.
    #[must_use]
    pub const fn as_at(&self) -> Option<NaiveDate> {
        match self {
            Self::Project(row) => Some(row.as_at),
            Self::Milestone(row) => Some(row.as_at),
            Self::Action(row) => Some(row.as_at),
            Self::Risk(row) => Some(row.as_at),
            Self::Recommendation(_) | Self::Dependency(_) | Self::Money(_) | Self::Theme(_) | Self::Assessment(_) | Self::Insight(_) => {
                None
            }
        }
    }

    /// Ref of the element it hangs on by itself; none where it hangs on something else, or on the whole council.
    #[must_use]
    pub fn element(&self) -> Option<&str> {
        match self {
            Self::Recommendation(row) => row.element.as_deref(),
            Self::Project(row) => Some(&row.element),
            Self::Milestone(row) => Some(&row.project),
            Self::Action(row) => row.element.as_deref(),
            Self::Risk(row) => Some(&row.element),
            Self::Money(row) => Some(&row.element),
            Self::Insight(row) => Some(&row.element),
            Self::Dependency(_) | Self::Theme(_) | Self::Assessment(_) => None,
        }
    }

    /// Ref of the indicator it is about.
    #[must_use]
    pub fn indicator(&self) -> Option<&str> {
        match self {
            Self::Action(row) => row.indicator.as_deref(),
            Self::Risk(row) => row.indicator.as_deref(),
            _ => None,
        }
    }

    /// Everything it leads to.
    #[must_use]
    pub fn refs(&self) -> Vec<Ref<'_>> {
        let to = |heading, to, code| Ref { heading, to, code: Cow::Borrowed(code) };
        let may = |heading, of, code: &'_ Option<String>| code.as_deref().map(|code| (heading, of, code.to_owned()));
        let owned = |(heading, to, code): (&'static str, To, String)| Ref { heading, to, code: Cow::Owned(code) };
        match self {
            Self::Recommendation(row) => may("Element", To::Element, &row.element).map(owned).into_iter().collect(),
            Self::Project(row) => vec![to("Ref", To::Project, &row.element)],
            Self::Milestone(row) => vec![to("Project", To::Project, &row.project)],
            Self::Dependency(row) => {
                vec![to("Ref", To::MilestoneOrProject, &row.waits), to("Waits for", To::MilestoneOrProject, &row.on)]
            }
            Self::Action(row) => {
                let refs = [
                    may("Answers", To::Record(RecordKind::Recommendation), &row.answers),
                    may("Milestone", To::Record(RecordKind::Milestone), &row.milestone),
                    may("Indicator", To::Indicator, &row.indicator),
                    may("Element", To::Element, &row.element),
                ];
                refs.into_iter().flatten().map(owned).collect()
            }
            Self::Risk(row) => {
                let indicator = may("Indicator", To::Indicator, &row.indicator).map(owned);
                [to("Element", To::Element, &row.element)].into_iter().chain(indicator).collect()
            }
            Self::Money(row) => vec![to("Ref", To::Element, &row.element)],
            Self::Theme(_) => Vec::new(),
            Self::Assessment(row) => {
                let theme =
                    Ref { heading: "Theme", to: To::Record(RecordKind::Theme), code: Cow::Owned(theme_code(&row.instrument, &row.theme)) };
                let shown = row.evidence.iter().filter_map(|item| evidence(item)).map(|(of, code)| to("Evidence", of, code));
                [theme].into_iter().chain(shown).collect()
            }
            Self::Insight(row) => vec![to("Element", To::Element, &row.element)],
        }
    }
}

/// The records of a council as one workbook holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryBook {
    /// The council.
    pub council: String,
    /// What the records are of: `Corporate plan 2024 to 2028`.
    pub title: String,
    /// Records of any kinds; those of one kind in the order they are to stand in.
    pub rows: Vec<DeliveryRow>,
}

/// A theme is told by its instrument and its own ref.
#[must_use]
pub fn theme_code(instrument: &str, theme: &str) -> String {
    format!("{instrument} {theme}")
}

impl Keyed for DeliveryRow {
    fn key(&self) -> String {
        format!("{} {}", self.kind().words(), self.code())
    }
}

/// Whether an element is one that has stages, milestones and a delivery status.
#[must_use]
pub const fn is_project(kind: ElementKind) -> bool {
    matches!(kind, ElementKind::Programme | ElementKind::Project)
}

#[cfg(test)]
mod tests;
