//! Tables as people make them, each made here: merged headings, indicators across, tables side by side, many
//! authorities, and what is asked where a table does not say enough.

use importers::mapping::{ColumnMapping, Mapping, MissingWord, Own, PercentAs, Role, SavedMapping, Settings, TableMapping, Why};
use importers::{Layout, Limits, PeriodContent, Reading, Scale, Severity, read_with};
use rules::measure::Absence;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::common::{places, problem};
use crate::mappings::figures;

pub fn csv(text: &str, settings: &Settings) -> Reading {
    read_with(text.as_bytes(), "figures.csv", &Limits::default(), settings)
}

pub fn plain(text: &str) -> Reading {
    csv(text, &Settings::default())
}

/// A workbook of one sheet.
pub fn sheet(name: &str, fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(name).unwrap();
    fill(sheet);
    book.save_to_buffer().unwrap()
}

pub fn open(bytes: &[u8], settings: &Settings) -> Reading {
    read_with(bytes, "figures.xlsx", &Limits::default(), settings)
}

fn own() -> Own {
    Own { gss_code: Some("E07000011".into()), names: vec!["Huntingdonshire District Council".into(), "E0551".into()] }
}

pub fn for_us() -> Settings {
    Settings { own: Some(own()), ..Settings::default() }
}

pub fn told(table: TableMapping) -> Settings {
    Settings { own: Some(own()), mapping: Some(Mapping { tables: vec![table], missing: Vec::new() }), saved: Vec::new() }
}

pub fn column(heading: &str, role: Role, indicator: Option<&str>) -> ColumnMapping {
    let indicator = indicator.map(str::to_owned);
    ColumnMapping { heading: Some(heading.into()), column: None, role, indicator, period: None, multiplier: None, percent: None }
}

/// Code or name, period and cell of every row.
pub fn says(reading: &Reading) -> Vec<String> {
    let row = |row: &importers::ValueRow| {
        let text = |text: &Option<importers::Text>| text.as_ref().map_or("-", |t| t.text.as_str()).to_owned();
        let period = match row.period.as_ref().map(|p| &p.content) {
            Some(PeriodContent::Text(text)) => text.clone(),
            Some(PeriodContent::Date { date, .. }) => date.to_string(),
            None => "-".into(),
        };
        let cell = row.value.as_ref().map_or("-", |v| v.cell.as_str());
        format!("{} {} {period} {cell}", text(&row.code), text(&row.name))
    };
    reading.values.iter().map(row).collect()
}

pub fn codes(reading: &Reading, severity: Severity) -> Vec<&str> {
    reading.diagnostics.iter().filter(|d| d.severity == severity).map(|d| d.code.as_ref()).collect()
}

#[test]
fn four_merged_heading_rows_are_one_heading_a_column() {
    let bytes = sheet("Results", |sheet| {
        let format = Format::new();
        sheet.write(0, 0, "Corporate scorecard").unwrap();
        sheet.merge_range(2, 0, 5, 0, "Ref", &format).unwrap();
        sheet.merge_range(2, 1, 5, 1, "Indicator", &format).unwrap();
        sheet.merge_range(2, 2, 2, 9, "2023/24", &format).unwrap();
        for (half, name) in ["H1", "H2"].iter().enumerate() {
            let left = 2 + 4 * u16::try_from(half).unwrap();
            sheet.merge_range(3, left, 3, left + 3, name, &format).unwrap();
        }
        for quarter in 0..4_u16 {
            let left = 2 + 2 * quarter;
            sheet.merge_range(4, left, 4, left + 1, &format!("Q{}", quarter + 1), &format).unwrap();
            sheet.write(5, left, "Actual").unwrap();
            sheet.write(5, left + 1, "Target").unwrap();
        }
        for (column, value) in ["WM02", "Missed bins"].iter().enumerate() {
            sheet.write(6, u16::try_from(column).unwrap(), *value).unwrap();
        }
        for quarter in 0..4_u16 {
            sheet.write(6, 2 + 2 * quarter, 100 + quarter).unwrap();
            sheet.write(6, 3 + 2 * quarter, 90).unwrap();
        }
    });
    let reading = open(&bytes, &Settings::default());
    assert_eq!(reading.layout, Some(Layout::Wide));
    assert_eq!(reading.tables[0].heading_rows, (3, 6));
    let expected = [
        "WM02 Missed bins Q1 H1 2023/24 C7",
        "WM02 Missed bins Q2 H1 2023/24 E7",
        "WM02 Missed bins Q3 H2 2023/24 G7",
        "WM02 Missed bins Q4 H2 2023/24 I7",
    ];
    assert_eq!(says(&reading), expected);
    assert_eq!(reading.values[3].target.as_ref().unwrap().cell, "J7");
}

#[test]
fn indicators_across_and_periods_down() {
    let text = "Waste\nPeriod,Missed bins,Fly-tips (£000),Recycled\nQ1 2023/24,412,31,45.1\nQ2 2023/24,398,28,44.9\n";
    let reading = plain(text);
    assert_eq!(reading.layout, Some(Layout::Measures));
    let expected = [
        "- Missed bins Q1 2023/24 B3",
        "- Fly-tips (£000) Q1 2023/24 C3",
        "- Recycled Q1 2023/24 D3",
        "- Missed bins Q2 2023/24 B4",
        "- Fly-tips (£000) Q2 2023/24 C4",
        "- Recycled Q2 2023/24 D4",
    ];
    assert_eq!(says(&reading), expected);
    assert!(reading.values.iter().all(|row| row.from_heading));
    assert_eq!(reading.values[1].name.as_ref().unwrap().cell, "C2");
    assert_eq!(reading.values[1].value.as_ref().unwrap().scale, Some(Scale::Thousands));
    assert_eq!(codes(&reading, Severity::Error), Vec::<&str>::new());
    assert_eq!(places(&reading, "COL-006"), ["B2", "C2", "D2"]);
    let read = &reading.tables[0].columns[1];
    let question = read.question("figures");
    assert_eq!((question.code.as_ref(), question.severity, question.places[0].cell.as_str()), ("COL-005", Severity::Warning, "B2"));
    assert!(question.suggestion.unwrap().contains("column B holds RESULT"));
}

#[test]
fn a_column_of_periods_without_a_heading_is_known_by_its_cells() {
    let reading = plain(",Missed bins,Fly-tips\nApr-23,41,3\nMay-23,39,2\nJun-23,44,5\n");
    assert_eq!(reading.values.len(), 6);
    let period = &reading.tables[0].columns[0];
    assert_eq!((period.role, period.unsure), (Some(Role::Period), true));
}

#[test]
fn indicator_and_period_in_one_heading() {
    let reading = csv(
        "Area Code,Area,CHN1 2010-11,CHN1 2011-12\nE07000011,Huntingdonshire,5,6\nE07000012,South Cambridgeshire,7,8\nE07000008,Cambridge,1,2\n",
        &for_us(),
    );
    assert_eq!(reading.layout, Some(Layout::Benchmark));
    assert_eq!(says(&reading), ["- CHN1 2010-11 C2", "- CHN1 2011-12 D2"]);
    assert_eq!(problem(&reading, "BMK-010").count, 2);
    let stepped: Vec<_> = reading.tables[0].stepped_over.iter().map(|s| (s.why, s.rows, s.first)).collect();
    assert_eq!(stepped, [(Why::OtherAuthority, 2, 3)]);
    assert!(reading.values.iter().all(|row| row.area.is_none()), "the plan needs not ask whose row it is");
}

#[test]
fn one_age_among_ages_is_no_year() {
    let reading = csv(
        "Code,Council,16-17,18-24,25-34\nE07000011,Huntingdonshire,5,6,7\nE07000012,South Cambs,7,8,9\nE07000008,Cambridge,1,2,3\n",
        &for_us(),
    );
    assert_eq!(reading.tables[0].columns[2].period, None);
    assert_eq!(problem(&reading, "PER-038").places.len(), 3);
    assert_eq!(reading.values, Vec::new());
}

#[test]
fn tables_side_by_side_and_below_one_another_are_each_read() {
    let text = "Waste,,,,Housing,,\nRef,Period,Result,,Ref,Period,Result\nWM01,Q1 2023/24,1,,HO01,Q1 2023/24,11\nWM02,Q1 2023/24,2,,HO02,Q1 2023/24,12\n\n\n\
                Ref,Indicator,Q1 2023/24,Q2 2023/24\nST01,Streets,5,6\nST02,Graffiti,7,8\n";
    let reading = plain(text);
    let layouts: Vec<_> = reading.tables.iter().map(|t| (t.layout, t.heading_rows, t.rows, t.figures)).collect();
    let expected =
        [(Layout::Long, (2, 2), Some((3, 4)), 2), (Layout::Long, (2, 2), Some((3, 4)), 2), (Layout::Wide, (7, 7), Some((8, 9)), 4)];
    assert_eq!(layouts, expected);
    let mut found = says(&reading);
    found.sort();
    let expected = [
        "HO01 - Q1 2023/24 G3",
        "HO02 - Q1 2023/24 G4",
        "ST01 Streets Q1 2023/24 C8",
        "ST01 Streets Q2 2023/24 D8",
        "ST02 Graffiti Q1 2023/24 C9",
        "ST02 Graffiti Q2 2023/24 D9",
        "WM01 - Q1 2023/24 C3",
        "WM02 - Q1 2023/24 C4",
    ];
    assert_eq!(found, expected);
    assert_eq!(codes(&reading, Severity::Error), Vec::<&str>::new());
    assert_eq!(codes(&reading, Severity::Warning), Vec::<&str>::new());
}

const AUTHORITIES: &str = "Ref,Period,Council,ONS Code,Result\n\
    WM01,2023/24,*Total,*Total,900\nWM01,2023/24,Cambridge ,E07000008,1\nWM01,2023/24,Huntingdonshire UA,E07000011,2\nWM01,2023/24,East of England,E12000006,30\n\
    WM02,2023/24,Cambridge,E07000008,3\nWM02,2023/24,HUNTINGDONSHIRE,E07000011,4\nWM02,2023/24,England,E92000001,900\n";

#[test]
fn of_many_authorities_our_rows_are_read_and_the_others_counted() {
    let reading = csv(AUTHORITIES, &for_us());
    assert_eq!(says(&reading), ["WM01 - 2023/24 E4", "WM02 - 2023/24 E7"]);
    let stepped: Vec<_> = reading.tables[0].stepped_over.iter().map(|s| (s.why, s.rows, s.first)).collect();
    assert_eq!(stepped, [(Why::Subtotal, 3, 2), (Why::OtherAuthority, 2, 3)]);
    let others = problem(&reading, "BMK-010");
    assert_eq!((others.places[0].cell.as_str(), others.count), ("D3", 2));
    assert!(others.message.starts_with("2 rows are about 1 other authorities"), "{}", others.message);
    // Nobody said whose figures are wanted: everybody's are read, with whose they are.
    let all = plain(AUTHORITIES);
    let areas: Vec<_> = all.values.iter().map(|row| row.area.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(areas, ["Cambridge", "Huntingdonshire UA", "Cambridge", "HUNTINGDONSHIRE"]);
}

#[test]
fn a_table_that_leaves_us_out_says_whom_it_knows() {
    let text = "Ref,Period,Council,ONS Code,Result\nA,2023/24,Huntingtonshire,E07000099,1\nA,2023/24,Devon,E10000008,2\nA,2023/24,Leeds,E08000035,3\n";
    let reading = csv(text, &for_us());
    assert_eq!(reading.values, Vec::new());
    let problem = problem(&reading, "BMK-009");
    assert_eq!((problem.severity, problem.places[0].cell.as_str()), (Severity::Error, "D2"));
    assert!(problem.message.contains("Huntingdonshire District Council (E07000011)"), "{}", problem.message);
    assert!(problem.suggestion.as_ref().unwrap().contains("Huntingtonshire (E07000099)"), "{:?}", problem.suggestion);
}

#[test]
fn name_and_code_that_disagree_are_an_error_of_their_row() {
    let text = "Ref,Period,Council,ONS Code,Result\nA,2023/24,Devon,E07000011,1\nB,2023/24,Huntingdonshire,E07000011,2\nC,2023/24,Huntingdonshire,E10000008,3\n";
    let reading = csv(text, &for_us());
    assert_eq!(says(&reading), ["B - 2023/24 E3"]);
    assert_eq!(places(&reading, "BMK-004"), ["D2", "D4"]);
}

#[test]
fn a_table_of_ours_alone_is_no_benchmark() {
    let text = "Ref,Period,Council,Result\nA,2023/24,Huntingdonshire DC,1\nB,2023/24,Huntingdonshire,2\n";
    let reading = csv(text, &for_us());
    assert_eq!((reading.layout, says(&reading).len()), (Some(Layout::Long), 2));
    assert!(reading.diagnostics.iter().all(|d| !d.code.starts_with("BMK")), "{:?}", reading.diagnostics);
}

#[test]
fn wards_are_no_authorities() {
    let reading = csv("Ref,Period,Ward,Result\nA,2023/24,St Ives,1\nA,2023/24,Ramsey,2\n", &for_us());
    let areas: Vec<_> = reading.values.iter().map(|row| row.area.as_ref().unwrap().text.as_str()).collect();
    assert_eq!((reading.layout, areas), (Some(Layout::Long), vec!["St Ives", "Ramsey"]));
}

#[test]
fn two_tables_of_authorities_below_one_another_are_two() {
    let rows = "E07000008,Cambridge,1,2\nE07000011,Huntingdonshire,3,4\nE10000008,Devon,5,6\n";
    let text = format!("ONS Code,Council,Bins 2023,Trees 2023\n{rows}\nStreets\nONS Code,Council,Lamps 2023,Kerbs 2023\n{rows}");
    let reading = csv(&text, &for_us());
    let expected = ["- Bins 2023 C3", "- Trees 2023 D3", "- Lamps 2023 C9", "- Kerbs 2023 D9"];
    assert_eq!(says(&reading), expected);
}

#[test]
fn tables_side_by_side_that_cannot_be_told_apart_are_said_to_be() {
    let text = "Ref,Period,Result,,Ref,Note\nA,2023/24,1,,B,see above\nC,2023/24,2,,D,none\n";
    let reading = plain(text);
    assert_eq!(says(&reading), ["A - 2023/24 C2", "C - 2023/24 C3"]);
    assert_eq!(places(&reading, "LAY-003"), ["E1"]);
    // A blank column inside one table is only that.
    let reading = plain("Ref,Indicator,,Period,Result\nA,Bins,,2023/24,1\nB,Trees,,2023/24,2\n");
    assert_eq!(says(&reading), ["A Bins 2023/24 E2", "B Trees 2023/24 E3"]);
}

#[test]
fn a_mapping_puts_numerator_and_commentary_beside_the_figure() {
    let text =
        "Council,ONS Code,Rate,Cases,Base,Words\nHuntingdonshire,E07000011,50,1,2,Fine\nDevon,E10000008,3,4,5,x\nLeeds,E08000035,5,6,7,y\n";
    let columns = vec![
        column("Rate", Role::Value, Some("A")),
        column("Cases", Role::Numerator, Some("A")),
        column("Base", Role::Denominator, None),
        column("Words", Role::Commentary, None),
    ];
    let table = TableMapping { period: Some("2023/24".into()), columns, ..TableMapping::default() };
    let reading = csv(text, &told(table));
    let row = &reading.values[0];
    let cell = |raw: &Option<importers::RawCell>| raw.as_ref().unwrap().cell.clone();
    assert_eq!((cell(&row.value), cell(&row.numerator), cell(&row.denominator)), ("C2".into(), "D2".into(), "E2".into()));
    assert_eq!(row.commentary.as_ref().unwrap().text, "Fine");
    assert_eq!(reading.values.len(), 1);
}

#[test]
fn a_kept_mapping_that_knows_neither_sheet_nor_column_takes_no_workbook() {
    let table = TableMapping { indicator: Some("X".into()), ..TableMapping::default() };
    let saved = vec![SavedMapping { name: "anything".into(), mapping: Mapping { tables: vec![table], missing: Vec::new() } }];
    let reading = csv("Ref,Period,Result\nA,2023/24,1\nB,2023/24,2\n", &Settings { saved, ..Settings::default() });
    assert_eq!(says(&reading), ["A - 2023/24 C2", "B - 2023/24 C3"]);
}

#[test]
fn a_row_of_column_numbers_and_a_title_in_thousands() {
    let text = "Revenue Outturn 2017-18\nNet expenditure (£ thousand)\nHide or delete,,,1,2,3,4\n,,,Services,,,\nE-code,ONS Code,Local authority,Highways,Housing,Parks,Other\n\
                E0551,E07000011,Huntingdonshire,-1183,5,6,7\nE1121,E10000008,Devon,1,2,3,4\nE3001,E06000018,City of Nottingham UA,5,6,7,8\n";
    let reading = csv(text, &told(TableMapping { columns: vec![column("Highways", Role::Value, Some("RO2"))], ..TableMapping::default() }));
    assert_eq!(figures(&reading, "Pounds"), ["RO2 Outturn 2017-18 -1183000"]);
    let stepped: Vec<_> = reading.tables[0].stepped_over.iter().map(|s| (s.why, s.first)).collect();
    assert!(stepped.contains(&(Why::ColumnNumbers, 3)), "{stepped:?}");
    assert_eq!(reading.tables[0].multiplier, Some(Scale::Thousands));
}

#[test]
fn how_percentages_are_written_is_the_senders_to_say() {
    let text = "Period,Share one,Share two\n2022/23,0.0827,8.27\n2023/24,0.5,1.2\n";
    let read = |one: Option<PercentAs>, two: Option<PercentAs>| {
        let mut first = column("Share one", Role::Value, Some("A"));
        let mut second = column("Share two", Role::Value, Some("B"));
        (first.percent, second.percent) = (one, two);
        figures(&csv(text, &told(TableMapping { columns: vec![first, second], ..TableMapping::default() })), "Per cent")
    };
    let said = read(Some(PercentAs::Fraction), Some(PercentAs::Points));
    assert_eq!(said, ["A 2022/23 8.27", "B 2022/23 8.27", "A 2023/24 50", "B 2023/24 1.2"]);
    assert_eq!(read(Some(PercentAs::Points), None)[0], "A 2022/23 0.0827");
}

#[test]
fn a_mapping_explains_missing_words_multiplier_period_and_indicator() {
    let text = "Housing\nSomething,Value\nHouseholds,12\nEmpty homes,Refused\n";
    let table = TableMapping {
        heading_rows: Some((2, 2)),
        period: Some("2023/24".into()),
        multiplier: Some(Scale::Thousands),
        columns: vec![column("Something", Role::Name, None), column("Value", Role::Value, None)],
        ..TableMapping::default()
    };
    let missing = vec![MissingWord { word: "refused".into(), means: Absence::NotAvailable }];
    let settings = Settings { own: None, mapping: Some(Mapping { tables: vec![table], missing }), saved: Vec::new() };
    let reading = csv(text, &settings);
    assert_eq!(says(&reading), ["- Households 2023/24 B3", "- Empty homes 2023/24 B4"], "{:?}", reading.diagnostics);
    let cells: Vec<_> = reading.values.iter().map(|row| row.value.as_ref().unwrap()).map(|v| (v.scale, v.missing)).collect();
    assert_eq!(cells, [(Some(Scale::Thousands), None), (Some(Scale::Thousands), Some(Absence::NotAvailable))]);
    assert!(reading.values.iter().all(|row| !row.from_heading), "a name in the row is the row's");
}

#[test]
fn headings_that_fit_two_columns_are_a_question_unless_the_letter_settles_it() {
    let text = "Council,ONS Code,Total,Total\nHuntingdonshire,E07000011,1,2\nDevon,E10000008,3,4\nLeeds,E08000035,5,6\n";
    let table = |letter: Option<&str>| TableMapping {
        period: Some("2023/24".into()),
        columns: vec![ColumnMapping { column: letter.map(str::to_owned), ..column("Total", Role::Value, Some("A")) }],
        ..TableMapping::default()
    };
    let asked = csv(text, &told(table(None)));
    assert_eq!(places(&asked, "MAP-003"), ["C1", "D1"]);
    let settled = csv(text, &told(table(Some("D"))));
    assert_eq!(figures(&settled, "Number"), ["A 2023/24 2"]);
}

#[test]
fn a_mapping_for_no_sheet_of_the_workbook_says_which_there_are() {
    let table = TableMapping { sheet: Some("Returns".into()), ..TableMapping::default() };
    let bytes = sheet("Return", |sheet| {
        sheet.write(0, 0, "Ref").unwrap();
    });
    let reading = open(&bytes, &told(table));
    let problem = problem(&reading, "MAP-001");
    assert_eq!(problem.message, "tables[0].sheet: the workbook has no sheet called \"Returns\".");
    assert!(problem.suggestion.as_ref().unwrap().contains("\"Return\""), "{:?}", problem.suggestion);
    assert!(reading.values.is_empty() && reading.has_errors());
}

#[test]
fn an_impossible_mapping_names_the_part() {
    let columns = vec![
        ColumnMapping { heading: None, column: None, ..column("", Role::Value, None) },
        ColumnMapping { heading: None, column: Some("A1".into()), ..column("", Role::Value, None) },
        column("Ref", Role::Code, None),
        column("Code", Role::Code, None),
        ColumnMapping { period: Some("soon".into()), ..column("Q1", Role::Value, None) },
        ColumnMapping { period: Some("2023/24".into()), ..column("One", Role::Value, Some("A")) },
        ColumnMapping { period: Some("2023/24".into()), ..column("Two", Role::Value, Some("a ")) },
        column("Two", Role::Target, None),
    ];
    let table = TableMapping { heading_rows: Some((0, 1)), last_row: Some(1), columns, ..TableMapping::default() };
    let words = ["..", " .. "].map(|word| MissingWord { word: word.into(), means: Absence::NotAvailable }).to_vec();
    let mapping = Mapping { tables: vec![table], missing: words };
    let paths: Vec<String> = mapping.check().into_iter().map(|problem| problem.path).collect();
    let expected = [
        "tables[0].headingRows",
        "tables[0].lastRow",
        "tables[0].columns[0]",
        "tables[0].columns[1].column",
        "tables[0].columns[4].period",
        "tables[0].columns[3]",
        "tables[0].columns[6]",
        "tables[0].columns[7]",
        "missing[1].word",
    ];
    assert_eq!(paths, expected);
    let too_many = Mapping { tables: vec![TableMapping::default(); 51], ..Mapping::default() };
    assert_eq!(too_many.check()[0].path, "tables");
    let reading = csv("Ref,Period,Result\nA,2023/24,1\n", &Settings { mapping: Some(mapping), ..Settings::default() });
    assert_eq!(codes(&reading, Severity::Error), ["MAP-004"; 9]);
}

#[test]
fn the_kept_mapping_that_fits_wholly_is_used_and_others_are_not() {
    let text = "Council,ONS Code,Alpha,Beta\nHuntingdonshire,E07000011,1,2\nDevon,E10000008,3,4\nLeeds,E08000035,5,6\n";
    let saved = |name: &str, headings: &[&str]| {
        let columns = headings.iter().map(|heading| column(heading, Role::Value, Some(heading))).collect();
        let table = TableMapping { period: Some("2023/24".into()), columns, ..TableMapping::default() };
        SavedMapping { name: name.into(), mapping: Mapping { tables: vec![table], missing: Vec::new() } }
    };
    let kept = vec![saved("other", &["Gamma", "Delta"]), saved("half", &["Alpha", "Gamma"]), saved("whole", &["beta", "Alpha [note 1]"])];
    let reading = csv(text, &Settings { own: Some(own()), mapping: None, saved: kept.clone() });
    assert_eq!(reading.tables[0].mapping.as_deref(), Some("whole"));
    assert_eq!(figures(&reading, "Number"), ["Alpha [note 1] 2023/24 1", "beta 2023/24 2"]);
    assert!(problem(&reading, "MAP-005").message.contains("\"whole\""));
    let reading = csv(text, &Settings { own: Some(own()), mapping: None, saved: kept[..2].to_vec() });
    let hint = problem(&reading, "MAP-006");
    assert_eq!((reading.tables[0].mapping.as_deref(), hint.severity), (None, Severity::Warning));
    assert!(hint.message.contains("\"half\"") && hint.message.contains("\"Gamma\""), "{}", hint.message);
    let reading = csv("Ref,Period,Result\nA,2023/24,1\n", &Settings { own: Some(own()), mapping: None, saved: kept });
    assert_eq!((reading.tables[0].mapping.as_deref(), reading.values.len()), (None, 1));
}

#[test]
fn what_was_taken_can_be_sent_back_as_a_mapping() {
    let text = "\"England, 2023/24\"\nCouncil,ONS Code,Missed bins,Fly-tips (£000)\nHuntingdonshire,E07000011,1,2\nDevon,E10000008,3,4\nLeeds,E08000035,5,6\n";
    let first = csv(text, &for_us());
    let mut table = first.tables[0].as_mapping();
    assert_eq!((first.tables[0].period.as_deref(), &table.period), (Some("2023/24"), &None), "the title says it");
    for column in table.columns.iter_mut().filter(|c| c.role == Role::Value) {
        column.indicator = column.column.clone();
    }
    let again = csv(text, &told(table));
    assert_eq!(figures(&again, "Number"), ["C 2023/24 1", "D 2023/24 2000"]);
    assert_eq!(codes(&again, Severity::Error), Vec::<&str>::new());
}

#[test]
fn a_table_that_lacks_its_figures_is_shown_to_be_corrected() {
    let text = "Ref,Period,Mean of all\nA,2023/24,1\nB,2023/24,2\n";
    let reading = plain(text);
    assert_eq!((reading.values.len(), problem(&reading, "COL-003").expected.as_deref()), (0, Some("Result")));
    let mut table = reading.tables[0].as_mapping();
    assert_eq!((reading.tables[0].figures, table.columns.len()), (0, 2));
    table.columns.push(column("Mean of all", Role::Value, None));
    let settings = Settings { mapping: Some(Mapping { tables: vec![table], missing: Vec::new() }), ..Settings::default() };
    assert_eq!(says(&csv(text, &settings)), ["A - 2023/24 C2", "B - 2023/24 C3"]);
}

#[test]
fn an_example_row_is_stepped_over() {
    let reading = plain("Ref,Indicator,Period,Result\n0,Example of how to fill this in,2023/24,1\nA,Bins,2023/24,2\nB,Trees,2023/24,3\n");
    assert_eq!(says(&reading), ["A Bins 2023/24 D3", "B Trees 2023/24 D4"]);
    assert_eq!(places(&reading, "STR-008"), ["A2"]);
}
