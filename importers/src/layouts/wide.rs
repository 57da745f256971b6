//! WIDE: one row for each indicator, one column (or a few) for each period.

use super::body;
use super::build::Table;
use super::header::{Column, Header};
use super::roles::Role;
use crate::diagnostic::{Diagnostic, Severity};
use crate::row::{PeriodCell, PeriodContent, ValueRow};
use crate::sheet::{Row, Sheet};

/// Whether the headings are those of this layout.
pub(super) fn fits(header: &Header) -> bool {
    let periods = header.of_periods(Role::Value).count();
    header.has_key() && (periods >= 2 || (periods == 1 && header.find(Role::Period).is_none() && header.find(Role::Value).is_none()))
}

/// The columns of one period.
struct Group<'a> {
    content: &'a PeriodContent,
    value: &'a Column,
    others: Vec<&'a Column>,
}

pub(super) fn read(sheet: &Sheet, header: &Header) -> (Vec<ValueRow>, Vec<Diagnostic>) {
    let mut table = Table::new(sheet, header);
    let groups = groups(&mut table, header);
    let (mut rows, mut blank) = (Vec::new(), 0_usize);
    for body in body::rows(sheet, header, &mut table.problems) {
        let keys = table.keys(body.row, body.section.as_deref());
        if keys.code.is_none() && keys.name.is_none() {
            if groups.iter().any(|g| body.row.cell(g.value.column).is_some_and(|c| !c.is_blank())) {
                let key = header.find(Role::Code).or_else(|| header.find(Role::Name)).map_or(0, |c| c.column);
                let problem = table.problem("IND-008", body.row.index, key, "This row has figures and neither a ref nor a name.");
                problem.suggestion = Some("Write the indicator's ref.".to_owned());
            }
            continue;
        }
        for group in &groups {
            match figure(&mut table, body.row, &keys, group) {
                Some(row) => rows.push(row),
                None => blank += 1,
            }
        }
    }
    if blank > 0 {
        let message = format!("{blank} blank cells under periods were passed over.");
        table.problems.push(Diagnostic::new("VAL-029", sheet.place(header.bottom, 0), message).weighing(Severity::Info));
    }
    (rows, table.problems)
}

fn figure(table: &mut Table<'_>, row: &Row, keys: &ValueRow, group: &Group<'_>) -> Option<ValueRow> {
    let of = |role: Role| group.others.iter().copied().find(|c| c.role == Some(role));
    let mut out = keys.clone();
    out.value = table.figure_at(row, Some(group.value));
    out.numerator = table.figure_at(row, of(Role::Numerator));
    out.denominator = table.figure_at(row, of(Role::Denominator));
    out.absence_reason = table.text_at(row, of(Role::AbsenceReason));
    if out.value.is_none() && (out.numerator.is_none() || out.denominator.is_none()) && out.absence_reason.is_none() {
        return None;
    }
    let raw = |column: Option<&Column>| Some(row.cell(column?.column).filter(|c| !c.is_blank())?.raw(row.index));
    // One target column for all periods is compared with each.
    out.target = raw(of(Role::Target).or_else(|| table.header.find(Role::Target)));
    out.intervention = raw(of(Role::Intervention).or_else(|| table.header.find(Role::Intervention)));
    out.forecast = raw(of(Role::Forecast));
    out.state = table.text_at(row, of(Role::State));
    out.status = table.text_at(row, of(Role::Status));
    if let Some(cell) = of(Role::Status).and_then(|c| row.cell(c.column)) {
        table.only_coloured(row, cell);
    }
    out.commentary = table.commentary(row, of(Role::Commentary));
    let cell = group.value.period.as_ref().map_or_else(|| group.value.cell.clone(), |(_, cell)| cell.clone());
    out.period = Some(PeriodCell { content: group.content.clone(), cell, context_year: table.year });
    Some(out)
}

/// One group a period; two result columns of one period cannot both be right.
fn groups<'a>(table: &mut Table<'_>, header: &'a Header) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for column in header.of_periods(Role::Value) {
        let Some((content, _)) = &column.period else { continue };
        if let Some(first) = groups.iter().find(|g| g.content == content) {
            let message = format!("{} and {} are headed as the same period.", first.value.cell, column.cell);
            let mut problem = Diagnostic::new("PER-029", crate::Place::new(table.sheet.name.clone(), first.value.cell.clone()), message);
            problem.places.push(crate::Place::new(table.sheet.name.clone(), column.cell.clone()));
            problem.count = 2;
            table.problems.push(problem.suggest("Say which is the result, for instance Actual and Previous."));
            continue;
        }
        let mine = |c: &&Column| c.column != column.column && c.period.as_ref().is_some_and(|(other, _)| other == content);
        groups.push(Group { content, value: column, others: header.columns.iter().filter(mine).collect() });
    }
    // A period whose headings clash is not read at all: which of the two was meant is the sender's to say.
    let clashing: Vec<String> =
        table.problems.iter().filter(|p| p.code == "PER-029").filter_map(|p| p.places.first().map(|p| p.cell.clone())).collect();
    groups.retain(|g| !clashing.contains(&g.value.cell));
    groups
}
