//! What cannot be shared, and whose things cannot be acted on: a clear word each, and nothing written.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{World, for_each_database, workbook};

use super::{ACCEPT, CREATE, DECLINE, INVITE, LEAVE, OFFER, WITHDRAW, act, entered, id, lines, offer, report, seen, turn};
use crate::imports::first_quarter;

#[tokio::test]
async fn bad_offers_say_what_is_wrong_and_write_nothing() {
    for_each_database(async |harness| {
        let mut book = tests::framework("huntingdonshire");
        book.indicators.iter_mut().find(|one| one.code == "BN01").expect("Benefits").sensitive = true;
        let ours = World::with(harness, "huntingdonshire", &book).await;
        let theirs = World::new(harness, "devon").await;
        let devon = json!({ "toCouncil": "devon" });
        let with = |name: &str, value: Value| {
            let mut input = offer("huntingdonshire", &["WM01"], &devon);
            input[name] = value;
            input
        };
        let before = (harness.holds(ours.council).await, harness.holds(theirs.council).await);
        for (input, code) in [
            (with("council", json!("devon")), "COUNCIL_NOT_FOUND input.council"),
            (with("indicators", json!([])), "INDICATORS_NEEDED input.indicators"),
            (with("indicators", json!(vec!["WM01"; 501])), "INDICATORS_NEEDED input.indicators"),
            (with("indicators", json!(["WM01", "NONE"])), "INDICATOR_NOT_FOUND input.indicators"),
            (with("indicators", json!(["WM01", "BN01"])), "INDICATOR_SENSITIVE input.indicators"),
            (with("purpose", json!("  ")), "TEXT_NEEDED input.purpose"),
            (with("purpose", json!("x".repeat(2_001))), "TEXT_TOO_LONG input.purpose"),
            (with("purpose", json!("a\u{7}b")), "TEXT_UNUSABLE input.purpose"),
            (with("toCouncil", json!("nowhere")), "RECEIVER_NOT_FOUND input.toCouncil"),
            (with("toCouncil", json!("huntingdonshire")), "RECEIVER_IS_GIVER input.toCouncil"),
            (with("toCouncil", Value::Null), "AUDIENCE_NEEDED input"),
            (with("toAll", json!(true)), "AUDIENCE_NEEDED input"),
            (with("until", json!("2024-10-13")), "DAY_PASSED input.until"),
            (with("from", json!("1985/86")), "PERIOD_OUT_OF_RANGE input.from"),
            (with("from", json!("2085/86")), "PERIOD_OUT_OF_RANGE input.from"),
        ] {
            assert_eq!(act(&ours.keeper(), OFFER, input.clone()).await, Err(code.to_owned()), "{input}");
        }
        let named = with("toGroup", json!(format!("Z{}", "0".repeat(32))));
        assert_eq!(act(&ours.keeper(), OFFER, named).await, Err("AUDIENCE_NEEDED input".to_owned()));
        for (document, input, code) in [
            (CREATE, json!({ "council": "huntingdonshire", "name": "" }), "TEXT_NEEDED input.name"),
            (CREATE, json!({ "council": "devon", "name": "Ours" }), "COUNCIL_NOT_FOUND input.council"),
            (INVITE, json!({ "group": format!("Z{}", "0".repeat(32)), "toCouncil": "devon" }), "GROUP_NOT_FOUND input.group"),
            (LEAVE, json!({ "group": format!("Z{}", "0".repeat(32)) }), "GROUP_NOT_FOUND input.group"),
            (WITHDRAW, json!({ "share": format!("Y{}", "0".repeat(32)) }), "SHARE_NOT_FOUND input.share"),
            (ACCEPT, json!({ "share": format!("Y{}", "0".repeat(32)) }), "SHARE_NOT_FOUND input.share"),
        ] {
            assert_eq!(act(&ours.keeper(), document, input.clone()).await, Err(code.to_owned()), "{input}");
        }
        assert_eq!((harness.holds(ours.council).await, harness.holds(theirs.council).await), before);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_finds_nothing_of_what_is_between_two_others() {
    for_each_database(async |harness| {
        let ours = World::new(harness, "huntingdonshire").await;
        let (theirs, stranger) = (World::new(harness, "devon").await, World::new(harness, "nottingham").await);
        ours.keeper().take(ours.code, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let made = json!({ "council": ours.code, "name": "Between two" });
        let group = id(&act(&ours.keeper(), CREATE, made).await.expect("is made"));
        act(&ours.keeper(), INVITE, json!({ "group": group, "toCouncil": "devon" })).await.expect("is invited");
        act(&ours.keeper(), OFFER, offer(ours.code, &["WM02"], &json!({ "toGroup": group }))).await.expect("is shared");
        let share = act(&ours.keeper(), OFFER, offer(ours.code, &["WM01"], &json!({ "toCouncil": "devon" }))).await.expect("is offered");
        act(&theirs.keeper(), ACCEPT, json!({ "share": share["id"] })).await.expect("is accepted");
        let before = [ours.council, theirs.council, stranger.council];
        let held = async || {
            let mut held = Vec::new();
            for council in before {
                held.push(harness.holds(council).await);
            }
            held
        };
        let at_first = held().await;
        let nothing = seen(&stranger, "2024/25 Q1").await;
        assert_eq!(
            (&nothing["sharedWithUs"]["totalCount"], &nothing["shares"]["totalCount"], &nothing["councilGroups"]),
            (&json!(0), &json!(0), &json!([]))
        );
        // An id of others' is as absent as one of nobody's, to a stranger and to whoever only reads it.
        for (document, input, code) in [
            (WITHDRAW, json!({ "share": share["id"] }), "SHARE_NOT_FOUND input.share"),
            (ACCEPT, json!({ "share": share["id"] }), "SHARE_NOT_FOUND input.share"),
            (DECLINE, json!({ "share": share["id"] }), "SHARE_NOT_FOUND input.share"),
            (super::JOIN, json!({ "group": group }), "GROUP_NOT_FOUND input.group"),
            (LEAVE, json!({ "group": group }), "GROUP_NOT_FOUND input.group"),
            (INVITE, json!({ "group": group, "toCouncil": "nottingham" }), "GROUP_NOT_FOUND input.group"),
            (OFFER, offer("nottingham", &["WM01"], &json!({ "toGroup": group })), "GROUP_NOT_FOUND input.toGroup"),
        ] {
            assert_eq!(act(&stranger.keeper(), document, input.clone()).await, Err(code.to_owned()), "{input}");
        }
        assert_eq!(act(&theirs.keeper(), WITHDRAW, json!({ "share": share["id"] })).await, Err("SHARE_NOT_FOUND input.share".to_owned()));
        assert_eq!(held().await, at_first);
        assert_eq!(lines(&seen(&theirs, "2024/25 Q1").await).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_approved_or_kept_back_stays_in_the_council() {
    for_each_database(async |harness| {
        let (ours, theirs) = (World::new(harness, "huntingdonshire").await, World::new(harness, "devon").await);
        let share = act(&ours.keeper(), OFFER, offer(ours.code, &["WM01", "PL01"], &json!({ "toCouncil": "devon" }))).await.expect("is offered");
        act(&theirs.keeper(), ACCEPT, json!({ "share": share["id"] })).await.expect("is accepted");
        // A figure that is kept back is no figure, and a provisional one says that it is.
        let kept_back = json!([
            { "indicator": "WM01", "period": "2024/25 Q1", "value": "61.2", "state": "PROVISIONAL" },
            { "indicator": "PL01", "period": "2024/25 Q1", "absence": "SUPPRESSED" },
        ]);
        entered(&ours, kept_back).await;
        turn(harness).await;
        assert_eq!(lines(&seen(&theirs, "2024/25 Q1").await), ["huntingdonshire WM01 2024/25 Q1 61.2 PROVISIONAL"]);
        // From the workflow on, what nobody approved does not leave; what was there before it does.
        let switch = "mutation($input: WorkflowSwitchInput!) { workflowSwitch(input: $input) { workflow { from } userErrors { code message field } } }";
        let on = json!({ "council": ours.code, "from": "2024-04-01", "reason": "From this year on" });
        let administrator = harness.person(ours.council, "Adi Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        act(&harness.sign_in(&administrator), switch, on).await.expect("is on");
        harness.later(chrono::Duration::minutes(1));
        report(&ours, &[("WM01", "2024/25 Q1", "59.1"), ("WM01", "2024/25 Q2", "58.7")]).await;
        turn(harness).await;
        assert_eq!(lines(&seen(&theirs, "2024/25 Q1").await), ["huntingdonshire WM01 2024/25 Q1 61.2 PROVISIONAL"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_council_shares_in_all_has_a_limit() {
    for_each_database(async |harness| {
        let ours = World::with(harness, "huntingdonshire", &tests::framework_of("huntingdonshire", 400)).await;
        let all: Vec<String> = (6..=400).map(|n| format!("IX{n:03}")).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let mut input = offer(ours.code, &all, &json!({ "toAll": true }));
        // 83 quarters of 395 indicators: six times are 196,710 figures.
        input["from"] = json!("2004-04");
        for _ in 0..6 {
            act(&ours.keeper(), OFFER, input.clone()).await.expect("is shared");
        }
        let before = harness.holds(ours.council).await;
        assert_eq!(act(&ours.keeper(), OFFER, input.clone()).await, Err("SHARES_TOO_MUCH input.from".to_owned()));
        assert_eq!(harness.holds(ours.council).await, before);
        input["from"] = json!("2024-04");
        act(&ours.keeper(), OFFER, input).await.expect("is shared");
    })
    .await;
}
