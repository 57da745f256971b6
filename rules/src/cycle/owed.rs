//! What a return lacks before it can be submitted.

use crate::closed_set;
use crate::measure::Absence;
use crate::status::Colour;

closed_set! {
    /// Something a figure lacks, in the order it is asked for.
    Missing {
        /// Neither a figure nor a reason why there is none.
        Figure = "FIGURE", "a figure, or why there is none";
        /// What it shows and why.
        Explanation = "EXPLANATION", "an explanation";
        /// What is done about it.
        Action = "ACTION", "a remedial action";
        /// By whom.
        Owner = "OWNER", "who does it";
        /// By when.
        Due = "DUE", "by which day";
    }
}

/// One figure of a return, as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// How it is judged; what was given decides, not what is forecast.
    pub status: Colour,
    /// Whether a figure was given.
    pub given: bool,
    /// Why none was.
    pub absence: Option<Absence>,
    /// The commentary.
    pub commentary: Option<&'a str>,
    /// What is done about it.
    pub action: Option<&'a str>,
    /// By whom.
    pub owner: Option<&'a str>,
    /// Whether there is a day by which it is done.
    pub has_due: bool,
}

/// What is missing of a figure. Amber and red need an explanation and a remedial action that somebody does by a day
/// (`domain.md` §4; seed 001). A figure that is not available needs the explanation.
#[must_use]
pub fn owed(entry: &Entry<'_>) -> Vec<Missing> {
    let blank = |words: Option<&str>| words.is_none_or(|words| words.trim().is_empty());
    if !entry.given && entry.absence.is_none() {
        return vec![Missing::Figure];
    }
    let off_target = matches!(entry.status, Colour::Amber | Colour::Red);
    let unavailable = matches!(entry.absence, Some(Absence::NotAvailable));
    let wants = [
        (Missing::Explanation, (off_target || unavailable) && blank(entry.commentary)),
        (Missing::Action, off_target && blank(entry.action)),
        (Missing::Owner, off_target && blank(entry.owner)),
        (Missing::Due, off_target && !entry.has_due),
    ];
    wants.into_iter().filter(|(_, lacks)| *lacks).map(|(missing, _)| missing).collect()
}
