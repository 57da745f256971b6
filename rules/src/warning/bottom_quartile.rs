//! BOTTOM_QUARTILE: in the worst quarter of the comparator group. Places are published seldom and late: a run goes on from one
//! published place to the next.

use super::run::{Run, Says, runs};
use super::{Evidence, Firing, IndicatorFacts, Kind, Moment, Position};

pub(super) fn firings(facts: &IndicatorFacts<'_>) -> Vec<Firing> {
    let positions = facts.positions;
    let fire = |run: Run| {
        let (first, last) = run.ends()?;
        let since = Moment::Period(positions.get(first)?.period);
        let Position { period, value, rank, counted, decimal_places, .. } = *positions.get(last)?;
        let evidence = Evidence::BottomQuartile { period, value, rank, counted, decimal_places };
        Some(Firing { kind: Kind::BottomQuartile, since, fired: since, until: run.until, evidence })
    };
    runs(positions.iter().map(|position| (position.period, says(position)))).into_iter().filter_map(fire).collect()
}

fn says(position: &Position) -> Says {
    match position.worst_quarter.filter(|_| position.same_definition) {
        Some(true) => Says::So,
        Some(false) => Says::NotSo,
        None => Says::NoFigure,
    }
}
