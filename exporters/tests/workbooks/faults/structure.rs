//! Faults of sheets and how they are laid out.

use super::{CONTENTS, COVER, FIGURES, Fault, WORDS};
use crate::parts::Parts;

const WORKBOOK: &str = "xl/workbook.xml";

/// The cell that names the sheet of words in the contents.
fn listing(p: &Parts) -> (u32, u32) {
    let cell = p.sheet(CONTENTS).filled().find(|cell| cell.text == WORDS).expect("it is listed");
    (cell.row, cell.column)
}

pub const FAULTS: &[Fault] = &[
    ("S01", |p| p.write(COVER, (4, 3), "Stray")),
    ("S02", |p| {
        let reached = |text: &str| ["@", "contact", "telephone", "phone"].iter().any(|word| text.to_lowercase().contains(word));
        let cells: Vec<(u32, u32)> = p.sheet(COVER).filled().filter(|c| reached(&c.text)).map(|c| (c.row, c.column)).collect();
        for (n, at) in cells.into_iter().enumerate() {
            p.write(COVER, at, &format!("Ask us, way {n}"));
        }
    }),
    ("S03", |p| {
        let at = listing(p);
        p.write(CONTENTS, at, "What words mean");
        p.replace(&p.part(CONTENTS), &format!("location=\"'{WORDS}'!A1\""), "location=\"'Cover'!A1\"");
    }),
    ("S04", |p| p.replace(&p.part(CONTENTS), &format!("location=\"'{WORDS}'!A1\""), &format!("location=\"'{WORDS}'!B4\""))),
    ("S05", |p| p.replace(&p.part(COVER), "location=\"'Table of contents'!A1\"", "location=\"'Contents'!A1\"")),
    ("S06", |p| p.replace(WORKBOOK, "<sheet name=\"Cover\"", "<sheet name=\"Sheet 1\"")),
    ("S07", |p| {
        let emptied = p.part("Notes");
        p.between(&emptied, "<sheetData>", "</sheetData>", "");
        p.between(&emptied, "<hyperlinks>", "</hyperlinks>", "");
        p.between(&emptied, "<tableParts", "</tableParts>", ">");
        p.between(&p.relations("Notes"), "relationships\">", "</Relationships>", "");
    }),
    ("S08", |p| p.replace(WORKBOOK, "<sheet name=\"Notes\"", "<sheet name=\"Notes\" state=\"hidden\"")),
    ("S09", |p| {
        let (row, _) = p.below(FIGURES, "Value");
        p.replace(&p.part(FIGURES), &format!("<row r=\"{row}\""), &format!("<row r=\"{row}\" hidden=\"1\""));
    }),
    ("S10", |p| {
        let other = p.sheet("Definitions").at(1, 1).unwrap().text.clone();
        p.write(WORDS, (1, 1), &other);
    }),
    ("S11", |p| p.restyle(WORDS, (1, 1), |xf| xf.replacen("xfId=\"1\"", "xfId=\"0\"", 1))),
    ("S12", |p| {
        let at = p.sheet(COVER).filled().find(|c| c.row > 1 && p.book.style(c).bold).map(|c| (c.row, c.column)).unwrap();
        p.restyle(COVER, at, |xf| xf.replacen("xfId=\"2\"", "xfId=\"0\"", 1));
    }),
    ("S13", |p| {
        p.edit(&p.table_part(WORDS), |text| text.replace("ref=\"A", "ref=\"B"));
    }),
    ("S14", |p| p.write(WORDS, (2, 2), "Beside the line")),
    ("S15", |p| p.write(WORDS, (2, 1), "What the words mean.")),
    ("S16", |p| {
        let last = p.sheet(WORDS).tables[0].area.bottom;
        p.write(WORDS, (last + 1, 1), "Below the table");
    }),
    ("S17", |p| {
        let table = p.text(&p.table_part(WORDS)).to_owned();
        let area = p.sheet(WORDS).tables[0].area;
        let (from, to) = (guidance::address(area.top, 1), guidance::address(area.bottom, 2));
        // Two that share the table's rows: the first keeps those above, the second has one row more of headings.
        let middle = area.top + 2;
        let first = table.replace(&format!("{from}:{to}"), &format!("{from}:{}", guidance::address(middle - 1, 2)));
        p.edit(&p.table_part(WORDS), |_| first);
        let headings: Vec<String> = (1..=2).map(|c| p.sheet(WORDS).at(middle, c).unwrap().text.clone()).collect();
        let columns =
            headings.iter().enumerate().map(|(n, h)| format!("<tableColumn id=\"{}\" name=\"{}\"/>", n + 1, h.replace('&', "&amp;")));
        let columns: String = columns.collect();
        let range = format!("{}:{to}", guidance::address(middle, 1));
        let second = format!(
            "<table xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" id=\"90\" name=\"second\" displayName=\"second\" \
             ref=\"{range}\" totalsRowShown=\"0\"><tableColumns count=\"2\">{columns}</tableColumns></table>"
        );
        p.add("xl/tables/table90.xml", &second);
        p.relate(WORDS, "table", "../tables/table90.xml");
    }),
    ("S18", |p| p.clear(WORDS, (1, 1))),
    ("S19", |p| p.replace(WORKBOOK, "<workbookView ", "<workbookView activeTab=\"3\" ")),
    ("S20", |p| p.replace(&p.part(WORDS), "<sheetView ", "<sheetView zoomScale=\"85\" ")),
    ("S21", |p| p.after_cells(WORDS, "<sheetProtection sheet=\"1\"/>")),
];
