//! Telling of recommendations, actions and insight.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use rules::delivery::book::Shown;

use super::{day, period, put, text, word, yes};
use crate::delivery::entry::Given;
use crate::delivery::graphql::words::{
    ActionKind, ActionStatus, InsightOrigin, RecommendationResponse, RecommendationSource, RecommendationWeight,
};
use crate::delivery::graphql::{Action, Insight, Recommendation};
use crate::error::UserError;
use crate::graphql::scalars::{Date, Period};
use crate::graphql::words::Mode;

/// What is told of a recommendation. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct RecommendationRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Its ref: a new one, or that of one that is held.
    pub(super) code: String,
    /// What is recommended.
    pub(super) title: MaybeUndefined<String>,
    /// One of the report's own, or a suggestion beside them; its own unless this says otherwise.
    pub(super) weight: MaybeUndefined<RecommendationWeight>,
    /// Where it comes from.
    pub(super) source: MaybeUndefined<RecommendationSource>,
    /// The report it stands in.
    pub(super) report: MaybeUndefined<String>,
    /// The body that made it.
    pub(super) made_by: MaybeUndefined<String>,
    /// When.
    pub(super) made_on: MaybeUndefined<Date>,
    /// Ref of the element it is about; left out for the whole council.
    pub(super) element: MaybeUndefined<String>,
    /// What was said to it.
    pub(super) response: MaybeUndefined<RecommendationResponse>,
    /// In which words.
    pub(super) reply: MaybeUndefined<String>,
    /// Who leads what is done about it.
    pub(super) lead: MaybeUndefined<String>,
    /// By when all of it is to be done.
    pub(super) due_on: MaybeUndefined<Date>,
    /// What shows that it was done.
    pub(super) evidence: MaybeUndefined<String>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct RecommendationPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) recommendation: Option<Recommendation>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl RecommendationRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Recommendation", &self.title);
        word::<rules::delivery::action::RecommendationWeight, _>(&mut given, "Weight", &self.weight);
        word::<rules::delivery::action::RecommendationSource, _>(&mut given, "Source", &self.source);
        text(&mut given, "Report", &self.report);
        text(&mut given, "Made by", &self.made_by);
        day(&mut given, "Date made", &self.made_on);
        text(&mut given, "Element", &self.element);
        word::<rules::delivery::action::Response, _>(&mut given, "Response", &self.response);
        text(&mut given, "Reply", &self.reply);
        text(&mut given, "Lead", &self.lead);
        day(&mut given, "Due date", &self.due_on);
        text(&mut given, "Evidence", &self.evidence);
        given
    }

    pub(super) fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of an action. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct ActionRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Its ref: a new one, or that of one that is held.
    pub(super) code: String,
    /// What is to be done.
    pub(super) title: MaybeUndefined<String>,
    /// What it belongs to.
    pub(super) kind: MaybeUndefined<ActionKind>,
    /// Ref of the recommendation it answers.
    pub(super) answers: MaybeUndefined<String>,
    /// Ref of the milestone it is done for.
    pub(super) milestone: MaybeUndefined<String>,
    /// Ref of the indicator it is to bring back on target.
    pub(super) indicator: MaybeUndefined<String>,
    /// Ref of the element whose plan it stands in.
    pub(super) element: MaybeUndefined<String>,
    /// Do, enable or influence.
    pub(super) mode: MaybeUndefined<Mode>,
    /// Who answers for it.
    pub(super) lead_officer: MaybeUndefined<String>,
    /// Which member answers for it.
    pub(super) lead_member: MaybeUndefined<String>,
    /// The day first promised.
    pub(super) due_on: MaybeUndefined<Date>,
    /// The day promised now, where it is another.
    pub(super) revised_due_on: MaybeUndefined<Date>,
    /// Where it stands.
    pub(super) status: MaybeUndefined<ActionStatus>,
    /// What was done, and what comes next.
    pub(super) progress: MaybeUndefined<String>,
    /// The decision by which it was cancelled or put off.
    pub(super) decision: MaybeUndefined<String>,
    /// The day this is told of.
    pub(super) as_at: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct ActionPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) action: Option<Action>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl ActionRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Action", &self.title);
        word::<rules::delivery::action::ActionKind, _>(&mut given, "Kind", &self.kind);
        text(&mut given, "Answers", &self.answers);
        text(&mut given, "Milestone", &self.milestone);
        text(&mut given, "Indicator", &self.indicator);
        text(&mut given, "Element", &self.element);
        word::<rules::measure::Mode, _>(&mut given, "Council role", &self.mode);
        text(&mut given, "Lead officer", &self.lead_officer);
        text(&mut given, "Lead member", &self.lead_member);
        day(&mut given, "Due date", &self.due_on);
        day(&mut given, "Revised due date", &self.revised_due_on);
        word::<rules::delivery::action::ActionStatus, _>(&mut given, "Status", &self.status);
        text(&mut given, "Progress", &self.progress);
        text(&mut given, "Decision", &self.decision);
        day(&mut given, "As at", &self.as_at);
        given
    }

    pub(super) fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of an element that no figure tells. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct InsightRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Its ref: a new one, or that of one that is held.
    pub(super) code: String,
    /// Ref of the element.
    pub(super) element: MaybeUndefined<String>,
    /// Where it comes from.
    pub(super) origin: MaybeUndefined<InsightOrigin>,
    /// The period it speaks of.
    pub(super) period: MaybeUndefined<Period>,
    /// What is told.
    pub(super) text: MaybeUndefined<String>,
    /// The survey, report or person it is from.
    pub(super) source: MaybeUndefined<String>,
    /// When it was told.
    pub(super) told_on: MaybeUndefined<Date>,
    /// It may speak of persons: no pack prints it.
    pub(super) sensitive: MaybeUndefined<bool>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct InsightPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) insight: Option<Insight>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl InsightRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Element", &self.element);
        word::<rules::delivery::insight::InsightOrigin, _>(&mut given, "Origin", &self.origin);
        period(&mut given, "Period", &self.period);
        text(&mut given, "Insight", &self.text);
        text(&mut given, "Source", &self.source);
        day(&mut given, "Date", &self.told_on);
        yes(&mut given, "Sensitive", &self.sensitive);
        given
    }

    pub(super) fn key(&self) -> String {
        self.code.clone()
    }
}
