//! What calls for attention, and why: the sheet members read first.

use chrono::NaiveDate;
use rules::status::Colour;

use crate::language::tell;
use crate::pack::{Called, PackException};
use crate::reading::{Read, Reading, is_colour};
use crate::table::{Cell, TablePage};
use crate::{text, wording};

mod call;

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = read.page("exceptions", "exceptions");
    // Where something else is called for beside indicators, the heading says so.
    let named = if read.pack.delivery.calls.is_empty() { "column-indicator" } else { "column-indicator-or-record" };
    page.readers = read.say("readers-meeting").to_owned();
    page.keys = 3;
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-kind", 13),
        read.text_column(named, 30),
        read.figure_column("column-latest", 12),
        read.figure_column("column-target", 12),
        read.text_column("column-unit", 12),
        read.text_column("column-status", 11),
        read.text_column("column-previous-status", 11),
        read.text_column("column-year-end-status", 12),
        read.text_column("column-direction-of-travel", 13),
        read.text_column("column-why-it-is-here", 32),
        read.text_column("column-action-owner-and-due", 38),
    ];
    let called = read.pack.called();
    page.rows = called
        .iter()
        .map(|called| match called {
            Called::Indicator(exception) => row(read, exception),
            Called::Delivery(call) => call::row(read, call),
        })
        .collect();
    Some(page)
}

fn row(read: &Read, exception: &PackException) -> Vec<Cell> {
    let found = read.find(&exception.code);
    let reasons: Vec<String> = exception.triggers.iter().map(|t| wording::trigger(read, found, *t, exception.months)).collect();
    let why = why(read, &reasons);
    let kind = Cell::Text(read.language.word("kind", exception.kind.code()).to_owned());
    let Some(reading) = found else {
        let mut row = vec![read.words(&exception.code), kind, read.cell("not-in-pack")];
        row.extend([Cell::Mark("[z]"), Cell::Mark("[z]"), read.cell("not-stated")]);
        row.extend([Colour::NotApplicable; 3].map(|c| read.status(c)));
        row.extend([read.cell("direction-not-comparable"), why, read.cell("none-given")]);
        return row;
    };
    vec![
        read.words(&exception.code),
        kind,
        read.words(&reading.indicator.title),
        reading.value(reading.latest),
        reading.figure(reading.latest.and_then(|p| p.target)),
        Cell::Text(reading.unit()),
        read.status(reading.colour()),
        read.status(reading.was().unwrap_or(Colour::NotApplicable)),
        read.status(reading.year_end()),
        Cell::Text(wording::direction(read, reading.latest.map(|p| p.travel.on_previous_period)).to_owned()),
        why,
        Cell::Text(action(read, reading)),
    ]
}

fn action(read: &Read, reading: &Reading) -> String {
    if reading.indicator.words_withheld {
        return read.say("words-withheld").to_owned();
    }
    let Some(point) = reading.latest else { return read.say("none-given").to_owned() };
    let Some(what) = text::said(point.action.as_deref()) else {
        let owed = matches!(point.status.colour, Colour::Red | Colour::Amber) || !is_colour(point.status.colour);
        return read.say(if owed { "none-given" } else { "none-needed" }).to_owned();
    };
    format!("{} {}", text::ended(&what), who_and_when(read, point.action_owner.as_deref(), point.action_due))
}

fn who_and_when(read: &Read, owner: Option<&str>, due: Option<NaiveDate>) -> String {
    let owner = text::said(owner).unwrap_or_else(|| read.say("owner-not-named").to_owned());
    match due {
        Some(day) => tell!(read.language, "owner-by", owner = owner, day = read.language.day(day)),
        None => tell!(read.language, "owner-no-due-date", owner = owner),
    }
}

/// The reasons in one cell.
fn why(read: &Read, reasons: &[String]) -> Cell {
    read.text(Some(&text::capital(&text::cut(&reasons.join("; "), 200))), "no-reason-given")
}
