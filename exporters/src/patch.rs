//! What the writer cannot say, put into the finished file: heading styles, the language, figures of charts, and rows of
//! long tables.
//!
//! Order and times of all parts stay, so equal input gives equal bytes.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::RenderError;
use crate::rows::Rows;
use crate::style::{HEADING_POINTS, TITLE_POINTS};

/// How hard parts are pressed: at the usual level, 6, a pack has a tenth fewer bytes and is a twelfth more work.
const LEVEL: i64 = 3;

/// The figures of one chart.
pub(crate) struct Literals {
    pub(crate) categories: Vec<String>,
    pub(crate) series: Vec<Vec<Option<f64>>>,
    pub(crate) format: String,
}

/// What goes into a workbook beside what the writer wrote.
#[derive(Default)]
pub(crate) struct Added {
    /// In the order of the charts' parts.
    pub(crate) charts: Vec<Literals>,
    /// Rows for the end of a sheet, by its place from 0.
    pub(crate) rows: HashMap<usize, Rows>,
}

pub(crate) fn patch(workbook: &[u8], language: &str, added: &Added) -> Result<Vec<u8>, RenderError> {
    let mut source = ZipArchive::new(Cursor::new(workbook))?;
    let mut patched = ZipWriter::new(Cursor::new(Vec::with_capacity(workbook.len())));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    for at in 0..source.len() {
        let mut part = source.by_index(at)?;
        let name = part.name()?.into_owned();
        let mut content = Vec::with_capacity(usize::try_from(part.size()).unwrap_or(0));
        part.read_to_end(&mut content)?;
        patched.start_file(name.as_str(), options)?;
        let chart = numbered(&name, "xl/charts/chart").and_then(|n| added.charts.get(n));
        let rows = numbered(&name, "xl/worksheets/sheet").and_then(|n| added.rows.get(&n));
        if let Some(rows) = rows {
            with_rows(&utf8(content)?, rows, &mut patched)?;
            continue;
        }
        let content = match (name.as_str(), chart) {
            (_, Some(literals)) => with_figures(&utf8(content)?, literals).into_bytes(),
            ("xl/styles.xml", _) => with_headings(&utf8(content)?).into_bytes(),
            ("docProps/core.xml", _) => with_language(&utf8(content)?, language).into_bytes(),
            _ => content,
        };
        patched.write_all(&content)?;
    }
    Ok(patched.finish()?.into_inner())
}

/// The place from 0 of a part whose name ends in its number from 1.
fn numbered(name: &str, begins: &str) -> Option<usize> {
    name.strip_prefix(begins)?.strip_suffix(".xml")?.parse::<usize>().ok()?.checked_sub(1)
}

fn utf8(content: Vec<u8>) -> Result<String, RenderError> {
    String::from_utf8(content).map_err(|_| unlike())
}

fn unlike() -> RenderError {
    RenderError::Unwritable("the writer's parts are not of the form they are patched in".to_owned())
}

/// Puts rows behind those a sheet has.
fn with_rows(xml: &str, rows: &Rows, out: &mut ZipWriter<Cursor<Vec<u8>>>) -> Result<(), RenderError> {
    let (before, after) = xml.split_once("<dimension ref=\"").ok_or_else(unlike)?;
    let (_, after) = after.split_once('"').ok_or_else(unlike)?;
    let (head, tail) = after.split_once("</sheetData>").ok_or_else(unlike)?;
    write!(out, "{before}<dimension ref=\"{}\"{head}", rows.area)?;
    rows.copy_to(out)?;
    write!(out, "</sheetData>{tail}")?;
    Ok(())
}

fn with_language(xml: &str, language: &str) -> String {
    let tag: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(35).collect();
    let tag = if tag.is_empty() { "en-GB" } else { &tag };
    xml.replacen("</cp:coreProperties>", &format!("<dc:language>{tag}</dc:language></cp:coreProperties>"), 1)
}

/// Makes cells in the title's and the headings' fonts Heading 1 and Heading 2.
fn with_headings(xml: &str) -> String {
    let mut xml = xml.to_owned();
    for (level, points) in [(1, TITLE_POINTS), (2, HEADING_POINTS)] {
        let Some(font) = font_of(&xml, points) else { continue };
        let styles = count(&xml, "cellStyleXfs");
        xml = append(&xml, "cellStyleXfs", &format!("<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\"/>"));
        let builtin = 15 + level;
        xml = append(
            &xml,
            "cellStyles",
            &format!("<cellStyle name=\"Heading {level}\" xfId=\"{styles}\" builtinId=\"{builtin}\" customBuiltin=\"1\"/>"),
        );
        xml = with_style(&xml, font, styles);
    }
    xml
}

/// Index of the bold font of a size.
fn font_of(xml: &str, points: f64) -> Option<usize> {
    let (_, fonts) = xml.split_once("<fonts ")?;
    let (fonts, _) = fonts.split_once("</fonts>")?;
    let size = format!("<sz val=\"{points}\"/>");
    fonts.split("<font>").skip(1).position(|font| font.contains("<b/>") && font.contains(&size))
}

fn count(xml: &str, list: &str) -> usize {
    let opened = format!("<{list} count=\"");
    let after = xml.split_once(&opened).map_or("", |(_, after)| after);
    after.split_once('"').and_then(|(n, _)| n.parse().ok()).unwrap_or(0)
}

fn append(xml: &str, list: &str, member: &str) -> String {
    let n = count(xml, list);
    xml.replacen(&format!("<{list} count=\"{n}\""), &format!("<{list} count=\"{}\"", n + 1), 1).replacen(
        &format!("</{list}>"),
        &format!("{member}</{list}>"),
        1,
    )
}

/// Points the cell formats of a font at a named style.
fn with_style(xml: &str, font: usize, style: usize) -> String {
    let Some((before, rest)) = xml.split_once("<cellXfs ") else { return xml.to_owned() };
    let Some((formats, after)) = rest.split_once("</cellXfs>") else { return xml.to_owned() };
    let wanted = format!(" fontId=\"{font}\" ");
    let mut out = String::with_capacity(xml.len() + 16);
    let _ = write!(out, "{before}<cellXfs ");
    for (at, xf) in formats.split("<xf ").enumerate() {
        if at > 0 {
            out.push_str("<xf ");
        }
        if at > 0 && xf.contains(&wanted) {
            out.push_str(&xf.replacen("xfId=\"0\"", &format!("xfId=\"{style}\""), 1));
        } else {
            out.push_str(xf);
        }
    }
    let _ = write!(out, "</cellXfs>{after}");
    out
}

/// Puts figures in the place of the ranges a chart refers to.
fn with_figures(xml: &str, literals: &Literals) -> String {
    let mut out = String::with_capacity(xml.len() * 2);
    let mut rest = xml;
    for values in &literals.series {
        for (tag, figures) in [("c:cat", words(&literals.categories)), ("c:val", numbers(values, &literals.format))] {
            let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
            let Some((before, after)) = rest.split_once(&open) else { continue };
            let Some((_, after)) = after.split_once(&close) else { continue };
            let _ = write!(out, "{before}{open}{figures}{close}");
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn words(categories: &[String]) -> String {
    let mut out = format!("<c:strLit><c:ptCount val=\"{}\"/>", categories.len());
    for (at, category) in categories.iter().enumerate() {
        let _ = write!(out, "<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", escaped(category));
    }
    out.push_str("</c:strLit>");
    out
}

fn numbers(values: &[Option<f64>], format: &str) -> String {
    let mut out =
        format!("<c:numLit><c:formatCode>{}</c:formatCode><c:ptCount val=\"{}\"/>", escaped(&format.replace("_)", "")), values.len());
    for (at, value) in values.iter().enumerate() {
        if let Some(value) = value {
            let _ = write!(out, "<c:pt idx=\"{at}\"><c:v>{value}</c:v></c:pt>");
        }
    }
    out.push_str("</c:numLit>");
    out
}

fn escaped(text: &str) -> String {
    crate::text::clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
