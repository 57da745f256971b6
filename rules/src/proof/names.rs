//! What looks like the name of a person. A guess for somebody to look at, made to miss few: forms of address, and two
//! words in a row that begin with capitals and are not the council's own.

const ADDRESSES: [&str; 14] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "cllr", "councillor", "prof", "professor", "sir", "dame", "lord", "lady"];

/// Words that begin with a capital and are part of no person's name.
const COMMON: [&str; 66] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "quarter",
    "q1",
    "q2",
    "q3",
    "q4",
    "council",
    "county",
    "city",
    "district",
    "borough",
    "cabinet",
    "committee",
    "panel",
    "board",
    "team",
    "service",
    "services",
    "department",
    "directorate",
    "office",
    "officer",
    "head",
    "director",
    "manager",
    "lead",
    "programme",
    "project",
    "plan",
    "strategy",
    "policy",
    "act",
    "government",
    "nhs",
    "england",
    "wales",
    "scotland",
    "north",
    "south",
    "east",
    "west",
    "the",
    "a",
    "this",
    "in",
    "we",
    "our",
    "new",
];

/// The first name in a text, as it is written there.
pub(super) fn first(text: &str, own: &[&str]) -> Option<String> {
    let own: Vec<String> = own.iter().map(|name| name.to_lowercase()).collect();
    let mut before: Option<Word<'_>> = None;
    for word in words(text) {
        if let Some(first) = before {
            let pair = format!("{} {}", first.text, word.text);
            let addressed = ADDRESSES.contains(&first.text.to_lowercase().as_str());
            let ordinary = |word: &Word<'_>| COMMON.contains(&word.text.to_lowercase().as_str());
            let told = !ordinary(&first) && !ordinary(&word) && !first.is_shout() && !word.is_shout();
            let ours = || own.iter().any(|name| name.contains(&pair.to_lowercase()));
            if first.is_capital() && word.is_capital() && !first.ends && (addressed || told) && !ours() {
                return Some(pair);
            }
        }
        before = Some(word);
    }
    None
}

#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    /// Whether something that ends a phrase follows it.
    ends: bool,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// `NHS`, `SEND`: letters that stand for words.
    fn is_shout(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    }
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.split_whitespace().filter_map(|raw| {
        let text = raw.trim_matches(|c: char| !c.is_alphanumeric());
        // `Dr.` is no end of a phrase.
        let address = ADDRESSES.contains(&text.to_lowercase().as_str());
        let ends = !address && raw.ends_with(['.', ',', ';', ':', '!', '?', ')']);
        (!text.is_empty()).then_some(Word { text, ends })
    })
}
