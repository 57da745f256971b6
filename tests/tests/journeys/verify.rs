//! Whether a file is a pack as it was issued: asked by GraphQL, and of the command line by scripts.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use chrono::Duration;
use rules::permission::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{Client, Harness, SECRET, World, for_each_database, program, workbook};

use crate::imports::first_quarter;
use crate::packs::{bytes, pack};

const CODE: &str = "huntingdonshire";

fn hash(file: &[u8]) -> String {
    Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same workbook with another word in it, as saving it in another program leaves it.
fn altered(file: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(file)).expect("a package");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..from.len() {
        let mut part = from.by_index(n).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("reads");
        let name = part.name().expect("a name").into_owned();
        if name == "xl/sharedStrings.xml" {
            content = String::from_utf8(content).expect("XML").replace("Missed bins", "Missing bins").into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        to.write_all(&content).expect("writes");
    }
    to.finish().expect("a package").into_inner()
}

async fn built(client: &Client<'_>) -> (String, Vec<u8>) {
    let input = json!({ "council": CODE, "forum": "SLT", "period": "2024/25 Q1" });
    let answer = client.run("PackBuild", json!({ "input": input })).await.data();
    let id = answer["packBuild"]["pack"]["id"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned();
    client.harness.settle().await;
    let file = bytes(client, &pack(client, &id).await).await;
    (id, file)
}

/// `VERDICT pack, superseded by, who asked`.
async fn verdict(client: &Client<'_>, council: &str, sha256: &str, carried: Option<&str>) -> String {
    let query = "query($council: String!, $sha: String!, $pack: ID) { council(code: $council) { packVerify(sha256: $sha, pack: $pack) {
        verdict words requestedBy pack { id } supersededBy { id } } } }";
    let answer = client.gql(query, json!({ "council": council, "sha": sha256, "pack": carried })).await.data();
    let found = &answer["council"]["packVerify"];
    assert!(found["words"].as_str().is_some_and(|words| words.ends_with('.')), "{found}");
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    format!(
        "{} {} {} {}",
        text(&found["verdict"]),
        text(&found["pack"]["id"]),
        text(&found["supersededBy"]["id"]),
        text(&found["requestedBy"])
    )
}

#[tokio::test]
async fn a_file_is_what_was_issued_or_followed_or_altered_or_unknown() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let other = World::new(harness, "devon").await;
        let keeper = world.keeper();
        keeper.take(CODE, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let (first, file) = built(&keeper).await;
        let sha256 = hash(&file);
        assert_eq!(verdict(&keeper, CODE, &sha256, None).await, format!("ISSUED {first} - Perry Team"));
        assert_eq!(verdict(&keeper, CODE, &sha256.to_uppercase(), None).await, format!("ISSUED {first} - Perry Team"));
        let changed = hash(&altered(&file));
        assert_eq!(verdict(&keeper, CODE, &changed, None).await, "UNKNOWN - - -");
        // As the file carries it, and as the API writes ids.
        let carried = uuid::Uuid::try_parse(&first[1..]).expect("an id").to_string();
        for id in [carried.as_str(), &first] {
            assert_eq!(verdict(&keeper, CODE, &changed, Some(id)).await, format!("ALTERED {first} - Perry Team"));
        }
        // Whoever may not read the pack is told nothing of it.
        let manager = harness.sign_in(&world.somebody(Role::ServiceManager).await);
        for client in [&manager, &harness.sign_in(&world.somebody(Role::ScrutinyMember).await)] {
            assert_eq!(verdict(client, CODE, &sha256, Some(&carried)).await, "UNKNOWN - - -");
        }
        assert_eq!(verdict(&other.keeper(), "devon", &sha256, Some(&carried)).await, "UNKNOWN - - -");
        let query = format!("{{ council(code: \"{CODE}\") {{ packVerify(sha256: \"{}\") {{ verdict }} }} }}", "0".repeat(63));
        assert_eq!(keeper.gql(&query, json!({})).await.codes(), ["BAD_USER_INPUT"]);

        harness.later(Duration::days(1));
        let (second, later) = built(&keeper).await;
        assert_eq!(verdict(&keeper, CODE, &sha256, None).await, format!("SUPERSEDED {first} {second} Perry Team"));
        assert_eq!(verdict(&keeper, CODE, &hash(&later), None).await, format!("ISSUED {second} - Perry Team"));
    })
    .await;
}

/// Runs `goldenthread pack verify`: its exit code and what it printed.
fn verify(harness: &Harness, file: &Path, words: &[&str]) -> (i32, String, String) {
    let file = file.to_str().expect("a path");
    run(harness, &[&["pack", "verify", file], words].concat())
}

/// Runs the product on the journey's database: its exit code and what it printed.
fn run(harness: &Harness, words: &[&str]) -> (i32, String, String) {
    std::fs::write(harness.folder.join("signing.key"), SECRET).expect("keeps the key");
    let output = Command::new(program())
        .args(words)
        .env("DATABASE_URL", &harness.database)
        .env("GOLDENTHREAD_DATA", &harness.folder)
        .output()
        .expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

#[tokio::test]
async fn scripts_are_told_by_the_exit_code() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let keeper = world.keeper();
        keeper.take(CODE, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let (first, file) = built(&keeper).await;
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("writes");
            path
        };
        let issued = put("pack.xlsx", &file);
        let (code, out, err) = verify(harness, &issued, &[]);
        assert_eq!(code, 0, "{err}");
        let expected = [
            "ISSUED: This is the file as it was issued, to the byte.",
            "Senior Leadership Team, 2024/25 Q1 (SCRUTINY, en-GB)",
            "as at     14 October 2024, 09:00:00 UTC",
            "asked by  Perry Team",
        ];
        for line in expected.iter().map(|line| (*line).to_owned()).chain([hash(&file)]) {
            assert!(out.contains(&line), "{line}: {out}");
        }
        let (code, out, _) = verify(harness, &put("altered.xlsx", &altered(&file)), &["--json"]);
        let found: Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!((code, &found["verdict"], &found["issued"]["sha256"]), (4, &json!("ALTERED"), &json!(hash(&file))));
        assert!(found["words"].as_str().is_some_and(|words| words.contains("saving it is enough")), "{found}");
        let uuid = uuid::Uuid::try_parse(&first[1..]).expect("an id");
        assert_eq!(found["issued"]["pack"], json!(uuid));

        // Somebody who may not read it is told nothing; a person is named whole or not at all.
        let manager = world.somebody(Role::ServiceManager).await;
        assert!(manager.id != world.keeper.id);
        let narrow = ["--council", CODE, "--as", "service.manager@example.org"];
        assert_eq!(verify(harness, &issued, &narrow).0, 5);
        assert_eq!(verify(harness, &issued, &["--council", CODE, "--as", "perry.team@example.org"]).0, 0);
        assert_eq!(verify(harness, &issued, &["--council", CODE]).0, 2);

        // Whatever a file is, the answer is an exit code.
        let hostile = [
            put("empty.xlsx", b""),
            put("text.csv", b"a,b\n"),
            put("cut.xlsx", &file[..file.len() / 2]),
            put("large.xlsx", &vec![0_u8; 40 << 20]),
        ];
        for path in &hostile {
            assert_eq!(verify(harness, path, &[]).0, 5, "{}", path.display());
        }
        for path in [folder.path().join("absent.xlsx"), folder.path().to_owned()] {
            let (code, _, err) = verify(harness, &path, &[]);
            assert_eq!(code, 1, "{err}");
            assert!(err.contains("cannot be read"), "{err}");
        }

        harness.later(Duration::days(1));
        built(&keeper).await;
        let (code, out, _) = verify(harness, &issued, &[]);
        assert_eq!(code, 3, "{out}");
        assert!(out.contains("followed by"), "{out}");
    })
    .await;
}

#[tokio::test]
async fn editions_and_looks_are_to_be_had_by_the_command_line() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        world.keeper().take(CODE, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let admin = [(Role::CouncilAdministrator, goldenthread::access::GrantScope::Council)];
        harness.person(world.council, "Ada Admin", &admin).await;
        world.somebody(Role::ServiceManager).await;
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
        std::fs::write(path("logo.png"), crate::brand::PNG).expect("writes");

        let (logo, out, none) = (path("logo.png"), path("own.xlsx"), path("none.xlsx"));
        let admin = ["council", "brand", "--council", CODE, "--as", "ada.admin@example.org"];
        let set = ["--display-name", "The District of Example", "--logo", &logo, "--language", "cy-GB,en-GB"];
        let (code, printed, err) = run(harness, &[&admin[..], &set].concat());
        assert_eq!(code, 0, "{err}");
        for line in ["name      The District of Example", "headings  default", "logo      PNG, 1 by 1 pixels", "languages cy-GB, en-GB"] {
            assert!(printed.lines().any(|printed| printed == line), "{line}: {printed}");
        }
        let (code, _, err) = run(harness, &[&admin[..], &["--chart-colour", "#eeeeee"]].concat());
        assert!(code == 1 && err.contains("COLOUR_TOO_PALE"), "{err}");
        let (code, printed, err) = run(harness, &[&admin[..], &["--logo", "default", "--display-name", "default"]].concat());
        assert!(code == 0 && printed.contains("logo      none") && printed.contains("name      Huntingdonshire Council"), "{err}{printed}");

        let manager = ["pack", "--council", CODE, "--as", "service.manager@example.org", "--forum", "SLT", "--period", "2024/25 Q1"];
        let own = ["--profile", "Officer", "--element", "S1", "--language", "en-gb", "--out", &out];
        let (code, printed, err) = run(harness, &[&manager[..], &own].concat());
        assert_eq!(code, 0, "{err}");
        assert!(printed.contains(&hash(&std::fs::read(&out).expect("is written"))), "{printed}");
        let (code, printed, err) = verify(harness, Path::new(&out), &["--council", CODE, "--as", "service.manager@example.org"]);
        assert!(code == 0 && printed.contains("(OFFICER, en-GB)"), "{err}{printed}");
        let (code, _, err) = run(harness, &[&manager[..], &["--profile", "Officer", "--out", &none]].concat());
        assert!(code == 1 && err.contains("FORUM_NOT_FOUND") && !Path::new(&none).exists(), "{err}");
        // What is needed is asked for.
        let (code, _, err) = run(harness, &["pack", "--forum", "SLT"]);
        assert!(code == 2 && err.contains("--council") && err.contains("--period"), "{err}");
    })
    .await;
}
