//! One line tells of each request, and none tells a secret, however much is logged.

use chrono::Days;
use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, Served, Socket, World, answer, for_each_database, operation, workbook};

use super::today;
use crate::imports::first_quarter;

const PASSWORD: &str = "nine pears under a hedge";
const WRONG: &str = "ten pears under a hedge";
const EMAIL: &str = "perry.team@example.org";
const FIGURE: &str = "87654.321";
const WORDS: &str = "Only we know of the flooded depot.";
const IN_DOCUMENT: &str = "written into the document";

const LINK: &str = "mutation Link($input: PasswordLinkIssueInput!) { passwordLinkIssue(input: $input) { link { token } } }";
const SET: &str = "mutation Set($input: PasswordSetInput!) { passwordSet(input: $input) { userErrors { code } } }";
const SIGN_IN: &str = "mutation SignIn($input: SignInInput!) { signIn(input: $input) {
    signedIn { accessToken refreshToken } userErrors { code } } }";
const RECORD: &str = "mutation Record($input: ValuesRecordInput!) { valuesRecord(input: $input) { import { state } userErrors { code } } }";
const FEED: &str = "mutation Feed($input: CalendarFeedCreateInput!) { calendarFeedCreate(input: $input) { url } }";
const MACHINE: &str =
    "mutation Machine($input: MachineTokenCreateInput!) { machineTokenCreate(input: $input) { secret userErrors { code } } }";

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// What must not be told, by what it is.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn keep(&mut self, what: &'static str, secret: impl Into<String>) -> String {
        let secret = secret.into();
        assert!(secret.len() > 8, "{what} would be found anywhere: {secret}");
        self.0.push((what, secret.clone()));
        secret
    }

    fn told_in(&self, log: &str) -> Vec<&'static str> {
        self.0.iter().filter(|(_, secret)| log.contains(secret)).map(|(what, _)| *what).collect()
    }
}

/// A password by a link, a sign-in that fails and one that does not: a way in with its token.
async fn signed_in<'a>(door: &'a Harness, world: &World<'_>, secrets: &mut Secrets) -> Client<'a> {
    let ada = world.harness.person(world.council, "Ada Ministrator", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    let administrator = door.client(Some(secrets.keep("a token of the command line's", &ada.token)));
    let person = json!({ "input": { "person": format!("q{}", world.keeper.id.simple()) } });
    let link = text(&administrator.gql(LINK, person).await.data()["passwordLinkIssue"]["link"]["token"]);
    let link = secrets.keep("a link to set a password", link);
    let visitor = door.visitor();
    let set = visitor.gql(SET, json!({ "input": { "token": link, "password": PASSWORD } })).await.data();
    assert_eq!(set["passwordSet"]["userErrors"], json!([]));
    let sign_in = async |password: &str| {
        let input = json!({ "council": world.code, "email": EMAIL, "password": password });
        visitor.gql(SIGN_IN, json!({ "input": input })).await.data()["signIn"].clone()
    };
    assert_eq!(sign_in(WRONG).await["userErrors"][0]["code"], "SIGN_IN_FAILED");
    let payload = sign_in(PASSWORD).await;
    secrets.keep("a refresh token", text(&payload["signedIn"]["refreshToken"]));
    door.client(Some(secrets.keep("an access token", text(&payload["signedIn"]["accessToken"]))))
}

/// A workbook by `/uploads`, its import watched until it is planned, and the workbook of findings fetched.
async fn imported(keeper: &Client<'_>, token: &str, secrets: &mut Secrets) -> String {
    secrets.keep("a remark in a workbook", "Two crews short.");
    let mut rows = first_quarter();
    rows[1][3] = json!("not a number at all");
    let kept: Value = keeper.upload("Secret file name.xlsx", workbook("Return", &rows)).await.json().await.expect("JSON");
    secrets.keep("a file's name", "Secret file name");
    let input = json!({ "input": { "council": "huntingdonshire", "upload": kept["upload"] } });
    let (submitted, request) = keeper.gql_told(operation("ImportSubmit"), input).await;
    let id = text(&submitted.data()["importSubmit"]["import"]["id"]);
    let mut socket = Socket::open(&keeper.harness.url, token).await;
    socket.subscribe("1", "ImportProgress", json!({ "id": id })).await;
    loop {
        let said = socket.next().await.expect("is told");
        let state = &said["payload"]["data"]["importProgress"]["state"];
        if state != "QUEUED" && state != "READING" {
            assert!(state.is_string(), "{said:#}");
            break;
        }
    }
    let found = keeper.run("ImportPlan", json!({ "id": id })).await.data();
    let url = text(&found["node"]["annotatedWorkbook"]["url"]);
    secrets.keep("a signed link", url.rsplit('/').next().expect("a path"));
    let fetched = keeper.download(&url).await.status();
    assert_eq!(fetched, 200, "{url}");
    request
}

#[tokio::test]
async fn the_log_tells_of_each_request_and_never_a_secret() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        today(harness);
        let mut served = Served::start(harness, &[("RUST_LOG", "trace"), ("GOLDENTHREAD_LOG_FORMAT", "json")]);
        let door = served.door(harness);
        let mut secrets = Secrets::default();
        for (what, secret) in [("a password", PASSWORD), ("a wrong password", WRONG), ("an e-mail address", EMAIL)] {
            secrets.keep(what, secret);
        }
        let keeper = signed_in(&door, &world, &mut secrets).await;
        let token = secrets.0.last().expect("a token").1.clone();

        let figure = json!({ "indicator": "WM01", "period": "2024/25 Q1", "value": secrets.keep("a figure", FIGURE),
            "commentary": secrets.keep("a commentary", WORDS) });
        let recorded = keeper.gql(RECORD, json!({ "input": { "council": world.code, "figures": [figure] } })).await;
        assert_eq!(recorded.status, 200, "{:#}", recorded.body);
        let submitted = imported(&keeper, &token, &mut secrets).await;

        let url = text(&keeper.gql(FEED, json!({ "input": { "council": world.code } })).await.data()["calendarFeedCreate"]["url"]);
        secrets.keep("a calendar's address", url.rsplit('/').next().expect("a path").trim_end_matches(".ics"));
        assert_eq!(keeper.download(&url).await.status(), 200);
        let until = harness.app.clock.today() + Days::new(30);
        let machine = json!({ "input": { "name": "Nightly", "expiresOn": until.to_string(), "permissions": ["VIEW_FRAMEWORK"] } });
        let machine = text(&keeper.gql(MACHINE, machine).await.data()["machineTokenCreate"]["secret"]);
        let script = door.client(Some(secrets.keep("a machine token", machine)));
        assert_eq!(script.gql("query ByMachine { viewer { name } }", json!({})).await.status, 200);

        let document = format!("query Literal {{ council(code: \"{IN_DOCUMENT}\") {{ code }} }}");
        secrets.keep("a text in a document", IN_DOCUMENT);
        assert_eq!(keeper.gql(&document, json!({})).await.data()["council"], Value::Null);
        let path = secrets.keep("an unknown path", "no-such-page-of-mine");
        assert_eq!(keeper.get(&format!("/{path}")).send().await.expect("is answered").status(), 404);
        let in_address = secrets.keep("a token in an address", "token-in-the-address");
        let refused =
            keeper.get(&format!("/graphql?query=%7Bviewer%7Bname%7D%7D&access_token={in_address}")).header("accept", "application/json");
        assert_eq!(refused.send().await.expect("is answered").status(), 401);
        let forged = door.client(Some(secrets.keep("a token that is none", "eyJhbGciOiJub25lIn0.forged.forged")));
        assert_eq!(forged.gql("{ viewer { name } }", json!({})).await.status, 401);
        let broken = secrets.keep("a body that is no JSON", "{\"query\": \"half a re");
        assert_eq!(answer(keeper.post("/graphql").header("content-type", "application/json").body(broken)).await.status, 400);

        assert_eq!(served.terminate(), 0);
        let log = served.log();
        assert_eq!(secrets.told_in(&log), Vec::<&str>::new());
        super::told::check(&log, &world, &submitted);
    })
    .await;
}

#[tokio::test]
async fn a_trusted_proxys_id_is_a_requests_and_a_strangers_is_not() {
    for_each_database(async |harness| {
        let theirs = "0192f0c1-2b3c-4d5e-8f90-a1b2c3d4e5f6";
        let named = async |url: &str, id: &str| {
            let sent = reqwest::Client::new().get(format!("{url}/healthz")).header("x-request-id", id).send().await;
            sent.expect("is answered").headers()["x-request-id"].to_str().expect("text").to_owned()
        };
        assert_ne!(named(&harness.url, theirs).await, theirs, "no proxy is trusted");
        let served = Served::start(harness, &[("GOLDENTHREAD_TRUSTED_PROXIES", "1")]);
        assert_eq!(named(&served.url, theirs).await, theirs);
        assert_eq!(named(&served.url, &theirs.replace('-', "")).await, theirs, "as nginx writes them");
        for odd in ["00000000-0000-0000-0000-000000000000", "7", "a b", "0192f0c1-2b3c-4d5e-8f90-a1b2c3d4e5f6; x"] {
            let id = named(&served.url, odd).await;
            assert!(id != odd && id.len() == 36, "{odd} became {id}");
        }
    })
    .await;
}
