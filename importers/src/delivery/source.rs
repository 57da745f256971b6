//! A row of a sheet as what records are read from.

use std::str::FromStr;

use chrono::NaiveDate;
use rules::delivery::book::Source;
use rules::period::Period;
use rules::text::ClosedSet;
use rust_decimal::Decimal;

use crate::framework::record::Record;

impl Source for Record<'_> {
    fn text(&mut self, heading: &'static str) -> Option<Option<String>> {
        Record::text(self, heading)
    }

    fn reference(&mut self, heading: &'static str) -> Option<Option<String>> {
        Record::reference(self, heading)
    }

    fn word<T: ClosedSet + FromStr>(&mut self, heading: &'static str) -> Option<Option<T>> {
        Record::word(self, heading, T::ALL, T::words)
    }

    fn day(&mut self, heading: &'static str) -> Option<Option<NaiveDate>> {
        Record::day(self, heading)
    }

    fn figure(&mut self, heading: &'static str) -> Option<Option<Decimal>> {
        Record::figure(self, heading)
    }

    fn whole(&mut self, heading: &'static str) -> Option<Option<u32>> {
        self.count(heading)
    }

    fn period(&mut self, heading: &'static str) -> Option<Option<Period>> {
        Record::period(self, heading)
    }

    fn yes(&mut self, heading: &'static str) -> Option<Option<bool>> {
        Record::yes(self, heading, false).map(Some)
    }

    fn list(&mut self, heading: &'static str) -> Option<Vec<String>> {
        Record::list(self, heading)
    }

    fn missing(&mut self, heading: &'static str) {
        self.blank(heading);
    }
}
