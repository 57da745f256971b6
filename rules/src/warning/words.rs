//! What a warning rests on, in English, figures as plain numbers at their places. The data is [`Evidence`], for saying it in another
//! language.

use rust_decimal::Decimal;

use super::{Evidence, Firing, Moment};
use crate::aggregate::shown;

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Period(period) => period.fmt(f),
            Self::Day(day) => day.format("%-d %B %Y").fmt(f),
        }
    }
}

impl Firing {
    /// What was seen and since when, in a sentence that judges nothing: `Red for 3 periods running, since 2023/24 Q1: 71.2 is below the
    /// target of 85.0 and below the intervention level of 80.0`. The question it raises is [`super::Kind::question`].
    #[must_use]
    pub fn words(&self) -> String {
        let since = self.since;
        match &self.evidence {
            Evidence::RedForPeriods { periods, reason, .. } => match periods {
                1 => format!("Red in {since}: {reason}"),
                periods => format!("Red for {periods} periods running, since {since}: {reason}"),
            },
            Evidence::ForecastRed { year, reason, .. } => format!("Forecast to end {year} red, told so since {since}: {reason}"),
            Evidence::Declining { periods, figures, on_last_year, decimal_places } => {
                let figure = |value: Option<Decimal>| value.map_or_else(|| "no figure".to_owned(), |value| shown(value, *decimal_places));
                let through: Vec<String> = figures.iter().map(|one| figure(one.value)).collect();
                let against = if *on_last_year { "than in the same period last year" } else { "than the period before" };
                format!("Worse {against} {periods} periods running, since {since}: {}", through.join(", "))
            }
            Evidence::SpecialCause { period, value, signals, limits, decimal_places, .. } => {
                let causes: Vec<String> = signals.iter().map(|signal| signal.words(*value, limits, *decimal_places)).collect();
                format!("Unusual change in {period}, unlikely to be chance: {}", causes.join("; "))
            }
            Evidence::ReturnOverdue { due_on, days } => {
                let submitted = if self.is_current() { "not submitted" } else { "submitted" };
                format!("Due on {} and {submitted} {} after", Moment::Day(*due_on), count(*days, "day"))
            }
            Evidence::BottomQuartile { period, value, rank, counted, decimal_places } => {
                let figure = value.map(|value| format!(" with {}", shown(value, *decimal_places))).unwrap_or_default();
                let place = rank.map(|rank| format!(": {rank} of {counted}{figure}")).unwrap_or_default();
                format!("In the quarter of its comparator group furthest from the best in {period}{place}")
            }
            Evidence::RiskAboveAppetite { as_at, score, appetite } => {
                format!("Scored {score} on {}, above the appetite of {appetite}, since {since}", Moment::Day(*as_at))
            }
            Evidence::MilestoneSlipped { baseline, expected, days } => {
                format!("Agreed for {} and expected on {}: {} later", Moment::Day(*baseline), Moment::Day(*expected), count(*days, "day"))
            }
        }
    }
}

fn count(number: u32, of: &str) -> String {
    if number == 1 { format!("1 {of}") } else { format!("{number} {of}s") }
}
