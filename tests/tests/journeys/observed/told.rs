//! What lines of the log say, and that the handbook explains each of their fields.

use serde_json::{Value, json};
use tests::World;
use uuid::Uuid;

const HANDBOOK: &str = include_str!("../../../../docs/observability.md");
/// What every line has of itself.
const OF_LINES: [&str; 5] = ["timestamp", "level", "target", "message", "span"];

/// Lines of requests and of jobs, as they have to be after the journey of `log`.
pub fn check(log: &str, world: &World<'_>, submitted: &str) {
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"))).collect();
    let requests: Vec<&Value> = lines.iter().filter(|line| line["target"] == "goldenthread::request").collect();
    let of = |field: &str, value: &str| -> Vec<&Value> { requests.iter().copied().filter(|line| line[field] == value).collect() };

    let record = of("operation", "Record");
    assert_eq!(record.len(), 1);
    let keeper = world.keeper.id.to_string();
    let fields = ["route", "method", "kind", "actor", "actor_kind", "council", "council_code"].map(|field| &record[0][field]);
    let expected = json!(["/graphql", "POST", "mutation", keeper, "person", world.council.to_string(), "huntingdonshire"]);
    assert_eq!(json!(fields), expected);
    assert_eq!((&record[0]["status"], &record[0]["level"]), (&json!(200), &json!("INFO")));
    assert!(record[0]["statements"].as_u64().is_some_and(|sent| sent > 3), "{}", record[0]);
    assert!(record[0]["duration_ms"].as_f64() >= record[0]["sql_ms"].as_f64(), "{}", record[0]);
    assert!(record[0]["sql_ms"].as_f64().is_some_and(|took| took > 0.0), "{}", record[0]);

    let script = of("operation", "ByMachine");
    assert_eq!((script.len(), &script[0]["actor_kind"]), (1, &json!("machine")));
    assert_ne!(script[0]["actor"], keeper);
    // Whoever tries to sign in is nobody yet.
    assert!(of("operation", "SignIn").iter().all(|line| line.get("actor").is_none()));
    assert_eq!(of("operation", "SignIn").len(), 2);
    let unauthenticated: Vec<&Value> = of("codes", "UNAUTHENTICATED");
    assert_eq!(unauthenticated.iter().map(|line| &line["status"]).collect::<Vec<_>>(), [&json!(401), &json!(401)]);
    for (route, status) in [("/uploads", 201), ("/files/{token}", 200), ("/calendar/{file}", 200), ("unmatched", 404), ("/graphql/ws", 101)]
    {
        let lines = of("route", route);
        assert_eq!(lines.iter().map(|line| &line["status"]).collect::<Vec<_>>(), [&json!(status)], "{route}");
    }
    // A subscription is told of when it is over.
    let watched = of("operation", "ImportProgress");
    assert_eq!((watched.len(), &watched[0]["kind"]), (1, &json!("subscription")));
    assert!(watched[0]["answers"].as_u64().is_some_and(|answers| answers > 0), "{}", watched[0]);

    // A job is told of under the id of the request that asked for it, and so is whatever is logged on the way.
    let jobs: Vec<&Value> = lines.iter().filter(|line| line["target"] == "goldenthread::job").collect();
    let job = jobs.iter().find(|line| line["request"] == submitted).unwrap_or_else(|| panic!("no job of {submitted}: {jobs:#?}"));
    let fields = ["kind", "outcome", "attempt", "actor", "council"].map(|field| &job[field]);
    assert_eq!(json!(fields), json!(["PLAN_IMPORT", "done", 1, keeper, world.council.to_string()]));
    assert!(job["statements"].as_u64().is_some_and(|sent| sent > 3), "{job}");

    let mut ids: Vec<&str> = requests.iter().map(|line| line["request"].as_str().expect("an id")).collect();
    assert!(ids.iter().all(|id| Uuid::try_parse(id).is_ok()));
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "each has an id of its own");
    for line in requests.iter().chain(&jobs) {
        for field in line.as_object().expect("an object").keys().filter(|field| !OF_LINES.contains(&field.as_str())) {
            assert!(HANDBOOK.contains(&format!("| `{field}` |")), "docs/observability.md does not explain `{field}`");
        }
    }
}
