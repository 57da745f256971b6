//! Whatever people write, a workbook is made and can be opened.

use exporters::pack::render;
use proptest::prelude::*;

use crate::opened::Opened;
use crate::sample::pack;

#[test]
fn control_characters_formulas_and_endless_words_do_not_break_a_pack() {
    let mut pack = pack();
    pack.council = "\u{1}=HYPERLINK(\"http://example.com\") & Sons' <Council> \u{ffff}".to_owned();
    pack.forum = "&&&L&R 2023 \u{7}".to_owned();
    pack.indicators[0].title = "=cmd|'/c calc'!A1".to_owned();
    pack.indicators[0].code = "+1".to_owned();
    pack.exceptions[0].code = "+1".to_owned();
    pack.indicators[1].title = "@".repeat(40_000);
    pack.indicators[2].unit = "\u{0}".to_owned();
    pack.indicators[2].points[5].commentary = Some("x".repeat(70_000));
    pack.indicators[3].definition = "_x000D_\u{1f600}".repeat(9_000);
    let mut opened = Opened::new(render(&pack).unwrap());
    assert_eq!(opened.cell("Scorecard by directorate", "+1", "Indicator"), "=cmd|'/c calc'!A1");
    assert!(!opened.everything().contains("<f>"));
}

#[test]
fn the_largest_figures_and_the_earliest_days_do_not_break_a_pack() {
    let mut pack = pack();
    let of = &mut pack.indicators[0];
    of.decimals = 6;
    for (point, value) in of.points.iter_mut().zip([rust_decimal::Decimal::MAX, rust_decimal::Decimal::MIN]) {
        point.value = Some(value);
        point.target = Some(value);
    }
    of.points[0].revised_on = chrono::NaiveDate::from_ymd_opt(1066, 10, 14);
    of.points[1].revised_on = Some(chrono::NaiveDate::MAX);
    render(&pack).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_commentary_can_be_printed(commentary in ".{0,400}", title in "\\PC{0,200}", reason in any::<String>()) {
        let mut pack = pack();
        pack.indicators[0].title = title;
        pack.indicators[0].points[5].commentary = Some(commentary);
        pack.outstanding[0].words = reason;
        let opened = Opened::new(render(&pack).unwrap());
        prop_assert_eq!(opened.sheets().len(), 16);
    }
}
