use exporters::pack::{Change, HowSet, Pack, Stood, Why};
use rules::exception::Trigger;
use rules::measure::Frequency::{Monthly, Quarterly};
use rules::permission::Role;
use rules::status::{Colour, Shape, Thresholds};

use super::council::{TestCouncil, at, day, dec, on_each_database, period};
use crate::access::{Actor, GrantScope};
use crate::app::{App, Clock};
use crate::councils::brand::service::{Wanted, by_command};
use crate::error::Refusal;
use crate::packs::gather::gather;
use crate::packs::job;
use crate::packs::service::{BuildInput, Built, build, build_now};
use crate::packs::sight::Sight;
use crate::packs::state::Profile;
use crate::packs::store;

fn wanted(forum: &str) -> BuildInput {
    BuildInput {
        council: "testshire".into(),
        forum: forum.into(),
        period: period("2023/24 Q2"),
        meeting_on: Some(day("2023-11-08")),
        profile: Profile::Scrutiny,
        element: None,
        language: None,
        chart_all: false,
    }
}

/// Two quarters of H1 (Green, then Red), two of K2 (Red, then Amber), six months of M3 (all Green).
pub(crate) async fn filled(mut council: TestCouncil) -> TestCouncil {
    council.indicator("H1", "S1", Quarterly, Some("OC1")).await;
    council.indicator("K2", "S2", Quarterly, None).await;
    council.indicator("M3", "S1", Monthly, None).await;
    for (code, of, value) in [
        ("H1", "2023/24 Q1", "86"),
        ("H1", "2023/24 Q2", "79.9"),
        ("K2", "2023/24 Q1", "70"),
        ("K2", "2023/24 Q2", "84.94"),
        ("M3", "2023-04", "90"),
        ("M3", "2023-05", "91"),
        ("M3", "2023-06", "92"),
        ("M3", "2023-07", "93"),
        ("M3", "2023-08", "94"),
        ("M3", "2023-09", "95"),
    ] {
        council.value(code, of, value, None).await;
    }
    council
}

async fn built(council: &TestCouncil, actor: &Actor, forum: &str) -> Built {
    build_now(&council.app, actor, &wanted(forum)).await.unwrap()
}

/// The pack as it was rendered, gathered again.
async fn gathered(council: &TestCouncil, pack: &entity::pack::Model) -> Pack {
    gathered_by(&council.app, pack).await
}

/// The same by a node of one's own.
async fn gathered_by(app: &App, pack: &entity::pack::Model) -> Pack {
    let asker = job::Asker { council: pack.council_id, person: pack.person_id, machine: None };
    let order = job::order(app, &asker, pack.clone()).await.unwrap();
    gather(app, &order).await.unwrap().content
}

fn codes(pack: &Pack) -> Vec<&str> {
    pack.indicators.iter().map(|i| i.code.as_str()).collect()
}

fn refused<T>(outcome: Result<T, Refusal>) -> (String, Vec<String>) {
    match outcome {
        Err(Refusal::User(user)) => (user.code, user.field.unwrap_or_default()),
        Err(Refusal::Error(error)) => panic!("{}", error.log_text()),
        Ok(_) => panic!("it was not refused"),
    }
}

#[tokio::test]
async fn a_pack_is_kept_by_its_hash_and_never_rendered_again() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        let Built { pack, bytes, .. } = built(&council, &actor, "ALL").await;
        assert_eq!((pack.state.as_str(), pack.size_bytes), ("READY", Some(i64::try_from(bytes.len()).unwrap())));
        assert_eq!(pack.sha256.as_deref(), Some(crate::files::sha256(&bytes).as_str()));
        assert_eq!(pack.file_name.as_deref(), Some("performance-pack-testshire-july-to-september-2023.xlsx"));

        council.app.clock.set(at("2023-10-21T09:00:00Z"));
        council.value("H1", "2023/24 Q2", "99", None).await;
        let before = council.app.db.statements();
        crate::jobs::run_until_idle(&council.app).await.unwrap();
        let asker = job::Asker { council: council.id, person: actor.person, machine: None };
        job::complete(&council.app, &asker, pack.id).await.unwrap();
        assert!(council.app.db.statements() - before < 20, "nothing was gathered");
        let snapshot = council.app.db.snapshot(council.id).await.unwrap();
        assert_eq!(store::of_job(&*snapshot, council.id, pack.id).await.unwrap(), Some(pack.clone()));

        // Gathered as at the same instant, it is the same document to the byte.
        let again = exporters::pack::render(&gathered(&council, &pack).await).unwrap();
        assert_eq!(crate::files::sha256(&again), pack.sha256.unwrap());
    })
    .await;
}

#[tokio::test]
async fn two_nodes_make_the_same_file_of_an_order() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let (actor, admin) = (council.performance_team().await, council.person(Role::CouncilAdministrator, GrantScope::Council).await);
        let look = |name: &str, headings: &str| Wanted {
            display_name: Some(Some(name.to_owned())),
            heading_colour: Some(Some(headings.to_owned())),
            ..Wanted::default()
        };
        by_command(&council.app, &admin, look("Testshire in Bloom", "#1F4E3D")).await.unwrap();
        for (profile, element, language) in
            [(Profile::Scrutiny, None, None), (Profile::Officer, Some("S1"), Some("cy-GB")), (Profile::OpenData, None, Some("en-GB"))]
        {
            let input = BuildInput { profile, element: element.map(str::to_owned), language: language.map(str::to_owned), ..wanted("ALL") };
            let pack = build_now(&council.app, &actor, &input).await.unwrap().pack;
            // Another node, another day, and the council looks otherwise by now.
            let mut other = App::open(&council.config).await.unwrap();
            other.clock = Clock::fixed(at("2024-02-29T23:59:59Z"));
            by_command(&other, &admin, look("Testshire Renamed", "#4A1F5C")).await.unwrap();
            let content = gathered_by(&other, &pack).await;
            assert_eq!(
                (content.council.as_str(), content.brand.headings.map(|c| c.to_string())),
                ("Testshire in Bloom", Some("#1F4E3D".into()))
            );
            let again = exporters::pack::render(&content).unwrap();
            assert_eq!(Some(crate::files::sha256(&again)), pack.sha256, "{profile}");
            by_command(&council.app, &admin, look("Testshire in Bloom", "#1F4E3D")).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_pack_passes_the_accessibility_gate_where_it_can_be_run() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        let earlier = BuildInput { meeting_on: Some(day("2023-10-18")), ..wanted("ALL") };
        build_now(&council.app, &actor, &earlier).await.unwrap();
        council.app.clock.set(at("2023-10-25T09:00:00Z"));
        council.value("K2", "2023/24 Q1", "71.04", None).await;
        council.app.clock.set(at("2023-10-26T09:00:00Z"));
        let checker = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/checks/packcheck.py");
        let python = std::process::Command::new("python3").args(["-c", "import openpyxl, lxml"]).output();
        if !checker.exists() || !python.is_ok_and(|p| p.status.success()) {
            println!("skipped: the checker, python3, openpyxl or lxml is not here");
            return;
        }
        let path = council.folder.path().join("pack.xlsx");
        std::fs::write(&path, built(&council, &actor, "ALL").await.bytes).unwrap();
        let out = std::process::Command::new("python3").arg(&checker).arg(&path).output().unwrap();
        let text = String::from_utf8_lossy(&out.stdout);
        let failed: Vec<&str> = text.lines().filter(|l| !l.starts_with("PASS")).collect();
        assert_eq!(failed, ["78 passed, 0 failed"]);
    })
    .await;
}

#[tokio::test]
async fn the_pack_says_what_the_figures_are_and_why_they_matter() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        let pack = gathered(&council, &built(&council, &actor, "ALL").await.pack).await;
        assert_eq!(codes(&pack), ["H1", "K2", "M3"]);
        let first = &pack.indicators[0];
        assert_eq!((first.directorate.as_deref(), first.owner.as_str()), (Some("Directorate D1"), "Service S1"));
        assert_eq!((first.priority.as_deref(), first.outcomes.as_slice()), (Some("Priority PR1"), &["Outcome OC1".to_owned()][..]));
        let thresholds = Thresholds { target: Some(dec("85")), intervention: Some(dec("80")), ..Thresholds::default() };
        let HowSet::Rule { own: false, shape: Shape::Levels, thresholds: found, .. } = first.how_status_is_set else {
            panic!("{:?}", first.how_status_is_set)
        };
        assert_eq!(found, thresholds);
        // The edition began in January 2023: one quarter without a figure, and the two reported.
        let colours: Vec<Colour> = first.points.iter().map(|p| p.status.colour).collect();
        assert_eq!(colours, [Colour::NoData, Colour::Green, Colour::Red]);
        assert_eq!(pack.indicators[1].points.last().unwrap().status.colour, Colour::Amber);
        assert_eq!(pack.indicators[2].points.len(), 9);
        let found: Vec<(&str, Trigger)> = pack.exceptions.iter().map(|e| (e.code.as_str(), e.triggers[0])).collect();
        assert_eq!(found, [("H1", Trigger::Red(1))]);
        assert_eq!(pack.how_status_is_set.len(), 1);
        assert_eq!((pack.illustrative_note.as_deref(), pack.notes.len()), (Some("All figures are illustrative."), 0));
        assert_eq!(pack.revisions, []);
    })
    .await;
}

#[tokio::test]
async fn a_forum_is_given_what_is_in_its_remit() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        for (forum, expected) in
            [("HEAD", &["H1"][..]), ("CLINIC", &["K2"][..]), ("PLANS", &["H1"][..]), ("EXC", &["H1"][..]), ("ALL", &["H1", "K2", "M3"][..])]
        {
            let pack = gathered(&council, &built(&council, &actor, forum).await.pack).await;
            assert_eq!(codes(&pack), expected, "{forum}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_later_pack_says_what_was_revised_since_the_last() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        built(&council, &actor, "ALL").await;
        council.app.clock.set(at("2023-10-25T09:00:00Z"));
        council.value("K2", "2023/24 Q1", "71.04", Some("The count left out one office")).await;
        // The same at shown precision: no revision.
        council.value("H1", "2023/24 Q2", "79.94", None).await;
        council.app.clock.set(at("2023-10-26T09:00:00Z"));
        let pack = gathered(&council, &built(&council, &actor, "ALL").await.pack).await;
        assert_eq!(pack.revisions.len(), 1, "{:?}", pack.revisions);
        let revised = &pack.revisions[0];
        let figure = |value: &str| Stood::Figure { period: period("2023/24 Q1"), value: Some(dec(value)), absence: None };
        assert_eq!((revised.what, revised.code.as_str()), (Change::Value, "K2"));
        assert_eq!((&revised.from, &revised.to), (&figure("70"), &figure("71.04")));
        assert_eq!((&revised.why, revised.on), (&Why::Said("The count left out one office".into()), day("2023-10-25")));
        let points = &pack.indicators[1].points;
        assert_eq!((points[1].value, points[1].revised_on), (Some(dec("71.04")), Some(day("2023-10-25"))));
        // Made again for the meeting, as a briefing and in another language: the last meeting's is what it is compared with.
        council.app.clock.set(at("2023-10-27T09:00:00Z"));
        for (profile, language) in [(Profile::Exceptions, "en-GB"), (Profile::Scrutiny, "cy-GB")] {
            let again = BuildInput { profile, language: Some(language.to_owned()), ..wanted("ALL") };
            let again = build_now(&council.app, &actor, &again).await.unwrap();
            assert_eq!(gathered(&council, &again.pack).await.revisions, pack.revisions, "{language}");
        }
        // Another forum never had a pack: nothing changed for it.
        assert_eq!(gathered(&council, &built(&council, &actor, "CLINIC").await.pack).await.revisions, []);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_built_is_refused_and_nothing_is_kept() {
    on_each_database(async |council| {
        let council = filled(council).await;
        let actor = council.performance_team().await;
        let ask = async |input: BuildInput| refused(build(&council.app, &actor, &input).await);
        let input = || wanted("ALL");
        let field = |name: &str| vec!["input".to_owned(), name.to_owned()];
        assert_eq!(ask(BuildInput { council: "elsewhere".into(), ..input() }).await, ("COUNCIL_NOT_FOUND".into(), field("council")));
        assert_eq!(ask(BuildInput { forum: "NONE".into(), ..input() }).await, ("FORUM_NOT_FOUND".into(), field("forum")));
        assert_eq!(ask(BuildInput { period: period("2023/24 Q3"), ..input() }).await, ("PERIOD_NOT_ENDED".into(), field("period")));
        assert_eq!(ask(BuildInput { period: period("2019/20 Q3"), ..input() }).await, ("NO_FRAMEWORK".into(), field("period")));
        let early = BuildInput { meeting_on: Some(day("2023-09-30")), ..input() };
        assert_eq!(ask(early).await, ("MEETING_TOO_EARLY".into(), field("meetingOn")));

        let officer = council.person(Role::ScrutinyOfficer, GrantScope::Forum(council.of("HEAD"))).await;
        assert_eq!(refused(build(&council.app, &officer, &input()).await), ("FORUM_NOT_FOUND".into(), field("forum")));
        assert!(build(&council.app, &officer, &wanted("head")).await.is_ok());
        let auditor = council.person(Role::InternalAudit, GrantScope::Council).await;
        assert!(matches!(build(&council.app, &auditor, &input()).await, Err(Refusal::Error(e)) if e.code == crate::error::Code::Forbidden));

        let snapshot = council.app.db.snapshot(council.id).await.unwrap();
        let sight = Sight::of(&actor).unwrap();
        assert_eq!(store::count(&*snapshot, &sight).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_pack_whose_asker_lost_the_right_fails() {
    use sea_orm::sea_query::Expr;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    on_each_database(async |council| {
        let council = filled(council).await;
        let officer = council.person(Role::ScrutinyOfficer, GrantScope::Forum(council.of("HEAD"))).await;
        let asked = build(&council.app, &officer, &wanted("HEAD")).await.unwrap();
        let tx = council.app.db.change(council.id).await.unwrap();
        entity::role_grant::Entity::update_many()
            .filter(entity::role_grant::Column::PersonId.eq(officer.person))
            .col_expr(entity::role_grant::Column::WithdrawnAt, Expr::value(council.app.clock.now()))
            .exec(&*tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        crate::jobs::run_until_idle(&council.app).await.unwrap();
        let snapshot = council.app.db.snapshot(council.id).await.unwrap();
        let pack = store::of_job(&*snapshot, council.id, asked.pack.id).await.unwrap().unwrap();
        assert_eq!(pack.state, "FAILED");
        let failure = pack.failure.unwrap();
        assert!(failure.starts_with("None of your roles lets you do this (Build packs)."), "{failure}");
        assert_eq!(pack.sha256, None);
    })
    .await;
}

#[tokio::test]
async fn the_statements_do_not_grow_with_the_indicators() {
    on_each_database(async |council| {
        let mut council = filled(council).await;
        let actor = council.performance_team().await;
        built(&council, &actor, "ALL").await;
        council.app.clock.set(at("2023-10-25T09:00:00Z"));
        let count = async |council: &TestCouncil| {
            let before = council.app.db.statements();
            built(council, &actor, "ALL").await;
            council.app.db.statements() - before
        };
        let few = count(&council).await;
        for n in 0..30 {
            let code = format!("X{n}");
            council.indicator(&code, "S1", Quarterly, Some("OC1")).await;
            council.value(&code, "2023/24 Q1", "80", None).await;
            council.value(&code, "2023/24 Q1", "81", None).await;
        }
        council.app.clock.set(at("2023-10-26T09:00:00Z"));
        assert_eq!(count(&council).await, few);
    })
    .await;
}
