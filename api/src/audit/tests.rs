//! What row-level security does when the application forgets its own filter, and what the trail costs.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Request, Variables};
use sea_orm::DbBackend;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::unfiltered::Unfiltered;
use crate::access::{Actor, Credential, Origin, Way};
use crate::graphql::id::{Kind, id};
use crate::graphql::schema::{Api, build};
use crate::graphql::session::Session;
use crate::packs::service::{BuildInput, build_now};
use crate::packs::state::Profile;
use crate::packs::tests::council::{TestCouncil, on_each_database, period};
use crate::packs::tests::documents::filled;

/// The documents the frontends send, and lists of everything else there is.
const CONTRACT: &str = include_str!("../../../tests/operations.graphql");
const LISTS: &str = "query Lists($council: String!) { council(code: $council) {
    frameworks { title id } forums { id title } reportingPeriods { period } threadGaps { kind }
    imports { totalCount nodes { id fileName } } packs { totalCount nodes { id } }
    auditTrail { totalCount nodes { id seq verb } } auditHead { seq hash } } }";

/// A council with figures, an import and a pack, and somebody who may read all of it.
struct Filled {
    council: TestCouncil,
    code: &'static str,
    reader: Uuid,
    import: Uuid,
    pack: Uuid,
}

impl Filled {
    async fn new(council: TestCouncil, code: &'static str) -> Self {
        use crate::access::GrantScope;
        use rules::permission::Role;
        let council = filled(council).await;
        let reader = reader(&council, &[(Role::PerformanceTeam, GrantScope::Council), (Role::InternalAudit, GrantScope::Council)]).await;
        let input = BuildInput {
            council: code.into(),
            forum: "ALL".into(),
            period: period("2023/24 Q2"),
            meeting_on: None,
            profile: Profile::Scrutiny,
            element: None,
            language: None,
            chart_all: false,
        };
        let pack = build_now(&council.app, &reader, &input).await.unwrap().pack.id;
        let import = council.app.ids.next();
        council.insert(an_import(council.id, import, reader.person, code)).await;
        council
            .insert(entity::import_diagnostic::Model {
                council_id: council.id,
                id: council.app.ids.next(),
                import_id: import,
                seq: 1,
                code: "VAL-001".into(),
                severity: "WARNING".into(),
                message: format!("Found by {code}"),
                suggestion: None,
                seen: None,
                expected: None,
                places: "[]".into(),
                place_count: Some(1),
            })
            .await;
        Self { council, code, reader: reader.person, import, pack }
    }

    /// Every document's answer, as its reader gets it.
    async fn answers(&self, api: &Api) -> Vec<(&'static str, Value)> {
        let code = self.code;
        let documents: [(&'static str, Value); 7] = [
            ("Viewer", json!({})),
            ("Scorecard", json!({ "council": code, "period": "2023/24 Q2" })),
            ("Indicator", json!({ "council": code, "code": "H1", "period": "2023/24 Q2" })),
            ("GoldenThread", json!({ "council": code, "code": "OC1" })),
            ("ImportPlan", json!({ "id": id(Kind::Import, self.import).as_str() })),
            ("Pack", json!({ "id": id(Kind::Pack, self.pack).as_str() })),
            ("Lists", json!({ "council": code })),
        ];
        let mut answers = Vec::new();
        for (name, variables) in documents {
            let text = if name == "Lists" { LISTS } else { CONTRACT };
            answers.push((name, self.ask(api, text, name, variables).await));
        }
        answers
    }

    async fn ask(&self, api: &Api, text: &str, name: &str, variables: Value) -> Value {
        let issued = self.council.app.clock.now();
        let credential = Credential::Person {
            council: self.council.id,
            person: self.reader,
            way: Way::Token { issued, until: issued + chrono::Duration::days(1) },
        };
        let session = Arc::new(Session::new(self.council.app.clone(), Some(credential), Origin::default()));
        let request = Request::new(text).operation_name(name).variables(Variables::from_json(variables)).data(session);
        serde_json::to_value(api.execute(request).await).unwrap()
    }

    /// How many of the marks that rows of its own are told by stand in answers.
    fn told(&self, answers: &[(&str, Value)]) -> usize {
        let marks = [self.council.framework, self.import, self.pack].map(|id| id.simple().to_string());
        let text = answers.iter().map(|(_, answer)| answer.to_string()).collect::<String>();
        marks.iter().filter(|mark| text.contains(*mark)).count() + usize::from(text.contains(&format!("Found by {}", self.code)))
    }
}

async fn reader(council: &TestCouncil, grants: &[(rules::permission::Role, crate::access::GrantScope)]) -> Actor {
    let tx = council.app.db.change(council.id).await.unwrap();
    let new = crate::people::service::NewPerson { email: "reader@example.org", name: "Reader", grants };
    let person = crate::people::service::enter(&council.app, &*tx, council.id, &new).await.unwrap();
    tx.commit().await.unwrap();
    let snapshot = council.app.db.snapshot(council.id).await.unwrap();
    Actor::load_person(&*snapshot, council.id, person, council.app.clock.today()).await.unwrap()
}

fn an_import(council_id: Uuid, id: Uuid, person_id: Uuid, code: &str) -> entity::import::Model {
    entity::import::Model {
        council_id,
        id,
        person_id,
        upload_id: None,
        file_name: format!("{code}.xlsx"),
        sha256: "0".repeat(64),
        size_bytes: 1,
        state: "PLANNED".into(),
        layout: Some("LONG".into()),
        period_start: None,
        period_months: None,
        element_id: None,
        done: 1,
        total: 1,
        new_rows: 0,
        changed_rows: 0,
        same_rows: 0,
        refused_rows: 0,
        errors: 0,
        warnings: 1,
        digest: None,
        options: "{}".into(),
        created_at: "2023-10-20T09:00:00Z".parse().unwrap(),
        planned_at: None,
        accepted_at: None,
        accepted_by: None,
        undone_at: None,
        failure: None,
        left_out_rows: 0,
    }
}

#[tokio::test]
async fn without_the_applications_own_filter_no_row_of_another_council_comes_back() {
    on_each_database(async |council| {
        let postgres = council.app.db.backend() == DbBackend::Postgres;
        let theirs = council.beside("elsewhere", "Elsewhere County Council").await;
        // The other's rows come first wherever nothing else orders them.
        let theirs = Filled::new(theirs, "elsewhere").await;
        let ours = Filled::new(council, "testshire").await;
        let api = build(&crate::bounds::Bounds::default());
        let (mut differ, mut told) = (BTreeSet::new(), 0);
        for (own, other) in [(&ours, &theirs), (&theirs, &ours)] {
            let with = own.answers(&api).await;
            for (name, answer) in &with {
                assert!(answer.get("errors").is_none(), "{name}: {answer:#}");
            }
            let strange = json!({ "id": id(Kind::Pack, other.pack).as_str() });
            assert_eq!(own.ask(&api, CONTRACT, "Pack", strange.clone()).await["data"]["node"], Value::Null);

            let out = Unfiltered::begin();
            let without = own.answers(&api).await;
            let strange = own.ask(&api, CONTRACT, "Pack", strange).await["data"]["node"].clone();
            drop(out);

            assert_eq!(other.told(&with), 0);
            if postgres {
                // Nothing of the other's, and to the letter the answer that the filter gives.
                assert_eq!(other.told(&without), 0);
                assert_eq!(without, with);
                assert_eq!(strange, Value::Null);
            } else {
                differ.extend(with.iter().zip(&without).filter(|(a, b)| a != b).map(|((name, _), _)| *name));
                told += other.told(&without);
                assert_ne!(strange, Value::Null);
            }
        }
        if !postgres {
            // So the filter was out: these tell of the other's rows, where nothing else holds. What the others ask for is found
            // by the ids of one's own.
            assert_eq!(differ.into_iter().collect::<Vec<_>>(), ["Lists", "Scorecard"]);
            assert!(told > 0);
        }
    })
    .await;
}

#[tokio::test]
async fn an_event_costs_three_statements_and_a_mutation_one_event() {
    use super::{Event, record};
    on_each_database(async |council| {
        let team = council.performance_team().await;
        let scope = team.scope_for(rules::permission::Permission::BuildPack).unwrap();
        let db = &council.app.db;
        let event = || Event { verb: "test.tell", subject: "thing".into(), before: None, after: None };
        let tx = db.change(council.id).await.unwrap();
        record(&council.app, &tx, &scope, event()).await.unwrap();
        let before = db.statements();
        record(&council.app, &tx, &scope, event()).await.unwrap();
        assert_eq!(db.statements() - before, 3);
        let begun = std::time::Instant::now();
        for _ in 0..200 {
            record(&council.app, &tx, &scope, event()).await.unwrap();
        }
        println!("{:?}: {:?} an event", db.backend(), begun.elapsed() / 200);
        tx.commit().await.unwrap();
    })
    .await;
}
