//! What delivery costs: as many statements for many records as for few, and a time people wait for.

use std::time::{Duration, Instant};

use rules::delivery::book::DeliveryRow::{self, Action, Dependency, Milestone, Money, Project, Recommendation, Risk, Theme};
use rules::measure::ElementKind;
use serde_json::{Value, json};
use tests::{Harness, for_each_database};

use super::accept_all;
use super::model::{Small, action, assessment, book, milestone, money, project, recommendation, risk, theme, waits, with_projects};
use crate::imports::counts;
use goldenthread::access::GrantScope;
use rules::permission::Role;

/// Everything a screen of plans, programmes, risks and money shows.
const READ: &str = "query($code: String!) { council(code: $code) { delivery {
    actions(first: 500) { totalCount nodes { code title status overdueDays element { code title } recommendation { code } milestone { code } } }
    recommendations { code counts { total completed } standing actions { code } } recommendationTallies { recommendations }
    projects { code overall nextMilestone { code } heldUp { earliest } milestones { code state heldUp { earliest } } dependencies { code } }
    milestones(first: 500) { totalCount nodes { code state heldUp { by earliest } project { code } } }
    risks(first: 500) { totalCount nodes { code movement residual { score } element { code } } } heatMap { risks { code } }
    money(period: \"2024/25\") { code total { budget } } instruments { themes { assessments { rating moved evidenceNamed } } } } } }";
const HISTORY: &str = "query($code: String!) { council(code: $code) { delivery { risks(first: 500) { nodes { history { asAt } } }
    actions(first: 500) { nodes { history { asAt } } } } } }";

/// How many there are of each.
#[derive(Clone, Copy)]
struct Many {
    projects: usize,
    milestones: usize,
    actions: usize,
    risks: usize,
}

const FEW: Many = Many { projects: 3, milestones: 6, actions: 5, risks: 5 };
const SOME: Many = Many { projects: 30, milestones: 150, actions: 120, risks: 60 };
const LARGE: Many = Many { projects: 60, milestones: 600, actions: 500, risks: 200 };

/// A council with so many projects, and those who keep its plans.
async fn council<'a>(harness: &'a Harness, code: &'static str, many: Many) -> Small<'a> {
    let mut framework = with_projects(code);
    let one = framework.elements.iter().find(|element| element.code == "PB").expect("a project").clone();
    for n in 3..=many.projects {
        let mut element = one.clone();
        (element.code, element.title, element.kind) = (format!("P{n:03}"), format!("Project {n}"), ElementKind::Project);
        framework.elements.push(element);
    }
    let world = tests::World::with(harness, code, &framework).await;
    let waste = GrantScope::Element(world.element("S1").await);
    Small {
        keeper: world.keeper(),
        office: super::someone(&world, "Olga Office", Role::ProgrammeOffice, GrantScope::Council).await,
        finance: super::someone(&world, "Fay Nance", Role::Finance, GrantScope::Council).await,
        manager: super::someone(&world, "Mina Manager", Role::ServiceManager, waste).await,
        world,
    }
}

fn of_project(n: usize) -> String {
    match n {
        1 => "PA".to_owned(),
        2 => "PB".to_owned(),
        n => format!("P{n:03}"),
    }
}

/// Projects in a row: each milestone waits for the one before, in its own project or the one before that.
fn programme(many: Many) -> Vec<DeliveryRow> {
    let mut rows: Vec<DeliveryRow> = (1..=many.projects).map(|n| Project(project(&of_project(n)))).collect();
    let each = many.milestones / many.projects;
    for n in 0..many.milestones {
        let mut row = milestone(&format!("M{n:04}"), &of_project(n / each + 1), "2024-12-13");
        row.forecast = (n == 0).then(|| tests::day("2025-01-31"));
        rows.push(Milestone(row));
    }
    rows.extend((1..many.milestones).map(|n| Dependency(waits(&format!("M{n:04}"), &format!("M{:04}", n - 1), 0))));
    rows
}

fn plans(many: Many) -> Vec<DeliveryRow> {
    let recommendations = many.actions.div_ceil(20);
    let mut rows: Vec<DeliveryRow> = (0..recommendations).map(|n| Recommendation(recommendation(&format!("R{n}")))).collect();
    rows.extend((0..many.actions).map(|n| {
        let mut row = action(&format!("A{n:03}"));
        row.element = Some(["S1", "S2", "S3", "O1"][n % 4].to_owned());
        row.answers = (n % 2 == 0).then(|| format!("R{}", n % recommendations));
        row.milestone = (n % 3 == 0).then(|| format!("M{:04}", n % many.milestones));
        Action(row)
    }));
    rows.extend((0..many.risks).map(|n| {
        let mut row = risk(&format!("RK{n:03}"));
        row.element = ["S1", "S2", "S3"][n % 3].to_owned();
        Risk(row)
    }));
    rows
}

/// The steps of keeping so many, each with its statements and how long it took.
async fn steps(harness: &Harness, code: &'static str, many: Many) -> Vec<(&'static str, u64, Duration)> {
    let small = council(harness, code, many).await;
    let committee = small.committee().await;
    let mut steps = Vec::new();
    let mut take = async |name: [&'static str; 2], client: &tests::Client<'_>, rows: Vec<DeliveryRow>| {
        let expected = i64::try_from(rows.len()).expect("few");
        let started = Instant::now();
        let (planning, id) = harness.statements(client.submit(code, "plans.xlsx", book(rows))).await;
        steps.push((name[0], planning, started.elapsed()));
        let plan = client.plan(&id).await;
        assert_eq!(counts(&plan)[..4], [expected, 0, 0, 0], "{:#}", plan["diagnostics"]);
        let started = Instant::now();
        let (accepting, accepted) = harness.statements(client.accept(&id, json!({}))).await;
        assert_eq!(accepted["userErrors"], json!([]));
        steps.push((name[1], accepting, started.elapsed()));
        id
    };
    take(["programme: plan", "programme: accept"], &small.office, programme(many)).await;
    let id = take(["plans: plan", "plans: accept"], &small.keeper, plans(many)).await;
    take(["money: plan", "money: accept"], &small.finance, vec![Money(money("S1", "2024/25", 100)), Money(money("D1", "2024/25", 1))])
        .await;
    let mut found = assessment("LEAD", "2024", "Sound");
    found.evidence = vec!["Action A001".to_owned(), "Risk RK001".to_owned()];
    take(["themes: plan", "themes: accept"], &committee, vec![Theme(theme("LEAD")), DeliveryRow::Assessment(found)]).await;
    for (name, query) in [("read", READ), ("histories", HISTORY)] {
        let started = Instant::now();
        let (sent, answer) = harness.statements(small.keeper.gql(query, json!({ "code": code }))).await;
        steps.push((name, sent, started.elapsed()));
        let data = answer.data();
        let delivery = &data["council"]["delivery"];
        assert_eq!(delivery["actions"]["nodes"].as_array().expect("actions").len(), many.actions);
        if name == "read" {
            complete(delivery, many);
        }
    }
    harness.later(chrono::Duration::minutes(1));
    let started = Instant::now();
    let (sent, told) = harness
        .statements(super::tell_of(
            &small.keeper,
            code,
            "risk",
            "movement",
            json!({ "code": "RK001", "residualLikelihood": 2, "asAt": "2024-10-01" }),
        ))
        .await;
    assert_eq!(told, Ok(json!({ "movement": "DOWN" })));
    steps.push(("one entry", sent, started.elapsed()));
    let started = Instant::now();
    let (sent, undone) = harness.statements(small.keeper.undo(&id)).await;
    // What was told again since stays, and so does what the assessment names.
    assert_eq!(undone["reversed"], plans(many).len() - 2, "{undone:#}");
    steps.push(("undo", sent, started.elapsed()));
    steps
}

/// Everything is there, and the slip of the first milestone has gone through to the last project.
#[track_caller]
fn complete(delivery: &Value, many: Many) {
    assert_eq!((&delivery["milestones"]["totalCount"], &delivery["risks"]["totalCount"]), (&json!(many.milestones), &json!(many.risks)));
    let projects = delivery["projects"].as_array().expect("projects");
    assert_eq!(projects.len(), many.projects);
    let own: usize = projects.iter().map(|project| project["milestones"].as_array().expect("milestones").len()).sum();
    assert_eq!(own, many.milestones);
    let last = projects
        .iter()
        .max_by_key(|project| project["code"].as_str() != Some("PA") && project["code"].as_str() != Some("PB"))
        .expect("one");
    assert!(last["milestones"].as_array().expect("milestones").iter().all(|of| of["heldUp"]["earliest"] == "2025-01-31"), "{last:#}");
    let cells = delivery["heatMap"].as_array().expect("cells").iter();
    assert_eq!(cells.map(|cell| cell["risks"].as_array().expect("risks").len()).sum::<usize>(), many.risks);
}

#[tokio::test]
async fn many_records_cost_as_many_statements_as_few() {
    for_each_database(async |harness| {
        let sent = |steps: Vec<(&'static str, u64, Duration)>| steps.into_iter().map(|(name, sent, _)| (name, sent)).collect::<Vec<_>>();
        let few = sent(steps(harness, "huntingdonshire", FEW).await);
        let many = sent(steps(harness, "devon", SOME).await);
        assert_eq!(few, many);
    })
    .await;
}

#[tokio::test]
async fn a_large_councils_plans_are_brought_in_and_read_while_somebody_waits() {
    for_each_database(async |harness| {
        let steps = steps(harness, "huntingdonshire", LARGE).await;
        let backend = harness.app.db.backend();
        for (name, sent, took) in &steps {
            println!("{backend:?} {name}: {sent} statements, {} ms", took.as_millis());
        }
        for (name, _, took) in &steps {
            assert!(*took < Duration::from_secs(30), "{name} took {} ms on {backend:?}", took.as_millis());
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_large_workbook_again_writes_nothing() {
    for_each_database(async |harness| {
        let small = council(harness, "huntingdonshire", SOME).await;
        let id = small.office.submit("huntingdonshire", "programme.xlsx", book(programme(SOME))).await;
        accept_all(&small.office, &id).await;
        let before = harness.written(small.world.council).await;
        let id = small.office.submit("huntingdonshire", "again.xlsx", book(programme(SOME))).await;
        let same = i64::try_from(programme(SOME).len()).expect("few");
        assert_eq!(counts(&accept_all(&small.office, &id).await)[..4], [0, 0, same, 0]);
        assert_eq!(harness.written(small.world.council).await, before);
    })
    .await;
}
