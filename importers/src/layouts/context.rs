//! The year that titles speak of, for headings such as `Q1` that name none.

use crate::sheet::Sheet;

/// The first calendar year of the one year pair that the rows above a table and the sheet's name speak of:
/// 2023 for `2023/24`. None when they speak of none, or of more than one.
pub(crate) fn year(sheet: &Sheet, header_row: u32) -> Option<i32> {
    let titles = sheet.rows.iter().take_while(|row| row.index < header_row).flat_map(|row| row.filled().map(crate::sheet::Cell::text));
    let mut years: Vec<i32> = titles.chain([sheet.name.clone()]).flat_map(|text| pairs(&text)).collect();
    years.sort_unstable();
    years.dedup();
    match years.as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}

/// Year pairs in a text: `2023/24`, `2023-24`, `2023/2024`, `23/24`, `2023 to 2024`.
fn pairs(text: &str) -> Vec<i32> {
    let text = text.replace(['–', '—', '‑'], "-").replace(" to ", "/").replace([' ', '\u{a0}'], "\u{1}");
    let mut found = Vec::new();
    let words = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-')));
    for word in words {
        let Some((first, second)) = word.split_once(['/', '-']) else { continue };
        let (Ok(start), Ok(end)) = (first.parse::<i32>(), second.parse::<i32>()) else { continue };
        let start = match first.len() {
            4 => start,
            2 => 2_000 + start,
            _ => continue,
        };
        let follows = match second.len() {
            4 => end == start + 1,
            2 => end == (start + 1) % 100,
            _ => false,
        };
        if follows && (1990..=2100).contains(&start) {
            found.push(start);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn years_are_found_in_titles() {
        for (title, years) in [
            ("Performance report 2023/24, quarter 2", vec![2023]),
            ("Results 2023-24 and 2022-23", vec![2023, 2022]),
            ("April 2023 to 2024", vec![2023]),
            ("23/24 outturn", vec![2023]),
            ("Printed 12/05/2023", vec![]),
            ("2023/25 plan", vec![]),
            ("As at 2023", vec![]),
        ] {
            assert_eq!(pairs(title), years, "{title}");
        }
    }
}
