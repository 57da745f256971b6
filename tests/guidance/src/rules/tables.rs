//! T: tables and their cells.

use std::collections::BTreeSet;

use crate::area::{address, letters};
use crate::book::Book;
use crate::words::{brief, pattern};

/// Characters of 11 point a column of width 1 has room for, and points of height a line of 1 point takes.
const CHARACTERS: f64 = 11.0 * 1.25;
const LINE: f64 = 1.15;

/// Characters of `points` that a column has room for.
pub fn room(width: f64, points: f64) -> f64 {
    width.max(1.0) * CHARACTERS / points.max(1.0)
}

/// Lines a text takes in so much room.
pub fn lines(text: &str, room: f64) -> f64 {
    text.split('\n').map(|line| (line.chars().count() as f64 / room).ceil().max(1.0)).sum()
}

pub fn marked_up(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let loose: BTreeSet<(u32, u32)> = sheet.loose().map(|c| (c.row, c.column)).collect();
        let square = |(r, c): &&(u32, u32)| [(*r, c + 1), (r + 1, *c), (r + 1, c + 1)].iter().all(|near| loose.contains(near));
        if let Some((row, column)) = loose.iter().find(square) {
            found.push(format!("{} starts a block outside any table", sheet.place(&address(*row, *column))));
        }
    }
    found
}

pub fn names(book: &Book) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for (sheet, table) in book.tables() {
        if pattern!(r"(?i)^table_?\d*$").is_match(&table.name) || table.name.chars().count() < 3 {
            found.push(format!("the table of '{}' is named '{}'", sheet.name, table.name));
        }
        if !seen.insert(table.name.to_lowercase()) {
            found.push(format!("the table's name '{}' repeats", table.name));
        }
    }
    found
}

pub fn merged(book: &Book) -> Vec<String> {
    book.worksheets().flat_map(|sheet| sheet.merged.iter().map(|range| format!("{} is merged", sheet.place(range)))).collect()
}

pub fn blank_lines(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.tables() {
        let is_blank = |row, column| sheet.at(row, column).is_none_or(crate::Cell::is_blank);
        let rows = table.rows().filter(|row| table.across().all(|column| is_blank(*row, column)));
        found.extend(rows.map(|row| format!("row {row} of {} is blank", sheet.place(&table.range()))));
        let empty = |column: &u32| table.rows().all(|row| is_blank(row, *column) && !sheet.sparklines.contains(&(row, *column)));
        let columns = table.across().filter(|column| table.rows().next().is_some() && empty(column));
        found.extend(columns.map(|column| format!("column {} of {} is blank", letters(column), sheet.place(&table.range()))));
    }
    found
}

pub fn headings(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    let single = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (sheet, table) in book.tables() {
        if table.header != 1 {
            found.push(format!("the table {} has no tagged header row", table.name));
            continue;
        }
        let mut seen = BTreeSet::new();
        for (column, tagged) in table.across().zip(table.columns.iter().map(Some).chain(std::iter::repeat(None))) {
            let cell = sheet.at(table.area.top, column);
            let text = cell.map_or("", |c| c.text.trim());
            let place = sheet.place(&address(table.area.top, column));
            if text.is_empty() {
                found.push(format!("{place} has no heading"));
                continue;
            }
            if pattern!(r"(?i)^column\s*\d+$").is_match(text) {
                found.push(format!("{place} has the default heading '{text}'"));
            } else if !seen.insert(text.to_lowercase()) {
                found.push(format!("{place} repeats the heading '{}'", brief(text, 40)));
            }
            if cell.is_some_and(|c| c.kind == crate::Kind::Number) {
                found.push(format!("{place} has a number for a heading"));
            }
            if let Some(tagged) = tagged.filter(|tagged| single(tagged) != single(text)) {
                found.push(format!("{place} says '{}', the table's own part '{}'", brief(text, 30), brief(tagged, 30)));
            }
        }
    }
    found
}

pub fn visible(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.blocks() {
        let rows = table.area.top..=table.area.bottom;
        for cell in table.across().flat_map(|column| sheet.column(rows.clone(), column)).filter(|c| c.is_text() && !c.is_blank()) {
            let style = book.style(cell);
            let room = room(sheet.width(cell.column), style.points);
            if !style.wrap {
                let longest = cell.text.split('\n').map(|line| line.chars().count()).max().unwrap_or(0);
                if longest as f64 > room + 1.0 {
                    found.push(format!("{} '{}' is wider than its column and not wrapped", sheet.of(cell), brief(&cell.text, 30)));
                }
                continue;
            }
            let word = cell.text.split(|c: char| c.is_whitespace() || c == '/' || c == '-').map(|word| word.chars().count()).max();
            if word.unwrap_or(0) as f64 > room * 1.15 {
                found.push(format!("{} has a word longer than its column", sheet.of(cell)));
            }
            let row = sheet.rows.get(&cell.row).copied().unwrap_or_default();
            let needed = lines(&cell.text, room) * style.points * LINE;
            if let Some(height) = row.height.filter(|height| row.fixed && *height > 0.0 && *height < needed * 0.8) {
                found.push(format!("{} needs about {needed:.0} points of height, the row has {height:.0}", sheet.of(cell)));
            }
        }
    }
    found
}

pub fn filters(book: &Book) -> Vec<String> {
    let says = pattern!(r"(?i)\bfilter");
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        if let Some(range) = sheet.filter.as_ref().filter(|_| !says.is_match(&sheet.column_a().join("\n"))) {
            found.push(format!("{} has a filter", sheet.place(range)));
        }
        let silent = sheet.tables.iter().filter(|table| table.filter && !says.is_match(&sheet.above(table)));
        found.extend(silent.map(|table| format!("{} has filter buttons", sheet.place(&table.range()))));
    }
    found
}

pub fn panes(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let says = || pattern!(r"(?i)\bfreeze|\bfrozen").is_match(&sheet.column_a().join("\n"));
        let panes = sheet.views.iter().filter_map(|view| view.child("pane"));
        let frozen = panes.filter(|pane| matches!(pane.get("state").unwrap_or("split"), "frozen" | "frozenSplit" | "split"));
        found.extend(
            frozen.filter(|_| !says()).map(|pane| format!("'{}' is frozen at {}", sheet.name, pane.get("topLeftCell").unwrap_or("?"))),
        );
    }
    found
}

pub fn blank_cells(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.tables() {
        if pattern!(r"(?i)\bblank\b|\bempty\b").is_match(&sheet.above(table)) {
            continue;
        }
        let cells = table.body().flat_map(|row| table.across().map(move |column| (row, column)));
        let blank = cells.filter(|(row, column)| sheet.at(*row, *column).is_none_or(crate::Cell::is_blank));
        found.extend(blank.map(|(row, column)| format!("{} is blank", sheet.place(&address(row, column)))));
    }
    found
}

pub fn plain(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.tables() {
        match table.style.as_deref().filter(|style| !style.is_empty()) {
            Some(style) if !matches!(style, "TableStyleLight1" | "TableStyleLight15") => {
                found.push(format!("the table {} has the style {style}", table.name));
            }
            Some(_) if table.banded => found.push(format!("the table {} is banded", table.name)),
            _ => {}
        }
        let headings = table.across().filter_map(|column| sheet.at(table.area.top, column));
        found.extend(headings.filter(|c| book.style(c).marks().1.is_some()).take(1).map(|c| format!("{} has a fill", sheet.of(c))));
    }
    found
}

pub fn spaces(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, cell) in book.worksheets().flat_map(|sheet| sheet.filled().map(move |cell| (sheet, cell))).filter(|(_, c)| c.is_text()) {
        if cell.text != cell.text.trim() {
            found.push(format!("{} has spaces at the start or end", sheet.of(cell)));
        }
        if book.style(cell).indented {
            found.push(format!("{} is indented", sheet.of(cell)));
        }
    }
    found
}
