//! The figures of a national file, packed: there may be a quarter of a million.

use super::BenchmarkFigure;
use crate::rows::NoRow;

/// Figures, packed one behind the other, in order of sheet, row and column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    count: usize,
    bytes: Vec<u8>,
}

impl Figures {
    /// Packs figures.
    ///
    /// # Errors
    /// When a figure cannot be packed, which none of ours is.
    pub fn pack(figures: impl IntoIterator<Item = BenchmarkFigure>) -> Result<Self, NoRow> {
        let mut packed = Self::default();
        for figure in figures {
            packed.push(&figure)?;
        }
        Ok(packed)
    }

    /// Packs one figure behind the others.
    ///
    /// # Errors
    /// When the figure cannot be packed, which none of ours is.
    pub fn push(&mut self, figure: &BenchmarkFigure) -> Result<(), NoRow> {
        crate::rows::pack_behind(figure, &mut self.bytes)?;
        self.count += 1;
        Ok(())
    }

    /// Figures that were packed elsewhere. That they are figures is seen when they are unpacked.
    #[must_use]
    pub fn packed(count: usize, bytes: Vec<u8>) -> Self {
        Self { count, bytes }
    }

    /// The packed figures.
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
    pub fn iter(&self) -> impl Iterator<Item = Result<BenchmarkFigure, NoRow>> {
        crate::rows::unpack(&self.bytes, self.count)
    }

    /// The figure packed from a byte on.
    pub(crate) fn at(&self, start: usize) -> Option<BenchmarkFigure> {
        postcard::from_bytes(self.bytes.get(start..)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::{Text, TextKind};

    #[test]
    fn figures_are_unpacked_as_they_were_packed() {
        let figure = |row: u32| BenchmarkFigure {
            sheet: 1,
            row,
            area: 7,
            measure: 300,
            period: (row > 1).then_some(2),
            value: None,
            numerator: None,
            denominator: None,
            state: Some(rules::measure::ValueState::Provisional),
            reason: Some(Text { text: "Refused".into(), cell: "D4".into(), kind: TextKind::Text }),
        };
        let all: Vec<BenchmarkFigure> = (1..=3).map(figure).collect();
        let packed = Figures::pack(all.clone()).unwrap();
        assert_eq!(packed.iter().collect::<Result<Vec<_>, _>>().unwrap(), all);
        assert_eq!(packed.len(), 3);
        let told = Figures::packed(5, packed.bytes().to_vec());
        assert_eq!(told.iter().filter(Result::is_ok).count(), 3);
        assert_eq!(told.iter().filter(Result::is_err).count(), 1);
    }
}
