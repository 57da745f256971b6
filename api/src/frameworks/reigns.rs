//! Which edition's rules judge which periods: each edition's from its first day until the next one's.

use chrono::NaiveDate;
use rules::status::StatusRule;
use uuid::Uuid;

use super::catalogue::{Edition, EditionRule};

/// The rules an indicator is judged by, the earliest first: each edition's from its first day, and before the first
/// edition its own dated ones.
pub fn rules_for(edition: &Edition, indicator: Uuid) -> Vec<StatusRule> {
    rules_where(edition, indicator, |_| true)
}

/// The same of those rules alone that read so at some instant, where the edition has every reading of them.
pub fn rules_where(edition: &Edition, indicator: Uuid, read_so: impl Fn(&EditionRule) -> bool) -> Vec<StatusRule> {
    let mut judging = Vec::new();
    for reign in &edition.before {
        reigns(&mut judging, reign.from, rules_of(&reign.rules, indicator, &read_so));
    }
    let own = rules_of(&edition.rules, indicator, &read_so);
    if own.is_empty() {
        return own;
    }
    reigns(&mut judging, edition.stands_from, own);
    judging
}

fn rules_of(rules: &[EditionRule], indicator: Uuid, read_so: &impl Fn(&EditionRule) -> bool) -> Vec<StatusRule> {
    let of = |whose: Option<Uuid>| rules.iter().filter(move |r| r.indicator == whose && read_so(r)).map(|r| r.rule.clone());
    let own: Vec<StatusRule> = of(Some(indicator)).collect();
    if own.is_empty() { of(None).collect() } else { own }
}

/// Lets an edition's rules judge from its first day on, and leaves what was judged before as it was.
fn reigns(judging: &mut Vec<StatusRule>, from: NaiveDate, rules: Vec<StatusRule>) {
    if judging.is_empty() {
        judging.extend(rules);
        return;
    }
    judging.retain(|rule| rule.applies_from < from);
    let begun = rules.partition_point(|rule| rule.applies_from <= from);
    for (at, rule) in rules.into_iter().enumerate() {
        if at + 1 == begun {
            judging.push(StatusRule { applies_from: from, ..rule });
        } else if at >= begun {
            judging.push(rule);
        }
    }
}

#[cfg(test)]
mod tests {
    use rules::status::Shape;

    use super::*;

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 4, 1).unwrap()
    }

    fn rule(version: &str, year: i32) -> StatusRule {
        StatusRule { version: version.to_owned(), applies_from: day(year), shape: Shape::Levels }
    }

    #[test]
    fn each_edition_judges_from_its_first_day_and_repaints_nothing() {
        let mut judging = Vec::new();
        // The first edition's own days hold for the history before it, too.
        reigns(&mut judging, day(2022), vec![rule("a", 2019), rule("b", 2023), rule("late", 2026)]);
        // The second is dated before it stands.
        reigns(&mut judging, day(2025), vec![rule("old", 2018), rule("c", 2022), rule("d", 2027)]);
        let read: Vec<_> = judging.iter().map(|rule| (rule.version.as_str(), rule.applies_from)).collect();
        assert_eq!(read, [("a", day(2019)), ("b", day(2023)), ("c", day(2025)), ("d", day(2027))]);
    }
}
