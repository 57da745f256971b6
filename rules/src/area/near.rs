//! Finding a place by what somebody wrote.

use super::name::{pieces, place_key, slips, unlike};
use super::register::capital;
use super::{Area, Register, is_area_code};

/// Longer than any code with slips in it.
const CODE_BYTES_MAX: usize = 16;
/// More slips than this make another code.
const SLIPS_MAX: usize = 2;
/// Names that share less are not near.
const UNLIKE_MAX: usize = 60;

impl Register {
    /// Places of a name, however it is spelt ([`place_key`]), by code. Several where names are alike or a name was
    /// given again.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<&Area> {
        let rows = self.by_name.get(&place_key(name)).map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter_map(|row| self.areas.get(*row)).collect()
    }

    /// Places whose code, or whose name, is nearest to a text that is none: the likest first, at most `most`.
    ///
    /// A code may be two slips of the hand away. When more places than `most` are equally near, none is suggested: one
    /// that might be any of forty helps nobody.
    #[must_use]
    pub fn nearest(&self, text: &str, most: usize) -> Vec<&Area> {
        let text = text.trim();
        let looks_like_a_code = text.chars().filter(char::is_ascii_digit).count() >= 5 && text.len() <= CODE_BYTES_MAX;
        if looks_like_a_code { self.nearest_codes(&capital(text), most) } else { self.nearest_names(text, most) }
    }

    fn nearest_codes(&self, code: &str, most: usize) -> Vec<&Area> {
        let mut near: Vec<(usize, &Area)> = Vec::new();
        for area in self.areas.iter().filter(|area| is_area_code(&area.code)) {
            let slips = slips(code.as_bytes(), area.code.as_bytes());
            let least = near.first().map_or(SLIPS_MAX, |(least, _)| *least);
            if slips < least {
                near.clear();
            }
            if slips <= least && near.last().is_none_or(|(_, last)| last.code != area.code) {
                near.push((slips, area));
            }
        }
        if near.len() > most { Vec::new() } else { near.into_iter().map(|(_, area)| area).collect() }
    }

    fn nearest_names(&self, name: &str, most: usize) -> Vec<&Area> {
        let wanted = pieces(&place_key(name));
        let mut near: Vec<(usize, &Area)> =
            self.areas.iter().zip(&self.pieces).map(|(area, known)| (unlike(&wanted, known), area)).collect();
        near.retain(|(unlike, _)| *unlike <= UNLIKE_MAX);
        near.sort_by(|(a, one), (b, other)| (a, &one.code).cmp(&(b, &other.code)));
        near.truncate(most);
        near.into_iter().map(|(_, area)| area).collect()
    }
}
