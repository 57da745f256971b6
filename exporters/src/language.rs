//! The language of a workbook's own words. Every word a pack, a return template or a reminder prints that the council did not
//! write comes from one file a language, in Project Fluent's syntax. British English and Welsh come with the product;
//! an installation adds another by giving its file, and no code changes.
//!
//! A file is looked at when it is loaded: every message the English one has must be there, use no other variables,
//! and be one a workbook can hold. What is missing is known then, by name, and never when a pack is printed.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

mod load;
mod said;

pub(crate) use said::{Months, dashed};

/// Most bytes of a language's file.
pub const LANGUAGE_BYTES_MAX: usize = 256 * 1024;

const ENGLISH: &str = include_str!("../languages/en-GB.ftl");
const WELSH: &str = include_str!("../languages/cy-GB.ftl");

/// The languages that come with the product. A test loads each, so that neither can be wanting here.
static BUILT_IN: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let built_in = [("en-GB", ENGLISH), ("cy-GB", WELSH)];
    built_in.into_iter().filter_map(|(tag, text)| Language::load(tag, text).ok()).collect()
});

/// A language words are printed in. Cheap to clone; equal when it is the same words under the same tag.
#[derive(Clone)]
pub struct Language(Arc<Words>);

struct Words {
    tag: String,
    text: String,
    /// Messages without variables, as they are printed.
    plain: HashMap<String, String>,
    bundle: Option<FluentBundle<FluentResource>>,
}

/// Why a language cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LanguageError {
    /// The tag is not a language tag such as `cy-GB`.
    Tag(String),
    /// The file has more bytes than [`LANGUAGE_BYTES_MAX`].
    TooLarge(usize),
    /// What is wrong with the file, each with the message it is about: all of it, not the first alone.
    Messages(Vec<String>),
}

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "{tag:?} is not a language tag such as en-GB or cy-GB"),
            Self::TooLarge(bytes) => write!(f, "the language file has {bytes} bytes, and {LANGUAGE_BYTES_MAX} are the most it may have"),
            Self::Messages(faults) => write!(f, "{}", faults.join("; ")),
        }
    }
}

impl std::error::Error for LanguageError {}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.0.tag).finish()
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.tag == other.0.tag && self.0.text == other.0.text)
    }
}

impl Eq for Language {}

impl Language {
    /// British English.
    #[must_use]
    pub fn english() -> Self {
        Self::find("en-GB")
            .unwrap_or_else(|| Self(Arc::new(Words { tag: "en-GB".to_owned(), text: String::new(), plain: HashMap::new(), bundle: None })))
    }

    /// A language that comes with the product, by its tag: `en-GB` or `cy-GB`, in any case.
    #[must_use]
    pub fn find(tag: &str) -> Option<Self> {
        BUILT_IN.iter().find(|language| language.tag().eq_ignore_ascii_case(tag.trim())).cloned()
    }

    /// A language an installation adds: `text` holds all its words, as `languages/en-GB.ftl` does.
    ///
    /// # Errors
    /// [`LanguageError`] naming every message that is missing, unknown, or cannot be printed.
    pub fn load(tag: &str, text: &str) -> Result<Self, LanguageError> {
        let plain = (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let language: LanguageIdentifier =
            tag.parse().ok().filter(|_| plain).ok_or_else(|| LanguageError::Tag(tag.chars().take(40).collect()))?;
        if text.len() > LANGUAGE_BYTES_MAX {
            return Err(LanguageError::TooLarge(text.len()));
        }
        let (bundle, plain) = load::load(language, text, ENGLISH).map_err(LanguageError::Messages)?;
        Ok(Self(Arc::new(Words { tag: tag.to_owned(), text: text.to_owned(), plain, bundle: Some(bundle) })))
    }

    /// Its tag, for instance `en-GB`: the language written into the file.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0.tag
    }

    /// A message without variables.
    pub(crate) fn say(&self, id: &str) -> &str {
        self.0.plain.get(id).map_or("", String::as_str)
    }

    /// A word of a closed set, by the set's own code: `status` and `NO_TARGET` are the message `status-no-target`.
    pub(crate) fn word(&self, set: &str, code: &str) -> &str {
        self.say(&dashed(set, code))
    }

    /// A message with variables.
    pub(crate) fn tell(&self, id: &str, variables: &[(&'static str, FluentValue<'_>)]) -> String {
        let Some(bundle) = &self.0.bundle else { return String::new() };
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { return String::new() };
        let mut args = FluentArgs::with_capacity(variables.len());
        for (name, value) in variables {
            args.set(*name, value.clone());
        }
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

/// A message with variables: `tell!(language, "trigger-missed", n = 3, months = 3)`.
macro_rules! tell {
    ($language:expr, $id:expr $(, $name:ident = $value:expr)+ $(,)?) => {
        $language.tell($id, &[$((stringify!($name), fluent_bundle::FluentValue::from($value))),+])
    };
}
pub(crate) use tell;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_that_come_with_the_product_can_be_loaded() {
        for (tag, text) in [("en-GB", ENGLISH), ("cy-GB", WELSH)] {
            assert_eq!(Language::load(tag, text).map(|l| l.tag().to_owned()), Ok(tag.to_owned()));
            assert!(Language::find(&tag.to_lowercase()).is_some());
        }
        assert_eq!(Language::find("fr-FR"), None);
    }
}
