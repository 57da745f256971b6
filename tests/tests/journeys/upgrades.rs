//! Databases that released versions left, brought up to date by today's: what was answered then is answered now.
//!
//! `tests/upgrades/<version>` holds, of each kind of database, a backup as that version took it and what it answered to documents it
//! was asked. `scripts/fixture` makes them, with `GOLDENTHREAD_MAKE_FIXTURE` set to the version.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Harness, World, elsewhere, for_each_database, operation, workbook};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::backup::{back_up, restore, said};

const MAKE: &str = "GOLDENTHREAD_MAKE_FIXTURE";
const Q1: &str = "2024/25 Q1";
const WHO_MAY_WHAT: &str = "{ viewer { name can council { code } grants { role } } }";
const RETURNS: &str = "query($council: String!, $period: Period) { council(code: $council) { returns(period: $period) { nodes {
    element { code } state revision round dueOn history { act by from to reason } figures { nodes { missing indicator { code }
    point { value status { colour } } approved { value } } } } } } }";
const PLAN: &str = "query($id: ID!) { node(id: $id) { ... on Import { state layout counts { new changed same refused errors warnings }
    diagnostics(first: 100) { nodes { code severity message } } changes(first: 100) { nodes { kind indicator { code } period before after } } } } }";
const PACK: &str = "query($id: ID!) { node(id: $id) { ... on Pack { state period asAt sha256 bytes } } }";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("upgrades")
}

fn kind(harness: &Harness) -> &'static str {
    match harness.app.db.backend() {
        sea_orm::DbBackend::Postgres => "postgresql",
        _ => "sqlite",
    }
}

/// Versions that have a folder.
fn versions() -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .expect("there are fixtures")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a version"))
        .collect();
    found.sort();
    found
}

#[test]
fn a_released_version_left_its_databases_behind() {
    let changelog = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../CHANGELOG.md")).expect("a changelog");
    let headings = changelog.lines().filter_map(|line| line.strip_prefix("## ")).filter_map(|line| line.split_whitespace().next());
    let released: Vec<&str> =
        headings.map(|word| word.trim_matches(['[', ']'])).filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).collect();
    let there = versions();
    for version in released.into_iter().chain(["0.1.0"]) {
        assert!(there.iter().any(|one| one == version), "{version} was released without its fixture: run scripts/fixture {version}");
        for name in ["sqlite.zip", "sqlite.json", "postgresql.zip", "postgresql.json"] {
            assert!(folder().join(version).join(name).is_file(), "{version} has no {name}: run scripts/fixture {version}");
        }
    }
}

#[tokio::test]
async fn what_a_released_version_answered_is_answered_after_the_upgrade() {
    for_each_database(async |harness| {
        if let Ok(version) = std::env::var(MAKE) {
            make(harness, &folder().join(version)).await;
        }
        let versions = versions();
        assert!(!versions.is_empty());
        for version in versions {
            let at = folder().join(&version);
            let text = std::fs::read_to_string(at.join(format!("{}.json", kind(harness)))).expect("answers");
            let expected: Value = serde_json::from_str(&text).expect("JSON");
            let unpacked = tempfile::tempdir().expect("a folder");
            unpack(&at.join(format!("{}.zip", kind(harness))), unpacked.path());
            elsewhere(harness, async |url, data| {
                let restored = restore(url, data, unpacked.path(), &[]);
                assert!(restored.status.success(), "{version}: {}", said(&restored));
                let trails = expected["trails"].as_u64().expect("a number");
                assert!(said(&restored).contains(&format!("of {trails} audit trails, each to where it ended")), "{}", said(&restored));
                answers_are(url, data, (&version, &expected)).await;
            })
            .await;
        }
    })
    .await;
}

async fn answers_are(url: &str, data: &Path, (version, expected): (&str, &Value)) {
    let upgraded = Harness::start(url, data).await;
    upgraded.at(expected["at"].as_str().expect("an instant"));
    for asked in expected["asked"].as_array().expect("documents") {
        let token = upgraded.token(id(&asked["person"]), Some(id(&asked["council"])));
        let client = upgraded.client(Some(token));
        let mut answer = client.gql(asked["document"].as_str().expect("a document"), asked["variables"].clone()).await.data();
        let mut then = asked["data"].clone();
        // What a role gives is today's table: nobody lost a right, and some roles gained some since.
        let (can, could) = (rights(&mut answer), rights(&mut then));
        assert!(could.is_subset(&can), "{version}: {:?} are gone", could.difference(&can));
        assert_eq!(answer, then, "{version}: {}", asked["document"]);
    }
    for pack in expected["packs"].as_array().expect("packs") {
        let client = upgraded.client(Some(upgraded.token(id(&pack["person"]), Some(id(&pack["council"])))));
        let found = client.run("Pack", json!({ "id": pack["id"] })).await.data();
        let bytes = client.download(found["node"]["download"]["url"].as_str().expect("a link")).await.bytes().await.expect("a file");
        assert_eq!(goldenthread::files::sha256(&bytes), pack["sha256"].as_str().expect("a hash"), "{version}");
    }
    // And work goes on: the figure is corrected, planned and accepted by today's program.
    let first = &expected["packs"][0];
    let client = upgraded.client(Some(upgraded.token(id(&first["person"]), Some(id(&first["council"])))));
    let rows = json!([["Ref", "Period", "Result"], ["PL01", Q1, 91]]);
    client.take("huntingdonshire", "on.xlsx", workbook("Return", &rows)).await;
    upgraded.stop().await;
}

fn id(value: &Value) -> Uuid {
    value.as_str().and_then(|text| text.parse().ok()).expect("an id")
}

/// Takes what the viewer may do out of an answer; nothing where that was not asked.
fn rights(answer: &mut Value) -> BTreeSet<String> {
    let can = answer.pointer_mut("/viewer/can").map(Value::take).unwrap_or_default();
    can.as_array().into_iter().flatten().map(|right| right.as_str().expect("a right").to_owned()).collect()
}

/// Two councils with figures, a correction, a plan that waits, a return on its way, people of several roles and a pack.
async fn make(harness: &Harness, at: &Path) {
    let world = World::new(harness, "huntingdonshire").await;
    let other = World::new(harness, "devon").await;
    let keeper = world.keeper();
    let rows = |value: f64| {
        let head = json!(["Ref", "Period", "Result", "Commentary", "Remedial action", "Action owner", "Action due"]);
        let first = json!(["WM01", Q1, value, "Wet spring", "Two more crews", "Waste manager", "2024-12-15"]);
        let months = ["2024-04", "2024-05", "2024-06"].map(|month| json!(["WM02", month, 40, "", "", "", ""]));
        workbook("Return", &json!([head, first, months[0], months[1], months[2]]))
    };
    keeper.take(world.code, "q1.xlsx", rows(58.1)).await;
    other.keeper().take(other.code, "q1.xlsx", rows(61.4)).await;
    harness.later(chrono::Duration::hours(1));
    let again = keeper.submit(world.code, "again.xlsx", rows(58.4)).await;
    let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "A depot was late" });
    assert_eq!(keeper.accept(&again, saying).await["userErrors"], json!([]));
    let waiting = keeper.submit(world.code, "later.xlsx", rows(59.9)).await;
    // Before the workflow is on, which has packs for scrutiny wait for a release.
    let built = keeper.run("PackBuild", json!({ "input": { "council": world.code, "forum": "OSP", "period": Q1 } })).await.data();
    harness.settle().await;
    let pack = built["packBuild"]["pack"]["id"].clone();
    let admin = harness.person(world.council, "Ada Switch", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    let switch = "mutation($input: WorkflowSwitchInput!) { workflowSwitch(input: $input) { userErrors { code } } }";
    let input = json!({ "council": world.code, "from": "2024-04-01", "reason": "Agreed by the leadership team" });
    assert_eq!(harness.sign_in(&admin).gql(switch, json!({ "input": input })).await.data()["workflowSwitch"]["userErrors"], json!([]));
    let waste = GrantScope::Element(world.element("S1").await);
    let manager = harness.person(world.council, "Sam Service", &[(Role::ServiceManager, waste)]).await;
    let found = keeper
        .gql(
            "query($c: String!, $p: Period) { council(code: $c) { returns(period: $p, element: \"S1\") { nodes { id revision } } } }",
            json!({ "c": world.code, "p": Q1 }),
        )
        .await
        .data();
    let one = &found["council"]["returns"]["nodes"][0];
    let submit = "mutation($input: ReturnActInput!) { returnSubmit(input: $input) { userErrors { code message } } }";
    let input = json!({ "return": one["id"], "revision": one["revision"] });
    assert_eq!(harness.sign_in(&manager).gql(submit, json!({ "input": input })).await.data()["returnSubmit"]["userErrors"], json!([]));

    let scorecard = |code: &str| (operation("Scorecard"), json!({ "council": code, "period": Q1 }));
    let of = |code: &str| (RETURNS, json!({ "council": code, "period": Q1 }));
    let mut asked = Vec::new();
    for (person, documents) in [
        (&world.keeper, vec![scorecard(world.code), of(world.code), (PACK, json!({ "id": pack })), (PLAN, json!({ "id": waiting }))]),
        (&manager, vec![scorecard(world.code), of(world.code), (WHO_MAY_WHAT, json!({}))]),
        (&admin, vec![(WHO_MAY_WHAT, json!({}))]),
        (&other.keeper, vec![scorecard(other.code), of(other.code), (WHO_MAY_WHAT, json!({}))]),
    ] {
        for (document, variables) in documents {
            let data = harness.sign_in(person).gql(document, variables.clone()).await.data();
            asked.push(
                json!({ "person": person.id, "council": person.council, "document": document, "variables": variables, "data": data }),
            );
        }
    }
    let sha256 = keeper.gql(PACK, json!({ "id": pack })).await.data()["node"]["sha256"].clone();
    let packs = json!([{ "person": world.keeper.id, "council": world.council, "id": pack, "sha256": sha256 }]);
    let told = json!({ "at": harness.app.clock.now(), "trails": 2, "asked": asked, "packs": packs });

    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("backup");
    let taken = back_up(harness, &to, &["--with-key"]);
    assert!(taken.status.success(), "{}", said(&taken));
    std::fs::create_dir_all(at).expect("a folder");
    std::fs::write(at.join(format!("{}.json", kind(harness))), format!("{told}\n")).expect("writes");
    std::fs::write(at.join(format!("{}.zip", kind(harness))), packed(&to)).expect("writes");
}

/// A folder as one file.
fn packed(folder: &Path) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned();
            zip.start_file(name, SimpleFileOptions::default().compression_level(Some(9))).expect("a file");
            zip.write_all(&std::fs::read(path).expect("reads")).expect("writes");
        }
    }
    zip.finish().expect("ends").into_inner()
}

fn unpack(from: &Path, to: &Path) {
    let mut zip = ZipArchive::new(std::fs::File::open(from).expect("a fixture")).expect("a zip");
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a file");
        let path = to.join(file.enclosed_name().expect("a name below the folder"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("reads");
        std::fs::write(path, bytes).expect("writes");
    }
}
