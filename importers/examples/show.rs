//! Prints what is read from workbooks: `cargo run -p importers --example show -- file.xlsx …`

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
        let reading = importers::read(&bytes, &path, &importers::Limits::default());
        let layout = reading.layout.map_or("none", importers::Layout::words);
        println!("{path}: {layout}, {} figures, {:?}", reading.values.len(), started.elapsed());
        if let Some(f) = &reading.framework {
            println!(
                "  {} elements, {} links, {} indicators, {} targets, {} rules, {} periods, {} forums; {:?}",
                f.elements.len(),
                f.links.len(),
                f.indicators.len(),
                f.targets.len(),
                f.rules.len(),
                f.periods.len(),
                f.forums.len(),
                f.edition.as_ref().map(|e| &e.row.title)
            );
        }
        for row in reading.values.iter().take(3) {
            println!("  {}", serde_json::to_string(row).unwrap_or_default());
        }
        for d in &reading.diagnostics {
            let place = d.places.first().map(|p| format!("'{}'!{}", p.sheet, p.cell)).unwrap_or_default();
            println!("  {} {} x{} {place}: {} {}", d.severity, d.code, d.count, d.message, d.suggestion.as_deref().unwrap_or_default());
        }
    }
}
