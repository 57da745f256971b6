//! Telling of risks, money and assessments.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use rules::delivery::book::{Shown, theme_code};

use super::{day, figure, list, put, text, whole, word};
use crate::delivery::entry::Given;
use crate::delivery::graphql::words::{Fund, RiskState};
use crate::delivery::graphql::{Assessment, Instrument, Money, Risk};
use crate::error::UserError;
use crate::graphql::scalars::{Date, Decimal, Period};

/// What is told of a risk. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct RiskRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Its ref: a new one, or that of one that is held.
    pub(super) code: String,
    /// What it is called.
    pub(super) title: MaybeUndefined<String>,
    /// What may bring it about.
    pub(super) cause: MaybeUndefined<String>,
    /// What may happen.
    pub(super) event: MaybeUndefined<String>,
    /// What that would do.
    pub(super) impact: MaybeUndefined<String>,
    /// Ref of the element it bears on.
    pub(super) element: MaybeUndefined<String>,
    /// Ref of the indicator it bears on.
    pub(super) indicator: MaybeUndefined<String>,
    /// Who answers for it.
    pub(super) owner: MaybeUndefined<String>,
    /// 1 to 5, were nothing done about it.
    pub(super) inherent_likelihood: MaybeUndefined<u32>,
    /// 1 to 5, were nothing done about it.
    pub(super) inherent_impact: MaybeUndefined<u32>,
    /// 1 to 5, with what is done about it now.
    pub(super) residual_likelihood: MaybeUndefined<u32>,
    /// 1 to 5, with what is done about it now.
    pub(super) residual_impact: MaybeUndefined<u32>,
    /// 1 to 5, with all that is planned done.
    pub(super) target_likelihood: MaybeUndefined<u32>,
    /// 1 to 5, with all that is planned done.
    pub(super) target_impact: MaybeUndefined<u32>,
    /// The highest score that is borne, 1 to 25.
    pub(super) appetite: MaybeUndefined<u32>,
    /// What is done about it now.
    pub(super) controls: MaybeUndefined<String>,
    /// What is to be done about it yet.
    pub(super) further_action: MaybeUndefined<String>,
    /// By when.
    pub(super) action_due: MaybeUndefined<Date>,
    /// Whether it is looked after; open unless this says otherwise.
    pub(super) state: MaybeUndefined<RiskState>,
    /// The day it is to be looked at again.
    pub(super) review_on: MaybeUndefined<Date>,
    /// What this look found.
    pub(super) review: MaybeUndefined<String>,
    /// The day it was looked at.
    pub(super) as_at: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct RiskPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) risk: Option<Risk>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl RiskRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Risk", &self.title);
        text(&mut given, "Cause", &self.cause);
        text(&mut given, "Event", &self.event);
        text(&mut given, "Impact", &self.impact);
        text(&mut given, "Element", &self.element);
        text(&mut given, "Indicator", &self.indicator);
        text(&mut given, "Owner", &self.owner);
        whole(&mut given, "Inherent likelihood", &self.inherent_likelihood);
        whole(&mut given, "Inherent impact", &self.inherent_impact);
        whole(&mut given, "Residual likelihood", &self.residual_likelihood);
        whole(&mut given, "Residual impact", &self.residual_impact);
        whole(&mut given, "Target likelihood", &self.target_likelihood);
        whole(&mut given, "Target impact", &self.target_impact);
        whole(&mut given, "Appetite", &self.appetite);
        text(&mut given, "Controls", &self.controls);
        text(&mut given, "Further action", &self.further_action);
        day(&mut given, "Action due date", &self.action_due);
        word::<rules::delivery::risk::RiskState, _>(&mut given, "State", &self.state);
        day(&mut given, "Next review", &self.review_on);
        text(&mut given, "Review", &self.review);
        day(&mut given, "As at", &self.as_at);
        given
    }

    pub(super) fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of money of an element, as at the end of a period. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct MoneyRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Ref of the element.
    pub(super) element: String,
    /// The year, or a period of it.
    pub(super) period: Period,
    /// Revenue or capital.
    pub(super) fund: Fund,
    /// Pounds voted for the year.
    pub(super) budget: MaybeUndefined<Decimal>,
    /// Pounds moved to it in the period; below zero, from it.
    pub(super) virement: MaybeUndefined<Decimal>,
    /// Pounds spent from the beginning of the year to the end of the period.
    pub(super) actual: MaybeUndefined<Decimal>,
    /// Pounds the year is expected to come to.
    pub(super) forecast: MaybeUndefined<Decimal>,
    /// Per cent of the budget the year may end from it before it is amber, and twice that before it is red: 0 to 100.
    pub(super) tolerance: MaybeUndefined<Decimal>,
    /// Why it is not as planned, and what is done about it.
    pub(super) note: MaybeUndefined<String>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct MoneyPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) money: Option<Money>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl MoneyRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.element.clone()));
        put(&mut given, "Period", Shown::Text(self.period.0.to_string()));
        put(&mut given, "Fund", Shown::Text(rules::delivery::money::Fund::from(self.fund).words().to_owned()));
        figure(&mut given, "Budget", &self.budget);
        figure(&mut given, "Virement", &self.virement);
        figure(&mut given, "Actual to date", &self.actual);
        figure(&mut given, "Forecast outturn", &self.forecast);
        figure(&mut given, "Tolerance", &self.tolerance);
        text(&mut given, "Note", &self.note);
        given
    }

    pub(super) fn key(&self) -> String {
        format!("{} {} {}", self.element.trim(), self.period.0, rules::delivery::money::Fund::from(self.fund).words().to_lowercase())
    }
}

/// What is told of a theme of an instrument of assessment. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct ThemeRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Ref of the instrument.
    pub(super) instrument: String,
    /// Ref of the theme.
    pub(super) theme: String,
    /// What the instrument is called.
    pub(super) instrument_title: MaybeUndefined<String>,
    /// What the theme is called.
    pub(super) title: MaybeUndefined<String>,
    /// What is found where all is well.
    pub(super) characteristics: MaybeUndefined<Vec<String>>,
    /// What is found where it is not.
    pub(super) failures: MaybeUndefined<Vec<String>>,
    /// The ratings there are, from worst to best; the same for every theme of the instrument.
    pub(super) scale: MaybeUndefined<Vec<String>>,
    /// Where it stands written.
    pub(super) published: MaybeUndefined<String>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct ThemePayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) instrument: Option<Instrument>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl ThemeRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.instrument.clone()));
        put(&mut given, "Theme", Shown::Text(self.theme.clone()));
        text(&mut given, "Instrument", &self.instrument_title);
        text(&mut given, "Theme title", &self.title);
        list(&mut given, "Characteristics", &self.characteristics);
        list(&mut given, "Indicators of potential failure", &self.failures);
        list(&mut given, "Ratings", &self.scale);
        text(&mut given, "Source", &self.published);
        given
    }

    pub(super) fn key(&self) -> String {
        theme_code(self.instrument.trim(), self.theme.trim())
    }
}

/// What is told of a theme in an edition of an assessment. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct AssessmentRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Ref of the instrument.
    pub(super) instrument: String,
    /// The edition.
    pub(super) edition: String,
    /// Ref of the theme.
    pub(super) theme: String,
    /// One of the instrument's ratings.
    pub(super) rating: MaybeUndefined<String>,
    /// Why.
    pub(super) narrative: MaybeUndefined<String>,
    /// What shows it: `Indicator PI1`, `Action A4`, `Risk R2`.
    pub(super) evidence: MaybeUndefined<Vec<String>>,
    /// Who found it.
    pub(super) assessed_by: MaybeUndefined<String>,
    /// When.
    pub(super) assessed_on: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct AssessmentPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) assessment: Option<Assessment>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl AssessmentRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.instrument.clone()));
        put(&mut given, "Edition", Shown::Text(self.edition.clone()));
        put(&mut given, "Theme", Shown::Text(self.theme.clone()));
        text(&mut given, "Rating", &self.rating);
        text(&mut given, "Narrative", &self.narrative);
        list(&mut given, "Evidence", &self.evidence);
        text(&mut given, "Assessed by", &self.assessed_by);
        day(&mut given, "Assessed on", &self.assessed_on);
        given
    }

    pub(super) fn key(&self) -> String {
        format!("{} {}", theme_code(self.instrument.trim(), self.theme.trim()), self.edition.trim())
    }
}
