//! Programmes, projects and their milestones: what slipped, and what a slip does to what waits for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::closed_set;

closed_set! {
    /// How far a project is.
    Stage {
        /// Thought about.
        Concept = "CONCEPT", "Concept";
        /// Its case is being made.
        BusinessCase = "BUSINESS_CASE", "Business case";
        /// Being planned.
        Planning = "PLANNING", "Planning";
        /// Being done.
        Delivery = "DELIVERY", "Delivery";
        /// Done; what it brought is being looked at.
        Closing = "CLOSING", "Closing";
        /// Over.
        Closed = "CLOSED", "Closed";
        /// Stopped for now by a decision.
        OnHold = "ON_HOLD", "On hold";
        /// Given up by a decision.
        Cancelled = "CANCELLED", "Cancelled";
    }
}

impl Stage {
    /// Whether nothing more is expected: it is done, or was given up.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled)
    }
}

closed_set! {
    /// How one side of a project stands: its time, cost, scope or benefits. From best to worst.
    DeliveryStatus {
        /// As planned.
        Green = "GREEN", "Green";
        /// Not quite, and it can be put right by whoever runs it.
        Amber = "AMBER", "Amber";
        /// Not, and somebody else has to decide.
        Red = "RED", "Red";
    }
}

/// The worst of the sides that were reported; none where none was.
#[must_use]
pub fn worst(sides: &[Option<DeliveryStatus>]) -> Option<DeliveryStatus> {
    sides.iter().flatten().copied().max()
}

/// The days of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// The day first agreed.
    pub baseline: NaiveDate,
    /// The day now expected; the baseline where none was said.
    pub forecast: Option<NaiveDate>,
    /// The day it was reached.
    pub actual: Option<NaiveDate>,
}

closed_set! {
    /// How a milestone stands on a day.
    MilestoneState {
        /// To come, when it was agreed or sooner.
        OnTime = "ON_TIME", "On time";
        /// To come, later than agreed.
        Slipped = "SLIPPED", "Slipped";
        /// Not reached, and its day is past.
        Overdue = "OVERDUE", "Overdue";
        /// Reached when it was agreed or sooner.
        Reached = "REACHED", "Reached";
        /// Reached later than agreed.
        ReachedLate = "REACHED_LATE", "Reached late";
    }
}

impl Milestone {
    /// The day it was reached, or is expected.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.actual.or(self.forecast).unwrap_or(self.baseline)
    }

    /// Days later than agreed; negative when sooner.
    #[must_use]
    pub fn slippage(&self) -> i64 {
        (self.day() - self.baseline).num_days()
    }

    /// How it stands on a day.
    #[must_use]
    pub fn state(&self, on: NaiveDate) -> MilestoneState {
        match self.actual {
            Some(_) if self.slippage() > 0 => MilestoneState::ReachedLate,
            Some(_) => MilestoneState::Reached,
            None if self.day() < on => MilestoneState::Overdue,
            None if self.slippage() > 0 => MilestoneState::Slipped,
            None => MilestoneState::OnTime,
        }
    }
}

/// What waits for what: the second begins, or is reached, no sooner than so many days after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dependency<K> {
    /// What is waited for.
    pub on: K,
    /// What waits.
    pub waits: K,
    /// Days between them at least.
    pub lag: u32,
}

/// That something cannot be when it is expected, as what it waits for comes later. Its own day stays what its people say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock<K> {
    /// What would be late.
    pub waits: K,
    /// What it waits for, directly.
    pub on: K,
    /// The day it is expected.
    pub expected: NaiveDate,
    /// The earliest day it can be, all that is before it considered.
    pub earliest: NaiveDate,
}

/// What slips mean for whatever depends on them, however far down: a warning each, and no day is changed. What was reached already is
/// not warned of. Dependencies that go round in a circle are followed once round and no further: see [`circle`].
///
/// The order is that of the keys. Each dependency is looked at once.
#[must_use]
pub fn knocks<K: Copy + Ord>(milestones: &BTreeMap<K, Milestone>, dependencies: &[Dependency<K>]) -> Vec<Knock<K>> {
    let mut earliest: BTreeMap<K, NaiveDate> = milestones.iter().map(|(key, milestone)| (*key, milestone.day())).collect();
    let mut cause: BTreeMap<K, K> = BTreeMap::new();
    let mut following: BTreeMap<K, Vec<&Dependency<K>>> = BTreeMap::new();
    for dependency in dependencies {
        following.entry(dependency.on).or_default().push(dependency);
    }
    for key in in_order(milestones, dependencies) {
        for Dependency { on, waits, lag } in following.get(&key).into_iter().flatten() {
            let Some(day) = earliest.get(on).and_then(|day| day.checked_add_days(Days::new(u64::from(*lag)))) else { continue };
            let reached = milestones.get(waits).is_none_or(|milestone| milestone.actual.is_some());
            if let Some(held) = earliest.get_mut(waits).filter(|held| !reached && **held < day) {
                *held = day;
                cause.insert(*waits, *on);
            }
        }
    }
    let knock = |(waits, on): (&K, &K)| {
        let (milestone, earliest) = (milestones.get(waits)?, earliest.get(waits)?);
        Some(Knock { waits: *waits, on: *on, expected: milestone.day(), earliest: *earliest })
    };
    cause.iter().filter_map(knock).collect()
}

/// Each key behind all it waits for; those in circles, and what waits for them, at the end in their own order.
fn in_order<K: Copy + Ord>(milestones: &BTreeMap<K, Milestone>, dependencies: &[Dependency<K>]) -> Vec<K> {
    let known = |of: &&Dependency<K>| milestones.contains_key(&of.on) && milestones.contains_key(&of.waits);
    let mut before: BTreeMap<K, usize> = milestones.keys().map(|key| (*key, 0)).collect();
    let mut following: BTreeMap<K, Vec<K>> = BTreeMap::new();
    for Dependency { on, waits, .. } in dependencies.iter().filter(known) {
        following.entry(*on).or_default().push(*waits);
        *before.entry(*waits).or_default() += 1;
    }
    let mut ready: Vec<K> = before.iter().filter(|(_, count)| **count == 0).map(|(key, _)| *key).collect();
    let mut order = Vec::with_capacity(milestones.len());
    while let Some(key) = ready.pop() {
        before.remove(&key);
        order.push(key);
        for waits in following.get(&key).into_iter().flatten() {
            if let Some(count) = before.get_mut(waits) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*waits);
                }
            }
        }
    }
    order.extend(before.keys());
    order
}

/// Some that depend on one another in a circle, in the order they wait; empty where none do.
#[must_use]
pub fn circle<K: Copy + Ord>(dependencies: &[Dependency<K>]) -> Vec<K> {
    let mut next: BTreeMap<K, Vec<K>> = BTreeMap::new();
    for dependency in dependencies {
        next.entry(dependency.on).or_default().push(dependency.waits);
    }
    let mut done = BTreeSet::new();
    for start in next.keys() {
        if done.contains(start) {
            continue;
        }
        // Depth first, with the way that led here; each key is left for good once.
        let mut way: Vec<(K, usize)> = vec![(*start, 0)];
        let mut on_it = BTreeSet::from([*start]);
        while let Some((key, at)) = way.last_mut() {
            let key = *key;
            let following = next.get(&key).and_then(|waits| waits.get(*at)).copied();
            *at += 1;
            match following {
                None => {
                    done.insert(key);
                    on_it.remove(&key);
                    way.pop();
                }
                Some(following) => {
                    if on_it.contains(&following) {
                        return way.iter().map(|(key, _)| *key).skip_while(|key| *key != following).collect();
                    }
                    if !done.contains(&following) {
                        way.push((following, 0));
                        on_it.insert(following);
                    }
                }
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn milestone(baseline: &str, forecast: Option<&str>, actual: Option<&str>) -> Milestone {
        Milestone { baseline: day(baseline), forecast: forecast.map(day), actual: actual.map(day) }
    }

    #[test]
    fn a_project_is_as_its_worst_side() {
        use DeliveryStatus::{Amber, Green, Red};
        assert_eq!(worst(&[Some(Green), Some(Amber), None, Some(Green)]), Some(Amber));
        assert_eq!(worst(&[Some(Red), Some(Green)]), Some(Red));
        assert_eq!(worst(&[None, None]), None);
    }

    #[test]
    fn a_milestone_is_told_by_its_three_days() {
        let on = day("2025-06-01");
        let state = |m: Milestone| (m.state(on), m.slippage());
        assert_eq!(state(milestone("2025-07-01", None, None)), (MilestoneState::OnTime, 0));
        assert_eq!(state(milestone("2025-07-01", Some("2025-06-20"), None)), (MilestoneState::OnTime, -11));
        assert_eq!(state(milestone("2025-07-01", Some("2025-07-15"), None)), (MilestoneState::Slipped, 14));
        assert_eq!(state(milestone("2025-05-01", None, None)), (MilestoneState::Overdue, 0));
        assert_eq!(state(milestone("2025-05-01", Some("2025-06-01"), None)), (MilestoneState::Slipped, 31), "today is not past");
        assert_eq!(state(milestone("2025-05-01", Some("2025-07-01"), Some("2025-05-01"))), (MilestoneState::Reached, 0));
        assert_eq!(state(milestone("2025-05-01", None, Some("2025-05-09"))), (MilestoneState::ReachedLate, 8));
    }

    #[test]
    fn a_slip_is_carried_to_all_that_waits_and_changes_no_day() {
        let milestones = BTreeMap::from([
            ('a', milestone("2025-03-01", Some("2025-05-01"), None)),
            ('b', milestone("2025-04-01", None, None)),
            ('c', milestone("2025-05-10", None, None)),
            ('d', milestone("2025-04-15", None, Some("2025-04-10"))),
            ('e', milestone("2025-12-01", None, None)),
        ]);
        let waits = |on, waits, lag| Dependency { on, waits, lag };
        let dependencies = [waits('b', 'c', 14), waits('a', 'b', 0), waits('a', 'd', 0), waits('c', 'e', 0), waits('z', 'e', 9)];
        let knocks = knocks(&milestones, &dependencies);
        assert_eq!(
            knocks,
            [
                Knock { waits: 'b', on: 'a', expected: day("2025-04-01"), earliest: day("2025-05-01") },
                Knock { waits: 'c', on: 'b', expected: day("2025-05-10"), earliest: day("2025-05-15") },
            ],
            "what was reached and what has room enough is not warned of"
        );
    }

    #[test]
    fn a_chain_of_thousands_is_followed_to_its_end_whatever_the_order() {
        let length = 20_000_u32;
        let first = milestone("2025-01-01", Some("2025-03-01"), None);
        let milestones: BTreeMap<u32, Milestone> =
            (0..length).map(|key| (key, if key == 0 { first } else { milestone("2025-01-01", None, None) })).collect();
        // The last of the chain first: the worst order for whoever goes round by round.
        let waits: Vec<Dependency<u32>> = (1..length).rev().map(|key| Dependency { on: key - 1, waits: key, lag: 0 }).collect();
        let found = knocks(&milestones, &waits);
        assert_eq!(found.len(), length as usize - 1);
        assert!(found.iter().all(|knock| knock.earliest == day("2025-03-01")));
        assert!(circle(&waits).is_empty());
        let round: Vec<Dependency<u32>> = waits.iter().copied().chain([Dependency { on: length - 1, waits: 0, lag: 0 }]).collect();
        assert_eq!(circle(&round).len(), length as usize);
    }

    #[test]
    fn circles_are_found_and_do_not_hang() {
        let waits = |on, waits| Dependency { on, waits, lag: 1 };
        assert_eq!(circle(&[waits(1, 2), waits(2, 3), waits(1, 3)]), Vec::<i32>::new());
        assert_eq!(circle(&[waits(1, 2), waits(2, 3), waits(3, 2)]), [2, 3]);
        assert_eq!(circle(&[waits(1, 1)]), [1]);
        let milestones = BTreeMap::from([(2, milestone("2025-01-01", None, None)), (3, milestone("2025-01-01", None, None))]);
        assert_eq!(super::knocks(&milestones, &[waits(2, 3), waits(3, 2)]).len(), 2);
    }
}
