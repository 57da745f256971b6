//! What somebody who is signed in is refused stands in the trail; what is answered, or refused to nobody, does not.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Socket, World, for_each_database, operation, trail};

#[tokio::test]
async fn a_refused_operation_is_one_event_that_tells_what_was_missing() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let both = [(Role::CouncilAdministrator, GrantScope::Council), (Role::HumanResources, GrantScope::Council)];
        let person = harness.person(world.council, "Ada Min", &both).await;
        let before = trail(harness, world.council, 0).await.len() as i64;
        let query = "query Look($code: String!) { council(code: $code) { packs { nodes { id } } again: imports { nodes { id } }
            framework { indicators { nodes { series(until: \"2024/25 Q1\", last: 1) { value } } } } } }";
        let client = harness.sign_in(&person);
        let (answer, request) = client.gql_told(query, json!({ "code": world.code })).await;
        assert!(answer.codes().len() > 5, "five indicators and two connections: {:?}", answer.codes());
        let told = trail(harness, world.council, before).await;
        assert_eq!(told.len(), 1, "{told:#?}");
        let one = &told[0];
        assert_eq!((one.verb.as_str(), one.outcome.as_str(), one.via.as_str()), ("refused", "REFUSED", "token"));
        assert_eq!((one.person, one.role.as_deref()), (Some(person.id), Some("COUNCIL_ADMINISTRATOR,HUMAN_RESOURCES")));
        assert_eq!(one.subject, "Look: council.packs, council.again, council.framework.indicators.nodes.series");
        let after: Value = serde_json::from_str(one.after.as_deref().expect("what was missing")).expect("JSON");
        assert_eq!(after["permissions"], json!(["IMPORT_FRAMEWORK", "VIEW_FIGURES", "VIEW_PACK"]));
        assert!(after["because"].as_str().is_some_and(|because| because.starts_with("None of your roles lets you do this")), "{after}");
        assert_eq!((one.request.as_deref(), one.address.as_deref()), (Some(request.as_str()), Some("127.0.0.1")));
    })
    .await;
}

#[tokio::test]
async fn uploads_and_sockets_are_refused_on_record_too() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let person = world.somebody(Role::CabinetMember).await;
        let before = trail(harness, world.council, 0).await.len() as i64;
        let refused = harness.sign_in(&person).upload("a.xlsx", b"PK".to_vec()).await;
        assert_eq!(refused.status(), 403);
        let request = refused.headers()["x-request-id"].to_str().expect("an id").to_owned();
        let told = trail(harness, world.council, before).await;
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].subject.as_str(), told[0].request.as_deref()), ("POST /uploads", Some(request.as_str())));

        let mut socket = Socket::open(&harness.url, &person.token).await;
        let variables = json!({ "input": { "council": world.code, "forum": "OSP", "period": "2024/25 Q1" } });
        let payload = json!({ "query": operation("PackBuild"), "variables": variables });
        socket.send(&json!({ "id": "1", "type": "subscribe", "payload": payload })).await;
        let answer = socket.next().await.expect("is answered").to_string();
        assert!(answer.contains("FORBIDDEN"), "{answer}");
        let told = trail(harness, world.council, before + 1).await;
        assert_eq!(told.iter().map(|t| t.subject.as_str()).collect::<Vec<_>>(), ["PackBuild: packBuild"]);
        assert!(told[0].request.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_is_answered_and_what_nobody_is_refused_leaves_nothing() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let other = World::new(harness, "devon").await;
        let before = (trail(harness, world.council, 0).await, trail(harness, other.council, 0).await);
        let read = "{ council(code: \"huntingdonshire\") { framework { title } packs { nodes { id } } } }";
        world.keeper().gql(read, json!({})).await.data();
        // A visitor, a bad token, another's council, the platform operator, a document that is wrong.
        harness.visitor().gql(read, json!({})).await;
        harness.client(Some("not-a-token".into())).gql(read, json!({})).await;
        other.keeper().gql(read, json!({})).await;
        let operator = world.somebody(Role::PlatformOperator).await;
        let refused = harness.sign_in(&operator).gql(read, json!({})).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        world.keeper().gql("{ nothing }", json!({})).await;
        let act = "mutation { periodClose(input: { council: \"nowhere\", period: \"2024/25 Q1\" }) { userErrors { code } } }";
        world.keeper().gql(act, json!({})).await;
        assert_eq!((trail(harness, world.council, 0).await, trail(harness, other.council, 0).await), before);
    })
    .await;
}

#[tokio::test]
async fn nobody_floods_the_trail_with_refusals() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let client = harness.sign_in(&world.somebody(Role::Staff).await);
        let before = trail(harness, world.council, 0).await.len() as i64;
        let query = "{ council(code: \"huntingdonshire\") { packs { nodes { id } } } }";
        for _ in 0..65 {
            assert_eq!(client.gql(query, json!({})).await.codes(), ["FORBIDDEN"]);
        }
        assert_eq!(trail(harness, world.council, before).await.len(), 60);
        harness.later(chrono::Duration::minutes(1));
        client.gql(query, json!({})).await;
        let told = trail(harness, world.council, before + 60).await;
        assert_eq!(told.len(), 1);
        let after: Value = serde_json::from_str(told[0].after.as_deref().expect("what was missing")).expect("JSON");
        assert_eq!(after["notRecordedBefore"], 5);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_tells_the_trail() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let input = json!({ "council": world.code, "forum": "OSP", "period": "2024/25 Q1" });
        let pack = keeper.run("PackBuild", json!({ "input": input })).await.data()["packBuild"]["pack"]["id"].clone();
        let before = trail(harness, world.council, 0).await.len() as i64;
        // Whoever asked loses the right before it is built.
        let change = harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let withdraw = "UPDATE role_grant SET withdrawn_at = '2024-10-14 09:00:00+00:00'";
        sea_orm::ConnectionTrait::execute_unprepared(&*change, withdraw).await.expect("withdraws");
        change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        harness.settle().await;
        let told = trail(harness, world.council, before).await;
        let said: Vec<_> = told.iter().map(|t| (t.verb.as_str(), t.outcome.as_str(), t.via.as_str())).collect();
        assert_eq!(said, [("pack.fail", "FAILED", "job")]);
        assert_eq!(told[0].subject, format!("pack {}", tests::uuid_of(&pack)));
    })
    .await;
}
