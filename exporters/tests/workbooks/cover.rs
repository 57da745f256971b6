//! What a reader is told first: what is outstanding, what has changed, and what is kept back.

use exporters::pack::{PackAnswer, PackQuestion, Profile, render};
use rules::question::{Kind, State};

use crate::opened::Opened;
use crate::sample::{asked, day, pack};

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
fn each_question_says_who_answers_by_when_and_what_was_answered() {
    let cover =
        |outstanding, settled| Opened::new(render(&exporters::pack::Pack { outstanding, settled, ..pack() }).unwrap()).column_a("Cover");
    let one = |outstanding: PackQuestion| {
        let cover = cover(vec![outstanding], Vec::new());
        let from = cover.lines().skip_while(|line| *line != "Outstanding from earlier meetings").skip(1);
        from.take_while(|line| *line != "What has changed since last time").map(str::to_owned).collect::<Vec<_>>()
    };
    let head = "Question 12 (Councillor Reed, 5 July 2023), about EN01 Household waste sent for reuse, recycling and composting: \
        What share of refused loads came from flats?";
    assert_eq!(one(asked()), [head, "Director of Place answers by 1 November 2023."]);
    let late = PackQuestion { overdue: true, about: None, ..asked() };
    let late_head = "Question 12 (Councillor Reed, 5 July 2023): What share of refused loads came from flats?";
    assert_eq!(one(late), [late_head, "Overdue: Director of Place was to answer by 1 November 2023."]);
    let nobody = PackQuestion { kind: Kind::Recommendation, state: State::Recorded, asked_by: None, about: None, answers: None, ..asked() };
    let by_the_forum = "Recommendation 12 (5 July 2023): What share of refused loads came from flats?";
    assert_eq!(one(nobody), [by_the_forum, "Nobody has been asked to answer it yet."]);
    let answer = |words: Option<&str>| Some(PackAnswer { words: words.map(str::to_owned), on: day("2023-09-20") });
    let answered = PackQuestion { state: State::Answered, answer: answer(Some("A third.")), ..asked() };
    assert_eq!(one(answered.clone())[1], "Answered on 20 September 2023: A third. The answer has not been accepted yet.");
    let kept = PackQuestion { answer: answer(None), ..answered.clone() };
    assert_eq!(one(kept)[1], "Answered on 20 September 2023; the answer is not in this edition. The answer has not been accepted yet.");
    let back = PackQuestion { state: State::Returned, returned: Some("Of which wards?".to_owned()), ..answered.clone() };
    assert_eq!(
        one(back)[1],
        "Answered on 20 September 2023: A third. The answer was sent back: Of which wards? Director of Place answers by 1 November 2023."
    );
    let settled = cover(Vec::new(), vec![PackQuestion { state: State::Accepted, ..answered.clone() }]);
    assert!(settled.contains("No question or recommendation of an earlier meeting is recorded as open."), "{settled}");
    assert!(
        settled.contains(&format!("Answered and accepted since last time\n{head}\nAnswered on 20 September 2023: A third.\n")),
        "{settled}"
    );
    // Not without end: the rest are counted.
    let many = cover(vec![answered; 43], Vec::new());
    assert_eq!(many.matches("Question 12").count(), 40);
    assert!(many.contains("And 3 more."), "{many}");
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
