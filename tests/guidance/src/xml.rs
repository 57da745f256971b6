//! One part of the file as a tree. Names lose their prefixes, so that transitional and strict files read alike.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with what stands in it.
#[derive(Debug, Default, Clone)]
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// Its own letters, those of its children left out.
    pub text: String,
}

impl Element {
    /// The tree of a part.
    ///
    /// # Errors
    /// What is wrong, when the part is not well formed or declares a document type.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut open = vec![Self::default()];
        loop {
            let event = reader.read_event().map_err(|e| e.to_string())?;
            let Some(current) = open.last_mut() else { return Err("more is closed than was opened".to_owned()) };
            match event {
                Event::Start(start) => open.push(Self::of(&start)?),
                Event::End(_) => {
                    let Some(done) = open.pop() else { return Err("more is closed than was opened".to_owned()) };
                    let Some(around) = open.last_mut() else { return Err("more is closed than was opened".to_owned()) };
                    around.children.push(done);
                }
                Event::Text(letters) => current.text.push_str(&letters.xml10_content()),
                Event::CData(letters) => current.text.push_str(&letters.xml10_content()),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(c)) => current.text.push(c),
                    _ => {
                        let known = quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned);
                        current.text.push_str(&known.ok_or("an entity that nothing declares")?);
                    }
                },
                Event::DocType(_) => return Err("it declares a document type".to_owned()),
                Event::Eof if open.len() > 1 => return Err("it is cut short".to_owned()),
                Event::Eof => break,
                _ => {}
            }
        }
        open.pop().and_then(|mut root| root.children.pop()).ok_or_else(|| "it holds no element".to_owned())
    }

    fn of(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| e.to_string())?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|e| e.to_string())?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(Self { name: start.local_name().as_ref().to_owned(), attributes, ..Self::default() })
    }

    /// An attribute by its local name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// An attribute as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// Whether an attribute says yes.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(yes)
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Everything within a child of a name; nothing where there is no such child.
    pub fn list<'a>(&'a self, list: &str, name: &'a str) -> Vec<&'a Self> {
        self.child(list).map(|list| list.all(name).collect()).unwrap_or_default()
    }

    /// Itself and everything within of a name, in document order.
    pub fn deep<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        let mut found = Vec::new();
        self.search(&mut |element| element.name == name, &mut found);
        found
    }

    fn search<'a>(&'a self, wanted: &mut impl FnMut(&Self) -> bool, found: &mut Vec<&'a Self>) {
        if wanted(self) {
            found.push(self);
        }
        for child in &self.children {
            child.search(wanted, found);
        }
    }
}

/// The words of a file for "yes".
pub fn yes(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "1" | "true" | "on")
}
