//! One indicator as the sheets read it: its latest point, what stood before, and the words for both.

use chrono::NaiveDate;
use rules::measure::{Purpose, UnitKind};
use rules::period::Period;
use rules::status::Colour;
use rust_decimal::Decimal;

use crate::figures::{self, Shown};
use crate::language::{Language, tell};
use crate::pack::{Pack, PackIndicator, PackPoint};
use crate::table::{self, Cell, Column, TablePage};
use crate::text;

/// An indicator with the points every sheet asks for.
pub(crate) struct Reading<'a> {
    pub(crate) indicator: &'a PackIndicator,
    pub(crate) shown: Shown,
    pub(crate) latest: Option<&'a PackPoint>,
    language: &'a Language,
    /// Every point up to the latest, oldest first.
    pub(crate) until: &'a [PackPoint],
}

/// A pack with its indicators read.
pub(crate) struct Read<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) all: Vec<Reading<'a>>,
    pub(crate) language: &'a Language,
    pub(crate) period: String,
    status_words: Vec<(Colour, String)>,
}

impl<'a> Read<'a> {
    pub(crate) fn new(pack: &'a Pack) -> Self {
        let language = &pack.language;
        let all = pack.indicators.iter().map(|indicator| Reading::new(indicator, pack.period, language)).collect();
        Self { pack, all, language, period: language.period(pack.period), status_words: status_words(pack) }
    }

    /// Indicators that are judged: the scorecards.
    pub(crate) fn operational(&self) -> Vec<&Reading<'a>> {
        self.all.iter().filter(|r| r.indicator.purpose == Purpose::Operational).collect()
    }

    /// Measures that inform and are not judged.
    pub(crate) fn contextual(&self) -> Vec<&Reading<'a>> {
        self.all.iter().filter(|r| r.indicator.purpose == Purpose::Contextual).collect()
    }

    pub(crate) fn find(&self, code: &str) -> Option<&Reading<'a>> {
        self.all.iter().find(|r| r.indicator.code == code)
    }

    /// A sheet's title: what, where, when.
    pub(crate) fn title(&self, what: &str) -> String {
        let council = text::cut(&text::title(&self.pack.council), 50);
        tell!(self.language, "title", what = what, council = council, period = self.period.as_str())
    }

    /// The council's word for a status.
    pub(crate) fn word(&self, colour: Colour) -> String {
        self.status_words.iter().find(|(of, _)| *of == colour).map(|(_, word)| word.clone()).unwrap_or_default()
    }

    pub(crate) fn status(&self, colour: Colour) -> Cell {
        Cell::Status(colour, self.word(colour))
    }

    /// A page with one table: its words are those of the messages that end in `id`.
    pub(crate) fn page(&self, id: &str, table: &'static str) -> TablePage {
        let of = |set: &str| self.language.word(set, id).to_owned();
        let mut page = TablePage::new(of("sheet"), table, self.title(&of("title")), of("purpose"));
        page.shows = of("shows");
        page.readers = self.say("readers-everyone").to_owned();
        page
    }

    /// A message without variables.
    pub(crate) fn say(&self, id: &str) -> &'a str {
        self.language.say(id)
    }

    /// A column of words.
    pub(crate) fn text_column(&self, id: &str, width: u16) -> Column {
        table::words(self.say(id), width)
    }

    /// A column of figures or dates.
    pub(crate) fn figure_column(&self, id: &str, width: u16) -> Column {
        table::figures(self.say(id), width)
    }

    /// A cell with a message.
    pub(crate) fn cell(&self, id: &str) -> Cell {
        Cell::Text(self.say(id).to_owned())
    }

    /// Words of the council's, or that none were given.
    pub(crate) fn words(&self, words: impl AsRef<str>) -> Cell {
        self.text(Some(words.as_ref()), "not-given")
    }

    /// Words of the council's, or the message that stands for none.
    pub(crate) fn text(&self, text: Option<&str>, otherwise: &str) -> Cell {
        Cell::text(text, self.say(otherwise))
    }

    /// A real date, `[z]` where there is none.
    pub(crate) fn date(&self, day: Option<NaiveDate>) -> Cell {
        Cell::date(day, self.language)
    }

    /// Months of the pack's own period: for sentences about the one before.
    pub(crate) fn months(&self) -> u32 {
        self.pack.period.months()
    }
}

/// A word for each status. Two statuses with one word would be told apart by colour alone, so there the common word is
/// added.
fn status_words(pack: &Pack) -> Vec<(Colour, String)> {
    let common = |colour: Colour| pack.language.word("status", colour.code());
    let own = |colour: Colour| {
        let word = pack.status_words.iter().find(|(of, _)| *of == colour).map(|(_, word)| word.as_str());
        text::said(word).unwrap_or_else(|| common(colour).to_owned())
    };
    let words: Vec<(Colour, String)> = Colour::ALL.iter().map(|colour| (*colour, own(*colour))).collect();
    let told = |(colour, word): &(Colour, String)| {
        let shared = words.iter().any(|(other, its)| other != colour && its.eq_ignore_ascii_case(word));
        let word =
            if shared { tell!(pack.language, "status-shared", word = word.as_str(), common = common(*colour)) } else { word.clone() };
        (*colour, word)
    };
    words.iter().map(told).collect()
}

impl<'a> Reading<'a> {
    fn new(indicator: &'a PackIndicator, period: Period, language: &'a Language) -> Self {
        let end = indicator.points.iter().rposition(|p| p.period.end() <= period.end()).map_or(0, |at| at + 1);
        let until = &indicator.points[..end];
        Self { indicator, shown: Shown::new(&indicator.unit, indicator.decimals), latest: until.last(), language, until }
    }

    fn at(&self, period: Option<Period>) -> Option<&'a PackPoint> {
        self.until.iter().find(|p| Some(p.period) == period)
    }

    pub(crate) fn previous(&self) -> Option<&'a PackPoint> {
        self.at(self.latest?.period.previous())
    }

    pub(crate) fn last_year(&self) -> Option<&'a PackPoint> {
        self.at(self.latest?.period.last_year())
    }

    pub(crate) fn colour(&self) -> Colour {
        self.latest.map_or(Colour::NoData, |p| p.status.colour)
    }

    pub(crate) fn year_end(&self) -> Colour {
        self.latest.map_or(Colour::NotApplicable, |p| p.year_end_status.colour)
    }

    pub(crate) fn was(&self) -> Option<Colour> {
        self.previous().map(|p| p.status.colour)
    }

    /// The value of a point, or the mark that stands for it.
    pub(crate) fn value(&self, point: Option<&PackPoint>) -> Cell {
        let Some(point) = point else { return Cell::Mark("[z]") };
        Cell::figure(value(point), self.shown, absent(point), self.language)
    }

    pub(crate) fn figure(&self, value: Option<Decimal>) -> Cell {
        Cell::figure(value, self.shown, "[z]", self.language)
    }

    /// A figure of this indicator in a sentence: `65.0%`, `£1,204`, `12.3 days`.
    pub(crate) fn words(&self, value: Decimal) -> String {
        let figure = self.shown.words(self.language, value);
        match self.shown.kind {
            UnitKind::Duration => figures::lasting(self.language, figure, &self.indicator.unit),
            _ => figure,
        }
    }

    pub(crate) fn unit(&self) -> String {
        figures::unit_words(self.language, &self.indicator.unit)
    }

    /// `WM01 Missed bins`.
    pub(crate) fn name(&self) -> String {
        text::clean(&format!("{} {}", self.indicator.code, self.indicator.title))
    }
}

/// The value that may be shown.
pub(crate) fn value(point: &PackPoint) -> Option<Decimal> {
    if hidden(point) { None } else { point.value }
}

/// A suppressed figure is never printed, nor are the two it was made from.
pub(crate) fn hidden(point: &PackPoint) -> bool {
    point.absence == Some(rules::measure::Absence::Suppressed) || point.status.colour == Colour::Suppressed
}

/// The mark for a point without a value.
pub(crate) fn absent(point: &PackPoint) -> &'static str {
    if hidden(point) {
        return "[c]";
    }
    match (point.absence, point.status.colour) {
        (None, Colour::NotDue | Colour::NotApplicable) => "[z]",
        (absence, _) => figures::mark(absence),
    }
}

/// Green, Amber, Red or Blue, and not one of the states that are no colour.
pub(crate) const fn is_colour(colour: Colour) -> bool {
    matches!(colour, Colour::Green | Colour::Amber | Colour::Red | Colour::Blue)
}

/// Better is higher: for telling whether a status rose or fell.
pub(crate) const fn rank(colour: Colour) -> Option<u8> {
    match colour {
        Colour::Red => Some(0),
        Colour::Amber => Some(1),
        Colour::Green => Some(2),
        Colour::Blue => Some(3),
        _ => None,
    }
}
