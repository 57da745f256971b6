//! Who followed whom: successors through chains, predecessors, and the line of figures of one place.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::register::capital;
use super::{Register, Succession, SuccessionKind};

impl Register {
    /// Codes of who has a place's ground on a day, in order, through every succession until then; the place itself among
    /// them where a part of it split off and it stood on. Empty while nothing became of it, and when the register does
    /// not say who followed, or says it in a circle.
    #[must_use]
    pub fn successors(&self, code: &str, on: NaiveDate) -> Vec<&str> {
        let code = capital(code);
        let Some((start, _)) = self.onward.get_key_value(&code) else { return Vec::new() };
        let mut found = BTreeSet::new();
        // Each state is a place and the day from which its successions count; every one is looked at once, so that
        // circles end and the work is bounded by the number of successions.
        let mut seen = BTreeSet::new();
        let mut open = vec![(start.as_str(), NaiveDate::MIN)];
        while let Some((place, since)) = open.pop() {
            if !seen.insert((place, since)) {
                continue;
            }
            let next: Vec<&Succession> = self.next(place, since, on).collect();
            if next.is_empty() {
                found.insert(place);
            }
            open.extend(next.iter().map(|s| {
                // Who follows itself stands on: only what comes later follows it then.
                let counts = if s.to == s.from { s.on.succ_opt().unwrap_or(s.on) } else { s.on };
                (s.to.as_str(), counts)
            }));
        }
        if found.len() == 1 && found.contains(code.as_str()) {
            found.clear();
        }
        found.into_iter().collect()
    }

    /// Codes of who has a place's ground when everything the register tells of has come to pass.
    #[must_use]
    pub fn successors_at_last(&self, code: &str) -> Vec<&str> {
        self.successors(code, NaiveDate::MAX)
    }

    /// Who a place took its ground from: the successions to it, or to the codes it had before, that are no renaming.
    /// By date, then by code.
    #[must_use]
    pub fn predecessors(&self, code: &str) -> Vec<&Succession> {
        let line = self.line(code);
        let rows: BTreeSet<usize> = line.iter().filter_map(|code| self.back.get(*code)).flatten().copied().collect();
        rows.into_iter().filter_map(|row| self.successions.get(row)).filter(|s| !line.contains(&s.from.as_str())).collect()
    }

    /// Whether a place's ground went to more than one when it ended, so that its counts are nobody's as they are.
    #[must_use]
    pub fn divided(&self, code: &str) -> bool {
        let mut days: Vec<NaiveDate> = self.onward(&capital(code)).map(|s| s.on).collect();
        days.dedup();
        days.last().is_some_and(|day| self.onward(&capital(code)).filter(|s| s.on == *day).count() > 1)
    }

    /// Codes that are the same place: those it was and is renamed from and to, itself among them, oldest first. The
    /// figures of all of them are one line.
    ///
    /// A place that merged, was abolished or split never goes on as another: a merged council's figures are not its
    /// predecessor's. Two places renamed to one are a merger, and one renamed to two is a split, whatever they are
    /// called, and no line goes through them.
    #[must_use]
    pub fn line(&self, code: &str) -> Vec<&str> {
        let code = capital(code);
        let known = self.by_code.get_key_value(&code).map(|(code, _)| code);
        let known = known.or_else(|| self.onward.get_key_value(&code).map(|(code, _)| code));
        let Some(code) = known.or_else(|| self.back.get_key_value(&code).map(|(code, _)| code)) else { return Vec::new() };
        let mut line = vec![code.as_str()];
        let mut oldest = code.as_str();
        while let Some(before) = self.renamed(&self.back, oldest, |s| &s.from).filter(|before| !line.contains(before)) {
            line.insert(0, before);
            oldest = before;
        }
        let mut newest = code.as_str();
        while let Some(after) = self.renamed(&self.onward, newest, |s| &s.to).filter(|after| !line.contains(after)) {
            line.push(after);
            newest = after;
        }
        line
    }

    /// The successions of the first day from `since` until `on` that has any.
    fn next(&self, code: &str, since: NaiveDate, on: NaiveDate) -> impl Iterator<Item = &Succession> {
        let first = self.onward(code).map(|s| s.on).find(|day| since <= *day);
        self.onward(code).filter(move |s| Some(s.on) == first && s.on <= on)
    }

    /// The one code on the other side of the one renaming of a code, if it is one.
    fn renamed<'a>(
        &'a self,
        side: &HashMap<String, Vec<usize>>,
        code: &str,
        other: impl Fn(&'a Succession) -> &'a String,
    ) -> Option<&'a str> {
        let through = |side: &HashMap<String, Vec<usize>>, code: &str| -> Vec<&'a Succession> {
            let rows = side.get(code).map(Vec::as_slice).unwrap_or_default();
            rows.iter().filter_map(|row| self.successions.get(*row)).filter(|s| s.from != s.to).collect()
        };
        let renaming = |s: &&Succession| s.kind == SuccessionKind::Renamed;
        let found = through(side, code);
        let [one] = found.iter().filter(|s| renaming(s)).collect::<Vec<_>>()[..] else { return None };
        // Neither end may be renamed from or to somebody else besides.
        let alone = through(&self.onward, &one.from).iter().filter(|s| renaming(s)).count() == 1
            && through(&self.back, &one.to).iter().filter(|s| renaming(s)).count() == 1;
        alone.then(|| other(one).as_str())
    }
}
