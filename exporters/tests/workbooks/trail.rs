//! The audit trail.

use exporters::trail::{Trail, TrailEvent, render_trail};

use crate::checker;
use crate::opened::Opened;
use crate::sample::at;

fn event(seq: Option<i64>, verb: &str, subject: &str, after: Option<&str>) -> TrailEvent {
    TrailEvent {
        seq,
        at: at("2026-04-01T09:30:15Z"),
        who: Some("Perry Team <perry.team@exampleshire.example>".to_owned()),
        via: Some("password".to_owned()),
        roles: "Performance team".to_owned(),
        verb: verb.to_owned(),
        subject: subject.to_owned(),
        outcome: Some("Done".to_owned()),
        before: None,
        after: after.map(str::to_owned),
        request: Some("01990000-0000-7000-8000-000000000001".to_owned()),
        address: Some("192.0.2.1".to_owned()),
        hash: Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned()),
    }
}

pub fn trail() -> Trail {
    Trail {
        council: "Exampleshire County Council".to_owned(),
        as_at: at("2026-04-02T10:00:00Z"),
        made_by: "Ira Auditor <ira.auditor@exampleshire.example>".to_owned(),
        narrowed: vec!["From 1 April 2026 at 00:00:00 UTC".to_owned(), "Outcome: Done".to_owned()],
        head: Some("1203:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned()),
        language: "en-GB".to_owned(),
        events: vec![
            event(Some(1203), "import.accept", "import 01990000-0000-7000-8000-000000000002", Some("{\"state\":\"ACCEPTED\",\"new\":60}")),
            event(Some(1202), "=cmd|' /C calc'!A0", "+1+1", Some("-2+3")),
            event(Some(1201), "download", "@SUM(A1)", None),
            TrailEvent { who: None, via: None, outcome: None, hash: None, ..event(None, "pack.build", "pack 7", Some("\"Full\"")) },
        ],
    }
}

#[test]
fn a_trail_passes_the_accessibility_gate() {
    // P03 and P06 would have the whole width on one page: this list is printed three pages wide, and so can be read.
    checker::passes_but("audit-trail.xlsx", &render_trail(&trail()).unwrap(), &["P03", "P06"]);
    checker::passes("no-audit-trail.xlsx", &render_trail(&Trail { events: Vec::new(), narrowed: Vec::new(), ..trail() }).unwrap());
}

#[test]
fn what_somebody_wrote_is_never_a_formula() {
    let mut opened = Opened::new(render_trail(&trail()).unwrap());
    assert_eq!(opened.cell("Events", "1202", "Verb"), "=cmd|' /C calc'!A0");
    assert_eq!(opened.cell("Events", "1202", "Subject"), "+1+1");
    assert_eq!(opened.cell("Events", "1202", "After"), "-2+3");
    assert_eq!(opened.cell("Events", "1201", "Subject"), "@SUM(A1)");
    assert!(!opened.everything().contains("<f>"));
}

#[test]
fn times_are_times_and_headings_stay_in_sight_with_filters() {
    let mut opened = Opened::new(render_trail(&trail()).unwrap());
    // 1 April 2026 is day 46113; half past nine and fifteen seconds is 0.396006944 of it.
    assert!(opened.cell("Events", "1203", "Time (UTC)").starts_with("46113.39600694"));
    let sheet = opened.part("xl/worksheets/sheet2.xml");
    assert!(sheet.contains("state=\"frozen\""), "{sheet}");
    assert!(opened.part("xl/tables/table1.xml").contains("<autoFilter"));
    let cover = opened.column_a("Cover");
    for said in ["Ira Auditor <ira.auditor@exampleshire.example>", "2 April 2026 at 10:00:00 UTC", "Outcome: Done", "1203:9f86d081"] {
        assert!(cover.contains(said), "{said}: {cover}");
    }
    assert!(cover.contains("Number of events\n4\n"), "{cover}");
}

#[test]
fn the_same_trail_is_the_same_bytes() {
    assert_eq!(render_trail(&trail()).unwrap(), render_trail(&trail()).unwrap());
}
