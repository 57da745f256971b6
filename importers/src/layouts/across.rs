//! Several figures a row, one a column: their periods in the headings (WIDE), their indicators, or both.

use super::beside;
use super::body::BodyRow;
use super::build::Table;
use super::groups::Group;
use super::header::{Header, Measure};
use super::heading::Column;
use super::left_over::of_row;
use super::long::{missing_key, provisional};
use super::roles::Role;
use crate::row::{PeriodCell, ValueRow};
use crate::sheet::Row;

/// The figures of one row, and how many of its cells are blank. `keyed`: its indicator stands in the row.
pub(super) fn row(table: &mut Table<'_>, body: &BodyRow<'_>, groups: &[Group<'_>], keyed: bool) -> (Vec<ValueRow>, usize) {
    table.time.clone_from(&body.time);
    let mut keys = table.keys(body.row, body.section.as_deref());
    if keyed && keys.code.is_none() && keys.name.is_none() {
        missing_key(table, body.row);
        return (Vec::new(), 0);
    }
    if !keyed {
        (keys.code, keys.name) = (None, None);
        keys.period = table.period(body.row);
    }
    // One target column for all periods is compared with each, as long as all figures are of one indicator.
    let header = table.header;
    let repeated = if keyed { beside::repeated(header) } else { Vec::new() };
    let shared = |role: Role| if keyed && !repeated.contains(&role) { header.find(role) } else { None };
    let shared = Shared { target: shared(Role::Target), intervention: shared(Role::Intervention), alone: alone(header, groups) };
    let figures: Vec<ValueRow> = groups.iter().filter_map(|group| figure(table, body.row, &keys, group, shared, keyed)).collect();
    let blank = groups.len() - figures.len();
    (figures, blank)
}

/// Whether a row has one figure, so that all that stands in the row is said of it.
pub(super) fn alone(header: &Header, groups: &[Group<'_>]) -> bool {
    groups.len() == 1 && header.mapping.is_none()
}

/// What stands for every figure of a row.
#[derive(Clone, Copy)]
struct Shared<'a> {
    target: Option<&'a Column>,
    intervention: Option<&'a Column>,
    /// There is one figure, and it has all the columns.
    alone: bool,
}

fn figure(table: &mut Table<'_>, row: &Row, keys: &ValueRow, group: &Group<'_>, shared: Shared<'_>, keyed: bool) -> Option<ValueRow> {
    let header = table.header;
    let rest = |role: Role| if shared.alone && of_row(header, role) { header.find(role) } else { None };
    let of = |role: Role| group.others.iter().copied().find(|c| c.role == Some(role)).or_else(|| rest(role));
    let mut out = keys.clone();
    match &group.measure {
        Some(Measure::Code(code)) => out.code = Some(code.clone()),
        Some(Measure::Words(name)) => (out.name, out.from_heading) = (Some(name.clone()), true),
        None => {}
    }
    out.value = table.figure_at(row, Some(group.value));
    out.numerator = table.figure_at(row, of(Role::Numerator));
    out.denominator = table.figure_at(row, of(Role::Denominator));
    out.absence_reason = table.text_at(row, of(Role::AbsenceReason)).map(Box::new);
    if out.value.is_none() && (out.numerator.is_none() || out.denominator.is_none()) && out.absence_reason.is_none() {
        return None;
    }
    let raw = |column: Option<&Column>| {
        let column = column?;
        Some(table.as_written(row.index, row.cell(column.column).filter(|c| !c.is_blank())?, column))
    };
    out.target = raw(of(Role::Target).or(shared.target)).map(Box::new);
    out.intervention = raw(of(Role::Intervention).or(shared.intervention)).map(Box::new);
    out.forecast = raw(of(Role::Forecast)).map(Box::new);
    out.state = table.text_at(row, of(Role::State)).or_else(|| if keyed { provisional(Some(group.value)) } else { None }).map(Box::new);
    out.status = table.text_at(row, of(Role::Status)).map(Box::new);
    if let Some(cell) = of(Role::Status).and_then(|c| row.cell(c.column)) {
        table.only_coloured(row, cell);
    }
    out.commentary = table.commentary(row, of(Role::Commentary));
    out.action = table.text_at(row, of(Role::Action)).map(Box::new);
    out.action_owner = table.text_at(row, of(Role::ActionOwner)).map(Box::new);
    out.action_due = table.date_at(row, of(Role::ActionDue)).map(Box::new);
    if let Some((content, cell)) = &group.period {
        out.period = Some(PeriodCell { content: content.clone(), cell: cell.clone(), context_year: table.context_year() });
    }
    Some(out)
}
