//! Tables as they are marked up, and blocks of cells that look like a table and are not.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::{Area, address};
use crate::words::pattern;
use crate::xml::Element;

/// A table, or a block of loose cells that should be one.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name; what it is, for a block.
    pub name: String,
    /// Its cells, headings and totals included.
    pub area: Area,
    /// Rows of headings.
    pub header: u32,
    /// Rows of totals.
    pub totals: u32,
    /// Headings as the table's own part has them.
    pub columns: Vec<String>,
    /// Headings show filter buttons.
    pub filter: bool,
    pub(crate) style: Option<String>,
    pub(crate) banded: bool,
    /// Unset for a block.
    pub marked: bool,
}

impl Table {
    pub fn of(root: &Element) -> Self {
        let name = root.get("displayName").or_else(|| root.get("name")).unwrap_or_default().to_owned();
        let area = Area::parse(root.get("ref").unwrap_or("A1")).unwrap_or(Area { top: 1, left: 1, bottom: 1, right: 1 });
        let feeds = pattern!("_x000[aAdD]_");
        let columns = root
            .list("tableColumns", "tableColumn")
            .into_iter()
            .map(|c| feeds.replace_all(c.get("name").unwrap_or_default(), "\n").into_owned());
        let style = root.child("tableStyleInfo");
        Self {
            name,
            area,
            header: root.number("headerRowCount").unwrap_or(1),
            totals: root.number("totalsRowCount").unwrap_or(0),
            columns: columns.collect(),
            filter: root.child("autoFilter").is_some_and(|filter| shows(filter, area)),
            style: style.and_then(|s| s.get("name")).map(str::to_owned),
            banded: style.is_some_and(|s| s.flag("showRowStripes") || s.flag("showColumnStripes")),
            marked: true,
        }
    }

    /// Its first row below the headings.
    #[must_use]
    pub const fn first(&self) -> u32 {
        self.area.top + self.header
    }

    /// Rows below the headings, totals included.
    pub fn rows(&self) -> impl Iterator<Item = u32> + Clone + use<> {
        self.first()..=self.area.bottom
    }

    /// Rows below the headings and above the totals.
    pub fn body(&self) -> impl Iterator<Item = u32> + Clone + use<> {
        self.first()..(self.area.bottom + 1).saturating_sub(self.totals)
    }

    /// Its columns.
    pub fn across(&self) -> impl Iterator<Item = u32> + Clone + use<> {
        self.area.left..=self.area.right
    }

    /// A1 style: `A4:C9`.
    pub fn range(&self) -> String {
        format!("{}:{}", address(self.area.top, self.area.left), address(self.area.bottom, self.area.right))
    }
}

/// A filter whose buttons are hidden in every column shows none.
fn shows(filter: &Element, area: Area) -> bool {
    let hidden = filter.all("filterColumn").filter(|column| column.flag("hiddenButton")).count();
    filter.all("filterColumn").count() != hidden || hidden < (area.right - area.left + 1) as usize
}

/// Blocks of cells, two by two at least, among those that stand in no table. Cells two apart still belong together.
pub fn blocks(loose: BTreeSet<(u32, u32)>) -> Vec<Table> {
    let (mut left, mut found) = (loose, Vec::new());
    while let Some(start) = left.pop_first() {
        let (mut next, mut rows) = (vec![start], BTreeMap::<u32, BTreeSet<u32>>::new());
        while let Some((row, column)) = next.pop() {
            rows.entry(row).or_default().insert(column);
            for near_row in row.saturating_sub(2)..=row + 2 {
                for near_column in column.saturating_sub(2)..=column + 2 {
                    next.extend(left.take(&(near_row, near_column)));
                }
            }
        }
        rows.retain(|_, columns| columns.len() > 1);
        let most = rows.values().map(BTreeSet::len).max().unwrap_or(0);
        // A lone pair of cells above the headings is no heading.
        let top = rows.iter().find(|(_, columns)| columns.len() * 2 >= most).map(|(row, _)| *row);
        let (Some(top), Some((bottom, _))) = (top, rows.last_key_value()) else { continue };
        let columns = || rows.values().flatten().copied();
        if let (Some(first), Some(last), true) = (columns().min(), columns().max(), *bottom > top) {
            found.push(Table {
                name: "(not marked up)".to_owned(),
                area: Area { top, left: first, bottom: *bottom, right: last },
                header: 1,
                totals: 0,
                columns: Vec::new(),
                filter: false,
                style: None,
                banded: false,
                marked: false,
            });
        }
    }
    found
}
