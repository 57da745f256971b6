//! The rows of a reading on their way from the process that read them to the one that plans them.
//!
//! A row as a value takes a kilobyte and a half, mostly of places for what this row does not have; packed it takes a
//! tenth of that. Large workbooks are handed over packed, and stay so: whoever plans them unpacks one row at a time.

use postcard::ser_flavors::Flavor;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::row::ValueRow;

/// Rows, packed one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    count: usize,
    bytes: Vec<u8>,
}

/// What was handed over are no rows: whoever packed them is not this version of this program, or was damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRow(String);

impl std::fmt::Display for NoRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "this is no row: {}", self.0)
    }
}

impl std::error::Error for NoRow {}

impl Rows {
    /// Packs rows.
    ///
    /// # Errors
    /// When a row cannot be packed, which none of ours is.
    pub fn pack(rows: impl IntoIterator<Item = ValueRow>) -> Result<Self, NoRow> {
        let mut packed = Self::default();
        for row in rows {
            packed.push(&row)?;
        }
        Ok(packed)
    }

    /// Packs one row behind the others.
    ///
    /// # Errors
    /// When the row cannot be packed, which none of ours is.
    pub fn push(&mut self, row: &ValueRow) -> Result<(), NoRow> {
        pack_behind(row, &mut self.bytes)?;
        self.count += 1;
        Ok(())
    }

    /// Rows that were packed elsewhere. That they are rows is seen when they are unpacked.
    #[must_use]
    pub fn packed(count: usize, bytes: Vec<u8>) -> Self {
        Self { count, bytes }
    }

    /// The packed rows.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Unpacks them one by one, in order. After an error there is nothing more.
    pub fn iter(&self) -> impl Iterator<Item = Result<ValueRow, NoRow>> {
        unpack(&self.bytes, self.count)
    }
}

/// Packs something behind what is there.
pub(crate) fn pack_behind<T: Serialize>(row: &T, bytes: &mut Vec<u8>) -> Result<(), NoRow> {
    postcard::serialize_with_flavor(row, Behind(bytes)).map_err(|why| NoRow(why.to_string()))
}

/// Unpacks so many one by one. After an error there is nothing more.
pub(crate) fn unpack<T: DeserializeOwned>(bytes: &[u8], count: usize) -> impl Iterator<Item = Result<T, NoRow>> {
    let (mut rest, mut left) = (bytes, count);
    std::iter::from_fn(move || {
        left = left.checked_sub(1)?;
        Some(match postcard::take_from_bytes(rest) {
            Ok((row, behind)) => {
                rest = behind;
                Ok(row)
            }
            Err(why) => {
                left = 0;
                Err(NoRow(why.to_string()))
            }
        })
    })
}

/// Writes behind what is there.
struct Behind<'a>(&'a mut Vec<u8>);

impl Flavor for Behind<'_> {
    type Output = ();

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use rules::measure::Absence;
    use rust_decimal::Decimal;

    use super::*;
    use crate::row::{Content, DateCell, PercentAs, PeriodCell, PeriodContent, RawCell, Scale, Text, TextKind};

    fn text(text: &str) -> Option<Text> {
        Some(Text { text: text.into(), cell: "A5".into(), kind: TextKind::Number })
    }

    fn cell(content: Content) -> RawCell {
        RawCell {
            cell: "XFD1048576".into(),
            content,
            percent: Some(true),
            number_format: Some("0.0%".into()),
            formula: Some("A1/B1".into()),
            uncached: true,
            struck: true,
            scale: Some(Scale::Millions),
            percent_as: Some(PercentAs::Points),
            missing: Some(Absence::ALL[0]),
        }
    }

    #[test]
    fn rows_are_unpacked_as_they_were_packed() {
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        let contents = [
            Content::Number("79228162514264337593543950335".parse().unwrap()),
            Content::Number("-0.0000000000000000000000000001".parse().unwrap()),
            Content::Text("12 of 15 \u{1f600}".into()),
            Content::Bool(true),
            Content::Date(day),
            Content::Duration(Decimal::new(5, 1)),
            Content::Error("#DIV/0!".into()),
            Content::Blank,
        ];
        let periods = [PeriodContent::Text("Q1 2023/24".into()), PeriodContent::Date { date: day, format: Some("mmm yy".into()) }];
        let mut rows = vec![ValueRow::default()];
        for (at, content) in contents.into_iter().enumerate() {
            rows.push(ValueRow {
                sheet: "Return".into(),
                row: 5,
                row_key: text("key").map(Box::new),
                code: text("PI22"),
                name: text("Streets"),
                from_heading: true,
                area: text("E07000170").map(Box::new),
                section: Some("Waste".into()),
                period: Some(PeriodCell { content: periods[at % 2].clone(), cell: "C5".into(), context_year: Some(2023) }),
                unit: text("Per cent").map(Box::new),
                value: Some(cell(content.clone())),
                numerator: Some(cell(content.clone())),
                denominator: None,
                target: Some(Box::new(cell(content.clone()))),
                intervention: Some(Box::new(cell(content.clone()))),
                absence_reason: text("[x]").map(Box::new),
                state: text("Final").map(Box::new),
                status: text("Green").map(Box::new),
                commentary: text("As expected."),
                action: text("None.").map(Box::new),
                action_owner: text("Somebody").map(Box::new),
                action_due: Some(Box::new(DateCell { date: Some(day), text: "29/02/2024".into(), cell: "D5".into() })),
                forecast: Some(Box::new(cell(content))),
            });
        }
        let packed = Rows::pack(rows.clone()).unwrap();
        assert_eq!(packed.len(), rows.len());
        assert_eq!(packed.iter().collect::<Result<Vec<_>, _>>().unwrap(), rows);
        let bytes = packed.bytes().to_vec();
        assert_eq!(Rows::packed(rows.len(), bytes), packed);
    }

    #[test]
    fn bytes_that_are_no_rows_are_an_error_and_the_end() {
        let packed = Rows::pack([ValueRow::default(), ValueRow::default()]).unwrap();
        let cut = Rows::packed(2, packed.bytes()[..packed.bytes().len() - 1].to_vec());
        let unpacked: Vec<_> = cut.iter().map(|row| row.is_ok()).collect();
        assert_eq!(unpacked, [true, false]);
        assert!(Rows::packed(1_000_000_000, vec![0xff; 100]).iter().next().unwrap().is_err());
    }
}
