//! Commentary facing the status it explains, with what is done about it, by whom and by when.

use rules::status::Colour;

use crate::reading::{self, Read, Reading};
use crate::table::{Cell, TablePage, figures, words};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = TablePage::new(
        "Indicator detail",
        "indicator_detail",
        read.title("Indicator detail"),
        "It gives the commentary on each figure beside its status, and the action where the figure is off target.",
    );
    page.readers = "Lead members and officers";
    page.keys = 2;
    page.columns = vec![
        words("Ref", 9),
        words("Indicator", 26),
        words("Status", 11),
        words("Year-end status", 11),
        figures("Year to date", 11),
        words("Year to date covers", 9),
        words("Why this status", 26),
        words("Commentary", 46),
        words("Action to get back on track", 28),
        words("Action owner", 13),
        figures("Due date", 13),
        words("Value state", 12),
        words("Portfolio holder", 14),
    ];
    page.rows = read.all.iter().map(|reading| row(read, reading)).collect();
    Some(page)
}

fn row(read: &Read, reading: &Reading) -> Vec<Cell> {
    let latest = reading.latest;
    let hidden = latest.is_some_and(reading::hidden);
    let off_target = matches!(reading.colour(), Colour::Red | Colour::Amber);
    let action = latest.and_then(|p| p.action.as_deref());
    let none = if off_target { "None given" } else { "None needed" };
    let state = latest.and_then(|p| match (p.revised_on, p.state) {
        (Some(_), Some(_)) => Some("Revised"),
        (_, state) => state.map(rules::measure::ValueState::words),
    });
    let covers = latest.map_or_else(
        || "Not due".to_owned(),
        |p| match p.year_to_date.expected {
            0 => "Not due".to_owned(),
            expected => format!("{} of {expected}", p.year_to_date.reported),
        },
    );
    // A year to date beside a suppressed figure would give it away.
    let to_date = latest.filter(|_| !hidden).and_then(|p| p.year_to_date.value);
    let none_to_date = if hidden { "[c]" } else { "[z]" };
    vec![
        Cell::words(reading.indicator.code.clone()),
        Cell::words(reading.indicator.title.clone()),
        read.status(reading.colour()),
        read.status(reading.year_end()),
        Cell::figure(to_date, reading.shown, none_to_date),
        Cell::words(covers),
        Cell::text(latest.map(|p| p.status.because.as_str()), "No figure for any period"),
        Cell::text(latest.and_then(|p| p.commentary.as_deref()), "No commentary given"),
        Cell::text(action, none),
        Cell::text(latest.and_then(|p| p.action_owner.as_deref()), if action.is_some() { "Not named" } else { none }),
        Cell::date(latest.and_then(|p| p.action_due)),
        Cell::text(state, "No value"),
        Cell::text(reading.indicator.portfolio_holder.as_deref(), "Not named"),
    ]
}
