//! Several quarters, halves or months of the accounts that are one span: `Q1 to Q3 2024/25`, `Months 1-6`.

use super::parts::Unit;
use super::reading::Refusal;
use super::scan::Scan;
use super::tokens::{Token, Word};

impl Scan<'_> {
    /// Whether the last token joined two pieces: `to`, `and`, a dash.
    pub fn is_joined(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        matches!(before, Some(Token::Separator('-' | '/' | '&') | Token::Word(Word::To | Word::And)))
    }

    /// The last of several units. `Q1 and Q3` leaves out what lies between them, and is no span.
    pub fn set_through(&mut self, unit: Unit, first: u32, last: u32) -> Result<(), Refusal> {
        let listed =
            matches!(self.at.checked_sub(1).and_then(|at| self.tokens.get(at)), Some(Token::Separator('/' | '&') | Token::Word(Word::And)));
        let years_apart = self.parts.year.is_some();
        let counts = (1..=unit.in_year()).contains(&first) && (1..=unit.in_year()).contains(&last);
        let follows = last == first + 1 || (years_apart && first == unit.in_year() && last == 1);
        if !counts || (last <= first && !years_apart) || (listed && !follows) {
            return Err(self.twice());
        }
        self.parts.through = Some(last);
        // A year before the first is that of both, until the last has one of its own.
        self.parts.first_year = self.parts.year.take();
        Ok(())
    }

    /// `Quarters 1 to 3`, `Months 1-6 2024/25`: the last of several units, written without the unit again.
    pub fn bare_through(&mut self, unit: Unit, first: u32) -> Result<(), Refusal> {
        let joined = matches!(self.peek(0), Some(Token::Separator('-' | '&') | Token::Word(Word::To | Word::And)));
        let Some((last, digits)) = self.number_ahead(1).filter(|_| joined && self.parts.through.is_none()) else { return Ok(()) };
        // `P1-10` may be a month of 2010, unless a year follows.
        let year_follows = matches!(self.number_ahead(2), Some((_, 2 | 4))) || matches!(self.number_ahead(3), Some((_, 2 | 4)));
        if digits > 2 || (digits == 2 && !year_follows) || last <= first || last > unit.in_year() {
            return Ok(());
        }
        self.at += 1;
        self.set_through(unit, first, last)?;
        self.at += 1;
        Ok(())
    }

    /// Whether a unit was mentioned and another comes.
    pub fn is_between_units(&self) -> bool {
        let next = self.word_ahead(1);
        let unit = matches!(
            next,
            Some(
                Word::Quarter
                    | Word::FinancialQuarter
                    | Word::CalendarQuarter
                    | Word::Half
                    | Word::M
                    | Word::Month
                    | Word::AccountingPeriod
            )
        );
        self.parts.unit.is_some() && self.parts.through.is_none() && unit
    }
}
