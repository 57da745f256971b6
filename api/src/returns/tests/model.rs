//! Random acts by random people against a model of a few lines: whatever order they come in, a return stands where the model
//! says, whoever is refused is refused for the model's reason, no figure is lost, and what was approved is what was held.

use rules::cycle::{Act, State};
use rules::permission::Role;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::super::locks::{Gate, Takes};
use super::super::store::cycle as store;
use super::super::verbs::{self, Deed, NotDone, Question, Seen};
use super::stage::{Q2, Stage, refused};
use crate::access::{Actor, GrantScope, scoped};
use crate::packs::tests::council::{TestCouncil, on_each_database, period};
use crate::releases::service::{ReleaseInput, release};

/// What somebody may do, as `domain.md` has it, not as the table does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct May {
    submit: bool,
    assure: bool,
    approve: bool,
    /// Sees the return at all.
    sees: bool,
}

const MANAGER: May = May { submit: true, assure: false, approve: false, sees: true };
const TEAM: May = May { submit: false, assure: true, approve: false, sees: true };
const DIRECTOR: May = May { submit: false, assure: false, approve: true, sees: true };
const NOTHING: May = May { submit: false, assure: false, approve: false, sees: true };

/// The return as the model has it.
#[derive(Debug, Clone)]
struct Model {
    state: State,
    round: i32,
    revision: i32,
    /// Who stood by the figures, and who looked at them, in this round.
    stood: Vec<usize>,
    looked: Vec<usize>,
    /// A forum was given the figures after an approval.
    released: bool,
    /// A question nobody answered.
    asked: bool,
    /// The figure of K1 that is held, and how many were ever recorded.
    value: u32,
    recorded: u64,
    /// The values of K1 that were approved, the last last.
    approved: Vec<u32>,
    /// The figure of L1 that is held: it is not due yet, and comes when it comes.
    late: Option<u32>,
    /// Whether it was there when the return was last submitted.
    given: bool,
    /// What was approved of L1, the last last; none where it was approved as not due.
    approved_late: Vec<Option<u32>>,
}

impl Model {
    /// Where an act leads, or the code it is refused with.
    fn expect(&self, act: Act, who: usize, may: May, stale: bool) -> Result<State, &'static str> {
        let any = match act {
            Act::Submit | Act::Recall => may.submit,
            Act::Query => may.assure || may.approve,
            Act::Assure | Act::Reopen | Act::Publish => may.assure,
            Act::Approve => may.approve,
        };
        if !any {
            return Err("FORBIDDEN");
        }
        if !may.sees {
            return Err("RETURN_NOT_FOUND");
        }
        if stale {
            return Err("RETURN_MOVED");
        }
        let (to, right) = match (act, self.state) {
            (Act::Submit, State::Approved | State::Published | State::LateQueried) if self.came_late() => {
                (State::LateSubmitted, may.submit)
            }
            (Act::Recall, State::LateSubmitted) => (State::Approved, may.submit),
            (Act::Query, State::LateSubmitted) => (State::LateQueried, may.assure),
            (Act::Query, State::LateAssured) => (State::LateQueried, may.approve),
            (Act::Assure, State::LateSubmitted) => (State::LateAssured, may.assure),
            (Act::Approve, State::LateAssured) => (State::Approved, may.approve),
            (Act::Reopen, State::LateSubmitted | State::LateQueried | State::LateAssured) => (State::Open, may.assure),
            (Act::Submit, State::Open | State::Queried) => (State::Submitted, may.submit),
            (Act::Recall, State::Submitted) => (State::Open, may.submit),
            (Act::Query, State::Submitted) => (State::Queried, may.assure),
            (Act::Query, State::Assured) => (State::Queried, may.approve),
            (Act::Assure, State::Submitted) => (State::Assured, may.assure),
            (Act::Approve, State::Assured) => (State::Approved, may.approve),
            (Act::Reopen, State::Assured | State::Approved | State::Published) => (State::Open, may.assure),
            // The months never change: once a forum was given them there is something to publish.
            (Act::Publish, State::Approved) if self.released => (State::Published, may.assure),
            (Act::Publish, State::Approved) => return Err("NOTHING_TO_PUBLISH"),
            _ => return Err("RETURN_NOT_NOW"),
        };
        let other = if matches!(act, Act::Submit | Act::Recall) { &self.looked } else { &self.stood };
        if act != Act::Publish && other.contains(&who) {
            return Err("SEPARATION_OF_DUTIES");
        }
        if !right {
            return Err("FORBIDDEN");
        }
        if act == Act::Submit && self.asked {
            return Err("QUESTION_OPEN");
        }
        Ok(to)
    }

    /// Whether L1 came since it was approved as not due.
    fn came_late(&self) -> bool {
        self.approved_late.last() == Some(&None) && self.late.is_some()
    }

    /// Whether a figure is taken: K1, or L1.
    fn takes(&self, late: bool) -> bool {
        match self.state {
            State::Open | State::Queried => true,
            State::Submitted | State::Assured | State::LateSubmitted | State::LateAssured => late && !self.given,
            State::Approved | State::Published | State::LateQueried => late && self.approved_late.last() == Some(&None),
        }
    }

    fn take(&mut self, act: Act, who: usize, to: State) {
        let from = self.state;
        (self.state, self.revision) = (to, self.revision + 1);
        if act == Act::Submit {
            self.given = self.late.is_some();
        }
        match act {
            Act::Submit | Act::Recall => self.stood.push(who),
            Act::Reopen => {
                self.round += 1;
                self.stood.clear();
                self.looked.clear();
            }
            Act::Publish => {}
            _ => self.looked.push(who),
        }
        self.asked |= act == Act::Query;
        if act == Act::Approve {
            if from == State::Assured {
                self.approved.push(self.value);
            }
            self.approved_late.push(self.late.filter(|_| self.given));
        }
    }
}

/// The same numbers every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

struct Play {
    stage: Stage,
    /// Another council, with the same codes.
    elsewhere: TestCouncil,
    people: Vec<(Actor, May)>,
    id: Uuid,
}

impl Play {
    async fn set(council: TestCouncil) -> Self {
        let mut stage = Stage::set(council).await;
        stage.council.indicator("L1", "S1", rules::measure::Frequency::Quarterly, None).await;
        stage.lag("L1", 200).await;
        let elsewhere = stage.council.beside("othershire", "Othershire District Council").await;
        let of = |council: &TestCouncil, code: &str| GrantScope::Element(council.of(code));
        let council = &stage.council;
        let both = council.person(Role::ServiceManager, of(council, "S1")).await;
        let both = stage.also(&both, Role::PerformanceTeam, GrantScope::Council).await;
        let people = vec![
            (council.person(Role::ServiceManager, of(council, "S1")).await, MANAGER),
            (council.person(Role::ServiceManager, of(council, "S1")).await, MANAGER),
            (council.performance_team().await, TEAM),
            (council.person(Role::Director, of(council, "D1")).await, DIRECTOR),
            (both, May { assure: true, ..MANAGER }),
            (council.person(Role::DataProvider, of(council, "S1")).await, NOTHING),
            (council.person(Role::InternalAudit, GrantScope::Council).await, NOTHING),
            (council.person(Role::ServiceManager, of(council, "S2")).await, May { sees: false, ..MANAGER }),
            (elsewhere.person(Role::ServiceManager, of(&elsewhere, "S1")).await, May { sees: false, ..MANAGER }),
            (elsewhere.performance_team().await, May { sees: false, ..TEAM }),
        ];
        let id = stage.of("S1", Q2);
        Self { stage, elsewhere, people, id }
    }

    async fn act(&self, act: Act, who: usize, seen: Seen) -> Result<(), NotDone> {
        let actor = &self.people[who].0;
        let app = &self.stage.council.app;
        let tx = app.db.change(actor.council.id).await.unwrap();
        let deed = Deed { app, tx: &tx, actor };
        let outcome = match act {
            Act::Submit => verbs::submit(&deed, seen).await,
            Act::Recall => verbs::recall(&deed, seen, "Too soon").await,
            Act::Query => {
                let indicator = self.stage.council.of("K1");
                verbs::query(&deed, seen, &[Question { indicator, period: None, question: "Is it so?".into() }]).await
            }
            Act::Assure => verbs::assure(&deed, seen).await,
            Act::Approve => verbs::approve(&deed, seen).await,
            Act::Publish => verbs::publish(&deed, seen).await,
            Act::Reopen => verbs::reopen(&deed, seen, "A late figure").await,
        };
        if outcome.is_ok() {
            tx.commit().await.unwrap();
        }
        outcome
    }

    async fn answer_all(&self) {
        let council = &self.stage.council;
        let tx = council.app.db.change(council.id).await.unwrap();
        let manager = &self.people[0].0;
        let asked = store::questions(&*tx, &manager.own_scope(), &[self.id]).await.unwrap();
        for question in asked.into_iter().filter(|question| question.answer.is_none()) {
            let answered = verbs::answer(&Deed { app: &council.app, tx: &tx, actor: manager }, question.id, "It is").await;
            assert!(answered.is_ok(), "{answered:?}");
        }
        tx.commit().await.unwrap();
    }

    /// Gives a forum the quarter as it is approved.
    async fn release(&self) {
        let input = ReleaseInput {
            council: "testshire".into(),
            forum: "ALL".into(),
            period: period(Q2),
            meeting: None,
            note: None,
            despite: Some("The other service is late".into()),
        };
        let council = &self.stage.council;
        let tx = council.app.db.change(council.id).await.unwrap();
        let released = release(&council.app, tx, &self.stage.team, &input).await;
        assert!(released.is_ok(), "{:?}", released.err());
    }

    /// Records a figure of K1 or L1, if it is taken.
    async fn record(&self, code: &str, value: u32) -> bool {
        let council = &self.stage.council;
        let snapshot = council.app.db.snapshot(council.id).await.unwrap();
        let scope = self.stage.team.own_scope();
        let gate = Gate::load(&*snapshot, &scope, self.stage.today()).await.unwrap();
        let takes = gate.takes(&*snapshot, &scope, council.of(code), period(Q2)).await.unwrap();
        drop(snapshot);
        let taken = matches!(takes, Takes::Yes(_));
        if taken {
            council.value(code, Q2, &value.to_string(), Some("Counted again")).await;
        }
        taken
    }

    /// Compares all of it with the model.
    async fn check(&self, model: &Model, told: &str) {
        let row = self.stage.row(self.id).await;
        let found = row.as_ref().map_or((State::Open, 1, 0), |row| (row.state.0, row.round, row.revision));
        assert_eq!(found, (model.state, model.round, model.revision), "{told}");
        let snapshot = self.stage.council.app.db.snapshot(self.stage.council.id).await.unwrap();
        let scope = self.stage.team.own_scope();
        let steps = store::steps(&*snapshot, &scope, &[self.id]).await.unwrap();
        assert_eq!(steps.len(), usize::try_from(model.revision).unwrap(), "{told}");
        assert!(steps.windows(2).all(|pair| pair[0].to == pair[1].from && pair[0].seq + 1 == pair[1].seq), "{told}: {steps:?}");
        use entity::observation::Column as C;
        let held = scoped::<entity::observation::Entity>(&scope).filter(C::IndicatorId.eq(self.stage.council.of("K1")));
        assert_eq!(held.clone().count(&*snapshot).await.unwrap(), model.recorded, "{told}: a figure was lost");
        let kept = self.stage.approved("K1").await;
        let values: Vec<u32> = entity_values(&snapshot, &scope, &kept).await.into_iter().flatten().collect();
        assert_eq!(values, model.approved, "{told}: what was approved is not what was held");
        let late = self.stage.approved("L1").await;
        assert_eq!(
            entity_values(&snapshot, &scope, &late).await,
            model.approved_late,
            "{told}: what was approved is not what was submitted"
        );
        assert!(late.iter().rev().skip(1).all(|row| row.superseded_at.is_some()), "{told}");
        let current: Vec<bool> = kept.iter().map(|row| row.superseded_at.is_none()).collect();
        let last_alone: Vec<bool> = (1..=current.len()).map(|at| at == current.len()).collect();
        assert_eq!(current, last_alone, "{told}");
        let theirs = self.elsewhere.app.db.snapshot(self.elsewhere.id).await.unwrap();
        let scope = self.people[9].0.own_scope();
        assert_eq!(scoped::<entity::service_return::Entity>(&scope).count(&*theirs).await.unwrap(), 0, "{told}");
    }
}

/// The values of the readings that were approved.
async fn entity_values(
    db: &sea_orm::DatabaseTransaction,
    scope: &crate::access::Scope,
    kept: &[entity::approved_figure::Model],
) -> Vec<Option<u32>> {
    let mut values = Vec::new();
    for row in kept {
        let Some(id) = row.observation_id else {
            values.push(None);
            continue;
        };
        let of = entity::observation::Column::Id.eq(id);
        let held = scoped::<entity::observation::Entity>(scope).filter(of).one(db).await.unwrap().expect("the reading is held");
        values.push(Some(held.value.unwrap().0.try_into().unwrap()));
    }
    values
}

#[tokio::test]
async fn no_order_of_acts_by_anybody_gets_past_the_model() {
    on_each_database(async |council| {
        let play = Play::set(council).await;
        play.stage.council.value("K1", Q2, "82", Some("Whole")).await;
        let mut model = Model {
            state: State::Open,
            round: 1,
            revision: 0,
            stood: Vec::new(),
            looked: Vec::new(),
            released: false,
            asked: false,
            value: 82,
            recorded: 2,
            approved: Vec::new(),
            late: None,
            given: false,
            approved_late: Vec::new(),
        };
        let mut chance = Chance(20_231_020);
        let (mut done, mut reached) = (0, Vec::new());
        for turn in 0..600_u32 {
            play.stage.later();
            if model.state == State::Open && model.late.is_some() && chance.below(3) > 0 {
                play.stage.withdraw("L1").await;
                model.late = None;
            }
            let told = match chance.below(12) {
                choice @ (0 | 3) => {
                    // While the return is open L1 comes seldom, and goes: it is the figure that comes later.
                    let late = choice == 3 && (model.state != State::Open || chance.below(8) == 0);
                    let value = 80 + u32::try_from(chance.below(20)).unwrap();
                    let taken = play.record(if late { "L1" } else { "K1" }, value).await;
                    assert_eq!(taken, model.takes(late), "{turn}: {late} {model:?}");
                    match (taken, late) {
                        (true, true) => model.late = Some(value),
                        (true, false) => (model.value, model.recorded) = (value, model.recorded + 1),
                        (false, _) => {}
                    }
                    format!("{turn}: a figure")
                }
                1 if matches!(model.state, State::Queried | State::LateQueried) => {
                    play.answer_all().await;
                    model.asked = false;
                    format!("{turn}: answers")
                }
                2 if matches!(model.state, State::Approved | State::Published) => {
                    play.release().await;
                    model.released = true;
                    format!("{turn}: a release")
                }
                _ => {
                    // Anything by anybody; every other time something the model allows, so that returns get on.
                    let all = Act::ALL.iter().flat_map(|act| (0..play.people.len()).map(|who| (*act, who)));
                    let allowed = |(act, who): &(Act, usize)| model.expect(*act, *who, play.people[*who].1, false).is_ok();
                    let some: Vec<(Act, usize)> = all.clone().filter(|one| turn % 2 == 1 || allowed(one)).collect();
                    // And often enough the next step on the way.
                    let on = |one: &&(Act, usize)| matches!(one.0, Act::Submit | Act::Assure | Act::Approve);
                    let next: Vec<(Act, usize)> = some.iter().filter(on).copied().collect();
                    let some = if turn % 2 == 0 && !next.is_empty() && chance.below(3) > 0 { next } else { some };
                    // Nothing is, while a question waits for its answer.
                    let some = if some.is_empty() { all.collect() } else { some };
                    let (act, who) = some[chance.below(some.len())];
                    let stale = chance.below(8) == 0;
                    let revision = if stale { model.revision - 1 } else { model.revision };
                    let outcome = play.act(act, who, Seen { id: play.id, revision }).await;
                    let told = format!("{turn}: {act} by {who} in {}", model.state);
                    match (model.expect(act, who, play.people[who].1, stale), outcome) {
                        (Ok(to), Ok(())) => {
                            model.take(act, who, to);
                            done += 1;
                        }
                        (Err(code), Err(refusal)) => assert_eq!(refused::<()>(Err(refusal)), [code], "{told}"),
                        (expected, outcome) => panic!("{told}: {expected:?}, and it was {outcome:?}"),
                    }
                    told
                }
            };
            if !reached.contains(&model.state) {
                reached.push(model.state);
            }
            play.check(&model, &told).await;
        }
        // So that a model that refuses everything is not taken for one that holds.
        assert!(
            done > 60 && reached.len() == 9 && model.approved.len() > 2 && model.approved_late.iter().flatten().count() > 2,
            "{done} acts, {reached:?}, {:?}",
            model.approved
        );
    })
    .await;
}
