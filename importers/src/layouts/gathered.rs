//! The rows of a workbook while it is being read: packed as they come, because a large one has two hundred thousand.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::duplicates::Keys;
use crate::row::ValueRow;
use crate::rows::{NoRow, Rows};

/// Rows in order of sheet, row, column.
#[derive(Default)]
pub(crate) struct Gathered {
    rows: Rows,
    /// Where each begins.
    starts: Vec<usize>,
    /// Which figure each is: rows of one figure have one number, and hardly any others have.
    figures: Vec<Option<u64>>,
    keys: Keys,
    broken: Option<NoRow>,
}

impl Gathered {
    /// Takes one more row.
    pub fn take(&mut self, row: &ValueRow) {
        let start = self.rows.bytes().len();
        if let Err(why) = self.rows.push(row) {
            self.broken = Some(why);
            return;
        }
        self.starts.push(start);
        let figure = self.keys.of(row).map(|key| {
            let mut hasher = DefaultHasher::new();
            key.hash(&mut hasher);
            hasher.finish()
        });
        self.figures.push(figure);
    }

    /// The row at a place.
    pub fn get(&self, at: usize) -> Option<ValueRow> {
        let packed = self.rows.bytes().get(*self.starts.get(at)?..)?;
        postcard::from_bytes(packed).ok()
    }

    /// Places of rows that may be of one figure, two at least together, each in order.
    pub fn together(&self) -> Vec<Vec<usize>> {
        let mut numbered: Vec<(u64, usize)> =
            self.figures.iter().enumerate().filter_map(|(at, figure)| figure.map(|figure| (figure, at))).collect();
        numbered.sort_unstable();
        let alike = numbered.chunk_by(|(one, _), (other, _)| one == other).filter(|some| some.len() > 1);
        alike.map(|some| some.iter().map(|(_, at)| *at).collect()).collect()
    }

    /// The key of the figure a row is of.
    pub fn key(&mut self, row: &ValueRow) -> Option<&str> {
        self.keys.of(row)
    }

    /// Leaves rows out, given by their places in ascending order.
    pub fn leave_out(&mut self, places: &[usize]) {
        if places.is_empty() {
            return;
        }
        let old = std::mem::take(self);
        let bytes = old.rows.bytes();
        let (mut kept, mut count) = (Vec::with_capacity(bytes.len()), 0);
        for (at, start) in old.starts.iter().enumerate().filter(|(at, _)| places.binary_search(at).is_err()) {
            let end = old.starts.get(at + 1).copied().unwrap_or(bytes.len());
            self.starts.push(kept.len());
            self.figures.push(old.figures.get(at).copied().flatten());
            kept.extend_from_slice(bytes.get(*start..end).unwrap_or_default());
            count += 1;
        }
        (self.rows, self.keys, self.broken) = (Rows::packed(count, kept), old.keys, old.broken);
    }

    /// The rows.
    pub fn finish(self) -> Result<Rows, NoRow> {
        self.broken.map_or(Ok(self.rows), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::{Text, TextKind};

    fn row(number: u32, code: &str) -> ValueRow {
        let code = Text { text: code.into(), cell: format!("A{number}"), kind: TextKind::Text };
        ValueRow { sheet: "Figures".into(), row: number, code: Some(code), ..ValueRow::default() }
    }

    #[test]
    fn rows_of_one_figure_are_found_and_what_is_left_out_leaves_the_others_as_they_were() {
        let rows = [row(2, "WM01"), row(3, "WM02"), row(4, " wm01 "), row(5, "WM03"), row(6, "wm02")];
        let of_heading = ValueRow { from_heading: true, ..row(7, "WM01") };
        let mut gathered = Gathered::default();
        rows.iter().chain([&of_heading]).for_each(|row| gathered.take(row));
        let mut together = gathered.together();
        together.sort();
        assert_eq!(together, [[0, 2], [1, 4]]);
        assert_eq!((gathered.get(3).as_ref(), gathered.get(6)), (rows.get(3), None));

        gathered.leave_out(&[1, 2]);
        assert_eq!(gathered.get(1).as_ref(), rows.get(3));
        assert_eq!(gathered.together(), [[0; 0]; 0]);
        gathered.take(&row(8, "WM03"));
        assert_eq!(gathered.together(), [[1, 4]]);
        let left: Vec<ValueRow> = gathered.finish().unwrap().iter().collect::<Result<_, _>>().unwrap();
        let expected = [rows[0].clone(), rows[3].clone(), rows[4].clone(), of_heading, row(8, "WM03")];
        assert_eq!(left, expected);
    }
}
