//! Cell styles, as far as they change what a cell means: number format, struck out, bold, filled.

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::super::looks::{Font, Looks};
use super::super::package::{Package, Refusal};
use super::super::xml::{Xml, attribute};

#[derive(Default)]
struct Parts {
    formats: HashMap<u32, String>,
    fonts: Vec<Font>,
    fills: Vec<Option<Arc<str>>>,
}

pub(super) fn read(package: &mut Package<'_>, part: Option<String>) -> Result<Looks, Refusal> {
    let part = part.unwrap_or_else(|| "xl/styles.xml".to_owned());
    let mut looks = Looks::default();
    let Some(text) = package.text(&part)? else { return Ok(looks) };
    let mut xml = Xml::new(&text, &part);
    let (mut parts, mut path) = (Parts::default(), Vec::<String>::new());
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                let parent = path.last().map(String::as_str).unwrap_or_default();
                let grand = path.iter().rev().nth(1).map(String::as_str).unwrap_or_default();
                match (grand, parent, name.as_str()) {
                    (_, "cellXfs", "xf") => cell_style(&start, &parts, &mut looks),
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
    Ok(looks)
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

fn cell_style(xf: &BytesStart<'_>, parts: &Parts, looks: &mut Looks) {
    let number = |name: &str| attribute(xf, name).and_then(|v| v.parse::<u32>().ok()).unwrap_or(0);
    let index = |name: &str| number(name) as usize;
    let id = number("numFmtId");
    let font = parts.fonts.get(index("fontId")).copied().unwrap_or_default();
    looks.push(id, parts.formats.get(&id).map(String::as_str), font, parts.fills.get(index("fillId")).cloned().flatten());
}
