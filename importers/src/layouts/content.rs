//! What the columns of a table hold by the look of their cells, where headings do not say it: codes of authorities,
//! names beside them, periods, figures.

use rules::period::spelling::looks_like_period;

use super::areas::{Areas, is_authority_code, is_code, is_region_code, is_register_code};
use super::beside;
use super::header::Header;
use super::heading::{Column, is_figure};
use super::roles::{Role, Sureness};
use super::spelled::key;
use crate::row::PeriodContent;
use crate::sheet::{Cell, Row, Sheet, Value};

/// Rows of a table that are looked at to know its columns.
const ROWS_LOOKED_AT: usize = 200;

/// What the cells of one column look like.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looks {
    pub column: u32,
    pub filled: usize,
    pub figures: usize,
    pub texts: usize,
    /// Statisticians' codes of councils and of anything.
    pub authorities: usize,
    pub codes: usize,
    pub regions: usize,
    pub register_codes: usize,
    pub periods: usize,
    /// Two different authorities at least.
    pub several: bool,
    first_authority: Option<String>,
}

/// The look of every column below a heading row, in order of column.
fn looks(sheet: &Sheet, header: &Header) -> Vec<Looks> {
    let mut looks: Vec<Looks> = Vec::new();
    let mut below = sheet.rows.iter().skip_while(|row| row.index <= header.bottom).take_while(|row| row.index <= header.last);
    for row in below.by_ref().take(ROWS_LOOKED_AT) {
        look(row, header, &mut looks);
    }
    // A long table may say all of one authority before it comes to the next.
    for known in looks.iter_mut().filter(|known| known.authorities > 0 && !known.several) {
        let first = known.first_authority.as_deref();
        known.several = below.clone().any(|row| match row.cell(known.column).map(|cell| &cell.value) {
            Some(Value::Text(text)) => is_authority_code(text.trim()) && Some(text.trim()) != first,
            _ => false,
        });
    }
    looks
}

fn look(row: &Row, header: &Header, looks: &mut Vec<Looks>) {
    for cell in header.filled(row) {
        let at = looks.binary_search_by_key(&cell.column, |known| known.column).unwrap_or_else(|at| {
            looks.insert(at, Looks { column: cell.column, ..Looks::default() });
            at
        });
        let Some(known) = looks.get_mut(at) else { continue };
        known.filled += 1;
        match &cell.value {
            Value::Number(_) | Value::Duration(_) | Value::Error(_) => known.figures += 1,
            Value::Date(_) => known.periods += 1,
            Value::Text(text) => read_text(known, text.trim()),
            Value::Blank => known.figures += usize::from(cell.uncached),
            Value::Bool(_) => {}
        }
    }
}

fn read_text(known: &mut Looks, text: &str) {
    known.texts += 1;
    if is_code(text) {
        known.codes += 1;
        known.regions += usize::from(is_region_code(text));
        if is_authority_code(text) {
            known.authorities += 1;
            match &known.first_authority {
                Some(first) => known.several |= first != text,
                None => known.first_authority = Some(text.to_owned()),
            }
        }
    } else if is_register_code(text) {
        known.register_codes += 1;
    } else if looks_like_period(text) {
        known.periods += 1;
    } else if is_figure_text(text) {
        known.figures += 1;
    }
}

/// A number, or one of the short marks that stand where a number is missing.
fn is_figure_text(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text.chars().filter(|c| c.is_alphabetic()).count();
    (digits > 0 && others <= 1) || (digits == 0 && text.len() <= 4 && others <= 1)
}

/// Gives columns the roles their cells show: whose figures, which period. Headings that say so come first.
pub(super) fn settle(sheet: &Sheet, header: &mut Header) {
    let looks = looks(sheet, header);
    add_bare(header, &looks);
    areas(sheet, header, &looks);
    ages(header);
    periods(header, &looks);
    header.looks = looks;
    beside::settle(header);
    header.end = None;
    let keys = [Role::Code, Role::Name, Role::Period].into_iter().filter_map(|role| header.find(role));
    let lowest = |heading: &str| heading.rsplit(" | ").next().unwrap_or_default().to_owned();
    header.keys = keys.map(|column| (column.column, lowest(&column.heading))).collect();
}

/// Columns that hold something and have no heading, as far as they stand between others or before them.
fn add_bare(header: &mut Header, looks: &[Looks]) {
    let last = header.columns.iter().map(|c| c.column).max().unwrap_or_default();
    for look in looks.iter().filter(|look| look.column < last && look.filled >= 2) {
        if let Err(at) = header.columns.binary_search_by_key(&look.column, |c| c.column) {
            header.columns.insert(at, Column::bare(header.bottom, look.column));
        }
    }
}

/// Finds whose figures the rows are, if the table is about many authorities.
fn areas(sheet: &Sheet, header: &mut Header, looks: &[Looks]) {
    let is_mostly = |part: usize, look: &Looks| part * 2 > look.filled;
    // `Neighbour 1: code` holds codes of authorities too: the first column is the one whose figures follow.
    let coded = looks
        .iter()
        .find(|look| look.several && (is_mostly(look.codes, look) || look.authorities >= 5) && look.regions < look.authorities.max(1));
    let coded = coded.filter(|look| !header.columns.iter().any(|c| c.column == look.column && c.sureness == Sureness::Told));
    let registered = looks.iter().find(|look| look.register_codes >= 3 && is_mostly(look.register_codes, look)).map(|look| look.column);
    if let Some(look) = coded {
        set(header, look.column, Role::AreaCode);
    }
    for look in looks.iter().filter(|look| look.regions > 0 && look.regions * 2 > look.codes && is_mostly(look.codes, look)) {
        set(header, look.column, Role::Known);
    }
    if let Some(column) = registered {
        set(header, column, Role::Known);
    }
    parts(header, looks);
    let code = header.find(Role::AreaCode).map(|c| c.column);
    let name = header.find(Role::Area).map(|c| c.column).or_else(|| name_beside(header, looks, code.or(registered)));
    let many = coded.is_some() || registered.is_some() || is_of_authorities(header, name, looks) || told(header);
    if !many || (code.is_none() && name.is_none()) {
        return;
    }
    if let Some(name) = name {
        set(header, name, Role::Area);
    }
    let coded = [code.filter(|_| coded.is_some()), registered];
    let last_coded = if coded.iter().any(Option::is_some) { last_coded(sheet, header, looks, &coded) } else { None };
    header.areas = Some(Areas { code, name, other_code: registered, last_coded });
}

/// The last row with a code, counted from 0, of those down to the headings of another table.
fn last_coded(sheet: &Sheet, header: &Header, looks: &[Looks], columns: &[Option<u32>]) -> Option<u32> {
    let has_code = |row: &Row| {
        columns.iter().flatten().any(|column| {
            let text = row.cell(*column).map(|cell| &cell.value);
            matches!(text, Some(Value::Text(text)) if is_code(text.trim()) || is_register_code(text.trim()))
        })
    };
    let holds_figures = |column: u32| {
        let look = looks.binary_search_by_key(&column, |look| look.column).ok().and_then(|at| looks.get(at));
        look.is_some_and(|look| look.figures * 2 >= look.filled)
    };
    // Words over figures, and no figure among them: headings.
    let heads = |row: &Row| {
        let words = |cell: &&Cell| holds_figures(cell.column) && matches!(&cell.value, Value::Text(text) if !is_figure_text(text.trim()));
        header.filled(row).filter(words).count() >= 2 && header.filled(row).all(|cell| !is_figure(cell))
    };
    let mut last = None;
    let start = sheet.rows.partition_point(|row| row.index <= header.bottom);
    for row in sheet.rows.iter().skip(start).take_while(|row| row.index <= header.last) {
        if has_code(row) {
            last = Some(row.index);
        } else if last.is_some() && heads(row) {
            break;
        }
    }
    last
}

/// Codes of wards and neighbourhoods beside refs: the figures are of parts of an area.
fn parts(header: &mut Header, looks: &[Looks]) {
    if !header.has_key() || header.find(Role::AreaCode).is_some() {
        return;
    }
    let is = |look: &&Looks| {
        let free = header.columns.iter().any(|c| c.column == look.column && c.role.is_none());
        free && look.codes * 2 > look.filled && look.authorities == 0 && look.regions == 0
    };
    if let Some(column) = looks.iter().find(is).map(|look| look.column) {
        set(header, column, Role::AreaCode);
    }
}

/// Whether a mapping says which column holds the authorities.
fn told(header: &Header) -> bool {
    header.columns.iter().any(|c| c.sureness == Sureness::Told && matches!(c.role, Some(Role::Area | Role::AreaCode)))
}

/// Names of authorities without any code: the heading says they are.
fn is_of_authorities(header: &Header, name: Option<u32>, looks: &[Looks]) -> bool {
    let column = header.columns.iter().find(|c| Some(c.column) == name);
    let says = column.is_some_and(|c| says_authorities(&c.heading));
    says && looks.iter().any(|look| Some(look.column) == name && look.texts >= 2)
}

/// Whether a heading says that authorities stand below it, and no parts of one.
pub(super) fn says_authorities(heading: &str) -> bool {
    let key = key(heading.rsplit(" | ").next().unwrap_or_default());
    let part = ["ward", "parish", "division", "constituency", "neighbourhood"].iter().any(|word| key.contains(word));
    let words = ["authority", "authorities", "localauthority", "council", "borough", "la name", "lad name"];
    !part && (words.iter().any(|word| key.contains(word)) || matches!(key.as_str(), "la" | "lad"))
}

/// Whether a heading says that what is measured stands below it.
fn says_measures(heading: &str) -> bool {
    let key = key(heading.rsplit(" | ").next().unwrap_or_default());
    ["indicator", "measure", "metric"].iter().any(|word| key.contains(word))
}

/// The column of names beside one of codes: the nearest to the right of it, or to the left, that holds words.
fn name_beside(header: &Header, looks: &[Looks], code: Option<u32>) -> Option<u32> {
    let code = code?;
    let words = |look: &&Looks| {
        let column = header.columns.iter().find(|c| c.column == look.column);
        let role = column.and_then(|c| c.role);
        // `Area code | Period | Indicator | Value`: what is measured is no place.
        let measured = role == Some(Role::Name) && column.is_some_and(|c| says_measures(&c.heading));
        let free = matches!(role, None | Some(Role::Name | Role::Area)) && !measured;
        free && look.texts * 2 > look.filled && look.codes + look.register_codes + look.periods + look.figures < look.texts
    };
    let right = looks.iter().filter(|look| look.column > code && look.column <= code + 2).find(words);
    right.or_else(|| looks.iter().rev().filter(|look| look.column < code && look.column + 2 >= code).find(words)).map(|look| look.column)
}

/// `16-17` alone among headings that name no period is an age, or a band of something: years come in rows.
fn ages(header: &mut Header) {
    let is_short = |column: &Column| match &column.period {
        Some((PeriodContent::Text(text), _)) => {
            text.len() == 5 && text.bytes().enumerate().all(|(at, b)| if at == 2 { matches!(b, b'-' | b'/') } else { b.is_ascii_digit() })
        }
        _ => false,
    };
    let short = header.columns.iter().filter(|c| is_short(c)).count();
    let others = header.columns.iter().filter(|c| c.period.is_some() && !is_short(c)).count();
    let without = header.columns.iter().filter(|c| c.period.is_none() && c.role.is_none() && !c.words.is_empty()).count();
    if short != 1 || others > 0 || without < 2 {
        return;
    }
    for column in header.columns.iter_mut().filter(|c| is_short(c) && c.sureness != Sureness::Told) {
        column.words.extend(column.heading.rsplit(" | ").next().map(str::to_owned));
        (column.period, column.role, column.sureness) = (None, None, Sureness::Weak);
    }
}

/// A column of periods whose heading does not say so.
fn periods(header: &mut Header, looks: &[Looks]) {
    let known = header.find(Role::Period).is_some() || header.columns.iter().any(|c| c.period.is_some());
    if known {
        return;
    }
    let is = |look: &&Looks| {
        let free = header.columns.iter().any(|c| c.column == look.column && c.role.is_none());
        free && look.periods >= 2 && look.periods * 5 >= look.filled * 4
    };
    if let Some(column) = looks.iter().find(is).map(|look| look.column) {
        set(header, column, Role::Period);
    }
}

/// Gives a column a role its heading does not surely deny; what a mapping says stays.
fn set(header: &mut Header, column: u32, role: Role) {
    if let Some(column) = header.columns.iter_mut().find(|c| c.column == column)
        && column.sureness != Sureness::Told
        && column.role != Some(role)
    {
        column.role = Some(role);
        column.sureness = Sureness::Weak;
    }
}
