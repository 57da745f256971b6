//! Percentages: 87.2 typed into a percentage cell, 0.872 typed into a plain one, and how the two are told apart.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::numbers::parse;
use super::{Figure, Reading};
use crate::open::number_format::shows_percent_sign;
use crate::row::{Content, PercentAs, RawCell};

/// What the rest of a value column looks like, from which a bare fraction is understood (VAL-010, VAL-011).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Plain numbers of at most 1.5, zero and one left out.
    pub fractions: usize,
    /// Plain ones: one per cent, or the whole.
    pub ones: usize,
    /// Plain numbers beyond.
    pub larger: usize,
}

impl Column {
    /// Looks at the value cells of one column, those of percentage indicators. Cells that show a percent sign say nothing
    /// of the plain ones.
    #[must_use]
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a RawCell>) -> Self {
        let mut column = Self::default();
        for cell in cells.into_iter().filter(|cell| cell.percent != Some(true) && !shows_points(cell)) {
            let number = match &cell.content {
                Content::Number(number) => Some(*number),
                Content::Text(text) => parse(text).ok().map(|(number, _)| number),
                _ => None,
            };
            match number {
                None => {}
                Some(number) if number.is_zero() => {}
                Some(number) if number.abs() == Decimal::ONE => column.ones += 1,
                Some(number) if is_small(number) => column.fractions += 1,
                Some(_) => column.larger += 1,
            }
        }
        column
    }

    /// Both columns' cells together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            fractions: self.fractions.saturating_add(other.fractions),
            ones: self.ones.saturating_add(other.ones),
            larger: self.larger.saturating_add(other.larger),
        }
    }

    /// With what stands in the same row under other periods, of which the cell itself is one.
    #[must_use]
    pub fn beside(self, row: Self) -> Self {
        Self { fractions: self.fractions.max(row.fractions), ones: self.ones.max(row.ones), larger: self.larger.saturating_add(row.larger) }
    }
}

/// Whether the sender sees the number itself with a percent sign behind it: `0.0"%"` shows 0.5 as 0.5%.
fn shows_points(cell: &RawCell) -> bool {
    cell.percent != Some(true) && cell.number_format.as_deref().is_some_and(shows_percent_sign)
}

/// As large as a share of one can be, and a little more.
fn is_small(number: Decimal) -> bool {
    number.abs() <= Decimal::new(15, 1)
}

impl Reading<'_> {
    pub(super) fn percentage(&mut self, stored: Decimal) -> Figure {
        match (self.cell.percent, self.cell.percent_as) {
            (Some(true), _) => self.formatted(stored),
            (_, Some(PercentAs::Points)) => Figure::of(stored),
            (_, Some(PercentAs::Fraction)) => self.multiplied(stored, Decimal::ONE_HUNDRED),
            (_, None) if shows_points(self.cell) => Figure::of(stored),
            (_, None) => self.bare(stored),
        }
    }

    /// A cell the sender sees as a percentage: 0.872 is 87.2%.
    fn formatted(&mut self, stored: Decimal) -> Figure {
        let Some(shown) = stored.checked_mul(Decimal::ONE_HUNDRED) else { return self.too_large() };
        let most = self.expected.maximum.unwrap_or(Decimal::ONE_THOUSAND).max(Decimal::ONE_HUNDRED);
        // From two on a whole (200%) and beyond the most there can be: typed into a cell that multiplies.
        if shown > most && stored > Decimal::TWO && stored <= most {
            let (seen, typed) = (words(shown), stored.normalize());
            let message = format!("This cell is formatted as a percentage, so {typed} means {seen}%.");
            return self.refuse("VAL-012", message, format!("Type {typed}% if you meant {typed} per cent."));
        }
        if let Some((least, most)) = self.expected.usual
            && let Some(hundredfold) = a_hundredth_of(shown, least, most)
        {
            let message = format!("{}% is a hundredth of the usual {} to {}%.", shown.normalize(), least.normalize(), most.normalize());
            self.say("VAL-013", message).suggestion = Some(format!("Type {}% if you meant that.", hundredfold.normalize()));
        }
        Figure::of(shown)
    }

    /// A plain cell, or one of a file that does not tell: 87.2 is 87.2%, and 0.872 is a question. So is 1, which is the
    /// whole among fractions, one per cent among percentages, and either where nothing beside it tells.
    fn bare(&mut self, stored: Decimal) -> Figure {
        let small_is_usual = self.expected.usual.is_some_and(|(_, most)| is_small(most));
        let column = self.expected.column;
        let is_one = stored.abs() == Decimal::ONE;
        let fraction = is_small(stored) && (!stored.fract().is_zero() || (is_one && column.larger == 0));
        if !fraction || small_is_usual || self.expected.held == Some(stored) {
            return Figure::of(stored);
        }
        let Some(hundredfold) = stored.checked_mul(Decimal::ONE_HUNDRED) else { return self.too_large() };
        if is_one && column.fractions == 0 {
            return self.lone_one(stored, hundredfold);
        }
        if column.larger > 0 {
            let message =
                format!("{} stands among percentages such as 80: it may be a fraction or a very small percentage.", stored.normalize());
            return self.refuse("VAL-010", message, format!("Type {} if you meant that per cent.", hundredfold.normalize()));
        }
        self.say("VAL-011", "Every percentage of this column is a fraction; they were multiplied by 100.").suggestion =
            Some("Accept this if 0.872 means 87.2 per cent; otherwise format the cells as percentages.".to_owned());
        Figure::of(hundredfold)
    }

    /// A 1 with nothing beside it that tells how percentages are written here; only one that is usual is one per cent.
    fn lone_one(&mut self, stored: Decimal, hundredfold: Decimal) -> Figure {
        if self.expected.usual.is_some_and(|(least, most)| (least..=most).contains(&stored)) {
            return Figure::of(stored);
        }
        let (one, whole) = (stored.normalize(), hundredfold.normalize());
        let message = format!("{one} may be {one} per cent or, as a fraction, {whole} per cent: nothing beside it tells.");
        let advice = format!("Type {one}% or {whole}%, or say in a mapping how the column writes percentages.");
        self.refuse("VAL-010", message, advice)
    }
}

/// A hundred times a percentage, where that is usual and the percentage itself is far below; none where it is not, or too
/// large to tell.
fn a_hundredth_of(shown: Decimal, least: Decimal, most: Decimal) -> Option<Decimal> {
    let hundredfold = shown.checked_mul(Decimal::ONE_HUNDRED)?;
    let (half, double) = (least.checked_mul(Decimal::new(5, 1))?, most.checked_mul(Decimal::TWO)?);
    let far_below = !shown.is_zero() && shown.checked_mul(Decimal::from(50))? <= least;
    (far_below && (half..=double).contains(&hundredfold)).then_some(hundredfold)
}

/// A number with separators, for a message.
fn words(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let grouped = whole.parse::<usize>().map_or_else(|_| whole.to_owned(), crate::sheet::thousands);
    if rest.is_empty() { grouped } else { format!("{grouped}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Expected, interpret};

    fn cell(at: &str, number: &str, format: Option<&str>) -> RawCell {
        let content = Content::Number(number.parse().unwrap());
        let (cell, number_format) = (at.to_owned(), format.map(str::to_owned));
        let (formula, scale, percent_as, missing) = (None, None, None, None);
        RawCell { cell, content, percent: Some(false), number_format, formula, uncached: false, struck: false, scale, percent_as, missing }
    }

    fn read(cell: &RawCell, column: Column) -> (Option<Decimal>, Vec<String>) {
        let (figure, problems) = interpret(cell, "Waste", &Expected { unit: "Per cent", column, ..Expected::default() });
        (figure.value, problems.iter().map(|problem| problem.code.to_string()).collect())
    }

    #[test]
    fn a_percent_sign_that_is_only_shown_multiplies_nothing() {
        for format in ["0.0\"%\"", "0.0\\%"] {
            let shown = cell("B2", "0.5", Some(format));
            assert_eq!(read(&shown, Column::of([&shown])), (Some(Decimal::new(5, 1)), vec![]), "{format}");
            // Nor does it say what the plain cells beside it mean.
            assert_eq!(Column::of([&shown, &cell("B3", "87", Some(format))]), Column::default());
        }
    }

    #[test]
    fn a_one_is_the_whole_among_fractions_and_a_question_where_nothing_tells() {
        let (one, text) = (cell("B2", "1", None), RawCell { content: Content::Text("1".into()), ..cell("B2", "1", None) });
        let (half, many, nil) = (cell("B3", "0.5", None), cell("B4", "87", None), cell("B5", "0", None));
        let asked = (None, vec!["VAL-010".to_owned()]);
        let read = |cell: &RawCell, column: Column| {
            let (value, codes) = read(cell, column);
            (value, codes.into_iter().filter(|code| code != "VAL-001").collect::<Vec<_>>())
        };
        for alone in [&one, &text] {
            assert_eq!(read(alone, Column::of([alone])), asked);
            assert_eq!(read(alone, Column::of([alone, &nil, &cell("B6", "1", None)])), asked, "a column of nothing but ones and zeros");
            assert_eq!(read(alone, Column::of([alone, &half])), (Some(Decimal::ONE_HUNDRED), vec!["VAL-011".to_owned()]));
            assert_eq!(read(alone, Column::of([alone, &many])), (Some(Decimal::ONE), vec![]));
            // Beside a fraction among percentages, it is the fraction that is asked about.
            assert_eq!(read(alone, Column::of([alone, &half, &many])), (Some(Decimal::ONE), vec![]));
        }
        // What the cell itself or a mapping says is not asked.
        let told = |percent_as| RawCell { percent_as: Some(percent_as), ..one.clone() };
        assert_eq!(read(&told(PercentAs::Fraction), Column::of([&one])).0, Some(Decimal::ONE_HUNDRED));
        assert_eq!(read(&told(PercentAs::Points), Column::of([&one])).0, Some(Decimal::ONE));
        let shown = RawCell { percent: Some(true), ..one.clone() };
        assert_eq!(read(&shown, Column::of([&shown])), (Some(Decimal::ONE_HUNDRED), vec![]));
        // Nor is what was held before and is usual.
        let usual = |least: i64, most: i64| {
            let usual = Some((Decimal::new(least, 1), Decimal::new(most, 1)));
            let expected = Expected { unit: "Per cent", column: Column::of([&one]), usual, ..Expected::default() };
            interpret(&one, "Waste", &expected).0.value
        };
        assert_eq!((usual(5, 30), usual(5, 12), usual(400, 900)), (Some(Decimal::ONE), Some(Decimal::ONE), None));
        let problems = interpret(&one, "Waste", &Expected { unit: "Per cent", ..Expected::default() }).1;
        assert!(problems[0].message.contains("1 per cent or, as a fraction, 100 per cent"), "{}", problems[0].message);
    }

    #[test]
    fn a_figure_too_large_to_be_multiplied_is_refused_and_never_lost() {
        let usual = Some((Decimal::ONE, Decimal::MAX));
        let huge = "8500639385063938500612086671";
        let cells = [
            ("Per cent", RawCell { content: Content::Text(huge.into()), percent: Some(true), ..cell("B2", "0", None) }),
            ("Per cent", RawCell { percent: Some(true), ..cell("B2", &Decimal::MAX.to_string(), None) }),
            ("Per cent", RawCell { percent_as: Some(PercentAs::Fraction), ..cell("B2", &Decimal::MIN.to_string(), None) }),
            ("Pounds", RawCell { scale: Some(crate::Scale::Millions), ..cell("B2", &Decimal::MAX.to_string(), None) }),
            ("Pounds", RawCell { content: Content::Text(format!("{huge}m")), ..cell("B2", "0", None) }),
            ("Hours", RawCell { content: Content::Duration(Decimal::MAX), ..cell("B2", "0", None) }),
        ];
        for (unit, cell) in &cells {
            let (figure, problems) = interpret(cell, "Waste", &Expected { unit, usual, ..Expected::default() });
            let refused = problems.iter().any(|problem| problem.code == "VAL-030" && problem.suggestion.is_some());
            assert!(refused != figure.value.is_some(), "{unit} {cell:?}: {figure:?} {problems:?}");
        }
        assert!(
            cells[1..]
                .iter()
                .all(|(unit, cell)| { interpret(cell, "Waste", &Expected { unit, usual, ..Expected::default() }).0.value.is_none() })
        );
    }

    #[test]
    fn a_fraction_beside_percentages_of_other_periods_is_a_question() {
        let (one, other) = (cell("C2", "0.9", None), cell("D2", "91", None));
        let column = Column::of([&one]).beside(Column::of([&one, &other]));
        assert_eq!(read(&one, column), (None, vec!["VAL-010".to_owned()]));
        // Alone under its heading and in its row it is counted once.
        assert_eq!(Column::of([&one]).beside(Column::of([&one])), Column::of([&one]));
    }

    #[test]
    fn a_fraction_that_reads_as_the_figure_held_is_that_figure() {
        let small = cell("C2", "0.5", None);
        let column = Column { fractions: 1, larger: 7, ..Column::default() };
        let read_with = |held: &str| {
            let expected = Expected { unit: "Per cent", column, held: held.parse().ok(), ..Expected::default() };
            let (figure, problems) = interpret(&small, "Waste", &expected);
            (figure.value, problems.len())
        };
        assert_eq!(read_with("0.50"), (Some(Decimal::new(5, 1)), 0));
        assert_eq!(read_with("50"), (None, 1));
    }
}
