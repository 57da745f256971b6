//! Published workbooks read with a mapping: the figures of three councils come out exactly. The figures expected here
//! were read off the sheets by eye. The workbooks are not part of the repository; where they are absent, this says so.
//! The homelessness edition of July to September 2025 is not among them.

use importers::figure::{Expected, interpret};
use importers::mapping::{Mapping, Own, SavedMapping, Settings};
use importers::{Limits, PeriodContent, Reading, Severity, read_with};

use crate::common::fixture;

/// A published workbook; none where the folder is absent.
pub fn published(name: &str) -> Option<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/workbooks");
    let bytes = std::fs::read(folder.join(name)).ok();
    if bytes.is_none() {
        println!("{name} is not in {}: nothing was read", folder.display());
    }
    bytes
}

pub fn mapping(name: &str) -> Mapping {
    let mapping: Mapping = serde_json::from_slice(&fixture(&format!("mappings/{name}.json"))).unwrap();
    assert_eq!(mapping.check(), Vec::new(), "{name}");
    mapping
}

pub fn own(code: &str, name: &str) -> Own {
    Own { gss_code: Some(code.to_owned()), names: vec![name.to_owned()] }
}

fn huntingdonshire() -> Own {
    own("E07000011", "Huntingdonshire District Council")
}

fn nottingham() -> Own {
    own("E06000018", "Nottingham City Council")
}

fn devon() -> Own {
    own("E10000008", "Devon County Council")
}

fn read(file: &str, bytes: &[u8], own: Own, mapping: Option<Mapping>) -> Reading {
    read_with(bytes, file, &Limits::default(), &Settings { own: Some(own), mapping, saved: Vec::new() })
}

/// Code, period and figure of every row, in the unit given.
pub fn figures(reading: &Reading, unit: &str) -> Vec<String> {
    let row = |row: &importers::ValueRow| {
        let period = match &row.period.as_ref().unwrap().content {
            PeriodContent::Text(text) => text.clone(),
            PeriodContent::Date { date, .. } => date.to_string(),
        };
        let figure = interpret(row.value.as_ref().unwrap(), &row.sheet, &Expected { unit, ..Expected::default() }).0;
        let figure = figure.value.map(|v| v.to_string()).or(figure.absence.map(|a| a.code().to_owned()));
        format!("{} {period} {}", row.code.as_ref().unwrap().text, figure.unwrap_or_else(|| "-".into()))
    };
    reading.values.iter().map(row).collect()
}

fn errors(reading: &Reading) -> Vec<String> {
    let errors = reading.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| format!("{} {} {}", d.code, d.places[0].cell, d.message)).collect()
}

#[test]
fn fly_tipping_of_ten_years() {
    let file = "defra_flytipping_incidents_actions.xlsx";
    let Some(bytes) = published(file) else { return };
    let reading = read(file, &bytes, huntingdonshire(), Some(mapping("fly-tipping")));
    assert_eq!(errors(&reading), Vec::<String>::new());
    let incidents: Vec<String> = figures(&reading, "Number").into_iter().filter(|f| f.starts_with("FLY1")).collect();
    let expected = [
        "FLY1 2012-13 352",
        "FLY1 2013-14 367",
        "FLY1 2014-15 499",
        "FLY1 2015-16 640",
        "FLY1 2016-17 692",
        "FLY1 2017-18 683",
        "FLY1 2018-19 1072",
        "FLY1 2019-20 542",
        "FLY1 2020-21 2351",
        "FLY1 2021-22 1247",
    ];
    assert_eq!(incidents, expected);
    assert_eq!(reading.values.len(), 20);
    assert_eq!(reading.values[0].value.as_ref().unwrap().cell, "E147");
}

#[test]
fn homelessness_of_a_quarter_whose_period_stands_in_the_sheets_name() {
    let file = "mhclg_homelessness_DetailedLA_201806.xlsx";
    let Some(bytes) = published(file) else { return };
    let reading = read(file, &bytes, huntingdonshire(), Some(mapping("homelessness")));
    assert_eq!(errors(&reading), Vec::<String>::new());
    assert_eq!(figures(&reading, "Number"), ["HL1 Apr-Jun 18 218", "HL2 Apr-Jun 18 214", "HL3 Apr-Jun 18 130", "HL4 Apr-Jun 18 84"]);
    let reading = read(file, &bytes, nottingham(), Some(mapping("homelessness")));
    assert_eq!(figures(&reading, "Number"), ["HL1 Apr-Jun 18 699", "HL2 Apr-Jun 18 628", "HL3 Apr-Jun 18 406", "HL4 Apr-Jun 18 222"]);
    let reading = read(file, &bytes, devon(), Some(mapping("homelessness")));
    assert_eq!(errors(&reading).len(), 1, "{:?}", errors(&reading));
    assert!(errors(&reading)[0].starts_with("BMK-009 A20 "), "{:?}", errors(&reading));
}

#[test]
fn a_later_edition_is_read_with_the_mapping_of_an_earlier_and_says_what_it_no_longer_finds() {
    for file in ["mhclg_homelessness_Detailed_LA_202303.xlsx", "mhclg_homelessness_Detailed_LA_202303.ods"] {
        let Some(bytes) = published(file) else { return };
        let reading = read(file, &bytes, nottingham(), Some(mapping("homelessness")));
        assert_eq!(figures(&reading, "Number"), ["HL1 January to March 2023 666", "HL4 January to March 2023 375"], "{file}");
        let lost = |at: usize, heading: &str| format!("MAP-002 A7 tables[0].columns[{at}]: no column of this table is headed {heading:?}.");
        let expected = [lost(1, "Assessed as owed a duty | Total"), lost(2, "Threatened with homelessness - Prevention duty owed")];
        assert_eq!(errors(&reading), expected, "{file}");
        let advice: Vec<_> = reading.diagnostics.iter().filter(|d| d.code == "MAP-002").filter_map(|d| d.suggestion.clone()).collect();
        assert!(advice[0].contains("Assessed as owed a duty | Total owed a prevention or relief duty"), "{advice:?}");
        assert!(advice[1].contains("Threatened with homelessness within 56 days"), "{advice:?}");
        // A kept one that is not found whole is not used, and says what is not found.
        let saved = vec![SavedMapping { name: "Homelessness".into(), mapping: mapping("homelessness") }];
        let settings = Settings { own: Some(nottingham()), mapping: None, saved };
        let reading = read_with(&bytes, file, &Limits::default(), &settings);
        assert!(reading.tables.iter().all(|table| table.mapping.is_none()));
        let hint = reading.diagnostics.iter().find(|d| d.code == "MAP-006").unwrap();
        assert!(expected.iter().all(|lost| hint.message.contains(lost.trim_start_matches("MAP-002 A7 "))), "{}", hint.message);
    }
}

#[test]
fn rough_sleeping_of_twelve_autumns() {
    let file = "dluhc_rough_sleeping.xlsx";
    let Some(bytes) = published(file) else { return };
    for (own, series) in
        [(huntingdonshire(), [1, 2, 2, 1, 3, 2, 3, 4, 5, 4, 8, 7, 4]), (nottingham(), [3, 10, 7, 9, 9, 14, 35, 43, 34, 30, 31, 23, 27])]
    {
        let reading = read(file, &bytes, own, Some(mapping("rough-sleeping")));
        assert_eq!(errors(&reading), Vec::<String>::new());
        let expected: Vec<String> = (2010..=2022).zip(series).map(|(year, figure)| format!("RS1 {year} {figure}")).collect();
        assert_eq!(figures(&reading, "Number"), expected);
    }
}

#[test]
fn revenue_outturn_in_thousands_of_pounds() {
    let file = "mhclg_RS_2017-18_data_by_LA.xlsx";
    let Some(bytes) = published(file) else { return };
    let reading = read(file, &bytes, huntingdonshire(), Some(mapping("revenue-outturn")));
    assert_eq!(errors(&reading), Vec::<String>::new());
    assert_eq!(figures(&reading, "Pounds"), ["RO1 2017-18 0", "RO2 2017-18 -1183000"]);
    let reading = read(file, &bytes, nottingham(), Some(mapping("revenue-outturn")));
    assert_eq!(figures(&reading, "Pounds"), ["RO1 2017-18 125268000", "RO2 2017-18 35539000"]);
    // Twelve digits are kept of a figure with the noise of a calculation.
    let reading = read(file, &bytes, devon(), Some(mapping("revenue-outturn")));
    assert_eq!(figures(&reading, "Pounds"), ["RO1 2017-18 368607852.523", "RO2 2017-18 48613455.4267"]);
}

#[test]
fn revenue_outturn_of_an_edition_without_statisticians_codes() {
    let file = "mhclg_RS_2010-11_by_LA_27-Nov-2012-v2.xls";
    let Some(bytes) = published(file) else { return };
    for (own, figure) in [(huntingdonshire(), 836_000), (nottingham(), 38_956_000), (devon(), 66_970_000)] {
        let reading = read(file, &bytes, own, Some(mapping("revenue-outturn-2010")));
        assert_eq!(errors(&reading), Vec::<String>::new());
        assert_eq!(figures(&reading, "Pounds"), [format!("RO2 2010-11 {figure}")]);
    }
}

#[test]
fn carers_quality_of_life_needs_no_mapping() {
    let file = "oflog_ASC_data.csv";
    let Some(bytes) = published(file) else { return };
    for (own, first, last) in [(devon(), "7.3", "7"), (nottingham(), "7.7", "6.9")] {
        let reading = read(file, &bytes, own, None);
        let of_asc1: Vec<String> = figures(&reading, "Score").into_iter().filter(|f| f.starts_with("ASC1 ")).collect();
        assert_eq!(of_asc1.first(), Some(&format!("ASC1 2016-17 {first}")), "{of_asc1:?}");
        assert_eq!(of_asc1.last(), Some(&format!("ASC1 2021-22 {last}")), "{of_asc1:?}");
    }
}
