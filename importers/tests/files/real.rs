//! Workbooks that councils and departments published. They are not part of the repository; where the folder beside
//! it is absent, this says so and passes.

use importers::{Limits, read};

#[test]
fn every_published_workbook_ends_in_rows_or_in_a_reason() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/workbooks");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("{} is absent: nothing was read", folder.display());
        return;
    };
    // Unoptimised, the largest take ten seconds each.
    let size_bytes_max = if cfg!(debug_assertions) { 1 << 20 } else { u64::MAX };
    let mut read_in = 0;
    for file in files.flatten() {
        let path = file.path();
        if file.metadata().is_ok_and(|m| m.len() > size_bytes_max) {
            println!("{}: left out of an unoptimised run", path.display());
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let reading = read(&bytes, &name, &Limits::default());
        assert!(reading.format.is_some(), "{name}: {:?}", reading.diagnostics);
        assert!(!reading.values.is_empty() || reading.has_errors(), "{name}: {:?}", reading.diagnostics);
        assert!(reading.diagnostics.iter().all(|d| importers::diagnostic::find(&d.code).is_some() && !d.places.is_empty()), "{name}");
        assert!(reading.diagnostics.len() < 1_000, "{name}: {}", reading.diagnostics.len());
        read_in += 1;
    }
    println!("{read_in} workbooks");
}
