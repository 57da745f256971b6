//! Who owes what, until when, and to whom it belongs.

use rules::permission::Role;

use super::super::book::{Book, Wanted};
use super::super::periods::{self, PeriodInput};
use super::super::verbs::{self, Late};
use super::stage::{Q2, Stage, done, refused, told};
use crate::access::GrantScope;
use crate::packs::tests::council::{at, day, on_each_database, period};

async fn book(stage: &Stage, wanted: Wanted) -> Book {
    let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
    Book::load(&*snapshot, &stage.team.own_scope(), wanted, stage.today()).await.unwrap()
}

/// The element and period of each return that is overdue today, or on another day.
async fn overdue(stage: &Stage, on: Option<&str>) -> Vec<String> {
    let book = book(stage, Wanted::Lately).await;
    let late = book.returns.iter().filter(|one| book.overdue_on(one, on.map_or(book.today, day)));
    late.map(|one| format!("{} {}", book.catalogue(one).unwrap().element(one.element).unwrap().code, one.period)).collect()
}

#[tokio::test]
async fn without_the_workflow_a_return_is_overdue_while_it_takes_figures_and_lacks_one() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        stage.later();
        stage.switch(None).await;
        // The first quarter's figures never came; the second's are all there, and the third has not ended.
        assert_eq!(overdue(&stage, None).await, ["S1 2023/24 Q1", "S2 2023/24 Q1"]);
        assert_eq!(overdue(&stage, Some("2023-07-15")).await, Vec::<String>::new());
        // What is due only later is not missing before; from that day on it is.
        stage.withdraw("K2").await;
        assert_eq!(overdue(&stage, None).await, [format!("S2 {Q2}"), "S1 2023/24 Q1".to_owned(), "S2 2023/24 Q1".to_owned()]);
        stage.lag("K2", 25).await;
        assert_eq!(overdue(&stage, None).await, ["S1 2023/24 Q1", "S2 2023/24 Q1"]);
        stage.council.app.clock.set(at("2023-10-26T09:00:00Z"));
        assert_eq!(overdue(&stage, None).await, [format!("S2 {Q2}"), "S1 2023/24 Q1".to_owned(), "S2 2023/24 Q1".to_owned()]);
        assert_eq!(overdue(&stage, Some("2023-10-25")).await, ["S1 2023/24 Q1", "S2 2023/24 Q1"]);
        // A period that takes no more figures waits for none, but from whom it was given leave.
        let input = PeriodInput { council: "testshire".into(), period: period("2023/24 Q1"), due_on: None };
        periods::close(&stage.council.app, &stage.team, &input).await.unwrap();
        assert_eq!(overdue(&stage, None).await, [format!("S2 {Q2}")]);
        let late = Late { id: stage.of("S1", "2023/24 Q1"), until: day("2023-11-01"), reason: "The system was down".into() };
        done(stage.act(&stage.team, async |deed| verbs::allow_late(deed, &late).await).await);
        assert_eq!(overdue(&stage, None).await, [format!("S2 {Q2}"), "S1 2023/24 Q1".to_owned()]);
    })
    .await;
}

#[tokio::test]
async fn a_retired_indicator_s_figures_stay_in_the_returns_they_belong_to() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        stage.retire("K1").await;
        let owed = async |of: &str| {
            let book = book(&stage, Wanted::One(stage.of("S1", of))).await;
            book.returns[0].figures.iter().filter(|(indicator, _)| *indicator == stage.council.of("K1")).count()
        };
        // It has a figure of the second quarter, and none of the first.
        assert_eq!((owed(Q2).await, owed("2023/24 Q1").await), (1, 0));
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        stage.assure(id).await;
        stage.approve(id).await;
        assert_eq!(stage.approved("K1").await.len(), 1);
        // Corrected after all, it is approved anew, and what was approved before is superseded.
        stage.reopen(id).await;
        stage.later();
        stage.council.value("K1", Q2, "84", Some("Counted again")).await;
        stage.submit(id).await;
        stage.assure(id).await;
        stage.approve(id).await;
        let kept: Vec<_> = stage.approved("K1").await.iter().map(|row| (row.round, row.superseded_at.is_some())).collect();
        assert_eq!(kept, [(1, true), (2, false)]);
        // Taken back, it is owed because it was approved.
        stage.withdraw("K1").await;
        assert_eq!(owed(Q2).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_return_is_whose_it_was_when_its_period_ended() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let d2 = stage.reorganise("2023-10-01").await;
        let council = &stage.council;
        let then = council.person(Role::Director, GrantScope::Element(council.of("D1"))).await;
        let now = council.person(Role::Director, GrantScope::Element(d2)).await;
        let own = council.person(Role::Director, GrantScope::Element(council.of("S1"))).await;
        let approve = async |actor, id| stage.move_on(actor, id, async |deed, seen| verbs::approve(deed, seen).await).await;
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        stage.assure(id).await;
        let tried = approve(&now, id).await;
        assert_eq!(refused(tried), ["FORBIDDEN"]);
        done(approve(&then, id).await);
        // Whoever answers for the service itself does wherever it stands.
        stage.reopen(id).await;
        stage.submit(id).await;
        stage.assure(id).await;
        done(approve(&own, id).await);
        // The third quarter is the new directorate's.
        council.app.clock.set(at("2024-01-05T09:00:00Z"));
        for (code, of) in [("K1", "2023/24 Q3"), ("M1", "2023-10"), ("M1", "2023-11"), ("M1", "2023-12")] {
            council.value(code, of, "90", None).await;
        }
        let id = stage.of("S1", "2023/24 Q3");
        let reload = async |actor: &crate::access::Actor| {
            let snapshot = council.app.db.snapshot(council.id).await.unwrap();
            crate::access::Actor::load_person(&*snapshot, council.id, actor.person, stage.today()).await.unwrap()
        };
        let (then, now) = (reload(&then).await, reload(&now).await);
        stage.submit(id).await;
        stage.assure(id).await;
        assert_eq!(refused(approve(&then, id).await), ["FORBIDDEN"]);
        done(approve(&now, id).await);
    })
    .await;
}

#[tokio::test]
async fn an_answer_an_approval_rested_on_is_not_written_over() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        let ask = async || {
            stage.later();
            let question = verbs::Question { indicator: stage.council.of("K1"), period: None, question: "All of it?".into() };
            let asked = [question];
            done(stage.move_on(&stage.team, id, async |deed, seen| verbs::query(deed, seen, &asked).await).await);
            let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
            let questions = super::super::store::cycle::questions(&*snapshot, &stage.team.own_scope(), &[id]).await.unwrap();
            questions.last().unwrap().id
        };
        let answer = async |question, words: &str| stage.act(&stage.manager, async |deed| verbs::answer(deed, question, words).await).await;
        stage.submit(id).await;
        let first = ask().await;
        done(answer(first, "It is").await);
        stage.submit(id).await;
        stage.assure(id).await;
        stage.approve(id).await;
        stage.reopen(id).await;
        stage.submit(id).await;
        let second = ask().await;
        assert_eq!(refused(answer(first, "It was not").await), ["RETURN_NOT_NOW"]);
        assert_eq!(refused(answer(second, "It\u{7} is").await), ["ANSWER_EMPTY"]);
        done(answer(second, "Still is").await);
        let left = told(answer(first, "It was not").await);
        assert_eq!(left, ["This question is of an earlier time the return was sent back: answer those of the last."]);
    })
    .await;
}
