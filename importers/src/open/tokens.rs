//! Formulas of binary workbooks, which are stored as tokens. They are not spelt out: only what a figure's reader is warned
//! of is looked for, another workbook and functions that change by themselves.

use super::bytes::Bytes;

/// Which of the two token sets: addresses are longer since 2007.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grid {
    Old,
    Since2007,
}

/// What stands for a formula's text, as `figure` looks at it: `…`, with `TODAY(` or `[1]other!` when it uses such.
/// `outside` says of each sheet the workbook refers to whether it is another workbook's.
pub(super) fn hints(tokens: &[u8], grid: Grid, outside: &[bool]) -> Box<str> {
    let mut hints = "…".to_owned();
    let mut bytes = Bytes::new(tokens);
    while walk(&mut bytes, grid, outside, &mut hints).is_some() && hints.len() < 200 {}
    hints.into_boxed_str()
}

/// One token; none at the end, and at one that is not known.
fn walk(bytes: &mut Bytes<'_>, grid: Grid, outside: &[bool], hints: &mut String) -> Option<()> {
    let token = bytes.u8()?;
    // References and functions come in three classes, which differ in the bits above.
    let base = if token >= 0x40 { token & 0x1F | 0x20 } else { token };
    let (cell, area) = match grid {
        Grid::Old => (4, 8),
        Grid::Since2007 => (6, 12),
    };
    match base {
        0x03..=0x16 => Some(()),
        0x17 => string(bytes, grid).map(|_| ()),
        0x19 => {
            let (kind, count) = (bytes.u8()?, bytes.u16()?);
            bytes.skip(if kind & 4 == 0 { 0 } else { (usize::from(count) + 1) * 2 })
        }
        0x1C | 0x1D => bytes.skip(1),
        0x1E => bytes.skip(2),
        0x1F => bytes.skip(8),
        0x20 => bytes.skip(if grid == Grid::Old { 7 } else { 14 }),
        0x21 => bytes.u16().map(|function| changing(function, hints)),
        0x22 => {
            bytes.skip(1)?;
            bytes.u16().map(|function| changing(function & 0x7FFF, hints))
        }
        0x23 => bytes.skip(4),
        0x24 | 0x2A | 0x2C => bytes.skip(cell),
        0x25 | 0x2B | 0x2D => bytes.skip(area),
        0x26..=0x28 => bytes.skip(6),
        0x29 => bytes.skip(2),
        0x39..=0x3D => {
            let sheet = bytes.u16()?;
            if outside.get(usize::from(sheet)) == Some(&true) {
                hints.push_str(" [1]other!");
            }
            bytes.skip(match base {
                0x39 => 4,
                0x3A | 0x3C => cell,
                _ => area,
            })
        }
        _ => None,
    }
}

fn changing(function: u16, hints: &mut String) {
    hints.push_str(match function {
        63 => " RAND(",
        74 => " NOW(",
        78 => " OFFSET(",
        148 => " INDIRECT(",
        221 => " TODAY(",
        _ => return,
    });
}

/// A text among the tokens, behind the byte that says it is one.
fn string(bytes: &mut Bytes<'_>, grid: Grid) -> Option<String> {
    if grid == Grid::Since2007 {
        let letters = bytes.u16()?;
        return bytes.wide(letters.into());
    }
    let letters = bytes.u8()?;
    if bytes.u8()? & 1 == 1 {
        return bytes.wide(letters.into());
    }
    bytes.take(letters.into()).map(|narrow| narrow.iter().copied().map(char::from).collect())
}

/// The text of a formula that is only a text: what a defined name of a template holds.
pub(super) fn only_text(tokens: &[u8], grid: Grid) -> Option<String> {
    let mut bytes = Bytes::new(tokens);
    (bytes.u8()? == 0x17).then(|| string(&mut bytes, grid)).flatten().filter(|_| bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_is_warned_of_is_found() {
        // =TODAY()-A1
        assert_eq!(&*hints(&[0x19, 1, 0, 0, 0x21, 221, 0, 0x44, 0, 0, 0, 0, 0x04], Grid::Old, &[]), "… TODAY(");
        // =[budget.xls]Q1!A1+Sheet1!A1
        let tokens = [0x5A, 1, 0, 0, 0, 0, 0, 0x5A, 0, 0, 0, 0, 0, 0, 0x03];
        assert_eq!(&*hints(&tokens, Grid::Old, &[false, true]), "… [1]other!");
        assert_eq!(&*hints(&[0xFF, 1, 2], Grid::Since2007, &[true]), "…");
        assert_eq!(&*hints(&[], Grid::Since2007, &[]), "…");
        assert_eq!(only_text(&[0x17, 2, 0, b'a', b'b'], Grid::Old).as_deref(), Some("ab"));
        assert_eq!(only_text(&[0x17, 1, 0, b'a', 0], Grid::Since2007).as_deref(), Some("a"));
        assert_eq!(only_text(&[0x17, 9, 0, b'a'], Grid::Old), None);
    }
}
