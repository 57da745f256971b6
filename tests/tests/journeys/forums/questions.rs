//! Questions, recommendations and calls for information: their life, and who sees them.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::people::id_of;
use super::{Panel, act, done, question, refused, seen, tried, with};

fn words(of: &Value) -> &str {
    of["userErrors"][0]["message"].as_str().unwrap_or_else(|| panic!("{of:#}"))
}

/// Numbers of the council's questions somebody sees.
async fn seen_by(client: &Client<'_>, narrowed: &str) -> Vec<i64> {
    let query = format!("{{ council(code: \"huntingdonshire\") {{ questions{narrowed} {{ totalCount nodes {{ number }} }} }} }}");
    let data = client.gql(&query, json!({})).await.data();
    let questions = &data["council"]["questions"];
    let numbers: Vec<i64> = questions["nodes"].as_array().expect("nodes").iter().map(|q| q["number"].as_i64().expect("a number")).collect();
    assert_eq!(questions["totalCount"], numbers.len());
    numbers
}

#[tokio::test]
async fn a_question_is_asked_answered_sent_back_answered_again_and_accepted() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let officer = panel.as_(&panel.officer);
        let plan = json!({ "council": "huntingdonshire", "forum": "OSP", "heldOn": "2024-10-10", "period": "2024/25 Q1" });
        let meeting = done(&officer, "meetingPlan", plan).await;
        let input = json!({ "council": "huntingdonshire", "kind": "QUESTION", "forum": "OSP", "meeting": meeting["id"], "indicator": "wm01",
            "period": "2024/25 Q1", "words": " What share came from flats? ", "askedBy": "Councillor Reed" });
        let asked = done(&officer, "questionRecord", input).await;
        assert_eq!((&asked["number"], &asked["state"], &asked["revision"]), (&json!(1), &json!("RECORDED"), &json!(1)));
        assert_eq!((&asked["words"], &asked["askedBy"]), (&json!("What share came from flats?"), &json!("Councillor Reed")));
        assert_eq!(asked["indicator"], json!({ "code": "WM01", "title": "Household waste recycled" }));
        assert_eq!((&asked["meeting"]["id"], &asked["forum"]["code"]), (&meeting["id"], &json!("OSP")));
        assert_eq!(super::meeting(&officer, &meeting["id"]).await["questions"], json!([{ "number": 1 }]));

        // Whoever may answer for Place is offered, and nobody else is taken.
        let query = "query($id: ID!) { node(id: $id) { ... on Question { answerers { name } } } }";
        let offered = officer.gql(query, json!({ "id": asked["id"] })).await.data();
        assert_eq!(offered["node"]["answerers"], json!([{ "name": "Dora Place" }]));
        let assign = |to: &str, due: &str, of: &Value| with(seen("question", of), json!({ "person": to, "dueOn": due }));
        for nobody in [id_of(&panel.people), id_of(&panel.member), id_of(&panel.world.keeper), "q0".to_owned()] {
            assert_eq!(refused(&officer, "questionAssign", assign(&nobody, "2024-11-01", &asked)).await, "ANSWERER_NOT_FOUND");
        }
        let past = assign(&id_of(&panel.place), "2024-10-13", &asked);
        assert_eq!(refused(&officer, "questionAssign", past).await, "DAY_OUT_OF_RANGE");
        let assigned = done(&officer, "questionAssign", assign(&id_of(&panel.place), "2024-11-01", &asked)).await;
        assert_eq!(
            (&assigned["state"], &assigned["assignedTo"], &assigned["dueOn"]),
            (&json!("ASSIGNED"), &json!("Dora Place"), &json!("2024-11-01"))
        );

        let answer = |of: &Value, words: &str| with(seen("question", of), json!({ "words": words }));
        assert_eq!(refused(&panel.as_(&panel.place), "questionAnswer", answer(&assigned, " ")).await, "TEXT_NEEDED");
        harness.at("2024-11-02T09:00:00Z");
        let (officer, place) = (panel.as_(&panel.officer), panel.as_(&panel.place));
        assert_eq!(question(&officer, &asked["id"]).await["overdue"], true);
        let answered = done(&place, "questionAnswer", answer(&assigned, "About a third.")).await;
        assert_eq!(
            (&answered["state"], &answered["answer"], &answered["overdue"]),
            (&json!("ANSWERED"), &json!("About a third."), &json!(false))
        );

        let back = with(answer(&answered, "Of which wards?"), json!({ "dueOn": "2024-11-20" }));
        let returned = done(&officer, "questionReturn", back).await;
        assert_eq!(
            (&returned["state"], &returned["dueOn"], &returned["assignedTo"]),
            (&json!("RETURNED"), &json!("2024-11-20"), &json!("Dora Place"))
        );
        let again = done(&place, "questionAnswer", answer(&returned, "A third; mostly of the two central wards.")).await;
        let accepted = done(&officer, "questionAccept", seen("question", &again)).await;
        assert_eq!((&accepted["state"], &accepted["revision"]), (&json!("ACCEPTED"), &json!(6)));
        assert_eq!(accepted["viewerActs"], json!([]));
        let history: Vec<[&Value; 4]> =
            accepted["history"].as_array().expect("steps").iter().map(|s| [&s["act"], &s["state"], &s["person"], &s["words"]]).collect();
        let expected = json!([
            ["RECORD", "RECORDED", "Oona Officer", null],
            ["ASSIGN", "ASSIGNED", "Oona Officer", null],
            ["ANSWER", "ANSWERED", "Dora Place", "About a third."],
            ["RETURN", "RETURNED", "Oona Officer", "Of which wards?"],
            ["ANSWER", "ANSWERED", "Dora Place", "A third; mostly of the two central wards."],
            ["ACCEPT", "ACCEPTED", "Oona Officer", null],
        ]);
        assert_eq!(json!(history), expected);
        // What is settled stays so.
        let late = with(seen("question", &accepted), json!({ "reason": "Not needed" }));
        let told = act(&officer, "questionWithdraw", late).await;
        assert_eq!(told["userErrors"][0]["code"], "QUESTION_NOT_NOW");
        assert!(words(&told).starts_with("It is accepted."), "{told:#}");
        assert_eq!(question(&officer, &asked["id"]).await, accepted);
    })
    .await;
}

#[tokio::test]
async fn what_a_member_was_never_given_has_no_name_for_them() {
    for_each_database(async |harness| {
        let panel = Panel::given_nothing(harness, "huntingdonshire").await;
        let (member, officer) = (panel.as_(&panel.member), panel.as_(&panel.officer));
        let ask = |about: Value| with(json!({ "council": "huntingdonshire", "kind": "QUESTION", "forum": "OSP", "words": "Why?" }), about);
        // Whether it is there or not, the answer is the same; an element of the remit by name is no secret.
        for (about, code) in [
            (json!({ "indicator": "WM01" }), "INDICATOR_NOT_FOUND"),
            (json!({ "indicator": "NONE" }), "INDICATOR_NOT_FOUND"),
            (json!({ "element": "S1" }), "ELEMENT_NOT_FOUND"),
            (json!({ "element": "NONE" }), "ELEMENT_NOT_FOUND"),
        ] {
            assert_eq!(refused(&member, "questionRecord", ask(about.clone())).await, code, "{about}");
        }
        assert_eq!(done(&member, "questionRecord", ask(json!({ "element": "D1" }))).await["element"]["code"], "D1");
        let release = panel.released().await;
        let asked = done(&officer, "questionRecord", ask(json!({ "indicator": "WM01" }))).await;
        assert_eq!(asked["indicator"], json!({ "code": "WM01", "title": "Household waste recycled" }));
        assert_eq!(done(&member, "questionRecord", ask(json!({ "element": "S1" }))).await["element"]["code"], "S1");
        let item =
            "mutation($input: WorkItemAddInput!) { workItemAdd(input: $input) { item { id indicator { code } } userErrors { code } } }";
        let input = json!({ "council": "huntingdonshire", "forum": "OSP", "title": "Recycling", "indicator": "WM01" });
        let item = officer.gql(item, json!({ "input": input })).await.data()["workItemAdd"]["item"].clone();
        assert_eq!(item["indicator"]["code"], "WM01");
        let node = "query($id: ID!) { node(id: $id) { ... on WorkItem { title indicator { code } } } }";
        let programme =
            "{ council(code: \"huntingdonshire\") { forums { code workProgramme { unscheduled { title indicator { code } } } } } }";
        let planned = async |client: &tests::Client<'_>| {
            let one = client.gql(node, json!({ "id": item["id"] })).await.data()["node"].clone();
            let forums = client.gql(programme, json!({})).await.data()["council"]["forums"].clone();
            let panel = forums.as_array().expect("forums").iter().find(|forum| forum["code"] == "OSP").expect("the panel").clone();
            assert_eq!(one, panel["workProgramme"]["unscheduled"][0]);
            one["indicator"]["code"].clone()
        };
        assert_eq!((&question(&member, &asked["id"]).await["indicator"]["code"], planned(&member).await), (&json!("WM01"), json!("WM01")));
        // Withdrawn, it was never given: the question stays, and not what it is about.
        let notice = json!({ "input": { "release": release, "notice": "It held what it must not." } });
        let withdrawn = panel.world.keeper().gql(crate::released::WITHDRAW, notice).await.data();
        assert_eq!(withdrawn["releaseWithdraw"]["userErrors"], json!([]));
        let seen = question(&member, &asked["id"]).await;
        assert_eq!((&seen["words"], &seen["indicator"], planned(&member).await), (&json!("Why?"), &Value::Null, Value::Null));
        // Whoever answers for it reads it with the framework.
        assert_eq!(question(&panel.as_(&panel.place), &asked["id"]).await["indicator"]["code"], "WM01");
    })
    .await;
}

#[tokio::test]
async fn members_ask_and_recommend_in_their_own_name_and_withdraw_what_nobody_answered() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let (officer, member) = (panel.as_(&panel.officer), panel.as_(&panel.member));
        let ask = |kind: &str| json!({ "council": "huntingdonshire", "kind": kind, "forum": "OSP", "element": "S1", "words": "Why so few crews?" });
        let own = done(&member, "questionRecord", ask("QUESTION")).await;
        assert_eq!((&own["askedBy"], &own["element"]["code"]), (&json!("Mel Member"), &json!("S1")));
        let recommended = done(&member, "questionRecord", ask("RECOMMENDATION")).await;
        assert_eq!(recommended["number"], 2);
        let named = with(ask("QUESTION"), json!({ "askedBy": "Councillor Reed" }));
        assert_eq!(refused(&member, "questionRecord", named).await, "ASKED_BY_OTHERS");
        // A forum's call for information is put on record by whoever serves it; of no forum there are no mere questions.
        assert_eq!(tried(&member, "questionRecord", ask("INFORMATION")).await.codes(), ["FORBIDDEN"]);
        let of_nobody = with(ask("QUESTION"), json!({ "forum": null }));
        assert_eq!(refused(&member, "questionRecord", of_nobody).await, "FORUM_NEEDED");
        assert_eq!(tried(&member, "questionRecord", with(ask("RECOMMENDATION"), json!({ "forum": null }))).await.codes(), ["FORBIDDEN"]);
        // About what the panel looks at, and nothing else; benefits are another directorate's.
        for (field, code, refusal) in [("indicator", "BN01", "INDICATOR_NOT_FOUND"), ("indicator", "NONE", "INDICATOR_NOT_FOUND"),
            ("element", "S3", "ELEMENT_NOT_FOUND"), ("element", "NONE", "ELEMENT_NOT_FOUND")] {
            let outside = with(with(ask("QUESTION"), json!({ "element": null })), json!({ field: code }));
            assert_eq!(refused(&member, "questionRecord", outside).await, refusal, "{code}");
        }
        let both = with(ask("QUESTION"), json!({ "indicator": "WM01" }));
        assert_eq!(refused(&member, "questionRecord", both).await, "ABOUT_ONE_THING");

        let withdrawn = done(&member, "questionWithdraw", with(seen("question", &own), json!({ "reason": "Seen in the papers" }))).await;
        assert_eq!(withdrawn["state"], "WITHDRAWN");
        // What others asked is whoever serves the forum's to withdraw, and what was answered too.
        let others = panel.asked("How many lorries?").await;
        let reason = |of: &Value| with(seen("question", of), json!({ "reason": "Not needed" }));
        assert_eq!(tried(&member, "questionWithdraw", reason(&others)).await.codes(), ["FORBIDDEN"]);
        let to = json!({ "person": id_of(&panel.place), "dueOn": "2024-11-01" });
        let assigned = done(&officer, "questionAssign", with(seen("question", &recommended), to)).await;
        let answer = with(seen("question", &assigned), json!({ "words": "Two more from April." }));
        let answered = done(&panel.as_(&panel.place), "questionAnswer", answer).await;
        assert_eq!(tried(&member, "questionWithdraw", reason(&answered)).await.codes(), ["FORBIDDEN"]);
        assert_eq!(done(&officer, "questionWithdraw", reason(&answered)).await["state"], "WITHDRAWN");
    })
    .await;
}

#[tokio::test]
async fn whoever_answers_does_not_accept_and_whoever_asks_does_not_answer() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let world = &panel.world;
        // Somebody who serves the panel and answers for Place, by two roles.
        let (osp, d1) = (GrantScope::Forum(world.forum("OSP").await), GrantScope::Element(world.element("D1").await));
        let both = harness.person(world.council, "Bo Both", &[(Role::ScrutinyOfficer, osp), (Role::Director, d1)]).await;
        let bo = panel.as_(&both);
        let answered = {
            let assigned = panel.assigned("What share came from flats?", "2024-11-01").await;
            let answer = with(seen("question", &assigned), json!({ "words": "A third." }));
            done(&bo, "questionAnswer", answer).await
        };
        let accept = seen("question", &answered);
        assert_eq!(refused(&bo, "questionAccept", accept.clone()).await, "SEPARATION_OF_DUTIES");
        let back = with(accept.clone(), json!({ "words": "More" }));
        assert_eq!(refused(&bo, "questionReturn", back).await, "SEPARATION_OF_DUTIES");
        let choice = question(&bo, &answered["id"]).await["viewerActs"][0].clone();
        let because = "Whoever answers a question neither asks it nor says whether the answer will do: somebody else does.";
        assert_eq!(choice, json!({ "act": "ACCEPT", "possible": false, "because": because }));
        assert_eq!(done(&panel.as_(&panel.officer), "questionAccept", accept).await["state"], "ACCEPTED");

        let input = json!({ "council": "huntingdonshire", "kind": "QUESTION", "forum": "OSP", "indicator": "WM01", "words": "And now?" });
        let own = done(&bo, "questionRecord", input).await;
        let to = |person: String, of: &Value| with(seen("question", of), json!({ "person": person, "dueOn": "2024-11-01" }));
        assert_eq!(refused(&panel.as_(&panel.officer), "questionAssign", to(id_of(&both), &own)).await, "ANSWERER_NOT_FOUND");
        let assigned = done(&panel.as_(&panel.officer), "questionAssign", to(id_of(&panel.place), &own)).await;
        let answer = with(seen("question", &assigned), json!({ "words": "Mine" }));
        assert_eq!(refused(&bo, "questionAnswer", answer).await, "SEPARATION_OF_DUTIES");
    })
    .await;
}

#[tokio::test]
async fn the_cabinet_calls_for_information_and_audit_recommends_without_a_forum() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let cabinet = harness.person(panel.world.council, "Cara Cabinet", &[(Role::CabinetMember, GrantScope::Council)]).await;
        let audit = harness.person(panel.world.council, "Aud Audit", &[(Role::InternalAudit, GrantScope::Council)]).await;
        let ask = |kind: &str| json!({ "council": "huntingdonshire", "kind": kind, "indicator": "BN01", "words": "What does a day cost?" });
        let called = done(&panel.as_(&cabinet), "questionRecord", ask("INFORMATION")).await;
        let advised = done(&panel.as_(&audit), "questionRecord", ask("RECOMMENDATION")).await;
        assert_eq!((&called["askedBy"], &called["forum"]), (&json!("Cara Cabinet"), &Value::Null));
        assert_eq!((&advised["askedBy"], &advised["number"]), (&json!("Aud Audit"), &json!(2)));
        for other in [&panel.officer, &panel.place, &audit] {
            assert_eq!(tried(&panel.as_(other), "questionRecord", ask("INFORMATION")).await.codes(), ["FORBIDDEN"]);
        }
        // The cabinet's are seen by the cabinet, whoever releases or audits, and whoever may answer; audit's alike.
        let seen_of = async |person| (seen_by(&panel.as_(person), "").await, !question(&panel.as_(person), &called["id"]).await.is_null());
        assert_eq!(seen_of(&cabinet).await, (vec![1], true));
        for person in [&panel.world.keeper, &audit, &panel.people] {
            assert_eq!(seen_of(person).await, (vec![2, 1], true));
        }
        // Place reads the whole council, and answers for none of it; the panel's people read what is the panel's.
        for person in [&panel.place, &panel.member, &panel.officer, &panel.elsewhere] {
            assert_eq!(seen_of(person).await, (vec![], false));
        }
        let to = json!({ "person": id_of(&panel.people), "dueOn": "2024-11-01" });
        let assigned = done(&panel.as_(&cabinet), "questionAssign", with(seen("question", &called), to)).await;
        assert_eq!(seen_by(&panel.as_(&panel.people), "(mine: true)").await, [1]);
        let answer = with(seen("question", &assigned), json!({ "words": "£41." }));
        let answered = done(&panel.as_(&panel.people), "questionAnswer", answer).await;
        assert_eq!(tried(&panel.as_(&audit), "questionAccept", seen("question", &answered)).await.codes(), ["FORBIDDEN"]);
        assert_eq!(done(&panel.as_(&cabinet), "questionAccept", seen("question", &answered)).await["state"], "ACCEPTED");
    })
    .await;
}

#[tokio::test]
async fn who_sees_which_question() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let world = &panel.world;
        let grants =
            [("Sue Waste", Role::ServiceManager, "S1"), ("Stan Benefits", Role::Staff, "S3"), ("Pia Holder", Role::PortfolioHolder, "D2")];
        let mut officers = Vec::new();
        for (name, role, element) in grants {
            let scope = GrantScope::Element(world.element(element).await);
            officers.push(harness.person(world.council, name, &[(role, scope)]).await);
        }
        let ask = async |about: Value| {
            let input = json!({ "council": "huntingdonshire", "kind": "QUESTION", "forum": "OSP", "words": "Why?" });
            done(&panel.as_(&panel.officer), "questionRecord", with(input, about)).await
        };
        let waste = ask(json!({ "indicator": "WM01" })).await;
        let planning = ask(json!({ "element": "S2" })).await;
        let general = ask(json!({})).await;
        for person in [&panel.officer, &panel.member, &panel.place, &world.keeper] {
            assert_eq!(seen_by(&panel.as_(person), "").await, [3, 2, 1]);
        }
        assert_eq!(seen_by(&panel.as_(&officers[0]), "").await, [1]);
        assert_eq!(seen_by(&panel.as_(&officers[1]), "").await, [] as [i64; 0]);
        assert_eq!(seen_by(&panel.as_(&officers[2]), "").await, [] as [i64; 0]);
        // A member of another forum sees nothing of this one's; a stranger nothing at all.
        let stranger = Panel::new(harness, "devon").await;
        assert_eq!(seen_by(&panel.as_(&panel.elsewhere), "").await, [] as [i64; 0]);
        for id in [&waste["id"], &planning["id"], &general["id"]] {
            assert_eq!(question(&panel.as_(&panel.elsewhere), id).await, Value::Null);
            assert_eq!(question(&stranger.as_(&stranger.officer), id).await, Value::Null);
            assert_eq!(question(&stranger.as_(&stranger.world.keeper), id).await, Value::Null);
        }
        let reason = with(seen("question", &waste), json!({ "reason": "Mine" }));
        assert_eq!(refused(&stranger.as_(&stranger.officer), "questionWithdraw", reason.clone()).await, "QUESTION_NOT_FOUND");
        assert_eq!(refused(&panel.as_(&panel.elsewhere), "questionWithdraw", reason).await, "QUESTION_NOT_FOUND");
        // What is nobody's in particular is answered, and seen, by whoever it was given to.
        let to = json!({ "person": id_of(&officers[2]), "dueOn": "2024-11-01" });
        let given = done(&panel.as_(&panel.officer), "questionAssign", with(seen("question", &general), to)).await;
        assert_eq!(seen_by(&panel.as_(&officers[2]), "(mine: true)").await, [3]);
        let answer = with(seen("question", &given), json!({ "words": "So." }));
        assert_eq!(tried(&panel.as_(&panel.place), "questionAnswer", answer.clone()).await.codes(), ["FORBIDDEN"]);
        assert_eq!(done(&panel.as_(&officers[2]), "questionAnswer", answer).await["state"], "ANSWERED");
        let officer = panel.as_(&panel.officer);
        assert_eq!(seen_by(&officer, "(state: ANSWERED)").await, [3]);
        assert_eq!(seen_by(&officer, "(indicator: \"wm01\")").await, [1]);
        assert_eq!(seen_by(&officer, "(overdue: true)").await, [] as [i64; 0]);
        assert_eq!(seen_by(&officer, "(outstanding: true, kind: QUESTION, first: 3)").await, [3, 2, 1]);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_act_on_one_state_one_does() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let answered = panel.answered("What share came from flats?", "2024-11-01", "A third.").await;
        let tries = ["questionAccept", "questionReturn", "questionWithdraw", "questionAccept", "questionReturn", "questionWithdraw"];
        let try_it = |verb: &'static str| {
            let more = match verb {
                "questionReturn" => json!({ "words": "More" }),
                "questionWithdraw" => json!({ "reason": "Enough" }),
                _ => json!({}),
            };
            let (client, input) = (panel.as_(&panel.officer), with(seen("question", &answered), more));
            async move { act(&client, verb, input).await }
        };
        let told = futures::future::join_all(tries.map(try_it)).await;
        let won: Vec<&Value> = told.iter().filter(|told| !told["question"].is_null()).collect();
        assert_eq!(won.len(), 1, "{told:#?}");
        for lost in told.iter().filter(|told| told["question"].is_null()) {
            assert_eq!(lost["userErrors"][0]["code"], "QUESTION_MOVED", "{lost:#}");
            assert!(words(lost).contains("by Oona Officer on 14 October 2024"), "{lost:#}");
        }
        let now = question(&panel.as_(&panel.officer), &answered["id"]).await;
        assert_eq!((&now["state"], &now["revision"]), (&won[0]["question"]["state"], &json!(4)));
        assert_eq!(now["history"].as_array().expect("steps").len(), 4);
        assert_eq!(harness.count(panel.world.council, "question_step").await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_page_of_questions_costs_as_many_statements_as_one_question() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        panel.answered("First?", "2024-11-01", "So.").await;
        let query = "{ council(code: \"huntingdonshire\") { questions(first: 50) { nodes { number answer overdue viewerCan
            forum { code } meeting { heldOn } viewerActs { possible } history { words } } } } }";
        let client = panel.as_(&panel.officer);
        let (one, _) = harness.statements(client.gql(query, json!({}))).await;
        for n in 0..7 {
            panel.answered(&format!("Question {n}?"), "2024-11-01", "So.").await;
        }
        let (eight, answer) = harness.statements(client.gql(query, json!({}))).await;
        assert_eq!(answer.data()["council"]["questions"]["nodes"].as_array().expect("nodes").len(), 8);
        assert_eq!(one, eight);
    })
    .await;
}
