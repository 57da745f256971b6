use super::*;

fn csv(text: &str) -> CatalogueReading {
    read(text.as_bytes(), "catalogue.csv", &Limits::default())
}

fn said(reading: &CatalogueReading) -> Vec<String> {
    reading.diagnostics.iter().map(|d| format!("{} {}", d.code, d.places[0].cell)).collect()
}

#[test]
fn a_catalogue_of_ours_may_announce_what_nobody_publishes() {
    let reading = csv("# Local Outcomes Framework\n\
         Code,Title,Theme,Kind,Unit,Decimals,Better is,Frequency,Year,Service area,Source,Previous code,Break,Written as\n\
         LOF-1,[Placeholder] Decent rental homes,Housing,Outcome,Per cent,1,Higher,,,Housing,No source yet,,,\n\
         ASC1,Carer quality of life,Care,OUTCOME,Score,1,higher,Yearly,Financial,Adult social care,NHS England,OLD1,2018/19,\"Outcome, ASC Carer Quality of Life; 1D\"\n");
    assert_eq!((reading.kind, reading.metrics.len(), said(&reading)), (Some(CatalogueKind::Own), 2, vec![]));
    let [announced, published] = [&reading.metrics[0].metric, &reading.metrics[1].metric];
    let expected = Metric {
        code: "LOF-1".into(),
        title: "Decent rental homes".into(),
        placeholder: true,
        outcome: Some("Housing".into()),
        kind: Some(MetricKind::Outcome),
        unit: Some("Per cent".into()),
        decimals: Some(1),
        better: Some(Polarity::HigherIsBetter),
        service: Some(ServiceArea::Housing),
        ..Metric::default()
    };
    assert_eq!(*announced, expected);
    assert_eq!(
        (published.source.as_deref(), published.frequency, published.placeholder),
        (Some("NHS England"), Some(Frequency::Annual), false)
    );
    assert_eq!(published.written_as, ["Outcome, ASC Carer Quality of Life", "1D"]);
    assert_eq!((published.previous_code.as_deref(), published.break_from.as_deref()), (Some("OLD1"), Some("2018/19")));
}

#[test]
fn what_is_wrong_is_said_at_its_cell_and_the_others_are_read() {
    let reading = csv(
        "code,title,kind,decimals,frequency,break,previous code,colour\nA,One,Input,1,Yearly,,,\nB,,Output,,,,,\nC,Three,Output,1.5,Often,soon,,\n\
         D,Four,Output,0,Monthly,,D,\nd,Again,,,,,,red\n",
    );
    assert_eq!(reading.metrics.iter().map(|m| m.metric.code.as_str()).collect::<Vec<_>>(), ["D"]);
    let expected = ["LST-006 A1", "LST-004 C2", "LST-002 B3", "LST-004 E4", "LST-004 D4", "LST-004 F4", "LST-004 A5", "LST-003 A6"];
    assert_eq!(said(&reading), expected);
    assert_eq!(said(&csv("a,b\n1,2\n")), ["LST-001 A1"]);
}

#[test]
fn the_scottish_list_says_which_way_is_better_by_its_ranking() {
    let head = "Title,Code,Code_Sortable,ReportingPeriod,MeasureType,NumberFormat,Ranking_Type,Source,Numerator_Multipier,Ranking_GoldilocksMidpoint";
    let reading = csv(&format!(
        "{head}\nNet cost of waste,ENV01a,ENV 01a,Annual,Cost,'£ '0,Ascending,LFR 06,1000.0,\n\
         Rent arrears,HSN01,HSN01,2 Yearly,Percentage,0.0%,Goldilocks,SHR,,0.5\nWrong,X1,X 1,Annual,Score,0,Sideways,,,\n"
    ));
    assert_eq!((reading.kind, reading.metrics.len(), said(&reading)), (Some(CatalogueKind::Lgbf), 2, vec!["LST-004 G4".to_owned()]));
    let [waste, rent] = [&reading.metrics[0].metric, &reading.metrics[1].metric];
    assert_eq!((waste.better, waste.unit.as_deref(), waste.decimals), (Some(Polarity::LowerIsBetter), Some("Pounds"), Some(0)));
    assert_eq!((waste.written_as.clone(), waste.numerator_multiplier), (vec!["ENV 01a".to_owned()], Some(Decimal::from(1_000))));
    assert_eq!((rent.better, rent.best_value, rent.decimals), (Some(Polarity::WithinRange), Some(Decimal::from(50)), Some(1)));
    assert_eq!((rent.frequency, rent.note.as_deref()), (None, Some("Published as: 2 Yearly.")));
}
