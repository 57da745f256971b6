//! What everyone may do of signing in, passwords, sessions and machine tokens.

use goldenthread::access::GrantScope;
use goldenthread::accounts::{links, store};
use goldenthread::error::Result;
use goldenthread::rows::execute;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Person, World, trail};
use uuid::Uuid;

use super::acts::both_hold;
use super::outcome;
use super::stage::{Stage, Things};
use super::trail::events_of;

const PASSWORD: &str = "seven plums in a ditch";
const EMAIL: &str = "holly.holder@example.org";
const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { signedIn { refreshToken } userErrors { code } } }";
const TOKEN: &str = "mutation($input: MachineTokenCreateInput!) {
    machineTokenCreate(input: $input) { machineToken { id } userErrors { code } } }";

/// Somebody with a password and a machine token.
pub struct Holder {
    person: Person,
}

impl Holder {
    pub async fn of(world: &World<'_>) -> Self {
        let staff = (Role::Staff, GrantScope::Element(world.element("S1").await));
        let holder = Self { person: world.harness.person(world.council, "Holly Holder", &[staff]).await };
        give_password(world, holder.person.id).await;
        a_token(world, &holder).await;
        holder
    }

    fn id(&self) -> String {
        format!("q{}", self.person.id.simple())
    }
}

/// An act to be tried: its field, its document, and its input, arranged anew for each who tries.
struct Act {
    field: &'static str,
    document: &'static str,
    /// Whether it names a thing of a council.
    of_a_council: bool,
    arrange: Arrange,
}

#[derive(Clone, Copy)]
enum Arrange {
    SignIn,
    Refresh,
    Link,
    Change,
    Person,
    Leaver,
    Session,
    NewToken,
    Token,
    Nothing,
}

const fn act(field: &'static str, document: &'static str, of_a_council: bool, arrange: Arrange) -> Act {
    Act { field, document, of_a_council, arrange }
}

const ACTS: [Act; 11] = [
    act("signIn", SIGN_IN, true, Arrange::SignIn),
    act(
        "signInRefresh",
        "mutation($input: SignInRefreshInput!) { signInRefresh(input: $input) { userErrors { code } } }",
        true,
        Arrange::Refresh,
    ),
    act("passwordSet", "mutation($input: PasswordSetInput!) { passwordSet(input: $input) { userErrors { code } } }", true, Arrange::Link),
    act(
        "passwordLinkIssue",
        "mutation($input: PasswordLinkIssueInput!) { passwordLinkIssue(input: $input) { userErrors { code } } }",
        true,
        Arrange::Person,
    ),
    act(
        "personSignOut",
        "mutation($input: PersonSignOutInput!) { personSignOut(input: $input) { userErrors { code } } }",
        true,
        Arrange::Leaver,
    ),
    act("sessionEnd", "mutation($input: SessionEndInput!) { sessionEnd(input: $input) { userErrors { code } } }", true, Arrange::Session),
    act(
        "machineTokenRevoke",
        "mutation($input: MachineTokenRevokeInput!) { machineTokenRevoke(input: $input) { userErrors { code } } }",
        true,
        Arrange::Token,
    ),
    act("machineTokenCreate", TOKEN, false, Arrange::NewToken),
    act(
        "passwordChange",
        "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) { userErrors { code } } }",
        false,
        Arrange::Change,
    ),
    act("signOut", "mutation { signOut { userErrors { code } } }", false, Arrange::Nothing),
    act("signOutEverywhere", "mutation { signOutEverywhere { userErrors { code } } }", false, Arrange::Nothing),
];

/// Every act by everybody; the last signs everybody out, so they are let in again.
pub async fn try_all(stage: &Stage<'_>) -> Vec<(String, Vec<String>)> {
    let mut rows = Vec::new();
    for act in &ACTS {
        for (things, whose) in [(&stage.own, "own"), (&stage.other, "other")] {
            if act.of_a_council {
                rows.push((format!("Mutation.{} {whose}", act.field), try_one(stage, things, act).await));
            }
        }
        if !act.of_a_council {
            rows.push((format!("Mutation.{} any", act.field), try_one(stage, &stage.own, act).await));
        }
    }
    change(&stage.own.world, "UPDATE person SET tokens_valid_from = NULL WHERE council_id = $1").await;
    rows
}

async fn try_one(stage: &Stage<'_>, things: &Things<'_>, act: &Act) -> Vec<String> {
    let mut outcomes = Vec::new();
    for client in &stage.everybody {
        let input = arranged(&things.world, &things.holder, client, act.arrange).await;
        let told = async |after: i64| trail(things.world.harness, things.world.council, after).await;
        let (before, last) = (both_hold(stage).await, told(0).await.last().map_or(0, |event| event.seq));
        let answer = client.gql(act.document, json!({ "input": input })).await;
        let outcome = outcome::of(&answer, act.field);
        if outcome == "yes" {
            // Machine tokens go with the password, where there were any.
            let also = |verb: &String| act.field == "passwordSet" && verb == "machine-token.revoke-all";
            let left: Vec<String> = told(last).await.into_iter().map(|event| event.verb).filter(|verb| !also(verb)).collect();
            assert_eq!(left, events_of(act.field), "{} on the trail", act.field);
        } else {
            assert_eq!(both_hold(stage).await, before, "{} was refused ({outcome}) and changed something", act.field);
        }
        outcomes.push(outcome);
    }
    outcomes
}

async fn arranged(world: &World<'_>, holder: &Holder, client: &Client<'_>, arrange: Arrange) -> Value {
    match arrange {
        Arrange::Nothing => Value::Null,
        Arrange::SignIn => json!({ "council": world.code, "email": EMAIL, "password": PASSWORD }),
        Arrange::Refresh => {
            give_password(world, holder.person.id).await;
            json!({ "refreshToken": signed_in(world).await })
        }
        Arrange::Link => {
            let link = write(world, async |tx| links::make(&world.harness.app, tx, world.council, holder.person.id, None).await).await;
            json!({ "token": link.token, "password": format!("nine pears under a hedge {}", &link.token[100..]) })
        }
        Arrange::Change => {
            let viewer = client.gql("{ viewer { email } }", json!({})).await.body["data"]["viewer"].clone();
            if let Some(email) = viewer["email"].as_str() {
                let tx = world.harness.app.db.snapshot(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
                let found = store::holder_by_email(&*tx, world.council, email).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
                drop(tx);
                // A platform operator is nobody of the council.
                if let Some(found) = found {
                    give_password(world, found.person).await;
                }
            }
            json!({ "current": PASSWORD, "new": "nine pears under a hedge" })
        }
        Arrange::Person => json!({ "person": holder.id() }),
        Arrange::Leaver => json!({ "person": holder.id(), "reason": "Left" }),
        Arrange::Session => {
            give_password(world, holder.person.id).await;
            signed_in(world).await;
            let query = "{ viewer { sessions { id } } }";
            // Whoever signed them out before also stopped their printed token.
            change(world, "UPDATE person SET tokens_valid_from = NULL WHERE council_id = $1").await;
            let data = world.harness.sign_in(&holder.person).gql(query, json!({})).await.data();
            json!({ "id": data["viewer"]["sessions"][0]["id"] })
        }
        Arrange::NewToken => {
            json!({ "name": "Nightly", "permissions": ["VIEW_PUBLISHED"], "expiresOn": "2024-12-31" })
        }
        Arrange::Token => json!({ "id": a_token(world, holder).await, "reason": "Left" }),
    }
}

/// A machine token of the holder's; the ones before are revoked, so that there are never too many.
async fn a_token(world: &World<'_>, holder: &Holder) -> String {
    change(world, "UPDATE machine_token SET revoked_at = '2024-10-14 09:00:00+00:00' WHERE council_id = $1 AND revoked_at IS NULL").await;
    change(world, "UPDATE person SET tokens_valid_from = NULL WHERE council_id = $1").await;
    let input = json!({ "name": "Nightly", "permissions": ["VIEW_FIGURES"], "expiresOn": "2024-12-31" });
    let data = world.harness.sign_in(&holder.person).gql(TOKEN, json!({ "input": input })).await.data();
    data["machineTokenCreate"]["machineToken"]["id"].as_str().unwrap_or_else(|| panic!("{data:#}")).to_owned()
}

async fn signed_in(world: &World<'_>) -> String {
    let input = json!({ "council": world.code, "email": EMAIL, "password": PASSWORD });
    let data = world.harness.visitor().gql(SIGN_IN, json!({ "input": input })).await.data();
    data["signIn"]["signedIn"]["refreshToken"].as_str().unwrap_or_else(|| panic!("{data:#}")).to_owned()
}

async fn give_password(world: &World<'_>, person: Uuid) {
    let app = &world.harness.app;
    let hash = app.accounts.passwords.hash(PASSWORD).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    write(world, async |tx| store::keep_password(tx, world.council, app.ids.next(), person, &hash, app.clock.now()).await).await;
}

/// Changes rows of the council, which is `$1`.
async fn change(world: &World<'_>, sql: &str) {
    write(world, async |tx| execute(&**tx, "arranging", sql, vec![world.council.into()]).await).await;
}

async fn write<T>(world: &World<'_>, what: impl AsyncFnOnce(&goldenthread::db::Change) -> Result<T>) -> T {
    let tx = world.harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let done = what(&tx).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    done
}
