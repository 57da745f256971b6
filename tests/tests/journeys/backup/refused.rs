//! What is not a whole backup, or would be put in place of something, is refused by name, and nothing is written.

use std::path::Path;

use goldenthread::app::Ids;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::{World, elsewhere, for_each_database, workbook};

use super::{back_up, restore, said};
use crate::installation::{address, connect};

async fn small(harness: &tests::Harness) -> World<'_> {
    let world = World::new(harness, "huntingdonshire").await;
    let rows = json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", 61]]);
    world.keeper().take(world.code, "q1.xlsx", workbook("Return", &rows)).await;
    world
}

/// A file of a folder, changed for as long as something is done.
fn with_altered(path: &Path, alter: impl Fn(&mut Vec<u8>), something: impl FnOnce()) {
    let before = std::fs::read(path).expect("is there");
    let mut after = before.clone();
    alter(&mut after);
    std::fs::write(path, after).expect("writes");
    something();
    std::fs::write(path, before).expect("writes");
}

#[tokio::test]
async fn an_altered_backup_is_refused_by_the_name_of_what_is_wrong() {
    for_each_database(async |harness| {
        let world = small(harness).await;
        let folder = tempfile::tempdir().expect("a folder");
        let to = folder.path().join("backup");
        assert!(back_up(harness, &to, &["--with-key"]).status.success());
        let list = std::fs::read_to_string(to.join("files.txt")).expect("a list");
        let key = list.lines().next().and_then(|line| line.splitn(3, ' ').nth(2)).expect("a file").to_owned();
        assert!(key.starts_with(&world.council.to_string()), "{key}");
        elsewhere(harness, async |url, data| {
            let refused = |why: &str| {
                let restored = restore(url, data, &to, &[]);
                assert_eq!(restored.status.code(), Some(1), "{why}: {}", said(&restored));
                assert!(said(&restored).contains(why), "{why}: {}", said(&restored));
                assert!(!data.join("files").exists() && !data.join("goldenthread.db").exists(), "{why}: something was written");
            };
            let cut = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2);
            let flip = |bytes: &mut Vec<u8>| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            };
            with_altered(&to.join("database"), cut, || refused("database has "));
            with_altered(&to.join("database"), flip, || refused("database was altered"));
            with_altered(&to.join("files").join(&key), flip, || refused(&format!("files/{key} was altered")));
            with_altered(&to.join("files.txt"), flip, || refused("files.txt was altered"));
            with_altered(&to.join("manifest.json"), cut, || refused("manifest.json is not what a backup's manifest looks like"));
            let more = |bytes: &mut Vec<u8>| *bytes = String::from_utf8_lossy(bytes).replace("\"files\": ", "\"files\": 1").into_bytes();
            with_altered(&to.join("manifest.json"), more, || refused("manifest.json was altered since it was sealed"));
            with_altered(&to.join("signing.key"), flip, || refused("is not the one of the service this is a backup of"));
            std::fs::rename(to.join("files").join(&key), folder.path().join("away")).expect("moves");
            refused(&format!("files/{key} is missing"));
            std::fs::rename(folder.path().join("away"), to.join("files").join(&key)).expect("moves");
            std::fs::rename(to.join("manifest.json"), folder.path().join("away")).expect("moves");
            refused("this folder is no backup, or one that was never finished");
            std::fs::rename(folder.path().join("away"), to.join("manifest.json")).expect("moves");
            // As it was taken it goes, once.
            let restored = restore(url, data, &to, &[]);
            assert!(restored.status.success(), "{}", said(&restored));
            let again = restore(url, data, &to, &[]);
            assert!(said(&again).contains("There is a database already"), "{}", said(&again));
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_newer_database_a_full_folder_and_a_login_that_sees_too_little_are_refused() {
    for_each_database(async |harness| {
        small(harness).await;
        let folder = tempfile::tempdir().expect("a folder");
        let to = folder.path().join("backup");
        assert!(back_up(harness, &to, &[]).status.success());
        let again = back_up(harness, &to, &[]);
        assert!(!again.status.success() && said(&again).contains("is not empty"), "{}", said(&again));
        let over = restore(&harness.database, &harness.folder, &to, &[]);
        assert!(said(&over).contains("There is a database already"), "{}", said(&over));

        let login = format!("app_{}", Ids.next().simple());
        if let Some(held) = address(harness, &login).await {
            let owner = connect(&harness.database).await;
            owner.execute_unprepared(&format!("CREATE ROLE {login} LOGIN IN ROLE pg_read_all_data")).await.expect("makes a login");
            let at = folder.path().join("held");
            let arguments = ["backup", "--to", at.to_str().expect("a path")];
            let refused = super::run(&held, &harness.folder, &arguments);
            assert!(said(&refused).contains("held to one council at a time"), "{}", said(&refused));
            owner.execute_unprepared(&format!("ALTER ROLE {login} BYPASSRLS")).await.expect("alters");
            let at = folder.path().join("whole");
            let taken = super::run(&held, &harness.folder, &["backup", "--to", at.to_str().expect("a path")]);
            assert!(taken.status.success(), "{}", said(&taken));
            owner.execute_unprepared(&format!("DROP ROLE {login}")).await.expect("drops");
        }

        let owner = connect(&harness.database).await;
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_later', 1)";
        owner.execute_unprepared(later).await.expect("inserts");
        let newer = folder.path().join("newer");
        assert!(back_up(harness, &newer, &["--with-key"]).status.success(), "what is newer is backed up all the same");
        elsewhere(harness, async |url, data| {
            let refused = restore(url, data, &newer, &[]);
            assert!(said(&refused).contains("taken by a newer version (0.1.0, m29990101_000001_later)"), "{}", said(&refused));
        })
        .await;
    })
    .await;
}
