//! Committee packs.

use exporters::pack::{Pack, Profile, render};

use crate::checker;
use crate::opened::Opened;
use crate::sample::{dec, large, pack};

fn opened() -> Opened {
    Opened::new(render(&pack()).expect("the sample can be rendered"))
}

#[test]
fn equal_packs_are_equal_to_the_byte() {
    assert_eq!(render(&pack()).unwrap(), render(&pack()).unwrap());
}

#[test]
fn a_large_pack_stays_under_two_megabytes() {
    let bytes = render(&large(200, 24)).unwrap();
    assert!(bytes.len() < 2_000_000, "{} bytes", bytes.len());
}

#[test]
fn the_sheets_stand_in_the_order_members_read_them() {
    assert_eq!(
        opened().sheets(),
        [
            "Cover",
            "Table of contents",
            "Exceptions",
            "Summary",
            "Scorecard by directorate",
            "Scorecard by programme",
            "Scorecard by outcome",
            "Indicator detail",
            "Figures in context",
            "Outcomes",
            "Trend data",
            "Trend charts",
            "Changes",
            "Definitions",
            "Key",
            "Notes"
        ]
    );
}

#[test]
fn the_cover_counts_current_and_year_end_status_and_what_has_no_colour() {
    // By hand, of the seven indicators that are judged: EN01 Red, EN02 and AS01 Green, FI01 Blue; CP-SEND-01 no data,
    // HR01 no target, CS01 suppressed. At year end EN01 Amber, AS01 Green, FI01 Blue, CP-SEND-01 Red, three none.
    let cover = opened().column_a("Cover");
    for sentence in [
        "Now: of 4 indicators with a colour, 1 Blue (25%), 2 Green (50%), 0 Amber (0%) and 1 Red (25%). 3 more have no colour: 1 No target, 1 No data and 1 Suppressed.",
        "Expected at year end: of 4 indicators with a colour, 1 Blue (25%), 1 Green (25%), 1 Amber (25%) and 1 Red (25%). 3 more have no colour: 3 Not applicable.",
        "1 moved to Red: EN01.",
        // EN02 and AS01 rose to Green, FI01 to Blue; EN01 fell to Red.
        "Since the quarter before, 3 moved to a better colour and 1 to a worse one.",
        "1 figure is due and not given: CP-SEND-01.",
        "Illustrative figures: Exampleshire is a made-up council.",
    ] {
        assert!(cover.contains(sentence), "{sentence}\nis not in\n{cover}");
    }
}

#[test]
fn the_summary_has_current_and_year_end_counts_side_by_side() {
    let mut opened = opened();
    let all = opened.row("Summary", "All indicators");
    let figures: Vec<(&str, &str)> = all.iter().map(|(h, v)| (h.as_str(), v.as_str())).collect();
    assert_eq!(
        figures,
        [
            ("Part of the framework", "All indicators"),
            ("Kind", "All"),
            ("Indicators", "7"),
            ("Blue now", "1"),
            ("Green now", "2"),
            ("Amber now", "0"),
            ("Red now", "1"),
            ("No colour now", "3"),
            ("Blue last period", "0"),
            ("Green last period", "2"),
            ("Amber last period", "3"),
            ("Red last period", "1"),
            ("Blue at year end", "1"),
            ("Green at year end", "1"),
            ("Amber at year end", "1"),
            ("Red at year end", "1"),
            ("No colour at year end", "3"),
            ("Moved up", "3"),
            ("Moved down", "1"),
            ("In words", "75% of 4 Green or Blue; 3 left out.")
        ]
    );
    assert_eq!(opened.cell("Summary", "Special educational needs transformation", "Kind"), "Change programme");
    assert_eq!(opened.cell("Summary", "No priority named", "Indicators"), "1");
}

#[test]
fn the_scorecard_prints_figures_as_numbers_and_marks_where_there_are_none() {
    let mut opened = opened();
    let of = |o: &mut Opened, key: &str, heading: &str| o.cell("Scorecard by directorate", key, heading);
    assert_eq!(of(&mut opened, "EN01", "Latest"), "0.799");
    assert_eq!(of(&mut opened, "EN01", "Previous period"), "0.81");
    assert_eq!(of(&mut opened, "EN01", "Same period last year"), "0.835");
    assert_eq!(of(&mut opened, "EN01", "Status"), "Red");
    assert_eq!(of(&mut opened, "EN01", "Year-end status"), "Amber");
    assert_eq!(of(&mut opened, "EN01", "Year-end forecast"), "0.82");
    assert_eq!(of(&mut opened, "EN01", "Direction of travel"), "Worsening");
    assert_eq!(of(&mut opened, "CS01", "Latest"), "[c]");
    assert_eq!(of(&mut opened, "CP-SEND-01", "Latest"), "[x1]");
    assert_eq!(of(&mut opened, "HR01", "Target"), "[z]");
    assert_eq!(of(&mut opened, "FI01", "Latest"), "9204.505");
    assert_eq!(of(&mut opened, "CP-SEND-01", "Directorate"), "Special educational needs transformation");
}

#[test]
fn an_indicator_of_two_outcomes_stands_under_both() {
    let rows = opened().rows("Scorecard by outcome");
    let outcomes: Vec<&str> = rows.iter().filter(|r| r[1] == "AS01").map(|r| r[0].as_str()).collect();
    assert_eq!(outcomes, ["People live well for longer", "Communities are safe, connected and resilient"]);
}

#[test]
fn commentary_faces_its_status_and_text_that_looks_like_a_formula_stays_text() {
    let mut opened = opened();
    let commentary = opened.cell("Indicator detail", "EN01", "Commentary");
    assert!(commentary.starts_with("Tonnages fell after the garden waste charge began.\n\nContamination"), "{commentary}");
    assert_eq!(opened.cell("Indicator detail", "EN02", "Commentary"), "No commentary given");
    assert_eq!(opened.cell("Indicator detail", "EN01", "Due date"), "45275", "15 December 2023 as a day number");
    assert!(!opened.everything().contains("<f>"), "a pack has no formulas");
}

#[test]
fn a_suppressed_figure_is_nowhere_in_the_file() {
    let mut pack = pack();
    let hidden = pack.indicators.iter_mut().find(|i| i.code == "CS01").unwrap();
    let last = hidden.points.last_mut().unwrap();
    last.value = Some(dec("31337.25"));
    last.numerator = Some(dec("31337.25"));
    last.year_to_date.value = Some(dec("31337.25"));
    pack.chart_all = true;
    let opened = Opened::new(render(&pack).unwrap());
    assert!(!opened.everything().contains("31337"));
}

#[test]
fn a_contextual_measure_is_on_outcomes_and_not_on_a_scorecard() {
    let mut opened = opened();
    assert_eq!(opened.cell("Outcomes", "OC01", "Latest"), "63.2");
    assert_eq!(opened.cell("Outcomes", "OC01", "Baseline"), "64.1");
    assert_eq!(opened.cell("Outcomes", "OC01", "Movement"), "Against preference");
    assert_eq!(opened.cell("Outcomes", "OC01", "Next figures due"), "45321", "30 January 2024: a year and 30 days on");
    assert!(!opened.column_a("Scorecard by directorate").contains("Healthy"));
}

#[test]
fn trend_data_has_a_row_for_every_figure_and_every_reason_for_none() {
    // Seven indicators of six quarters and one of two years make 44; EN01 and CP-SEND-01 were silent once each.
    let rows = opened().rows("Trend data");
    let header = rows.iter().position(|r| r[0] == "Ref").unwrap();
    assert_eq!(rows.len() - header - 1, 42);
    assert!(rows.iter().any(|r| r[0] == "2 periods have no row here, because no figure was given."));
    let suppressed = rows.iter().find(|r| r[0] == "CS01" && r[2] == "July to September 2023").unwrap();
    assert_eq!(suppressed[5..10], ["[c]", "85", "80", "", ""]);
    let last = rows.iter().find(|r| r[0] == "EN01" && r[2] == "July to September 2023").unwrap();
    assert_eq!(&last[5..10], ["0.799", "0.85", "0.8", "12345.5", "15451"]);
}

#[test]
fn charts_carry_their_figures_with_gaps_and_words_for_those_who_cannot_see_them() {
    let mut opened = opened();
    let chart = opened.part("xl/charts/chart1.xml");
    assert!(
        chart.contains("<c:numLit><c:formatCode>0.0%</c:formatCode><c:ptCount val=\"6\"/><c:pt idx=\"0\"><c:v>0.84</c:v></c:pt>"),
        "{chart}"
    );
    assert!(!chart.contains("<c:pt idx=\"3\"><c:v>0</c:v>"), "a missing value is a gap");
    assert!(!chart.contains("<c:symbol val=\"dash\"/>"), "a line needs no mark");
    let mut one_target = pack();
    one_target.indicators[0].points.iter_mut().rev().skip(1).for_each(|point| point.target = None);
    let alone = Opened::new(render(&one_target).unwrap()).part("xl/charts/chart1.xml");
    assert!(alone.contains("<c:symbol val=\"dash\"/>"), "a target of one period is seen");
    let drawing = opened.part("xl/drawings/drawing1.xml");
    assert!(
        drawing.contains(
            "descr=\"Line chart of Household waste sent for reuse, recycling and composting, April 2022 to September 2023. 79.9%"
        )
    );
    let words = opened.column_a("Trend charts");
    assert!(
        words.contains(
            "79.9% in July to September 2023 against a target of 85.0%: Red. Highest 84.0% in April to June 2022, lowest 79.9% in \
         July to September 2023. 1 period has no figure. Worse than the quarter before; better than the same period last year \
         (higher is better)."
        ),
        "{words}"
    );
}

#[test]
fn language_headings_and_creation_time_are_in_the_file() {
    let opened = opened();
    let core = opened.part("docProps/core.xml");
    assert!(core.contains("<dc:language>en-GB</dc:language>"));
    assert!(core.contains("2023-10-21T10:15:00Z"));
    let styles = opened.part("xl/styles.xml");
    assert!(styles.contains("name=\"Heading 1\"") && styles.contains("name=\"Heading 2\""));
}

#[test]
fn commentary_too_tall_for_a_row_goes_on_in_the_next() {
    let mut pack = pack();
    let long: Vec<String> = (0..900).map(|n| format!("word{n}")).collect();
    pack.indicators[0].points.last_mut().unwrap().commentary = Some(long.join(" "));
    let bytes = render(&pack).unwrap();
    checker::passes("long-commentary-exampleshire.xlsx", &bytes);
    let rows = Opened::new(bytes).rows("Indicator detail");
    let header = rows.iter().position(|r| r[0] == "Ref").unwrap();
    let at = rows[header].iter().position(|h| h == "Commentary").unwrap();
    let parts: Vec<&str> = rows.iter().filter(|r| r[0] == "EN01").map(|r| r[at].as_str()).collect();
    assert!(parts.len() > 1);
    assert_eq!(parts.join(" "), long.join(" "), "no word is lost");
}

#[test]
fn a_pack_is_named_by_what_it_is_whose_and_when() {
    let name = |profile, edition_of: Option<&str>| Pack { profile, edition_of: edition_of.map(str::to_owned), ..pack() }.file_name();
    assert_eq!(name(Profile::Scrutiny, None), "performance-pack-exampleshire-july-to-september-2023.xlsx");
    assert_eq!(name(Profile::Officer, None), "internal-pack-exampleshire-july-to-september-2023.xlsx");
    assert_eq!(name(Profile::Exceptions, None), "exceptions-pack-exampleshire-july-to-september-2023.xlsx");
    assert_eq!(name(Profile::Cabinet, Some("Waste")), "cabinet-pack-waste-july-to-september-2023.xlsx");
    assert_eq!(name(Profile::OpenData, None), "open-data-exampleshire-county-july-to-september-2023.xlsx");
}

#[test]
fn each_reader_is_given_the_sheets_that_are_for_them() {
    let sheets = |profile| Opened::new(render(&exporters::pack::Pack { profile, ..pack() }).unwrap()).sheets();
    let officer = sheets(Profile::Officer);
    let members: Vec<String> = officer.iter().filter(|name| *name != "Trend data").cloned().collect();
    assert_eq!(sheets(Profile::Scrutiny), members);
    assert_eq!(sheets(Profile::Cabinet), members);
    assert_eq!(sheets(Profile::Exceptions), ["Cover", "Table of contents", "Exceptions", "Trend charts", "Key", "Notes"]);
    assert_eq!(sheets(Profile::OpenData), ["Cover", "Table of contents", "Trend data", "Definitions", "Key", "Notes"]);
}

#[test]
fn a_figure_stands_beside_its_counts_and_the_measures_that_explain_it() {
    let mut pack = pack();
    pack.indicators[0].context = vec!["OC01".to_owned(), "HR01".to_owned(), "NOT-HERE".to_owned()];
    let rows = Opened::new(render(&pack).unwrap()).rows("Figures in context");
    let of: Vec<&[String]> = rows.iter().filter(|row| row[0] == "EN01").map(Vec::as_slice).collect();
    assert_eq!(of.len(), 2, "a row a measure of this pack");
    assert_eq!(
        of[0][8..],
        ["12345.5", "Number that could have been", "15451", "OC01 Healthy life expectancy at birth", "63.9", "63.2", "Years"]
    );
    assert_eq!(of[1][11], "HR01 Working days lost to sickness absence for each full-time equivalent employee");
    let hidden = rows.iter().find(|row| row[0] == "CS01").unwrap();
    assert_eq!([&hidden[5], &hidden[8], &hidden[10]], ["[c]", "[c]", "[c]"]);
    // Where nothing explains anything, the counts stand alone.
    let rows = opened().rows("Figures in context");
    let headings = rows.iter().find(|row| row[0] == "Ref").unwrap();
    assert_eq!(headings.last().map(String::as_str), Some("Denominator"));
}

#[test]
fn indicators_that_change_programmes_own_have_a_scorecard_of_their_own() {
    let mut opened = opened();
    assert_eq!(opened.cell("Scorecard by programme", "CP-SEND-01", "Change programme"), "Special educational needs transformation");
    assert_eq!(opened.rows("Scorecard by programme").iter().filter(|row| row[1] == "EN01").count(), 0);
    let mut without = pack();
    without.indicators.retain(|of| of.programme.is_none());
    assert!(!Opened::new(render(&without).unwrap()).sheets().contains(&"Scorecard by programme".to_owned()));
}
