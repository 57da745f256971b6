//! Unit costs: what was spent, what it bought, and so what one of it cost.

use rules::status::Colour;
use rust_decimal::Decimal;

use crate::figures::{self, Shown, float};
use crate::pack::PackUnitCost;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::wording::delivery::pounds;

pub(in crate::sheets) fn page(read: &Read) -> TablePage {
    let mut page = read.page("unit-costs", "unit_costs");
    page.readers = read.say("readers-cabinet").to_owned();
    page.keys = 2;
    page.columns = vec![
        read.text_column("column-ref", 10),
        read.text_column("column-measure", 46),
        read.text_column("column-service", 32),
        read.figure_column("column-cost", 16),
        read.figure_column("column-volume", 14),
        read.figure_column("column-unit-cost", 14),
        read.text_column("column-unit", 18),
        read.figure_column("column-target", 14),
        read.figure_column("column-previous", 14),
        read.text_column("column-status", 13),
    ];
    page.rows = read.pack.delivery.unit_costs.iter().map(|of| row(read, of)).collect();
    page
}

fn row(read: &Read, of: &PackUnitCost) -> Vec<Cell> {
    let colour = of.status.colour;
    let shown = Shown::new(&of.unit, of.decimals);
    // Of three figures any two give the third away.
    let hidden = colour == Colour::Suppressed;
    let may = |value: Option<Decimal>| value.filter(|_| !hidden);
    let absent = match colour {
        Colour::Suppressed => "[c]",
        Colour::NotDue | Colour::NotApplicable => "[z]",
        _ => figures::mark(None),
    };
    let part = |cell: Cell| if hidden { Cell::Mark("[c]") } else { cell };
    vec![
        read.words(&of.code),
        read.words(&of.title),
        read.words(&of.service),
        part(pounds(read, of.cost)),
        part(of.volume.map_or(Cell::Mark("[z]"), count)),
        Cell::figure(may(of.value), shown, absent, read.language),
        Cell::Text(figures::unit_words(read.language, &of.unit)),
        Cell::figure(of.target, shown, "[z]", read.language),
        Cell::figure(of.previous, shown, "[z]", read.language),
        read.status(colour),
    ]
}

fn count(volume: Decimal) -> Cell {
    Cell::Figure(float(volume), if volume.fract().is_zero() { "#,##0_)" } else { "#,##0.##_)" }.to_owned())
}
