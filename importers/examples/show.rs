//! Prints what is read from workbooks: `cargo run -p importers --example show -- [--own CODE NAME] file.xlsx …`

fn main() {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let mut settings = importers::Settings::default();
    if paths.len() > 3 && paths[0] == "--own" {
        settings.own = Some(importers::mapping::Own { gss_code: Some(paths[1].clone()), names: vec![paths[2].clone()] });
        paths.drain(..3);
    }
    for path in paths {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                println!("{path}: {error}");
                continue;
            }
        };
        let started = std::time::Instant::now();
        let reading = importers::read_with(&bytes, &path, &importers::Limits::default(), &settings);
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
        if let Some(delivery) = &reading.delivery {
            println!("  {} records, {} rows left out", delivery.rows.len(), delivery.unread.len());
        }
        for table in &reading.tables {
            let stepped: Vec<String> = table.stepped_over.iter().map(|s| format!("{} {} from {}", s.rows, s.why, s.first)).collect();
            println!(
                "  '{}' {} headings {:?} rows {:?}: {} rows, {} figures; {}; {:?} {:?} {:?}",
                table.sheet,
                table.layout,
                table.heading_rows,
                table.rows,
                table.rows_read,
                table.figures,
                stepped.join(", "),
                table.indicator,
                table.period,
                table.multiplier
            );
            for c in table.columns.iter().take(8) {
                println!("    {} {:?} {:?} {:?} {:?} {:?}", c.column, c.heading, c.role, c.indicator, c.period, c.multiplier);
            }
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
