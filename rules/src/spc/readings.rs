//! The readings of an indicator's points: what its chart is made of.

use rust_decimal::Decimal;

use super::Reading;
use crate::measure::{Aggregation, YearBasis};
use crate::period::Period;
use crate::series::{Definition, Point};

/// The readings of points in order and without a hole, as [`crate::series::Series::points`] gives them.
///
/// A cumulative figure is the year to date: charted as it stands it would rise all year and fall every April, special causes all of
/// them. Its reading is what the period added: the figure less that of the period before in the same year, the figure itself in the
/// year's first period. Where the period before has no figure, or is of another definition (`breaks`), what this one added is not
/// known, and it is a gap.
#[must_use]
pub fn readings(points: &[Point], aggregation: Aggregation, basis: YearBasis, breaks: &[Period]) -> Vec<Reading> {
    let mut before: Option<&Point> = None;
    let mut readings = Vec::with_capacity(points.len());
    for point in points {
        let value = match aggregation {
            Aggregation::Cumulative => added(point, before, basis, breaks),
            Aggregation::Sum | Aggregation::Mean | Aggregation::Latest | Aggregation::Ratio => point.value,
        };
        readings.push(Reading { period: point.period, value });
        before = Some(point);
    }
    readings
}

fn added(point: &Point, before: Option<&Point>, basis: YearBasis, breaks: &[Period]) -> Option<Decimal> {
    let year = point.period.year_of(basis)?;
    let previous = point.period.previous();
    if previous.and_then(|previous| previous.year_of(basis)) != Some(year) {
        return point.value;
    }
    let before = before.filter(|before| Some(before.period) == previous)?;
    let broken = breaks.iter().any(|from| before.period.start() < from.start() && from.start() <= point.period.start());
    point.value?.checked_sub(before.value?).filter(|_| !broken)
}

/// The periods from which another version of the definition applied.
#[must_use]
pub fn breaks(definitions: &[Definition]) -> Vec<Period> {
    definitions.iter().filter_map(|definition| definition.applies_from).collect()
}
