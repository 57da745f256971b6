//! Entering figures without a workbook: planned and accepted in one change, or only planned to be looked at.

use std::collections::HashSet;

use entity::import;
use importers::{Layout, Reading};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde::Serialize;

use super::accept::{Acceptance, NotAccepted, accept};
use super::acknowledge::Acknowledgement;
use super::{Deed, REASON_CHARACTERS_MAX};
use crate::access::Scope;
use crate::audit::{self, Event};
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::files::sha256;
use crate::imports::entry::told::{REVISION, refusals};
use crate::imports::entry::{self, FIGURES_MAX, Figure};
use crate::imports::pace::Pace;
use crate::imports::plan::values::{Asked, plan};
use crate::imports::plan::{ChangeKind, Plan};
use crate::imports::service::{Options, State, may_enter};
use crate::imports::{job, store};
use crate::text;

/// Characters of an indicator's ref.
const INDICATOR_CHARACTERS_MAX: usize = 200;

/// Why nothing was recorded.
pub enum NotRecorded {
    Refusal(Refusal),
    /// What stands in the way in the figures themselves, field by field.
    Findings(Vec<UserError>),
}

impl<T: Into<Refusal>> From<T> for NotRecorded {
    fn from(refusal: T) -> Self {
        Self::Refusal(refusal.into())
    }
}

/// Plans figures and accepts them, or for a `preview` leaves the plan to be accepted. Errors, and warnings that nobody took
/// upon themselves, refuse all of it.
pub async fn record(
    deed: &Deed<'_>,
    figures: &[Figure],
    acknowledged: Vec<Acknowledgement>,
    preview: bool,
) -> Result<import::Model, NotRecorded> {
    let scope = may_enter(deed.actor)?;
    within_limits(figures)?;
    let plan = plan_of(deed, figures).await?;
    let acknowledged = with_reasons(&plan, acknowledged);
    if !preview {
        let codes: HashSet<&str> = acknowledged.iter().map(|one| one.code.trim()).collect();
        let found = refusals(&plan, &codes);
        if !found.is_empty() {
            return Err(NotRecorded::Findings(found));
        }
    }
    let row = keep(deed, &scope, figures, &plan).await?;
    if preview {
        return Ok(row);
    }
    let acceptance = Acceptance { digest: row.digest, acknowledged, ..Acceptance::default() };
    accept(deed, row.id, &acceptance).await.map_err(here)
}

/// What entering figures would do, by what is held now.
pub async fn plan_of(deed: &Deed<'_>, figures: &[Figure]) -> Result<Plan> {
    let reading = Reading { layout: Some(Layout::Entry), ..Reading::default() };
    let rows = entry::rows(figures).context("planning what was entered")?;
    let asked = Asked { today: deed.app.clock.today(), period: None, element: None, template_key: None, entered: Some(figures) };
    plan(&**deed.tx, deed.actor, &asked, (&reading, rows), &Pace::default()).await
}

/// Keeps what was sent, its import and its plan, and tells the trail.
async fn keep(deed: &Deed<'_>, scope: &Scope, figures: &[Figure], plan: &Plan) -> Result<import::Model> {
    let sent = serde_json::to_string(figures).context("keeping what was entered")?;
    let mut row = row_of(deed, scope, figures.len(), &sent)?;
    job::planned(&mut row, plan, deed.now());
    import::Entity::insert(row.clone().into_active_model()).exec_without_returning(&**deed.tx).await.context("keeping an import")?;
    entry::store::keep(deed.tx, scope, &deed.app.ids, row.id, sent).await?;
    store::keep_plan(deed.tx, scope, &deed.app.ids, row.id, plan, &Pace::default()).await?;
    let after = audit::state(&Entered { figures: figures.len(), sha256: &row.sha256 });
    let event = Event { verb: "values.record", subject: format!("import {}", row.id), before: None, after };
    audit::record(deed.app, deed.tx, scope, event).await?;
    Ok(row)
}

fn row_of(deed: &Deed<'_>, scope: &Scope, count: usize, sent: &str) -> Result<import::Model> {
    let bytes = sent.as_bytes();
    Ok(import::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        person_id: scope.person,
        upload_id: None,
        file_name: format!("an entry of {count} {}", if count == 1 { "figure" } else { "figures" }),
        sha256: sha256(bytes),
        size_bytes: i64::try_from(bytes.len()).context("measuring what was entered")?,
        state: State::Planned.to_string(),
        layout: Some(Layout::Entry.to_string()),
        period_start: None,
        period_months: None,
        element_id: None,
        done: 0,
        total: 0,
        new_rows: 0,
        changed_rows: 0,
        same_rows: 0,
        refused_rows: 0,
        errors: 0,
        warnings: 0,
        digest: None,
        options: serde_json::to_string(&Options::default()).context("keeping an import's options")?,
        created_at: deed.now(),
        planned_at: None,
        accepted_at: None,
        accepted_by: None,
        undone_at: None,
        failure: None,
        left_out_rows: 0,
    })
}

/// That figures which are held are changed is acknowledged where each of them says why.
fn with_reasons(plan: &Plan, mut given: Vec<Acknowledgement>) -> Vec<Acknowledgement> {
    let mut changed = plan.changes.iter().filter(|change| change.kind == ChangeKind::Changed).peekable();
    let each = changed.peek().is_some() && changed.all(|change| change.reason.is_some());
    if each && !given.iter().any(|one| one.code.trim() == REVISION) {
        given.push(Acknowledgement { code: REVISION.to_owned(), reason: "Each figure says why.".to_owned() });
    }
    given
}

/// Why it could not be accepted, by the names the input has here.
fn here(why: NotAccepted) -> NotRecorded {
    let NotAccepted { refusal, .. } = why;
    NotRecorded::Refusal(match refusal {
        Refusal::User(mut error) => {
            let field = error.field.as_mut().into_iter().flatten();
            field.filter(|step| *step == "acknowledgements").for_each(|step| "acknowledge".clone_into(step));
            Refusal::User(error)
        }
        failed @ Refusal::Error(_) => failed,
    })
}

fn within_limits(figures: &[Figure]) -> Result<(), NotRecorded> {
    if figures.is_empty() || figures.len() > FIGURES_MAX {
        let message = format!("Enter 1 to {FIGURES_MAX} figures at a time.");
        return Err(UserError::new("TOO_MANY_FIGURES", message, Some(&["input", "figures"])).into());
    }
    let too_long = |words: Option<&String>, most: usize| words.is_some_and(|words| words.chars().count() > most);
    let mut found = Vec::new();
    for (at, figure) in figures.iter().enumerate() {
        let at = at.to_string();
        if figure.indicator.is_empty() || too_long(Some(&figure.indicator), INDICATOR_CHARACTERS_MAX) {
            let message = format!("Name the indicator by its ref, in {INDICATOR_CHARACTERS_MAX} characters at most.");
            found.push(UserError::new("INDICATOR_NEEDED", message, Some(&["input", "figures", &at, "indicator"])));
        }
        let path = ["input", "figures", &at, "reason"];
        found.extend(text::Asked::why(REASON_CHARACTERS_MAX, &path).read_if_any(figure.reason.as_deref()).err());
    }
    if found.is_empty() { Ok(()) } else { Err(NotRecorded::Findings(found)) }
}

/// What the trail keeps of it; what was entered stands with the import.
#[derive(Serialize)]
struct Entered<'a> {
    figures: usize,
    sha256: &'a str,
}
