//! Telling of programmes, projects, milestones and what waits for what.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use rules::delivery::book::Shown;

use super::{day, figure, put, text, whole, word};
use crate::delivery::entry::Given;
use crate::delivery::graphql::project::Dependency;
use crate::delivery::graphql::words::{DeliveryStatus, ProjectStage};
use crate::delivery::graphql::{Milestone, Project};
use crate::error::UserError;
use crate::graphql::scalars::{Date, Decimal};

/// What is told of a programme or project. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct ProjectRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Ref of its element.
    pub(super) element: String,
    /// How far it is.
    pub(super) stage: MaybeUndefined<ProjectStage>,
    /// Whether it keeps to its days.
    pub(super) time: MaybeUndefined<DeliveryStatus>,
    /// Whether it keeps to its money.
    pub(super) cost: MaybeUndefined<DeliveryStatus>,
    /// Whether it does what was agreed.
    pub(super) scope: MaybeUndefined<DeliveryStatus>,
    /// Whether it brings what was promised.
    pub(super) benefits: MaybeUndefined<DeliveryStatus>,
    /// The day it begins.
    pub(super) starts_on: MaybeUndefined<Date>,
    /// The day it was agreed to end. Another one later takes a decision.
    pub(super) baseline_end: MaybeUndefined<Date>,
    /// The day it is expected to end, where that is another.
    pub(super) forecast_end: MaybeUndefined<Date>,
    /// The day it ended.
    pub(super) ended_on: MaybeUndefined<Date>,
    /// Who runs it.
    pub(super) manager: MaybeUndefined<String>,
    /// Who answers for it.
    pub(super) sponsor: MaybeUndefined<String>,
    /// Pounds approved, for all of it.
    pub(super) budget: MaybeUndefined<Decimal>,
    /// Pounds spent so far.
    pub(super) spent: MaybeUndefined<Decimal>,
    /// Pounds all of it is expected to cost.
    pub(super) forecast_spend: MaybeUndefined<Decimal>,
    /// What members should know.
    pub(super) summary: MaybeUndefined<String>,
    /// The decision by which the agreed end was changed, or it was stopped.
    pub(super) decision: MaybeUndefined<String>,
    /// The day this is told of.
    pub(super) as_at: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct ProjectPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) project: Option<Project>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl ProjectRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.element.clone()));
        word::<rules::delivery::project::Stage, _>(&mut given, "Stage", &self.stage);
        word::<rules::delivery::project::DeliveryStatus, _>(&mut given, "Time", &self.time);
        word::<rules::delivery::project::DeliveryStatus, _>(&mut given, "Cost", &self.cost);
        word::<rules::delivery::project::DeliveryStatus, _>(&mut given, "Scope", &self.scope);
        word::<rules::delivery::project::DeliveryStatus, _>(&mut given, "Benefits", &self.benefits);
        day(&mut given, "Starts on", &self.starts_on);
        day(&mut given, "Baseline end", &self.baseline_end);
        day(&mut given, "Forecast end", &self.forecast_end);
        day(&mut given, "Ended on", &self.ended_on);
        text(&mut given, "Manager", &self.manager);
        text(&mut given, "Sponsor", &self.sponsor);
        figure(&mut given, "Approved budget", &self.budget);
        figure(&mut given, "Spent to date", &self.spent);
        figure(&mut given, "Forecast spend", &self.forecast_spend);
        text(&mut given, "Summary", &self.summary);
        text(&mut given, "Decision", &self.decision);
        day(&mut given, "As at", &self.as_at);
        given
    }

    pub(super) fn key(&self) -> String {
        self.element.clone()
    }
}

/// What is told of a milestone. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct MilestoneRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Its ref: a new one, or that of one that is held.
    pub(super) code: String,
    /// Ref of the programme or project it is of.
    pub(super) project: MaybeUndefined<String>,
    /// What is reached.
    pub(super) title: MaybeUndefined<String>,
    /// The day agreed. Another one later takes a decision.
    pub(super) baseline: MaybeUndefined<Date>,
    /// The day expected, where that is another.
    pub(super) forecast: MaybeUndefined<Date>,
    /// The day it was reached.
    pub(super) actual: MaybeUndefined<Date>,
    /// Who answers for it.
    pub(super) owner: MaybeUndefined<String>,
    /// Why it slipped, and what is done about it.
    pub(super) note: MaybeUndefined<String>,
    /// The decision by which the agreed day was changed.
    pub(super) decision: MaybeUndefined<String>,
    /// The day this is told of.
    pub(super) as_at: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct MilestonePayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) milestone: Option<Milestone>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl MilestoneRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Project", &self.project);
        text(&mut given, "Milestone", &self.title);
        day(&mut given, "Baseline date", &self.baseline);
        day(&mut given, "Forecast date", &self.forecast);
        day(&mut given, "Actual date", &self.actual);
        text(&mut given, "Owner", &self.owner);
        text(&mut given, "Note", &self.note);
        text(&mut given, "Decision", &self.decision);
        day(&mut given, "As at", &self.as_at);
        given
    }

    pub(super) fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of a milestone or project that waits for another. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct DependencyRecordInput {
    /// Code of the council.
    pub(super) council: String,
    /// Ref of the milestone or project that waits; a project stands for its end.
    pub(super) waits: String,
    /// Ref of what it waits for.
    pub(super) on: String,
    /// Days between them at least; 0 unless this says otherwise.
    pub(super) days: MaybeUndefined<u32>,
    /// Why.
    pub(super) note: MaybeUndefined<String>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    pub(super) acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct DependencyPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    pub(super) dependency: Option<Dependency>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    pub(super) user_errors: Vec<UserError>,
}

impl DependencyRecordInput {
    pub(super) fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.waits.clone()));
        put(&mut given, "Waits for", Shown::Text(self.on.clone()));
        whole(&mut given, "Days between", &self.days);
        text(&mut given, "Why", &self.note);
        given
    }

    pub(super) fn key(&self) -> String {
        format!("{} waits for {}", self.waits.trim(), self.on.trim())
    }
}
