//! Every profile of every pack keeps all 78 rules.

use exporters::Language;
use exporters::pack::{Pack, PackAnswer, PackQuestion, Profile, render};
use rules::exception::Trigger;
use rules::question::State;
use rules::status::Colour;

use crate::checker;
use crate::languages::sentences_in_english;
use crate::sample::{asked, day, large, pack};

const PROFILES: [(Profile, &str); 5] = [
    (Profile::Scrutiny, "scrutiny"),
    (Profile::Exceptions, "exceptions"),
    (Profile::Cabinet, "cabinet"),
    (Profile::Officer, "officers"),
    (Profile::OpenData, "open-data"),
];

fn nothing_to_report() -> Pack {
    let mut pack = pack();
    pack.indicators.clear();
    pack.exceptions.clear();
    pack.notes.clear();
    pack.revisions.clear();
    pack
}

fn own_words() -> Pack {
    let mut pack = pack();
    let words =
        [(Colour::Green, "On target"), (Colour::Blue, "On target"), (Colour::Amber, "Within tolerance"), (Colour::Red, "Below floor")];
    pack.status_words = words.iter().map(|(colour, word)| (*colour, (*word).to_owned())).collect();
    pack.chart_all = true;
    pack
}

fn long_words() -> Pack {
    let mut pack = pack();
    let long: Vec<String> = (0..900).map(|n| format!("word{n}")).collect();
    pack.indicators[0].points.last_mut().unwrap().commentary = Some(long.join(" "));
    pack.indicators[1].title = "Requests for information under the Environmental Information Regulations answered late ".repeat(3);
    pack.exceptions[0].triggers = vec![Trigger::Fell(Colour::Green); 20];
    let answer = PackAnswer { words: Some(long.join(" ")), on: day("2023-10-01") };
    let mut asked = PackQuestion { words: long[..200].join(" "), state: State::Returned, answer: Some(answer), ..asked() };
    asked.returned = Some(long[..300].join(" "));
    pack.outstanding = vec![asked.clone(); 3];
    pack.settled = vec![PackQuestion { state: State::Accepted, ..asked }; 45];
    pack
}

fn kept_by_every_profile(what: &str, pack: &Pack) {
    let files = PROFILES.map(|(profile, reader)| {
        let edition = Pack { profile, ..pack.clone() };
        (format!("{what}-for-{reader}.xlsx"), render(&edition).unwrap())
    });
    checker::all_pass("editions", &files);
}

#[test]
fn the_sample_keeps_every_rule_for_every_reader() {
    kept_by_every_profile("sample", &pack());
}

#[test]
fn a_pack_in_welsh_keeps_every_rule_for_every_reader() {
    // Rules that go by words know English ones: they are asked of a copy whose sentences for them are in English, and
    // nothing else of it is. Of the file itself these are all that may be broken.
    const BY_WORDS: [&str; 3] = ["S02", "S15", "T09"];
    let files = PROFILES.map(|(profile, reader)| {
        let edition = Pack { profile, language: Language::find("cy-GB").unwrap(), ..pack() };
        (format!("welsh-for-{reader}.xlsx"), render(&edition).unwrap())
    });
    for (name, bytes) in &files {
        let broken = guidance::broken(name, bytes);
        assert!(broken.iter().all(|rule| BY_WORDS.contains(rule)), "{name}: {broken:?}");
    }
    checker::all_pass("editions", &files.map(|(name, bytes)| (name, sentences_in_english(&bytes))));
}

#[test]
fn nothing_to_report_keeps_every_rule_for_every_reader() {
    kept_by_every_profile("nothing", &nothing_to_report());
}

#[test]
fn a_councils_own_words_keep_every_rule_for_every_reader() {
    kept_by_every_profile("own-words", &own_words());
}

#[test]
fn long_words_keep_every_rule_for_every_reader() {
    kept_by_every_profile("long-words", &long_words());
}

#[test]
fn sixty_indicators_keep_every_rule_for_every_reader() {
    kept_by_every_profile("sixty", &large(60, 13));
}
