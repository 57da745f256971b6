//! What a return's state does to its figures: what takes them, what does not, and who opens it.

use rules::measure::Frequency::Quarterly;
use rules::permission::Role;

use super::super::locks::{Gate, Takes};
use super::super::periods::{self, PeriodInput};
use super::super::service::{Wanted, issue};
use super::super::verbs::{self, Late};
use super::stage::{Q2, Stage, done, refused};
use crate::access::GrantScope;
use crate::error::Refusal;
use crate::packs::tests::council::{TestCouncil, at, day, on_each_database, period};

/// What becomes of a figure: `yes`, `closed`, `unknown`, or why it is locked.
async fn takes(stage: &Stage, code: &str, of: &str) -> String {
    let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
    let scope = stage.team.own_scope();
    let gate = Gate::load(&*snapshot, &scope, stage.today()).await.unwrap();
    match gate.takes(&*snapshot, &scope, stage.council.of(code), period(of)).await.unwrap() {
        Takes::Yes(_) => "yes".to_owned(),
        Takes::Closed(closed) => format!("closed {}{}", closed.reporting, closed.ended_in_words()),
        Takes::Unknown => "unknown".to_owned(),
        Takes::Locked(locked) => locked.words(),
    }
}

async fn close(stage: &Stage, of: &str) {
    let input = PeriodInput { council: "testshire".into(), period: period(of), due_on: None };
    periods::close(&stage.council.app, &stage.team, &input).await.unwrap();
}

#[tokio::test]
async fn a_return_that_is_past_taking_figures_says_who_opens_it() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        assert_eq!(takes(&stage, "K1", Q2).await, "yes");
        stage.submit(id).await;
        let submitted = "The return of Service S1 for 2023/24 Q2 was submitted by Somebody on 20 October 2023. To change its figures: take back \
            (whoever may submit returns), or query (whoever may assure returns).";
        // Its months are its own; another quarter's and another service's are not.
        assert_eq!(takes(&stage, "K1", Q2).await, submitted);
        assert_eq!(takes(&stage, "M1", "2023-08").await, submitted);
        assert_eq!(takes(&stage, "M1", "2023-10").await, "yes");
        assert_eq!(takes(&stage, "K2", Q2).await, "yes");
        stage.assure(id).await;
        stage.approve(id).await;
        let approved = takes(&stage, "K1", Q2).await;
        assert!(approved.ends_with("To change its figures: reopen for a correction (whoever may assure returns)."), "{approved}");
        // Reopened, it takes figures; and where the workflow does not reach, nothing is locked.
        stage.reopen(id).await;
        assert_eq!(takes(&stage, "K1", Q2).await, "yes");
        stage.later();
        stage.switch(Some("2023-10-01")).await;
        assert_eq!(takes(&stage, "K1", Q2).await, "yes");
        stage.later();
        stage.switch(Some("2023-07-01")).await;
        // What was submitted is not bared by switching the workflow off, or to a later day.
        stage.submit(id).await;
        let admin = stage.council.person(Role::CouncilAdministrator, GrantScope::Council).await;
        for from in [None, Some(day("2023-10-01"))] {
            let wanted = verbs::Switch { from, reason: "Too much work".into() };
            let tried = stage.act(&admin, async |deed| verbs::switch(deed, &wanted).await).await;
            assert_eq!(refused(tried), ["WORKFLOW_IN_USE"]);
        }
        assert!(takes(&stage, "K1", Q2).await.contains("was submitted"));
    })
    .await;
}

#[tokio::test]
async fn an_approved_figure_stays_locked_whoever_owns_its_indicator() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        stage.assure(id).await;
        stage.approve(id).await;
        stage.give("K1", "S2").await;
        let locked = takes(&stage, "K1", Q2).await;
        assert!(locked.starts_with("The return of Service S1 for 2023/24 Q2 was approved by"), "{locked}");
        // Opened where it was approved, it takes figures again, as the other service's.
        stage.reopen(id).await;
        assert_eq!(takes(&stage, "K1", Q2).await, "yes");
    })
    .await;
}

#[tokio::test]
async fn a_figure_that_was_not_due_when_its_return_was_submitted_comes_later() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        // K1's data come a month after the quarter: on 20 October nobody owes it.
        stage.lag("K1", 30).await;
        stage.withdraw("K1").await;
        stage.submit(id).await;
        assert_eq!(takes(&stage, "K1", Q2).await, "yes");
        assert!(takes(&stage, "M1", "2023-08").await.contains("was submitted"));
        stage.assure(id).await;
        stage.approve(id).await;
        stage.council.app.clock.set(at("2023-11-02T09:00:00Z"));
        assert_eq!(takes(&stage, "K1", Q2).await, "yes");
        assert!(takes(&stage, "M1", "2023-08").await.contains("was approved"));
    })
    .await;
}

#[tokio::test]
async fn a_closed_period_takes_figures_of_one_return_until_a_day() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        close(&stage, Q2).await;
        let id = stage.of("S1", Q2);
        let allow = async |actor, until: &str, reason: &str| {
            let late = Late { id, until: day(until), reason: reason.to_owned() };
            stage.act(actor, async |deed| verbs::allow_late(deed, &late).await).await
        };
        assert_eq!(takes(&stage, "M1", "2023-08").await, "closed 2023/24 Q2");
        assert_eq!(refused(allow(&stage.manager, "2023-10-25", "Storm").await), ["FORBIDDEN"]);
        assert_eq!(refused(allow(&stage.team, "2023-10-19", "Storm").await), ["UNTIL_UNUSUAL"]);
        assert_eq!(refused(allow(&stage.team, "2024-10-21", "Storm").await), ["UNTIL_UNUSUAL"]);
        assert_eq!(refused(allow(&stage.team, "2023-10-25", " ").await), ["REASON_NEEDED"]);
        done(allow(&stage.team, "2023-10-25", "The system was down").await);
        assert_eq!(takes(&stage, "M1", "2023-08").await, "yes");
        assert_eq!(takes(&stage, "K2", Q2).await, "closed 2023/24 Q2");
        // A return that was submitted is locked all the same.
        stage.submit(id).await;
        assert!(takes(&stage, "M1", "2023-08").await.contains("was submitted"));
        done(stage.move_on(&stage.manager, id, async |deed, seen| verbs::recall(deed, seen, "More came").await).await);
        // The later word counts, and the day itself is still in time.
        stage.later();
        done(allow(&stage.team, "2023-10-22", "Only two days").await);
        stage.council.app.clock.set(at("2023-10-22T23:59:00Z"));
        assert_eq!(takes(&stage, "M1", "2023-08").await, "yes");
        stage.council.app.clock.set(at("2023-10-23T00:00:00Z"));
        assert_eq!(takes(&stage, "M1", "2023-08").await, "closed 2023/24 Q2");
        // Once its edition has ended that is said as well.
        stage.council.app.clock.set(at("2024-04-01T09:00:00Z"));
        let ended = "closed 2023/24 Q2, and its edition of the framework, 2023/24, ended on 31 March 2024";
        assert_eq!(takes(&stage, "M1", "2023-08").await, ended);
        stage.council.app.clock.set(at("2023-10-23T00:00:00Z"));
        // There is nothing to allow where the period is open.
        let open = Late { id: stage.of("S1", "2023/24 Q3"), until: day("2023-11-01"), reason: "None".into() };
        assert_eq!(refused(stage.act(&stage.team, async |deed| verbs::allow_late(deed, &open).await).await), ["PERIOD_OPEN"]);
    })
    .await;
}

async fn asked(council: &TestCouncil, stage: &Stage, element: &str) -> Result<usize, String> {
    let wanted = Wanted { council: "testshire", element, period: period(Q2) };
    match issue(&council.app, &stage.team, wanted).await {
        Ok(issued) => Ok(issued.rows),
        Err(Refusal::User(user)) => Err(user.code),
        Err(Refusal::Error(error)) => panic!("{}", error.log_text()),
    }
}

#[tokio::test]
async fn no_template_asks_for_what_is_locked() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let council = &stage.council;
        assert_eq!(asked(council, &stage, "S1").await, Ok(4));
        stage.submit(stage.of("S1", Q2)).await;
        assert_eq!(asked(council, &stage, "S1").await, Err("RETURN_LOCKED".to_owned()));
        // The directorate's still asks for the other service's.
        assert_eq!(asked(council, &stage, "D1").await, Ok(1));
        close(&stage, Q2).await;
        assert_eq!(asked(council, &stage, "S2").await, Err("PERIOD_CLOSED".to_owned()));
        let late = Late { id: stage.of("S2", Q2), until: day("2023-10-31"), reason: "The system was down".into() };
        done(stage.act(&stage.team, async |deed| verbs::allow_late(deed, &late).await).await);
        assert_eq!(asked(council, &stage, "S2").await, Ok(1));
        assert_eq!(asked(council, &stage, "D1").await, Ok(1));
    })
    .await;
}

#[tokio::test]
async fn what_a_gate_costs_does_not_depend_on_the_figures() {
    on_each_database(async |council| {
        let mut stage = Stage::set(council).await;
        stage.submit(stage.of("S1", Q2)).await;
        let cost = async |stage: &Stage, codes: &[&str]| {
            let before = stage.council.app.db.statements();
            let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
            let scope = stage.team.own_scope();
            let gate = Gate::load(&*snapshot, &scope, stage.today()).await.unwrap();
            for code in codes {
                gate.takes(&*snapshot, &scope, stage.council.of(code), period(Q2)).await.unwrap();
            }
            stage.council.app.db.statements() - before
        };
        let few = cost(&stage, &["K1"]).await;
        for n in 0..9 {
            stage.council.indicator(&format!("X{n}"), "S1", Quarterly, None).await;
        }
        let many = cost(&stage, &["K1", "M1", "K2", "X0", "X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8"]).await;
        assert_eq!(few, many);
    })
    .await;
}
