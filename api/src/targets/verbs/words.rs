//! What people write about a proposal, within what others will read.

use crate::error::Refusal;
use crate::text::Asked;

/// A reason, or what a proposal rests on. Longer is a document.
pub const REASON_CHARACTERS_MAX: usize = 2_000;
/// What a forum said.
pub const COMMENT_CHARACTERS_MAX: usize = 4_000;
/// The name of a body, or a reference to its minutes.
pub const NAME_CHARACTERS_MAX: usize = 200;

/// A text that has to be there.
pub struct Wanted {
    /// Code of what is said where it is missing.
    pub code: &'static str,
    pub field: &'static str,
    /// What to say: `why`, `who decided`.
    pub say: &'static str,
    pub most: usize,
}

impl Wanted {
    /// The text without what stands around it.
    pub fn read(&self, given: &str) -> Result<String, Refusal> {
        Ok(Asked { most: self.most, missing: self.code, say: self.say, field: &["input", self.field] }.read(given)?)
    }

    /// The same of a text that may be missing.
    pub fn read_if_there(&self, given: Option<&str>) -> Result<Option<String>, Refusal> {
        given.map(str::trim).filter(|text| !text.is_empty()).map(|text| self.read(text)).transpose()
    }
}
