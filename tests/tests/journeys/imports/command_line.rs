//! `goldenthread import`, as a script runs it: on the journey's database, by the product's own binary.

use std::path::Path;
use std::process::Command;

use goldenthread::app::Clock;
use serde_json::{Value, json};
use tests::{Harness, SECRET, World, for_each_database, program, workbook};

use super::read;

/// What a run came to: its exit code, the lines of standard output, and standard error.
struct Run {
    code: i32,
    lines: Vec<String>,
    err: String,
}

impl Run {
    /// Its lines of JSON.
    fn json(&self) -> Vec<Value> {
        self.lines.iter().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line} is no JSON"))).collect()
    }

    fn of_each(&self, key: &str) -> Vec<String> {
        self.json().iter().map(|line| line[key].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// Runs `goldenthread import` as the performance team, with these arguments.
fn import(harness: &Harness, words: &[&str]) -> Run {
    std::fs::write(harness.folder.join("signing.key"), SECRET).expect("keeps the key");
    let output = Command::new(program())
        .arg("import")
        .args(words)
        .env("DATABASE_URL", &harness.database)
        .env("GOLDENTHREAD_DATA", &harness.folder)
        .output()
        .expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let lines = text(output.stdout).lines().map(str::to_owned).collect();
    Run { code: output.status.code().expect("an exit code"), lines, err: text(output.stderr) }
}

const PERRY: [&str; 4] = ["--council", "huntingdonshire", "--as", "perry.team@example.org"];

fn as_perry<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().copied().chain(PERRY).collect()
}

fn figures(rows: &[(&str, f64)]) -> Vec<u8> {
    let mut sheet = vec![json!(["Ref", "Period", "Result"])];
    sheet.extend(rows.iter().map(|(code, value)| json!([code, "2024/25 Q1", value])));
    workbook("Return", &json!(sheet))
}

fn put(folder: &Path, name: &str, bytes: Vec<u8>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("writes");
    path.to_str().expect("a path").to_owned()
}

#[tokio::test]
async fn a_folder_is_taken_file_by_file_and_one_bad_file_stops_no_other() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        harness.app.clock.set(Clock::System.now());
        let folder = tempfile::tempdir().expect("a folder");
        let returns = folder.path().join("returns");
        std::fs::create_dir(&returns).expect("makes a folder");
        put(&returns, "c.xlsx", figures(&[("PL01", 88.0)]));
        put(&returns, "b.csv", b"Ref,Period,Result\nXX99,2024/25 Q1,1\nBN01,2024/25 Q1,22.4\n".to_vec());
        put(&returns, "a.xlsx", figures(&[("WM01", 61.2)]));
        put(&returns, "~$a.xlsx", b"lock".to_vec());
        put(&returns, ".DS_Store", b"hidden".to_vec());
        put(&returns, "minutes.pdf", b"%PDF".to_vec());
        let returns = returns.to_str().expect("a path");
        let before = harness.written(world.council).await;

        // Looked at alone, nothing is written.
        let looked = import(harness, &as_perry(&["--json", returns]));
        assert_eq!(
            (looked.code, looked.of_each("outcome")),
            (3, vec!["PLANNED".into(), "ERRORS".into(), "PLANNED".into()]),
            "{}",
            looked.err
        );
        assert_eq!(harness.written(world.council).await, before);

        let annotated = folder.path().join("findings");
        let annotated = annotated.to_str().expect("a path");
        let missing = folder.path().join("missing.xlsx");
        let missing = missing.to_str().expect("a path");
        let run = import(harness, &as_perry(&["--accept", "--json", "--annotated", annotated, returns, missing]));
        let outcomes: Vec<String> = ["ACCEPTED", "ERRORS", "ACCEPTED", "FAILED"].map(str::to_owned).into();
        assert_eq!((run.code, run.of_each("outcome")), (1, outcomes), "{}", run.err);
        let names: Vec<String> = run.of_each("file").iter().map(|path| path.rsplit('/').next().expect("a name").to_owned()).collect();
        assert_eq!(names, ["a.xlsx", "b.csv", "c.xlsx", "missing.xlsx"]);
        let lines = run.json();
        let keys: Vec<&String> = lines[0].as_object().expect("an object").keys().collect();
        let known = ["annotated", "code", "counts", "file", "findings", "import", "layout", "message", "openWarnings", "outcome", "state"];
        assert_eq!(keys, known);
        assert_eq!(
            lines[0]["counts"],
            json!({ "new": 1, "changed": 0, "same": 0, "refused": 0, "leftOut": 0, "errors": 0, "warnings": 0 })
        );
        assert_eq!((&lines[1]["code"], &lines[1]["state"]), (&json!("ROWS_REFUSED"), &json!("PLANNED")));
        let errors: Vec<&Value> = lines[1]["findings"].as_array().expect("findings").iter().filter(|f| f["severity"] == "ERROR").collect();
        assert_eq!(errors.len(), 1, "{errors:#?}");
        assert!(Path::new(lines[1]["annotated"].as_str().expect("a path")).is_file());
        assert!(lines[3]["message"].as_str().expect("a sentence").contains("missing.xlsx"));

        let keeper = world.keeper_now();
        for (code, value) in [("WM01", json!("61.2")), ("PL01", json!("88")), ("BN01", Value::Null)] {
            assert_eq!(read(&keeper, code, "2024/25 Q1", None).await["value"], value, "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_reason_is_accepted_with_one_taken_back_and_listed() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        harness.app.clock.set(Clock::System.now());
        let folder = tempfile::tempdir().expect("a folder");
        let first = put(folder.path(), "q1.xlsx", figures(&[("WM01", 61.2), ("PL01", 88.0)]));
        assert_eq!(import(harness, &as_perry(&["--accept", &first])).code, 0);

        let second = put(folder.path(), "again.xlsx", figures(&[("WM01", 56.4), ("PL01", 87.0), ("BN01", 22.4)]));
        let waits = import(harness, &as_perry(&["--accept", "--json", &second]));
        let line = waits.json().remove(0);
        assert_eq!((waits.code, &line["outcome"], &line["code"]), (4, &json!("WAITS"), &json!("WARNINGS_NOT_ACKNOWLEDGED")));
        assert_eq!((&line["openWarnings"][0]["code"], &line["openWarnings"][0]["places"]), (&json!("CHG-003"), &json!(2)));
        let id = line["import"].as_str().expect("an id");

        // Nothing said for a reason is no reason.
        assert_eq!(import(harness, &as_perry(&["accept", id, "--acknowledge", "CHG-003"])).code, 4);
        let saying = [
            "accept",
            id,
            "--acknowledge",
            "CHG-003=Late, as every year",
            "--leave-out",
            "pl01 2024/25 q1",
            "--leave-out",
            "bn01",
            "--json",
        ];
        let accepted = import(harness, &as_perry(&saying));
        let line = accepted.json().remove(0);
        assert_eq!((accepted.code, &line["state"], &line["counts"]["leftOut"]), (0, &json!("ACCEPTED"), &json!(2)), "{}", accepted.err);
        let keeper = world.keeper_now();
        for (code, value) in [("WM01", json!("56.4")), ("PL01", json!("88")), ("BN01", Value::Null)] {
            assert_eq!(read(&keeper, code, "2024/25 Q1", None).await["value"], value, "{code}");
        }
        assert_eq!(harness.count(world.council, "observation WHERE reason = 'Late, as every year'").await, 1);

        let undone = import(harness, &as_perry(&["undo", id, "--json"]));
        let line = undone.json().remove(0);
        assert_eq!((undone.code, &line["reversed"], &line["kept"], &line["failed"]), (0, &json!(1), &json!([]), &json!([])));
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], "61.2");
        assert_eq!(import(harness, &as_perry(&["undo", id])).code, 3);

        let third = import(harness, &as_perry(&["--json", &second])).json().remove(0);
        let third = third["import"].as_str().expect("an id").to_owned();
        assert_eq!(import(harness, &as_perry(&["replan", &third])).code, 0);
        assert_eq!(import(harness, &as_perry(&["refuse", &third, "--reason", "Last year's"])).code, 0);
        assert_eq!(import(harness, &as_perry(&["cancel", &third])).code, 3);
        let list = import(harness, &as_perry(&["list", "--json"]));
        assert_eq!((list.code, list.of_each("state")), (0, ["DECLINED", "UNDONE", "ACCEPTED", "ACCEPTED"].map(str::to_owned).into()));
        assert_eq!(list.of_each("file"), ["again.xlsx", "again.xlsx", "q1.xlsx", "framework.xlsx"]);
    })
    .await;
}

#[tokio::test]
async fn a_command_line_that_says_nothing_or_two_things_is_refused() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        harness.app.clock.set(Clock::System.now());
        let folder = tempfile::tempdir().expect("a folder");
        let file = put(folder.path(), "q1.xlsx", figures(&[("WM01", 61.2)]));
        let before = harness.written(world.council).await;
        assert_eq!(import(harness, &[]).code, 2);
        assert_eq!(import(harness, &[&file]).code, 2);
        assert_eq!(import(harness, &as_perry(&["--accept", "--plan-only", &file])).code, 2);
        let empty = tempfile::tempdir().expect("a folder");
        let nothing = import(harness, &as_perry(&[empty.path().to_str().expect("a path")]));
        assert!(nothing.code == 1 && nothing.err.contains("no workbook here"), "{}", nothing.err);
        let stranger = import(harness, &["--council", "huntingdonshire", "--as", "nobody@example.org", &file]);
        assert!(stranger.code == 1 && stranger.err.contains("There is nobody"), "{}", stranger.err);
        let unknown = import(harness, &as_perry(&["undo", "w00000000000000000000000000000000"]));
        assert!(unknown.code == 3 && unknown.err.contains("no such import"), "{}", unknown.err);
        assert_eq!(harness.written(world.council).await, before);
        let help = import(harness, &["--help"]);
        assert!(help.code == 0 && help.lines.iter().any(|line| line.trim_start().starts_with("4  a workbook waits")), "{:?}", help.lines);
    })
    .await;
}
