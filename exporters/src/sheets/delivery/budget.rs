//! Money: the budget of each element as it is now, and what the year is expected to come to.

use crate::figures::Shown;
use crate::pack::PackMoney;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::wording::delivery::{delivery_status, pounds};

pub(in crate::sheets) fn page(read: &Read) -> TablePage {
    let mut page = read.page("budget", "budget");
    page.readers = read.say("readers-cabinet").to_owned();
    page.keys = 2;
    page.lines.push(read.say("budget-variance").to_owned());
    page.columns = vec![
        read.text_column("column-element", 32),
        read.text_column("column-fund", 11),
        read.figure_column("column-budget-now", 16),
        read.figure_column("column-virements", 14),
        read.figure_column("column-actual", 16),
        read.figure_column("column-forecast-outturn", 16),
        read.figure_column("column-variance", 15),
        read.figure_column("column-variance-per-cent", 12),
        read.text_column("column-status", 12),
        read.text_column("column-note", 46),
    ];
    page.rows = read.pack.delivery.money.iter().map(|money| row(read, money)).collect();
    page
}

fn row(read: &Read, money: &PackMoney) -> Vec<Cell> {
    vec![
        read.words(&money.element),
        Cell::Text(read.language.word("fund", money.fund.code()).to_owned()),
        pounds(read, money.budget),
        pounds(read, Some(money.virements)),
        pounds(read, money.actual),
        pounds(read, money.forecast),
        pounds(read, money.variance),
        Cell::figure(money.variance_percent, Shown::new("Per cent", 1), "[z]", read.language),
        delivery_status(read, money.status),
        read.text(money.note.as_deref(), "none-given"),
    ]
}
