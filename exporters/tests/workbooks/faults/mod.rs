//! A good pack with one fault put into its parts, for every rule: each must be caught by its own rule, or the rule is
//! worth nothing.

use std::collections::BTreeMap;
use std::rc::Rc;

use exporters::pack::render;
use guidance::Book;

use crate::checker::{opinion, save_in};
use crate::parts::Parts;
use crate::sample::pack;

mod document;
mod looks;
mod print;
mod structure;
mod tables;

/// The rule that has to catch it, and the fault.
type Fault = (&'static str, fn(&mut Parts));

/// Sheets the faults are put on: of words in pairs, of figures, of charts.
const WORDS: &str = "Key";
const FIGURES: &str = "Trend data";
const CHARTS: &str = "Trend charts";
const CONTENTS: &str = "Table of contents";
const COVER: &str = "Cover";
/// Name of the file, unless that is the fault.
const NAME: &str = "performance-pack-exampleshire.xlsx";

/// A pack that keeps every rule.
fn good() -> Vec<u8> {
    let mut pack = pack();
    pack.chart_all = true;
    render(&pack).unwrap()
}

/// Name and bytes of each faulty file, by the rule that has to catch it.
fn faulty() -> BTreeMap<&'static str, (String, Vec<u8>)> {
    let good = good();
    let book = Rc::new(Book::open(NAME, &good).unwrap());
    let mut files = BTreeMap::new();
    let lists = [document::FAULTS, structure::FAULTS, tables::FAULTS, looks::FAULTS, print::FAULTS];
    for (rule, put_in) in lists.into_iter().flatten() {
        let mut parts = Parts::new(&good, &book);
        put_in(&mut parts);
        assert!(files.insert(*rule, (NAME.to_owned(), parts.bytes())).is_none(), "two faults of {rule}");
    }
    // Two that are no part of the workbook: the file itself, and its name.
    files.insert("K01", (NAME.to_owned(), good[..good.len() / 2].to_vec()));
    files.insert("D05", ("Performance pack final.xlsx".to_owned(), good));
    files
}

#[test]
fn every_rule_catches_the_fault_it_is_there_for() {
    assert_eq!(guidance::broken(NAME, &good()), Vec::<&str>::new(), "the pack is good to begin with");
    let files = faulty();
    let rules: Vec<&str> = guidance::RULES.iter().map(|rule| rule.id).collect();
    let (mut found, mut missed) = (BTreeMap::new(), Vec::new());
    for id in &rules {
        let (name, bytes) = files.get(id).unwrap_or_else(|| panic!("no fault for {id}"));
        let broken = guidance::broken(name, bytes);
        // A fault in one place may touch a few rules; one that breaks many tests nothing in particular.
        if !broken.contains(id) || broken.len() > 4 {
            missed.push(format!("the fault of {id} breaks {broken:?}"));
        }
        found.insert(save_in(&format!("faults/{id}"), name, bytes), broken);
    }
    assert_eq!(missed, Vec::<String>::new());
    assert_eq!(found.len(), 78);
    let alone = found.values().filter(|broken| broken.len() == 1).count();
    assert!(alone >= 50, "{alone} faults are caught by their own rule alone");
    let paths: Vec<_> = found.keys().cloned().collect();
    let Some(other) = opinion(&paths) else { return };
    let apart = found.iter().filter(|(path, broken)| other[*path].1 != **broken);
    let apart: Vec<String> = apart.map(|(path, broken)| format!("{} {broken:?}\n{}", path.display(), failures(&other[path].0))).collect();
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}

/// The lines of a checker's words that are not of rules kept.
fn failures(said: &str) -> String {
    said.lines().filter(|line| !line.starts_with("PASS")).collect::<Vec<_>>().join("\n")
}
