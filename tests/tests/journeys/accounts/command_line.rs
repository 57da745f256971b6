//! The first administrator of a fresh installation, from the command line to the front door.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use goldenthread::app::Clock;
use serde_json::json;
use tests::{SECRET, for_each_database, program};

use super::*;

/// Runs the product's own binary on the journey's database, with the journey's signing key.
fn run(harness: &Harness, data: &Path, line: &[&str], stdin: &str) -> Output {
    use std::io::Write;
    std::fs::write(data.join("signing.key"), SECRET).expect("keeps the key");
    let mut child = Command::new(program())
        .args(line)
        .env("DATABASE_URL", &harness.database)
        .env("GOLDENTHREAD_DATA", data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    child.stdin.take().expect("a pipe").write_all(stdin.as_bytes()).expect("writes");
    child.wait_with_output().expect("ends")
}

#[tokio::test]
async fn a_fresh_installation_gets_its_first_administrator() {
    for_each_database(async |harness| {
        let folder = tempfile::tempdir().expect("a folder");
        let run = |line: &str, stdin: &str| {
            // A word in quotes is one argument.
            let words: Vec<&str> = line
                .split('\'')
                .enumerate()
                .flat_map(|(n, part)| if n % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
                .collect();
            let output = run(harness, folder.path(), &words, stdin);
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text").trim().to_owned();
            (output.status.success(), text(&output.stdout), text(&output.stderr))
        };
        let done = |line: &str| {
            let (ok, out, err) = run(line, "");
            assert!(ok, "{line}: {err}");
            out
        };
        let refused = |line: &str, stdin: &str, why: &str| {
            let (ok, out, err) = run(line, stdin);
            assert!(!ok && out.is_empty() && err.contains(why), "{line}: {out} {err}");
        };
        harness.app.clock.set(Clock::System.now());

        done("council add --code huntingdonshire --name 'Huntingdonshire District Council' --kind DISTRICT --gss E07000011");
        refused("council add --code huntingdonshire --name Again --kind DISTRICT", "", "There is a council huntingdonshire already");
        refused("council add --code Hunts --name Hunts --kind DISTRICT", "", "a lower-case word");
        refused("council add --code hunts --name Hunts --kind DISTRICT --gss E0700", "", "a letter and eight digits");
        assert_eq!(done("council list"), "huntingdonshire\tHuntingdonshire District Council\tDISTRICT\tE07000011\tin use");

        let add = "person add --council huntingdonshire --email Ada@Example.org --name 'Ada Ministrator' --role COUNCIL_ADMINISTRATOR";
        refused(&add.replace("Ada@Example.org", "ada"), "", "This is no e-mail address");
        refused(&add.replace("COUNCIL_ADMINISTRATOR", "SERVICE_MANAGER"), "", "is not held over");
        refused(&add.replace("COUNCIL_ADMINISTRATOR", "SERVICE_MANAGER --element S1"), "", "has no element S1");
        refused(&add.replace("huntingdonshire", "devon"), "", "There is no council devon");
        assert_eq!(done("person list --council huntingdonshire"), "", "refusals enter nobody");
        let link = done(&format!("{add} --password-link"));
        refused(add, "", "ada@example.org is a person of huntingdonshire already");

        let set = set_password(&harness.visitor(), &link, PASSWORD).await;
        assert_eq!(set["account"], json!({ "council": CODE, "email": "ada@example.org", "name": "Ada Ministrator" }));
        let ada = sign_in(&harness.visitor(), "ada@example.org").await;
        let viewer = harness.client(Some(ada.access.clone())).gql("{ viewer { grants { role } } }", json!({})).await.data();
        assert_eq!(viewer["viewer"]["grants"], json!([{ "role": "COUNCIL_ADMINISTRATOR" }]));

        refused("person suspend --council huntingdonshire --email ada@example.org", "", "is the last administrator");
        let second =
            "person add --council huntingdonshire --email anna@example.org --name Anna --role COUNCIL_ADMINISTRATOR --password-stdin";
        refused(second, "huntingdonshire1\n", "PASSWORD_TOO_SIMPLE");
        let (ok, _, err) = run(second, &format!("{PASSWORD}\r\nanother line\n"));
        assert!(ok, "{err}");
        sign_in(&harness.visitor(), "anna@example.org").await;
        done("person suspend --council huntingdonshire --email ada@example.org");
        done("person suspend --council huntingdonshire --email ada@example.org");
        assert!(!lets_in(harness, &ada.access).await);
        assert_eq!(refusal(&try_in(&harness.visitor(), "ada@example.org", PASSWORD).await), "SIGN_IN_FAILED");
        refused("person password-link --council huntingdonshire --email ada@example.org", "", "is suspended");
        done("person restore --council huntingdonshire --email ada@example.org");
        let link = done("person password-link --council huntingdonshire --email ada@example.org");
        assert_eq!(set_password(&harness.visitor(), &link, WRONG).await["userErrors"], json!([]));
        assert_eq!(
            done("person list --council huntingdonshire"),
            "ada@example.org\tAda Ministrator\tin use\thas a password\nanna@example.org\tAnna\tin use\thas a password"
        );
        refused("person suspend --council huntingdonshire --email nobody@example.org", "", "There is nobody with the address");

        refused("token --council huntingdonshire --as nobody@example.org", "", "There is nobody with the address");
        let printed = done("token --council huntingdonshire --as ada@example.org --days 3");
        assert_eq!(printed.split('.').count(), 3, "a token and nothing else: {printed}");

        let council = texts(harness, Uuid::nil(), "SELECT code FROM council").await;
        assert_eq!(council, [CODE]);
        told(harness).await;
        operators(harness, &done, &refused).await;
    })
    .await;
}

/// The trail says what the command line did.
async fn told(harness: &Harness) {
    let council = goldenthread::councils::service::by_code(&harness.app, CODE).await.ok().flatten().expect("it is there");
    let told = texts(harness, council, "SELECT verb FROM audit_event WHERE via = 'command line' ORDER BY seq").await;
    let expected = [
        "council.create",
        "person.enter",
        "password.link",
        "person.enter",
        "password.set",
        "person.suspend",
        "person.restore",
        "password.link",
        "token.print",
    ];
    assert_eq!(told, expected);
    let printed = "SELECT subject || ' ' || after || ' ' || outcome FROM audit_event WHERE verb = 'token.print'";
    let ada = texts(harness, council, "SELECT subject FROM audit_event WHERE verb = 'person.restore'").await;
    assert_eq!(texts(harness, council, printed).await, [format!("{} {{\"days\":3}} DONE", ada[0])]);
}

/// Operators have tokens, belong to no council, and stop when they are suspended.
async fn operators(harness: &Harness, done: &impl Fn(&str) -> String, refused: &impl Fn(&str, &str, &str)) {
    refused("operator token olive@example.org", "", "There is no platform operator");
    done("operator add --email Olive@example.org --name 'Olive Platform'");
    refused("operator add --email olive@example.org --name Olive", "", "is a platform operator already");
    assert_eq!(done("operator list"), "olive@example.org\tOlive Platform\tin use");
    let token = done("operator token olive@example.org --days 2");
    harness.app.clock.set(Clock::System.now());
    let ask = async || {
        harness.client(Some(token.clone())).gql("{ diagnosticCodes { code } council(code: \"huntingdonshire\") { name } }", json!({})).await
    };
    let answer = ask().await;
    assert_eq!((answer.status, answer.codes()), (200, vec!["FORBIDDEN".to_owned()]));
    done("operator suspend --email olive@example.org");
    refused("operator suspend --email olive@example.org", "", "There is no platform operator");
    refused("operator token olive@example.org", "", "There is no platform operator");
    assert_eq!(ask().await.status, 401);
    assert_eq!(done("operator list"), "olive@example.org\tOlive Platform\tsuspended");
}
