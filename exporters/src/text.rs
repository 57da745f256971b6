//! Text made fit for a cell, a heading, a file name.

/// A file name: lower case, words joined by dashes, at most 60 characters with `.xlsx`.
pub(crate) fn file_name(what: &str, council: &str, period: &str) -> String {
    let whole = format!("{what} {council} {period}");
    let words = dashed(&whole);
    let mut name: String = words.chars().take(55).collect();
    if words.len() > 55 {
        // The period tells packs apart, so it is the council's name that is cut.
        let (what, period) = (dashed(what), dashed(period));
        let room = 55_usize.saturating_sub(what.len() + period.len() + 2);
        let council: String = dashed(council).chars().take(room).collect();
        name = format!("{what}-{}-{period}", council.trim_matches('-')).chars().take(55).collect();
    }
    format!("{}.xlsx", name.trim_matches('-'))
}

fn dashed(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}
