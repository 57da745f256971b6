//! Meetings and questions of a panel: one of each, and what everyone may do with another.

use std::sync::atomic::{AtomicU32, Ordering};

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Person, World};

use super::acts::{Act, Arrange};
use super::stage::Things;
use crate::forums::done;

const PLAN: &str = "mutation($input: MeetingPlanInput!) { meetingPlan(input: $input) { meeting { id } userErrors { code message } } }";
const CHANGE: &str =
    "mutation($input: MeetingChangeInput!) { meetingChange(input: $input) { meeting { id } userErrors { code message } } }";
const HOLD: &str = "mutation($input: MeetingHoldInput!) { meetingHold(input: $input) { meeting { id } userErrors { code message } } }";
const CANCEL: &str =
    "mutation($input: MeetingCancelInput!) { meetingCancel(input: $input) { meeting { id } userErrors { code message } } }";
const RECORD: &str =
    "mutation($input: QuestionRecordInput!) { questionRecord(input: $input) { question { id } userErrors { code message } } }";
const ASSIGN: &str =
    "mutation($input: QuestionAssignInput!) { questionAssign(input: $input) { question { id } userErrors { code message } } }";
const ANSWER: &str =
    "mutation($input: QuestionAnswerInput!) { questionAnswer(input: $input) { question { id } userErrors { code message } } }";
const ACCEPT: &str =
    "mutation($input: QuestionAcceptInput!) { questionAccept(input: $input) { question { id } userErrors { code message } } }";
const RETURN: &str =
    "mutation($input: QuestionReturnInput!) { questionReturn(input: $input) { question { id } userErrors { code message } } }";
const WITHDRAW: &str =
    "mutation($input: QuestionWithdrawInput!) { questionWithdraw(input: $input) { question { id } userErrors { code message } } }";

const ADD: &str = "mutation($input: WorkItemAddInput!) { workItemAdd(input: $input) { item { id } userErrors { code message } } }";
const WORK: &str = "mutation($input: WorkItemChangeInput!) { workItemChange(input: $input) { item { id } userErrors { code message } } }";

const FEED: &str =
    "mutation($input: CalendarFeedCreateInput!) { calendarFeedCreate(input: $input) { feed { id } userErrors { code message } } }";
const REVOKE: &str =
    "mutation($input: CalendarFeedRevokeInput!) { calendarFeedRevoke(input: $input) { revoked userErrors { code message } } }";

/// Whoever serves the Overview and Scrutiny Panel, and whoever answers it for Waste Services; with a meeting, and a question
/// that was asked at it and answered.
pub struct Panel {
    officer: Person,
    answerer: Person,
    pub meeting: String,
    pub question: String,
    pub item: String,
    /// A calendar feed of the officer's.
    feed: String,
}

impl Panel {
    pub async fn of(world: &World<'_>) -> Panel {
        let (osp, s1) = (GrantScope::Forum(world.forum("OSP").await), GrantScope::Element(world.element("S1").await));
        let officer = world.harness.person(world.council, "Oona Officer", &[(Role::ScrutinyOfficer, osp)]).await;
        let answerer = world.harness.person(world.council, "Dora Answers", &[(Role::Director, s1)]).await;
        let plan = json!({ "council": world.code, "forum": "OSP", "heldOn": "2024-10-22", "period": "2024/25 Q1" });
        let meeting = done(&world.harness.sign_in(&officer), "meetingPlan", plan).await;
        let mut panel =
            Panel { officer, answerer, meeting: text(&meeting["id"]), question: String::new(), item: String::new(), feed: String::new() };
        panel.question = text(&panel.answered(world).await["id"]);
        let feed = panel.officer(world).gql(FEED, json!({ "input": { "council": world.code } })).await.data();
        panel.feed = text(&feed["calendarFeedCreate"]["feed"]["id"]);
        panel.item = text(&panel.planned(world).await["id"]);
        panel
    }

    fn officer<'a>(&self, world: &World<'a>) -> Client<'a> {
        world.harness.sign_in(&self.officer)
    }

    async fn asked(&self, world: &World<'_>) -> Value {
        let input = json!({ "council": world.code, "kind": "QUESTION", "forum": "OSP", "meeting": self.meeting, "indicator": "WM01",
            "period": "2024/25 Q1", "words": "Why?", "askedBy": "Councillor Reed" });
        done(&self.officer(world), "questionRecord", input).await
    }

    async fn assigned(&self, world: &World<'_>) -> Value {
        let asked = self.asked(world).await;
        let input = json!({ "question": asked["id"], "revision": 1, "person": id_of(&self.answerer), "dueOn": "2024-11-01" });
        done(&self.officer(world), "questionAssign", input).await
    }

    async fn answered(&self, world: &World<'_>) -> Value {
        let assigned = self.assigned(world).await;
        let input = json!({ "question": assigned["id"], "revision": 2, "words": "So." });
        done(&world.harness.sign_in(&self.answerer), "questionAnswer", input).await
    }

    async fn planned(&self, world: &World<'_>) -> Value {
        let input = json!({ "council": world.code, "forum": "OSP", "meeting": self.meeting, "title": "Recycling", "indicator": "WM01" });
        let data = self.officer(world).gql(ADD, json!({ "input": input })).await.data();
        assert_eq!(data["workItemAdd"]["userErrors"], json!([]));
        data["workItemAdd"]["item"].clone()
    }

    /// A meeting or a question of its own for an act; answers its id.
    pub async fn arrange(&self, world: &World<'_>, arrange: Arrange) -> String {
        static DAYS: AtomicU32 = AtomicU32::new(1);
        let made = match arrange {
            Arrange::Meeting => {
                // Days that are past: each can be held.
                let day = tests::day("2024-09-30") - chrono::Days::new(DAYS.fetch_add(1, Ordering::Relaxed).into());
                done(&self.officer(world), "meetingPlan", json!({ "council": world.code, "forum": "OSP", "heldOn": day })).await
            }
            Arrange::Item => self.planned(world).await,
            Arrange::Asked => self.asked(world).await,
            Arrange::Assigned => self.assigned(world).await,
            _ => self.answered(world).await,
        };
        text(&made["id"])
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("an id").to_owned()
}

fn id_of(person: &Person) -> String {
    format!("q{}", person.id.simple())
}

pub fn acts() -> Vec<Act> {
    vec![
        Act {
            field: "calendarFeedCreate",
            document: FEED,
            input: |things, _| json!({ "council": things.world.code }),
            arrange: Arrange::Nothing,
        },
        // Somebody else's: the journeys of calendars look at one's own.
        Act {
            field: "calendarFeedRevoke",
            document: REVOKE,
            input: |things, _| json!({ "feed": things.panel.feed }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "workItemAdd",
            document: ADD,
            input: |things, _| json!({ "council": things.world.code, "forum": "OSP", "title": "Missed bins" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "workItemChange",
            document: WORK,
            input: |_, id| json!({ "item": id, "revision": 1, "state": "DONE" }),
            arrange: Arrange::Item,
        },
        Act {
            field: "meetingPlan",
            document: PLAN,
            input: |things, _| json!({ "council": things.world.code, "forum": "OSP", "heldOn": "2024-12-03" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "meetingChange",
            document: CHANGE,
            input: |_, id| json!({ "meeting": id, "revision": 1, "title": "Another" }),
            arrange: Arrange::Meeting,
        },
        Act { field: "meetingHold", document: HOLD, input: |_, id| json!({ "meeting": id, "revision": 1 }), arrange: Arrange::Meeting },
        Act {
            field: "meetingCancel",
            document: CANCEL,
            input: |_, id| json!({ "meeting": id, "revision": 1, "reason": "No quorum" }),
            arrange: Arrange::Meeting,
        },
        Act {
            field: "questionRecord",
            document: RECORD,
            input: |things, _| json!({ "council": things.world.code, "kind": "QUESTION", "forum": "OSP", "words": "Why?" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "questionAssign",
            document: ASSIGN,
            input: |things: &Things<'_>, id| json!({ "question": id, "revision": 1, "person": id_of(&things.panel.answerer), "dueOn": "2024-11-01" }),
            arrange: Arrange::Asked,
        },
        Act {
            field: "questionAnswer",
            document: ANSWER,
            input: |_, id| json!({ "question": id, "revision": 2, "words": "So." }),
            arrange: Arrange::Assigned,
        },
        Act {
            field: "questionAccept",
            document: ACCEPT,
            input: |_, id| json!({ "question": id, "revision": 3 }),
            arrange: Arrange::Answered,
        },
        Act {
            field: "questionReturn",
            document: RETURN,
            input: |_, id| json!({ "question": id, "revision": 3, "words": "More" }),
            arrange: Arrange::Answered,
        },
        Act {
            field: "questionWithdraw",
            document: WITHDRAW,
            input: |_, id| json!({ "question": id, "revision": 1, "reason": "Seen in the papers" }),
            arrange: Arrange::Asked,
        },
    ]
}
