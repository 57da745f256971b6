//! Writing rows of a framework over what is held, in the order that what they point at comes first.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{Dec, Text};
use rules::framework::{EditionRow, ElementRow, ForumRow, IndicatorRow, Keyed, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use uuid::Uuid;

use super::step::{by_key, named};
use crate::access::Scope;
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::frameworks::batch;
use crate::frameworks::book::{HeldFramework, Naming, Placement, Recorded, indicator_version};
use crate::frameworks::store;
use crate::rows::months;

/// Rows to write.
#[derive(Debug, Default)]
pub struct Rows {
    pub edition: Option<EditionRow>,
    pub elements: Vec<ElementRow>,
    pub indicators: Vec<IndicatorRow>,
    pub links: Vec<LinkRow>,
    pub targets: Vec<TargetRow>,
    pub rules: Vec<RuleRow>,
    pub periods: Vec<ReportingPeriodRow>,
    pub forums: Vec<ForumRow>,
}

/// A ref that leads nowhere any more: the council has moved on since the plan.
#[derive(Debug, Clone, Copy)]
pub struct Dangling;

/// Who writes, on behalf of which import, over what.
pub struct Writer<'a> {
    pub app: &'a App,
    pub tx: &'a Change,
    pub scope: &'a Scope,
    /// None where no import brought what is written.
    pub import: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub held: &'a HeldFramework,
}

type Written = Result<Result<(), Dangling>>;

fn lookup(ids: &Naming, code: &str) -> Result<Uuid, Dangling> {
    ids.get(code).copied().ok_or(Dangling)
}

fn small(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

impl Writer<'_> {
    /// Writes everything. The number of statements does not grow with the rows but by chunks.
    pub async fn write(&self, rows: Rows) -> Written {
        let Some(framework) = self.edition(rows.edition).await? else { return Ok(Err(Dangling)) };
        let elements = named(&self.held.element_ids, rows.elements.iter().map(|row| &row.code), || self.app.ids.next());
        let indicators = named(&self.held.indicator_ids, rows.indicators.iter().map(|row| &row.code), || self.app.ids.next());
        if self.elements(framework, rows.elements, &elements).await?.is_err() {
            return Ok(Err(Dangling));
        }
        if self.indicators(framework, rows.indicators, &elements, &indicators).await?.is_err() {
            return Ok(Err(Dangling));
        }
        if self.links(framework, &rows.links, &elements, &indicators).await?.is_err() {
            return Ok(Err(Dangling));
        }
        if self.targets(rows.targets, &indicators).await?.is_err() {
            return Ok(Err(Dangling));
        }
        if self.rules(framework, rows.rules, &indicators).await?.is_err() {
            return Ok(Err(Dangling));
        }
        self.periods(framework, rows.periods).await?;
        self.forums(rows.forums, &elements).await
    }

    /// Writes the edition if it is to be written, and answers its id.
    async fn edition(&self, row: Option<EditionRow>) -> Result<Option<Uuid>> {
        let held = self.held.edition.as_ref().map(|held| held.ids);
        let Some(row) = row else { return Ok(held) };
        let predecessor_id = match held {
            Some(_) => None,
            None => {
                let editions = store::editions(&**self.tx, self.scope, None).await?;
                editions.into_iter().find(|edition| edition.stands_from < row.from).map(|edition| edition.id)
            }
        };
        let id = held.unwrap_or_else(|| self.app.ids.next());
        let model = entity::framework::Model {
            council_id: self.scope.council,
            id,
            title: row.title,
            edition: row.edition,
            stands_from: row.from,
            stands_until: row.until,
            state: Text(row.state),
            adopted_by: row.adopted_by,
            adopted_on: row.adopted_on,
            minute_reference: row.minute_reference,
            note: row.note,
            predecessor_id,
            created_at: self.at,
        };
        batch::put::<entity::framework::Entity>(self.tx, vec![model]).await?;
        Ok(Some(id))
    }

    async fn elements(&self, framework: Uuid, rows: Vec<ElementRow>, ids: &Naming) -> Written {
        let held = by_key(&self.held.elements);
        let mut elements: HashMap<Uuid, entity::element::Model> = HashMap::new();
        let mut placements = Vec::with_capacity(rows.len());
        for row in rows {
            let Ok(id) = lookup(ids, &row.code) else { return Ok(Err(Dangling)) };
            let Ok(parent_id) = row.parent.as_deref().map(|code| lookup(ids, code)).transpose() else { return Ok(Err(Dangling)) };
            placements.push(entity::placement::Model {
                council_id: self.scope.council,
                id: held.get(&row.key()).map_or_else(|| self.app.ids.next(), |held| held.ids.placement),
                element_id: id,
                framework_id: framework,
                parent_id,
                position: small(row.position),
                stands_from: row.stands_from,
                stands_until: row.stands_until,
            });
            let element = entity::element::Model {
                council_id: self.scope.council,
                id,
                framework_id: framework,
                code: row.code,
                kind: Text(row.kind),
                level: Text(row.kind.level()),
                label: row.label,
                title: row.title,
                mode: row.mode.map(Text),
                description: row.description,
                owner: row.owner,
                created_at: self.at,
            };
            elements.insert(id, element);
        }
        let mut elements: Vec<_> = elements.into_values().collect();
        elements.sort_by_key(|element| element.id);
        batch::put::<entity::element::Entity>(self.tx, elements).await?;
        batch::put::<entity::placement::Entity>(self.tx, placements).await?;
        Ok(Ok(()))
    }

    async fn indicators(&self, framework: Uuid, rows: Vec<IndicatorRow>, elements: &Naming, ids: &Naming) -> Written {
        let held = by_key(&self.held.indicators);
        let mut places: HashMap<Uuid, Placement> =
            self.held.indicators.iter().filter_map(|held| Some((held.ids.indicator, held.ids.membership?))).collect();
        let mut last = places.values().map(|place| place.position).max().unwrap_or(0);
        let (mut indicators, mut members) = (Vec::new(), Vec::new());
        let (mut versions, mut superseded) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        let recorded = Recorded { council: self.scope.council, by: self.scope.person, at: self.at, import: self.import };
        for row in rows {
            let Ok(id) = lookup(ids, &row.code) else { return Ok(Err(Dangling)) };
            if seen.insert(id) {
                indicators.push(entity::indicator::Model {
                    council_id: self.scope.council,
                    id,
                    code: row.code.clone(),
                    aliases: serde_json::to_string(&row.aliases).context("writing an indicator's aliases")?,
                    lifecycle: Text(row.lifecycle),
                    created_at: self.at,
                });
                // A row without an owner is an indicator outside this edition: what undoing goes back to.
                if !row.owner.is_empty() {
                    let Ok(owner_id) = lookup(elements, &row.owner) else { return Ok(Err(Dangling)) };
                    let place = places.remove(&id).unwrap_or_else(|| {
                        last = last.saturating_add(1);
                        Placement { id: self.app.ids.next(), position: last }
                    });
                    members.push(entity::membership::Model {
                        council_id: self.scope.council,
                        id: place.id,
                        framework_id: framework,
                        indicator_id: id,
                        owner_id,
                        position: place.position,
                        disposition: None,
                        disposition_reason: None,
                    });
                }
            }
            let before = held.get(&row.key());
            if before.is_some_and(|held| same_version(&held.row, &row)) {
                continue;
            }
            superseded.extend(before.map(|held| held.ids.version));
            versions.push(indicator_version(row, self.app.ids.next(), id, recorded));
        }
        batch::put::<entity::indicator::Entity>(self.tx, indicators).await?;
        batch::supersede::<entity::indicator_version::Entity>(self.tx, self.scope.council, &superseded, self.at).await?;
        batch::put::<entity::indicator_version::Entity>(self.tx, versions).await?;
        batch::put::<entity::membership::Entity>(self.tx, members).await?;
        Ok(Ok(()))
    }

    async fn links(&self, framework: Uuid, rows: &[LinkRow], elements: &Naming, indicators: &Naming) -> Written {
        let held = by_key(&self.held.links);
        let (mut between, mut from_indicators) = (Vec::new(), Vec::new());
        for row in rows.iter().filter(|row| !held.contains_key(&row.key())) {
            let from = lookup(if row.from_indicator { indicators } else { elements }, &row.from);
            let (Ok(from), Ok(to)) = (from, lookup(elements, &row.to)) else { return Ok(Err(Dangling)) };
            let (council_id, id, kind) = (self.scope.council, self.app.ids.next(), Text(row.kind));
            if row.from_indicator {
                let (indicator_id, element_id) = (from, to);
                from_indicators.push(entity::indicator_link::Model {
                    council_id,
                    id,
                    framework_id: framework,
                    kind,
                    indicator_id,
                    element_id,
                });
            } else {
                between.push(entity::element_link::Model { council_id, id, framework_id: framework, kind, from_id: from, to_id: to });
            }
        }
        batch::put::<entity::element_link::Entity>(self.tx, between).await?;
        batch::put::<entity::indicator_link::Entity>(self.tx, from_indicators).await?;
        Ok(Ok(()))
    }

    async fn targets(&self, rows: Vec<TargetRow>, indicators: &Naming) -> Written {
        let held = by_key(&self.held.targets);
        let (mut targets, mut superseded) = (Vec::new(), Vec::new());
        for row in rows {
            let Ok(indicator_id) = lookup(indicators, &row.indicator) else { return Ok(Err(Dangling)) };
            superseded.extend(held.get(&row.key()).map(|held| held.ids));
            targets.push(entity::target::Model {
                council_id: self.scope.council,
                id: self.app.ids.next(),
                indicator_id,
                period_start: row.period.start(),
                period_months: months(row.period),
                target: row.target.map(Dec),
                intervention: row.intervention.map(Dec),
                lower: row.lower.map(Dec),
                upper: row.upper.map(Dec),
                intervention_lower: row.intervention_lower.map(Dec),
                intervention_upper: row.intervention_upper.map(Dec),
                evidence: row.evidence,
                approved_by: row.approved_by,
                recorded_at: self.at,
                superseded_at: None,
                recorded_by: Some(self.scope.person),
                import_id: self.import,
            });
        }
        batch::supersede::<entity::target::Entity>(self.tx, self.scope.council, &superseded, self.at).await?;
        batch::put::<entity::target::Entity>(self.tx, targets).await?;
        Ok(Ok(()))
    }

    async fn rules(&self, framework: Uuid, rows: Vec<RuleRow>, indicators: &Naming) -> Written {
        let held = by_key(&self.held.rules);
        let (mut rules, mut superseded) = (Vec::new(), Vec::new());
        for row in rows {
            let Ok(indicator_id) = row.indicator.as_deref().map(|code| lookup(indicators, code)).transpose() else {
                return Ok(Err(Dangling));
            };
            superseded.extend(held.get(&row.key()).map(|held| held.ids));
            rules.push(entity::status_rule::Model {
                council_id: self.scope.council,
                id: self.app.ids.next(),
                framework_id: framework,
                indicator_id,
                applies_from: row.applies_from,
                shape: serde_json::to_string(&row.shape).context("writing a status rule")?,
                recorded_at: self.at,
                superseded_at: None,
                recorded_by: Some(self.scope.person),
                import_id: self.import,
            });
        }
        batch::supersede::<entity::status_rule::Entity>(self.tx, self.scope.council, &superseded, self.at).await?;
        batch::put::<entity::status_rule::Entity>(self.tx, rules).await?;
        Ok(Ok(()))
    }

    async fn periods(&self, framework: Uuid, rows: Vec<ReportingPeriodRow>) -> Result<()> {
        let held = by_key(&self.held.periods);
        let model = |row: ReportingPeriodRow| entity::reporting_period::Model {
            council_id: self.scope.council,
            id: held.get(&row.key()).map_or_else(|| self.app.ids.next(), |held| held.ids),
            framework_id: framework,
            period_start: row.period.start(),
            period_months: months(row.period),
            open: row.open,
            due_on: row.due_on,
        };
        batch::put::<entity::reporting_period::Entity>(self.tx, rows.into_iter().map(model).collect()).await
    }

    async fn forums(&self, rows: Vec<ForumRow>, elements: &Naming) -> Written {
        let held = by_key(&self.held.forums);
        let (mut forums, mut remit, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let before = held.get(&row.code);
            let id = before.map_or_else(|| self.app.ids.next(), |held| held.ids);
            let had: HashSet<&str> = before.into_iter().flat_map(|held| &held.row.remit).map(String::as_str).collect();
            for code in row.remit.iter().filter(|code| !had.contains(code.as_str())) {
                let Ok(element_id) = lookup(elements, code) else { return Ok(Err(Dangling)) };
                remit.push(entity::forum_remit::Model {
                    council_id: self.scope.council,
                    id: self.app.ids.next(),
                    forum_id: id,
                    element_id,
                });
            }
            let has: HashSet<&str> = row.remit.iter().map(String::as_str).collect();
            let gone = had.difference(&has).filter_map(|code| lookup(elements, code).ok());
            dropped.extend(gone.filter_map(|element| self.held.remit_ids.get(&(id, element)).copied()));
            forums.push(entity::forum::Model {
                council_id: self.scope.council,
                id,
                code: row.code,
                title: row.title,
                kind: Text(row.kind),
                position: small(row.position),
                meets: row.meets,
                gets: Text(row.gets),
                created_at: self.at,
            });
        }
        let of = entity::forum_remit::Column::Id;
        batch::remove::<entity::forum_remit::Entity>(self.tx, self.scope.council, of, &dropped).await?;
        batch::put::<entity::forum::Entity>(self.tx, forums).await?;
        batch::put::<entity::forum_remit::Entity>(self.tx, remit).await?;
        Ok(Ok(()))
    }
}

/// Whether two rows say the same of the version; owner, aliases and lifecycle are the indicator's.
fn same_version(held: &IndicatorRow, row: &IndicatorRow) -> bool {
    let held = IndicatorRow { owner: row.owner.clone(), aliases: row.aliases.clone(), lifecycle: row.lifecycle, ..held.clone() };
    held == *row
}
