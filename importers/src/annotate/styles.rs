//! A workbook's cell formats, and one more for each format a marked cell had.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::splice::{Splices, prefix, with_attribute};
use crate::diagnostic::Severity;

/// Fills of marked cells. Dark text on either is read with ease: over 8 to 1.
const ERROR_FILL: &str = "FFFADBDD";
const WARNING_FILL: &str = "FFFFE9B8";

/// A list of the part, such as `fills`.
#[derive(Default)]
struct List {
    /// Its start tag.
    tag: Range<usize>,
    /// Where its end tag begins.
    end: usize,
    members: usize,
    added: String,
    added_members: usize,
}

/// The part with the cell formats.
pub(super) struct Styles<'a> {
    xml: &'a str,
    prefix: &'a str,
    fonts: List,
    fills: List,
    formats: List,
    /// The text of each cell format.
    of_cells: Vec<Range<usize>>,
    marked: HashMap<(usize, Severity), usize>,
    fill_of: HashMap<Severity, usize>,
}

impl<'a> Styles<'a> {
    /// Finds its lists; none when one is missing.
    pub fn of(xml: &'a str) -> Option<Self> {
        let mut reader = Reader::from_str(xml);
        let mut lists: HashMap<&str, List> = HashMap::new();
        let (mut inside, mut depth, mut member) = (None, 0_usize, 0_usize);
        let (mut of_cells, mut name_prefix) = (Vec::new(), "");
        loop {
            let from = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let until = usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Start(start) => {
                    depth += 1;
                    let known = ["fonts", "fills", "cellXfs"].into_iter().find(|name| *name == start.local_name().as_ref());
                    if depth == 2
                        && let Some(name) = known
                    {
                        name_prefix = prefix(xml.get(from + 1..until)?.split([' ', '>']).next()?);
                        inside = Some(name);
                        lists.insert(name, List { tag: from..until, ..List::default() });
                    } else if depth == 3 {
                        member = from;
                    }
                }
                Event::Empty(_) if depth == 2 => {
                    if let Some(name) = inside {
                        lists.get_mut(name)?.members += 1;
                        if name == "cellXfs" {
                            of_cells.push(from..until);
                        }
                    }
                }
                Event::End(_) => {
                    if let Some(name) = inside {
                        let list = lists.get_mut(name)?;
                        if depth == 3 {
                            list.members += 1;
                            if name == "cellXfs" {
                                of_cells.push(member..until);
                            }
                        } else if depth == 2 {
                            list.end = from;
                            inside = None;
                        }
                    }
                    depth = depth.checked_sub(1)?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut list = |name| lists.remove(name).filter(|list| list.members > 0);
        let (fonts, fills, formats) = (list("fonts")?, list("fills")?, list("cellXfs")?);
        Some(Self { xml, prefix: name_prefix, fonts, fills, formats, of_cells, marked: HashMap::new(), fill_of: HashMap::new() })
    }

    /// The format of a marked cell that had this one.
    pub fn marked(&mut self, format: usize, severity: Severity) -> Option<usize> {
        let format = if format < self.of_cells.len() { format } else { 0 };
        if let Some(known) = self.marked.get(&(format, severity)) {
            return Some(*known);
        }
        let fill = self.fill(severity).to_string();
        let text = self.xml.get(self.of_cells.get(format)?.clone())?;
        let (tag, rest) = text.split_at(text.find('>')? + 1);
        let tag = with_attribute(&with_attribute(tag, "fillId", &fill)?, "applyFill", "1")?;
        let made = self.formats.add(&format!("{tag}{rest}"));
        self.marked.insert((format, severity), made);
        Some(made)
    }

    fn fill(&mut self, severity: Severity) -> usize {
        if let Some(known) = self.fill_of.get(&severity) {
            return *known;
        }
        let colour = if severity == Severity::Error { ERROR_FILL } else { WARNING_FILL };
        let p = self.prefix;
        let fill = format!(
            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
        );
        let made = self.fills.add(&fill);
        self.fill_of.insert(severity, made);
        made
    }

    /// A format for wrapped text, and one for headings.
    pub fn of_messages(&mut self) -> (usize, usize) {
        let p = self.prefix;
        let plain = self.fonts.add(&format!("<{p}font><{p}sz val=\"11\"/><{p}name val=\"Arial\"/></{p}font>"));
        let bold = self.fonts.add(&format!("<{p}font><{p}b/><{p}sz val=\"11\"/><{p}name val=\"Arial\"/></{p}font>"));
        let mut format = |font: usize| {
            self.formats.add(&format!(
                "<{p}xf numFmtId=\"49\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" \
                 applyAlignment=\"1\"><{p}alignment vertical=\"top\" wrapText=\"1\"/></{p}xf>"
            ))
        };
        (format(plain), format(bold))
    }

    /// The part with all that was added.
    pub fn finish(self) -> Option<String> {
        let mut splices = Splices::default();
        for list in [self.fonts, self.fills, self.formats] {
            if list.added_members > 0 {
                let tag = self.xml.get(list.tag.clone())?;
                splices.replace(list.tag, with_attribute(tag, "count", &(list.members + list.added_members).to_string())?);
                splices.insert(list.end, list.added);
            }
        }
        splices.applied(self.xml)
    }
}

impl List {
    /// Adds a member and says its place.
    fn add(&mut self, member: &str) -> usize {
        self.added.push_str(member);
        self.added_members += 1;
        self.members + self.added_members - 1
    }
}
