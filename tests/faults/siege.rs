//! The service killed outright, again and again, at instants nobody chose, and what must be so after each time:
//! it answers within two seconds of its start; what it said was done is done; what it had not done is not half done; the audit
//! trail is whole; the same request then succeeds, and sent again changes nothing more.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use goldenthread::audit::verify::{Noted, verify};
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Harness, SECRET, Served};

use super::acts::Office;
use super::chance::Chance;
use super::generate::{self, Council, Size};
use super::workbook::{self, Return};

/// How soon it has to answer after it was started.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// How long anything may take that is waited for.
const PATIENCE: Duration = Duration::from_secs(120);
/// The period packs are made for.
const PERIOD: &str = "2024-03";

/// How much.
pub struct Plan {
    pub kills: usize,
    pub seed: u64,
    /// Rows of each import are a hundred times as many.
    pub indicators: usize,
    /// The longest from a start to an answer. A machine that does other things as well is given more than two seconds.
    pub answers_within: Duration,
}

impl Plan {
    pub const fn new(kills: usize, seed: u64, indicators: usize) -> Self {
        Self { kills, seed, indicators, answers_within: ANSWERS_WITHIN }
    }
}

/// What was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum During {
    Upload,
    Planning,
    Acceptance,
    Undoing,
    Pack,
    Acts,
}

const TURNS: [During; 6] = [During::Upload, During::Planning, During::Acceptance, During::Undoing, During::Pack, During::Acts];

/// What there is of a council: figures that stand, and their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    figures: usize,
    sum: Decimal,
}

/// What came of it all.
#[derive(Debug, Default)]
pub struct Told {
    /// From each start to the first answer that was as it should be.
    pub answered: Vec<Duration>,
    /// Kills that came before what was asked for was acknowledged.
    pub unacknowledged: usize,
    /// Events of both trails at the end.
    pub events: u64,
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut answered = self.answered.clone();
        answered.sort_unstable();
        let milliseconds = |at: usize| answered.get(at).map_or(0, Duration::as_millis);
        let last = answered.len().saturating_sub(1);
        write!(
            f,
            "{} starts, each answered after {} ms (median), {} ms (99th percentile), {} ms (longest); {} kills came before an acknowledgement; \
             {} events of the audit trail verified; nothing lost, nothing half done.",
            answered.len(),
            milliseconds(last / 2),
            milliseconds(last * 99 / 100),
            milliseconds(last),
            self.unacknowledged,
            self.events
        )
    }
}

pub struct Siege<'a> {
    harness: &'a Harness,
    plan: Plan,
    chance: Chance,
    council: Council,
    office: Office<'a>,
    http: reqwest::Client,
    /// Before any import, and now by what was acknowledged.
    blank: Held,
    /// How long each takes undisturbed.
    whole: [Duration; 6],
    told: Told,
    /// Ends of the trails noted after each kill: none may ever be gone.
    noted: Vec<(uuid::Uuid, Noted)>,
    turn: usize,
}

impl<'a> Siege<'a> {
    /// Sets everything up on an empty database, and lets everything happen once undisturbed, to know how long it takes.
    pub async fn lay(harness: &'a Harness, plan: Plan) -> Siege<'a> {
        std::fs::write(harness.folder.join("signing.key"), SECRET).expect("keeps the key");
        let office = Office::open(harness).await;
        let size = Size { indicators: plan.indicators, months: 12, open: 100, ..Size::USUAL };
        let council = generate::councils(&harness.database, &harness.folder, 1, &size).await.remove(0);
        let chance = Chance::of(plan.seed);
        let blank = Held { figures: 0, sum: Decimal::ZERO };
        let mut siege = Self {
            harness,
            plan,
            chance,
            council,
            office,
            http: reqwest::Client::builder().pool_max_idle_per_host(0).build().expect("a client"),
            blank,
            whole: [Duration::ZERO; 6],
            told: Told::default(),
            noted: Vec::new(),
            turn: 0,
        };
        siege.blank = siege.held().await;
        assert_eq!(siege.blank.figures, siege.plan.indicators * 12);
        siege
    }

    /// Kills it as often as planned, or up to five times more: each round kills everything once.
    pub async fn run(mut self) -> Told {
        self.undisturbed().await;
        let mut kills = 0;
        while kills < self.plan.kills {
            self.turn += 1;
            let work = workbook::of(self.plan.indicators, 100, self.turn);
            let mut import = String::new();
            for during in TURNS {
                kills += 1;
                match during {
                    During::Upload => import = self.upload(&work).await,
                    During::Planning => self.planning(&import, &work).await,
                    During::Acceptance => self.acceptance(&import, &work).await,
                    During::Undoing => self.undoing(&import, &work).await,
                    During::Pack => self.pack().await,
                    During::Acts => self.acts().await,
                }
                self.trail_is_whole(kills.is_multiple_of(24)).await;
            }
            eprintln!("{kills} kills: {}", self.told);
        }
        assert_eq!(self.count("job WHERE state <> 'DONE'").await, 0, "every job was taken up again");
        self.told
    }

    /// One of each, by itself.
    async fn undisturbed(&mut self) {
        let work = workbook::of(self.plan.indicators, 100, 0);
        let node = self.start().await;
        let since = |then: Instant| then.elapsed();
        let then = Instant::now();
        let upload = self.send(&node.url, &work.file).await.expect("is kept");
        self.whole[0] = since(then);
        let then = Instant::now();
        let id = self.submit(&node.url, &upload).await.expect("is queued");
        self.settled(&node.url, &id).await;
        self.whole[1] = since(then);
        self.is_planned(&id, &work).await;
        let then = Instant::now();
        self.accept(&node.url, &id).await.expect("is answered");
        self.whole[2] = since(then);
        assert_eq!(self.held().await, after(&work), "an import is what its workbook says");
        let then = Instant::now();
        let pack = self.order(&node.url).await.expect("is queued");
        self.made(&node.url, &pack).await;
        self.whole[4] = since(then);
        let then = Instant::now();
        self.undo(&node.url, &id).await.expect("is answered");
        self.whole[3] = since(then);
        assert_eq!(self.held().await, self.blank, "what is undone is as it was before");
        let then = Instant::now();
        self.office.round(&node.url, &self.http).await;
        self.whole[5] = since(then);
        drop(node);
    }

    async fn upload(&mut self, work: &Return) -> String {
        let (answer, at) = self.killed_during(During::Upload, async |this, url| this.send(url, &work.file).await).await;
        let node = self.start().await;
        // Sent again it is kept once more, or found.
        let upload = match answer {
            Some(upload) => upload,
            None => self.send(&node.url, &work.file).await.unwrap_or_else(|| panic!("killed after {at:?}, sent again")),
        };
        let id = self.submit(&node.url, &upload).await.expect("what was acknowledged is there");
        drop(node);
        id
    }

    async fn planning(&mut self, id: &str, work: &Return) {
        let (_, at) = self.killed_during(During::Planning, async |this, url| this.settled(url, id).await).await;
        let state = self.state_now(id).await;
        let rows = self.planned_rows(id).await;
        match state.as_str() {
            "QUEUED" | "READING" => assert_eq!(rows, 0, "killed after {at:?}, {state}"),
            "PLANNED" => assert_eq!(rows, work.rows, "killed after {at:?}"),
            other => panic!("killed after {at:?} it is {other}"),
        }
        assert_eq!(self.held().await, self.blank, "a plan changes nothing");
        self.leases_end().await;
        let node = self.start().await;
        self.settled(&node.url, id).await;
        drop(node);
        self.is_planned(id, work).await;
    }

    async fn acceptance(&mut self, id: &str, work: &Return) {
        let (answer, at) = self.killed_during(During::Acceptance, async |this, url| this.accept(url, id).await).await;
        let held = self.held().await;
        match self.state_now(id).await.as_str() {
            "PLANNED" => assert_eq!((held, answer), (self.blank, None), "killed after {at:?}"),
            "ACCEPTED" => assert_eq!(held, after(work), "killed after {at:?}"),
            other => panic!("killed after {at:?} it is {other}"),
        }
        self.is_planned_rows(id, work).await;
        let node = self.start().await;
        // The same again: done now, or found done.
        for _ in 0..2 {
            self.accept(&node.url, id).await.unwrap_or_else(|| panic!("killed after {at:?}, accepted again"));
            assert_eq!((self.held().await, self.state_now(id).await.as_str()), (after(work), "ACCEPTED"));
        }
        drop(node);
        let accepted = format!("audit_event WHERE verb = 'import.accept' AND subject = 'import {}'", tests::uuid_of(&json!(id)));
        assert_eq!(self.count(&accepted).await, 1, "it is told once");
    }

    async fn undoing(&mut self, id: &str, work: &Return) {
        let (answer, at) = self.killed_during(During::Undoing, async |this, url| this.undo(url, id).await).await;
        let held = self.held().await;
        match self.state_now(id).await.as_str() {
            "ACCEPTED" => assert_eq!((held, answer), (after(work), None), "killed after {at:?}"),
            "UNDONE" => assert_eq!(held, self.blank, "killed after {at:?}"),
            other => panic!("killed after {at:?} it is {other}"),
        }
        let node = self.start().await;
        for _ in 0..2 {
            self.undo(&node.url, id).await.unwrap_or_else(|| panic!("killed after {at:?}, undone again"));
            assert_eq!((self.held().await, self.state_now(id).await.as_str()), (self.blank, "UNDONE"));
        }
        drop(node);
    }

    async fn pack(&mut self) {
        let ordered = std::sync::Mutex::new(None);
        let (_, at) = self
            .killed_during(During::Pack, async |this, url| {
                let id = this.order(url).await?;
                *ordered.lock().expect("one at a time") = Some(id.clone());
                Some(this.made(url, &id).await)
            })
            .await;
        self.leases_end().await;
        let node = self.start().await;
        let id = ordered.into_inner().expect("one at a time");
        let id = match id {
            Some(id) => id,
            None => self.order(&node.url).await.unwrap_or_else(|| panic!("killed after {at:?}, ordered again")),
        };
        self.made(&node.url, &id).await;
        drop(node);
        let ready = format!("audit_event WHERE verb = 'pack.ready' AND subject = 'pack {}'", tests::uuid_of(&json!(id)));
        assert_eq!(self.count(&ready).await, 1, "it is told once");
        assert_eq!(self.count("pack WHERE state <> 'READY' AND state <> 'QUEUED' AND state <> 'BUILDING'").await, 0);
    }

    async fn acts(&mut self) {
        let before = self.office.standing().await;
        let acknowledged = std::sync::Mutex::new(before.clone());
        let (_, at): (Option<()>, _) = self
            .killed_during(During::Acts, async |this, url| {
                loop {
                    let now = acknowledged.lock().expect("one at a time").clone();
                    let next = this.office.next(url, &this.http, &now).await?;
                    *acknowledged.lock().expect("one at a time") = next;
                }
            })
            .await;
        let (said, found) = (acknowledged.into_inner().expect("one at a time"), self.office.standing().await);
        assert!(
            found.revision == said.revision && found.state == said.state || found.revision == said.revision + 1,
            "killed after {at:?}: it said {said:?}, and there is {found:?}"
        );
        let node = self.start().await;
        self.office.round(&node.url, &self.http).await;
        drop(node);
    }

    /// Starts it, begins something, kills it at an instant nobody chose; answers what was acknowledged until then.
    async fn killed_during<T>(&mut self, during: During, what: impl AsyncFn(&Self, &str) -> Option<T>) -> (Option<T>, Duration) {
        let at = self.chance.within(self.whole[during as usize]);
        let mut node = Some(self.start().await);
        let url = node.as_ref().map(|node| node.url.clone()).unwrap_or_default();
        let answer = {
            let work = what(self, &url);
            tokio::pin!(work);
            tokio::select! {
                done = &mut work => done,
                () = tokio::time::sleep(at) => {
                    // Whoever asked is still there: it is the service that goes. What it said before it went was said.
                    drop(node.take());
                    tokio::time::timeout(PATIENCE, work).await.expect("whoever asked is told that nobody is there")
                }
            }
        };
        drop(node);
        if answer.is_none() {
            self.told.unacknowledged += 1;
        }
        (answer, at)
    }

    /// Starts it on what the last one left, and asks it a question until the answer is right.
    async fn start(&mut self) -> Served {
        let begun = Instant::now();
        let node = Served::start(self.harness, &[("RUST_LOG", "error"), UNHURRIED]);
        let query = "query($council: String!) { council(code: $council) { name framework(at: \"2024-03\") { indicators(first: 5) { nodes { code \
            series(until: \"2024-03\", last: 2) { value } } } } } }";
        loop {
            let asked = self.ask(&node.url, query, json!({ "council": self.council.code })).await;
            let whole = |answer: &Value| answer["data"]["council"]["framework"]["indicators"]["nodes"].as_array().map(Vec::len) == Some(5);
            if asked.as_ref().is_some_and(whole) {
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not answer: {asked:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let took = begun.elapsed();
        let ready = self.http.get(format!("{}/readyz", node.url)).send().await.expect("is answered");
        assert_eq!(ready.status(), 200);
        assert!(took <= self.plan.answers_within, "it took {took:?} to answer");
        self.told.answered.push(took);
        node
    }

    async fn ask(&self, url: &str, query: &str, variables: Value) -> Option<Value> {
        let body = json!({ "query": query, "variables": variables });
        let asked = self.http.post(format!("{url}/graphql")).bearer_auth(&self.council.token).json(&body).send().await.ok()?;
        asked.json().await.ok()
    }

    async fn send(&self, url: &str, file: &[u8]) -> Option<String> {
        let sent = self.http.post(format!("{url}/uploads?name=return.xlsx")).bearer_auth(&self.council.token).body(file.to_vec());
        let answer: Value = sent.send().await.ok()?.json().await.ok()?;
        Some(answer["upload"].as_str().unwrap_or_else(|| panic!("no upload: {answer}")).to_owned())
    }

    async fn submit(&self, url: &str, upload: &str) -> Option<String> {
        let input = json!({ "input": { "council": self.council.code, "upload": upload } });
        let answer = self.ask(url, tests::operation("ImportSubmit"), input).await?;
        Some(answer["data"]["importSubmit"]["import"]["id"].as_str().unwrap_or_else(|| panic!("not queued: {answer}")).to_owned())
    }

    /// Waits until an import was read.
    async fn settled(&self, url: &str, id: &str) -> Option<()> {
        let begun = Instant::now();
        loop {
            let query = "query($id: ID!) { node(id: $id) { ... on Import { state failure } } }";
            let answer = self.ask(url, query, json!({ "id": id })).await?;
            match answer["data"]["node"]["state"].as_str() {
                Some("QUEUED" | "READING") => tokio::time::sleep(Duration::from_millis(20)).await,
                Some("PLANNED") => return Some(()),
                _ => panic!("it is not planned: {answer}"),
            }
            assert!(begun.elapsed() < PATIENCE, "it is not taken up again: {answer}");
        }
    }

    /// Accepts an import; true when it is done now, false when it was done before.
    async fn accept(&self, url: &str, id: &str) -> Option<bool> {
        let plan = self.ask(url, tests::operation("ImportPlan"), json!({ "id": id })).await?;
        let findings = plan["data"]["node"]["diagnostics"]["nodes"].as_array().cloned().unwrap_or_default();
        let mut codes: BTreeSet<&str> = findings.iter().filter(|d| d["severity"] == "WARNING").filter_map(|d| d["code"].as_str()).collect();
        // Figures that are there already are changed; the first page of findings may be full of others.
        codes.insert("CHG-003");
        let acknowledged: Vec<Value> = codes.iter().map(|code| json!({ "code": code, "reason": "As generated." })).collect();
        let input = json!({ "input": { "id": id, "acknowledgements": acknowledged } });
        let answer = self.ask(url, tests::operation("ImportAccept"), input).await?;
        let payload = &answer["data"]["importAccept"];
        if payload["userErrors"][0]["code"] == "IMPORT_NOT_PLANNED" {
            return Some(false);
        }
        assert_eq!(payload["import"]["state"], "ACCEPTED", "{answer}");
        Some(true)
    }

    async fn undo(&self, url: &str, id: &str) -> Option<bool> {
        let answer = self.ask(url, tests::operation("ImportUndo"), json!({ "input": { "id": id } })).await?;
        let payload = &answer["data"]["importUndo"];
        if payload["userErrors"][0]["code"] == "IMPORT_NOT_ACCEPTED" {
            return Some(false);
        }
        assert_eq!(payload["userErrors"], json!([]), "{answer}");
        Some(true)
    }

    /// Asks for a pack.
    async fn order(&self, url: &str) -> Option<String> {
        let input = json!({ "input": { "council": self.council.code, "forum": generate::FORUM, "period": PERIOD } });
        let answer = self.ask(url, tests::operation("PackBuild"), input).await?;
        Some(answer["data"]["packBuild"]["pack"]["id"].as_str().unwrap_or_else(|| panic!("not ordered: {answer}")).to_owned())
    }

    /// Waits until a pack is made, fetches it, and holds it against its hash.
    async fn made(&self, url: &str, id: &str) -> Option<()> {
        let begun = Instant::now();
        let query = "query($id: ID!) { node(id: $id) { ... on Pack { state sha256 download { url } } } }";
        loop {
            let answer = self.ask(url, query, json!({ "id": id })).await?;
            let pack = &answer["data"]["node"];
            match pack["state"].as_str() {
                Some("READY") => {
                    let path = pack["download"]["url"].as_str().unwrap_or_else(|| panic!("no link: {answer}"));
                    let path = path.find("/files/").map_or(path, |at| &path[at..]);
                    let file = self.http.get(format!("{url}{path}")).send().await.ok()?.bytes().await.ok()?;
                    assert_eq!(goldenthread::files::sha256(&file), pack["sha256"].as_str().expect("a hash"), "the pack is whole");
                    return Some(());
                }
                Some("FAILED") | None => panic!("it is not made: {answer}"),
                Some(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
            assert!(begun.elapsed() < PATIENCE, "it is not taken up again: {answer}");
        }
    }

    /// Both trails hold together, and hold every end that was noted before.
    async fn trail_is_whole(&mut self, by_command: bool) {
        self.told.events = 0;
        for council in [self.council.id, self.office.council] {
            let noted: Vec<Noted> = self.noted.iter().filter(|(of, _)| *of == council).map(|(_, noted)| noted.clone()).collect();
            let report = verify(&self.harness.app, council, &noted).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
            assert!(report.is_well(), "{report:?}");
            self.told.events += report.events;
            self.noted.retain(|(of, _)| *of != council);
            self.noted.extend(report.head.map(|head| (council, head)));
        }
        if by_command {
            let done = std::process::Command::new(tests::program())
                .args(["audit", "verify"])
                .env("DATABASE_URL", &self.harness.database)
                .env("GOLDENTHREAD_DATA", &self.harness.folder)
                .output()
                .expect("runs");
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
        }
    }

    async fn is_planned(&self, id: &str, work: &Return) {
        assert_eq!(self.state_now(id).await, "PLANNED");
        self.is_planned_rows(id, work).await;
    }

    /// The plan is there, row for row.
    async fn is_planned_rows(&self, id: &str, work: &Return) {
        assert_eq!(self.planned_rows(id).await, work.rows);
    }

    async fn planned_rows(&self, id: &str) -> usize {
        self.count(&format!("import_change WHERE import_id = {}", self.literal(id))).await
    }

    /// What an import is, as the database has it: there may be no service to ask.
    async fn state_now(&self, id: &str) -> String {
        let sql = format!("SELECT state FROM import WHERE id = {}", self.literal(id));
        self.texts(&sql).await.pop().expect("the import is there")
    }

    fn literal(&self, id: &str) -> String {
        let uuid = tests::uuid_of(&json!(id));
        match self.harness.app.db.backend() {
            sea_orm::DbBackend::Postgres => format!("'{uuid}'"),
            _ => format!("x'{}'", uuid.simple()),
        }
    }

    async fn held(&self) -> Held {
        let sql = "SELECT CAST(value AS TEXT) FROM observation WHERE superseded_at IS NULL AND NOT withdrawn";
        let values = self.texts(sql).await;
        let sum = values.iter().map(|text| text.parse::<Decimal>().expect("a number")).sum::<Decimal>().normalize();
        Held { figures: values.len(), sum }
    }

    /// The first column of rows of the council.
    async fn texts(&self, sql: &str) -> Vec<String> {
        let snapshot = self.harness.app.db.snapshot(self.council.id).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let sql = format!("{sql} AND council_id = $1");
        let statement = Statement::from_sql_and_values(self.harness.app.db.backend(), sql, [self.council.id.into()]);
        let rows = snapshot.query_all_raw(statement).await.expect("reads");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
    }

    async fn count(&self, from: &str) -> usize {
        usize::try_from(self.harness.count(self.council.id, from).await).expect("a count")
    }

    /// Lets the leases of whoever was killed end, without waiting for it.
    async fn leases_end(&self) {
        let tx = self.harness.app.db.across_councils("jobs").await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        tx.execute_unprepared("UPDATE job SET lease_until = '2024-01-01 00:00:00+00:00' WHERE state = 'RUNNING'").await.expect("ends");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    }
}

/// One person asks more than people do.
const UNHURRIED: (&str, &str) = ("GOLDENTHREAD_LIMITS", "operations-per-actor=0,operations-per-address=0");

fn after(work: &Return) -> Held {
    Held { figures: work.rows, sum: work.sum.normalize() }
}
