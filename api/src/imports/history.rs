//! What a council took before: the very same file, figures of an import that was sent later, a later issue of the same
//! template. Looked at when a plan is made; each question is one statement.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{import, import_template};
use importers::diagnostic::SEEN_MAX;
use importers::{Diagnostic, Place, Severity, TemplateStamp};
use rules::period::Period;
use rules::workbook::TEMPLATE_SHEET;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::plan::{ChangeKind, Plan};
use super::service::State;
use crate::access::Scope;
use crate::app::Ids;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{execute, months, read_rows};

/// Says of a file that was taken before when, and by whom (TPL-016).
pub async fn same_file(db: &impl ConnectionTrait, scope: &Scope, row: &import::Model, plan: &mut Plan) -> Result<()> {
    let sql = "SELECT i.file_name, i.accepted_at, p.name FROM import i \
            LEFT JOIN person p ON p.council_id = i.council_id AND p.id = i.accepted_by \
        WHERE i.council_id = $1 AND i.sha256 = $2 AND i.state = $3 AND i.id <> $4 ORDER BY i.accepted_at DESC, i.id DESC LIMIT 1";
    let values = vec![scope.council.into(), row.sha256.as_str().into(), State::Accepted.code().into(), row.id.into()];
    let found = read_rows(db, "looking for the same file", sql, values, |row| {
        Ok((row.next::<String>()?, row.next::<Option<DateTime<Utc>>>()?, row.next::<Option<String>>()?))
    });
    let Some((file, at, person)) = found.await?.into_iter().next() else { return Ok(()) };
    let on = at.map(|at| format!(" on {}", written(at))).unwrap_or_default();
    let by = person.map(|person| format!(" by {person}")).unwrap_or_default();
    let changes = plan.changes.iter().any(|change| matches!(change.kind, ChangeKind::New | ChangeKind::Changed));
    let now = if changes { "What differs from it was changed since." } else { "Nothing in it is new." };
    let file: String = file.chars().take(SEEN_MAX).collect();
    plan.diagnostics.push(Diagnostic::new("TPL-016", Place::file(), format!("This very file was taken{on}{by}, as {file}. {now}")));
    Ok(())
}

/// Refuses to change figures that an import brought which was sent after this one (CHG-005): what is held is the newer word.
pub async fn later_imports(db: &impl ConnectionTrait, scope: &Scope, asked_at: DateTime<Utc>, plan: &mut Plan) -> Result<()> {
    if !plan.changes.iter().any(|change| change.kind == ChangeKind::Changed) {
        return Ok(());
    }
    let sql = "SELECT o.indicator_id, o.period_start, o.period_months, i.file_name, p.name FROM import i \
            JOIN observation o ON o.council_id = i.council_id AND o.import_id = i.id AND o.superseded_at IS NULL \
            LEFT JOIN person p ON p.council_id = i.council_id AND p.id = i.person_id \
        WHERE i.council_id = $1 AND i.created_at > $2 AND i.state = $3";
    let values = vec![scope.council.into(), asked_at.into(), State::Accepted.code().into()];
    type Fact = (Uuid, NaiveDate, i32);
    let later: Vec<(Fact, String)> = read_rows(db, "looking for later imports", sql, values, |row| {
        let fact = (row.next()?, row.next()?, row.next()?);
        let (file, person): (String, Option<String>) = (row.next()?, row.next()?);
        Ok((fact, person.map_or_else(|| file.clone(), |person| format!("{file}, sent by {person}"))))
    })
    .await?;
    let later: HashMap<Fact, String> = later.into_iter().collect();
    for change in plan.changes.iter_mut().filter(|change| change.kind == ChangeKind::Changed) {
        let fact = change.indicator.zip(change.period).map(|(id, period)| (id, period.start(), months(period)));
        let Some(whose) = fact.and_then(|fact| later.get(&fact)) else { continue };
        change.kind = ChangeKind::Refused;
        let message = format!("What is held came with {whose}, after this workbook was sent: it is not changed back.");
        let suggestion = "If this workbook is right all the same, plan it anew, or send it again.";
        plan.diagnostics.push(Diagnostic::new("CHG-005", change.place.clone().unwrap_or_else(Place::file), message).suggest(suggestion));
    }
    Ok(())
}

/// An issue of a return template, as it was handed out.
struct Issue {
    id: Uuid,
    fingerprint: String,
    issued_at: DateTime<Utc>,
}

/// Looks a template up among those the council issued; answers which it is. One that was never issued is refused (TPL-002),
/// an issue older than one that was taken waits for somebody to say why (TPL-014), and that the framework has changed
/// around it is told (TPL-010).
pub async fn issued(db: &impl ConnectionTrait, scope: &Scope, stamp: &TemplateStamp, plan: &mut Plan) -> Result<Option<Uuid>> {
    // Another council's, or forged: said already.
    if plan.diagnostics.iter().any(|d| matches!(d.code.as_ref(), "TPL-002" | "TPL-003")) {
        return Ok(None);
    }
    let (Ok(element), Ok(period), Some(number)) = (stamp.element_id.parse::<Uuid>(), stamp.period.parse::<Period>(), stamp.issue) else {
        return Ok(None);
    };
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    let Some(issue) = find(db, scope, (element, period, number)).await?.filter(|issue| issue.fingerprint == stamp.fingerprint) else {
        let message = format!(
            "The council issued no such template: issue {number} for {} and {period} asks for other things, or was never made.",
            if stamp.element_code.is_empty() { "nobody named" } else { &stamp.element_code }
        );
        let suggestion = "Ask for the template again and fill that in.";
        plan.diagnostics.push(Diagnostic::new("TPL-002", Place::sheet(TEMPLATE_SHEET), message).suggest(suggestion));
        plan.changes.iter_mut().for_each(|change| change.kind = ChangeKind::Refused);
        return Ok(None);
    };
    if let Some((later, on)) = later_issue(db, scope, (element, period, number)).await? {
        let message = format!("This is issue {number} of the template, and issue {later} was taken on {}.", written(on));
        let suggestion = "Fill in the later issue; or if these figures are the right ones, acknowledge this and say why.";
        let found = Diagnostic::new("TPL-014", Place::sheet(TEMPLATE_SHEET), message).suggest(suggestion);
        plan.diagnostics.push(found.weighing(Severity::Warning));
    }
    let said = plan.diagnostics.iter().any(|d| matches!(d.code.as_ref(), "TPL-011" | "TPL-012" | "TPL-013"));
    if !said && framework_changed(db, scope, issue.issued_at).await? {
        let message = "The framework has changed since the template was issued, and nothing that this return asks for has.";
        plan.diagnostics.push(Diagnostic::new("TPL-010", Place::sheet(TEMPLATE_SHEET), message));
    }
    Ok(Some(issue.id))
}

/// Keeps which issue of a template an import is, in place of what was kept of it before.
pub async fn keep_issue(tx: &Change, scope: &Scope, ids: &Ids, import: Uuid, issue: Option<Uuid>) -> Result<()> {
    let sql = "DELETE FROM import_template WHERE council_id = $1 AND import_id = $2";
    execute(&**tx, "forgetting a template's issue", sql, vec![scope.council.into(), import.into()]).await?;
    let Some(template_id) = issue else { return Ok(()) };
    let row = import_template::Model { council_id: scope.council, id: ids.next(), import_id: import, template_id };
    let row = row.into_active_model();
    import_template::Entity::insert(row).exec_without_returning(&**tx).await.context("keeping a template's issue")?;
    Ok(())
}

async fn find(db: &impl ConnectionTrait, scope: &Scope, (element, period, number): (Uuid, Period, i32)) -> Result<Option<Issue>> {
    let sql = "SELECT id, fingerprint, issued_at FROM return_template \
        WHERE council_id = $1 AND element_id = $2 AND period_start = $3 AND period_months = $4 AND issue = $5";
    let values = vec![scope.council.into(), element.into(), period.start().into(), months(period).into(), number.into()];
    let found = read_rows(db, "finding a template's issue", sql, values, |row| {
        Ok(Issue { id: row.next()?, fingerprint: row.next()?, issued_at: row.next()? })
    });
    Ok(found.await?.into_iter().next())
}

/// The latest issue that was taken after this one, and when.
async fn later_issue(
    db: &impl ConnectionTrait,
    scope: &Scope,
    (element, period, number): (Uuid, Period, i32),
) -> Result<Option<(i32, DateTime<Utc>)>> {
    let sql = "SELECT t.issue, i.accepted_at FROM return_template t \
            JOIN import_template it ON it.council_id = t.council_id AND it.template_id = t.id \
            JOIN import i ON i.council_id = it.council_id AND i.id = it.import_id AND i.state = $6 AND i.accepted_at IS NOT NULL \
        WHERE t.council_id = $1 AND t.element_id = $2 AND t.period_start = $3 AND t.period_months = $4 AND t.issue > $5 \
        ORDER BY t.issue DESC LIMIT 1";
    let of = [scope.council.into(), element.into(), period.start().into(), months(period).into(), number.into()];
    let values = of.into_iter().chain([State::Accepted.code().into()]).collect();
    let found = read_rows(db, "looking for a later issue", sql, values, |row| Ok((row.next()?, row.next()?)));
    Ok(found.await?.into_iter().next())
}

/// Whether a definition, a target or the membership of an indicator is younger than an instant.
async fn framework_changed(db: &impl ConnectionTrait, scope: &Scope, since: DateTime<Utc>) -> Result<bool> {
    let sql = "SELECT 1 WHERE EXISTS (SELECT 1 FROM indicator_version WHERE council_id = $1 AND (recorded_at > $2 OR superseded_at > $2)) \
        OR EXISTS (SELECT 1 FROM target WHERE council_id = $1 AND (recorded_at > $2 OR superseded_at > $2))";
    let values = vec![scope.council.into(), since.into()];
    let found = read_rows(db, "looking for changes of the framework", sql, values, |row| row.next::<i32>());
    Ok(!found.await?.is_empty())
}

fn written(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y").to_string()
}
