//! What a reader is told first: what is outstanding, what has changed, and what is kept back.

use exporters::pack::{Profile, render};

use crate::opened::Opened;
use crate::sample::pack;

#[test]
fn the_cover_opens_with_what_is_outstanding_and_what_changed() {
    let headings = |profile| {
        let cover = Opened::new(render(&exporters::pack::Pack { profile, ..pack() }).unwrap()).column_a("Cover");
        let known =
            ["Internal", "Outstanding from earlier meetings", "What has changed since last time", "At a glance", "What this workbook is"];
        cover.lines().filter(|line| known.contains(line)).map(str::to_owned).collect::<Vec<_>>()
    };
    let opening = ["Outstanding from earlier meetings", "What has changed since last time", "At a glance", "What this workbook is"];
    assert_eq!(headings(Profile::Scrutiny), opening);
    assert_eq!(headings(Profile::Officer), [&["Internal"][..], &opening].concat());
    assert_eq!(headings(Profile::OpenData), ["What this workbook is"]);
}

#[test]
fn a_pack_in_which_nothing_changed_says_since_when_and_a_first_one_that_it_is_the_first() {
    let said = |last: Option<&str>| {
        let last = last.map(|last| last.parse().unwrap());
        Opened::new(render(&exporters::pack::Pack { last, revisions: Vec::new(), ..pack() }).unwrap()).column_a("Cover")
    };
    let since = said(Some("2023-07-21T09:30:00Z"));
    assert!(since.contains("Nothing in the last pack has been revised (its figures stood on 21 July 2023 at 09:30 UTC)."), "{since}");
    assert!(said(None).contains("This is the first pack for these readers"));
}

#[test]
fn words_kept_from_these_readers_are_said_to_be() {
    let mut kept = pack();
    kept.indicators[0].words_withheld = true;
    let point = kept.indicators[0].points.last_mut().unwrap();
    (point.commentary, point.action, point.action_owner) = (None, None, None);
    let mut opened = Opened::new(render(&kept).unwrap());
    for (sheet, heading) in
        [("Indicator detail", "Commentary"), ("Indicator detail", "Action owner"), ("Exceptions", "Action, owner and due date")]
    {
        assert_eq!(opened.cell(sheet, "EN01", heading), "Not in this edition", "{sheet}");
    }
}

#[test]
fn a_briefing_says_what_changed_where_it_has_no_sheet_for_it_and_not_without_end() {
    let mut brief = pack();
    brief.profile = Profile::Exceptions;
    brief.revisions = vec![brief.revisions[0].clone(); 15];
    let cover = Opened::new(render(&brief).unwrap()).column_a("Cover");
    let said = "EN01, Value revised: from 81.4% in April to June 2023 to 81.0% in April to June 2023.";
    assert_eq!(cover.matches(said).count(), 12);
    assert!(cover.contains("And 3 more."));
}
