//! Sorts of authority, and the codes statisticians give to places.

use crate::closed_set;

closed_set! {
    /// What sort of authority an area is, or that it is none and only adds authorities up.
    AuthorityType {
        /// A county council with districts under it.
        County = "COUNTY", "County";
        /// A district council inside such a county.
        District = "DISTRICT", "District";
        /// One council for everything, outside London and the metropolitan counties; the Isles of Scilly.
        Unitary = "UNITARY", "Unitary";
        /// A council of a metropolitan county.
        MetropolitanDistrict = "METROPOLITAN_DISTRICT", "Metropolitan district";
        /// A council in London; the City of London.
        LondonBorough = "LONDON_BOROUGH", "London borough";
        /// A council in Scotland.
        ScottishCouncil = "SCOTTISH_COUNCIL", "Scottish council";
        /// A council in Wales.
        WelshCouncil = "WELSH_COUNCIL", "Welsh council";
        /// A district council in Northern Ireland.
        NiDistrict = "NI_DISTRICT", "Northern Ireland district";
        /// Councils acting together by law, with a mayor or without.
        CombinedAuthority = "COMBINED_AUTHORITY", "Combined authority";
        /// A region of England: no authority.
        Region = "REGION", "Region";
        /// A nation, or several together: no authority.
        Nation = "NATION", "Nation";
    }
}

impl AuthorityType {
    /// Whether it is an authority at all. A region or nation is a sum of authorities, and nobody's like.
    #[must_use]
    pub const fn is_authority(self) -> bool {
        !matches!(self, Self::Region | Self::Nation)
    }

    /// What the first three characters of a statisticians' code say of its area; none for police and fire
    /// authorities, metropolitan counties and everything else that no figures of councils are compared for.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        let code = code.trim();
        if !is_area_code(code) {
            return None;
        }
        Some(match code.get(..3)?.to_ascii_uppercase().as_str() {
            "E06" => Self::Unitary,
            "E07" => Self::District,
            "E08" => Self::MetropolitanDistrict,
            "E09" => Self::LondonBorough,
            "E10" => Self::County,
            "E12" => Self::Region,
            "E47" => Self::CombinedAuthority,
            "S12" => Self::ScottishCouncil,
            "W06" => Self::WelshCouncil,
            "N09" => Self::NiDistrict,
            "E92" | "W92" | "S92" | "N92" | "K02" | "K03" | "K04" => Self::Nation,
            _ => return None,
        })
    }
}

/// Whether a text is written as statisticians' codes are: E, W, S or N, or K for what spans nations, and eight
/// digits. Either case is taken; whether anything has the code is for a [`Register`](super::Register) to say.
#[must_use]
pub fn is_area_code(text: &str) -> bool {
    match text.as_bytes() {
        [nation, digits @ ..] => {
            matches!(nation.to_ascii_uppercase(), b'E' | b'W' | b'S' | b'N' | b'K')
                && digits.len() == 8
                && digits.iter().all(u8::is_ascii_digit)
        }
        [] => false,
    }
}
