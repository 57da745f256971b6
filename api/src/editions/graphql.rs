//! Two editions compared, as the API shows it.

use std::collections::HashMap;

use async_graphql::{Context, SimpleObject};
use rules::edition::{self, AimChange, Comparison};
use rules::measure::Disposition as Mark;
use rules::permission::Permission;
use uuid::Uuid;

use super::store;
use crate::access::{Actor, Scope};
use crate::error::{Error, Result};
use crate::frameworks::book::{HeldFramework, Which, held};
use crate::graphql::scalars::Period;
use crate::graphql::session::session;
use crate::graphql::words::Disposition;
use crate::targets::graphql::TargetFigures;

/// What changed between two editions of the framework: of what the viewer may see.
#[derive(SimpleObject)]
pub struct FrameworkComparison {
    /// Label of the earlier edition.
    from: String,
    /// Label of the later edition.
    to: String,
    /// Elements that are new.
    added: Vec<ElementChange>,
    /// Elements that are gone.
    gone: Vec<ElementChange>,
    /// Elements of another title.
    renamed: Vec<ElementChange>,
    /// Elements that stand below something else.
    moved: Vec<ElementChange>,
    /// Refs of indicators whose definition is as it was.
    retained: Vec<String>,
    /// Indicators whose definition changed, with what it says otherwise.
    amended: Vec<IndicatorAmendment>,
    /// Indicators the later edition has not.
    removed: Vec<IndicatorRemoval>,
    /// Refs of indicators the earlier edition had not.
    new: Vec<String>,
    /// How statuses are decided otherwise.
    rules: Vec<RuleChange>,
    /// What is aimed at otherwise in the same place of both spans: the year, its second quarter. For whoever reads figures.
    targets: Vec<TargetChange>,
}

/// An element, as it was and as it is.
#[derive(SimpleObject)]
pub struct ElementChange {
    /// Its ref.
    code: String,
    /// Its title in the earlier edition. Null where it is new.
    before: Option<String>,
    /// Its title in the later edition. Null where it is gone.
    after: Option<String>,
    /// Ref of what it stood below.
    parent_before: Option<String>,
    /// Ref of what it stands below.
    parent_after: Option<String>,
}

impl From<edition::ElementChange> for ElementChange {
    fn from(of: edition::ElementChange) -> Self {
        let edition::ElementChange { code, before, after, parent_before, parent_after } = of;
        Self { code, before, after, parent_before, parent_after }
    }
}

/// An indicator whose definition changed.
#[derive(SimpleObject)]
pub struct IndicatorAmendment {
    /// Its ref.
    code: String,
    /// What it was marked in the earlier edition.
    mark: Option<Disposition>,
    /// Why.
    reason: Option<String>,
    /// What its definition says otherwise.
    fields: Vec<FieldChange>,
}

/// One thing a definition says, before and after.
#[derive(SimpleObject)]
pub struct FieldChange {
    /// What it is called in a framework workbook, for instance `Unit`.
    field: String,
    /// What it said. Blank where nothing.
    before: String,
    /// What it says. Blank where nothing.
    after: String,
}

/// An indicator the later edition has not.
#[derive(SimpleObject)]
pub struct IndicatorRemoval {
    /// Its ref.
    code: String,
    /// What it was marked in the earlier edition.
    mark: Option<Disposition>,
    /// Why.
    reason: Option<String>,
}

/// How statuses are decided, before and after.
#[derive(SimpleObject)]
pub struct RuleChange {
    /// Ref of the indicator whose own rule it is. Null for the framework's.
    indicator: Option<String>,
    /// In words. Null where there was none.
    before: Option<String>,
    /// In words. Null where there is none.
    after: Option<String>,
}

/// What is aimed at in the same place of both spans.
#[derive(SimpleObject)]
pub struct TargetChange {
    /// Ref of the indicator.
    indicator: String,
    /// The period of the later edition.
    period: Period,
    /// What was aimed at in the same place of the earlier edition.
    before: Option<TargetFigures>,
    /// What is aimed at.
    after: Option<TargetFigures>,
}

impl From<AimChange> for TargetChange {
    fn from(of: AimChange) -> Self {
        Self { indicator: of.indicator, period: Period(of.period), before: of.before.map(Into::into), after: of.after.map(Into::into) }
    }
}

/// What somebody sees of two editions, by refs.
struct Seen {
    /// Ids of elements and of owners of indicators, and of indicators, in either edition.
    elements: HashMap<String, Vec<Uuid>>,
    indicators: HashMap<String, (Uuid, Vec<Uuid>)>,
}

impl Seen {
    fn of(editions: [&HeldFramework; 2]) -> Self {
        let mut seen = Self { elements: HashMap::new(), indicators: HashMap::new() };
        for edition in editions {
            for (code, id) in &edition.element_ids {
                seen.elements.entry(code.clone()).or_default().push(*id);
            }
            for held in edition.indicators.iter().filter(|held| held.ids.membership.is_some()) {
                let owner = edition.element_ids.get(&held.row.owner).copied();
                let known = seen.indicators.entry(held.row.code.clone()).or_insert_with(|| (held.ids.indicator, Vec::new()));
                known.1.extend(owner);
            }
        }
        seen
    }

    fn element(&self, scope: &Scope, code: &str) -> bool {
        self.elements.get(code).is_some_and(|ids| ids.iter().any(|id| scope.covers_element(*id)))
    }

    fn indicator(&self, scope: &Scope, code: &str) -> bool {
        self.indicators.get(code).is_some_and(|(id, owners)| owners.iter().any(|owner| scope.covers_indicator(*id, *owner)))
    }

    fn aims(&self, actor: &Actor, code: &str) -> bool {
        let readable = |permission| actor.scope_for(permission).is_ok_and(|scope| self.indicator(&scope, code));
        readable(Permission::ViewFigures) || readable(Permission::ViewApprovedFigures)
    }
}

/// Compares two editions of the council. Null when one of them is not there.
pub async fn comparison(ctx: &Context<'_>, from: &str, to: &str) -> Result<Option<FrameworkComparison>> {
    let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
    let actor = session(ctx).actor().await?;
    let earlier = held(&**snapshot, &scope, Which::Label(from.trim())).await?;
    let later = held(&**snapshot, &scope, Which::Label(to.trim())).await?;
    let (Some(first), Some(second)) = (&earlier.edition, &later.edition) else { return Ok(None) };
    if second.row.from <= first.row.from {
        return Err(Error::bad_input("`from` is the edition that begins earlier, `to` the one that begins later."));
    }
    let marks = store::members(&**snapshot, &scope, first.ids).await?;
    let seen = Seen::of([&earlier, &later]);
    let mark = |code: &str| -> (Option<Mark>, Option<String>) {
        let found = seen.indicators.get(code).and_then(|(id, _)| marks.get(id));
        found.map_or((None, None), |(_, mark)| (mark.disposition, mark.reason.clone()))
    };
    let (Some(before), Some(after)) = (earlier.into_book(), later.into_book()) else { return Ok(None) };
    let Comparison { added, gone, renamed, moved, retained, amended, removed, new, rules, targets } = edition::compare(&before, &after);
    let elements = |changes: Vec<edition::ElementChange>| {
        changes.into_iter().filter(|change| seen.element(&scope, &change.code)).map(Into::into).collect()
    };
    let indicators = |codes: Vec<String>| codes.into_iter().filter(|code| seen.indicator(&scope, code)).collect::<Vec<String>>();
    let removal = |code: String| {
        let (mark, reason) = mark(&code);
        IndicatorRemoval { code, mark: mark.map(Into::into), reason }
    };
    let amendment = |change: edition::IndicatorChange| {
        let (mark, reason) = mark(&change.code);
        let field = |field: edition::FieldChange| FieldChange { field: field.field.to_owned(), before: field.before, after: field.after };
        let fields = change.fields.into_iter().map(field).collect();
        IndicatorAmendment { code: change.code, mark: mark.map(Into::into), reason, fields }
    };
    let ruled = |change: &edition::RuleChange| change.indicator.as_ref().is_none_or(|code| seen.indicator(&scope, code));
    let rule = |change: edition::RuleChange| RuleChange { indicator: change.indicator, before: change.before, after: change.after };
    Ok(Some(FrameworkComparison {
        from: before.edition.edition,
        to: after.edition.edition,
        added: elements(added),
        gone: elements(gone),
        renamed: elements(renamed),
        moved: elements(moved),
        retained: indicators(retained),
        amended: amended.into_iter().filter(|change| seen.indicator(&scope, &change.code)).map(amendment).collect(),
        removed: indicators(removed).into_iter().map(removal).collect(),
        new: indicators(new),
        rules: rules.into_iter().filter(ruled).map(rule).collect(),
        targets: targets.into_iter().filter(|change| seen.aims(&actor, &change.indicator)).map(Into::into).collect(),
    }))
}
