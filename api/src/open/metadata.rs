//! What the tables are, as CSV on the Web says it (<https://www.w3.org/TR/tabular-metadata/>).

use serde_json::{Value, json};

use super::store::Published;
use super::tables::{COLUMNS, Table};
use crate::error::{ContextExt, Result};

/// The metadata of a council's tables: that of all indicators, and one of each that has published figures.
pub fn of(council: &entity::council::Model, latest: &[Published]) -> Result<Table> {
    let columns: Vec<Value> = COLUMNS
        .iter()
        .map(|column| {
            let mut said =
                json!({ "name": column.name, "titles": column.heading, "dc:description": column.meaning, "datatype": column.datatype });
            if column.datatype == "date" {
                said["datatype"] = json!({ "base": "date", "format": "yyyy-MM-dd" });
            }
            said
        })
        .collect();
    let schema = |key: &[&str]| json!({ "columns": columns, "primaryKey": key });
    let mut tables = vec![json!({
        "url": "indicators.csv",
        "dc:title": format!("The latest published figure of each indicator of {}", council.name),
        "tableSchema": schema(&["ref"]),
    })];
    tables.extend(latest.iter().map(|row| {
        json!({
            "url": format!("indicators/{}.csv", in_address(&row.code)),
            "dc:title": format!("{}: {}", row.code, row.title),
            "tableSchema": schema(&["ref", "periodStart", "periodEnd"]),
        })
    }));
    let said = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dc:title": format!("Performance indicators of {}", council.name),
        "dc:publisher": council.name,
        "dialect": { "encoding": "utf-8", "header": true, "lineTerminators": ["\r\n"] },
        "tables": tables,
    });
    let body = serde_json::to_vec(&said).context("writing metadata")?;
    Ok(Table { content_type: "application/csvm+json; charset=utf-8", described_by: None, body })
}

/// A ref as a part of an address: what is neither letter, digit, dot nor dash is encoded.
fn in_address(code: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'~');
    code.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn refs_with_slashes_have_addresses_of_their_own() {
        assert_eq!(super::in_address("WM01"), "WM01");
        assert_eq!(super::in_address("CH/1.1"), "CH%2F1.1");
        assert_eq!(super::in_address("É 1"), "%C3%89%201");
    }
}
