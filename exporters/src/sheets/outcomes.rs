//! Contextual measures: slower, external, with a preferred direction and no target or status.

use chrono::{Days, NaiveDate};
use rules::travel::Direction;

use crate::reading::{Read, Reading};
use crate::table::{Cell, TablePage};
use crate::text;

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = read.page("outcomes", "outcomes");
    page.readers = read.say("readers-partners").to_owned();
    page.keys = 3;
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-outcome", 22),
        read.text_column("column-measure", 28),
        read.text_column("column-unit", 12),
        read.text_column("column-better-is", 13),
        read.text_column("column-baseline-period", 16),
        read.figure_column("column-baseline", 12),
        read.figure_column("column-previous", 12),
        read.figure_column("column-latest", 12),
        read.text_column("column-latest-period", 16),
        read.text_column("column-movement", 15),
        read.text_column("column-council-role", 12),
        read.figure_column("column-next-figures", 15),
        read.text_column("column-commentary", 28),
    ];
    page.rows = read.contextual().iter().map(|reading| row(read, reading)).collect();
    Some(page)
}

fn row(read: &Read, reading: &Reading) -> Vec<Cell> {
    let indicator = reading.indicator;
    let outcomes: Vec<String> = indicator.outcomes.iter().filter_map(|o| text::said(Some(o))).collect();
    let baseline = indicator.baseline.map(|(period, _)| read.language.period(period));
    let role = indicator.mode.map(|mode| read.language.word("mode", mode.code()));
    vec![
        read.words(&indicator.code),
        read.text(Some(&outcomes.join("; ")), "no-outcome-linked"),
        read.words(&indicator.title),
        Cell::Text(reading.unit()),
        Cell::Text(read.language.word("polarity", indicator.polarity.code()).to_owned()),
        read.text(baseline.as_deref(), "no-baseline"),
        reading.figure(indicator.baseline.map(|(_, value)| value)),
        reading.value(reading.previous()),
        reading.value(reading.latest),
        read.text(reading.latest.map(|p| read.language.period(p.period)).as_deref(), "no-period-yet"),
        read.cell(movement(reading)),
        read.text(role, "not-stated"),
        read.date(next_figures(reading)),
        read.text(
            reading.latest.and_then(|p| p.commentary.as_deref()),
            if indicator.words_withheld { "words-withheld" } else { "no-commentary" },
        ),
    ]
}

/// The day the next figure can be expected: of the period after the latest, or of the latest itself where it has none.
fn next_figures(reading: &Reading) -> Option<NaiveDate> {
    let latest = reading.latest?;
    let awaited = if latest.value.is_some() { latest.period.next()? } else { latest.period };
    awaited.end().checked_add_days(Days::new(reading.indicator.data_lag_days.into()))
}

fn movement(reading: &Reading) -> &'static str {
    match reading.latest.map(|p| p.travel.on_previous_period) {
        Some(Direction::Improved) => "movement-with",
        Some(Direction::Declined) => "movement-against",
        Some(Direction::Same) => "direction-same",
        Some(Direction::Up) => "direction-up",
        Some(Direction::Down) => "direction-down",
        Some(Direction::NotComparable) | None => "direction-not-comparable",
    }
}
