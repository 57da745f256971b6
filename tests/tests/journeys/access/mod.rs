//! Who may do what through which field: every root field, and every field of a council, tried by everyone, on their
//! own council and on another's.
//!
//! The table is `matrix.txt`, written by hand from the roles of the domain and compared with what happens. A field the
//! table does not know fails here until it has its rows: there are no exemptions. Fields further down are in `types`.

mod accounts;
mod acts;
mod benchmarks;
mod delivery;
mod directories;
mod doors;
mod forums;
mod outcome;
mod readings;
mod reorganised;
mod returns;
mod sharing;
mod stage;
mod targets;
mod trail;
mod types;
mod warnings;

use std::collections::{BTreeMap, BTreeSet};

use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, for_each_database};

use stage::Stage;

const MATRIX: &str = include_str!("matrix.txt");

/// The columns of the table: a visitor without a token, then every role.
pub const COLUMNS: [&str; 18] =
    ["VIS", "ADM", "PRF", "PRO", "DIR", "SVC", "PRV", "STF", "CAB", "PFH", "SCM", "SCO", "GOV", "FIN", "HRS", "AUD", "PUB", "OPR"];

/// What was found: a row's name, and an outcome a column.
type Found = BTreeMap<String, Vec<String>>;

/// The rows of `matrix.txt`; lines without a colon explain.
fn expected() -> Found {
    let rows = MATRIX.lines().filter_map(|line| line.split_once(':'));
    rows.map(|(name, outcomes)| (name.trim().to_owned(), outcomes.split_whitespace().map(str::to_owned).collect())).collect()
}

#[test]
fn the_columns_are_all_roles_there_are() {
    assert_eq!(COLUMNS.len(), Role::ALL.len() + 1);
}

#[tokio::test]
async fn everyone_may_do_what_the_matrix_says_and_nothing_else() {
    for_each_database(async |harness| {
        let stage = Stage::set(harness).await;
        let mut found = Found::new();
        for column in 0..COLUMNS.len() {
            for (row, outcome) in readings::read(&stage, column).await {
                found.entry(row).or_default().push(outcome);
            }
        }
        for (row, outcomes) in acts::try_all(&stage).await {
            found.insert(row, outcomes);
        }
        for (row, outcomes) in accounts::try_all(&stage).await {
            found.insert(row, outcomes);
        }
        compare(&found, &expected());
        complete(&stage.everybody[2], &found).await;
        trail::complete(&stage.everybody[2]).await;
    })
    .await;
}

fn compare(found: &Found, expected: &Found) {
    let line = |name: &str, of: Option<&Vec<String>>| {
        let outcomes: String = of.into_iter().flatten().map(|outcome| format!("{outcome:<5}")).collect();
        format!("{name:<34}: {}", outcomes.trim_end())
    };
    let names: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    let differ: Vec<String> = names
        .into_iter()
        .filter(|name| found.get(*name) != expected.get(*name))
        .map(|name| format!("was  {}\nis   {}", line(name, expected.get(name)), line(name, found.get(name))))
        .collect();
    let heads: String = COLUMNS.iter().map(|column| format!("{column:<5}")).collect();
    assert!(differ.is_empty(), "matrix.txt says otherwise:\n{:<41}{heads}\n{}", "", differ.join("\n"));
}

/// Every root field and every field of a council has rows for one's own council and another's.
async fn complete(client: &Client<'_>, found: &Found) {
    let query = "{ __schema { queryType { name fields { name } } mutationType { name fields { name } }
        subscriptionType { name fields { name } } } council: __type(name: \"Council\") { name fields { name } } }";
    let data = client.gql(query, json!({})).await.data();
    let roots = data["__schema"].as_object().expect("an object").values().chain([&data["council"]]);
    let name = |of: &Value| of["name"].as_str().expect("a name").to_owned();
    let fields: BTreeSet<String> = roots
        .flat_map(|root| root["fields"].as_array().expect("fields").iter().map(move |field| format!("{}.{}", name(root), name(field))))
        .collect();
    let rows_of = |field: &str, whose: &str| found.keys().any(|row| row.split(' ').next() == Some(field) && row.ends_with(whose));
    let known = |field: &str| rows_of(field, " any") || (rows_of(field, " own") && rows_of(field, " other"));
    let missing: Vec<String> = fields.iter().filter(|field| !known(field)).cloned().collect();
    assert_eq!(missing, Vec::<String>::new(), "these fields have no rows in the matrix yet");
}

/// Everybody's way in, in the order of the columns.
pub async fn everybody<'a>(harness: &'a Harness, world: &tests::World<'a>) -> Vec<Client<'a>> {
    let mut all = vec![harness.visitor()];
    for role in Role::ALL {
        all.push(harness.sign_in(&world.somebody(*role).await));
    }
    all
}
