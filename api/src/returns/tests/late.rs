//! Figures that come after their return was submitted or approved, and figures that are the return's whoever owns them by now.

use rules::cycle::State;
use rules::status::Colour;

use super::super::book::{Book, Wanted};
use super::super::figures::figures;
use super::super::locks::{Gate, Takes};
use super::super::periods::{self, PeriodInput};
use super::super::verbs::{self, Question};
use super::stage::{Q2, Stage, done, refused, told};
use crate::error::Refusal;
use crate::packs::tests::council::{TestCouncil, at, on_each_database, period};
use crate::releases::service::{ReleaseInput, release};

/// Why a figure is not taken; nothing where it is.
async fn locked(stage: &Stage, code: &str, of: &str) -> String {
    let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
    let scope = stage.team.own_scope();
    let gate = Gate::load(&*snapshot, &scope, stage.today()).await.unwrap();
    match gate.takes(&*snapshot, &scope, stage.council.of(code), period(of)).await.unwrap() {
        Takes::Yes(_) => String::new(),
        Takes::Locked(locked) => locked.words(),
        other => panic!("{other:?}"),
    }
}

/// What was ever approved of K1: whether there was a figure, the colour, and whether it is superseded.
async fn k1(stage: &Stage) -> Vec<(bool, Colour, bool)> {
    stage.approved("K1").await.iter().map(|row| (row.observation_id.is_some(), row.status.0, row.superseded_at.is_some())).collect()
}

/// The figures of a return: code, and whether each came late.
async fn owed(stage: &Stage, element: &str, of: &str) -> Vec<(String, bool)> {
    let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
    let scope = stage.team.own_scope();
    let book = Book::load(&*snapshot, &scope, Wanted::One(stage.of(element, of)), stage.today()).await.unwrap();
    let Some(one) = book.returns.first() else { return Vec::new() };
    let found = figures(&snapshot, &scope, &book, &[one]).await.unwrap().remove(&one.id).unwrap();
    let code = |of: uuid::Uuid| book.catalogue(one).unwrap().indicator(of).unwrap().code.clone();
    found.iter().map(|figure| (format!("{} {}", code(figure.key.0), figure.key.1), figure.late())).collect()
}

/// K1's data come a month after the quarter: on 20 October nobody owes it.
async fn lagging(council: TestCouncil) -> Stage {
    let stage = Stage::set(council).await;
    stage.lag("K1", 30).await;
    stage.withdraw("K1").await;
    stage
}

#[tokio::test]
async fn a_figure_that_was_not_due_is_approved_later_without_opening_what_was() {
    on_each_database(async |council| {
        let stage = lagging(council).await;
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        stage.assure(id).await;
        stage.later();
        stage.approve(id).await;
        assert_eq!(k1(&stage).await, [(false, Colour::NotDue, false)]);
        let months = stage.approved("M1").await;
        let submit = async || stage.move_on(&stage.manager, id, async |deed, seen| verbs::submit(deed, seen).await).await;
        let nothing = submit().await;
        assert_eq!(told(nothing.clone()), ["The return is approved, and no figure has come that was not due then."]);
        assert_eq!(refused(nothing), ["RETURN_NOT_NOW"]);

        stage.council.app.clock.set(at("2023-11-02T09:00:00Z"));
        stage.council.value("K1", Q2, "81.3", Some("It came")).await;
        assert_eq!(locked(&stage, "K1", Q2).await, "");
        assert!(locked(&stage, "M1", "2023-08").await.contains("was approved by"));
        let late = |code: &str| (code.to_owned(), code == "K1 2023/24 Q2");
        assert_eq!(owed(&stage, "S1", Q2).await, [late("K1 2023/24 Q2"), late("M1 2023-07"), late("M1 2023-08"), late("M1 2023-09")]);
        // The same steps, and none of them skipped.
        let approve = async |actor| stage.move_on(actor, id, async |deed, seen| verbs::approve(deed, seen).await).await;
        assert_eq!(refused(approve(&stage.director).await), ["RETURN_NOT_NOW"]);
        stage.submit(id).await;
        assert_eq!(stage.state(id).await, State::LateSubmitted);
        assert_eq!(refused(approve(&stage.director).await), ["RETURN_NOT_NOW"]);
        assert!(locked(&stage, "K1", Q2).await.contains("was approved with late figures submitted by Somebody"));
        let question = [Question { indicator: stage.council.of("K1"), period: None, question: "All of it?".into() }];
        done(stage.move_on(&stage.team, id, async |deed, seen| verbs::query(deed, seen, &question).await).await);
        assert_eq!(stage.state(id).await, State::LateQueried);
        assert_eq!(locked(&stage, "K1", Q2).await, "");
        assert!(!locked(&stage, "M1", "2023-08").await.is_empty());
        assert_eq!(refused(submit().await), ["QUESTION_OPEN"]);
        let snapshot = stage.council.app.db.snapshot(stage.council.id).await.unwrap();
        let asked = super::super::store::cycle::questions(&*snapshot, &stage.team.own_scope(), &[id]).await.unwrap();
        drop(snapshot);
        done(stage.act(&stage.manager, async |deed| verbs::answer(deed, asked[0].id, "It is").await).await);
        stage.submit(id).await;
        stage.assure(id).await;
        // A forum is given what is approved meanwhile: this service keeps nobody waiting.
        let input =
            ReleaseInput { council: "testshire".into(), forum: "ALL".into(), period: period(Q2), meeting: None, note: None, despite: None };
        let tx = stage.council.app.db.change(stage.council.id).await.unwrap();
        let waits = match release(&stage.council.app, tx, &stage.team, &input).await {
            Err(Refusal::User(user)) => user.message,
            other => panic!("{other:?}"),
        };
        assert!(waits.contains("Service S2 (open)") && !waits.contains("Service S1"), "{waits}");
        assert_eq!(k1(&stage).await, [(false, Colour::NotDue, false)]);
        stage.approve(id).await;
        assert_eq!(k1(&stage).await, [(false, Colour::NotDue, true), (true, Colour::Amber, false)]);
        // Nothing else was touched, and the figure is locked as the others are.
        assert_eq!(stage.approved("M1").await, months);
        let row = stage.row(id).await.unwrap();
        assert_eq!((row.state.0, row.round, row.revision, row.approved_at), (State::Approved, 1, 8, Some(stage.council.app.clock.now())));
        assert!(locked(&stage, "K1", Q2).await.contains("was approved by"));
        assert_eq!(refused(submit().await), ["RETURN_NOT_NOW"]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_submitted_is_not_approved() {
    on_each_database(async |council| {
        let stage = lagging(council).await;
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        stage.later();
        // It comes between the submission and the approval, and by then it is due.
        stage.council.value("K1", Q2, "79", Some("It came")).await;
        stage.council.app.clock.set(at("2023-11-02T09:00:00Z"));
        assert_eq!(locked(&stage, "K1", Q2).await, "");
        stage.assure(id).await;
        stage.approve(id).await;
        assert_eq!(k1(&stage).await, [(false, Colour::NotDue, false)]);
        // A reason is kept; taken back, it is as it was approved.
        let first = stage.row(id).await.unwrap().approved_at;
        stage.later();
        stage.submit(id).await;
        done(stage.move_on(&stage.manager, id, async |deed, seen| verbs::recall(deed, seen, "Too soon").await).await);
        let row = stage.row(id).await.unwrap();
        assert_eq!((row.state.0, row.approved_at), (State::Approved, first));
        stage.submit(id).await;
        stage.assure(id).await;
        stage.approve(id).await;
        assert_eq!(k1(&stage).await, [(false, Colour::NotDue, true), (true, Colour::Red, false)]);
    })
    .await;
}

#[tokio::test]
async fn what_was_submitted_stays_the_return_s_whoever_owns_it() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        let codes = async |element: &str, of: &str| owed(&stage, element, of).await.into_iter().map(|(code, _)| code).collect::<Vec<_>>();
        let own = ["K1 2023/24 Q2", "M1 2023-07", "M1 2023-08", "M1 2023-09"];
        stage.give("K1", "S2").await;
        let month = PeriodInput { council: "testshire".into(), period: period("2023-08"), due_on: None };
        periods::open(&stage.council.app, &stage.team, &month).await.unwrap();
        for state in ["submitted", "assured", "approved"] {
            match state {
                "submitted" => {}
                "assured" => stage.assure(id).await,
                _ => stage.approve(id).await,
            }
            for (code, of) in [("K1", Q2), ("M1", "2023-08")] {
                let why = locked(&stage, code, of).await;
                assert!(why.starts_with(&format!("The return of Service S1 for 2023/24 Q2 was {state} by")), "{code}: {why}");
            }
            assert_eq!(codes("S1", Q2).await, own);
            assert_eq!(codes("S2", Q2).await, ["K2 2023/24 Q2"]);
            assert_eq!(codes("S1", "2023-08").await, Vec::<String>::new());
        }
        assert_eq!((stage.approved("K1").await.len(), stage.approved("M1").await.len()), (1, 3));
        // Reopened, it owes what the framework asks it for now.
        stage.reopen(id).await;
        assert_eq!(codes("S1", Q2).await, ["M1 2023-07", "M1 2023-09"]);
        assert_eq!(codes("S2", Q2).await, ["K1 2023/24 Q2", "K2 2023/24 Q2"]);
        assert_eq!(codes("S1", "2023-08").await, ["M1 2023-08"]);
        assert_eq!(locked(&stage, "K1", Q2).await, "");
    })
    .await;
}

#[tokio::test]
async fn an_edition_that_takes_a_period_over_leaves_its_returns_as_they_are() {
    on_each_database(async |council| {
        let stage = Stage::set(council).await;
        let id = stage.of("S1", Q2);
        stage.submit(id).await;
        let own = owed(&stage, "S1", Q2).await;
        assert_eq!(own.len(), 4);
        stage.follow_on().await;
        assert_eq!(owed(&stage, "S1", Q2).await, own);
        assert!(locked(&stage, "K1", Q2).await.contains("was submitted by"));
        stage.assure(id).await;
        stage.approve(id).await;
        assert_eq!((stage.approved("K1").await.len(), stage.approved("M1").await.len()), (1, 3));
    })
    .await;
}
