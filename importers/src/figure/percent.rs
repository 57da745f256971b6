//! Percentages: 87.2 typed into a percentage cell, 0.872 typed into a plain one, and how the two are told apart.

use rust_decimal::Decimal;

use super::{Figure, Reading};
use crate::open::number_format::shows_percent_sign;
use crate::row::{Content, PercentAs, RawCell};

/// What the rest of a value column looks like, from which a bare fraction is understood (VAL-010, VAL-011).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    /// Plain numbers of at most 1.5, zero left out.
    pub fractions: usize,
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
            match &cell.content {
                Content::Number(number) if number.is_zero() => {}
                Content::Number(number) if is_small(*number) => column.fractions += 1,
                Content::Number(_) => column.larger += 1,
                _ => {}
            }
        }
        column
    }

    /// With what stands in the same row under other periods, of which the cell itself is one.
    #[must_use]
    pub fn beside(self, row: Self) -> Self {
        Self { fractions: self.fractions.max(row.fractions), larger: self.larger.saturating_add(row.larger) }
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
            (_, Some(PercentAs::Fraction)) => stored.checked_mul(Decimal::ONE_HUNDRED).map_or_else(Figure::default, Figure::of),
            (_, None) if shows_points(self.cell) => Figure::of(stored),
            (_, None) => self.bare(stored),
        }
    }

    /// A cell the sender sees as a percentage: 0.872 is 87.2%.
    fn formatted(&mut self, stored: Decimal) -> Figure {
        let Some(shown) = stored.checked_mul(Decimal::ONE_HUNDRED) else { return Figure::default() };
        let most = self.expected.maximum.unwrap_or(Decimal::ONE_THOUSAND).max(Decimal::ONE_HUNDRED);
        // From two on a whole (200%) and beyond the most there can be: typed into a cell that multiplies.
        if shown > most && stored > Decimal::TWO && stored <= most {
            let (seen, typed) = (words(shown), stored.normalize());
            let message = format!("This cell is formatted as a percentage, so {typed} means {seen}%.");
            return self.refuse("VAL-012", message, format!("Type {typed}% if you meant {typed} per cent."));
        }
        if let Some((least, usual)) = self.expected.usual {
            let hundredfold = shown * Decimal::ONE_HUNDRED;
            let half = least * Decimal::new(5, 1);
            if !shown.is_zero() && shown * Decimal::from(50) <= least && hundredfold >= half && hundredfold <= usual * Decimal::TWO {
                let message =
                    format!("{}% is a hundredth of the usual {} to {}%.", shown.normalize(), least.normalize(), usual.normalize());
                self.say("VAL-013", message).suggestion = Some(format!("Type {}% if you meant that.", hundredfold.normalize()));
            }
        }
        Figure::of(shown)
    }

    /// A plain cell, or one of a file that does not tell: 87.2 is 87.2%, and 0.872 is a question.
    fn bare(&mut self, stored: Decimal) -> Figure {
        let small_is_usual = self.expected.usual.is_some_and(|(_, most)| is_small(most));
        let column = self.expected.column;
        let all_small = column.fractions > 0 && column.larger == 0;
        let is_whole_of_fractions = stored == Decimal::ONE && all_small && column.fractions > 1;
        let fraction = is_small(stored) && (!stored.fract().is_zero() || is_whole_of_fractions);
        if !fraction || small_is_usual {
            return Figure::of(stored);
        }
        let Some(hundredfold) = stored.checked_mul(Decimal::ONE_HUNDRED) else { return Figure::default() };
        if column.larger > 0 {
            let message =
                format!("{} stands among percentages such as 80: it may be a fraction or a very small percentage.", stored.normalize());
            return self.refuse("VAL-010", message, format!("Type {} if you meant that per cent.", hundredfold.normalize()));
        }
        self.say("VAL-011", "Every percentage of this column is a fraction; they were multiplied by 100.").suggestion =
            Some("Accept this if 0.872 means 87.2 per cent; otherwise format the cells as percentages.".to_owned());
        Figure::of(hundredfold)
    }
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
    fn a_fraction_beside_percentages_of_other_periods_is_a_question() {
        let (one, other) = (cell("C2", "0.9", None), cell("D2", "91", None));
        let column = Column::of([&one]).beside(Column::of([&one, &other]));
        assert_eq!(read(&one, column), (None, vec!["VAL-010".to_owned()]));
        // Alone under its heading and in its row it is counted once.
        assert_eq!(Column::of([&one]).beside(Column::of([&one])), Column::of([&one]));
    }
}
