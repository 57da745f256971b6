//! What a pack tells of delivery: the remit's, as it was told by the day, to whoever may read it.

use goldenthread::access::GrantScope;
use rules::delivery::action::ActionStatus;
use rules::delivery::book::DeliveryRow::{self, Action, Dependency, Milestone, Money, Project, Recommendation, Risk};
use rules::measure::ForumGets;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, day, for_each_database, workbook};

use super::model::{Small, action, book, milestone, money, project, recommendation, risk, waits, with_projects};
use super::{CODE, bring, someone};
use crate::imports::first_quarter;
use crate::packs::{bytes, cells, pack, parts};

/// A pack for a forum, as bytes.
async fn made(client: &Client<'_>, forum: &str, more: Value) -> Vec<u8> {
    let mut input = json!({ "council": CODE, "forum": forum, "period": "2024/25 Q2", "profile": "OFFICER" });
    input.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
    let data = client.run("PackBuild", json!({ "input": input })).await.data();
    assert_eq!(data["packBuild"]["userErrors"], json!([]));
    client.harness.settle().await;
    let ready = pack(client, data["packBuild"]["pack"]["id"].as_str().expect("an id")).await;
    assert_eq!(ready["state"], "READY");
    bytes(client, &ready).await
}

fn sheets(workbook: &[u8]) -> Vec<String> {
    use calamine::Reader;
    calamine::Xlsx::new(std::io::Cursor::new(workbook)).expect("a workbook").sheet_names()
}

/// Titles of the records at an element, made so that they can be looked for in bytes.
fn plans(word: &str, element: &str) -> Vec<DeliveryRow> {
    let code = |letter: &str| format!("{letter}-{word}");
    let (mut asked, mut done, mut late, mut feared) =
        (recommendation(&code("R")), action(&code("A")), action(&code("L")), risk(&code("K")));
    for element_of in [&mut asked.element, &mut done.element, &mut late.element] {
        *element_of = Some(element.to_owned());
    }
    feared.element = element.to_owned();
    (asked.title, done.title, late.title, feared.title) =
        (format!("Recommended {word}"), format!("Done {word}"), format!("Late {word}"), format!("Feared {word}"));
    done.answers = Some(code("R"));
    (late.status, late.due_on, late.progress) = (ActionStatus::OffTrack, Some(day("2024-06-30")), Some(format!("Progress {word}")));
    (feared.residual_likelihood, feared.residual_impact, feared.inherent_likelihood, feared.inherent_impact) = (5, 4, 5, 4);
    vec![Recommendation(asked), Action(done), Action(late), Risk(feared)]
}

/// Waste Services and Benefits, a programme, and a panel whose remit is Place with the programme.
async fn told<'a>(harness: &'a tests::Harness, gets: ForumGets) -> Small<'a> {
    let mut framework = with_projects(CODE);
    framework.forums[1].gets = gets;
    framework.forums[1].remit = vec!["D1".to_owned(), "PA".to_owned()];
    let world = World::with(harness, CODE, &framework).await;
    let waste = GrantScope::Element(world.element("S1").await);
    let small = Small {
        keeper: world.keeper(),
        office: someone(&world, "Olga Office", Role::ProgrammeOffice, GrantScope::Council).await,
        finance: someone(&world, "Fay Nance", Role::Finance, GrantScope::Council).await,
        manager: someone(&world, "Mina Manager", Role::ServiceManager, waste).await,
        world,
    };
    small.keeper.take(CODE, "q1.xlsx", workbook("Return", &first_quarter())).await;
    let rows = [plans("inside", "S1"), plans("outside", "S3")].concat();
    bring(&small.keeper, "plans.xlsx", book(rows)).await;
    let (mut run, mut other, mut slipped, mut reached) =
        (project("PA"), project("PB"), milestone("M-inside", "PA", "2024-09-20"), milestone("N-inside", "PA", "2024-08-30"));
    (run.manager, run.summary, other.manager, other.summary) =
        ("Manager inside".into(), Some("Summary inside".into()), "Manager outside".into(), Some("Summary outside".into()));
    (slipped.title, slipped.forecast, slipped.note) = ("Slipped inside".into(), Some(day("2024-12-20")), Some("Note inside".into()));
    (reached.title, reached.actual) = ("Reached inside".into(), Some(day("2024-08-30")));
    let mut elsewhere = milestone("M-outside", "PB", "2024-12-13");
    elsewhere.title = "Slipped outside".into();
    elsewhere.note = Some("Note outside".into());
    let rows = [
        Project(run),
        Project(other),
        Milestone(slipped),
        Milestone(reached),
        Milestone(elsewhere),
        Dependency(waits("M-outside", "M-inside", 10)),
    ];
    bring(&small.office, "programme.xlsx", book(rows)).await;
    let (mut ours, mut theirs) = (money("S1", "2024/25", 1_000_000), money("S3", "2024/25", 7_654_321));
    (ours.note, theirs.note) = (None, Some("Money outside".into()));
    let mut told = money("S1", "2024/25 Q2", 0);
    (told.budget, told.virement, told.actual, told.forecast, told.note) =
        (None, Some(50_000.into()), Some(512_345.into()), Some(1_081_500.into()), Some("Money inside".into()));
    bring(&small.finance, "money.xlsx", book([Money(ours), Money(theirs), Money(told)])).await;
    small
}

#[track_caller]
fn holds(workbook: &[u8], sheet: &str, texts: &[&str]) {
    let all = cells(workbook, sheet);
    for text in texts {
        assert!(all.iter().any(|cell| cell.contains(text)), "{text} on {sheet}: {all:?}");
    }
}

#[tokio::test]
async fn a_pack_holds_the_remits_plans_and_no_word_of_others() {
    for_each_database(async |harness| {
        let small = told(harness, ForumGets::Everything).await;
        let panel = made(&small.keeper, "OSP", json!({})).await;
        holds(&panel, "Actions", &["A-inside", "Done inside", "Late inside", "Progress inside", "Overdue", "Off track"]);
        holds(&panel, "Recommendations", &["R-inside", "Recommended inside", "Internal audit"]);
        holds(&panel, "Projects", &["Front door", "Manager inside", "Summary inside", "Slipped inside"]);
        holds(&panel, "Milestones", &["Slipped inside", "Reached inside", "Slipped", "Reached", "Note inside"]);
        holds(&panel, "Risks", &["K-inside", "Feared inside", "20"]);
        holds(&panel, "Risk heat map", &["K-inside"]);
        // 1,000,000 with 50,000 moved; 31,500 over is 3 per cent.
        holds(&panel, "Budget", &["Waste Services", "1050000", "50000", "512345", "1081500", "31500", "Money inside"]);
        let all = parts(&panel);
        assert!(all.contains("Feared inside"));
        for word in ["outside", "7654321", "Benefits", "Depot"] {
            assert!(!all.contains(word), "{word}");
        }
        // Whoever has the whole council has both.
        let team = parts(&made(&small.keeper, "SLT", json!({})).await);
        for word in ["Done inside", "Done outside", "Feared outside", "Summary outside", "Slipped outside", "7654321"] {
            assert!(team.contains(word), "{word}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_forum_of_exceptions_is_given_what_calls_for_attention() {
    for_each_database(async |harness| {
        let small = told(harness, ForumGets::ByException).await;
        let panel = made(&small.keeper, "OSP", json!({})).await;
        holds(&panel, "Actions", &["Late inside"]);
        holds(&panel, "Milestones", &["Slipped inside"]);
        holds(&panel, "Risks", &["Feared inside"]);
        holds(&panel, "Budget", &["Waste Services", "31500"]);
        let all = parts(&panel);
        for word in ["Done inside", "Reached inside", "Summary inside", "outside"] {
            assert!(!all.contains(word), "{word}");
        }
        assert!(!sheets(&panel).contains(&"Projects".to_owned()), "the project is as planned");
        let calls = cells(&panel, "Exceptions");
        assert!(
            calls.iter().any(|cell| cell.contains("Late inside")) && calls.iter().any(|cell| cell.contains("Feared inside")),
            "{calls:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_elements_edition_holds_what_whoever_asks_may_read_of_it() {
    for_each_database(async |harness| {
        let small = told(harness, ForumGets::Everything).await;
        let edition = json!({ "element": "S1" });
        let full = made(&small.keeper, "SLT", edition.clone()).await;
        holds(&full, "Actions", &["Done inside"]);
        let all = parts(&full);
        // It goes to whoever reads the element's figures, of whom few read its money.
        for word in ["512345", "1081500", "31500", "Money inside"] {
            assert!(!all.contains(word), "{word}");
        }
        assert!(!sheets(&full).contains(&"Budget".to_owned()));
        assert!(!all.contains("outside") && !all.contains("Summary inside"), "nothing of the programme, which is not below the service");
        harness.later(chrono::Duration::minutes(1));
        let theirs = made(&small.manager, "SLT", edition).await;
        holds(&theirs, "Actions", &["Done inside", "Late inside"]);
        holds(&theirs, "Risks", &["Feared inside"]);
        let all = parts(&theirs);
        assert!(!sheets(&theirs).contains(&"Budget".to_owned()));
        for word in ["512345", "1081500", "31500", "Money inside", "outside"] {
            assert!(!all.contains(word), "{word}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_pack_tells_what_was_told_by_the_day_of_the_meeting() {
    for_each_database(async |harness| {
        let small = told(harness, ForumGets::Everything).await;
        harness.at("2024-10-21T09:00:00Z");
        let update = json!({ "code": "A-inside", "status": "AT_RISK", "progress": "Told on the fifteenth", "asAt": "2024-10-15" });
        super::tell(&small.keeper, "action", "status", update).await.expect("is told");
        let earlier = parts(&made(&small.keeper, "OSP", json!({ "meetingOn": "2024-10-14" })).await);
        assert!(!earlier.contains("Told on the fifteenth"));
        let later = made(&small.keeper, "OSP", json!({ "meetingOn": "2024-10-18" })).await;
        holds(&later, "Actions", &["Told on the fifteenth", "At risk"]);
    })
    .await;
}
