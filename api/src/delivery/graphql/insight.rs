//! What is told of elements that no figure tells.

use async_graphql::{Context, ID, Object};
use rules::delivery::book::{InsightRow, RecordKind};

use super::history::{Telling, history};
use super::words::InsightOrigin;
use super::{At, ground, inside, told_of, visible};
use crate::error::Result;
use crate::frameworks::graphql::Element;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime, Period};

told_of! {
    /// Something told of an element that no figure tells.
    Insight, Insight, InsightRow
}

/// What the viewer may read, the latest first: of an element and all below it, of one origin.
pub async fn insights(ctx: &Context<'_>, element: Option<&str>, origin: Option<InsightOrigin>, at: At) -> Result<Vec<Insight>> {
    let ground = ground(ctx).await?;
    let asked = element.map(|code| ground.below(code.trim()).unwrap_or_default());
    let origin: Option<rules::delivery::insight::InsightOrigin> = origin.map(Into::into);
    let mut found: Vec<Insight> = visible(ctx, RecordKind::Insight, at)
        .await?
        .iter()
        .filter(|(_, place)| asked.as_ref().is_none_or(|elements| inside(*place, elements)))
        .filter_map(|(record, _)| Insight::of(record, at))
        .filter(|of| origin.is_none_or(|origin| origin == of.row.origin))
        .collect();
    found.sort_by(|one, two| (two.row.told_on, &one.row.code).cmp(&(one.row.told_on, &two.row.code)));
    Ok(found)
}

/// One the viewer may read, by its ref.
pub async fn by_code(ctx: &Context<'_>, code: &str, at: At) -> Result<Option<Insight>> {
    Ok(insights(ctx, None, None, at).await?.into_iter().find(|of| of.row.code.eq_ignore_ascii_case(code.trim())))
}

/// Something told of an element that no figure tells, and where it comes from.
#[Object]
impl Insight {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Insight, self.record.id)
    }

    /// Its ref, unique among the council's insights.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The element; null where the edition in force has none of its ref.
    async fn element(&self, ctx: &Context<'_>) -> Option<Result<Element>> {
        ground(ctx).await.map(|ground| ground.element(&self.row.element)).transpose()
    }

    /// Where it comes from.
    async fn origin(&self) -> InsightOrigin {
        self.row.origin.into()
    }

    /// The period it speaks of.
    async fn period(&self) -> Option<Period> {
        self.row.period.map(Period)
    }

    /// What is told.
    async fn text(&self) -> &str {
        &self.row.text
    }

    /// The survey, report or person it is from.
    async fn source(&self) -> Option<&str> {
        self.row.source.as_deref()
    }

    /// When it was told.
    async fn told_on(&self) -> Date {
        Date(self.row.told_on)
    }

    /// It may speak of persons: no pack prints it.
    async fn sensitive(&self) -> bool {
        self.row.sensitive
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.record.recorded_at)
    }

    /// By whom.
    async fn recorded_by(&self) -> Option<&str> {
        self.record.recorded_by.as_deref()
    }

    /// What was told of it, the latest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<Telling>>> {
        Some(history(ctx, RecordKind::Insight, &self.record, self.at).await)
    }
}
