//! Two councils that have one of everything, and everybody of the first.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::json;
use tests::{Client, Harness, Oidc, World, workbook};

use super::accounts::Holder;
use super::acts::kept_mapping;
use super::delivery::{Records, framework};
use super::forums::Panel;
use super::returns::Returned;
use super::targets::Proposers;
use super::{benchmarks, directories, everybody};

/// The two councils, and everybody of the first in the order of the columns.
pub struct Stage<'a> {
    pub own: Things<'a>,
    pub other: Things<'a>,
    pub everybody: Vec<Client<'a>>,
    /// An identity provider, which both councils use.
    _oidc: Oidc,
}

/// One of everything a council has.
pub struct Things<'a> {
    pub world: World<'a>,
    pub council: String,
    /// Accepted, of the performance team.
    pub import: String,
    /// Accepted with a warning acknowledged, of the performance team.
    pub corrected: String,
    /// Planned with a warning nobody acknowledged, of the performance team.
    pub warned: String,
    /// Refused, with findings, of the performance team.
    pub findings: String,
    /// Of the Overview and Scrutiny Panel.
    pub pack: String,
    /// What the pack hashes to.
    pub sha256: String,
    /// An officers' edition of Waste Services, for the leadership team.
    pub edition: String,
    /// Of the first quarter, to the Overview and Scrutiny Panel.
    pub release: String,
    /// The same to the leadership team, to be withdrawn.
    pub released_before: String,
    /// Somebody without rights as yet.
    pub person: String,
    /// A role to be held from next year, for a year.
    pub grant: String,
    /// The address of the identity provider that both councils use.
    pub issuer: String,
    /// An identity provider, with a group that brings a role, and a link to the performance team's keeper.
    pub provider: String,
    /// The performance team's keeper.
    pub keeper: String,
    /// Somebody with a password and a machine token.
    pub holder: Holder,
    /// Waste Services' return for 2023/24, approved.
    pub returned: Returned,
    /// The id of the indicator WM01.
    pub wm01: String,
    /// The Overview and Scrutiny Panel.
    pub forum: String,
    /// A meeting and a question of the Overview and Scrutiny Panel.
    pub panel: Panel,
    /// Who proposes targets and reviews them, with one that is decided and one that is before scrutiny.
    pub proposers: Proposers,
    /// A record of each kind: plans, programmes, risks, money.
    pub records: Records,
}

impl<'a> Stage<'a> {
    pub async fn set(harness: &'a Harness) -> Stage<'a> {
        let oidc = Oidc::start(&[("first", "RS256")]).await;
        let own = Things::of(World::with(harness, "huntingdonshire", &framework("huntingdonshire")).await, &oidc).await;
        let other = Things::of(World::with(harness, "devon", &framework("devon")).await, &oidc).await;
        super::sharing::between([&own.world, &other.world]).await;
        super::reorganised::between([&own.world, &other.world]).await;
        benchmarks::published(harness, [(&own.world, "E07000011"), (&other.world, "E10000008")]).await;
        let everybody = everybody(harness, &own.world).await;
        Stage { own, other, everybody, _oidc: oidc }
    }
}

impl<'a> Things<'a> {
    async fn of(world: World<'a>, oidc: &Oidc) -> Things<'a> {
        let keeper = world.keeper();
        let import = keeper.take(world.code, "figures.xlsx", figures("2024/25 Q1", 61.2)).await;
        let corrected = keeper.submit(world.code, "corrected.xlsx", figures("2024/25 Q1", 61.3)).await;
        let saying = json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "Late tonnages" }] });
        assert_eq!(keeper.accept(&corrected, saying).await["userErrors"], json!([]));
        let warned = keeper.submit(world.code, "warned.xlsx", figures("2024/25 Q1", 61.4)).await;
        let findings = keeper.submit(world.code, "unknown.xlsx", figures("2024/25 Q9", 61.2)).await;
        let input = json!({ "council": world.code, "forum": "OSP", "period": "2024/25 Q1" });
        let asked = keeper.run("PackBuild", json!({ "input": input })).await.data();
        let input = json!({ "council": world.code, "forum": "SLT", "period": "2024/25 Q1", "profile": "OFFICER", "element": "S1" });
        let edition = keeper.run("PackBuild", json!({ "input": input })).await.data();
        world.harness.settle().await;
        let made = keeper.run("Pack", json!({ "id": asked["packBuild"]["pack"]["id"] })).await.data();
        logo(&world).await;
        let released_before = released(&world, "SLT", "2024/25 Q1").await;
        let release = released(&world, "OSP", "2024/25 Q1").await;
        let input = json!({ "input": { "council": world.code, "period": "2024/25 Q1" } });
        let published = keeper.gql(crate::released::PUBLISH, input).await.data();
        assert_eq!(published["figuresPublish"]["published"], 1, "{published}");
        let query = "query($council: String!) { council(code: $council) { id } }";
        let council = keeper.gql(query, json!({ "council": world.code })).await.data();
        let text = |value: &serde_json::Value| value.as_str().expect("an id").to_owned();
        kept_mapping(&world).await;
        reminder(&world).await;
        let holder = Holder::of(&world).await;
        let returned = Returned::of(&world).await;
        // What was approved of the year may be published.
        released(&world, "SLT", "2023/24").await;
        let wm01 = format!("i{}", world.indicator("WM01").await.simple());
        let given = somebody(&world).await;
        let panel = Panel::of(&world).await;
        crate::rolling::roll(&world).await;
        super::warnings::arrange(&world).await;
        let keeper = format!("q{}", world.keeper.id.simple());
        Things {
            issuer: oidc.issuer.clone(),
            provider: directories::arrange(&world, oidc, &keeper).await,
            keeper,
            council: text(&council["council"]["id"]),
            pack: text(&asked["packBuild"]["pack"]["id"]),
            sha256: text(&made["node"]["sha256"]),
            edition: text(&edition["packBuild"]["pack"]["id"]),
            person: text(&given["person"]["id"]),
            grant: text(&given["id"]),
            release,
            released_before,
            import,
            corrected,
            warned,
            findings,
            holder,
            returned,
            wm01,
            forum: format!("m{}", world.forum("OSP").await.simple()),
            panel,
            proposers: Proposers::of(&world).await,
            records: Records::of(&world).await,
            world,
        }
    }
}

/// A period is given to a forum, whatever is approved of it.
async fn released(world: &World<'_>, forum: &str, period: &str) -> String {
    let input = json!({ "council": world.code, "forum": forum, "period": period, "despite": "They meet tomorrow" });
    let made = world.keeper().gql(crate::released::RELEASE, json!({ "input": input })).await.data();
    assert_eq!(made["forumRelease"]["userErrors"], json!([]));
    made["forumRelease"]["release"]["id"].as_str().expect("an id").to_owned()
}

/// The council has a logo.
async fn logo(world: &World<'_>) {
    let bea = world.harness.person(world.council, "Bea Brand", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    let input = json!({ "input": { "council": world.code } });
    let file = ("logo.png", crate::brand::PNG.to_vec());
    let data = world.harness.sign_in(&bea).gql_with_file(crate::brand::SET, input, "logo", file).await.data();
    assert_eq!(data["councilBrandSet"]["userErrors"], json!([]));
}

/// The council reminds by mail, and reminded of something once.
async fn reminder(world: &World<'_>) {
    use entity::notice::{Entity, Model};
    use sea_orm::{EntityTrait, IntoActiveModel};
    let admin = world.harness.person(world.council, "Nora Notice", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    let input = json!({ "input": { "council": world.code, "byMail": true } });
    let data = world.harness.sign_in(&admin).gql(crate::notices::SET, input).await.data();
    assert_eq!(data["noticeSettingsSet"]["userErrors"], json!([]));
    let (app, at) = (&world.harness.app, world.harness.app.clock.now());
    let row = Model {
        council_id: world.council,
        id: app.ids.next(),
        kind: "QUESTION_DUE".to_owned(),
        subject: format!("question {}", app.ids.next()),
        person_id: Some(admin.id),
        channel: "MAIL".to_owned(),
        once: "once".to_owned(),
        payload: json!({ "kind": "QUESTION_DUE", "council": world.code, "councilName": "", "question": { "id": "", "number": 1 } })
            .to_string(),
        state: "SENT".to_owned(),
        attempts: 1,
        next_at: at,
        sent_at: Some(at),
        last_error: None,
        created_at: at,
    };
    let change = app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    Entity::insert(row.into_active_model()).exec_without_returning(&*change).await.expect("is kept");
    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}

/// A role of somebody's that begins next year.
async fn somebody(world: &World<'_>) -> serde_json::Value {
    let sam = world.harness.person(world.council, "Sam Somebody", &[]).await;
    let admin = world.harness.person(world.council, "Ada Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    let input = json!({
        "person": format!("q{}", sam.id.simple()), "role": "STAFF", "scope": { "element": "S2" },
        "from": "2025-01-01", "until": "2025-12-31", "reason": "Joins in January",
    });
    let give = "mutation($input: GrantGiveInput!) { grantGive(input: $input) { grant { id person { id } } userErrors { code } } }";
    let data = world.harness.sign_in(&admin).gql(give, json!({ "input": input })).await.data();
    assert_eq!(data["grantGive"]["userErrors"], json!([]));
    data["grantGive"]["grant"].clone()
}

/// A return of one figure.
pub fn figures(period: &str, value: f64) -> Vec<u8> {
    workbook("Return", &json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", period, value]]))
}
