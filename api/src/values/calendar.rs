//! Which periods take figures.

use std::collections::HashMap;

use chrono::NaiveDate;
use rules::framework::ReportingPeriodRow;
use rules::period::Period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::catalogue::Edition;
use crate::frameworks::{service, store};
use crate::rows::read_rows;

/// Reporting periods named in a message at most.
const NAMED_MAX: usize = 6;

/// The reporting periods of every edition, that of the latest edition first.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    pub editions: Vec<Vec<ReportingPeriodRow>>,
    /// What each edition is called, and the last day it stands where that is known.
    pub stand: Vec<(String, Option<NaiveDate>)>,
}

/// Where a figure's period belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// To an open reporting period of the edition at this place.
    Open(usize),
    /// To a closed one.
    Closed(Period),
    /// To none.
    Unknown,
}

impl Calendar {
    /// A figure belongs to the reporting period its period is, else to the shortest in which it ends; in the latest
    /// edition that has one.
    pub fn takes(&self, period: Period) -> Taken {
        match self.reporting(period) {
            Some((at, row)) if row.open => Taken::Open(at),
            Some((_, row)) => Taken::Closed(row.period),
            None => Taken::Unknown,
        }
    }

    /// The reporting period a figure's period belongs to, and the place of its edition.
    pub fn reporting(&self, period: Period) -> Option<(usize, &ReportingPeriodRow)> {
        self.editions.iter().enumerate().find_map(|(at, periods)| {
            let own = periods.iter().find(|row| row.period == period);
            let end = period.end();
            let holding = || {
                let inside = periods.iter().filter(|row| row.period.start() <= end && end <= row.period.end());
                inside.min_by_key(|row| row.period.months())
            };
            own.or_else(holding).map(|row| (at, row))
        })
    }

    /// The edition at a place and the last day it stood, where that has passed.
    pub fn ended(&self, edition: usize, today: NaiveDate) -> Option<(String, NaiveDate)> {
        let (name, until) = self.stand.get(edition)?;
        until.filter(|until| *until < today).map(|until| (name.clone(), until))
    }

    /// Whether an edition has a reporting period that is open.
    pub fn any_open(&self, edition: usize) -> bool {
        self.editions.get(edition).is_some_and(|periods| periods.iter().any(|row| row.open))
    }

    /// Which periods are open, in words for a sender.
    pub fn open_in_words(&self) -> String {
        let mut open: Vec<Period> = self.editions.iter().flatten().filter(|row| row.open).map(|row| row.period).collect();
        open.sort_unstable();
        open.dedup();
        let latest: Vec<String> = open.iter().rev().take(NAMED_MAX).rev().map(ToString::to_string).collect();
        match (latest.as_slice(), open.len() - latest.len()) {
            ([], _) => "No reporting period is open.".to_owned(),
            (latest, 0) => format!("Open: {}.", latest.join(", ")),
            (latest, earlier) => format!("Open: {} and {earlier} before.", latest.join(", ")),
        }
    }
}

/// The edition in force now, then the others, the latest first.
pub fn in_force_first(mut editions: Vec<Edition>) -> Vec<Edition> {
    let Some(first) = service::latest_edition(editions.clone()) else { return editions };
    // Stable: the others stay in their order.
    editions.sort_by_key(|edition| edition.id != first.id);
    editions
}

/// The reporting periods of every edition. One statement.
pub async fn calendar(db: &impl ConnectionTrait, scope: &Scope, editions: &[Edition]) -> Result<Calendar> {
    let places: HashMap<Uuid, usize> = editions.iter().enumerate().map(|(at, edition)| (edition.id, at)).collect();
    // The one that was adopted to follow it ends an edition too.
    let until = |edition: &Edition| edition.stands_until.into_iter().chain(edition.followed_from.and_then(|day| day.pred_opt())).min();
    let stand = editions.iter().map(|edition| (edition.edition.clone(), until(edition))).collect();
    let mut calendar = Calendar { editions: vec![Vec::new(); editions.len()], stand };
    let sql = "SELECT framework_id, period_start, period_months, open, due_on FROM reporting_period WHERE council_id = $1 \
        ORDER BY period_start, period_months";
    read_rows(db, "loading reporting periods", sql, vec![scope.council.into()], |row| {
        let framework: Uuid = row.next()?;
        let period = ReportingPeriodRow { period: row.next_period()?, open: row.next()?, due_on: row.next()? };
        if let Some(periods) = places.get(&framework).and_then(|at| calendar.editions.get_mut(*at)) {
            periods.push(period);
        }
        Ok(())
    })
    .await?;
    Ok(calendar)
}

/// The reporting periods as they stand. Two statements.
pub async fn open_periods(db: &impl ConnectionTrait, scope: &Scope) -> Result<Calendar> {
    let editions = in_force_first(store::editions(db, scope, None).await?);
    calendar(db, scope, &editions).await
}

#[cfg(test)]
mod tests {
    use rules::measure::YearBasis;

    use super::*;

    fn row(period: Period, open: bool) -> ReportingPeriodRow {
        ReportingPeriodRow { period, open, due_on: None }
    }

    fn quarter(year: i32, n: u32) -> Period {
        Period::quarter(year, n).unwrap()
    }

    #[test]
    fn a_figure_belongs_where_it_ends_and_the_latest_edition_decides() {
        let year = Period::year(YearBasis::Financial, 2023).unwrap();
        let calendar = Calendar {
            editions: vec![
                vec![row(quarter(2024, 1), true)],
                vec![row(quarter(2023, 4), false), row(quarter(2024, 1), false), row(year, true)],
            ],
            ..Calendar::default()
        };
        assert_eq!(calendar.takes(quarter(2024, 1)), Taken::Open(0));
        assert_eq!(calendar.takes(Period::month(2024, 5).unwrap()), Taken::Open(0));
        assert_eq!(calendar.takes(quarter(2023, 4)), Taken::Closed(quarter(2023, 4)));
        assert_eq!(calendar.takes(Period::month(2024, 3).unwrap()), Taken::Closed(quarter(2023, 4)));
        assert_eq!(calendar.takes(year), Taken::Open(1));
        assert_eq!(calendar.takes(quarter(2025, 1)), Taken::Unknown);
        assert_eq!(calendar.open_in_words(), "Open: 2023/24, 2024/25 Q1.");
    }

    #[test]
    fn only_the_latest_open_periods_are_named() {
        let open = |n: i32| row(Period::year(YearBasis::Financial, 2010 + n).unwrap(), true);
        let calendar = Calendar { editions: vec![(0..9).map(open).collect()], ..Calendar::default() };
        assert_eq!(calendar.open_in_words(), "Open: 2013/14, 2014/15, 2015/16, 2016/17, 2017/18, 2018/19 and 3 before.");
        assert_eq!(Calendar::default().open_in_words(), "No reporting period is open.");
    }
}
