//! An indicator as a process: which of its changes are more than chance, and where its history says the year ends.

use async_graphql::Context;
use rules::forecast::{self, Bounds};
use rules::series::Series;

use super::{Indicator, PERIODS_MAX, page};
use crate::error::{Error, Result};
use crate::graphql::session::session;
use crate::values::reading::Read;
use crate::values::service::Asked;
use crate::warnings::charts;
use crate::warnings::graphql::{ControlChart, StatisticalForecast};

/// The whole history up to a period, in the version the viewer reads: two statements a page, and the same for both fields.
async fn history(of: &Indicator, ctx: &Context<'_>, until: rules::period::Period) -> Result<Read> {
    let asked = Asked { until, last: charts::HISTORY, words: false, as_at: None, today: page::today(None, ctx) };
    let judged = of.page.judged(ctx, asked).await?;
    let forbidden = || Error::forbidden("None of your roles lets you read this indicator's figures.");
    judged.get(&of.id).cloned().ok_or_else(forbidden)
}

/// The last points of the chart.
pub async fn special_causes(of: &Indicator, ctx: &Context<'_>, until: rules::period::Period, last: i32) -> Result<ControlChart> {
    let last = page::periods(last).ok_or_else(|| Error::limit(format!("`last` is between 0 and {PERIODS_MAX}.")))?;
    let read = history(of, ctx, until).await?;
    let entry = of.entry()?;
    let set = of.page.baselines(ctx).await?.get(&of.id).cloned().unwrap_or_default();
    let set = charts::seen_by(&*of.page.readings(ctx).await?, entry, set);
    let chart = charts::chart(entry, &read.judged, &set);
    Ok(ControlChart::of(&chart, &read.judged.points, (charts::polarity(entry), charts::aggregation(entry).0), &set, last))
}

/// The year's end as history has it.
pub async fn year_end(of: &Indicator, ctx: &Context<'_>, period: rules::period::Period) -> Result<StatisticalForecast> {
    let read = history(of, ctx, period).await?;
    let entry = of.entry()?;
    let judged = &read.judged;
    let series = Series {
        definitions: &entry.definitions,
        observations: &judged.figures.observations,
        targets: &judged.figures.targets,
        rules: &entry.rules,
        today: session(ctx).app.clock.today(),
    };
    let from = charts::history(&judged.points).last().filter(|point| point.period.end() <= period.end()).map(|point| point.period);
    let version = entry.version_in(Some(period));
    let bounds = Bounds { least: version.minimum.map(|least| least.0), most: version.maximum.map(|most| most.0) };
    let places = judged.points.last().map_or(0, |point| point.decimal_places);
    let found = forecast::of_series(&series, from.unwrap_or(period), bounds);
    Ok(StatisticalForecast::of(&found, from, places))
}
