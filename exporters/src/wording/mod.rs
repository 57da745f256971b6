//! What the rules found, in the pack's language: why a status is what it is, how it is set, why an indicator is among
//! the exceptions, and what changed. The rules give all of it as data.

use rules::measure::Polarity;
use rules::status::{Against, Aimed, Band, Colour, Margin, Reason, Shape, Status, Then, Thresholds, Tolerance};
use rules::travel::Direction;
use rust_decimal::Decimal;

use crate::figures::float;
use crate::language::tell;
use crate::pack::{HowSet, PackRule};
use crate::reading::{Read, Reading};
use crate::text;

mod changes;
pub(crate) mod delivery;

pub(crate) use changes::{stood, trigger, why};

/// `Corporate Performance Framework 2023/24`: the edition once only, and no two years side by side.
pub(crate) fn framework(read: &Read) -> String {
    let (title, edition) = (text::title(&read.pack.framework), text::title(&read.pack.edition));
    if edition.is_empty() || title.contains(&edition) {
        title
    } else if title.ends_with(|last: char| last.is_ascii_digit()) {
        tell!(read.language, "framework-edition", title = title, edition = edition)
    } else {
        format!("{title} {edition}")
    }
}

pub(crate) fn direction<'a>(read: &Read<'a>, direction: Option<Direction>) -> &'a str {
    read.language.word("direction", direction.unwrap_or(Direction::NotComparable).code())
}

/// Why a status of an indicator is what it is, and by which rule.
pub(crate) fn because(read: &Read, reading: &Reading, status: &Status) -> String {
    let why = reason(read, &status.reason);
    match &reading.indicator.how_status_is_set {
        HowSet::Rule { own, applies_from, .. } if status.by_rule => {
            let id = if *own { "because-by-own-rule" } else { "because-by-framework-rule" };
            tell!(read.language, id, because = why, day = read.language.day(*applies_from))
        }
        _ => why,
    }
}

fn reason(read: &Read, reason: &Reason) -> String {
    let id = match reason {
        Reason::Suppressed => "because-suppressed",
        Reason::NothingOwed => "because-nothing-owed",
        Reason::NotCollected => "because-not-collected",
        Reason::NotReached => "because-not-reached",
        Reason::NoneGiven => "because-none-given",
        Reason::NotOwedYet => "because-not-owed-yet",
        Reason::Contextual => "because-contextual",
        Reason::NoRule => "because-no-rule",
        Reason::NobodyChose => "because-nobody-chose",
        Reason::NoForecast => "because-no-forecast",
        Reason::ChosenNotForecast => "because-chosen-not-forecast",
        Reason::Chosen(colour) => return tell!(read.language, "because-chosen", status = read.word(*colour)),
        Reason::Value { value, places, against } => return held(read, *value, *places, against),
    };
    read.say(id).to_owned()
}

fn held(read: &Read, value: Decimal, places: u32, against: &Against) -> String {
    let language = read.language;
    let figure = |value: Decimal| rules::aggregate::shown(value, places);
    let own = figure(value);
    match against {
        Against::NoTarget => tell!(language, "because-no-target", value = own),
        Against::NoRange => tell!(language, "because-no-range", value = own),
        Against::NoPreference => tell!(language, "because-no-preference", value = own),
        Against::NoBand => tell!(language, "because-no-band", value = own),
        Against::Inside { lower: Some(low), upper: Some(high) } => {
            tell!(language, "because-inside", value = own, low = figure(*low), high = figure(*high))
        }
        Against::Inside { lower: Some(low), upper: None } => tell!(language, "because-not-below", value = own, low = figure(*low)),
        Against::Inside { lower: None, upper } => {
            tell!(language, "because-not-above", value = own, high = upper.map(figure).unwrap_or_default())
        }
        Against::Band { name, from, below } => {
            let (band, from, below) = (text::clean(name), from.map(figure), below.map(figure));
            match (from, below) {
                (Some(from), Some(below)) => tell!(language, "because-band-between", value = own, band = band, from = from, below = below),
                (Some(from), None) => tell!(language, "because-band-from", value = own, band = band, from = from),
                (None, Some(below)) => tell!(language, "because-band-below", value = own, band = band, below = below),
                (None, None) => tell!(language, "because-band", value = own, band = band),
            }
        }
        Against::Aim { aim, target, then } => {
            let side = match value.cmp(target) {
                std::cmp::Ordering::Less => "below",
                std::cmp::Ordering::Equal => "on",
                std::cmp::Ordering::Greater => "above",
            };
            let aim = match aim {
                Aimed::Target => "target",
                Aimed::Lower => "lower",
                Aimed::Upper => "upper",
            };
            let stands = tell!(language, "because-aim", value = own, side = side, aim = aim, target = figure(*target));
            came_to(read, stands, (side, aim), *then, figure)
        }
    }
}

fn came_to(read: &Read, stands: String, (side, aim): (&str, &str), then: Then, figure: impl Fn(Decimal) -> String) -> String {
    let language = read.language;
    let tolerance = |of: Tolerance| tell!(language, "tolerance", margin = margin(read, of.margin, false), ends = figure(of.ends));
    let beyond = |id: &str, of: Tolerance| tell!(language, id, stands = stands.as_str(), tolerance = tolerance(of));
    let compared = |id: &str, of: Tolerance, before: Decimal| {
        tell!(language, id, stands = stands.as_str(), tolerance = tolerance(of), before = figure(before))
    };
    match then {
        Then::Reached => stands,
        Then::Bettered(by) => tell!(language, "then-bettered", stands = stands, margin = margin(read, by, false)),
        Then::NoLevel => tell!(language, "then-no-level", stands = stands, aim = aim),
        Then::Tolerated(level) => tell!(language, "then-tolerated", stands = stands, side = side, aim = aim, level = figure(level)),
        Then::Passed(level) => tell!(language, "then-passed", stands = stands, side = side, aim = aim, level = figure(level)),
        Then::Within(of) => beyond("then-within", of),
        Then::Beyond(of) => beyond("then-beyond", of),
        Then::BeyondAlone(of) => beyond("then-beyond-alone", of),
        Then::BeyondWorse(of, before) => compared("then-beyond-worse", of, before),
        Then::BeyondNoWorse(of, before) => compared("then-beyond-no-worse", of, before),
    }
}

/// `10%`, `10% of the target`, `2 points`.
fn margin(read: &Read, margin: Margin, of_target: bool) -> String {
    match margin {
        Margin::Percent(percent) => {
            let id = if of_target { "margin-percent-of-target" } else { "margin-percent" };
            tell!(read.language, id, figure = percent.normalize().to_string())
        }
        Margin::Points(points) => tell!(read.language, "margin-points", n = float(points)),
    }
}

/// A rule of the Key: whose, from when, and what it says.
pub(crate) fn rule(read: &Read, of: &PackRule) -> String {
    let (day, rule) = (read.language.day(of.applies_from), shape(read, &of.shape));
    match &of.of {
        Some(code) => tell!(read.language, "rule-own", code = text::clean(code), day = day, rule = rule),
        None => tell!(read.language, "rule-framework", day = day, rule = rule),
    }
}

fn shape(read: &Read, shape: &Shape) -> String {
    let language = read.language;
    let (green, amber, red) = (read.word(Colour::Green), read.word(Colour::Amber), read.word(Colour::Red));
    match shape {
        Shape::Levels => tell!(language, "shape-levels", green = green, amber = amber, red = red),
        Shape::Tolerance { amber: by, blue } => {
            let rule = tell!(language, "shape-tolerance", green = green, amber = amber, red = red, margin = margin(read, *by, true));
            match blue {
                Some(by) => {
                    tell!(language, "shape-tolerance-blue", rule = rule, blue = read.word(Colour::Blue), margin = margin(read, *by, true))
                }
                None => rule,
            }
        }
        Shape::ToleranceWithDirection { amber: by } => {
            tell!(language, "shape-direction", green = green, amber = amber, red = red, margin = margin(read, *by, true))
        }
        Shape::Range => tell!(language, "shape-range", green = green, amber = amber, red = red),
        Shape::Bands { bands } => {
            tell!(language, "shape-bands", bands = bands_words(read, bands, |limit| limit.normalize().to_string()))
        }
        Shape::Words => read.say("shape-words").to_owned(),
    }
}

fn bands_words(read: &Read, bands: &[Band], figure: impl Fn(Decimal) -> String) -> String {
    let said: Vec<String> = bands
        .iter()
        .map(|band| {
            let (name, status) = (text::clean(&band.name), read.word(band.colour));
            let plain = name.eq_ignore_ascii_case(band.colour.words()) || name.eq_ignore_ascii_case(&status);
            let name = if plain { status } else { tell!(read.language, "band-name", band = name, status = status) };
            match band.below {
                Some(limit) => tell!(read.language, "band-below", band = name, limit = figure(limit)),
                None => tell!(read.language, "band-last", band = name),
            }
        })
        .collect();
    said.join(", ")
}

/// The rule in force for an indicator's latest figure, with its thresholds.
pub(crate) fn how_set(read: &Read, reading: &Reading) -> String {
    match &reading.indicator.how_status_is_set {
        HowSet::Contextual => read.say("how-contextual").to_owned(),
        HowSet::NothingDue => read.say("how-nothing-due").to_owned(),
        HowSet::NoRule => read.say("how-no-rule").to_owned(),
        HowSet::Rule { shape, thresholds, .. } => with_thresholds(read, reading, shape, thresholds),
    }
}

fn with_thresholds(read: &Read, reading: &Reading, of: &Shape, thresholds: &Thresholds) -> String {
    let language = read.language;
    let figure = |value: Decimal| reading.shown.words(language, value);
    let polarity = reading.indicator.polarity;
    match of {
        Shape::Bands { bands } => return text::capital(&bands_words(read, bands, figure)),
        Shape::Words => return read.say("how-chosen").to_owned(),
        _ => {}
    }
    if matches!(of, Shape::Range) || polarity == Polarity::WithinRange {
        return range(read, reading, thresholds);
    }
    if polarity == Polarity::None {
        return read.say("how-no-preference").to_owned();
    }
    let Some(target) = thresholds.target.map(figure) else { return read.say("how-no-target").to_owned() };
    let less = polarity == Polarity::LowerIsBetter;
    let id = |more: &'static str, fewer: &'static str| if less { fewer } else { more };
    let (green, amber, red) = (read.word(Colour::Green), read.word(Colour::Amber), read.word(Colour::Red));
    match (of, thresholds.intervention.map(figure)) {
        (Shape::Levels, Some(level)) => {
            let id = id("how-levels-more", "how-levels-less");
            tell!(language, id, green = green, amber = amber, red = red, target = target, level = level)
        }
        (Shape::Levels, None) => {
            tell!(language, id("how-target-more", "how-target-less"), green = green, red = red, target = target)
        }
        (other, _) => tell!(language, id("how-shape-more", "how-shape-less"), target = target, rule = shape(read, other)),
    }
}

fn range(read: &Read, reading: &Reading, thresholds: &Thresholds) -> String {
    let language = read.language;
    let figure = |value: Decimal| reading.shown.words(language, value);
    let between = |low: Option<Decimal>, high: Option<Decimal>| match (low.map(figure), high.map(figure)) {
        (Some(low), Some(high)) => Some(tell!(language, "range-between", low = low, high = high)),
        (Some(low), None) => Some(tell!(language, "range-least", low = low)),
        (None, Some(high)) => Some(tell!(language, "range-most", high = high)),
        (None, None) => None,
    };
    let Some(target) = between(thresholds.lower, thresholds.upper) else { return read.say("how-no-range").to_owned() };
    let (green, amber, red) = (read.word(Colour::Green), read.word(Colour::Amber), read.word(Colour::Red));
    match between(thresholds.intervention_lower, thresholds.intervention_upper) {
        Some(level) => tell!(language, "how-range", green = green, amber = amber, red = red, target = target, level = level),
        None => tell!(language, "how-range-target", green = green, red = red, target = target),
    }
}
