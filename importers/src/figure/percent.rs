//! Percentages: 87.2 typed into a percentage cell, 0.872 typed into a plain one, and how the two are told apart.

use rust_decimal::Decimal;

use super::{Figure, Reading};
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
    /// Looks at the value cells of one column, those of percentage indicators. Cells formatted as percentages say
    /// nothing of the plain ones.
    #[must_use]
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a RawCell>) -> Self {
        let mut column = Self::default();
        for cell in cells.into_iter().filter(|cell| cell.percent != Some(true)) {
            match &cell.content {
                Content::Number(number) if number.is_zero() => {}
                Content::Number(number) if is_small(*number) => column.fractions += 1,
                Content::Number(_) => column.larger += 1,
                _ => {}
            }
        }
        column
    }
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
