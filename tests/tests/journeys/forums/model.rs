//! Whoever tries whatever in whichever order, a question goes only where the table of its life leads, and those who may not
//! change nothing.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Drawn, for_each_database};

use super::people::id_of;
use super::{Panel, question, seen, tried, with};

/// Acts after a question was put on record: the mutation, the act, and from where to where it leads.
const LIFE: [(&str, &str, &str, &str); 11] = [
    ("questionAssign", "ASSIGN", "RECORDED", "ASSIGNED"),
    ("questionAssign", "ASSIGN", "ASSIGNED", "ASSIGNED"),
    ("questionAssign", "ASSIGN", "RETURNED", "RETURNED"),
    ("questionAnswer", "ANSWER", "ASSIGNED", "ANSWERED"),
    ("questionAnswer", "ANSWER", "RETURNED", "ANSWERED"),
    ("questionAccept", "ACCEPT", "ANSWERED", "ACCEPTED"),
    ("questionReturn", "RETURN", "ANSWERED", "RETURNED"),
    ("questionWithdraw", "WITHDRAW", "RECORDED", "WITHDRAWN"),
    ("questionWithdraw", "WITHDRAW", "ASSIGNED", "WITHDRAWN"),
    ("questionWithdraw", "WITHDRAW", "ANSWERED", "WITHDRAWN"),
    ("questionWithdraw", "WITHDRAW", "RETURNED", "WITHDRAWN"),
];
const VERBS: [&str; 5] = ["questionAssign", "questionAnswer", "questionAccept", "questionReturn", "questionWithdraw"];

/// Who tries: by name, and whether they serve the panel, answer for Place, and asked the question.
struct Tries<'a> {
    client: Client<'a>,
    name: &'static str,
    serves: bool,
    answers: bool,
    asked: bool,
    did: Vec<&'static str>,
}

impl Tries<'_> {
    /// Whether the roles and what was done before let them, as a person would work it out.
    fn may(&self, verb: &str, state: &str) -> bool {
        let answered = self.did.contains(&"questionAnswer");
        let kept = self.serves && !answered;
        match verb {
            "questionAnswer" => self.answers && !self.asked && self.did.iter().all(|did| *did == "questionAnswer"),
            "questionWithdraw" => kept || (self.asked && matches!(state, "RECORDED" | "ASSIGNED")),
            _ => kept,
        }
    }
}

#[tokio::test]
async fn random_acts_by_random_people_lead_only_where_the_table_does() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let world = &panel.world;
        let (osp, d1) = (GrantScope::Forum(world.forum("OSP").await), GrantScope::Element(world.element("D1").await));
        let both = harness.person(world.council, "Bo Both", &[(Role::ScrutinyOfficer, osp), (Role::Director, d1)]).await;
        let stranger = Panel::new(harness, "devon").await;
        let mut settled = 0;
        for seed in 1..=12 {
            let ask = json!({ "council": "huntingdonshire", "kind": "QUESTION", "forum": "OSP", "indicator": "WM01", "words": "Why?" });
            let recorded = super::done(&panel.as_(&panel.member), "questionRecord", ask).await;
            let tries = |client, name, serves, answers, asked| Tries { client, name, serves, answers, asked, did: Vec::new() };
            let mut people = [
                tries(panel.as_(&panel.officer), "Oona Officer", true, false, false),
                tries(panel.as_(&panel.place), "Dora Place", false, true, false),
                tries(panel.as_(&both), "Bo Both", true, true, false),
                tries(panel.as_(&panel.member), "Mel Member", false, false, true),
                tries(panel.as_(&panel.people), "Pat People", false, false, false),
                tries(panel.as_(&panel.elsewhere), "Elsa Elsewhere", false, false, false),
                tries(panel.as_(&world.keeper), "Perry Team", false, false, false),
                tries(stranger.as_(&stranger.officer), "Oona Officer of Devon", false, false, false),
            ];
            let mut now = recorded.clone();
            let mut numbers = Drawn::of(seed);
            for _ in 0..24 {
                let (who, verb, stale) = (numbers.below(people.len()), VERBS[numbers.below(VERBS.len())], numbers.below(8) == 0);
                let more = match verb {
                    "questionAssign" => json!({ "person": id_of(&panel.place), "dueOn": "2024-11-01" }),
                    "questionAccept" => json!({}),
                    "questionWithdraw" => json!({ "reason": "Enough" }),
                    _ => json!({ "words": "So." }),
                };
                let mut input = with(seen("question", &now), more);
                if stale {
                    input["revision"] = json!(now["revision"].as_i64().expect("a number") + 1);
                }
                let state = now["state"].as_str().expect("a state");
                let step = LIFE.iter().find(|(of, _, from, _)| *of == verb && *from == state);
                let expected = step.filter(|_| !stale && people[who].may(verb, state));
                let answer = tried(&people[who].client, verb, input).await;
                let after = question(&panel.as_(&panel.officer), &recorded["id"]).await;
                let what = format!("seed {seed}: {verb} by {} in {state}: {}", people[who].name, answer.body);
                match expected {
                    Some((_, act, _, to)) => {
                        assert_eq!(answer.body["data"][verb]["userErrors"], json!([]), "{what}");
                        assert_eq!(
                            (&after["state"], after["revision"].as_i64()),
                            (&json!(to), now["revision"].as_i64().map(|n| n + 1)),
                            "{what}"
                        );
                        let last = after["history"].as_array().expect("steps").last().expect("a step").clone();
                        assert_eq!((&last["act"], &last["person"]), (&json!(act), &json!(people[who].name)), "{what}");
                        people[who].did.push(verb);
                    }
                    None => {
                        let told = !answer.codes().is_empty() || answer.body["data"][verb]["userErrors"][0]["code"].is_string();
                        assert!(told, "{what}");
                        assert_eq!(as_it_stands(&after), as_it_stands(&now), "{what}");
                    }
                }
                now = after;
            }
            settled += usize::from(now["viewerActs"] == json!([]));
        }
        // The walk gets somewhere, or it would say nothing.
        assert!(settled >= 3, "{settled} of 12 were settled");
    })
    .await;
}

/// A question, but for what depends on who looks.
fn as_it_stands(of: &Value) -> Value {
    let mut of = of.clone();
    for field in ["viewerActs", "viewerCan"] {
        of.as_object_mut().expect("an object").remove(field);
    }
    of
}
