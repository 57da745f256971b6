//! Line charts of the exceptions, or of every indicator, each under the sentence that says what it shows.

use crate::charts::{ChartPage, Drawn, Line, LineChart};
use crate::language::{Months, tell};
use rust_decimal::Decimal;

use crate::pack::{PackLimits, PackPoint, PackVariation};
use crate::reading::{self, Read, Reading};
use crate::sentences;
use crate::text;

/// Periods shown: a year of months and the same month before.
pub(super) const PERIODS_MAX: usize = 13;
/// Characters of an indicator's title in its chart's, at most: two lines with the finding.
const TITLE_MAX: usize = 70;

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
    let mut intro = tell!(read.language, "charts-intro", n = charts.len());
    // The result and the target are explained anyway.
    if charts.iter().any(|chart| chart.lines.len() > 2) {
        intro = format!("{intro} {}", read.say("charts-limits"));
    }
    (!charts.is_empty()).then(|| ChartPage {
        name: read.say("sheet-trend-charts").to_owned(),
        title: read.title(read.say("title-trend-charts")),
        intro,
        shows: read.say("shows-trend-charts").to_owned(),
        readers: read.say("readers-members").to_owned(),
        charts,
    })
}

fn chart(read: &Read, reading: &Reading) -> Option<LineChart> {
    let from = reading.until.len().saturating_sub(PERIODS_MAX);
    let points = &reading.until[from..];
    let number = |value: Option<Decimal>| value.map(|v| reading.shown.number(v));
    let results: Vec<Option<f64>> = points.iter().map(|p| number(reading::value(p))).collect();
    let targets: Vec<Option<f64>> = points.iter().map(|p| number(p.target)).collect();
    if results.iter().flatten().count() < 2 {
        return None;
    }
    let mut lines = vec![
        Line { name: "chart-result", drawn: Drawn::Result, values: results },
        Line { name: "chart-target", drawn: Drawn::Target, values: targets },
    ];
    lines.extend(limits(read, reading, points));
    let (least, step) = axis(figures(&lines), reading.shown.finest());
    let mut axis = reading.unit();
    let mut sentence = sentences::chart(read, reading, points);
    if least.is_some_and(|least| least > 0.0) {
        axis = tell!(read.language, "axis-not-from-zero", unit = axis);
        sentence = format!("{sentence} {}", read.say("chart-not-from-zero"));
    }
    Some(LineChart {
        heading: reading.name(),
        sentence,
        title: finding(read, reading, points),
        axis,
        least,
        step,
        periods: points.iter().map(|p| read.language.period_in(p.period, Months::Short)).collect(),
        lines,
        format: reading.shown.format(read.language),
    })
}

/// The mean of what the points are held against, and its limits, where there are enough points for any.
fn limits(read: &Read, reading: &Reading, points: &[PackPoint]) -> Vec<Line> {
    // Limits of what each period added are not those of figures that add up.
    let is_of_these = |of: &&PackVariation| of.code == reading.indicator.code && !of.of_additions;
    let Some(of) = read.pack.compared.through_time.iter().find(is_of_these) else { return Vec::new() };
    let at = |of: &PackVariation, point: &PackPoint, figure: fn(&PackLimits) -> Decimal| {
        let limits = of.limits.iter().find(|limits| limits.period == point.period)?;
        Some(reading.shown.number(figure(limits)))
    };
    let line = |name, drawn, figure: fn(&PackLimits) -> Decimal| Line {
        name,
        drawn,
        values: points.iter().map(|point| at(of, point, figure)).collect(),
    };
    vec![
        line("chart-mean", Drawn::Middle, |of| of.centre),
        line("chart-lower-limit", Drawn::Below, |of| of.lower),
        line("chart-upper-limit", Drawn::Above, |of| of.upper),
    ]
}

/// Every figure of a chart.
pub(super) fn figures(lines: &[Line]) -> impl Iterator<Item = f64> {
    lines.iter().flat_map(|line| line.values.iter().copied().flatten())
}

/// Steps of an axis, about.
const STEPS: f64 = 4.0;

/// Where the axis begins, if not at 0, and its steps, if no program is to choose them. From 0, unless everything lies in
/// a narrow band far from it and the change could not be seen. Steps are round, and never finer than figures are shown:
/// two steps would read the same.
pub(super) fn axis(values: impl Iterator<Item = f64>, finest: f64) -> (Option<f64>, Option<f64>) {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    let from = |least: f64| {
        let step = round_up((high - least) / STEPS).max(finest);
        let least = (least / step).floor() * step;
        (Some(least).filter(|least| *least != 0.0), Some(step))
    };
    if low < 0.0 {
        return from(low - (high.max(0.0) - low) * 0.1);
    }
    if high <= 0.0 || high - low >= high * 0.25 {
        return (None, (high < STEPS * finest).then_some(finest));
    }
    from((low - (high - low).max(high * 0.02)).max(0.0))
}

/// The next of 1, 2, 5, 10, 20, … times a power of ten.
fn round_up(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let of = [1.0, 2.0, 5.0].into_iter().find(|of| step <= of * power).unwrap_or(10.0);
    of * power
}

/// The finding, as the chart's title.
fn finding(read: &Read, reading: &Reading, points: &[PackPoint]) -> String {
    let title = text::cut(&text::clean(&reading.indicator.title).replace('\n', " "), TITLE_MAX);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_begin_and_go_on_at_round_figures() {
        let of = |values: &[f64], finest: f64| axis(values.iter().copied(), finest);
        assert_eq!(of(&[10.0, 40.0], 1.0), (None, None));
        assert_eq!(of(&[58.0, 67.0], 1.0), (Some(45.0), Some(5.0)));
        assert_eq!(of(&[-30.0, 160.0], 1.0), (Some(-100.0), Some(100.0)));
        assert_eq!(of(&[-3.0, -1.0], 1.0), (Some(-4.0), Some(1.0)));
        // Percentages shown whole: no two steps that read alike.
        assert_eq!(of(&[0.29, 0.29], 0.01), (Some(0.28), Some(0.01)));
        assert_eq!(of(&[0.0, 1.0], 1.0), (None, Some(1.0)));
        assert_eq!(of(&[0.0, 0.0], 1.0), (None, Some(1.0)));
    }
}
