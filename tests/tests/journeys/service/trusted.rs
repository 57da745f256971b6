//! What an installation answers, and what it says of itself.

use goldenthread::bounds::Bounds;
use goldenthread::graphql::trusted::Trusted;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{Answer, Client, Harness, Served, Socket, World, answer, for_each_database};

const KNOWN: &str = "query Council($code: String!) { council(code: $code) { code } }";
const UNKNOWN: &str = "query Council($code: String!) { council(code: $code) { name } }";

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A door that answers one document.
async fn trusting(harness: &Harness) -> Harness {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("council.graphql"), KNOWN).expect("writes");
    let trusted = Trusted::load(folder.path()).unwrap_or_else(|error| panic!("{}", error.log_text()));
    harness.beside(Bounds { trusted: Some(trusted), ..Bounds::default() }).await
}

async fn sent(client: &Client<'_>, body: Value) -> Answer {
    answer(client.post("/graphql").json(&body)).await
}

#[tokio::test]
async fn known_documents_are_answered_by_text_and_by_hash_and_no_others() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let door = trusting(harness).await;
        let client = door.client(Some(world.keeper.token.clone()));
        let variables = json!({ "code": "huntingdonshire" });
        let expected = json!({ "council": { "code": "huntingdonshire" } });
        for by in [
            json!({ "query": KNOWN }),
            json!({ "documentId": format!("sha256:{}", hash(KNOWN)) }),
            json!({ "documentId": hash(KNOWN) }),
            json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash(KNOWN) } } }),
            json!({ "query": KNOWN, "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash(KNOWN) } } }),
        ] {
            let mut body = by.clone();
            body["variables"] = variables.clone();
            assert_eq!(sent(&client, body.clone()).await.data(), expected, "{by}");
            let mut socket = Socket::open(&door.url, &world.keeper.token).await;
            socket.send(&json!({ "id": "1", "type": "subscribe", "payload": body })).await;
            assert_eq!(socket.next().await.expect("is answered")["payload"]["data"], expected, "{by}");
        }
        let address = |hash: &str| format!("/graphql?documentId=sha256:{hash}&variables=%7B%22code%22:%22huntingdonshire%22%7D");
        assert_eq!(answer(client.get(&address(&hash(KNOWN)))).await.data(), expected);

        let message = "This installation answers only documents it was given: have yours entered, then ask by its hash.";
        for by in [
            json!({ "query": UNKNOWN }),
            json!({ "query": format!("{KNOWN} ") }),
            json!({ "query": "{ __schema { types { name } } }" }),
            json!({ "documentId": hash(UNKNOWN) }),
            json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash(UNKNOWN) } } }),
            json!({ "query": UNKNOWN, "documentId": hash(UNKNOWN) }),
        ] {
            let mut body = by.clone();
            body["variables"] = variables.clone();
            let refused = sent(&client, body.clone()).await;
            let told = (refused.status, refused.codes(), refused.message());
            assert_eq!(told, (400, vec!["PERSISTED_QUERY_NOT_FOUND".to_owned()], message), "{by}");
            let mut socket = Socket::open(&door.url, &world.keeper.token).await;
            socket.send(&json!({ "id": "1", "type": "subscribe", "payload": body })).await;
            let refused = socket.next().await.expect("is answered");
            assert_eq!((&refused["type"], &refused["payload"][0]["message"]), (&json!("error"), &json!(message)), "{by}");
        }
        assert_eq!(answer(client.get(&address(&hash(UNKNOWN)))).await.codes(), ["PERSISTED_QUERY_NOT_FOUND"]);
        // A document under another's hash is neither.
        let forged = sent(&client, json!({ "query": UNKNOWN, "documentId": hash(KNOWN), "variables": variables })).await;
        assert_eq!((forged.status, forged.message()), (400, "The hash is not the SHA-256 of `query`."));
        // Trusted is the document, not who sends it.
        assert_eq!(sent(&door.visitor(), json!({ "documentId": hash(KNOWN), "variables": variables })).await.status, 401);
        door.close();
    })
    .await;
}

#[tokio::test]
async fn without_the_setting_a_hash_alone_is_told_that_it_is_not_enough() {
    for_each_database(async |harness| {
        for by in [json!({ "documentId": hash(KNOWN) }), json!({ "extensions": { "persistedQuery": { "sha256Hash": hash(KNOWN) } } })] {
            let refused = sent(&harness.visitor(), by).await;
            assert_eq!((refused.status, refused.codes()), (400, vec!["PERSISTED_QUERY_NOT_SUPPORTED".to_owned()]));
        }
        let both = json!({ "query": "{ __typename }", "extensions": { "persistedQuery": { "sha256Hash": hash("{ __typename }") } } });
        assert_eq!(sent(&harness.visitor(), both).await.data(), json!({ "__typename": "Query" }));
    })
    .await;
}

#[tokio::test]
async fn an_installation_sets_all_this_and_more() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        harness.app.clock.set(chrono::DateTime::from(std::time::SystemTime::now()));
        let token = harness.token(world.keeper.id, Some(world.council));
        let documents = harness.folder.join("documents.json");
        std::fs::write(&documents, json!({ hash(KNOWN): KNOWN }).to_string()).expect("writes");
        let ask = async |url: &str, body: Value| {
            let request = reqwest::Client::new().post(format!("{url}/graphql")).bearer_auth(&token).json(&body);
            answer(request).await
        };
        let page = async |url: &str| {
            let response = reqwest::Client::new().get(format!("{url}/graphql")).header("accept", "text/html").send().await;
            response.expect("is answered").status().as_u16()
        };
        let schema = json!({ "query": "{ __schema { queryType { name } } }" });
        let served = Served::start(harness, &[]);
        assert_eq!(ask(&served.url, schema.clone()).await.data()["__schema"]["queryType"]["name"], "Query");
        assert!(ask(&served.url, json!({ "query": "{ viewr { name } }" })).await.message().contains("Did you mean"));
        assert_eq!(page(&served.url).await, 200);
        drop(served);

        let settings =
            [("GOLDENTHREAD_INTROSPECTION", "false"), ("GOLDENTHREAD_GRAPHIQL", "false"), ("GOLDENTHREAD_LIMITS", "aliases=1,depth=15")];
        let served = Served::start(harness, &settings);
        let refused = ask(&served.url, schema).await;
        assert_eq!((refused.status, refused.codes()), (400, vec!["BAD_USER_INPUT".to_owned()]));
        assert!(!ask(&served.url, json!({ "query": "{ viewr { name } }" })).await.message().contains("Did you mean"));
        assert_eq!(page(&served.url).await, 406);
        let aliases = ask(&served.url, json!({ "query": "{ a: __typename b: __typename }" })).await;
        assert_eq!(aliases.codes(), ["LIMIT"]);
        drop(served);

        let served = Served::start(harness, &[("GOLDENTHREAD_TRUSTED_DOCUMENTS", documents.to_str().expect("a path"))]);
        let known = json!({ "documentId": hash(KNOWN), "variables": { "code": "huntingdonshire" } });
        assert_eq!(ask(&served.url, known).await.data()["council"]["code"], "huntingdonshire");
        assert_eq!(ask(&served.url, json!({ "query": UNKNOWN })).await.codes(), ["PERSISTED_QUERY_NOT_FOUND"]);
    })
    .await;
}
