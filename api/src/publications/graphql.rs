//! What is published, as anybody reads it through the API.

use async_graphql::{Context, Object, SimpleObject};

use super::public::{self, SERIES_MAX};
use super::store::Figure;
use crate::error::{Error, Result};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{DateTime, Decimal, Period};
use crate::graphql::session::session;
use crate::graphql::words::{Absence, Colour, Polarity, ValueState};

/// A council as the public sees it.
pub struct PublishedCouncil {
    council: public::Council,
}

/// A council as the public sees it: what it published, and nothing else.
#[Object]
impl PublishedCouncil {
    /// Its code, a lower-case word.
    async fn code(&self) -> &str {
        &self.council.code
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.council.name
    }

    /// Indicators of which figures are published, by code. 100 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Option<Result<PublishedIndicatorConnection>> {
        let read = async || {
            let ask = Ask::new(first, after.as_deref())?;
            let counted = ctx.look_ahead().field("totalCount").exists();
            let page = public::page(&session(ctx).app, self.council.id, &ask, counted).await?;
            let rows = page.indicators.into_iter().map(|of| PublishedIndicator { of }).collect();
            Ok(PublishedIndicatorConnection::fetched(rows, &ask, page.total, |row| row.of.entry.code.clone(), PublishedIndicator::clone))
        };
        Some(read().await)
    }
}

/// An indicator of which figures are published.
#[derive(Clone)]
pub struct PublishedIndicator {
    of: public::Indicator,
}

impl PublishedIndicator {
    fn latest(&self) -> Result<&Figure> {
        self.of.figures.last().ok_or_else(|| Error::internal("reading a published indicator", &"it has no figure"))
    }
}

/// An indicator of which figures are published, as it was called and defined with the latest of them.
#[Object]
impl PublishedIndicator {
    /// The council's own ref for it, unique in the council.
    async fn code(&self) -> &str {
        &self.of.entry.code
    }

    /// What it was called when its latest figure was published.
    async fn title(&self) -> Result<&str> {
        Ok(&self.latest()?.title)
    }

    /// The unit in words.
    async fn unit(&self) -> Result<&str> {
        Ok(&self.latest()?.unit)
    }

    /// Which way is better.
    async fn polarity(&self) -> Result<Polarity> {
        Ok(self.latest()?.polarity.into())
    }

    /// What is counted, as it was defined when its latest figure was published.
    async fn definition(&self) -> Result<Option<&str>> {
        Ok(self.latest()?.definition.as_deref())
    }

    /// Its last published figures, the earliest first; 120 at most.
    #[graphql(complexity = "usize::try_from(last).unwrap_or_default().min(SERIES_MAX).saturating_mul(child_complexity).saturating_add(1)")]
    async fn series(&self, #[graphql(default = 12)] last: i32) -> Option<Result<Vec<PublishedFigure>>> {
        let cut = || {
            let last = usize::try_from(last).ok().filter(|last| *last <= SERIES_MAX);
            let last = last.ok_or_else(|| Error::limit(format!("`last` is between 0 and {SERIES_MAX}.")))?;
            let from = self.of.figures.len().saturating_sub(last);
            Ok(self.of.figures.iter().skip(from).map(Into::into).collect())
        };
        Some(cut())
    }
}

crate::connection! {
    /// A page of published indicators.
    PublishedIndicatorConnection, PublishedIndicatorEdge, PublishedIndicator
}

/// A figure as it was published.
#[derive(SimpleObject)]
pub struct PublishedFigure {
    /// The period.
    period: Period,
    /// The figure, at the precision it is shown at. Null where there is none, where it may not be shown, and where it was withdrawn.
    value: Option<Decimal>,
    /// Why there is no figure, where somebody said why.
    absence: Option<Absence>,
    /// What is above the line.
    numerator: Option<Decimal>,
    /// What is below the line.
    denominator: Option<Decimal>,
    /// How firm the figure is.
    state: ValueState,
    /// What was aimed at.
    target: Option<Decimal>,
    /// Past it, somebody steps in.
    intervention: Option<Decimal>,
    /// The least that is on target, where the target is a range.
    lower: Option<Decimal>,
    /// The most that is on target, where the target is a range.
    upper: Option<Decimal>,
    /// How it was judged; null where it was withdrawn.
    status: Option<Colour>,
    /// When it was published.
    published_at: DateTime,
    /// Whether it was withdrawn since.
    withdrawn: bool,
    /// What the council says of a withdrawn figure.
    notice: Option<String>,
}

impl From<&Figure> for PublishedFigure {
    fn from(figure: &Figure) -> Self {
        let withdrawn = figure.withdrawn_at.is_some();
        Self {
            period: Period(figure.period),
            value: figure.value.map(Decimal),
            absence: figure.absence.map(Into::into),
            numerator: figure.numerator.map(Decimal),
            denominator: figure.denominator.map(Decimal),
            state: figure.state.into(),
            target: figure.target.map(Decimal),
            intervention: figure.intervention.map(Decimal),
            lower: figure.lower.map(Decimal),
            upper: figure.upper.map(Decimal),
            status: (!withdrawn).then(|| figure.status.into()),
            published_at: DateTime(figure.published_at),
            withdrawn,
            notice: figure.notice.clone(),
        }
    }
}

/// A council's publications, for anybody.
pub async fn published(ctx: &Context<'_>, code: &str) -> Result<Option<PublishedCouncil>> {
    Ok(public::council(&session(ctx).app, code).await?.map(|council| PublishedCouncil { council }))
}
