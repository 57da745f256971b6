//! What calls for attention, and why: the sheet members read first.

use rules::status::Colour;

use crate::figures::unit_words;
use crate::pack::{PackException, PackPoint};
use crate::reading::{Read, Reading, is_colour};
use crate::table::{Cell, TablePage, figures, words};
use crate::text;

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = TablePage::new(
        "Exceptions",
        "exceptions",
        read.title("Exceptions"),
        "It lists what calls for attention, the most pressing first, with the reasons; a prompt for questions, not a judgement.",
    );
    page.readers = "Members of the meeting";
    page.keys = 3;
    page.columns = vec![
        words("Ref", 9),
        words("Kind", 13),
        words("Indicator", 30),
        figures("Latest", 12),
        figures("Target", 12),
        words("Unit", 12),
        words("Status", 11),
        words("Previous status", 11),
        words("Year-end status", 12),
        words("Direction of travel", 13),
        words("Why it is here", 32),
        words("Action, owner and due date", 38),
    ];
    page.rows = read.pack.exceptions.iter().map(|exception| row(read, exception)).collect();
    Some(page)
}

fn row(read: &Read, exception: &PackException) -> Vec<Cell> {
    let reasons: Vec<String> = exception.reasons.iter().filter_map(|r| text::said(Some(r))).collect();
    let why = Cell::text(Some(&text::cut(&reasons.join("; "), 200)), "No reason given");
    let Some(reading) = read.find(&exception.code) else {
        let mut row = vec![
            Cell::words(exception.code.clone()),
            Cell::words(exception.kind.words()),
            Cell::words("Not among the figures of this pack"),
        ];
        row.extend([Cell::Mark("[z]"), Cell::Mark("[z]"), Cell::words("Not stated")]);
        row.extend([Colour::NotApplicable; 3].map(|c| read.status(c)));
        row.extend([Cell::words("Not comparable"), why, Cell::words("None given")]);
        return row;
    };
    let travel = reading.latest.map_or("Not comparable", |p| p.travel.on_previous_period.words());
    vec![
        Cell::words(exception.code.clone()),
        Cell::words(exception.kind.words()),
        Cell::words(reading.indicator.title.clone()),
        reading.value(reading.latest),
        reading.figure(reading.latest.and_then(|p| p.target)),
        Cell::words(unit_words(&reading.indicator.unit)),
        read.status(reading.colour()),
        read.status(reading.was().unwrap_or(Colour::NotApplicable)),
        read.status(reading.year_end()),
        Cell::words(travel),
        why,
        Cell::words(action(reading)),
    ]
}

fn action(reading: &Reading) -> String {
    let Some(point) = reading.latest else { return "None given".to_owned() };
    let Some(what) = text::said(point.action.as_deref()) else {
        let owed = matches!(point.status.colour, Colour::Red | Colour::Amber) || !is_colour(point.status.colour);
        return if owed { "None given".to_owned() } else { "None needed".to_owned() };
    };
    format!("{} {}", ended(&what), who_and_when(point))
}

fn who_and_when(point: &PackPoint) -> String {
    let owner = text::said(point.action_owner.as_deref()).unwrap_or_else(|| "Owner not named".to_owned());
    match point.action_due {
        Some(day) => format!("{owner}, by {}.", day.format("%-d %B %Y")),
        None => format!("{owner}, no due date."),
    }
}

/// A sentence with a full stop.
fn ended(sentence: &str) -> String {
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}
