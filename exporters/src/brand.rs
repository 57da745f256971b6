//! How a council's workbooks look: the colour of headings, the colour of the line in charts, and a logo.
//!
//! A colour too pale to be read is refused before it is kept, with the ratio found and the nearest darker colour that
//! would do. Fills, status colours and everything that carries meaning stay the same for every council.

mod colour;
mod logo;

pub use colour::{Rgb, contrast};
pub use logo::{LOGO_BYTES_MAX, LOGO_PIXELS_MAX, Logo, LogoError, LogoKind};

/// The least contrast of headings against white: text of any size (WCAG 2.2, 1.4.3).
pub const HEADING_CONTRAST: f64 = 4.5;
/// The least contrast of a chart's line against white (WCAG 2.2, 1.4.11).
pub const CHART_CONTRAST: f64 = 3.0;

/// A council's colours and logo. The default is black headings, the product's own chart line and no logo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    /// The colour titles and headings are written in.
    pub headings: Option<Rgb>,
    /// The colour of the line of results in charts.
    pub charts: Option<Rgb>,
    /// Printed in the header of the Cover: decoration, as the council's name stands there in words. The guidance on
    /// accessible spreadsheets wants no picture anywhere: a pack with one breaks that rule, and that rule alone.
    /// LibreOffice does not print pictures in headers; Excel does.
    pub logo: Option<Logo>,
}

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Titles and headings.
    Headings,
    /// The line of results in charts.
    Charts,
}

impl Part {
    /// The least contrast against white, as a ratio to 1.
    #[must_use]
    pub const fn contrast_least(self) -> f64 {
        match self {
            Self::Headings => HEADING_CONTRAST,
            Self::Charts => CHART_CONTRAST,
        }
    }

    /// What it is called in a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Headings => "Headings",
            Self::Charts => "Chart lines",
        }
    }
}

/// A colour that cannot be read well enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TooPale {
    /// What it was to be for.
    pub part: Part,
    /// The colour.
    pub colour: Rgb,
    /// Its contrast against white, as a ratio to 1.
    pub found: f64,
    /// The contrast that is asked for.
    pub wanted: f64,
    /// The nearest darker colour of the same hue that has it.
    pub nearest: Rgb,
}

impl std::fmt::Display for TooPale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Cut, not rounded: 4.496 would print as the 4.5 it falls short of.
        let found = (self.found * 100.0).floor() / 100.0;
        write!(
            f,
            "{} in {} have a contrast of {found:.2} to 1 against white, and need {} to 1. The nearest colour that has it is {}.",
            self.part.words(),
            self.colour,
            self.wanted,
            self.nearest
        )
    }
}

impl std::error::Error for TooPale {}

/// Every colour of a brand that cannot be read well enough; none when all can.
#[must_use]
pub fn check(brand: &Brand) -> Vec<TooPale> {
    let asked = [(Part::Headings, brand.headings), (Part::Charts, brand.charts)];
    asked.into_iter().filter_map(|(part, colour)| too_pale(part, colour?)).collect()
}

fn too_pale(part: Part, colour: Rgb) -> Option<TooPale> {
    let (found, wanted) = (contrast(colour, Rgb::WHITE), part.contrast_least());
    (found < wanted).then(|| TooPale { part, colour, found, wanted, nearest: colour.darkened_to(wanted) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pale_colour_is_refused_with_its_ratio_and_the_nearest_that_passes() {
        let brand = Brand { headings: Rgb::parse("#FFC000"), charts: Rgb::parse("#12436D"), logo: None };
        let found = check(&brand);
        assert_eq!(found.len(), 1, "the chart line has 10 to 1");
        // White on #FFC000: 1.05 over 0.6396, which is its luminance of 0.2126 + 0.7152 x 0.5271 and 0.05.
        assert_eq!(
            found[0].to_string(),
            format!(
                "Headings in #FFC000 have a contrast of 1.64 to 1 against white, and need 4.5 to 1. The nearest colour that has it is {}.",
                found[0].nearest
            )
        );
        let nearest = contrast(found[0].nearest, Rgb::WHITE);
        assert!((4.5..4.6).contains(&nearest), "{nearest}");
    }

    #[test]
    fn a_chart_line_may_be_paler_than_a_heading() {
        // #949494 is the palest grey with 3 to 1, #767676 with 4.5 to 1.
        let grey = |charts: &str, headings: &str| check(&Brand { charts: Rgb::parse(charts), headings: Rgb::parse(headings), logo: None });
        assert_eq!(grey("#949494", "#767676"), []);
        let parts: Vec<Part> = grey("#959595", "#777777").iter().map(|f| f.part).collect();
        assert_eq!(parts, [Part::Headings, Part::Charts]);
    }
}
