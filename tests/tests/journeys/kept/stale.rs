//! Random acts, and after each of them everybody's answers from two nodes that keep them beside those of one that keeps none.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Answer, Drawn, Harness, World, for_each_database};
use uuid::Uuid;

use crate::entry::{figure, send};

const COUNCILS: [&str; 2] = ["huntingdonshire", "devon"];
const PERIOD: &str = "2024/25 Q2";
const STEPS: usize = 60;

/// Questions that are kept, and one that is not.
const LIST: &str = "query($council: String!, $period: Period!) { council(code: $council) { viewerCan framework(at: $period) {
    indicators(first: 3) { nodes { code viewerCan series(until: $period, last: 2) { value commentary status { colour } reading } } } } } }";
const SETTINGS: &str =
    "query($council: String!) { council(code: $council) { reportingPeriods { open } people(first: 10) { totalCount } } }";

struct Town<'a> {
    world: World<'a>,
    administrator: String,
    /// Whose answers are looked at.
    readers: Vec<Reader>,
}

struct Reader {
    id: Uuid,
    token: String,
    suspended: bool,
    grants: Vec<Value>,
}

impl Town<'_> {
    async fn new<'a>(harness: &'a Harness, code: &'static str) -> Town<'a> {
        let world = World::new(harness, code).await;
        let administrator = world.somebody(Role::CouncilAdministrator).await.token;
        let waste = world.element("S1").await;
        let panel = world.forum("OSP").await;
        let mut readers = Vec::new();
        for (name, grants) in [
            ("Whole", vec![(Role::PerformanceTeam, GrantScope::Council)]),
            ("Twin", vec![(Role::PerformanceTeam, GrantScope::Council)]),
            ("Waste", vec![(Role::ServiceManager, GrantScope::Element(waste))]),
            ("Member", vec![(Role::ScrutinyMember, GrantScope::Forum(panel))]),
            ("Nobody", vec![]),
        ] {
            let person = harness.person(world.council, &format!("{name} Reader"), &grants).await;
            readers.push(Reader { id: person.id, token: person.token, suspended: false, grants: Vec::new() });
        }
        Town { world, administrator, readers }
    }

    /// Something happens.
    async fn act(&mut self, harness: &Harness, drawn: &mut Drawn) -> Act {
        let code = self.world.code;
        let administrator = harness.client(Some(self.administrator.clone()));
        let at = drawn.below(self.readers.len());
        match drawn.below(8) {
            0..3 => {
                let (indicator, value) = (["WM01", "PL01", "BN01"][drawn.below(3)], drawn.below(90).to_string());
                let words = json!({ "commentary": format!("Because of {value}"), "reason": "Late" });
                let mut entered = figure(indicator, PERIOD, &value);
                entered.as_object_mut().expect("an object").extend(words.as_object().expect("an object").clone());
                let acknowledge = json!([{ "code": "CHG-003", "reason": "Late" }, { "code": "VAL-031", "reason": "Few" }]);
                let input = json!({ "council": code, "figures": [entered], "acknowledge": acknowledge });
                let taken = send(&self.world.keeper(), input).await;
                Act::of(&format!("{indicator} is {value}"), &taken)
            }
            3 => {
                let reader = &mut self.readers[at];
                let verb = if reader.suspended { "personRestore" } else { "personSuspend" };
                let mutation = format!("mutation($id: ID!) {{ {verb}(input: {{ id: $id, reason: \"So\" }}) {{ userErrors {{ code }} }} }}");
                let told = administrator.gql(&mutation, json!({ "id": id_of(reader.id) })).await.data();
                reader.suspended = !reader.suspended;
                Act::of(&format!("{verb} {at}"), &told[verb])
            }
            4 | 5 => {
                let reader = &mut self.readers[at];
                let give = "mutation($input: GrantGiveInput!) { grantGive(input: $input) { grant { id } userErrors { code } } }";
                let (role, over) =
                    [("PERFORMANCE_TEAM", json!(null)), ("SERVICE_MANAGER", json!({ "element": "S2" })), ("CABINET_MEMBER", json!(null))]
                        [drawn.below(3)]
                    .clone();
                let input = json!({ "person": id_of(reader.id), "role": role, "scope": over, "reason": "So" });
                let told = administrator.gql(give, json!({ "input": input })).await.data();
                let given = told["grantGive"]["grant"]["id"].clone();
                if given.is_string() {
                    reader.grants.push(given);
                }
                Act::of(&format!("{role} to {at}"), &told["grantGive"])
            }
            6 => {
                let Some(grant) = self.readers[at].grants.pop() else { return Act { words: "nothing to take".into(), done: false } };
                let withdraw = "mutation($input: GrantWithdrawInput!) { grantWithdraw(input: $input) { userErrors { code } } }";
                let told = administrator.gql(withdraw, json!({ "input": { "id": grant, "reason": "So" } })).await.data();
                Act::of(&format!("taken from {at}"), &told["grantWithdraw"])
            }
            _ => {
                let later = harness.later(chrono::Duration::hours(9));
                Act { words: format!("it is {later}"), done: true }
            }
        }
    }
}

/// What happened.
#[derive(Debug)]
struct Act {
    /// Printed when an answer is wrong.
    #[expect(dead_code, reason = "read by whoever reads the failure")]
    words: String,
    done: bool,
}

impl Act {
    fn of(words: &str, payload: &Value) -> Self {
        let errors = &payload["userErrors"];
        Self { words: format!("{words}: {errors}"), done: *errors == json!([]) }
    }
}

/// Kept answers that a node gave.
async fn hits(door: &Harness) -> f64 {
    crate::observed::exposition::gather(door).await.value("goldenthread_kept_answers_total{outcome=\"hit\"}")
}

/// The id of a person, as the API has it.
fn id_of(person: Uuid) -> String {
    goldenthread::graphql::id::id(goldenthread::graphql::id::Kind::Person, person).to_string()
}

async fn ask(door: &Harness, token: &str, council: &str, question: usize) -> Answer {
    let client = door.client(Some(token.to_owned()));
    let variables = json!({ "council": council, "period": PERIOD });
    match question {
        0 => client.run("Scorecard", variables).await,
        1 => client.gql(LIST, variables).await,
        2 => client.run("Indicator", json!({ "council": council, "code": "WM01", "period": PERIOD })).await,
        _ => client.gql(SETTINGS, json!({ "council": council })).await,
    }
}

/// As another answer would be: a failure has an id of its own.
fn compared(mut answer: Answer) -> Answer {
    if let Some(errors) = answer.body["errors"].as_array_mut() {
        for error in errors {
            if let Some(told) = error["extensions"].as_object_mut() {
                told.remove("requestId");
            }
        }
    }
    answer
}

#[tokio::test]
async fn nobody_is_given_what_is_not_so_any_more() {
    for_each_database(async |harness| {
        let (other, bare) = (harness.node().await, harness.keeping_nothing().await);
        let mut towns = Vec::new();
        for code in COUNCILS {
            towns.push(Town::new(harness, code).await);
        }
        let mut drawn = Drawn::of(20_261_123);
        let mut acts = Vec::new();
        for _ in 0..STEPS {
            let at = drawn.below(towns.len());
            acts.push(towns[at].act(harness, &mut drawn).await);
            for _ in 0..6 {
                let town = &towns[drawn.below(towns.len())];
                let (reader, question) = (&town.readers[drawn.below(town.readers.len())], drawn.below(4));
                // Now and then of the other council, which is none of theirs.
                let council = if drawn.below(6) == 0 { COUNCILS[drawn.below(2)] } else { town.world.code };
                let fresh = compared(ask(&bare, &reader.token, council, question).await);
                for door in [harness, &other, harness] {
                    let answer = compared(ask(door, &reader.token, council, question).await);
                    assert_eq!(answer, fresh, "question {question} of {council} after {:#?}", &acts[acts.len().saturating_sub(4)..]);
                }
            }
        }
        let (given, taken) = (hits(harness).await + hits(&other).await, acts.iter().filter(|act| act.done).count());
        assert!(given > 200.0 && taken > STEPS / 2, "{given} answers were kept ones, {taken} acts were done");
        other.close();
        bare.close();
    })
    .await;
}
