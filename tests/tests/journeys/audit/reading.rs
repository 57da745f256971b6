//! Internal audit reads the trail, filters it, and takes it away as a workbook.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, Person, World, for_each_database, tell, trail};

const TRAIL: &str = "query($code: String!, $first: Int, $after: String, $filter: AuditFilter) { council(code: $code) {
    auditTrail(first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor }
        nodes { id seq at actor personId via roles verb subject outcome before after requestId address hash } } } }";
const EXPORT: &str = "mutation($input: AuditExportInput!) { auditExport(input: $input) {
    download { url } events userErrors { code message field } } }";

/// A council whose performance team did this and that, somebody who was refused, and internal audit.
struct Audited<'a> {
    world: World<'a>,
    auditor: Person,
    member: Person,
    /// Id of the request that was refused.
    refused: String,
}

impl<'a> Audited<'a> {
    async fn new(harness: &'a Harness) -> Audited<'a> {
        let world = World::new(harness, "huntingdonshire").await;
        let (auditor, member) = (world.somebody(Role::InternalAudit).await, world.somebody(Role::CabinetMember).await);
        harness.later(chrono::Duration::hours(1));
        let act = "mutation { periodClose(input: { council: \"huntingdonshire\", period: \"2024/25 Q1\" }) { userErrors { code } } }";
        world.keeper().gql(act, json!({})).await.data();
        harness.later(chrono::Duration::hours(1));
        let (answer, refused) = harness.sign_in(&member).gql_told(act, json!({})).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        Audited { world, auditor, member, refused }
    }

    fn auditor(&self) -> Client<'a> {
        self.world.harness.sign_in(&self.auditor)
    }

    async fn page(&self, mut variables: Value) -> Value {
        variables["code"] = json!(self.world.code);
        self.auditor().gql(TRAIL, variables).await.data()["council"]["auditTrail"].clone()
    }

    async fn verbs(&self, filter: Value) -> Vec<String> {
        let page = self.page(json!({ "filter": filter })).await;
        let nodes = page["nodes"].as_array().expect("nodes").clone();
        assert_eq!(page["totalCount"], nodes.len());
        nodes.iter().map(|node| node["verb"].as_str().expect("a verb").to_owned()).collect()
    }

    async fn export(&self, input: Value) -> Value {
        self.auditor().gql(EXPORT, json!({ "input": input })).await.data()["auditExport"].clone()
    }
}

#[tokio::test]
async fn the_trail_is_read_newest_first_page_by_page_and_by_filter() {
    for_each_database(async |harness| {
        let audited = Audited::new(harness).await;
        let all = audited.page(json!({})).await;
        let verbs: Vec<&str> = all["nodes"].as_array().expect("nodes").iter().map(|n| n["verb"].as_str().expect("a verb")).collect();
        assert_eq!(verbs, ["refused", "period.close", "import.accept", "import.submit", "upload.keep", "council.create"]);
        let close = &all["nodes"][1];
        assert_eq!((&close["seq"], &close["at"]), (&json!(5), &json!("2024-10-14T10:00:00Z")));
        assert_eq!(close["actor"], "Perry Team <perry.team@example.org>");
        assert_eq!((&close["roles"], &close["via"], &close["outcome"]), (&json!(["PERFORMANCE_TEAM"]), &json!("token"), &json!("DONE")));
        assert_eq!(close["subject"], "period 2024/25 Q1");
        let state = |of: &Value| serde_json::from_str::<Value>(of.as_str().expect("JSON")).expect("JSON")["open"].clone();
        assert_eq!((state(&close["before"]), state(&close["after"])), (json!(true), json!(false)));
        assert_eq!(close["address"], "127.0.0.1");
        assert_eq!(close["personId"], format!("q{}", audited.world.keeper.id.simple()));

        // Two a page, six in all, each once.
        let (mut after, mut seqs) = (Value::Null, Vec::new());
        loop {
            let page = audited.page(json!({ "first": 2, "after": after })).await;
            seqs.extend(page["nodes"].as_array().expect("nodes").iter().map(|n| n["seq"].as_i64().expect("a number")));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seqs, [6, 5, 4, 3, 2, 1]);

        let close_at = "2024-10-14T10:00:00Z";
        assert_eq!(audited.verbs(json!({ "from": close_at })).await, ["refused", "period.close"]);
        assert_eq!(audited.verbs(json!({ "until": close_at })).await.len(), 4);
        assert_eq!(audited.verbs(json!({ "from": close_at, "until": "2024-10-14T10:30:00Z" })).await, ["period.close"]);
        let member = format!("q{}", audited.member.id.simple());
        assert_eq!(audited.verbs(json!({ "person": member })).await, ["refused"]);
        assert_eq!(audited.verbs(json!({ "role": "CABINET_MEMBER" })).await, ["refused"]);
        assert_eq!(audited.verbs(json!({ "role": "DIRECTOR" })).await, [] as [&str; 0]);
        assert_eq!(audited.verbs(json!({ "verb": "import" })).await, ["import.accept", "import.submit"]);
        assert_eq!(audited.verbs(json!({ "verb": "%" })).await, [] as [&str; 0], "a percent sign is a percent sign");
        assert_eq!(audited.verbs(json!({ "subject": "period 2024/25" })).await, ["period.close"]);
        assert_eq!(audited.verbs(json!({ "outcome": "REFUSED" })).await, ["refused"]);
        assert_eq!(audited.verbs(json!({ "requestId": audited.refused })).await, ["refused"]);
        let import = all["nodes"][2]["subject"].as_str().expect("a subject").strip_prefix("import ").expect("an import").replace('-', "");
        assert_eq!(audited.verbs(json!({ "subject": format!("w{import}") })).await, ["import.accept", "import.submit"]);
        for wrong in [json!({ "person": "x" }), json!({ "requestId": "x" }), json!({ "from": close_at, "until": close_at })] {
            let answer = audited.auditor().gql(TRAIL, json!({ "code": audited.world.code, "filter": wrong })).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{wrong}");
        }
        let cursor = audited.auditor().gql(TRAIL, json!({ "code": audited.world.code, "after": "78" })).await;
        assert_eq!(cursor.codes(), ["BAD_USER_INPUT"]);
    })
    .await;
}

#[tokio::test]
async fn a_page_costs_the_same_however_long_the_trail() {
    for_each_database(async |harness| {
        let audited = Audited::new(harness).await;
        let (few, _) = harness.statements(audited.page(json!({ "first": 5 }))).await;
        for n in 0..100 {
            tell(harness, audited.world.council, &format!("thing {n}")).await;
        }
        let (many, page) = harness.statements(audited.page(json!({ "first": 100 }))).await;
        assert_eq!(page["nodes"].as_array().map(Vec::len), Some(100));
        assert!(many <= few, "{many} statements after {few}");
        let head = "{ council(code: \"huntingdonshire\") { auditHead { seq hash at note } } }";
        let head = audited.auditor().gql(head, json!({})).await.data()["council"]["auditHead"].clone();
        assert_eq!(head["seq"], 106);
        assert_eq!(head["note"], format!("106:{}", head["hash"].as_str().expect("a hash")));
        assert_eq!(head["hash"], page["nodes"][0]["hash"]);
    })
    .await;
}

#[tokio::test]
async fn the_trail_leaves_as_a_workbook_and_that_it_did_stands_in_it() {
    for_each_database(async |harness| {
        let audited = Audited::new(harness).await;
        tell(harness, audited.world.council, "=HYPERLINK(\"https://example.org\")").await;
        let filter = json!({ "from": "2024-10-14T10:00:00Z" });
        let made = audited.export(json!({ "council": "huntingdonshire", "filter": filter })).await;
        assert_eq!((&made["events"], &made["userErrors"]), (&json!(3), &json!([])), "{made:#}");
        let told = trail(harness, audited.world.council, 7).await;
        assert_eq!(told.iter().map(|t| t.verb.as_str()).collect::<Vec<_>>(), ["audit.export"]);
        assert_eq!((told[0].person, told[0].role.as_deref()), (Some(audited.auditor.id), Some("INTERNAL_AUDIT")));
        let after: Value = serde_json::from_str(told[0].after.as_deref().expect("what was taken")).expect("JSON");
        assert_eq!((&after["events"], &after["filter"]), (&json!(3), &filter));

        let sent = harness.visitor().download(made["download"]["url"].as_str().expect("a link")).await;
        assert_eq!(sent.status(), 200);
        let bytes = sent.bytes().await.expect("bytes");
        assert_eq!(after["sha256"], goldenthread::files::sha256(&bytes));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
        let range = book.worksheet_range("Events").expect("a sheet");
        let rows: Vec<_> = range.rows().collect();
        let heading = rows.iter().position(|row| row[0] == "Number").expect("a heading row");
        let column = |name: &str| rows[heading].iter().position(|cell| *cell == name).expect("a column");
        let events = &rows[heading + 1..];
        assert_eq!(events.iter().map(|row| row[0].to_string()).collect::<Vec<_>>(), ["7", "6", "5"]);
        assert!(matches!(&events[0][column("Time (UTC)")], Data::DateTime(at) if at.is_datetime()), "{:?}", events[0]);
        assert_eq!(events[2][column("Time (UTC)")].to_string(), "45579.416666666664", "14 October 2024, ten in the morning");
        assert_eq!(events[0][column("Subject")], Data::String("=HYPERLINK(\"https://example.org\")".into()));
        assert_eq!(events[1][column("Outcome")].to_string(), "Refused");
        let cover = book.worksheet_range("Cover").expect("a cover");
        let cover: Vec<String> = cover.rows().map(|row| row[0].to_string()).collect();
        for line in ["Huntingdonshire Council", "14 October 2024 at 11:00:00 UTC", "From 14 October 2024 at 10:00:00 UTC", "3"] {
            assert!(cover.iter().any(|said| said == line), "{line}: {cover:#?}");
        }
        let head = after["head"].as_str().expect("a head");
        assert!(head.starts_with("7:") && cover.iter().any(|said| said == head), "{cover:#?}");

        let refused = |made: &Value| made["userErrors"][0]["code"].as_str().expect("a code").to_owned();
        assert_eq!(refused(&audited.export(json!({ "council": "devon" })).await), "COUNCIL_NOT_FOUND");
        let wrong = json!({ "council": "huntingdonshire", "filter": { "person": "x" } });
        assert_eq!(refused(&audited.export(wrong).await), "FILTER_WRONG");
    })
    .await;
}
