use chrono::NaiveDate;

use super::*;
use crate::permission::{Permission as P, roles_with};

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
    for (kind, keeper) in [(Kind::Question, Keeper::Forum), (Kind::Information, Keeper::Cabinet), (Kind::Recommendation, Keeper::Audit)] {
        for seed in 0..1_000 {
            let mut state = State::Recorded;
            // Person 0 put it on record.
            let mut done: Vec<(usize, Act)> = vec![(0, Act::Record)];
            for (act, person) in acts(seed, 60) {
                let own: Vec<Act> = done.iter().filter(|(who, _)| *who == person).map(|(_, act)| *act).collect();
                let Ok(step) = refused(act, state, (kind, keeper), &own) else { continue };
                assert!(state.is_outstanding(), "{seed}: {act} after the end");
                assert_eq!((step.act, step.from), (act, state));
                let before = |act: Act| done.iter().filter(|(_, did)| *did == act).count();
                match act {
                    Act::Answer => assert!(before(Act::Assign) > 0 && !own.contains(&Act::Record)),
                    Act::Accept | Act::Return => assert!(before(Act::Answer) > before(Act::Return) && !own.contains(&Act::Answer)),
                    _ => {}
                }
                state = step.to;
                done.push((person, act));
            }
        }
    }
}

#[test]
fn every_state_is_reached_and_every_open_one_is_left_by_somebody() {
    for state in State::ALL {
        assert!(*state == State::Recorded || STEPS.iter().any(|step| step.to == *state), "{state} is never reached");
        assert_eq!(steps_from(*state).next().is_some(), state.is_outstanding(), "{state}");
    }
    for step in &STEPS {
        assert_eq!(STEPS.iter().filter(|other| (other.act, other.from) == (step.act, step.from)).count(), 1);
        for keeper in Keeper::ALL {
            assert!(roles_with(step.permission(*keeper)).next().is_some(), "nobody may {}", step.act);
        }
    }
    for act in Act::ALL.iter().filter(|act| **act != Act::Record) {
        assert!(STEPS.iter().any(|step| step.act == *act), "{act} is never done");
    }
}

#[test]
fn whoever_asks_keeps_or_answers_is_known_by_the_permission_table() {
    let roles = |permissions: &[P]| {
        let mut roles: Vec<&str> = permissions.iter().flat_map(|p| roles_with(*p)).map(crate::permission::Role::code).collect();
        roles.sort_unstable();
        roles.dedup();
        roles.join(" ")
    };
    assert_eq!(roles(recorders(Kind::Question, true)), "SCRUTINY_MEMBER SCRUTINY_OFFICER");
    assert_eq!(roles(recorders(Kind::Recommendation, true)), "INTERNAL_AUDIT SCRUTINY_MEMBER SCRUTINY_OFFICER");
    assert_eq!(roles(recorders(Kind::Information, true)), "SCRUTINY_OFFICER");
    assert_eq!(roles(recorders(Kind::Information, false)), "CABINET_MEMBER");
    assert_eq!(roles(&[P::AnswerQuestion]), "DIRECTOR PORTFOLIO_HOLDER");
    for (kind, of_forum) in Kind::ALL.iter().flat_map(|kind| [(*kind, true), (*kind, false)]) {
        // Somebody keeps whatever can be put on record, and they may put it there.
        let keeper = Keeper::of(kind, of_forum);
        assert_eq!(recorders(kind, of_forum).first().copied(), keeper.map(Keeper::permission));
    }
}

#[test]
fn whoever_answered_does_not_accept_and_whoever_asked_does_not_answer() {
    let of = (Kind::Question, Keeper::Forum);
    assert_eq!(refused(Act::Accept, State::Answered, of, &[Act::Record, Act::Assign]).map(|step| step.to), Ok(State::Accepted));
    for act in [Act::Accept, Act::Return] {
        let found = refused(act, State::Answered, of, &[Act::Answer]);
        assert!(matches!(found, Err(Refused::Separate { did: Act::Answer, .. })), "{found:?}");
    }
    let own = refused(Act::Answer, State::Assigned, (Kind::Information, Keeper::Cabinet), &[Act::Record]);
    assert!(matches!(own, Err(Refused::Separate { did: Act::Record, .. })), "{own:?}");
    assert_eq!(refused(Act::Answer, State::Recorded, of, &[]), Err(Refused::NotNow { state: State::Recorded }));
    assert_eq!(refused(Act::Accept, State::Accepted, of, &[]), Err(Refused::NotNow { state: State::Accepted }));
}

#[test]
fn only_an_answer_that_is_waited_for_is_overdue() {
    let day = |day| NaiveDate::from_ymd_opt(2024, 10, day).unwrap();
    assert!(overdue(State::Assigned, Some(day(13)), day(14)));
    assert!(overdue(State::Returned, Some(day(13)), day(14)));
    assert!(!overdue(State::Assigned, Some(day(14)), day(14)));
    assert!(!overdue(State::Answered, Some(day(13)), day(14)));
    assert!(!overdue(State::Withdrawn, Some(day(13)), day(14)));
    assert!(!overdue(State::Assigned, None, day(14)));
}

#[test]
fn the_page_is_the_table() {
    // To renew it, write what `page` gives to docs/questions.md.
    assert_eq!(page(), include_str!("../../../docs/questions.md"));
}
