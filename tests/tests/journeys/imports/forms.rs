//! What a return template shows beside the cells to fill in, and when it is due.

use rules::framework::{IndicatorRow, RuleRow, TargetRow};
use rules::measure::Polarity;
use rules::permission::Role;
use rules::status::{Shape, bands_from_words};
use serde_json::{Value, json};
use tests::{Client, Filled, Harness, World, day, for_each_database, framework, indicator, period, workbook};

use super::templates::{ISSUE, issue};
use super::{counts, findings, lines, read};

const COUNCIL: &str = "huntingdonshire";
const RESULT: &str = "Result (you fill in)";
const STATE: &str = "Value state (you fill in)";

async fn form(client: &Client<'_>, element: &str, of: &str) -> Filled {
    Filled::new(&issue(client, COUNCIL, element, of).await)
}

/// Figures of several quarters before the edition began, and of its first.
async fn with_history<'a>(harness: &'a Harness) -> World<'a> {
    let world = World::new(harness, COUNCIL).await;
    let keeper = world.keeper();
    let rows = json!([
        ["Ref", "Period", "Result", "If no result, why", "Year-end forecast"],
        ["PL01", "2023/24 Q1", 81, null, null],
        ["PL01", "2023/24 Q2", 82.25, null, null],
        ["PL01", "2023/24 Q3", null, "Not collected", null],
        ["PL01", "2023/24 Q4", 84, null, null],
        ["PL01", "2024/25 Q1", 88, null, 91],
    ]);
    for quarter in ["2023/24 Q1", "2023/24 Q2", "2023/24 Q3"] {
        let open = "mutation($input: PeriodOpenInput!) { periodOpen(input: $input) { userErrors { code } } }";
        keeper.gql(open, json!({ "input": { "council": COUNCIL, "period": quarter } })).await.data();
    }
    keeper.take(COUNCIL, "history.xlsx", workbook("Return", &rows)).await;
    world
}

#[tokio::test]
async fn a_template_shows_the_figures_before_and_a_correction_the_one_that_is_held() {
    for_each_database(async |harness| {
        let world = with_history(harness).await;
        let keeper = world.keeper();
        let next = form(&keeper, "S2", "2024/25 Q2").await;
        let shows = |form: &Filled, of: &str, heading: &str| form.printed("PL01", of, heading);
        assert_eq!(shows(&next, "2024/25 Q2", "Previous result"), "0.88");
        let earlier = "2023/24 Q4: 84.0%\n2023/24 Q3: Not collected\n2023/24 Q2: 82.3%\nYear-end forecast: 91.0%";
        assert_eq!(shows(&next, "2024/25 Q2", "Earlier results"), earlier);
        assert_eq!((shows(&next, "2024/25 Q2", STATE), shows(&next, "2024/25 Q2", "Check")), (String::new(), "Result needed".into()));

        let mut again = form(&keeper, "S2", "2024/25 Q1").await;
        assert_eq!(shows(&again, "2024/25 Q1", "Previous result"), "0.88", "the one that is held");
        let earlier = "2023/24 Q4: 84.0%\n2023/24 Q3: Not collected\n2023/24 Q2: 82.3%\n2023/24 Q1: 81.0%\nYear-end forecast: 91.0%";
        assert_eq!(shows(&again, "2024/25 Q1", "Earlier results"), earlier);
        assert_eq!(shows(&again, "2024/25 Q1", STATE), "Revised");
        assert_eq!(shows(&again, "2024/25 Q1", "Check"), "Nothing new: the figure held stands");
        // Sent back as it is, nothing is taken and nothing asked.
        let id = keeper.submit(COUNCIL, "untouched.xlsx", again.bytes()).await;
        let plan = keeper.plan(&id).await;
        assert_eq!((counts(&plan), lines(&plan)), ([0, 0, 0, 0, 0, 0], vec![]), "{plan:#}");
        again.fill("PL01", "2024/25 Q1", RESULT, 0.86);
        let id = keeper.submit(COUNCIL, "corrected.xlsx", again.bytes()).await;
        assert_eq!(lines(&keeper.plan(&id).await), ["CHANGED PL01 2024/25 Q1: 88.0% → 86.0%"]);
        let saying = json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "Counted again" }] });
        assert_eq!(keeper.accept(&id, saying).await["userErrors"], json!([]));
        assert_eq!(read(&keeper, "PL01", "2024/25 Q1", None).await["value"], "86");
    })
    .await;
}

#[tokio::test]
async fn ranges_and_bands_are_said_in_words_and_come_back_as_they_went() {
    for_each_database(async |harness| {
        let mut book = framework(COUNCIL);
        let days = IndicatorRow {
            unit: "Days".to_owned(),
            decimal_places: 1,
            polarity: Polarity::WithinRange,
            ..indicator("PL02", "Days of stock held", "S2")
        };
        let score = indicator("PL03", "Planning score", "S2");
        book.indicators.extend([days, score]);
        let limits = |lower: &str, upper: &str| {
            let limit = |text: &str| text.parse().ok();
            (limit(lower), limit(upper))
        };
        let ((lower, upper), (least, most)) = (limits("40", "50"), limits("35", "60"));
        book.targets.push(TargetRow {
            indicator: "PL02".to_owned(),
            target: None,
            intervention: None,
            lower,
            upper,
            intervention_lower: least,
            intervention_upper: most,
            ..book.targets[0].clone()
        });
        let bands = Shape::Bands { bands: bands_from_words("Red below 50; Green").expect("bands") };
        book.rules.push(RuleRow { indicator: Some("PL03".to_owned()), applies_from: day("2023-04-01"), shape: bands });
        let world = World::with(harness, COUNCIL, &book).await;
        let keeper = world.keeper();
        let mut form = form(&keeper, "S2", "2024/25 Q1").await;
        let shows = |form: &Filled, code: &str, heading: &str| form.printed(code, "2024/25 Q1", heading);
        assert_eq!(shows(&form, "PL02", "Target"), "40.0 to 50.0");
        assert_eq!(shows(&form, "PL02", "Intervention level"), "Below 35.0 or above 60.0");
        assert_eq!((shows(&form, "PL03", "Target"), shows(&form, "PL03", "Intervention level")), ("50 or more".into(), "[z]".into()));
        form.fill("PL02", "2024/25 Q1", RESULT, 45.0).fill("PL03", "2024/25 Q1", RESULT, 61.0);
        let bytes = form.bytes();
        let plan = keeper.plan(&keeper.submit(COUNCIL, "ranges.xlsx", bytes.clone()).await).await;
        assert_eq!(counts(&plan), [2, 0, 0, 0, 0, 0], "{plan:#}");

        // A limit that moves makes its row stale, and is named.
        let moved = book.targets.iter_mut().find(|target| target.indicator == "PL02").expect("its target");
        moved.upper = Some("55".parse().expect("a decimal"));
        keeper.take(COUNCIL, "framework.xlsx", tests::workbook_of(&book)).await;
        let plan = keeper.plan(&keeper.submit(COUNCIL, "ranges.xlsx", bytes).await).await;
        assert_eq!(counts(&plan)[..4], [1, 0, 0, 1], "{plan:#}");
        let nodes = plan["diagnostics"]["nodes"].as_array().expect("findings");
        let stale = nodes.iter().find(|found| found["code"] == "TPL-011").expect("it is stale");
        let message = "PL02 2024/25 Q1 is not what it was when the template was issued: \
            target range 40.0 to 50.0 when issued, now 40.0 days to 55.0 days.";
        assert_eq!(stale["message"], message);
    })
    .await;
}

#[tokio::test]
async fn a_month_is_due_with_the_quarter_it_belongs_to_and_closes_with_it() {
    for_each_database(async |harness| {
        let world = World::new(harness, COUNCIL).await;
        let keeper = world.keeper();
        let due = |form: &Filled| form.start().into_iter().find(|line| line.contains("send it back by"));
        let by = Some("Please send it back by 31 July 2024.".to_owned());
        assert_eq!(due(&form(&keeper, "S1", "2024/25 Q1").await), by);
        let month = form(&keeper, "S1", "2024-05").await;
        assert_eq!((due(&month), month.asked()), (by, vec!["WM02, 2024-05".to_owned()]));
        assert_eq!(period("2024-05").months(), 1);

        let close = "mutation { periodClose(input: { council: \"huntingdonshire\", period: \"2024/25 Q1\" }) { userErrors { code } } }";
        keeper.gql(close, json!({})).await.data();
        let input = json!({ "council": COUNCIL, "element": "S1", "period": "2024-05" });
        let data = keeper.gql(ISSUE, json!({ "input": input })).await.data();
        let refused = &data["templateIssue"];
        assert_eq!((&refused["template"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!("PERIOD_CLOSED")));
        let message = refused["userErrors"][0]["message"].as_str().expect("a message");
        assert!(message.contains("2024-05 belongs to 2024/25 Q1, which is closed"), "{message}");
    })
    .await;
}

#[tokio::test]
async fn a_return_is_in_the_councils_first_language_and_comes_back_in_it() {
    for_each_database(async |harness| {
        let world = World::new(harness, COUNCIL).await;
        let admin = harness.sign_in(&world.somebody(Role::CouncilAdministrator).await);
        let set = "mutation($input: CouncilBrandSetInput!) { councilBrandSet(input: $input) { userErrors { code message } } }";
        let data = admin.gql(set, json!({ "input": { "council": COUNCIL, "languages": ["cy-GB", "en-GB"] } })).await.data();
        assert_eq!(data["councilBrandSet"]["userErrors"], json!([]));
        let keeper = world.keeper();
        let template = issue(&keeper, COUNCIL, "S1", "2024/25 Q1").await;
        let mut form = Filled::named(&template, ["Ffurflen", "Cyf", "Cyfnod"]);
        form.fill("WM01", "2024/25 Q1", "Canlyniad (i chi ei lenwi)", 0.612);
        form.say("WM02", "2024-05", "Os dim canlyniad, pam (i chi ei lenwi)", "Heb ei gasglu");
        form.say("WM02", "2024-05", "Beth i'w adrodd", "Unrhyw beth.");
        let plan = keeper.plan(&keeper.submit(COUNCIL, "ffurflen.xlsx", form.bytes()).await).await;
        let expected = ["NEW WM01 2024/25 Q1: nothing → 61.2%", "NEW WM02 2024-05: nothing → Not collected"];
        assert_eq!((lines(&plan), counts(&plan)), (expected.map(str::to_owned).to_vec(), [2, 0, 0, 0, 0, 1]), "{plan:#}");
        let altered = format!("TPL-020 at Ffurflen!{}", form.cell("WM02", "2024-05", "Beth i'w adrodd"));
        assert_eq!(findings(&plan), [altered], "{plan:#}");
    })
    .await;
}
