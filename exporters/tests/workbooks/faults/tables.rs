//! Faults of tables, figures and notes.

use super::{COVER, FIGURES, Fault, WORDS};

/// A sheet of sentences, one a row.
const SENTENCES: &str = "Definitions";

pub const FAULTS: &[Fault] = &[
    ("T01", |p| {
        for at in [(4, 3), (4, 4), (5, 3), (5, 4)] {
            p.write(COVER, at, "Loose");
        }
    }),
    ("T02", |p| p.edit(&p.table_part(WORDS), |text| text.replace("displayName=\"key\"", "displayName=\"Table1\""))),
    ("T03", |p| {
        let (row, _) = p.below(WORDS, "Meaning");
        p.after_cells(WORDS, &format!("<mergeCells count=\"1\"><mergeCell ref=\"A{row}:A{}\"/></mergeCells>", row + 1));
    }),
    ("T04", |p| {
        let (row, _) = p.below(WORDS, "Meaning");
        p.clear(WORDS, (row, 1));
        p.clear(WORDS, (row, 2));
    }),
    ("T05", |p| p.replace(&p.table_part(WORDS), "name=\"Meaning\"", "name=\"What it means\"")),
    ("T06", |p| {
        let at = p.below(WORDS, "Meaning");
        p.write(WORDS, at, "One sentence of many that all have to be seen. ".repeat(12).trim());
    }),
    ("T07", |p| {
        p.edit(&p.table_part(WORDS), |text| {
            let range = text.split_once(" ref=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
            text.replace("<tableColumns", &format!("<autoFilter ref=\"{range}\"/><tableColumns"))
        });
    }),
    ("T08", |p| {
        let view = "workbookViewId=\"0\"/></sheetViews>";
        let frozen = "workbookViewId=\"0\"><pane ySplit=\"6\" topLeftCell=\"A7\" state=\"frozen\"/></sheetView></sheetViews>";
        p.replace(&p.part(WORDS), view, frozen);
    }),
    ("T09", |p| {
        let at = p.below(WORDS, "Meaning");
        p.clear(WORDS, at);
    }),
    ("T10", |p| {
        let at = p.below(SENTENCES, "Definition");
        p.write(SENTENCES, at, "n/a");
    }),
    ("T11", |p| {
        let at = p.below(SENTENCES, "Definition");
        p.write(SENTENCES, at, "Counted, as [u] says");
    }),
    ("T12", |p| {
        let at = p.below(SENTENCES, "Definition");
        p.write(SENTENCES, at, "1,204*");
    }),
    ("T13", |p| {
        let at = p.below(SENTENCES, "Definition");
        p.write(SENTENCES, at, "1,204");
    }),
    ("T14", |p| {
        let at = p.figure(FIGURES, "Target");
        p.restyle(FIGURES, at, |xf| xf.replace("horizontal=\"right\"", "horizontal=\"left\""));
    }),
    ("T15", |p| {
        let at = p.figure(FIGURES, "Target");
        p.put(FIGURES, at, |style| format!("s=\"{style}\"><v>73390</v></c>"));
        p.restyle(FIGURES, at, |xf| {
            let format = xf.split_once("numFmtId=\"").unwrap().1.split_once('"').unwrap().0;
            xf.replacen(&format!("numFmtId=\"{format}\""), "numFmtId=\"1\"", 1)
        });
    }),
    ("T16", |p| p.replace(&p.table_part(WORDS), "<tableStyleInfo ", "<tableStyleInfo name=\"TableStyleMedium2\" ")),
    ("T17", |p| {
        let at = p.below(SENTENCES, "Definition");
        p.write(SENTENCES, at, " Counted twice");
    }),
    ("T18", |p| {
        let at = p.figure(FIGURES, "Target");
        p.write(FIGURES, at, "about eighty");
    }),
    ("N01", |p| {
        let at = p.below(SENTENCES, "Definition");
        p.write(SENTENCES, at, "Missed bins*");
    }),
    ("N02", |p| {
        p.write(COVER, (3, 1), "Recycling is as the contractor weighs it [note 99]");
    }),
    ("N03", |p| {
        let at = p.figure(FIGURES, "Target");
        p.write(FIGURES, at, "[note 1]");
    }),
    ("N04", |p| {
        let at = p.below(SENTENCES, "Definition");
        p.write(SENTENCES, at, "Rubble is left out [note 1]");
    }),
];
