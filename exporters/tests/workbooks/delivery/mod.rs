//! The part of a pack that tells what is delivered: each sheet's words, who is given it, and that many records fit.

use exporters::pack::{Pack, PackDelivery, Profile, render};
use rules::delivery::action::ActionStatus;

use crate::checker;
use crate::opened::Opened;
use sample::{action, delivering, delivery, risk};

mod gate;
mod languages;
mod sample;
mod told;

/// The sheets of what is delivered, in their order.
const SHEETS: [&str; 8] = ["Actions", "Recommendations", "Projects", "Milestones", "Risks", "Risk heat map", "Budget", "Unit costs"];

fn opened(pack: &Pack) -> Opened {
    Opened::new(render(pack).expect("the sample can be rendered"))
}

/// The cells of a row by its ref, without the headings.
fn row(opened: &mut Opened, sheet: &str, key: &str) -> Vec<String> {
    opened.row(sheet, key).into_iter().map(|(_, cell)| cell).collect()
}

#[test]
fn the_sheets_stand_after_the_outcomes_for_those_who_are_given_them() {
    let sheets = |profile| opened(&Pack { profile, ..delivering() }).sheets();
    let officer = sheets(Profile::Officer);
    let from = officer.iter().position(|name| name == "Outcomes").unwrap() + 1;
    assert_eq!(officer[from..from + 8], SHEETS);
    assert_eq!(officer[from + 8], "Trend data");
    let members: Vec<String> = officer.iter().filter(|name| *name != "Trend data").cloned().collect();
    assert_eq!(sheets(Profile::Scrutiny), members);
    assert_eq!(sheets(Profile::Cabinet), members);
    for profile in [Profile::Exceptions, Profile::OpenData] {
        assert!(SHEETS.iter().all(|name| !sheets(profile).contains(&(*name).to_owned())), "{profile:?}");
    }
}

#[test]
fn a_list_without_records_has_no_sheet_and_no_word_in_the_key() {
    let mut one = delivering();
    one.delivery = PackDelivery { risks: delivery().risks, ..PackDelivery::default() };
    let mut opened = opened(&one);
    let there: Vec<String> = opened.sheets().into_iter().filter(|name| SHEETS.contains(&name.as_str())).collect();
    assert_eq!(there, ["Risks", "Risk heat map"]);
    let key = opened.column_a("Key");
    assert!(key.contains("Rating of a risk") && !key.contains("Overdue") && !key.contains("Virements"), "{key}");
    assert!(!opened.rows("Summary").iter().flatten().any(|cell| cell.starts_with("Actions")));
    assert!(!opened.rows("Exceptions").iter().flatten().any(|cell| cell == "Indicator or record"));
    // Where no risk is open there is nothing to place.
    one.delivery.risks.retain(|risk| risk.code == "R5");
    assert!(!Opened::new(render(&one).unwrap()).sheets().contains(&"Risk heat map".to_owned()));
}

#[test]
fn the_contents_list_every_sheet_with_its_rows() {
    let mut opened = opened(&delivering());
    let of =
        |opened: &mut Opened, sheet: &str| ["Rows", "Mainly for"].map(|heading| opened.cell("Table of contents", sheet, heading)).join(" ");
    assert_eq!(of(&mut opened, "Actions"), "8 Members");
    assert_eq!(of(&mut opened, "Recommendations"), "4 Members and auditors");
    assert_eq!(of(&mut opened, "Milestones"), "5 Members, Cabinet and directors");
    assert_eq!(of(&mut opened, "Risk heat map"), "5 Members, Cabinet and directors");
    assert_eq!(of(&mut opened, "Budget"), "4 Members and Cabinet");
}

#[test]
fn five_hundred_actions_and_six_hundred_milestones_fit() {
    let mut many = delivering();
    let statuses = ActionStatus::ALL;
    many.delivery.actions = (0..500)
        .map(|n| {
            let mut of =
                action(&format!("A{n:03}"), &format!("Action {n} of a long plan with many steps in it"), statuses[n % statuses.len()]);
            of.overdue_days = if of.status.is_open() { (n % 3) as u32 * 40 } else { 0 };
            of
        })
        .collect();
    let first = many.delivery.milestones.clone();
    many.delivery.milestones = (0..120).flat_map(|_| first.clone()).collect();
    many.delivery.risks = (0..300).map(|n| risk(&format!("R{n:03}"), "Something", (n as u8 % 5 + 1, n as u8 / 5 % 5 + 1), 9)).collect();
    let bytes = render(&many).unwrap();
    assert!(bytes.len() < 2_000_000, "{} bytes", bytes.len());
    checker::passes("much-delivered-exampleshire.xlsx", &bytes);
    let mut opened = Opened::new(bytes);
    assert_eq!(opened.rows("Actions").iter().filter(|row| row[0].starts_with('A') && row[0].len() == 4).count(), 500);
    assert_eq!(opened.rows("Milestones").iter().filter(|row| row[0].starts_with('M') && row[0].len() == 2).count(), 600);
    let map = opened.rows("Risk heat map").concat().join(" ");
    for n in 0..300 {
        assert_eq!(map.matches(&format!("R{n:03}")).count(), 1, "R{n:03} stands in one place");
    }
}

#[test]
fn a_cell_that_cannot_hold_all_its_risks_says_how_many_more_there_are() {
    let mut crowded = delivering();
    crowded.delivery.risks = (0..400).map(|n| risk(&format!("R{n:03}"), "Something", (4, 4), 9)).collect();
    let bytes = render(&crowded).unwrap();
    checker::passes("crowded-exampleshire.xlsx", &bytes);
    let cell = Opened::new(bytes).cell("Risk heat map", "4 Likely", "4 Major");
    assert!(cell.starts_with("High 16: R000, R001, "), "{cell}");
    // 560 characters of refs, six each with their commas.
    assert!(cell.ends_with("R092 and 307 more, listed on the sheet Risks"), "{cell}");
}
