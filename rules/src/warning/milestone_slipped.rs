//! MILESTONE_SLIPPED: a milestone not reached is so many days later than agreed, because somebody expects it then or because the
//! calendar has got there.

use chrono::{Days, NaiveDate};

use super::{Ceased, Ending, Evidence, Firing, Kind, MilestoneFacts, Moment, Parameters};

pub(super) fn firings(parameters: &Parameters, facts: &MilestoneFacts<'_>) -> Vec<Firing> {
    let mut history = History { facts, days: parameters.at_least("days"), firings: Vec::new() };
    let told: Vec<_> = facts.tellings.iter().filter(|telling| telling.as_at <= facts.today).collect();
    // Until the first telling it is expected on its baseline, from long ago.
    let mut from = NaiveDate::MIN;
    let mut expected = Some(facts.baseline);
    for telling in &told {
        history.stretch(from, telling.as_at.pred_opt(), expected);
        from = telling.as_at;
        expected = telling.actual.is_none().then(|| telling.forecast.unwrap_or(facts.baseline));
    }
    history.stretch(from, Some(facts.today), expected);
    history.firings
}

struct History<'a> {
    facts: &'a MilestoneFacts<'a>,
    days: u32,
    firings: Vec<Firing>,
}

impl History<'_> {
    /// From one day to another, both included, it was expected on a day; none where it was reached.
    fn stretch(&mut self, from: NaiveDate, until: Option<NaiveDate>, expected: Option<NaiveDate>) {
        let limit = self.facts.baseline.checked_add_days(Days::new(self.days.into()));
        let (Some(until), Some(limit)) = (until.filter(|until| *until >= from), limit) else { return };
        let begins = expected.map(|expected| if expected >= limit { from } else { limit.max(from) });
        let late = expected.zip(begins).filter(|(_, begins)| *begins <= until);
        let running = self.firings.last_mut().filter(|firing| firing.until.is_none());
        match (running, late) {
            // A stretch that begins on time ends what was late before it, and may be late again later.
            (Some(firing), Some((expected, begins))) if begins == from => firing.evidence = self.facts.evidence(expected, until),
            (running, late) => {
                if let Some(firing) = running {
                    firing.until = Some(Ending { at: Moment::Day(from), why: Ceased::NoLonger });
                }
                if let Some((expected, begins)) = late {
                    let since = Moment::Day(begins);
                    let evidence = self.facts.evidence(expected, until);
                    self.firings.push(Firing { kind: Kind::MilestoneSlipped, since, fired: since, until: None, evidence });
                }
            }
        }
    }
}

impl MilestoneFacts<'_> {
    fn evidence(&self, expected: NaiveDate, on: NaiveDate) -> Evidence {
        let late = (expected.max(on) - self.baseline).num_days();
        Evidence::MilestoneSlipped { baseline: self.baseline, expected, days: u32::try_from(late).unwrap_or_default() }
    }
}
