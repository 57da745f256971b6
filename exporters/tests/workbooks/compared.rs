//! The part of a pack that compares: with other councils, and with the limits of a figure's own history.

use exporters::Language;
use exporters::pack::{Pack, PackBox, PackCompared, PackComparison, PackLimits, PackVariation, Profile, render};
use rules::benchmark::QuartilePosition;
use rules::period::Period;
use rules::spc::{Assurance, Variation};

use crate::checker;
use crate::languages::sentences_in_english;
use crate::opened::Opened;
use crate::sample::{dec, pack};

const SHEETS: [&str; 3] = ["Benchmarking", "Benchmark charts", "Change and chance"];
const PROFILES: [(Profile, &str); 5] = [
    (Profile::Scrutiny, "scrutiny"),
    (Profile::Exceptions, "exceptions"),
    (Profile::Cabinet, "cabinet"),
    (Profile::Officer, "officers"),
    (Profile::OpenData, "open-data"),
];

fn at(year: i32, quarter: u32, ours: Option<&str>, group: [Option<&str>; 5]) -> PackBox {
    let [lowest, lower_quartile, median, upper_quartile, highest] = group.map(|figure| figure.map(dec));
    PackBox {
        period: Period::quarter(year, quarter).unwrap(),
        ours: ours.map(dec),
        lowest,
        lower_quartile,
        median,
        upper_quartile,
        highest,
    }
}

fn comparison(code: &str, path: Vec<PackBox>) -> PackComparison {
    PackComparison {
        code: code.to_owned(),
        group: "ONS statistical neighbours, 2025".to_owned(),
        rank: Some(12),
        of: 16,
        position: QuartilePosition::ThirdQuarter,
        without: 2,
        shared: 0,
        same_definition: true,
        source: "WasteDataFlow, edition of January 2024, Open Government Licence v3.0".to_owned(),
        path,
    }
}

fn full(figures: [&'static str; 5]) -> [Option<&'static str>; 5] {
    figures.map(Some)
}

/// The sample's pack with two comparisons and two figures held against their limits.
fn comparing() -> Pack {
    let mut waste = comparison(
        "EN01",
        vec![
            at(2023, 1, Some("81.0"), full(["40.1", "45.0", "48.25", "55.5", "63.0"])),
            at(2023, 2, Some("79.9"), full(["39.9", "44.0", "48.0", "56.0", "62.5"])),
        ],
    );
    waste.shared = 2;
    let few = PackComparison {
        rank: None,
        of: 0,
        position: QuartilePosition::NotRanked,
        same_definition: false,
        ..comparison("EN02", vec![at(2023, 2, None, [Some("1.2"), None, Some("1.5"), None, Some("2.5")])])
    };
    let limits = |year, quarter| PackLimits {
        period: Period::quarter(year, quarter).unwrap(),
        centre: dec("83.125"),
        lower: dec("80.05"),
        upper: dec("86.2"),
    };
    let unusual = PackVariation {
        code: "EN01".to_owned(),
        variation: Variation::ConcernLow,
        assurance: Some(Assurance::HitOrMiss),
        points: 14,
        value: dec("79.9"),
        of_additions: false,
        limits: vec![limits(2022, 4), limits(2023, 1), limits(2023, 2)],
        rebased: Some((Period::quarter(2021, 1).unwrap(), "Food waste is collected apart".to_owned())),
    };
    let usual = PackVariation {
        code: "EN02".to_owned(),
        variation: Variation::CommonCause,
        assurance: None,
        points: 12,
        value: dec("7"),
        of_additions: true,
        limits: vec![limits(2023, 2)],
        rebased: None,
    };
    Pack { compared: PackCompared { with_others: vec![waste, few], through_time: vec![unusual, usual] }, ..pack() }
}

fn opened(pack: &Pack) -> Opened {
    Opened::new(render(pack).expect("the sample can be rendered"))
}

fn row(opened: &mut Opened, sheet: &str, key: &str) -> Vec<String> {
    opened.row(sheet, key).into_iter().map(|(_, cell)| cell).collect()
}

#[test]
fn a_comparison_prints_the_group_and_where_ours_stands_in_it() {
    let mut opened = opened(&comparing());
    assert_eq!(
        row(&mut opened, "Benchmarking", "EN01"),
        [
            "EN01",
            "Household waste sent for reuse, recycling and composting",
            "July to September 2023",
            "0.799",
            "Per cent",
            "ONS statistical neighbours, 2025",
            "0.48",
            "0.44",
            "0.56",
            "0.399",
            "0.625",
            "12",
            "16",
            "2",
            "Third quarter",
            "Yes",
            "WasteDataFlow, edition of January 2024, Open Government Licence v3.0; with the figures of 2 councils that shared them"
        ]
    );
    let few = row(&mut opened, "Benchmarking", "EN02");
    assert_eq!((few[3].as_str(), few[7].as_str(), few[11].as_str(), few[12].as_str()), ("[z]", "[z]", "[z]", "[z]"));
    assert_eq!(few[14..16], ["Not ranked", "No"]);
    assert!(opened.column_a("Benchmarking").contains("Figures prompt questions, not judgements"));
}

#[test]
fn a_change_prints_its_limits_and_what_it_is() {
    let mut opened = opened(&comparing());
    assert_eq!(
        row(&mut opened, "Change and chance", "EN01")[2..],
        [
            "July to September 2023",
            "0.799",
            "Per cent",
            "0.83125",
            "0.8005",
            "0.862",
            "14",
            "Special cause, concern (lower)",
            "Hit or miss",
            "April to June 2021: Food waste is collected apart"
        ]
    );
    let added = row(&mut opened, "Change and chance", "EN02");
    assert_eq!((added[3].as_str(), &added[9..]), ("7", &["Common cause", "No target", "The first point"].map(str::to_owned)[..]));
    assert!(opened.column_a("Change and chance").contains("what each period added"));
}

#[test]
fn each_reader_is_given_the_sheets_that_are_theirs() {
    let sheets = |profile| {
        let all = opened(&Pack { profile, ..comparing() }).sheets();
        SHEETS.iter().filter(|name| all.contains(&(**name).to_owned())).copied().collect::<Vec<_>>()
    };
    assert_eq!(sheets(Profile::Officer), SHEETS);
    assert_eq!(sheets(Profile::Cabinet), SHEETS);
    assert_eq!(sheets(Profile::Scrutiny), ["Change and chance"]);
    assert_eq!(sheets(Profile::OpenData), ["Benchmarking"]);
    assert_eq!(sheets(Profile::Exceptions), [""; 0]);
    let none = opened(&pack()).sheets();
    assert!(SHEETS.iter().all(|name| !none.contains(&(*name).to_owned())));
}

#[test]
fn what_compares_keeps_every_rule_for_every_reader() {
    let files = PROFILES.map(|(profile, reader)| {
        (format!("comparing-for-{reader}.xlsx"), render(&Pack { profile, chart_all: true, ..comparing() }).unwrap())
    });
    checker::all_pass("compared", &files);
    let mut long = comparing();
    let words: String = (0..300).map(|n| format!("word{n} ")).collect();
    long.compared.with_others[0].group = words.clone();
    long.compared.with_others[0].source = words.clone();
    long.compared.through_time[0].rebased = Some((Period::quarter(2021, 1).unwrap(), words));
    checker::all_pass("compared", &[("comparing-in-many-words.xlsx".to_owned(), render(&long).unwrap())]);
}

#[test]
fn in_welsh_it_keeps_every_rule_but_those_that_go_by_english_words() {
    const BY_WORDS: [&str; 3] = ["S02", "S15", "T09"];
    let language = Language::find("cy-GB").unwrap();
    let bytes = render(&Pack { language, chart_all: true, ..comparing() }).unwrap();
    let broken = guidance::broken("comparing-in-welsh.xlsx", &bytes);
    assert!(broken.iter().all(|rule| BY_WORDS.contains(rule)), "{broken:?}");
    checker::all_pass("compared", &[("comparing-in-welsh.xlsx".to_owned(), sentences_in_english(&bytes))]);
}
