//! `goldenthread audit`, run as an administrator runs it.

use std::process::{Command, Output};

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::Value;
use tests::{Harness, SECRET, for_each_database, owner, program, tell};

/// Runs the command beside the service, with its key.
fn audit(harness: &Harness, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(["--data", harness.folder.to_str().expect("a path"), "--database-url", &harness.database, "audit"]);
    command.args(arguments).env("RUST_LOG", "error").output().expect("runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn verify_says_what_there_is_and_where_it_ends() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        harness.council("devon").await;
        // Without the service's key every seal would be found broken: said instead.
        let without = audit(harness, &["verify"]);
        assert!(!without.status.success());
        assert!(String::from_utf8_lossy(&without.stderr).contains("signing.key is not there"), "{without:?}");
        assert!(!harness.folder.join("signing.key").exists(), "and none was made");

        std::fs::write(harness.folder.join("signing.key"), SECRET).expect("writes");
        for n in 2..=3 {
            tell(harness, council, &format!("thing {n}")).await;
        }
        let well = audit(harness, &["verify"]);
        assert!(well.status.success(), "{well:?}");
        let text = out(&well);
        assert!(text.contains("devon\n  events  1, from 2024-10-14 09:00:00 UTC to 2024-10-14 09:00:00 UTC\n  head    1:"), "{text}");
        let said = "huntingdonshire\n  events  3, from 2024-10-14 09:00:00 UTC to 2024-10-14 09:00:00 UTC\n  head    3:";
        assert!(text.contains(said), "{text}");
        let head = text.split("head    3:").nth(1).expect("a head").lines().next().expect("a line").to_owned();
        let noted = format!("3:{head}");

        tell(harness, council, "thing 4").await;
        let checked = audit(harness, &["verify", "--council", "huntingdonshire", "--head", &noted]);
        assert!(checked.status.success() && out(&checked).contains("and holds the 1 noted earlier"), "{}", out(&checked));
        let checked = audit(harness, &["verify", "--head", &format!("huntingdonshire={noted}")]);
        assert!(checked.status.success(), "{}", out(&checked));
        for (wrong, why) in [
            (vec!["verify", "--head", &noted], "Say of which council"),
            (vec!["verify", "--head", "3:abc"], "is not the end of a trail"),
            (vec!["verify", "--council", "nowhere"], "There is no council nowhere."),
        ] {
            let refused = audit(harness, &wrong);
            assert!(!refused.status.success());
            assert!(String::from_utf8_lossy(&refused.stderr).contains(why), "{refused:?}");
        }

        let owner = owner(harness).await;
        sea_orm::ConnectionTrait::execute_unprepared(&owner, "DELETE FROM audit_event WHERE seq = 2").await.expect("the owner may");
        let broken = audit(harness, &["verify", "--json"]);
        assert_eq!(broken.status.code(), Some(1));
        let reports: Value = serde_json::from_slice(&broken.stdout).expect("JSON");
        assert_eq!(reports[0]["council"], "devon");
        assert_eq!((&reports[0]["well"], &reports[1]["well"]), (&true.into(), &false.into()));
        assert_eq!((&reports[1]["findings"][0]["kind"], &reports[1]["findings"][0]["seq"]), (&"MISSING".into(), &2.into()));
        assert_eq!(reports[1]["head"]["seq"], 4);
        let broken = audit(harness, &["verify"]);
        assert!(out(&broken).contains("  MISSING                  Missing: event 2; between event 1 ("), "{}", out(&broken));
    })
    .await;
}

#[tokio::test]
async fn whoever_is_only_a_member_of_the_servers_role_may_serve_and_an_owner_is_warned() {
    use goldenthread::db::Db;
    use sea_orm::{ConnectionTrait, DbBackend};
    for_each_database(async |harness| {
        let advice = harness.app.db.advice().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        if harness.app.db.backend() != DbBackend::Postgres {
            assert_eq!(advice, None);
            return;
        }
        let advice = advice.expect("the tests' user is a superuser");
        assert!(advice.starts_with("the database user postgres is a superuser: "), "{advice}");
        let owner = owner(harness).await;
        let name = format!("serves_{}", harness.app.ids.next().simple());
        let create = format!("CREATE ROLE {name} LOGIN IN ROLE goldenthread_server");
        owner.execute_unprepared(&create).await.expect("a login");
        let url = harness.database.replacen("postgres://postgres@", &format!("postgres://{name}@"), 1);
        let db = Db::open(&url).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert_eq!(db.advice().await.unwrap_or_else(|error| panic!("{}", error.log_text())), None);
        let council = harness.council("huntingdonshire").await;
        tell(harness, council, "thing 1").await;
        let member = goldenthread::app::App { db: db.clone(), ..harness.app.clone() };
        let report =
            goldenthread::audit::verify::verify(&member, council, &[]).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert_eq!((report.events, report.is_well()), (2, true));
        db.pool().close_by_ref().await.expect("closes");
        owner.execute_unprepared(&format!("DROP ROLE {name}")).await.expect("drops");
    })
    .await;
}

#[tokio::test]
async fn export_writes_a_workbook_for_whoever_may_read_the_trail() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        harness.performance_team(council).await;
        harness.person(council, "Ira Auditor", &[(Role::InternalAudit, GrantScope::Council)]).await;
        std::fs::write(harness.folder.join("signing.key"), SECRET).expect("writes");
        tell(harness, council, "thing 1").await;
        let file = harness.folder.join("trail.xlsx");
        let to = file.to_str().expect("a path");
        let export = |email: &str, more: &[&str]| {
            let mut arguments = vec!["export", "--council", "huntingdonshire", "--as", email, "--out", to];
            arguments.extend(more);
            audit(harness, &arguments)
        };
        let refused = export("perry.team@example.org", &[]);
        assert!(!refused.status.success() && !file.exists(), "{refused:?}");
        let done = export("ira.auditor@example.org", &["--verb", "test"]);
        assert!(done.status.success(), "{done:?}");
        assert!(out(&done).ends_with("trail.xlsx: 1 events\n"), "{}", out(&done));
        assert!(std::fs::read(&file).expect("is there").starts_with(b"PK"));
        let told = tests::trail(harness, council, 2).await;
        assert_eq!(told.iter().map(|t| (t.verb.as_str(), t.via.as_str())).collect::<Vec<_>>(), [("audit.export", "command line")]);
    })
    .await;
}
