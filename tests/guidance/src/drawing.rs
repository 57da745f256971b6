//! What floats above the cells: charts, pictures, shapes.

use crate::area::address;
use crate::package::Package;
use crate::xml::{Element, yes};

/// What something that floats is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Floating {
    Picture,
    Chart,
    /// A text box, shape, connector or a group of them.
    Shape,
}

/// One thing of a drawing.
#[derive(Debug)]
pub struct Drawing {
    pub kind: Floating,
    /// Alternative text.
    pub words: String,
    /// Said to be decoration.
    pub decorative: bool,
    /// Letters written in it.
    pub letters: String,
    /// The cell its upper left corner stands on, rows and columns from 1.
    pub row: u32,
    pub column: u32,
    /// The chart's own part.
    pub chart: Option<Element>,
}

impl Drawing {
    pub fn at(&self) -> String {
        address(self.row, self.column)
    }
}

/// Everything of a part of drawings.
///
/// # Errors
/// When a part is not XML.
pub fn drawings(package: &Package, part: &str) -> Result<Vec<Drawing>, String> {
    let Some(root) = package.tree(part)? else { return Ok(Vec::new()) };
    let relations = package.relations(part)?;
    let mut found = Vec::new();
    for anchor in &root.children {
        let of = |name: &str| anchor.child("from").and_then(|from| from.child(name)).and_then(|n| n.text.trim().parse::<u32>().ok());
        let (row, column) = (of("row").unwrap_or(0) + 1, of("col").unwrap_or(0) + 1);
        for (name, kind) in [
            ("pic", Floating::Picture),
            ("graphicFrame", Floating::Chart),
            ("sp", Floating::Shape),
            ("cxnSp", Floating::Shape),
            ("grpSp", Floating::Shape),
        ] {
            for object in anchor.deep(name) {
                let mut chart = None;
                for id in object.deep("chart").into_iter().filter(|_| kind == Floating::Chart).filter_map(|c| c.get("id")) {
                    if let Some(relation) = relations.iter().find(|r| r.id == id) {
                        chart = package.tree(&relation.target)?;
                    }
                }
                let said = object.deep("cNvPr").first().and_then(|p| p.get("descr")).unwrap_or_default();
                found.push(Drawing {
                    kind,
                    words: said.trim().to_owned(),
                    decorative: object.deep("decorative").iter().any(|d| d.get("val").is_none_or(yes)),
                    letters: object.deep("t").iter().map(|t| t.text.as_str()).collect(),
                    row,
                    column,
                    chart,
                });
            }
        }
    }
    Ok(found)
}
