//! The council's path beside its comparator groups through time: where the middle half of each lies, its median, and the council.

use rust_decimal::Decimal;

use super::benchmarking::compared;
use super::trend_charts::{PERIODS_MAX, axis, figures};
use crate::charts::{ChartPage, Drawn, Line, LineChart};
use crate::language::{Months, tell};
use crate::pack::{PackBox, PackComparison};
use crate::reading::{Read, Reading};
use crate::text;

pub(super) fn page(read: &Read) -> Option<ChartPage> {
    let charts: Vec<LineChart> = compared(read).filter_map(|(reading, of)| chart(read, reading, of)).collect();
    (!charts.is_empty()).then(|| ChartPage {
        name: read.say("sheet-benchmark-charts").to_owned(),
        title: read.title(read.say("title-benchmark-charts")),
        intro: tell!(read.language, "benchmark-charts-intro", n = charts.len()),
        shows: read.say("shows-benchmark-charts").to_owned(),
        readers: read.say("readers-directors").to_owned(),
        charts,
    })
}

/// None for what has fewer than two periods: the table says it all.
fn chart(read: &Read, reading: &Reading, of: &PackComparison) -> Option<LineChart> {
    let path = of.path.get(of.path.len().saturating_sub(PERIODS_MAX)..)?;
    let line = |name, drawn, figure: fn(&PackBox) -> Option<Decimal>| {
        let values = path.iter().map(|at| figure(at).map(|value| reading.shown.number(value))).collect();
        Line { name, drawn, values }
    };
    let lines = vec![
        line("chart-result", Drawn::Result, |at| at.ours),
        line("chart-group-median", Drawn::Middle, |at| at.median),
        line("chart-lower-quartile", Drawn::Below, |at| at.lower_quartile),
        line("chart-upper-quartile", Drawn::Above, |at| at.upper_quartile),
    ];
    let drawn = |line: &Line| line.values.iter().flatten().count() >= 2;
    if !lines.iter().take(2).any(drawn) {
        return None;
    }
    let (least, step) = axis(figures(&lines), reading.shown.finest());
    let (mut unit, mut sentence) = (reading.unit(), sentence(read, reading, of, path));
    if least.is_some_and(|least| least > 0.0) {
        unit = tell!(read.language, "axis-not-from-zero", unit = unit);
        sentence = format!("{sentence} {}", read.say("chart-not-from-zero"));
    }
    Some(LineChart {
        heading: reading.name(),
        sentence,
        title: tell!(read.language, "benchmark-finding", title = title(reading), group = text::cut(&text::clean(&of.group), 40)),
        axis: unit,
        least,
        step,
        periods: path.iter().map(|at| read.language.period_in(at.period, Months::Short)).collect(),
        lines,
        format: reading.shown.format(read.language),
    })
}

fn title(reading: &Reading) -> String {
    text::cut(&text::clean(&reading.indicator.title).replace('\n', " "), 60)
}

/// What the chart shows, in words.
fn sentence(read: &Read, reading: &Reading, of: &PackComparison, path: &[PackBox]) -> String {
    let language = read.language;
    let mut said = Vec::new();
    if let (Some(from), Some(to)) = (path.first(), path.last()) {
        let (from, to) = (language.month_of(from.period.start(), false), language.month_of(to.period.end(), true));
        let group = text::cut(&text::clean(&of.group), 60);
        said.push(tell!(language, "benchmark-chart-of", title = title(reading), group = group, from = from, to = to));
    }
    if let Some((at, ours, median)) = path.iter().rev().find_map(|at| Some((at, at.ours?, at.median?))) {
        let (ours, median, period) = (reading.words(ours), reading.words(median), language.period(at.period));
        said.push(tell!(language, "benchmark-chart-latest", ours = ours, median = median, period = period));
        if let (Some(lower), Some(upper)) = (at.lower_quartile, at.upper_quartile) {
            said.push(tell!(language, "benchmark-chart-middle", lower = reading.words(lower), upper = reading.words(upper)));
        }
    }
    let gaps = path.iter().filter(|at| at.ours.is_none()).count();
    if gaps > 0 {
        said.push(tell!(language, "chart-gaps", n = gaps));
    }
    said.join(" ")
}
