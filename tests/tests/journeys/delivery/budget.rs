//! Money: what was voted, moved, spent and is expected, of an element and of all below it.

use serde_json::{Value, json};
use tests::for_each_database;

use super::{Town, delivery, tell};

const POSITION: &str = "originalBudget virements budget actual forecast variance variancePercent status";

fn of<'a>(told: &'a Value, code: &str) -> &'a Value {
    told["money"].as_array().expect("money").iter().find(|one| one["code"] == code).unwrap_or_else(|| panic!("{code} in {told:#}"))
}

/// Original, moved, now, spent, expected, over, in per cent, status.
fn position(texts: [&str; 8]) -> Value {
    let [original, virements, budget, actual, forecast, variance, percent, status] = texts;
    json!({
        "originalBudget": original, "virements": virements, "budget": budget, "actual": actual, "forecast": forecast,
        "variance": variance, "variancePercent": percent, "status": status,
    })
}

#[tokio::test]
async fn a_year_is_told_as_at_the_end_of_a_quarter_with_what_was_moved() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let fields = format!("code fund year position {{ {POSITION} }} total {{ {POSITION} }} lines {{ period note recordedBy }}");
        let told = delivery(&town.finance, &format!("money(period: \"2024/25 Q2\") {{ {fields} }}")).await;
        assert_eq!(told["money"].as_array().expect("money").len(), 17);
        // 85,000 moved from finance to housing needs; 126,000 over 2,435,000 is 5.17 per cent.
        let housing = of(&told, "S-HOU");
        assert_eq!(housing["position"], position(["2350000", "85000", "2435000", "1304000", "2561000", "126000", "5.2", "RED"]));
        assert_eq!(
            of(&told, "S-FIN")["position"],
            position(["1980000", "-85000", "1895000", "941000", "1884000", "-11000", "-0.6", "GREEN"])
        );
        assert_eq!(of(&told, "S-WAS")["position"]["status"], "AMBER", "1.6 per cent");
        assert_eq!((&of(&told, "MTP")["fund"], &of(&told, "MTP")["position"]["status"]), (&json!("CAPITAL"), &json!("RED")));
        let periods: Vec<&Value> = housing["lines"].as_array().expect("lines").iter().map(|line| &line["period"]).collect();
        assert_eq!(periods, ["2024/25 Q1", "2024/25 Q2", "2024/25"]);
        assert_eq!((&housing["year"], &housing["lines"][0]["recordedBy"]), (&json!("2024/25"), &json!("Fay Nance")));
        // Communities' own with that of its four services.
        let communities = of(&told, "D-COM");
        assert_eq!(communities["position"]["budget"], "310000");
        assert_eq!(communities["total"], position(["5150000", "85000", "5235000", "2699000", "5353000", "118000", "2.3", "RED"]));
        assert_eq!(housing["total"], housing["position"]);

        let told =
            delivery(&town.finance, &format!("money(period: \"2024/25 Q1\", element: \"D-COM\", fund: REVENUE) {{ {fields} }}")).await;
        assert_eq!(of(&told, "S-HOU")["position"], position(["2350000", "0", "2350000", "634000", "2430000", "80000", "3.4", "RED"]));
        assert_eq!(told["money"].as_array().expect("money").len(), 5);
        let told = delivery(&town.finance, &format!("money(period: \"2025/26\") {{ {fields} }}")).await;
        assert_eq!(told["money"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn money_that_is_told_again_changes_the_position_and_what_is_above_it() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let input = json!({ "element": "S-LEI", "period": "2024/25 Q2", "fund": "REVENUE", "virement": "-20000.50", "note": null });
        let told =
            tell(&town.finance, "money", &format!("code position {{ {POSITION} }} lines {{ period note }}"), input).await.expect("is told");
        // 428,000 over 399,999.50.
        assert_eq!(told["position"], position(["420000", "-20000.5", "399999.5", "233000", "428000", "28000.5", "7.0", "RED"]));
        assert_eq!(told["lines"][1], json!({ "period": "2024/25 Q2", "note": null }));
        let above =
            delivery(&town.finance, &format!("money(period: \"2024/25 Q2\", element: \"D-COM\") {{ code total {{ {POSITION} }} }}")).await;
        assert_eq!(
            (&of(&above, "D-COM")["total"]["virements"], &of(&above, "D-COM")["total"]["budget"]),
            (&json!("64999.5"), &json!("5214999.5"))
        );
    })
    .await;
}
