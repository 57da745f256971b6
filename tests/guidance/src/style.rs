//! How cells look, as the part of styles has it.

use std::collections::BTreeMap;

use crate::colour::Theme;
use crate::words::pattern;
use crate::xml::{Element, yes};

/// The look of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// The font's name.
    pub font: String,
    /// Its size in points.
    pub points: f64,
    /// Bold.
    pub bold: bool,
    pub(crate) italic: bool,
    pub(crate) struck: bool,
    pub(crate) underlined: bool,
    /// `superscript` or `subscript`.
    pub(crate) raised: Option<String>,
    /// Colour of the letters as six hexadecimal digits; none where the program chooses.
    pub ink: Option<String>,
    /// Colour of the cell; none where it has no fill.
    pub fill: Option<String>,
    /// `left`, `right`, …
    pub across: Option<String>,
    /// Text goes on in further lines.
    pub wrap: bool,
    pub(crate) rotated: bool,
    pub(crate) indented: bool,
    /// How a number is shown.
    pub format: String,
    /// The cell style's name; `Heading 1` whatever the program calls it.
    pub named: String,
    /// Locked where the sheet is protected.
    pub locked: bool,
}

impl Style {
    /// What is written in it, on what: six hexadecimal digits each.
    pub fn colours(&self) -> (&str, &str) {
        (self.ink.as_deref().unwrap_or("000000"), self.fill.as_deref().unwrap_or("FFFFFF"))
    }

    /// Ink and fill where they are not black on white.
    pub fn marks(&self) -> (Option<&str>, Option<&str>) {
        (self.ink.as_deref().filter(|c| *c != "000000"), self.fill.as_deref().filter(|c| *c != "FFFFFF"))
    }
}

/// Every look of a workbook.
pub struct Styles {
    pub cells: Vec<Style>,
    /// Ink and fill of conditional formats.
    pub conditional: Vec<(Option<String>, Option<String>)>,
    pub theme: Theme,
}

impl Styles {
    pub fn of(root: Option<&Element>, theme: Theme) -> Self {
        let nothing = Element::default();
        let root = root.unwrap_or(&nothing);
        let formats: BTreeMap<u32, &str> =
            root.list("numFmts", "numFmt").iter().filter_map(|f| Some((f.number("numFmtId")?, f.get("formatCode")?))).collect();
        let fonts: Vec<Style> = root.list("fonts", "font").into_iter().map(|font| of_font(font, &theme)).collect();
        let fills: Vec<Option<String>> = root.list("fills", "fill").into_iter().map(|fill| theme.fill(Some(fill), false)).collect();
        let named: BTreeMap<&str, String> =
            root.list("cellStyles", "cellStyle").into_iter().map(|style| (style.get("xfId").unwrap_or_default(), name(style))).collect();
        let mut cells: Vec<Style> = Vec::new();
        for format in root.list("cellXfs", "xf") {
            let of = |list: &str| format.number::<usize>(list).unwrap_or(0);
            let mut style = fonts.get(of("fontId")).cloned().unwrap_or_else(plain);
            style.fill = fills.get(of("fillId")).cloned().flatten();
            let id = format.number("numFmtId").unwrap_or(0);
            style.format = (*formats.get(&id).unwrap_or(&built_in(id))).to_owned();
            style.named = named.get(format.get("xfId").unwrap_or("0")).cloned().unwrap_or_else(|| "Normal".to_owned());
            style.locked = format.child("protection").and_then(|p| p.get("locked")).is_none_or(yes);
            if let Some(to) = format.child("alignment") {
                style.across = to.get("horizontal").map(str::to_owned);
                style.wrap = to.flag("wrapText");
                style.rotated = to.number::<f64>("textRotation").is_some_and(|angle| angle != 0.0);
                style.indented = to.number::<f64>("indent").is_some_and(|steps| steps != 0.0);
            }
            cells.push(style);
        }
        if cells.is_empty() {
            cells.push(plain());
        }
        let conditional = root.list("dxfs", "dxf").into_iter().map(|dxf| conditional(dxf, &theme)).collect();
        Self { cells, conditional, theme }
    }
}

/// Ink and fill of a conditional format.
pub fn conditional(dxf: &Element, theme: &Theme) -> (Option<String>, Option<String>) {
    (dxf.child("font").and_then(|font| theme.colour(font.child("color"))), theme.fill(dxf.child("fill"), true))
}

fn plain() -> Style {
    Style {
        font: "Calibri".to_owned(),
        points: 11.0,
        bold: false,
        italic: false,
        struck: false,
        underlined: false,
        raised: None,
        ink: None,
        fill: None,
        across: None,
        wrap: false,
        rotated: false,
        indented: false,
        format: "General".to_owned(),
        named: "Normal".to_owned(),
        locked: true,
    }
}

fn of_font(font: &Element, theme: &Theme) -> Style {
    let value = |name: &str| font.child(name).and_then(|e| e.get("val"));
    // An element alone says yes.
    let on = |name: &str| font.child(name).is_some_and(|e| e.get("val").is_none_or(yes));
    Style {
        font: value("name").unwrap_or("Calibri").to_owned(),
        points: value("sz").and_then(|points| points.parse().ok()).unwrap_or(11.0),
        bold: on("b"),
        italic: on("i"),
        struck: on("strike"),
        underlined: font.child("u").is_some_and(|u| u.get("val") != Some("none")),
        raised: value("vertAlign").map(str::to_owned),
        ink: theme.colour(font.child("color")),
        ..plain()
    }
}

/// A cell style's name: built-in headings by their number, since programs name them in their own words.
fn name(style: &Element) -> String {
    match style.number::<u32>("builtinId") {
        Some(15) => "Title".to_owned(),
        Some(id @ 16..=19) => format!("Heading {}", id - 15),
        _ => pattern!("^Excel Built-in ").replace(style.get("name").unwrap_or_default(), "").into_owned(),
    }
}

/// Number formats every program knows by number.
fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5..=8 => "\"$\"#,##0.00_)",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "mm-dd-yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "m/d/yy h:mm",
        37..=40 => "#,##0.00_)",
        41..=44 => "_(* #,##0.00_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mmss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}
