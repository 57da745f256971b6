//! Setting a password by a link, and changing it.

use chrono::Duration;
use serde_json::json;
use tests::for_each_database;

use super::*;

const CHANGE: &str = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) {
    sessionsEnded userErrors { code message field } } }";

async fn change_password(client: &Client<'_>, current: &str, new: &str) -> Value {
    client.gql(CHANGE, json!({ "input": { "current": current, "new": new } })).await.data()["passwordChange"].clone()
}

#[tokio::test]
async fn a_link_sets_a_password_once_until_it_is_replaced_or_runs_out() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let person = harness.performance_team(council).await;
        let administrator = administrator(harness, council).await;
        let (office, visitor) = (harness.sign_in(&administrator), harness.visitor());
        let first = link(&office, person.id).await;
        assert!(first.starts_with("gts_"));
        let second = link(&office, person.id).await;
        assert_eq!(refusal(&set_password(&visitor, &first, PASSWORD).await), "LINK_NOT_VALID");

        let simple = set_password(&visitor, &second, "Perry.Team2024").await;
        assert_eq!((refusal(&simple), &simple["userErrors"][0]["field"]), ("PASSWORD_TOO_SIMPLE", &json!(["input", "password"])));
        assert_eq!(refusal(&set_password(&visitor, &second, "short").await), "PASSWORD_TOO_SHORT");
        assert_eq!(refusal(&set_password(&visitor, &second, &"x7".repeat(129)).await), "PASSWORD_TOO_LONG");
        assert_eq!(harness.count(council, "credential").await, 0);

        let set = set_password(&visitor, &second, PASSWORD).await;
        assert_eq!(set["account"], json!({ "council": CODE, "email": EMAIL, "name": "Perry Team" }));
        assert_eq!(refusal(&set_password(&visitor, &second, WRONG).await), "LINK_NOT_VALID");
        sign_in(&visitor, EMAIL).await;

        let third = link(&office, person.id).await;
        assert_eq!(refusal(&set_password(&visitor, &third, PASSWORD).await), "PASSWORD_USED_BEFORE");
        harness.later(Duration::hours(72));
        assert_eq!(refusal(&set_password(&visitor, &third, WRONG).await), "LINK_NOT_VALID");
        for wrong in ["", "gts_", &third.replace("gts_", "gtm_"), &format!("{}0", &third[..third.len() - 1]), &"x".repeat(100_000)] {
            assert_eq!(refusal(&set_password(&visitor, wrong, WRONG).await), "LINK_NOT_VALID");
        }
        // Replaced, used and run out are told, a minute apart; an id that is not there is not.
        let told = trail(harness, council, "password.").await;
        let expected = [
            "password.link DONE",
            "password.link DONE",
            "password.set FAILED",
            "password.set DONE",
            "password.link DONE",
            "password.set FAILED",
        ];
        assert_eq!(told, expected);
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_whoever_had_it_is_out() {
    for_each_database(async |harness| {
        let (council, person) = somebody(harness).await;
        let thief = sign_in(&harness.visitor_from(9), EMAIL).await;
        for _ in 0..5 {
            try_in(&harness.visitor_from(10), EMAIL, "forgotten, alas").await;
        }
        let administrator = harness.person(council, "Anna Other", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let token = link(&harness.sign_in(&administrator), person.id).await;
        set_password(&harness.visitor_from(10), &token, "nine pears under a hedge").await;
        assert!(!lets_in(harness, &thief.access).await);
        assert_eq!(refusal(&refresh(&harness.visitor(), &thief.refresh).await), "SIGN_IN_AGAIN");
        assert_eq!(texts(harness, council, "SELECT end_reason FROM session").await, ["PASSWORD_CHANGED"]);
        assert_eq!(refusal(&try_in(&harness.visitor(), EMAIL, PASSWORD).await), "SIGN_IN_FAILED");
        // The link showed who they are: they do not wait for what they had forgotten.
        handed(&try_in(&harness.visitor_from(10), EMAIL, "nine pears under a hedge").await);
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_not_this_one() {
    for_each_database(async |harness| {
        let (council, person) = somebody(harness).await;
        let (here, there) = (sign_in(&harness.visitor(), EMAIL).await, sign_in(&harness.visitor_from(11), EMAIL).await);
        let client = harness.client(Some(here.access.clone()));
        assert_eq!(refusal(&change_password(&client, WRONG, "nine pears under a hedge").await), "PASSWORD_WRONG");
        assert_eq!(refusal(&change_password(&client, PASSWORD, PASSWORD).await), "PASSWORD_USED_BEFORE");
        assert_eq!(refusal(&change_password(&client, PASSWORD, "huntingdonshire1").await), "PASSWORD_TOO_SIMPLE");
        assert!(lets_in(harness, &there.access).await);
        let changed = change_password(&client, PASSWORD, "nine pears under a hedge").await;
        assert_eq!(changed, json!({ "sessionsEnded": 1, "userErrors": [] }));
        assert!(lets_in(harness, &here.access).await);
        assert!(!lets_in(harness, &there.access).await);
        assert_eq!(refusal(&try_in(&harness.visitor(), EMAIL, PASSWORD).await), "SIGN_IN_FAILED");
        handed(&try_in(&harness.visitor(), EMAIL, "nine pears under a hedge").await);
        let told = trail(harness, council, "password.change").await;
        assert_eq!(told, ["password.change FAILED", "password.change DONE"]);
        // Whoever finds a session open cannot guess on.
        let token = harness.sign_in(&person);
        for _ in 0..5 {
            assert_eq!(refusal(&change_password(&token, WRONG, "ten figs on a wall").await), "PASSWORD_WRONG");
        }
        assert_eq!(refusal(&change_password(&token, "nine pears under a hedge", "ten figs on a wall").await), "SIGN_IN_LATER");
    })
    .await;
}

#[tokio::test]
async fn links_are_issued_by_the_council_s_administrator_to_its_own_people() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let administrator = administrator(harness, council).await;
        let theirs = harness.council("devon").await;
        let (person, stranger) = (harness.performance_team(council).await, harness.performance_team(theirs).await);
        let ask = async |client: &Client<'_>, id: String| client.gql(LINK, json!({ "input": { "person": id } })).await;
        let id = |person: &Person| format!("q{}", person.id.simple());
        assert_eq!(ask(&harness.sign_in(&person), id(&person)).await.codes(), ["FORBIDDEN"]);
        let office = harness.sign_in(&administrator);
        for nobody in [id(&stranger), format!("q{}", Uuid::nil().simple()), id(&person).replace('q', "c"), String::new()] {
            let payload = ask(&office, nobody).await.data()["passwordLinkIssue"].clone();
            assert_eq!((refusal(&payload), &payload["link"]), ("PERSON_NOT_FOUND", &Value::Null));
        }
        change(harness, council, "UPDATE person SET suspended_at = '2024-10-14 08:00:00+00:00' WHERE name = 'Perry Team'").await;
        assert_eq!(refusal(&ask(&office, id(&person)).await.data()["passwordLinkIssue"]), "PERSON_SUSPENDED");
        assert_eq!((harness.count(council, "setup_link").await, harness.count(theirs, "setup_link").await), (0, 0));
    })
    .await;
}
