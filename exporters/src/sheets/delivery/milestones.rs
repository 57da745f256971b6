//! Milestones of programmes and projects: what slipped, and what is held up by something else.

use crate::language::tell;
use crate::pack::PackMilestone;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::text;
use crate::wording::delivery::{days, milestone_state};

pub(in crate::sheets) fn page(read: &Read) -> TablePage {
    let mut page = read.page("milestones", "milestones");
    page.readers = read.say("readers-directors").to_owned();
    page.keys = 2;
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-milestone", 34),
        read.text_column("column-of-project", 26),
        read.figure_column("column-baseline", 17),
        read.figure_column("column-forecast-or-reached", 17),
        read.figure_column("column-slippage", 10),
        read.text_column("column-status", 11),
        read.text_column("column-held-up-by", 28),
        read.text_column("column-owner", 18),
        read.text_column("column-note", 34),
    ];
    page.rows = read.pack.delivery.milestones.iter().map(|milestone| row(read, milestone)).collect();
    page
}

fn row(read: &Read, milestone: &PackMilestone) -> Vec<Cell> {
    let held = milestone
        .held_up_by
        .as_ref()
        .map(|(title, earliest)| tell!(read.language, "held-up", title = text::clean(title), day = read.language.day(*earliest)));
    vec![
        read.words(&milestone.code),
        read.words(&milestone.title),
        read.words(&milestone.project),
        read.date(Some(milestone.baseline)),
        read.date(milestone.actual.or(milestone.forecast).or(Some(milestone.baseline))),
        days(milestone.slippage_days),
        milestone_state(read, milestone.state),
        read.text(held.as_deref(), "not-held-up"),
        read.text(milestone.owner.as_deref(), "not-named"),
        read.text(milestone.note.as_deref(), "none-given"),
    ]
}
