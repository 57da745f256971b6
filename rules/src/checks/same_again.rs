//! VAL-035: the same value six periods running. A figure nobody has looked at since may have been copied forward.

use super::{Entry, Finding};

const RUNNING: u32 = 6;

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    let value = entry.figure()?;
    let earlier = entry.earlier();
    let start = earlier.len().checked_sub(RUNNING as usize - 1)?;
    // The five before, one by one: a gap in them is not "running".
    let same = (1..RUNNING)
        .zip(earlier.get(start..)?.iter().rev())
        .all(|(back, (period, before))| entry.period.back(back) == Some(*period) && *before == value);
    same.then(|| {
        let message = format!("{} is the same value {RUNNING} periods running", entry.shown(value));
        Finding::warning("VAL-035", message).suggesting("Check that it was measured again and not copied forward")
    })
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{entry, months};
    use super::*;

    #[test]
    fn six_running_are_asked_about_and_five_are_not() {
        assert_eq!(
            check(&entry("98", &months(&["7", "98", "98", "98", "98", "98.0"]))).map(|f| f.message).as_deref(),
            Some("98.0 is the same value 6 periods running")
        );
        assert_eq!(check(&entry("98", &months(&["98", "98", "98", "98"]))), None);
        assert_eq!(check(&entry("98", &months(&["98", "97", "98", "98", "98"]))), None);
    }

    #[test]
    fn a_gap_breaks_the_run() {
        let mut history = months(&["98", "98", "98", "98", "98", "98"]);
        history.remove(3);
        assert_eq!(check(&entry("98", &history)), None);
    }
}
