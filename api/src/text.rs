//! Text that people write and others read: what is asked of all of it before it is kept.

use crate::error::UserError;

/// A text an act asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Characters it has at most.
    pub most: usize,
    /// Code of what is said where it is missing.
    pub missing: &'a str,
    /// What to say: `why`, `who decided`.
    pub say: &'a str,
    /// Path of the input field.
    pub field: &'a [&'a str],
}

impl<'a> Asked<'a> {
    /// A reason.
    pub const fn why(most: usize, field: &'a [&'a str]) -> Self {
        Self { most, missing: "REASON_NEEDED", say: "why", field }
    }

    /// Another text.
    pub const fn what(most: usize, say: &'a str, field: &'a [&'a str]) -> Self {
        Self { most, missing: "TEXT_NEEDED", say, field }
    }

    /// The text without what stands around it; refused where there is nothing left, it is longer than people read, or it holds
    /// what nobody can write: control characters other than line breaks and tabulators.
    pub fn read(&self, given: &str) -> Result<String, UserError> {
        let Self { most, missing, say, field } = *self;
        let text = given.trim().replace("\r\n", "\n");
        let refused = |code: &str, message: String| Err(UserError::new(code, message, Some(field)));
        if text.is_empty() {
            return refused(missing, format!("Say {say}, in {most} characters at most."));
        }
        let length = text.chars().count();
        if length > most {
            return refused("TEXT_TOO_LONG", format!("That has {length} characters: say {say} in {most} at most."));
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return refused("TEXT_UNUSABLE", format!("Say {say} without control characters."));
        }
        Ok(text)
    }

    /// The same of a text that may be missing: blank is none.
    pub fn read_if_any(&self, given: Option<&str>) -> Result<Option<String>, UserError> {
        given.filter(|given| !given.trim().is_empty()).map(|given| self.read(given)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_a_code_of_its_own() {
        let asked = Asked::why(5, &["input", "reason"]);
        let code = |given: &str| asked.read(given).map_err(|error| error.code);
        assert_eq!(code("  abcde\n"), Ok("abcde".to_owned()));
        assert_eq!(code("a\r\nb\tc"), Ok("a\nb\tc".to_owned()));
        for (given, expected) in [
            ("", "REASON_NEEDED"),
            (" \t\n", "REASON_NEEDED"),
            ("abcdef", "TEXT_TOO_LONG"),
            ("a\u{7}b", "TEXT_UNUSABLE"),
            ("\u{0}", "TEXT_UNUSABLE"),
        ] {
            assert_eq!(code(given), Err(expected.to_owned()), "{given:?}");
        }
        assert_eq!(Asked::what(5, "what", &["input"]).read("").map_err(|error| error.code), Err("TEXT_NEEDED".to_owned()));
        assert_eq!(asked.read_if_any(Some("  ")), Ok(None));
        assert_eq!(asked.read_if_any(None), Ok(None));
        assert_eq!(asked.read_if_any(Some("abcdef")).map_err(|error| error.code), Err("TEXT_TOO_LONG".to_owned()));
    }
}
