//! National files read for everybody: whose, of what and of when every figure is, and what is no figure of anybody.

use importers::benchmark::{AreaKind, BenchmarkFigure, BenchmarkReading, PeriodAs, SuppliedKind, read, resolve};
use importers::mapping::{Mapping, Settings, TableMapping};
use importers::{Limits, Severity};
use rules::measure::{Absence, Frequency, ValueState, YearBasis};

/// A reading with its figures unpacked.
pub struct Met {
    pub reading: BenchmarkReading,
    pub figures: Vec<BenchmarkFigure>,
}

pub fn met(bytes: &[u8], name: &str, settings: &Settings) -> Met {
    let (reading, figures) = read(bytes, name, &Limits::default(), settings);
    let figures = figures.iter().collect::<Result<_, _>>().unwrap();
    Met { reading, figures }
}

fn csv(text: &str) -> Met {
    met(text.as_bytes(), "national.csv", &Settings::default())
}

impl Met {
    /// Figures as `area | measure | period | value`, in the unit given; absences and states behind.
    pub fn says(&self, unit: &str) -> Vec<String> {
        self.figures.iter().map(|figure| self.line(figure, unit)).collect()
    }

    fn line(&self, figure: &BenchmarkFigure, unit: &str) -> String {
        let area = &self.reading.areas[figure.area as usize];
        let area = area.code.as_ref().or(area.name.as_ref()).map_or("-", |text| &text.text);
        let measure = &self.reading.measures[figure.measure as usize];
        let period = figure.period.map_or_else(|| "-".to_owned(), |at| self.period(at));
        let (read, _) = self.reading.interpret(figure, unit);
        let value = read.value.map_or_else(|| read.absence.map_or_else(|| "?".to_owned(), |why| why.code().to_owned()), |v| v.to_string());
        let state = read.state.map(|state| format!(" {}", state.code())).unwrap_or_default();
        format!("{area} | {} | {period} | {value}{state}", measure.key)
    }

    fn period(&self, at: u32) -> String {
        match &self.reading.periods[at as usize].period.content {
            importers::PeriodContent::Text(text) => text.clone(),
            importers::PeriodContent::Date { date, .. } => date.to_string(),
        }
    }

    /// An area's figures of one measure in the order of the file: period as written, and value in a unit.
    pub fn of(&self, area: &str, measure: &str, unit: &str) -> Vec<(String, String)> {
        let is = |figure: &&BenchmarkFigure| {
            let met = &self.reading.areas[figure.area as usize];
            let named = [&met.code, &met.name].into_iter().flatten().any(|text| text.text == area);
            named && self.reading.measures[figure.measure as usize].key == measure
        };
        let value = |figure: &BenchmarkFigure| self.reading.interpret(figure, unit).0.value.map_or_else(|| "-".into(), |v| v.to_string());
        self.figures.iter().filter(is).map(|figure| (figure.period.map_or_else(String::new, |at| self.period(at)), value(figure))).collect()
    }

    pub fn kinds(&self) -> [usize; 4] {
        let count = |kind: AreaKind| self.reading.areas.iter().filter(|area| area.kind == kind).count();
        [AreaKind::Authority, AreaKind::Region, AreaKind::Total, AreaKind::Other].map(count)
    }

    fn codes(&self) -> Vec<String> {
        let worth = self.reading.diagnostics.iter().filter(|d| !matches!(&*d.code, "LAY-005" | "COL-006"));
        worth.map(|d| format!("{} {} {}", d.severity, d.code, d.places[0].cell)).collect()
    }
}

#[test]
fn every_authoritys_figure_is_read_with_regions_and_totals_apart() {
    let met = csv("Financial year,Local authority code,Local authority name,Measure,Code,Value,MEDIAN,MADs_from_median,rank_order\n\
         2016-17,*Total,*Total,Carer quality of life,ASC1,7.4,7.6,0,desc\n\
         2016-17,E06000018,Nottingham,Carer quality of life,ASC1,7.7,7.6,0.33,desc\n\
         2016-17,E10000008,Devon,Carer quality of life,ASC1,7.3,7.6,-1,desc\n\
         2016-17,E92000001,England,Carer quality of life,ASC1,7.5,7.6,0,desc\n\
         2016-17,E07000011,Huntingdonshire,Carer quality of life,ASC1,,7.6,0,desc\n\
         2016-17,E23000008,Durham Police,Carer quality of life,ASC1,7,7.6,0,desc\n");
    let expected = [
        "- | asc1 | 2016-17 | 7.4",
        "E06000018 | asc1 | 2016-17 | 7.7",
        "E10000008 | asc1 | 2016-17 | 7.3",
        "E92000001 | asc1 | 2016-17 | 7.5",
        "E23000008 | asc1 | 2016-17 | 7",
    ];
    assert_eq!(met.says("Score"), expected);
    assert_eq!(met.kinds(), [2, 1, 1, 1]);
    let measure = &met.reading.measures[0];
    assert_eq!(
        (measure.code.as_ref().unwrap().text.as_str(), measure.name.as_ref().unwrap().text.as_str()),
        ("ASC1", "Carer quality of life")
    );
    assert_eq!((measure.figures, met.reading.areas[0].figures), (5, 1));
    // Supplied statistics are told of, and are nobody's figures; a blank cell is no fault.
    assert_eq!(met.codes(), ["INFO VAL-029 F6", "INFO BMK-001 G1"]);
    let kinds: Vec<_> = met.reading.supplied.iter().map(|one| (one.heading.as_str(), one.kind)).collect();
    let supplied = [("MEDIAN", SuppliedKind::Median), ("MADs_from_median", SuppliedKind::Median), ("rank_order", SuppliedKind::Rank)];
    assert_eq!(kinds, supplied);
    assert_eq!(met.reading.place(&met.figures[1]).cell, "F3");
}

#[test]
fn marks_for_missing_figures_and_states_are_what_they_are_for_one_council() {
    let values = [":", "-", "..", "[x]", "[c]", "Refused", "12.5 [p]", "0", "[z]", "...", "Did not respond", "1,234 [r]"];
    let rows: String = (1..).zip(values).map(|(at, value)| format!("E0700{at:04},Place {at},2021-22,\"{value}\"\n")).collect();
    let met = csv(&format!("ONS code,LA name,Year,Missed bins\n{rows}"));
    let read = |at: usize| met.reading.interpret(&met.figures[at], "Number").0;
    let absences: Vec<_> = (0..values.len()).map(|at| read(at).absence).collect();
    let missing = Some(Absence::NotAvailable);
    let expected =
        [missing, missing, missing, missing, Some(Absence::Suppressed), missing, None, None, Some(Absence::NotDue), missing, missing, None];
    assert_eq!(absences, expected);
    assert_eq!((read(6).value.unwrap().to_string(), read(6).state), ("12.5".to_owned(), Some(ValueState::Provisional)));
    assert_eq!((read(11).value.unwrap().to_string(), read(11).state), ("1234".to_owned(), Some(ValueState::Final)));
    assert_eq!(read(7).value.unwrap().to_string(), "0");
}

#[test]
fn a_column_says_how_firm_a_figure_is_and_why_there_is_none() {
    let met = csv("Area code,Measure code,Period,Value,Value state,If no result why\n\
         E06000018,M1,2021-22,5,Provisional,\nE10000008,M1,2021-22,6 [r],Provisional,\nE07000011,M1,2021-22,,,Suppressed\n");
    assert_eq!(
        met.says("Number"),
        ["E06000018 | m1 | 2021-22 | 5 PROVISIONAL", "E10000008 | m1 | 2021-22 | 6 FINAL", "E07000011 | m1 | 2021-22 | SUPPRESSED"]
    );
}

#[test]
fn rows_of_regions_are_named_by_the_columns_that_name_them() {
    let met = csv("Year,ONS Code,LA Name,Region,Region ONS code,Total Incidents,England average\n\
         2012-13,*Total,*Total,*Total England,-,700,1\n2012-13,---,---,East of England,E12000006,60,1\n\
         2012-13,---,---,London,E12000007,55,1\n2012-13,---,---,Rest of England,-,640,1\n\
         2012-13,E07000011,Huntingdonshire,East of England,E12000006,352,1\n2012-13,E07000008,Cambridge,East of England,E12000006,7,1\n\
         2012-13,E06000018,Nottingham,East Midlands,E12000004,9,1\n");
    let areas: Vec<String> = met
        .reading
        .areas
        .iter()
        .map(|area| {
            format!("{} {} {}", area.kind, area.code.as_ref().map_or("-", |c| &c.text), area.name.as_ref().map_or("-", |n| &n.text))
        })
        .collect();
    let expected = [
        "REGION - England",
        "REGION E12000006 East of England",
        "REGION E12000007 London",
        "TOTAL - Rest of England",
        "AUTHORITY E07000011 Huntingdonshire",
        "AUTHORITY E07000008 Cambridge",
        "AUTHORITY E06000018 Nottingham",
    ];
    assert_eq!(areas, expected);
    // The average of a nation beside each row is nobody's figure.
    assert_eq!((met.figures.len(), met.reading.measures.len()), (7, 1));
    assert_eq!(
        met.reading.diagnostics.iter().filter(|d| d.code == "BMK-001").map(|d| d.places[0].cell.as_str()).collect::<Vec<_>>(),
        ["G1"]
    );
}

#[test]
fn statistics_with_a_level_in_each_row_are_read_at_every_level() {
    let met =
        csv("time_period,geographic_level,country_code,country_name,region_code,region_name,old_la_code,la_name,new_la_code,pupils,rate\n\
         2021/22,National,E92000001,England,,,,,,900,1.5\n2021/22,Regional,E92000001,England,E12000004,East Midlands,,,,90,1.2\n\
         2021/22,Local authority,E92000001,England,E12000004,East Midlands,892,Nottingham,E06000018,9,1.1\n\
         2021/22,Local authority,E92000001,England,E12000004,East Midlands,830,Derbyshire,E10000007,8,1.0\n\
         2021/22,Local authority,E92000001,England,E12000009,South West,878,Devon,E10000008,7,c\n");
    let expected = [
        "E92000001 | pupils | 2021/22 | 900",
        "E92000001 | rate | 2021/22 | 1.5",
        "E12000004 | pupils | 2021/22 | 90",
        "E12000004 | rate | 2021/22 | 1.2",
        "E06000018 | pupils | 2021/22 | 9",
        "E06000018 | rate | 2021/22 | 1.1",
        "E10000007 | pupils | 2021/22 | 8",
        "E10000007 | rate | 2021/22 | 1",
        "E10000008 | pupils | 2021/22 | 7",
        "E10000008 | rate | 2021/22 | SUPPRESSED",
    ];
    assert_eq!((met.says("Number"), met.kinds()), (expected.map(str::to_owned).to_vec(), [3, 2, 0, 0]), "{:?}", met.codes());
}

#[test]
fn an_authority_that_somebody_forgot_to_name_is_not_its_region() {
    let met = csv("Year,ONS Code,LA Name,Region,Missed bins\n2021-22,E07000011,Huntingdonshire,East of England,5\n\
         2021-22,,,East of England,6\n2021-22,E07000008,Cambridge,East of England,7\n2021-22,E06000018,Nottingham,East Midlands,8\n");
    assert_eq!((met.figures.len(), met.kinds(), met.codes()), (3, [3, 0, 0, 0], vec!["WARNING BMK-012 B3".to_owned()]));
}

#[test]
fn measures_of_one_name_are_told_apart_by_how_they_are_counted() {
    let met = csv("area_code,area_name,period,indicator,measure,unit,value\n\
         E08000009,Trafford,2014/15,Household waste recycled,Percentage,Waste,61.9\n\
         E08000009,Trafford,2014/15,Household waste recycled,Frequency,Tonnes,51000\n\
         E08000002,Bury,2014/15,Household waste recycled,Percentage,Waste,46.6\n");
    let keys: Vec<_> = met.reading.measures.iter().map(|m| (m.key.as_str(), m.variant.as_deref(), m.unit.as_deref())).collect();
    let expected = [
        ("household waste recycled; percentage", None, Some("Percentage")),
        ("household waste recycled; frequency; tonnes", Some("Frequency"), Some("Tonnes")),
    ];
    assert_eq!(keys, expected);
    let met = csv("Type,Code,Period,Local Authority,Value,Numerator,Denominator\n\
         Cash_Annual,CLIM 05,2017-18,Fife,51.8,13592600,228800\nReal_Annual,CLIM 05,2017-18,Fife,60.1,13592600,228800\n");
    assert_eq!(met.says("Number"), ["Fife | clim 05; cash annual | 2017-18 | 51.8", "Fife | clim 05; real annual | 2017-18 | 60.1"]);
    let (read, _) = met.reading.interpret(&met.figures[0], "Number");
    assert_eq!((read.numerator.unwrap().to_string(), read.denominator.unwrap().to_string()), ("13592600".into(), "228800".into()));
}

#[test]
fn a_figure_twice_is_kept_once_and_one_that_contradicts_itself_not_at_all() {
    let met = csv("Area code,Measure code,Period,Value\nE06000018,M1,2021-22,5\nE06000018,M1,2021-22,5\nE10000008,M1,2021-22,6\n\
         E10000008,M1,2021-22,7\nE10000008,M1,2021-22,6\nE07000011,M1,2021-22,8\n");
    assert_eq!(met.says("Number"), ["E06000018 | m1 | 2021-22 | 5", "E07000011 | m1 | 2021-22 | 8"]);
    assert_eq!(met.codes(), ["WARNING STR-015 D2", "ERROR STR-016 D4"]);
    let counts: Vec<_> = met.reading.diagnostics.iter().map(|d| d.count).collect();
    assert_eq!(counts, [2, 3]);
    assert_eq!(met.reading.areas.iter().map(|area| area.figures).collect::<Vec<_>>(), [1, 0, 1]);
    assert_eq!((met.reading.measures[0].figures, met.reading.periods[0].figures), (2, 2));
}

#[test]
fn a_file_without_areas_says_so() {
    for text in ["Code,Period,Value_Scot_Mean,Value_Scot_Median\nC&L 01,2010-11,3.29,3.44\nC&L 02,2010-11,1.1,1.2\n", "a,b\n1,2\n"] {
        let met = csv(text);
        let errors: Vec<_> = met.reading.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
        assert_eq!((met.figures.len(), errors.len(), &*errors[0].code), (0, 1, "BMK-011"), "{text}");
        assert!(errors[0].suggestion.as_ref().unwrap().contains("a row for each authority"), "{text}");
    }
    let met = met(b"PK\x03\x04 and nothing more", "broken.xlsx", &Settings::default());
    assert!(met.reading.has_errors() && met.figures.is_empty());
}

#[test]
fn names_alone_and_periods_over_the_columns_are_read_for_everybody() {
    let met = csv("Recycling rate\nLocal authority,2022/23,2023/24\nHuntingdonshire,57.1,58.2\nFenland,41.0,:\nEngland,43.3,44.0\n");
    let expected = [
        "Huntingdonshire | recycling rate | 2022/23 | 57.1",
        "Huntingdonshire | recycling rate | 2023/24 | 58.2",
        "Fenland | recycling rate | 2022/23 | 41",
        "Fenland | recycling rate | 2023/24 | NOT_AVAILABLE",
        "England | recycling rate | 2022/23 | 43.3",
        "England | recycling rate | 2023/24 | 44",
    ];
    assert_eq!((met.says("Per cent"), met.kinds()), (expected.map(str::to_owned).to_vec(), [2, 1, 0, 0]));
}

#[test]
fn a_mapping_says_the_period_that_nothing_in_the_file_does() {
    let text = "ONS code,LA name,Missed bins\nE07000011,Huntingdonshire,5\nE07000008,Cambridge,6\nE06000018,Nottingham,7\n";
    let without = csv(text);
    assert_eq!((without.figures.len(), without.codes()[0].as_str()), (0, "ERROR PER-038 C1"));
    let table = TableMapping { period: Some("2021-22".into()), ..TableMapping::default() };
    let settings = Settings { mapping: Some(Mapping { tables: vec![table], missing: vec![] }), ..Settings::default() };
    let met = met(text.as_bytes(), "national.csv", &settings);
    assert_eq!(met.says("Number")[0], "E07000011 | missed bins | 2021-22 | 5");
    assert_eq!(met.figures.len(), 3);
    let known = PeriodAs { frequency: Some(Frequency::Annual), basis: Some(YearBasis::Financial), ..PeriodAs::default() };
    assert_eq!(resolve(&met.reading.periods[0].period, &known).unwrap().0.to_string(), "2021/22");
}

#[test]
fn a_reading_survives_the_pipe() {
    let met = csv("Area code,Measure code,Period,Value,Rank\nE06000018,M1,2021-22,5,1\n");
    let json = serde_json::to_string(&met.reading).unwrap();
    assert_eq!(serde_json::from_str::<BenchmarkReading>(&json).unwrap(), met.reading);
}

#[test]
fn what_is_measured_beside_a_code_is_no_name_of_a_place() {
    for heading in ["Indicator", "Measure", "Metric"] {
        let met = csv(&format!(
            "Area code,Period,{heading},Value\nE06000018,2021-22,Missed bins,5\nE06000018,2021-22,Fly-tips,6\nE10000008,2021-22,Missed bins,7\n"
        ));
        assert_eq!(
            met.says("Number"),
            ["E06000018 | missed bins | 2021-22 | 5", "E06000018 | fly tips | 2021-22 | 6", "E10000008 | missed bins | 2021-22 | 7"],
            "{heading}"
        );
    }
}

#[test]
fn a_long_table_that_says_all_of_one_authority_first_is_about_many() {
    let mut text = "Area code,Period,Indicator,Value\n".to_owned();
    for area in ["E06000018", "E10000008", "E07000011"] {
        for n in 1..=300 {
            text += &format!("{area},2021-22,Measure {n:03},{n}\n");
        }
    }
    let met = csv(&text);
    let said = met.says("Number");
    assert_eq!((met.reading.areas.len(), met.reading.measures.len(), said.len()), (3, 300, 900));
    assert_eq!(
        (said[0].as_str(), said[899].as_str()),
        ("E06000018 | measure 001 | 2021-22 | 1", "E07000011 | measure 300 | 2021-22 | 300")
    );
}
