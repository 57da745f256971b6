//! A council beside others: figures brought in once for all, groups of its own, and what is said of each comparison.
//!
//! Expected statistics are numpy's (`percentile`, method `linear`) and a reader's own subtraction, never the product's.

mod brought_in;
mod compared;
mod groups;
mod page;
mod published;
mod refused;
mod shared;

use std::process::{Command, Output};

use rules::framework::FrameworkBook;
use rules::measure::{Frequency, Polarity, Purpose};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Client, Harness, World, framework, indicator, program};

/// The council of most of these journeys, and the code of its area.
const CODE: &str = "huntingdonshire";
const AREA: &str = "E07000011";

pub const SAVE: &str = "mutation($input: ComparatorGroupSaveInput!) { comparatorGroupSave(input: $input) {
    group { id code edition title origin authorityType standsFrom source members { code name } } userErrors { code message field } } }";
pub const MAP: &str = "mutation($input: MetricMappingSetInput!) { metricMappingSet(input: $input) {
    mapping { id dataset measure metric from until sameDefinition note group indicator { code } } userErrors { code message field } } }";
const BESIDE: &str = "query($council: String!, $code: String!, $period: Period!, $group: String, $last: Int!) { council(code: $council) {
    indicator(code: $code) { benchmark(period: $period, group: $group, last: $last) { period theirPeriod value published publishedDiffers
        counted shared missing suppressed notResponsible notYet abolished notComparable lowest highest lowerQuartile median upperQuartile
        mean ratioOfSums rank of rankSharedWith position difference sameDefinition because group groupEdition groupTitle
        source { dataset title publisher licence edition revision publishedOn state }
        members { code name value numerator denominator standing shared } } } } }";

/// The framework with yearly indicators of fly-tips and of social care.
pub fn book(council: &str) -> FrameworkBook {
    let mut book = framework(council);
    let mut fly = indicator("FLY1", "Fly-tips", "S1");
    (fly.frequency, fly.polarity, fly.purpose) = (Frequency::Annual, Polarity::LowerIsBetter, Purpose::Contextual);
    let mut care = indicator("ASC1", "Quality of life of carers", "S3");
    (care.frequency, care.unit, care.decimal_places, care.purpose) = (Frequency::Annual, "Score".to_owned(), 1, Purpose::Contextual);
    book.indicators.extend([fly, care]);
    book
}

/// A council with that framework, which stands in an area.
pub async fn council<'a>(harness: &'a Harness, code: &'static str, area: &str) -> World<'a> {
    let world = World::with(harness, code, &book(code)).await;
    stands(&world, area).await;
    world
}

/// Lets a council stand in an area.
pub async fn stands(world: &World<'_>, area: &str) {
    let change = world.harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let sql = "UPDATE council SET gss_code = $1 WHERE id = $2";
    let statement = Statement::from_sql_and_values(change.get_database_backend(), sql, [area.into(), world.council.into()]);
    change.execute_raw(statement).await.expect("is set");
    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}

/// Runs the command line beside the service.
pub fn run(harness: &Harness, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(["--data", harness.folder.to_str().expect("a path"), "--database-url", &harness.database]);
    std::fs::write(harness.folder.join("signing.key"), tests::SECRET).expect("writes");
    command.args(arguments).env("RUST_LOG", "error").output().expect("runs")
}

/// What a command said, where it ended well.
#[track_caller]
pub fn said(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    out.into_owned()
}

/// A file of published figures of a dataset, written beside the service.
pub struct File<'a> {
    pub name: &'a str,
    pub text: String,
    pub dataset: &'a str,
    pub edition: &'a str,
    pub published: &'a str,
    pub state: &'a str,
    pub also: &'a [&'a str],
}

impl File<'_> {
    /// Brings it in.
    pub fn bring(&self, harness: &Harness) -> Output {
        let path = harness.folder.join(self.name);
        std::fs::write(&path, &self.text).expect("writes");
        bring(harness, &path.display().to_string(), self)
    }
}

/// Brings in a file by its path.
pub fn bring(harness: &Harness, path: &str, of: &File<'_>) -> Output {
    let mut arguments = vec!["benchmark", "import", path, "--dataset", of.dataset, "--title", "Fly-tipping incidents"];
    arguments.extend(["--publisher", "Defra", "--licence", "OGL v3.0", "--url", "https://example.org/fly-tipping"]);
    arguments.extend(["--edition", of.edition, "--published", of.published, "--state", of.state]);
    arguments.extend(of.also);
    run(harness, &arguments)
}

/// The list that says what `Total Incidents` is.
pub const MEASURES: &str = "code,title,unit,decimals,better is,frequency,year,service area,written as\n\
    INCIDENTS,Fly-tipping incidents,Number,0,Lower,Yearly,Financial,Street cleansing,Total Incidents\n";

/// Published fly-tips: five of our neighbours and us in 2023/24; three of them the year before.
pub const FLY_TIPS: &str = "Year,LA code,LA name,Total Incidents\n\
    2022-23,E07000008,Cambridge,10\n2022-23,E07000009,East Cambridgeshire,20\n2022-23,E07000010,Fenland,30\n\
    2023-24,E07000008,Cambridge,10\n2023-24,E07000009,East Cambridgeshire,20\n2023-24,E07000010,Fenland,20\n\
    2023-24,E07000012,South Cambridgeshire,40\n2023-24,E07000077,Uttlesford,55\n2023-24,E07000011,Huntingdonshire,25\n\
    2023-24,E12000006,East of England,4000\n2023-24,,Total,900000\n";

/// The file of [`FLY_TIPS`], final.
pub fn fly_tips(harness: &Harness) -> File<'static> {
    let measures = harness.folder.join("measures.csv");
    std::fs::write(&measures, MEASURES).expect("writes");
    let measures: &'static str = Box::leak(measures.display().to_string().into_boxed_str());
    let also: &'static [&'static str] = Box::leak(vec!["--measures", measures].into_boxed_slice());
    File {
        name: "fly-tips.csv",
        text: FLY_TIPS.to_owned(),
        dataset: "FLY",
        edition: "2023-24",
        published: "2024-09-01",
        state: "final",
        also,
    }
}

/// Keeps the group that most of these journeys compare with.
pub async fn keep_group(client: &Client<'_>, council: &str) -> Value {
    let areas = ["E07000008", "East Cambridgeshire", "fenland", "South Cambridgeshire", "Uttlesford"];
    let input = json!({ "council": council, "code": "CIPFA", "edition": "2024", "title": "Nearest neighbours", "type": "DISTRICT",
        "from": "2020-04-01", "source": "CIPFA, by subscription", "licence": "For this council alone", "areas": areas });
    let data = client.gql(SAVE, json!({ "input": input })).await.data()["comparatorGroupSave"].clone();
    assert_eq!(data["userErrors"], json!([]), "{data:#}");
    data["group"].clone()
}

/// Maps an indicator to a measure.
pub async fn map(client: &Client<'_>, mut input: Value) -> Value {
    if input["council"].is_null() {
        input["council"] = json!(CODE);
    }
    client.gql(MAP, json!({ "input": input })).await.data()["metricMappingSet"].clone()
}

/// Maps the fly-tips to what is published of them.
pub async fn map_fly_tips(client: &Client<'_>, council: &str) {
    let done =
        map(client, json!({ "council": council, "indicator": "FLY1", "dataset": "fly", "measure": "incidents", "group": "CIPFA" })).await;
    assert_eq!(done["userErrors"], json!([]), "{done:#}");
}

/// An indicator beside a group in its last periods.
pub async fn beside(client: &Client<'_>, code: &str, period: &str, group: Option<&str>, last: usize) -> Value {
    let variables = json!({ "council": CODE, "code": code, "period": period, "group": group, "last": last });
    client.gql(BESIDE, variables).await.data()["council"]["indicator"]["benchmark"].clone()
}

/// Codes of a payload's refusals, with their fields.
pub fn codes(payload: &Value) -> Vec<String> {
    let errors = payload["userErrors"].as_array().expect("a list");
    errors.iter().map(|error| format!("{} {}", error["code"].as_str().unwrap_or("-"), error["field"][1].as_str().unwrap_or("-"))).collect()
}
