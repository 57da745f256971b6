//! The Check column of a return, worked out by LibreOffice: its words for every kind of answer, polarity and unit.

use std::io::{Cursor, Read, Write};

use exporters::Language;
use exporters::template::{TemplateRow, render_template};
use rules::measure::{Polarity, Purpose};
use rules::status::{Shape, Thresholds, Wanted, bands_from_words};

use crate::office;
use crate::opened::Opened;
use crate::sample::dec;
use crate::template::{KEY, row, template};

/// What is typed into a cell.
#[derive(Debug, Clone, Copy)]
enum Typed {
    Figure(f64),
    Words(&'static str),
}
use Typed::{Figure, Words};

const RESULT: char = 'M';
const WHY: char = 'N';
const COMMENTARY: char = 'P';
const ACTION: char = 'Q';
const OWNER: char = 'R';
const DUE: char = 'S';
const FORECAST: char = 'T';
/// The sheet's row of the first figure asked for.
const FIRST: usize = 8;

/// One row, what is typed into it, and what the Check column is to say of it.
struct Case {
    row: TemplateRow,
    typed: Vec<(char, Typed)>,
    says: &'static str,
}

fn wanted(shape: &Shape, polarity: Polarity, thresholds: &Thresholds, places: u32) -> Option<Wanted> {
    Wanted::of(shape, polarity, Purpose::Operational, thresholds, places)
}

/// A row judged by its levels.
fn asked(unit: &str, decimals: u32, polarity: Polarity, thresholds: Thresholds) -> TemplateRow {
    let wanted = wanted(&Shape::Levels, polarity, &thresholds, decimals);
    TemplateRow { polarity, thresholds, wanted, ..row("K", "Asked", unit, decimals) }
}

fn target(target: &str) -> Thresholds {
    Thresholds { target: Some(dec(target)), ..Thresholds::default() }
}

fn range(lower: &str, upper: &str) -> Thresholds {
    Thresholds { lower: lower.parse().ok(), upper: upper.parse().ok(), ..Thresholds::default() }
}

/// What can be said of a row with a figure on target and one off it.
fn of_each(row: &TemplateRow, on: Typed, off: Typed) -> Vec<Case> {
    let case = |typed: &[(char, Typed)], says| Case { row: row.clone(), typed: typed.to_vec(), says };
    let why = (COMMENTARY, Words("Two crews short."));
    let action = [(ACTION, Words("Recruit four loaders")), (OWNER, Words("Waste operations manager"))];
    vec![
        case(&[], "Result needed"),
        case(&[(RESULT, on)], "OK"),
        case(&[(RESULT, off)], "Commentary needed"),
        case(&[(RESULT, off), why], "Action, owner and date needed"),
        case(&[(RESULT, off), why, action[0], action[1]], "Action, owner and date needed"),
        case(&[(RESULT, off), why, action[0], action[1], (DUE, Figure(45_291.0))], "OK"),
        case(&[(WHY, Words("Not collected"))], "OK"),
        case(&[why], "Say why there is no result"),
        case(&[(FORECAST, on)], "Say why there is no result"),
        case(&[(RESULT, on), (WHY, Words("Not collected"))], "Give a result or a reason, not both"),
        case(&[(RESULT, Words("about the same"))], "Result is not a figure"),
    ]
}

/// Every polarity and unit kind: the row, a figure on target, one off it.
fn kinds() -> Vec<(TemplateRow, Typed, Typed)> {
    use Polarity::{HigherIsBetter, LowerIsBetter, WithinRange};
    let bands = Shape::Bands { bands: bands_from_words("Red below 50; Green below 80; Red").unwrap() };
    let margin = Shape::ToleranceWithDirection { amber: rules::status::Margin::Percent(dec("10")) };
    let by = |shape: &Shape, row: TemplateRow| TemplateRow { wanted: wanted(shape, row.polarity, &row.thresholds, row.decimals), ..row };
    vec![
        // 84.95% prints as 85.0%, which is the target.
        (asked("Per cent", 1, HigherIsBetter, target("85")), Figure(0.8495), Figure(0.8494)),
        (asked("Per cent", 1, LowerIsBetter, target("5")), Figure(0.05), Figure(0.051)),
        (asked("Per cent", 1, WithinRange, range("40", "50")), Figure(0.4), Figure(0.399)),
        (asked("Per cent", 1, WithinRange, range("40", "50")), Figure(0.5), Figure(0.501)),
        (asked("Number", 0, HigherIsBetter, target("12000")), Figure(12_000.0), Figure(11_999.0)),
        (asked("Number", 0, LowerIsBetter, target("0")), Figure(0.0), Figure(1.0)),
        (asked("Number", 0, WithinRange, range("", "50")), Figure(-3.0), Figure(51.0)),
        (asked("Pounds", 2, LowerIsBetter, target("1204.50")), Figure(1204.5), Figure(1204.51)),
        (asked("£000", 0, WithinRange, range("-200", "")), Figure(-200.0), Figure(-201.0)),
        (asked("Days", 1, LowerIsBetter, target("12.3")), Figure(12.34), Figure(12.36)),
        (asked("Rate per 1,000", 3, HigherIsBetter, target("0.125")), Figure(0.1246), Figure(0.124)),
        (asked("Yes or no", 0, HigherIsBetter, target("1")), Words("Yes"), Words("No")),
        (asked("Yes or no", 0, LowerIsBetter, target("0")), Words("No"), Words("Yes")),
        (by(&bands, asked("Score", 0, HigherIsBetter, Thresholds::default())), Figure(50.0), Figure(80.0)),
        (by(&margin, asked("Weeks", 1, HigherIsBetter, target("80"))), Figure(72.0), Figure(71.9)),
    ]
}

fn others() -> Vec<Case> {
    let case = |row: TemplateRow, typed: &[(char, Typed)], says| Case { row, typed: typed.to_vec(), says };
    let per_cent = || asked("Per cent", 1, Polarity::HigherIsBetter, target("85"));
    let whole = || TemplateRow { minimum: Some(dec("0")), maximum: Some(dec("100")), ..per_cent() };
    let ratio = || TemplateRow {
        numerator: Some("Tonnes recycled".to_owned()),
        denominator: Some("Tonnes collected".to_owned()),
        multiplier: dec("100"),
        ..per_cent()
    };
    let informs = || TemplateRow { wanted: None, polarity: Polarity::None, thresholds: Thresholds::default(), ..per_cent() };
    let held = || TemplateRow { held: Some(dec("81")), ..per_cent() };
    vec![
        // 87.2 pasted into a cell of percentages is 8,720%.
        case(per_cent(), &[(RESULT, Figure(87.2))], "Result looks 100 times too big"),
        case(whole(), &[(RESULT, Figure(5.0))], "Result looks 100 times too big"),
        case(whole(), &[(RESULT, Figure(1.01))], "Result is outside what it can be"),
        case(whole(), &[(RESULT, Figure(-0.01))], "Result is outside what it can be"),
        case(whole(), &[(RESULT, Figure(1.0))], "OK"),
        case(ratio(), &[('K', Figure(850.0)), ('L', Figure(1_000.0))], "OK"),
        case(ratio(), &[('K', Figure(849.0)), ('L', Figure(1_000.0))], "Commentary needed"),
        case(ratio(), &[('K', Figure(85_000.0)), ('L', Figure(1_000.0))], "Result looks 100 times too big"),
        case(ratio(), &[('K', Figure(850.0))], "Result needed"),
        case(ratio(), &[('K', Figure(850.0)), ('L', Figure(0.0))], "Result needed"),
        case(ratio(), &[('K', Figure(100.0)), ('L', Figure(1_000.0)), (RESULT, Figure(0.9))], "OK"),
        case(informs(), &[(RESULT, Figure(0.01))], "OK"),
        case(held(), &[], "Nothing new: the figure held stands"),
        case(held(), &[(RESULT, Figure(0.8))], "Commentary needed"),
    ]
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = kinds().iter().flat_map(|(row, on, off)| of_each(row, *on, *off)).collect();
    cases.extend(others());
    for (n, case) in cases.iter_mut().enumerate() {
        case.row.code = format!("K{n:03}");
    }
    cases
}

/// A template with what was typed into its cells.
fn filled(template: &[u8], typed: &[(String, Typed)]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(template)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        if name == "xl/worksheets/sheet2.xml" {
            for (cell, typed) in typed {
                let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is a cell to fill in"));
                let end = start + xml[start..].find("/>").expect("it is blank") + 2;
                let style = xml[start..end].split("s=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
                let cell = match typed {
                    Figure(figure) => format!("<c r=\"{cell}\" s=\"{style}\"><v>{figure}</v></c>"),
                    Words(words) => format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{words}</t></is></c>"),
                };
                xml.replace_range(start..end, &cell);
            }
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(xml.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// What the Check column says of each case, and what it should.
fn compare(name: &str, language: Language) {
    let cases = cases();
    let mut form = template();
    form.language = language;
    form.rows = cases.iter().map(|case| case.row.clone()).collect();
    let at = |case: usize, column: char| format!("{column}{}", FIRST + case);
    let typed: Vec<(String, Typed)> =
        cases.iter().enumerate().flat_map(|(n, case)| case.typed.iter().map(move |(column, typed)| (at(n, *column), *typed))).collect();
    let bytes = filled(&render_template(&form, KEY).unwrap(), &typed);
    let Some(saved) = office::saved_as(name, &bytes, "xlsx") else { return };
    let mut saved = Opened::new(saved);
    let mut wrong = Vec::new();
    for case in &cases {
        let says = saved.cell("Return", &case.row.code, "Check");
        if says != case.says {
            wrong.push(format!(
                "{} {:?} {:?} {:?}: {says:?}, not {:?}",
                case.row.unit, case.row.polarity, case.row.wanted, case.typed, case.says
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert_eq!(cases.len(), 15 * 11 + 14);
}

#[test]
fn the_check_column_says_the_right_words_for_every_answer_polarity_and_unit() {
    compare("checked", Language::english());
}
