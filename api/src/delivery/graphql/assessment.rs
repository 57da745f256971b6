//! Assessments by instruments that are data: themes, ratings, narrative, evidence.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, SimpleObject, Union};
use rules::delivery::book::{AssessmentRow, DeliveryRow, RecordKind, ThemeRow, To, evidence, theme_code};

use super::action::Action;
use super::history::{Telling, history};
use super::risk::Risk;
use super::{At, Visible, ground, told_of, visible};
use crate::error::{Code, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::Date;
use crate::indicators::graphql::Indicator;

told_of! {
    /// What was found about a theme in one edition of an assessment.
    Assessment, Assessment, AssessmentRow
}

/// An instrument by which the council is assessed: Best Value, data maturity, partnership maturity.
#[derive(SimpleObject, Clone)]
pub struct Instrument {
    /// Its ref.
    code: String,
    /// What it is called.
    title: String,
    /// The ratings there are, from worst to best.
    ratings: Vec<String>,
    /// The editions there are of it, the earliest first.
    editions: Vec<String>,
    /// Its themes.
    themes: Vec<Theme>,
}

/// A theme of an instrument.
#[derive(Clone)]
pub struct Theme {
    row: ThemeRow,
    /// Of every edition, the earliest first.
    assessments: Vec<Assessment>,
}

/// A theme of an instrument, with what was found about it edition by edition.
#[Object]
impl Theme {
    /// Its ref, unique in its instrument.
    async fn code(&self) -> &str {
        &self.row.theme
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What is found where all is well.
    async fn characteristics(&self) -> &[String] {
        &self.row.characteristics
    }

    /// What is found where it is not: indicators of potential failure.
    async fn failures(&self) -> &[String] {
        &self.row.failures
    }

    /// Where it stands written.
    async fn source(&self) -> Option<&str> {
        self.row.published.as_deref()
    }

    /// What was found: of one edition, or of every one, the earliest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn assessments(&self, edition: Option<String>) -> Vec<Assessment> {
        let wanted = |of: &&Assessment| edition.as_ref().is_none_or(|edition| of.row.edition.eq_ignore_ascii_case(edition.trim()));
        self.assessments.iter().filter(wanted).cloned().collect()
    }
}

/// Every instrument, for whoever reads assessments.
pub async fn instruments(ctx: &Context<'_>, at: At) -> Result<Vec<Instrument>> {
    let themes = visible(ctx, RecordKind::Theme, at).await?;
    let assessments = visible(ctx, RecordKind::Assessment, at).await?;
    let mut by_theme: HashMap<String, Vec<Assessment>> = HashMap::new();
    for (record, _) in assessments.iter() {
        let Some(of) = Assessment::of(record, at) else { continue };
        by_theme.entry(theme_code(&of.row.instrument, &of.row.theme)).or_default().push(of);
    }
    let mut found: Vec<Instrument> = Vec::new();
    for (record, _) in themes.iter() {
        let DeliveryRow::Theme(row) = &record.row else { continue };
        let mut assessments = by_theme.remove(&record.row.code()).unwrap_or_default();
        assessments.sort_by(|one, two| (one.row.assessed_on, &one.row.edition).cmp(&(two.row.assessed_on, &two.row.edition)));
        let theme = Theme { row: row.clone(), assessments };
        match found.iter_mut().find(|of| of.code == row.instrument) {
            Some(instrument) => instrument.themes.push(theme),
            None => found.push(Instrument {
                code: row.instrument.clone(),
                title: row.instrument_title.clone(),
                ratings: row.scale.clone(),
                editions: Vec::new(),
                themes: vec![theme],
            }),
        }
    }
    for instrument in &mut found {
        let mut editions: Vec<_> =
            instrument.themes.iter().flat_map(|of| &of.assessments).map(|of| (of.row.assessed_on, of.row.edition.clone())).collect();
        editions.sort();
        for (_, edition) in editions {
            if !instrument.editions.contains(&edition) {
                instrument.editions.push(edition);
            }
        }
    }
    Ok(found)
}

/// One instrument, by its ref.
pub async fn instrument(ctx: &Context<'_>, code: &str, at: At) -> Result<Option<Instrument>> {
    Ok(instruments(ctx, at).await?.into_iter().find(|of| of.code.eq_ignore_ascii_case(code.trim())))
}

/// One assessment, by what it is told by.
pub async fn by_code(ctx: &Context<'_>, code: &str, at: At) -> Result<Option<Assessment>> {
    let all = visible(ctx, RecordKind::Assessment, at).await?;
    let found = all.iter().find(|(record, _)| record.row.code().eq_ignore_ascii_case(code));
    Ok(found.and_then(|(record, _)| Assessment::of(record, at)))
}

/// What may be read; nothing for whoever may read nothing of the kind.
fn if_readable(found: Result<Visible>) -> Result<Visible> {
    match found {
        Err(refused) if refused.code == Code::Forbidden => Ok(Visible::default()),
        found => found,
    }
}

/// What shows what an assessment found.
#[derive(Union)]
pub enum Evidence {
    Indicator(Indicator),
    Action(Box<Action>),
    Risk(Box<Risk>),
}

impl Assessment {
    /// The place of a rating among the instrument's, 1 for the worst.
    async fn place(&self, ctx: &Context<'_>) -> Result<Option<usize>> {
        let themes = visible(ctx, RecordKind::Theme, self.at).await?;
        let code = theme_code(&self.row.instrument, &self.row.theme);
        let found = themes.iter().find(|(record, _)| record.row.code() == code);
        let scale = found.and_then(|(record, _)| if let DeliveryRow::Theme(row) = &record.row { Some(&row.scale) } else { None });
        Ok(scale.and_then(|scale| scale.iter().position(|rating| *rating == self.row.rating)).map(|at| at + 1))
    }

    async fn edition_before(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let all = visible(ctx, RecordKind::Assessment, self.at).await?;
        let of_theme = all.iter().filter_map(|(record, _)| match &record.row {
            DeliveryRow::Assessment(row) if (&row.instrument, &row.theme) == (&self.row.instrument, &self.row.theme) => Some((record, row)),
            _ => None,
        });
        let earlier = of_theme.filter(|(_, row)| (row.assessed_on, &row.edition) < (self.row.assessed_on, &self.row.edition));
        let last = earlier.max_by(|(_, one), (_, two)| (one.assessed_on, &one.edition).cmp(&(two.assessed_on, &two.edition)));
        Ok(last.and_then(|(record, _)| Self::of(record, self.at)))
    }
}

/// What was found about a theme in one edition of an assessment.
#[Object]
impl Assessment {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Assessment, self.record.id)
    }

    /// Ref of the instrument.
    async fn instrument(&self) -> &str {
        &self.row.instrument
    }

    /// Ref of the theme.
    async fn theme(&self) -> &str {
        &self.row.theme
    }

    /// The edition.
    async fn edition(&self) -> &str {
        &self.row.edition
    }

    /// One of the instrument's ratings.
    async fn rating(&self) -> &str {
        &self.row.rating
    }

    /// Its place among the instrument's ratings, 1 for the worst.
    async fn rating_place(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        self.place(ctx).await.map(|place| place.and_then(|place| i32::try_from(place).ok())).transpose()
    }

    /// The same theme in the edition before.
    async fn before(&self, ctx: &Context<'_>) -> Option<Result<Assessment>> {
        self.edition_before(ctx).await.transpose()
    }

    /// Ratings better than in the edition before; below zero, worse; null where there is none to compare it with.
    async fn moved(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        let find = async || {
            let Some(before) = self.edition_before(ctx).await? else { return Ok(None) };
            let (then, now) = (before.place(ctx).await?, self.place(ctx).await?);
            let places = then.and_then(|then| i32::try_from(then).ok()).zip(now.and_then(|now| i32::try_from(now).ok()));
            Ok(places.map(|(then, now)| now - then))
        };
        find().await.transpose()
    }

    /// Why.
    async fn narrative(&self) -> &str {
        &self.row.narrative
    }

    /// Who found it.
    async fn assessed_by(&self) -> Option<&str> {
        self.row.assessed_by.as_deref()
    }

    /// When.
    async fn assessed_on(&self) -> Date {
        Date(self.row.assessed_on)
    }

    /// What shows it, of what the viewer may read; `evidenceNamed` has all of it by name.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn evidence(&self, ctx: &Context<'_>) -> Option<Result<Vec<Evidence>>> {
        let find = async || {
            let ground = ground(ctx).await?;
            // Whoever reads assessments may not read actions or risks.
            let actions = if_readable(visible(ctx, RecordKind::Action, self.at).await)?;
            let risks = if_readable(visible(ctx, RecordKind::Risk, self.at).await)?;
            let mut found = Vec::new();
            for (to, code) in self.row.evidence.iter().filter_map(|item| evidence(item)) {
                found.extend(match to {
                    To::Record(RecordKind::Action) => {
                        let action = actions.iter().find(|(record, _)| record.row.named() == Some(code));
                        action.and_then(|(record, _)| Action::of(record, self.at)).map(Box::new).map(Evidence::Action)
                    }
                    To::Record(_) => {
                        let risk = risks.iter().find(|(record, _)| record.row.named() == Some(code));
                        risk.and_then(|(record, _)| Risk::of(record, self.at)).map(Box::new).map(Evidence::Risk)
                    }
                    _ => ground.indicator(code).map(Evidence::Indicator),
                });
            }
            Ok(found)
        };
        Some(find().await)
    }

    /// All that shows it, by name: `Indicator PI1`.
    async fn evidence_named(&self) -> &[String] {
        &self.row.evidence
    }

    /// What was told of it, the latest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<Telling>>> {
        Some(history(ctx, RecordKind::Assessment, &self.record, self.at).await)
    }
}
