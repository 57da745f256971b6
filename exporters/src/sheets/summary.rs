//! Counts by status, now and at year end side by side, for the whole and for each part of the framework.

use rules::status::Colour;

use super::colours;
use crate::figures::share;
use crate::language::tell;
use crate::pack::PackAction;
use crate::reading::{Read, Reading, is_colour};
use crate::sentences::{self, count, movements, tally};
use crate::table::{Cell, TablePage, figures};
use crate::text;

/// A part of the framework with its indicators.
struct Part<'r, 'a> {
    kind: &'r str,
    name: String,
    readings: Vec<&'r Reading<'a>>,
}

/// Where actions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Actions {
    /// The pack has none.
    None,
    /// In two columns of their own.
    Columns,
    /// In the words at the end of a row: the headings of some languages are too long for two columns more.
    Words,
}

pub(super) fn page(read: &Read) -> Option<TablePage> {
    if read.pack.delivery.actions.is_empty() {
        return with(read, Actions::None);
    }
    with(read, Actions::Columns).filter(|page| page.fits(read.language)).or_else(|| with(read, Actions::Words))
}

fn with(read: &Read, actions: Actions) -> Option<TablePage> {
    let judged = read.operational();
    if judged.is_empty() {
        return None;
    }
    let mut page = read.page("summary", "summary");
    page.lines.push(read.say("summary-counts").to_owned());
    page.readers = read.say("readers-cabinet").to_owned();
    let shown = colours(read);
    // In a first pack there is no period before to count.
    let before = judged.iter().any(|reading| reading.was().is_some());
    page.columns =
        vec![read.text_column("column-part", 30), read.text_column("column-kind", 13), read.figure_column("column-indicators", 11)];
    let counts = |heading: &'static str| shown.iter().map(move |c| figures(&tell!(read.language, heading, status = read.word(*c)), 8));
    page.columns.extend(counts("column-status-now"));
    page.columns.push(read.figure_column("column-no-colour-now", 8));
    if before {
        page.columns.extend(counts("column-status-before"));
    }
    page.columns.extend(counts("column-status-year-end"));
    page.columns.push(read.figure_column("column-no-colour-year-end", 8));
    page.columns.push(read.figure_column("column-moved-up", 8));
    page.columns.push(read.figure_column("column-moved-down", 8));
    if actions != Actions::None {
        page.lines.push(read.say("summary-actions").to_owned());
    }
    if actions == Actions::Columns {
        page.columns.push(read.figure_column("column-actions-on-track", 9));
        page.columns.push(read.figure_column("column-actions-late", 8));
    }
    page.columns.push(read.text_column("column-in-words", 34));
    page.keys = 2;
    page.rows = parts(read, &judged).iter().map(|part| row(read, part, &shown, before, actions)).collect();
    Some(page)
}

fn parts<'r, 'a>(read: &Read<'r>, judged: &[&'r Reading<'a>]) -> Vec<Part<'r, 'a>> {
    let mut parts = vec![Part { kind: read.say("part-all"), name: read.say("part-all-indicators").to_owned(), readings: judged.to_vec() }];
    group(&mut parts, read.say("part-priority"), read.say("no-priority"), judged, |r| r.indicator.priority.as_deref());
    group(&mut parts, read.say("column-directorate"), read.say("no-directorate"), judged, |r| r.indicator.directorate.as_deref());
    group(&mut parts, read.say("column-programme"), "", judged, |r| r.indicator.programme.as_deref());
    parts
}

/// One part for each name in the order of its first indicator; those without a name get a part of their own, unless
/// none has one or most things have none by nature (programmes).
fn group<'r, 'a>(
    parts: &mut Vec<Part<'r, 'a>>,
    kind: &'r str,
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

fn row(read: &Read, part: &Part, shown: &[Colour], before: bool, actions: Actions) -> Vec<Cell> {
    let now = tally(part.readings.iter().map(|r| r.colour()));
    let year_end = tally(part.readings.iter().map(|r| r.year_end()));
    let (up, down) = movements(part.readings.iter().copied());
    let mut cells = vec![read.words(&part.name), Cell::Text(part.kind.to_owned()), Cell::count(part.readings.len())];
    let was = tally(part.readings.iter().filter_map(|r| r.was()));
    let coloured = |counts: &[(Colour, usize)]| shown.iter().map(|c| Cell::count(count(counts, *c))).collect::<Vec<_>>();
    let others = |counts: &[(Colour, usize)]| Cell::count(counts.iter().filter(|(c, _)| !is_colour(*c)).map(|(_, n)| n).sum());
    cells.extend(coloured(&now));
    cells.push(others(&now));
    if before {
        cells.extend(coloured(&was));
    }
    cells.extend(coloured(&year_end));
    cells.push(others(&year_end));
    cells.extend([Cell::count(up), Cell::count(down)]);
    let counted = counted(read, part);
    if actions == Actions::Columns {
        let count = |n: u32| Cell::count(usize::try_from(n).unwrap_or(usize::MAX));
        cells.extend(counted.map_or([Cell::Mark("[z]"), Cell::Mark("[z]")], |(on_track, late)| [count(on_track), count(late)]));
    }
    let mut words = in_words(read, &now, part.readings.len());
    if let (Actions::Words, Some((on_track, late))) = (actions, counted) {
        words = format!("{words} {}", tell!(read.language, "summary-actions-words", on_track = on_track, late = late));
    }
    cells.push(Cell::Text(words));
    cells
}

/// Actions on track and late, of the whole and of a priority. An action stands under a priority: of other parts none are counted.
fn counted(read: &Read, part: &Part) -> Option<(u32, u32)> {
    let is_all = part.kind == read.say("part-all");
    if !is_all && part.kind != read.say("part-priority") {
        return None;
    }
    let under = |action: &&PackAction| {
        let priority = text::said(action.priority.as_deref());
        is_all || priority.as_deref().unwrap_or(read.say("no-priority")) == part.name
    };
    let counts = sentences::actions(read.pack.delivery.actions.iter().filter(under));
    Some((counts.on_track, counts.overdue))
}

fn in_words(read: &Read, now: &[(Colour, usize)], all: usize) -> String {
    let coloured: usize = now.iter().filter(|(c, _)| is_colour(*c)).map(|(_, n)| n).sum();
    if coloured == 0 {
        return tell!(read.language, "summary-none", n = all);
    }
    let well = count(now, Colour::Green) + count(now, Colour::Blue);
    let word = if count(now, Colour::Blue) > 0 {
        tell!(read.language, "summary-either", green = read.word(Colour::Green), blue = read.word(Colour::Blue))
    } else {
        read.word(Colour::Green)
    };
    let share = share(well, coloured);
    match all - coloured {
        0 => tell!(read.language, "summary-share", share = share, n = coloured, status = word),
        left => tell!(read.language, "summary-share-left-out", share = share, n = coloured, status = word, left = left),
    }
}
