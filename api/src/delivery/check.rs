//! What cannot be of records that come in, beside those that are held: asked of workbooks and of single entries alike.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rules::delivery::book::{self, DeliveryRow, Finding, RecordKind, To, circles, evidence};

use super::held::{Record, by_key};
use super::names::Names;

/// Circles told one by one.
const CIRCLES_TOLD_MAX: usize = 100;

/// A record that comes in.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub row: DeliveryRow,
    /// Left out for what was found of it.
    pub refused: bool,
}

impl From<DeliveryRow> for Incoming {
    fn from(row: DeliveryRow) -> Self {
        Self { row, refused: false }
    }
}

/// Gives every ref the spelling of what it leads to, and evidence its one form. Whoever types `pi1` means PI1.
pub fn settle(rows: &mut [DeliveryRow], names: &Names) {
    let mut elements: HashMap<String, String> = HashMap::new();
    let mut indicators: HashMap<String, String> = HashMap::new();
    let mut records: HashMap<(RecordKind, String), String> = HashMap::new();
    elements.extend(names.elements.keys().map(|code| (code.to_lowercase(), code.clone())));
    indicators.extend(names.indicators.keys().map(|code| (code.to_lowercase(), code.clone())));
    records.extend(names.records.keys().map(|(kind, code)| ((*kind, code.to_lowercase()), code.clone())));
    // An instrument, and an edition of its assessments, are spelled as they were first.
    let mut instruments: HashMap<String, String> = HashMap::new();
    let mut editions: HashMap<(String, String), String> = HashMap::new();
    let parts = names.records.keys().filter(|(kind, _)| matches!(kind, RecordKind::Theme | RecordKind::Assessment));
    for (_, code) in parts {
        let mut parts = code.split(' ');
        let (instrument, edition) = (parts.next().unwrap_or_default(), parts.nth(1));
        instruments.entry(instrument.to_lowercase()).or_insert_with(|| instrument.to_owned());
        if let Some(edition) = edition {
            editions.entry((instrument.to_lowercase(), edition.to_lowercase())).or_insert_with(|| edition.to_owned());
        }
    }
    for row in rows.iter_mut() {
        let (instrument, edition) = match row {
            DeliveryRow::Theme(row) => (&mut row.instrument, None),
            DeliveryRow::Assessment(row) => (&mut row.instrument, Some(&mut row.edition)),
            _ => continue,
        };
        instrument.clone_from(instruments.entry(instrument.to_lowercase()).or_insert_with(|| instrument.clone()));
        if let Some(edition) = edition {
            let key = (instrument.to_lowercase(), edition.to_lowercase());
            edition.clone_from(editions.entry(key).or_insert_with(|| edition.clone()));
        }
    }
    for row in rows.iter() {
        records.entry((row.kind(), row.code().to_lowercase())).or_insert_with(|| row.code());
    }
    let element = |code: &mut String| {
        if let Some(known) = elements.get(&code.to_lowercase()) {
            code.clone_from(known);
        }
    };
    let indicator = |code: &mut String| {
        if let Some(known) = indicators.get(&code.to_lowercase()) {
            code.clone_from(known);
        }
    };
    let record = |kind: RecordKind, code: &mut String| {
        if let Some(known) = records.get(&(kind, code.to_lowercase())) {
            code.clone_from(known);
        }
    };
    let end = |code: &mut String| match records.get(&(RecordKind::Milestone, code.to_lowercase())) {
        Some(known) => code.clone_from(known),
        None => element(code),
    };
    for row in rows {
        match row {
            DeliveryRow::Recommendation(row) => {
                record(RecordKind::Recommendation, &mut row.code);
                row.element.iter_mut().for_each(element);
            }
            DeliveryRow::Project(row) => element(&mut row.element),
            DeliveryRow::Milestone(row) => {
                record(RecordKind::Milestone, &mut row.code);
                element(&mut row.project);
            }
            DeliveryRow::Dependency(row) => {
                end(&mut row.waits);
                end(&mut row.on);
            }
            DeliveryRow::Action(row) => {
                record(RecordKind::Action, &mut row.code);
                row.answers.iter_mut().for_each(|code| record(RecordKind::Recommendation, code));
                row.milestone.iter_mut().for_each(|code| record(RecordKind::Milestone, code));
                row.indicator.iter_mut().for_each(indicator);
                row.element.iter_mut().for_each(element);
            }
            DeliveryRow::Risk(row) => {
                record(RecordKind::Risk, &mut row.code);
                element(&mut row.element);
                row.indicator.iter_mut().for_each(indicator);
            }
            DeliveryRow::Money(row) => element(&mut row.element),
            DeliveryRow::Theme(row) => settle_theme(&mut row.instrument, &mut row.theme, &records),
            DeliveryRow::Assessment(row) => {
                settle_theme(&mut row.instrument, &mut row.theme, &records);
                for item in &mut row.evidence {
                    let Some((to, code)) = evidence(item) else { continue };
                    let mut code = code.to_owned();
                    let what = match to {
                        To::Record(kind) => {
                            record(kind, &mut code);
                            kind.words()
                        }
                        _ => {
                            indicator(&mut code);
                            "Indicator"
                        }
                    };
                    *item = format!("{what} {code}");
                }
            }
            DeliveryRow::Insight(row) => {
                record(RecordKind::Insight, &mut row.code);
                element(&mut row.element);
            }
        }
    }
}

fn settle_theme(instrument: &mut String, theme: &mut String, records: &HashMap<(RecordKind, String), String>) {
    let known = records.get(&(RecordKind::Theme, book::theme_code(instrument, theme).to_lowercase()));
    if let Some((known_instrument, known_theme)) = known.and_then(|code| code.split_once(' ')) {
        known_instrument.clone_into(instrument);
        known_theme.clone_into(theme);
    }
}

/// Refuses what cannot be and says why, each finding with the place of its row among `rows`. What is held as it comes is not asked
/// again. A row that needs one that is refused is refused too, unless that one is held.
pub fn check(rows: &mut [Incoming], names: &Names, held: &[Record], today: NaiveDate) -> Vec<(usize, Finding)> {
    let known = by_key(held);
    let before: Vec<Option<&DeliveryRow>> =
        rows.iter().map(|of| known.get(&(of.row.kind(), of.row.code())).map(|record| &record.row)).collect();
    let mut found = too_many(rows, held);
    loop {
        let refused: Vec<(usize, Vec<Finding>)> = {
            let ground = ground(rows, names, held, today);
            let asked = rows.iter().zip(&before).enumerate().filter(|(_, (of, before))| !of.refused && **before != Some(&of.row));
            asked.map(|(at, (of, before))| (at, book::check(&of.row, *before, &ground))).filter(|(_, found)| !found.is_empty()).collect()
        };
        // What is worth a second look is told at the end, of the rows that stand.
        found.retain(|(at, _)| rows.get(*at).is_some_and(|of| of.refused));
        let mut again = false;
        for (at, findings) in refused {
            let errs = findings.iter().any(Finding::is_error);
            if let (true, Some(row)) = (errs, rows.get_mut(at)) {
                row.refused = true;
                again = true;
            }
            found.extend(findings.into_iter().filter(|finding| !errs || finding.is_error()).map(|finding| (at, finding)));
        }
        if !again {
            break;
        }
    }
    found.extend(in_circles(rows, &before, held));
    found.sort_by_key(|(at, _)| *at);
    found
}

/// New records of which a council keeps no more.
fn too_many(rows: &mut [Incoming], held: &[Record]) -> Vec<(usize, Finding)> {
    let known: HashSet<(RecordKind, String)> = held.iter().map(|record| (record.row.kind(), record.row.code())).collect();
    let mut counts: HashMap<RecordKind, usize> = HashMap::new();
    for (kind, _) in &known {
        *counts.entry(*kind).or_default() += 1;
    }
    let mut found = Vec::new();
    for (at, of) in rows.iter_mut().enumerate().filter(|(_, of)| !of.refused) {
        let kind = of.row.kind();
        if known.contains(&(kind, of.row.code())) {
            continue;
        }
        let count = counts.entry(kind).or_default();
        *count += 1;
        if *count > kind.most() {
            of.refused = true;
            let heading = kind.spec().columns.first().map_or("Ref", |column| column.heading);
            let message = format!("The council has {} records of this kind, and no more are kept.", kind.most());
            found.push((at, Finding { code: "PLN-017", heading, message, suggestion: None }));
        }
    }
    found
}

fn ground<'a>(rows: &'a [Incoming], names: &'a Names, held: &'a [Record], today: NaiveDate) -> book::Ground<'a> {
    let mut records: HashMap<(RecordKind, String), &DeliveryRow> =
        held.iter().map(|record| ((record.row.kind(), record.row.code()), &record.row)).collect();
    records.extend(rows.iter().filter(|of| !of.refused).map(|of| ((of.row.kind(), of.row.code()), &of.row)));
    let elements = names.elements.iter().map(|(code, (_, kind))| (code.as_str(), *kind)).collect();
    book::Ground::new(elements, names.indicators.keys().map(String::as_str).collect(), records, today)
}

/// Dependencies that came in and close a circle are refused, one after the other until none is left.
fn in_circles(rows: &mut [Incoming], before: &[Option<&DeliveryRow>], held: &[Record]) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for told in 0.. {
        let closes = {
            let here: HashSet<(RecordKind, String)> =
                rows.iter().filter(|of| !of.refused).map(|of| (of.row.kind(), of.row.code())).collect();
            let staying = held.iter().map(|record| &record.row).filter(|row| !here.contains(&(row.kind(), row.code())));
            let all: Vec<&DeliveryRow> = staying.chain(rows.iter().filter(|of| !of.refused).map(|of| &of.row)).collect();
            let milestones: Vec<_> =
                all.iter().filter_map(|row| if let DeliveryRow::Milestone(of) = row { Some(of) } else { None }).collect();
            let waiting: Vec<_> =
                all.iter().filter_map(|row| if let DeliveryRow::Dependency(of) = row { Some(of) } else { None }).collect();
            let circle: Vec<String> = circles(&milestones, &waiting).into_iter().map(str::to_owned).collect();
            if circle.is_empty() {
                return found;
            }
            let inside = |code: &String| circle.contains(code);
            let new = |at: usize, of: &Incoming| !of.refused && before.get(at).copied().flatten() != Some(&of.row);
            let last = rows.iter().enumerate().rposition(|(at, of)| match &of.row {
                DeliveryRow::Dependency(row) => new(at, of) && inside(&row.waits) && inside(&row.on),
                DeliveryRow::Milestone(row) => new(at, of) && inside(&row.code) && inside(&row.project),
                _ => false,
            });
            last.map(|at| (at, circle))
        };
        // A circle that is held already is nobody's fault here.
        let Some((at, circle)) = closes else { return found };
        if told == CIRCLES_TOLD_MAX {
            found.extend(all_waiting(rows, before));
            return found;
        }
        let Some(row) = rows.get_mut(at) else { return found };
        row.refused = true;
        let heading = if row.row.kind() == RecordKind::Milestone { "Project" } else { "Waits for" };
        let listed: Vec<&str> = circle.iter().take(10).map(String::as_str).collect();
        let more = if circle.len() > listed.len() { format!(" and {} more", circle.len() - listed.len()) } else { String::new() };
        let message = format!("This closes a circle: {}{more} wait for one another.", listed.join(", "));
        let suggestion = Some("Leave out the one that does not hold.".to_owned());
        found.push((at, Finding { code: "PLN-009", heading, message, suggestion }));
    }
    found
}

/// Refuses every dependency that came in: there are more circles among them than are told one by one.
fn all_waiting(rows: &mut [Incoming], before: &[Option<&DeliveryRow>]) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for ((at, of), before) in rows.iter_mut().enumerate().zip(before) {
        if of.refused || of.row.kind() != RecordKind::Dependency || *before == Some(&of.row) {
            continue;
        }
        of.refused = true;
        let message = format!("More than {CIRCLES_TOLD_MAX} circles are among these rows: none of the others is taken.");
        let suggestion = Some("Put right those that are told, and send the workbook again.".to_owned());
        found.push((at, Finding { code: "PLN-009", heading: "Waits for", message, suggestion }));
    }
    found
}
