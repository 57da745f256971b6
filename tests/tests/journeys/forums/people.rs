//! A panel, whoever serves it, and whoever answers it.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, Person, World};

/// A council whose Overview and Scrutiny Panel (remit D1) has an officer and a member; and a member of another forum.
pub struct Panel<'a> {
    pub world: World<'a>,
    pub officer: Person,
    pub member: Person,
    /// Sits on the Senior Leadership Team as a member would.
    pub elsewhere: Person,
    /// Directors of Place (D1) and of People (D2).
    pub place: Person,
    pub people: Person,
}

impl<'a> Panel<'a> {
    /// Both forums were given the first quarter.
    pub async fn new(harness: &'a Harness, code: &'static str) -> Panel<'a> {
        let panel = Self::given_nothing(harness, code).await;
        panel.released().await;
        panel
    }

    /// The first quarter is released to both forums; answers the id of the panel's release.
    pub async fn released(&self) -> Value {
        let mut last = Value::Null;
        for forum in ["SLT", "OSP"] {
            let made = crate::released::release_in(&self.world.keeper_now(), self.world.code, forum, "2024/25 Q1", None).await;
            assert_eq!(made["userErrors"], json!([]));
            last = made["release"]["id"].clone();
        }
        last
    }

    pub async fn given_nothing(harness: &'a Harness, code: &'static str) -> Panel<'a> {
        let world = World::new(harness, code).await;
        let (panel, team) = (GrantScope::Forum(world.forum("OSP").await), GrantScope::Forum(world.forum("SLT").await));
        let (place, people) = (GrantScope::Element(world.element("D1").await), GrantScope::Element(world.element("D2").await));
        let person = async |name: &str, role, scope| harness.person(world.council, name, &[(role, scope)]).await;
        Panel {
            officer: person("Oona Officer", Role::ScrutinyOfficer, panel).await,
            member: person("Mel Member", Role::ScrutinyMember, panel).await,
            elsewhere: person("Elsa Elsewhere", Role::ScrutinyMember, team).await,
            place: person("Dora Place", Role::Director, place).await,
            people: person("Pat People", Role::Director, people).await,
            world,
        }
    }

    pub fn as_(&self, person: &Person) -> Client<'a> {
        self.world.harness.client(Some(self.world.harness.token(person.id, Some(self.world.council))))
    }

    /// A question of the panel's about WM01, on record.
    pub async fn asked(&self, words: &str) -> Value {
        let input = json!({ "council": self.world.code, "kind": "QUESTION", "forum": "OSP", "indicator": "WM01",
            "period": "2024/25 Q1", "words": words, "askedBy": "Councillor Reed" });
        super::done(&self.as_(&self.officer), "questionRecord", input).await
    }

    /// The same, assigned to the director of Place.
    pub async fn assigned(&self, words: &str, due_on: &str) -> Value {
        let asked = self.asked(words).await;
        let to = json!({ "person": id_of(&self.place), "dueOn": due_on });
        super::done(&self.as_(&self.officer), "questionAssign", super::with(super::seen("question", &asked), to)).await
    }

    /// The same, answered by her.
    pub async fn answered(&self, words: &str, due_on: &str, answer: &str) -> Value {
        let assigned = self.assigned(words, due_on).await;
        let input = super::with(super::seen("question", &assigned), json!({ "words": answer }));
        super::done(&self.as_(&self.place), "questionAnswer", input).await
    }
}

/// A person's opaque id.
pub fn id_of(person: &Person) -> String {
    format!("q{}", person.id.simple())
}
