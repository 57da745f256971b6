//! The delivery workbook: one sheet a kind of record ([`rules::delivery::book`]), found by heading whatever the order of the
//! columns. Any of its sheets may stand in a framework workbook too.
//!
//! How a record is read is said where it is declared; here is where its cells are.

use rules::delivery::book::{DeliveryRow, RecordKind};
use serde::{Deserialize, Serialize};

use crate::address::Place;
use crate::diagnostic::Diagnostic;
use crate::framework::sheets::{find, has, heading_row, read_rows};
use crate::framework::{Placed, Unread};
use crate::reading::{Layout, Reading};
use crate::sheet::{Book, Sheet};

mod source;

/// The records of a workbook that could be read. A row with an error in it is left out and reported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverySheets {
    /// Records in the order of [`RecordKind::ALL`], those of one kind as they stand in their sheet.
    pub rows: Vec<Placed<DeliveryRow>>,
    /// Rows that are left out. Each names its sheet as [`RecordKind::of_sheet`] knows it.
    #[serde(default)]
    pub unread: Vec<Unread>,
}

/// So many headings of ours make a sheet one of ours, though one that is needed is missing: `Ref` and `Period` head other
/// tables called Money too.
const HEADINGS_MIN: usize = 4;

/// The sheet of a kind of record.
fn sheet(book: &Book, kind: RecordKind) -> Option<&Sheet> {
    let spec = kind.spec();
    let sheet = find(book, &spec)?;
    let (headings, needed) = heading_row(sheet, &spec)?;
    let all = spec.columns.iter().filter(|column| column.required).count();
    (needed == all || needed + has(headings, &spec, false) >= HEADINGS_MIN).then_some(sheet)
}

fn sheets(book: &Book) -> impl Iterator<Item = (RecordKind, &Sheet)> {
    RecordKind::ALL.iter().filter_map(|kind| Some((*kind, sheet(book, *kind)?)))
}

/// Whether a workbook has a sheet of records.
pub(crate) fn fits(book: &Book) -> bool {
    sheets(book).next().is_some()
}

/// Reads every sheet of records it has. The layout is DELIVERY, unless the workbook is another already; a workbook without such
/// a sheet leaves the reading as it is.
pub(crate) fn read(book: &Book, reading: &mut Reading) {
    if !fits(book) {
        return;
    }
    let mut out = DeliverySheets::default();
    for (kind, sheet) in sheets(book) {
        let rows = read_rows(sheet, &kind.spec(), &mut reading.diagnostics, &mut out.unread, |record| kind.read(record));
        out.rows.extend(rows);
    }
    reading.layout.get_or_insert(Layout::Delivery);
    reading.delivery = Some(out);
}

/// Says which sheets of a delivery workbook are none of its own: figures on them would be missed without a word.
pub(crate) fn tell_others(book: &Book, reading: &mut Reading) {
    let ours: Vec<&str> = sheets(book).map(|(_, sheet)| sheet.name.as_str()).collect();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.is_blank() && !ours.contains(&sheet.name.as_str())) {
        let message = "This workbook is read for its plans, programmes, risks, money and assessments; this sheet is none of those.";
        let problem = Diagnostic::new("LAY-006", Place::sheet(&sheet.name), message);
        reading.diagnostics.push(problem.suggest("Send figures in a workbook of their own."));
    }
}
