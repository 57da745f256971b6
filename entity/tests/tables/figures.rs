//! Figures, days, instants and closed sets come back as they were written.
#![expect(clippy::disallowed_methods, reason = "these tests are about the tables themselves, not about a council's view of them")]

use entity::{
    Dec, Text, approved_figure, council, element, indicator, indicator_version, job, observation, publication, submitted_figure, target,
};
use rules::measure::{Absence, Frequency, ValueState};
use sea_orm::prelude::{Date, DateTimeUtc, Uuid};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::databases::{databases, refused};
use crate::rows::{A, fill};

/// An observation of the indicator that `fill` made, of the n-th month of 2026.
fn observation(month: u32, value: Option<&str>) -> observation::Model {
    let day = |day| Date::from_ymd_opt(2026, month, day).expect("a day of 2026");
    observation::Model {
        council_id: A,
        id: Uuid::from_u128(u128::from(100 + month)),
        indicator_id: A,
        definition_version: 1,
        period_start: day(1),
        period_end: day(28),
        period_months: 1,
        value: value.map(|number| Dec(number.parse().expect("a decimal"))),
        numerator: None,
        denominator: None,
        absence: value.is_none().then_some(Text(Absence::NotCollected)),
        state: Text(ValueState::Provisional),
        forecast: None,
        commentary: Some("Fewer staff over the holidays — see the café’s figures".to_owned()),
        remedial_action: None,
        remedial_owner: None,
        remedial_due: Some(day(15)),
        quality_note: None,
        reason: None,
        recorded_at: "2026-06-30T22:59:59.123456Z".parse::<DateTimeUtc>().expect("an instant"),
        superseded_at: None,
        recorded_by: Some(A),
        import_id: None,
        sheet: Some("Return".to_owned()),
        cell: Some("L7".to_owned()),
        withdrawn: false,
    }
}

/// A row in every table of council A except observations, and what was submitted, published and approved of them.
async fn with_an_indicator(db: &DatabaseConnection) {
    fill(db, A).await;
    publication::Entity::delete_many().exec(db).await.expect("deletes");
    approved_figure::Entity::delete_many().exec(db).await.expect("deletes");
    submitted_figure::Entity::delete_many().exec(db).await.expect("deletes");
    observation::Entity::delete_many().exec(db).await.expect("deletes");
}

async fn write(db: &DatabaseConnection, row: observation::Model) {
    row.into_active_model().insert(db).await.expect("inserts");
}

#[tokio::test]
async fn an_observation_comes_back_as_it_was_written() {
    for database in databases("round_trip").await {
        let db = &database.owner;
        with_an_indicator(db).await;
        let (reported, absent) = (observation(1, Some("95.20")), observation(2, None));
        write(db, reported.clone()).await;
        write(db, absent.clone()).await;
        let read = observation::Entity::find().order_by_asc(observation::Column::PeriodStart).all(db).await.unwrap();
        assert_eq!(read, [reported, absent]);
        // Equal numbers may be written differently: what is printed is kept too.
        assert_eq!(read[0].value.unwrap().0.to_string(), "95.20");
    }
}

#[tokio::test]
async fn decimals_are_exact_and_in_the_order_of_numbers() {
    // In the order of texts 10 comes before 9.9, and a float tells none of the last four apart.
    let ascending = [
        "-9999999999999999999999999999",
        "-3",
        "-0.0000000000000000000000000001",
        "0",
        "0.1",
        "9.9",
        "10",
        "1234567890123456789.012345678",
        "1234567890123456789.012345679",
        "9999999999999999999999999998",
        "9999999999999999999999999999",
    ];
    for database in databases("decimals").await {
        let db = &database.owner;
        with_an_indicator(db).await;
        for (month, number) in [7, 2, 10, 4, 1, 11, 5, 8, 3, 9, 6].into_iter().zip(ascending) {
            write(db, observation(month, Some(number))).await;
        }
        let read = observation::Entity::find().order_by_asc(observation::Column::Value).all(db).await.unwrap();
        let read: Vec<String> = read.iter().map(|row| row.value.unwrap().0.to_string()).collect();
        assert_eq!(read, ascending);

        let past = |number: &str| observation::Column::Value.gt(Dec(number.parse().unwrap()));
        let over_9_9 = observation::Entity::find().filter(past("9.90")).all(db).await.unwrap();
        assert_eq!(over_9_9.len(), 5);
        let over_the_float = observation::Entity::find().filter(past("1234567890123456789.012345678")).all(db).await.unwrap();
        assert_eq!(over_the_float.len(), 3);
    }
}

#[tokio::test]
async fn text_outside_a_closed_set_is_an_error_and_no_default() {
    for database in databases("closed_sets").await {
        let db = &database.owner;
        with_an_indicator(db).await;
        write(db, observation(1, Some("1"))).await;
        let found = observation::Entity::find().filter(observation::Column::State.eq(Text(ValueState::Provisional))).all(db).await.unwrap();
        assert_eq!(found.len(), 1);
        db.execute_unprepared("UPDATE observation SET absence = 'MISLAID'").await.unwrap();
        refused(observation::Entity::find().all(db).await, "\\\"MISLAID\\\" is not one of the words of Absence");
        // `fill` wrote a number where a frequency belongs.
        refused(
            indicator_version::Entity::find()
                .select_only()
                .column(indicator_version::Column::Frequency)
                .into_tuple::<Text<Frequency>>()
                .all(db)
                .await,
            "\\\"10\\\" is not one of the words of Frequency",
        );
    }
}

#[tokio::test]
async fn a_period_has_one_current_observation() {
    for database in databases("current").await {
        let db = &database.owner;
        with_an_indicator(db).await;
        let mut earlier = observation(1, Some("1"));
        earlier.superseded_at = Some(earlier.recorded_at);
        write(db, earlier).await;
        let mut later = observation(1, Some("2"));
        later.id = Uuid::from_u128(200);
        write(db, later.clone()).await;
        later.id = Uuid::from_u128(201);
        refused(later.into_active_model().insert(db).await, if database.is_postgres() { "duplicate key" } else { "UNIQUE" });
    }
}

/// Every entity names the columns its table has: reading none of its rows names them all.
macro_rules! read_each {
    ($db:expr, $($entity:ident)+) => {
        $(entity::$entity::Entity::find().limit(0).all($db).await.expect(stringify!($entity));)+
    };
}

#[tokio::test]
async fn every_entity_fits_its_table() {
    for database in databases("entities").await {
        let db = &database.owner;
        read_each!(db,
            audit_event council element element_link forum forum_remit framework import import_acknowledgement import_change
            import_decision import_diagnostic import_entry import_template
            indicator indicator_link indicator_version job membership observation pack person placement reporting_period
            return_template role_grant status_rule submitted_figure target upload
        );
        fill(db, A).await;
        assert_eq!(council::Entity::find().one(db).await.unwrap().unwrap().id, A);
        assert_eq!(job::Entity::find().one(db).await.unwrap().unwrap().attempts, 1);
        assert_eq!(target::Entity::find().one(db).await.unwrap().unwrap().lower, Some(Dec(10.into())));
        refused(element::Entity::find().one(db).await, "ElementKind");
        refused(indicator::Entity::find().one(db).await, "Lifecycle");
    }
}
