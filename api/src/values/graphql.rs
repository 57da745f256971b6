//! A figure as the API shows it.

use async_graphql::{SelectionField, SimpleObject};
use rules::audience::Audience;
use rules::series::Point;

use super::reading::Read;
use super::store::Words;
use crate::graphql::plain::{Plain, Show, below, leaf, word};
use crate::graphql::scalars::{Date, DateTime, Decimal, Period};
use crate::graphql::words::{Absence, Colour, Direction, Reading, ValueState};

/// One period of one indicator, judged by the council's own rules.
#[derive(SimpleObject)]
pub struct SeriesPoint {
    /// The period, of the indicator's own frequency.
    pub period: Period,
    /// The value, exact. Null comes with its `absence`, or with none when nothing was reported at all.
    pub value: Option<Decimal>,
    /// Why there is no value, when somebody said why.
    pub absence: Option<Absence>,
    /// What is above the line.
    pub numerator: Option<Decimal>,
    /// What is below the line.
    pub denominator: Option<Decimal>,
    /// How firm the value is.
    pub state: Option<ValueState>,
    /// What was aimed at in this period.
    pub target: Option<Decimal>,
    /// The intervention level: past it, somebody steps in.
    pub intervention: Option<Decimal>,
    /// The least that is on target, where the target is a range.
    pub lower: Option<Decimal>,
    /// The most that is on target, where the target is a range.
    pub upper: Option<Decimal>,
    /// The period's own status.
    pub status: Status,
    /// How the year is expected to end.
    pub year_end: YearEnd,
    /// Better or worse than before.
    pub travel: Travel,
    /// The year so far.
    pub year_to_date: YearToDate,
    /// The explanation given with the figure.
    pub commentary: Option<String>,
    /// What is done to get back on track.
    pub remedial_action: Option<RemedialAction>,
    /// What a reader should know about the quality of the figure.
    pub quality_note: Option<String>,
    /// True when numerator and denominator do not make the value at shown precision.
    pub disagrees: bool,
    /// When this reading of the figure was recorded.
    pub recorded_at: Option<DateTime>,
    /// Which version of the figure this is: the draft, what was approved, or what was released to the viewer's forum.
    pub reading: Reading,
}

/// A judgement and its reason.
#[derive(SimpleObject)]
pub struct Status {
    /// The colour, or the state that is not a colour.
    pub colour: Colour,
    /// The reason in a sentence: the figures compared and the version of the rule that decided.
    pub because: String,
}

/// The year-end forecast against the year's own target.
#[derive(SimpleObject)]
pub struct YearEnd {
    /// What the manager expects the year to end on.
    pub forecast: Option<Decimal>,
    /// The year's own target, which is not the sum of the periods' targets.
    pub target: Option<Decimal>,
    /// The judgement of the forecast.
    pub status: Status,
}

/// Direction of travel, in terms of better and worse.
#[derive(SimpleObject)]
pub struct Travel {
    /// Against the period before. NOT_COMPARABLE for cumulative indicators.
    pub on_previous_period: Direction,
    /// Against the same months last year.
    pub on_same_period_last_year: Direction,
}

/// The year to date, by the indicator's own aggregation, with how much of it there is.
#[derive(SimpleObject)]
pub struct YearToDate {
    /// The figure so far.
    pub value: Option<Decimal>,
    /// Whether every period so far was reported.
    pub complete: bool,
    /// How many periods should have been reported by now.
    pub expected: u32,
    /// How many were.
    pub reported: u32,
}

/// A time-bound remedial action.
#[derive(SimpleObject)]
pub struct RemedialAction {
    /// What will be done.
    pub text: String,
    /// Who does it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Date>,
}

impl Plain for SeriesPoint {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "period" => leaf(|p: &Self| &p.period),
            "value" => leaf(|p: &Self| &p.value),
            "absence" => word(|p: &Self| p.absence.as_ref()),
            "numerator" => leaf(|p: &Self| &p.numerator),
            "denominator" => leaf(|p: &Self| &p.denominator),
            "state" => word(|p: &Self| p.state.as_ref()),
            "target" => leaf(|p: &Self| &p.target),
            "intervention" => leaf(|p: &Self| &p.intervention),
            "lower" => leaf(|p: &Self| &p.lower),
            "upper" => leaf(|p: &Self| &p.upper),
            "status" => below(field, |p: &Self| Some(&p.status))?,
            "yearEnd" => below(field, |p: &Self| Some(&p.year_end))?,
            "travel" => below(field, |p: &Self| Some(&p.travel))?,
            "yearToDate" => below(field, |p: &Self| Some(&p.year_to_date))?,
            "commentary" => leaf(|p: &Self| &p.commentary),
            "remedialAction" => below(field, |p: &Self| p.remedial_action.as_ref())?,
            "qualityNote" => leaf(|p: &Self| &p.quality_note),
            "disagrees" => leaf(|p: &Self| &p.disagrees),
            "recordedAt" => leaf(|p: &Self| &p.recorded_at),
            "reading" => word(|p: &Self| Some(&p.reading)),
            _ => return None,
        })
    }
}

impl Plain for Status {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "colour" => word(|s: &Self| Some(&s.colour)),
            "because" => leaf(|s: &Self| &s.because),
            _ => return None,
        })
    }
}

impl Plain for YearEnd {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "forecast" => leaf(|y: &Self| &y.forecast),
            "target" => leaf(|y: &Self| &y.target),
            "status" => below(field, |y: &Self| Some(&y.status))?,
            _ => return None,
        })
    }
}

impl Plain for Travel {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "onPreviousPeriod" => word(|t: &Self| Some(&t.on_previous_period)),
            "onSamePeriodLastYear" => word(|t: &Self| Some(&t.on_same_period_last_year)),
            _ => return None,
        })
    }
}

impl Plain for YearToDate {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "value" => leaf(|y: &Self| &y.value),
            "complete" => leaf(|y: &Self| &y.complete),
            "expected" => leaf(|y: &Self| &y.expected),
            "reported" => leaf(|y: &Self| &y.reported),
            _ => return None,
        })
    }
}

impl Plain for RemedialAction {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "text" => leaf(|a: &Self| &a.text),
            "owner" => leaf(|a: &Self| &a.owner),
            "due" => leaf(|a: &Self| &a.due),
            _ => return None,
        })
    }
}

impl From<&rules::status::Status> for Status {
    fn from(status: &rules::status::Status) -> Self {
        Self { colour: status.colour.into(), because: status.because.clone() }
    }
}

impl SeriesPoint {
    /// Dresses a point of an indicator's judged series, as far as whoever reads that version may see it.
    pub fn read(read: &Read, point: &Point, sensitive: bool) -> Self {
        let Read { reading, judged } = read;
        let state = point.observation.and_then(|at| judged.figures.observations.get(at)).map(|o| o.state.into());
        let words = point.observation.and_then(|at| judged.figures.words(at));
        Self::of(point, state, words).for_audience(*reading, sensitive)
    }

    /// Without what members are not shown: words that may speak of persons, and what would tell of a withheld figure.
    fn for_audience(mut self, reading: rules::reading::Reading, sensitive: bool) -> Self {
        self.reading = reading.into();
        let audience = reading.audience();
        if !audience.sees_words(sensitive) {
            (self.commentary, self.remedial_action) = (None, None);
        }
        if !audience.sees_quality(sensitive) {
            self.quality_note = None;
        }
        if audience != Audience::Officers && self.absence == Some(Absence::Suppressed) {
            (self.year_end.forecast, self.year_to_date.value) = (None, None);
            self.year_end.status = Status { colour: self.status.colour, because: self.status.because.clone() };
        }
        self
    }

    /// Whether a selection has any of what is kept beside the figures.
    pub fn words_wanted(field: &SelectionField<'_>) -> bool {
        field.selection_set().any(|f| matches!(f.name(), "commentary" | "remedialAction" | "qualityNote" | "recordedAt"))
    }

    /// Dresses one point: how firm its figure is, and the words beside it.
    pub fn of(point: &Point, state: Option<ValueState>, words: Option<&Words>) -> Self {
        let shown = |value: Option<rust_decimal::Decimal>| value.map(Decimal);
        Self {
            period: Period(point.period),
            value: shown(point.value),
            absence: point.absence.map(Into::into),
            numerator: shown(point.numerator),
            denominator: shown(point.denominator),
            state,
            target: shown(point.thresholds.target),
            intervention: shown(point.thresholds.intervention),
            lower: shown(point.thresholds.lower),
            upper: shown(point.thresholds.upper),
            status: (&point.status).into(),
            year_end: YearEnd {
                forecast: shown(point.year_end.forecast),
                target: shown(point.year_end.target),
                status: (&point.year_end.status).into(),
            },
            travel: Travel {
                on_previous_period: point.travel.on_previous_period.into(),
                on_same_period_last_year: point.travel.on_same_period_last_year.into(),
            },
            year_to_date: YearToDate {
                value: shown(point.year_to_date.value),
                complete: point.year_to_date.complete,
                expected: point.year_to_date.expected,
                reported: point.year_to_date.reported,
            },
            commentary: words.and_then(|w| w.commentary.clone()),
            remedial_action: words
                .and_then(|w| Some(RemedialAction { text: w.action.clone()?, owner: w.action_owner.clone(), due: w.action_due.map(Date) })),
            quality_note: words.and_then(|w| w.quality_note.clone()),
            disagrees: point.disagrees,
            recorded_at: words.map(|w| DateTime(w.recorded_at)),
            reading: Reading::Recorded,
        }
    }
}
