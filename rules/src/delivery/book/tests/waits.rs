//! What waits for what, of milestones and of projects.

use super::*;
use crate::delivery::project::Knock;

fn of(code: &str, project: &str, baseline: &str) -> MilestoneRow {
    MilestoneRow { code: code.to_owned(), project: project.to_owned(), baseline: day(baseline), ..milestone() }
}

fn ending(element: &str, end: &str) -> ProjectRow {
    ProjectRow { element: element.to_owned(), baseline_end: day(end), ..project() }
}

#[test]
fn a_slip_is_carried_through_projects_to_milestones_of_others() {
    let projects = [ending("DEPOT", "2024-12-31"), ending("FLEET", "2025-06-30")];
    let let_late = MilestoneRow { forecast: Some(day("2025-02-01")), ..of("M1", "DEPOT", "2024-11-30") };
    let milestones = [let_late, of("M2", "FLEET", "2025-02-15"), of("M3", "FLEET", "2025-05-01")];
    let dependencies = [DependencyRow { days: 30, ..dependency("M2", "DEPOT") }, dependency("M3", "M2")];
    let found = waiting(&projects.each_ref(), &milestones.each_ref(), &dependencies.each_ref());
    let knock = |waits, on, expected, earliest| Knock { waits, on, expected: day(expected), earliest: day(earliest) };
    // The depot ends no sooner than its contract is let on 1 February; 30 days on is 3 March, which leaves M3 its room.
    assert_eq!(found, [knock("DEPOT", "M1", "2024-12-31", "2025-02-01"), knock("M2", "DEPOT", "2025-02-15", "2025-03-03")]);
    assert_eq!(milestones[1].forecast, None, "no day is changed");
}

#[test]
fn what_is_done_or_in_time_knocks_nothing() {
    let over = ProjectRow { ended_on: Some(day("2024-12-20")), ..ending("DEPOT", "2024-12-31") };
    let milestones = [of("M1", "DEPOT", "2025-02-01")];
    assert_eq!(waiting(&[&over], &milestones.each_ref(), &[]), [], "it ended");
    let milestones = [of("M1", "DEPOT", "2024-12-31")];
    assert_eq!(waiting(&[&ending("DEPOT", "2024-12-31")], &milestones.each_ref(), &[]), [], "on its last day");
    let forecast = ProjectRow { forecast_end: Some(day("2025-02-01")), ..ending("DEPOT", "2024-12-31") };
    let milestones = [of("M1", "DEPOT", "2025-02-01")];
    assert_eq!(waiting(&[&forecast], &milestones.each_ref(), &[]), [], "it says so itself");
    assert_eq!(waiting(&[], &[], &[&dependency("M1", "M2")]), [], "nothing is held of either");
}

#[test]
fn circles_go_through_milestones_and_the_ends_of_their_projects() {
    let milestones = [of("M1", "DEPOT", "2025-01-01"), of("M2", "FLEET", "2025-01-01")];
    let circle = |dependencies: &[DependencyRow]| {
        let refs: Vec<&DependencyRow> = dependencies.iter().collect();
        circles(&milestones.each_ref(), &refs).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(circle(&[]), Vec::<String>::new());
    assert_eq!(circle(&[dependency("M2", "M1")]), Vec::<String>::new());
    assert_eq!(circle(&[dependency("M2", "M1"), dependency("M1", "M2")]), ["M1", "M2"]);
    assert_eq!(circle(&[dependency("M1", "DEPOT")]), ["DEPOT", "M1"], "a milestone is before the end of its own project");
    assert_eq!(circle(&[dependency("M2", "DEPOT"), dependency("M1", "FLEET")]), ["DEPOT", "M2", "FLEET", "M1"]);
    assert_eq!(circle(&[dependency("FLEET", "DEPOT"), dependency("PRG", "FLEET")]), Vec::<String>::new());
}

#[test]
fn nothing_waits_for_what_was_given_up() {
    let given_up = ProjectRow { stage: Stage::Cancelled, ..ending("DEPOT", "2024-12-31") };
    let milestones = [of("M1", "DEPOT", "2025-06-01"), of("M2", "FLEET", "2025-01-01")];
    let fleet = ending("FLEET", "2025-03-01");
    let dependencies = [dependency("M2", "M1")];
    assert_eq!(waiting(&[&given_up, &fleet], &milestones.each_ref(), &dependencies.each_ref()), []);
    let going_on = ProjectRow { stage: Stage::Delivery, ..given_up.clone() };
    assert_eq!(waiting(&[&going_on, &fleet], &milestones.each_ref(), &dependencies.each_ref()).len(), 3);
}
