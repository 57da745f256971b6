//! One indicator as the sheets read it: its latest point, what stood before, and the words for both.

use rules::measure::{Purpose, UnitKind};
use rules::period::Period;
use rules::status::Colour;
use rust_decimal::Decimal;

use crate::figures::{self, Shown};
use crate::pack::{Pack, PackIndicator, PackPoint};
use crate::table::Cell;
use crate::text;

/// An indicator with the points every sheet asks for.
pub(crate) struct Reading<'a> {
    pub(crate) indicator: &'a PackIndicator,
    pub(crate) shown: Shown,
    pub(crate) latest: Option<&'a PackPoint>,
    /// Every point up to the latest, oldest first.
    pub(crate) until: &'a [PackPoint],
}

/// A pack with its indicators read.
pub(crate) struct Read<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) all: Vec<Reading<'a>>,
    pub(crate) period: String,
}

impl<'a> Read<'a> {
    pub(crate) fn new(pack: &'a Pack) -> Self {
        let all = pack.indicators.iter().map(|indicator| Reading::new(indicator, pack.period)).collect();
        Self { pack, all, period: pack.period.words() }
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
        format!("{what}, {}, {}", text::cut(&text::title(&self.pack.council), 50), self.period)
    }

    /// The council's word for a status. Two statuses with one word would be told apart by colour alone, so there
    /// the common word is added.
    pub(crate) fn word(&self, colour: Colour) -> String {
        let own = |c: Colour| {
            let word = self.pack.status_words.iter().find(|(of, _)| *of == c).map(|(_, word)| word.as_str());
            text::said(word).unwrap_or_else(|| c.words().to_owned())
        };
        let word = own(colour);
        let shared = Colour::ALL.iter().any(|other| *other != colour && own(*other).eq_ignore_ascii_case(&word));
        if shared { format!("{word} ({})", colour.words()) } else { word }
    }

    pub(crate) fn status(&self, colour: Colour) -> Cell {
        Cell::Status(colour, self.word(colour))
    }

    /// "quarter", "month", …: what one reporting period is called in a sentence.
    pub(crate) fn noun(&self) -> &'static str {
        match self.pack.period.months() {
            1 => "month",
            3 => "quarter",
            6 => "half-year",
            12 => "year",
            _ => "period",
        }
    }
}

impl<'a> Reading<'a> {
    fn new(indicator: &'a PackIndicator, period: Period) -> Self {
        let end = indicator.points.iter().rposition(|p| p.period.end() <= period.end()).map_or(0, |at| at + 1);
        let until = &indicator.points[..end];
        Self { indicator, shown: Shown::new(&indicator.unit, indicator.decimals), latest: until.last(), until }
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
        Cell::figure(value(point), self.shown, absent(point))
    }

    pub(crate) fn figure(&self, value: Option<Decimal>) -> Cell {
        Cell::figure(value, self.shown, "[z]")
    }

    /// A figure of this indicator in a sentence: `65.0%`, `£1,204`, `12.3 days`.
    pub(crate) fn words(&self, value: Decimal) -> String {
        let figure = self.shown.words(value);
        match self.shown.kind {
            UnitKind::Duration => format!("{figure} {}", figures::unit_words(&self.indicator.unit).to_lowercase()),
            _ => figure,
        }
    }

    pub(crate) fn unit(&self) -> String {
        figures::unit_words(&self.indicator.unit)
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
