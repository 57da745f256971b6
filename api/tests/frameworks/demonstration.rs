//! The workbooks of the demonstration.

use std::path::Path;

use crate::world::{World, errors, on_each_database, read, tally};

const CREATED: &str = "2024-10-14T09:00:00Z";

/// Imported without a fault, exported, read and planned again: nothing to change.
async fn round_trip(council: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../demo/{council}/framework.xlsx"));
    let first = read(&std::fs::read(path).unwrap());
    on_each_database(council, async |world| try_in(world, &first).await).await;
}

async fn try_in(world: World, first: &importers::Reading) {
    let plan = world.plan(first).await;
    assert_eq!(errors(&plan), Vec::<String>::new());
    let [new, changed, same, refused] = tally(&plan);
    assert_eq!((changed, same, refused), (0, 0, 0));
    assert_eq!(new, plan.changes.len());
    let import = world.keep(&plan).await;
    world.accept(import).await.unwrap();

    assert_eq!(tally(&world.plan(first).await), [0, 0, new, 0], "the same workbook again");

    let edition = &first.framework.as_ref().unwrap().edition.as_ref().unwrap().row.edition;
    let book = world.book(edition).await.unwrap();
    let bytes = exporters::framework::render_framework(&book, CREATED.parse().unwrap()).unwrap();
    let again = world.plan(&read(&bytes)).await;
    assert_eq!(errors(&again), Vec::<String>::new());
    assert_eq!(tally(&again), [0, 0, new, 0], "its export");
    assert!(again.diagnostics.iter().all(|found| found.code != "FRM-018"), "nothing was left out of the export");

    let undone = world.undo(import).await;
    assert_eq!((undone.kept, undone.failed), (Vec::new(), Vec::new()));
    assert_eq!(usize::try_from(undone.reversed).unwrap(), new);
    assert!(world.book(edition).await.is_none());
    assert_eq!(tally(&world.plan(first).await), [new, 0, 0, 0], "as if it had never been");
}

#[tokio::test]
async fn huntingdonshire_comes_in_and_goes_out_unchanged() {
    round_trip("huntingdonshire").await;
}

#[tokio::test]
async fn devon_comes_in_and_goes_out_unchanged() {
    round_trip("devon").await;
}

#[tokio::test]
async fn nottingham_comes_in_and_goes_out_unchanged() {
    round_trip("nottingham").await;
}
