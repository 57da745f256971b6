//! What everyone may do when councils follow one another.

use std::sync::atomic::{AtomicUsize, Ordering};

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World};

use super::acts::{Act, Arrange};
use super::stage::{Stage, Things};
use crate::reorganised::{APPLY, HAND_OVER, MAP, NAME, RECEIVE, SUCCESSIONS, UNNAME, act, id};

fn other(code: &str) -> &'static str {
    if code == "devon" { "huntingdonshire" } else { "devon" }
}

/// Each act. A plan nobody looked at is not done, and one that was never done is not taken on.
pub fn acts() -> [Act; 6] {
    [
        Act {
            field: "successionName",
            document: NAME,
            input: |things, _| named(things.world.code, "SUCCESSOR"),
            arrange: Arrange::Unnamed,
        },
        Act { field: "successionWithdraw", document: UNNAME, input: |_, id| json!({ "succession": id }), arrange: Arrange::Named },
        Act {
            field: "figuresHandOver",
            document: HAND_OVER,
            input: |things, _| json!({ "council": things.world.code, "toCouncil": other(things.world.code), "indicators": ["WM01"] }),
            arrange: Arrange::Named,
        },
        Act {
            field: "predecessorIndicatorMap",
            document: MAP,
            input: |things, _| json!({ "council": things.world.code, "indicator": "WM01", "predecessor": other(things.world.code), "period": "2024/25 Q1" }),
            arrange: Arrange::Named,
        },
        Act {
            field: "reorganisationApply",
            document: APPLY,
            input: |things, _| json!({ "council": things.world.code, "successor": other(things.world.code), "digest": "none" }),
            arrange: Arrange::Named,
        },
        Act {
            field: "reorganisationReceive",
            document: RECEIVE,
            input: |things, _| json!({ "council": things.world.code, "predecessor": other(things.world.code) }),
            arrange: Arrange::Named,
        },
    ]
}

fn named(code: &str, side: &str) -> Value {
    json!({ "council": code, "other": other(code), "side": side, "on": "2031-04-01", "kind": "MERGED" })
}

/// Somebody who looks after a council, with a token of today.
async fn administrator<'a>(world: &World<'a>) -> Client<'a> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("Adi {}", COUNT.fetch_add(1, Ordering::Relaxed));
    let person = world.harness.person(world.council, &name, &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    world.harness.client(Some(world.harness.token(person.id, Some(world.council))))
}

/// The council's own word on who follows it, if it has said one.
async fn said(client: &Client<'_>, code: &str) -> Option<String> {
    let read = client.gql(SUCCESSIONS, json!({ "code": code })).await.data();
    let all = read["council"]["successions"].as_array().expect("successions").clone();
    all.iter().find(|one| one["side"] == "SUCCESSOR" && one["namedByUs"] == true).map(id)
}

/// The council names the other its successor, or does not: answers what it said.
pub async fn arrange(_stage: &Stage<'_>, things: &Things<'_>, what: Arrange) -> String {
    let world = &things.world;
    let client = administrator(world).await;
    match (said(&client, world.code).await, what) {
        (Some(said), Arrange::Unnamed) => {
            act(&client, UNNAME, json!({ "succession": said })).await.expect("is withdrawn");
            String::new()
        }
        (None, Arrange::Unnamed) => String::new(),
        (Some(said), _) => said,
        (None, _) => id(&act(&client, NAME, named(world.code, "SUCCESSOR")).await.expect("is named")),
    }
}

/// Each follows the other, as councils never do, and hands its figures over: so that both have one of everything.
pub async fn between(worlds: [&World<'_>; 2]) {
    for world in worlds {
        let client = administrator(world).await;
        for side in ["SUCCESSOR", "PREDECESSOR"] {
            act(&client, NAME, named(world.code, side)).await.expect("is named");
        }
    }
    for world in worlds {
        let input = json!({ "council": world.code, "toCouncil": other(world.code), "indicators": ["WM01"] });
        let handed = world.keeper_now().gql(HAND_OVER, json!({ "input": input })).await.data();
        assert_eq!(handed["figuresHandOver"]["userErrors"], json!([]));
    }
}
