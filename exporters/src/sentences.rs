//! Sentences made from the figures: what the Cover says at a glance, and what a chart shows.

use rules::measure::Polarity;
use rules::status::Colour;
use rules::travel::Direction;
use rust_decimal::Decimal;

use crate::figures::share;
use crate::pack::PackPoint;
use crate::reading::{self, Read, Reading, is_colour, rank};
use crate::text::{self, listed};

/// Colours in the order they are counted.
const COLOURS: [Colour; 4] = [Colour::Blue, Colour::Green, Colour::Amber, Colour::Red];
/// States that are no colour, in the order they are counted.
const STATES: [Colour; 5] = [Colour::NoTarget, Colour::NoData, Colour::NotDue, Colour::NotApplicable, Colour::Suppressed];

/// How many of each colour, and of each state that is none.
pub(crate) fn tally(colours: impl Iterator<Item = Colour>) -> Vec<(Colour, usize)> {
    let colours: Vec<Colour> = colours.collect();
    Colour::ALL.iter().map(|of| (*of, colours.iter().filter(|c| *c == of).count())).collect()
}

pub(crate) fn count(tally: &[(Colour, usize)], of: Colour) -> usize {
    tally.iter().find(|(colour, _)| *colour == of).map_or(0, |(_, n)| *n)
}

/// What the figures come to, a sentence an entry.
pub(crate) fn at_a_glance(read: &Read) -> Vec<String> {
    let judged = read.operational();
    let mut said = Vec::new();
    if !judged.is_empty() {
        said.push(format!("Now: {}", counted(read, judged.iter().map(|r| r.colour()))));
        said.push(format!("Expected at year end: {}", counted(read, judged.iter().map(|r| r.year_end()))));
        if judged.iter().any(|r| r.was().is_some()) {
            let before = judged.iter().filter_map(|r| r.was());
            said.push(format!("The {} before: {}", read.noun(), counted(read, before)));
        }
        said.extend(moved(read, &judged));
        let silent: Vec<String> =
            codes(judged.iter().copied().filter(|r| r.colour() == Colour::NoData && r.latest.is_none_or(|p| p.value.is_none())));
        if !silent.is_empty() {
            said.push(format!("{} due and not given: {}.", plural(silent.len(), "figure is", "figures are"), first(&silent)));
        }
    }
    let informing = read.contextual().len();
    if informing > 0 {
        said.push(format!("Measures on the Outcomes sheet, which inform and have no target or status: {informing}."));
    }
    said.push(called_for(read));
    said
}

/// `Of 23 indicators with a colour: 13 Green (57%), 6 Amber (26%) and 4 Red (17%). 2 more have none: 1 No data and 1 Suppressed.`
fn counted(read: &Read, colours: impl Iterator<Item = Colour>) -> String {
    let tally = tally(colours);
    let coloured: usize = COLOURS.iter().map(|c| count(&tally, *c)).sum();
    let mut sentence = match coloured {
        0 => "no indicator has a colour.".to_owned(),
        n => {
            // Blue is said only where it occurs; the others always, a nought too.
            let parts: Vec<String> = COLOURS
                .iter()
                .map(|c| (*c, count(&tally, *c)))
                .filter(|(c, part)| *c != Colour::Blue || *part > 0)
                .map(|(c, part)| format!("{part} {} ({})", read.word(c), share(part, n)))
                .collect();
            format!("of {} with a colour, {}.", plural(n, "indicator", "indicators"), listed(&parts))
        }
    };
    let states: Vec<String> =
        STATES.iter().map(|c| (*c, count(&tally, *c))).filter(|(_, n)| *n > 0).map(|(c, n)| format!("{n} {}", read.word(c))).collect();
    let others: usize = STATES.iter().map(|c| count(&tally, *c)).sum();
    if others > 0 {
        let verb = if others == 1 { "has" } else { "have" };
        sentence.push_str(&format!(" {others} more {verb} no colour: {}.", listed(&states)));
    }
    sentence
}

fn moved(read: &Read, judged: &[&Reading]) -> Vec<String> {
    let mut said = Vec::new();
    let to_red =
        codes(judged.iter().copied().filter(|r| r.colour() == Colour::Red && r.was().is_some_and(|w| is_colour(w) && w != Colour::Red)));
    if !to_red.is_empty() {
        said.push(format!("{} moved to {}: {}.", to_red.len(), read.word(Colour::Red), first(&to_red)));
    }
    let (up, down) = movements(judged.iter().copied());
    said.push(format!("Since the {} before, {up} moved to a better colour and {down} to a worse one.", read.noun()));
    said
}

/// How many moved to a better colour, and how many to a worse one.
pub(crate) fn movements<'r, 'a: 'r>(readings: impl Iterator<Item = &'r Reading<'a>>) -> (usize, usize) {
    let ranks = readings.filter_map(|r| Some((rank(r.was()?)?, rank(r.colour())?)));
    ranks.fold((0, 0), |(up, down), (was, is)| (up + usize::from(is > was), down + usize::from(is < was)))
}

fn called_for(read: &Read) -> String {
    let codes: Vec<String> = read.pack.exceptions.iter().map(|e| text::clean(&e.code)).collect();
    if codes.is_empty() {
        return "Nothing calls for attention by exception this time, so there is no Exceptions sheet.".to_owned();
    }
    let calls = plural(codes.len(), "entry calls for attention on the Exceptions sheet", "entries are on the Exceptions sheet");
    format!("{calls}: {}.", first(&codes))
}

fn codes<'r, 'a: 'r>(readings: impl Iterator<Item = &'r Reading<'a>>) -> Vec<String> {
    readings.map(|r| text::clean(&r.indicator.code)).collect()
}

/// The first five, and how many more there are.
fn first(codes: &[String]) -> String {
    match codes.get(5..) {
        Some(more) if !more.is_empty() => format!("{} and {} more", codes[..5].join(", "), more.len()),
        _ => listed(codes),
    }
}

pub(crate) fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `Higher is better`.
pub(crate) const fn preference(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::HigherIsBetter => "higher is better",
        Polarity::LowerIsBetter => "lower is better",
        Polarity::WithinRange => "inside the range is better",
        Polarity::None => "neither way is better",
    }
}

/// How the latest figure moved, in a sentence.
pub(crate) fn trend(read: &Read, reading: &Reading) -> String {
    let Some(point) = reading.latest else { return "There is no figure to compare.".to_owned() };
    let last_year = phrase(point.travel.on_same_period_last_year, "the same period last year");
    let before = phrase(point.travel.on_previous_period, &format!("the {} before", period_noun(point, read)));
    format!("{}; {last_year} ({}).", capital(&before), preference(reading.indicator.polarity))
}

fn period_noun<'n>(point: &PackPoint, read: &Read) -> &'n str {
    if point.period.months() == read.pack.period.months() { read.noun() } else { "period" }
}

fn phrase(direction: Direction, than: &str) -> String {
    match direction {
        Direction::Improved => format!("better than {than}"),
        Direction::Same => format!("no change on {than}"),
        Direction::Declined => format!("worse than {than}"),
        Direction::Up => format!("higher than {than}"),
        Direction::Down => format!("lower than {than}"),
        Direction::NotComparable => format!("not comparable with {than}"),
    }
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// What a chart of these points shows: printed above it, and its alternative text.
pub(crate) fn chart(read: &Read, reading: &Reading, points: &[PackPoint]) -> String {
    let title = text::cut(&text::clean(&reading.indicator.title).replace('\n', " "), 100);
    let mut said = format!("Line chart of {title}");
    if let (Some(from), Some(to)) = (points.first(), points.last()) {
        said.push_str(&format!(", {} to {}.", from.period.start().format("%B %Y"), to.period.end().format("%B %Y")));
    }
    let valued: Vec<(&PackPoint, Decimal)> = points.iter().filter_map(|p| Some((p, reading::value(p)?))).collect();
    if let Some((point, value)) = valued.last() {
        let target = point.target.map_or_else(String::new, |t| format!(" against a target of {}", reading.words(t)));
        let status = if is_colour(point.status.colour) { format!(": {}", read.word(point.status.colour)) } else { String::new() };
        said.push_str(&format!(" {} in {}{target}{status}.", reading.words(*value), point.period.words()));
    }
    let by_value = |a: &&(&PackPoint, Decimal), b: &&(&PackPoint, Decimal)| a.1.cmp(&b.1);
    if let (Some(high), Some(low)) = (valued.iter().max_by(by_value), valued.iter().min_by(by_value)) {
        let spot = |(point, value): &(&PackPoint, Decimal)| format!("{} in {}", reading.words(*value), point.period.words());
        said.push_str(&format!(" Highest {}, lowest {}.", spot(high), spot(low)));
    }
    let gaps = points.len() - valued.len();
    if gaps > 0 {
        said.push_str(&format!(" {} no figure.", plural(gaps, "period has", "periods have")));
    }
    format!("{said} {}", trend(read, reading))
}
