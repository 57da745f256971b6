//! Counts by status, now and at year end side by side, for the whole and for each part of the framework.

use rules::status::Colour;

use super::colours;
use crate::figures::share;
use crate::reading::{Read, Reading, is_colour};
use crate::sentences::{count, movements, plural, tally};
use crate::table::{Cell, TablePage, figures, words};
use crate::text;

/// A part of the framework with its indicators.
struct Part<'r, 'a> {
    kind: &'static str,
    name: String,
    readings: Vec<&'r Reading<'a>>,
}

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let judged = read.operational();
    if judged.is_empty() {
        return None;
    }
    let mut page = TablePage::new(
        "Summary",
        "summary",
        read.title("Summary by status"),
        "It counts indicators by status now and by the status expected at year end, for each priority, directorate and change programme.",
    );
    page.lines.push(
        "An indicator counts once in each row it belongs to. Percentages leave out indicators without a colour and say how many."
            .to_owned(),
    );
    page.readers = "Members and Cabinet";
    let shown = colours(read);
    page.columns = vec![words("Part of the framework", 30), words("Kind", 13), figures("Indicators", 11)];
    let mut head = |when: &str, width: u16| {
        page.columns.extend(shown.iter().map(|c| figures(&format!("{} {when}", read.word(*c)), width)));
    };
    head("now", 8);
    page.columns.push(figures("No colour now", 8));
    let mut head = |when: &str, width: u16| {
        page.columns.extend(shown.iter().map(|c| figures(&format!("{} {when}", read.word(*c)), width)));
    };
    head("at year end", 8);
    page.columns.push(figures("No colour at year end", 8));
    page.columns.push(figures("Moved up", 8));
    page.columns.push(figures("Moved down", 8));
    page.columns.push(words("In words", 34));
    page.keys = 2;
    page.rows = parts(&judged).iter().map(|part| row(read, part, &shown)).collect();
    Some(page)
}

fn parts<'r, 'a>(judged: &[&'r Reading<'a>]) -> Vec<Part<'r, 'a>> {
    let mut parts = vec![Part { kind: "All", name: "All indicators".to_owned(), readings: judged.to_vec() }];
    group(&mut parts, "Priority", "No priority named", judged, |r| r.indicator.priority.as_deref());
    group(&mut parts, "Directorate", "No directorate", judged, |r| r.indicator.directorate.as_deref());
    group(&mut parts, "Change programme", "", judged, |r| r.indicator.programme.as_deref());
    parts
}

/// One part for each name in the order of its first indicator; those without a name get a part of their own, unless
/// none has one or most things have none by nature (programmes).
fn group<'r, 'a>(
    parts: &mut Vec<Part<'r, 'a>>,
    kind: &'static str,
    otherwise: &str,
    judged: &[&'r Reading<'a>],
    name: impl Fn(&Reading<'a>) -> Option<&'a str>,
) {
    let start = parts.len();
    let mut nameless = Vec::new();
    for reading in judged {
        let Some(name) = text::said(name(reading)) else {
            nameless.push(*reading);
            continue;
        };
        match parts[start..].iter_mut().find(|p| p.name == name) {
            Some(part) => part.readings.push(reading),
            None => parts.push(Part { kind, name, readings: vec![reading] }),
        }
    }
    if parts.len() > start && !nameless.is_empty() && !otherwise.is_empty() {
        parts.push(Part { kind, name: otherwise.to_owned(), readings: nameless });
    }
}

fn row(read: &Read, part: &Part, shown: &[Colour]) -> Vec<Cell> {
    let now = tally(part.readings.iter().map(|r| r.colour()));
    let year_end = tally(part.readings.iter().map(|r| r.year_end()));
    let (up, down) = movements(part.readings.iter().copied());
    let mut cells = vec![Cell::words(part.name.clone()), Cell::words(part.kind), Cell::count(part.readings.len())];
    for counts in [&now, &year_end] {
        cells.extend(shown.iter().map(|c| Cell::count(count(counts, *c))));
        cells.push(Cell::count(counts.iter().filter(|(c, _)| !is_colour(*c)).map(|(_, n)| n).sum()));
    }
    cells.extend([Cell::count(up), Cell::count(down)]);
    cells.push(Cell::words(in_words(read, &now, part.readings.len())));
    cells
}

fn in_words(read: &Read, now: &[(Colour, usize)], all: usize) -> String {
    let coloured: usize = now.iter().filter(|(c, _)| is_colour(*c)).map(|(_, n)| n).sum();
    if coloured == 0 {
        return format!("None of {} has a colour now.", plural(all, "indicator", "indicators"));
    }
    let well = count(now, Colour::Green) + count(now, Colour::Blue);
    let word = if count(now, Colour::Blue) > 0 {
        format!("{} or {}", read.word(Colour::Green), read.word(Colour::Blue))
    } else {
        read.word(Colour::Green)
    };
    let left_out = match all - coloured {
        0 => String::new(),
        n => format!("; {n} left out"),
    };
    format!("{} of {coloured} {word}{left_out}.", share(well, coloured))
}
