//! What a forecast says, in English. The data it is said from is [`Forecast`] and [`BackTest`], for saying it in another language.

use rust_decimal::Decimal;

use super::{BackTest, Forecast, Method};
use crate::aggregate::shown;

impl Forecast {
    /// The forecast and how it was made, figures at the places given.
    #[must_use]
    pub fn words(&self, places: u32) -> String {
        let figure = |value: Decimal| shown(value, places);
        let how = match self.method {
            Method::Ratio => "outturn stood to year to date",
            Method::Difference => "outturn differed from year to date",
        };
        let mut words = format!(
            "{} expected, 80% likely between {} and {}, from {} to date and how {how} in {} earlier years",
            figure(self.value),
            figure(self.lower),
            figure(self.upper),
            figure(self.to_date),
            self.years.len(),
        );
        for cut in [self.cut_at_least, self.cut_at_most].into_iter().flatten() {
            words.push_str(&format!("; cut off at {}, beyond which there is no figure", figure(cut)));
        }
        words
    }
}

impl BackTest {
    /// How the method did, figures at the places given; None without a trial.
    #[must_use]
    pub fn words(&self, places: u32) -> Option<String> {
        let error = shown(self.mean_absolute_error?, places);
        let count = self.trials.len();
        let years = if count == 1 { "year" } else { "years" };
        let percent = self.mean_absolute_percentage_error.map(|error| format!(" ({}%)", shown(error, 1))).unwrap_or_default();
        Some(format!(
            "In {count} earlier {years} it would have been out by {error}{percent} on average, and {} of {count} came within the interval",
            self.within
        ))
    }
}
