//! What the words and marks of the pack mean.

use rules::status::Colour;

use crate::figures::MARKS;
use crate::reading::Read;
use crate::table::{Cell, TablePage, words};

/// Words that mean the same in every council's pack.
const TERMS: [(&str, &str); 15] = [
    (
        "Year-end status",
        "The forecast for the end of the year, judged by the same rule against the year's own target. Not applicable where nobody forecasts.",
    ),
    (
        "Improving",
        "Better than in the period compared with, at the precision shown. Whether higher or lower is better is in the column Better is.",
    ),
    ("Worsening", "Worse than in the period compared with, at the precision shown."),
    ("No change", "The same as in the period compared with, at the precision shown."),
    ("Not comparable", "One of the two figures is missing, the definition changed between them, or the figure adds up through the year."),
    ("Direction of travel", "The latest figure against the period before it."),
    ("Against last year", "The latest figure against the same period a year earlier."),
    ("Year to date covers", "How many periods of the year have a figure, out of those that should by now. A gap is said, never guessed."),
    ("Intervention level", "Past this, somebody steps in."),
    ("Provisional", "The figure may yet change."),
    ("Final", "The figure is settled."),
    ("Revised", "The figure was changed after it was first given."),
    ("Concern", "An exception of 30 points or more; points add up over its reasons."),
    ("Watch", "An exception of fewer points."),
    ("Improvement", "An exception for the better."),
];

pub(super) fn page(read: &Read) -> TablePage {
    let mut page = TablePage::new("Key", "key", read.title("Key"), "It says what the words and marks of this workbook mean.");
    page.landscape = false;
    page.columns = vec![words("Term", 26), words("Meaning", 102)];
    let mut row = |term: &str, meaning: &str| page.rows.push(vec![Cell::words(term), Cell::words(meaning)]);
    for colour in Colour::ALL {
        row(&read.word(*colour), meaning(*colour));
    }
    for rule in &read.pack.how_status_is_set {
        row("How status is set", rule);
    }
    for (term, meaning) in TERMS {
        row(term, meaning);
    }
    for (mark, meaning) in MARKS {
        row(mark, &format!("Stands where there is no figure: {meaning}."));
    }
    row("Quarters", "The financial year runs from April to March, and its quarters begin in April, July, October and January.");
    page
}

const fn meaning(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "A colour: on target or better.",
        Colour::Amber => "A colour: off target, within what is tolerated.",
        Colour::Red => "A colour: off target beyond what is tolerated.",
        Colour::Blue => "A colour: better than target by a margin.",
        Colour::NoTarget => "Not a colour: there is a figure and nothing to judge it by.",
        Colour::NoData => "Not a colour: a figure was due and there is none.",
        Colour::NotDue => "Not a colour: nothing is owed yet.",
        Colour::NotApplicable => "Not a colour: the question does not arise, for instance because nobody made a forecast.",
        Colour::Suppressed => "Not a colour: there is a figure that may not be shown.",
    }
}
