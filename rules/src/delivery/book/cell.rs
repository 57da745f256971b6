//! How a field of a record is written in a cell and read back: said once a field, where the record is declared.

use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::period::Period;
use crate::text::ClosedSet;
use crate::workbook::SheetSpec;

/// Where cells are read from, by heading. Each reading is `None` where the cell is wrong, which the source has told by then, and
/// `Some(None)` where it is blank.
pub trait Source {
    /// Words.
    fn text(&mut self, heading: &'static str) -> Option<Option<String>>;
    /// A ref: at most 20 letters, digits, dots, dashes and slashes.
    fn reference(&mut self, heading: &'static str) -> Option<Option<String>>;
    /// A word of a closed set.
    fn word<T: ClosedSet + FromStr>(&mut self, heading: &'static str) -> Option<Option<T>>;
    /// A day.
    fn day(&mut self, heading: &'static str) -> Option<Option<NaiveDate>>;
    /// An exact figure.
    fn figure(&mut self, heading: &'static str) -> Option<Option<Decimal>>;
    /// A whole number of at least 0.
    fn whole(&mut self, heading: &'static str) -> Option<Option<u32>>;
    /// A reporting period.
    fn period(&mut self, heading: &'static str) -> Option<Option<Period>>;
    /// Yes or no.
    fn yes(&mut self, heading: &'static str) -> Option<Option<bool>> {
        Some(self.word::<YesOrNo>(heading)?.map(|word| word == YesOrNo::Yes))
    }
    /// Words between semicolons.
    fn list(&mut self, heading: &'static str) -> Option<Vec<String>>;
    /// Says that a cell which is needed is blank.
    fn missing(&mut self, heading: &'static str);
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Blank,
    /// Words.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A number.
    Figure(Decimal),
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Blank => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Day(day) => day.fmt(f),
            Self::Figure(figure) => figure.normalize().fmt(f),
        }
    }
}

/// A way to write values of a type in a cell.
pub trait As<T>: Sized {
    /// Whether a row without it is refused.
    const REQUIRED: bool;
    /// The value; none inside when the cell is blank, none when it is wrong, which the source has told by then.
    fn find<S: Source>(source: &mut S, heading: &'static str) -> Option<Option<T>>;
    /// What stands in the cell.
    fn show(value: &T) -> Shown;
    /// What may stand in it, for people: `a day`.
    fn takes() -> String;

    /// The value, or none when the cell is wrong or, where it is needed, blank: told by then.
    fn read<S: Source>(source: &mut S, heading: &'static str) -> Option<T> {
        let found = Self::find(source, heading)?;
        if found.is_none() {
            source.missing(heading);
        }
        found
    }
}

/// A column of a sheet, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The heading.
    pub heading: &'static str,
    /// Whether a row without it is refused.
    pub required: bool,
    /// What may stand in it.
    pub takes: String,
    /// What it says.
    pub about: &'static str,
}

/// A record of the delivery workbook: its sheet, its columns, and itself as cells.
pub trait Cells: Sized {
    /// Its sheet.
    const SPEC: SheetSpec;
    /// Names of its fields with their headings.
    const FIELDS: &'static [(&'static str, &'static str)];
    /// Reads a row. Every cell is read, so that all that is wrong is told at once.
    fn read<S: Source>(source: &mut S) -> Option<Self>;
    /// Its columns, for people.
    fn told() -> Vec<Told>;
    /// Its cells, in the order of the columns.
    fn cells(&self) -> Vec<(&'static str, Shown)>;
}

/// Words.
pub struct Text;
/// A ref.
pub struct Code;
/// A word of a closed set.
pub struct Word;
/// A day.
pub struct Day;
/// An exact figure.
pub struct Figure;
/// A whole number.
pub struct Whole;
/// A reporting period.
pub struct Span;
/// Words between semicolons.
pub struct List;
/// Yes or No; blank is No.
pub struct YesNo;
/// May be blank.
pub struct May<M>(std::marker::PhantomData<M>);
/// What is usual when blank.
pub struct Usual<M>(std::marker::PhantomData<M>);

macro_rules! needed {
    ($($how:ident: $type:ty, $find:ident, $takes:literal, $show:expr;)+) => { $(
        impl As<$type> for $how {
            const REQUIRED: bool = true;

            fn find<S: Source>(source: &mut S, heading: &'static str) -> Option<Option<$type>> {
                source.$find(heading)
            }

            fn show(value: &$type) -> Shown {
                ($show)(value)
            }

            fn takes() -> String {
                $takes.to_owned()
            }
        }
    )+ };
}

needed! {
    Text: String, text, "text", |text: &String| Shown::Text(text.clone());
    Code: String, reference, "a ref", |code: &String| Shown::Text(code.clone());
    Day: NaiveDate, day, "a day", |day: &NaiveDate| Shown::Day(*day);
    Figure: Decimal, figure, "a figure", |figure: &Decimal| Shown::Figure(*figure);
    Whole: u32, whole, "a whole number", |whole: &u32| Shown::Figure(Decimal::from(*whole));
    Span: Period, period, "a period", |period: &Period| Shown::Text(period.to_string());
}

impl<T: ClosedSet + FromStr> As<T> for Word {
    const REQUIRED: bool = true;

    fn find<S: Source>(source: &mut S, heading: &'static str) -> Option<Option<T>> {
        source.word(heading)
    }

    fn show(value: &T) -> Shown {
        Shown::Text(value.words().to_owned())
    }

    fn takes() -> String {
        T::ALL.iter().map(|word| word.words()).collect::<Vec<_>>().join(", ")
    }
}

impl As<Vec<String>> for List {
    const REQUIRED: bool = false;

    fn find<S: Source>(source: &mut S, heading: &'static str) -> Option<Option<Vec<String>>> {
        source.list(heading).map(Some)
    }

    fn show(value: &Vec<String>) -> Shown {
        if value.is_empty() { Shown::Blank } else { Shown::Text(value.join("; ")) }
    }

    fn takes() -> String {
        "texts, between semicolons".to_owned()
    }
}

crate::closed_set! {
    /// Yes or no.
    YesOrNo {
        /// It is so.
        Yes = "YES", "Yes";
        /// It is not.
        No = "NO", "No";
    }
}

impl As<bool> for YesNo {
    const REQUIRED: bool = false;

    fn find<S: Source>(source: &mut S, heading: &'static str) -> Option<Option<bool>> {
        Some(Some(source.yes(heading)?.unwrap_or(false)))
    }

    fn show(value: &bool) -> Shown {
        Shown::Text(if *value { YesOrNo::Yes } else { YesOrNo::No }.words().to_owned())
    }

    fn takes() -> String {
        "Yes, No".to_owned()
    }
}

impl<T, M: As<T>> As<Option<T>> for May<M> {
    const REQUIRED: bool = false;

    fn find<S: Source>(source: &mut S, heading: &'static str) -> Option<Option<Option<T>>> {
        M::find(source, heading).map(Some)
    }

    fn show(value: &Option<T>) -> Shown {
        value.as_ref().map_or(Shown::Blank, M::show)
    }

    fn takes() -> String {
        M::takes()
    }
}

impl<T: Default, M: As<T>> As<T> for Usual<M> {
    const REQUIRED: bool = false;

    fn find<S: Source>(source: &mut S, heading: &'static str) -> Option<Option<T>> {
        Some(Some(M::find(source, heading)?.unwrap_or_default()))
    }

    fn show(value: &T) -> Shown {
        M::show(value)
    }

    fn takes() -> String {
        M::takes()
    }
}
