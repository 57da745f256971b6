//! What a template is known by when it comes back: fingerprints of what was asked, and a signature only the council
//! could have made.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use rules::measure::{Absence, Polarity, ValueState};
use rules::status::{Thresholds, Wanted};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::sheets::HEADINGS;
use super::{Template, TemplateRow};
use crate::Language;
use crate::figures::unit_ids;
use crate::language::dashed;

/// The form the fingerprints are of. A changed form is a new number, so that old templates are told apart.
const SCHEMA: &str = "return/1";
/// Characters of a signature: 130 bits.
const SIGNATURE_CHARS: usize = 26;
/// RFC 4648: no 0, 1, 8 or 9 to be mistaken for letters.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The machine keys of one template, as its `_template` sheet carries them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Key and value, in order.
    pub pairs: Vec<(&'static str, String)>,
    /// Row key (what stands in the columns Ref and Period), indicator id and row fingerprint, in the order of the rows.
    pub rows: Vec<(String, String, String)>,
    /// In a language other than English, each word the import looks for as English has it, and as it is printed.
    pub words: Vec<(String, String)>,
    /// The fingerprint of the whole.
    pub fingerprint: String,
}

impl Stamp {
    /// The machine keys of a template, signed with the council's key.
    #[must_use]
    pub fn of(template: &Template, key: &[u8]) -> Self {
        let fingerprint = fingerprint(template);
        let pairs = vec![
            ("schema", SCHEMA.to_owned()),
            ("council id", template.council_id.clone()),
            ("council code", template.council_code.clone()),
            ("element id", template.element_id.clone()),
            ("element code", template.element_code.clone()),
            ("period", template.period.to_string()),
            ("framework edition", template.edition.clone()),
            ("issue", template.issue.to_string()),
            ("issued at", template.issued_at.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            ("fingerprint", fingerprint.clone()),
            ("signature", sign(key, &fingerprint, template.issue)),
        ];
        let rows = template.rows.iter().map(|r| (row_key(r), r.indicator_id.clone(), row_fingerprint(r))).collect();
        Self { pairs, rows, words: words(&template.language), fingerprint }
    }
}

/// `WM02 2024-05`: an indicator reported more often than the return has a row a period.
fn row_key(row: &TemplateRow) -> String {
    format!("{} {}", row.code, row.period)
}

/// Names of sheets, headings and words of lists, where they are printed otherwise than in English.
fn words(language: &Language) -> Vec<(String, String)> {
    let english = Language::english();
    let both = |id: &str| (english.say(id).to_owned(), language.say(id).to_owned());
    let coded = |set: &str, code: &str| both(&dashed(set, code));
    let mut words: Vec<(String, String)> = ["sheet-return", "yes", "no", "state-revised"].into_iter().chain(HEADINGS).map(both).collect();
    words.extend(Absence::ALL.iter().map(|absence| coded("absence", absence.code())));
    words.extend(ValueState::ALL.iter().map(|state| coded("state", state.code())));
    words.extend(Polarity::ALL.iter().map(|polarity| coded("polarity", polarity.code())));
    words.extend(unit_ids().map(both));
    words.retain(|(english, printed)| english != printed);
    words
}

/// SHA-256 over what the whole template asks, in base32 (52 characters). Neither the issue nor the time is part of it:
/// two issues that ask the same have the same fingerprint.
#[must_use]
pub fn fingerprint(template: &Template) -> String {
    let mut text = String::new();
    for (name, value) in [
        ("schema", SCHEMA),
        ("council", &template.council_id),
        ("element", &template.element_id),
        ("period", &template.period.to_string()),
        ("framework", &template.framework),
        ("edition", &template.edition),
    ] {
        field(&mut text, name, value);
    }
    for row in &template.rows {
        field(&mut text, "row", &canonical(row));
    }
    base32(&Sha256::digest(text.as_bytes()))
}

/// The same for one row: equal as long as what it asks has not changed.
#[must_use]
pub fn row_fingerprint(row: &TemplateRow) -> String {
    let mut text = String::new();
    field(&mut text, "schema", SCHEMA);
    text.push_str(&canonical(row));
    base32(&Sha256::digest(text.as_bytes()))
}

/// HMAC-SHA-256 with the council's key over a fingerprint and an issue number: 26 characters of base32.
#[must_use]
pub fn sign(key: &[u8], fingerprint: &str, issue: u32) -> String {
    let mut text = String::new();
    field(&mut text, "fingerprint", fingerprint);
    field(&mut text, "issue", &issue.to_string());
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    let mut signature = base32(&mac.finalize().into_bytes());
    signature.truncate(SIGNATURE_CHARS);
    signature
}

/// Whether a signature is the council's own. Takes as long for a wrong one as for a right one.
#[must_use]
pub fn is_signed(key: &[u8], fingerprint: &str, issue: u32, signature: &str) -> bool {
    let right = sign(key, fingerprint, issue);
    let differ = right.bytes().zip(signature.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    differ == 0 && right.len() == signature.len()
}

/// Everything a row asks, in one order. Lengths stand before values, so that no two rows read alike.
fn canonical(row: &TemplateRow) -> String {
    let figure = |value: Option<Decimal>| value.map_or_else(String::new, |v| v.normalize().to_string());
    let Thresholds { target, intervention, lower, upper, intervention_lower, intervention_upper } = row.thresholds;
    let wanted = row.wanted.map_or_else(String::new, |Wanted { from, to, below }| {
        format!("{} to {}{}", figure(from), if below { "below " } else { "" }, figure(to))
    });
    let mut text = String::new();
    for (name, value) in [
        ("indicator", row.indicator_id.clone()),
        ("version", row.definition_version.to_string()),
        ("period", row.period.to_string()),
        ("unit", row.unit.clone()),
        ("decimals", row.decimals.to_string()),
        ("better is", row.polarity.code().to_owned()),
        ("target", figure(target)),
        ("intervention", figure(intervention)),
        ("lower", figure(lower)),
        ("upper", figure(upper)),
        ("intervention lower", figure(intervention_lower)),
        ("intervention upper", figure(intervention_upper)),
        ("numerator", row.numerator.is_some().to_string()),
        ("denominator", row.denominator.is_some().to_string()),
        ("wanted", wanted),
    ] {
        field(&mut text, name, &value);
    }
    text
}

fn field(text: &mut String, name: &str, value: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{name}:{}:{value}", value.len());
}

fn base32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(BASE32[(held >> bits) as usize & 31]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(char::from(BASE32[(held << (5 - bits)) as usize & 31]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_agrees_with_the_standard() {
        // RFC 4648, section 10, without padding.
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
        assert_eq!(base32(b"f"), "MY");
    }

    #[test]
    fn a_signature_holds_for_one_fingerprint_one_issue_and_one_key() {
        let signature = sign(b"key", "ABC", 2);
        assert_eq!(signature.len(), 26);
        assert!(is_signed(b"key", "ABC", 2, &signature));
        assert!(!is_signed(b"key", "ABC", 3, &signature));
        assert!(!is_signed(b"other", "ABC", 2, &signature));
        assert!(!is_signed(b"key", "ABC", 2, &signature[..25]));
    }
}
