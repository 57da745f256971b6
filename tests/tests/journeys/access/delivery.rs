//! Plans, programmes, risks and money: a record of each kind, and what everyone may do with another.

use std::sync::atomic::{AtomicUsize, Ordering};

use goldenthread::access::GrantScope;
use rules::framework::{ElementRow, FrameworkBook};
use rules::measure::ElementKind;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Person, World, operation, workbook};

use super::acts::{Act, Arrange, REFUSE, REPLAN};
use super::stage::Things;

const RECOMMENDATION: &str = "mutation($input: RecommendationRecordInput!) { recommendationRecord(input: $input) { recommendation { id } userErrors { code message } } }";
const ACTION: &str = "mutation($input: ActionRecordInput!) { actionRecord(input: $input) { action { id } userErrors { code message } } }";
const PROJECT: &str =
    "mutation($input: ProjectRecordInput!) { projectRecord(input: $input) { project { id } userErrors { code message } } }";
const MILESTONE: &str =
    "mutation($input: MilestoneRecordInput!) { milestoneRecord(input: $input) { milestone { id } userErrors { code message } } }";
const DEPENDENCY: &str =
    "mutation($input: DependencyRecordInput!) { dependencyRecord(input: $input) { dependency { code } userErrors { code message } } }";
const RISK: &str = "mutation($input: RiskRecordInput!) { riskRecord(input: $input) { risk { id } userErrors { code message } } }";
const MONEY: &str = "mutation($input: MoneyRecordInput!) { moneyRecord(input: $input) { money { code } userErrors { code message } } }";
const THEME: &str =
    "mutation($input: ThemeRecordInput!) { themeRecord(input: $input) { instrument { code } userErrors { code message } } }";
const ASSESSMENT: &str =
    "mutation($input: AssessmentRecordInput!) { assessmentRecord(input: $input) { assessment { id } userErrors { code message } } }";
const INSIGHT: &str =
    "mutation($input: InsightRecordInput!) { insightRecord(input: $input) { insight { id } userErrors { code message } } }";
const WITHDRAW: &str = "mutation($input: DeliveryWithdrawInput!) { deliveryWithdraw(input: $input) { code userErrors { code message } } }";
const EXPORT: &str = "mutation($input: DeliveryExportInput!) { deliveryExport(input: $input) { records userErrors { code message } } }";

/// The small framework with a project, PJ1, which is nobody's directorate's.
pub fn framework(council: &str) -> FrameworkBook {
    let mut book = tests::framework(council);
    book.elements.push(ElementRow {
        code: "PJ1".to_owned(),
        title: "New depot".to_owned(),
        kind: ElementKind::Project,
        label: None,
        parent: None,
        mode: None,
        description: None,
        owner: None,
        position: 4,
        stands_from: None,
        stands_until: None,
    });
    book
}

/// A number nobody had before: what is told again as it is held changes nothing, and leaves nothing in the trail.
fn another() -> usize {
    static TOLD: AtomicUsize = AtomicUsize::new(1);
    TOLD.fetch_add(1, Ordering::Relaxed)
}

/// A recommendation about an element.
fn recommendation(council: &str, code: &str, element: &str) -> Value {
    json!({ "council": council, "code": code, "title": "Publish the plan", "source": "PEER_CHALLENGE", "element": element })
}

/// An action of a kind, in the plan of an element.
fn action(council: &str, code: &str, (kind, element): (&str, &str)) -> Value {
    json!({ "council": council, "code": code, "title": "Write the plan", "kind": kind, "element": element, "leadOfficer": "Head of service",
        "dueOn": "2024-12-31", "status": "ON_TRACK", "asAt": "2024-09-30" })
}

fn project(council: &str) -> Value {
    json!({ "council": council, "element": "PJ1", "stage": "DELIVERY", "time": "AMBER", "startsOn": "2024-04-01", "baselineEnd": "2025-03-31",
        "manager": "Mo Manager", "summary": format!("Look {}", another()), "asAt": "2024-09-30" })
}

fn milestone(council: &str, code: &str, day: &str) -> Value {
    json!({ "council": council, "code": code, "project": "PJ1", "title": "Keys handed over", "baseline": day, "asAt": "2024-09-30" })
}

/// A risk to an element.
fn risk(council: &str, code: &str, element: &str) -> Value {
    json!({ "council": council, "code": code, "title": "Lorries", "cause": "Age", "event": "They break down", "impact": "Bins are missed",
        "element": element, "owner": "Head of service", "inherentLikelihood": 4, "inherentImpact": 4, "residualLikelihood": 3,
        "residualImpact": 3, "targetLikelihood": 2, "targetImpact": 2, "appetite": 9, "asAt": "2024-09-30" })
}

fn money(council: &str, period: &str) -> Value {
    json!({ "council": council, "element": "S1", "period": period, "fund": "REVENUE", "budget": "1000000", "actual": another().to_string() })
}

fn theme(council: &str, code: &str) -> Value {
    json!({ "council": council, "instrument": "BV", "theme": code, "instrumentTitle": "Best Value", "title": "Leadership",
        "characteristics": ["A plan"], "failures": ["None"], "scale": ["Failing", "Meeting"] })
}

fn assessment(council: &str, edition: &str) -> Value {
    json!({ "council": council, "instrument": "BV", "theme": "LEAD", "edition": edition, "rating": "Meeting", "narrative": "So",
        "evidence": ["Indicator WM01"], "assessedOn": "2024-09-30" })
}

/// What is told of an element.
fn insight(council: &str, code: &str, element: &str) -> Value {
    json!({ "council": council, "code": code, "element": element, "origin": "STAFF", "text": "Crews are short", "toldOn": "2024-09-30" })
}

fn fresh(letter: &str) -> String {
    format!("{letter}{}", another())
}

/// Each act with what is particular about it. WM01 and S1 are of whoever holds a role over Waste Services, S3 is another directorate's.
pub fn acts() -> Vec<(&'static str, Act)> {
    let mut acts = vec![
        told("", "recommendationRecord", RECOMMENDATION, |things, _| recommendation(things.world.code, &fresh("C"), "S1")),
        told(" elsewhere", "recommendationRecord", RECOMMENDATION, |things, _| recommendation(things.world.code, &fresh("C"), "S3")),
        told(
            " held",
            "recommendationRecord",
            RECOMMENDATION,
            |things, _| json!({ "council": things.world.code, "code": "C0", "reply": fresh("Reply ") }),
        ),
        told("", "actionRecord", ACTION, |things, _| action(things.world.code, &fresh("A"), ("SERVICE_PLAN", "S1"))),
        told(" elsewhere", "actionRecord", ACTION, |things, _| action(things.world.code, &fresh("A"), ("SERVICE_PLAN", "S3"))),
        told(" remedial", "actionRecord", ACTION, |things, _| action(things.world.code, &fresh("A"), ("REMEDIAL", "S1"))),
        told("", "projectRecord", PROJECT, |things, _| project(things.world.code)),
        told("", "milestoneRecord", MILESTONE, |things, _| milestone(things.world.code, &fresh("M"), "2025-01-31")),
        told(
            "",
            "dependencyRecord",
            DEPENDENCY,
            |things, _| json!({ "council": things.world.code, "waits": "M1", "on": "M2", "note": fresh("N") }),
        ),
        told("", "riskRecord", RISK, |things, _| risk(things.world.code, &fresh("R"), "S1")),
        told(" elsewhere", "riskRecord", RISK, |things, _| risk(things.world.code, &fresh("R"), "S3")),
        told("", "moneyRecord", MONEY, |things, _| money(things.world.code, "2024/25 Q2")),
        told("", "themeRecord", THEME, |things, _| theme(things.world.code, &fresh("T"))),
        told("", "assessmentRecord", ASSESSMENT, |things, _| assessment(things.world.code, &fresh("E"))),
        told("", "insightRecord", INSIGHT, |things, _| insight(things.world.code, &fresh("I"), "S1")),
        told(" elsewhere", "insightRecord", INSIGHT, |things, _| insight(things.world.code, &fresh("I"), "S3")),
        told("", "deliveryExport", EXPORT, |things, _| json!({ "council": things.world.code })),
    ];
    let kinds = [
        (" recommendation", "RECOMMENDATION"),
        (" action", "ACTION"),
        (" project", "PROJECT"),
        (" milestone", "MILESTONE"),
        (" dependency", "DEPENDENCY"),
        (" risk", "RISK"),
        (" money", "MONEY"),
        (" theme", "THEME"),
        (" assessment", "ASSESSMENT"),
        (" insight", "INSIGHT"),
    ];
    acts.extend(kinds.map(|(name, kind)| {
        let input: fn(&Things<'_>, &str) -> Value = |things, of| {
            let (kind, code) = of.split_once(' ').expect("a kind and a ref");
            json!({ "council": things.world.code, "kind": kind, "code": code, "reason": "Told twice" })
        };
        (name, Act { field: "deliveryWithdraw", document: WITHDRAW, input, arrange: Arrange::Told(kind) })
    }));
    let on = |field, document, accepted| {
        let input: fn(&Things<'_>, &str) -> Value = |_, id| json!({ "id": id });
        (" of plans", Act { field, document, input, arrange: Arrange::Plans { accepted } })
    };
    let refuse = Act { input: |_, id| json!({ "id": id, "reason": "Last year's" }), ..on("importRefuse", REFUSE, false).1 };
    acts.extend([
        on("importAccept", operation("ImportAccept"), false),
        (" of plans", refuse),
        on("importReplan", REPLAN, false),
        on("importUndo", operation("ImportUndo"), true),
    ]);
    acts
}

/// The performance team sends a workbook of one action; answers its import.
pub async fn sent(world: &World<'_>, accepted: bool) -> String {
    let rows = json!([
        ["Ref", "Action", "Kind", "Element", "Lead officer", "Due date", "Status", "As at"],
        [fresh("A"), "Write the plan", "Service plan", "S1", "Head of service", "2024-12-31", "On track", "2024-09-30"],
    ]);
    let (keeper, bytes) = (world.keeper(), workbook("Actions", &rows));
    if accepted { keeper.take(world.code, "plans.xlsx", bytes).await } else { keeper.submit(world.code, "plans.xlsx", bytes).await }
}

fn told(name: &'static str, field: &'static str, document: &'static str, input: fn(&Things<'_>, &str) -> Value) -> (&'static str, Act) {
    (name, Act { field, document, input, arrange: Arrange::Nothing })
}

/// One record of each kind, and who tells of them.
pub struct Records {
    office: Person,
    finance: Person,
    committee: Person,
    /// About Waste Services.
    pub recommendation: String,
    /// In the plan of Waste Services, for WM01 and M1, answering the recommendation.
    pub action: String,
    /// PJ1.
    pub project: String,
    /// M1, which waits for M2.
    pub milestone: String,
    /// To Waste Services and WM01.
    pub risk: String,
    /// Of the edition 2024, shown by the indicator, the action and the risk; there is one of 2023.
    pub assessment: String,
    /// Of Waste Services.
    pub insight: String,
}

impl Records {
    pub async fn of(world: &World<'_>) -> Self {
        let osp = GrantScope::Forum(world.forum("OSP").await);
        let person = async |name: &str, role, scope| world.harness.person(world.council, name, &[(role, scope)]).await;
        let mut records = Self {
            office: person("Petra Projects", Role::ProgrammeOffice, GrantScope::Council).await,
            finance: person("Fay Finance", Role::Finance, GrantScope::Council).await,
            committee: person("Greta Governs", Role::GovernanceCommittee, osp).await,
            recommendation: String::new(),
            action: String::new(),
            project: String::new(),
            milestone: String::new(),
            risk: String::new(),
            assessment: String::new(),
            insight: String::new(),
        };
        let (keeper, office) = (world.keeper(), world.harness.sign_in(&records.office));
        let (finance, committee) = (world.harness.sign_in(&records.finance), world.harness.sign_in(&records.committee));
        let code = world.code;
        records.recommendation = done(&keeper, RECOMMENDATION, recommendation(code, "C0", "S1")).await;
        records.project = done(&office, PROJECT, project(code)).await;
        // M1 is to be before M2, for which it waits.
        records.milestone = done(&office, MILESTONE, milestone(code, "M1", "2024-11-30")).await;
        done(&office, MILESTONE, milestone(code, "M2", "2024-12-31")).await;
        done(&office, DEPENDENCY, json!({ "council": code, "waits": "M1", "on": "M2", "days": 7 })).await;
        let mut answering = action(code, "A0", ("RECOMMENDATION", "S1"));
        answering.as_object_mut().expect("an object").extend([
            ("answers".to_owned(), json!("C0")),
            ("milestone".to_owned(), json!("M1")),
            ("indicator".to_owned(), json!("WM01")),
        ]);
        records.action = done(&keeper, ACTION, answering).await;
        let mut bearing = risk(code, "R0", "S1");
        bearing["indicator"] = json!("WM01");
        records.risk = done(&keeper, RISK, bearing).await;
        done(&finance, MONEY, money(code, "2024/25 Q1")).await;
        done(&committee, THEME, theme(code, "LEAD")).await;
        let mut before = assessment(code, "2023");
        before["assessedOn"] = json!("2023-09-30");
        done(&committee, ASSESSMENT, before).await;
        let mut now = assessment(code, "2024");
        now["evidence"] = json!(["Indicator WM01", "Action A0", "Risk R0"]);
        records.assessment = done(&committee, ASSESSMENT, now).await;
        records.insight = done(&keeper, INSIGHT, insight(code, "I0", "S1")).await;
        records
    }

    /// Another record of a kind to be taken back: its kind and its ref.
    pub async fn told(&self, world: &World<'_>, kind: &str) -> String {
        // With tokens of now: the clock may have been set since.
        let client = |person: &Person| world.harness.client(Some(world.harness.token(person.id, Some(person.council))));
        let (code, keeper, office) = (world.code, client(&world.keeper), client(&self.office));
        let of = match kind {
            "RECOMMENDATION" => {
                let of = fresh("C");
                done(&keeper, RECOMMENDATION, recommendation(code, &of, "S1")).await;
                of
            }
            "ACTION" => {
                let of = fresh("A");
                done(&keeper, ACTION, action(code, &of, ("SERVICE_PLAN", "S1"))).await;
                of
            }
            "PROJECT" => {
                done(&office, PROJECT, project(code)).await;
                "PJ1".to_owned()
            }
            "MILESTONE" | "DEPENDENCY" => {
                let of = fresh("M");
                done(&office, MILESTONE, milestone(code, &of, "2025-01-31")).await;
                if kind == "MILESTONE" {
                    of
                } else {
                    done(&office, DEPENDENCY, json!({ "council": code, "waits": of, "on": "M2" })).await;
                    format!("{of} waits for M2")
                }
            }
            "RISK" => {
                let of = fresh("R");
                done(&keeper, RISK, risk(code, &of, "S1")).await;
                of
            }
            "MONEY" => {
                done(&client(&self.finance), MONEY, money(code, "2024/25 Q2")).await;
                "S1 2024/25 Q2 revenue".to_owned()
            }
            "THEME" => {
                let of = fresh("T");
                done(&client(&self.committee), THEME, theme(code, &of)).await;
                format!("BV {of}")
            }
            "ASSESSMENT" => {
                let of = fresh("E");
                done(&client(&self.committee), ASSESSMENT, assessment(code, &of)).await;
                format!("BV LEAD {of}")
            }
            _ => {
                let of = fresh("I");
                done(&keeper, INSIGHT, insight(code, &of, "S1")).await;
                of
            }
        };
        format!("{kind} {of}")
    }
}

/// Tells of a record; answers its id, where its kind has one.
async fn done(client: &Client<'_>, document: &str, input: Value) -> String {
    let data = client.gql(document, json!({ "input": input })).await.data();
    let payload = data.as_object().and_then(|fields| fields.values().next()).expect("a payload").clone();
    assert_eq!(payload["userErrors"], json!([]), "{input}");
    let made = payload.as_object().expect("a payload").values().find_map(|of| of["id"].as_str().map(str::to_owned));
    made.unwrap_or_default()
}
