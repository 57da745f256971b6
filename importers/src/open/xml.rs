//! Reading the XML parts of workbooks. Document types and entities of their own are refused: no workbook needs
//! them, and they are how small files grow large.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::{Refusal, damaged, refuse};

/// Events of one part, empty elements given as a start and an end.
pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    depth: usize,
}

/// How deep elements may stand in one another; in real workbooks it is under thirty.
const DEPTH_MAX: usize = 256;

impl<'a> Xml<'a> {
    pub fn new(text: &'a str, part: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, part, depth: 0 }
    }

    /// Bytes read.
    pub fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The next event; none at the end.
    pub fn next(&mut self) -> Result<Option<Event<'a>>, Refusal> {
        match self.reader.read_event() {
            Ok(Event::Eof) if self.depth > 0 => Err(damaged(&format!("the part {:?} is cut short", self.part))),
            Ok(Event::Eof) => Ok(None),
            Ok(Event::DocType(_)) => Err(refuse(
                "FIL-008",
                format!("The part {:?} declares a document type, which workbooks do not have.", self.part),
                "Save the workbook again from a spreadsheet program and send that.",
            )),
            Ok(Event::GeneralRef(name)) if !is_known(&name) => Err(refuse(
                "FIL-008",
                format!(
                    "The part {:?} uses the entity {:?}, which nothing declares.",
                    self.part,
                    name.chars().take(40).collect::<String>()
                ),
                "Save the workbook again from a spreadsheet program and send that.",
            )),
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth > DEPTH_MAX {
                    return Err(damaged(&format!("the part {:?} is nested deeper than any workbook is", self.part)));
                }
                Ok(Some(event))
            }
            Err(_) => Err(damaged(&format!("the part {:?} is not well formed", self.part))),
        }
    }

    /// The next start of an element; none at the end.
    pub fn next_start(&mut self) -> Result<Option<BytesStart<'a>>, Refusal> {
        while let Some(event) = self.next()? {
            if let Event::Start(start) = event {
                return Ok(Some(start));
            }
        }
        Ok(None)
    }

    /// All text up to the end of the element just started, whatever stands between; elements named in `skip`
    /// (phonetic readings, notes) give nothing.
    pub fn text(&mut self, skip: &[&str]) -> Result<String, Refusal> {
        let mut text = String::new();
        let (mut depth, mut skipping) = (1_usize, 0_usize);
        while depth > 0 {
            match self.next()? {
                Some(Event::Start(e)) => {
                    depth += 1;
                    if skipping > 0 || skip.contains(&e.local_name().as_ref()) {
                        skipping += 1;
                    }
                }
                Some(Event::End(_)) => {
                    depth -= 1;
                    skipping = skipping.saturating_sub(1);
                }
                Some(event) if skipping == 0 => push(&event, &mut text),
                Some(_) => {}
                None => return Err(damaged(&format!("the part {:?} is cut short", self.part))),
            }
        }
        Ok(text)
    }

    /// Passes over the rest of the element just started.
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Some(Event::Start(_)) => depth += 1,
                Some(Event::End(_)) => depth -= 1,
                Some(_) => {}
                None => return Err(damaged(&format!("the part {:?} is cut short", self.part))),
            }
        }
        Ok(())
    }
}

fn is_known(name: &quick_xml::events::BytesRef<'_>) -> bool {
    matches!(name.resolve_char_ref(), Ok(Some(_))) || quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).is_some()
}

/// Adds what an event says in letters.
pub(crate) fn push(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(t) => text.push_str(&t.xml10_content()),
        Event::CData(t) => text.push_str(&t.xml10_content()),
        Event::GeneralRef(r) => match r.resolve_char_ref() {
            Ok(Some(c)) => text.push(c),
            _ => text.push_str(quick_xml::escape::resolve_predefined_entity(&r.xml10_content()).unwrap_or_default()),
        },
        _ => {}
    }
}

/// An attribute by its local name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_or_else(|_| String::from(&*found.value), std::borrow::Cow::into_owned),
    )
}

/// Whether an attribute says yes.
pub(crate) fn flag(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|v| matches!(v.as_str(), "1" | "true" | "on"))
}
