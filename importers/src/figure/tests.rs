//! Each row of the tables of values, formulas and errors (spreadsheets.md §4.5), with its code.

use super::*;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn cell(content: Content) -> RawCell {
    RawCell {
        cell: "F14".to_owned(),
        content,
        percent: Some(false),
        number_format: None,
        formula: None,
        uncached: false,
        struck: false,
        scale: None,
        percent_as: None,
        missing: None,
    }
}

fn text(text: &str) -> RawCell {
    cell(Content::Text(text.to_owned()))
}

fn number(n: &str) -> RawCell {
    cell(Content::Number(dec(n)))
}

fn percent(n: &str) -> RawCell {
    RawCell { percent: Some(true), ..number(n) }
}

fn read(cell: &RawCell, expected: &Expected<'_>) -> (Figure, Vec<String>) {
    let (figure, problems) = interpret(cell, "Waste", expected);
    assert!(problems.iter().all(|p| p.places == [Place::new("Waste", "F14")]), "{problems:?}");
    (figure, problems.iter().map(|p| format!("{} {}", p.severity, p.code)).collect())
}

/// The value and the codes.
fn value(cell: &RawCell, unit: &str) -> (Option<String>, Vec<String>) {
    let expected = Expected { unit, maximum: Some(Decimal::ONE_HUNDRED).filter(|_| unit == "Per cent"), ..Expected::default() };
    let (figure, codes) = read(cell, &expected);
    (figure.value.map(|v| v.to_string()), codes)
}

fn is(cell: &RawCell, unit: &str, expected: &str, codes: &[&str]) {
    let codes: Vec<String> = codes.iter().map(|c| (*c).to_owned()).collect();
    assert_eq!(value(cell, unit), (Some(expected.to_owned()), codes), "{:?} as {unit}", cell.content);
}

fn refused(cell: &RawCell, unit: &str, code: &str) {
    assert_eq!(value(cell, unit), (None, vec![format!("ERROR {code}")]), "{:?} as {unit}", cell.content);
    let (_, problems) = interpret(cell, "Waste", &Expected { unit, ..Expected::default() });
    assert!(problems[0].suggestion.is_some() && problems[0].seen.is_some());
}

fn absent(cell: &RawCell, absence: Absence, codes: &[&str]) {
    let (figure, found) = read(cell, &Expected { unit: "Number", ..Expected::default() });
    assert_eq!((figure.value, figure.absence), (None, Some(absence)), "{:?}", cell.content);
    assert_eq!(found, codes, "{:?}", cell.content);
}

#[test]
fn percentages_are_what_the_sender_sees() {
    is(&percent("0.872"), "Per cent", "87.2", &[]);
    is(&number("87.2"), "Per cent", "87.2", &[]);
    let literal = RawCell { number_format: Some("0.0\"%\"".into()), ..number("87.2") };
    is(&literal, "Per cent", "87.2", &[]);
    for typed in ["87.2%", "87.2 %", " 87.2% "] {
        is(&text(typed), "Per cent", "87.2", &["INFO VAL-001"]);
    }
    is(&number("0"), "Per cent", "0", &[]);
    // 112% of at most 100 is possible to read; that it cannot be is VAL-030, which `rules::checks` asks.
    is(&percent("1.12"), "Per cent", "112", &[]);
}

#[test]
fn a_percentage_a_hundred_times_too_big_is_refused_with_what_was_meant() {
    refused(&percent("87.2"), "Per cent", "VAL-012");
    let (_, problems) = interpret(&percent("87.2"), "Waste", &Expected { unit: "Per cent", ..Expected::default() });
    assert_eq!(problems[0].message, "This cell is formatted as a percentage, so 87.2 means 8,720%.");
    assert_eq!(problems[0].suggestion.as_deref(), Some("Type 87.2% if you meant 87.2 per cent."));
}

#[test]
fn a_percentage_a_hundredth_of_the_usual_is_asked_about() {
    let expected = Expected { unit: "Per cent", usual: Some((dec("40"), dec("60"))), ..Expected::default() };
    assert_eq!(read(&percent("0.5"), &expected), (Figure::of(dec("50")), vec![]));
    let (figure, codes) = read(&percent("0.005"), &expected);
    assert_eq!((figure.value, codes), (Some(dec("0.5")), vec!["WARNING VAL-013".to_owned()]));
}

#[test]
fn a_bare_fraction_is_understood_from_its_column() {
    let among = |cells: &[&str]| {
        let cells: Vec<RawCell> = cells.iter().map(|n| number(n)).collect();
        Expected { unit: "Per cent", column: Column::of(&cells), ..Expected::default() }
    };
    let (figure, codes) = read(&number("0.872"), &among(&["0.872", "85", "40.2", "99"]));
    assert_eq!((figure.value, codes), (None, vec!["ERROR VAL-010".to_owned()]));
    let (figure, codes) = read(&number("0.872"), &among(&["0.872", "0.9", "1", "0"]));
    assert_eq!((figure.value, codes), (Some(dec("87.2")), vec!["WARNING VAL-011".to_owned()]));
    let (figure, codes) = read(&number("1"), &among(&["0.872", "0.9", "1"]));
    assert_eq!((figure.value, codes), (Some(dec("100")), vec!["WARNING VAL-011".to_owned()]));
    // Where the file does not tell the format it is asked about, never guessed.
    let untold = RawCell { percent: None, ..number("0.872") };
    let (figure, codes) = read(&untold, &among(&["85", "40.2"]));
    assert_eq!((figure.value, codes), (None, vec!["ERROR VAL-010".to_owned()]));
    // An indicator that has always been about one per cent is left alone.
    let small = Expected { usual: Some((dec("0.4"), dec("1.2"))), ..among(&["0.8", "85"]) };
    assert_eq!(read(&number("0.8"), &small), (Figure::of(dec("0.8")), vec![]));
}

#[test]
fn percentages_are_no_numbers_and_no_pounds() {
    for unit in ["Number", "Pounds"] {
        refused(&text("87.2%"), unit, "VAL-014");
        refused(&percent("0.872"), unit, "VAL-014");
    }
}

#[test]
fn money_and_numbers_as_text() {
    for (typed, expected) in [("£1,234.50", "1234.5"), ("£ 1,234", "1234"), ("1,234", "1234"), ("1234", "1234"), ("-£3", "-3")] {
        is(&text(typed), "Pounds", expected, &["INFO VAL-001"]);
        is(&text(typed), "Number", expected, &["INFO VAL-001"]);
    }
    for (typed, expected) in
        [("£1.2m", "1200000"), ("£1.2 million", "1200000"), ("1.2M", "1200000"), ("850k", "850000"), ("£850K", "850000")]
    {
        is(&text(typed), "Pounds", expected, &["INFO VAL-002"]);
    }
    for typed in ["(1,234)", "-1,234", "\u{2212}1,234"] {
        is(&text(typed), "Pounds", "-1234", &["INFO VAL-001"]);
    }
    for typed in ["1,234-", "12,34", "1,2345", "1.234,5"] {
        refused(&text(typed), "Pounds", "VAL-004");
    }
    is(&text("1 234"), "Number", "1234", &["WARNING VAL-005"]);
    is(&text("1\u{a0}234"), "Number", "1234", &["WARNING VAL-005"]);
    is(&text("87·2"), "Days", "87.2", &["WARNING VAL-005"]);
}

#[test]
fn headings_in_thousands_or_millions_multiply() {
    let millions = RawCell { scale: Some(Scale::Millions), ..number("1.2") };
    is(&millions, "Pounds", "1200000", &["INFO VAL-003"]);
    let thousands = RawCell { scale: Some(Scale::Thousands), ..number("850") };
    is(&thousands, "Number", "850000", &["INFO VAL-003"]);
    is(&thousands, "£000", "850", &[]);
    is(&thousands, "Per cent", "850", &[]);
}

#[test]
fn counts_out_of_counts_are_ratios() {
    for typed in ["12/15", "12 out of 15", "12 of 15"] {
        let (figure, codes) = read(&text(typed), &Expected { unit: "Ratio", ..Expected::default() });
        assert_eq!((figure.numerator, figure.denominator, figure.value), (Some(dec("12")), Some(dec("15")), None));
        assert_eq!(codes, ["INFO VAL-006"]);
        refused(&text(typed), "Number", "VAL-007");
    }
}

#[test]
fn dates_and_times_are_figures_only_where_time_is_asked_for() {
    let date = cell(Content::Date(chrono::NaiveDate::from_ymd_opt(2024, 12, 15).unwrap()));
    refused(&date, "Number", "VAL-008");
    is(&cell(Content::Duration(dec("1.5"))), "Hours", "36", &[]);
    is(&cell(Content::Duration(dec("0.5"))), "Minutes", "720", &[]);
    is(&cell(Content::Duration(dec("2"))), "Days", "2", &[]);
    refused(&cell(Content::Duration(dec("0.5"))), "Per cent", "VAL-008");
}

#[test]
fn units_beside_figures_must_be_the_indicators() {
    is(&text("3 days"), "Days", "3", &["INFO VAL-001"]);
    is(&text("45 mins"), "Minutes", "45", &["INFO VAL-001"]);
    is(&text("12 weeks"), "Weeks", "12", &["INFO VAL-001"]);
    refused(&text("12 weeks"), "Days", "VAL-009");
    refused(&text("£12"), "Days", "VAL-009");
}

#[test]
fn what_is_not_exact_is_no_figure() {
    for typed in ["~90", "c. 90", "approx 90", "90ish", "circa 90"] {
        refused(&text(typed), "Number", "VAL-015");
    }
    for typed in [">95%", "<5", "5 or fewer", "at least 90"] {
        refused(&text(typed), "Number", "VAL-016");
    }
}

#[test]
fn marks_beside_figures_are_their_state() {
    for typed in ["90 [p]", "90 (p)", "90p", "90 provisional"] {
        let (figure, codes) = read(&text(typed), &Expected { unit: "Number", ..Expected::default() });
        assert_eq!((figure.value, figure.state), (Some(dec("90")), Some(ValueState::Provisional)), "{typed}");
        assert_eq!(codes, ["INFO VAL-020", "INFO VAL-001"], "{typed}");
    }
    refused(&text("90p"), "Pounds", "VAL-009");
    for typed in ["90 [r]", "90 [e]", "90 [u]", "90 [b]", "90 [f]"] {
        is(&text(typed), "Number", "90", &["INFO VAL-020", "INFO VAL-001"]);
    }
    for (typed, note) in [("90*", "*"), ("90¹", "¹"), ("90 [note 3]", "note 3")] {
        let (figure, codes) = read(&text(typed), &Expected { unit: "Number", ..Expected::default() });
        assert_eq!((figure.value, figure.note.as_deref()), (Some(dec("90")), Some(note)), "{typed}");
        assert_eq!(codes, ["WARNING VAL-021", "INFO VAL-001"], "{typed}");
    }
}

#[test]
fn marks_stand_for_missing_figures() {
    absent(&text("[c]"), Absence::Suppressed, &[]);
    for typed in ["[x]", "[low]", "[u]"] {
        absent(&text(typed), Absence::NotAvailable, &[]);
    }
    absent(&text("[z]"), Absence::NotDue, &[]);
    absent(&text("[w]"), Absence::NotCollected, &[]);
    absent(&text("Not collected"), Absence::NotCollected, &[]);
    absent(&text("c"), Absence::Suppressed, &["WARNING VAL-022"]);
    absent(&text("x"), Absence::NotAvailable, &["WARNING VAL-022"]);
    absent(&text("z"), Absence::NotDue, &["WARNING VAL-022"]);
    absent(&text("[C]"), Absence::Suppressed, &["WARNING VAL-022"]);
    absent(&text("[ x ]"), Absence::NotAvailable, &["WARNING VAL-022"]);
    absent(&text(".."), Absence::NotAvailable, &["WARNING VAL-023"]);
    absent(&text(":"), Absence::NotAvailable, &["WARNING VAL-023"]);
    absent(&text("."), Absence::NotDue, &["WARNING VAL-023"]);
    absent(&text("-"), Absence::NotAvailable, &["WARNING VAL-024"]);
    absent(&text("–"), Absence::NotAvailable, &["WARNING VAL-024"]);
    for typed in ["n/a", "N/A", "NA"] {
        absent(&text(typed), Absence::NotAvailable, &["WARNING VAL-025"]);
    }
    absent(&text("not applicable"), Absence::NotDue, &[]);
    absent(&text("no data"), Absence::NotAvailable, &["INFO VAL-026"]);
    absent(&text("Data not available"), Absence::NotAvailable, &["INFO VAL-026"]);
    for typed in ["tbc", "TBA", "awaited", "pending", "due Oct"] {
        absent(&text(typed), Absence::NotAvailable, &["WARNING VAL-027"]);
    }
    for typed in ["annual", "reported at Q4"] {
        absent(&text(typed), Absence::NotDue, &["INFO VAL-026"]);
    }
    absent(&text("not due"), Absence::NotDue, &[]);
}

/// Words and signs for a missing figure, and figures as text, as they stand in published files.
#[test]
fn what_real_files_hold_is_read_or_asked_about() {
    for typed in ["...", "…", "---"] {
        absent(&text(typed), Absence::NotAvailable, &["WARNING VAL-023"]);
    }
    absent(&text("*"), Absence::Suppressed, &["WARNING VAL-023"]);
    for typed in ["Refused", "Did not respond"] {
        absent(&text(typed), Absence::NotAvailable, &["INFO VAL-026"]);
    }
    for (typed, expected) in [("-23.80%", "-23.8"), ("22.2%", "22.2"), ("0.0%", "0")] {
        is(&text(typed), "Per cent", expected, &["INFO VAL-001"]);
    }
    is(&text("£1,495,975.00"), "Pounds", "1495975", &["INFO VAL-001"]);
    is(&text("62,975"), "Number", "62975", &["INFO VAL-001"]);
    is(&text("2 days"), "Days", "2", &["INFO VAL-001"]);
    // The same percentage as 0.0827 in one column and 8.27 in the next: the first is asked about, the second is taken.
    let column = |cells: &[&str]| Column::of(&cells.iter().map(|n| number(n)).collect::<Vec<_>>());
    let fractions = Expected { unit: "Per cent", column: column(&["0.0827", "0.0615"]), ..Expected::default() };
    assert_eq!(read(&number("0.0827"), &fractions), (Figure::of(dec("8.27")), vec!["WARNING VAL-011".to_owned()]));
    let shares = Expected { unit: "Per cent", column: column(&["8.27", "6.15"]), ..Expected::default() };
    assert_eq!(read(&number("8.27"), &shares), (Figure::of(dec("8.27")), vec![]));
    let mixed = Expected { unit: "Per cent", column: column(&["0.0827", "78.32"]), ..Expected::default() };
    assert_eq!(read(&number("0.0827"), &mixed), (Figure::default(), vec!["ERROR VAL-010".to_owned()]));
}

#[test]
fn zero_is_a_figure_and_blank_is_none() {
    is(&number("0"), "Number", "0", &[]);
    is(&text("nil"), "Number", "0", &["WARNING VAL-028"]);
    refused(&text("none"), "Per cent", "VAL-028");
    assert_eq!(value(&cell(Content::Blank), "Number"), (None, vec![]));
    assert_eq!(value(&text("  \u{a0}"), "Number"), (None, vec!["INFO VAL-001".to_owned()]));
}

#[test]
fn yes_and_no_are_figures_only_where_asked_for() {
    is(&text("Yes"), "Yes or no", "1", &[]);
    is(&text("no"), "Yes or no", "0", &[]);
    is(&cell(Content::Bool(true)), "Yes or no", "1", &[]);
    refused(&text("Yes"), "Number", "VAL-017");
    refused(&cell(Content::Bool(false)), "Number", "VAL-017");
    refused(&number("2"), "Yes or no", "VAL-017");
}

#[test]
fn a_status_is_no_figure() {
    for typed in ["Green", "R", "G/A", "↑", "▲"] {
        refused(&text(typed), "Number", "VAL-018");
    }
    refused(&text("see commentary"), "Number", "VAL-019");
}

#[test]
fn twelve_digits_are_kept() {
    is(&number("84.09999999999999"), "Per cent", "84.1", &[]);
    is(&number("123456789012"), "Pounds", "123456789012", &[]);
}

#[test]
fn formulas_are_taken_as_last_calculated() {
    let with = |formula: &str| RawCell { formula: Some(formula.into()), ..number("80") };
    is(&with("B4*2"), "Number", "80", &["INFO VAL-050"]);
    is(&with("[1]Sheet1!A1"), "Number", "80", &["INFO VAL-050", "WARNING VAL-052"]);
    is(&with("SUM('[budget.xlsx]Q1'!A1:A9)"), "Number", "80", &["INFO VAL-050", "WARNING VAL-052"]);
    is(&with("SUM(Table1[Actual])"), "Number", "80", &["INFO VAL-050"]);
    is(&with("TODAY()-A1"), "Number", "80", &["INFO VAL-050", "WARNING VAL-054"]);
    let uncached = RawCell { uncached: true, formula: Some("B4*2".into()), ..cell(Content::Blank) };
    refused(&uncached, "Number", "VAL-051");
}

#[test]
fn errors_are_refused_by_kind() {
    for error in ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"] {
        refused(&cell(Content::Error(error.into())), "Number", "VAL-053");
    }
    refused(&text("#N/A"), "Number", "VAL-053");
    let (_, problems) = interpret(&cell(Content::Error("#DIV/0!".into())), "Waste", &Expected::default());
    assert!(problems[0].message.contains("the denominator is 0 or blank: enter [z]"));
}

#[test]
fn a_figure_struck_out_is_withdrawn() {
    let struck = RawCell { struck: true, ..number("80") };
    assert_eq!(value(&struck, "Number"), (None, vec!["WARNING VAL-060".to_owned()]));
}

#[test]
fn targets_and_parts_are_read_plainly() {
    assert_eq!(plain(&percent("0.85"), "Waste").0, Some(dec("85")));
    assert_eq!(plain(&text("£1,200"), "Waste").0, Some(dec("1200")));
    assert_eq!(plain(&text("85%"), "Waste").0, Some(dec("85")));
    assert_eq!(plain(&number("0.5"), "Waste").0, Some(dec("0.5")));
}
