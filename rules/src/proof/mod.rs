//! What an officer looks at once more before a document goes out: C01 to C11 of the pack's design, but C08, which needs a
//! status that a person chose against the rule and the framework keeps none. Never printed in the document itself.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::measure::{Absence, Purpose, UnitKind};
use crate::period::Period;
use crate::series::Point;
use crate::status::{Colour, Thresholds};

mod names;
#[cfg(test)]
mod tests;

/// Characters of a commentary that a committee still reads.
pub const COMMENTARY_CHARACTERS_MAX: usize = 600;
/// Counts of so few people can be recognised.
const FEW: (u32, u32) = (1, 4);
/// So many times the target or the last value is a slip of the comma more often than a result.
const TIMES: u32 = 10;

/// What stands beside a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Words<'a> {
    /// Why it is what it is.
    pub commentary: Option<&'a str>,
    /// What is done about it.
    pub action: Option<&'a str>,
    /// By whom.
    pub owner: Option<&'a str>,
    /// By when.
    pub due: Option<NaiveDate>,
}

/// One indicator as a document is about to print it.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    /// As made by [`crate::series::Series::points`], the last one reported last.
    pub points: &'a [Point],
    /// What the indicator is for.
    pub purpose: Purpose,
    /// Its unit in the council's words.
    pub unit: &'a str,
    /// Words beside its figures may speak of persons.
    pub sensitive: bool,
    /// The words beside the last point and beside the one before; none where the document's audience does not see them,
    /// and then nothing is said of them.
    pub words: Option<(Words<'a>, Words<'a>)>,
    /// The year the last point is of.
    pub year: Option<Period>,
    /// The day the document is of.
    pub today: NaiveDate,
    /// Names that are no person's: of the council, its services, its indicators.
    pub own_names: &'a [&'a str],
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// `C01`.
    pub code: &'static str,
    /// A sentence.
    pub words: String,
}

fn remark(code: &'static str, words: impl Into<String>) -> Option<Remark> {
    Some(Remark { code, words: words.into() })
}

/// All there is to look at, in the order of the codes.
///
/// Periods at the end that are not due yet are passed over: the question is then asked of the last one that was.
#[must_use]
pub fn read(proof: &Proof<'_>) -> Vec<Remark> {
    let due = proof.points.iter().rposition(|point| point.status.colour != Colour::NotDue);
    let Some(points) = due.and_then(|due| proof.points.get(..=due)) else { return Vec::new() };
    let Some(now) = points.last() else { return Vec::new() };
    // Words belong to the last point; where that is not due, nothing was to be said yet.
    let (words, before) = match proof.words.filter(|_| points.len() == proof.points.len()) {
        Some((words, before)) => (Some(words), before),
        None => (None, Words::default()),
    };
    let operational = proof.purpose == Purpose::Operational;
    let judged = words.filter(|_| operational);
    [
        judged.and_then(|words| unexplained(now, words)),
        judged.and_then(|words| overdue(now, words, proof.today)),
        judged.and_then(|words| hopeful(now, words, proof.year)),
        words.and_then(|words| said_before(words, before)),
        words.and_then(long_winded),
        operational.then(|| aimless(now)).flatten(),
        far_off(points, now),
        silent(points),
        few_people(proof, now),
        words.filter(|_| proof.sensitive).and_then(|words| named(words, proof.own_names)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn off_target(point: &Point) -> bool {
    matches!(point.status.colour, Colour::Amber | Colour::Red)
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// C01.
fn unexplained(now: &Point, words: Words<'_>) -> Option<Remark> {
    let wanted = [
        ("commentary", is_blank(words.commentary)),
        ("an action", is_blank(words.action)),
        ("who does it", is_blank(words.owner)),
        ("a due date", words.due.is_none()),
    ];
    let missing: Vec<&str> = wanted.iter().filter(|(_, missing)| *missing).map(|(what, _)| *what).collect();
    (off_target(now) && !missing.is_empty()).then_some(())?;
    remark("C01", format!("{} without {}.", now.status.colour.words(), listed(&missing)))
}

/// C02.
fn overdue(now: &Point, words: Words<'_>, today: NaiveDate) -> Option<Remark> {
    let due = words.due.filter(|due| off_target(now) && *due < today)?;
    remark("C02", format!("The action was due on {} and the figure is still {}.", due.format("%-d %B %Y"), now.status.colour.words()))
}

/// C03.
fn hopeful(now: &Point, words: Words<'_>, year: Option<Period>) -> Option<Remark> {
    let hopes = matches!(now.year_end.status.colour, Colour::Green | Colour::Blue);
    let in_time = words.due.zip(year).is_some_and(|(due, year)| due <= year.end()) && !is_blank(words.action);
    (now.status.colour == Colour::Red && hopes && !in_time).then_some(())?;
    remark("C03", "Red now and forecast to be on target at year end, without an action due before then.")
}

/// C04.
fn said_before(words: Words<'_>, before: Words<'_>) -> Option<Remark> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let (now, then) = (plain(words.commentary?), plain(before.commentary?));
    (!now.is_empty() && now == then).then_some(())?;
    remark("C04", "The commentary is the same as last period's.")
}

/// C05.
fn long_winded(words: Words<'_>) -> Option<Remark> {
    let length = words.commentary?.chars().count();
    (length > COMMENTARY_CHARACTERS_MAX).then_some(())?;
    remark("C05", format!("The commentary has {length} characters; {COMMENTARY_CHARACTERS_MAX} are read."))
}

/// C06.
fn aimless(now: &Point) -> Option<Remark> {
    let Thresholds { target, lower, upper, .. } = now.thresholds;
    if now.status.colour == Colour::NoTarget {
        return remark("C06", "No target was set for this period.");
    }
    (target.is_some_and(|target| target.is_zero()) && lower.is_none() && upper.is_none()).then_some(())?;
    remark("C06", "The target is 0: say that it is meant, or set one.")
}

/// C07.
fn far_off(points: &[Point], now: &Point) -> Option<Remark> {
    let value = now.value.filter(|_| now.absence.is_none())?;
    let last = points.iter().rev().skip(1).find_map(|point| point.value.filter(|_| point.absence.is_none()));
    let far = |than: Option<Decimal>| than.is_some_and(|than| is_far(value, than));
    let than = match (far(now.thresholds.target), far(last)) {
        (true, true) => "the target and the last value",
        (true, false) => "the target",
        (false, true) => "the last value",
        (false, false) => return None,
    };
    remark("C07", format!("The value is more than {TIMES} times, or less than a tenth of, {than}."))
}

/// Whether one figure is over ten times another or under a tenth of it; nothing is said of zeros.
fn is_far(value: Decimal, than: Decimal) -> bool {
    let (value, than, times) = (value.abs(), than.abs(), Decimal::from(TIMES));
    if value.is_zero() || than.is_zero() {
        return false;
    }
    let over = |one: Decimal, other: Decimal| other.checked_mul(times).is_some_and(|most| one > most);
    over(value, than) || over(than, value)
}

/// C09.
fn silent(points: &[Point]) -> Option<Remark> {
    let without = |point: &&Point| point.status.colour == Colour::NoData && point.value.is_none();
    let running = points.iter().rev().take_while(without).count();
    (running >= 2).then_some(())?;
    remark("C09", format!("{running} periods running without data."))
}

/// C10.
fn few_people(proof: &Proof<'_>, now: &Point) -> Option<Remark> {
    if now.absence == Some(Absence::Suppressed) {
        return None;
    }
    let few = |figure: Decimal| figure.is_integer() && (Decimal::from(FEW.0)..=Decimal::from(FEW.1)).contains(&figure);
    let counts = proof.sensitive && UnitKind::of(proof.unit) == UnitKind::Number || of_people(proof.unit);
    let value = now.value.filter(|figure| counts && few(*figure));
    let part = now.numerator.filter(|figure| proof.sensitive && few(*figure));
    let figure = value.or(part)?;
    remark("C10", format!("{} is few enough for persons to be recognised: suppress it if they are people.", figure.normalize()))
}

/// Whether a unit says that people are counted.
fn of_people(unit: &str) -> bool {
    let unit = unit.trim().to_lowercase();
    ["people", "persons", "children", "adults", "residents", "young people", "pupils", "carers"].contains(&unit.as_str())
}

/// C11.
fn named(words: Words<'_>, own: &[&str]) -> Option<Remark> {
    let found = [words.commentary, words.action].into_iter().flatten().find_map(|text| names::first(text, own))?;
    remark("C11", format!("“{found}” may be the name of a person, and this indicator is sensitive."))
}

fn listed(what: &[&str]) -> String {
    match what {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
