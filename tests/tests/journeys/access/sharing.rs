//! What everyone may do of what councils share with one another.

use serde_json::{Value, json};
use tests::World;

use super::acts::{Act, Arrange};
use super::stage::{Stage, Things};
use crate::sharing::{ACCEPT, CREATE, DECLINE, INVITE, JOIN, LEAVE, OFFER, WITHDRAW, act, id};

/// Each act, on a share or group in which it can be done.
pub fn acts() -> [Act; 8] {
    let share = |_: &Things<'_>, id: &str| json!({ "share": id });
    let group = |_: &Things<'_>, id: &str| json!({ "group": id });
    [
        Act { field: "shareOffer", document: OFFER, input: |things, _| to_all(things.world.code), arrange: Arrange::Nothing },
        Act { field: "shareWithdraw", document: WITHDRAW, input: share, arrange: Arrange::Shared },
        Act { field: "shareAccept", document: ACCEPT, input: share, arrange: Arrange::OfferedTo },
        Act { field: "shareDecline", document: DECLINE, input: share, arrange: Arrange::OfferedTo },
        Act {
            field: "councilGroupCreate",
            document: CREATE,
            input: |things, _| json!({ "council": things.world.code, "name": "Neighbours" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "councilGroupInvite",
            document: INVITE,
            input: |things, id| json!({ "group": id, "toCouncil": if things.world.code == "devon" { "huntingdonshire" } else { "devon" } }),
            arrange: Arrange::Grouped,
        },
        Act { field: "councilGroupJoin", document: JOIN, input: group, arrange: Arrange::InvitedTo },
        Act { field: "councilGroupLeave", document: LEAVE, input: group, arrange: Arrange::Grouped },
    ]
}

fn to_all(code: &str) -> Value {
    offer(code, &json!({ "toAll": true }))
}

fn offer(code: &str, to: &Value) -> Value {
    let mut input = crate::sharing::offer(code, &["WM01"], to);
    input["from"] = json!("2023/24");
    input
}

async fn done(world: &World<'_>, document: &str, input: Value) -> String {
    id(&act(&world.keeper_now(), document, input).await.expect("is done"))
}

async fn group(world: &World<'_>) -> String {
    done(world, CREATE, json!({ "council": world.code, "name": "Neighbours" })).await
}

/// Something to be acted on by the council of `things`: its own share or group, or an offer or invitation of the other council's.
pub async fn arrange(stage: &Stage<'_>, things: &Things<'_>, what: Arrange) -> String {
    let own = &things.world;
    let other = if own.code == stage.own.world.code { &stage.other.world } else { &stage.own.world };
    match what {
        Arrange::Shared => done(own, OFFER, to_all(own.code)).await,
        Arrange::OfferedTo => done(other, OFFER, offer(other.code, &json!({ "toCouncil": own.code }))).await,
        Arrange::InvitedTo => {
            let made = group(other).await;
            done(other, INVITE, json!({ "group": made, "toCouncil": own.code })).await;
            made
        }
        _ => group(own).await,
    }
}

/// Each shares with the other, by name and in a group of its own to which the other is invited.
pub async fn between(worlds: [&World<'_>; 2]) {
    for (world, other) in [(worlds[0], worlds[1]), (worlds[1], worlds[0])] {
        let share = done(world, OFFER, offer(world.code, &json!({ "toCouncil": other.code }))).await;
        done(other, ACCEPT, json!({ "share": share })).await;
        let made = group(world).await;
        done(world, INVITE, json!({ "group": made, "toCouncil": other.code })).await;
        done(world, OFFER, offer(world.code, &json!({ "toGroup": made }))).await;
    }
}
