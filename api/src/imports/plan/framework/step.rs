//! A stored plan read back: rows to apply or to undo, with what the plan saw before them.

use std::collections::HashMap;

use entity::import_change::Model;
use rules::framework::{EditionRow, ElementRow, ForumRow, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use uuid::Uuid;

use super::diff::Stored;
use super::rows::BookRow;
use crate::error::{ContextExt, Error, Result};
use crate::frameworks::book::{Held, HeldFramework};
use crate::imports::plan::{ChangeKind, Kept, Subject};

/// One row of the plan.
#[derive(Debug, Clone)]
pub struct Step<T> {
    pub kind: ChangeKind,
    pub before: Option<T>,
    pub after: T,
}

/// A whole plan without what it refused.
#[derive(Debug, Default)]
pub struct Steps {
    /// The label of the edition; empty when there is no row at all.
    pub label: String,
    pub editions: Vec<Step<EditionRow>>,
    pub elements: Vec<Step<ElementRow>>,
    pub links: Vec<Step<LinkRow>>,
    pub indicators: Vec<Step<IndicatorRow>>,
    pub targets: Vec<Step<TargetRow>>,
    pub rules: Vec<Step<RuleRow>>,
    pub periods: Vec<Step<ReportingPeriodRow>>,
    pub forums: Vec<Step<ForumRow>>,
}

impl Steps {
    /// Reads stored changes, in the order they are given.
    pub fn of(changes: &[Model]) -> Result<Self> {
        let mut steps = Self::default();
        for change in changes {
            let kind: ChangeKind = change.kind.parse().context("reading a stored plan")?;
            if kind == ChangeKind::Refused {
                continue;
            }
            let label = &mut steps.label;
            match change.subject.parse().context("reading a stored plan")? {
                Subject::Edition => steps.editions.push(step(kind, change, label)?),
                Subject::Element => steps.elements.push(step(kind, change, label)?),
                Subject::Link => steps.links.push(step(kind, change, label)?),
                Subject::Indicator => steps.indicators.push(step(kind, change, label)?),
                Subject::Target => steps.targets.push(step(kind, change, label)?),
                Subject::Rule => steps.rules.push(step(kind, change, label)?),
                Subject::Period => steps.periods.push(step(kind, change, label)?),
                Subject::Forum => steps.forums.push(step(kind, change, label)?),
                // A set-up workbook may hold records of delivery beside the framework: `plan::delivery` reads those.
                subject if subject.is_delivery() => {}
                _ => return Err(Error::internal("reading a stored plan", &"a figure in a framework's plan")),
            }
        }
        Ok(steps)
    }

    /// The rows of which something else is held than the plan saw.
    pub fn moved(&self, held: &HeldFramework) -> Vec<Kept> {
        let edition: Vec<_> = held.edition.iter().cloned().collect();
        let mut moved = Vec::new();
        changed(&self.editions, &edition, held, &mut moved);
        changed(&self.elements, &held.elements, held, &mut moved);
        changed(&self.links, &held.links, held, &mut moved);
        changed(&self.indicators, &held.indicators, held, &mut moved);
        changed(&self.targets, &held.targets, held, &mut moved);
        changed(&self.rules, &held.rules, held, &mut moved);
        changed(&self.periods, &held.periods, held, &mut moved);
        changed(&self.forums, &held.forums, held, &mut moved);
        moved
    }
}

fn step<T: BookRow>(kind: ChangeKind, change: &Model, label: &mut String) -> Result<Step<T>> {
    let read = |json: &Option<String>| {
        json.as_deref().map(serde_json::from_str::<Stored<T>>).transpose().context("reading a row of a stored plan")
    };
    let Some(after) = read(&change.after_row)? else {
        return Err(Error::internal("reading a row of a stored plan", &"a row that is not refused says nothing"));
    };
    *label = after.edition;
    Ok(Step { kind, before: read(&change.before_row)?.map(|stored| stored.row), after: after.row })
}

/// Rows by key.
pub fn by_key<T: BookRow, I>(held: &[Held<T, I>]) -> HashMap<String, &Held<T, I>> {
    held.iter().map(|held| (held.row.row_key(), held)).collect()
}

fn changed<T: BookRow, I>(steps: &[Step<T>], held: &[Held<T, I>], framework: &HeldFramework, moved: &mut Vec<Kept>) {
    let held = by_key(held);
    for step in steps {
        let row = &step.after;
        let because = match (held.get(&row.row_key()).map(|held| &held.row), step.before.as_ref()) {
            (now, before) if now == before => continue,
            (Some(_), None) => "it is there by now",
            (Some(_), Some(_)) => "it was changed since",
            (None, _) => "it is no longer there",
        };
        moved.push(Kept {
            subject: T::SUBJECT,
            row_key: row.row_key(),
            indicator: row.indicator().and_then(|code| framework.indicator_ids.get(code).copied()),
            period: row.period(),
            key: format!("{} {}", T::NOUN, row.row_key()),
            because: because.to_owned(),
        });
    }
}

/// The rows that are new or changed.
pub fn to_write<T: BookRow>(steps: Vec<Step<T>>) -> Vec<T> {
    steps.into_iter().filter(|step| matches!(step.kind, ChangeKind::New | ChangeKind::Changed)).map(|step| step.after).collect()
}

/// An id for each code, those held and a new one for each that is not.
pub fn named<'a>(
    held: &HashMap<String, Uuid>,
    codes: impl Iterator<Item = &'a String>,
    mut next: impl FnMut() -> Uuid,
) -> HashMap<String, Uuid> {
    let mut ids = held.clone();
    for code in codes {
        ids.entry(code.clone()).or_insert_with(&mut next);
    }
    ids
}
