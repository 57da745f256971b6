//! What everyone may do: each mutation, the subscription and `POST /uploads`.

use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Answer, Client, Socket, World, operation};

use super::stage::{Stage, Things, figures};
use super::trail::{self, Watch};
use super::{benchmarks, delivery, directories, forums, outcome, reorganised, returns, sharing, targets, warnings};

/// An act to be tried.
pub(super) struct Act {
    /// The mutation's name.
    pub field: &'static str,
    /// The document, with `$input`.
    pub document: &'static str,
    /// The input, from what is there and what was arranged.
    pub input: fn(&Things<'_>, &str) -> Value,
    /// What must be arranged before it can be done once: answers an import's id.
    pub arrange: Arrange,
}

#[derive(Clone, Copy)]
pub(super) enum Arrange {
    Nothing,
    /// An upload of whoever tries, or where they may not upload, of the performance team.
    Upload,
    /// Sent, and waiting to be read.
    Queued,
    Planned,
    Accepted,
    /// A mapping the council keeps.
    Mapping,
    /// The return of [`super::returns`] in a state.
    Return(&'static str),
    /// A meeting of the panel, whose day has come.
    Meeting,
    /// An item of its work programme.
    Item,
    /// A question of the panel's about WM01: on record,
    Asked,
    /// given to somebody to answer,
    Assigned,
    /// and answered.
    Answered,
    /// A proposed target that nobody looked at yet; answers its id and revision.
    Proposed,
    /// The same, supported by the portfolio holder.
    Reviewed,
    /// A warning that stands, of Waste Services; answers its id and revision.
    Warned,
    /// The same, muted.
    Muted,
    /// From when the limits of WM01's chart are taken anew.
    Baseline,
    /// A record of this kind; answers its kind and its ref.
    Told(&'static str),
    /// A share of the council's, an offer of the other's, a group of its own, and one the other invites it to.
    Shared,
    OfferedTo,
    Grouped,
    InvitedTo,
    /// The council says who follows it, or says so no more.
    Named,
    Unnamed,
    /// A workbook of plans that the performance team sent; answers its import.
    Plans {
        accepted: bool,
    },
    /// A comparator group of the council's own.
    Group,
    /// A mapping of an indicator to a published measure.
    Mapped,
}

const RECORD: &str = "mutation($input: ValuesRecordInput!) { valuesRecord(input: $input) { import { id } userErrors { code message } } }";
const TEMPLATE: &str =
    "mutation($input: TemplateIssueInput!) { templateIssue(input: $input) { template { id } userErrors { code message } } }";
const SCHEDULE: &str =
    "mutation($input: PeriodScheduleInput!) { periodSchedule(input: $input) { periods { open } userErrors { code message } } }";
const MARK: &str =
    "mutation($input: IndicatorMarkInput!) { indicatorMark(input: $input) { framework { edition } userErrors { code message } } }";
pub const ROLL: &str = "mutation($input: FrameworkRollForwardInput!) { frameworkRollForward(input: $input) { framework { edition } userErrors { code message } } }";
const ADOPT: &str =
    "mutation($input: FrameworkAdoptInput!) { frameworkAdopt(input: $input) { framework { edition } userErrors { code message } } }";
const OPEN: &str = "mutation($input: PeriodOpenInput!) { periodOpen(input: $input) { period { open } userErrors { code message } } }";
const CLOSE: &str = "mutation($input: PeriodCloseInput!) { periodClose(input: $input) { period { open } userErrors { code message } } }";
const MAP: &str = "mutation($input: ImportMapInput!) { importMap(input: $input) { import { id } userErrors { code message } } }";
const MAPPING_SAVE: &str =
    "mutation($input: ImportMappingSaveInput!) { importMappingSave(input: $input) { mapping { id } userErrors { code message } } }";
const MAPPING_REMOVE: &str =
    "mutation($input: ImportMappingRemoveInput!) { importMappingRemove(input: $input) { mapping { id } userErrors { code message } } }";
const EXPORT: &str = "mutation($input: AuditExportInput!) { auditExport(input: $input) { events userErrors { code message } } }";

const DATA: &str = "mutation($input: DataExportInput!) { dataExport(input: $input) { rows userErrors { code message } } }";
const FRAMEWORK: &str =
    "mutation($input: FrameworkExportInput!) { frameworkExport(input: $input) { download { url } userErrors { code message } } }";

pub(super) const REFUSE: &str =
    "mutation($input: ImportRefuseInput!) { importRefuse(input: $input) { import { state } userErrors { code message } } }";
const CANCEL: &str =
    "mutation($input: ImportCancelInput!) { importCancel(input: $input) { import { state } userErrors { code message } } }";
pub(super) const REPLAN: &str =
    "mutation($input: ImportReplanInput!) { importReplan(input: $input) { import { state } userErrors { code message } } }";

const INVITE: &str = "mutation($input: PersonInviteInput!) { personInvite(input: $input) { person { id } userErrors { code message } } }";
const UPDATE: &str = "mutation($input: PersonUpdateInput!) { personUpdate(input: $input) { person { id } userErrors { code message } } }";
const SUSPEND: &str =
    "mutation($input: PersonSuspendInput!) { personSuspend(input: $input) { person { id } userErrors { code message } } }";
const RESTORE: &str =
    "mutation($input: PersonRestoreInput!) { personRestore(input: $input) { person { id } userErrors { code message } } }";
const GIVE: &str = "mutation($input: GrantGiveInput!) { grantGive(input: $input) { grant { id } userErrors { code message } } }";
const PROLONG: &str = "mutation($input: GrantProlongInput!) { grantProlong(input: $input) { grant { id } userErrors { code message } } }";
const WITHDRAW: &str =
    "mutation($input: GrantWithdrawInput!) { grantWithdraw(input: $input) { grant { id } userErrors { code message } } }";

/// What the platform operator does to a council that is nobody's here, in this order.
const OPERATORS: [(&str, &str); 3] = [
    (
        "councilCreate",
        "mutation { councilCreate(input: { code: \"nottingham\", name: \"Nottingham City Council\", kind: \"Unitary\",
            administrator: { email: \"ada@example.org\", name: \"Ada\" } }) { council { code } userErrors { code message } } }",
    ),
    (
        "councilSuspend",
        "mutation { councilSuspend(input: { code: \"nottingham\", reason: \"Left\" }) { council { code } userErrors { code message } } }",
    ),
    (
        "councilRestore",
        "mutation { councilRestore(input: { code: \"nottingham\", reason: \"Back\" }) { council { code } userErrors { code message } } }",
    ),
];

fn acts() -> Vec<Act> {
    let period = |things: &Things<'_>, _: &str| json!({ "council": things.world.code, "period": "2024/25 Q3" });
    let import = |_: &Things<'_>, id: &str| json!({ "id": id });
    let person = |things: &Things<'_>, _: &str| json!({ "id": things.person, "reason": "Is away" });
    let grant = |things: &Things<'_>, _: &str| json!({ "id": things.grant, "reason": "Stays" });
    vec![
        Act {
            field: "importSubmit",
            document: operation("ImportSubmit"),
            input: |things, upload| json!({ "council": things.world.code, "upload": upload }),
            arrange: Arrange::Upload,
        },
        Act { field: "importAccept", document: operation("ImportAccept"), input: import, arrange: Arrange::Planned },
        Act { field: "importMap", document: MAP, input: |_, id| json!({ "id": id, "mapping": {} }), arrange: Arrange::Planned },
        Act {
            field: "importMappingSave",
            document: MAPPING_SAVE,
            input: |things, _| {
                let mapping = json!({ "tables": [{ "columns": [{ "heading": "Days", "role": "RESULT", "indicator": "BN01" }] }] });
                json!({ "council": things.world.code, "name": "Returns", "mapping": mapping })
            },
            arrange: Arrange::Nothing,
        },
        Act { field: "importMappingRemove", document: MAPPING_REMOVE, input: import, arrange: Arrange::Mapping },
        Act {
            field: "importRefuse",
            document: REFUSE,
            input: |_, id| json!({ "id": id, "reason": "Last year's figures" }),
            arrange: Arrange::Planned,
        },
        Act { field: "importCancel", document: CANCEL, input: import, arrange: Arrange::Queued },
        Act { field: "importReplan", document: REPLAN, input: import, arrange: Arrange::Planned },
        Act { field: "importUndo", document: operation("ImportUndo"), input: import, arrange: Arrange::Accepted },
        Act {
            field: "valuesRecord",
            document: RECORD,
            input: |things, _| json!({ "council": things.world.code, "figures": [{ "indicator": "WM02", "period": "2024-07", "value": "45" }] }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "templateIssue",
            document: TEMPLATE,
            input: |things, _| json!({ "council": things.world.code, "element": "S1", "period": "2024/25 Q2" }),
            arrange: Arrange::Nothing,
        },
        Act { field: "periodOpen", document: OPEN, input: period, arrange: Arrange::Nothing },
        Act {
            field: "periodSchedule",
            document: SCHEDULE,
            input: |things, _| json!({ "council": things.world.code, "within": "2024/25", "every": "QUARTERLY", "dueAfter": 21 }),
            arrange: Arrange::Nothing,
        },
        Act { field: "periodClose", document: CLOSE, input: period, arrange: Arrange::Nothing },
        Act {
            field: "packBuild",
            document: operation("PackBuild"),
            input: |things, _| json!({ "council": things.world.code, "forum": "OSP", "period": "2024/25 Q1" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "forumRelease",
            document: crate::released::RELEASE,
            input: |things, _| json!({ "council": things.world.code, "forum": "SLT", "period": "2024/25 Q1", "despite": "Now" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "releaseWithdraw",
            document: crate::released::WITHDRAW,
            input: |things, _| json!({ "release": things.released_before, "notice": "A recount" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "figuresPublish",
            document: crate::released::PUBLISH,
            input: |things, _| json!({ "council": things.world.code, "period": "2024/25 Q1", "indicators": ["WM01"] }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "publicationWithdraw",
            document: crate::released::UNPUBLISH,
            input: |things, _| json!({ "council": things.world.code, "indicator": "WM01", "period": "2024/25 Q1", "notice": "A recount" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "councilBrandSet",
            document: crate::brand::SET,
            input: |things, _| json!({ "council": things.world.code, "displayName": "The Council of Example" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "noticeSettingsSet",
            document: crate::notices::SET,
            input: |things, _| json!({ "council": things.world.code, "byMail": true, "daysBefore": 3 }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "personInvite",
            document: INVITE,
            input: |things, _| json!({ "council": things.world.code, "email": "new@example.org", "name": "Nina New" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "personUpdate",
            document: UPDATE,
            input: |things, _| json!({ "id": things.person, "name": "Samantha Somebody" }),
            arrange: Arrange::Nothing,
        },
        Act { field: "personSuspend", document: SUSPEND, input: person, arrange: Arrange::Nothing },
        Act { field: "personRestore", document: RESTORE, input: person, arrange: Arrange::Nothing },
        Act {
            field: "grantGive",
            document: GIVE,
            input: |things, _| json!({ "person": things.person, "role": "STAFF", "scope": { "element": "S1" }, "reason": "Moves" }),
            arrange: Arrange::Nothing,
        },
        Act { field: "grantProlong", document: PROLONG, input: grant, arrange: Arrange::Nothing },
        Act { field: "grantWithdraw", document: WITHDRAW, input: grant, arrange: Arrange::Nothing },
        Act {
            field: "auditExport",
            document: EXPORT,
            input: |things, _| json!({ "council": things.world.code }),
            arrange: Arrange::Nothing,
        },
        Act { field: "dataExport", document: DATA, input: |things, _| json!({ "council": things.world.code }), arrange: Arrange::Nothing },
        Act {
            field: "indicatorMark",
            document: MARK,
            input: |things, _| json!({ "council": things.world.code, "marks": [{ "indicator": "WM01", "disposition": "RETAIN" }] }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "frameworkExport",
            document: FRAMEWORK,
            input: |things, _| json!({ "council": things.world.code }),
            arrange: Arrange::Nothing,
        },
    ]
}

/// What is done last: it changes which edition is the latest.
fn next_edition() -> [Act; 2] {
    [
        Act {
            field: "frameworkRollForward",
            document: ROLL,
            input: |things, _| json!({ "council": things.world.code, "edition": "2031/32", "standsFrom": "2031-04-01" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "frameworkAdopt",
            document: ADOPT,
            input: |things, _| {
                let on = things.world.harness.app.clock.today();
                json!({ "council": things.world.code, "edition": "2031/32", "adoptedBy": "Cabinet", "adoptedOn": on, "minuteReference": "Minute 9" })
            },
            arrange: Arrange::Nothing,
        },
    ]
}

/// Every act by everybody, on what is their own council's and on what is the other's.
pub async fn try_all(stage: &Stage<'_>) -> Vec<(String, Vec<String>)> {
    let mut rows = Vec::new();
    for (things, whose) in [(&stage.own, "own"), (&stage.other, "other")] {
        let all = acts().into_iter().chain(directories::acts()).chain(returns::acts()).chain(forums::acts()).chain(targets::acts());
        let all = all.chain(sharing::acts()).chain(warnings::acts()).chain(reorganised::acts());
        let all = all.chain(benchmarks::acts());
        let all = all.map(|act| ("", act)).chain(delivery::acts()).chain(next_edition().map(|act| ("", act)));
        for (particular, act) in all {
            rows.push((format!("Mutation.{}{particular} {whose}", act.field), try_one(stage, things, &act).await));
        }
        rows.push((format!("Subscription.importProgress {whose}"), watch(stage, things).await));
        rows.push((format!("Subscription.councilActivity {whose}"), watch_council(stage, things).await));
        rows.push((format!("Subscription.warningRaised {whose}"), watch_warnings(stage, things).await));
    }
    for (field, document) in OPERATORS {
        stage.own.world.harness.later(chrono::Duration::minutes(1));
        let mut outcomes = Vec::new();
        for client in &stage.everybody {
            let watch = Watch::begin(stage).await;
            let (answer, request) = client.gql_told(document, json!({})).await;
            let outcome = outcome::of(&answer, field);
            // What the operator does stands in the trail of the council it is done to.
            watch.check_as(client, field, &outcome, (&[], &request)).await;
            outcomes.push(outcome);
        }
        rows.push((format!("Mutation.{field} any"), outcomes));
    }
    trail::of_operator(stage, "nottingham", &OPERATORS.map(|(field, _)| field)).await;
    rows.push(("POST /uploads any".to_owned(), upload(stage).await));
    rows
}

async fn try_one(stage: &Stage<'_>, things: &Things<'_>, act: &Act) -> Vec<String> {
    // Only so many refusals of one person are recorded in a minute.
    stage.own.world.harness.later(chrono::Duration::minutes(1));
    let mut outcomes = Vec::new();
    let mut arranged: Option<String> = None;
    for client in &stage.everybody {
        // What was refused left everything as it was, so the next one tries the same; what was done is done.
        let with = match (arranged.take(), act.arrange) {
            (_, Arrange::Nothing) => String::new(),
            (_, Arrange::Upload) => an_upload(things, client).await,
            (Some(import), _) => import,
            (None, Arrange::Mapping) => kept_mapping(&things.world).await,
            (None, Arrange::Return(state)) => things.returned.bring(&things.world, state).await,
            (None, arrange @ (Arrange::Meeting | Arrange::Item | Arrange::Asked | Arrange::Assigned | Arrange::Answered)) => {
                things.panel.arrange(&things.world, arrange).await
            }
            (None, Arrange::Proposed) => things.proposers.proposed(&things.world).await,
            (None, Arrange::Reviewed) => things.proposers.reviewed(&things.world).await,
            (None, Arrange::Warned) => warnings::standing(&things.world).await,
            (None, Arrange::Muted) => warnings::muted(&things.world).await,
            (None, Arrange::Baseline) => warnings::baseline(&things.world).await,
            (None, Arrange::Told(kind)) => things.records.told(&things.world, kind).await,
            (None, what @ (Arrange::Shared | Arrange::OfferedTo | Arrange::Grouped | Arrange::InvitedTo)) => {
                sharing::arrange(stage, things, what).await
            }
            (None, what @ (Arrange::Named | Arrange::Unnamed)) => reorganised::arrange(stage, things, what).await,
            (None, Arrange::Group) => benchmarks::group(&things.world).await,
            (None, Arrange::Mapped) => benchmarks::mapped(&things.world, "BN01").await,
            (None, Arrange::Plans { accepted }) => delivery::sent(&things.world, accepted).await,
            (None, arrange) => an_import(things, arrange).await,
        };
        let input = json!({ "input": (act.input)(things, &with) });
        let before = both_hold(stage).await;
        let watch = Watch::begin(stage).await;
        let (answer, request) = client.gql_told(act.document, input).await;
        let outcome = outcome::of(&answer, act.field);
        watch.check(client, act.field, &outcome, &request).await;
        if outcome != "yes" {
            assert_eq!(both_hold(stage).await, before, "{} was refused ({outcome}) and changed something", act.field);
            arranged = Some(with);
        }
        outcomes.push(outcome);
    }
    if let Some(import) = arranged.filter(|_| matches!(act.arrange, Arrange::Planned | Arrange::Accepted)) {
        let state = if matches!(act.arrange, Arrange::Planned) { "PLANNED" } else { "ACCEPTED" };
        assert_eq!(things.world.keeper().plan(&import).await["state"], state, "{}: refusals change nothing", act.field);
    }
    things.world.harness.settle().await;
    outcomes
}

/// What both councils hold.
pub async fn both_hold(stage: &Stage<'_>) -> [Vec<i64>; 2] {
    let harness = stage.own.world.harness;
    [harness.holds(stage.own.world.council).await, harness.holds(stage.other.world.council).await]
}

async fn an_import(things: &Things<'_>, arrange: Arrange) -> String {
    let (keeper, code) = (things.world.keeper(), things.world.code);
    if matches!(arrange, Arrange::Queued) {
        let kept: Value = keeper.upload("figures.xlsx", figures("2024/25 Q2", 58.1)).await.json().await.expect("JSON");
        let input = json!({ "council": code, "upload": kept["upload"] });
        let data = keeper.run("ImportSubmit", json!({ "input": input })).await.data();
        return data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned();
    }
    // Each undo gives the figure back to the next arrangement; each acceptance leaves it as it is.
    let value = if matches!(arrange, Arrange::Planned) { 58.1 } else { 59.3 };
    let id = keeper.submit(code, "figures.xlsx", figures("2024/25 Q2", value)).await;
    if matches!(arrange, Arrange::Accepted) {
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Late tonnages" });
        assert_eq!(keeper.accept(&id, saying).await["userErrors"], json!([]));
    }
    id
}

/// A mapping of the council's, kept by the performance team.
pub async fn kept_mapping(world: &World<'_>) -> String {
    let mapping = json!({ "tables": [{ "sheet": "Never sent", "columns": [{ "heading": "Incidents", "role": "RESULT" }] }],
        "missing": [{ "word": "..", "means": "NOT_AVAILABLE" }] });
    let input = json!({ "council": world.code, "name": "Never sent", "mapping": mapping });
    let saved = world.keeper().gql(MAPPING_SAVE, json!({ "input": input })).await.data();
    saved["importMappingSave"]["mapping"]["id"].as_str().expect("an id").to_owned()
}

async fn an_upload(things: &Things<'_>, client: &Client<'_>) -> String {
    let own = client.upload("figures.xlsx", figures("2024/25 Q1", 61.2)).await;
    let kept = match own.status() {
        StatusCode::CREATED => own,
        _ => things.world.keeper().upload("figures.xlsx", figures("2024/25 Q1", 61.2)).await,
    };
    let kept: Value = kept.json().await.expect("JSON");
    kept["upload"].as_str().expect("an id").to_owned()
}

async fn upload(stage: &Stage<'_>) -> Vec<String> {
    let mut outcomes = Vec::new();
    for client in &stage.everybody {
        let watch = Watch::begin(stage).await;
        let answer = client.upload("figures.xlsx", figures("2024/25 Q1", 61.2)).await;
        let (status, request) = (answer.status(), answer.headers()["x-request-id"].to_str().expect("an id").to_owned());
        let body: Value = answer.json().await.expect("JSON");
        let outcome = match status {
            StatusCode::CREATED => "yes".to_owned(),
            _ => outcome::word(body["error"]["code"].as_str().unwrap_or("(none)")).to_owned(),
        };
        watch.check_as(client, "POST /uploads", &outcome, (&["upload.keep"], &request)).await;
        outcomes.push(outcome);
    }
    outcomes
}

async fn watch(stage: &Stage<'_>, things: &Things<'_>) -> Vec<String> {
    first_told(stage, "importProgress", operation("ImportProgress"), json!({ "id": things.import })).await
}

async fn watch_council(stage: &Stage<'_>, things: &Things<'_>) -> Vec<String> {
    let document = "subscription($council: String!) { councilActivity(council: $council) { kind } }";
    first_told(stage, "councilActivity", document, json!({ "council": things.world.code })).await
}

async fn watch_warnings(stage: &Stage<'_>, things: &Things<'_>) -> Vec<String> {
    let document = "subscription($council: String!) { warningRaised(council: $council) { at } }";
    first_told(stage, "warningRaised", document, json!({ "council": things.world.code })).await
}

/// The first thing a subscription says to everybody.
async fn first_told(stage: &Stage<'_>, field: &str, document: &str, variables: Value) -> Vec<String> {
    let mut outcomes = Vec::new();
    for client in &stage.everybody {
        let mut socket = Socket::connect(&client.harness.url).await;
        socket.send(&json!({ "type": "connection_init", "payload": client.credentials() })).await;
        assert_eq!(socket.next().await, Some(json!({ "type": "connection_ack" })));
        let payload = json!({ "query": document, "variables": variables });
        socket.send(&json!({ "id": "1", "type": "subscribe", "payload": payload })).await;
        let first = socket.next().await.expect("is answered");
        let body = if first["type"] == "error" { json!({ "errors": first["payload"] }) } else { first["payload"].clone() };
        outcomes.push(outcome::of(&Answer { status: 200, body }, field));
    }
    outcomes
}
