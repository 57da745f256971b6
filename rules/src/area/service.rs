//! Which services the law gives to which authorities, so that apples are compared with apples (seed 000).
//!
//! A sort of authority is as far as this goes. Where a joint body has a service in some places only (waste disposal in
//! Greater Manchester, Merseyside and parts of London; transport where a combined authority is the transport
//! authority of a unitary council) whoever keeps a group leaves those councils out of it.

use super::AuthorityType;
use crate::closed_set;

closed_set! {
    /// The service a metric speaks of.
    ServiceArea {
        /// Care Act 2014 s1(4); Social Work (Scotland) Act 1968; Social Services and Well-being (Wales) Act 2014.
        AdultSocialCare = "ADULT_SOCIAL_CARE", "Adult social care";
        /// Children Act 2004 s65; in Northern Ireland health and social care trusts.
        Children = "CHILDREN", "Children's social care";
        /// Education Act 1996 s12; in Northern Ireland the Education Authority.
        Education = "EDUCATION", "Education";
        /// Highways Act 1980 s1; Roads (Scotland) Act 1984; in Northern Ireland a department.
        Highways = "HIGHWAYS", "Highways";
        /// Environmental Protection Act 1990 s30(3).
        WasteCollection = "WASTE_COLLECTION", "Waste collection";
        /// Environmental Protection Act 1990 s30(2).
        WasteDisposal = "WASTE_DISPOSAL", "Waste disposal";
        /// Deciding on development: Town and Country Planning Act 1990 s1.
        Planning = "PLANNING", "Planning";
        /// Deciding on minerals and waste: the same, s1(4).
        MineralsAndWastePlanning = "MINERALS_AND_WASTE_PLANNING", "Minerals and waste planning";
        /// Housing Act 1985 s1; in Northern Ireland the Housing Executive.
        Housing = "HOUSING", "Housing";
        /// Housing Act 1996 part 7; in Northern Ireland the Housing Executive.
        Homelessness = "HOMELESSNESS", "Homelessness";
        /// Billing and collecting: Local Government Finance Act 1992 s1. What a county asks for by precept is CORPORATE.
        CouncilTax = "COUNCIL_TAX", "Council tax";
        /// Billing and collecting: Local Government Finance Act 1988 part 3.
        BusinessRates = "BUSINESS_RATES", "Business rates";
        /// Housing benefit and council tax reduction: Social Security Administration Act 1992 s134.
        Benefits = "BENEFITS", "Benefits";
        /// Public Libraries and Museums Act 1964 s4; in Northern Ireland Libraries NI.
        Libraries = "LIBRARIES", "Libraries";
        /// National Health Service Act 2006 s2B: England alone; elsewhere health boards and agencies.
        PublicHealth = "PUBLIC_HEALTH", "Public health";
        /// Litter, fly-tipping and clean streets: Environmental Protection Act 1990 s86.
        StreetCleansing = "STREET_CLEANSING", "Street cleansing";
        /// Food hygiene, nuisances, air quality: Environmental Protection Act 1990 s79, Environment Act 1995 part 4.
        EnvironmentalHealth = "ENVIRONMENTAL_HEALTH", "Environmental health";
        /// Weights and Measures Act 1985 s69; in Northern Ireland a department.
        TradingStandards = "TRADING_STANDARDS", "Trading standards";
        /// A power and no duty, which in two tiers the districts use: Local Government (Miscellaneous Provisions)
        /// Act 1976 s19.
        Leisure = "LEISURE", "Leisure";
        /// Transport plans and buses: Transport Act 2000 s108. London's are the Mayor's.
        Transport = "TRANSPORT", "Transport";
        /// What every authority has: money, staff, complaints, decisions.
        Corporate = "CORPORATE", "Corporate";
    }
}

impl ServiceArea {
    /// Whether an authority of this sort has the service. No region or nation has any: it answers for nothing, and is
    /// told apart by [`AuthorityType::is_authority`].
    #[must_use]
    pub const fn responsible(self, kind: AuthorityType) -> bool {
        use AuthorityType as A;
        match kind {
            A::Region | A::Nation => false,
            A::Unitary => true,
            A::MetropolitanDistrict | A::LondonBorough => !matches!(self, Self::Transport),
            A::County => self.is_upper_tier(),
            A::District => self.is_lower_tier(),
            A::ScottishCouncil | A::WelshCouncil => !matches!(self, Self::PublicHealth),
            A::NiDistrict => self.is_northern_irish(),
            A::CombinedAuthority => matches!(self, Self::Transport | Self::Corporate),
        }
    }

    /// The sorts of authority that have it, in the order of [`AuthorityType::ALL`].
    pub fn responsible_types(self) -> impl Iterator<Item = AuthorityType> {
        AuthorityType::ALL.iter().copied().filter(move |kind| self.responsible(*kind))
    }

    /// What a county council does where there are districts.
    const fn is_upper_tier(self) -> bool {
        match self {
            Self::AdultSocialCare
            | Self::Children
            | Self::Education
            | Self::Highways
            | Self::WasteDisposal
            | Self::MineralsAndWastePlanning
            | Self::Libraries
            | Self::PublicHealth
            | Self::TradingStandards
            | Self::Transport
            | Self::Corporate => true,
            Self::WasteCollection
            | Self::Planning
            | Self::Housing
            | Self::Homelessness
            | Self::CouncilTax
            | Self::BusinessRates
            | Self::Benefits
            | Self::StreetCleansing
            | Self::EnvironmentalHealth
            | Self::Leisure => false,
        }
    }

    /// What a district council does where there is a county: each service but CORPORATE has one tier.
    const fn is_lower_tier(self) -> bool {
        !self.is_upper_tier() || matches!(self, Self::Corporate)
    }

    /// What the eleven districts do; the rest is done by departments, agencies and boards.
    const fn is_northern_irish(self) -> bool {
        matches!(
            self,
            Self::WasteCollection
                | Self::WasteDisposal
                | Self::Planning
                | Self::MineralsAndWastePlanning
                | Self::StreetCleansing
                | Self::EnvironmentalHealth
                | Self::Leisure
                | Self::Corporate
        )
    }
}
