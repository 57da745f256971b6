//! Line charts of the exceptions, or of every indicator, each under the sentence that says what it shows.

use crate::charts::{ChartPage, LineChart};
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
        name: "Trend charts",
        title: read.title("Trend charts"),
        intro: format!(
            "This worksheet contains {}, each under a sentence that says the same in words. Results are a solid line with round \
             markers, targets a dashed line. A gap is a period without a figure.",
            sentences::plural(charts.len(), "chart", "charts")
        ),
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
        axis.push_str(", not from 0");
        sentence.push_str(" The vertical axis does not start at 0.");
    }
    Some(LineChart {
        heading: reading.name(),
        sentence,
        title: finding(read, reading, points),
        axis,
        least,
        periods: points.iter().map(short).collect(),
        results,
        targets,
        format: reading.shown.format(),
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
    let status = if reading::is_colour(point.status.colour) { format!(", {}", read.word(point.status.colour)) } else { String::new() };
    format!("{title}: {} in {}{status}", reading.words(value), point.period.words())
}

/// A period on an axis: month names cut to three letters, years in full.
fn short(point: &PackPoint) -> String {
    let (start, end) = (point.period.start(), point.period.end());
    if point.period.months() == 1 {
        return start.format("%b %Y").to_string();
    }
    let from = if start.format("%Y").to_string() == end.format("%Y").to_string() { "%b" } else { "%b %Y" };
    format!("{} to {}", start.format(from), end.format("%b %Y"))
}
