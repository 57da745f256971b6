//! What headings say that their words alone do not: which of two columns is the result, whose figures they are, and of
//! which period.

use importers::{PeriodContent, Reading, Scale, Severity, read};

use crate::common::{places, problem};

fn plain(text: &str) -> Reading {
    read(text.as_bytes(), "figures.csv", &importers::Limits::default())
}

/// Ref, period and cell of every figure.
fn says(reading: &Reading) -> Vec<String> {
    let row = |row: &importers::ValueRow| {
        let period = match row.period.as_ref().map(|period| &period.content) {
            Some(PeriodContent::Text(text)) => text.clone(),
            Some(PeriodContent::Date { date, .. }) => date.to_string(),
            None => "-".to_owned(),
        };
        let text = |text: &Option<importers::Text>| text.as_ref().map_or("-", |text| text.text.as_str()).to_owned();
        format!("{} {period} {}", text(&row.code), row.value.as_ref().map_or("-", |value| value.cell.as_str()))
    };
    reading.values.iter().map(row).collect()
}

#[test]
fn last_years_figure_is_never_the_result() {
    let reading = plain("Ref,Period,Outturn (last year),YTD,Target\nPI16,Q3 2024/25,100,5,10\n");
    assert_eq!(says(&reading), ["PI16 Q3 2024/25 YTD D2"], "a running total alone is of the year to date");
    let reading = plain("Ref,Period,Actual (previous year),Actual,Target\nPI16,Q3 2024/25,100,5,10\n");
    assert_eq!(says(&reading), ["PI16 Q3 2024/25 D2"]);
}

#[test]
fn a_running_total_gives_way_to_the_figure_of_the_period() {
    let reading = plain("Ref,Period,Performance (this quarter),Actual (cumulative)\nPI16,Q3 2024/25,13,39\n");
    assert_eq!(says(&reading), ["PI16 Q3 2024/25 C2"]);
    assert_eq!(places(&reading, "COL-004"), ["D1"]);
}

#[test]
fn of_two_results_neither_is_read() {
    for headings in ["Actual,Result", "Result (£m),Result", "Result,Performance", "Score,Actual"] {
        let reading = plain(&format!("Ref,Period,{headings}\nPI16,Q3 2024/25,12,13\n"));
        assert_eq!(says(&reading), [""; 0], "{headings}");
        assert_eq!(problem(&reading, "COL-002").severity, Severity::Error, "{headings}");
    }
    let reading = plain("Ref,Period,Actual,Performance\nPI16,Q3 2024/25,12,Good\nPI3,Q3 2024/25,13,Poor\n");
    assert_eq!(says(&reading), ["PI16 Q3 2024/25 C2", "PI3 Q3 2024/25 C3"], "words are no second result");
}

#[test]
fn metres_and_men_are_not_millions() {
    let scale = |reading: &Reading| reading.values.first().and_then(|row| row.value.as_ref()).and_then(|value| value.scale);
    let reading = plain("Ref,Period,Result (m)\nPI16,Q3 2024/25,100\n");
    assert_eq!(scale(&reading), None);
    assert_eq!(problem(&reading, "VAL-003").severity, Severity::Warning);
    let reading = plain("Ref,Period,Result £ (m)\nPI16,Q3 2024/25,100\n");
    assert_eq!(scale(&reading), Some(Scale::Millions));
}

#[test]
fn figures_of_wards_say_whose_they_are() {
    let area = |reading: &Reading| reading.values.first().and_then(|row| row.area.clone()).map(|area| area.text);
    let reading = plain("Ward code,Ward name,Ref,Period,Result\nE05001234,Abbey,PI16,Q3 2024/25,1\n");
    assert_eq!(area(&reading).as_deref(), Some("Abbey"));
    let reading = plain("Where,Ref,Period,Result\nE05001234,PI16,Q3 2024/25,1\nE05001235,PI16,Q3 2024/25,1\n");
    assert_eq!(area(&reading).as_deref(), Some("E05001234"), "codes of wards are known by their look");
}

#[test]
fn a_column_of_ages_is_warned_of() {
    let reading = plain("Ref,Age group,Period,Result\nPI16,18-64,Q3 2024/25,1\nPI3,65+,Q3 2024/25,2\n");
    assert_eq!(problem(&reading, "COL-001").severity, Severity::Warning);
    assert_eq!(places(&reading, "COL-001"), ["B1"]);
}

#[test]
fn a_running_total_under_a_year_is_not_the_years_figure() {
    let reading = plain("Ref,Indicator,2024/25,,,\n,,Q1,Q2,YTD,Comments\nPI16,Bins,8,9,17,note\n");
    assert_eq!(says(&reading), ["PI16 Q1 2024/25 C3", "PI16 Q2 2024/25 D3", "PI16 2024/25 to date E3"]);
    let noted = reading.values.iter().filter_map(|row| row.commentary.as_ref()).map(|text| text.cell.as_str()).collect::<Vec<_>>();
    assert_eq!(noted, ["F3"]);
}

#[test]
fn what_says_no_more_than_result_keeps_its_figures() {
    let reading = plain("Ref,Q2 2024/25,Q3 2024/25 (provisional),Q3 2024/25 Target\nPI16,11,12,13\n");
    assert_eq!(says(&reading), ["PI16 Q2 2024/25 B2", "PI16 Q3 2024/25 C2"]);
    let states: Vec<Option<&str>> = reading.values.iter().map(|row| row.state.as_ref().map(|state| state.text.as_str())).collect();
    assert_eq!(states, [None, Some("Provisional")]);
    let reading = plain("Ref,Q2 2024/25 (%),Position at Q3 2024/25\nPI13,80,81\n");
    assert_eq!(says(&reading), ["PI13 Q2 2024/25 B2", "PI13 Q3 2024/25 C2"]);
    let reading = plain("Ref,Q2 2024/25,Q3 2024/25 wibble\nPI13,80,81\n");
    assert_eq!(says(&reading), ["PI13 Q2 2024/25 B2"]);
    assert_eq!(problem(&reading, "COL-001").severity, Severity::Warning);
}

#[test]
fn a_title_gives_the_period_of_a_table_without_one() {
    let table = "Ref,Indicator,Target,Actual,RAG\nPI1,Bins,10,8,G\nPI3,Calls,90,85,A\n";
    let reading = plain(&format!("Performance report Q3 2024/25,,,,\n,,,,\n{table}"));
    assert_eq!(says(&reading), ["PI1 Q3 2024/25 D4", "PI3 Q3 2024/25 D5"]);
    let reading = plain(table);
    assert_eq!(says(&reading), ["PI1 - D2", "PI3 - D3"], "the period it is sent for stands in no cell");
    assert_eq!(problem(&reading, "PER-038").severity, Severity::Info);
    assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
    let reading = plain("Ref,Period,Result\nPI1,,8\nPI3,Q3 2024/25,9\n");
    assert_eq!(says(&reading), ["PI3 Q3 2024/25 C3"], "a blank cell under Period is still asked about");
    assert_eq!(places(&reading, "PER-037"), ["B2"]);
}

#[test]
fn what_is_repeated_after_each_period_is_of_the_period_on_its_left() {
    let targets = |reading: &Reading| -> Vec<Option<String>> {
        reading.values.iter().map(|row| row.target.as_ref().map(|target| target.cell.clone())).collect()
    };
    let reading = plain("Ref,Oct 2024,Target,Nov 2024,Target,Comments\nPI6,1,111,2,222,words\n");
    assert_eq!(targets(&reading), [Some("C2".into()), Some("E2".into())]);
    let reading = plain("Ref,Target,Oct 2024,Target,Nov 2024\nPI6,111,1,222,2\n");
    assert_eq!(targets(&reading), [None, None], "whose they are is not said");
    assert_eq!(places(&reading, "COL-001"), ["B1", "D1"]);
}

#[test]
fn a_rate_beside_both_its_parts_is_the_result() {
    let reading = plain("Ref,Period,Numerator,Denominator,%\nPI12,Q3 2024/25,9,10,90\n");
    assert_eq!(says(&reading), ["PI12 Q3 2024/25 E2"]);
}

#[test]
fn a_row_of_units_below_the_headings_multiplies_its_own_columns() {
    let scales = |reading: &Reading| -> Vec<Option<Scale>> {
        reading.values.iter().map(|row| row.value.as_ref().and_then(|value| value.scale)).collect()
    };
    let reading = plain("Ref,Indicator,Q2 2024/25,Q3 2024/25\n,,£000,%\nPI3,Spend,12,14\n");
    assert_eq!(says(&reading), ["PI3 Q2 2024/25 C3", "PI3 Q3 2024/25 D3"]);
    assert_eq!(scales(&reading), [Some(Scale::Thousands), None]);
    assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
    assert_eq!(places(&reading, "STR-007"), ["A2"]);
    let reading = plain("Ref,Period,Result\n,,£000\nPI3,Q3 2024/25,12\n");
    assert_eq!(scales(&reading), [Some(Scale::Thousands)]);
    let reading = plain("Ref,Period,Result\n,,17\nPI3,Q3 2024/25,12\n");
    assert_eq!(places(&reading, "IND-008"), ["A2"], "a figure without a ref is no unit");
}
