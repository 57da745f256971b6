//! Cell styles, as far as they change what a cell means: number format, struck out, bold, filled.

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::super::number_format::{Meaning, builtin, meaning};
use super::super::package::{Package, Refusal};
use super::super::xml::{Xml, attribute};
use crate::sheet::Style;

/// The styles cells refer to by number, each with what its number format means.
#[derive(Debug, Default)]
pub(super) struct Styles {
    cells: Vec<(Arc<Style>, Meaning)>,
    plain: Arc<Style>,
}

impl Styles {
    /// A cell's style; the plain one for a number no style has.
    pub fn get(&self, index: usize) -> (&Arc<Style>, Meaning) {
        self.cells.get(index).map_or((&self.plain, Meaning::Plain), |(style, meaning)| (style, *meaning))
    }
}

#[derive(Debug, Default, Clone)]
struct Font {
    bold: bool,
    struck: bool,
}

#[derive(Default)]
struct Parts {
    formats: HashMap<u32, String>,
    fonts: Vec<Font>,
    fills: Vec<Option<Arc<str>>>,
}

pub(super) fn read(package: &mut Package<'_>, part: Option<String>) -> Result<Styles, Refusal> {
    let part = part.unwrap_or_else(|| "xl/styles.xml".to_owned());
    let plain = Arc::new(Style { number_format: Some(Arc::from("General")), percent: Some(false), ..Style::default() });
    let mut styles = Styles { cells: Vec::new(), plain };
    let Some(text) = package.text(&part)? else { return Ok(styles) };
    let mut xml = Xml::new(&text, &part);
    let (mut parts, mut path) = (Parts::default(), Vec::<String>::new());
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                let parent = path.last().map(String::as_str).unwrap_or_default();
                let grand = path.iter().rev().nth(1).map(String::as_str).unwrap_or_default();
                match (grand, parent, name.as_str()) {
                    (_, "cellXfs", "xf") => styles.cells.push(cell_style(&start, &parts)),
                    place => gather(place, &start, &mut parts),
                }
                path.push(name);
            }
            Event::End(_) => {
                path.pop();
            }
            _ => {}
        }
    }
    Ok(styles)
}

fn gather(place: (&str, &str, &str), start: &BytesStart<'_>, parts: &mut Parts) {
    let on = || attribute(start, "val").is_none_or(|v| !matches!(v.as_str(), "0" | "false"));
    match place {
        (_, "numFmts", "numFmt") => {
            let id = attribute(start, "numFmtId").and_then(|id| id.parse().ok());
            if let (Some(id), Some(code)) = (id, attribute(start, "formatCode")) {
                parts.formats.insert(id, code);
            }
        }
        (_, "fonts", "font") => parts.fonts.push(Font::default()),
        ("fonts", "font", "b") => {
            if let Some(font) = parts.fonts.last_mut() {
                font.bold = on();
            }
        }
        ("fonts", "font", "strike") => {
            if let Some(font) = parts.fonts.last_mut() {
                font.struck = on();
            }
        }
        (_, "fills", "fill") => parts.fills.push(None),
        ("fill", "patternFill", "fgColor") => {
            let colour = attribute(start, "rgb").map(|rgb| rgb.chars().rev().take(6).collect::<Vec<_>>().iter().rev().collect::<String>());
            if let Some(fill) = parts.fills.last_mut() {
                *fill = colour.filter(|c| !c.eq_ignore_ascii_case("FFFFFF")).map(|c| Arc::from(c.to_ascii_uppercase()));
            }
        }
        _ => {}
    }
}

fn cell_style(xf: &BytesStart<'_>, parts: &Parts) -> (Arc<Style>, Meaning) {
    let number = |name: &str| attribute(xf, name).and_then(|v| v.parse::<u32>().ok()).unwrap_or(0);
    let index = |name: &str| number(name) as usize;
    let id = number("numFmtId");
    let code = parts.formats.get(&id).map(String::as_str).or_else(|| builtin(id)).unwrap_or("General");
    let font = parts.fonts.get(index("fontId")).cloned().unwrap_or_default();
    let meaning = meaning(code);
    let style = Style {
        number_format: Some(Arc::from(code)),
        percent: Some(meaning == Meaning::Percent),
        struck: font.struck,
        bold: font.bold,
        fill: parts.fills.get(index("fillId")).cloned().flatten(),
    };
    (Arc::new(style), meaning)
}
