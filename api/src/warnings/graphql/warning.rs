//! A warning that stands.

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};
use chrono::NaiveDate;
use rules::warning::{Evidence, Figure, Firing, Subject as SubjectKind};
use uuid::Uuid;

use super::words::{WarningAct, WarningKind, WarningState, WarningSubject};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime, Decimal, Period};
use crate::indicators::graphql::{Indicator, Page};
use crate::people::graphql::Permission;
use crate::warnings::handling::{self, Step};
use crate::warnings::standing::{Standing, begins, over, period_of};
use crate::warnings::subject::Subject;

/// Something a warning rests on: a figure of a period, or a day.
#[derive(SimpleObject, Clone)]
pub struct WarningFigure {
    /// What it is: `Figure`, `Forecast`, `Upper limit`, `Appetite`, `Expected`.
    label: String,
    /// The period it is of.
    period: Option<Period>,
    /// The figure, exact.
    value: Option<Decimal>,
    /// What was aimed at.
    target: Option<Decimal>,
    /// The day, where it is one.
    on: Option<Date>,
}

/// What a warning rests on.
#[derive(SimpleObject, Clone)]
pub struct WarningEvidence {
    /// In a sentence that judges nothing.
    words: String,
    /// The figures and days it was told by.
    figures: Vec<WarningFigure>,
}

impl From<&Firing> for WarningEvidence {
    fn from(firing: &Firing) -> Self {
        Self { words: firing.words(), figures: figures(&firing.evidence) }
    }
}

fn line(label: &str) -> WarningFigure {
    WarningFigure { label: label.to_owned(), period: None, value: None, target: None, on: None }
}

fn number(label: &str, value: impl Into<rust_decimal::Decimal>) -> WarningFigure {
    WarningFigure { value: Some(Decimal(value.into().normalize())), ..line(label) }
}

fn day(label: &str, on: NaiveDate) -> WarningFigure {
    WarningFigure { on: Some(Date(on)), ..line(label) }
}

fn of_period(figure: &Figure) -> WarningFigure {
    let (value, target) = (figure.value.map(Decimal), figure.thresholds.target.map(Decimal));
    WarningFigure { period: Some(Period(figure.period)), value, target, ..line("Figure") }
}

fn figures(evidence: &Evidence) -> Vec<WarningFigure> {
    match evidence {
        Evidence::RedForPeriods { figures, .. } | Evidence::Declining { figures, .. } => figures.iter().map(of_period).collect(),
        Evidence::ForecastRed { year, forecast, target, .. } => {
            let (value, target) = (forecast.map(Decimal), target.map(Decimal));
            vec![WarningFigure { period: Some(Period(*year)), value, target, ..line("Forecast") }]
        }
        Evidence::SpecialCause { period, value, limits, .. } => vec![
            WarningFigure { period: Some(Period(*period)), ..number("Figure", *value) },
            number("Centre line", limits.mean),
            number("Lower limit", limits.lower),
            number("Upper limit", limits.upper),
        ],
        Evidence::ReturnOverdue { due_on, days } => vec![day("Due", *due_on), number("Days since", *days)],
        Evidence::BottomQuartile { period, value, rank, counted, .. } => {
            let own = WarningFigure { period: Some(Period(*period)), value: value.map(Decimal), ..line("Figure") };
            let rank = rank.map(|rank| number("Rank", rank));
            std::iter::once(own).chain(rank).chain([number("Compared", *counted)]).collect()
        }
        Evidence::RiskAboveAppetite { as_at, score, appetite } => {
            vec![WarningFigure { on: Some(Date(*as_at)), ..number("Score", *score) }, number("Appetite", *appetite)]
        }
        Evidence::MilestoneSlipped { baseline, expected, days } => {
            vec![day("Agreed", *baseline), day("Expected", *expected), number("Days later", *days)]
        }
    }
}

/// Something that was done about a warning.
#[derive(SimpleObject, Clone)]
pub struct WarningStep {
    /// What.
    act: WarningAct,
    /// By whom.
    by: String,
    /// When.
    at: DateTime,
    /// The answer, or why it was muted. Null for whoever is not shown words beside the subject's figures.
    words: Option<String>,
    /// The last day it is left alone, where it was muted.
    muted_until: Option<Date>,
}

/// The opaque id of a subject, for `node`; of an indicator, as `council.indicator` shows it.
pub fn subject_id(subject: Subject) -> ID {
    let kind = match subject.kind {
        SubjectKind::Indicator => Kind::Indicator,
        SubjectKind::Return => Kind::Return,
        SubjectKind::Risk => Kind::Risk,
        SubjectKind::Milestone => Kind::Milestone,
    };
    id::id(kind, subject.id)
}

/// A warning that stands.
#[derive(Clone)]
pub struct Warning(Arc<Shown>);

/// A warning with all that is shown of it.
pub struct Shown {
    pub council: Uuid,
    pub one: Standing,
    /// What was done about it, in order.
    pub steps: Vec<Step>,
    /// The day it is asked about.
    pub on: NaiveDate,
    /// The indicators of the list, which fetch what is asked of them together.
    pub page: Option<Arc<Page>>,
    /// Whether whoever asks is shown what people wrote.
    pub words: bool,
    /// Whether they may act on it.
    pub acts: bool,
}

impl From<Shown> for Warning {
    fn from(shown: Shown) -> Self {
        Self(Arc::new(shown))
    }
}

impl Warning {
    pub fn shown(&self) -> &Shown {
        &self.0
    }

    /// Its id, not dressed.
    pub fn uuid(&self) -> Uuid {
        self.0.one.key.id(self.0.council)
    }

    /// How it is handled.
    pub fn state_now(&self) -> handling::State {
        handling::state(&self.0.steps, self.0.on).0
    }

    fn handled(&self) -> Option<&Step> {
        handling::state(&self.0.steps, self.0.on).1
    }

    fn said(&self, step: &Step) -> Option<String> {
        step.words.clone().filter(|_| self.0.words)
    }
}

/// Something that asks for a question: what was seen, since when, and what is done about it. It judges nobody, and there may be a good
/// answer.
#[Object]
impl Warning {
    /// Opaque id. The same for as long as it stands, for everybody.
    async fn id(&self) -> ID {
        id::id(Kind::Warning, self.uuid())
    }

    /// How many things were done about it: to be given with the next.
    async fn revision(&self) -> i32 {
        self.0.steps.last().map_or(0, |last| last.seq)
    }

    /// Which rule fired.
    async fn kind(&self) -> WarningKind {
        self.0.one.key.kind.into()
    }

    /// What it is about.
    async fn subject(&self) -> WarningSubject {
        self.0.one.key.subject.kind.into()
    }

    /// The opaque id of what it is about.
    async fn subject_id(&self) -> ID {
        subject_id(self.0.one.key.subject)
    }

    /// The ref of what it is about; of a return that of its element.
    async fn code(&self) -> &str {
        &self.0.one.named.code
    }

    /// What that is called.
    async fn title(&self) -> &str {
        &self.0.one.named.title
    }

    /// The reporting period, of a return.
    async fn period(&self) -> Option<Period> {
        self.0.one.named.period.map(Period)
    }

    /// The indicator it is about; null where it is about something else.
    async fn indicator(&self) -> Option<Indicator> {
        let subject = self.0.one.key.subject;
        let page = self.0.page.as_ref().filter(|_| subject.kind == SubjectKind::Indicator)?;
        Some(Indicator { page: Arc::clone(page), id: subject.id })
    }

    /// The day what it warns of began: of a period its first.
    async fn since(&self) -> Date {
        Date(begins(self.0.one.firing.since))
    }

    /// The period it began with, of rules over indicators.
    async fn since_period(&self) -> Option<Period> {
        period_of(self.0.one.firing.since).map(Period)
    }

    /// The day the rule first fired: of a period its last.
    async fn fired_on(&self) -> Date {
        Date(over(self.0.one.firing.fired))
    }

    /// The period with which the rule first fired, of rules over indicators.
    async fn fired_period(&self) -> Option<Period> {
        period_of(self.0.one.firing.fired).map(Period)
    }

    /// What it rests on, as it reads now.
    async fn evidence(&self) -> WarningEvidence {
        (&self.0.one.firing).into()
    }

    /// What it asks.
    async fn question(&self) -> &str {
        self.0.one.key.kind.question()
    }

    /// How it is handled.
    async fn state(&self) -> WarningState {
        self.state_now().into()
    }

    /// Who did that; null while nobody did anything.
    async fn handled_by(&self) -> Option<&str> {
        self.handled().map(|step| step.by.as_str())
    }

    /// When.
    async fn handled_at(&self) -> Option<DateTime> {
        self.handled().map(|step| DateTime(step.at))
    }

    /// The answer, or why it is muted. Null for whoever is not shown words beside the subject's figures.
    async fn words(&self) -> Option<String> {
        self.handled().and_then(|step| self.said(step))
    }

    /// The last day it is left alone; null where it is not muted.
    async fn muted_until(&self) -> Option<Date> {
        handling::muted(&self.0.steps, self.0.on).and_then(|step| step.muted_until).map(Date)
    }

    /// Everything that was done about it, the first first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn steps(&self) -> Vec<WarningStep> {
        let step = |step: &Step| WarningStep {
            act: step.act.into(),
            by: step.by.clone(),
            at: DateTime(step.at),
            words: self.said(step),
            muted_until: step.muted_until.map(Date),
        };
        self.0.steps.iter().map(step).collect()
    }

    /// What the viewer may do about it.
    async fn viewer_can(&self) -> Vec<Permission> {
        if self.0.acts { vec![Permission::ActOnWarnings] } else { Vec::new() }
    }
}

crate::connection! {
    /// A page of warnings.
    WarningConnection, WarningEdge, Warning
}
