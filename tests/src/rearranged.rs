//! A filled template as people rearrange it before they send it: rows sorted, deleted and added, columns moved, protection
//! taken off, the sheet called something else. Edits of the sheet's own XML, as a spreadsheet program would save them.

use std::collections::BTreeMap;

/// One thing done to the Return sheet.
#[derive(Debug, Clone)]
pub enum Rearranged {
    /// Rows of the table the other way round.
    Sorted,
    /// The row of this number, counted from 1, taken out and those below moved up.
    Deleted(usize),
    /// A row below the last, with words or figures under these column letters.
    Added(Vec<(char, String)>),
    /// What stands under one column letter changes places with what stands under another.
    Swapped(char, char),
    /// Protection taken off.
    Unprotected,
}

type Cells = Vec<(char, String)>;

/// The sheet's XML after an edit; its table begins at row `first`, counted from 1.
///
/// # Panics
/// When the sheet has no such rows.
#[must_use]
pub fn rearranged(xml: &str, first: usize, edit: &Rearranged) -> String {
    let start = xml.find("<sheetData>").expect("rows begin") + "<sheetData>".len();
    let end = xml.find("</sheetData>").expect("rows end");
    let (before, after) = (&xml[..start], &xml[end..]);
    let mut rows = rows(&xml[start..end]);
    match edit {
        Rearranged::Sorted => {
            let places: Vec<usize> = rows.range(first..).map(|(n, _)| *n).collect();
            let table = rows.split_off(&first);
            rows.extend(places.into_iter().zip(table.into_values().rev()));
        }
        Rearranged::Deleted(gone) => {
            let below = rows.split_off(gone);
            rows.extend(below.into_iter().skip(1).map(|(n, cells)| (n - 1, cells)));
        }
        Rearranged::Added(typed) => {
            let last = *rows.keys().next_back().expect("there are rows");
            let cell = |text: &String| match text.parse::<f64>() {
                Ok(figure) => format!("<v>{figure}</v></c>"),
                Err(_) => format!("<is><t>{text}</t></is></c>"),
            };
            let tag = |text: &String| if text.parse::<f64>().is_ok() { ">" } else { " t=\"inlineStr\">" };
            let cells = typed.iter().map(|(column, text)| (*column, format!("{}{}", tag(text), cell(text)))).collect();
            rows.insert(last + 1, (String::new(), cells));
        }
        Rearranged::Swapped(one, other) => {
            for (_, cells) in rows.range_mut(first - 1..).map(|(_, row)| row) {
                for (column, _) in cells.iter_mut() {
                    *column = if *column == *one {
                        *other
                    } else if *column == *other {
                        *one
                    } else {
                        *column
                    };
                }
                cells.sort_by_key(|(column, _)| *column);
            }
        }
        Rearranged::Unprotected => {}
    }
    let mut out = before.to_owned();
    for (n, (attributes, cells)) in &rows {
        out.push_str(&format!("<row r=\"{n}\"{attributes}>"));
        for (column, rest) in cells {
            out.push_str(&format!("<c r=\"{column}{n}\"{rest}"));
        }
        out.push_str("</row>");
    }
    out.push_str(after);
    if matches!(edit, Rearranged::Unprotected) {
        let from = out.find("<sheetProtection").expect("the sheet is protected");
        let to = from + out[from..].find("/>").expect("it ends") + 2;
        out.replace_range(from..to, "");
    }
    out
}

/// Rows by number: what else their tag says, and their cells by column, each from behind its address on.
fn rows(xml: &str) -> BTreeMap<usize, (String, Cells)> {
    xml.split("<row r=\"")
        .skip(1)
        .map(|row| {
            let (number, rest) = row.split_once('"').expect("a number");
            let (attributes, cells) = rest.split_once('>').expect("a tag ends");
            let cells = cells.trim_end_matches("</row>");
            let cell = |cell: &str| {
                let (address, rest) = cell.split_once('"').expect("an address");
                (address.chars().next().expect("a letter"), rest.to_owned())
            };
            let cells = cells.split("<c r=\"").skip(1).map(cell).collect();
            (number.parse().expect("a number"), (attributes.to_owned(), cells))
        })
        .collect()
}
