//! The register of places, and who followed whom.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::AuthorityType;
use super::name::{pieces, place_key};
use crate::closed_set;
use crate::period::Period;

/// A place figures are published for, under one code and one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The statisticians' code: `E07000011`.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What sort of authority it is, if any.
    pub kind: AuthorityType,
    /// The region of England it lies in, in the words of whoever keeps the register.
    pub region: Option<String>,
    /// Its first day; none when it stood before anything that is compared.
    pub from: Option<NaiveDate>,
    /// Its last day; none while it stands or while only a [`Succession`] says when it ended.
    pub until: Option<NaiveDate>,
}

closed_set! {
    /// What became of a place.
    SuccessionKind {
        /// The same place under a new code or name: its figures go on.
        Renamed = "RENAMED", "Renamed";
        /// It became one with others: the successor's figures are its own.
        Merged = "MERGED", "Merged";
        /// It ended, and its ground went to the successor.
        Abolished = "ABOLISHED", "Abolished";
        /// Its ground went to several.
        Split = "SPLIT", "Split";
    }
}

/// One place followed by another. A place that goes on after a part of it split off follows itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The code of who was followed.
    pub from: String,
    /// The code of who followed.
    pub to: String,
    /// The successor's first day.
    pub on: NaiveDate,
    /// What became of the first.
    pub kind: SuccessionKind,
}

/// Whether a place stood in a period. Who stands on the last day of a period answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Standing {
    /// It stood on the period's last day.
    Stood,
    /// Its first day comes after the period.
    NotYet,
    /// It had ended by then.
    Ended {
        /// Codes of who had its ground on that day, in order; empty when the register does not say.
        successors: Vec<String>,
    },
}

/// Every place that is known, by code, by name and by what became of it. Codes are compared without case.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// By code, then by first day: a place that changed its name and kept its code has a row for each.
    pub(super) areas: Vec<Area>,
    /// By date, then by codes.
    pub(super) successions: Vec<Succession>,
    /// Where the rows of a code are in `areas`.
    pub(super) by_code: HashMap<String, Vec<usize>>,
    pub(super) by_name: HashMap<String, Vec<usize>>,
    /// Of each row in `areas`, the pieces of its name's key.
    pub(super) pieces: Vec<Vec<[char; 3]>>,
    /// Where the successions from and to a code are in `successions`.
    pub(super) onward: HashMap<String, Vec<usize>>,
    pub(super) back: HashMap<String, Vec<usize>>,
}

impl Register {
    /// A register of these places and successions, in whatever order they come; codes are put in capitals.
    #[must_use]
    pub fn new(mut areas: Vec<Area>, mut successions: Vec<Succession>) -> Self {
        for area in &mut areas {
            area.code = capital(&area.code);
        }
        for succession in &mut successions {
            succession.from = capital(&succession.from);
            succession.to = capital(&succession.to);
        }
        areas.sort_by(|a, b| (&a.code, a.from, &a.name).cmp(&(&b.code, b.from, &b.name)));
        successions.sort_by(|a, b| (a.on, &a.from, &a.to).cmp(&(b.on, &b.from, &b.to)));
        let mut register = Self::default();
        for (row, area) in areas.iter().enumerate() {
            let key = place_key(&area.name);
            register.pieces.push(pieces(&key));
            register.by_code.entry(area.code.clone()).or_default().push(row);
            register.by_name.entry(key).or_default().push(row);
        }
        for (row, succession) in successions.iter().enumerate() {
            register.onward.entry(succession.from.clone()).or_default().push(row);
            register.back.entry(succession.to.clone()).or_default().push(row);
        }
        Self { areas, successions, ..register }
    }

    /// Every place, by code.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The place with a code, under its latest name.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Area> {
        self.rows(code).last()
    }

    /// Whether a place stood on the last day of a period; none for a code nobody knows.
    #[must_use]
    pub fn standing(&self, code: &str, period: Period) -> Option<Standing> {
        let (code, day) = (capital(code), period.end());
        let mut rows = self.rows(&code).peekable();
        rows.peek()?;
        let (mut begun, mut stood) = (false, false);
        let ended = self.ended(&code, day);
        for area in rows {
            begun |= area.from.is_none_or(|from| from <= day);
            stood |= area.from.is_none_or(|from| from <= day) && area.until.is_none_or(|until| day <= until);
        }
        Some(match (begun, stood && !ended) {
            (false, _) => Standing::NotYet,
            (true, true) => Standing::Stood,
            (true, false) => Standing::Ended { successors: self.successors(&code, day).into_iter().map(str::to_owned).collect() },
        })
    }

    fn rows(&self, code: &str) -> impl Iterator<Item = &Area> {
        let rows = self.by_code.get(&capital(code)).map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter_map(|row| self.areas.get(*row))
    }

    pub(super) fn onward(&self, code: &str) -> impl Iterator<Item = &Succession> {
        let rows = self.onward.get(code).map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter_map(|row| self.successions.get(*row))
    }

    /// Whether the place had been followed by a day: by others, and not by itself too. Made again, it stands again.
    fn ended(&self, code: &str, day: NaiveDate) -> bool {
        let mut ended = None;
        for s in self.onward(code).filter(|s| s.on <= day) {
            ended = match ended {
                Some((on, true)) if on == s.on => ended,
                _ => Some((s.on, s.to == s.from)),
            };
        }
        let made_again = |since: NaiveDate| {
            let rows = self.back.get(code).map(Vec::as_slice).unwrap_or_default();
            rows.iter().filter_map(|row| self.successions.get(*row)).any(|s| s.from != s.to && since < s.on && s.on <= day)
        };
        ended.is_some_and(|(on, follows_itself)| !follows_itself && !made_again(on))
    }
}

pub(super) fn capital(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}
