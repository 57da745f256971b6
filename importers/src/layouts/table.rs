//! One table: its figures, what it was taken for, and what was stepped over.

use std::collections::HashMap;

use rules::measure::Absence;

use super::areas::{Met, Ours};
use super::body::{self, Stepped};
use super::build::Table;
use super::groups::{self, Group, Shape};
use super::header::{Header, Measure};
use super::heading::Column;
use super::roles::{Role, Sureness};
use super::sink::Sink;
use super::{across, context, held_back, left_over, long};
use crate::address::{a1, column_letters};
use crate::diagnostic::{Diagnostic, PLACES_MAX, Severity};
use crate::mapping::{ColumnRead, TableRead, Why};
use crate::reading::Layout;
use crate::row::{PeriodContent, ValueRow};
use crate::sheet::{Sheet, thousands};

/// What one table gave.
pub(super) struct Taken {
    pub problems: Vec<Diagnostic>,
    pub read: TableRead,
    /// It is about many authorities and none of its rows about us: said once all tables are known.
    pub without_us: Option<Diagnostic>,
}

/// Reads a table. `titles`: whether what stands above may say the period, the measure and the multiplier.
pub(super) fn read(sheet: &Sheet, mut header: Header, ours: &Ours, missing: &HashMap<String, Absence>, rows: &mut dyn Sink) -> Taken {
    context::settle(sheet, &mut header);
    let header = &header;
    rows.begin(sheet, header);
    let mut table = Table::new(sheet, header);
    table.missing.clone_from(missing);
    table.ours = header.areas.is_some() && ours.called().is_some();
    let mut problems = header.remarks.clone();
    let shape = groups::shape(sheet, header, &mut problems);
    let mut body = body::rows(sheet, header, ours, &mut problems);
    let others = body.stepped.rows(Why::OtherAuthority).is_some() || body.stepped.rows(Why::Subtotal).is_some() || ours.called().is_none();
    let layout = groups::layout(header, &shape, header.areas.is_some() && others);
    let mut out = Out { sheet, rows, figures: 0, read: 0, last: None };
    match &shape {
        // Read, these would be figures of a period the workbook says they are not of.
        _ if header.told.disagrees => {}
        Shape::Long if header.find(Role::Value).is_some_and(|column| column.told.disagrees) => {}
        Shape::Long => {
            for body in &body.rows {
                table.time.clone_from(&body.time);
                if let Some(row) = long::row(&mut table, body.row, body.section.as_deref()) {
                    out.push(&row);
                }
            }
        }
        Shape::Wide(groups) => wide(&mut table, &body.rows, groups, true, &mut out),
        Shape::Measures(groups) => measured(&mut table, &body.rows, groups, &mut out),
    }
    let (figures, rows_read) = (out.figures, out.read);
    problems.append(&mut table.problems);
    let numbers: Vec<u32> = body.rows.iter().map(|body| body.row.index + 1).collect();
    let timed = body.rows.iter().all(|body| body.time.is_some());
    super::remarks::remarks(sheet, header, layout, &numbers, timed, &mut problems);
    left_over::report(sheet, header, &shape, &body.rows, &mut problems);
    about_others(sheet, header, ours, &body.met, &body.stepped, &mut problems);
    let without_us = without_us(sheet, header, ours, &body.met, &body.stepped);
    stepped_over(sheet, header, &mut body.stepped, &mut problems);
    explain(sheet, header, layout, &shape, &mut problems);
    let mut read = taken_for(sheet, header, layout, &shape);
    read.rows = body.extent.map(|(first, last)| (first + 1, last + 1));
    (read.figures, read.rows_read) = (figures, rows_read);
    read.held_back = held_back::cells(header, &shape, &body.rows);
    read.stepped_over = body.stepped.into_list();
    Taken { problems, read, without_us }
}

/// A table that was looked at and gives nothing as it is: what it was taken for, to be corrected in a mapping.
pub(super) fn looked_at(sheet: &Sheet, mut header: Header) -> TableRead {
    super::content::settle(sheet, &mut header);
    taken_for(sheet, &header, Layout::Long, &Shape::Long)
}

/// Where the figures of one table go. They come row by row.
struct Out<'a> {
    sheet: &'a Sheet,
    rows: &'a mut dyn Sink,
    figures: u32,
    /// Rows of the table that gave any.
    read: u32,
    last: Option<u32>,
}

impl Out<'_> {
    fn push(&mut self, row: &ValueRow) {
        if !self.rows.push(self.sheet, row) {
            return;
        }
        self.figures = self.figures.saturating_add(1);
        if self.last.replace(row.row) != Some(row.row) {
            self.read = self.read.saturating_add(1);
        }
    }
}

fn wide(table: &mut Table<'_>, body: &[body::BodyRow<'_>], groups: &[Group<'_>], keyed: bool, out: &mut Out<'_>) {
    let mut blank = 0_usize;
    for body in body {
        let (figures, left_blank) = across::row(table, body, groups, keyed);
        // What nobody knows the period or the indicator of was asked about.
        let told = |row: &&ValueRow| keyed || row.period.is_some() && (row.code.is_some() || row.name.is_some());
        figures.iter().filter(told).for_each(|row| out.push(row));
        blank += left_blank;
    }
    if blank > 0 {
        let message = format!("{blank} blank cells under periods were passed over.");
        let message = if keyed { message } else { format!("{blank} blank cells were passed over.") };
        let place = table.sheet.place(table.header.bottom, 0);
        table.problems.push(Diagnostic::new("VAL-029", place, message).weighing(Severity::Info));
    }
}

/// Figures whose indicator stands in their heading or title; without a period, or without either, they are a question.
fn measured(table: &mut Table<'_>, body: &[body::BodyRow<'_>], groups: &[Group<'_>], out: &mut Out<'_>) {
    let (sheet, header) = (table.sheet, table.header);
    let first = || crate::Place::new(sheet.name.clone(), groups::first_cell(header, groups));
    let named: Vec<u32> = groups.iter().filter(|group| group.measure.is_some()).map(|group| group.value.column).collect();
    if named.len() < groups.len() {
        let message = "Nothing says which indicator these figures are of: neither a column, nor their headings, nor a title.";
        let advice = "Say so in a mapping, for the table or column by column; or add a column headed Ref.";
        table.problems.push(Diagnostic::new("COL-003", first(), message).suggest(advice));
    }
    let timed = body.iter().all(|body| body.time.is_some());
    let has_period = header.find(Role::Period).is_some() || header.period.is_some() || timed;
    let undated: Vec<&Group<'_>> = groups.iter().filter(|group| !has_period && group.period.is_none()).collect();
    if let Some(group) = undated.first().filter(|_| !body.is_empty()) {
        let message =
            "Nothing says of which period these figures are: neither a column, nor their headings, nor one title, nor the sheet's name.";
        let advice = "Say so in a mapping, for the table or column by column; or add a column headed Period.";
        let place = |group: &Group<'_>| crate::Place::new(sheet.name.clone(), group.value.cell.clone());
        let mut problem = Diagnostic::new("PER-038", place(group), message).suggest(advice);
        problem.places = undated.iter().take(PLACES_MAX).map(|group| place(group)).collect();
        problem.count = undated.len();
        // The columns beside them that have a period are read.
        table.problems.push(if undated.len() < groups.len() { problem.weighing(Severity::Warning) } else { problem });
    }
    wide(table, body, groups, false, out);
}

/// How many rows were somebody else's.
fn about_others(sheet: &Sheet, header: &Header, ours: &Ours, met: &Met, stepped: &Stepped, problems: &mut Vec<Diagnostic>) {
    let (Some(areas), Some(called), Some(others)) = (header.areas, ours.called(), stepped.rows(Why::OtherAuthority)) else { return };
    if met.ours == 0 {
        return;
    }
    let column = areas.code.or(areas.name).unwrap_or_default();
    let message = format!(
        "{} rows are about {} other authorities and were passed over; those about {called} were read ({}).",
        thousands(others.rows as usize),
        thousands(met.others.len()),
        thousands(met.ours as usize),
    );
    let mut problem = Diagnostic::new("BMK-010", sheet.place(others.first - 1, column), message);
    problem.count = others.rows as usize;
    problems.push(problem);
}

/// What to say of a table about many authorities that leaves us out.
fn without_us(sheet: &Sheet, header: &Header, ours: &Ours, met: &Met, stepped: &Stepped) -> Option<Diagnostic> {
    let (areas, called) = (header.areas?, ours.called()?);
    let others = stepped.rows(Why::OtherAuthority).filter(|_| met.ours == 0)?;
    let column = areas.code.or(areas.name).unwrap_or_default();
    let message = format!("This table is about many authorities, and none of its rows is about {called}.");
    let near = ours.nearest(met);
    let advice = if near.is_empty() {
        let mut some: Vec<&String> = met.others.values().collect();
        some.sort();
        let some: Vec<&str> = some.into_iter().take(3).map(String::as_str).collect();
        format!("It knows {} authorities, for instance {}. Send a table that has this council's rows.", met.others.len(), some.join(", "))
    } else {
        format!("The nearest it knows is {}. If that is this council, correct the name or code.", near.join(" or "))
    };
    Some(Diagnostic::new("BMK-009", sheet.place(others.first - 1, column), message).suggest(advice))
}

/// Rows among and above the headings, and subtotals, as remarks.
fn stepped_over(sheet: &Sheet, header: &Header, stepped: &mut Stepped, problems: &mut Vec<Diagnostic>) {
    for (why, row) in &header.skipped {
        stepped.over(*why, *row);
        let message = "Rows of units or column numbers among the headings were stepped over.";
        problems.push(Diagnostic::new("STR-007", sheet.place(*row, 0), message));
    }
    let skipped = |row: u32| header.skipped.iter().any(|(_, skipped)| *skipped == row);
    let start = sheet.rows.partition_point(|row| row.index < header.top);
    // Titles are those right above; what is farther up is another table's.
    let titles = sheet.rows.iter().take(start).rev().take_while(|row| row.filled().count() <= 4 || skipped(row.index)).take(20);
    for row in titles.filter(|row| row.filled().next().is_some() && !skipped(row.index)) {
        stepped.over(Why::Title, row.index);
    }
    if let Some(totals) = stepped.rows(Why::Subtotal).filter(|_| header.areas.is_some()) {
        let message = "Rows of totals, regions and nations were not read.";
        let mut problem = Diagnostic::new("STR-005", sheet.place(totals.first - 1, 0), message);
        problem.count = totals.rows as usize;
        problems.push(problem);
    }
}

/// What a table without a ref in its rows was taken for, where nobody said how to read it.
fn explain(sheet: &Sheet, header: &Header, layout: Layout, shape: &Shape<'_>, problems: &mut Vec<Diagnostic>) {
    let Shape::Measures(groups) = shape else { return };
    if header.mapping.is_some() || groups.is_empty() {
        return;
    }
    let of = |role: Role| header.find(role).map(|c| column_letters(c.column));
    let mut parts = vec![format!("headings in row {}", header.bottom + 1)];
    parts.extend(of(Role::AreaCode).map(|column| format!("codes of authorities in column {column}")));
    parts.extend(of(Role::Area).map(|column| format!("names of authorities in column {column}")));
    let period = of(Role::Period).map(|column| format!("periods in column {column}"));
    let headed = groups.iter().any(|group| group.period.is_some()).then(|| "periods in the headings".to_owned());
    let titled = header.period.as_ref().map(|(period, cell)| format!("the period {period:?} (from {cell} or the sheet's name)"));
    parts.extend(period.or(headed).or(titled));
    let message = format!("Read as: {}; {}.", layout.words().to_lowercase(), parts.join(", "));
    let place = sheet.place(header.bottom, header.columns.first().map_or(0, |c| c.column));
    problems.push(Diagnostic::new("LAY-005", place, message).suggest("If that is wrong, say in a mapping what each column holds."));
    let words: Vec<&Group<'_>> = groups.iter().filter(|group| matches!(group.measure, Some(Measure::Words(_)))).collect();
    if let Some(first) = words.first() {
        let message = "The headings of these columns were taken for the names of indicators.";
        let place = |group: &Group<'_>| crate::Place::new(sheet.name.clone(), group.value.cell.clone());
        let mut problem = Diagnostic::new("COL-006", place(first), message);
        problem.places = words.iter().take(PLACES_MAX).map(|group| place(group)).collect();
        problem.count = words.len();
        problem.suggestion =
            Some("Where a heading is no indicator's name or alias, say in a mapping which indicator the column is of.".to_owned());
        problems.push(problem);
    }
}

/// What the table and each of its columns were taken for.
fn taken_for(sheet: &Sheet, header: &Header, layout: Layout, shape: &Shape<'_>) -> TableRead {
    let (groups, measured): (&[Group<'_>], bool) = match shape {
        Shape::Long => (&[], false),
        Shape::Wide(groups) => (groups, false),
        Shape::Measures(groups) => (groups, true),
    };
    let shared = header.measure.clone().filter(|_| measured);
    TableRead {
        sheet: sheet.name.clone(),
        layout,
        heading_rows: (header.top + 1, header.bottom + 1),
        rows: None,
        rows_read: 0,
        figures: 0,
        indicator_is_code: matches!(shared, Some(Measure::Code(_))),
        indicator: shared.map(|measure| match measure {
            Measure::Code(text) | Measure::Words(text) => text.text,
        }),
        period: header.period.as_ref().map(|(period, _)| period.clone()).filter(|_| header.find(Role::Period).is_none()),
        multiplier: header.multiplier,
        period_is_told: header.told.period,
        multiplier_is_told: header.told.multiplier,
        columns: header.columns.iter().map(|column| column_taken_for(header, column, groups, measured)).collect(),
        stepped_over: Vec::new(),
        held_back: Vec::new(),
        mapping: header.mapping.clone(),
    }
}

fn column_taken_for(header: &Header, column: &Column, groups: &[Group<'_>], measured: bool) -> ColumnRead {
    let group = groups.iter().find(|group| group.value.column == column.column);
    let measure = group.and_then(|group| group.measure.clone());
    let role = match group {
        Some(_) => Some(Role::Value),
        None if measured && matches!(column.role, Some(Role::Total)) => None,
        None => column.role,
    };
    let period = column.period.as_ref().map(|(content, _)| match content {
        PeriodContent::Text(text) => text.clone(),
        PeriodContent::Date { date, .. } => date.to_string(),
    });
    let said = column.sureness >= Sureness::Strong || role == Some(Role::Known);
    ColumnRead {
        column: column_letters(column.column),
        heading: column.heading.clone(),
        cell: if column.cell.is_empty() { a1(header.bottom, column.column) } else { column.cell.clone() },
        role,
        indicator_is_code: matches!(measure, Some(Measure::Code(_))),
        indicator: measure.map(|measure| match measure {
            Measure::Code(text) | Measure::Words(text) => text.text,
        }),
        period,
        multiplier: column.multiplier,
        period_is_told: column.told.period,
        multiplier_is_told: column.told.multiplier,
        percent: column.percent,
        unsure: role.is_some() && !said,
    }
}
