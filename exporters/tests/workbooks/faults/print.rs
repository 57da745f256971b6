//! Faults of paper.

use super::{COVER, FIGURES, Fault, WORDS};

pub const FAULTS: &[Fault] = &[
    ("P01", |p| p.replace(&p.part(COVER), "paperSize=\"9\"", "paperSize=\"1\"")),
    ("P02", |p| p.replace(&p.part(FIGURES), "orientation=\"landscape\"", "orientation=\"portrait\"")),
    ("P03", |p| p.replace(&p.part(FIGURES), "<pageSetUpPr fitToPage=\"1\"/>", "")),
    ("P04", |p| {
        let row = p.sheet(FIGURES).tables[0].area.top;
        p.replace("xl/workbook.xml", &format!("'{FIGURES}'!${row}:${row}"), &format!("'{FIGURES}'!$1:$1"));
    }),
    ("P05", |p| p.replace(&p.part(COVER), "Page &amp;P of &amp;N", "")),
    ("P06", |p| p.between(&p.part(FIGURES), "<col min=\"2\" max=\"2\" width=\"", "\"", "180")),
    ("P07", |p| {
        p.edit(&p.part(COVER), |text| {
            let mut out = String::new();
            for (at, row) in text.split(" ht=\"").enumerate() {
                let cut = row.split_once(" customHeight=\"1\"").map_or(row, |(_, rest)| rest);
                out.push_str(if at == 0 { row } else { cut });
            }
            out
        });
    }),
    ("P08", |p| p.write(WORDS, (2, 1), &format!("This worksheet contains one table. {}", "It goes on and on. ".repeat(20).trim()))),
];
