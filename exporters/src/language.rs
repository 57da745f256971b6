//! The language of a workbook's own words.

/// A language words are printed in. Cheap to clone; equal when it is the same words of the same language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    tag: String,
}

/// Why a language cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LanguageError {
    /// The tag is not a language tag such as `cy-GB`.
    Tag(String),
}

impl std::fmt::Display for LanguageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "{tag:?} is not a language tag such as en-GB or cy-GB"),
        }
    }
}

impl std::error::Error for LanguageError {}

impl Language {
    /// British English.
    #[must_use]
    pub fn english() -> Self {
        Self { tag: "en-GB".to_owned() }
    }

    /// A language that comes with the product, by its tag: `en-GB` or `cy-GB`.
    #[must_use]
    pub fn find(tag: &str) -> Option<Self> {
        ["en-GB", "cy-GB"].into_iter().find(|own| own.eq_ignore_ascii_case(tag)).map(|own| Self { tag: own.to_owned() })
    }

    /// A language an installation adds: `text` holds all its words.
    ///
    /// # Errors
    /// [`LanguageError`] when the tag is none.
    pub fn load(tag: &str, _text: &str) -> Result<Self, LanguageError> {
        let plain = (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if plain { Ok(Self { tag: tag.to_owned() }) } else { Err(LanguageError::Tag(tag.to_owned())) }
    }

    /// Its tag, for instance `en-GB`: the language written into the file.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }
}
