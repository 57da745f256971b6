//! The statements that read an edition: nine, whatever its size.

use std::collections::HashMap;

use entity::{Dec, Text};
use rules::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use rules::measure::{ElementKind, FrameworkState, LinkKind, Mode};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::definition;
use super::held::{ElementIds, Held, HeldFramework, IndicatorIds, Placement};
use crate::access::Scope;
use crate::error::{ContextExt, Error, Result};
use crate::frameworks::catalogue::Edition;
use crate::frameworks::store::{VERSION_COLUMNS, version_of};
use crate::rows::read_rows;

/// The whole edition as rows.
pub async fn load(db: &impl ConnectionTrait, scope: &Scope, edition: &Edition) -> Result<FrameworkBook> {
    let held = held(db, scope, Which::Id(edition.id)).await?;
    held.into_book().ok_or_else(|| Error::internal("loading an edition", &"it was there a moment ago"))
}

/// The edition of a label as rows; none when the council holds none of that label.
pub async fn load_by_label(db: &impl ConnectionTrait, scope: &Scope, edition_label: &str) -> Result<Option<FrameworkBook>> {
    Ok(held(db, scope, Which::Label(edition_label)).await?.into_book())
}

/// Which edition is meant.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    Id(Uuid),
    Label(&'a str),
}

/// What the council holds of an edition, with ids.
pub async fn held(db: &impl ConnectionTrait, scope: &Scope, which: Which<'_>) -> Result<HeldFramework> {
    let edition = edition(db, scope, which).await?;
    // An edition that is not held has no rows: no id is nil.
    let framework = edition.as_ref().map_or(Uuid::nil(), |held| held.ids);
    let (elements, element_ids) = elements(db, scope, framework).await?;
    let mut held = HeldFramework { edition, elements, element_ids, ..HeldFramework::default() };
    held.links = links(db, scope, framework).await?;
    held.indicator_ids = indicator_ids(db, scope).await?;
    held.indicators = indicators(db, scope, framework).await?;
    held.targets = targets(db, scope).await?;
    held.rules = rules(db, scope, framework).await?;
    held.periods = periods(db, scope, framework).await?;
    (held.forums, held.remit_ids) = forums(db, scope, framework).await?;
    Ok(held)
}

async fn edition(db: &impl ConnectionTrait, scope: &Scope, which: Which<'_>) -> Result<Option<Held<EditionRow, Uuid>>> {
    let (column, value): (&str, Value) = match which {
        Which::Id(id) => ("id", id.into()),
        Which::Label(label) => ("edition", label.to_owned().into()),
    };
    let sql = format!(
        "SELECT f.id, c.code, f.title, f.edition, f.stands_from, f.stands_until, f.state, f.adopted_by, f.adopted_on, f.minute_reference, \
            f.note \
        FROM framework f JOIN council c ON c.id = f.council_id WHERE f.council_id = $1 AND f.{column} = $2"
    );
    let rows = read_rows(db, "loading an edition", &sql, vec![scope.council.into(), value], |row| {
        let ids: Uuid = row.next()?;
        let row = EditionRow {
            council: row.next()?,
            title: row.next()?,
            edition: row.next()?,
            from: row.next()?,
            until: row.next()?,
            state: row.next::<Text<FrameworkState>>()?.0,
            adopted_by: row.next()?,
            adopted_on: row.next()?,
            minute_reference: row.next()?,
            note: row.next()?,
        };
        Ok(Held { row, ids })
    })
    .await?;
    Ok(rows.into_iter().next())
}

type Elements = (Vec<Held<ElementRow, ElementIds>>, HashMap<String, Uuid>);

async fn elements(db: &impl ConnectionTrait, scope: &Scope, framework: Uuid) -> Result<Elements> {
    let sql = "SELECT e.code, e.id, e.title, e.kind, e.label, e.mode, e.description, e.owner, \
            p.id, u.code, p.position, p.stands_from, p.stands_until \
        FROM element e LEFT JOIN placement p ON p.council_id = e.council_id AND p.element_id = e.id \
        LEFT JOIN element u ON u.council_id = p.council_id AND u.id = p.parent_id \
        WHERE e.council_id = $1 AND e.framework_id = $2";
    let mut ids = HashMap::new();
    let mut elements = Vec::new();
    read_rows(db, "loading an edition's elements", sql, vec![scope.council.into(), framework.into()], |row| {
        let (code, element): (String, Uuid) = (row.next()?, row.next()?);
        ids.insert(code.clone(), element);
        let mut found = ElementRow {
            code,
            title: row.next()?,
            kind: row.next::<Text<ElementKind>>()?.0,
            label: row.next()?,
            parent: None,
            mode: row.next::<Option<Text<Mode>>>()?.map(|word| word.0),
            description: row.next()?,
            owner: row.next()?,
            position: 0,
            stands_from: None,
            stands_until: None,
        };
        let Some(placement) = row.next::<Option<Uuid>>()? else { return Ok(()) };
        found.parent = row.next()?;
        found.position = small(row.next()?)?;
        found.stands_from = row.next()?;
        found.stands_until = row.next()?;
        elements.push(Held { row: found, ids: ElementIds { element, placement } });
        Ok(())
    })
    .await?;
    let key = |e: &ElementRow| (e.kind.level(), e.position, e.code.clone(), e.stands_from);
    elements.sort_by_cached_key(|held| key(&held.row));
    Ok((elements, ids))
}

async fn links(db: &impl ConnectionTrait, scope: &Scope, framework: Uuid) -> Result<Vec<Held<LinkRow, Uuid>>> {
    let sql = "SELECT 0, l.id, a.code, l.kind, b.code FROM element_link l \
            JOIN element a ON a.council_id = l.council_id AND a.id = l.from_id \
            JOIN element b ON b.council_id = l.council_id AND b.id = l.to_id \
            WHERE l.council_id = $1 AND l.framework_id = $2 \
        UNION ALL SELECT 1, l.id, i.code, l.kind, b.code FROM indicator_link l \
            JOIN indicator i ON i.council_id = l.council_id AND i.id = l.indicator_id \
            JOIN element b ON b.council_id = l.council_id AND b.id = l.element_id \
            WHERE l.council_id = $1 AND l.framework_id = $2";
    let mut links = read_rows(db, "loading an edition's links", sql, vec![scope.council.into(), framework.into()], |row| {
        let (from_indicator, ids): (i32, Uuid) = (row.next()?, row.next()?);
        let from = row.next()?;
        let kind = row.next::<Text<LinkKind>>()?.0;
        Ok(Held { row: LinkRow { from, from_indicator: from_indicator == 1, kind, to: row.next()? }, ids })
    })
    .await?;
    links.sort_by_cached_key(|held| (held.row.from_indicator, held.row.from.clone(), held.row.kind, held.row.to.clone()));
    Ok(links)
}

async fn indicator_ids(db: &impl ConnectionTrait, scope: &Scope) -> Result<HashMap<String, Uuid>> {
    let sql = "SELECT code, id FROM indicator WHERE council_id = $1";
    let named = read_rows(db, "loading indicators' codes", sql, vec![scope.council.into()], |row| Ok((row.next()?, row.next()?))).await?;
    Ok(named.into_iter().collect())
}

async fn indicators(
    db: &impl ConnectionTrait,
    scope: &Scope,
    framework: Uuid,
) -> Result<Vec<Held<rules::framework::IndicatorRow, IndicatorIds>>> {
    let sql = format!(
        "SELECT i.code, i.aliases, i.lifecycle, m.id, m.position, e.code, {VERSION_COLUMNS} \
        FROM indicator i JOIN indicator_version v ON v.council_id = i.council_id AND v.indicator_id = i.id AND v.superseded_at IS NULL \
        LEFT JOIN membership m ON m.council_id = i.council_id AND m.indicator_id = i.id AND m.framework_id = $2 \
        LEFT JOIN element e ON e.council_id = m.council_id AND e.id = m.owner_id \
        WHERE i.council_id = $1"
    );
    let mut indicators = read_rows(db, "loading an edition's indicators", &sql, vec![scope.council.into(), framework.into()], |row| {
        let (code, aliases): (String, String) = (row.next()?, row.next()?);
        let lifecycle = row.next::<Text<_>>()?.0;
        let membership = match (row.next()?, row.next()?) {
            (Some(id), Some(position)) => Some(Placement { id, position }),
            _ => None,
        };
        let owner = row.next::<Option<String>>()?.unwrap_or_default();
        let version = version_of(&row)?;
        let ids = IndicatorIds { indicator: version.indicator_id, version: version.id, membership };
        let aliases = serde_json::from_str(&aliases).context("reading an indicator's aliases")?;
        Ok(Held { row: definition::row_of(version, code, owner, aliases, lifecycle)?, ids })
    })
    .await?;
    indicators.sort_by_cached_key(|held| {
        let position = held.ids.membership.map_or(i32::MAX, |m| m.position);
        (held.ids.membership.is_none(), position, held.row.code.clone(), held.row.version)
    });
    Ok(indicators)
}

async fn targets(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Held<TargetRow, Uuid>>> {
    let sql = "SELECT t.id, i.code, t.period_start, t.period_months, t.target, t.intervention, t.lower, t.upper, t.intervention_lower, \
            t.intervention_upper, t.evidence, t.approved_by \
        FROM target t JOIN indicator i ON i.council_id = t.council_id AND i.id = t.indicator_id \
        WHERE t.council_id = $1 AND t.superseded_at IS NULL";
    let mut targets = read_rows(db, "loading targets", sql, vec![scope.council.into()], |row| {
        let ids = row.next()?;
        let (indicator, period) = (row.next()?, row.next_period()?);
        let figure = || Ok::<_, Error>(row.next::<Option<Dec>>()?.map(|n| n.0));
        let row = TargetRow {
            indicator,
            period,
            target: figure()?,
            intervention: figure()?,
            lower: figure()?,
            upper: figure()?,
            intervention_lower: figure()?,
            intervention_upper: figure()?,
            evidence: row.next()?,
            approved_by: row.next()?,
        };
        Ok(Held { row, ids })
    })
    .await?;
    targets.sort_by_cached_key(|held| (held.row.indicator.clone(), held.row.period));
    Ok(targets)
}

async fn rules(db: &impl ConnectionTrait, scope: &Scope, framework: Uuid) -> Result<Vec<Held<RuleRow, Uuid>>> {
    let sql = "SELECT r.id, i.code, r.applies_from, r.shape \
        FROM status_rule r LEFT JOIN indicator i ON i.council_id = r.council_id AND i.id = r.indicator_id \
        WHERE r.council_id = $1 AND r.framework_id = $2 AND r.superseded_at IS NULL";
    let mut rules = read_rows(db, "loading an edition's rules", sql, vec![scope.council.into(), framework.into()], |row| {
        let ids = row.next()?;
        let (indicator, applies_from) = (row.next()?, row.next()?);
        let shape = serde_json::from_str(&row.next::<String>()?).context("reading a status rule")?;
        Ok(Held { row: RuleRow { indicator, applies_from, shape }, ids })
    })
    .await?;
    rules.sort_by_cached_key(|held| (held.row.indicator.clone(), held.row.applies_from));
    Ok(rules)
}

async fn periods(db: &impl ConnectionTrait, scope: &Scope, framework: Uuid) -> Result<Vec<Held<ReportingPeriodRow, Uuid>>> {
    let sql = "SELECT id, period_start, period_months, open, due_on FROM reporting_period WHERE council_id = $1 AND framework_id = $2";
    let mut periods = read_rows(db, "loading an edition's periods", sql, vec![scope.council.into(), framework.into()], |row| {
        let ids = row.next()?;
        Ok(Held { row: ReportingPeriodRow { period: row.next_period()?, open: row.next()?, due_on: row.next()? }, ids })
    })
    .await?;
    periods.sort_by_key(|held| held.row.period);
    Ok(periods)
}

type Forums = (Vec<Held<ForumRow, Uuid>>, HashMap<(Uuid, Uuid), Uuid>);

/// Forums with what of this edition is in their remit.
async fn forums(db: &impl ConnectionTrait, scope: &Scope, framework: Uuid) -> Result<Forums> {
    let sql = "SELECT f.id, f.code, f.title, f.kind, f.position, f.meets, f.gets, e.code, e.id, r.id \
        FROM forum f LEFT JOIN forum_remit r ON r.council_id = f.council_id AND r.forum_id = f.id \
        LEFT JOIN element e ON e.council_id = r.council_id AND e.id = r.element_id AND e.framework_id = $2 \
        WHERE f.council_id = $1 ORDER BY f.position, f.code, f.id";
    let mut forums: Vec<Held<ForumRow, Uuid>> = Vec::new();
    let mut remit = HashMap::new();
    read_rows(db, "loading forums", sql, vec![scope.council.into(), framework.into()], |row| {
        let ids: Uuid = row.next()?;
        let forum = ForumRow {
            code: row.next()?,
            title: row.next()?,
            kind: row.next::<Text<_>>()?.0,
            position: small(row.next()?)?,
            meets: row.next()?,
            gets: row.next::<Text<_>>()?.0,
            remit: Vec::new(),
        };
        if forums.last().is_none_or(|last| last.ids != ids) {
            forums.push(Held { row: forum, ids });
        }
        if let (Some(code), Some(last)) = (row.next::<Option<String>>()?, forums.last_mut()) {
            last.row.remit.push(code);
            remit.insert((ids, row.next()?), row.next()?);
        }
        Ok(())
    })
    .await?;
    for forum in &mut forums {
        forum.row.remit.sort();
    }
    Ok((forums, remit))
}

fn small(n: i32) -> Result<u32> {
    u32::try_from(n).map_err(|why| Error::internal("reading a count", &why))
}
