//! Packs that tell what is delivered keep the rules of the guidance, for every reader and in both languages.

use exporters::Language;
use exporters::pack::{Pack, PackDelivery, Profile, render};
use rules::status::Colour;

use super::sample::{delivering, delivery};
use crate::checker;
use crate::languages::sentences_in_english;
use crate::sample::dec;

const PROFILES: [(Profile, &str); 5] = [
    (Profile::Scrutiny, "scrutiny"),
    (Profile::Exceptions, "exceptions"),
    (Profile::Cabinet, "cabinet"),
    (Profile::Officer, "officers"),
    (Profile::OpenData, "open-data"),
];

fn kept(what: &str, pack: &Pack) {
    let files = PROFILES.map(|(profile, reader)| (format!("{what}-for-{reader}.xlsx"), render(&Pack { profile, ..pack.clone() }).unwrap()));
    checker::all_pass("delivery", &files);
}

#[test]
fn all_that_is_delivered_keeps_every_rule_for_every_reader() {
    kept("delivering", &delivering());
}

#[test]
fn delivery_without_an_indicator_keeps_every_rule() {
    let mut alone = delivering();
    alone.indicators.clear();
    alone.exceptions.clear();
    alone.revisions.clear();
    kept("delivery-alone", &alone);
}

#[test]
fn a_councils_own_words_and_long_ones_keep_every_rule() {
    let mut own = delivering();
    let words = [(Colour::Green, "On target"), (Colour::Amber, "Within tolerance"), (Colour::Red, "Below floor")];
    own.status_words = words.iter().map(|(colour, word)| (*colour, (*word).to_owned())).collect();
    let long: String = (0..700).map(|n| format!("word{n} ")).collect();
    let all = &mut own.delivery;
    all.actions[0].progress = Some(long.clone());
    all.actions[1].title = long.clone();
    all.recommendations[0].evidence = Some(long.clone());
    all.projects[0].summary = Some(long.clone());
    // As much as the largest there are.
    all.projects[0].budget = Some(dec("1250000000"));
    (all.projects[0].forecast_spend, all.projects[0].variance) = (Some(dec("1100000000")), Some(dec("-150000000")));
    all.money[0].budget = Some(dec("-2345678901"));
    all.milestones[0].note = Some(long.clone());
    all.risks[0].controls = Some(long.clone());
    all.money[0].note = Some(long);
    kept("delivery-in-own-words", &own);
}

#[test]
fn each_list_alone_keeps_every_rule() {
    let all = delivery();
    let none = PackDelivery::default;
    let lists = [
        PackDelivery { actions: all.actions.clone(), ..none() },
        PackDelivery { recommendations: all.recommendations.clone(), ..none() },
        PackDelivery { projects: all.projects.clone(), ..none() },
        PackDelivery { milestones: all.milestones.clone(), ..none() },
        PackDelivery { risks: all.risks.clone(), ..none() },
        PackDelivery { money: all.money.clone(), ..none() },
        PackDelivery { unit_costs: all.unit_costs.clone(), ..none() },
        PackDelivery { calls: all.calls.clone(), ..none() },
    ];
    let files: Vec<(String, Vec<u8>)> = lists
        .into_iter()
        .enumerate()
        .map(|(at, delivery)| (format!("one-list-{at}.xlsx"), render(&Pack { delivery, ..delivering() }).unwrap()))
        .collect();
    checker::all_pass("delivery", &files);
}

#[test]
fn in_welsh_it_keeps_every_rule_but_those_that_go_by_english_words() {
    const BY_WORDS: [&str; 3] = ["S02", "S15", "T09"];
    let files = PROFILES.map(|(profile, reader)| {
        let edition = Pack { profile, language: Language::find("cy-GB").unwrap(), ..delivering() };
        (format!("delivering-in-welsh-for-{reader}.xlsx"), render(&edition).unwrap())
    });
    for (name, bytes) in &files {
        checker::save_in("delivery", name, bytes);
        let broken = guidance::broken(name, bytes);
        assert!(broken.iter().all(|rule| BY_WORDS.contains(rule)), "{name}: {broken:?}");
    }
    checker::all_pass("delivery", &files.map(|(name, bytes)| (name, sentences_in_english(&bytes))));
}
