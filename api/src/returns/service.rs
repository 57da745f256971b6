//! Issuing a return template.

use std::sync::Arc;

use entity::return_template::Model;
use exporters::Language;
use exporters::template::{Template, TemplateRow, fingerprint, render_template};
use rules::framework::ReportingPeriodRow;
use rules::measure::{Absence, Lifecycle};
use rules::period::Period;
use rules::permission::Permission;
use rules::series::Point;
use rules::status::{self, Thresholds};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::derive::due_in;
use super::locks::{Closed, Gate, Locked, Takes};
use super::store;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::councils::brand::service as brand;
use crate::db::Snapshot;
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::frameworks::{self, Catalogue, Element, IndicatorEntry};
use crate::values::Judged;
use crate::values::service::{Asked, judged};

/// How many of the periods before a return shows, the same one a year before a quarterly one among them.
const BEFORE: usize = 4;

/// A template that was issued.
pub struct Issued {
    pub template: Model,
    pub catalogue: Arc<Catalogue>,
    pub period: Period,
    /// How many figures it asks for.
    pub rows: usize,
    /// Where it is kept.
    pub storage_key: String,
    /// What it is called when saved.
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// The council's key for signing templates, and for telling its own from others.
pub fn signing_key(app: &App, council: Uuid) -> Result<Vec<u8>> {
    app.keys.seal(&format!("return templates of council {council}"))
}

/// Whose return for when.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The council's code.
    pub council: &'a str,
    /// The element's code.
    pub element: &'a str,
    pub period: Period,
}

/// Issues the template of an element and all below it, for the figures that fall due in a reporting period. Its issue
/// is on record before the workbook is made: an issue number is never used twice.
pub async fn issue(app: &App, actor: &Actor, wanted: Wanted<'_>) -> Result<Issued, Refusal> {
    let scope = actor.scope_for(Permission::IssueTemplate)?;
    let period = wanted.period;
    if !wanted.council.eq_ignore_ascii_case(&actor.council.code) {
        let message = format!("There is no council {} here, or none of yours.", wanted.council);
        return Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into());
    }
    let snapshot = app.db.snapshot(scope.council).await?;
    let (catalogue, mut template, element) = gather(app, actor, &scope, &snapshot, wanted).await?;
    drop(snapshot);

    let tx = app.db.change(scope.council).await?;
    template.issue = store::next_issue(&tx, &scope, element, period).await?;
    let row = Model {
        council_id: scope.council,
        id: app.ids.next(),
        element_id: element,
        period_start: period.start(),
        period_months: crate::rows::months(period),
        issue: i32::try_from(template.issue).context("numbering an issue")?,
        fingerprint: fingerprint(&template),
        issued_at: template.issued_at,
        person_id: scope.person,
    };
    store::insert_template(&tx, row.clone()).await?;
    let subject = format!("return template {}", row.id);
    let after = audit::state(&format!("{} {period}, issue {}", template.element_code, template.issue));
    audit::record(app, &tx, &scope, Event { verb: "template.issue", subject, before: None, after }).await?;
    tx.commit().await?;

    let key = signing_key(app, scope.council)?;
    let (rows, file_name) = (template.rows.len(), template.file_name());
    let rendered = tokio::task::spawn_blocking(move || render_template(&template, &key));
    let bytes = rendered.await.context("waiting for a template")?.context("rendering a template")?;
    let storage_key = app.files.keep(scope.council, "templates", bytes.clone()).await?;
    Ok(Issued { template: row, catalogue, period, rows, storage_key, file_name, bytes })
}

/// All of the template but its issue number, read from one state of the council in a fixed number of statements.
async fn gather(
    app: &App,
    actor: &Actor,
    scope: &Scope,
    snapshot: &Snapshot,
    wanted: Wanted<'_>,
) -> Result<(Arc<Catalogue>, Template, Uuid), Refusal> {
    let Wanted { element: code, period, .. } = wanted;
    let Some(catalogue) = frameworks::service::catalogue(&**snapshot, scope, Some(period), None).await? else {
        let message = format!("No edition of the framework stands in {}.", period.words());
        return Err(UserError::new("NO_FRAMEWORK", message, Some(&["input", "period"])).into());
    };
    let element = covered(&catalogue, scope, code, period)?;
    // The collection's own calendar: a return of a month belongs to the quarter that is reported, and is due with it.
    let gate = Gate::load(&**snapshot, scope, app.clock.today()).await?;
    let reporting = gate.calendar.reporting(period).map(|(_, row)| row);
    if let Some(row) = reporting.filter(|row| !row.open && !gate.any_late(row.period)) {
        let place = gate.calendar.reporting(period).map(|(at, _)| at).unwrap_or_default();
        let ended = gate.calendar.ended(place, app.clock.today());
        return Err(closed(period, &Closed { reporting: row.period, ended }));
    }
    let mut owed: Vec<(&IndicatorEntry, Vec<Period>)> =
        owned(&catalogue, scope, element, period).map(|entry| (entry, due_in(entry, period))).filter(|(_, due)| !due.is_empty()).collect();
    if owed.is_empty() {
        let message = format!("{} owes no figures for {}.", element.title, period.words());
        return Err(UserError::new("NOTHING_DUE", message, Some(&["input", "period"])).into());
    }
    // What is closed, or locked by its return, is not asked for: its figure would be refused.
    let mut shut = None;
    for (entry, due) in &mut owed {
        let mut taken = Vec::with_capacity(due.len());
        for own in due.drain(..) {
            match gate.takes(&**snapshot, scope, entry.id, own).await? {
                Takes::Closed(within) => shut = Some(closed(period, &within)),
                Takes::Locked(locked) => shut = Some(past_taking(&locked)),
                Takes::Yes(_) | Takes::Unknown => taken.push(own),
            }
        }
        *due = taken;
    }
    owed.retain(|(_, due)| !due.is_empty());
    if let (Some(refusal), true) = (shut, owed.is_empty()) {
        return Err(refusal);
    }
    // At the most often an indicator can be due, every month of the period.
    let last = usize::try_from(period.months()).unwrap_or(usize::MAX).saturating_add(BEFORE);
    let asked = Asked { until: period, last, words: false, as_at: None, today: app.clock.today() };
    let entries: Vec<&IndicatorEntry> = owed.iter().map(|(entry, _)| *entry).collect();
    let judged = judged(snapshot, scope, &entries, asked).await?;
    let mut rows = Vec::new();
    for (entry, due) in owed {
        for own in due {
            rows.push(row(entry, judged.get(&entry.id), own));
        }
    }
    let template = Template {
        council_id: scope.council.to_string(),
        council_code: actor.council.code.clone(),
        council: actor.council.name.clone(),
        element_id: element.id.to_string(),
        element_code: element.code.clone(),
        element: element.title.clone(),
        period,
        framework: catalogue.edition.title.clone(),
        edition: catalogue.edition.edition.clone(),
        issue: 0,
        issued_at: app.clock.now(),
        due_on: reporting.and_then(|row: &ReportingPeriodRow| row.due_on),
        contact: String::new(),
        language: language(app, scope, snapshot).await?,
        rows,
    };
    let id = element.id;
    Ok((catalogue, template, id))
}

/// The language of the council's documents: the first it has them in that the installation has words in.
async fn language(app: &App, scope: &Scope, snapshot: &Snapshot) -> Result<Language> {
    let tags = brand::languages(brand::of(&**snapshot, scope, None).await?.as_ref())?;
    Ok(tags.iter().find_map(|tag| app.languages.find(tag)).cloned().unwrap_or_else(Language::english))
}

/// Why nothing can be returned for a period: it, or the reporting period it belongs to, is closed.
fn closed(period: Period, closed: &Closed) -> Refusal {
    let (within, ended) = (closed.reporting, closed.ended_in_words());
    let of = if within == period { format!("{period} is") } else { format!("{period} belongs to {within}, which is") };
    let message = format!("{of} closed and takes no figures{ended}. The performance team can open it again.");
    UserError::new("PERIOD_CLOSED", message, Some(&["input", "period"])).into()
}

/// Why nothing can be returned: the return is past taking figures.
fn past_taking(locked: &Locked) -> Refusal {
    UserError::new("RETURN_LOCKED", locked.words(), Some(&["input", "period"])).into()
}

/// The element, if the actor may have its template: it is theirs, or an indicator below it is. Absent and not-yours look
/// the same.
fn covered<'a>(catalogue: &'a Catalogue, scope: &Scope, code: &str, period: Period) -> Result<&'a Element, Refusal> {
    let found = catalogue
        .element_by_code(code.trim())
        .filter(|e| scope.covers_element(e.id) || owned(catalogue, scope, e, period).next().is_some());
    found.ok_or_else(|| {
        let message = format!("There is no element {code} that you may issue templates for.");
        UserError::new("ELEMENT_NOT_FOUND", message, Some(&["input", "element"])).into()
    })
}

/// Indicators collected now that the element or one below it owned when the period ended, inside the scope.
fn owned<'a>(catalogue: &'a Catalogue, scope: &Scope, element: &Element, period: Period) -> impl Iterator<Item = &'a IndicatorEntry> {
    let top = element.id;
    catalogue
        .indicators
        .iter()
        .filter(move |i| i.lifecycle == Lifecycle::Active && catalogue.is_within(i.owner, top, period.end()))
        .filter(move |i| scope.covers_indicator(i.id, i.owner))
}

fn row(entry: &IndicatorEntry, judged: Option<&Judged>, own: Period) -> TemplateRow {
    let at = |wanted: Period| judged.and_then(|j| j.points.iter().find(|p| p.period == wanted));
    let now = at(own);
    let asked = asked_row(entry, own, &now.map(|p| p.thresholds).unwrap_or_default());
    let held = now.and_then(|p| p.value);
    let before = std::iter::successors(own.previous(), |before| before.previous()).take(BEFORE);
    let mut earlier: Vec<(Period, Result<Decimal, Absence>)> = before.filter_map(|before| Some((before, returned(at(before)?)?))).collect();
    // The last figure has a column of its own, unless the one to be corrected stands there.
    let last = held.is_none().then(|| earlier.iter().position(|(before, _)| Some(*before) == own.previous())).flatten();
    let previous = last.map(|last| earlier.remove(last).1);
    let year_end = now.map(|p| &p.year_end);
    // What the year aims at need not be said twice.
    let year_target = year_end.and_then(|end| end.target).filter(|target| Some(*target) != asked.thresholds.target);
    TemplateRow { previous, held, earlier, forecast: year_end.and_then(|end| end.forecast), year_target, ..asked }
}

/// A figure, or why there was none; nothing where nothing was returned.
fn returned(point: &Point) -> Option<Result<Decimal, Absence>> {
    match (point.value, point.absence) {
        (_, Some(absence)) => Some(Err(absence)),
        (value, None) => value.map(Ok),
    }
}

/// What one row of a return asks for: what a template prints, and what an import finds a stale template by.
pub fn asked_row(entry: &IndicatorEntry, period: Period, thresholds: &Thresholds) -> TemplateRow {
    let version = entry.version_in(Some(period));
    // Both columns were filled from unsigned numbers.
    let whole = |n: i32| u32::try_from(n).unwrap_or_default();
    let places = whole(version.decimal_places);
    let wanted =
        entry.rule_at(period).and_then(|rule| status::Wanted::of(&rule.shape, version.polarity.0, version.purpose.0, thresholds, places));
    TemplateRow {
        indicator_id: entry.id.to_string(),
        code: entry.code.clone(),
        title: version.title.clone(),
        definition: version.definition.clone(),
        definition_version: whole(version.version),
        period,
        unit: version.unit.clone(),
        decimals: places,
        polarity: version.polarity.0,
        thresholds: *thresholds,
        wanted,
        minimum: version.minimum.map(|d| d.0),
        maximum: version.maximum.map(|d| d.0),
        numerator: version.numerator.clone(),
        denominator: version.denominator.clone(),
        multiplier: version.multiplier.0,
        previous: None,
        held: None,
        earlier: Vec::new(),
        forecast: None,
        year_target: None,
    }
}
