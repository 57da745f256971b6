//! S: how sheets are laid out.

use std::collections::BTreeMap;

use crate::area::{cell, letters};
use crate::book::Book;
use crate::words::{brief, pattern};

/// Most characters of a worksheet's name.
const NAME_MAX: usize = 31;
/// Bold text longer than this is a sentence, not a heading.
const HEADING_MAX: usize = 120;

pub fn names(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (at, sheet) in book.sheets.iter().enumerate() {
        let name = sheet.name.as_str();
        if pattern!(r"(?i)^(sheet|chart|table|tabelle|feuil)\s*\d*$").is_match(name.trim()) {
            found.push(format!("'{name}' is a default name"));
        }
        if name != name.trim() || name.contains("  ") {
            found.push(format!("'{name}' has stray spaces"));
        }
        if book.sheets[..at].iter().any(|other| other.name.to_lowercase() == name.to_lowercase()) {
            found.push(format!("'{name}' repeats"));
        }
        if name.chars().count() > NAME_MAX {
            found.push(format!("'{name}' is over {NAME_MAX} characters"));
        }
    }
    found
}

pub fn blank(book: &Book) -> Vec<String> {
    let empty = book.worksheets().filter(|sheet| sheet.filled().next().is_none() && sheet.drawings.is_empty());
    empty.map(|sheet| format!("'{}' is blank", sheet.name)).collect()
}

pub fn hidden_sheets(book: &Book) -> Vec<String> {
    book.sheets.iter().filter(|sheet| sheet.state != "visible").map(|sheet| format!("'{}' is {}", sheet.name, sheet.state)).collect()
}

pub fn hidden_cells(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        if pattern!(r"(?i)\bunhide|\bhidden\b").is_match(&sheet.column_a().join("\n")) {
            continue;
        }
        let holds = |(first, last): &&(u32, u32)| sheet.filled().any(|c| *first <= c.column && c.column <= *last);
        let columns = sheet.hidden_columns.iter().filter(holds);
        found.extend(columns.map(|(first, last)| format!("'{}' hides columns {} to {}", sheet.name, letters(*first), letters(*last))));
        found.extend(sheet.rows.iter().filter(|(_, row)| row.hidden).map(|(at, _)| format!("'{}' hides row {at}", sheet.name)));
    }
    found
}

pub fn titles(book: &Book) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), BTreeMap::new());
    for sheet in book.worksheets() {
        let Some(title) = sheet.at(1, 1).filter(|c| c.is_text() && !c.is_blank()) else {
            found.push(format!("'{}'!A1 holds no title", sheet.name));
            continue;
        };
        if let Some(other) = seen.insert(title.text.trim().to_lowercase(), &sheet.name) {
            found.push(format!("'{}' repeats the title of '{other}'", sheet.name));
        }
    }
    found
}

pub fn title_styles(book: &Book) -> Vec<String> {
    let titles = book.worksheets().filter_map(|sheet| Some((sheet, sheet.at(1, 1).filter(|c| !c.is_blank())?)));
    let plain = titles.filter(|(_, title)| !matches!(book.style(title).named.as_str(), "Heading 1" | "Title"));
    plain.map(|(sheet, title)| format!("{} has the style '{}'", sheet.of(title), book.style(title).named)).collect()
}

pub fn heading_styles(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        for heading in sheet.loose().filter(|c| c.column == 1 && c.row > 1 && c.is_text()) {
            let style = book.style(heading);
            let named = matches!(style.named.as_str(), "Heading 1" | "Heading 2" | "Heading 3" | "Heading 4");
            if style.bold && heading.text.chars().count() <= HEADING_MAX && !named {
                found.push(format!("{} '{}' has the style '{}'", sheet.of(heading), brief(&heading.text, 40), style.named));
            }
        }
    }
    found
}

pub fn tables_start(book: &Book) -> Vec<String> {
    let lefts = book.worksheets().filter_map(|sheet| Some((sheet, sheet.tables.iter().map(|table| table.area.left).min()?)));
    lefts.filter(|(_, left)| *left > 1).map(|(sheet, left)| format!("'{}' has its table in column {}", sheet.name, letters(left))).collect()
}

pub fn text_in_column_a(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        // Where several tables stand side by side, each has its title above it.
        let is_title = |row, column| sheet.tables.len() > 1 && sheet.tables.iter().any(|t| t.area.top == row + 1 && t.area.left == column);
        let stray = sheet.loose().filter(|c| c.column > 1 && !is_title(c.row, c.column));
        found.extend(stray.map(|c| format!("{} '{}'", sheet.of(c), brief(&c.text, 40))));
    }
    found
}

pub fn introduced(book: &Book) -> Vec<String> {
    let says =
        pattern!(r"(?i)\b(contains?|holds?|has|lists?|shows?|presents?)\b[^.\n]*\btables?\b|\btables?\b[^.\n]*\b(worksheet|sheet)\b");
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let Some(table) = sheet.tables.first() else { continue };
        let above = sheet.above(table);
        let below_title = above.split_once('\n').map_or("", |(_, rest)| rest);
        if !says.is_match(below_title) {
            found.push(format!("'{}' says nothing of its table in column A", sheet.name));
        }
    }
    found
}

pub fn below(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let Some(last) = sheet.tables.iter().map(|table| table.area.bottom).max() else { continue };
        found.extend(sheet.filled().filter(|c| c.row > last).map(|c| format!("{} '{}'", sheet.of(c), brief(&c.text, 40))));
        found.extend(sheet.drawings.iter().filter(|d| d.row > last).map(|d| format!("{} floats below the table", sheet.place(&d.at()))));
    }
    found
}

pub fn one_table(book: &Book) -> Vec<String> {
    let many = book.worksheets().filter(|sheet| sheet.tables.len() > 1);
    many.map(|sheet| format!("'{}' has {} tables", sheet.name, sheet.tables.len())).collect()
}

pub fn gaps(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let mut rows: Vec<u32> = sheet.filled().map(|c| c.row).collect();
        rows.dedup();
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
        if *first > 1 {
            found.push(format!("'{}' starts at row {first}", sheet.name));
        }
        let until = sheet.tables.first().map_or(*last, |table| table.area.top);
        let wide = rows.windows(2).filter(|pair| pair[1] <= until && pair[1] - pair[0] > 2 && sheet.drawings.is_empty());
        found.extend(wide.map(|pair| format!("'{}' has {} blank rows before row {}", sheet.name, pair[1] - pair[0] - 1, pair[1])));
    }
    found
}

pub fn opens(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    let active = book.workbook.list("bookViews", "workbookView").first().and_then(|view| view.number("activeTab")).unwrap_or(0);
    let first = book.sheets.iter().position(|sheet| sheet.state == "visible").unwrap_or(0);
    if active != first {
        found.push(format!("the workbook opens on sheet {}", active + 1));
    }
    let is_home = |at: &str| cell(at) == Some((1, 1));
    for (sheet, view) in book.worksheets().flat_map(|sheet| sheet.views.iter().map(move |view| (sheet, view))) {
        if let Some(top) = view.get("topLeftCell").filter(|top| !is_home(top)) {
            found.push(format!("'{}' opens scrolled to {top}", sheet.name));
        }
        let cursors: Vec<&str> = view.all("selection").map(|s| s.get("activeCell").unwrap_or("A1")).collect();
        let home = cursors.iter().filter(|at| is_home(at)).count();
        // With frozen panes each has a cursor of its own; one of them at home is enough.
        let is_away = if view.child("pane").is_some() { home == 0 && !cursors.is_empty() } else { home < cursors.len() };
        if is_away {
            found.push(format!("'{}' has the cursor in {}", sheet.name, cursors.join(", ")));
        }
    }
    found
}

pub fn zoom(book: &Book) -> Vec<String> {
    let views = book.worksheets().flat_map(|sheet| sheet.views.iter().filter_map(move |view| Some((sheet, view.get("zoomScale")?))));
    views.filter(|(_, zoom)| !matches!(*zoom, "100" | "0")).map(|(sheet, zoom)| format!("'{}' is at {zoom}%", sheet.name)).collect()
}

pub fn protection(book: &Book) -> Vec<String> {
    let mut found: Vec<String> =
        book.worksheets().filter(|sheet| sheet.protected).map(|sheet| format!("'{}' is protected", sheet.name)).collect();
    if book.workbook.child("workbookProtection").is_some_and(|p| p.flag("lockStructure") || p.flag("lockWindows")) {
        found.push("the workbook's structure is protected".to_owned());
    }
    found
}
