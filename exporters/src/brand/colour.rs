//! A colour, and how it stands out against another.

/// A colour of a screen: red, green and blue, 0 to 255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Rgb {
    /// Paper.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };

    /// Reads `#12436D` or `12436d`; none of anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim();
        let digits = digits.strip_prefix('#').unwrap_or(digits);
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    /// The number a workbook holds: `0xRRGGBB`.
    #[must_use]
    pub const fn number(self) -> u32 {
        (self.red as u32) << 16 | (self.green as u32) << 8 | self.blue as u32
    }

    /// Relative luminance (WCAG 2.2): 0 for black, 1 for white.
    fn luminance(self) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.red) + 0.7152 * part(self.green) + 0.0722 * part(self.blue)
    }

    /// The same hue, no darker than it must be to have this contrast against white.
    pub(super) fn darkened_to(self, wanted: f64) -> Self {
        // In thousandths of its light: the first that passes is the nearest. Black passes anything up to 21.
        (0..=1000_u32)
            .map(|step| {
                let dim = |part: u8| u8::try_from(u32::from(part) * (1000 - step) / 1000).unwrap_or(part);
                Self { red: dim(self.red), green: dim(self.green), blue: dim(self.blue) }
            })
            .find(|colour| contrast(*colour, Self::WHITE) >= wanted)
            .unwrap_or(Self { red: 0, green: 0, blue: 0 })
    }
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:06X}", self.number())
    }
}

/// How two colours stand out against each other, as a ratio to 1: from 1 (the same) to 21 (black on white). WCAG 2.2.
#[must_use]
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_white(text: &str) -> f64 {
        contrast(Rgb::parse(text).unwrap(), Rgb::WHITE)
    }

    #[test]
    fn contrast_agrees_with_published_figures() {
        // WebAIM's contrast checker: #777777 on white 4.47, #0000FF 8.59, #FF0000 3.99, #00B050 2.89 (cut at two places).
        for (colour, ratio) in [("#000000", 21.0), ("#777777", 4.48), ("#0000FF", 8.59), ("#FF0000", 4.0), ("#FFFFFF", 1.0)] {
            assert!((on_white(colour) - ratio).abs() < 0.01, "{colour}: {}", on_white(colour));
        }
    }

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        assert_eq!(Rgb::parse(" #12436d "), Some(Rgb { red: 0x12, green: 0x43, blue: 0x6d }));
        assert_eq!(Rgb::parse("12436D").map(|c| c.to_string()).as_deref(), Some("#12436D"));
        for wrong in ["", "#123", "#12436", "#12436D0", "#+1+2+3", "navy", "#1243é"] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }
}
