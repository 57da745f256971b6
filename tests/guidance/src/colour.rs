//! Colours as the file names them, and how well one is read on another.

use crate::xml::Element;

/// Colours of a theme, in the order they are numbered; used where the theme says nothing.
const THEME: [(&str, &str); 12] = [
    ("lt1", "FFFFFF"),
    ("dk1", "000000"),
    ("lt2", "EEECE1"),
    ("dk2", "1F497D"),
    ("accent1", "4F81BD"),
    ("accent2", "C0504D"),
    ("accent3", "9BBB59"),
    ("accent4", "8064A2"),
    ("accent5", "4BACC6"),
    ("accent6", "F79646"),
    ("hlink", "0000FF"),
    ("folHlink", "800080"),
];

/// The old palette of numbered colours, eight a line.
const PALETTE: [&str; 8] = [
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF",
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF",
    "800000008000000080808000800080008080C0C0C0808080",
    "9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF",
    "000080FF00FFFFFF0000FFFF8000808000000080800000FF",
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC99",
    "3366FF33CCCC99CC00FFCC00FF9900FF6600666699969696",
    "003366339966003300333300993300993366333399333333",
];

/// The colours of a workbook's theme.
pub struct Theme(Vec<String>);

impl Theme {
    pub fn of(theme: Option<&Element>) -> Self {
        let scheme = theme.and_then(|root| root.deep("clrScheme").into_iter().next());
        let named = |name: &str| {
            let colour = scheme?.child(name)?.children.first()?;
            colour.get("lastClr").or_else(|| colour.get("val")).map(str::to_owned)
        };
        Self(THEME.iter().map(|(name, otherwise)| named(name).unwrap_or_else(|| (*otherwise).to_owned())).collect())
    }

    /// Six hexadecimal digits of a colour element; none where the program chooses.
    pub fn colour(&self, element: Option<&Element>) -> Option<String> {
        let element = element.filter(|e| !e.flag("auto"))?;
        if let Some(rgb) = element.get("rgb") {
            return rgb.get(rgb.len().checked_sub(6)?..).map(str::to_uppercase);
        }
        if let Some(at) = element.number::<usize>("theme") {
            let tint = element.number("tint").unwrap_or(0.0);
            // The text colour of the theme, untinted, is what a cell has by itself.
            let base = self.0.get(at).filter(|_| at != 1 || tint != 0.0)?;
            return Some(tinted(base, tint));
        }
        let at = element.number::<usize>("indexed").filter(|at| *at < 64)?;
        PALETTE[at / 8].get(at % 8 * 6..at % 8 * 6 + 6).map(str::to_owned)
    }

    /// What a fill paints; none where nothing. In a conditional format the background comes first.
    pub fn fill(&self, fill: Option<&Element>, conditional: bool) -> Option<String> {
        let fill = fill?;
        let Some(pattern) = fill.child("patternFill") else {
            return self.colour(fill.deep("color").into_iter().next());
        };
        let front = self.colour(pattern.child("fgColor"));
        let back = self.colour(pattern.child("bgColor"));
        match pattern.get("patternType") {
            Some("none") => None,
            None if !conditional => None,
            _ if conditional => back.or(front),
            Some("solid") => Some(front.unwrap_or_else(|| "000000".to_owned())),
            _ => Some(front.or(back).unwrap_or_else(|| "C0C0C0".to_owned())),
        }
    }
}

fn parts(rgb: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| rgb.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).map_or(0.0, |v| f64::from(v) / 255.0))
}

/// Lighter (above 0) or darker (below 0) by a share of what is left.
fn tinted(rgb: &str, tint: f64) -> String {
    let lightness = |v: f64| if tint < 0.0 { v * (1.0 + tint) } else { v * (1.0 - tint) + tint };
    let [r, g, b] = parts(rgb);
    // With the hue and the saturation kept, the lightest and the darkest part move and the rest in proportion.
    let (high, low) = (r.max(g).max(b), r.min(g).min(b));
    let middle = (high + low) / 2.0;
    let target = lightness(middle);
    let saturation = if high == low { 0.0 } else { (high - low) / if middle <= 0.5 { high + low } else { 2.0 - high - low } };
    let reach = saturation * if target <= 0.5 { target } else { 1.0 - target };
    let moved = |v: f64| if high == low { target } else { target - reach + (v - low) / (high - low) * 2.0 * reach };
    [r, g, b].map(|v| format!("{:02X}", (moved(v).clamp(0.0, 1.0) * 255.0).round() as u8)).concat()
}

fn luminance(rgb: &str) -> f64 {
    let [r, g, b] = parts(rgb).map(|v| if v <= 0.039_28 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast of two colours as WCAG 2.1 works it out: 1 to 21.
pub fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_published_examples() {
        // WCAG's own extremes, and white on Office green as measured with another tool.
        assert!((contrast("000000", "FFFFFF") - 21.0).abs() < 0.001);
        assert!((contrast("FFFFFF", "00B050") - 2.9).abs() < 0.05);
    }

    #[test]
    fn a_tint_keeps_the_hue() {
        // As Excel shows "Blue, Accent 1, Lighter 60%" and "Darker 25%" of 4F81BD.
        assert_eq!(tinted("4F81BD", 0.0), "4F81BD");
        assert_eq!(tinted("000000", 0.5), "808080");
        assert_eq!(tinted("4F81BD", 0.599_993_9), "B9CDE5");
    }
}
