//! The limits of an installation.

use std::str::FromStr;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;

use super::table::{Limit, OFF, TABLE};
use crate::error::Error;
use crate::graphql::trusted::Trusted;
use crate::telemetry::metrics::labels::OfLimit;

/// One limit as an installation sets it: `depth=30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    limit: Limit,
    value: u64,
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is not NAME=N, like `depth=30`"))?;
        let row = TABLE.iter().find(|row| row.name == name.trim()).ok_or_else(|| {
            let names: Vec<&str> = TABLE.iter().map(|row| row.name).collect();
            format!("there is no limit `{}`; there are {}", name.trim(), names.join(", "))
        })?;
        let value = value.trim().replace('_', "").parse().map_err(|_| format!("`{}` is not a whole number", value.trim()))?;
        if !(row.least..=row.most).contains(&value) {
            return Err(format!("{} is from {} to {}", row.name, row.least, row.most));
        }
        Ok(Self { limit: row.limit, value })
    }
}

/// What this installation takes, in all.
#[derive(Debug)]
pub struct Bounds {
    pub limits: Limits,
    /// The documents that are answered; all when there are none.
    pub trusted: Option<Trusted>,
    /// Whether the schema may be asked for.
    pub introspection: bool,
    /// Whether a browser gets GraphiQL.
    pub graphiql: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { limits: Limits::default(), trusted: None, introspection: true, graphiql: true }
    }
}

/// The value of every limit.
#[derive(Debug, Clone)]
pub struct Limits {
    values: [u64; TABLE.len()],
    /// What was refused so far, by limit.
    pub refused: Family<OfLimit, Counter>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { values: std::array::from_fn(|at| TABLE[at].default), refused: Family::default() }
    }
}

impl Limits {
    /// The defaults, but for what an installation set; the last word on a limit holds.
    pub fn of(settings: &[Setting]) -> Self {
        let mut limits = Self::default();
        for setting in settings {
            limits.values[setting.limit as usize] = setting.value;
        }
        limits
    }

    /// The same with one set to anything, allowed or not.
    #[cfg(test)]
    pub const fn set_for_test(&mut self, limit: Limit, value: u64) {
        self.values[limit as usize] = value;
    }

    /// The value of one.
    pub const fn get(&self, limit: Limit) -> u64 {
        self.values[limit as usize]
    }

    /// The value of one that counts things in memory.
    pub fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.get(limit)).unwrap_or(usize::MAX)
    }

    /// The value of one that counts seconds.
    pub const fn time(&self, limit: Limit) -> Duration {
        Duration::from_secs(self.get(limit))
    }

    /// The value of one that may be turned off; none when it is.
    pub fn rate(&self, limit: Limit) -> Option<u64> {
        Some(self.get(limit)).filter(|n| *n != OFF)
    }

    /// The sentence a client is refused with.
    pub fn words(&self, limit: Limit) -> String {
        limit.row().says.replace("{n}", &grouped(self.get(limit)))
    }

    /// The refusal of whoever passed one, counted.
    pub fn refusal(&self, limit: Limit) -> Error {
        Error::limit(self.passed(limit))
    }

    /// The sentence for whoever passed one, counted.
    pub fn passed(&self, limit: Limit) -> String {
        self.refused.get_or_create(&OfLimit { limit: limit.row().name }).inc();
        self.words(limit)
    }
}

/// A number as people read it: `400,000`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_set_by_name_and_the_last_word_holds() {
        let settings: Vec<Setting> = ["depth=30", "aliases=7", "depth=25"].iter().map(|text| text.parse().unwrap()).collect();
        let limits = Limits::of(&settings);
        assert_eq!((limits.get(Limit::Depth), limits.get(Limit::Aliases), limits.get(Limit::Tokens)), (25, 7, 20_000));
        assert_eq!(limits.words(Limit::Fields), "The document asks for more than 5,000 fields: ask in smaller parts.");
    }

    #[test]
    fn what_is_no_setting_says_what_would_be() {
        let why = |text: &str| text.parse::<Setting>().unwrap_err();
        assert_eq!(why("depth"), "`depth` is not NAME=N, like `depth=30`");
        assert!(
            why("deepness=3").starts_with("there is no limit `deepness`; there are request-bytes, document-bytes, batch, files, tokens")
        );
        assert_eq!(why("depth=deep"), "`deep` is not a whole number");
        assert_eq!(why("depth=900"), "depth is from 15 to 60");
        assert_eq!(why("batch=2"), "batch is from 1 to 1");
    }

    #[test]
    fn only_rates_can_be_turned_off() {
        let off: Vec<Setting> = vec!["operations-per-actor=0".parse().unwrap()];
        assert_eq!(Limits::of(&off).rate(Limit::OperationsOfActor), None);
        assert!("tokens=0".parse::<Setting>().is_err());
    }
}
