//! Who reads which proposals, from draft to decision.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::json;
use tests::{World, for_each_database};

use super::{CODE, Cast, decision, on, proposal, propose, seen, supported, world};

#[tokio::test]
async fn each_reads_what_is_theirs_and_scrutiny_what_is_put_to_it() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        let s2 = GrantScope::Element(world.element("S2").await);
        let planning = harness.sign_in(&harness.person(world.council, "Pia Planning", &[(Role::ServiceManager, s2)]).await);
        let member = harness.sign_in(&world.somebody(Role::ScrutinyMember).await);
        let cabinet = harness.sign_in(&world.somebody(Role::CabinetMember).await);
        let stranger = World::new(harness, "devon").await;
        let readers = [&cast.manager, &cast.director, &cast.holder, &cast.keeper, &cast.officer, &member, &cabinet, &planning];
        let who = async || {
            let mut read = Vec::new();
            for reader in readers {
                read.push(!seen(reader).await.is_empty());
            }
            assert_eq!(seen(&stranger.keeper()).await, Vec::<String>::new());
            read
        };
        let proposed = propose(&cast.manager, proposal(json!([{ "period": "2024/25 Q3", "target": "62" }]))).await;
        assert_eq!(who().await, [true, true, true, true, false, false, false, false]);
        let recommended = on(&cast.director, "TargetRecommend", &proposed, json!({})).await.expect("is recommended");
        assert_eq!(who().await, [true, true, true, true, false, false, false, false]);
        let reviewed = supported(&cast, &recommended).await;
        assert_eq!(who().await, [true, true, true, true, true, true, false, false]);
        // What was before the panel it sees returned; while it is drafted again it is nobody's business there.
        let back = json!({ "supported": false, "comment": "Again" });
        let returned = on(&cast.holder, "TargetReview", &reviewed, back).await.expect("is returned");
        assert_eq!(who().await, [true, true, true, true, true, true, false, false]);
        let again = proposal(json!([{ "period": "2024/25 Q3", "target": "63" }]));
        let again = on(&cast.manager, "TargetPropose", &returned, again).await.expect("is proposed again");
        assert_eq!(who().await, [true, true, true, true, false, false, false, false]);
        // Returned before anybody supported it, it was not before the panel, though its first version was.
        let back = json!({ "supported": false, "comment": "And again" });
        let returned = on(&cast.holder, "TargetReview", &again, back).await.expect("is returned");
        assert_eq!(who().await, [true, true, true, true, false, false, false, false]);
        let again = proposal(json!([{ "period": "2024/25 Q3", "target": "63" }]));
        let again = on(&cast.manager, "TargetPropose", &returned, again).await.expect("is proposed again");
        let comment = json!({ "forum": "OSP", "comment": "Agreed." });
        let commented = on(&cast.officer, "TargetScrutinise", &supported(&cast, &again).await, comment).await.expect("commented");
        let returned = on(&cast.holder, "TargetReview", &commented, json!({ "supported": false, "comment": "Once more" })).await;
        let returned = returned.expect("is returned");
        assert_eq!(who().await, [true, true, true, true, true, true, false, false]);
        let again = proposal(json!([{ "period": "2024/25 Q3", "target": "64" }]));
        let again = on(&cast.manager, "TargetPropose", &returned, again).await.expect("is proposed again");
        on(&cast.keeper, "TargetApprove", &supported(&cast, &again).await, decision()).await.expect("is approved");
        assert_eq!(who().await, [true, true, true, true, true, true, true, false]);
        assert_eq!(seen(&cabinet).await, ["APPROVED 4"]);

        // Filters narrow, and tell nothing of what is not there.
        let listed = async |filter: &str| {
            let query = format!("{{ council(code: \"{CODE}\") {{ targetProposals({filter}) {{ totalCount }} }} }}");
            cast.keeper.gql(&query, json!({})).await.data()["council"]["targetProposals"]["totalCount"].clone()
        };
        for (filter, found) in [
            ("state: [APPROVED]", 1),
            ("state: [PROPOSED, RETURNED]", 0),
            ("indicator: \"wm01\"", 1),
            ("indicator: \"WM02\"", 0),
            ("indicator: \"NONE\"", 0),
        ] {
            assert_eq!(listed(filter).await, found, "{filter}");
        }
        // Who sits on a forum reads the name of the indicator, and no figures by that.
        let query =
            "{ council(code: \"huntingdonshire\") { targetProposals { nodes { indicator { code title unit } trend { value } } } } }";
        let answer = member.gql(query, json!({})).await;
        let node = &answer.body["data"]["council"]["targetProposals"]["nodes"][0];
        assert_eq!((&node["indicator"]["code"], &node["trend"]), (&json!("WM01"), &serde_json::Value::Null), "{:#}", answer.body);
        assert_eq!(answer.codes().iter().filter(|code| *code == "FORBIDDEN").count(), answer.codes().len());
    })
    .await;
}
