//! BANDS: named bands from the lowest up, with no gap and no overlap (§5.2), and the text they are written in.
//!
//! The text form is what a framework workbook's Bands column holds: `Red below 50; Amber below 80; Green`. A band
//! with a name of its own gives the colour it counts as in brackets: `Floor (Red) below 50; Stretch (Blue)`.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::judge::{Case, Verdict};
use super::{Against, Band, Colour, Shape, check_shape};
use crate::aggregate::rounded;

pub(super) fn judge(case: &Case, bands: &[Band]) -> Verdict {
    let holding = bands.iter().position(|band| band.below.is_none_or(|top| case.value < rounded(top, case.places)));
    let Some(index) = holding else {
        // Only bands that were never checked can end before the value does.
        return case.verdict(Colour::NoTarget, Against::NoBand);
    };
    let from = index.checked_sub(1).and_then(|i| bands.get(i)).and_then(|band| band.below);
    let band = &bands[index];
    case.verdict(band.colour, Against::Band { name: band.name.clone(), from, below: band.below })
}

/// Writes bands as the workbook's Bands column holds them. [`bands_from_words`] reads them back the same, provided
/// [`check_shape`] passes them.
#[must_use]
pub fn words_of_bands(bands: &[Band]) -> String {
    let mut text = String::new();
    for band in bands {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&band.name);
        // Writing to a String cannot fail.
        if band.name != band.colour.words() {
            let _ = write!(text, " ({})", band.colour.words());
        }
        if let Some(below) = band.below {
            let _ = write!(text, " below {below}");
        }
    }
    text
}

/// Reads bands from the text form, lowest first.
///
/// # Errors
/// A sentence the sender can act on: a band without a colour, a limit that is no number, or bands that
/// [`check_shape`] refuses.
pub fn bands_from_words(text: &str) -> Result<Vec<Band>, String> {
    let bands = text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(band_from_words).collect::<Result<Vec<_>, _>>()?;
    match check_shape(&Shape::Bands { bands: bands.clone() }) {
        Ok(()) => Ok(bands),
        Err(fault) => Err(fault.reason),
    }
}

fn band_from_words(text: &str) -> Result<Band, String> {
    let (label, below) = split_limit(text);
    let (name, colour) = match label.strip_suffix(')').and_then(|l| l.rsplit_once('(')) {
        Some((name, colour)) => (name.trim(), colour.trim()),
        None => (label, label),
    };
    let colour: Colour =
        colour.parse().map_err(|_| format!("{text:?} does not name a colour: write it as \"Red below 50\" or \"Floor (Red) below 50\""))?;
    // A band called by its colour alone is named in the words we print, whatever the case it was typed in.
    let name = if name == label { colour.words() } else { name };
    Ok(Band { name: name.to_owned(), colour, below })
}

/// `Floor (Red) below 1,000` into `Floor (Red)` and 1000. A name may itself hold the word: what follows the last
/// `below` has to be a number to be a limit.
fn split_limit(text: &str) -> (&str, Option<Decimal>) {
    const WORD: &[u8] = b" below ";
    let at = text.as_bytes().windows(WORD.len()).rposition(|window| window.eq_ignore_ascii_case(WORD));
    // The window begins and ends in ASCII, so both cuts fall between characters.
    let limit = at.and_then(|at| Some((text.get(..at)?.trim(), text.get(at + WORD.len()..)?)));
    match limit.and_then(|(label, number)| Some((label, number.trim().replace(',', "").parse().ok()?))) {
        Some((label, below)) => (label, Some(below)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::levels::tests::{case, dec};
    use super::*;
    use crate::measure::Polarity;

    fn band(name: &str, colour: Colour, below: &str) -> Band {
        Band { name: name.into(), colour, below: below.parse().ok() }
    }

    #[test]
    fn a_band_holds_its_lower_end_and_not_its_upper() {
        let bands = bands_from_words("Red below 50; Amber below 80; Green").unwrap();
        let verdict = |value: &str| judge(&case(value, Polarity::HigherIsBetter, "", ""), &bands);
        assert_eq!(verdict("49.94").colour, Colour::Red);
        assert_eq!(verdict("49.95").colour, Colour::Amber);
        assert_eq!(verdict("80").colour, Colour::Green);
        assert_eq!(verdict("60").reason.to_string(), "60.0 is in the band Amber, from 50.0 to below 80.0");
        assert_eq!(verdict("-3").reason.to_string(), "-3.0 is in the band Red, below 50.0");
        assert_eq!(verdict("80").reason.to_string(), "80.0 is in the band Green, 80.0 and above");
    }

    #[test]
    fn the_text_form_is_read() {
        let bands = bands_from_words(" floor (RED) Below 1,000 ;amber below 1200.50; Doing well below par (Green); ").unwrap();
        let expected =
            [band("floor", Colour::Red, "1000"), band("Amber", Colour::Amber, "1200.50"), band("Doing well below par", Colour::Green, "")];
        assert_eq!(bands, expected);
    }

    #[test]
    fn the_text_form_is_written() {
        let bands = [band("Floor", Colour::Red, "-2.5"), band("Green", Colour::Green, "4"), band("Green", Colour::Blue, "")];
        assert_eq!(words_of_bands(&bands), "Floor (Red) below -2.5; Green below 4; Green (Blue)");
        assert_eq!(bands_from_words(&words_of_bands(&bands)).unwrap(), bands);
    }

    #[test]
    fn text_that_is_no_list_of_bands_is_refused_with_the_reason() {
        for (text, reason) in [
            ("Red below fifty; Green", "does not name a colour"),
            ("Purple below 50; Green", "does not name a colour"),
            ("Red below 50; Amber below 40; Green", "ascend"),
            ("Red below 50; Amber below 80", "last band"),
            ("Red; Green", "only the last"),
            ("", "no bands"),
            ("No data below 5; Green", "is not a colour"),
        ] {
            let error = bands_from_words(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
        assert_eq!(dec("1"), Decimal::ONE);
    }
}
