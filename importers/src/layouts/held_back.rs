//! Rows whose figures are not handed on, because which of two columns was meant is the sender's to say: they are listed, so
//! that whoever plans the rest can count them as refused.

use super::body::BodyRow;
use super::groups::{self, Shape};
use super::header::Header;
use crate::address::a1;

/// One cell for each such row, rows that follow one another as a range.
pub(super) fn cells(header: &Header, shape: &Shape<'_>, body: &[BodyRow<'_>]) -> Vec<String> {
    let contested = groups::contested(header, shape);
    let held = |body: &BodyRow<'_>| {
        let filled = contested.iter().find(|column| body.row.cell(column.column).is_some_and(|cell| !cell.is_blank()))?;
        Some((filled.column, body.row.index))
    };
    let mut ranges: Vec<(u32, u32, u32)> = Vec::new();
    for (column, row) in body.iter().filter_map(held) {
        match ranges.last_mut() {
            Some((known, _, last)) if *known == column && *last + 1 == row => *last = row,
            _ => ranges.push((column, row, row)),
        }
    }
    let written = |(column, first, last): (u32, u32, u32)| match first == last {
        true => a1(first, column),
        false => format!("{}:{}", a1(first, column), a1(last, column)),
    };
    ranges.into_iter().map(written).collect()
}
