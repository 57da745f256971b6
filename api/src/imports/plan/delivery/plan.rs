//! From the records of a workbook to a plan.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use importers::delivery::DeliverySheets;
use importers::framework::{Placed, Unread};
use importers::{Diagnostic, Place as Cell};
use rules::delivery::book::{DeliveryRow, RecordKind};
use rules::edition::Field;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Beside, Rights};
use crate::access::Actor;
use crate::delivery::check::{Incoming, check, settle};
use crate::delivery::held::by_key;
use crate::delivery::names::Names;
use crate::delivery::sight::Places;
use crate::delivery::{Record, Which, records};
use crate::error::Result;
use crate::frameworks;
use crate::imports::plan::framework::diff::{cut, differing};
use crate::imports::plan::{ChangeKind, Plan, PlannedChange};

/// Codes listed of what is held and not in the workbook.
const KEPT_LISTED_MAX: usize = 10;

/// What accepting the records would do. Writes nothing; the statements are the same however many there are.
pub async fn plan(db: &impl ConnectionTrait, actor: &Actor, today: NaiveDate, (sheets, beside): (&DeliverySheets, Beside)) -> Result<Plan> {
    let scope = actor.own_scope();
    let catalogue = frameworks::service::catalogue_in_force(db, &scope, today).await?;
    let kinds = RecordKind::around(sheets.rows.iter().map(|placed| placed.row.kind()));
    let held = records(db, &scope, &kinds, Which::AsAt(None)).await?;
    let mut names = Names::of(db, &scope, catalogue.as_deref(), &kinds).await?;
    // What hangs on an edition that is not in force yet is brought in when it is.
    if beside.is_in_force(catalogue.as_deref().map(|of| &of.edition), today) {
        for (code, kind) in beside.elements {
            names.elements.entry(code).or_insert((Uuid::nil(), kind));
        }
        for code in beside.indicators {
            names.indicators.entry(code).or_insert(Uuid::nil());
        }
    }
    let mut rows: Vec<DeliveryRow> = sheets.rows.iter().map(|placed| placed.row.clone()).collect();
    settle(&mut rows, &names);
    let mut incoming: Vec<Incoming> = rows.into_iter().map(Incoming::from).collect();
    let mut plan = Plan::default();
    twice(&mut incoming, &sheets.rows, &mut plan.diagnostics);
    let rights = Rights::of(db, actor, catalogue.as_ref(), today).await?;
    let stand = Places::of(catalogue.as_deref(), held.iter().map(|record| &record.row));
    let mut places = Places::of(catalogue.as_deref(), held.iter().map(|record| &record.row));
    for (code, (id, _)) in &names.elements {
        places.element(code, *id);
    }
    let known = by_key(&held);
    let standing = |record| (record, stand.of_record(record));
    // What others hang on comes first: only what is the sender's says where they hang.
    let mut rows: Vec<(usize, &mut Incoming)> = incoming.iter_mut().enumerate().filter(|(_, of)| !of.refused).collect();
    rows.sort_by_key(|(_, of)| !matches!(of.row.kind(), RecordKind::Recommendation | RecordKind::Milestone));
    let mut foreign = Vec::new();
    for (at, of) in rows {
        let before = known.get(&(of.row.kind(), of.row.code())).copied();
        // What they read and leave as it is needs no right but that: what went out comes back, whoever may change it.
        if before.is_some_and(|record| record.row == of.row && rights.reads((record, stand.of_record(record)))) {
            continue;
        }
        // Whose it is decides as much as whose it shall be.
        let told = before.filter(|record| record.row != of.row).map(standing);
        if rights.over(&of.row, places.place(&of.row), told).is_some() {
            places.learn(&of.row);
            continue;
        }
        of.refused = true;
        foreign.push((at, Rights::refusal(&of.row)));
    }
    foreign.sort_by_key(|(at, _)| *at);
    for (at, message) in foreign {
        let (Some(of), Some(placed)) = (incoming.get(at), sheets.rows.get(at)) else { continue };
        let problem = Diagnostic::new("PLN-014", cell(placed), message).seen(&of.row.code());
        plan.diagnostics.push(problem.suggest("Leave the row out, or ask somebody who may to send it."));
    }
    for (at, finding) in check(&mut incoming, &names, &held, today) {
        let Some(placed) = sheets.rows.get(at) else { continue };
        let mut problem = Diagnostic::new(finding.code, placed.place(finding.heading), finding.message);
        let shown = placed.row.cells().into_iter().find(|(heading, _)| *heading == finding.heading);
        if let Some((_, shown)) = shown {
            problem = problem.seen(&shown.to_string());
        }
        plan.diagnostics.push(match finding.suggestion {
            Some(what) => problem.suggest(what),
            None => problem,
        });
    }
    // Of what is held the sender is told what they may read, and record.
    let shown = |record: &Record| {
        let held = (record, stand.of_record(record));
        rights.reads(held) && rights.over_held(held).is_some()
    };
    let theirs: Vec<&Record> = held.iter().filter(|record| shown(record)).collect();
    plan.diagnostics.extend(kept(&incoming, &sheets.rows, &theirs));
    let of = |(of, placed): (&Incoming, &Placed<DeliveryRow>)| {
        let before = known.get(&(of.row.kind(), of.row.code())).copied();
        let before = before.filter(|record| record.row == of.row || !of.refused || shown(record));
        change(of, before.map(|record| &record.row), cell(placed), &names)
    };
    plan.changes.extend(incoming.iter().zip(&sheets.rows).map(of));
    plan.changes.extend(sheets.unread.iter().filter_map(unread));
    Ok(plan)
}

/// The cell that stands for a row: the one under its sheet's first heading.
fn cell(placed: &Placed<DeliveryRow>) -> Cell {
    let spec = placed.row.kind().spec();
    placed.place(spec.columns.first().map_or("Ref", |column| column.heading))
}

/// The second of two rows with one key is refused, naming both cells.
fn twice(rows: &mut [Incoming], placed: &[Placed<DeliveryRow>], findings: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(RecordKind, String), Cell> = HashMap::new();
    for (of, placed) in rows.iter_mut().zip(placed) {
        let (code, place) = (of.row.code(), cell(placed));
        let Some(known) = first.get(&(of.row.kind(), code.clone())) else {
            first.insert((of.row.kind(), code), place);
            continue;
        };
        let message = format!("{code} is there twice: in {} and in {}. The first is taken.", known.cell, place.cell);
        let mut problem = Diagnostic::new("FRM-002", place, message).seen(&code).suggest("Delete or rename one of them.");
        problem.places.push(known.clone());
        problem.count = problem.places.len();
        findings.push(problem);
        of.refused = true;
    }
}

/// What is held of a sheet's kind, is theirs, and not in the sheet is kept, and said once a sheet.
fn kept(rows: &[Incoming], placed: &[Placed<DeliveryRow>], held: &[&Record]) -> Vec<Diagnostic> {
    let here: HashSet<(RecordKind, String)> = rows.iter().map(|of| (of.row.kind(), of.row.code())).collect();
    let mut found = Vec::new();
    for kind in RecordKind::ALL {
        let Some(sheet) = placed.iter().find(|placed| placed.row.kind() == *kind) else { continue };
        let of_kind = held.iter().filter(|record| record.row.kind() == *kind).map(|record| record.row.code());
        let absent: Vec<String> = of_kind.filter(|code| !here.contains(&(*kind, code.clone()))).collect();
        if absent.is_empty() {
            continue;
        }
        let listed = absent.iter().take(KEPT_LISTED_MAX).cloned().collect::<Vec<_>>().join(", ");
        let more = absent.len().saturating_sub(KEPT_LISTED_MAX);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("Held by the council and not in this sheet, and kept as they are: {listed}{rest}.");
        found.push(Diagnostic::new("FRM-018", Cell::sheet(&sheet.sheet), message));
    }
    found
}

fn change(of: &Incoming, held: Option<&DeliveryRow>, place: Cell, names: &Names) -> PlannedChange {
    let row = &of.row;
    let kind = match held {
        _ if of.refused => ChangeKind::Refused,
        None => ChangeKind::New,
        Some(held) if held == row => ChangeKind::Same,
        Some(_) => ChangeKind::Changed,
    };
    let (before, after) = match (kind, held) {
        (ChangeKind::Changed, Some(held)) => differing(fields(held), fields(row)),
        (_, held) => (held.map(|held| cut(&held.title())), Some(cut(&row.title()))),
    };
    let stored = |row: &DeliveryRow| serde_json::to_string(row).ok();
    PlannedChange {
        kind,
        subject: row.kind().into(),
        key: row.code(),
        indicator: row.indicator().and_then(|code| names.indicators.get(code).copied()).filter(|id| !id.is_nil()),
        indicator_code: row.indicator().map(str::to_owned),
        period: if let DeliveryRow::Money(row) = row { Some(row.period) } else { None },
        before,
        after,
        before_row: held.and_then(stored),
        after_row: if of.refused { None } else { stored(row) },
        held: None,
        figure: None,
        reason: None,
        place: Some(place),
    }
}

fn fields(row: &DeliveryRow) -> Vec<Field> {
    row.cells().into_iter().map(|(heading, shown)| (heading, shown.to_string())).collect()
}

/// A row that could not be read is refused like any other, so that a plan hides none.
fn unread(row: &Unread) -> Option<PlannedChange> {
    let kind = RecordKind::of_sheet(&row.sheet)?;
    Some(PlannedChange {
        kind: ChangeKind::Refused,
        subject: kind.into(),
        key: row.code.clone().unwrap_or_else(|| format!("{}!{}", row.place.sheet, row.place.cell)),
        indicator: None,
        indicator_code: None,
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
