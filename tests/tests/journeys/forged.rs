//! Tokens nobody should be let in with: made elsewhere, changed, stale, or sent where they do not belong. Every one gets
//! the answer a visitor gets, to the byte, through every door.

use chrono::Duration;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tests::{Harness, Person, SECRET, Socket, for_each_database, operation};

/// A public key, as anybody may have it.
const PUBLIC_KEY: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9
q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==
-----END PUBLIC KEY-----
";

/// What a door answered: status, the names and values of its headers, the body.
#[derive(Debug, PartialEq, Eq)]
struct Answered {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

async fn answered(response: reqwest::Response) -> Answered {
    let status = response.status().as_u16();
    let headers = shown(response.headers());
    Answered { status, headers, body: response.text().await.expect("text") }
}

/// All headers; of those that name the moment or the request only that they are there.
fn shown(headers: &HeaderMap) -> Vec<(String, String)> {
    let value = |name: &str, value: &str| if matches!(name, "date" | "x-request-id") { String::new() } else { value.to_owned() };
    let mut all: Vec<(String, String)> =
        headers.iter().map(|(name, v)| (name.to_string(), value(name.as_str(), v.to_str().unwrap_or_default()))).collect();
    all.sort();
    all
}

fn claims(harness: &Harness, person: &Person) -> Value {
    let now = harness.app.clock.now().timestamp();
    json!({
        "iss": "goldenthread", "aud": "goldenthread-api", "iat": now, "nbf": now, "exp": now + 3600,
        "sub": person.id, "council": person.council,
    })
}

fn signed(header: &Header, claims: &Value, secret: &[u8]) -> String {
    encode(header, claims, &EncodingKey::from_secret(secret)).expect("signs")
}

/// Unpadded base64 for addresses, without a library: a token's parts are short.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let three = [chunk[0], chunk.get(1).copied().unwrap_or(0), chunk.get(2).copied().unwrap_or(0)];
        let number = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        for place in 0..=chunk.len() {
            text.push(char::from(LETTERS[(number >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}

/// The values of an `Authorization` header that let nobody in, each with what is wrong with it.
fn forged(harness: &Harness, person: &Person) -> Vec<(String, String)> {
    let good = claims(harness, person);
    let hs256 = Header::new(Algorithm::HS256);
    let now = harness.app.clock.now().timestamp();
    let token = signed(&hs256, &good, SECRET);
    let [head, body, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
    let with = |field: &str, value: Value| {
        let mut changed = good.clone();
        changed[field] = value;
        signed(&hs256, &changed, SECRET)
    };
    let without = |field: &str| {
        let mut changed = good.clone();
        changed.as_object_mut().expect("an object").remove(field);
        signed(&hs256, &changed, SECRET)
    };
    let under = |header: &Value| format!("{}.{body}", base64(header.to_string().as_bytes()));
    let mut all: Vec<(String, String)> = vec![
        ("empty".into(), String::new()),
        ("a word".into(), "token".into()),
        ("dots".into(), "..".into()),
        ("two parts".into(), format!("{head}.{body}")),
        ("four parts".into(), format!("{token}.{signature}")),
        ("stripped of its signature".into(), format!("{head}.{body}.")),
        ("a shorter signature".into(), format!("{head}.{body}.{}", &signature[1..])),
        ("a signature of zeros".into(), format!("{head}.{body}.{}", "A".repeat(signature.len()))),
        ("a tampered payload".into(), format!("{head}.{}.{signature}", base64(with("council", json!(null)).as_bytes()))),
        ("a payload that is no JSON".into(), format!("{head}.{}.{signature}", base64(b"not json"))),
        ("very long".into(), "a".repeat(20_000)),
        ("expired".into(), with("exp", json!(now - 31))),
        ("expired long ago".into(), with("exp", json!(1))),
        ("expiring before the beginning of time".into(), with("exp", json!(-1))),
        ("expiring in words".into(), with("exp", json!("never"))),
        ("not yet valid".into(), with("nbf", json!(now + 31))),
        ("another audience".into(), with("aud", json!("elsewhere"))),
        ("a token for files".into(), with("aud", json!("goldenthread-file"))),
        ("another issuer".into(), with("iss", json!("elsewhere"))),
        ("a provider's issuer".into(), with("iss", json!("https://login.example.org"))),
        ("nobody's id".into(), with("sub", json!("perry"))),
        ("a person who is not there".into(), with("sub", json!(harness.app.ids.next()))),
        ("a council that is not there".into(), with("council", json!(harness.app.ids.next()))),
        ("a session that is not there".into(), with("session", json!(harness.app.ids.next()))),
        ("an operator who is not there".into(), with("council", Value::Null)),
        ("HS384".into(), signed(&Header::new(Algorithm::HS384), &good, SECRET)),
        ("HS512".into(), signed(&Header::new(Algorithm::HS512), &good, SECRET)),
        ("a foreign signature".into(), signed(&hs256, &good, b"somebody else's secret, of thirty-two bytes")),
        ("the public key as secret".into(), signed(&hs256, &good, PUBLIC_KEY.as_bytes())),
        ("no machine token".into(), "gtm_".into()),
        ("a machine token of nobody".into(), format!("gtm_{}", "0".repeat(128))),
        ("a machine token of this council".into(), format!("gtm_{}{}", person.council.simple(), "a".repeat(96))),
        ("a refresh token".into(), format!("gtr_{}{}", person.council.simple(), "a".repeat(96))),
    ];
    for claim in ["iss", "aud", "exp", "nbf", "sub", "iat"] {
        all.push((format!("without {claim}"), without(claim)));
    }
    for guess in ["", "secret", "password", "changeme", "goldenthread", "0123456789abcdef0123456789abcdef"] {
        all.push((format!("signed with a guess, {guess:?}"), signed(&hs256, &good, guess.as_bytes())));
    }
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let header = json!({ "alg": none, "typ": "JWT" });
        all.push((format!("alg {none:?}"), format!("{}.", under(&header))));
        all.push((format!("alg {none:?} with a signature"), format!("{}.{signature}", under(&header))));
    }
    for alg in ["RS256", "ES256", "EdDSA", "PS256"] {
        all.push((format!("alg {alg}"), format!("{}.{signature}", under(&json!({ "alg": alg })))));
    }
    // The header says where to find the key it was signed with.
    let mut elsewhere = Header::new(Algorithm::HS256);
    elsewhere.jku = Some("https://attacker.example/keys.json".into());
    all.push(("a jku".into(), signed(&elsewhere, &good, b"the attacker's own secret, of thirty-two bytes")));
    let mut elsewhere = Header::new(Algorithm::HS256);
    elsewhere.x5u = Some("https://attacker.example/chain.pem".into());
    all.push(("an x5u".into(), signed(&elsewhere, &good, b"the attacker's own secret, of thirty-two bytes")));
    for kid in ["../../../../dev/null", "' OR 1=1 --", "\u{0}", "signing.key"] {
        let mut elsewhere = Header::new(Algorithm::HS256);
        elsewhere.kid = Some(kid.into());
        all.push((format!("kid {kid:?}"), signed(&elsewhere, &good, b"")));
    }
    let mut all: Vec<(String, String)> = all.into_iter().map(|(why, token)| (why, format!("Bearer {token}"))).collect();
    all.extend([
        ("no scheme".to_owned(), token.clone()),
        ("basic".to_owned(), format!("Basic {token}")),
        ("the scheme alone".to_owned(), "Bearer".to_owned()),
        ("two tokens".to_owned(), format!("Bearer {token} {token}")),
        ("token and comma".to_owned(), format!("Bearer {token},")),
        ("an empty header".to_owned(), String::new()),
    ]);
    all
}

#[tokio::test]
async fn no_forged_or_stale_token_lets_anybody_in_and_all_are_answered_alike() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let scorecard = json!({
            "query": operation("Scorecard"), "operationName": "Scorecard",
            "variables": { "council": "huntingdonshire", "period": "2024/25 Q1" },
        });
        let ask = async |header: Option<&str>, address: &str| {
            let mut request = harness.visitor().post(address).json(&scorecard);
            if let Some(value) = header {
                request = request.header("authorization", value);
            }
            answered(request.send().await.expect("is answered")).await
        };
        let send = async |header: Option<&str>| {
            let mut request = harness.visitor().post("/uploads?name=return.xlsx").body(b"PK".to_vec());
            if let Some(value) = header {
                request = request.header("authorization", value);
            }
            answered(request.send().await.expect("is answered")).await
        };
        // Without any token.
        let (asked, sent) = (ask(None, "/graphql").await, send(None).await);
        assert_eq!((asked.status, sent.status), (401, 401));
        assert!(asked.body.contains("\"UNAUTHENTICATED\"") && !asked.body.contains("\"data\""), "{}", asked.body);
        assert!(asked.headers.contains(&("www-authenticate".into(), "Bearer realm=\"goldenthread\"".into())), "{:?}", asked.headers);

        let forged = forged(harness, &person);
        assert!(forged.len() >= 60, "{}", forged.len());
        for (why, value) in &forged {
            assert_eq!(ask(Some(value), "/graphql").await, asked, "{why}");
            assert_eq!(send(Some(value)).await, sent, "{why}");
        }
        // A good token in the address ends up in logs: it is none.
        for name in ["access_token", "token", "Authorization", "bearer", "id_token"] {
            assert_eq!(ask(None, &format!("/graphql?{name}={}", person.token)).await, asked, "{name}");
            let both = ask(Some(&format!("Bearer {}", person.token)), &format!("/graphql?{name}=x")).await;
            assert_eq!(both, asked, "{name}");
        }
        // And twice in the head is once too often.
        let bearer = format!("Bearer {}", person.token);
        let twice = harness.visitor().post("/graphql").json(&scorecard).header("authorization", &bearer).header("authorization", &bearer);
        assert_eq!(answered(twice.send().await.expect("is answered")).await, asked);
        assert_eq!(ask(Some(&bearer), "/graphql").await.status, 200, "the good one does");
    })
    .await;
}

#[tokio::test]
async fn a_forged_token_opens_no_socket() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        for (why, value) in forged(harness, &person) {
            let mut socket = Socket::connect(&harness.url).await;
            socket.send(&json!({ "type": "connection_init", "payload": { "Authorization": value } })).await;
            let said = socket.next().await;
            // An empty header in the payload is no header: a visitor, who may look at nothing of a council.
            if said == Some(json!({ "type": "connection_ack" })) {
                let query = r#"{ council(code: "huntingdonshire") { name } }"#;
                socket.send(&json!({ "id": "1", "type": "subscribe", "payload": { "query": query } })).await;
                let told = socket.next().await.map(|message| message.to_string()).unwrap_or_default();
                assert!(value.is_empty() && told.contains("UNAUTHENTICATED"), "{why}: {told}");
            } else {
                assert_eq!(said, None, "{why}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_that_was_good_is_refused_like_a_bad_one() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let ask = async || {
            let query = json!({ "query": "{ viewer { name } council(code: \"huntingdonshire\") { name } }" });
            let request = harness.visitor().post("/graphql").json(&query).header("authorization", format!("Bearer {}", person.token));
            answered(request.send().await.expect("is answered")).await
        };
        let none = harness.visitor().post("/graphql").json(&json!({ "query": "{ council(code: \"huntingdonshire\") { name } }" }));
        let none = answered(none.send().await.expect("is answered")).await;
        assert_eq!(ask().await.status, 200);
        harness.later(Duration::days(31));
        assert_eq!(ask().await, none);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_expires_ends_its_socket_too() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let operator = harness.operator("Olly Operator").await;
        let mut sockets = [Socket::open(&harness.url, &person.token).await, Socket::open(&harness.url, &operator.token).await];
        for expired in [false, true] {
            if expired {
                harness.later(Duration::days(31));
            }
            for socket in &mut sockets {
                socket.send(&json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ viewer { name } }" } })).await;
                let told = socket.next().await.expect("is answered").to_string();
                assert_eq!(told.contains("UNAUTHENTICATED"), expired, "{told}");
                while socket.next().await.is_some_and(|message| message["type"] != "complete") {}
            }
        }
        let address = harness.url.clone() + "/graphql/ws?access_token=" + &person.token;
        let upgraded = reqwest::Client::new().get(address).header("connection", "upgrade").header("upgrade", "websocket");
        let upgraded = upgraded.header("sec-websocket-version", "13").header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        let upgraded = upgraded.header("sec-websocket-protocol", "graphql-transport-ws").send().await.expect("is answered");
        assert_eq!(upgraded.status(), 401, "a token in the address opens no socket");
    })
    .await;
}

#[tokio::test]
async fn a_day_is_written_in_one_way_and_a_text_holds_no_nul() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let client = harness.sign_in(&person);
        let open = "mutation($due: Date) { periodOpen(input: { council: \"huntingdonshire\", period: \"2024/25 Q1\", dueOn: $due }) { userErrors { code } } }";
        for day in ["+200000-01-01", "+10000-01-01", "-2024-01-01", "2024-1-1", "24-01-01", "0024-01-01", "2024-01-01 ", "2024-02-30"] {
            let answer = client.gql(open, json!({ "due": day })).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{day}");
        }
        assert_eq!(client.gql(open, json!({ "due": "2024-11-30" })).await.codes(), Vec::<String>::new());
        let find = "query($code: String!) { council(code: $code) { name } }";
        assert_eq!(client.gql(find, json!({ "code": "a\u{0}b" })).await.codes(), ["BAD_USER_INPUT"]);
        assert_eq!(client.gql("{ council(code: \"a\\u0000b\") { name } }", json!({})).await.codes(), ["BAD_USER_INPUT"]);
    })
    .await;
}
