use super::*;
use crate::permission::{Permission, roles_with};

/// The way of a proposal that nothing is left out of.
const WAY: [State; 5] = [State::Proposed, State::Recommended, State::Reviewed, State::Scrutinised, State::Approved];

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
fn no_order_of_acts_by_any_people_gets_a_target_past_the_table() {
    let mut approvals = 0;
    for seed in 0..4_000 {
        let mut state = State::Proposed;
        let mut done: Vec<(usize, Act)> = vec![(0, Act::Propose)];
        for (act, person) in acts(seed, 40) {
            let own: Vec<Act> = done.iter().filter(|(who, _)| *who == person).map(|(_, act)| *act).collect();
            let Ok(step) = refused(act, state, &own) else { continue };
            assert_eq!((step.act, step.from), (act, state));
            done.push((person, act));
            state = step.to;
            if act == Act::Approve {
                approvals += 1;
                // A member looked at the figures as they were proposed last, and neither of those who proposed decided.
                let last = |wanted: Act| done.iter().rposition(|(_, act)| *act == wanted);
                assert!(last(Act::Review) > last(Act::Propose), "{seed}: {done:?}");
                let proposers: Vec<usize> = done.iter().filter(|(_, act)| *act == Act::Propose).map(|(who, _)| *who).collect();
                assert!(!proposers.contains(&person), "{seed}: {done:?}");
            }
            if !is_open(state) {
                break;
            }
        }
    }
    assert!(approvals > 100, "{approvals}");
}

#[test]
fn every_state_is_reached_and_decided_ones_are_left_by_nobody() {
    for state in State::ALL {
        assert!(STEPS.iter().any(|step| step.to == *state), "{state} is never reached");
    }
    let closed: Vec<State> = State::ALL.iter().copied().filter(|state| !is_open(*state)).collect();
    assert_eq!(closed, [State::Approved, State::Refused, State::Withdrawn]);
    for step in &STEPS {
        assert!(roles_with(step.permission).next().is_some(), "nobody may {}", step.act);
        assert_eq!(STEPS.iter().filter(|other| (other.act, other.from) == (step.act, step.from)).count(), 1);
    }
    for act in Act::ALL {
        assert!(STEPS.iter().any(|step| step.act == *act), "{act} is never done");
    }
}

#[test]
fn what_the_table_lets_pass_by_is_what_may_be_left_out_and_nothing_else() {
    let place = |state: State| WAY.iter().position(|on| *on == state);
    for (at, state) in WAY.iter().enumerate().skip(1).take(3) {
        let passed = STEPS.iter().any(|step| match (place(step.from), place(step.to)) {
            (Some(from), Some(to)) => from < at && at < to,
            _ => false,
        });
        assert_eq!(passed, SKIPS.iter().any(|skip| skip.state == *state), "{state}");
    }
    assert!(SKIPS.iter().all(|skip| skip.state != State::Reviewed));
}

#[test]
fn whoever_proposed_does_no_later_step() {
    for (act, state) in [
        (Act::Recommend, State::Proposed),
        (Act::Review, State::Recommended),
        (Act::Return, State::Recommended),
        (Act::Approve, State::Reviewed),
        (Act::Refuse, State::Reviewed),
    ] {
        assert!(refused(act, state, &[]).is_ok(), "{act}");
        assert!(matches!(refused(act, state, &[Act::Propose]), Err(Refused::Separate { did: Act::Propose, .. })), "{act}");
    }
    assert!(refused(Act::Withdraw, State::Reviewed, &[Act::Propose]).is_ok());
    assert!(refused(Act::Propose, State::Returned, &[Act::Propose]).is_ok());
    assert_eq!(refused(Act::Approve, State::Proposed, &[]), Err(Refused::NotNow { state: State::Proposed }));
}

#[test]
fn each_step_is_taken_by_who_the_framework_says() {
    let who = |act: Act| {
        let permission = STEPS.iter().find(|step| step.act == act).unwrap().permission;
        roles_with(permission).map(crate::permission::Role::code).collect::<Vec<_>>()
    };
    for (act, roles) in [
        (Act::Propose, "SERVICE_MANAGER"),
        (Act::Recommend, "DIRECTOR"),
        (Act::Review, "PORTFOLIO_HOLDER"),
        (Act::Return, "PORTFOLIO_HOLDER"),
        (Act::Scrutinise, "SCRUTINY_OFFICER"),
        (Act::Approve, "PERFORMANCE_TEAM"),
        (Act::Refuse, "PERFORMANCE_TEAM"),
        (Act::Withdraw, "SERVICE_MANAGER"),
    ] {
        assert_eq!(who(act), [roles], "{act}");
    }
    assert!(roles_with(Permission::RecordTargets).all(|role| role.code() == "PERFORMANCE_TEAM"));
}

#[test]
fn a_period_that_begins_before_the_target_does_is_reached_back_to() {
    let day = chrono::NaiveDate::from_ymd_opt(2024, 10, 1).unwrap();
    let back = |period: &str| reaches_back(period.parse().unwrap(), day);
    assert_eq!(["2024/25", "2024/25 Q2", "2024/25 Q3", "2025/26", "2024-09", "2024-10"].map(back), [true, true, false, false, true, false]);
}

#[test]
fn the_page_is_what_the_table_prints() {
    // To renew it, write what `page` gives to docs/targets.md.
    assert_eq!(page(), include_str!("../../../docs/targets.md"));
}
