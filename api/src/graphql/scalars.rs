//! Scalars: exact decimals, dates, instants and reporting periods.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as ChronoDateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use rust_decimal::Decimal as Exact;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal(pub Exact);

/// An exact decimal as a string, for instance `"95.2"`. Percentages are as the reader sees them: 95.2 means 95.2%.
/// Whole numbers are accepted without quotes; a fraction without quotes is refused, because it would not be exact.
#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Exact::from_str_exact(text.trim())
                .map(Self)
                .map_err(|_| InputValueError::custom("Write an exact decimal, for instance \"95.2\".")),
            Value::Number(number) => number
                .as_i64()
                .map(|whole| Self(whole.into()))
                .ok_or_else(|| InputValueError::custom("Put a decimal in quotes, for instance \"95.2\".")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Years both databases put in order: SQLite compares days as text, and five figures come before four.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;
/// `2024-03-31`, and no other way of writing it.
const DAY_CHARACTERS: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A day, `2024-03-31`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()
                .filter(|day| text.len() == DAY_CHARACTERS && YEARS.contains(&day.year()))
                .map(Self)
                .ok_or_else(|| InputValueError::custom("Write a day as year, month, day: 2024-03-31.")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime(pub ChronoDateTime<Utc>);

/// An instant in UTC, `2024-03-31T09:00:00Z`.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => ChronoDateTime::parse_from_rfc3339(text)
                .map(|at| at.with_timezone(&Utc))
                .ok()
                .filter(|at| YEARS.contains(&at.year()))
                .map(Self)
                .ok_or_else(|| InputValueError::custom("Write an instant as 2024-03-31T09:00:00Z.")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }
}

impl DateTime {
    pub(crate) fn text(&self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period(pub rules::period::Period);

/// A reporting period. Printed as `2023/24`, `2023/24 Q1`, `2023/24 H1` or `2023-04`; read in every spelling a
/// workbook may use that leaves no doubt, for instance `Q1 2023-24` or `April to June 2023`.
#[Scalar]
impl ScalarType for Period {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(|refusal| InputValueError::custom(format!("{refusal}"))),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}
