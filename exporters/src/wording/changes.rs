//! Why an indicator is among the exceptions, and what reads otherwise than in the last pack.

use rules::exception::Trigger;
use rules::status::{Colour, Thresholds};
use rust_decimal::Decimal;

use crate::figures::Shown;
use crate::language::tell;
use crate::pack::{PackRevision, Stood, Why};
use crate::reading::{Read, Reading};
use crate::text;

/// Why an indicator is among the exceptions; counted in periods of so many months.
pub(crate) fn trigger(read: &Read, reading: Option<&Reading>, trigger: Trigger, months: u32) -> String {
    let language = read.language;
    let figure = |value: Decimal| reading.map_or_else(|| value.normalize().to_string(), |of| of.words(value));
    match trigger {
        Trigger::Red(n) => tell!(language, "trigger-red", n = n, months = months, red = read.word(Colour::Red)),
        Trigger::Fell(before) => tell!(language, "trigger-fell", status = read.word(before), months = months),
        Trigger::AmberAndWorsening => tell!(language, "trigger-amber-worsening", amber = read.word(Colour::Amber)),
        Trigger::AmberRunning(n) => {
            tell!(language, "trigger-amber-running", n = n, months = months, amber = read.word(Colour::Amber))
        }
        Trigger::Forecast(colour) => tell!(language, "trigger-forecast", status = read.word(colour)),
        Trigger::NoResult(n) => tell!(language, "trigger-no-result", n = n, months = months),
        Trigger::Missed(n) => tell!(language, "trigger-missed", n = n, months = months),
        Trigger::Revised(from, to) => tell!(language, "trigger-revised", from = figure(from), to = figure(to)),
        Trigger::Linked(n) => tell!(language, "trigger-linked", n = n),
        Trigger::SpecialCause => read.say("trigger-special-cause").to_owned(),
        Trigger::WorstQuarter => read.say("trigger-worst-quarter").to_owned(),
        Trigger::Improved => read.say("trigger-improved").to_owned(),
        Trigger::WrongWay => read.say("trigger-wrong-way").to_owned(),
        Trigger::Recovered(colour) => tell!(language, "trigger-recovered", status = read.word(colour)),
    }
}

/// What stood before a change, or stands after it.
pub(crate) fn stood(read: &Read, of: &PackRevision, stood: &Stood) -> String {
    let language = read.language;
    let figure = |value: Decimal| Shown::new(&of.unit, of.decimals).words(language, value);
    match stood {
        Stood::Figure { period, value, absence } => {
            let reading = match (absence, value) {
                (Some(absence), _) => language.word("absence", absence.code()).to_owned(),
                (None, Some(value)) => figure(*value),
                (None, None) => read.say("no-value").to_owned(),
            };
            tell!(language, "stood-in", reading = reading, period = language.period(*period))
        }
        Stood::Thresholds { period, thresholds } => {
            let said = thresholds_words(read, thresholds, figure);
            tell!(language, "stood-for", thresholds = said, period = language.period(*period))
        }
        Stood::Definition { title, definition } => format!("{}: {}", text::clean(title), text::clean(definition)),
        Stood::NotInFramework => read.say("stood-not-in-framework").to_owned(),
    }
}

fn thresholds_words(read: &Read, of: &Thresholds, figure: impl Fn(Decimal) -> String) -> String {
    let language = read.language;
    let one = |id: &str, value: Option<Decimal>| Some(tell!(language, id, value = figure(value?)));
    let range = |id: &str, one_id: &str, low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
        (Some(low), Some(high)) => Some(tell!(language, id, low = figure(low), high = figure(high))),
        (low, high) => one(one_id, low.or(high)),
    };
    let said: Vec<String> = [
        one("stood-target", of.target),
        one("stood-level", of.intervention),
        range("stood-range", "stood-range-one", of.lower, of.upper),
        range("stood-level-range", "stood-level-range-one", of.intervention_lower, of.intervention_upper),
    ]
    .into_iter()
    .flatten()
    .collect();
    if said.is_empty() { read.say("stood-no-target").to_owned() } else { said.join(", ") }
}

/// Why it changed; empty where nobody said.
pub(crate) fn why(read: &Read, why: &Why) -> String {
    match why {
        Why::NotSaid => String::new(),
        Why::Withheld => read.say("words-withheld").to_owned(),
        Why::Said(words) => words.clone(),
        Why::Withdrawn => read.say("why-withdrawn").to_owned(),
        Why::AppliesFrom(period) => tell!(read.language, "why-applies-from", period = read.language.period(*period)),
    }
}
