//! From a reading to a plan.

use std::collections::HashSet;

use chrono::NaiveDate;
use importers::framework::Unread;
use importers::{Diagnostic, Place, Reading};
use rules::permission::Permission;
use rules::workbook::{FRAMEWORK_SHEETS, INDICATORS, TARGETS};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::check::{self, Figures};
use super::diff;
use super::rows::BookRow;
use super::sheet::{Draft, Entry};
use crate::access::{Actor, Scope};
use crate::error::Result;
use crate::frameworks::book::{Held, HeldFramework, Which, held};
use crate::frameworks::service::latest_edition;
use crate::frameworks::store;
use crate::imports::plan::delivery::Beside;
use crate::imports::plan::{ChangeKind, Plan, PlannedChange, Subject};
use crate::rows::read_rows;

/// Codes listed of what is held and not in the workbook.
const KEPT_LISTED_MAX: usize = 10;

/// What accepting a framework workbook would do, and the elements and indicators it would bring. Writes nothing.
pub async fn plan(db: &impl ConnectionTrait, actor: &Actor, _today: NaiveDate, reading: &Reading) -> Result<(Plan, Beside)> {
    let scope = actor.scope_for(Permission::ImportFramework)?;
    let mut plan = Plan { changes: Vec::new(), diagnostics: reading.diagnostics.clone() };
    let Some(sheets) = &reading.framework else { return Ok((plan, Beside::default())) };
    let mut draft = Draft::of(sheets);
    let (label, held) = match &draft.edition {
        Some(edition) => {
            let label = edition.row().edition.clone();
            let held = held(db, &scope, Which::Label(&label)).await?;
            (label, held)
        }
        None => latest(db, &scope).await?,
    };
    if let Some(problem) = draft.edition.as_ref().and_then(|edition| stranger(edition, &actor.council.code)) {
        plan.diagnostics.push(problem);
        draft.refuse_all();
    } else if draft.edition.is_none() && held.edition.is_none() {
        let message = "The council holds no framework yet, and the workbook does not say which edition it is.";
        let problem = Diagnostic::new("FRM-012", Place::sheet("Framework"), message);
        plan.diagnostics.push(problem.suggest("Add the Framework sheet with council, title, edition and first day."));
        draft.refuse_all();
    } else {
        let figures = figures(db, &scope).await?;
        plan.diagnostics.extend(check::check(&mut draft, &held, &figures));
        plan.diagnostics.extend(kept(&draft, &held));
    }
    plan.diagnostics = importers::diagnostic::merge(plan.diagnostics);
    let indicators = &held.indicator_ids;
    if let Some(edition) = &draft.edition {
        plan.changes.push(diff::change(&label, edition, held.edition.as_ref().map(|held| &held.row), indicators));
    }
    plan.changes.extend(diff::changes(&label, &draft.elements, &held.elements, indicators));
    plan.changes.extend(diff::changes(&label, &draft.indicators, &held.indicators, indicators));
    plan.changes.extend(diff::changes(&label, &draft.links, &held.links, indicators));
    plan.changes.extend(diff::changes(&label, &draft.targets, &held.targets, indicators));
    plan.changes.extend(diff::changes(&label, &draft.rules, &held.rules, indicators));
    plan.changes.extend(diff::changes(&label, &draft.periods, &held.periods, indicators));
    plan.changes.extend(diff::changes(&label, &draft.forums, &held.forums, indicators));
    plan.changes.extend(draft.unread.iter().filter_map(unread));
    let elements = draft.elements.iter().filter(|entry| !entry.refused).map(|entry| (entry.row().code.clone(), entry.row().kind));
    let indicators = draft.indicators.iter().filter(|entry| !entry.refused).map(|entry| entry.row().code.clone());
    let edition = draft.edition.as_ref().map(|entry| entry.row().clone());
    let beside = Beside { edition, elements: elements.collect(), indicators: indicators.collect() };
    Ok((plan, beside))
}

/// A row that could not be read is refused like any other, so that a plan hides none.
fn unread(row: &Unread) -> Option<PlannedChange> {
    let spec = FRAMEWORK_SHEETS.iter().position(|spec| spec.name == row.sheet)?;
    let subjects = [
        Subject::Edition,
        Subject::Element,
        Subject::Link,
        Subject::Indicator,
        Subject::Target,
        Subject::Rule,
        Subject::Period,
        Subject::Forum,
    ];
    Some(PlannedChange {
        kind: ChangeKind::Refused,
        subject: *subjects.get(spec)?,
        key: row.code.clone().unwrap_or_else(|| format!("{}!{}", row.place.sheet, row.place.cell)),
        indicator: None,
        indicator_code: row.code.clone().filter(|_| row.sheet == INDICATORS.name || row.sheet == TARGETS.name),
        period: None,
        before: None,
        after: None,
        before_row: None,
        after_row: None,
        held: None,
        figure: None,
        reason: None,
        place: Some(row.place.clone()),
    })
}

/// A register that names no edition speaks of the one in force.
async fn latest(db: &impl ConnectionTrait, scope: &Scope) -> Result<(String, HeldFramework)> {
    match latest_edition(store::editions(db, scope, None).await?) {
        Some(edition) => {
            let held = held(db, scope, Which::Id(edition.id)).await?;
            Ok((edition.edition, held))
        }
        None => Ok((String::new(), HeldFramework::default())),
    }
}

/// A workbook of another council is refused as a whole.
fn stranger(edition: &Entry<rules::framework::EditionRow>, council: &str) -> Option<Diagnostic> {
    let theirs = edition.row().council.trim();
    if theirs.eq_ignore_ascii_case(council) {
        return None;
    }
    let message = format!("This workbook is the framework of {theirs}, and you are signed in for {council}: nothing of it is taken.");
    let problem = Diagnostic::new("FRM-014", edition.place("Council"), message).seen(theirs).expected(council);
    Some(problem.suggest("Send your own council's workbook."))
}

/// Which versions of which indicators have figures. One statement.
pub(super) async fn figures(db: &impl ConnectionTrait, scope: &Scope) -> Result<Figures> {
    let sql = "SELECT DISTINCT indicator_id, definition_version FROM observation \
        WHERE council_id = $1 AND superseded_at IS NULL AND withdrawn = FALSE";
    let found = read_rows(db, "finding indicators with figures", sql, vec![scope.council.into()], |row| {
        let (indicator, version): (Uuid, i32) = (row.next()?, row.next()?);
        Ok((indicator, u32::try_from(version).unwrap_or_default()))
    })
    .await?;
    Ok(found.into_iter().collect())
}

/// What is held and not in the workbook is kept, and said once a sheet.
fn kept(draft: &Draft, held: &HeldFramework) -> Vec<Diagnostic> {
    let members: HashSet<&str> = held.indicators.iter().filter(|i| i.ids.membership.is_some()).map(|i| i.row.code.as_str()).collect();
    let found = [
        absent(&draft.elements, &held.elements, |_| true),
        absent(&draft.links, &held.links, |_| true),
        absent(&draft.indicators, &held.indicators, |row| members.contains(row.code.as_str())),
        absent(&draft.targets, &held.targets, |row| members.contains(row.indicator.as_str())),
        absent(&draft.rules, &held.rules, |_| true),
        absent(&draft.periods, &held.periods, |_| true),
        absent(&draft.forums, &held.forums, |_| true),
    ];
    found.into_iter().flatten().collect()
}

fn absent<T: BookRow, I>(entries: &[Entry<T>], held: &[Held<T, I>], counts: impl Fn(&T) -> bool) -> Option<Diagnostic> {
    let first = entries.first()?;
    let here: HashSet<String> = entries.iter().map(|entry| entry.row().row_key()).collect();
    let absent: Vec<String> =
        held.iter().filter(|held| counts(&held.row)).map(|held| held.row.row_key()).filter(|key| !here.contains(key)).collect();
    if absent.is_empty() {
        return None;
    }
    let listed = absent.iter().take(KEPT_LISTED_MAX).cloned().collect::<Vec<_>>().join(", ");
    let more = absent.len().saturating_sub(KEPT_LISTED_MAX);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!("Held by the council and not in this sheet, and kept as they are: {listed}{rest}.");
    Some(Diagnostic::new("FRM-018", Place::sheet(&first.placed.sheet), message))
}
