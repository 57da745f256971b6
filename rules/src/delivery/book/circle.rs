//! What waits for what, of milestones and of projects, which stand for their ends.

use std::collections::{BTreeMap, BTreeSet};

use super::{DependencyRow, MilestoneRow, ProjectRow};
use crate::delivery::project::{Dependency, Knock, Milestone, circle, knocks};

/// What a slip means for all that waits for it, by ref: a warning each, and no day is changed. A project ends no sooner than its
/// last milestone is reached. Nothing is expected any more of a project that is over or given up, nor waits for it.
#[must_use]
pub fn waiting<'a>(
    projects: &[&'a ProjectRow],
    milestones: &[&'a MilestoneRow],
    dependencies: &[&'a DependencyRow],
) -> Vec<Knock<&'a str>> {
    let mut days: BTreeMap<&str, Milestone> = BTreeMap::new();
    let over: BTreeSet<&str> = projects.iter().filter(|row| row.stage.is_over()).map(|row| row.element.as_str()).collect();
    for row in projects.iter().filter(|row| !row.stage.is_over()) {
        days.insert(&row.element, Milestone { baseline: row.baseline_end, forecast: row.forecast_end, actual: row.ended_on });
    }
    let mut waits = Vec::new();
    for row in milestones.iter().filter(|row| !over.contains(row.project.as_str())) {
        days.insert(&row.code, Milestone { baseline: row.baseline, forecast: row.forecast, actual: row.actual });
        waits.push(Dependency { on: row.code.as_str(), waits: row.project.as_str(), lag: 0 });
    }
    waits.extend(dependencies.iter().map(|row| Dependency { on: row.on.as_str(), waits: row.waits.as_str(), lag: row.days }));
    knocks(&days, &waits)
}

/// Refs that wait for one another in a circle, in the order they wait; empty where none do.
#[must_use]
pub fn circles<'a>(milestones: &[&'a MilestoneRow], dependencies: &[&'a DependencyRow]) -> Vec<&'a str> {
    let ends = milestones.iter().map(|row| Dependency { on: row.code.as_str(), waits: row.project.as_str(), lag: 0 });
    let waits = dependencies.iter().map(|row| Dependency { on: row.on.as_str(), waits: row.waits.as_str(), lag: row.days });
    circle(&ends.chain(waits).collect::<Vec<_>>())
}
