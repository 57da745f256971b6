//! A council whose second quarter has ended, and everybody who has to do with its returns.

use chrono::NaiveDate;
use entity::{approved_figure, service_return};
use rules::cycle::State;
use rules::measure::Frequency::{Monthly, Quarterly};
use rules::permission::Role;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::super::derive::return_id;
use super::super::periods::{self, PeriodInput};
use super::super::verbs::{self, Deed, NotDone, Seen, Switch};
use crate::access::{Actor, GrantScope, scoped};
use crate::packs::tests::council::{TestCouncil, day, period};

/// The quarter whose returns are made.
pub const Q2: &str = "2023/24 Q2";

pub struct Stage {
    pub council: TestCouncil,
    pub team: Actor,
    /// Of Service S1.
    pub manager: Actor,
    /// Of Directorate D1.
    pub director: Actor,
}

impl Stage {
    /// On 20 October 2023: K1 and M1 (monthly) of S1, K2 of S2; the first three quarters open, and the workflow on from April.
    /// S1's figures of the second quarter are complete: K1 is 81.3, which is amber.
    pub async fn set(mut council: TestCouncil) -> Self {
        council.indicator("K1", "S1", Quarterly, None).await;
        council.indicator("M1", "S1", Monthly, None).await;
        council.indicator("K2", "S2", Quarterly, None).await;
        let team = council.performance_team().await;
        for of in ["2023/24 Q1", Q2, "2023/24 Q3"] {
            let due = period(of).end().checked_add_days(chrono::Days::new(15));
            let input = PeriodInput { council: "testshire".into(), period: period(of), due_on: due };
            periods::open(&council.app, &team, &input).await.unwrap_or_else(|refusal| panic!("{refusal:?}"));
        }
        for (code, of, value) in
            [("K1", Q2, "81.3"), ("M1", "2023-07", "90"), ("M1", "2023-08", "91"), ("M1", "2023-09", "92"), ("K2", Q2, "85")]
        {
            council.value(code, of, value, None).await;
        }
        let manager = council.person(Role::ServiceManager, GrantScope::Element(council.of("S1"))).await;
        let director = council.person(Role::Director, GrantScope::Element(council.of("D1"))).await;
        let stage = Self { council, team, manager, director };
        stage.switch(Some("2023-04-01")).await;
        stage
    }

    /// Switches the workflow as the administrator.
    pub async fn switch(&self, from: Option<&str>) {
        let admin = self.council.person(Role::CouncilAdministrator, GrantScope::Council).await;
        let wanted = Switch { from: from.map(day), reason: "Agreed by the leadership team".into() };
        done(self.act(&admin, async |deed| verbs::switch(deed, &wanted).await).await);
    }

    /// The return of an element.
    pub fn of(&self, element: &str, of: &str) -> Uuid {
        return_id(self.council.id, self.council.of(element), period(of))
    }

    /// Does something as somebody, in a change of its own.
    pub async fn act<T>(&self, actor: &Actor, verb: impl AsyncFnOnce(&Deed<'_>) -> Result<T, NotDone>) -> Result<T, NotDone> {
        let tx = self.council.app.db.change(self.council.id).await.unwrap();
        let outcome = verb(&Deed { app: &self.council.app, tx: &tx, actor }).await;
        if outcome.is_ok() {
            tx.commit().await.unwrap();
        }
        outcome
    }

    /// The same with the revision the return is at.
    pub async fn move_on(
        &self,
        actor: &Actor,
        id: Uuid,
        verb: impl AsyncFnOnce(&Deed<'_>, Seen) -> Result<(), NotDone>,
    ) -> Result<(), NotDone> {
        let seen = Seen { id, revision: self.row(id).await.map_or(0, |row| row.revision) };
        self.act(actor, async |deed| verb(deed, seen).await).await
    }

    pub async fn submit(&self, id: Uuid) {
        done(self.move_on(&self.manager, id, async |deed, seen| verbs::submit(deed, seen).await).await);
    }

    pub async fn assure(&self, id: Uuid) {
        done(self.move_on(&self.team, id, async |deed, seen| verbs::assure(deed, seen).await).await);
    }

    pub async fn approve(&self, id: Uuid) {
        done(self.move_on(&self.director, id, async |deed, seen| verbs::approve(deed, seen).await).await);
    }

    pub async fn reopen(&self, id: Uuid) {
        done(self.move_on(&self.team, id, async |deed, seen| verbs::reopen(deed, seen, "A late figure").await).await);
    }

    pub async fn row(&self, id: Uuid) -> Option<service_return::Model> {
        let snapshot = self.council.app.db.snapshot(self.council.id).await.unwrap();
        let scope = self.team.own_scope();
        scoped::<service_return::Entity>(&scope).filter(service_return::Column::Id.eq(id)).one(&*snapshot).await.unwrap()
    }

    pub async fn state(&self, id: Uuid) -> State {
        self.row(id).await.map_or(State::Open, |row| row.state.0)
    }

    /// What was ever approved of an indicator, the first first.
    pub async fn approved(&self, code: &str) -> Vec<approved_figure::Model> {
        use approved_figure::Column as C;
        let snapshot = self.council.app.db.snapshot(self.council.id).await.unwrap();
        let scope = self.team.own_scope();
        let of = scoped::<approved_figure::Entity>(&scope).filter(C::IndicatorId.eq(self.council.of(code)));
        of.order_by_asc(C::ApprovedAt).order_by_asc(C::PeriodStart).all(&*snapshot).await.unwrap()
    }

    /// The same person with another role besides.
    pub async fn also(&self, actor: &Actor, role: Role, over: GrantScope) -> Actor {
        let (element_id, indicator_id, forum_id) = over.ids();
        let row = entity::role_grant::Model {
            council_id: self.council.id,
            id: self.council.app.ids.next(),
            person_id: actor.person,
            role: role.to_string(),
            scope_kind: over.kind().to_string(),
            element_id,
            indicator_id,
            forum_id,
            from_on: day("2023-01-01"),
            until_on: None,
            deputy_for: None,
            reason: None,
            granted_by: None,
            directory_group: None,
            created_at: self.council.app.clock.now(),
            withdrawn_at: None,
            withdrawn_by: None,
            withdrawn_reason: None,
        };
        self.council.insert(row).await;
        let snapshot = self.council.app.db.snapshot(self.council.id).await.unwrap();
        Actor::load_person(&*snapshot, self.council.id, actor.person, self.today()).await.unwrap()
    }

    /// Gives an indicator to another element, as a framework's workbook does.
    pub async fn give(&self, code: &str, owner: &str) {
        use entity::membership::Column as C;
        let to = sea_orm::sea_query::Expr::value(self.council.of(owner));
        let tx = self.council.app.db.change(self.council.id).await.unwrap();
        let of = entity::membership::Entity::update_many().filter(C::IndicatorId.eq(self.council.of(code)));
        of.col_expr(C::OwnerId, to).exec(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Retires an indicator, as a framework's workbook does.
    pub async fn retire(&self, code: &str) {
        use entity::indicator::Column as C;
        let retired = sea_orm::sea_query::Expr::value(rules::measure::Lifecycle::Retired.code());
        let tx = self.council.app.db.change(self.council.id).await.unwrap();
        let of = entity::indicator::Entity::update_many().filter(C::Id.eq(self.council.of(code)));
        of.col_expr(C::Lifecycle, retired).exec(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Moves Service S1 to a new directorate from a day on; answers the directorate's id.
    pub async fn reorganise(&self, from: &str) -> Uuid {
        use entity::placement::Column as C;
        let (council, id) = (&self.council, self.council.app.ids.next());
        let place = entity::placement::Model {
            council_id: council.id,
            id: council.app.ids.next(),
            element_id: id,
            framework_id: council.framework,
            parent_id: None,
            position: 2,
            stands_from: None,
            stands_until: None,
        };
        let element = entity::element::Model {
            council_id: council.id,
            id,
            framework_id: council.framework,
            code: "D2".into(),
            kind: rules::measure::ElementKind::Directorate.into(),
            level: rules::measure::ElementKind::Directorate.level().into(),
            label: None,
            title: "Directorate D2".into(),
            mode: None,
            description: None,
            owner: None,
            created_at: council.app.clock.now(),
        };
        council.insert(element).await;
        let tx = council.app.db.change(council.id).await.unwrap();
        let until = sea_orm::sea_query::Expr::value(day(from).pred_opt());
        let of = entity::placement::Entity::update_many().filter(C::ElementId.eq(council.of("S1")));
        of.col_expr(C::StandsUntil, until).exec(&*tx).await.unwrap();
        tx.commit().await.unwrap();
        let moved = entity::placement::Model {
            id: council.app.ids.next(),
            element_id: council.of("S1"),
            parent_id: Some(id),
            stands_from: Some(day(from)),
            ..place.clone()
        };
        council.insert(place).await;
        council.insert(moved).await;
        id
    }

    /// Adopts a later edition that lists the second quarter too, and has none of the elements.
    pub async fn follow_on(&self) {
        let (council, id) = (&self.council, self.council.app.ids.next());
        council
            .insert(entity::framework::Model {
                council_id: council.id,
                id,
                title: "Corporate Performance Framework".into(),
                edition: "2024/25".into(),
                stands_from: day("2024-04-01"),
                stands_until: None,
                state: rules::measure::FrameworkState::Adopted.into(),
                adopted_by: None,
                adopted_on: None,
                minute_reference: None,
                note: None,
                predecessor_id: Some(council.framework),
                created_at: council.app.clock.now(),
            })
            .await;
        council
            .insert(entity::reporting_period::Model {
                council_id: council.id,
                id: council.app.ids.next(),
                framework_id: id,
                period_start: period(Q2).start(),
                period_months: 3,
                open: true,
                due_on: None,
            })
            .await;
    }

    /// Says how many days after its periods an indicator's data come.
    pub async fn lag(&self, code: &str, days: i32) {
        use entity::indicator_version::Column as C;
        let tx = self.council.app.db.change(self.council.id).await.unwrap();
        let of = entity::indicator_version::Entity::update_many().filter(C::IndicatorId.eq(self.council.of(code)));
        of.col_expr(C::DataLagDays, sea_orm::sea_query::Expr::value(days)).exec(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Takes an indicator's figures back.
    pub async fn withdraw(&self, code: &str) {
        use entity::observation::Column as C;
        let tx = self.council.app.db.change(self.council.id).await.unwrap();
        let of = entity::observation::Entity::update_many().filter(C::IndicatorId.eq(self.council.of(code)));
        of.col_expr(C::Withdrawn, sea_orm::sea_query::Expr::value(true)).exec(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Moves the clock on by a minute.
    pub fn later(&self) {
        let app = &self.council.app;
        app.clock.set(app.clock.now() + chrono::Duration::minutes(1));
    }

    pub fn today(&self) -> NaiveDate {
        self.council.app.clock.today()
    }
}

#[track_caller]
pub fn done<T>(outcome: Result<T, NotDone>) -> T {
    match outcome {
        Ok(done) => done,
        Err(NotDone::Users(errors)) => panic!("{errors:?}"),
        Err(NotDone::Error(error)) => panic!("{}", error.log_text()),
    }
}

/// The codes of a refusal; `FORBIDDEN` where the right was missing.
#[track_caller]
pub fn refused<T>(outcome: Result<T, NotDone>) -> Vec<String> {
    match outcome {
        Ok(_) => panic!("it was done"),
        Err(NotDone::Users(errors)) => errors.into_iter().map(|error| error.code).collect(),
        Err(NotDone::Error(error)) => vec![error.code.text().to_owned()],
    }
}

/// The messages of a refusal.
#[track_caller]
pub fn told<T>(outcome: Result<T, NotDone>) -> Vec<String> {
    match outcome {
        Err(NotDone::Users(errors)) => errors.into_iter().map(|error| error.message).collect(),
        _ => panic!("it was not refused for a person to put right"),
    }
}
