//! Which area, which period and which figure a cell of a national file means.

use std::collections::{HashMap, HashSet};

use importers::benchmark::{AreaKind, BenchmarkReading, Figures, PeriodAs, resolve};
use importers::{Diagnostic, Place, Severity};
use rules::area::{Area, Register, Standing};
use rules::measure::{Absence, ValueState};
use rules::period::Period;
use rust_decimal::Decimal;

use super::Said;
use super::measures::NewMeasure;
use crate::benchmarks::place::one;
use crate::error::{Error, Result};

/// A figure understood.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its measure's place.
    pub measure: usize,
    /// Its area's place in [`Resolved::areas`].
    pub area: usize,
    pub period: Period,
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub absence: Option<Absence>,
    /// What marks beside it say: `PROVISIONAL`.
    pub marks: Option<&'static str>,
}

/// A file understood.
pub struct Resolved {
    pub areas: Vec<String>,
    pub figures: Vec<Figure>,
    /// Figures that are not taken, for what their diagnostics say.
    pub refused: usize,
    /// Figures of totals and of other bodies, and of measures nobody asked for.
    pub left_out: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// What an area as written is.
enum At {
    Known(usize),
    /// A total or another body: nothing is wrong.
    LeftOut,
    Unknown,
}

/// Understands a file.
pub fn resolved(
    reading: &BenchmarkReading,
    packed: &Figures,
    register: &Register,
    said: &Said<'_>,
    measures: (&[NewMeasure], &[Option<usize>]),
) -> Result<Resolved> {
    let mut out =
        Resolved { areas: Vec::new(), figures: Vec::with_capacity(packed.len()), refused: 0, left_out: 0, diagnostics: Vec::new() };
    let mut place_of: HashMap<String, usize> = HashMap::new();
    let areas: Vec<At> = reading.areas.iter().map(|met| at(met, register, &mut out, &mut place_of)).collect();
    let mut periods: HashMap<(u32, usize), Option<Period>> = HashMap::new();
    let mut seen: HashMap<(usize, usize, Period), usize> = HashMap::with_capacity(packed.len());
    let mut gone: HashSet<(usize, Period)> = HashSet::new();
    let (known, of) = measures;
    for figure in packed.iter() {
        let figure = figure.map_err(|_| Error::internal("reading figures", &"what was handed over is none"))?;
        let area = usize::try_from(figure.area).ok().and_then(|at| areas.get(at));
        let measure = usize::try_from(figure.measure).ok().and_then(|at| of.get(at)).copied().flatten();
        let (area, measure) = match (area, measure) {
            (Some(At::Known(area)), Some(measure)) => (*area, measure),
            (Some(At::Unknown) | None, _) => {
                out.refused += 1;
                continue;
            }
            _ => {
                out.left_out += 1;
                continue;
            }
        };
        let Some(of) = known.get(measure) else { continue };
        let period = match figure.period {
            Some(at) => *periods.entry((at, measure)).or_insert_with(|| period(reading, at, of, said, &mut out.diagnostics)),
            None => None,
        };
        let Some(period) = period else {
            if figure.period.is_none() {
                let message = "This figure is for no period: the file names none.";
                out.diagnostics.push(Diagnostic::new("PER-021", reading.place(&figure), message).weighing(Severity::Error));
            }
            out.refused += 1;
            continue;
        };
        let (read, problems) = reading.interpret(&figure, &of.unit);
        let nothing = read.value.is_none() && read.absence.is_none() && (read.numerator.is_none() || read.denominator.is_none());
        let wrong = problems.iter().any(|problem| problem.severity == Severity::Error);
        out.diagnostics.extend(problems);
        if wrong {
            out.refused += 1;
            continue;
        }
        if nothing {
            // A blank cell says nothing.
            out.left_out += 1;
            continue;
        }
        if gone.insert((area, period)) {
            ended(register, out.areas.get(area).map_or("", String::as_str), period, reading.place(&figure), &mut out.diagnostics);
        }
        let marks = match read.state {
            Some(ValueState::Provisional) => Some("PROVISIONAL"),
            _ => None,
        };
        let figure_read = Figure {
            measure,
            area,
            period,
            value: read.value,
            numerator: read.numerator,
            denominator: read.denominator,
            absence: read.absence,
            marks,
        };
        if let Some(first) = seen.get(&(measure, area, period)).and_then(|at| out.figures.get(*at)) {
            if !same(first, &figure_read) {
                let message = "The file has another figure of this measure, area and period before this one: the first is taken.";
                out.diagnostics.push(Diagnostic::new("LST-003", reading.place(&figure), message));
                out.refused += 1;
            }
            continue;
        }
        seen.insert((measure, area, period), out.figures.len());
        out.figures.push(figure_read);
    }
    out.diagnostics = importers::diagnostic::merge(std::mem::take(&mut out.diagnostics));
    Ok(out)
}

fn same(one: &Figure, other: &Figure) -> bool {
    (one.value, one.numerator, one.denominator, one.absence) == (other.value, other.numerator, other.denominator, other.absence)
}

fn at(met: &importers::benchmark::AreaMet, register: &Register, out: &mut Resolved, place_of: &mut HashMap<String, usize>) -> At {
    let mut place = |area: &Area| {
        let at = *place_of.entry(area.code.clone()).or_insert_with(|| {
            out.areas.push(area.code.clone());
            out.areas.len() - 1
        });
        At::Known(at)
    };
    let (code, name) = (met.code.as_ref().map(|text| text.text.trim()), met.name.as_ref().map(|text| text.text.trim()));
    let by_code = code.and_then(|code| register.find(code));
    let mut named: Vec<&Area> = name.map(|name| register.named(name)).unwrap_or_default();
    if let Some(area) = by_code {
        // A name nobody has is a spelling, one of whom it followed an old one; one that is another's contradicts the code.
        let line = register.line(&area.code);
        let before = |named: &Area| register.successors_at_last(&named.code).contains(&area.code.as_str());
        let own = |named: &&Area| named.code == area.code || line.contains(&named.code.as_str()) || before(named);
        if named.is_empty() || named.iter().any(own) {
            return place(area);
        }
        let other: Vec<String> = named.iter().map(|area| format!("{} {}", area.code, area.name)).collect();
        let message = format!("{} is the code of {}, and the name is that of {}.", area.code, area.name, other.join(" or "));
        out.diagnostics.push(Diagnostic::new("BMK-004", met.place.clone(), message).suggest("Correct the code or the name"));
        return At::Unknown;
    }
    named.retain(|area| matches!(met.kind, AreaKind::Region) != area.kind.is_authority());
    named.dedup_by(|a, b| a.code == b.code);
    if let (Some(one), None) = (one(register, &named), code) {
        return place(one);
    }
    if matches!(met.kind, AreaKind::Total | AreaKind::Other | AreaKind::Region) {
        return At::LeftOut;
    }
    let written = [code, name].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let near = register.nearest(code.or(name).unwrap_or_default(), 3).into_iter().chain(named);
    let mut near: Vec<String> = near.map(|area| format!("{} {}", area.code, area.name)).collect();
    near.sort();
    near.dedup();
    let mut diagnostic = Diagnostic::new("BMK-002", met.place.clone(), format!("No area has the code or name {written}.")).seen(&written);
    if !near.is_empty() {
        diagnostic = diagnostic.suggest(near.join(" or "));
    }
    out.diagnostics.push(diagnostic);
    At::Unknown
}

fn period(reading: &BenchmarkReading, at: u32, measure: &NewMeasure, said: &Said<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Period> {
    let met = usize::try_from(at).ok().and_then(|at| reading.periods.get(at))?;
    let frequency = said.frequency.or(measure.frequency);
    let known = PeriodAs { frequency, basis: said.basis.or(measure.basis), ..PeriodAs::default() };
    match resolve(&met.period, &known) {
        Ok((period, _)) => Some(period),
        Err(refusal) => {
            let place = Place::new(met.sheet.clone(), met.period.cell.clone());
            let mut diagnostic = Diagnostic::new(refusal.code, place, refusal.message).weighing(Severity::Error);
            if let Some(suggestion) = refusal.suggestion {
                diagnostic = diagnostic.suggest(suggestion);
            }
            diagnostics.push(diagnostic);
            None
        }
    }
}

/// Says that an area had ended before a period, and who followed. Its figure is kept as it was published.
fn ended(register: &Register, code: &str, period: Period, place: Place, diagnostics: &mut Vec<Diagnostic>) {
    let Some(Standing::Ended { successors }) = register.standing(code, period) else { return };
    if register.line(code).len() > 1 {
        return;
    }
    let name = |code: &str| register.find(code).map_or_else(|| code.to_owned(), |area| format!("{} {}", area.code, area.name));
    let followed: Vec<String> = successors.iter().map(|code| name(code)).collect();
    let message = format!("{} had ended before {}.", name(code), period.words());
    let diagnostic = Diagnostic::new("BMK-003", place, message);
    diagnostics.push(if followed.is_empty() {
        diagnostic
    } else {
        diagnostic.suggest(format!("It was followed by {}", followed.join(" and ")))
    });
}
