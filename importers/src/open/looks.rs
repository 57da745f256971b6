//! The styles of a workbook's cells, as far as they change what a cell means, whatever program wrote them.

use std::sync::Arc;

use super::number_format::{Meaning, builtin, meaning};
use crate::sheet::Style;

/// A font, as far as it matters.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Font {
    pub bold: bool,
    pub struck: bool,
}

/// The styles cells refer to by number, each with what its number format means.
#[derive(Debug)]
pub(super) struct Looks {
    cells: Vec<(Arc<Style>, Meaning)>,
    plain: Arc<Style>,
}

impl Default for Looks {
    fn default() -> Self {
        let plain = Style { number_format: Some(Arc::from("General")), percent: Some(false), ..Style::default() };
        Self { cells: Vec::new(), plain: Arc::new(plain) }
    }
}

impl Looks {
    /// The next style. `format` is the format's code, where the workbook has one of its own under that number.
    pub fn push(&mut self, format_id: u32, format: Option<&str>, font: Font, fill: Option<Arc<str>>) {
        let code = format.or_else(|| builtin(format_id)).unwrap_or("General");
        let meaning = meaning(code);
        let style = Style {
            number_format: Some(Arc::from(code)),
            percent: Some(meaning == Meaning::Percent),
            struck: font.struck,
            bold: font.bold,
            fill,
        };
        self.cells.push((Arc::new(style), meaning));
    }

    /// A cell's style; none for a number no style has. A workbook without any has the plain one under number 0.
    pub fn get(&self, index: usize) -> Option<(Arc<Style>, Meaning)> {
        let plain = (index == 0).then(|| self.plain());
        self.cells.get(index).map(|(style, meaning)| (style.clone(), *meaning)).or(plain)
    }

    /// The style of a cell that names none.
    pub fn plain(&self) -> (Arc<Style>, Meaning) {
        (self.plain.clone(), Meaning::Plain)
    }
}
