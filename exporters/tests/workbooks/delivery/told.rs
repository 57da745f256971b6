//! What the cells of each sheet say, worked out by hand from the sample.

use exporters::pack::render;

use super::sample::{delivering, delivery};
use super::{opened, row};
use crate::opened::Opened;

#[test]
fn an_action_says_who_leads_it_when_it_is_due_and_where_it_stands() {
    let mut opened = opened(&delivering());
    // 30 June and 18 September 2023 as day numbers.
    assert_eq!(
        row(&mut opened, "Actions", "CP12"),
        [
            "CP12",
            "Re-letter all households on the rounds where loads were refused",
            "A cleaner, greener county",
            "Do",
            "Head of Waste",
            "Executive Councillor for Operations",
            "45107",
            "45187",
            "Overdue",
            "On track",
            "12 days overdue; reported as: On track. Rounds one to four are done.",
            "PC3"
        ]
    );
    let mut of = |code: &str, heading: &str| opened.cell("Actions", code, heading);
    assert_eq!(of("CP14", "Status"), "Deferred");
    assert_eq!(of("CP14", "Progress"), "Decision: Cabinet, 12 July 2023, minute 45. No progress reported.");
    assert_eq!(of("CP16", "Priority"), "No priority named");
    assert_eq!(of("CP16", "Due date"), "[z]");
    assert_eq!(of("CP16", "Status a period ago"), "Not reported");
    assert_eq!(of("CP18", "Answers"), "No recommendation");
}

#[test]
fn a_column_of_what_no_action_answers_is_left_out() {
    let mut pack = delivering();
    pack.delivery.actions.iter_mut().for_each(|action| action.answers = None);
    let rows = opened(&pack).rows("Actions");
    assert!(!rows.iter().flatten().any(|cell| cell == "Answers"));
}

#[test]
fn a_recommendation_counts_its_actions_and_stands_as_the_worst_of_them() {
    let mut opened = opened(&delivering());
    let first = row(&mut opened, "Recommendations", "PC3");
    assert_eq!(first[2..4], ["Formal recommendation", "Peer challenge: Local Government Association peer team"]);
    assert_eq!(first[5..10], ["Accepted", "3", "2", "1", "0"]);
    assert_eq!(first[12], "Off track");
    assert_eq!(row(&mut opened, "Recommendations", "PC4")[6..10], ["3", "2", "0", "0"], "one of three was cancelled");
    assert!(opened.column_a("Recommendations").contains("Actions that a decision cancelled or put off are counted under Actions alone."));
    let bare = row(&mut opened, "Recommendations", "AU1");
    assert_eq!(bare[3..6], ["External audit", "[z]", "Awaited"]);
    assert_eq!(bare[12..], ["Not started", "No evidence given"]);
}

#[test]
fn a_project_says_its_four_sides_its_end_and_its_money() {
    let mut opened = opened(&delivering());
    // 31 March and 30 September 2024 as day numbers.
    assert_eq!(
        row(&mut opened, "Projects", "SEND1")[2..],
        [
            "Special educational needs transformation",
            "Delivery",
            "Red",
            "Amber",
            "45382",
            "45565",
            "183",
            "12500000",
            "13250000",
            "750000",
            "Planning permission for the second site, 15 November 2023",
            "Time: Red; cost: Red; scope: Green; benefits: Amber. The contractor of the first site was replaced in August; the second waits for permission. Spent so far: £4,100,250. Manager: Senior Project Manager, \
             Education Capital."
        ]
    );
    assert_eq!(opened.cell("Projects", "SEND", "Programme"), "A programme");
    assert_eq!(opened.cell("Projects", "SEND2", "Slippage in days"), "-14");
    let silent = row(&mut opened, "Projects", "HUB");
    assert_eq!(silent[2..6], ["Not part of one", "Business case", "Not reported", "Not reported"]);
    assert_eq!(silent[7..13], ["[z]", "[z]", "[z]", "[z]", "[z]", "None to come"]);
    let sides = "Time: Not reported; cost: Not reported; scope: Not reported; benefits: Not reported.";
    assert_eq!(silent[13], format!("{sides} No summary given. Manager: Senior Project Manager, Education Capital."));
}

#[test]
fn a_milestone_says_what_it_waits_for_and_keeps_its_own_day() {
    let mut opened = opened(&delivering());
    let states: Vec<String> = ["M1", "M2", "M3", "M4", "M5"].map(|code| opened.cell("Milestones", code, "Status")).to_vec();
    assert_eq!(states, ["Reached", "Reached late", "Slipped", "On time", "Overdue"]);
    let slips: Vec<String> = ["M1", "M2", "M3", "M4", "M5"].map(|code| opened.cell("Milestones", code, "Slippage in days")).to_vec();
    assert_eq!(slips, ["-1", "49", "75", "0", "0"]);
    assert_eq!(opened.cell("Milestones", "M4", "Held up by"), "Planning permission for the second site: not before 15 April 2024");
    assert_eq!(opened.cell("Milestones", "M4", "Forecast or reached"), "45299", "8 January 2024, as agreed");
    assert_eq!(opened.cell("Milestones", "M1", "Held up by"), "Nothing");
}

#[test]
fn a_risk_is_rated_three_times_and_held_to_its_appetite() {
    let mut opened = opened(&delivering());
    assert_eq!(
        row(&mut opened, "Risks", "R1")[3..13],
        [
            "Director of Place",
            "Very high 25 (5 by 5)",
            "Very high",
            "20 (5 by 4)",
            "Medium 6 (2 by 3)",
            "No (up to 12)",
            "Risen",
            "Two framework contractors; stock for ten days",
            "Agree mutual aid with two neighbours. By 30 November 2023.",
            "Open"
        ]
    );
    assert_eq!(opened.cell("Risks", "R2", "Within appetite"), "Yes (up to 12)");
    assert_eq!(opened.cell("Risks", "R3", "Target rating"), "No target");
    assert_eq!(opened.cell("Risks", "R5", "State"), "Closed");
}

#[test]
fn every_open_risk_stands_on_the_heat_map_once_and_a_place_without_one_says_its_band() {
    let mut opened = opened(&delivering());
    let rows = opened.rows("Risk heat map");
    let header = rows.iter().position(|row| row[0] == "Likelihood").unwrap();
    assert_eq!(rows[header], ["Likelihood", "1 Negligible", "2 Minor", "3 Moderate", "4 Major", "5 Severe"]);
    assert_eq!(
        rows[header + 1..],
        [
            ["5 Almost certain", "Medium 5: none", "High 10: none", "High 15: none", "Very high 20: R1", "Very high 25: none"],
            ["4 Likely", "Low 4: none", "Medium 8: none", "High 12: none", "High 16: R6", "Very high 20: none"],
            ["3 Possible", "Low 3: none", "Medium 6: none", "Medium 9: R3", "High 12: R2, R7", "High 15: none"],
            ["2 Unlikely", "Low 2: none", "Low 4: none", "Medium 6: none", "Medium 8: none", "High 10: none"],
            ["1 Rare", "Low 1: none", "Low 2: none", "Low 3: R4", "Low 4: none", "Medium 5: none"],
        ]
    );
}

#[test]
fn money_and_unit_costs_are_figures_with_their_status() {
    let mut opened = opened(&delivering());
    let rows = opened.rows("Budget");
    let waste = rows.iter().find(|row| row[0] == "Waste and Street Scene" && row[1] == "Revenue").unwrap();
    // 1,255,000 of 41,750,000 is 3.005988 per cent.
    assert_eq!(waste[2..7], ["41750000", "500000", "20100250.75", "43005000", "1255000"]);
    assert!(waste[7].starts_with("0.03005988"), "{}", waste[7]);
    assert_eq!(waste[8..], ["Red", "Disposal of refused loads"]);
    let hub = rows.iter().find(|row| row[0] == "Data hub").unwrap();
    assert_eq!(hub[2..], ["[z]", "0", "[z]", "[z]", "[z]", "[z]", "Not reported", "None given"]);
    let cost = row(&mut opened, "Unit costs", "FI01");
    assert_eq!(cost[2..], ["Housing benefits", "73636040", "8000", "9204.505", "Pounds", "10000", "9871.2", "Blue"]);
    assert_eq!(row(&mut opened, "Unit costs", "FI02")[3..6], ["[z]", "[z]", "[x1]"]);
    assert_eq!(row(&mut opened, "Unit costs", "CS09")[3..6], ["[c]", "[c]", "[c]"]);
    assert!(!opened.everything().contains("31337"), "two of three figures give the third away");
}

#[test]
fn what_calls_for_attention_stands_among_the_indicators_by_its_points() {
    let mut opened = opened(&delivering());
    let rows = opened.rows("Exceptions");
    let header = rows.iter().position(|row| row[0] == "Ref").unwrap();
    assert_eq!(rows[header][2], "Indicator or record");
    let listed: Vec<(&str, &str)> = rows[header + 1..].iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    // By points: 75, 75 (an indicator first), 50, 30, 30, 30, 20, 20, 10 each, and the improvement.
    assert_eq!(
        listed,
        [
            ("EN01", "Concern"),
            ("SEND1", "Concern"),
            ("CP-SEND-01", "Concern"),
            ("CP12", "Concern"),
            ("M5", "Concern"),
            ("R1", "Concern"),
            ("CP13", "Watch"),
            ("WSS", "Watch"),
            ("PC3", "Watch"),
            ("M3", "Watch"),
            ("R6", "Watch"),
            ("R7", "Watch"),
            ("EN02", "Improvement"),
        ]
    );
}

#[test]
fn why_something_is_called_for_is_said_with_who_answers_by_when() {
    let mut opened = opened(&delivering());
    assert_eq!(
        row(&mut opened, "Exceptions", "CP12")[2..],
        [
            "Action: Re-letter all households on the rounds where loads were refused",
            "[z]",
            "[z]",
            "Not applicable",
            "Not applicable",
            "Not applicable",
            "Not applicable",
            "Not comparable",
            "Overdue by 12 days",
            "Head of Waste, by 18 September 2023."
        ]
    );
    assert_eq!(
        row(&mut opened, "Exceptions", "R1")[9..],
        [
            "Worsening",
            "Rated Very high 20 (5 by 4), above the appetite of 12",
            "Agree mutual aid with two neighbours. Director of Place, by 30 November 2023."
        ]
    );
    assert_eq!(
        row(&mut opened, "Exceptions", "SEND1")[6..11],
        ["Red", "Amber", "Not applicable", "Not comparable", "Red; was Amber last quarter"]
    );
    let mut why = |code: &str| opened.cell("Exceptions", code, "Why it is here");
    assert_eq!(why("PC3"), "Actions late or off track: 1 of 1 still to be done");
    assert_eq!(why("M3"), "Expected 75 days later than agreed");
    assert_eq!(why("WSS"), "Revenue outturn expected past its tolerance");
    assert_eq!(opened.cell("Exceptions", "WSS", "Year-end status"), "Red");
    // Charts are of indicators alone.
    assert!(!opened.column_a("Trend charts").contains("Re-letter"));
}

#[test]
fn the_cover_counts_what_is_delivered() {
    let cover = opened(&delivering()).column_a("Cover");
    for sentence in [
        "1 of 8 actions is on track, 1 completed and 1 late; 1 project is Red; 3 risks are above appetite.",
        "6 actions answer 2 formal recommendations: 4 completed, 1 under way, 0 not started, 1 cancelled or deferred; 2 actions answer \
         2 additional suggestions: 0 completed, 1 under way, 1 not started.",
        "13 entries are on the Exceptions sheet: EN01, SEND1, CP-SEND-01, CP12, M5 and 8 more.",
    ] {
        assert!(cover.contains(sentence), "{sentence}\nis not in\n{cover}");
    }
    // Said of what there is alone.
    let mut some = delivering();
    some.delivery = exporters::pack::PackDelivery { projects: delivery().projects, ..Default::default() };
    some.delivery.projects.retain(|project| project.code != "SEND1");
    let cover = Opened::new(render(&some).unwrap()).column_a("Cover");
    assert!(cover.contains("\n0 projects are Red.\n") && !cover.contains("on track") && !cover.contains("appetite"), "{cover}");
}

#[test]
fn the_summary_counts_actions_for_the_whole_and_for_each_priority() {
    let mut opened = opened(&delivering());
    let mut of = |part: &str| ["Actions on track", "Actions late"].map(|heading| opened.cell("Summary", part, heading)).join(" ");
    assert_eq!(of("All indicators"), "1 1");
    assert_eq!(of("A cleaner, greener county"), "1 1");
    assert_eq!(of("Support people to live independently"), "0 0");
    assert_eq!(of("No priority named"), "0 0");
    assert_eq!(of("Place and Environment"), "[z] [z]");
}

#[test]
fn the_key_explains_the_words_of_these_sheets() {
    let mut opened = opened(&delivering());
    let meaning = |opened: &mut Opened, term: &str| opened.cell("Key", term, "Meaning");
    assert_eq!(
        meaning(&mut opened, "Overdue"),
        "The day last said for the action is past and it is not done, whatever else is reported of it."
    );
    for (band, scores) in [("Low", "1 to 4"), ("Medium", "5 to 9"), ("High", "10 to 16"), ("Very high", "20 to 25")] {
        assert_eq!(meaning(&mut opened, band), format!("A risk with a score of {scores}."));
    }
    assert_eq!(meaning(&mut opened, "Slipped"), "A milestone to come, later than agreed.");
    assert!(meaning(&mut opened, "Variance").starts_with("The forecast less the budget"));
}
