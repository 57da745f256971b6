//! The workflow of returns and what was approved, entered as rows: what their own verbs write is for the journeys of returns to
//! say; here it is only read.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entity::{Dec, Text, approved_figure, observation, return_workflow, service_return};
use rules::measure::ValueState;
use rules::period::Period;
use rules::status::Colour;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, sea_query::Expr};
use tests::{World, period};
use uuid::Uuid;

/// A council whose returns go through their states from a day on, and the return of one element.
pub struct Cycle<'w, 'a> {
    pub world: &'w World<'a>,
    element: Uuid,
}

impl<'w, 'a> Cycle<'w, 'a> {
    pub async fn from(world: &'w World<'a>, element: &str, day: &str) -> Cycle<'w, 'a> {
        let cycle = Cycle { world, element: world.element(element).await };
        cycle
            .insert(return_workflow::Model {
                council_id: world.council,
                id: world.harness.app.ids.next(),
                from_on: Some(day.parse().expect("a day")),
                reason: "From now on".to_owned(),
                recorded_at: cycle.now(),
                superseded_at: None,
                recorded_by: world.keeper.id,
            })
            .await;
        cycle
    }

    /// The same from another day, in the place of what stood.
    pub async fn again(world: &'w World<'a>, element: &str, day: &str) -> Cycle<'w, 'a> {
        let tx = world.harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        use return_workflow::Column;
        return_workflow::Entity::update_many()
            .filter(Column::CouncilId.eq(world.council))
            .filter(Column::SupersededAt.is_null())
            .col_expr(Column::SupersededAt, Expr::value(world.harness.app.clock.now()))
            .exec(&*tx)
            .await
            .expect("supersedes");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        Self::from(world, element, day).await
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.world.harness.app.clock.now()
    }

    async fn insert<M, A>(&self, row: M)
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity>,
    {
        let tx = self.world.harness.app.db.change(self.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        M::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&*tx).await.expect("enters");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    }

    /// Records a figure now, as firm as it is said to be; answers which reading it is.
    pub async fn record(&self, indicator: Uuid, of: &str, value: &str, state: ValueState) -> Uuid {
        let (of, now, id) = (period(of), self.now(), self.world.harness.app.ids.next());
        let tx = self.world.harness.app.db.change(self.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        use observation::Column;
        observation::Entity::update_many()
            .filter(Column::CouncilId.eq(self.world.council))
            .filter(Column::IndicatorId.eq(indicator))
            .filter(Column::PeriodStart.eq(of.start()))
            .filter(Column::PeriodEnd.eq(of.end()))
            .filter(Column::SupersededAt.is_null())
            .col_expr(Column::SupersededAt, Expr::value(now))
            .exec(&*tx)
            .await
            .expect("supersedes");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        self.insert(observation::Model {
            council_id: self.world.council,
            id,
            indicator_id: indicator,
            definition_version: 1,
            period_start: of.start(),
            period_end: of.end(),
            period_months: months(of),
            value: Some(Dec(value.parse().expect("a decimal"))),
            numerator: None,
            denominator: None,
            absence: None,
            state: Text(state),
            forecast: None,
            commentary: Some(format!("It is {value}.")),
            remedial_action: None,
            remedial_owner: None,
            remedial_due: None,
            quality_note: None,
            reason: None,
            recorded_at: now,
            superseded_at: None,
            recorded_by: None,
            import_id: None,
            sheet: None,
            cell: None,
            withdrawn: false,
        })
        .await;
        id
    }

    /// Approves the return of a period now, with one figure as it reads.
    pub async fn approve(&self, of: &str, indicator: Uuid, figure: Option<Uuid>, colour: Colour) {
        let now = self.now();
        let tx = self.world.harness.app.db.change(self.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        use approved_figure::Column;
        approved_figure::Entity::update_many()
            .filter(Column::CouncilId.eq(self.world.council))
            .filter(Column::IndicatorId.eq(indicator))
            .filter(Column::PeriodStart.eq(period(of).start()))
            .filter(Column::SupersededAt.is_null())
            .col_expr(Column::SupersededAt, Expr::value(now))
            .exec(&*tx)
            .await
            .expect("supersedes");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let return_id = self.stands(of, "APPROVED").await;
        let of = period(of);
        self.insert(approved_figure::Model {
            council_id: self.world.council,
            id: self.world.harness.app.ids.next(),
            return_id,
            round: 1,
            indicator_id: indicator,
            period_start: of.start(),
            period_end: of.end(),
            period_months: months(of),
            observation_id: figure,
            target: Some(Dec("60".parse().expect("a decimal"))),
            intervention: Some(Dec("55".parse().expect("a decimal"))),
            lower: None,
            upper: None,
            intervention_lower: None,
            intervention_upper: None,
            status: Text(colour),
            because: "As it was judged when it was approved.".to_owned(),
            approved_at: now,
            superseded_at: None,
        })
        .await;
    }

    /// Lets the return of a period stand in a state; answers its id.
    pub async fn stands(&self, of: &str, state: &str) -> Uuid {
        let of = period(of);
        let id = Uuid::from_u128(self.element.as_u128() ^ u128::from(of.start().num_days_from_ce().unsigned_abs()));
        let tx = self.world.harness.app.db.change(self.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        use service_return::Column;
        let moved = service_return::Entity::update_many()
            .filter(Column::CouncilId.eq(self.world.council))
            .filter(Column::Id.eq(id))
            .col_expr(Column::State, Expr::value(state))
            .exec(&*tx)
            .await
            .expect("moves");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        if moved.rows_affected == 0 {
            self.insert(service_return::Model {
                council_id: self.world.council,
                id,
                element_id: self.element,
                period_start: of.start(),
                period_months: months(of),
                state: Text(state.parse().expect("a state")),
                round: 1,
                revision: 1,
                changed_at: self.now(),
                changed_by: self.world.keeper.id,
                approved_at: None,
                published_at: None,
            })
            .await;
        }
        id
    }
}

fn months(of: Period) -> i32 {
    i32::try_from(of.months()).expect("few")
}

/// The last day of a period.
pub fn end(of: &str) -> NaiveDate {
    period(of).end()
}
