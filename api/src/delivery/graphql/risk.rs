//! Risks.

use async_graphql::{Context, ID, Object, SimpleObject};
use rules::delivery::book::{DeliveryRow, RecordKind, RiskRow};
use rules::delivery::risk::{Rating, RiskState as State, SCALE, within};

use super::history::{Telling, history};
use super::words::{RiskBand, RiskMovement, RiskState};
use super::{At, courses, ground, told_of, visible};
use crate::delivery::held::told_by;
use crate::error::{Error, Result};
use crate::frameworks::graphql::Element;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::Date;
use crate::indicators::graphql::Indicator;

told_of! {
    /// Something that may happen, as it was last looked at.
    Risk, Risk, RiskRow
}

crate::connection! {
    /// A page of risks.
    RiskConnection, RiskEdge, Risk
}

/// A likelihood with an impact, each 1 to 5.
#[derive(SimpleObject)]
pub struct RiskRating {
    /// 1 to 5.
    likelihood: u8,
    /// 1 to 5.
    impact: u8,
    /// One times the other, 1 to 25.
    score: u8,
    /// The band of the score.
    band: RiskBand,
}

impl From<Rating> for RiskRating {
    fn from(of: Rating) -> Self {
        Self { likelihood: of.likelihood(), impact: of.impact(), score: of.score(), band: of.band().into() }
    }
}

/// Everything the viewer may read.
pub async fn all(ctx: &Context<'_>, at: At) -> Result<Vec<Risk>> {
    let all = visible(ctx, RecordKind::Risk, at).await?;
    Ok(all.iter().filter_map(|(record, _)| Risk::of(record, at)).collect())
}

/// One the viewer may read, by its ref.
pub async fn by_code(ctx: &Context<'_>, code: &str, at: At) -> Result<Option<Risk>> {
    Ok(all(ctx, at).await?.into_iter().find(|of| of.row.code.eq_ignore_ascii_case(code.trim())))
}

/// A cell of the heat map: a likelihood with an impact, and the open risks that score so now.
#[derive(SimpleObject)]
pub struct RiskCell {
    /// 1 to 5.
    likelihood: u8,
    /// 1 to 5.
    impact: u8,
    /// One times the other, 1 to 25.
    score: u8,
    /// The band of the score.
    band: RiskBand,
    /// Open risks whose residual rating this is.
    risks: Vec<Risk>,
}

/// The heat map of the open risks the viewer may read: 25 cells, from the likeliest and worst down.
pub async fn heat_map(ctx: &Context<'_>, at: At) -> Result<Vec<RiskCell>> {
    let open: Vec<Risk> = all(ctx, at).await?.into_iter().filter(|of| of.row.state != State::Closed).collect();
    let mut cells = Vec::with_capacity(25);
    for likelihood in SCALE.rev() {
        for impact in SCALE.rev() {
            let Some(rating) = Rating::new(likelihood, impact) else { continue };
            let here = open.iter().filter(|of| of.row.ratings()[1] == Some(rating)).cloned().collect();
            cells.push(RiskCell { likelihood, impact, score: rating.score(), band: rating.band().into(), risks: here });
        }
    }
    Ok(cells)
}

impl Risk {
    pub(super) fn row(&self) -> &RiskRow {
        &self.row
    }

    fn rating(&self, which: usize) -> Result<Rating> {
        let found = self.row.ratings().get(which).copied().flatten();
        found.ok_or_else(|| Error::internal("reading a risk", &"its rating is not on the scale"))
    }

    /// Whether it scores no more than is borne.
    pub(super) fn is_within(&self) -> bool {
        let appetite = u8::try_from(self.row.appetite).unwrap_or(u8::MAX);
        self.row.ratings()[1].is_none_or(|residual| within(residual, appetite))
    }
}

/// Something that may happen: what brings it about, what it would do, how likely and how bad, and what is done about it.
#[Object]
impl Risk {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Risk, self.record.id)
    }

    /// Its ref, unique among the council's risks.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What may bring it about.
    async fn cause(&self) -> &str {
        &self.row.cause
    }

    /// What may happen.
    async fn event(&self) -> &str {
        &self.row.event
    }

    /// What that would do.
    async fn impact(&self) -> &str {
        &self.row.impact
    }

    /// The element it bears on; null where the edition in force has none of its ref.
    async fn element(&self, ctx: &Context<'_>) -> Option<Result<Element>> {
        ground(ctx).await.map(|ground| ground.element(&self.row.element)).transpose()
    }

    /// The indicator it bears on.
    async fn indicator(&self, ctx: &Context<'_>) -> Option<Result<Indicator>> {
        let code = self.row.indicator.as_ref()?;
        ground(ctx).await.map(|ground| ground.indicator(code)).transpose()
    }

    /// Who answers for it.
    async fn owner(&self) -> &str {
        &self.row.owner
    }

    /// Were nothing done about it.
    async fn inherent(&self) -> Option<Result<RiskRating>> {
        Some(self.rating(0).map(Into::into))
    }

    /// With what is done about it now.
    async fn residual(&self) -> Option<Result<RiskRating>> {
        Some(self.rating(1).map(Into::into))
    }

    /// With all that is planned done; null where no target was set.
    async fn target(&self) -> Option<RiskRating> {
        self.row.ratings()[2].map(Into::into)
    }

    /// The highest score that is borne, 1 to 25.
    async fn appetite(&self) -> u32 {
        self.row.appetite
    }

    /// Whether its residual score is no more than is borne.
    async fn within_appetite(&self) -> bool {
        self.is_within()
    }

    /// How its residual score moved since it was told by the end of a day; since it was looked at before, where no day is given.
    async fn movement(&self, ctx: &Context<'_>, since: Option<Date>) -> Option<Result<RiskMovement>> {
        let find = async || {
            let courses = courses(ctx, RecordKind::Risk, self.at.as_at).await?;
            let course = courses.get(&self.record.id).map_or(&[][..], Vec::as_slice);
            let then = match since {
                Some(day) => told_by(course, day.0),
                None => course.get(1),
            };
            let before = then.and_then(|then| if let DeliveryRow::Risk(row) = &then.row { row.ratings()[1] } else { None });
            Ok(self.rating(1)?.movement(before).into())
        };
        Some(find().await)
    }

    /// What is done about it now.
    async fn controls(&self) -> Option<&str> {
        self.row.controls.as_deref()
    }

    /// What is to be done about it yet.
    async fn further_action(&self) -> Option<&str> {
        self.row.further_action.as_deref()
    }

    /// By when.
    async fn action_due(&self) -> Option<Date> {
        self.row.action_due.map(Date)
    }

    /// Whether it is looked after.
    async fn state(&self) -> RiskState {
        self.row.state.into()
    }

    /// The day it is to be looked at again.
    async fn review_on(&self) -> Option<Date> {
        self.row.review_on.map(Date)
    }

    /// What the last look found.
    async fn review(&self) -> Option<&str> {
        self.row.review.as_deref()
    }

    /// The day it was looked at.
    async fn as_at(&self) -> Date {
        Date(self.row.as_at)
    }

    /// Every look at it, the latest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<Telling>>> {
        Some(history(ctx, RecordKind::Risk, &self.record, self.at).await)
    }
}
