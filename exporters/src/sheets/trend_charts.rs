//! Line charts of the exceptions, or of every indicator, each under the sentence that says what it shows.

use crate::charts::{ChartPage, LineChart};
use crate::language::{Months, tell};
use crate::pack::PackPoint;
use crate::reading::{self, Read, Reading};
use crate::sentences;
use crate::text;

/// Periods shown: a year of months and the same month before.
const PERIODS_MAX: usize = 13;

pub(super) fn page(read: &Read) -> Option<ChartPage> {
    let mut chosen: Vec<&Reading> = Vec::new();
    if read.pack.chart_all {
        chosen.extend(&read.all);
    } else {
        for exception in &read.pack.exceptions {
            let new = read.find(&exception.code).filter(|r| !chosen.iter().any(|c| c.indicator.code == r.indicator.code));
            chosen.extend(new);
        }
    }
    let charts: Vec<LineChart> = chosen.into_iter().filter_map(|reading| chart(read, reading)).collect();
    (!charts.is_empty()).then(|| ChartPage {
        name: read.say("sheet-trend-charts").to_owned(),
        title: read.title(read.say("title-trend-charts")),
        intro: tell!(read.language, "charts-intro", n = charts.len()),
        charts,
    })
}

fn chart(read: &Read, reading: &Reading) -> Option<LineChart> {
    let from = reading.until.len().saturating_sub(PERIODS_MAX);
    let points = &reading.until[from..];
    let number = |value: Option<rust_decimal::Decimal>| value.map(|v| reading.shown.number(v));
    let results: Vec<Option<f64>> = points.iter().map(|p| number(reading::value(p))).collect();
    let targets: Vec<Option<f64>> = points.iter().map(|p| number(p.target)).collect();
    if results.iter().flatten().count() < 2 {
        return None;
    }
    let least = axis_start(results.iter().chain(&targets).copied().flatten());
    let mut axis = reading.unit();
    let mut sentence = sentences::chart(read, reading, points);
    if least.is_some_and(|l| l > 0.0) {
        axis = tell!(read.language, "axis-not-from-zero", unit = axis);
        sentence = format!("{sentence} {}", read.say("chart-not-from-zero"));
    }
    Some(LineChart {
        heading: reading.name(),
        sentence,
        title: finding(read, reading, points),
        axis,
        least,
        periods: points.iter().map(|p| read.language.period_in(p.period, Months::Short)).collect(),
        results,
        targets,
        format: reading.shown.format(read.language),
    })
}

/// From 0, unless everything lies in a narrow band far from it and the change could not be seen.
fn axis_start(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    if low < 0.0 {
        return Some(low - (high - low) * 0.1);
    }
    if high <= 0.0 || high - low >= high * 0.25 {
        return None;
    }
    let margin = (high - low).max(high * 0.02);
    let step = 10_f64.powf(margin.log10().floor());
    Some((((low - margin) / step).floor() * step).max(0.0))
}

/// The finding, as the chart's title.
fn finding(read: &Read, reading: &Reading, points: &[PackPoint]) -> String {
    let title = text::cut(&text::clean(&reading.indicator.title).replace('\n', " "), 48);
    let last = points.iter().rev().find_map(|p| Some((p, reading::value(p)?)));
    let Some((point, value)) = last else { return title };
    let (value, period) = (reading.words(value), read.language.period(point.period));
    if reading::is_colour(point.status.colour) {
        let status = read.word(point.status.colour);
        tell!(read.language, "finding-status", title = title, value = value, period = period, status = status)
    } else {
        tell!(read.language, "finding", title = title, value = value, period = period)
    }
}
