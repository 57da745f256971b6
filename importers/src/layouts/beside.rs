//! What the columns of a table with its indicators in the rows are once they stand side by side: a running total beside
//! the period's own result, a figure whose heading says more than its period, a target after each period.

use super::header::Header;
use super::heading::Column;
use super::qualified::{says_result, says_to_date};
use super::roles::{Role, Sureness, per_period};
use super::spelled::{heading_key, key};
use crate::row::PeriodContent;

/// Gives columns the roles their neighbours show. What a mapping says stays. Saying it twice changes nothing.
pub(super) fn settle(header: &mut Header) {
    if !header.has_key() || header.areas.is_some() || header.columns.iter().any(|c| c.sureness == Sureness::Told) {
        return;
    }
    results(header);
    shares(header);
    running_totals(header);
    positions(header);
}

/// `Q3 2024/25 (provisional)` and `Position at Q3 2024/25` are results. Said only of tables with a ref in their rows:
/// elsewhere such words may be all that names what is measured.
fn results(header: &mut Header) {
    for column in header.columns.iter_mut().filter(|c| c.role.is_none() && c.period.is_some()) {
        if column.words.last().is_some_and(|rest| says_result(rest)) {
            (column.role, column.sureness) = (Some(Role::Value), Sureness::Strong);
        }
    }
}

/// `%` or `Rate` beside both parts of a ratio is what they come to.
fn shares(header: &mut Header) {
    let parts = header.find(Role::Numerator).is_some() && header.find(Role::Denominator).is_some();
    if !parts || header.find(Role::Value).is_some() {
        return;
    }
    let is = |c: &&mut Column| {
        let heading = c.heading.trim();
        c.role.is_none() && c.period.is_none() && (heading == "%" || matches!(key(heading).as_str(), "rate" | "percentage" | "per cent"))
    };
    if let Some(column) = header.columns.iter_mut().find(is) {
        (column.role, column.sureness) = (Some(Role::Value), Sureness::Weak);
    }
}

/// A running total beside the figures of the periods themselves is of the year so far, and never the result of a whole
/// year or of one quarter. Alone it is what was reported, to date.
fn running_totals(header: &mut Header) {
    let is_own = |c: &&Column| c.role == Some(Role::Value) && c.period.is_none() && !says_to_date(&c.heading);
    let own = header.columns.iter().any(|c| is_own(&c));
    let mut moved = Vec::new();
    for column in header.columns.iter_mut().filter(|c| c.role == Some(Role::Value) && says_to_date(&c.heading)) {
        match &mut column.period {
            Some((PeriodContent::Text(text), _)) => {
                let now = to_date(text);
                moved.push((std::mem::replace(text, now.clone()), now));
            }
            // A day says which of the year's figures it is.
            Some(_) => {}
            None if own => column.role = Some(Role::Total),
            None => {}
        }
    }
    // Words beside a running total are about it; the target of a whole year is none of the year so far.
    let told = |c: &&mut Column| matches!(c.role, Some(Role::Commentary | Role::Status));
    for column in header.columns.iter_mut().filter(told) {
        if let Some((PeriodContent::Text(text), _)) = &mut column.period
            && let Some((_, now)) = moved.iter().find(|(before, _)| before == text)
        {
            text.clone_from(now);
        }
    }
}

/// A period as the year to date at its end: `2024/25 to date`, `Q3 2024/25 YTD`.
pub(super) fn to_date(period: &str) -> String {
    if says_to_date(period) {
        return period.to_owned();
    }
    let is_year = period.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '\u{2013}'));
    if is_year { format!("{period} to date") } else { format!("{period} YTD") }
}

/// What is repeated after each figure belongs to the figure on its left.
fn positions(header: &mut Header) {
    let figures: Vec<Column> = header.columns.iter().filter(|c| c.role == Some(Role::Value)).cloned().collect();
    if header.of_periods(Role::Value).nth(1).is_none() {
        return;
    }
    for role in repeated(header) {
        let places: Vec<usize> = of_role(header, role).map(|c| figures.iter().filter(|left| left.column < c.column).count()).collect();
        // One after every figure, or nobody can say whose they are.
        if !places.iter().copied().eq(1..=figures.len()) {
            continue;
        }
        for column in header.columns.iter_mut().filter(|c| c.role == Some(role) && c.period.is_none()) {
            let left = figures.iter().rev().find(|left| left.column < column.column);
            column.period = left.and_then(|left| left.period.clone());
            // Beside a figure without a period, which is not read, it would pass for one that stands for all.
            column.role = column.role.filter(|_| column.period.is_some());
        }
    }
}

fn of_role(header: &Header, role: Role) -> impl Iterator<Item = &Column> {
    header.columns.iter().filter(move |c| c.role == Some(role) && c.period.is_none())
}

/// Roles that more than one column without a period has, and that stand beside a figure.
pub(super) fn repeated(header: &Header) -> Vec<Role> {
    let mut roles: Vec<Role> = header.columns.iter().filter_map(|c| c.role).filter(|role| per_period(*role)).collect();
    roles.sort_unstable();
    roles.dedup();
    roles.retain(|role| !matches!(role, Role::Value | Role::Known | Role::Total) && of_role(header, *role).nth(1).is_some());
    roles
}

/// Columns of a table with one figure a row that cannot both be right, two and two: none of their rows is read.
pub(super) fn rivals(header: &Header) -> Vec<(&Column, &Column, Role)> {
    let mut found = Vec::new();
    for column in header.columns.iter().filter(|c| c.period.is_none()) {
        let Some(role) = column.role.filter(|role| role.must_be_one()) else { continue };
        let Some(chosen) = header.find(role).filter(|chosen| chosen.column != column.column) else { continue };
        // Of two results none gives way, unless it holds no figures at all.
        let gives_way = column.sureness < chosen.sureness && !(role == Role::Value && holds_figures(header, column));
        if chosen.sureness != Sureness::Told && !gives_way && !is_year_beside(role, &column.heading, header) {
            found.push((chosen, column, role));
        }
    }
    found
}

pub(super) fn holds_figures(header: &Header, column: &Column) -> bool {
    header.looks.iter().find(|look| look.column == column.column).is_some_and(|look| look.figures > 0 && look.figures * 2 >= look.filled)
}

fn is_year_beside(role: Role, heading: &str, header: &Header) -> bool {
    role == Role::Period && (key(heading).contains("year") || header.find(Role::Period).is_some_and(|c| key(&c.heading).contains("year")))
}

/// A heading that ends in `(m)` or `(k)`, which may be millions, metres, months or men.
pub(super) fn may_multiply(heading: &str) -> bool {
    let own = heading.rsplit(" | ").next().unwrap_or_default().to_lowercase();
    ["(m)", "(k)", "(mn)"].iter().any(|mark| own.contains(mark)) && heading_key(&own).split(' ').count() > 1
}
