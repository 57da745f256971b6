//! The figures of a return and the questions on them, as the API shows them.

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};

use super::super::derive::Derived;
use super::super::figures::Figure;
use super::super::store::cycle::QuestionEntry;
use super::words::ReturnMissing;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{DateTime, Decimal, Period};
use crate::indicators::graphql::{Indicator, Page as IndicatorPage};
use crate::values::graphql::{SeriesPoint, Status};

/// One figure of a return.
#[derive(Clone)]
pub struct ReturnFigure {
    figure: Arc<Figure>,
    indicators: Option<Arc<IndicatorPage>>,
}

/// One figure of a return: an indicator in one of its own periods.
#[Object]
impl ReturnFigure {
    /// The indicator.
    async fn indicator(&self) -> Option<Indicator> {
        self.indicators.as_ref().map(|page| Indicator { page: Arc::clone(page), id: self.figure.key.0 })
    }

    /// The indicator's own period.
    async fn period(&self) -> Period {
        Period(self.figure.key.1)
    }

    /// The figure as it stands now, judged.
    async fn point(&self) -> SeriesPoint {
        SeriesPoint::of(&self.figure.point, self.figure.firm.map(Into::into), self.figure.words.as_ref())
    }

    /// Whether it is owed by now. A figure whose data come later is not, and lacks nothing.
    async fn due(&self) -> bool {
        self.figure.due()
    }

    /// Whether a figure was given.
    async fn given(&self) -> bool {
        self.figure.given()
    }

    /// What it lacks before the return can be submitted; nothing when it is complete.
    async fn missing(&self) -> Vec<ReturnMissing> {
        self.figure.missing().into_iter().map(Into::into).collect()
    }

    /// The figure as it was last approved; null before the first approval.
    async fn approved(&self) -> Option<ApprovedFigure> {
        self.figure.approved.as_ref().map(|approved| ApprovedFigure {
            value: self.figure.approved_value().map(Decimal),
            status: Status { colour: approved.status.into(), because: approved.because.clone() },
            approved_at: DateTime(approved.approved_at),
        })
    }

    /// Whether it has come since the return was approved, in which it was not due. It is submitted, assured and approved on the
    /// same return by the same acts, without reopening it.
    async fn late(&self) -> bool {
        self.figure.late()
    }

    /// Whether another figure is held than the one that was approved; null before the first approval.
    async fn differs(&self) -> Option<bool> {
        self.figure.differs()
    }
}

/// A figure as it was approved, judged as it was then.
#[derive(SimpleObject)]
pub struct ApprovedFigure {
    /// The value; null where none had been given.
    value: Option<Decimal>,
    /// How it was judged, and why.
    status: Status,
    /// When it was approved.
    approved_at: DateTime,
}

crate::connection! {
    /// A page of a return's figures.
    ReturnFigureConnection, ReturnFigureEdge, ReturnFigure
}

/// Cuts a page out of a return's figures.
pub fn figure_connection(figures: &[Figure], ask: &Ask, of: &Derived, indicators: Option<&Arc<IndicatorPage>>) -> ReturnFigureConnection {
    let key = |figure: &Figure| format!("{} {} {}", of.id, figure.key.0, figure.key.1);
    let node = |figure: &Figure| ReturnFigure { figure: Arc::new(figure.clone()), indicators: indicators.cloned() };
    ReturnFigureConnection::of(figures, ask, key, node)
}

/// A question on a figure of a return that was sent back.
#[derive(SimpleObject)]
pub struct ReturnQuestion {
    /// Opaque id, for `returnAnswer`.
    id: ID,
    /// The indicator.
    indicator: Option<Indicator>,
    /// The indicator's own period.
    period: Period,
    /// What was asked.
    question: String,
    /// The name of whoever asked.
    asked_by: String,
    /// When.
    asked_at: DateTime,
    /// What was answered; null while nobody has.
    answer: Option<String>,
    /// The name of whoever answered.
    answered_by: Option<String>,
    /// When.
    answered_at: Option<DateTime>,
}

impl ReturnQuestion {
    pub fn of(entry: &QuestionEntry, indicators: Option<&Arc<IndicatorPage>>) -> Self {
        Self {
            id: id::id(Kind::ReturnQuestion, entry.id),
            indicator: indicators.map(|page| Indicator { page: Arc::clone(page), id: entry.indicator }),
            period: Period(entry.period),
            question: entry.question.clone(),
            asked_by: entry.asked_by.clone(),
            asked_at: DateTime(entry.asked_at),
            answer: entry.answer.clone(),
            answered_by: entry.answered_by.clone(),
            answered_at: entry.answered_at.map(DateTime),
        }
    }
}
