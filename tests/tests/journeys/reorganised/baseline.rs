//! A successor's baseline: made of its predecessors' numerators and denominators, with whoever is missing named.

use serde_json::{Value, json};
use tests::{World, for_each_database};

use super::{BASELINE, MAP, Party, SUCCESSIONS, UNNAME, act, agree, baseline, hand_over, id};
use crate::benchmarks::{fly_tips, map, said, stands};
use crate::sharing::entered;

const Q1: &str = "2024/25 Q1";

fn parts(of: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let parts = of["parts"].as_array().expect("parts").iter();
    parts
        .map(|part| {
            format!("{} {} {} {}", text(&part["council"]["code"]), text(&part["code"]), text(&part["matched"]), text(&part["missing"]))
        })
        .collect()
}

fn ratio(indicator: &str, numerator: &str, denominator: &str) -> Value {
    json!({ "indicator": indicator, "period": Q1, "numerator": numerator, "denominator": denominator })
}

fn value(indicator: &str, period: &str, value: &str) -> Value {
    json!({ "indicator": indicator, "period": period, "value": value })
}

#[tokio::test]
async fn a_ratio_is_made_again_from_what_is_above_and_below_the_line() {
    for_each_database(async |harness| {
        let (one, two, new) =
            (Party::of(harness, "huntingdonshire").await, Party::of(harness, "fenland").await, Party::of(harness, "ouse").await);
        let stranger = Party::of(harness, "devon").await;
        // 61.2% and 30.0%: 762 of 1,500 is 50.8%, whatever the mean of the two is.
        entered(&one.world, json!([ratio("WM01", "612", "1000"), value("PL01", Q1, "88"), value("WM02", "2024-04", "45")])).await;
        entered(&two.world, json!([ratio("WM01", "150", "500"), value("PL01", Q1, "70"), value("WM02", "2024-04", "10")])).await;
        agree(&one, &new, "MERGED").await;
        agree(&two, &new, "MERGED").await;
        let nothing = baseline(&new, "WM01", Q1).await;
        assert_eq!(
            (&nothing["value"], &nothing["from"], &nothing["of"], &nothing["complete"]),
            (&Value::Null, &json!(0), &json!(2), &json!(false))
        );
        assert_eq!(parts(&nothing), ["fenland - - NO_DATA", "huntingdonshire - - NO_DATA"]);

        assert_eq!(hand_over(&one, "ouse", &[]).await, Ok((5, 3)));
        let half = baseline(&new, "WM01", Q1).await;
        assert_eq!((&half["value"], &half["from"], &half["complete"]), (&json!("61.2"), &json!(1), &json!(false)));
        assert_eq!(parts(&half), ["fenland - - NO_DATA", "huntingdonshire WM01 SAME_CODE -"]);

        assert_eq!(hand_over(&two, "ouse", &["WM01", "PL01", "WM02"]).await, Ok((3, 3)));
        let whole = baseline(&new, "WM01", Q1).await;
        assert_eq!(
            [&whole["value"], &whole["numerator"], &whole["denominator"], &whole["from"], &whole["complete"], &whole["provisional"]],
            [&json!("50.8"), &json!("762"), &json!("1500"), &json!(2), &json!(true), &json!(false)]
        );
        // A percentage alone is nobody's baseline; a count adds up.
        let rated = baseline(&new, "PL01", Q1).await;
        assert_eq!(
            (&rated["value"], parts(&rated)),
            (
                &Value::Null,
                vec!["fenland PL01 SAME_CODE ONLY_A_PERCENTAGE".to_owned(), "huntingdonshire PL01 SAME_CODE ONLY_A_PERCENTAGE".to_owned()]
            )
        );
        assert_eq!(rated["parts"][0]["because"], "Only a percentage, rate or average, without the numerator and denominator.");
        assert_eq!(baseline(&new, "WM02", "2024-04").await["value"], "55");
        assert_eq!(baseline(&new, "WM02", "2024-05").await["from"], 0);

        // Nobody but the successor reads what was handed over; and what is taken back is gone.
        for other in [&one, &two, &stranger] {
            let mine = baseline(other, "WM01", Q1).await;
            assert_eq!((&mine["of"], &mine["parts"]), (&json!(0), &json!([])), "{}", other.world.code);
            let variables = json!({ "code": "ouse", "indicator": "WM01", "period": Q1 });
            assert_eq!(other.world.keeper().gql(BASELINE, variables).await.body, json!({ "data": { "council": null } }));
        }
        let read = one.administrator.gql(SUCCESSIONS, json!({ "code": "huntingdonshire" })).await.data();
        let succession = id(&read["council"]["successions"][0]);
        act(&one.administrator, UNNAME, json!({ "succession": succession })).await.expect("is withdrawn");
        assert_eq!(harness.count(one.world.council, "handed_figure").await, 0);
        let left = baseline(&new, "WM01", Q1).await;
        assert_eq!((&left["value"], &left["of"]), (&json!("30"), &json!(1)));
    })
    .await;
}

#[tokio::test]
async fn an_indicator_of_another_code_is_mapped_and_one_in_another_unit_is_not() {
    for_each_database(async |harness| {
        let mut book = tests::framework("fenland");
        let indicator = book.indicators.iter_mut().find(|one| one.code == "WM01").expect("an indicator");
        indicator.code = "WASTE-7".to_owned();
        book.links.iter_mut().filter(|link| link.from == "WM01").for_each(|link| link.from = "WASTE-7".to_owned());
        book.targets.iter_mut().filter(|target| target.indicator == "WM01").for_each(|target| target.indicator = "WASTE-7".to_owned());
        let two = Party::with(harness, World::with(harness, "fenland", &book).await).await;
        let new = Party::of(harness, "ouse").await;
        entered(&two.world, json!([ratio("WASTE-7", "150", "500"), value("WM02", "2024-04", "10")])).await;
        agree(&two, &new, "SPLIT").await;
        hand_over(&two, "ouse", &[]).await.expect("is handed over");
        assert_eq!(parts(&baseline(&new, "WM01", Q1).await), ["fenland - - NO_DATA"]);
        let said = |code: Value| json!({ "council": "ouse", "indicator": "WM01", "predecessor": "fenland", "code": code, "period": Q1 });
        for (input, refused) in
            [(said(json!("NONE")), "INDICATOR_NOT_HANDED_OVER input.code"), (said(json!("WM02")), "UNIT_DIFFERS input.code")]
        {
            assert_eq!(act(&new.world.keeper(), MAP, input).await, Err(refused.to_owned()));
        }
        act(&new.world.keeper(), MAP, said(json!("WASTE-7"))).await.expect("is mapped");
        // Its ground went to several: what came here nobody can say.
        let mapped = baseline(&new, "WM01", Q1).await;
        assert_eq!((parts(&mapped), &mapped["value"]), (vec!["fenland WASTE-7 MAPPED DIVIDED".to_owned()], &Value::Null));
        act(&new.world.keeper(), MAP, said(Value::Null)).await.expect("is said");
        assert_eq!(parts(&baseline(&new, "WM01", Q1).await), ["fenland - - NO_DATA"]);
    })
    .await;
}

#[tokio::test]
async fn who_never_had_the_service_is_not_waited_for() {
    for_each_database(async |harness| {
        let (district, county, new) =
            (Party::of(harness, "huntingdonshire").await, Party::of(harness, "devon").await, Party::of(harness, "ouse").await);
        stands(&district.world, "E07000011").await;
        stands(&county.world, "E10000008").await;
        entered(&district.world, json!([value("WM02", "2024-04", "45")])).await;
        for party in [&district, &county] {
            agree(party, &new, "MERGED").await;
        }
        hand_over(&district, "ouse", &["WM02"]).await.expect("is handed over");
        let waited_for = baseline(&new, "WM02", "2024-04").await;
        assert_eq!((&waited_for["of"], &waited_for["complete"]), (&json!(2), &json!(false)));
        // Streets are swept by districts, and a county sweeps none.
        said(&fly_tips(harness).bring(harness));
        let input = json!({ "council": "ouse", "indicator": "WM02", "dataset": "FLY", "measure": "INCIDENTS" });
        assert_eq!(map(&new.world.keeper(), input).await["userErrors"], json!([]));
        let whole = baseline(&new, "WM02", "2024-04").await;
        assert_eq!((&whole["value"], &whole["from"], &whole["of"], &whole["complete"]), (&json!("45"), &json!(1), &json!(1), &json!(true)));
        // What it hands over all the same counts.
        entered(&county.world, json!([value("WM02", "2024-04", "5")])).await;
        hand_over(&county, "ouse", &["WM02"]).await.expect("is handed over");
        assert_eq!(baseline(&new, "WM02", "2024-04").await["value"], "50");
    })
    .await;
}
