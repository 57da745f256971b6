//! Groups that bring roles, and take them away again.

use chrono::Duration;
use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{World, for_each_database, framework};

use super::{Signed, act, codes};

/// Roles held now, by name.
async fn roles(signed: &Signed<'_>, token: &str) -> Vec<String> {
    let grants = signed.viewer(token).await.data()["viewer"]["grants"].clone();
    let mut roles: Vec<String> =
        grants.as_array().expect("a list").iter().map(|grant| grant["role"].as_str().expect("a role").to_owned()).collect();
    roles.sort();
    roles
}

fn mapping(signed: &Signed<'_>, group: &str, role: &str, scope: &Value) -> Value {
    json!({ "provider": signed.id, "group": group, "role": role, "scope": scope })
}

#[tokio::test]
async fn groups_bring_roles_and_take_them_away() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        let person = harness.person(signed.council, "Perry Team", &[(Role::HumanResources, GrantScope::Council)]).await;
        let (admin, council) = (signed.administer(), json!(null));
        for (group, role) in [("keepers", "PERFORMANCE_TEAM"), ("money", "FINANCE"), ("money", "INTERNAL_AUDIT")] {
            let set = act(&admin, "directoryGrantSet", &mapping(&signed, group, role, &council)).await;
            assert_eq!(codes(&set), [""; 0]);
        }
        let again = act(&admin, "directoryGrantSet", &mapping(&signed, "money", "FINANCE", &council)).await;
        let over = json!({ "__typename": "Council" });
        let groups = json!([
            { "group": "keepers", "role": "PERFORMANCE_TEAM", "scope": over }, { "group": "money", "role": "FINANCE", "scope": over },
            { "group": "money", "role": "INTERNAL_AUDIT", "scope": over },
        ]);
        assert_eq!(again, json!({ "provider": { "groups": groups }, "userErrors": [] }));
        assert_eq!(signed.events("directory.grant-set").await.len(), 3);

        let of = async |groups: Value| signed.token("first", "Perry Team", json!({ "groups": groups })).await;
        let first = of(json!(["keepers", "money", "others"])).await;
        assert_eq!(roles(&signed, &first).await, ["FINANCE", "HUMAN_RESOURCES", "INTERNAL_AUDIT", "PERFORMANCE_TEAM"]);
        let grants = harness.count(signed.council, "role_grant WHERE directory_group = 'money' AND reason = 'In the group money, says Town Hall'").await;
        assert_eq!(grants, 2);

        // Later tokens say otherwise; what was given by hand stays.
        harness.later(Duration::seconds(1));
        assert_eq!(roles(&signed, &of(json!(["keepers"])).await).await, ["HUMAN_RESOURCES", "PERFORMANCE_TEAM"]);
        let withdrawn = "role_grant WHERE withdrawn_at IS NOT NULL AND withdrawn_by IS NULL AND withdrawn_reason = 'No longer in the group, says Town Hall'";
        assert_eq!(harness.count(signed.council, withdrawn).await, 2);
        let events = signed.events("directory.groups").await;
        let role = |group: &str, role: &str| json!({ "group": group, "role": role, "scope": "COUNCIL" });
        let all = json!([role("keepers", "PERFORMANCE_TEAM"), role("money", "FINANCE"), role("money", "INTERNAL_AUDIT")]);
        assert_eq!(events.len(), 2);
        assert_eq!((&events[0]["before"], &events[0]["after"]), (&json!([]), &all));
        assert_eq!((&events[1]["before"], &events[1]["after"]), (&all, &json!([role("keepers", "PERFORMANCE_TEAM")])));
        assert_eq!(events[1]["subject"], format!("person {}", person.id));

        // A token issued before the one last looked at brings nothing back, though it lets its person in.
        let old = json!({ "groups": ["money"], "iat": harness.app.clock.now().timestamp() - 1, "jti": "old" });
        let old = signed.token("first", "Perry Team", old).await;
        assert_eq!(roles(&signed, &old).await, ["HUMAN_RESOURCES", "PERFORMANCE_TEAM"]);
        assert_eq!(roles(&signed, &first).await, ["HUMAN_RESOURCES", "PERFORMANCE_TEAM"]);

        // No groups at all is an answer; no claim, or one that was left out, is none.
        harness.later(Duration::seconds(1));
        for unsaid in [
            json!({ "groups": null }),
            json!({ "groups": "keepers", "hasgroups": true }),
            json!({ "groups": [], "_claim_names": { "groups": "src1" } }),
            json!({ "groups": [1, 2] }),
        ] {
            let token = signed.token("first", "Perry Team", unsaid.clone()).await;
            assert_eq!(roles(&signed, &token).await, ["HUMAN_RESOURCES", "PERFORMANCE_TEAM"], "{unsaid}");
        }
        assert_eq!(roles(&signed, &of(json!([])).await).await, ["HUMAN_RESOURCES"]);
        // And back again.
        harness.later(Duration::seconds(1));
        assert_eq!(roles(&signed, &of(json!(["money"])).await).await, ["FINANCE", "HUMAN_RESOURCES", "INTERNAL_AUDIT"]);
    })
    .await;
}

#[tokio::test]
async fn a_removed_mapping_takes_back_what_it_brought_at_once() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.person(signed.council, "Perry Team", &[]).await;
        harness.person(signed.council, "Otto Else", &[]).await;
        let (admin, council) = (signed.administer(), json!(null));
        for role in ["FINANCE", "PERFORMANCE_TEAM"] {
            act(&admin, "directoryGrantSet", &mapping(&signed, "keepers", role, &council)).await;
        }
        let said = json!({ "groups": ["keepers"] });
        let (perry, otto) = (signed.token("first", "Perry Team", said.clone()).await, signed.token("first", "Otto Else", said).await);
        for token in [&perry, &otto] {
            assert_eq!(roles(&signed, token).await, ["FINANCE", "PERFORMANCE_TEAM"]);
        }
        let removed = act(&admin, "directoryGrantRemove", &mapping(&signed, "keepers", "FINANCE", &council)).await;
        assert_eq!(removed["provider"]["groups"].as_array().expect("a list").len(), 1);
        for token in [&perry, &otto] {
            assert_eq!(roles(&signed, token).await, ["PERFORMANCE_TEAM"]);
        }
        assert_eq!(act(&admin, "directoryGrantRemove", &mapping(&signed, "keepers", "FINANCE", &council)).await, removed);
        assert_eq!(signed.events("directory.grant-remove").await.len(), 1);

        // Whoever lets a group bring a role gets nothing by it themself.
        let maker = signed.token("first", "Addie Min", json!({ "groups": ["keepers"] })).await;
        assert_eq!(roles(&signed, &maker).await, ["COUNCIL_ADMINISTRATOR"]);

        // Set again, the very same token brings it back; unlinked, all of it goes.
        act(&admin, "directoryGrantSet", &mapping(&signed, "keepers", "FINANCE", &council)).await;
        assert_eq!(roles(&signed, &perry).await, ["FINANCE", "PERFORMANCE_TEAM"]);
        let person = signed.events("directory.link").await[0]["subject"].as_str().expect("a subject").replace("person ", "");
        let person = format!("q{}", person.replace('-', ""));
        act(&admin, "personUnlink", &json!({ "person": person, "provider": signed.id })).await;
        let held = "role_grant WHERE withdrawn_at IS NULL AND directory_group = 'keepers'";
        assert_eq!(harness.count(signed.council, held).await, 1, "Otto's");
    })
    .await;
}

#[tokio::test]
async fn a_group_can_bring_a_role_over_a_forum_and_not_any_role_over_anything() {
    for_each_database(async |harness| {
        let mut book = framework("devon");
        book.forums[1].code = "THEIRS".to_owned();
        World::with(harness, "devon", &book).await;
        let ours = World::new(harness, "huntingdonshire").await;
        let signed = Signed::of(harness, ours.council, "huntingdonshire", |_| ()).await;
        let (admin, council) = (signed.administer(), json!(null));
        let set = act(&admin, "directoryGrantSet", &mapping(&signed, "panel", "SCRUTINY_MEMBER", &json!({ "forum": "osp" }))).await;
        let over = json!({ "__typename": "Forum", "code": "OSP" });
        assert_eq!(set["provider"]["groups"], json!([{ "group": "panel", "role": "SCRUTINY_MEMBER", "scope": over }]));
        for (group, role, scope, code) in [
            ("g", "COUNCIL_ADMINISTRATOR", &council, "ROLE_NOT_MAPPABLE"),
            ("g", "PLATFORM_OPERATOR", &council, "ROLE_NOT_MAPPABLE"),
            ("g", "PUBLIC", &council, "ROLE_NOT_MAPPABLE"),
            ("g", "SERVICE_MANAGER", &council, "SCOPE_NOT_ALLOWED"),
            ("", "FINANCE", &council, "GROUP_INVALID"),
            ("a\nb", "FINANCE", &council, "GROUP_INVALID"),
            ("g", "SCRUTINY_MEMBER", &json!({ "forum": "THEIRS" }), "SCOPE_NOT_FOUND"),
            ("g", "SERVICE_MANAGER", &json!({ "element": "O1000" }), "SCOPE_NOT_FOUND"),
            ("g", "SERVICE_MANAGER", &json!({ "indicator": "WM01" }), "SCOPE_NOT_ALLOWED"),
        ] {
            let refused = act(&admin, "directoryGrantSet", &mapping(&signed, group, role, scope)).await;
            assert_eq!(codes(&refused), [code], "{group} {role} {scope}");
        }
        assert_eq!(harness.count(signed.council, "directory_grant").await, 1);
        // Without a claim there are no groups.
        let update = json!({ "provider": signed.id, "groupsClaim": null });
        act(&admin, "identityProviderUpdate", &update).await;
        let refused = act(&admin, "directoryGrantSet", &mapping(&signed, "g", "FINANCE", &council)).await;
        assert_eq!(codes(&refused), ["GROUPS_CLAIM_MISSING"]);
    })
    .await;
}
