//! Who follows whom: agreed where both say so, and withdrawn by either.

use serde_json::{Value, json};
use tests::{for_each_database, trail};

use super::{HAND_OVER, Party, SUCCESSIONS, UNNAME, act, agree, hand_over, id};

#[tokio::test]
async fn two_councils_agree_when_both_name_each_other_of_the_same_day_and_kind() {
    for_each_database(async |harness| {
        let (one, other, third) =
            (Party::of(harness, "huntingdonshire").await, Party::of(harness, "ouse").await, Party::of(harness, "devon").await);
        let listed = async |party: &Party<'_>| {
            let read = party.administrator.gql(SUCCESSIONS, json!({ "code": party.world.code })).await.data();
            read["council"]["successions"].clone()
        };
        let named = one.names("SUCCESSOR", "ouse", "MERGED").await.expect("is named");
        assert_eq!(
            (&named["side"], &named["agreed"], &named["namedByUs"], &named["viewerCan"]),
            (&json!("SUCCESSOR"), &json!(false), &json!(true), &json!(["REORGANISE"]))
        );
        // The other reads that it is named, and as what.
        let told = listed(&other).await;
        assert_eq!(
            (&told[0]["side"], &told[0]["namedByUs"], &told[0]["agreed"], &told[0]["council"]["code"]),
            (&json!("PREDECESSOR"), &json!(false), &json!(false), &json!("huntingdonshire"))
        );
        assert_eq!(listed(&third).await, json!([]));
        // Of another day they have not agreed.
        let input = json!({ "council": "ouse", "other": "huntingdonshire", "side": "PREDECESSOR", "on": "2026-04-01", "kind": "MERGED" });
        let first = act(&other.administrator, super::NAME, input).await.expect("is named");
        assert_eq!(first["agreed"], false);
        assert_eq!(hand_over(&one, "ouse", &["WM01"]).await, Err("SUCCESSION_NOT_AGREED".to_owned()));
        act(&other.administrator, UNNAME, json!({ "succession": first["id"] })).await.expect("is withdrawn");
        // Nor where one says that it is divided and the other that it is merged.
        let divided = other.names("PREDECESSOR", "huntingdonshire", "SPLIT").await.expect("is named");
        assert_eq!(divided["agreed"], false);
        assert_eq!(hand_over(&one, "ouse", &["WM01"]).await, Err("SUCCESSION_NOT_AGREED".to_owned()));
        act(&other.administrator, UNNAME, json!({ "succession": divided["id"] })).await.expect("is withdrawn");
        assert_eq!(other.names("PREDECESSOR", "huntingdonshire", "MERGED").await.expect("is named")["agreed"], true);
        for party in [&one, &other] {
            let all = listed(party).await;
            assert_eq!((all.as_array().map(Vec::len), &all[0]["agreed"]), (Some(1), &json!(true)), "{all}");
        }
        let last = trail(harness, other.world.council, 0).await.pop().expect("an event");
        assert_eq!(
            (last.verb.as_str(), serde_json::from_str::<Value>(last.after.as_deref().expect("a state")).expect("JSON")),
            ("succession.name", json!({ "is": "PREDECESSOR", "council": "huntingdonshire", "on": "2025-04-01", "kind": "MERGED" }))
        );
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_and_strangers_change_nothing() {
    for_each_database(async |harness| {
        let (one, other, third) =
            (Party::of(harness, "huntingdonshire").await, Party::of(harness, "ouse").await, Party::of(harness, "devon").await);
        agree(&one, &other, "MERGED").await;
        let before = (harness.holds(one.world.council).await, harness.holds(other.world.council).await);
        let say = |field: &str, value: Value| {
            let mut input =
                json!({ "council": "huntingdonshire", "other": "devon", "side": "SUCCESSOR", "on": "2025-04-01", "kind": "MERGED" });
            input[field] = value;
            input
        };
        for (input, code) in [
            (say("council", json!("devon")), "COUNCIL_NOT_FOUND input.council"),
            (say("other", json!("nowhere")), "RECEIVER_NOT_FOUND input.other"),
            (say("other", json!("huntingdonshire")), "RECEIVER_IS_GIVER input.other"),
            (say("other", json!("ouse")), "SUCCESSION_NAMED input.other"),
            (say("on", json!("2085-04-01")), "DAY_OUT_OF_RANGE input.on"),
        ] {
            assert_eq!(act(&one.administrator, super::NAME, input.clone()).await, Err(code.to_owned()), "{input}");
        }
        let read = one.administrator.gql(SUCCESSIONS, json!({ "code": "huntingdonshire" })).await.data();
        let succession = id(&read["council"]["successions"][0]);
        for party in [&other, &third] {
            assert_eq!(
                act(&party.administrator, UNNAME, json!({ "succession": succession })).await,
                Err("SUCCESSION_NOT_FOUND input.succession".to_owned()),
                "{}",
                party.world.code
            );
        }
        // Figures are the performance team's to hand over, and no administrator's.
        let input = json!({ "council": "huntingdonshire", "toCouncil": "ouse" });
        let refused = one.administrator.gql(HAND_OVER, json!({ "input": input })).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        assert_eq!(hand_over(&third, "ouse", &[]).await, Err("SUCCESSION_NOT_AGREED".to_owned()));
        assert_eq!((harness.holds(one.world.council).await, harness.holds(other.world.council).await), before);
    })
    .await;
}
