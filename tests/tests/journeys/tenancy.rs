//! Nothing of one council is seen or touched from another: by id, by code, by upload, by link.

use chrono::Duration;
use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, Socket, World, for_each_database, framework, workbook};

use crate::imports::{first_quarter, read, templates};

/// Huntingdonshire, with everything; Devon, with the same codes and some of its own.
struct Two<'a> {
    ours: World<'a>,
    theirs: World<'a>,
    import: String,
    upload: String,
    pack: String,
    template: String,
}

impl<'a> Two<'a> {
    async fn new(harness: &'a Harness) -> Two<'a> {
        let mut book = framework("huntingdonshire");
        book.forums[1].code = "ONLY".to_owned();
        let service = book.elements.iter_mut().find(|e| e.code == "S3").expect("Benefits");
        service.code = "ONLY".to_owned();
        book.indicators.iter_mut().filter(|i| i.owner == "S3").for_each(|i| i.owner = "ONLY".to_owned());
        let ours = World::with(harness, "huntingdonshire", &book).await;
        let theirs = World::new(harness, "devon").await;
        let keeper = ours.keeper();
        let import = keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let kept: Value = keeper.upload("q2.xlsx", workbook("Return", &first_quarter())).await.json().await.expect("JSON");
        let input = json!({ "council": "huntingdonshire", "forum": "ONLY", "period": "2024/25 Q1" });
        let built = keeper.run("PackBuild", json!({ "input": input })).await.data();
        harness.settle().await;
        let input = json!({ "council": "huntingdonshire", "element": "S1", "period": "2024/25 Q1" });
        let query = "mutation($input: TemplateIssueInput!) { templateIssue(input: $input) { template { id } } }";
        let issued = keeper.gql(query, json!({ "input": input })).await.data();
        let text = |id: &Value| id.as_str().expect("an id").to_owned();
        Two {
            import,
            upload: text(&kept["upload"]),
            pack: text(&built["packBuild"]["pack"]["id"]),
            template: text(&issued["templateIssue"]["template"]["id"]),
            ours,
            theirs,
        }
    }

    fn stranger(&self) -> Client<'a> {
        self.theirs.keeper()
    }

    /// Ids of one of everything that is ours.
    async fn ids(&self) -> Vec<String> {
        let query = "{ council(code: \"huntingdonshire\") { id framework { id elements { id } indicators(first: 1) { nodes { id } } }
            forums { id } } }";
        let data = self.ours.keeper().gql(query, json!({})).await.data();
        let council = &data["council"];
        let framework = &council["framework"];
        let of = |id: &Value| id.as_str().expect("an id").to_owned();
        vec![
            of(&council["id"]),
            of(&framework["id"]),
            of(&framework["elements"][0]["id"]),
            of(&framework["indicators"]["nodes"][0]["id"]),
            of(&council["forums"][0]["id"]),
            self.import.clone(),
            self.pack.clone(),
            self.upload.clone(),
            self.template.clone(),
        ]
    }
}

#[tokio::test]
async fn another_councils_things_are_as_absent_as_what_never_was() {
    for_each_database(async |harness| {
        let two = Two::new(harness).await;
        let stranger = two.stranger();
        let ids = two.ids().await;
        let absent: Vec<String> = ids.iter().map(|id| format!("{}{}", &id[..1], "0".repeat(32))).collect();
        let kinds: Vec<&str> = ids.iter().map(|id| &id[..1]).collect();
        assert_eq!(kinds, ["c", "f", "e", "i", "m", "w", "p", "u", "t"]);

        let node = "query($id: ID!) { node(id: $id) { __typename id } }";
        for (id, absent) in ids.iter().zip(&absent) {
            let seen = stranger.gql(node, json!({ "id": id })).await;
            assert_eq!(seen.body, json!({ "data": { "node": null } }), "{id}");
            assert_eq!(seen, stranger.gql(node, json!({ "id": absent })).await, "{id}");
        }
        let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let seen = stranger.gql(nodes, json!({ "ids": ids })).await.data();
        assert_eq!(seen, json!({ "nodes": vec![Value::Null; ids.len()] }));

        let council = "query($code: String!) { council(code: $code) { name imports { nodes { id } } } }";
        let theirs = stranger.gql(council, json!({ "code": "huntingdonshire" })).await;
        assert_eq!(theirs.body, json!({ "data": { "council": null } }));
        assert_eq!(theirs, stranger.gql(council, json!({ "code": "nowhere" })).await);
    })
    .await;
}

#[tokio::test]
async fn another_councils_things_cannot_be_acted_on() {
    for_each_database(async |harness| {
        let two = Two::new(harness).await;
        let stranger = two.stranger();
        let before = (harness.written(two.ours.council).await, harness.written(two.theirs.council).await);
        let refused = async |name: &str, input: Value| {
            let data = stranger.run(name, json!({ "input": input })).await.data();
            let payload = data.as_object().and_then(|o| o.values().next()).expect("a payload").clone();
            payload["userErrors"][0]["code"].as_str().unwrap_or("(nothing refused)").to_owned()
        };
        assert_eq!(refused("ImportAccept", json!({ "id": two.import })).await, "IMPORT_NOT_FOUND");
        assert_eq!(refused("ImportUndo", json!({ "id": two.import })).await, "IMPORT_NOT_FOUND");
        let submit = |council: &str| json!({ "council": council, "upload": two.upload });
        assert_eq!(refused("ImportSubmit", submit("devon")).await, "UPLOAD_NOT_FOUND");
        assert_eq!(refused("ImportSubmit", submit("huntingdonshire")).await, "COUNCIL_NOT_FOUND");
        let pack = |council: &str| json!({ "council": council, "forum": "ONLY", "period": "2024/25 Q1" });
        assert_eq!(refused("PackBuild", pack("devon")).await, "FORUM_NOT_FOUND");
        assert_eq!(refused("PackBuild", pack("huntingdonshire")).await, "COUNCIL_NOT_FOUND");

        let acts = [
            ("templateIssue(input: { council: \"devon\", element: \"ONLY\", period: \"2024/25 Q1\" })", "ELEMENT_NOT_FOUND"),
            ("templateIssue(input: { council: \"huntingdonshire\", element: \"S1\", period: \"2024/25 Q1\" })", "COUNCIL_NOT_FOUND"),
            ("periodOpen(input: { council: \"huntingdonshire\", period: \"2024/25 Q2\" })", "COUNCIL_NOT_FOUND"),
            ("periodClose(input: { council: \"huntingdonshire\", period: \"2024/25 Q1\" })", "COUNCIL_NOT_FOUND"),
        ];
        for (act, code) in acts {
            let data = stranger.gql(&format!("mutation {{ it: {act} {{ userErrors {{ code }} }} }}"), json!({})).await.data();
            assert_eq!(data["it"]["userErrors"][0]["code"], code, "{act}");
        }
        let mut socket = Socket::open(&harness.url, &two.theirs.keeper.token).await;
        socket.subscribe("1", "ImportProgress", json!({ "id": two.import })).await;
        let told = socket.next().await.expect("is answered").to_string();
        assert!(told.contains("\"NOT_FOUND\"") && !told.contains("PLANNED"), "{told}");

        harness.settle().await;
        assert_eq!((harness.written(two.ours.council).await, harness.written(two.theirs.council).await), before);
        assert_eq!(two.ours.keeper().plan(&two.import).await["state"], "ACCEPTED");
    })
    .await;
}

#[tokio::test]
async fn two_councils_with_the_same_codes_keep_figures_of_their_own() {
    for_each_database(async |harness| {
        let two = Two::new(harness).await;
        let rows = json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", "2024/25 Q1", 48.5]]);
        let stranger = two.stranger();
        let id = stranger.submit("devon", "q1.xlsx", workbook("Return", &rows)).await;
        // What ours hold is nothing to compare with.
        assert_eq!(stranger.plan(&id).await["changes"]["nodes"][0]["kind"], "NEW");
        assert_eq!(stranger.accept(&id, json!({})).await["userErrors"], json!([]));
        assert_eq!(read(&two.ours.keeper(), "WM01", "2024/25 Q1", None).await["value"], "61.2");
        assert_eq!(harness.count(two.ours.council, "observation").await, 6);
        assert_eq!(harness.count(two.theirs.council, "observation").await, 1);

        let listed = "query($code: String!) { council(code: $code) { imports { totalCount nodes { id } } } }";
        let seen = stranger.gql(listed, json!({ "code": "devon" })).await.data();
        assert_eq!(seen["council"]["imports"]["totalCount"], 2);
        let text = seen.to_string();
        assert!(!text.contains(&two.import) && text.contains(&id), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_strangers_journey_finds_nothing() {
    for_each_database(async |harness| {
        let two = Two::new(harness).await;
        let stranger = two.stranger();
        let (council, period) = ("huntingdonshire", "2024/25 Q1");
        let journey = [
            ("Scorecard", json!({ "council": council, "period": period })),
            ("Indicator", json!({ "council": council, "code": "WM01", "period": period })),
            ("GoldenThread", json!({ "council": council, "code": "O1" })),
            ("ImportPlan", json!({ "id": two.import })),
            ("Pack", json!({ "id": two.pack })),
        ];
        for (name, variables) in journey {
            let data = stranger.run(name, variables).await.data();
            assert!(data == json!({ "council": null }) || data == json!({ "node": null }), "{name}: {data}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_one_file_for_five_minutes_and_a_token_is_no_link() {
    for_each_database(async |harness| {
        let two = Two::new(harness).await;
        let keeper = two.ours.keeper();
        let pack = keeper.run("Pack", json!({ "id": two.pack })).await.data()["node"].clone();
        let url = pack["download"]["url"].as_str().expect("a link").to_owned();
        assert_eq!(pack["download"]["expiresAt"], "2024-10-14T09:05:00Z");
        // The link is the right, and says nothing of who made it: whoever was given it may use it.
        assert_eq!(harness.visitor().download(&url).await.status(), 200);

        let (path, token) = url.rsplit_once('/').expect("a path");
        let [head, body, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
        for forged in [
            two.ours.keeper.token.clone(),
            format!("{head}.{body}.{}", "A".repeat(signature.len())),
            format!("{head}.{body}"),
            format!("{}%2Fpacks%2Fx", two.ours.council),
            "..%2F..%2Fgoldenthread.db".to_owned(),
        ] {
            assert_eq!(harness.visitor().download(&format!("{path}/{forged}")).await.status(), 401, "{forged}");
        }
        // And a link is no token.
        let answer = harness.client(Some(token.to_owned())).gql("{ viewer { name } }", json!({})).await;
        assert_eq!((answer.status, answer.codes()), (401, vec!["UNAUTHENTICATED".to_owned()]));

        harness.later(Duration::minutes(5) + Duration::seconds(30));
        assert_eq!(harness.visitor().download(&url).await.status(), 401);
    })
    .await;
}

#[tokio::test]
async fn a_template_handed_to_another_council_brings_nothing_across() {
    for_each_database(async |harness| {
        let two = Two::new(harness).await;
        let template = templates::issue(&two.ours.keeper(), "huntingdonshire", "S1", "2024/25 Q1").await;
        let stranger = two.stranger();
        let id = stranger.submit("devon", "return.xlsx", template).await;
        let plan = stranger.plan(&id).await;
        assert_eq!(plan["state"], "REFUSED");
        // What Huntingdonshire holds stands in the template's previous results, and nowhere in what Devon is told.
        assert_eq!(harness.count(two.theirs.council, "observation").await, 0);
    })
    .await;
}

/// Every way to name something: a document with `{…}` where the name stands, one of ours, and one that is nobody's. Ids
/// are asked for by everybody who might; each line is another way in.
async fn ways(two: &Two<'_>) -> Vec<(&'static str, String, String)> {
    let nobody = |id: &str| format!("{}{}", &id[..1], "0".repeat(32));
    let id = |document: &'static str, ours: &str| (document, ours.to_owned(), nobody(ours));
    let code = |document: &'static str| (document, "huntingdonshire".to_owned(), "nowhere".to_owned());
    let mut ways = Vec::new();
    for ours in two.ids().await {
        ways.push(id("{ node(id: \"{…}\") { id } }", &ours));
        ways.push(id("{ nodes(ids: [\"{…}\"]) { id } }", &ours));
        ways.push(id("mutation { importAccept(input: { id: \"{…}\" }) { userErrors { code message } } }", &ours));
        ways.push(id("mutation { importUndo(input: { id: \"{…}\" }) { userErrors { code message } } }", &ours));
        ways.push(id("mutation { importSubmit(input: { council: \"devon\", upload: \"{…}\" }) { userErrors { code message } } }", &ours));
    }
    for thing in ["forum", "element"] {
        let (document, ours, nobody) = match thing {
            "forum" => (
                "mutation { packBuild(input: { council: \"devon\", forum: \"{…}\", period: \"2024/25 Q1\" }) { userErrors { code message } } }",
                "ONLY",
                "NONE",
            ),
            _ => (
                "mutation { templateIssue(input: { council: \"devon\", element: \"{…}\", period: \"2024/25 Q1\" }) { userErrors { code message } } }",
                "ONLY",
                "NONE",
            ),
        };
        ways.push((document, ours.to_owned(), nobody.to_owned()));
    }
    ways.push(("{ council(code: \"devon\") { element(code: \"{…}\") { id } } }", "ONLY".to_owned(), "NONE".to_owned()));
    ways.push(code("{ council(code: \"{…}\") { id name viewerCan } }"));
    ways.push(code("mutation { periodOpen(input: { council: \"{…}\", period: \"2024/25 Q2\" }) { userErrors { code message } } }"));
    ways.push(code("mutation { periodClose(input: { council: \"{…}\", period: \"2024/25 Q1\" }) { userErrors { code message } } }"));
    ways.push(code(
        "mutation { packBuild(input: { council: \"{…}\", forum: \"SLT\", period: \"2024/25 Q1\" }) { userErrors { code message } } }",
    ));
    ways.push(code(
        "mutation { templateIssue(input: { council: \"{…}\", element: \"S1\", period: \"2024/25 Q1\" }) { userErrors { code message } } }",
    ));
    ways.push(code("mutation { importSubmit(input: { council: \"{…}\" }) { userErrors { code message } } }"));
    ways
}

#[tokio::test]
async fn another_councils_name_costs_and_answers_what_nobodys_does() {
    for_each_database(async |harness| {
        let two = Two::new(harness).await;
        let administrator = harness.person(two.theirs.council, "Adi Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let administrator = harness.sign_in(&administrator);
        for (who, client) in [("the performance team", two.stranger()), ("the administrator", administrator)] {
            for (document, ours, nobody) in ways(&two).await {
                let ask = async |name: &str| {
                    let query = document.replace("{…}", name);
                    let (statements, answer) = harness.statements(client.gql(&query, json!({}))).await;
                    // A refusal may repeat the name it was given.
                    (answer.status, statements, answer.body.to_string().replace(name, "…"))
                };
                assert_eq!(ask(&ours).await, ask(&nobody).await, "{who}: {document} with {ours}");
            }
        }
    })
    .await;
}
