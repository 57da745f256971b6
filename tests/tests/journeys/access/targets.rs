//! What everyone may do with proposed targets.

use std::sync::atomic::{AtomicUsize, Ordering};

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World};

use super::acts::{Act, Arrange};

const PROPOSE: &str =
    "mutation($input: TargetProposeInput!) { targetPropose(input: $input) { proposal { id revision } userErrors { code message } } }";
const RECOMMEND: &str =
    "mutation($input: TargetRecommendInput!) { targetRecommend(input: $input) { proposal { id revision } userErrors { code message } } }";
const REVIEW: &str =
    "mutation($input: TargetReviewInput!) { targetReview(input: $input) { proposal { id revision } userErrors { code message } } }";
const SCRUTINISE: &str =
    "mutation($input: TargetScrutiniseInput!) { targetScrutinise(input: $input) { proposal { id revision } userErrors { code message } } }";
const APPROVE: &str =
    "mutation($input: TargetApproveInput!) { targetApprove(input: $input) { proposal { id revision } userErrors { code message } } }";
const REFUSE: &str =
    "mutation($input: TargetRefuseInput!) { targetRefuse(input: $input) { proposal { id revision } userErrors { code message } } }";
const WITHDRAW: &str =
    "mutation($input: TargetWithdrawInput!) { targetWithdraw(input: $input) { proposal { id revision } userErrors { code message } } }";

/// Each act on a proposal, in a state in which it can be done.
pub fn acts() -> [Act; 7] {
    [
        Act { field: "targetPropose", document: PROPOSE, input: |things, _| proposal(things.world.code), arrange: Arrange::Nothing },
        Act { field: "targetRecommend", document: RECOMMEND, input: |_, of| on(of, json!({})), arrange: Arrange::Proposed },
        Act { field: "targetReview", document: REVIEW, input: |_, of| on(of, json!({ "supported": true })), arrange: Arrange::Proposed },
        Act {
            field: "targetScrutinise",
            document: SCRUTINISE,
            input: |_, of| on(of, json!({ "forum": "OSP", "comment": "Noted." })),
            arrange: Arrange::Reviewed,
        },
        Act { field: "targetApprove", document: APPROVE, input: |_, of| on(of, decision()), arrange: Arrange::Reviewed },
        Act { field: "targetRefuse", document: REFUSE, input: |_, of| on(of, json!({ "reason": "Kept" })), arrange: Arrange::Reviewed },
        Act { field: "targetWithdraw", document: WITHDRAW, input: |_, of| on(of, json!({ "reason": "Cut" })), arrange: Arrange::Reviewed },
    ]
}

fn decision() -> Value {
    json!({ "decidedBy": "Cabinet", "decidedOn": "2024-10-10", "reference": "24/77" })
}

/// A proposal for a quarter nobody proposed anything for yet.
fn proposal(council: &str) -> Value {
    static QUARTERS: AtomicUsize = AtomicUsize::new(0);
    let quarter = QUARTERS.fetch_add(1, Ordering::Relaxed);
    let (year, quarter) = (2030 + quarter / 4 % 60, quarter % 4 + 1);
    let targets = json!([{ "period": format!("{year}/{:02} Q{quarter}", (year + 1) % 100), "target": "62" }]);
    let evidence = json!({ "kind": "TREND", "words": "Rising" });
    json!({ "council": council, "indicator": "WM01", "effectiveFrom": "2024-10-01", "targets": targets, "evidence": evidence })
}

/// An act on a proposal, named by its id and revision.
fn on(of: &str, mut saying: Value) -> Value {
    let (id, revision) = of.split_once(' ').unwrap_or((of, "0"));
    saying["proposal"] = json!(id);
    saying["revision"] = json!(revision.parse::<i32>().unwrap_or_default());
    saying
}

/// Those who propose and review, of Waste Services.
pub struct Proposers {
    manager: tests::Person,
    holder: tests::Person,
}

impl Proposers {
    pub async fn of(world: &World<'_>) -> Self {
        let s1 = GrantScope::Element(world.element("S1").await);
        let person = async |name: &str, role| world.harness.person(world.council, name, &[(role, s1)]).await;
        let proposers = Self {
            manager: person("Mina Proposes", Role::ServiceManager).await,
            holder: person("Petra Reviews", Role::PortfolioHolder).await,
        };
        // One that was proposed twice and is decided, and one that is before scrutiny.
        let (manager, holder) = proposers.clients(world);
        let first = done(&manager, PROPOSE, proposal(world.code)).await;
        let returned = done(&holder, REVIEW, on(&first, json!({ "supported": false, "comment": "Higher" }))).await;
        let again = done(&manager, PROPOSE, again(&returned, world.code)).await;
        let reviewed = done(&holder, REVIEW, on(&again, json!({ "supported": true }))).await;
        done(&world.keeper(), APPROVE, on(&reviewed, decision())).await;
        proposers.reviewed(world).await;
        proposers
    }

    fn clients<'a>(&self, world: &World<'a>) -> (Client<'a>, Client<'a>) {
        // With tokens of now: the clock may have been set since.
        let client = |person: &tests::Person| world.harness.client(Some(world.harness.token(person.id, Some(person.council))));
        (client(&self.manager), client(&self.holder))
    }

    /// A proposal that nobody looked at yet: its id and revision.
    pub async fn proposed(&self, world: &World<'_>) -> String {
        done(&self.clients(world).0, PROPOSE, proposal(world.code)).await
    }

    /// A proposal that the portfolio holder supports.
    pub async fn reviewed(&self, world: &World<'_>) -> String {
        let proposed = self.proposed(world).await;
        done(&self.clients(world).1, REVIEW, on(&proposed, json!({ "supported": true }))).await
    }
}

fn again(of: &str, council: &str) -> Value {
    on(of, proposal(council))
}

async fn done(client: &Client<'_>, document: &str, input: Value) -> String {
    let data = client.gql(document, json!({ "input": input })).await.data();
    let payload = data.as_object().and_then(|fields| fields.values().next()).expect("a payload").clone();
    assert_eq!(payload["userErrors"], json!([]));
    format!("{} {}", payload["proposal"]["id"].as_str().expect("an id"), payload["proposal"]["revision"])
}
