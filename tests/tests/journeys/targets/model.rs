//! Whoever tries whatever in whichever order, a proposal goes only where the table of its life leads, nobody takes a step
//! their earlier one forbids, and what is aimed at is what was last approved.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Drawn, World, for_each_database};

use super::{CODE, Cast, act, decision, on, proposal, propose, world};

/// A mutation, the states it may be done in, and where it leads.
const LIFE: [(&str, &[&str], &str); 8] = [
    ("TargetPropose", &["PROPOSED", "RETURNED"], "PROPOSED"),
    ("TargetRecommend", &["PROPOSED"], "RECOMMENDED"),
    (SUPPORT, &["PROPOSED", "RECOMMENDED"], "REVIEWED"),
    (RETURN, &["PROPOSED", "RECOMMENDED", "REVIEWED", "SCRUTINISED"], "RETURNED"),
    ("TargetScrutinise", &["REVIEWED", "SCRUTINISED"], "SCRUTINISED"),
    ("TargetApprove", &["REVIEWED", "SCRUTINISED"], "APPROVED"),
    ("TargetRefuse", &["PROPOSED", "RETURNED", "RECOMMENDED", "REVIEWED", "SCRUTINISED"], "REFUSED"),
    ("TargetWithdraw", &["PROPOSED", "RETURNED", "RECOMMENDED", "REVIEWED", "SCRUTINISED"], "WITHDRAWN"),
];
/// The portfolio holder's review is one mutation with two outcomes.
const SUPPORT: &str = "TargetReview";
const RETURN: &str = "TargetReview, returned";

/// What the service does with a proposal, and what whoever did it does not do as well.
const SERVICES: [&str; 2] = ["TargetPropose", "TargetWithdraw"];
const LOOKS: [&str; 5] = ["TargetRecommend", SUPPORT, RETURN, "TargetApprove", "TargetRefuse"];

/// Somebody who tries: what their roles allow, and what they did to this proposal.
struct Tries<'a> {
    client: Client<'a>,
    name: &'static str,
    allowed: &'static [&'static str],
    did: Vec<&'static str>,
}

impl Tries<'_> {
    fn may(&self, verb: &str) -> bool {
        let apart = |of: &[&str], others: &[&str]| of.contains(&verb) && self.did.iter().any(|did| others.contains(did));
        self.allowed.contains(&verb) && !apart(&SERVICES, &LOOKS) && !apart(&LOOKS, &SERVICES)
    }
}

/// Everybody who tries: one of each role, two who hold several, and some who have no business here.
async fn people<'a>(world: &World<'a>, stranger: &World<'a>) -> Vec<Tries<'a>> {
    let (s1, d1, d2) = (world.element("S1").await, world.element("D1").await, world.element("D2").await);
    let osp = GrantScope::Forum(world.forum("OSP").await);
    let cast = Cast::of(world).await;
    let person = async |name, grants: &[(Role, GrantScope)]| {
        let person = world.harness.person(world.council, name, grants).await;
        world.harness.sign_in(&person)
    };
    let both = [(Role::ServiceManager, GrantScope::Element(s1)), (Role::PortfolioHolder, GrantScope::Element(d1))];
    let much = [(Role::Director, GrantScope::Element(d1)), (Role::PerformanceTeam, GrantScope::Council), (Role::ScrutinyOfficer, osp)];
    let tries = |client, name, allowed| Tries { client, name, allowed, did: Vec::new() };
    vec![
        tries(cast.manager, "Mina Manager", &SERVICES),
        tries(cast.director, "Dara Director", &["TargetRecommend"]),
        tries(cast.holder, "Petra Portfolio", &[SUPPORT, RETURN]),
        tries(cast.officer, "Oscar Officer", &["TargetScrutinise"]),
        tries(cast.keeper, "Perry Team", &["TargetApprove", "TargetRefuse"]),
        tries(person("Bo Both", &both).await, "Bo Both", &["TargetPropose", "TargetWithdraw", SUPPORT, RETURN]),
        tries(person("Max Much", &much).await, "Max Much", &["TargetRecommend", "TargetApprove", "TargetRefuse", "TargetScrutinise"]),
        tries(person("Dan Elsewhere", &[(Role::Director, GrantScope::Element(d2))]).await, "Dan Elsewhere", &[]),
        tries(person("Mel Member", &[(Role::ScrutinyMember, osp)]).await, "Mel Member", &[]),
        tries(stranger.keeper(), "Perry Team of Devon", &[]),
    ]
}

/// Who may bring a proposal on, and how: without these steps drawn more often than others, hardly any would be approved.
fn forward(people: &[Tries<'_>], state: &str) -> Vec<(usize, &'static str)> {
    let steps = LIFE.iter().filter(|(verb, from, _)| ![RETURN, "TargetRefuse", "TargetWithdraw"].contains(verb) && from.contains(&state));
    let of = |(verb, ..): &(&'static str, _, _)| {
        let verb = *verb;
        people.iter().enumerate().filter(move |(_, one)| one.may(verb)).map(move |(who, _)| (who, verb))
    };
    steps.flat_map(of).collect()
}

/// What comes with an act; `aim` is what is proposed this time.
fn saying(verb: &str, aim: usize) -> Value {
    match verb {
        "TargetPropose" => aimed(aim),
        SUPPORT => json!({ "supported": true }),
        RETURN => json!({ "supported": false, "comment": "Too low" }),
        "TargetScrutinise" => json!({ "forum": "OSP", "comment": "Noted." }),
        "TargetApprove" => decision(),
        "TargetRecommend" => json!({}),
        _ => json!({ "reason": "Enough" }),
    }
}

/// A target for the third quarter.
fn aimed(aim: usize) -> Value {
    proposal(json!([{ "period": "2024/25 Q3", "target": aim.to_string() }]))
}

/// What stands of a proposal, and the target in force for its quarter.
async fn stands(reader: &Client<'_>, id: &Value) -> (Value, Value) {
    let query = "query($code: String!, $id: ID!) {
        node(id: $id) { ... on TargetProposal { id state revision version targets { proposed { target } } history { act by } } }
        council(code: $code) { indicator(code: \"WM01\") { targets { nodes { period aimed { target } supersededAt } } } } }";
    let data = reader.gql(query, json!({ "code": CODE, "id": id })).await.data();
    let targets = data["council"]["indicator"]["targets"]["nodes"].as_array().expect("targets").clone();
    let mut live = targets.iter().filter(|one| one["period"] == "2024/25 Q3" && one["supersededAt"].is_null());
    let held = live.next().map_or(Value::Null, |one| one["aimed"]["target"].clone());
    assert!(live.next().is_none(), "one target a period: {targets:?}");
    (data["node"].clone(), held)
}

#[tokio::test]
async fn random_acts_by_random_people_approve_only_what_everybody_looked_at() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let stranger = World::new(harness, "devon").await;
        let mut people = people(&world, &stranger).await;
        let closes = harness.person(world.council, "Cleo Closes", &[(Role::PerformanceTeam, GrantScope::Council)]).await;
        let (closes, reader) = (harness.sign_in(&closes), world.keeper());
        let (mut target, mut approved, mut reached) = (Value::Null, 0, std::collections::BTreeSet::new());
        for seed in 1..=16 {
            let first = usize::try_from(seed).expect("small") * 100;
            let made = propose(&people[0].client, aimed(first)).await;
            people.iter_mut().for_each(|one| one.did.clear());
            people[0].did.push("TargetPropose");
            let (mut now, mut aim, mut numbers) = (stands(&reader, &made["id"]).await.0, first, Drawn::of(seed));
            for step in 1..=24 {
                let state = now["state"].as_str().expect("a state").to_owned();
                let (who, verb) = match forward(&people, &state) {
                    pairs if !pairs.is_empty() && numbers.below(2) == 0 => pairs[numbers.below(pairs.len())],
                    _ => (numbers.below(people.len()), LIFE[numbers.below(LIFE.len())].0),
                };
                let stale = numbers.below(8) == 0;
                let mut seen = now.clone();
                if stale {
                    seen["revision"] = json!(now["revision"].as_i64().expect("a number") + 1);
                }
                let to = LIFE.iter().find(|(of, from, _)| *of == verb && from.contains(&state.as_str())).map(|(_, _, to)| *to);
                let expected = to.filter(|_| !stale && people[who].may(verb));
                let came = on(&people[who].client, verb.split(',').next().expect("a name"), &seen, saying(verb, first + step)).await;
                let (after, held) = stands(&reader, &made["id"]).await;
                let what = format!("seed {seed}: {verb} by {} in {state}: {came:?}", people[who].name);
                match expected {
                    Some(to) => {
                        assert!(came.is_ok(), "{what}");
                        assert_eq!(after["state"], to, "{what}");
                        assert_eq!(after["revision"].as_i64(), now["revision"].as_i64().map(|n| n + 1), "{what}");
                        assert_eq!(after["history"].as_array().expect("steps").last().expect("a step")["by"], people[who].name, "{what}");
                        if verb == "TargetPropose" {
                            aim = first + step;
                        }
                        if to == "APPROVED" {
                            (target, approved) = (json!(aim.to_string()), approved + 1);
                        }
                        people[who].did.push(verb);
                        reached.insert(to);
                    }
                    None => {
                        assert!(came.as_ref().is_err_and(|code| !code.is_empty()), "{what}");
                        assert_eq!(after, now, "{what}");
                    }
                }
                assert_eq!(after["targets"][0]["proposed"]["target"], aim.to_string(), "{what}");
                assert_eq!(held, target, "{what}");
                now = after;
            }
            if !["APPROVED", "REFUSED", "WITHDRAWN"].contains(&now["state"].as_str().expect("a state")) {
                let refused = on(&closes, "TargetRefuse", &now, json!({ "reason": "Out of time" })).await;
                assert!(refused.is_ok(), "{refused:?}");
            }
            let again = act(&closes, "TargetRefuse", json!({ "proposal": made["id"], "revision": 1, "reason": "Late" })).await;
            assert!(again.is_err(), "what is settled stays so");
        }
        assert!(approved >= 2 && reached.len() >= 7, "{approved} approved; reached {reached:?}");
    })
    .await;
}
