//! Editions of a pack: what each audience is shown, whose edition it is, and who may build and read which.

use goldenthread::access::GrantScope;
use rules::framework::{ElementRow, FrameworkBook};
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, day, for_each_database, framework, workbook};

use crate::packs::{bytes, cells, pack, parts};

const CODE: &str = "huntingdonshire";

/// The small framework, where what is written beside the recycling rate may speak of persons.
fn with_a_sensitive_indicator() -> FrameworkBook {
    let mut book = framework(CODE);
    book.indicators[0].sensitive = true;
    book
}

fn reported() -> Vec<u8> {
    let rows = json!([
        ["Ref", "Indicator", "Period", "Result", "Value state", "Commentary", "Action", "Action owner", "Action due date"],
        [
            "WM01",
            "Household waste recycled",
            "2024/25 Q1",
            52.5,
            "Final",
            "Told by Jane Smith.",
            "Visit her street.",
            "Waste lead",
            "2024-12-01"
        ],
        ["WM02", "Missed bins", "2024-06", 61, "Final", "Two crews short.", null, null, null],
        ["PL01", "Major applications decided in time", "2024/25 Q1", 87.7, "Provisional", "Seven cases open.", null, null, null],
        ["BN01", "Days to process a claim", "2024/25 Q1", 22.4, "Final", null, null, null, null],
    ]);
    workbook("Return", &rows)
}

async fn asked(client: &Client<'_>, mut input: Value) -> Value {
    input["council"] = json!(CODE);
    input["period"] = input.get("period").cloned().unwrap_or_else(|| json!("2024/25 Q1"));
    let query = "mutation($input: PackBuildInput!) { packBuild(input: $input) { pack { id } userErrors { code message } } }";
    client.gql(query, json!({ "input": input })).await.body
}

/// Asks for an edition and has it made; answers its id.
async fn built(client: &Client<'_>, input: Value) -> String {
    let answer = asked(client, input).await;
    let id = answer["data"]["packBuild"]["pack"]["id"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned();
    client.harness.settle().await;
    id
}

/// How asking for an edition is refused.
async fn refusal(client: &Client<'_>, input: Value) -> String {
    let answer = asked(client, input).await;
    let code = answer["data"]["packBuild"]["userErrors"][0]["code"].as_str();
    let error = &answer["errors"][0]["extensions"];
    code.map_or_else(
        || format!("{} {}", error["code"].as_str().unwrap_or("(none)"), error["permission"].as_str().unwrap_or("")),
        str::to_owned,
    )
}

async fn reads(client: &Client<'_>, id: &str) -> bool {
    let found = pack(client, id).await;
    let listed = format!("{{ council(code: \"{CODE}\") {{ packs(first: 100) {{ totalCount nodes {{ id }} }} }} }}");
    let listed = client.gql(&listed, json!({})).await.body["data"]["council"]["packs"].clone();
    let nodes = listed["nodes"].as_array().cloned().unwrap_or_default();
    if !nodes.is_empty() {
        assert_eq!(listed["totalCount"], nodes.len());
    }
    assert_eq!(nodes.iter().any(|node| node["id"] == id), !found.is_null(), "a list and a look by id agree");
    if !found.is_null() {
        assert_eq!(found["state"], "READY", "{found:#}");
        bytes(client, &found).await;
    }
    !found.is_null()
}

#[tokio::test]
async fn each_audience_is_given_what_it_may_see_and_nothing_more_is_in_the_file() {
    for_each_database(async |harness| {
        let world = World::with(harness, CODE, &with_a_sensitive_indicator()).await;
        let keeper = world.keeper();
        keeper.take(CODE, "q1.xlsx", reported()).await;
        let holds = async |profile: &str| {
            let id = built(&keeper, json!({ "forum": "SLT", "profile": profile, "chartAll": true })).await;
            let file = bytes(&keeper, &pack(&keeper, &id).await).await;
            let text = parts(&file);
            // Said of the sensitive indicator, of another, a figure not settled yet, one that is.
            ["Jane Smith", "Two crews short", "87.7", "22.4"].map(|wanted| text.contains(wanted))
        };
        assert_eq!(holds("OFFICER").await, [true, true, true, true]);
        assert_eq!(holds("CABINET").await, [false, true, true, true]);
        let [sensitive, _, provisional, settled] = holds("SCRUTINY").await;
        assert_eq!([sensitive, provisional, settled], [false, true, true]);
        // What is kept back is said to be: nobody reads that there was none.
        let id = built(&keeper, json!({ "forum": "SLT", "profile": "SCRUTINY" })).await;
        let detail = cells(&bytes(&keeper, &pack(&keeper, &id).await).await, "Indicator detail");
        assert_eq!(detail.iter().filter(|cell| *cell == "Not in this edition").count(), 3, "{detail:?}");
        assert!(!holds("EXCEPTIONS").await[0]);
        assert_eq!(holds("OPEN_DATA").await, [false, false, false, true]);
    })
    .await;
}

#[tokio::test]
async fn a_figure_withheld_since_is_not_given_away_by_the_changes() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let keeper = world.keeper();
        keeper.take(CODE, "q1.xlsx", reported()).await;
        built(&keeper, json!({ "forum": "SLT", "profile": "CABINET" })).await;
        harness.later(chrono::Duration::days(2));
        let rows = json!([["Ref", "Indicator", "Period", "Result"], ["PL01", "Major applications decided in time", "2024/25 Q1", "[c]"]]);
        let withheld = keeper.submit(CODE, "withheld.xlsx", workbook("Return", &rows)).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Few cases" });
        assert_eq!(keeper.accept(&withheld, saying).await["userErrors"], json!([]));
        harness.later(chrono::Duration::days(1));
        let second = built(&keeper, json!({ "forum": "SLT", "profile": "CABINET" })).await;
        let file = bytes(&keeper, &pack(&keeper, &second).await).await;
        assert!(cells(&file, "Changes").iter().any(|cell| cell.contains("Suppressed")), "{:?}", cells(&file, "Changes"));
        assert!(!parts(&file).contains("87.7"));
    })
    .await;
}

#[tokio::test]
async fn an_elements_edition_is_what_stood_below_it_and_is_its_own_peoples() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let keeper = world.keeper();
        keeper.take(CODE, "q1.xlsx", reported()).await;
        let over = async |name: &str, role, element: &str| {
            let grant = [(role, GrantScope::Element(world.element(element).await))];
            harness.sign_in(&harness.person(world.council, name, &grant).await)
        };
        let waste = over("Will Waste", Role::ServiceManager, "S1").await;
        let planning = over("Pia Planning", Role::ServiceManager, "S2").await;
        let director = over("Dora Director", Role::Director, "D1").await;
        let staff = over("Stan Staff", Role::Staff, "S1").await;
        let holder = over("Petra Portfolio", Role::PortfolioHolder, "D1").await;
        let outcomes = over("Otto Outcomes", Role::PortfolioHolder, "O1").await;
        let stranger = World::new(harness, "devon").await;

        let mine = json!({ "forum": "SLT", "profile": "OFFICER", "element": "s1" });
        let id = built(&waste, mine.clone()).await;
        let query = "query($id: ID!) { node(id: $id) { ... on Pack { edition { element title } profile language } } }";
        let said = waste.gql(query, json!({ "id": id })).await.data()["node"].clone();
        let expected = json!({ "edition": { "element": "S1", "title": "Waste Services" }, "profile": "OFFICER", "language": "en-GB" });
        assert_eq!(said, expected);
        let file = bytes(&waste, &pack(&waste, &id).await).await;
        let listed = cells(&file, "Definitions");
        let codes: Vec<&str> = ["WM01", "WM02", "PL01", "BN01"].into_iter().filter(|code| listed.iter().any(|cell| cell == code)).collect();
        assert_eq!(codes, ["WM01", "WM02"]);
        assert!(cells(&file, "Cover").iter().any(|cell| cell.contains("Waste Services")));
        let all = [&waste, &planning, &director, &staff, &holder, &keeper, &stranger.keeper()];
        let mut readers = Vec::new();
        for client in all {
            readers.push(reads(client, &id).await);
        }
        assert_eq!(readers, [true, false, true, false, true, true, false]);

        // An outcome's edition shows what others own: whoever reads the outcome alone does not read it.
        let of_outcome = built(&keeper, json!({ "forum": "SLT", "profile": "OFFICER", "element": "O1" })).await;
        assert!(reads(&keeper, &of_outcome).await && reads(&director, &of_outcome).await);
        assert!(!reads(&outcomes, &of_outcome).await);

        let directors = json!({ "forum": "SLT", "profile": "OFFICER", "element": "D1" });
        assert!(reads(&director, &built(&director, directors.clone()).await).await);
        for (client, input, code) in [
            (&waste, json!({ "forum": "SLT", "profile": "OFFICER" }), "FORUM_NOT_FOUND"),
            (&waste, json!({ "forum": "SLT", "profile": "OFFICER", "element": "S2" }), "ELEMENT_NOT_FOUND"),
            (&waste, json!({ "forum": "SLT", "profile": "OFFICER", "element": "NONE" }), "ELEMENT_NOT_FOUND"),
            (&waste, directors, "ELEMENT_NOT_FOUND"),
            (&director, json!({ "forum": "SLT", "profile": "OFFICER", "element": "D2" }), "ELEMENT_NOT_FOUND"),
            (&staff, mine.clone(), "FORBIDDEN BUILD_PACK"),
            (&holder, mine, "FORBIDDEN BUILD_PACK"),
            (&keeper, json!({ "forum": "OSP", "element": "S3" }), "EDITION_EMPTY"),
            (&keeper, json!({ "forum": "SLT", "language": "fr-FR" }), "LANGUAGE_NOT_FOUND"),
        ] {
            assert_eq!(refusal(client, input.clone()).await, code, "{input}");
        }
    })
    .await;
}

#[tokio::test]
async fn members_read_the_editions_made_for_them() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let keeper = world.keeper();
        keeper.take(CODE, "q1.xlsx", reported()).await;
        let officer = harness.sign_in(&world.somebody(Role::ScrutinyOfficer).await);
        let member = harness.sign_in(&world.somebody(Role::ScrutinyMember).await);
        let cabinet = harness.sign_in(&world.somebody(Role::CabinetMember).await);
        let staff = harness.sign_in(&world.somebody(Role::Staff).await);

        for profile in ["OFFICER", "CABINET"] {
            let right = if profile == "OFFICER" { "FORBIDDEN VIEW_FIGURES" } else { "FORBIDDEN VIEW_APPROVED_FIGURES" };
            assert_eq!(refusal(&officer, json!({ "forum": "OSP", "profile": profile })).await, right);
        }
        assert_eq!(refusal(&cabinet, json!({ "forum": "OSP", "profile": "CABINET" })).await, "FORBIDDEN BUILD_PACK");
        assert_eq!(refusal(&officer, json!({ "forum": "SLT" })).await, "FORUM_NOT_FOUND");

        let mut seen = Vec::new();
        for (builder, input) in [
            (&officer, json!({ "forum": "OSP" })),
            (&officer, json!({ "forum": "OSP", "profile": "EXCEPTIONS" })),
            (&officer, json!({ "forum": "OSP", "profile": "OPEN_DATA" })),
            (&officer, json!({ "forum": "OSP", "element": "S1" })),
            (&keeper, json!({ "forum": "OSP", "profile": "CABINET" })),
            (&keeper, json!({ "forum": "OSP", "profile": "OFFICER" })),
            (&keeper, json!({ "forum": "SLT" })),
        ] {
            let id = built(builder, input.clone()).await;
            seen.push([reads(&member, &id).await, reads(&officer, &id).await, reads(&cabinet, &id).await, reads(&staff, &id).await]);
        }
        let theirs = [true, true, true, false];
        let cabinets = [false, false, true, false];
        assert_eq!(seen, [theirs, theirs, theirs, theirs, cabinets, [false; 4], cabinets]);
    })
    .await;
}

#[tokio::test]
async fn elements_stand_where_they_stood_at_the_periods_end() {
    for_each_database(async |harness| {
        let mut book = framework(CODE);
        let at = book.elements.iter().position(|element| element.code == "S2").expect("Planning");
        let moved = ElementRow { parent: Some("D2".into()), stands_from: Some(day("2024-07-01")), ..book.elements[at].clone() };
        book.elements[at].stands_until = Some(day("2024-06-30"));
        book.elements.push(moved);
        let world = World::with(harness, CODE, &book).await;
        let keeper = world.keeper();
        keeper.take(CODE, "q1.xlsx", reported()).await;
        let shows = async |element: &str, period: &str| {
            let id = built(&keeper, json!({ "forum": "SLT", "profile": "OFFICER", "element": element, "period": period })).await;
            let file = bytes(&keeper, &pack(&keeper, &id).await).await;
            cells(&file, "Definitions").iter().any(|cell| cell == "PL01")
        };
        assert!(shows("D1", "2024/25 Q1").await && !shows("D2", "2024/25 Q1").await);
        assert!(!shows("D1", "2024/25 Q2").await && shows("D2", "2024/25 Q2").await);
    })
    .await;
}

#[tokio::test]
async fn what_to_look_at_is_told_to_whoever_builds_and_is_not_in_the_pack() {
    for_each_database(async |harness| {
        let world = World::with(harness, CODE, &with_a_sensitive_indicator()).await;
        let keeper = world.keeper();
        keeper.take(CODE, "q1.xlsx", reported()).await;
        let checks = async |client: &Client<'_>, id: &str| {
            let query = "query($id: ID!) { node(id: $id) { ... on Pack { checks { code indicator words } } } }";
            client.gql(query, json!({ "id": id })).await
        };
        let lines = |answer: &Value| -> Vec<String> {
            let found = answer["node"]["checks"].as_array().expect("checks");
            found
                .iter()
                .map(|c| {
                    format!(
                        "{} {}: {}",
                        c["indicator"].as_str().unwrap_or(""),
                        c["code"].as_str().unwrap_or(""),
                        c["words"].as_str().unwrap_or("")
                    )
                })
                .collect()
        };
        let internal = built(&keeper, json!({ "forum": "SLT", "profile": "OFFICER" })).await;
        assert_eq!(
            lines(&checks(&keeper, &internal).await.data()),
            [
                "WM01 C11: “Jane Smith” may be the name of a person, and this indicator is sensitive.",
                "WM02 C01: Red without an action, who does it and a due date.",
                "PL01 C01: Red without an action, who does it and a due date.",
                "BN01 C01: Amber without commentary, an action, who does it and a due date.",
            ]
        );
        assert!(!parts(&bytes(&keeper, &pack(&keeper, &internal).await).await).contains("may be the name"));
        // What the panel is not given, its officer is not told of.
        let panels = built(&keeper, json!({ "forum": "OSP" })).await;
        let officer = harness.sign_in(&world.somebody(Role::ScrutinyOfficer).await);
        let told = lines(&checks(&officer, &panels).await.data());
        assert!(told.iter().all(|line| !line.contains("Jane Smith")) && told.iter().any(|line| line.starts_with("WM02 C01")), "{told:?}");
        let member = harness.sign_in(&world.somebody(Role::ScrutinyMember).await);
        assert_eq!(checks(&member, &panels).await.codes(), ["FORBIDDEN"]);
    })
    .await;
}
