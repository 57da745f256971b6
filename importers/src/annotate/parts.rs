//! Adding a sheet to a workbook's parts, and writing the archive with what changed.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::splice::{escaped, prefix};
use crate::open::{Package, Refusal, XlsxParts};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// The namespace of workbooks in the strict form of the standard, whose relations have other names.
const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Enters one more sheet at the end of a workbook; its part's name, or none where the parts are not as expected.
pub(super) fn add_sheet(
    package: &mut Package<'_>,
    layout: &XlsxParts,
    name: &str,
    changed: &mut BTreeMap<String, String>,
) -> Result<Option<String>, Refusal> {
    let (folder, file) = layout.workbook.rsplit_once('/').unwrap_or(("", &layout.workbook));
    let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let part = path("golden-thread-messages.xml");
    let relations = path(&format!("_rels/{file}.rels"));
    let (Some(workbook), Some(related), Some(types)) =
        (package.text(&layout.workbook)?, package.text(&relations)?, package.text(CONTENT_TYPES)?)
    else {
        return Ok(None);
    };
    if package.has(&part)
        || related.contains("\"goldenThreadMessages\"")
        || [&workbook, &related, &types].iter().any(|text| !is_utf8(text))
        || workbook.contains(STRICT)
    {
        return Ok(None);
    }
    let number = numbers(&workbook).max().unwrap_or(0).saturating_add(1);
    let sheet = |p: &str| {
        format!("<{p}sheet name=\"{}\" sheetId=\"{number}\" gt:id=\"goldenThreadMessages\" xmlns:gt=\"{RELATIONS}\"/>", escaped(name))
    };
    let relation = |p: &str| format!("<{p}Relationship Id=\"goldenThreadMessages\" Type=\"{RELATIONS}/worksheet\" Target=\"/{part}\"/>");
    let kind = |p: &str| format!("<{p}Override PartName=\"/{part}\" ContentType=\"{SHEET_TYPE}\"/>");
    let (Some(workbook), Some(related), Some(types)) =
        (before_end(&workbook, "sheets", sheet), before_end(&related, "Relationships", relation), before_end(&types, "Types", kind))
    else {
        return Ok(None);
    };
    changed.insert(layout.workbook.to_ascii_lowercase(), workbook);
    changed.insert(relations.to_ascii_lowercase(), related);
    changed.insert(CONTENT_TYPES.to_ascii_lowercase(), types);
    Ok(Some(part))
}

/// Whether a part says it is in the encoding it would be written back in; the one that says nothing is.
pub(super) fn is_utf8(xml: &str) -> bool {
    let Some(declaration) = xml.trim_start_matches('\u{feff}').strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()) else {
        return true;
    };
    let declaration = declaration.to_ascii_lowercase();
    !declaration.contains("encoding") || declaration.contains("utf-8") || declaration.contains("utf8")
}

/// The numbers sheets have.
fn numbers(workbook: &str) -> impl Iterator<Item = u32> {
    workbook.split("sheetId=").skip(1).filter_map(|rest| {
        let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    })
}

/// A part with something put before the end tag of an element, in the element's own namespace prefix.
fn before_end(xml: &str, element: &str, made: impl Fn(&str) -> String) -> Option<String> {
    let at = xml.rmatch_indices("</").map(|(at, _)| at).find(|at| {
        let name = xml[at + 2..].split('>').next().unwrap_or_default().trim();
        name.strip_prefix(prefix(name)) == Some(element)
    })?;
    let name = xml[at + 2..].split('>').next()?.trim();
    Some(format!("{}{}{}", &xml[..at], made(prefix(name)), &xml[at..]))
}

/// The archive with the changed parts, by their names in lower case, and one more.
pub(super) fn rewritten(bytes: &[u8], changed: &BTreeMap<String, String>, added: (&str, &str)) -> Option<Vec<u8>> {
    let mut source = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + (64 << 10))));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    for at in 0..source.len() {
        let part = source.by_index_raw(at).ok()?;
        let name = part.name().ok()?.into_owned();
        match changed.get(&name.to_ascii_lowercase().replace('\\', "/")) {
            Some(text) => {
                drop(part);
                out.start_file(name, options).ok()?;
                out.write_all(text.as_bytes()).ok()?;
            }
            None => out.raw_copy_file(part).ok()?,
        }
    }
    out.start_file(added.0, options).ok()?;
    out.write_all(added.1.as_bytes()).ok()?;
    Some(out.finish().ok()?.into_inner())
}
