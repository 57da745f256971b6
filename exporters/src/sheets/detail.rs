//! Commentary facing the status it explains, with what is done about it, by whom and by when.

use rules::status::Colour;

use crate::language::tell;
use crate::reading::{self, Read, Reading};
use crate::table::{Cell, TablePage};
use crate::wording;

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = read.page("detail", "indicator_detail");
    page.readers = read.say("readers-lead-members").to_owned();
    page.keys = 2;
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-indicator", 26),
        read.text_column("column-status", 11),
        read.text_column("column-year-end-status", 11),
        read.figure_column("column-year-to-date", 11),
        read.text_column("column-year-to-date-covers", 9),
        read.text_column("column-why-this-status", 26),
        read.text_column("column-commentary", 46),
        read.text_column("column-action", 28),
        read.text_column("column-action-owner", 13),
        read.figure_column("column-due-date", 13),
        read.text_column("column-value-state", 12),
        read.text_column("column-portfolio-holder", 14),
    ];
    page.rows = read.all.iter().map(|reading| row(read, reading)).collect();
    Some(page)
}

fn row(read: &Read, reading: &Reading) -> Vec<Cell> {
    let latest = reading.latest;
    let hidden = latest.is_some_and(reading::hidden);
    let off_target = matches!(reading.colour(), Colour::Red | Colour::Amber);
    let action = latest.and_then(|p| p.action.as_deref());
    let withheld = reading.indicator.words_withheld;
    let none = match off_target {
        _ if withheld => "words-withheld",
        true => "none-given",
        false => "none-needed",
    };
    // A year to date beside a suppressed figure would give it away.
    let to_date = latest.filter(|_| !hidden).and_then(|p| p.year_to_date.value);
    let none_to_date = if hidden { "[c]" } else { "[z]" };
    vec![
        read.words(&reading.indicator.code),
        read.words(&reading.indicator.title),
        read.status(reading.colour()),
        read.status(reading.year_end()),
        Cell::figure(to_date, reading.shown, none_to_date, read.language),
        Cell::Text(covers(read, reading)),
        read.text(latest.map(|p| wording::because(read, reading, &p.status)).as_deref(), "no-figure-at-all"),
        read.text(latest.and_then(|p| p.commentary.as_deref()), if withheld { "words-withheld" } else { "no-commentary" }),
        read.text(action, none),
        read.text(latest.and_then(|p| p.action_owner.as_deref()), if action.is_some() { "not-named" } else { none }),
        read.date(latest.and_then(|p| p.action_due)),
        read.cell(state(reading)),
        read.text(reading.indicator.portfolio_holder.as_deref(), "not-named"),
    ]
}

/// How much of the year the figure to date stands for: `5 of 6`.
fn covers(read: &Read, reading: &Reading) -> String {
    match reading.latest.map(|p| &p.year_to_date).filter(|so_far| so_far.expected > 0) {
        Some(so_far) => tell!(read.language, "covers", reported = so_far.reported, expected = so_far.expected),
        None => read.say("status-not-due").to_owned(),
    }
}

fn state(reading: &Reading) -> &'static str {
    use rules::measure::ValueState::{Final, Provisional};
    match reading.latest.map(|p| (p.revised_on, p.state)) {
        Some((Some(_), Some(_))) => "state-revised",
        Some((None, Some(Final))) => "state-final",
        Some((None, Some(Provisional))) => "state-provisional",
        _ => "no-value",
    }
}
