//! How status is set, in sentences: each rule of the edition for the pack's key, and each indicator's own thresholds.

use rules::measure::{Polarity, Purpose};
use rules::status::{Band, Margin, Shape, Thresholds};
use rust_decimal::Decimal;

use super::figures::Measure;
use crate::frameworks::Catalogue;

/// A sentence for each rule of the edition itself, and one for each rule of their own that indicators shown have.
pub fn of_edition(catalogue: &Catalogue, shown: &[&Measure<'_>]) -> Vec<String> {
    catalogue
        .edition
        .rules
        .iter()
        .filter_map(|rule| {
            let whose = match rule.indicator {
                Some(id) => format!("{}, from", shown.iter().find(|m| m.entry.id == id)?.entry.code),
                None => "From".to_owned(),
            };
            Some(format!("{whose} {}: {}.", rule.rule.applies_from.format("%-d %B %Y"), shape_words(&rule.rule.shape)))
        })
        .collect()
}

fn shape_words(shape: &Shape) -> String {
    match shape {
        Shape::Levels => "on target or better is Green; off target but not past the intervention level Amber; past it Red".to_owned(),
        Shape::Tolerance { amber, blue } => {
            let blue = blue.map(|m| format!("; better than target by {} or more Blue", margin(m))).unwrap_or_default();
            format!("on target or better is Green; off target by no more than {} Amber; by more Red{blue}", margin(*amber))
        }
        Shape::ToleranceWithDirection { amber } => format!(
            "on target, or off it by no more than {}, is Green; by more Amber, and Red when also worse than the same period last year",
            margin(*amber)
        ),
        Shape::Range => "inside the target range is Green; inside the intervention range Amber; outside both Red".to_owned(),
        Shape::Bands { bands } => format!("by bands, which are {}", band_words(bands, |limit| limit.normalize().to_string())),
        Shape::Words => "chosen by the person who answers for it, with the reasons, and not computed".to_owned(),
    }
}

fn margin(margin: Margin) -> String {
    match margin {
        Margin::Percent(percent) => format!("{}% of the target", percent.normalize()),
        Margin::Points(points) if points == Decimal::ONE => "1 point".to_owned(),
        Margin::Points(points) => format!("{} points", points.normalize()),
    }
}

fn band_words(bands: &[Band], figure: impl Fn(Decimal) -> String) -> String {
    let said: Vec<String> = bands
        .iter()
        .map(|band| {
            let name = if band.name.eq_ignore_ascii_case(band.colour.words()) {
                band.name.clone()
            } else {
                format!("{} ({})", band.name, band.colour.words())
            };
            match band.below {
                Some(limit) => format!("{name} below {}", figure(limit)),
                None => format!("{name} above that"),
            }
        })
        .collect();
    said.join(", ")
}

/// The rule in force for an indicator's latest figure, with its thresholds.
pub fn of_indicator(measure: &Measure<'_>) -> String {
    if measure.version.purpose.0 == Purpose::Contextual {
        return "No status: a contextual measure has no target".to_owned();
    }
    let Some(latest) = measure.latest() else { return "No status: nothing was due yet".to_owned() };
    let in_force = measure.entry.rules.iter().rfind(|rule| rule.applies_from <= latest.period.end());
    let Some(rule) = in_force else { return "No status: the framework has no rule for this period".to_owned() };
    with_thresholds(measure, &rule.shape, &latest.thresholds)
}

fn with_thresholds(measure: &Measure<'_>, shape: &Shape, thresholds: &Thresholds) -> String {
    let figure = |value: Decimal| measure.figure(value);
    let polarity = measure.version.polarity.0;
    match shape {
        Shape::Bands { bands } => return capital(&band_words(bands, figure)),
        Shape::Words => return "Chosen by the person who answers for it, with the reasons".to_owned(),
        _ => {}
    }
    if matches!(shape, Shape::Range) || polarity == Polarity::WithinRange {
        return range(measure, thresholds);
    }
    if polarity == Polarity::None {
        return "No status: neither way is better".to_owned();
    }
    let Some(target) = thresholds.target else { return "No status: no target was set".to_owned() };
    let (at, past) = if polarity == Polarity::LowerIsBetter { ("or less", "above") } else { ("or more", "below") };
    match shape {
        Shape::Levels => match thresholds.intervention {
            Some(level) => format!(
                "Green at {target} {at}, Amber {past} that as far as {level}, Red {past} {level}",
                target = figure(target),
                level = figure(level)
            ),
            None => format!("Green at {target} {at}, Red {past} {target}", target = figure(target)),
        },
        shape => format!("Target {} {at}: {}", figure(target), shape_words(shape)),
    }
}

fn range(measure: &Measure<'_>, thresholds: &Thresholds) -> String {
    let between = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
        (Some(low), Some(high)) => Some(format!("from {} to {}", measure.figure(low), measure.figure(high))),
        (Some(low), None) => Some(format!("at {} or more", measure.figure(low))),
        (None, Some(high)) => Some(format!("at {} or less", measure.figure(high))),
        (None, None) => None,
    };
    let Some(target) = between(thresholds.lower, thresholds.upper) else { return "No status: no target range was set".to_owned() };
    match between(thresholds.intervention_lower, thresholds.intervention_upper) {
        Some(level) => format!("Green {target}, Amber {level}, Red outside both"),
        None => format!("Green {target}, Red outside it"),
    }
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
