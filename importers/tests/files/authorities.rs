//! Authorities over the columns: our own column is read, those beside it are named, and a table without us says so.

use importers::mapping::{Own, Settings};
use importers::{Layout, Severity};

use crate::common::{places, problem};
use crate::tables::{codes, csv, for_us, plain, says};

#[test]
fn our_column_is_the_result() {
    for head in [
        "Indicator,Period,Huntingdonshire,Cambridge,Fenland",
        "Indicator,Period,Cambridge,Huntingdonshire DC,England",
        "Indicator,Period,E07000008,E07000011,Fenland",
    ] {
        let reading = csv(&format!("{head}\nRecycling rate,2023/24,1,2,3\nMissed bins,2023/24,4,5,6\n"), &for_us());
        let ours = if head.contains("Period,Huntingdonshire,") { 'C' } else { 'D' };
        assert_eq!(says(&reading), [format!("- Recycling rate 2023/24 {ours}2"), format!("- Missed bins 2023/24 {ours}3")], "{head}");
        assert_eq!((reading.layout, codes(&reading, Severity::Error)), (Some(Layout::Long), vec![]), "{head}");
        // The others are said to be left out, each at its heading.
        let others = problem(&reading, "COL-001");
        assert_eq!((others.severity, others.count), (Severity::Info, 2), "{head}");
        assert!(others.message.contains("Huntingdonshire District Council"), "{}", others.message);
    }
    // Without a column of periods it is the title's, else the one it is sent for; the keys need no heading.
    let reading = csv("Performance 2023/24\n,Cambridge,Huntingdonshire\nRecycling rate,1,2\nMissed bins,4,5\n", &for_us());
    assert_eq!(says(&reading), ["- Recycling rate 2023/24 C3", "- Missed bins 2023/24 C4"]);
    let reading = csv("Ref,Indicator,Cambridge,Huntingdonshire\nWM01,Recycling rate,1,2\nWM02,Missed bins,4,5\n", &for_us());
    assert_eq!(
        (says(&reading), places(&reading, "PER-038")),
        (vec!["WM01 Recycling rate - D2".into(), "WM02 Missed bins - D3".into()], vec!["D1"])
    );
}

#[test]
fn headings_of_several_rows_are_put_together() {
    let text =
        "Performance 2023/24\nIndicator,Authority,,\n,Huntingdonshire,Cambridge,Fenland\nRecycling rate,30,10,11\nMissed bins,31,11,12\n";
    assert_eq!(says(&csv(text, &for_us())), ["- Recycling rate 2023/24 B4", "- Missed bins 2023/24 B5"]);
    let text = "2023/24\n,E07000011,E07000008\nIndicator,Huntingdonshire,Cambridge\nRecycling rate,30,10\nMissed bins,31,11\n";
    assert_eq!(says(&csv(text, &for_us())), ["- Recycling rate 2023/24 B4", "- Missed bins 2023/24 B5"]);
    let text = ",2022/23,,2023/24,\nIndicator,Huntingdonshire,Cambridge,Huntingdonshire,Cambridge\nRecycling rate,30,10,11,2\nMissed bins,31,11,12,3\n";
    let reading = csv(text, &for_us());
    let expected = ["- Recycling rate 2022/23 B3", "- Recycling rate 2023/24 D3", "- Missed bins 2022/23 B4", "- Missed bins 2023/24 D4"];
    assert_eq!((reading.layout, says(&reading)), (Some(Layout::Wide), expected.map(str::to_owned).to_vec()));
    assert_eq!(places(&reading, "COL-001"), ["C2", "E2"]);
}

#[test]
fn of_periods_down_the_rows_the_title_names_the_indicator() {
    let text = "Year,Huntingdonshire,Cambridge,England\n2022/23,30,10,11\n2023/24,31,11,12\n";
    let reading = csv(&format!("Recycling rate\n{text}"), &for_us());
    assert_eq!(says(&reading), ["- Recycling rate 2022/23 B3", "- Recycling rate 2023/24 B4"]);
    // Nothing says it: that is asked, and a council's name is taken for no indicator.
    let reading = csv(text, &for_us());
    assert_eq!((reading.values.len(), codes(&reading, Severity::Error), places(&reading, "COL-003")), (0, vec!["COL-003"], vec!["B1"]));
}

#[test]
fn a_table_of_columns_without_us_says_so() {
    let text = "Performance 2023/24\nIndicator,Cambridge City Council,Fenland District Council,England\nRecycling rate,30,10,11\n";
    let reading = csv(text, &for_us());
    let left_out = problem(&reading, "BMK-009");
    assert_eq!((left_out.severity, left_out.places[0].cell.as_str()), (Severity::Error, "B2"));
    assert!(left_out.message.contains("none of them is Huntingdonshire District Council"), "{}", left_out.message);
    assert!(left_out.suggestion.as_ref().unwrap().contains("Cambridge City Council"));
    // Who nobody says we are cannot be told from the others.
    assert_eq!(codes(&plain(text), Severity::Error), ["LAY-001"]);
}

#[test]
fn a_name_that_is_an_ordinary_word_needs_another_authority_beside_it() {
    let own = Own { gss_code: Some("E06000038".into()), names: vec!["Reading Borough Council".into()] };
    let settings = Settings { own: Some(own), ..Settings::default() };
    let reading = csv("Year,Reading,Writing,Maths\n2022/23,30,10,11\n2023/24,31,11,12\n", &settings);
    assert_eq!(says(&reading)[..3], ["- Reading 2022/23 B2", "- Writing 2022/23 C2", "- Maths 2022/23 D2"]);
    let reading = csv("Attainment\nYear,Reading,England\n2022/23,30,10\n2023/24,31,11\n", &settings);
    assert_eq!(says(&reading), ["- Attainment 2022/23 B3", "- Attainment 2023/24 B4"]);
}

#[test]
fn a_column_of_results_stays_the_result() {
    let reading = csv("Ref,Period,Result,Huntingdonshire\nWM01,2023/24,1,2\nWM02,2023/24,3,4\n", &for_us());
    assert_eq!(says(&reading), ["WM01 - 2023/24 C2", "WM02 - 2023/24 C3"]);
    assert_eq!(places(&reading, "COL-001"), ["D1"]);
}

const NAMES: &str = "Huntingdonshire,1,2\nCambridge,3,4\nFenland,5,6\nEngland,7,8\n";

#[test]
fn names_down_the_rows_with_nothing_but_periods_beside_them() {
    for head in ["Authority", "LA", "Local authorities", "Borough", "District", "Area", "Council name", ""] {
        let reading = csv(&format!("Recycling rate\n{head},2022/23,2023/24\n{NAMES}"), &for_us());
        assert_eq!(says(&reading), ["- Recycling rate 2022/23 B3", "- Recycling rate 2023/24 C3"], "{head}: {:?}", reading.diagnostics);
        assert_eq!((problem(&reading, "BMK-010").count, reading.layout), (2, Some(Layout::Benchmark)), "{head}");
        // Without a title, of what they are is asked; a council's name is no indicator.
        let reading = csv(&format!("{head},2022/23,2023/24\n{NAMES}"), &for_us());
        assert_eq!((reading.values.len(), codes(&reading, Severity::Error)), (0, vec!["COL-003"]), "{head}");
    }
    for head in ["LA", "District", "Council"] {
        let rows = "Cambridge,2023/24,3,4\nHuntingdonshire DC,2023/24,1,2\n";
        let reading = csv(&format!("{head},Period,Missed bins,Trees\n{rows}"), &for_us());
        assert_eq!(says(&reading), ["- Missed bins 2023/24 C3", "- Trees 2023/24 D3"], "{head}");
        let rows = "Cambridge,WM01,2023/24,3\nHuntingdonshire DC,WM01,2023/24,1\n";
        let reading = csv(&format!("{head},Ref,Period,Result\n{rows}"), &for_us());
        assert_eq!((says(&reading), codes(&reading, Severity::Error)), (vec!["WM01 - 2023/24 D3".to_owned()], vec![]), "{head}");
    }
}

#[test]
fn names_down_the_rows_without_us_say_so() {
    let rows = "Cambridge,3,4\nHuntingtonshire,1,2\n";
    let reading = csv(&format!("Recycling rate\nLocal authority,2022/23,2023/24\n{rows}"), &for_us());
    let left_out = problem(&reading, "BMK-009");
    assert_eq!((left_out.severity, reading.values.len()), (Severity::Error, 0));
    assert!(left_out.suggestion.as_ref().unwrap().contains("Huntingtonshire"), "{left_out:?}");
    // Districts that are parts of us stay what they are: the plan asks whose figures they are.
    let reading = csv("District,Ref,Period,Result\nNorth,WM01,2023/24,3\nSouth,WM01,2023/24,1\n", &for_us());
    let areas: Vec<_> = reading.values.iter().map(|row| row.area.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(areas, ["North", "South"]);
}
