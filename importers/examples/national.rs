//! Prints what is read from national files: `cargo run -p importers --example national -- file.xlsx …`

use importers::benchmark::{self, AreaKind};

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                println!("{path}: {error}");
                continue;
            }
        };
        let started = std::time::Instant::now();
        let (reading, figures) = benchmark::read(&bytes, &path, &importers::Limits::default(), &importers::Settings::default());
        println!("{path}: {} figures in {} bytes, {:?}", figures.len(), figures.bytes().len(), started.elapsed());
        for kind in AreaKind::ALL {
            let of: Vec<_> = reading.areas.iter().filter(|area| area.kind == *kind).collect();
            let some: Vec<_> =
                of.iter().take(8).map(|a| [&a.code, &a.name].map(|t| t.as_ref().map_or("-", |t| t.text.as_str())).join(" ")).collect();
            println!("  {} {kind}: {}", of.len(), some.join(", "));
        }
        for measure in reading.measures.iter().take(12) {
            println!("  {:?} {:?} {} {:?} {:?}", measure.key, measure.unit, measure.figures, measure.heading, measure.column);
        }
        println!(
            "  {} measures, {} periods: {:?}",
            reading.measures.len(),
            reading.periods.len(),
            reading.periods.iter().take(12).map(|p| &p.period.content).collect::<Vec<_>>()
        );
        for figure in figures.iter().flatten().take(2) {
            println!("  {figure:?} {:?}", reading.interpret(&figure, "Number").0);
        }
        for d in &reading.diagnostics {
            let place = d.places.first().map(|p| format!("'{}'!{}", p.sheet, p.cell)).unwrap_or_default();
            println!("  {} {} x{} {place}: {}", d.severity, d.code, d.count, d.message);
        }
    }
}
