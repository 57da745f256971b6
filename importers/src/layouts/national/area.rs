//! Whose figures a row is: an authority's, a region's, another body's, or a total.

use super::table::Columns;
use crate::address::Place;
use crate::benchmark::{AreaKind, AreaMet};
use crate::layouts::areas::{is_authority_code, is_code, is_nation_or_total, is_placeholder, is_region_code};
use crate::row::Text;
use crate::sheet::{Row, Sheet};
use crate::words::place_key;

/// Bodies without a code, by what they are called.
const BODIES: &[&str] = &["police", "fire", "rescue", "park", "combined", "crime", "waste", "transport", "passenger"];

/// The area of a row; none where it names none.
pub(super) fn of(table: &Columns, sheet: &Sheet, row: &Row) -> Option<AreaMet> {
    let words = |column: Option<u32>| row.cell(column?).filter(|cell| !cell.is_blank())?.words(row.index);
    let meant = |column: Option<u32>| words(column).filter(|text| !is_placeholder(&text.text));
    let code = meant(table.areas.code);
    let (mut name, register_code) = (meant(table.areas.name), meant(table.areas.other_code));
    let first = [table.areas.code, table.areas.name, table.areas.other_code].into_iter().flatten().min().unwrap_or_default();
    let place = words(table.areas.code).or_else(|| words(table.areas.name)).or_else(|| words(table.areas.other_code));
    let place = place.map_or_else(|| sheet.place(row.index, first), |text| Place::new(sheet.name.clone(), text.cell));
    if code.is_none() && name.is_none() && register_code.is_none() {
        // An authority somebody forgot to name is not its region: a mark or a column must say that a region is meant.
        let marked = words(table.areas.code).or_else(|| words(table.areas.name)).is_some();
        let level = words(table.level).map(|text| text.text.to_lowercase()).unwrap_or_default();
        if !marked && !["region", "nation", "country"].iter().any(|word| level.contains(word)) {
            return None;
        }
        // `--- | --- | East Midlands | E12000004`: only the columns beside say which region or nation it is.
        let named = |(code, name): (Option<u32>, Option<u32>)| (meant(code).filter(|text| is_code(&text.text)), words(name));
        let found = table.beside.map(named).into_iter().find(|(code, name)| code.is_some() || name.is_some());
        let (code, beside) = found.unwrap_or_default();
        name = beside.map(without_total);
        let kind = match (&code, &name) {
            (Some(code), _) if is_region_code(&code.text) => AreaKind::Region,
            (_, Some(name)) => of_name(&name.text).unwrap_or(AreaKind::Total),
            _ => AreaKind::Total,
        };
        return Some(AreaMet { kind, code, name, register_code: None, place, figures: 0 });
    }
    // What stands among codes and is none is kept as it is written: the register says what is wrong with it.
    let kind = match &code {
        Some(code) if is_authority_code(&code.text) => AreaKind::Authority,
        Some(code) if is_region_code(&code.text) => AreaKind::Region,
        Some(code) if is_code(&code.text) => AreaKind::Other,
        _ => name.as_ref().and_then(|name| of_name(&name.text)).unwrap_or(AreaKind::Authority),
    };
    Some(AreaMet { kind, code, name, register_code, place, figures: 0 })
}

/// What a name without a code says; none for what may be an authority.
fn of_name(name: &str) -> Option<AreaKind> {
    const REGIONS: [&str; 22] = [
        "england",
        "wales",
        "scotland",
        "northern ireland",
        "united kingdom",
        "uk",
        "great britain",
        "england and wales",
        "london",
        "inner london",
        "outer london",
        "north east",
        "north west",
        "yorkshire and humber",
        "east midlands",
        "west midlands",
        "east of england",
        "east",
        "eastern",
        "south east",
        "south west",
        "total england",
    ];
    let key = place_key(name);
    if REGIONS.contains(&key.as_str()) {
        return Some(AreaKind::Region);
    }
    if is_nation_or_total(&key) {
        return Some(AreaKind::Total);
    }
    key.split(' ').any(|word| BODIES.contains(&word)).then_some(AreaKind::Other)
}

/// `*Total England` is England.
fn without_total(text: Text) -> Text {
    let bare = text.text.trim_start_matches('*').trim_start();
    let rest = bare.get(..6).filter(|start| start.eq_ignore_ascii_case("total ")).and_then(|_| bare.get(6..));
    Text { text: rest.unwrap_or(bare).to_owned(), ..text }
}

/// What tells an area from the others of a file.
pub(super) fn key(met: &AreaMet) -> String {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.text.clone()).unwrap_or_default();
    format!("{}\u{1}{}\u{1}{}\u{1}{}", text(&met.code).to_uppercase(), text(&met.name), text(&met.register_code), met.kind.code())
}
