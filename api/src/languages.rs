//! The languages documents can be in: those that come with the product, and those an installation adds as files.

use std::path::Path;

use exporters::Language;

use crate::error::{ContextExt, Error, Result};

/// How a file of words is named: the language's tag, and this.
const ENDING: &str = "ftl";
/// Files in the folder at most, and bytes of each.
const FILES_MAX: usize = 50;
const BYTES_MAX: u64 = 1 << 20;
/// The languages that come with the product, British English first.
const OWN: [&str; 2] = ["en-GB", "cy-GB"];

/// What this installation can word documents in.
#[derive(Debug, Clone)]
pub struct Languages(Vec<Language>);

impl Default for Languages {
    fn default() -> Self {
        Self(OWN.iter().filter_map(|tag| Language::find(tag)).collect())
    }
}

impl Languages {
    /// The product's own, and one for each file `<tag>.ftl` of a folder. A file that lacks words is refused here, before
    /// anybody asks for a document in its language.
    pub fn load(folder: Option<&Path>) -> Result<Self> {
        let mut languages = Self::default();
        let Some(folder) = folder else { return Ok(languages) };
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
            .context(&format!("reading the folder of languages, {}", folder.display()))?;
        files.retain(|path| path.extension().is_some_and(|ending| ending == ENDING));
        files.sort();
        let refuse = |path: &Path, why: &dyn std::fmt::Display| {
            Error::bad_input(format!("The language in {} cannot be used: {why}.", path.display()))
        };
        if files.len() > FILES_MAX {
            return Err(refuse(folder, &format!("an installation adds {FILES_MAX} languages at most")));
        }
        for path in &files {
            let tag = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if languages.find(tag).is_some() {
                return Err(refuse(path, &"it comes with the product"));
            }
            if std::fs::metadata(path).context("measuring a language")?.len() > BYTES_MAX {
                return Err(refuse(path, &format!("it has more than {BYTES_MAX} bytes")));
            }
            let text = std::fs::read_to_string(path).map_err(|why| refuse(path, &why))?;
            languages.0.push(Language::load(tag, &text).map_err(|why| refuse(path, &why))?);
        }
        Ok(languages)
    }

    /// A language by its tag, whatever its case.
    pub fn find(&self, tag: &str) -> Option<&Language> {
        self.0.iter().find(|language| language.tag().eq_ignore_ascii_case(tag.trim()))
    }

    /// The tags of all, the product's own first.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Language::tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a translator begins with.
    const ENGLISH: &str = include_str!("../../exporters/languages/en-GB.ftl");

    fn with(name: &str, text: &str) -> Result<Languages> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::write(folder.path().join("README.txt"), "Not a language.").unwrap();
        Languages::load(Some(folder.path()))
    }

    fn refusal(name: &str, text: &str) -> String {
        with(name, text).map(|languages| languages.tags().collect::<Vec<_>>().join(" ")).unwrap_err().message
    }

    #[test]
    fn english_and_welsh_come_with_the_product_and_a_file_adds_another() {
        assert_eq!(Languages::default().tags().collect::<Vec<_>>(), ["en-GB", "cy-GB"]);
        let more = with("pl-PL.ftl", ENGLISH).unwrap_or_else(|error| panic!("{}", error.message));
        assert_eq!(more.tags().collect::<Vec<_>>(), ["en-GB", "cy-GB", "pl-PL"]);
        assert_eq!(more.find(" PL-pl ").map(Language::tag), Some("pl-PL"));
        assert!(more.find("fr-FR").is_none());
    }

    #[test]
    fn a_language_that_cannot_be_used_is_refused_when_the_service_starts() {
        let (id, _) = ENGLISH.lines().find_map(|line| line.split_once(" = ")).unwrap();
        let without: String =
            ENGLISH.lines().filter(|line| !line.starts_with(&format!("{id} = "))).map(|line| format!("{line}\n")).collect();
        let refused = refusal("pl-PL.ftl", &without);
        assert!(refused.contains("pl-PL.ftl") && refused.contains(id), "{refused}");
        assert!(refusal("CY-gb.ftl", ENGLISH).contains("it comes with the product"));
        assert!(refusal("not a tag!.ftl", ENGLISH).contains("cannot be used"));
        assert!(refusal("pl-PL.ftl", &" ".repeat(2 << 20)).contains("more than 1048576 bytes"));
        let absent = Languages::load(Some(Path::new("/nowhere/at/all"))).map(|_| ()).unwrap_err();
        assert!(absent.log_text().contains("/nowhere/at/all"), "{}", absent.log_text());
    }
}
