//! Return templates.

use exporters::template::{Stamp, Template, TemplateRow, fingerprint, is_signed, render_template, row_fingerprint, sign};
use rules::measure::{Absence, Polarity};
use rules::period::Period;
use rules::status::{Thresholds, Wanted};
use rules::workbook::RETURN;

use crate::checker;
use crate::opened::Opened;
use crate::sample::{at, day, dec};

pub const KEY: &[u8] = b"a key of the council";

pub fn row(code: &str, title: &str, unit: &str, decimals: u32) -> TemplateRow {
    TemplateRow {
        indicator_id: format!("0190f5fe-0000-7000-8000-0000000000{}", code.len()),
        code: code.to_owned(),
        title: title.to_owned(),
        definition: format!("{title} in the quarter."),
        definition_version: 1,
        period: Period::quarter(2023, 2).unwrap(),
        unit: unit.to_owned(),
        decimals,
        polarity: Polarity::HigherIsBetter,
        thresholds: Thresholds { target: Some(dec("85")), intervention: Some(dec("80")), ..Thresholds::default() },
        wanted: Some(Wanted { from: Some(dec("85")), to: None, below: false }),
        minimum: None,
        maximum: None,
        numerator: None,
        denominator: None,
        multiplier: dec("1"),
        previous: Some(Ok(dec("81"))),
        held: None,
        earlier: vec![
            (Period::quarter(2022, 4).unwrap(), Ok(dec("79.04"))),
            (Period::quarter(2022, 3).unwrap(), Err(Absence::NotCollected)),
        ],
        forecast: None,
        year_target: None,
    }
}

pub fn template() -> Template {
    let recycling = TemplateRow {
        numerator: Some("Tonnes recycled".to_owned()),
        denominator: Some("Tonnes collected".to_owned()),
        multiplier: dec("100"),
        maximum: Some(dec("100")),
        ..row("EN01", "Household waste recycled", "Per cent", 1)
    };
    let missed = TemplateRow {
        polarity: Polarity::LowerIsBetter,
        wanted: Some(Wanted { from: None, to: Some(dec("85")), below: false }),
        previous: Some(Err(Absence::NotAvailable)),
        ..row("EN02", "Missed bins", "Number", 0)
    };
    let cost = TemplateRow {
        thresholds: Thresholds::default(),
        wanted: None,
        previous: None,
        earlier: Vec::new(),
        ..row("EN03", "=Cost of a collection", "Pounds", 2)
    };
    let yes = TemplateRow {
        polarity: Polarity::None,
        thresholds: Thresholds::default(),
        wanted: None,
        ..row("EN04", "Policy in date", "Yes or no", 0)
    };
    Template {
        council_id: "0190f5fe-0000-7000-8000-000000000001".to_owned(),
        council_code: "exampleshire".to_owned(),
        council: "Exampleshire County Council".to_owned(),
        element_id: "0190f5fe-0000-7000-8000-000000000002".to_owned(),
        element_code: "WASTE".to_owned(),
        element: "Waste and Street Scene".to_owned(),
        period: Period::quarter(2023, 2).unwrap(),
        framework: "Corporate Performance Framework".to_owned(),
        edition: "2023/24".to_owned(),
        issue: 2,
        issued_at: at("2023-10-03T08:00:00Z"),
        due_on: Some(day("2023-10-20")),
        contact: "performance@exampleshire.example".to_owned(),
        language: exporters::Language::english(),
        rows: vec![recycling, missed, cost, yes],
    }
}

fn opened() -> Opened {
    let bytes = render_template(&template(), KEY).unwrap();
    checker::save("return-waste-and-street-scene.xlsx", &bytes);
    Opened::new(bytes)
}

#[test]
fn the_return_sheet_has_the_headings_the_import_looks_for() {
    let mut opened = opened();
    assert_eq!(opened.sheets(), ["Start here", "Return", "Lists", "_template"]);
    let headings: Vec<&str> = RETURN.columns.iter().map(|c| c.heading).collect();
    assert!(opened.rows("Return").iter().any(|row| *row == headings));
    let first: Vec<String> = opened.row("Return", "EN01").into_iter().map(|(_, value)| value).collect();
    assert_eq!(
        first,
        [
            "EN01",
            "Household waste recycled",
            "Household waste recycled in the quarter. Numerator: Tonnes recycled. Denominator: Tonnes collected.",
            "2023/24 Q2",
            "Per cent",
            "Higher",
            "0.85",
            "0.8",
            "0.81",
            "2022/23 Q4: 79.0%\n2022/23 Q3: Not collected",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "Result needed"
        ]
    );
    assert_eq!(opened.cell("Return", "EN02", "Previous result"), "[x]");
    assert_eq!(opened.cell("Return", "EN02", "Numerator (you fill in)"), "", "locked, as it is not asked for");
    assert_eq!(opened.cell("Return", "EN03", "Indicator"), "=Cost of a collection");
}

#[test]
fn the_fingerprint_is_carried_four_ways_and_the_keys_are_very_hidden() {
    let mut opened = opened();
    let stamp = Stamp::of(&template(), KEY);
    assert_eq!(stamp.fingerprint, fingerprint(&template()));
    assert!(opened.part("docProps/custom.xml").contains(&format!("name=\"return_fingerprint\"><vt:lpwstr>{}<", stamp.fingerprint)));
    let workbook = opened.part("xl/workbook.xml");
    assert!(workbook.contains("name=\"_template\" sheetId=\"4\" state=\"veryHidden\""), "{workbook}");
    let names = format!("<definedName name=\"return_fingerprint\">\"{}\"</definedName>", stamp.fingerprint);
    assert!(workbook.contains(&names) || workbook.contains(&names.replace('"', "&quot;")), "{workbook}");
    let last = opened.column_a("Start here").lines().last().unwrap().to_owned();
    assert_eq!(last.strip_prefix("Template code: ").unwrap().replace('-', ""), stamp.fingerprint);
    let keys = opened.rows("_template");
    assert_eq!(keys[0][..2], ["schema", "return/1"]);
    assert_eq!(keys[5][..2], ["period", "2023/24 Q2"]);
    assert_eq!(keys[7][..2], ["issue", "2"]);
    assert_eq!(keys[9][..2], ["fingerprint", stamp.fingerprint.as_str()]);
    assert_eq!(keys[10][..2], ["signature", sign(KEY, &stamp.fingerprint, 2).as_str()]);
    assert_eq!(keys[11][0], "EN01 2023/24 Q2");
    assert_eq!(keys[11][2], row_fingerprint(&template().rows[0]));
    assert_eq!(keys.len(), 15);
    assert!(is_signed(KEY, &stamp.fingerprint, 2, &keys[10][1]));
}

#[test]
fn a_changed_target_changes_the_fingerprint_of_its_row_alone() {
    let before = template();
    let mut after = template();
    after.rows[1].thresholds.target = Some(dec("60"));
    after.issue = 3;
    assert_ne!(fingerprint(&before), fingerprint(&after));
    let changed: Vec<bool> = before.rows.iter().zip(&after.rows).map(|(b, a)| row_fingerprint(b) != row_fingerprint(a)).collect();
    assert_eq!(changed, [false, true, false, false]);
    // The same figure with other zeros behind it is the same figure, and another wording of the title asks the same.
    let mut same = template();
    same.rows[0].thresholds.target = Some(dec("85.00"));
    same.rows[0].title = "Recycling".to_owned();
    assert_eq!(fingerprint(&before), fingerprint(&same));
}

#[test]
fn cells_to_fill_in_are_open_the_others_locked_and_the_check_says_what_is_wanted() {
    let opened = opened();
    let sheet = opened.part("xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<sheetProtection sheet=\"1\""), "{}", &sheet[..2000]);
    assert!(!sheet.contains("password"));
    assert!(sheet.contains("<v>Result needed</v>"));
    assert!(sheet.contains("&apos;Lists&apos;!$B$") || sheet.contains("'Lists'!$B$"));
    assert!(sheet.contains("state=\"frozen\""));
}

#[test]
fn equal_templates_are_equal_to_the_byte() {
    assert_eq!(render_template(&template(), KEY).unwrap(), render_template(&template(), KEY).unwrap());
    assert_eq!(template().file_name(), "return-waste-and-street-scene-july-to-september-2023.xlsx");
}

#[test]
fn a_template_without_rows_or_with_odd_text_is_still_made() {
    let mut odd = template();
    odd.rows.clear();
    render_template(&odd, &[]).unwrap();
    let mut odd = template();
    odd.element = "\u{2}&".repeat(400);
    odd.rows[0].definition = "word ".repeat(9_000);
    odd.rows[0].minimum = Some(rust_decimal::Decimal::MAX);
    odd.rows[1].unit = "£".repeat(300);
    Opened::new(render_template(&odd, &[0; 500]).unwrap());
}

#[test]
fn a_template_keeps_every_rule_but_those_of_a_publication() {
    // A form to be filled in on a screen. It says by itself what is still wanted (K04), has a sheet to start from and no
    // contents (S03, S04), hides the keys of its machine (S08), locks what is not to be filled in (S21), leaves the cells
    // that are blank (T04), and is as wide as what it asks for, on paper of twice the size (P01, P06).
    let excepted = ["K04", "S03", "S04", "S08", "S21", "T04", "P01", "P06"];
    checker::passes_but("return-waste-and-street-scene.xlsx", &render_template(&template(), KEY).unwrap(), &excepted);
}
