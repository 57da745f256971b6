//! Sentences made from the figures: what the Cover says at a glance, and what a chart shows.

use rules::status::Colour;
use rust_decimal::Decimal;

use crate::book::Page;
use crate::figures::share;
use crate::language::{dashed, tell};
use crate::pack::PackPoint;
use crate::reading::{self, Read, Reading, is_colour, rank};
use crate::text;

mod delivery;

pub(crate) use delivery::actions;

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
pub(crate) fn at_a_glance(read: &Read, pages: &[Page]) -> Vec<String> {
    let (judged, language) = (read.operational(), read.language);
    let mut said = Vec::new();
    if !judged.is_empty() {
        said.push(tell!(language, "glance-now", counted = counted(read, judged.iter().map(|r| r.colour()))));
        said.push(tell!(language, "glance-year-end", counted = counted(read, judged.iter().map(|r| r.year_end()))));
        if judged.iter().any(|r| r.was().is_some()) {
            let before = judged.iter().filter_map(|r| r.was());
            said.push(tell!(language, "glance-before", counted = counted(read, before), months = read.months()));
        }
        said.extend(moved(read, &judged));
        let silent: Vec<String> =
            codes(judged.iter().copied().filter(|r| r.colour() == Colour::NoData && r.latest.is_none_or(|p| p.value.is_none())));
        if !silent.is_empty() {
            said.push(tell!(language, "glance-silent", n = silent.len(), codes = first(read, &silent)));
        }
    }
    let informing = read.contextual().len();
    if informing > 0 && pages.iter().any(|p| p.name() == read.say("sheet-outcomes")) {
        said.push(tell!(language, "glance-informing", n = informing));
    }
    said.extend(delivery::at_a_glance(read));
    said.push(called_for(read));
    said
}

/// `Of 23 indicators with a colour: 13 Green (57%), 6 Amber (26%) and 4 Red (17%). 2 more have none: 1 No data and 1 Suppressed.`
fn counted(read: &Read, colours: impl Iterator<Item = Colour>) -> String {
    let (tally, language) = (tally(colours), read.language);
    let coloured: usize = COLOURS.iter().map(|c| count(&tally, *c)).sum();
    let mut sentence = match coloured {
        0 => read.say("counted-none").to_owned(),
        n => {
            // Blue is said only where it occurs; the others always, a nought too.
            let parts: Vec<String> = COLOURS
                .iter()
                .map(|c| (*c, count(&tally, *c)))
                .filter(|(c, part)| *c != Colour::Blue || *part > 0)
                .map(|(c, part)| tell!(language, "counted-colour", n = part, status = read.word(c), share = share(part, n)))
                .collect();
            tell!(language, "counted", n = n, parts = language.listed(&parts))
        }
    };
    let states: Vec<String> = STATES
        .iter()
        .map(|c| (*c, count(&tally, *c)))
        .filter(|(_, n)| *n > 0)
        .map(|(c, n)| tell!(language, "counted-state", n = n, status = read.word(c)))
        .collect();
    let others: usize = STATES.iter().map(|c| count(&tally, *c)).sum();
    if others > 0 {
        sentence = format!("{sentence} {}", tell!(language, "counted-others", n = others, states = language.listed(&states)));
    }
    sentence
}

fn moved(read: &Read, judged: &[&Reading]) -> Vec<String> {
    let mut said = Vec::new();
    let to_red =
        codes(judged.iter().copied().filter(|r| r.colour() == Colour::Red && r.was().is_some_and(|w| is_colour(w) && w != Colour::Red)));
    if !to_red.is_empty() {
        let (red, codes) = (read.word(Colour::Red), first(read, &to_red));
        said.push(tell!(read.language, "glance-to-red", n = to_red.len(), red = red, codes = codes));
    }
    let (up, down) = movements(judged.iter().copied());
    said.push(tell!(read.language, "glance-moved", months = read.months(), up = up, down = down));
    said
}

/// How many moved to a better colour, and how many to a worse one.
pub(crate) fn movements<'r, 'a: 'r>(readings: impl Iterator<Item = &'r Reading<'a>>) -> (usize, usize) {
    let ranks = readings.filter_map(|r| Some((rank(r.was()?)?, rank(r.colour())?)));
    ranks.fold((0, 0), |(up, down), (was, is)| (up + usize::from(is > was), down + usize::from(is < was)))
}

fn called_for(read: &Read) -> String {
    let codes: Vec<String> = read.pack.called().iter().map(|called| text::clean(called.code())).collect();
    if codes.is_empty() {
        return read.say("glance-nothing-called").to_owned();
    }
    tell!(read.language, "glance-called", n = codes.len(), codes = first(read, &codes))
}

fn codes<'r, 'a: 'r>(readings: impl Iterator<Item = &'r Reading<'a>>) -> Vec<String> {
    readings.map(|r| text::clean(&r.indicator.code)).collect()
}

/// The first five, and how many more there are.
fn first(read: &Read, codes: &[String]) -> String {
    match codes.get(5..) {
        Some(more) if !more.is_empty() => tell!(read.language, "first-and-more", codes = codes[..5].join(", "), n = more.len()),
        _ => read.language.listed(codes),
    }
}

/// How the latest figure moved, in a sentence.
pub(crate) fn trend(read: &Read, reading: &Reading) -> String {
    let Some(point) = reading.latest else { return read.say("trend-none").to_owned() };
    // An indicator reported less often than the pack has a period of its own before it.
    let months = if point.period.months() == read.months() { read.months() } else { 0 };
    let before = read.language.tell(&dashed("before", point.travel.on_previous_period.code()), &[("months", months.into())]);
    let year = read.language.word("year", point.travel.on_same_period_last_year.code());
    let preference = read.language.word("preference", reading.indicator.polarity.code());
    tell!(read.language, "trend", before = text::capital(&before), year = year, preference = preference)
}

/// What a chart of these points shows: printed above it, and its alternative text.
pub(crate) fn chart(read: &Read, reading: &Reading, points: &[PackPoint]) -> String {
    let language = read.language;
    let title = text::cut(&text::clean(&reading.indicator.title).replace('\n', " "), 100);
    let mut said = Vec::new();
    if let (Some(from), Some(to)) = (points.first(), points.last()) {
        let (from, to) = (language.month_of(from.period.start(), false), language.month_of(to.period.end(), true));
        said.push(tell!(language, "chart-of", title = title, from = from, to = to));
    }
    let valued: Vec<(&PackPoint, Decimal)> = points.iter().filter_map(|p| Some((p, reading::value(p)?))).collect();
    said.extend(valued.last().map(|(point, value)| latest(read, reading, point, *value)));
    let by_value = |a: &&(&PackPoint, Decimal), b: &&(&PackPoint, Decimal)| a.1.cmp(&b.1);
    if let (Some((high_in, high)), Some((low_in, low))) = (valued.iter().max_by(by_value), valued.iter().min_by(by_value)) {
        let [high, low] = [high, low].map(|v| reading.words(*v));
        let [high_in, low_in] = [high_in, low_in].map(|p| language.period(p.period));
        said.push(tell!(language, "chart-extremes", high = high, high_in = high_in, low = low, low_in = low_in));
    }
    let gaps = points.len() - valued.len();
    if gaps > 0 {
        said.push(tell!(language, "chart-gaps", n = gaps));
    }
    said.push(trend(read, reading));
    if is_colour(reading.year_end()) {
        said.push(tell!(language, "chart-year-end", status = read.word(reading.year_end())));
    }
    said.join(" ")
}

/// `79.9% in July to September 2023 against a target of 85.0%: Red.`
fn latest(read: &Read, reading: &Reading, point: &PackPoint, value: Decimal) -> String {
    let language = read.language;
    let (value, period) = (reading.words(value), language.period(point.period));
    let status = is_colour(point.status.colour).then(|| read.word(point.status.colour));
    match (point.target.map(|t| reading.words(t)), status) {
        (Some(target), Some(status)) => {
            tell!(language, "chart-latest-target-status", value = value, period = period, target = target, status = status)
        }
        (Some(target), None) => tell!(language, "chart-latest-target", value = value, period = period, target = target),
        (None, Some(status)) => tell!(language, "chart-latest-status", value = value, period = period, status = status),
        (None, None) => tell!(language, "chart-latest", value = value, period = period),
    }
}
