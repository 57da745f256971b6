//! A committee pack as plain data: all that is to be printed, already decided. The caller gathers; counting,
//! sentences and lay-out are this room's, so that two packs of equal data are equal to the byte.

use chrono::{DateTime, NaiveDate, Utc};
use rules::exception::Trigger;
use rules::measure::{Absence, Dimension, Frequency, Mode, Polarity, Purpose, UnitKind, ValueState};
use rules::period::Period;
use rules::series::YearToDate;
use rules::status::{Colour, Status};
use rules::travel::Travel;
use rust_decimal::Decimal;

use crate::{Brand, Language, RenderError};

mod asked;
mod called;
mod comparison;
mod delivery;
mod said;

pub use asked::{PackAnswer, PackQuestion};
pub(crate) use called::Called;
pub use comparison::{PackBox, PackCompared, PackComparison, PackLimits, PackVariation};
pub use delivery::{PackAction, PackCall, PackDelivery, PackMilestone, PackMoney, PackProject, PackRecommendation, PackRisk, PackUnitCost};
pub use said::{Change, HowSet, PackRule, Stood, Why};

/// Everything of one pack. Lists are printed in the order they are given, unless a sheet says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The council's name, for instance `Exampleshire County Council`.
    pub council: String,
    /// The body it is for, for instance `Overview and Scrutiny Panel`.
    pub forum: String,
    /// The day it meets, when that is known.
    pub meeting_on: Option<NaiveDate>,
    /// Title of the directorate or service whose edition it is; none for an edition of the whole remit.
    pub edition_of: Option<String>,
    /// The reporting period.
    pub period: Period,
    /// The framework's title, for instance `Corporate Performance Framework`.
    pub framework: String,
    /// The label of its edition, for instance `2023/24`.
    pub edition: String,
    /// Figures read as they stood at this instant.
    pub as_at: DateTime<Utc>,
    /// When the pack was made: the creation time written into the file.
    pub created_at: DateTime<Utc>,
    /// Which sheets it has.
    pub profile: Profile,
    /// A team's mailbox or telephone number, never a person; empty for the performance team.
    pub contact: String,
    /// The language its own words are in. The council's texts stay as they were written.
    pub language: Language,
    /// The council's colours and logo.
    pub brand: Brand,
    /// Said at the top of the Cover when figures are not real.
    pub illustrative_note: Option<String>,
    /// The council's own words for statuses; the language's where it has none.
    pub status_words: Vec<(Colour, String)>,
    /// The rules status is decided by; printed on the Key.
    pub how_status_is_set: Vec<PackRule>,
    /// What the meeting is asked to decide; may be empty.
    pub decisions: Vec<String>,
    /// Questions and recommendations still open from earlier meetings; may be empty.
    pub outstanding: Vec<PackQuestion>,
    /// Those whose answer was accepted since the last pack; may be empty.
    pub settled: Vec<PackQuestion>,
    /// The figures.
    pub indicators: Vec<PackIndicator>,
    /// Indicators that call for attention, in the order to be read.
    pub exceptions: Vec<PackException>,
    /// What is delivered beside the figures: actions, projects, risks, money.
    pub delivery: PackDelivery,
    /// Figures beside other councils', and by the limits of their own history.
    pub compared: PackCompared,
    /// The instant of the figures of the last pack that the same readers were given; none where this is their first.
    pub last: Option<DateTime<Utc>>,
    /// Figures revised since the last pack.
    pub revisions: Vec<PackRevision>,
    /// Which figures these are; the Cover says it.
    pub figures: FiguresAre,
    /// Notes; the first is `[note 1]`.
    pub notes: Vec<PackNote>,
    /// Chart every indicator with figures, not the exceptions alone.
    pub chart_all: bool,
    /// Written as custom document properties: `pack_id`, `framework_version`, `period_id`, …
    pub properties: Vec<(String, String)>,
}

/// Which version of figures a pack prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FiguresAre {
    /// As they were recorded, where nothing else is said of them.
    Recorded,
    /// What was approved, alone.
    Approved,
    /// What was released to the forum, as it was released.
    Released,
    /// What is published, alone.
    Published,
}

/// Who a pack is made for, and so which sheets it has. Whatever an audience may not see is left out of the figures
/// before a pack is made, never hidden in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Members of a scrutiny body and the public: all but the figures for machines.
    Scrutiny,
    /// Cover, contents, Exceptions, Trend charts, Key and Notes: a chair's briefing.
    Exceptions,
    /// Portfolio holders.
    Cabinet,
    /// Directors and performance clinics: every sheet there is something for.
    Officer,
    /// Analysts: figures and definitions alone, no judgement in words and no chart.
    OpenData,
}

/// One indicator with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackIndicator {
    /// The ref, unique in the pack.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What is counted.
    pub definition: String,
    /// What is above the line, in words.
    pub numerator: Option<String>,
    /// What is below the line, in words.
    pub denominator: Option<String>,
    /// `Per cent`, `Number`, `Pounds`, …
    pub unit: String,
    /// Decimals shown.
    pub decimals: u32,
    /// Which way is better.
    pub polarity: Polarity,
    /// CONTEXTUAL indicators stand on the Outcomes sheet, the others on the scorecards.
    pub purpose: Purpose,
    /// How often it is due.
    pub frequency: Frequency,
    /// Reported to Cabinet first.
    pub headline: bool,
    /// Among the few that matter most.
    pub critical: bool,
    /// Economy, efficiency or effectiveness.
    pub dimension: Option<Dimension>,
    /// The rule and its thresholds.
    pub how_status_is_set: HowSet,
    /// Where figures come from.
    pub source: Option<String>,
    /// Days after a period's end until a figure can be expected.
    pub data_lag_days: u32,
    /// Which portfolio holder answers for it.
    pub portfolio_holder: Option<String>,
    /// Title of the element that owns it, for instance a service or a project.
    pub owner: String,
    /// Title of the directorate it counts under.
    pub directorate: Option<String>,
    /// Title of the change programme it counts under.
    pub programme: Option<String>,
    /// Title of the priority (or plan) it counts under.
    pub priority: Option<String>,
    /// Titles of the outcomes it contributes to.
    pub outcomes: Vec<String>,
    /// Do, enable or influence.
    pub mode: Option<Mode>,
    /// The baseline.
    pub baseline: Option<(Period, Decimal)>,
    /// Codes of the contextual measures of this pack that explain it, for instance the backlog behind the completions.
    pub context: Vec<String>,
    /// Words beside its figures are not for the readers of this pack, and it has none.
    pub words_withheld: bool,
    /// Its periods, oldest first; the last one that does not end after the pack's period is "latest".
    pub points: Vec<PackPoint>,
}

/// One period of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackPoint {
    /// The period.
    pub period: Period,
    /// The value at full precision; none when there is none or it may not be shown.
    pub value: Option<Decimal>,
    /// Why there is none.
    pub absence: Option<Absence>,
    /// Above the line.
    pub numerator: Option<Decimal>,
    /// Below the line.
    pub denominator: Option<Decimal>,
    /// What was aimed at.
    pub target: Option<Decimal>,
    /// Past this, somebody steps in.
    pub intervention: Option<Decimal>,
    /// The judgement and why.
    pub status: Status,
    /// What the year is expected to end on.
    pub forecast: Option<Decimal>,
    /// The year's own target.
    pub year_end_target: Option<Decimal>,
    /// The judgement of the year end and why.
    pub year_end_status: Status,
    /// Better or worse than before.
    pub travel: Travel,
    /// The year so far.
    pub year_to_date: YearToDate,
    /// How firm the value is; none without a value.
    pub state: Option<ValueState>,
    /// The day it was last revised, if it was.
    pub revised_on: Option<NaiveDate>,
    /// Why the figure is what it is.
    pub commentary: Option<String>,
    /// What is done to get back on track.
    pub action: Option<String>,
    /// The post that does it.
    pub action_owner: Option<String>,
    /// By when.
    pub action_due: Option<NaiveDate>,
}

/// How an exception is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionKind {
    /// 30 points or more.
    Concern,
    /// 10 to 29 points.
    Watch,
    /// Better than before.
    Improvement,
}

impl ExceptionKind {
    /// Its code: `CONCERN`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Concern => "CONCERN",
            Self::Watch => "WATCH",
            Self::Improvement => "IMPROVEMENT",
        }
    }
}

/// Something that calls for attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackException {
    /// Code of an indicator of this pack.
    pub code: String,
    /// Concern, watch or improvement.
    pub kind: ExceptionKind,
    /// Points it was given.
    pub points: u32,
    /// Why it is here, in the order to be read.
    pub triggers: Vec<Trigger>,
    /// Months of the period the triggers are counted in.
    pub months: u32,
}

/// Something that reads otherwise than in the last pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRevision {
    /// What sort of thing.
    pub what: Change,
    /// Code of the indicator; it need not be in the pack any more.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The unit of figures in `from` and `to`.
    pub unit: String,
    /// Decimals they are shown at.
    pub decimals: u32,
    /// What it read before.
    pub from: Stood,
    /// What it reads now.
    pub to: Stood,
    /// Why.
    pub why: Why,
    /// When.
    pub on: NaiveDate,
}

/// A note to the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackNote {
    /// What it says.
    pub text: String,
    /// Which sheets or indicators it is about.
    pub used_on: String,
}

impl PackIndicator {
    /// The point shown as latest: the last that does not end after `period` does.
    #[must_use]
    pub fn latest(&self, period: Period) -> Option<&PackPoint> {
        self.points.iter().rev().find(|p| p.period.end() <= period.end())
    }

    /// What its unit lets a writer of formats assume.
    #[must_use]
    pub fn kind(&self) -> UnitKind {
        UnitKind::of(&self.unit)
    }
}

impl Pack {
    /// A name to save it by: what it is, whose (the council's, or the element's whose edition it is) and when; lower case, words joined by dashes, 60 characters at most with its ending.
    #[must_use]
    pub fn file_name(&self) -> String {
        let language = &self.language;
        // One that not everybody may read is told by its name from one they may.
        let what = match self.profile {
            Profile::Scrutiny => "file-pack",
            Profile::Exceptions => "file-exceptions",
            Profile::Cabinet => "file-cabinet",
            Profile::Officer => "file-officer",
            Profile::OpenData => "file-open-data",
        };
        let place = self.edition_of.as_deref().unwrap_or(&self.council);
        crate::text::file_name(language.say(what), place, &language.period(self.period))
    }
}

/// The pack as the bytes of a workbook (`.xlsx`).
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given, for instance more rows than a sheet has.
pub fn render(pack: &Pack) -> Result<Vec<u8>, RenderError> {
    crate::sheets::render(pack)
}
