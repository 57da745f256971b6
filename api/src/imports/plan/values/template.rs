//! A filled return template: whether it is ours, current, and row by row still what was asked.

use std::collections::{HashMap, HashSet};

use entity::indicator_version;
use exporters::template::{TemplateRow, is_signed, row_fingerprint};
use importers::{Diagnostic, Place, TemplateStamp, ValueRow};
use rules::measure::Lifecycle;
use rules::period::Period;
use rules::status::Thresholds;
use rules::workbook::TEMPLATE_SHEET;
use uuid::Uuid;

use super::known::Known;
use super::plan::Asked;
use super::words::with_unit;
use crate::access::{Actor, Scope};
use crate::frameworks::IndicatorEntry;
use crate::returns::service::asked_row;

/// Indicators named in a message at most.
const NAMED_MAX: usize = 10;

/// The template's own period, where it is one.
pub fn period(stamp: &TemplateStamp) -> Option<Period> {
    stamp.period.parse().ok()
}

/// Why no row of the template can be taken; nothing when it is the return it is sent as.
pub fn refusals(stamp: &TemplateStamp, (actor, scope): (&Actor, &Scope), asked: &Asked<'_>, known: &Known) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let at = |code, message: String| Diagnostic::new(code, Place::sheet(TEMPLATE_SHEET), message);
    if !stamp.council_id.is_empty() && stamp.council_id != actor.council.id.to_string() {
        let message = format!("This template was issued by {}; you send it to {}.", named(&stamp.council_code), actor.council.code);
        out.push(at("TPL-003", message).suggest("Send it to the council that issued it, or ask for a template here."));
        return out;
    }
    if let (Some(key), Some(issue)) = (asked.template_key, stamp.issue)
        && !stamp.fingerprint.is_empty()
        && !is_signed(key, &stamp.fingerprint, issue, &stamp.signature)
    {
        let message = "The template's signature is not the council's: its hidden sheet was changed, or it was made elsewhere.";
        out.push(at("TPL-002", message.to_owned()).suggest("Ask for the template again and fill that in."));
        return out;
    }
    let element = stamp.element_id.parse::<Uuid>().ok();
    if let Some(wanted) = asked.element.filter(|wanted| Some(*wanted) != element) {
        let title = known.element_title(wanted).unwrap_or("another service");
        let message = format!("This template is the return of {}; it was sent as that of {title}.", named(&stamp.element_code));
        out.push(at("TPL-004", message).suggest("Send it for the service it was issued for."));
    }
    if out.is_empty() && is_anothers(stamp, scope, known) {
        // By its own code: what the element is called here is not theirs to read.
        let message = format!("This template is the return of {}; none of its figures is yours to enter.", named(&stamp.element_code));
        out.push(at("TPL-004", message).suggest("Send the return of your own service, or give this one to whoever answers for it."));
    }
    if let Some(wanted) = asked.period.filter(|wanted| Some(*wanted) != period(stamp)) {
        let message = format!("This template is for {}; it was sent for {wanted}.", named(&stamp.period));
        out.push(at("TPL-005", message).suggest("Send it for the period it was issued for."));
    }
    out
}

/// Whether the template asks for indicators that are held here, and for none the sender may enter.
fn is_anothers(stamp: &TemplateStamp, scope: &Scope, known: &Known) -> bool {
    let asked: HashSet<Uuid> = stamp.rows.iter().filter_map(|row| row.indicator_id.parse().ok()).collect();
    let mut held = known.indicators.iter().filter(|indicator| asked.contains(&indicator.id)).peekable();
    held.peek().is_some() && held.all(|indicator| !known.covers(scope, indicator))
}

fn named(text: &str) -> &str {
    if text.is_empty() { "nobody named" } else { text }
}

/// Fingerprints of a template's rows as issued, by indicator. An indicator due every month has several rows under one
/// ref, so a row is current when any of its indicator's fingerprints is the one it would have today.
pub struct Issued(HashMap<Uuid, HashSet<String>>);

impl Issued {
    pub fn of(stamp: &TemplateStamp) -> Self {
        let mut issued: HashMap<Uuid, HashSet<String>> = HashMap::new();
        for row in &stamp.rows {
            if let Ok(id) = row.indicator_id.parse() {
                issued.entry(id).or_default().insert(row.fingerprint.clone());
            }
        }
        Self(issued)
    }

    /// Whether the template asked for the indicator at all.
    pub fn has(&self, indicator: Uuid) -> bool {
        self.0.contains_key(&indicator)
    }

    /// What changed in what a row asks since it was issued (TPL-011); none when nothing did.
    pub fn stale(&self, row: &ValueRow, entry: &IndicatorEntry, period: Period, thresholds: &Thresholds) -> Option<Diagnostic> {
        let issued = self.0.get(&entry.id)?;
        let asked = asked_row(entry, period, thresholds);
        if issued.contains(&row_fingerprint(&asked)) {
            return None;
        }
        let changes = changes(row, entry, period, &asked);
        let what = if changes.is_empty() { "its definition, or what counts as on target, changed".to_owned() } else { changes.join("; ") };
        let cell = row.row_key.as_deref().or(row.code.as_ref()).map_or_else(|| format!("A{}", row.row), |text| text.cell.clone());
        let message = format!("{} {period} is not what it was when the template was issued: {what}.", entry.code);
        Some(Diagnostic::new("TPL-011", Place::new(&row.sheet, cell), message).suggest("Ask for a new template for this row."))
    }
}

/// What the row prints beside what stands today.
fn changes(row: &ValueRow, entry: &IndicatorEntry, period: Period, asked: &TemplateRow) -> Vec<String> {
    let thresholds = &asked.thresholds;
    let version = entry.version_in(Some(period));
    let mut changes = Vec::new();
    for (what, cell, now) in
        [("target", &row.target, thresholds.target), ("intervention level", &row.intervention, thresholds.intervention)]
    {
        let printed = cell.as_ref().and_then(|cell| importers::figure::plain(cell, &row.sheet).0);
        if printed.is_none() && now.is_none() {
            changes.extend(range(what, cell.as_deref(), asked, version));
        } else if printed != now {
            let text = |value: Option<rust_decimal::Decimal>| value.map_or_else(|| "none".to_owned(), |value| with_unit(value, version));
            changes.push(format!("{what} {} when issued, now {}", text(printed), text(now)));
        }
    }
    if let Some(unit) = row.unit.as_ref().filter(|unit| !unit.text.eq_ignore_ascii_case(&version.unit)) {
        changes.push(format!("unit {} when issued, now {}", unit.text, version.unit));
    }
    changes
}

/// What the row prints as a range beside the limits that stand today. Ranges are words, in the template's language: they
/// are told apart by their figures.
fn range(what: &str, cell: Option<&importers::RawCell>, asked: &TemplateRow, version: &indicator_version::Model) -> Option<String> {
    let printed = match cell.map(|cell| &cell.content) {
        Some(importers::Content::Text(text)) if text.chars().any(|c| c.is_ascii_digit()) => Some(text.as_str()),
        _ => None,
    };
    let Thresholds { lower, upper, intervention_lower, intervention_upper, .. } = asked.thresholds;
    let (low, high) = match (what, asked.wanted) {
        // Without limits, bands: those that are good are printed.
        ("target", Some(wanted)) if lower.is_none() && upper.is_none() => (wanted.from, wanted.to),
        ("target", _) => (lower, upper),
        _ => (intervention_lower, intervention_upper),
    };
    let words = |limit| with_unit(limit, version);
    let now = match (low, high) {
        (Some(low), Some(high)) => Some(format!("{} to {}", words(low), words(high))),
        (Some(low), None) => Some(format!("{} or more", words(low))),
        (None, Some(high)) => Some(format!("{} or less", words(high))),
        (None, None) => None,
    };
    let digits = |text: Option<&str>| text.unwrap_or_default().chars().filter(|c| c.is_ascii_digit() || matches!(c, '-' | '.')).collect();
    let (before, after): (String, String) = (digits(printed), digits(now.as_deref()));
    (before != after).then(|| {
        let said = |text: Option<&str>| text.unwrap_or("none").to_owned();
        format!("{what} range {} when issued, now {}", said(printed), said(now.as_deref()))
    })
}

/// Rows whose indicator left the framework since (TPL-012), and indicators that joined the return since (TPL-013).
/// Those who may not enter an indicator are not told of it: their template was issued without it.
pub fn membership(stamp: &TemplateStamp, scope: &Scope, known: &Known, issued: &Issued, out: &mut Vec<Diagnostic>) {
    let present: HashSet<Uuid> = known.indicators.iter().map(|indicator| indicator.id).collect();
    for row in &stamp.rows {
        if row.indicator_id.parse().is_ok_and(|id: Uuid| !present.contains(&id)) {
            let place = row.place.clone().unwrap_or_else(|| Place::sheet(TEMPLATE_SHEET));
            let message = format!("{} was removed from the framework since the template was issued; its row is ignored.", row.row_key);
            out.push(Diagnostic::new("TPL-012", place, message));
        }
    }
    let (Ok(element), Some(reporting)) = (stamp.element_id.parse::<Uuid>(), period(stamp)) else { return };
    let added: Vec<&str> = known
        .indicators
        .iter()
        .filter(|indicator| {
            !issued.has(indicator.id) && known.covers(scope, indicator) && known.is_within(indicator, element, Some(reporting))
        })
        .filter(|indicator| known.latest_entry(indicator).is_some_and(|entry| owes(entry, reporting)))
        .map(|indicator| indicator.code.as_str())
        .collect();
    if !added.is_empty() {
        let message = format!("Added to this return since the template was issued: {}.", added[..added.len().min(NAMED_MAX)].join(", "));
        out.push(Diagnostic::new("TPL-013", Place::sheet(TEMPLATE_SHEET), message).suggest("Ask for a new template, or send them apart."));
    }
}

/// Whether an indicator owes a figure that ends inside a reporting period.
fn owes(entry: &IndicatorEntry, reporting: Period) -> bool {
    let version = entry.version_in(Some(reporting));
    let last = Period::holding(reporting.end(), version.frequency.0, version.year_basis.0);
    let ends_inside = |period: Period| (reporting.start()..=reporting.end()).contains(&period.end());
    entry.lifecycle == Lifecycle::Active && last.is_some_and(|last| ends_inside(last) || last.previous().is_some_and(ends_inside))
}
