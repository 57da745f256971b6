//! What everyone may read. One document asks for every field; each is judged by itself.

use serde_json::json;
use tests::Answer;

use super::outcome;
use super::stage::{Stage, Things};

/// Fields of `Query` that are tried, the alias that names the row, and the field.
const OF_QUERY: &[(&str, &str)] = &[
    ("Query.council", "council(code: $code) { code }"),
    ("Query.node council", "node(id: $council) { id }"),
    ("Query.node import", "node(id: $import) { id }"),
    ("Query.node pack", "node(id: $pack) { id }"),
    ("Query.node person", "node(id: $person) { id }"),
    ("Query.node grant", "node(id: $grant) { id }"),
    ("Query.node provider", "node(id: $provider) { id }"),
    ("Query.node return", "node(id: $returned) { id }"),
    ("Query.node release", "node(id: $release) { id }"),
    ("Query.node forum", "node(id: $forum) { id }"),
    ("Query.node meeting", "node(id: $meeting) { id }"),
    ("Query.node question", "node(id: $question) { id }"),
    ("Query.node work item", "node(id: $item) { id }"),
    ("Query.node recommendation", "node(id: $recommendation) { id }"),
    ("Query.node action", "node(id: $action) { id }"),
    ("Query.node project", "node(id: $project) { id }"),
    ("Query.node milestone", "node(id: $milestone) { id }"),
    ("Query.node risk", "node(id: $risk) { id }"),
    ("Query.node assessment", "node(id: $assessment) { id }"),
    ("Query.node insight", "node(id: $insight) { id }"),
    ("Query.nodes", "nodes(ids: [$council, $import, $pack]) { id }"),
    ("Query.node nothing", "node(id: \"c00000000000000000000000000000000\") { id }"),
];

/// Fields of `Council`.
const OF_COUNCIL: &[&str] = &[
    "viewerCan",
    "id",
    "code",
    "name",
    "framework { title }",
    "frameworks { title }",
    "frameworkComparison(from: \"2024/25\", to: \"2025/26\") { retained }",
    "indicator(code: \"WM01\") { title }",
    "element(code: \"S1\") { title }",
    "threadGaps { kind }",
    "reportingPeriods { period }",
    "returns { nodes { id } }",
    "collection(period: \"2024/25 Q1\") { whole { owed } }",
    "workflow { from }",
    "delivery { __typename }",
    "comparatorGroups { code }",
    "metricMappings { measure }",
    "forums { title }",
    "imports { nodes { id } }",
    "importMappings { name }",
    "packs { nodes { id } }",
    "releases { nodes { id } }",
    "targetProposals { nodes { id } }",
    "identityProviders { id }",
    "people { nodes { id } }",
    "person(email: \"perry.team@example.org\") { id }",
    "whoMay(permission: IMPORT_VALUES, element: \"S1\") { person { id } }",
    "auditTrail { nodes { verb } }",
    "auditHead { seq }",
    "brand { languages }",
    "packVerify(sha256: \"0000000000000000000000000000000000000000000000000000000000000000\") { verdict }",
    "machineTokens { nodes { id } }",
    "questions { nodes { id } }",
    "calendar { day }",
    "noticeSettings { byMail }",
    "notices { nodes { id } }",
    "shares { nodes { id } }",
    "sharedWithUs { nodes { id } }",
    "councilGroups { id }",
    "warnings { nodes { id } }",
    "warningRules { kind }",
    "warningFeed { nodes { id } }",
    "warningBackTest(kind: RETURN_OVERDUE) { fired }",
    "successions { id }",
    "predecessorBaseline(indicator: \"WM01\", period: \"2024/25 Q1\") { from }",
    "reorganisationPlan(successor: \"devon\") { digest }",
];

/// Figures: who may see a framework may yet not see its values. Waste Services and the panel's remit have WM01; BN01
/// is another directorate's.
const FIGURES: [(&str, &str); 5] = [
    ("Framework.summary", "framework { it: summary(period: \"2024/25 Q1\") { current { green } } }"),
    ("Indicator.series WM01", "indicator(code: \"WM01\") { it: series(until: \"2024/25 Q1\", last: 1) { value } }"),
    ("Indicator.series BN01", "indicator(code: \"BN01\") { it: series(until: \"2024/25 Q1\", last: 1) { value } }"),
    ("Indicator.benchmark WM02", "indicator(code: \"WM02\") { it: benchmark(period: \"2024-06\") { median } }"),
    ("Indicator.viewerCan WM01", "indicator(code: \"WM01\") { it: viewerCan }"),
];

/// Plans: C0, A0, R0, I0 and the money are of Waste Services, PJ1 and M1 are nobody's directorate's, BV is the whole council's.
const PLANS: [(&str, &str); 9] = [
    ("Delivery.recommendation C0", "delivery { it: recommendation(code: \"C0\") { title } }"),
    ("Delivery.action A0", "delivery { it: action(code: \"A0\") { title } }"),
    ("Delivery.project PJ1", "delivery { it: project(code: \"PJ1\") { stage } }"),
    ("Delivery.milestones", "delivery { milestones { it: nodes { code } } }"),
    ("Delivery.risk R0", "delivery { it: risk(code: \"R0\") { title } }"),
    ("Delivery.money", "delivery { it: money(period: \"2024/25 Q1\") { code } }"),
    ("Delivery.instruments", "delivery { it: instruments { code } }"),
    ("Delivery.insights", "delivery { it: insights { code } }"),
    ("Plan.actions S1", "element(code: \"S1\") { plan { it: actions { code } } }"),
];

/// What somebody finds in each field, of their own council and of the other.
pub async fn read(stage: &Stage<'_>, column: usize) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for (things, whose) in [(&stage.own, "own"), (&stage.other, "other")] {
        for (row, outcome) in of_query(stage, column, things).await {
            rows.push((format!("{row} {whose}"), outcome));
        }
        for (row, outcome) in of_council(stage, column, things).await {
            rows.push((format!("{row} {whose}"), outcome));
        }
        for (row, field) in FIGURES.iter().chain(&PLANS) {
            let query = format!("query($code: String!) {{ council(code: $code) {{ {field} }} }}");
            let answer = stage.everybody[column].gql(&query, json!({ "code": things.world.code })).await;
            rows.push((format!("{row} {whose}"), outcome::anywhere(&answer, "it")));
        }
    }
    let client = &stage.everybody[column];
    let answer = client
        .gql(
            "{ viewer { name } diagnosticCodes { code } roles { role } councils { code }
            catalogues { code } catalogue(code: \"LOF\") { code } benchmarkDatasets { code } area(code: \"E07000011\") { name }
            published(council: \"huntingdonshire\") { indicators { nodes { code } } } }",
            json!({}),
        )
        .await;
    let fields = ["viewer", "diagnosticCodes", "roles", "councils", "published", "catalogues", "catalogue", "benchmarkDatasets", "area"];
    for field in fields {
        rows.push((format!("Query.{field} any"), outcome::of(&answer, field)));
    }
    rows
}

async fn of_query(stage: &Stage<'_>, column: usize, things: &Things<'_>) -> Vec<(String, String)> {
    let fields: String = OF_QUERY.iter().enumerate().map(|(n, (_, field))| format!(" f{n}: {field}")).collect();
    let ids = "$council: ID!, $import: ID!, $pack: ID!, $person: ID!, $grant: ID!, $provider: ID!, $returned: ID!, $release: ID!, \
        $forum: ID!, $meeting: ID!, $question: ID!, $item: ID!, $recommendation: ID!, $action: ID!, $project: ID!, $milestone: ID!, \
        $risk: ID!, $assessment: ID!, $insight: ID!";
    let query = format!("query($code: String!, {ids}) {{ {fields} }}");
    let variables = json!({ "code": things.world.code, "council": things.council, "import": things.import, "pack": things.pack,
        "person": things.person, "grant": things.grant, "provider": things.provider, "returned": things.returned.id,
        "release": things.release, "forum": things.forum, "meeting": things.panel.meeting, "question": things.panel.question,
        "item": things.panel.item, "recommendation": things.records.recommendation, "action": things.records.action,
        "project": things.records.project, "milestone": things.records.milestone, "risk": things.records.risk,
        "assessment": things.records.assessment, "insight": things.records.insight });
    let answer = stage.everybody[column].gql(&query, variables).await;
    OF_QUERY.iter().enumerate().map(|(n, (row, _))| ((*row).to_owned(), all_or_some(&answer, &format!("f{n}")))).collect()
}

/// `nodes` answers a null for each that is not one's own: how many there are stands in the word.
fn all_or_some(answer: &Answer, alias: &str) -> String {
    match answer.body["data"][alias].as_array() {
        Some(nodes) => format!("{}of{}", nodes.iter().filter(|node| !node.is_null()).count(), nodes.len()),
        None => outcome::of(answer, alias),
    }
}

async fn of_council(stage: &Stage<'_>, column: usize, things: &Things<'_>) -> Vec<(String, String)> {
    let fields: String = OF_COUNCIL.iter().enumerate().map(|(n, field)| format!(" f{n}: {field}")).collect();
    let query = format!("query($code: String!) {{ council(code: $code) {{ {fields} }} }}");
    let answer = stage.everybody[column].gql(&query, json!({ "code": things.world.code })).await;
    let gone = answer.body["data"]["council"].is_null();
    OF_COUNCIL
        .iter()
        .enumerate()
        .map(|(n, field)| {
            let name = field.split([' ', '(']).next().unwrap_or_default();
            let outcome = if gone { outcome::of(&answer, "council") } else { outcome::of(&answer, &format!("f{n}")) };
            (format!("Council.{name}"), outcome)
        })
        .collect()
}
