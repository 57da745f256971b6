//! The statements that read a framework.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Dec, Text};
use rules::measure::{Disposition, FrameworkState, LinkKind};
use rules::series::Definition;
use rules::status::{Shape, StatusRule};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::archive::{Archive, Versions};
use super::catalogue::{Catalogue, Edition, EditionRule, Element, ElementLink, Held, IndicatorEntry, Place, Reign};
use super::reigns::rules_for;
use crate::access::Scope;
use crate::error::{ContextExt, Error, Result};
use crate::rows::{Row, as_at_condition, one_of, period, read_rows};

type AsAt = Option<DateTime<Utc>>;

/// Which readings of dated facts are wanted.
#[derive(Clone, Copy)]
enum When {
    /// As they read at an instant; as they read now for none.
    AsAt(AsAt),
    /// Every one there ever was.
    Ever,
}

impl When {
    /// `n` is the number of the parameter that holds the instant.
    fn condition(self, table: &str, n: usize) -> String {
        match self {
            Self::AsAt(as_at) => as_at_condition(table, as_at, n),
            Self::Ever => "1 = 1".to_owned(),
        }
    }

    const fn instant(self) -> AsAt {
        match self {
            Self::AsAt(as_at) => as_at,
            Self::Ever => None,
        }
    }
}

/// Every edition of the council with its rules, the latest first. One statement.
pub async fn editions(db: &impl ConnectionTrait, scope: &Scope, as_at: AsAt) -> Result<Vec<Edition>> {
    editions_when(db, scope, When::AsAt(as_at)).await
}

/// The same with every reading of their rules there ever was. One statement.
pub async fn editions_ever(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Edition>> {
    editions_when(db, scope, When::Ever).await
}

async fn editions_when(db: &impl ConnectionTrait, scope: &Scope, when: When) -> Result<Vec<Edition>> {
    let sql = format!(
        "SELECT f.id, f.title, f.edition, f.stands_from, f.stands_until, f.state, f.adopted_by, f.adopted_on, f.minute_reference, f.note, \
            r.id, r.indicator_id, r.applies_from, r.shape, r.recorded_at, r.superseded_at \
        FROM framework f LEFT JOIN status_rule r ON r.council_id = f.council_id AND r.framework_id = f.id AND {} \
        WHERE f.council_id = $1 ORDER BY f.stands_from DESC, f.id DESC, r.applies_from, r.id",
        when.condition("r", 2)
    );
    let mut editions: Vec<Edition> = Vec::new();
    read_rows(db, "loading a council's frameworks", &sql, with(scope, when.instant()), |row| {
        let edition = Edition {
            id: row.next()?,
            title: row.next()?,
            edition: row.next()?,
            stands_from: row.next()?,
            stands_until: row.next()?,
            state: row.next::<Text<FrameworkState>>()?.0,
            adopted_by: row.next()?,
            adopted_on: row.next()?,
            minute_reference: row.next()?,
            note: row.next()?,
            rules: Vec::new(),
            before: Vec::new(),
            followed_from: None,
        };
        if editions.last().is_none_or(|last| last.id != edition.id) {
            editions.push(edition);
        }
        if let (Some(rule), Some(last)) = (rule_of(&row)?, editions.last_mut()) {
            last.rules.push(rule);
        }
        Ok(())
    })
    .await?;
    let reigns: Vec<(FrameworkState, Reign)> =
        editions.iter().rev().map(|e| (e.state, Reign { from: e.stands_from, rules: e.rules.as_slice().into() })).collect();
    for edition in &mut editions {
        let earlier = |(state, reign): &&(FrameworkState, Reign)| *state != FrameworkState::Draft && reign.from < edition.stands_from;
        edition.before = reigns.iter().filter(earlier).map(|(_, reign)| reign.clone()).collect();
        let later = |(state, reign): &&(FrameworkState, Reign)| *state != FrameworkState::Draft && reign.from > edition.stands_from;
        edition.followed_from = reigns.iter().find(later).map(|(_, reign)| reign.from);
    }
    Ok(editions)
}

fn rule_of(row: &Row<'_>) -> Result<Option<EditionRule>> {
    let Some(id) = row.next::<Option<Uuid>>()? else { return Ok(None) };
    let indicator: Option<Uuid> = row.next()?;
    let applies_from: NaiveDate = row.next()?;
    let shape: Shape = serde_json::from_str(&row.next::<String>()?).context("reading a status rule")?;
    let whose = if indicator.is_some() { "indicator's own rule" } else { "framework rule" };
    let version = format!("{whose} of {}", applies_from.format("%-d %B %Y"));
    let held = Held { from: row.next()?, until: row.next()? };
    Ok(Some(EditionRule { id, indicator, rule: StatusRule { version, applies_from, shape }, held }))
}

/// An edition with its elements and indicators. Three statements; links between elements are a fourth, [`links`].
pub async fn catalogue(db: &impl ConnectionTrait, scope: &Scope, edition: Edition, as_at: AsAt) -> Result<Catalogue> {
    let elements = elements(db, scope, edition.id).await?;
    let indicators = indicators(db, scope, &edition, as_at).await?;
    Ok(Catalogue::new(edition, elements, indicators))
}

/// What these indicators were, and by what they were judged in an edition, at any instant. One statement; `edition` is of
/// [`editions_ever`].
pub async fn archive(db: &impl ConnectionTrait, scope: &Scope, edition: Edition, indicators: &[Uuid]) -> Result<Archive> {
    let mut versions: HashMap<Uuid, Versions> = HashMap::new();
    if !indicators.is_empty() {
        for version in versions_ever(db, scope, indicators).await? {
            let held = Held { from: version.recorded_at, until: version.superseded_at };
            versions.entry(version.indicator_id).or_default().push((held, definition_of(&version)?));
        }
    }
    Ok(Archive::new(edition, versions))
}

/// Every reading there ever was of these indicators' definitions, by version. One statement.
pub async fn versions_ever(db: &impl ConnectionTrait, scope: &Scope, indicators: &[Uuid]) -> Result<Vec<entity::indicator_version::Model>> {
    let mut values = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "v.indicator_id", indicators, &mut values);
    let sql = format!(
        "SELECT {VERSION_COLUMNS} FROM indicator_version v WHERE v.council_id = $1 AND {chosen} \
        ORDER BY v.indicator_id, v.version, v.recorded_at"
    );
    read_rows(db, "loading what indicators were", &sql, values, |row| version_of(&row)).await
}

/// Links between the elements of an edition, read once a catalogue.
pub async fn links<'a>(db: &impl ConnectionTrait, scope: &Scope, of: &'a Catalogue) -> Result<&'a [ElementLink]> {
    let read = of.element_links.get_or_try_init(|| element_links(db, scope, of.edition.id)).await?;
    Ok(read)
}

async fn elements(db: &impl ConnectionTrait, scope: &Scope, framework: Uuid) -> Result<Vec<Element>> {
    let sql = "SELECT e.id, e.code, e.kind, e.level, e.label, e.title, e.mode, e.description, e.owner, \
            p.id, p.parent_id, p.position, p.stands_from, p.stands_until \
        FROM element e LEFT JOIN placement p ON p.council_id = e.council_id AND p.element_id = e.id \
        WHERE e.council_id = $1 AND e.framework_id = $2 ORDER BY e.code, e.id, p.stands_from, p.id";
    let mut elements: Vec<Element> = Vec::new();
    read_rows(db, "loading a framework's elements", sql, vec![scope.council.into(), framework.into()], |row| {
        let element = Element {
            id: row.next()?,
            code: row.next()?,
            kind: row.next::<Text<_>>()?.0,
            level: row.next::<Text<_>>()?.0,
            label: row.next()?,
            title: row.next()?,
            mode: row.next::<Option<Text<_>>>()?.map(|mode| mode.0),
            description: row.next()?,
            owner: row.next()?,
            places: Vec::new(),
        };
        if elements.last().is_none_or(|last| last.id != element.id) {
            elements.push(element);
        }
        if let (Some(id), Some(last)) = (row.next::<Option<Uuid>>()?, elements.last_mut()) {
            last.places.push(Place { id, parent: row.next()?, position: row.next()?, from: row.next()?, until: row.next()? });
        }
        Ok(())
    })
    .await?;
    // PostgreSQL sorts nulls last and SQLite first; "since the edition began" comes first.
    for element in &mut elements {
        element.places.sort_by_key(|place| place.from);
    }
    elements.sort_by(|a, b| {
        let position = |e: &Element| e.places.first().map_or(i32::MAX, |p| p.position);
        (a.level, position(a), &a.code).cmp(&(b.level, position(b), &b.code))
    });
    Ok(elements)
}

async fn element_links(db: &impl ConnectionTrait, scope: &Scope, framework: Uuid) -> Result<Vec<ElementLink>> {
    let sql = "SELECT kind, from_id, to_id FROM element_link WHERE council_id = $1 AND framework_id = $2 ORDER BY id";
    read_rows(db, "loading a framework's links", sql, vec![scope.council.into(), framework.into()], |row| {
        Ok(ElementLink { kind: row.next::<Text<LinkKind>>()?.0, from: row.next()?, to: row.next()? })
    })
    .await
}

/// Indicators with versions and what they contribute to. Two statements.
async fn indicators(db: &impl ConnectionTrait, scope: &Scope, edition: &Edition, as_at: AsAt) -> Result<Vec<IndicatorEntry>> {
    let mut contributes: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let links = "SELECT indicator_id, element_id FROM indicator_link WHERE council_id = $1 AND framework_id = $2 ORDER BY id";
    read_rows(db, "loading what indicators contribute to", links, vec![scope.council.into(), edition.id.into()], |row| {
        contributes.entry(row.next()?).or_default().push(row.next()?);
        Ok(())
    })
    .await?;

    let sql = format!(
        "SELECT m.owner_id, m.position, m.disposition, m.disposition_reason, i.code, i.aliases, i.lifecycle, {} \
        FROM membership m JOIN indicator i ON i.council_id = m.council_id AND i.id = m.indicator_id \
        JOIN indicator_version v ON v.council_id = m.council_id AND v.indicator_id = m.indicator_id AND {} \
        WHERE m.council_id = $1 AND m.framework_id = ${} ORDER BY m.position, i.code, i.id, v.version",
        VERSION_COLUMNS,
        as_at_condition("v", as_at, 2),
        if as_at.is_some() { 3 } else { 2 }
    );
    let mut values = with(scope, as_at);
    values.push(edition.id.into());
    let mut entries: Vec<IndicatorEntry> = Vec::new();
    read_rows(db, "loading a framework's indicators", &sql, values, |row| {
        let (owner, position): (Uuid, i32) = (row.next()?, row.next()?);
        let (disposition, why): (Option<Text<Disposition>>, Option<String>) = (row.next()?, row.next()?);
        let (code, aliases): (String, String) = (row.next()?, row.next()?);
        let lifecycle = row.next::<Text<_>>()?.0;
        let version = version_of(&row)?;
        let definition = definition_of(&version)?;
        match entries.last_mut().filter(|last| last.id == version.indicator_id) {
            Some(last) => {
                last.versions.push(version);
                last.definitions.push(definition);
            }
            None => entries.push(IndicatorEntry {
                id: version.indicator_id,
                code,
                aliases: serde_json::from_str(&aliases).context("reading an indicator's aliases")?,
                lifecycle,
                owner,
                position,
                mark: disposition.map(|word| (word.0, why)),
                contributes_to: contributes.remove(&version.indicator_id).unwrap_or_default(),
                rules: rules_for(edition, version.indicator_id),
                versions: vec![version],
                definitions: vec![definition],
            }),
        }
        Ok(())
    })
    .await?;
    Ok(entries)
}

pub(super) const VERSION_COLUMNS: &str = "v.council_id, v.id, v.indicator_id, v.version, v.applies_from, v.applies_months, v.title, v.definition, \
    v.rationale, v.calculation, v.purpose, v.unit, v.decimal_places, v.polarity, v.frequency, v.year_basis, v.aggregation, v.numerator, \
    v.denominator, v.multiplier, v.minimum, v.maximum, v.headline, v.critical, v.unit_cost, v.statutory, v.dimension, v.source, \
    v.data_lag_days, v.baseline_start, v.baseline_months, v.baseline_value, v.responsible, v.accountable, v.portfolio_holder, \
    v.data_provider, v.external_metric, v.recorded_at, v.superseded_at, v.recorded_by, v.import_id, v.sensitive, v.context_for";

pub(super) fn version_of(row: &Row<'_>) -> Result<entity::indicator_version::Model> {
    Ok(entity::indicator_version::Model {
        council_id: row.next()?,
        id: row.next()?,
        indicator_id: row.next()?,
        version: row.next()?,
        applies_from: row.next()?,
        applies_months: row.next()?,
        title: row.next()?,
        definition: row.next()?,
        rationale: row.next()?,
        calculation: row.next()?,
        purpose: row.next()?,
        unit: row.next()?,
        decimal_places: row.next()?,
        polarity: row.next()?,
        frequency: row.next()?,
        year_basis: row.next()?,
        aggregation: row.next()?,
        numerator: row.next()?,
        denominator: row.next()?,
        multiplier: row.next()?,
        minimum: row.next()?,
        maximum: row.next()?,
        headline: row.next()?,
        critical: row.next()?,
        unit_cost: row.next()?,
        statutory: row.next()?,
        dimension: row.next()?,
        source: row.next()?,
        data_lag_days: row.next()?,
        baseline_start: row.next()?,
        baseline_months: row.next()?,
        baseline_value: row.next::<Option<Dec>>()?,
        responsible: row.next()?,
        accountable: row.next()?,
        portfolio_holder: row.next()?,
        data_provider: row.next()?,
        external_metric: row.next()?,
        recorded_at: row.next()?,
        superseded_at: row.next()?,
        recorded_by: row.next()?,
        import_id: row.next()?,
        sensitive: row.next()?,
        context_for: row.next()?,
    })
}

fn definition_of(version: &entity::indicator_version::Model) -> Result<Definition> {
    let small = |n: i32| u32::try_from(n).map_err(|why| Error::internal("reading an indicator's version", &why));
    Ok(Definition {
        version: small(version.version)?,
        applies_from: match (version.applies_from, version.applies_months) {
            (Some(start), Some(months)) => Some(period(start, months)?),
            _ => None,
        },
        purpose: version.purpose.0,
        polarity: version.polarity.0,
        frequency: version.frequency.0,
        year_basis: version.year_basis.0,
        aggregation: version.aggregation.0,
        decimal_places: small(version.decimal_places)?,
        multiplier: version.multiplier.0,
        data_lag_days: small(version.data_lag_days)?,
    })
}

fn with(scope: &Scope, as_at: AsAt) -> Vec<sea_orm::Value> {
    let mut values = vec![scope.council.into()];
    values.extend(as_at.map(sea_orm::Value::from));
    values
}
