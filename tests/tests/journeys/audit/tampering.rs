//! Whoever owns the database may write anything into it. Whatever is written there that the service did not write is
//! found, and named.

use goldenthread::app::App;
use goldenthread::audit::chain;
use goldenthread::audit::verify::{Noted, Report, verify};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IntoActiveModel, QueryOrder};
use tests::{Harness, for_each_database, owner, tell};
use uuid::Uuid;

use entity::audit_event::{Column, Entity, Model};

/// A trail of so many events, and the database as its owner has it.
struct Tampered<'a> {
    harness: &'a Harness,
    council: Uuid,
    owner: DatabaseConnection,
}

impl<'a> Tampered<'a> {
    /// With so many events in all; the first is that the council was created.
    async fn new(harness: &'a Harness, events: usize) -> Tampered<'a> {
        let council = harness.council("huntingdonshire").await;
        harness.performance_team(council).await;
        for n in 2..=events {
            tell(harness, council, &format!("thing {n}")).await;
        }
        let this = Tampered { harness, council, owner: owner(harness).await };
        this.keep("saved").await;
        this
    }

    async fn run(&self, sql: &str) {
        let council = match self.owner.get_database_backend() {
            DbBackend::Postgres => format!("'{}'", self.council),
            _ => format!("X'{}'", self.council.simple()),
        };
        self.owner.execute_unprepared(&sql.replace(":council", &council)).await.unwrap_or_else(|why| panic!("{sql}: {why}"));
    }

    /// Keeps the trail as it is now.
    async fn keep(&self, name: &str) {
        self.run(&format!("CREATE TABLE {name}_event AS SELECT * FROM audit_event")).await;
        self.run(&format!("CREATE TABLE {name}_head AS SELECT * FROM audit_head")).await;
    }

    /// Puts it back as it was kept.
    async fn put_back(&self, name: &str) {
        for table in ["event", "head"] {
            self.run(&format!("DELETE FROM audit_{table}")).await;
            self.run(&format!("INSERT INTO audit_{table} SELECT * FROM {name}_{table}")).await;
        }
    }

    async fn verified(&self, noted: &[Noted]) -> Report {
        verify(&self.harness.app, self.council, noted).await.unwrap_or_else(|error| panic!("{}", error.log_text()))
    }

    /// Kinds and numbers of what is found.
    async fn found(&self) -> Vec<String> {
        told(&self.verified(&[]).await)
    }

    async fn rows(&self) -> Vec<Model> {
        #[expect(clippy::disallowed_methods, reason = "the owner's look at the table")]
        let all = Entity::find().order_by_asc(Column::Seq);
        all.all(&self.owner).await.expect("reads")
    }

    /// Writes a whole trail, hashes made anew from a number on, as anybody can who reads how they are made.
    async fn rewrite(&self, mut rows: Vec<Model>, from: usize) {
        self.run("DELETE FROM audit_event").await;
        for at in 0..rows.len() {
            if at + 1 >= from {
                let previous = if at == 0 { chain::BEGINNING.to_owned() } else { rows[at - 1].hash.clone().expect("a hash") };
                rows[at].hash = Some(chain::hash(&previous, &rows[at]));
                rows[at].previous_hash = Some(previous);
            }
            Entity::insert(rows[at].clone().into_active_model()).exec_without_returning(&self.owner).await.expect("writes");
        }
        let last = rows.last().expect("a row");
        let (seq, hash) = (last.seq.expect("a number"), last.hash.clone().expect("a hash"));
        self.run(&format!("UPDATE audit_head SET seq = {seq}, hash = '{hash}'")).await;
    }
}

fn told(report: &Report) -> Vec<String> {
    report
        .findings
        .iter()
        .map(|finding| match (finding.seq, finding.until) {
            (Some(from), Some(until)) if from != until => format!("{} {from}-{until}", finding.kind),
            (Some(from), _) => format!("{} {from}", finding.kind),
            _ => finding.kind.to_string(),
        })
        .collect()
}

#[tokio::test]
async fn whatever_is_changed_in_the_trail_is_found_and_named() {
    for_each_database(async |harness| {
        let trail = Tampered::new(harness, 10).await;
        let set = |what: &str| format!("UPDATE audit_event SET {what} WHERE seq = 5");
        let id = match trail.owner.get_database_backend() {
            DbBackend::Postgres => "id = '00000000-0000-0000-0000-000000000005'",
            _ => "id = X'00000000000000000000000000000005'",
        };
        let person = "person_id = (SELECT id FROM person)";
        let cases: Vec<(String, &[&str])> = vec![
            (set(id), &["CHANGED 5"]),
            (set("at = '2024-10-14 09:00:00.000001+00:00'"), &["CHANGED 5"]),
            (set(person), &["CHANGED 5"]),
            (set("actor = 'Somebody else'"), &["CHANGED 5"]),
            (set("via = NULL"), &["CHANGED 5"]),
            (set("role = 'DIRECTOR'"), &["CHANGED 5"]),
            (set("verb = 'test.told'"), &["CHANGED 5"]),
            (set("subject = 'thing 6'"), &["CHANGED 5"]),
            (set("outcome = 'FAILED'"), &["CHANGED 5"]),
            (set("before = ''"), &["CHANGED 5"]),
            (set("after = '{\"n\":2}'"), &["CHANGED 5"]),
            (set("request_id = '1'"), &["CHANGED 5"]),
            (set("address = '192.0.2.1'"), &["CHANGED 5"]),
            (set("hash = previous_hash"), &["CHANGED 5"]),
            (set("previous_hash = hash"), &["CHANGED 5"]),
            (set("seal = NULL"), &["NOT_SEALED 5"]),
            (set("seq = 99"), &["HEAD 11-99", "RENUMBERED 99"]),
            (set("seq = NULL"), &["INSERTED", "BEFORE_THE_CHAIN", "MISSING 5"]),
            ("UPDATE audit_event SET actor = 'X' WHERE seq IN (2, 3, 9)".into(), &["CHANGED 2", "CHANGED 3", "CHANGED 9"]),
            ("DELETE FROM audit_event WHERE seq = 1".into(), &["MISSING 1"]),
            ("DELETE FROM audit_event WHERE seq IN (4, 5)".into(), &["MISSING 4-5"]),
            ("DELETE FROM audit_event WHERE seq = 10".into(), &["MISSING 10"]),
            ("DELETE FROM audit_event".into(), &["MISSING 1-10"]),
            ("DELETE FROM audit_event; DELETE FROM audit_head".into(), &["EMPTY"]),
            ("DELETE FROM audit_head".into(), &["HEAD 10"]),
            ("UPDATE audit_head SET hash = upper(hash)".into(), &["HEAD 10", "HEAD 10"]),
            ("UPDATE audit_head SET seal = ''".into(), &["HEAD 10"]),
            ("UPDATE audit_head SET at = '2024-10-14 10:00:00+00:00'".into(), &["HEAD 10", "HEAD 10"]),
            (
                "DELETE FROM audit_event WHERE seq = 10; UPDATE audit_head SET seq = 9, hash = (SELECT hash FROM audit_event WHERE seq = 9)"
                    .into(),
                &["HEAD 9"],
            ),
            ("UPDATE audit_head SET seq = 9, hash = (SELECT hash FROM audit_event WHERE seq = 9)".into(), &["HEAD 9", "HEAD 10"]),
            // The end of the trail taken away, and all that its record says copied from the event that is now the last.
            (
                "DELETE FROM audit_event WHERE seq > 7; UPDATE audit_head SET seq = 7, \
                hash = (SELECT hash FROM audit_event WHERE seq = 7), seal = (SELECT seal FROM audit_event WHERE seq = 7), \
                at = (SELECT at FROM audit_event WHERE seq = 7)"
                    .into(),
                &["HEAD 7"],
            ),
            (
                "UPDATE audit_event SET seq = 1000 WHERE seq = 3; UPDATE audit_event SET seq = 3 WHERE seq = 7; \
                UPDATE audit_event SET seq = 7 WHERE seq = 1000"
                    .into(),
                &["RENUMBERED 3", "RENUMBERED 7"],
            ),
            (
                "DELETE FROM audit_event WHERE seq = 6; UPDATE audit_event SET seq = seq + 1000 WHERE seq > 6; \
                UPDATE audit_event SET seq = seq - 1001 WHERE seq > 1000".into(),
                &["RENUMBERED 6", "MISSING 6", "RENUMBERED 7", "RENUMBERED 8", "RENUMBERED 9"],
            ),
        ];
        assert_eq!(trail.found().await, Vec::<String>::new());
        for (sql, expected) in cases {
            for statement in sql.split("; ") {
                trail.run(statement).await;
            }
            assert_eq!(trail.found().await, expected, "{sql}");
            trail.put_back("saved").await;
        }
        assert!(trail.verified(&[]).await.is_well());
    })
    .await;
}

#[tokio::test]
async fn a_finding_names_event_time_verb_and_who() {
    for_each_database(async |harness| {
        let trail = Tampered::new(harness, 3).await;
        let id = trail.rows().await[1].id;
        trail.run("UPDATE audit_event SET subject = 'x' WHERE seq = 2").await;
        let report = trail.verified(&[]).await;
        let expected = format!(
            "event 2 ({id}, 14 October 2024 at 09:00:00 UTC, test.tell, by Somebody <somebody@example.org>) is not what was written: what \
            it says was changed."
        );
        assert_eq!(report.findings.iter().map(|f| f.message.clone()).collect::<Vec<_>>(), [expected]);
        trail.run("DELETE FROM audit_event WHERE seq = 2").await;
        let report = trail.verified(&[]).await;
        let message = &report.findings[0].message;
        assert!(message.starts_with("Missing: event 2; between event 1 (") && message.contains("and event 3 ("), "{message}");
        let event = trail.verified(&[]).await.head.expect("a head");
        assert_eq!(event.seq, 3);
    })
    .await;
}

#[tokio::test]
async fn a_chain_recomputed_without_the_key_is_found() {
    for_each_database(async |harness| {
        let trail = Tampered::new(harness, 10).await;
        // An event put in between, all behind it moved on, and every hash made anew.
        let mut rows = trail.rows().await;
        let added = Model { id: harness.app.ids.next(), seq: Some(5), subject: "never happened".into(), ..rows[4].clone() };
        rows.insert(4, added);
        for (row, seq) in rows.iter_mut().zip(1..) {
            row.seq = Some(seq);
        }
        trail.rewrite(rows, 5).await;
        let report = trail.verified(&[]).await;
        assert_eq!(told(&report), ["NOT_SEALED 5-11", "HEAD 11"]);
        assert!(report.findings[0].message.starts_with("event 5 ("), "{}", report.findings[0].message);

        // One changed in the middle, hashes made anew behind it.
        trail.put_back("saved").await;
        let mut rows = trail.rows().await;
        rows[7].actor = Some("Somebody else".into());
        trail.rewrite(rows, 8).await;
        assert_eq!(trail.found().await, ["NOT_SEALED 8-10", "HEAD 10"]);

        // The whole trail.
        trail.put_back("saved").await;
        let mut rows = trail.rows().await;
        rows[0].actor = Some("Somebody else".into());
        trail.rewrite(rows, 1).await;
        assert_eq!(trail.found().await, ["NOT_SEALED 1-10"]);

        // An event of the service's from another place, with a seal that is good there.
        trail.put_back("saved").await;
        let mut rows = trail.rows().await;
        rows[3] = Model { seq: Some(4), id: harness.app.ids.next(), ..rows[8].clone() };
        trail.run("DELETE FROM audit_event WHERE seq = 4").await;
        Entity::insert(rows[3].clone().into_active_model()).exec_without_returning(&trail.owner).await.expect("writes");
        assert_eq!(trail.found().await, ["NOT_SEALED 4"]);
    })
    .await;
}

#[tokio::test]
async fn a_trail_put_back_to_an_earlier_state_is_found_by_an_end_noted_since() {
    for_each_database(async |harness| {
        let trail = Tampered::new(harness, 6).await;
        let early = trail.verified(&[]).await.head.expect("a head");
        for n in 7..=10 {
            tell(harness, trail.council, &format!("thing {n}")).await;
        }
        let noted = trail.verified(std::slice::from_ref(&early)).await;
        assert!(noted.is_well(), "{noted:?}");
        let late = noted.head.expect("a head");
        trail.keep("late").await;

        trail.put_back("saved").await;
        assert!(trail.verified(std::slice::from_ref(&early)).await.is_well(), "validly sealed, and older");
        let report = trail.verified(&[early.clone(), late.clone()]).await;
        assert_eq!(told(&report), ["NOTED_HEAD 10"]);

        // The service goes on from there: the number is reached again, with another hash.
        for n in 7..=11 {
            tell(harness, trail.council, &format!("other {n}")).await;
        }
        assert_eq!(told(&trail.verified(&[]).await), Vec::<String>::new());
        assert_eq!(told(&trail.verified(&[early, late]).await), ["NOTED_HEAD 10"]);

        // And one of the first history's is put in the place of the second's: both are genuine.
        trail.run("DELETE FROM audit_event WHERE seq = 9").await;
        trail.run("INSERT INTO audit_event SELECT * FROM late_event WHERE seq = 9").await;
        assert_eq!(trail.found().await, ["FORKED 9", "FORKED 10"]);
    })
    .await;
}

#[tokio::test]
async fn two_events_of_one_number_are_told_apart() {
    for_each_database(async |harness| {
        let trail = Tampered::new(harness, 5).await;
        trail.run("DROP INDEX ux_audit_event_seq").await;
        for id in [Uuid::nil(), Uuid::max()] {
            // Before the genuine one in the order of ids, and behind it.
            let copy = Model { id, ..trail.rows().await[2].clone() };
            Entity::insert(copy.into_active_model()).exec_without_returning(&trail.owner).await.expect("writes");
            let found = trail.found().await;
            assert_eq!(found, [if id.is_nil() { "CHANGED 3" } else { "INSERTED 3" }]);
            trail.put_back("saved").await;
        }
    })
    .await;
}

#[tokio::test]
async fn another_key_is_told_from_a_trail_written_anew() {
    for_each_database(async |harness| {
        let trail = Tampered::new(harness, 3).await;
        let keys = goldenthread::access::token::Keys::of(b"another key, of thirty-two bytes and more");
        let stranger = App { keys: keys.into(), ..harness.app.clone() };
        let report = verify(&stranger, trail.council, &[]).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert_eq!(told(&report), ["NOT_SEALED 1-3"]);
        assert!(report.findings[0].message.contains("signing.key"));
    })
    .await;
}

#[tokio::test]
async fn a_thousand_events_are_well_and_each_council_has_its_own() {
    for_each_database(async |harness| {
        let (ours, theirs) = (harness.council("huntingdonshire").await, harness.council("devon").await);
        for n in 2..=1_001 {
            tell(harness, ours, &format!("thing {n}")).await;
        }
        let verified = async |council| verify(&harness.app, council, &[]).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let begun = std::time::Instant::now();
        let (sent, report) = harness.statements(verified(ours)).await;
        println!("{} events in {:?}", report.events, begun.elapsed());
        assert!(report.is_well());
        assert_eq!((report.events, report.before_the_chain), (1_001, 0));
        // The end, the events from before the chain, two pages of events and the empty one behind them; on PostgreSQL
        // which council it is about.
        assert_eq!(sent, if harness.app.db.backend() == DbBackend::Postgres { 6 } else { 5 });
        assert_eq!((verified(theirs).await.events, verified(theirs).await.is_well()), (1, true));
    })
    .await;
}
