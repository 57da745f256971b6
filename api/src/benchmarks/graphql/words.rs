//! The closed words of benchmarks, as the enums of the API.

use async_graphql::Enum;

/// What sort of authority an area is, or that it is none and only adds authorities up.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::area::AuthorityType")]
pub enum AuthorityType {
    /// A county council with districts under it.
    County,
    /// A district council inside such a county.
    District,
    /// One council for everything, outside London and the metropolitan counties.
    Unitary,
    /// A council of a metropolitan county.
    MetropolitanDistrict,
    /// A council in London.
    LondonBorough,
    /// A council in Scotland.
    ScottishCouncil,
    /// A council in Wales.
    WelshCouncil,
    /// A district council in Northern Ireland.
    NiDistrict,
    /// Councils acting together by law.
    CombinedAuthority,
    /// A region of England: no authority.
    Region,
    /// A nation, or several together: no authority.
    Nation,
}

/// A service the law gives to some sorts of authority and not to others.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::area::ServiceArea")]
pub enum ServiceArea {
    /// Care of adults.
    AdultSocialCare,
    /// Children's social care.
    Children,
    /// Schools and education.
    Education,
    /// Roads.
    Highways,
    /// Collecting waste.
    WasteCollection,
    /// Disposing of waste.
    WasteDisposal,
    /// Deciding on development.
    Planning,
    /// Deciding on minerals and waste.
    MineralsAndWastePlanning,
    /// Council housing.
    Housing,
    /// Homelessness.
    Homelessness,
    /// Billing and collecting council tax.
    CouncilTax,
    /// Billing and collecting business rates.
    BusinessRates,
    /// Housing benefit and council tax reduction.
    Benefits,
    /// Libraries.
    Libraries,
    /// Public health.
    PublicHealth,
    /// Litter, fly-tipping and clean streets.
    StreetCleansing,
    /// Food hygiene, nuisances, air quality.
    EnvironmentalHealth,
    /// Trading standards.
    TradingStandards,
    /// Sport and leisure.
    Leisure,
    /// Transport plans and buses.
    Transport,
    /// What every authority has: money, staff, complaints, decisions.
    Corporate,
}

/// What became of an area.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::area::SuccessionKind")]
pub enum SuccessionKind {
    /// The same place under a new code or name: its figures go on.
    Renamed,
    /// It became one with others: the successor's figures are its own.
    Merged,
    /// It ended, and its ground went to the successor.
    Abolished,
    /// Its ground went to several.
    Split,
}

/// Where a council's figure stands in a comparison: whether it counts, and why not.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::benchmark::Standing")]
pub enum BenchmarkStanding {
    /// Published for everybody: it counts.
    Published,
    /// Shared by the council itself, and not published: it counts.
    Shared,
    /// There is none.
    Missing,
    /// It is known and may not be shown.
    Suppressed,
    /// The council has not the service: no figure is wanted of it.
    NotResponsible,
    /// The council had not been formed.
    NotYet,
    /// The council had ended.
    Abolished,
    /// It was worked out by another definition, or for other months.
    NotSameDefinition,
}

/// Which quarter of its group a value stands in.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::benchmark::QuartilePosition")]
pub enum QuartilePosition {
    /// On the better quartile or past it.
    BestQuarter,
    /// Not that, and on the median or past it.
    SecondQuarter,
    /// Not that, and on the worse quartile or past it.
    ThirdQuarter,
    /// Worse than the worse quartile.
    WorstQuarter,
    /// There is no saying: `because` says why.
    NotRanked,
}

/// Where a comparator group comes from.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "crate::benchmarks::groups::Origin")]
pub enum ComparatorOrigin {
    /// The council keeps it itself.
    Own,
    /// A published list of authorities that are alike.
    Published,
    /// Every authority of the same sort in the nation.
    SameType,
    /// The councils of the region.
    Region,
    /// The councils of the nation.
    Nation,
}

/// How firm a published edition is.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "crate::benchmarks::release::ReleaseState")]
pub enum BenchmarkState {
    /// It may change.
    Provisional,
    /// It is not expected to change.
    Final,
    /// It was final, and changed.
    Revised,
}

/// What a metric measures of an outcome.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "importers::catalogue::MetricKind")]
pub enum CatalogueMetricKind {
    /// What becomes of people and places.
    Outcome,
    /// What the council does about it.
    Output,
}
