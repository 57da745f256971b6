//! One spelling of each ref: what the council holds is what counts, then what the ref's own row says. Whoever types
//! `wm01` means WM01.

use std::collections::HashMap;

use rules::workbook::{ELEMENTS, INDICATORS};

use crate::frameworks::book::HeldFramework;
use crate::imports::plan::framework::sheet::Draft;

/// Refs by their lower-case spelling.
#[derive(Default)]
struct Spelling(HashMap<String, String>);

impl Spelling {
    fn learn<'a>(&mut self, codes: impl Iterator<Item = &'a String>) {
        for code in codes {
            self.0.entry(code.to_lowercase()).or_insert_with(|| code.clone());
        }
    }

    fn settle(&self, code: &mut String) {
        if let Some(known) = self.0.get(&code.to_lowercase()) {
            code.clone_from(known);
        }
    }
}

/// Gives every ref of the workbook its one spelling, and lists whose order means nothing one order.
pub fn settle(draft: &mut Draft, held: &HeldFramework) {
    let (mut elements, mut indicators, mut forums) = (Spelling::default(), Spelling::default(), Spelling::default());
    elements.learn(held.element_ids.keys());
    elements.learn(draft.elements.iter().map(|entry| &entry.placed.row.code));
    elements.learn(draft.unread.iter().filter(|row| row.sheet == ELEMENTS.name).filter_map(|row| row.code.as_ref()));
    indicators.learn(held.indicator_ids.keys());
    indicators.learn(draft.indicators.iter().map(|entry| &entry.placed.row.code));
    indicators.learn(draft.unread.iter().filter(|row| row.sheet == INDICATORS.name).filter_map(|row| row.code.as_ref()));
    forums.learn(held.forums.iter().map(|forum| &forum.row.code));
    forums.learn(draft.forums.iter().map(|entry| &entry.placed.row.code));
    for row in &mut draft.unread {
        let of = if row.sheet == ELEMENTS.name { &elements } else { &indicators };
        row.code.iter_mut().for_each(|code| of.settle(code));
    }
    for entry in &mut draft.elements {
        elements.settle(&mut entry.placed.row.code);
        entry.placed.row.parent.iter_mut().for_each(|code| elements.settle(code));
    }
    for entry in &mut draft.indicators {
        indicators.settle(&mut entry.placed.row.code);
        elements.settle(&mut entry.placed.row.owner);
        let explained = &mut entry.placed.row.context_for;
        explained.iter_mut().for_each(|code| indicators.settle(code));
        explained.sort();
        explained.dedup();
    }
    for entry in &mut draft.links {
        let row = &mut entry.placed.row;
        if row.from_indicator { &indicators } else { &elements }.settle(&mut row.from);
        elements.settle(&mut row.to);
    }
    for entry in &mut draft.targets {
        indicators.settle(&mut entry.placed.row.indicator);
    }
    for entry in &mut draft.rules {
        entry.placed.row.indicator.iter_mut().for_each(|code| indicators.settle(code));
    }
    for entry in &mut draft.forums {
        let row = &mut entry.placed.row;
        forums.settle(&mut row.code);
        row.remit.iter_mut().for_each(|code| elements.settle(code));
        row.remit.sort();
        row.remit.dedup();
    }
}
