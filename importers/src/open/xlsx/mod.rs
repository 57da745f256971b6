//! Excel workbooks since 2007.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::{Package, Refusal, damaged};
use super::xml::{Xml, attribute, flag};
use crate::address::Place;
use crate::counter::Counter;
use crate::diagnostic::Diagnostic;
use crate::reading::Format;
use crate::sheet::{Area, Book};

mod cells;
mod strings;
mod styles;

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

/// A relation of a part: what kind, and to which part.
pub(super) struct Relation {
    pub kind: String,
    pub target: String,
    pub outside: bool,
}

/// The part that is the workbook, for instance `xl/workbook.xml`; none when the archive holds no workbook.
pub(super) fn workbook_part(package: &mut Package<'_>) -> Result<Option<String>, Refusal> {
    let relations = relations(package, "")?;
    let part = relations.into_values().find(|r| r.kind.ends_with("/officeDocument")).map(|r| r.target);
    let part = part.filter(|part| package.has(part)).or_else(|| package.has("xl/workbook.xml").then(|| "xl/workbook.xml".to_owned()));
    Ok(part.filter(|part| !part.to_ascii_lowercase().starts_with("word/") && !part.to_ascii_lowercase().starts_with("ppt/")))
}

/// Which parts a workbook is made of.
pub(crate) struct Parts {
    pub workbook: String,
    pub styles: String,
    /// Names of the worksheets and their parts.
    pub sheets: Vec<(String, String)>,
}

/// Which parts a workbook is made of; none when it has no styles.
pub(crate) fn parts(package: &mut Package<'_>) -> Result<Option<Parts>, Refusal> {
    let part = workbook_part(package)?.ok_or_else(|| damaged("it has no workbook part"))?;
    let (listed, _) = workbook(package, &part, &mut Book::new(Format::Xlsx))?;
    let relations = relations(package, &part)?;
    let Some(styles) = relations.values().find(|r| r.kind.ends_with("/styles")).map(|r| r.target.clone()) else { return Ok(None) };
    let target =
        |sheet: Listed| Some((sheet.name, relations.get(&sheet.relation).filter(|r| r.kind.ends_with("/worksheet"))?.target.clone()));
    let sheets = listed.into_iter().filter_map(target).collect();
    Ok(Some(Parts { workbook: part, styles, sheets }))
}

/// Reads every sheet that is within the limits.
pub(super) fn open(package: &mut Package<'_>, counter: &mut Counter<'_>) -> Result<Book, Refusal> {
    let part = workbook_part(package)?.ok_or_else(|| damaged("it has no workbook part"))?;
    let mut book = Book::new(Format::Xlsx);
    let (listed, from_1904) = workbook(package, &part, &mut book)?;
    if listed.len() > counter.limits.sheets {
        let message = format!("The workbook has {} sheets; at most {} are read.", listed.len(), counter.limits.sheets);
        return Err(super::refuse("FIL-005", message, "Send the sheets with figures in a workbook of their own."));
    }
    let relations = relations(package, &part)?;
    let by_kind = |kind: &str| relations.values().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    counter.expect(package.cell_bytes());
    let strings = strings::read(package, by_kind("/sharedStrings"))?;
    let styles = styles::read(package, by_kind("/styles"))?;
    for sheet in listed {
        let Some(relation) = relations.get(&sheet.relation).filter(|r| r.kind.ends_with("/worksheet")) else { continue };
        if relation.outside {
            return Err(damaged(&format!("the sheet {:?} is said to lie in another file, and nothing is fetched", sheet.name)));
        }
        let tables = related(package, &relation.target)?;
        let Some(text) = package.text(&relation.target)? else {
            return Err(damaged(&format!("the sheet {:?} is missing from it", sheet.name)));
        };
        let shared = cells::Shared { strings: &strings, styles: &styles, from_1904 };
        let mut read = cells::Reader::new(&sheet.name, &shared, counter);
        let whole = read.read(&text, &relation.target);
        let mut cells = read.finish();
        counter.has_read(text.len() as u64);
        match whole {
            Ok(()) => {}
            Err(problem) if matches!(&*problem.code, "FIL-006" | "FIL-007") => {
                book.diagnostics.push(*problem);
                cells = crate::sheet::Sheet::default();
            }
            Err(refusal) => return Err(refusal),
        }
        cells.name = sheet.name;
        cells.hidden = sheet.hidden;
        (cells.tables, cells.comments) = tables;
        book.sheets.push(cells);
    }
    book.diagnostics.extend(counter.problems());
    if from_1904 {
        book.diagnostics.push(Diagnostic::new("PER-030", Place::file(), "The workbook counts dates from 1904; they were converted."));
    }
    book.property = property(package, rules::workbook::FINGERPRINT_NAME)?;
    warnings(package, &mut book);
    Ok(book)
}

pub(super) fn warnings(package: &Package<'_>, book: &mut Book) {
    if package.any(|name| name.ends_with("vbaproject.bin")) {
        book.diagnostics.push(Diagnostic::new("FIL-010", Place::file(), "The workbook has macros; they are ignored."));
    }
    if package.any(|name| name.contains("/externallinks/") || name.ends_with("/connections.xml")) {
        let message = "The workbook has links to other files or data connections; they are not followed.";
        book.diagnostics.push(Diagnostic::new("FIL-011", Place::file(), message));
    }
}

fn workbook(package: &mut Package<'_>, part: &str, book: &mut Book) -> Result<(Vec<Listed>, bool), Refusal> {
    let text = package.text(part)?.ok_or_else(|| damaged("it has no workbook part"))?;
    let mut xml = Xml::new(&text, part);
    let (mut listed, mut from_1904) = (Vec::new(), false);
    while let Some(start) = xml.next_start()? {
        match start.local_name().as_ref() {
            "workbookPr" => from_1904 = flag(&start, "date1904"),
            "sheet" => listed.push(Listed {
                name: attribute(&start, "name").unwrap_or_default(),
                relation: attribute(&start, "id").unwrap_or_default(),
                hidden: attribute(&start, "state").is_some_and(|state| state != "visible"),
            }),
            "definedName" if attribute(&start, "name").is_some_and(|n| n.eq_ignore_ascii_case(rules::workbook::FINGERPRINT_NAME)) => {
                let formula = xml.text(&[])?;
                book.defined_name = Some(formula.trim().trim_start_matches('=').trim_matches('"').to_owned());
            }
            _ => {}
        }
    }
    Ok((listed, from_1904))
}

/// The relations of a part by id; `""` for those of the whole package.
pub(super) fn relations(package: &mut Package<'_>, part: &str) -> Result<HashMap<String, Relation>, Refusal> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some(text) = package.text(&path)? else { return Ok(HashMap::new()) };
    let mut xml = Xml::new(&text, &path);
    let mut relations = HashMap::new();
    while let Some(start) = xml.next_start()? {
        if start.local_name().as_ref() == "Relationship" {
            let target = attribute(&start, "Target").unwrap_or_default();
            let outside = attribute(&start, "TargetMode").is_some_and(|mode| mode == "External");
            relations.insert(
                attribute(&start, "Id").unwrap_or_default(),
                Relation { kind: attribute(&start, "Type").unwrap_or_default(), target: resolve(folder, &target), outside },
            );
        }
    }
    Ok(relations)
}

/// A target as a path inside the package.
fn resolve(folder: &str, target: &str) -> String {
    let start = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = start.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The marked-up tables and the number of comments of a sheet. A missing part is no reason to refuse a sheet:
/// damaged-but-readable packages are common.
fn related(package: &mut Package<'_>, sheet: &str) -> Result<(Vec<Area>, usize), Refusal> {
    let (mut tables, mut comments) = (Vec::new(), 0);
    let mut targets: Vec<_> = relations(package, sheet)?.into_values().filter(|r| !r.outside).collect();
    targets.sort_by(|a, b| a.target.cmp(&b.target));
    for relation in targets {
        let wanted = relation.kind.ends_with("/table") || relation.kind.ends_with("/comments");
        let Some(text) = (if wanted { package.text(&relation.target)? } else { None }) else { continue };
        let mut xml = Xml::new(&text, &relation.target);
        while let Some(start) = xml.next_start()? {
            match start.local_name().as_ref() {
                "table" if attribute(&start, "headerRowCount").is_none_or(|count| count != "0") => {
                    tables.extend(attribute(&start, "ref").and_then(|area| Area::parse(&area)));
                }
                "comment" => comments += 1,
                _ => {}
            }
        }
    }
    tables.sort_by_key(|area| (area.top, area.left));
    Ok((tables, comments))
}

/// A custom property by its name, for instance the one that carries a template's fingerprint.
pub(crate) fn property(package: &mut Package<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let part = relations(package, "")?.into_values().find(|r| r.kind.ends_with("/custom-properties")).map(|r| r.target);
    let part = part.unwrap_or_else(|| "docProps/custom.xml".to_owned());
    let Some(text) = package.text(&part)? else { return Ok(None) };
    let mut xml = Xml::new(&text, &part);
    while let Some(event) = xml.next()? {
        if let Event::Start(start) = event
            && attribute(&start, "name").is_some_and(|n| n.eq_ignore_ascii_case(name))
        {
            return Ok(Some(xml.text(&[])?.trim().to_owned()).filter(|value| !value.is_empty()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_resolved_inside_the_package_only() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl", "../../../etc/passwd"), "etc/passwd");
    }
}
