//! The fuzz targets for a bounded number of times on any compiler: the corpus and the fixtures, changed by a generator with
//! a fixed seed. `GOLDENTHREAD_FUZZ_RUNS` sets how many times in all; by default as many as fit beside the other tests.

use std::path::{Path, PathBuf};

#[path = "../../../fuzz/src/lib.rs"]
mod targets;

mod mutate;

use mutate::Mutator;

/// How often all targets are run together, by default.
const RUNS: usize = 20_000;

/// A target's share of the runs, in hundredths: a file costs a hundred times what a spelling does.
fn share(hundredths: usize) -> usize {
    let runs = std::env::var("GOLDENTHREAD_FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(RUNS);
    runs * hundredths / 100
}

fn folder(path: &str) -> Vec<Vec<u8>> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), path].iter().collect();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file() && file.extension().is_none_or(|ending| ending != "py"));
    files.sort();
    files.iter().map(|file: &PathBuf| read(file)).collect()
}

fn read(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn run(name: &str, target: fn(&[u8]), corpus: Vec<Vec<u8>>, runs: usize) {
    assert!(corpus.len() >= 4, "{name}");
    corpus.iter().for_each(|bytes| target(bytes));
    let mut mutator = Mutator::new(corpus);
    for n in 0..runs {
        let bytes = mutator.next_case();
        if let Err(cause) = std::panic::catch_unwind(|| target(&bytes)) {
            let kept = std::env::temp_dir().join(format!("{name}-{n}"));
            std::fs::write(&kept, &bytes).expect("the case is kept");
            println!("{name}, run {n}: the bytes are in {}", kept.display());
            std::panic::resume_unwind(cause);
        }
    }
    println!("{name}: {runs} runs");
}

#[test]
fn sheets_of_changed_bytes() {
    run("sheet", targets::sheet, folder("tests/fixtures"), share(10));
}

#[test]
fn layouts_of_changed_words() {
    run("layout", targets::layout, folder("../fuzz/corpus/layout"), share(10));
}

#[test]
fn periods_of_changed_letters() {
    run("period", targets::period, folder("../fuzz/corpus/period"), share(50));
}

#[test]
fn figures_of_changed_cells() {
    run("figure", targets::figure, folder("../fuzz/corpus/figure"), share(30));
}
