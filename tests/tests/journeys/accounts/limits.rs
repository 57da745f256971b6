//! How often a password may be tried, and who is never kept out by it.

use chrono::Duration;
use futures::future::join_all;
use serde_json::json;
use tests::for_each_database;

use super::*;

#[tokio::test]
async fn a_hundred_guesses_at_once_get_five_tries() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        let hashes = harness.app.accounts.passwords.made();
        let clients: Vec<Client<'_>> = (0..100).map(|_| harness.visitor_from(3)).collect();
        let guesses = join_all(clients.iter().map(|client| try_in(client, EMAIL, WRONG))).await;
        let count = |code: &str| guesses.iter().filter(|payload| refusal(payload) == code).count();
        assert_eq!((count("SIGN_IN_FAILED"), count("SIGN_IN_LATER")), (5, 95));
        assert_eq!(harness.app.accounts.passwords.made() - hashes, 5, "no password is looked at beyond them");
        assert_eq!(harness.count(council, "sign_in_attempt WHERE succeeded = FALSE").await, 5);
        // Five failures and one word of the waiting: the trail is not filled.
        assert_eq!(trail(harness, council, "sign-in").await.len(), 6);
        // The right password waits like any other.
        let right = try_in(&clients[0], EMAIL, PASSWORD).await;
        assert_eq!((refusal(&right), &right["waitSeconds"]), ("SIGN_IN_LATER", &json!(60)));
        harness.later(Duration::seconds(59));
        assert_eq!(try_in(&clients[0], EMAIL, PASSWORD).await["waitSeconds"], 1);
        harness.later(Duration::seconds(1));
        sign_in(&clients[0], EMAIL).await;
        // A success begins anew.
        assert_eq!(refusal(&try_in(&clients[0], EMAIL, WRONG).await), "SIGN_IN_FAILED");
    })
    .await;
}

#[tokio::test]
async fn waits_grow_to_a_quarter_of_an_hour_alike_for_accounts_that_are_not_there() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        let client = harness.visitor_from(4);
        let mut told = Vec::new();
        for email in [EMAIL, "nobody@example.org"] {
            let mut waits = Vec::new();
            for _ in 0..5 {
                assert_eq!(refusal(&try_in(&client, email, WRONG).await), "SIGN_IN_FAILED");
            }
            for _ in 0..6 {
                let later = try_in(&client, email, WRONG).await;
                assert_eq!(refusal(&later), "SIGN_IN_LATER");
                let wait = later["waitSeconds"].as_i64().expect("seconds");
                waits.push((wait, later["userErrors"][0]["message"].clone()));
                // Trying meanwhile makes it no longer.
                harness.later(Duration::seconds(wait - 1));
                assert_eq!(try_in(&client, email, WRONG).await["waitSeconds"], 1);
                harness.later(Duration::seconds(1));
                assert_eq!(refusal(&try_in(&client, email, WRONG).await), "SIGN_IN_FAILED");
            }
            told.push(waits);
        }
        let seconds: Vec<i64> = told[0].iter().map(|(seconds, _)| *seconds).collect();
        assert_eq!(seconds, [60, 120, 240, 480, 900, 900]);
        assert_eq!(told[0][0].1, "There were too many tries that failed: try again in a minute.");
        assert_eq!(told[0][1].1, "There were too many tries that failed: try again in 2 minutes.");
        assert_eq!(told[0], told[1], "an account that is not there waits alike");
        // What was left out is said with the next.
        let after = "SELECT after FROM audit_event WHERE verb = 'sign-in' AND outcome = 'FAILED' ORDER BY seq";
        let after = texts(harness, council, after).await;
        assert_eq!(after[5], "{\"leftOut\":0,\"waits\":\"failures in a row\"}");
        assert_eq!(after[6], "{\"inARow\":6,\"leftOut\":1}");
    })
    .await;
}

#[tokio::test]
async fn a_guesser_in_the_office_keeps_no_colleague_out() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let mut people = Vec::new();
        for name in ["Perry Team", "Carla Colleague", "Newton Comer"] {
            people.push(harness.person(council, name, &[]).await);
        }
        give_passwords(harness, council, &people.iter().collect::<Vec<_>>()).await;
        let (office, home) = (harness.visitor_from(5), harness.visitor_from(6));
        sign_in(&office, "carla.colleague@example.org").await;
        // Twenty accounts, five guesses each: a hundred failures from the office's one address.
        for n in 0..20 {
            let email = if n == 0 { EMAIL.to_owned() } else { format!("guess{n}@example.org") };
            for _ in 0..5 {
                assert_eq!(refusal(&try_in(&office, &email, WRONG).await), "SIGN_IN_FAILED");
            }
        }
        let other = try_in(&office, "guess21@example.org", WRONG).await;
        assert_eq!((refusal(&other), &other["waitSeconds"]), ("SIGN_IN_LATER", &json!(900)));
        // Whoever works there signs in; whoever never did waits there, and signs in from anywhere else.
        sign_in(&office, "carla.colleague@example.org").await;
        assert_eq!(refusal(&try_in(&office, "newton.comer@example.org", PASSWORD).await), "SIGN_IN_LATER");
        sign_in(&home, "newton.comer@example.org").await;
        sign_in(&home, EMAIL).await;
        harness.later(Duration::minutes(15));
        sign_in(&office, "newton.comer@example.org").await;
    })
    .await;
}

#[tokio::test]
async fn a_guesser_elsewhere_keeps_nobody_from_their_usual_desk() {
    for_each_database(async |harness| {
        somebody(harness).await;
        let (desk, cafe) = (harness.visitor_from(7), harness.visitor_from(8));
        sign_in(&desk, EMAIL).await;
        for email in [EMAIL, "nobody@example.org"] {
            for n in 0..10 {
                let guesser = harness.visitor_from(100 + n);
                for _ in 0..5 {
                    assert_eq!(refusal(&try_in(&guesser, email, WRONG).await), "SIGN_IN_FAILED");
                }
            }
            let elsewhere = try_in(&cafe, email, WRONG).await;
            assert_eq!((refusal(&elsewhere), &elsewhere["waitSeconds"]), ("SIGN_IN_LATER", &json!(3600)), "{email}");
        }
        assert_eq!(refusal(&try_in(&cafe, EMAIL, PASSWORD).await), "SIGN_IN_LATER");
        sign_in(&desk, EMAIL).await;
        harness.later(Duration::hours(1));
        sign_in(&cafe, EMAIL).await;
    })
    .await;
}

#[tokio::test]
async fn tries_are_forgotten_after_ninety_days() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        try_in(&harness.visitor(), EMAIL, WRONG).await;
        assert_eq!(harness.count(council, "sign_in_attempt").await, 2, "the link's and the guess");
        harness.later(Duration::days(91));
        try_in(&harness.visitor(), EMAIL, WRONG).await;
        assert_eq!(harness.count(council, "sign_in_attempt").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_council_that_is_not_there_makes_wait_alike() {
    for_each_database(async |harness| {
        somebody(harness).await;
        let mut told = Vec::new();
        for (host, council) in [(21, CODE), (22, "nowhere")] {
            let client = harness.visitor_from(host);
            let query = "mutation($input: SignInInput!) { signIn(input: $input) { signedIn { accessToken } waitSeconds userErrors { code message } } }";
            let input = json!({ "input": { "council": council, "email": "nobody@example.org", "password": WRONG } });
            let hashes = harness.app.accounts.passwords.made();
            let guesses = join_all((0..60).map(|_| client.gql(query, input.clone()))).await;
            let answers: Vec<_> = guesses.iter().map(|answer| answer.body["data"]["signIn"].to_string()).collect();
            let later = answers.iter().filter(|answer| answer.contains("SIGN_IN_LATER")).count();
            assert_eq!((later, harness.app.accounts.passwords.made() - hashes), (55, 5), "{council}");
            let mut kinds = answers.clone();
            kinds.sort();
            kinds.dedup();
            told.push(kinds);
        }
        assert_eq!(told[0], told[1]);
    })
    .await;
}

#[tokio::test]
async fn an_operation_is_one_try() {
    for_each_database(async |harness| {
        somebody(harness).await;
        let client = harness.visitor_from(23);
        let one =
            format!("signIn(input: {{ council: \"{CODE}\", email: \"{EMAIL}\", password: \"{WRONG}\" }}) {{ userErrors {{ code }} }}");
        let answer = client.gql(&format!("mutation {{ a: {one} b: {one} c: {one} }}"), json!({})).await;
        assert_eq!(answer.codes(), ["LIMIT", "LIMIT"]);
        assert_eq!(answer.body["data"]["a"]["userErrors"][0]["code"], "SIGN_IN_FAILED");
    })
    .await;
}
