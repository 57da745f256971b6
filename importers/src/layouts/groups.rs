//! Which columns hold figures, of which indicator and which period: what LONG, WIDE, MEASURES and BENCHMARK come to.

use std::collections::HashMap;

use super::beside::holds_figures;
use super::header::{Header, Measure};
use super::heading::Column;
use super::roles::{Role, Sureness};
use super::spelled::heading_key;
use crate::address::a1;
use crate::diagnostic::Diagnostic;
use crate::reading::Layout;
use crate::row::{PeriodContent, Text, TextKind};
use crate::sheet::Sheet;
use crate::words::without_note_marks;

/// The columns of one figure.
pub(super) struct Group<'a> {
    /// What its heading or a mapping says it is of; none where the row says it.
    pub measure: Option<Measure>,
    /// The period its heading or a mapping says, and where; none where the row or the table does.
    pub period: Option<(PeriodContent, String)>,
    pub value: &'a Column,
    pub others: Vec<&'a Column>,
}

/// How the figures of a table are found.
pub(super) enum Shape<'a> {
    /// One figure a row, its indicator in the row.
    Long,
    /// A column a figure, the indicator in the row.
    Wide(Vec<Group<'a>>),
    /// A column a figure, the indicator in its heading, in the title or in a mapping.
    Measures(Vec<Group<'a>>),
}

/// Whether a table gives figures: which it does when it has an indicator, a period or an authority, and figures.
pub(super) fn fits(header: &Header) -> bool {
    keyed(header).is_some() || measures(header)
}

/// Whether the indicator stands in the rows, and how then the periods do.
pub(super) fn keyed(header: &Header) -> Option<bool> {
    if !header.has_key() || told_measures(header) {
        return None;
    }
    let periods = header.of_periods(Role::Value).count();
    // Without any period it is for the period it is sent for, where the rows surely are indicators and figures.
    let figures = header.find(Role::Value).is_some_and(|c| holds_figures(header, c));
    let sure = header
        .find(Role::Code)
        .or_else(|| header.find(Role::Name))
        .is_some_and(|c| c.role == Some(Role::Code) || c.sureness > Sureness::Weak);
    let long = has_figure(header) && (header.find(Role::Period).is_some() || (figures && sure && periods == 0 && header.areas.is_none()));
    let wide = periods >= 2 || (periods == 1 && header.find(Role::Period).is_none() && header.find(Role::Value).is_none());
    // A mapping may give the period of the whole table, or of each column.
    let told = header.period.is_some() && has_figure(header);
    (wide || long || told).then_some(wide)
}

/// A column for the result, or both parts of a ratio.
pub(super) fn has_figure(header: &Header) -> bool {
    header.find(Role::Value).is_some() || (header.find(Role::Numerator).is_some() && header.find(Role::Denominator).is_some())
}

/// Whether a mapping says of which indicator a column, or the whole table, is.
fn told_measures(header: &Header) -> bool {
    header.columns.iter().any(|c| c.code.is_some()) || matches!(header.measure, Some(Measure::Code(_)))
}

/// A table about authorities or periods with columns of figures, of which each heading may be an indicator.
fn measures(header: &Header) -> bool {
    let anchored = header.areas.is_some() || header.find(Role::Period).is_some() || told_measures(header);
    let keyless = !header.has_key() || told_measures(header) || header.areas.is_some();
    anchored && keyless && !figure_columns(header).is_empty()
}

pub(super) fn shape<'a>(sheet: &Sheet, header: &'a Header, problems: &mut Vec<Diagnostic>) -> Shape<'a> {
    match keyed(header) {
        Some(true) => Shape::Wide(grouped(sheet, header, header.of_periods(Role::Value).collect(), problems, false)),
        Some(false) => Shape::Long,
        None => Shape::Measures(grouped(sheet, header, figure_columns(header), problems, true)),
    }
}

/// How a table is laid out, for the reader; `others`: whether it has rows of other authorities.
pub(super) fn layout(header: &Header, shape: &Shape<'_>, others: bool) -> Layout {
    match shape {
        _ if others => Layout::Benchmark,
        Shape::Long => Layout::Long,
        Shape::Wide(_) => Layout::Wide,
        Shape::Measures(groups) if groups.iter().any(|group| group.period.is_some()) => Layout::Wide,
        Shape::Measures(_) if header.find(Role::Value).is_some() && header.columns.iter().all(|c| c.code.is_none()) => Layout::Long,
        Shape::Measures(_) => Layout::Measures,
    }
}

/// Columns of results that are in none of the figures, because another says the same or the mapping something else.
pub(super) fn contested<'a>(header: &'a Header, shape: &Shape<'_>) -> Vec<&'a Column> {
    let (groups, columns): (&[Group<'_>], Vec<&Column>) = match shape {
        Shape::Long => {
            let values = || header.columns.iter().filter(|c| matches!(c.role, Some(Role::Value | Role::Numerator)) && c.period.is_none());
            let contested = header.rivals || header.told.disagrees || header.find(Role::Value).is_some_and(|c| c.told.disagrees);
            return values().filter(|_| contested).collect();
        }
        Shape::Wide(groups) => (groups, header.of_periods(Role::Value).collect()),
        Shape::Measures(groups) => (groups, figure_columns(header)),
    };
    let read = |column: &&Column| !header.told.disagrees && groups.iter().any(|group| group.value.column == column.column);
    columns.into_iter().filter(|column| !read(column)).collect()
}

/// Columns of figures in a table whose rows name no indicator. Where a mapping says which they are, it is only those.
fn figure_columns(header: &Header) -> Vec<&Column> {
    let told: Vec<&Column> = header.columns.iter().filter(|c| c.sureness == Sureness::Told && c.role == Some(Role::Value)).collect();
    if !told.is_empty() {
        return told;
    }
    let figures = |column: &&Column| {
        let look = header.looks.iter().find(|look| look.column == column.column);
        let by_role = match column.role {
            // `%` beside a count is a share of it, and no name of anything.
            None | Some(Role::Total) => column.words.last().is_some_and(|word| !heading_key(word).is_empty()),
            Some(Role::Value) => true,
            _ => false,
        };
        by_role && look.is_some_and(|look| look.figures > 0 && look.figures * 2 >= look.filled)
    };
    header.columns.iter().filter(figures).collect()
}

/// One group an indicator and period; two columns that say the same cannot both be right.
fn grouped<'a>(
    sheet: &Sheet,
    header: &'a Header,
    values: Vec<&'a Column>,
    problems: &mut Vec<Diagnostic>,
    measured: bool,
) -> Vec<Group<'a>> {
    let names = if measured { names(header, &values) } else { HashMap::new() };
    let one = values.len() == 1;
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known: HashMap<(Option<PeriodContent>, Option<String>), &'a Column> = HashMap::new();
    let mut clashing: Vec<u32> = Vec::new();
    for value in values {
        let period = value.period.clone();
        let measure = names.get(&value.column).cloned().flatten();
        let key = (period.as_ref().map(|(content, _)| content.clone()), says(measure.as_ref()));
        if let Some(first) = known.get(&key) {
            clashing.push(first.column);
            problems.push(clash(sheet, first, value, measured && period.is_none()));
            continue;
        }
        known.insert(key, value);
        let others = header.columns.iter().filter(|c| c.column != value.column && stands_beside(value, c, measured, one)).collect();
        groups.push(Group { measure, period, value, others });
    }
    // What clashes is not read at all: which of the two was meant is the sender's to say.
    groups.retain(|group| !clashing.contains(&group.value.column) && !group.value.told.disagrees);
    groups
}

/// Whether a column says something of the figures of another: it names the same period, and the same indicator. What a
/// mapping says of a column without an indicator is said of all, as far as they could share it.
fn stands_beside(value: &Column, other: &Column, measured: bool, one: bool) -> bool {
    let period = |column: &Column| column.period.as_ref().map(|(content, _)| content.clone());
    let code = |column: &Column| column.code.as_ref().map(|code| code.text.to_lowercase());
    if !measured {
        return period(value) == period(other);
    }
    let told = other.sureness == Sureness::Told && other.role != Some(Role::Value);
    let shared = matches!(other.role, Some(Role::Commentary | Role::State | Role::AbsenceReason)) || one;
    told && (period(value) == period(other) || other.period.is_none()) && (code(value) == code(other) || (other.code.is_none() && shared))
}

fn says(measure: Option<&Measure>) -> Option<String> {
    measure.map(|measure| match measure {
        Measure::Code(text) | Measure::Words(text) => text.text.to_lowercase(),
    })
}

fn clash(sheet: &Sheet, first: &Column, second: &Column, measures: bool) -> Diagnostic {
    let place = |column: &Column| crate::Place::new(sheet.name.clone(), column.cell.clone());
    let (code, message, suggestion) = if measures {
        let message = format!("{} and {} have the same heading, {:?}; neither was read.", first.cell, second.cell, second.heading);
        ("COL-002", message, "Say in a mapping, by their letters, which indicator each is of.")
    } else {
        let words = if first.words.is_empty() { String::new() } else { format!(" of the same figure, {:?}", first.heading) };
        let message = format!("{} and {} are headed as the same period{words}.", first.cell, second.cell);
        ("PER-029", message, "Say which is the result, for instance Actual and Previous.")
    };
    let mut problem = Diagnostic::new(code, place(first), message).suggest(suggestion);
    problem.places.push(place(second));
    problem.count = 2;
    problem
}

/// What each column of figures is of: the indicator a mapping names, else the words of its heading, else the table's.
/// The lowest words alone where no other column has them, all of them otherwise.
fn names(header: &Header, values: &[&Column]) -> HashMap<u32, Option<Measure>> {
    let mut lowest: HashMap<String, usize> = HashMap::new();
    // The same words under several periods are one measure, and no clash.
    let mut seen: Vec<(String, Vec<String>)> = Vec::new();
    for column in values {
        let Some(last) = column.words.last() else { continue };
        let whole: Vec<String> = column.words.iter().map(|word| heading_key(word)).collect();
        let key = heading_key(last);
        if !seen.contains(&(key.clone(), whole.clone())) {
            *lowest.entry(key.clone()).or_default() += 1;
            seen.push((key, whole));
        }
    }
    let name = |column: &Column| {
        if let Some(code) = &column.code {
            return Some(Measure::Code(code.clone()));
        }
        if matches!(header.measure, Some(Measure::Code(_))) {
            return header.measure.clone();
        }
        let last = column.words.last().map(|last| (last, lowest.get(&heading_key(last)).copied().unwrap_or(0)));
        let words = match last {
            // `Total` says nothing by itself.
            Some((last, 0 | 1)) if super::roles::role(last).is_none() => last.clone(),
            Some(_) => column.words.join(" | "),
            None => return header.measure.clone(),
        };
        let text = without_note_marks(&words).0.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| Measure::Words(Text { text, cell: column.cell.clone(), kind: TextKind::Text }))
    };
    values.iter().map(|column| (column.column, name(column))).collect()
}

/// Where the figure columns of a table begin, for what is said of all of them.
pub(super) fn first_cell(header: &Header, groups: &[Group<'_>]) -> String {
    groups.first().map_or_else(|| a1(header.bottom, 0), |group| group.value.cell.clone())
}
