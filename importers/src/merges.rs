//! Merged cells, found by the cells they hold: a sheet of many rows may have thousands of them, and they are asked for
//! with every figure.

use std::ops::Deref;
use std::sync::OnceLock;

use crate::sheet::Area;

/// The merged cells of a sheet, in the order the file gives them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Merges {
    all: Vec<Area>,
    index: OnceLock<Index>,
}

/// Merged cells by place. They do not overlap, or the file is broken and any of them will do.
#[derive(Debug, Clone)]
struct Index {
    /// Those of one row, by row and column.
    flat: Vec<Area>,
    /// Those of several rows, by their first row.
    tall: Vec<Area>,
    /// The last row that any of a part of `tall` reaches; each part stands at its middle, as in [`reaching`].
    furthest: Vec<u32>,
}

impl Merges {
    pub fn push(&mut self, area: Area) {
        self.extend([area]);
    }

    pub fn extend(&mut self, areas: impl IntoIterator<Item = Area>) {
        self.all.extend(areas);
        self.index = OnceLock::new();
    }

    /// The merged cells that hold a cell.
    pub fn at(&self, row: u32, column: u32) -> Option<Area> {
        let index = self.index();
        let before = index.flat.partition_point(|area| (area.top, area.left) <= (row, column));
        let flat = before.checked_sub(1).and_then(|at| index.flat.get(at)).copied();
        flat.filter(|area| area.holds(row, column)).or_else(|| index.tall(row, &|area| area.holds(row, column)))
    }

    /// Whether any cell of a row is merged with another.
    pub fn touch(&self, row: u32) -> bool {
        let index = self.index();
        let at = index.flat.partition_point(|area| area.top < row);
        index.flat.get(at).is_some_and(|area| area.top == row) || index.tall(row, &|_| true).is_some()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.all))
    }
}

impl Deref for Merges {
    type Target = [Area];

    fn deref(&self) -> &[Area] {
        &self.all
    }
}

impl Index {
    fn of(all: &[Area]) -> Self {
        let (mut flat, mut tall): (Vec<Area>, Vec<Area>) = all.iter().partition(|area| area.top == area.bottom);
        flat.sort_by_key(|area| (area.top, area.left));
        tall.sort_by_key(|area| (area.top, area.left));
        let mut furthest = vec![0; tall.len()];
        reaching(&tall, &mut furthest);
        Self { flat, tall, furthest }
    }

    /// The first of those over a row and several that is as wanted.
    fn tall(&self, row: u32, wanted: &impl Fn(Area) -> bool) -> Option<Area> {
        found(&self.tall, &self.furthest, row, wanted)
    }
}

/// Writes to the middle of every part, and of its halves, how far down any of it reaches.
fn reaching(areas: &[Area], furthest: &mut [u32]) -> u32 {
    let middle = areas.len() / 2;
    let Some(own) = areas.get(middle) else { return 0 };
    let (upper, lower) = furthest.split_at_mut(middle);
    let Some((here, lower)) = lower.split_first_mut() else { return 0 };
    let before = reaching(areas.get(..middle).unwrap_or_default(), upper);
    let after = reaching(areas.get(middle + 1..).unwrap_or_default(), lower);
    *here = own.bottom.max(before).max(after);
    *here
}

/// Goes to the halves only that can reach the row; no deeper than the number of areas has binary digits.
fn found(areas: &[Area], furthest: &[u32], row: u32, wanted: &impl Fn(Area) -> bool) -> Option<Area> {
    let middle = areas.len() / 2;
    let (own, reach) = (areas.get(middle)?, furthest.get(middle)?);
    if *reach < row {
        return None;
    }
    let upper = found(areas.get(..middle)?, furthest.get(..middle)?, row, wanted);
    if upper.is_some() || own.top > row {
        return upper;
    }
    let here = Some(*own).filter(|own| own.bottom >= row && wanted(*own));
    here.or_else(|| found(areas.get(middle + 1..)?, furthest.get(middle + 1..)?, row, wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_are_found_as_by_looking_at_all_of_them() {
        let mut merges = Merges::default();
        let area = |top, left, bottom, right| Area { top, left, bottom, right };
        // One over the whole sheet's height, and others that begin and end everywhere beside it.
        merges.push(area(0, 0, 900, 0));
        merges.extend((0..300).map(|at| area(3 * at, 2 + at % 5, 3 * at + at % 3, 3 + at % 5)));
        merges.extend((0..40).map(|at| area(950, 2 * at, 950, 2 * at + 1)));
        for row in 0..960 {
            for column in 0..12 {
                let slow = merges.iter().find(|area| area.holds(row, column)).copied();
                assert_eq!(merges.at(row, column), slow, "{row} {column}");
            }
            assert_eq!(merges.touch(row), merges.iter().any(|area| (area.top..=area.bottom).contains(&row)), "{row}");
        }
    }

    #[test]
    fn a_cell_of_a_long_sheet_is_asked_for_without_looking_at_every_merge() {
        let mut merges = Merges::default();
        merges.extend((0..200_000).map(|at| Area { top: 2 * at, left: 0, bottom: 2 * at + 1, right: 0 }));
        let started = std::time::Instant::now();
        let held = (0..400_000).filter(|row| merges.at(*row, 0).is_some()).count();
        assert_eq!(held, 400_000);
        // Looking at every merge takes minutes here.
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
}
