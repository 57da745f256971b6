use super::*;
use crate::measure::Absence;
use crate::permission::{Permission, roles_with};
use crate::status::Colour;

/// Acts anybody may try, in an order a generator of one line makes up: the same every time.
fn acts(seed: u64, count: usize) -> impl Iterator<Item = (Act, usize)> {
    let mut state = seed;
    (0..count).map(move |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let drawn = usize::try_from(state >> 33).unwrap();
        (Act::ALL[drawn % Act::ALL.len()], (drawn / 7) % 4)
    })
}

#[test]
fn no_order_of_acts_by_any_people_gets_past_the_table() {
    for seed in 0..2_000 {
        let mut state = State::Open;
        let mut done: Vec<(usize, Act)> = Vec::new();
        let mut approvals = 0;
        // What was done since the last approval.
        let mut since: Vec<Act> = Vec::new();
        for (act, person) in acts(seed, 60) {
            let own: Vec<Act> = done.iter().filter(|(who, _)| *who == person).map(|(_, act)| *act).collect();
            let Ok(step) = refused(act, state, &own) else { continue };
            assert_eq!((step.act, step.from), (act, state));
            // Nothing is approved that nobody assured, assured that nobody submitted, or published that nobody approved.
            let before = |act: Act| done.iter().any(|(_, did)| *did == act);
            match act {
                Act::Assure => assert!(before(Act::Submit)),
                Act::Approve => assert!(since.contains(&Act::Submit) && since.contains(&Act::Assure)),
                Act::Publish => assert!(approvals > 0),
                _ => {}
            }
            let submitters: Vec<usize> = done.iter().filter(|(_, act)| *act == Act::Submit).map(|(who, _)| *who).collect();
            assert!(!matches!(act, Act::Assure | Act::Approve) || !submitters.contains(&person), "{seed}: {person} {act}");
            approvals += usize::from(act == Act::Approve);
            since.push(act);
            if act == Act::Approve || step.to == State::Open {
                since.clear();
            }
            // What was approved is opened by reopening alone.
            assert!(!is_approved(state) || is_approved(step.to) || act == Act::Reopen, "{seed}: {act} in {state}");
            state = step.to;
            if takes_figures(state) && state == State::Open {
                done.clear();
            } else {
                done.push((person, act));
            }
        }
    }
}

#[test]
fn every_state_is_reached_and_left_by_somebody() {
    for state in State::ALL {
        assert!(*state == State::Open || STEPS.iter().any(|step| step.to == *state), "{state} is never reached");
        assert!(steps_from(*state).next().is_some(), "{state} is never left");
    }
    for step in &STEPS {
        assert!(roles_with(step.permission).next().is_some(), "nobody may {}", step.act);
        assert_eq!(STEPS.iter().filter(|other| (other.act, other.from) == (step.act, step.from)).count(), 1);
    }
    for act in Act::ALL {
        assert!(STEPS.iter().any(|step| step.act == *act), "{act} is never done");
    }
}

#[test]
fn what_is_locked_says_who_opens_it() {
    assert_eq!(lock(State::Open), None);
    assert_eq!(lock(State::Queried), None);
    for state in State::ALL.iter().copied().filter(|state| !takes_figures(*state)) {
        let lock = lock(state).expect("is locked");
        assert!(!lock.opens.is_empty(), "{state} is locked for ever");
    }
    let words = lock(State::Submitted).unwrap().words();
    assert_eq!(
        words,
        "The return is submitted. To change its figures: take back (whoever may submit returns), or query (whoever may assure returns)."
    );
}

#[test]
fn a_figure_that_comes_later_is_taken_and_no_other() {
    let stood = |given, not_due| Stood { given, not_due };
    for state in State::ALL {
        let open = matches!(state, State::Open | State::Queried);
        // A figure that was there when the return was submitted, and approved.
        assert_eq!(takes(*state, stood(true, false)), open, "{state}");
        // One that was not due, and has not come.
        assert!(takes(*state, stood(false, true)), "{state}");
    }
    // One that was approved as not due and is submitted now: not before it is sent back.
    let came: Vec<State> = State::ALL.iter().copied().filter(|state| is_approved(*state) && takes(*state, stood(true, true))).collect();
    assert_eq!(came, [State::Approved, State::Published, State::LateQueried]);
    assert!(matches!(refused(Act::Approve, State::LateAssured, &[Act::Submit]), Err(Refused::Separate { did: Act::Submit, .. })));
    assert_eq!(refused(Act::Approve, State::LateAssured, &[Act::Approve]).map(|step| step.to), Ok(State::Approved));
    assert_eq!(refused(Act::Approve, State::LateSubmitted, &[]), Err(Refused::NotNow { state: State::LateSubmitted }));
}

#[test]
fn whoever_submitted_neither_assures_nor_approves() {
    assert_eq!(refused(Act::Assure, State::Submitted, &[]).map(|step| step.to), Ok(State::Assured));
    assert!(matches!(refused(Act::Assure, State::Submitted, &[Act::Submit]), Err(Refused::Separate { did: Act::Submit, .. })));
    assert!(matches!(refused(Act::Approve, State::Assured, &[Act::Submit]), Err(Refused::Separate { did: Act::Submit, .. })));
    assert!(refused(Act::Approve, State::Assured, &[Act::Assure]).is_ok());
    assert_eq!(refused(Act::Approve, State::Approved, &[]), Err(Refused::NotNow { state: State::Approved }));
}

#[test]
fn a_figure_that_is_off_target_is_explained_and_acted_on() {
    let entry = |status: Colour| Entry {
        status,
        given: true,
        absence: None,
        commentary: Some("Rounds changed."),
        action: Some("Two crews"),
        owner: Some("Waste manager"),
        has_due: true,
    };
    assert_eq!(owed(&entry(Colour::Red)), []);
    let bare = |status| Entry { commentary: Some(" "), action: None, owner: None, has_due: false, ..entry(status) };
    for colour in [Colour::Red, Colour::Amber] {
        assert_eq!(owed(&bare(colour)), [Missing::Explanation, Missing::Action, Missing::Owner, Missing::Due]);
    }
    assert_eq!(owed(&bare(Colour::Green)), []);
    assert_eq!(owed(&Entry { given: false, ..bare(Colour::NoData) }), [Missing::Figure]);
    let without = |absence| owed(&Entry { given: false, absence: Some(absence), ..bare(Colour::NoData) });
    assert_eq!(without(Absence::NotAvailable), [Missing::Explanation]);
    assert_eq!(without(Absence::NotDue), []);
}

#[test]
fn nobody_below_the_performance_team_opens_what_was_approved() {
    let may = |permission| roles_with(permission).map(crate::permission::Role::code).collect::<Vec<_>>();
    let opens = lock(State::Approved).unwrap().opens;
    assert_eq!(opens.iter().map(|step| step.permission).collect::<Vec<_>>(), [Permission::AssureReturn]);
    assert_eq!(may(Permission::AssureReturn), ["PERFORMANCE_TEAM"]);
}

#[test]
fn the_page_is_the_table() {
    // To renew it, write what `page` gives to docs/returns.md.
    assert_eq!(page(), include_str!("../../../docs/returns.md"));
}
