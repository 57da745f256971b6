//! The council's people, found and entered.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::for_each_database;

use super::{Office, act, id_of, refusal};

/// Names of a page.
fn names(page: &Value) -> Vec<&str> {
    page["nodes"].as_array().expect("a page").iter().map(|person| person["name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn people_are_listed_by_name_found_by_part_of_it_and_by_role() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        for name in ["bea Lower", "Ann 100%", "Ann 1000", "Cy_Under", "Cyrunder"] {
            office.person(name, &[]).await;
        }
        office.person("Dora Director", &[(Role::Director, GrantScope::Element(office.world.element("D1").await))]).await;
        let all = ["Ada Admin", "Ann 100%", "Ann 1000", "bea Lower", "Cy_Under", "Cyrunder", "Dora Director", "Iris Audit", "Perry Team"];
        let page = async |arguments: &str| {
            office
                .ask(
                    &office.auditor,
                    &format!("people({arguments}) {{ totalCount nodes {{ name }} pageInfo {{ hasNextPage endCursor }} }}"),
                )
                .await["people"]
                .clone()
        };
        let whole = page("first: 100").await;
        assert_eq!((names(&whole), &whole["totalCount"]), (all.to_vec(), &json!(9)));
        let mut seen = Vec::new();
        let mut after = String::new();
        loop {
            let part = page(&format!("first: 2{after}")).await;
            seen.extend(names(&part).into_iter().map(str::to_owned));
            assert_eq!(part["totalCount"], 9);
            if part["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
            after = format!(", after: {}", part["pageInfo"]["endCursor"]);
        }
        assert_eq!(seen, all);
        assert_eq!(names(&page("search: \"ANN\"").await), ["Ann 100%", "Ann 1000"]);
        assert_eq!(names(&page("search: \"100%\"").await), ["Ann 100%"]);
        assert_eq!(names(&page("search: \"cy_\"").await), ["Cy_Under"]);
        assert_eq!(names(&page("search: \"dora.director@\"").await), ["Dora Director"]);
        assert_eq!(names(&page("role: DIRECTOR").await), ["Dora Director"]);
        assert_eq!(names(&page("role: DIRECTOR, search: \"ada\"").await), [""; 0]);

        let query = |fields: &str| format!("{{ council(code: \"huntingdonshire\") {{ {fields} {{ name }} }} }}");
        for (fields, code) in [
            ("people(first: 501) { nodes", "LIMIT"),
            ("people(first: -1) { nodes", "BAD_USER_INPUT"),
            ("people(after: \"6162\") { nodes", "BAD_USER_INPUT"),
            ("person", "BAD_USER_INPUT"),
            ("person(id: \"q0\", email: \"a\")", "BAD_USER_INPUT"),
        ] {
            let text = query(fields) + if fields.contains('{') { " }" } else { "" };
            assert_eq!(office.auditor.gql(&text, json!({})).await.codes(), [code], "{fields}");
        }
        let long = format!("people(search: \"{}\") {{ nodes", "x".repeat(201));
        assert_eq!(office.auditor.gql(&(query(&long) + " }"), json!({})).await.codes(), ["LIMIT"]);
        for fields in ["person(id: \"q00000000000000000000000000000000\")", "person(id: \"w0\")", "person(email: \"nobody@example.org\")"] {
            assert_eq!(office.auditor.gql(&query(fields), json!({})).await.data(), json!({ "council": { "person": null } }), "{fields}");
        }
    })
    .await;
}

#[tokio::test]
async fn somebody_is_entered_changed_and_read_by_themself() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "huntingdonshire").await;
        let input = json!({ "council": "huntingdonshire", "email": " Nina.New@Example.org", "name": " Nina New " });
        let invited = act(&office.admin, "personInvite", input.clone()).await;
        let id = invited["it"]["id"].as_str().expect("an id").to_owned();
        assert_eq!((&invited["it"]["email"], &invited["it"]["name"]), (&json!("nina.new@example.org"), &json!("Nina New")));
        assert_eq!(refusal(&act(&office.admin, "personInvite", input).await), "EMAIL_TAKEN");
        let change = json!({ "id": id, "email": "nina.newer@example.org" });
        let changed = act(&office.admin, "personUpdate", change).await;
        assert_eq!((&changed["it"]["email"], &changed["it"]["name"]), (&json!("nina.newer@example.org"), &json!("Nina New")));
        let uuid = super::giving::uuid(&id);
        let told = office.told(&format!("person {uuid}")).await;
        let state = |email: &str| json!({ "name": "Nina New", "email": email });
        let expected = [
            ("person.invite", Value::Null, state("nina.new@example.org")),
            ("person.update", state("nina.new@example.org"), state("nina.newer@example.org")),
        ];
        let told: Vec<_> = told.iter().map(|(verb, _, before, after)| (verb.as_str(), before.clone(), after.clone())).collect();
        assert_eq!(told, expected);

        // Without any role one reads oneself, and nobody else.
        let nina = harness.client(Some(harness.token(uuid, Some(office.world.council))));
        let fields = "id name grants { id } effectivePermissions { permission } suspendedAt viewerCan";
        let own = nina.gql(&format!("{{ viewer {{ person {{ {fields} }} }} }}"), json!({})).await.data();
        let expected =
            json!({ "id": id, "name": "Nina New", "grants": [], "effectivePermissions": [], "suspendedAt": null, "viewerCan": [] });
        assert_eq!(own["viewer"]["person"], expected);
        let node = "query($id: ID!) { node(id: $id) { __typename id } }";
        assert_eq!(nina.gql(node, json!({ "id": id })).await.data()["node"]["__typename"], "Person");
        assert_eq!(nina.gql(node, json!({ "id": id_of(&office.ada) })).await.data()["node"], Value::Null);
        assert_eq!(
            nina.gql("{ council(code: \"huntingdonshire\") { people { nodes { name } } } }", json!({})).await.codes(),
            ["FORBIDDEN"]
        );

        // A stranger finds nobody, by any door.
        let stranger = Office::new(harness, "devon").await;
        assert_eq!(stranger.admin.gql(node, json!({ "id": id })).await.data()["node"], Value::Null);
        let people = stranger.ask(&stranger.admin, "people { nodes { name email } }").await;
        assert_eq!(names(&people["people"]), ["Ada Admin", "Iris Audit", "Perry Team"]);
        let theirs = stranger
            .ask(&stranger.admin, &format!("a: person(id: \"{id}\") {{ name }} b: person(email: \"nina.newer@example.org\") {{ name }}"))
            .await;
        assert_eq!(theirs, json!({ "a": null, "b": null }));
        let council = stranger.admin.gql("{ council(code: \"huntingdonshire\") { people { nodes { name } } } }", json!({})).await.data();
        assert_eq!(council, json!({ "council": null }));
    })
    .await;
}

#[tokio::test]
async fn every_role_says_what_it_is_held_over_and_what_it_allows() {
    for_each_database(async |harness| {
        let query = "{ roles { role words description heldOver permissions { permission words reach } } }";
        let data = harness.visitor().gql(query, json!({})).await.data();
        let roles = data["roles"].as_array().expect("roles");
        assert_eq!(roles.len(), 17);
        let expected = json!({
            "role": "STAFF", "words": "Staff", "description": "Reads their service's plan, indicators and figures.", "heldOver": ["ELEMENT"],
            "permissions": [
                { "permission": "VIEW_PUBLISHED", "words": "Read what is published", "reach": "ALL_COUNCILS" },
                { "permission": "VIEW_FRAMEWORK", "words": "Read the framework", "reach": "WITHIN" },
                { "permission": "VIEW_FIGURES", "words": "Read figures, drafts included", "reach": "WITHIN" },
                { "permission": "VIEW_APPROVED_FIGURES", "words": "Read approved figures", "reach": "WITHIN" },
                { "permission": "VIEW_PLANS", "words": "Read plans, actions and projects", "reach": "WITHIN" },
            ],
        });
        assert_eq!(roles.iter().find(|role| role["role"] == "STAFF"), Some(&expected));
    })
    .await;
}
