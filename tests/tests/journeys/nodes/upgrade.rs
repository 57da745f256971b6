//! Programs of two versions on one database, and what a node of an installation must share with the others.

use std::process::{Command, Output};

use goldenthread::db::{self, Db, Standing};
use migration::compat::Contracting;
use migration::{Migrator, MigratorTrait};
use sea_orm_migration::prelude::*;
use tests::{Harness, Served, for_each_database, program};

use super::Stage;

/// The last migration this program knows.
fn last() -> &'static str {
    Box::leak(Migrator::migrations().last().expect("a history").name().to_owned().into_boxed_str())
}

/// A migration of a later release: adds a column, or takes one away.
struct Later(&'static str, &'static str);

impl MigrationName for Later {
    fn name(&self) -> &str {
        self.0
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Later {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.get_connection().execute_unprepared(self.1).await.map(drop)
    }
}

const ADDS: &str = "m29990101_000001_adds";
const TAKES: &str = "m29990101_000002_takes";
const TAKES_MORE: &str = "m29990101_000003_takes_more";

fn adds() -> Box<dyn MigrationTrait> {
    Box::new(Later(ADDS, "ALTER TABLE person ADD COLUMN telephone TEXT"))
}

/// The next release: it adds.
struct Next;

impl MigratorTrait for Next {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        Migrator::migrations().into_iter().chain([adds()]).collect()
    }
}

/// One that takes away what this program does without: it asks for what this program knows.
struct AfterNext;

impl MigratorTrait for AfterNext {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let takes = Later(TAKES, "ALTER TABLE person DROP COLUMN telephone");
        let takes = Contracting { migration: Box::new(takes), knowing: last() };
        Next::migrations().into_iter().chain([Box::new(takes) as Box<dyn MigrationTrait>]).collect()
    }
}

/// One that takes away what this program needs: it asks for the next release.
struct Far;

impl MigratorTrait for Far {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let takes = Contracting { migration: Box::new(Later(TAKES_MORE, "ALTER TABLE upload DROP COLUMN size_bytes")), knowing: ADDS };
        AfterNext::migrations().into_iter().chain([Box::new(takes) as Box<dyn MigrationTrait>]).collect()
    }
}

/// The program's own answer.
fn goldenthread(harness: &Harness, said: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(said).env("DATABASE_URL", &harness.database).env("GOLDENTHREAD_DATA", &harness.folder);
    command.output().expect("runs")
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn standing(harness: &Harness) -> Standing {
    db::standing(&harness.database).await.unwrap_or_else(|error| panic!("{}", error.log_text()))
}

#[tokio::test]
async fn an_older_program_serves_beside_a_newer_one_until_something_it_needs_is_taken_away() {
    for_each_database(async |harness| {
        let stage = Stage::anywhere(harness).await;
        let running = Served::start(harness, &[]);
        let owner = crate::installation::connect(&harness.database).await;
        assert_eq!(standing(harness).await, Standing::Current);

        Next::up(&owner, None).await.expect("the next release adds");
        assert_eq!(standing(harness).await, Standing::Ahead(vec![ADDS.to_owned()]));
        let beside = Served::start(harness, &[]);
        for node in [&running, &beside] {
            let entered = stage.enter(&node.url, if std::ptr::eq(node, &running) { 61 } else { 62 }).await;
            assert_eq!(entered["userErrors"], serde_json::json!([]));
        }
        assert_eq!(stage.figure(&running.url).await, "62");

        AfterNext::up(&owner, None).await.expect("a later one takes away what is not missed");
        assert_eq!(standing(harness).await, Standing::Ahead(vec![ADDS.to_owned(), TAKES.to_owned()]));
        drop(beside.again(harness, &[]));
        let check = goldenthread(harness, &["migrate", "--check"]);
        assert!(check.status.success() && told(&check).contains("this one serves beside it"), "{}", told(&check));

        Far::up(&owner, None).await.expect("a still later one takes away what is needed");
        assert_eq!(standing(harness).await, Standing::TooNew(ADDS.to_owned()));
        let refused = Db::open(&harness.database).await.err().expect("is refused").log_text();
        assert!(refused.contains("cannot serve beside"), "{refused}");
        for said in [&["serve"][..], &["migrate"], &["migrate", "--check"]] {
            let refused = goldenthread(harness, said);
            assert!(!refused.status.success() && told(&refused).contains("install that"), "{said:?}: {}", told(&refused));
        }
        owner.close().await.expect("closes");
    })
    .await;
}

#[tokio::test]
async fn the_tables_are_brought_up_to_date_as_a_step_of_its_own() {
    for_each_database(async |harness| {
        let owner = crate::installation::connect(&harness.database).await;
        Migrator::down(&owner, Some(2)).await.expect("an older release's tables");
        let check = goldenthread(harness, &["migrate", "--check"]);
        assert!(!check.status.success() && told(&check).matches("is missing (expands").count() == 2, "{}", told(&check));
        assert!(matches!(standing(harness).await, Standing::Behind(missing) if missing.len() == 2), "it was only asked");
        // However many begin at once, it is done once.
        let all = (0..3).map(|_| {
            std::thread::spawn({
                let (database, folder) = (harness.database.clone(), harness.folder.clone());
                move || {
                    Command::new(program())
                        .arg("migrate")
                        .env("DATABASE_URL", database)
                        .env("GOLDENTHREAD_DATA", folder)
                        .output()
                        .expect("runs")
                }
            })
        });
        for one in all.collect::<Vec<_>>() {
            let done = one.join().expect("ends");
            assert!(done.status.success(), "{}", told(&done));
        }
        assert_eq!(standing(harness).await, Standing::Current);
        owner.close().await.expect("closes");
    })
    .await;
}

#[tokio::test]
async fn a_node_with_another_signing_key_does_not_start() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let served = Served::start(harness, &[]);
        drop(served);
        let other = harness.folder.join("other.key");
        std::fs::write(&other, [7; 40]).expect("another key");
        let other = other.display().to_string();
        let start = |said: &[&str]| goldenthread(harness, &[&["--signing-key", other.as_str()], said].concat());
        let refused = start(&["council", "list"]);
        assert!(!refused.status.success() && told(&refused).contains("is not the one this database's"), "{}", told(&refused));
        let absent = harness.folder.join("absent.key").display().to_string();
        let refused = goldenthread(harness, &["--signing-key", &absent, "council", "list"]);
        assert!(!refused.status.success() && told(&refused).contains("absent.key"), "{}", told(&refused));
        assert!(!harness.folder.join("absent.key").exists(), "a key that was named is not made");
        // The one it knows is taken from wherever it is.
        let known = harness.folder.join("signing.key").display().to_string();
        let taken = goldenthread(harness, &["--signing-key", &known, "council", "list"]);
        assert!(taken.status.success() && told(&taken).contains("huntingdonshire"), "{}", told(&taken));
        // Lost for good: the owner says so.
        let adopted = start(&["migrate", "--adopt-signing-key"]);
        assert!(adopted.status.success(), "{}", told(&adopted));
        assert!(start(&["council", "list"]).status.success());
        assert!(!goldenthread(harness, &["council", "list"]).status.success(), "the lost one is no longer taken");
        let _ = council;
    })
    .await;
}
