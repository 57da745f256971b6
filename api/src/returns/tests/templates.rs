//! Templates and reporting periods of a made-up council.

use rules::framework::ReportingPeriodRow;
use rules::measure::Frequency::{Annual, Monthly, Quarterly};
use rules::period::Period;
use rules::permission::Role;

use super::super::periods::{self, PeriodInput};
use super::super::service::{Issued, Wanted, issue};
use crate::access::{Actor, GrantScope};
use crate::error::{Code, Refusal};
use crate::packs::tests::council::{TestCouncil, day, on_each_database, period};

fn wanted<'a>(element: &'a str, of: &str) -> Wanted<'a> {
    Wanted { council: "testshire", element, period: period(of) }
}

fn input(of: &str) -> PeriodInput {
    PeriodInput { council: "testshire".into(), period: period(of), due_on: None }
}

async fn filled(mut council: TestCouncil) -> TestCouncil {
    council.indicator("K1", "S1", Quarterly, None).await;
    council.indicator("M1", "S1", Monthly, None).await;
    council.indicator("A1", "S1", Annual, None).await;
    council.indicator("K2", "S2", Quarterly, None).await;
    council.value("K1", "2023/24 Q2", "81.3", None).await;
    council
}

async fn issued(council: &TestCouncil, actor: &Actor, element: &str, of: &str) -> Issued {
    match issue(&council.app, actor, wanted(element, of)).await {
        Ok(issued) => issued,
        Err(Refusal::User(user)) => panic!("{user:?}"),
        Err(Refusal::Error(error)) => panic!("{}", error.log_text()),
    }
}

fn refused<T>(outcome: Result<T, Refusal>) -> (String, String) {
    match outcome {
        Err(Refusal::User(user)) => (user.code, user.field.unwrap_or_default().join(".")),
        Err(Refusal::Error(error)) => panic!("{}", error.log_text()),
        Ok(_) => panic!("it was not refused"),
    }
}

#[tokio::test]
async fn a_template_asks_for_what_falls_due_in_its_period() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        // Three months and a quarter; the year does not end in October to December.
        assert_eq!(issued(&council, &actor, "S1", "2023/24 Q3").await.rows, 4);
        // The year ends in January to March.
        assert_eq!(issued(&council, &actor, "S1", "2023/24 Q4").await.rows, 5);
        // All below the directorate, the other service's quarter among it.
        assert_eq!(issued(&council, &actor, "D1", "2023/24 Q3").await.rows, 5);
        assert_eq!(issued(&council, &actor, "s2", "2023-12").await.rows, 1);
    })
    .await;
}

#[tokio::test]
async fn issues_are_counted_and_equal_questions_have_one_fingerprint() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        let first = issued(&council, &actor, "S1", "2023/24 Q3").await;
        let second = issued(&council, &actor, "S1", "2023/24 Q3").await;
        assert_eq!((first.template.issue, second.template.issue), (1, 2));
        assert_eq!(first.template.fingerprint, second.template.fingerprint);
        assert_ne!(first.bytes, second.bytes);
        assert_eq!(council.app.files.load(&second.storage_key).await.unwrap(), second.bytes);
        let other = issued(&council, &actor, "S2", "2023/24 Q3").await;
        assert_eq!(other.template.issue, 1);
        assert_ne!(other.template.fingerprint, first.template.fingerprint);
    })
    .await;
}

#[tokio::test]
async fn a_template_is_issued_to_whoever_answers_for_it() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let manager = council.person(Role::ServiceManager, GrantScope::Element(council.of("S1"))).await;
        assert_eq!(issued(&council, &manager, "S1", "2023/24 Q3").await.rows, 4);
        let absent = ("ELEMENT_NOT_FOUND".to_owned(), "input.element".to_owned());
        assert_eq!(refused(issue(&council.app, &manager, wanted("S2", "2023/24 Q3")).await), absent);
        assert_eq!(refused(issue(&council.app, &manager, wanted("NONE", "2023/24 Q3")).await), absent);
        // Whoever provides one indicator is asked for that one.
        let provider = council.person(Role::DataProvider, GrantScope::Indicator(council.of("K1"))).await;
        assert_eq!(issued(&council, &provider, "S1", "2023/24 Q3").await.rows, 1);
        assert_eq!(refused(issue(&council.app, &provider, wanted("S2", "2023/24 Q3")).await), absent);
        let auditor = council.person(Role::InternalAudit, GrantScope::Council).await;
        let outcome = issue(&council.app, &auditor, wanted("S1", "2023/24 Q3")).await;
        assert!(matches!(outcome, Err(Refusal::Error(error)) if error.code == Code::Forbidden));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_issued_is_refused() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        let ask = async |element, of| refused(issue(&council.app, &actor, wanted(element, of)).await);
        let on = |code: &str, field: &str| (code.to_owned(), format!("input.{field}"));
        assert_eq!(ask("S1", "2019/20 Q3").await, on("NO_FRAMEWORK", "period"));
        assert_eq!(ask("PLAN", "2023/24 Q3").await, on("NOTHING_DUE", "period"));
        assert_eq!(ask("S2", "2023-11").await, on("NOTHING_DUE", "period"));
        let elsewhere = Wanted { council: "elsewhere", ..wanted("S1", "2023/24 Q3") };
        assert_eq!(refused(issue(&council.app, &actor, elsewhere).await), on("COUNCIL_NOT_FOUND", "council"));

        periods::open(&council.app, &actor, &input("2023/24 Q3")).await.unwrap();
        issued(&council, &actor, "S1", "2023/24 Q3").await;
        periods::close(&council.app, &actor, &input("2023/24 Q3")).await.unwrap();
        assert_eq!(ask("S1", "2023/24 Q3").await, on("PERIOD_CLOSED", "period"));
    })
    .await;
}

#[tokio::test]
async fn periods_open_and_close_and_each_change_is_on_record_once() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        let app = &council.app;
        let period: Period = period("2023/24 Q3");
        let not_there = refused(periods::close(app, &actor, &input("2023/24 Q3")).await);
        assert_eq!(not_there, ("PERIOD_NOT_FOUND".into(), "input.period".into()));

        let due = PeriodInput { due_on: Some(day("2024-01-31")), ..input("2023/24 Q3") };
        let opened = ReportingPeriodRow { period, open: true, due_on: Some(day("2024-01-31")) };
        assert_eq!(periods::open(app, &actor, &due).await.unwrap(), opened);
        assert_eq!(periods::open(app, &actor, &input("2023/24 Q3")).await.unwrap(), opened);
        let closed = ReportingPeriodRow { open: false, ..opened.clone() };
        assert_eq!(periods::close(app, &actor, &input("2023/24 Q3")).await.unwrap(), closed);
        assert_eq!(periods::close(app, &actor, &input("2023/24 Q3")).await.unwrap(), closed);
        assert_eq!(periods::open(app, &actor, &input("2023/24 Q3")).await.unwrap(), opened);

        let events = crate::access::scope::of_council::<entity::audit_event::Entity>(council.id);
        use sea_orm::QueryOrder;
        let snapshot = app.db.snapshot(council.id).await.unwrap();
        let events = events.order_by_asc(entity::audit_event::Column::Id).all(&*snapshot).await.unwrap();
        let verbs: Vec<&str> = events.iter().map(|e| e.verb.as_str()).collect();
        assert_eq!(verbs, ["council.create", "period.open", "period.close", "period.open"]);

        let early = PeriodInput { due_on: Some(day("2023-12-31")), ..input("2023/24 Q3") };
        assert_eq!(refused(periods::open(app, &actor, &early).await).0, "DUE_TOO_EARLY");
        // A year before the edition began may take figures too, for the history.
        assert!(periods::open(app, &actor, &input("2019/20 Q3")).await.is_ok());
        assert!(!periods::close(app, &actor, &input("2019/20 Q3")).await.unwrap().open);
        let unusual = PeriodInput { period: Period::new(day("2023-10-01"), 5).unwrap(), ..input("2023/24 Q3") };
        assert_eq!(refused(periods::open(app, &actor, &unusual).await).0, "PERIOD_UNUSUAL");
        let manager = council.person(Role::ServiceManager, GrantScope::Element(council.of("S1"))).await;
        let outcome = periods::open(app, &manager, &input("2023/24 Q3")).await;
        assert!(matches!(outcome, Err(Refusal::Error(error)) if error.code == Code::Forbidden));
    })
    .await;
}
