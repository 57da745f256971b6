//! National files as departments and others published them, read for everybody. Expected figures are those of the
//! published workbooks, looked up by hand or added up by another program.
//!
//! The files are not part of the repository; where the folder beside it is absent, this says so and passes.

use std::path::PathBuf;

use importers::benchmark::{PeriodAs, resolve};
use importers::catalogue::{self, CatalogueKind};
use importers::mapping::Settings;
use importers::neighbours::{self, ListKind, Named};
use importers::{Limits, Severity};
use rules::measure::{Frequency, YearBasis};

use crate::national::{Met, met};

fn published(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/workbooks").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("{} is absent: nothing was read", path.display());
    }
    bytes
}

fn national(name: &str) -> Option<Met> {
    let met = met(&published(name)?, name, &Settings::default());
    let errors: Vec<_> = met.reading.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(errors.is_empty() || met.figures.is_empty(), "{name}: {errors:?}");
    for problem in &met.reading.diagnostics {
        assert!(importers::diagnostic::find(&problem.code).is_some() && !problem.places.is_empty(), "{name}: {problem:?}");
    }
    let keys: std::collections::HashSet<_> = met.reading.measures.iter().map(|measure| &measure.key).collect();
    assert_eq!(keys.len(), met.reading.measures.len(), "{name}: every measure has a key of its own");
    Some(met)
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(period, value)| (period.as_str(), value.as_str())).collect()
}

fn values(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|(_, value)| value.as_str()).collect()
}

#[test]
fn fly_tipping_of_every_district() {
    let Some(met) = national("defra_flytipping_incidents_actions.xlsx") else { return };
    let total = "fly tipping incidents reported by local authorities in england; total incidents";
    let ours = met.of("E07000011", total, "Number");
    let expected = [
        ("2012-13", "352"),
        ("2013-14", "367"),
        ("2014-15", "499"),
        ("2015-16", "640"),
        ("2016-17", "692"),
        ("2017-18", "683"),
        ("2018-19", "1072"),
        ("2019-20", "542"),
        ("2020-21", "2351"),
        ("2021-22", "1247"),
    ];
    assert_eq!(pairs(&ours), expected);
    assert_eq!(met.of("England", total, "Number")[0], ("2012-13".to_owned(), "714637".to_owned()));
    assert_eq!(met.reading.sheets, ["LA_incidents", "LA_actions"]);
    let [authorities, regions, totals, others] = met.kinds();
    assert_eq!((authorities, regions, others), (342, 10, 0));
    assert!(totals > 0);
    // A colon is a figure that nobody has, and no zero.
    let notices = met.reading.measures.iter().find(|m| m.key.contains("littering fixed penalty notices")).unwrap();
    assert_eq!(values(&met.of("E07000011", &notices.key, "Number"))[0], "-");
}

#[test]
fn carers_quality_of_life_of_every_council() {
    let Some(met) = national("oflog_ASC_data.csv") else { return };
    // 6,376 rows of which 298 are blank.
    assert_eq!((met.figures.len(), met.reading.measures.len(), met.kinds()), (6_078, 7, [157, 0, 0, 0]));
    let nottingham = met.of("E06000018", "asc1", "Score");
    let of = |year: &str| nottingham.iter().find(|(period, _)| period == year).map(|(_, value)| value.as_str());
    assert_eq!((of("2016-17"), of("2021-22")), (Some("7.7"), Some("6.9")));
    let devon = met.of("E10000008", "asc1", "Score");
    assert_eq!((devon.iter().any(|(_, v)| v == "7.3"), devon.iter().any(|(_, v)| v == "7")), (true, true));
    let supplied: Vec<_> = met.reading.supplied.iter().map(|one| one.heading.as_str()).collect();
    assert_eq!(supplied, ["MEDIAN", "MADs_from_median", "rank_order"]);
}

#[test]
fn rough_sleeping_of_every_district() {
    let Some(met) = national("dluhc_rough_sleeping.xlsx") else { return };
    let total = &met.reading.measures[0].key;
    assert_eq!(total, "total number of people sleeping rough by local authority district and region");
    let huntingdonshire = met.of("E07000011", total, "Number");
    assert_eq!(values(&huntingdonshire)[..12], ["1", "2", "2", "1", "3", "2", "3", "4", "5", "4", "8", "7"]);
    let nottingham = met.of("E06000018", total, "Number");
    assert_eq!(values(&nottingham)[..12], ["3", "10", "7", "9", "9", "14", "35", "43", "34", "30", "31", "23"]);
    assert_eq!(met.of("E12000007", total, "Number")[0], ("2010".to_owned(), "415".to_owned()));
    assert_eq!(met.kinds(), [309, 11, 1, 0]);
    // A bare year is a question until somebody says which year it is.
    let period = &met.reading.periods[0].period;
    assert_eq!(resolve(period, &PeriodAs::default()).unwrap_err().code, "PER-019");
    let calendar = PeriodAs { basis: Some(YearBasis::Calendar), frequency: Some(Frequency::Annual), ..PeriodAs::default() };
    assert_eq!(resolve(period, &calendar).unwrap().0.to_string(), "2010");
}

#[test]
fn homelessness_of_a_quarter() {
    let Some(met) = national("mhclg_homelessness_DetailedLA_201806.xlsx") else { return };
    let title = "number of households assessed and owed a prevention or relief duty by local authority";
    let expected = [
        ("total initial assessments", "218"),
        ("assessed as owed a duty|total", "214"),
        ("threatened with homelessness prevention duty owed", "130"),
        ("homeless relief duty owed", "84"),
    ];
    for (measure, value) in expected {
        let found = met.of("E07000011", &format!("{title}; {measure}"), "Number");
        assert_eq!(values(&found), [value], "{measure}");
        let period = &met.reading.periods[0].period;
        assert_eq!(resolve(period, &PeriodAs::default()).unwrap().0.to_string(), "2018/19 Q1");
    }
}

#[test]
fn homelessness_of_a_later_quarter_in_two_formats() {
    let names = ["mhclg_homelessness_Detailed_LA_202303.xlsx", "mhclg_homelessness_Detailed_LA_202303.ods"];
    let Some([xlsx, ods]) = names.map(national).into_iter().collect::<Option<Vec<_>>>().and_then(|both| <[Met; 2]>::try_from(both).ok())
    else {
        return;
    };
    let key = &xlsx.reading.measures[0].key;
    assert_eq!(key, "number of households by initial assessment of homelessness circumstances and needs; total initial assessments");
    assert_eq!(pairs(&xlsx.of("E92000001", key, "Number")), [("January to March 2023", "83240")]);
    assert_eq!(pairs(&xlsx.of("E12000007", key, "Number")), [("January to March 2023", "14870")]);
    assert_eq!(xlsx.of("E06000018", key, "Number"), ods.of("E06000018", key, "Number"));
    assert_eq!((xlsx.figures.len(), xlsx.kinds()), (ods.figures.len(), ods.kinds()));
}

#[test]
fn money_in_thousands_of_every_authority() {
    let Some(met) = national("mhclg_RS_2017-18_data_by_LA.xlsx") else { return };
    let highways = "revenue outturn ro revenue outturn summary rs data; highways and transport services";
    assert_eq!(pairs(&met.of("E07000011", highways, "Pounds")), [("2017-18", "-1183000")]);
    assert_eq!(pairs(&met.of("E10000003", highways, "Pounds")), [("2017-18", "30400000")]);
    let measure = met.reading.measures.iter().find(|m| m.key == highways).unwrap();
    assert_eq!(measure.unit.as_deref(), Some("£ thousand"));
    // Without codes: names, and the older register's.
    let Some(met) = national("mhclg_RS_2010-11_by_LA_27-Nov-2012-v2.xls") else { return };
    let area = met.reading.areas.iter().find(|area| area.name.as_ref().is_some_and(|name| name.text == "Huntingdonshire")).unwrap();
    assert_eq!((area.code.is_none(), area.register_code.as_ref().map(|code| code.text.as_str())), (true, Some("E0551")));
}

#[test]
fn ratios_of_the_scottish_framework() {
    let Some(met) = national("lgbf_indicator_data_real_quarterly.csv") else { return };
    assert_eq!((met.figures.len(), met.reading.measures.len(), met.kinds()), (1_339, 2, [32, 0, 0, 0]));
    let (first, _) = met.reading.interpret(&met.figures[0], "Per cent");
    let parts = [first.value, first.numerator, first.denominator].map(|part| part.unwrap().to_string());
    assert_eq!(parts, ["98", "2985", "3035"]);
    assert_eq!(resolve(&met.reading.periods[0].period, &PeriodAs::default()).unwrap().0.to_string(), "2018/19 Q1");
    assert!(met.reading.supplied.iter().any(|one| one.heading == "ScotRank"));
    // Averages are nobody's figures.
    let Some(averages) = national("lgbf_scottish_averages.csv") else { return };
    assert!(
        averages.figures.is_empty() && averages.reading.diagnostics.iter().any(|d| d.code == "BMK-011" && d.severity == Severity::Error)
    );
}

#[test]
fn measures_in_two_columns() {
    let Some(met) = national("trafford_household_waste_recycling.csv") else { return };
    let percent = "household waste sent for reuse recycling or composting; percentage";
    assert_eq!(met.of("E08000009", percent, "Per cent")[0], ("2013/14".to_owned(), "57.5".to_owned()));
    assert_eq!(met.of("E92000001", percent, "Per cent")[0], ("2013/14".to_owned(), "43.5".to_owned()));
    let tonnes = "household waste sent for reuse recycling or composting; frequency; tonnes";
    assert_eq!(met.of("E06000055", tonnes, "Tonnes")[0], ("2014/15".to_owned(), "28341".to_owned()));
    assert_eq!((met.figures.len(), met.kinds()), (365, [16, 1, 0, 0]));
    let Some(met) = national("lginform_planning_applications_major_trafford.csv") else { return };
    let measure = &met.reading.measures[0];
    assert_eq!((met.figures.len(), measure.unit.as_deref()), (221, Some("Percentage")));
    assert_eq!(met.of("E06000055", &measure.key, "Per cent")[0], ("2022/23 Q3".to_owned(), "89".to_owned()));
}

fn words(named: &Named) -> &str {
    named.name.as_ref().map_or("", |text| &text.text)
}

#[test]
fn neighbours_of_two_departments_and_families() {
    let (Some(ons), Some(dfe), Some(numbers), Some(families)) = (
        published("ons_clustering_nearest_neighbours.xlsx"),
        published("dfe_lait_sn_may_2025.xlsx"),
        published("dfe_lait_la_code_list.xlsx"),
        published("lgbf_family_groups.csv"),
    ) else {
        return;
    };
    let limits = Limits::default();
    let lists = neighbours::read(&ons, "ons.xlsx", &limits, None);
    assert_eq!(
        (lists.kind, lists.neighbours.len(), lists.has_errors()),
        (Some(ListKind::OfficeForNationalStatistics), 3 * 382 * 20, false)
    );
    let global = Some("Global statistical nearest neighbours");
    let of = |code: &str| -> Vec<&str> {
        let own = lists.neighbours.iter().filter(|n| n.model.as_deref() == global && n.area.code.as_ref().is_some_and(|c| c.text == code));
        own.take(4).map(|neighbour| words(&neighbour.neighbour)).collect()
    };
    assert_eq!(of("E10000008"), ["Gloucestershire", "Wiltshire", "Somerset", "Norfolk"]);
    assert_eq!(of("E06000018"), ["Liverpool", "Glasgow City", "Birmingham", "Salford"]);
    assert_eq!(of("E07000011"), ["Warwickshire", "East Riding of Yorkshire", "Lichfield", "Rugby"]);

    let numbers = neighbours::numbers(&numbers, "numbers.xlsx", &limits);
    assert_eq!((numbers.names.get(&892).map(String::as_str), numbers.diagnostics.len()), (Some("Nottingham"), 0));
    let lists = neighbours::read(&dfe, "dfe.xlsx", &limits, Some(&numbers));
    assert_eq!((lists.kind, lists.neighbours.len(), lists.diagnostics.len()), (Some(ListKind::DepartmentForEducation), 1_580, 0));
    let first = &lists.neighbours[0];
    let said = (words(&first.area), first.place, words(&first.neighbour), first.closeness.as_deref());
    assert_eq!(said, ("Barking and Dagenham", 1, "Enfield", Some("Close")));

    let lists = neighbours::read(&families, "families.csv", &limits, None);
    assert_eq!((lists.kind, lists.members.len(), lists.has_errors()), (Some(ListKind::Families), 64, false));
    assert_eq!((words(&lists.members[0].area), lists.members[0].group.as_deref()), ("Eilean Siar", Some("Family Group 1")));
}

#[test]
fn the_scottish_list_of_indicators() {
    let Some(bytes) = published("lgbf_indicator_information.csv") else { return };
    let reading = catalogue::read(&bytes, "lgbf.csv", &Limits::default());
    assert_eq!((reading.kind, reading.metrics.len(), reading.diagnostics.len()), (Some(CatalogueKind::Lgbf), 108, 0));
    let first = &reading.metrics[0].metric;
    assert_eq!((first.code.as_str(), first.title.as_str()), ("ENV01a", "Net Cost of Waste Collection per Premises"));
    assert_eq!((first.unit.as_deref(), first.written_as.as_slice()), (Some("Pounds"), &["ENV 01a".to_owned()][..]));
    let within = reading.metrics.iter().filter(|m| m.metric.better == Some(rules::measure::Polarity::WithinRange)).count();
    let yearly = reading.metrics.iter().filter(|m| m.metric.frequency == Some(Frequency::Annual)).count();
    assert_eq!((within, yearly), (4, 90));
}
