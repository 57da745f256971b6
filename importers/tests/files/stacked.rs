//! Tables of one year each below one another: each figure is of the year its title says, however often headings are repeated.

use importers::{Reading, Severity};

use crate::common::places;
use crate::tables::{codes, plain, says};

/// Indicator, period, the year around it and the cell of every figure.
fn dated(reading: &Reading) -> Vec<String> {
    let year = |row: &importers::ValueRow| row.period.as_ref().and_then(|period| period.context_year);
    says(reading)
        .iter()
        .zip(&reading.values)
        .map(|(says, row)| format!("{says} {}", year(row).map_or("-".to_owned(), |y| y.to_string())))
        .collect()
}

const TWO_YEARS: [&str; 8] = [
    "WM01 Bins Q1 C3 2022",
    "WM01 Bins Q2 D3 2022",
    "WM02 Trees Q1 C4 2022",
    "WM02 Trees Q2 D4 2022",
    "WM01 Bins Q1 C6 2023",
    "WM01 Bins Q2 D6 2023",
    "WM02 Trees Q1 C7 2023",
    "WM02 Trees Q2 D7 2023",
];

#[test]
fn years_over_rows_under_shared_headings() {
    for (one, other) in [("2022/23", "2023/24"), ("Performance 2022/23", "Results for 2023/24"), ("FY 2022/23", "Financial year 2023-24")] {
        let text = format!("{one}\nRef,Indicator,Q1,Q2\nWM01,Bins,30,10\nWM02,Trees,31,11\n{other}\nWM01,Bins,32,12\nWM02,Trees,33,13\n");
        let reading = plain(&text);
        assert_eq!(dated(&reading), TWO_YEARS, "{one}, {other}");
        assert_eq!(codes(&reading, Severity::Error), Vec::<&str>::new(), "{one}, {other}");
        assert_eq!(places(&reading, "STR-003"), ["A5"], "{one}, {other}");
    }
    // As the first row of the body, and beyond room left between the years.
    let reading = plain("Ref,Indicator,Q1,Q2\n2022/23\nWM01,Bins,30,10\n\n\n\n2023/24\nWM01,Bins,32,12\n");
    assert_eq!(dated(&reading), ["WM01 Bins Q1 C3 2022", "WM01 Bins Q2 D3 2022", "WM01 Bins Q1 C8 2023", "WM01 Bins Q2 D8 2023"]);
}

#[test]
fn periods_over_rows_of_results() {
    let text = "Ref,Indicator,Result\nQ1 2023/24\nWM01,Bins,30\nWM02,Trees,31\nQ2 2023/24\nWM01,Bins,32\nWaste,,\nWM02,Trees,33\n";
    let reading = plain(text);
    assert_eq!(
        says(&reading),
        ["WM01 Bins Q1 2023/24 C3", "WM02 Trees Q1 2023/24 C4", "WM01 Bins Q2 2023/24 C6", "WM02 Trees Q2 2023/24 C8"]
    );
    // A section of another kind parts the rows of one time.
    assert_eq!(reading.values[3].section.as_deref(), Some("Waste"));
    assert_eq!(reading.values[3].period.as_ref().unwrap().cell, "A5");
    assert!(reading.diagnostics.iter().all(|d| d.code != "PER-038"), "{:?}", reading.diagnostics);
    // Without a time of their own the first rows are for the period they are sent for, which is said.
    let reading = plain("Ref,Indicator,Result\nWM01,Bins,30\nQ2 2023/24\nWM01,Bins,32\n");
    assert_eq!(says(&reading), ["WM01 Bins - C2", "WM01 Bins Q2 2023/24 C4"]);
    assert_eq!(codes(&reading, Severity::Info), ["STR-003", "PER-038"]);
}

#[test]
fn a_title_that_says_more_than_a_time_changes_no_period() {
    let reading = plain("Ref,Indicator,Result\nWM01,Bins,30\nNew indicators for 2023/24\nWM02,Trees,32\n");
    assert_eq!(says(&reading), ["WM01 Bins - C2", "WM02 Trees - C4"]);
    // Headings that name their own years are not overruled: figures that then contradict one another are asked about.
    let reading = plain("Ref,Indicator,Q1 2022/23\nWM01,Bins,30\n2023/24\nWM01,Bins,32\n");
    assert_eq!((reading.values.len(), codes(&reading, Severity::Error)), (0, vec!["STR-016"]));
}

#[test]
fn years_with_headings_of_their_own() {
    let text = "2022/23\nRef,Indicator,Q1,Q2\nWM01,Bins,30,10\nWM02,Trees,31,11\n2023/24\nRef,Indicator,Q1,Q2\nWM01,Bins,32,12\nYear ending March 2025\nRef,Indicator,Q1,Q2\nWM01,Bins,34,14\n";
    let reading = plain(text);
    let expected = [
        "WM01 Bins Q1 C3 2022",
        "WM01 Bins Q2 D3 2022",
        "WM02 Trees Q1 C4 2022",
        "WM02 Trees Q2 D4 2022",
        "WM01 Bins Q1 C7 2023",
        "WM01 Bins Q2 D7 2023",
        "WM01 Bins Q1 C10 2024",
        "WM01 Bins Q2 D10 2024",
    ];
    assert_eq!(dated(&reading), expected);
    assert_eq!(codes(&reading, Severity::Error), Vec::<&str>::new());
    let text = "Missed bins\n2022/23,,\nMonth,Waste,Recycling\nApril,30,10\nMay,31,11\n\n2023/24,,\nMonth,Waste,Recycling\nApril,32,12\nMay,33,13\n";
    let years: Vec<_> = plain(text).values.iter().map(|row| row.period.as_ref().unwrap().context_year).collect();
    assert_eq!(years, [[Some(2022); 4], [Some(2023); 4]].concat());
}
