//! A pack of 300 indicators × 12 months with 300 charts, beside programs that write the same cells and charts and know
//! nothing of indicators: bare rust_xlsxwriter, and Python's XlsxWriter. Figures and what they mean: `PERFORMANCE.md`.
//!
//! ```sh
//! cargo bench -p exporters --bench against
//! ```
//!
//! Processor time of this process is what is compared, so that other work on the machine does not count; each is done
//! many times in turn and the middle one is told. Python is left out where it cannot be run.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program run by hand, that prints what it measured")]

mod bare;
mod others;
mod same;
#[path = "../../tests/workbooks/sample.rs"]
mod sample;
mod used;

use exporters::pack::render;

/// How often each is measured.
const TIMES: usize = 5;

fn main() {
    let mut pack = sample::large(300, 12);
    pack.chart_all = true;
    let bytes = render(&pack).unwrap();
    let same = same::Workbook::of(&bytes);
    println!("{}", same.size());
    println!("the pack has {} bytes", bytes.len());

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        ours.push(used::seconds_of(|| render(&pack).unwrap().len()));
        theirs.push(used::seconds_of(|| bare::write(&same).len()));
    }
    let (ours, theirs) = (used::middle(ours), used::middle(theirs));
    println!("the pack                {:8.1} ms", ours * 1e3);
    println!("bare rust_xlsxwriter    {:8.1} ms: the pack takes {:.2} times that", theirs * 1e3, ours / theirs);

    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("against");
    std::fs::create_dir_all(&folder).unwrap();
    if let Some(python) = others::python(&folder, &same) {
        println!("Python's XlsxWriter     {:8.1} ms: {:.1} times the pack", python * 1e3, python / ours);
    }
    if let Some((seconds, wall)) = others::libreoffice(&folder, &bytes) {
        println!("LibreOffice opens it in {seconds:.1} s of processor time, {wall:.1} s by the clock, its own start included");
    }
}
