//! Figures planned, taken and taken back, on a made-up council.

use chrono::Duration;
use exporters::template::{row_fingerprint, sign};
use importers::{Content, Layout, PeriodCell, PeriodContent, RawCell, Reading, StampRow, TemplateStamp, Text, TextKind, ValueRow};
use rules::measure::Frequency;
use rules::permission::{Permission, Role};
use rules::series::Observation;
use rules::status::Thresholds;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{Asked, apply, plan, undo};
use crate::access::{Actor, GrantScope};
use crate::error::UserError;
use crate::imports::pace::Pace;
use crate::imports::plan::{ChangeKind, Plan, Undone};
use crate::imports::store;
use crate::packs::tests::council::{self, TestCouncil, day, dec, period};
use crate::returns::service::asked_row;
use crate::values::store::{Span, Words, figures};

const KEY: &[u8] = b"a key of the council for its templates";

fn text(text: &str, cell: String) -> Text {
    Text { text: text.into(), cell, kind: TextKind::Text }
}

/// One row of a list: ref, period and result, in columns A, B and C.
fn row(at: u32, code: &str, of: &str, result: &str) -> ValueRow {
    let content = result.parse().map_or_else(|_| Content::Text(result.into()), Content::Number);
    let cell = |column: char| format!("{column}{at}");
    ValueRow {
        sheet: "Return".into(),
        row: at,
        code: Some(text(code, cell('A'))),
        period: Some(PeriodCell { content: PeriodContent::Text(of.into()), cell: cell('B'), context_year: None }),
        value: Some(RawCell {
            cell: cell('C'),
            content,
            percent: Some(false),
            number_format: None,
            formula: None,
            uncached: false,
            struck: false,
            scale: None,
            percent_as: None,
            missing: None,
        }),
        ..ValueRow::default()
    }
}

fn list(rows: Vec<ValueRow>) -> Reading {
    Reading { layout: Some(Layout::Long), values: rows, ..Reading::default() }
}

fn kinds(plan: &Plan) -> Vec<(&str, ChangeKind, Option<&str>, Option<&str>)> {
    plan.changes.iter().map(|c| (c.key.as_str(), c.kind, c.before.as_deref(), c.after.as_deref())).collect()
}

/// Code, first place and message of every error and warning but the notice of a correction.
fn said(plan: &Plan) -> Vec<(&str, &str, &str)> {
    let told = plan.diagnostics.iter().filter(|d| d.severity != importers::Severity::Info && d.code != "CHG-003");
    told.map(|d| (d.code.as_ref(), d.places[0].cell.as_str(), d.message.as_str())).collect()
}

/// The test council with two quarterly indicators, one a service, and the quarters of 2023/24 up to the second open.
struct Made {
    council: TestCouncil,
    team: Actor,
}

/// Runs a test on each kind of database there is.
async fn on_each_database(test: impl AsyncFn(Made)) {
    council::on_each_database(async |council| test(Made::of(council).await).await).await;
}

impl Made {
    async fn of(mut council: TestCouncil) -> Self {
        council.indicator("WM01", "S1", Frequency::Quarterly, None).await;
        council.indicator("WM02", "S2", Frequency::Quarterly, None).await;
        for (of, open) in [("2022/23 Q4", false), ("2023/24 Q1", true), ("2023/24 Q2", true)] {
            Self::reporting_period(&council, of, open).await;
        }
        let team = council.performance_team().await;
        Self { council, team }
    }

    async fn reporting_period(council: &TestCouncil, of: &str, open: bool) {
        let row = entity::reporting_period::Model {
            council_id: council.id,
            id: council.app.ids.next(),
            framework_id: council.framework,
            period_start: period(of).start(),
            period_months: crate::rows::months(period(of)),
            open,
            due_on: None,
        };
        let tx = council.app.db.change(council.id).await.unwrap();
        let row = row.into_active_model().reset_all();
        entity::reporting_period::Entity::insert(row).exec_without_returning(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn plan_as(&self, actor: &Actor, reading: &Reading) -> Plan {
        self.plan_for(actor, None, reading).await
    }

    /// Plans a workbook that was sent for a period.
    async fn plan_for(&self, actor: &Actor, of: Option<&str>, reading: &Reading) -> Plan {
        let snapshot = self.council.app.db.snapshot(self.council.id).await.unwrap();
        let asked =
            Asked { today: self.council.app.clock.today(), period: of.map(period), element: None, template_key: Some(KEY), entered: None };
        let rows = importers::Rows::pack(reading.values.clone()).unwrap();
        plan(&*snapshot, actor, &asked, (reading, rows), &Pace::default()).await.unwrap()
    }

    async fn plan(&self, reading: &Reading) -> Plan {
        self.plan_as(&self.team, reading).await
    }

    /// Keeps a plan the way a submitted import does.
    async fn keep(&self, plan: &Plan) -> Uuid {
        let app = &self.council.app;
        let scope = self.team.scope_for(Permission::ImportValues).unwrap();
        let id = app.ids.next();
        let import = entity::import::Model {
            council_id: scope.council,
            id,
            person_id: scope.person,
            upload_id: None,
            file_name: "return.xlsx".into(),
            sha256: String::new(),
            size_bytes: 0,
            state: "PLANNED".into(),
            layout: Some("LONG".into()),
            period_start: None,
            period_months: None,
            element_id: None,
            done: 0,
            total: 0,
            new_rows: 0,
            changed_rows: 0,
            same_rows: 0,
            refused_rows: 0,
            errors: 0,
            warnings: 0,
            digest: None,
            options: "{}".into(),
            created_at: app.clock.now(),
            planned_at: Some(app.clock.now()),
            accepted_at: None,
            accepted_by: None,
            undone_at: None,
            failure: None,
            left_out_rows: 0,
        };
        let tx = app.db.change(scope.council).await.unwrap();
        entity::import::Entity::insert(import.into_active_model().reset_all()).exec_without_returning(&*tx).await.unwrap();
        store::keep_plan(&tx, &scope, &app.ids, id, plan, &Pace::default()).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn apply_as(&self, actor: &Actor, import: Uuid) -> Result<(), UserError> {
        let app = &self.council.app;
        app.clock.set(app.clock.now() + Duration::minutes(1));
        let scope = actor.scope_for(Permission::ImportValues).unwrap();
        let tx = app.db.change(scope.council).await.unwrap();
        let outcome = apply(app, &tx, &scope, import, Some("Counted again")).await.unwrap().map_err(|stale| stale.error);
        tx.commit().await.unwrap();
        outcome
    }

    /// Plans, keeps and takes.
    async fn take(&self, reading: &Reading) -> Uuid {
        let plan = self.plan(reading).await;
        let import = self.keep(&plan).await;
        self.apply_as(&self.team, import).await.unwrap();
        import
    }

    async fn undo(&self, import: Uuid) -> Undone {
        let app = &self.council.app;
        app.clock.set(app.clock.now() + Duration::minutes(1));
        let scope = self.team.scope_for(Permission::ImportValues).unwrap();
        let tx = app.db.change(scope.council).await.unwrap();
        let undone = undo(app, &tx, &scope, import).await.unwrap();
        tx.commit().await.unwrap();
        undone
    }

    /// The figures of an indicator as they read now.
    async fn held(&self, code: &str) -> Vec<(Observation, Words)> {
        let scope = self.team.scope_for(Permission::ViewFigures).unwrap();
        let snapshot = self.council.app.db.snapshot(self.council.id).await.unwrap();
        let from = day("2020-04-01");
        let span = Span { from, until: day("2024-03-31"), words_from: Some(from), as_at: None };
        let id = self.council.of(code);
        let mut found = figures(&snapshot, &scope, &[id], span).await.unwrap().remove(&id).unwrap();
        let observations = std::mem::take(&mut found.observations).into_iter().enumerate();
        observations.map(|(at, observation)| (observation, found.words(at).unwrap().clone())).collect()
    }

    async fn values(&self, code: &str) -> Vec<(String, String)> {
        let held = self.held(code).await;
        held.iter().map(|(o, _)| (o.period.to_string(), o.value.map_or_else(String::new, |v| v.normalize().to_string()))).collect()
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(period, value)| ((*period).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_list_is_planned_taken_and_taken_back() {
    on_each_database(async |made| {
        made.council.value("WM01", "2023/24 Q1", "81.5", None).await;
        made.council.value("WM02", "2023/24 Q1", "90", None).await;
        let reading =
            list(vec![row(5, "wm-1", "Q1 2023/24", "83.5"), row(6, "WM02", "Apr to Jun 2023", "90.0"), row(7, "WM01", "2023/24 Q2", "84")]);

        let planned = made.plan(&reading).await;
        assert_eq!(
            kinds(&planned),
            [
                ("WM01 2023/24 Q1", ChangeKind::Changed, Some("81.5%"), Some("83.5%")),
                ("WM02 2023/24 Q1", ChangeKind::Same, Some("90.0%"), Some("90.0%")),
                ("WM01 2023/24 Q2", ChangeKind::New, None, Some("84.0%")),
            ]
        );
        assert_eq!(said(&planned), []);

        let import = made.take(&reading).await;
        assert_eq!(made.values("WM01").await, pairs(&[("2023/24 Q1", "83.5"), ("2023/24 Q2", "84")]));
        let held = made.held("WM01").await;
        // The workbook had no commentary, which wipes none.
        assert_eq!(held[0].1.commentary.as_deref(), Some("More came in than was planned for."));
        assert_eq!((held[0].1.reason.as_deref(), held[0].1.import), (Some("Counted again"), Some(import)));
        assert_eq!((held[1].1.reason.as_deref(), held[1].1.import), (None, Some(import)));

        let again = made.plan(&reading).await;
        assert!(again.changes.iter().all(|c| c.kind == ChangeKind::Same), "{:?}", kinds(&again));

        assert_eq!(made.undo(import).await, Undone { reversed: 2, ..Undone::default() });
        assert_eq!(made.values("WM01").await, pairs(&[("2023/24 Q1", "81.5")]));
        assert_eq!(made.values("WM02").await, pairs(&[("2023/24 Q1", "90")]));
        // What was withdrawn can be entered anew.
        made.take(&list(vec![row(5, "WM01", "2023/24 Q2", "85")])).await;
        assert_eq!(made.values("WM01").await, pairs(&[("2023/24 Q1", "81.5"), ("2023/24 Q2", "85")]));
    })
    .await;
}

#[tokio::test]
async fn what_a_person_corrected_since_is_kept_and_listed() {
    on_each_database(async |made| {
        let import = made.take(&list(vec![row(5, "WM01", "2023/24 Q1", "83.5"), row(6, "WM02", "2023/24 Q1", "70")])).await;
        made.council.app.clock.set(made.council.app.clock.now() + Duration::days(2));
        made.council.value("WM02", "2023/24 Q1", "75", Some("Two were counted twice")).await;
        let undone = made.undo(import).await;
        let kept: Vec<_> = undone.kept.iter().map(|k| (k.key.as_str(), k.because.as_str())).collect();
        assert_eq!((undone.reversed, kept), (1, vec![("WM02 2023/24 Q1", "corrected on 22 October 2023")]));
        assert_eq!(made.values("WM01").await, pairs(&[]));
        assert_eq!(made.values("WM02").await, pairs(&[("2023/24 Q1", "75")]));
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_saw_other_figures_is_not_done() {
    on_each_database(async |made| {
        let planned = made.plan(&list(vec![row(5, "WM01", "2023/24 Q1", "83.5"), row(6, "WM02", "2023/24 Q1", "70")])).await;
        let import = made.keep(&planned).await;
        made.council.value("WM02", "2023/24 Q1", "75", None).await;
        let refused = made.apply_as(&made.team, import).await.unwrap_err();
        assert_eq!(refused.code, "PLAN_OUT_OF_DATE");
        assert_eq!(made.values("WM01").await, pairs(&[]));
        assert_eq!(made.values("WM02").await, pairs(&[("2023/24 Q1", "75")]));
    })
    .await;
}

#[tokio::test]
async fn each_row_that_cannot_be_taken_says_why_at_its_cell() {
    on_each_database(async |made| {
        let planned = made
            .plan(&list(vec![
                row(5, "WM1X", "2023/24 Q1", "80"),
                row(6, "WM01", "2022/23 Q4", "80"),
                row(7, "WM01", "2021/22 Q4", "80"),
                row(8, "WM01", "2023/24", "80"),
                row(9, "WM01", "2024/25 Q1", "80"),
                row(10, "WM01", "2023/24 Q1", "112"),
                row(11, "WM01", "2023/24 Q2", "80"),
                row(12, "WM-01", "Jul to Sep 2023", "81"),
                row(13, "WM02", "2023/24 Q2", "Green"),
            ]))
            .await;
        assert!(planned.changes.iter().all(|c| c.kind == ChangeKind::Refused), "{:?}", kinds(&planned));
        let open = "Open: 2023/24 Q1, 2023/24 Q2.";
        let codes: Vec<_> = said(&planned).into_iter().map(|(code, cell, _)| (code, cell)).collect();
        assert_eq!(
            codes,
            [
                ("IND-001", "A5"),
                ("CHG-004", "B6"),
                ("CHG-004", "B7"),
                ("PER-031", "B8"),
                ("PER-032", "B9"),
                ("VAL-018", "C13"),
                ("STR-016", "C11"),
                ("VAL-030", "C10"),
            ]
        );
        let closed = said(&planned)[1].2;
        assert_eq!(closed, format!("2022/23 Q4 is closed and takes no more figures. {open}"));
        assert_eq!(planned.changes.len(), 9);
    })
    .await;
}

#[tokio::test]
async fn a_table_without_periods_is_for_the_one_it_was_sent_for_or_says_why_not() {
    on_each_database(async |made| {
        let undated = |at: u32| ValueRow { period: None, ..row(at, "WM01", "", "80") };
        let reading = list(vec![undated(5), ValueRow { code: Some(text("WM02", "A6".into())), ..undated(6) }]);
        let sent = async |of: Option<&str>| made.plan_for(&made.team, of, &reading).await;

        let taken = sent(Some("2023/24 Q2")).await;
        assert_eq!(taken.changes.iter().map(|c| c.key.as_str()).collect::<Vec<_>>(), ["WM01 2023/24 Q2", "WM02 2023/24 Q2"]);
        // The half year ends with a quarter; a month that does not is a question of the period sent for, not of the row.
        assert_eq!(sent(Some("2023/24 H1")).await.changes[0].key, "WM01 2023/24 Q2");
        for (of, code, words) in [(None, "PER-038", "neither the table"), (Some("2023-08"), "PER-031", "2023-08, which it was sent for")] {
            let planned = sent(of).await;
            assert!(planned.changes.iter().all(|c| c.kind == ChangeKind::Refused) && planned.changes.len() == 2, "{of:?}");
            let [asked] = planned.diagnostics.iter().filter(|d| d.severity == importers::Severity::Error).collect::<Vec<_>>()[..] else {
                panic!("one cause, one diagnostic: {:?}", planned.diagnostics)
            };
            let cells: Vec<_> = asked.places.iter().map(|place| place.cell.as_str()).collect();
            assert_eq!((asked.code.as_ref(), cells), (code, vec!["C5", "C6"]), "{of:?}");
            assert!(asked.message.contains(words) && asked.suggestion.is_some(), "{asked:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn rows_that_two_columns_of_results_hold_back_are_refused_one_by_one() {
    on_each_database(async |made| {
        let text = "Ref,Period,Result,Actual\nWM01,Q1 2023/24,81,82\nWM02,Q1 2023/24,90,\n";
        let reading = importers::read(text.as_bytes(), "Return.csv", &importers::Limits::default());
        let planned = made.plan(&reading).await;
        assert_eq!(
            kinds(&planned),
            [("'Return' row 2", ChangeKind::Refused, None, None), ("'Return' row 3", ChangeKind::Refused, None, None)]
        );
        assert_eq!(said(&planned).iter().map(|(code, ..)| *code).collect::<Vec<_>>(), ["COL-002"]);
    })
    .await;
}

#[tokio::test]
async fn a_figure_of_another_service_is_not_theirs_to_enter() {
    on_each_database(async |made| {
        let manager = made.council.person(Role::ServiceManager, GrantScope::Element(made.council.of("S1"))).await;
        let reading = list(vec![row(5, "WM01", "2023/24 Q1", "83.5"), row(6, "WM02", "2023/24 Q1", "70")]);
        let planned = made.plan_as(&manager, &reading).await;
        assert_eq!(planned.changes.iter().map(|c| c.kind).collect::<Vec<_>>(), [ChangeKind::New, ChangeKind::Refused]);
        assert_eq!(said(&planned), [("IND-005", "A6", "WM02 belongs to Service S2; its figures are not yours to enter.")]);

        // A plan made with wider rights is not theirs to accept either.
        let import = made.keep(&made.plan(&reading).await).await;
        let scope = manager.scope_for(Permission::ImportValues).unwrap();
        let tx = made.council.app.db.change(scope.council).await.unwrap();
        let refused = apply(&made.council.app, &tx, &scope, import, None).await.unwrap_err();
        assert_eq!(refused.code, crate::error::Code::Forbidden);
    })
    .await;
}

#[tokio::test]
async fn beside_a_figure_targets_are_compared_and_numerators_make_the_result() {
    on_each_database(async |made| {
        let mut derived = row(5, "WM01", "2023/24 Q1", "0");
        let part = |column: char, number: &str| {
            let cell = row(5, "", "", number).value.unwrap();
            Some(RawCell { cell: format!("{column}5"), ..cell })
        };
        (derived.value, derived.numerator, derived.denominator) = (None, part('C', "41"), part('D', "50"));
        derived.target = part('E', "90").map(Box::new);
        let mut absent = row(6, "WM02", "2023/24 Q1", "0");
        (absent.value, absent.absence_reason) = (None, Some(Box::new(text("Not collected", "F6".into()))));
        let planned = made.plan(&list(vec![derived, absent])).await;
        assert_eq!(
            kinds(&planned),
            [
                ("WM01 2023/24 Q1", ChangeKind::New, None, Some("82.0% (41 of 50)")),
                ("WM02 2023/24 Q1", ChangeKind::New, None, Some("Not collected")),
            ]
        );
        assert_eq!(said(&planned), [("VAL-045", "E5", "The target printed here is 90.0%; the one held is 85.0%, and stays so.")]);
        let import = made.keep(&planned).await;
        made.apply_as(&made.team, import).await.unwrap();
        assert_eq!(made.held("WM01").await[0].0.value, Some(dec("82")));
    })
    .await;
}

async fn stamp(made: &Made) -> TemplateStamp {
    let snapshot = made.council.app.db.snapshot(made.council.id).await.unwrap();
    let scope = made.team.scope_for(Permission::ViewFigures).unwrap();
    let catalogue = crate::frameworks::service::catalogue(&*snapshot, &scope, None, None).await.unwrap().unwrap();
    let thresholds = |target: &str| Thresholds { target: Some(dec(target)), intervention: Some(dec("80")), ..Thresholds::default() };
    // WM02 is asked for with a target of 75: it was raised since.
    let rows = [("WM01", "85"), ("WM02", "75")].map(|(code, target)| StampRow {
        row_key: code.into(),
        indicator_id: made.council.of(code).to_string(),
        fingerprint: row_fingerprint(&asked_row(catalogue.indicator_by_code(code).unwrap(), period("2023/24 Q1"), &thresholds(target))),
        place: None,
    });
    TemplateStamp {
        schema: "return/1".into(),
        council_id: made.council.id.to_string(),
        council_code: "testshire".into(),
        element_id: made.council.of("D1").to_string(),
        element_code: "D1".into(),
        period: "2023/24 Q1".into(),
        framework_edition: "2023/24".into(),
        issue: Some(1),
        fingerprint: "ABC".into(),
        signature: sign(KEY, "ABC", 1),
        rows: rows.into(),
        ..TemplateStamp::default()
    }
}

fn template(stamp: TemplateStamp, rows: Vec<ValueRow>) -> Reading {
    Reading { layout: Some(Layout::Template), stamp: Some(stamp), values: rows, ..Reading::default() }
}

#[tokio::test]
async fn a_template_is_taken_row_by_row_where_it_still_asks_the_same() {
    on_each_database(async |made| {
        let mut stale = row(9, "WM02", "2023/24 Q1", "78");
        stale.target = row(9, "", "", "75").value.map(Box::new);
        let planned = made.plan(&template(stamp(&made).await, vec![row(8, "WM01", "2023/24 Q1", "83"), stale])).await;
        assert_eq!(planned.changes.iter().map(|c| c.kind).collect::<Vec<_>>(), [ChangeKind::New, ChangeKind::Refused]);
        assert_eq!(
            said(&planned),
            [(
                "TPL-011",
                "A9",
                "WM02 2023/24 Q1 is not what it was when the template was issued: target 75.0% when issued, now 85.0%; \
             intervention level none when issued, now 80.0%."
            )]
        );
    })
    .await;
}

#[tokio::test]
async fn a_template_of_another_council_or_with_a_forged_signature_is_refused_whole() {
    on_each_database(async |made| {
        let rows = || vec![row(8, "WM01", "2023/24 Q1", "83"), row(9, "WM02", "2023/24 Q1", "78")];
        let foreign = TemplateStamp { council_id: Uuid::nil().to_string(), council_code: "elsewhere".into(), ..stamp(&made).await };
        let planned = made.plan(&template(foreign, rows())).await;
        assert_eq!(planned.changes.iter().map(|c| c.kind).collect::<Vec<_>>(), [ChangeKind::Refused; 2]);
        assert_eq!(said(&planned), [("TPL-003", "A1", "This template was issued by elsewhere; you send it to testshire.")]);
        let forged = TemplateStamp { fingerprint: "ABD".into(), ..stamp(&made).await };
        let planned = made.plan(&template(forged, rows())).await;
        assert_eq!(planned.changes.iter().map(|c| c.kind).collect::<Vec<_>>(), [ChangeKind::Refused; 2]);
        assert_eq!(said(&planned)[0].0, "TPL-002");
    })
    .await;
}

#[tokio::test]
async fn a_template_row_left_blank_is_passed_over() {
    on_each_database(async |made| {
        let mut blank = row(9, "WM02", "2023/24 Q1", "0");
        blank.value = None;
        let mut words_only = row(8, "WM01", "2023/24 Q1", "0");
        (words_only.value, words_only.commentary) = (None, Some(text("Late", "N8".into())));
        let planned = made.plan(&template(stamp(&made).await, vec![words_only, blank])).await;
        assert_eq!(kinds(&planned), [("WM01", ChangeKind::Refused, None, None)]);
        let told: Vec<_> = planned.diagnostics.iter().map(|d| (d.code.as_ref(), d.severity, d.places[0].cell.as_str())).collect();
        assert_eq!(told, [("TPL-024", importers::Severity::Error, "A8"), ("TPL-024", importers::Severity::Info, "A9")]);
    })
    .await;
}

#[tokio::test]
async fn statements_do_not_grow_with_rows() {
    on_each_database(async |mut made| {
        for n in 0..151 {
            made.council.indicator(&format!("N{n}"), "S1", Frequency::Quarterly, None).await;
        }
        let one = |at: u32| row(at + 5, &format!("N{}", at / 2), if at.is_multiple_of(2) { "2023/24 Q1" } else { "2023/24 Q2" }, "83.5");
        let mut counts = Vec::new();
        for rows in [300..302, 0..300_u32] {
            let n = rows.len();
            let reading = list(rows.map(one).collect());
            let db = &made.council.app.db;
            let start = db.statements();
            let planned = made.plan(&reading).await;
            let planning = db.statements() - start;
            let import = made.keep(&planned).await;
            let kept = db.statements();
            made.apply_as(&made.team, import).await.unwrap();
            let applying = db.statements() - kept;
            assert_eq!(made.undo(import).await.reversed, i32::try_from(n).unwrap());
            counts.push((planning, applying, db.statements() - kept - applying));
        }
        assert_eq!(counts[0], counts[1], "planning, taking and taking back 2 rows and 300");
    })
    .await;
}
