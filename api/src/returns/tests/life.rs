//! A return from open to approved, and back.

use rules::cycle::State;
use rules::permission::Role;
use rules::status::Colour;

use super::super::book::{Book, Wanted};
use super::super::figures::figures;
use super::super::verbs::{self, Question, Seen};
use super::stage::{Q2, Stage, done, refused, told};
use crate::access::GrantScope;
use crate::packs::tests::council::{at, on_each_database, period};

#[tokio::test]
async fn every_element_that_owes_figures_has_a_return_before_anybody_acts() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let read = async |wanted| {
            let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
            let mut book = Book::load(&*snapshot, &stage.team.own_scope(), wanted, stage.today()).await.unwrap();
            book.keep_seen(&stage.team).unwrap();
            book
        };
        let book = read(Wanted::Of(period(Q2))).await;
        let found: Vec<_> = book.returns.iter().map(|one| (one.id, one.figures.len(), book.state(one), book.overdue(one))).collect();
        // Three months and a quarter; the other service's quarter. Due on 15 October, and it is the 20th.
        let expected = [(stage.of("S1", Q2), 4, State::Open, true), (stage.of("S2", Q2), 1, State::Open, true)];
        assert_eq!(found, expected);
        // A year that is no reporting period is its quarters; one that has not begun is not there yet.
        assert_eq!(read(Wanted::Of(period("2023/24"))).await.returns.len(), 6);
        assert_eq!(read(Wanted::Lately).await.returns.len(), 6);
        assert_eq!(read(Wanted::Of(period("2023-07"))).await.returns.len(), 0);
        // One by its id alone, though nothing was ever done to it.
        let one = read(Wanted::One(stage.of("S2", Q2))).await;
        assert_eq!(one.returns.iter().map(|one| one.id).collect::<Vec<_>>(), [stage.of("S2", Q2)]);
        assert_eq!(read(Wanted::One(stage.council.of("S2"))).await.returns.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_a_return_lacks_is_said_one_error_an_indicator() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", "2023/24 Q1");
        let tried = stage.act(&stage.manager, async |deed| verbs::submit(deed, Seen { id, revision: 0 }).await).await;
        let expected = [
            "K1: 2023/24 Q1 lacks a figure, or why there is none.",
            "M1: 2023-04 lacks a figure, or why there is none; 2023-05 lacks a figure, or why there is none; 2023-06 lacks a figure, or \
                why there is none.",
        ];
        assert_eq!(told(tried), expected);
        assert_eq!(stage.row(id).await, None);
        // A quarter that is still running is submitted by nobody.
        let early = stage.of("S1", "2023/24 Q3");
        let tried = stage.act(&stage.manager, async |deed| verbs::submit(deed, Seen { id: early, revision: 0 }).await).await;
        assert_eq!(refused(tried), ["PERIOD_NOT_ENDED"]);
    })
    .await;
}

#[tokio::test]
async fn a_return_is_submitted_assured_and_approved_and_keeps_what_was_approved() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        stage.assure(id).await;
        stage.later();
        let approved_at = stage.council.app.clock.now();
        stage.approve(id).await;
        let row = stage.row(id).await.expect("it has a row");
        assert_eq!((row.state.0, row.round, row.revision, row.approved_at), (State::Approved, 1, 3, Some(approved_at)));

        let kept = stage.approved("K1").await;
        let [k1] = &kept[..] else { panic!("{kept:?}") };
        assert_eq!((k1.return_id, k1.round, k1.status.0, k1.approved_at, k1.superseded_at), (id, 1, Colour::Amber, approved_at, None));
        assert_eq!(k1.target.map(|d| d.0.to_string()), Some("85".to_owned()));
        assert!(k1.observation_id.is_some() && k1.because.contains("81.3"), "{k1:?}");
        assert_eq!(stage.approved("M1").await.len(), 3);
        assert_eq!(stage.approved("K2").await, []);

        // A correction is a difference since approval, and is approved in its turn.
        stage.reopen(id).await;
        stage.later();
        stage.council.value("K1", Q2, "84", Some("Counted again")).await;
        let differs = async || {
            let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
            let scope = stage.team.own_scope();
            let book = Book::load(&*snapshot, &scope, Wanted::One(id), stage.today()).await.unwrap();
            let found = figures(&snapshot, &scope, &book, &[&book.returns[0]]).await.unwrap().remove(&id).unwrap();
            found.iter().map(|figure| (figure.differs(), figure.approved_value().map(|value| value.to_string()))).collect::<Vec<_>>()
        };
        let unchanged = |value: &str| (Some(false), Some(value.to_owned()));
        let months = [unchanged("90"), unchanged("91"), unchanged("92")];
        assert_eq!(differs().await, [vec![(Some(true), Some("81.3".to_owned()))], months.to_vec()].concat());
        assert_eq!(stage.approved("K1").await, kept);

        stage.submit(id).await;
        stage.assure(id).await;
        stage.approve(id).await;
        let again = stage.approved("K1").await;
        assert_eq!(again.iter().map(|row| (row.round, row.superseded_at.is_some())).collect::<Vec<_>>(), [(1, true), (2, false)]);
        assert_ne!(again[0].observation_id, again[1].observation_id);
        assert_eq!(differs().await, [vec![unchanged("84")], months.to_vec()].concat());
    })
    .await;
}

#[tokio::test]
async fn questions_send_a_return_back_and_are_answered_before_it_comes_again() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        let question = |code: &str, of: Option<&str>, question: &str| Question {
            indicator: stage.council.of(code),
            period: of.map(period),
            question: question.to_owned(),
        };
        let ask = async |questions: &[Question]| {
            stage.move_on(&stage.team, id, async |deed, seen| verbs::query(deed, seen, questions).await).await
        };
        assert_eq!(refused(ask(&[]).await), ["QUESTIONS_NEEDED"]);
        assert_eq!(refused(ask(&[question("K1", None, " ")]).await), ["TEXT_NEEDED"]);
        // Another service's indicator, and a month the return does not owe.
        assert_eq!(refused(ask(&[question("K2", None, "Why?")]).await), ["FIGURE_NOT_FOUND"]);
        assert_eq!(refused(ask(&[question("M1", Some("2023-10"), "Why?")]).await), ["FIGURE_NOT_FOUND"]);
        assert_eq!(refused(ask(&[question("M1", None, "Why?"), question("M1", Some("2023-09"), "And?")]).await), ["QUESTION_TWICE"]);
        assert_eq!(stage.state(id).await, State::Submitted);
        done(ask(&[question("K1", None, "Is this all of the quarter?"), question("M1", Some("2023-08"), "Why so many?")]).await);
        assert_eq!(stage.state(id).await, State::Queried);

        let again = stage.move_on(&stage.manager, id, async |deed, seen| verbs::submit(deed, seen).await).await;
        assert_eq!(
            told(again),
            [
                "K1 2023/24 Q2: Somebody asked \u{201c}Is this all of the quarter?\u{201d}. Answer it first.",
                "M1 2023-08: Somebody asked \u{201c}Why so many?\u{201d}. Answer it first.",
            ]
        );
        let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
        let asked = super::super::store::cycle::questions(&*snapshot, &stage.team.own_scope(), &[id]).await.unwrap();
        drop(snapshot);
        let answer = async |actor, id, words: &str| stage.act(actor, async |deed| verbs::answer(deed, id, words).await).await;
        // Neither the performance team nor another service answers for it.
        assert_eq!(refused(answer(&stage.team, asked[0].id, "It is").await), ["FORBIDDEN"]);
        let other = stage.council.person(Role::ServiceManager, GrantScope::Element(stage.council.of("S2"))).await;
        assert_eq!(refused(answer(&other, asked[0].id, "It is").await), ["RETURN_QUESTION_NOT_FOUND"]);
        assert_eq!(refused(answer(&stage.manager, id, "It is").await), ["RETURN_QUESTION_NOT_FOUND"]);
        assert_eq!(refused(answer(&stage.manager, asked[0].id, "").await), ["TEXT_NEEDED"]);
        // Whoever provides one indicator answers for that one.
        let provider = stage.council.person(Role::DataProvider, GrantScope::Indicator(stage.council.of("K1"))).await;
        assert_eq!(refused(answer(&provider, asked[1].id, "Storms").await), ["FORBIDDEN"]);
        assert_eq!(done(answer(&provider, asked[0].id, "It is").await), id);
        done(answer(&stage.manager, asked[1].id, "Storms").await);
        stage.submit(id).await;
        assert_eq!(refused(answer(&stage.manager, asked[1].id, "Hail").await), ["RETURN_NOT_NOW"]);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_and_who_came_too_late_are_told_so() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        // The performance team submits nothing, a provider and an auditor neither; another service's manager sees no return.
        let submit = async |actor, revision| stage.act(actor, async |deed| verbs::submit(deed, Seen { id, revision }).await).await;
        let provider = stage.council.person(Role::DataProvider, GrantScope::Element(stage.council.of("S1"))).await;
        let auditor = stage.council.person(Role::InternalAudit, GrantScope::Council).await;
        let other = stage.council.person(Role::ServiceManager, GrantScope::Element(stage.council.of("S2"))).await;
        for actor in [&stage.team, &stage.director, &provider, &auditor] {
            assert_eq!(refused(submit(actor, 0).await), ["FORBIDDEN"]);
        }
        assert_eq!(refused(submit(&other, 0).await), ["RETURN_NOT_FOUND"]);
        stage.council.app.clock.set(at("2023-10-20T10:04:00Z"));
        stage.submit(id).await;
        let late = submit(&stage.manager, 0).await;
        assert_eq!(told(late.clone()), [
            "The return of Service S1 for 2023/24 Q2: submitted by Somebody at 10:04 on 20 October 2023. It is submitted now (revision 1). \
                Look at it again."
        ]);
        assert_eq!(refused(late), ["RETURN_MOVED"]);
        assert_eq!(refused(submit(&stage.manager, 1).await), ["RETURN_NOT_NOW"]);

        // Whoever submitted neither assures nor approves, whatever else they are.
        let both = stage.council.person(Role::ServiceManager, GrantScope::Element(stage.council.of("S1"))).await;
        done(stage.move_on(&stage.manager, id, async |deed, seen| verbs::recall(deed, seen, "Too soon").await).await);
        done(stage.move_on(&both, id, async |deed, seen| verbs::submit(deed, seen).await).await);
        let both = stage.also(&both, Role::PerformanceTeam, GrantScope::Council).await;
        let tried = stage.move_on(&both, id, async |deed, seen| verbs::assure(deed, seen).await).await;
        assert_eq!(refused(tried), ["SEPARATION_OF_DUTIES"]);
        stage.assure(id).await;
        let both = stage.also(&both, Role::Director, GrantScope::Element(stage.council.of("D1"))).await;
        let tried = stage.move_on(&both, id, async |deed, seen| verbs::approve(deed, seen).await).await;
        assert_eq!(refused(tried), ["SEPARATION_OF_DUTIES"]);
        let elsewhere = stage.council.person(Role::Director, GrantScope::Element(stage.council.of("S2"))).await;
        let tried = stage.move_on(&elsewhere, id, async |deed, seen| verbs::approve(deed, seen).await).await;
        assert_eq!(refused(tried), ["FORBIDDEN"]);
        assert_eq!(stage.state(id).await, State::Assured);
    })
    .await;
}

#[tokio::test]
async fn without_the_workflow_no_return_moves() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        let submit = async || refused(stage.act(&stage.manager, async |deed| verbs::submit(deed, Seen { id, revision: 0 }).await).await);
        stage.later();
        stage.switch(None).await;
        assert_eq!(submit().await, ["WORKFLOW_OFF"]);
        stage.later();
        // The quarter began before that day.
        stage.switch(Some("2023-10-01")).await;
        assert_eq!(submit().await, ["WORKFLOW_OFF"]);
        stage.later();
        stage.switch(Some("2023-07-01")).await;
        stage.submit(id).await;
    })
    .await;
}

#[tokio::test]
async fn of_two_first_acts_at_once_one_is_done() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        let other = stage.council.person(Role::ServiceManager, GrantScope::Element(stage.council.of("S1"))).await;
        let submit = async |actor| stage.act(actor, async |deed| verbs::submit(deed, Seen { id, revision: 0 }).await).await;
        let (one, two) = tokio::join!(submit(&stage.manager), submit(&other));
        let outcomes =
            [one.map_or_else(|e| refused::<()>(Err(e)), |()| Vec::new()), two.map_or_else(|e| refused::<()>(Err(e)), |()| Vec::new())];
        assert_eq!(outcomes.iter().filter(|codes| codes.is_empty()).count(), 1, "{outcomes:?}");
        assert!(outcomes.contains(&vec!["RETURN_MOVED".to_owned()]), "{outcomes:?}");
        assert_eq!(stage.row(id).await.map(|row| row.revision), Some(1));
    })
    .await;
}

#[tokio::test]
async fn what_acts_and_lists_cost_does_not_depend_on_the_figures() {
    on_each_database(async |council| {
        let mut stage = Stage::set(council).await;
        for n in 0..9 {
            let code = format!("X{n}");
            stage.council.indicator(&code, "S2", rules::measure::Frequency::Quarterly, None).await;
            stage.council.value(&code, Q2, "90", None).await;
        }
        let statements = || stage.council.app.db.statements();
        let cost = async |element: &str| {
            let id = stage.of(element, Q2);
            let manager = stage.council.person(Role::ServiceManager, GrantScope::Element(stage.council.of(element))).await;
            let mut costs = Vec::new();
            let mut last = statements();
            let mut noted = || {
                let spent = statements() - last;
                last = statements();
                costs.push(spent);
            };
            for revision in 0..5 {
                let seen = Seen { id, revision };
                let actor = match revision {
                    0 => &manager,
                    2 => &stage.director,
                    _ => &stage.team,
                };
                let done_to = stage.act(actor, async |deed| match revision {
                    0 => verbs::submit(deed, seen).await,
                    1 => verbs::assure(deed, seen).await,
                    2 => verbs::approve(deed, seen).await,
                    3 => verbs::reopen(deed, seen, "A late figure").await,
                    _ => Ok(()),
                });
                done(done_to.await);
                noted();
            }
            let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
            let scope = stage.team.own_scope();
            let book = Book::load(&*snapshot, &scope, Wanted::One(id), stage.today()).await.unwrap();
            let found = figures(&snapshot, &scope, &book, &[&book.returns[0]]).await.unwrap().remove(&id).unwrap();
            noted();
            (found.len(), costs)
        };
        let (few, of_few) = cost("S1").await;
        let (many, of_many) = cost("S2").await;
        assert_eq!((few, many), (4, 10));
        assert_eq!(of_few, of_many);
    })
    .await;
}
