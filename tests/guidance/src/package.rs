//! The file as a bag of named parts, and what points from one part to another.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::xml::Element;

/// Most bytes of one part when unpacked.
const PART_BYTES_MAX: u64 = 400 * 1024 * 1024;

/// The parts of a file.
pub struct Package {
    parts: BTreeMap<String, Vec<u8>>,
}

/// What one part says of another.
#[derive(Debug, Clone)]
pub struct Relation {
    pub id: String,
    /// The last word of its type: `table`, `drawing`, `hyperlink`.
    pub kind: String,
    /// A part, or an address outside the file.
    pub target: String,
    pub external: bool,
}

impl Package {
    /// Unpacks every part; the checksums are looked at on the way.
    ///
    /// # Errors
    /// Why it is no readable package.
    pub fn open(bytes: &[u8]) -> Result<Self, String> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| format!("it is no package: {e}"))?;
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).map_err(|e| format!("part {at}: {e}"))?;
            let name = part.name().map_err(|e| format!("part {at}: {e}"))?.into_owned();
            if part.size() > PART_BYTES_MAX {
                return Err(format!("the part {name} is too large to be looked at"));
            }
            let mut content = Vec::new();
            part.read_to_end(&mut content).map_err(|e| format!("damaged part {name}: {e}"))?;
            if parts.insert(name.clone(), content).is_some() {
                return Err(format!("two parts are called {name}"));
            }
        }
        Ok(Self { parts })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// The tree of a part; none where there is no such part. Names differ in more than case.
    ///
    /// # Errors
    /// When the part is not XML as workbooks have it.
    pub fn tree(&self, name: &str) -> Result<Option<Element>, String> {
        let name = name.trim_start_matches('/');
        let Some((_, content)) = self.parts.iter().find(|(part, _)| part.eq_ignore_ascii_case(name)) else { return Ok(None) };
        let text = std::str::from_utf8(content).map_err(|_| format!("the part {name} is not UTF-8"))?;
        Element::parse(text.trim_start_matches('\u{feff}')).map(Some).map_err(|e| format!("the part {name}: {e}"))
    }

    /// What a part points to.
    ///
    /// # Errors
    /// When the list of it is not XML.
    pub fn relations(&self, part: &str) -> Result<Vec<Relation>, String> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let list = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(root) = self.tree(&list)? else { return Ok(Vec::new()) };
        let relation = |r: &Element| {
            let target = r.get("Target").unwrap_or_default();
            let external = r.get("TargetMode") == Some("External");
            Relation {
                id: r.get("Id").unwrap_or_default().to_owned(),
                kind: r.get("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned(),
                target: if external { target.to_owned() } else { resolved(folder, target) },
                external,
            }
        };
        Ok(root.all("Relationship").map(relation).collect())
    }

    /// Every list of relations must be XML, and every part it names must be there.
    ///
    /// # Errors
    /// The first that is not.
    pub fn whole(&self) -> Result<(), String> {
        for name in self.names().filter(|name| has_ending(name, "xml") || has_ending(name, "rels")) {
            self.tree(name)?;
        }
        Ok(())
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(ending))
}

/// A target as it is written, seen from a folder of the package.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut way: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(way.pop()),
            "." | "" => {}
            step => way.push(step),
        }
    }
    way.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn a_target_is_seen_from_its_folder() {
        assert_eq!(resolved("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
