//! Holes in the golden thread (`domain.md` §2): outcomes nothing measures, indicators that contribute to nothing,
//! elements nobody answers for.
//!
//! A link is given in the shape [`Link`] whatever keys the caller uses: ids of the database, or codes of a workbook.

use std::collections::HashSet;
use std::hash::Hash;

use crate::closed_set;
use crate::measure::{ElementKind, LinkKind};

closed_set! {
    /// What is missing.
    GapKind {
        /// No indicator contributes to an outcome, nor to another outcome that maps to it.
        OutcomeWithoutIndicator = "OUTCOME_WITHOUT_INDICATOR", "Outcome without an indicator";
        /// An indicator contributes to nothing.
        IndicatorWithoutOutcome = "INDICATOR_WITHOUT_OUTCOME", "Indicator without an outcome";
        /// Nobody answers for an element.
        ElementWithoutOwner = "ELEMENT_WITHOUT_OWNER", "Element without an owner";
    }
}

/// An element as far as the thread is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a, K> {
    /// What links name it by.
    pub key: K,
    /// What it is.
    pub kind: ElementKind,
    /// What a reader knows it by.
    pub title: &'a str,
    /// Who answers for it; blank is nobody.
    pub owner: Option<&'a str>,
}

/// An indicator as far as the thread is concerned. Leave out those no longer collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indicator<'a, K> {
    /// What links name it by.
    pub key: K,
    /// What a reader knows it by.
    pub title: &'a str,
}

/// Where a link starts. Elements and indicators may use the same keys without meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin<K> {
    /// An element.
    Element(K),
    /// An indicator.
    Indicator(K),
}

/// A link from an element or an indicator to an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link<K> {
    /// Where it starts.
    pub from: Origin<K>,
    /// What it says.
    pub kind: LinkKind,
    /// The element it leads to.
    pub to: K,
}

/// One hole, on an element or on an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap<K> {
    /// What is missing.
    pub kind: GapKind,
    /// A sentence that names it.
    pub because: String,
    /// The element, unless it is an indicator's gap.
    pub element: Option<K>,
    /// The indicator, if it is an indicator's gap.
    pub indicator: Option<K>,
}

/// The holes of a framework: elements in the order given, then indicators.
///
/// An outcome counts as measured when an indicator contributes to it, or when an outcome that is measured maps to
/// it, however many maps away: a strategic outcome is measured by what measures the council outcome that stands for
/// it. The other way round it is not. An indicator needs a link of its own to an element given here: that the service
/// which owns it contributes somewhere does not say what this indicator shows.
pub fn gaps<K: Copy + Eq + Hash>(elements: &[Element<'_, K>], links: &[Link<K>], indicators: &[Indicator<'_, K>]) -> Vec<Gap<K>> {
    let known: HashSet<K> = elements.iter().map(|element| element.key).collect();
    let collected: HashSet<K> = indicators.iter().map(|indicator| indicator.key).collect();
    let mut contributing = HashSet::new();
    let mut measured = HashSet::new();
    for link in links {
        if let (Origin::Indicator(from), LinkKind::ContributesTo) = (link.from, link.kind)
            && known.contains(&link.to)
            && collected.contains(&from)
        {
            contributing.insert(from);
            measured.insert(link.to);
        }
    }
    follow_maps(links, &mut measured);

    let mut gaps = Vec::new();
    for element in elements {
        if element.kind == ElementKind::Outcome && !measured.contains(&element.key) {
            gaps.push(Gap {
                kind: GapKind::OutcomeWithoutIndicator,
                because: format!("No indicator contributes to the outcome {:?}, nor to one that maps to it", element.title),
                element: Some(element.key),
                indicator: None,
            });
        }
        if element.owner.is_none_or(|owner| owner.trim().is_empty()) {
            gaps.push(Gap {
                kind: GapKind::ElementWithoutOwner,
                because: format!("Nobody answers for the {} {:?}", element.kind.words().to_lowercase(), element.title),
                element: Some(element.key),
                indicator: None,
            });
        }
    }
    gaps.extend(indicators.iter().filter(|indicator| !contributing.contains(&indicator.key)).map(|indicator| Gap {
        kind: GapKind::IndicatorWithoutOutcome,
        because: format!("The indicator {:?} contributes to nothing", indicator.title),
        element: None,
        indicator: Some(indicator.key),
    }));
    gaps
}

/// Spreads `measured` along MAPS_TO links from element to element. Each element is spread from once, so links in a
/// circle end.
fn follow_maps<K: Copy + Eq + Hash>(links: &[Link<K>], measured: &mut HashSet<K>) {
    let mut maps = std::collections::HashMap::<K, Vec<K>>::new();
    for link in links {
        if let (Origin::Element(from), LinkKind::MapsTo) = (link.from, link.kind) {
            maps.entry(from).or_default().push(link.to);
        }
    }
    let mut waiting: Vec<K> = measured.iter().copied().collect();
    while let Some(from) = waiting.pop() {
        for to in maps.get(&from).into_iter().flatten() {
            if measured.insert(*to) {
                waiting.push(*to);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(key: &'static str, kind: ElementKind, owner: Option<&'static str>) -> Element<'static, &'static str> {
        Element { key, kind, title: key, owner }
    }

    fn found(gaps: &[Gap<&'static str>]) -> Vec<(GapKind, &'static str)> {
        gaps.iter().map(|gap| (gap.kind, gap.element.or(gap.indicator).unwrap())).collect()
    }

    fn maps(from: &'static str, to: &'static str) -> Link<&'static str> {
        Link { from: Origin::Element(from), kind: LinkKind::MapsTo, to }
    }

    fn measures(from: &'static str, to: &'static str) -> Link<&'static str> {
        Link { from: Origin::Indicator(from), kind: LinkKind::ContributesTo, to }
    }

    #[test]
    fn each_hole_is_found_and_named() {
        let elements = [
            element("Clean streets", ElementKind::Outcome, Some("Director of Place")),
            element("Green homes", ElementKind::Outcome, Some("Director of Place")),
            element("Waste", ElementKind::Service, Some("  ")),
        ];
        let indicators = [Indicator { key: "PI1", title: "Missed bins" }, Indicator { key: "PI2", title: "Flytips" }];
        let gaps = gaps(&elements, &[measures("PI1", "Clean streets"), measures("PI2", "Unknown")], &indicators);
        assert_eq!(
            found(&gaps),
            [
                (GapKind::OutcomeWithoutIndicator, "Green homes"),
                (GapKind::ElementWithoutOwner, "Waste"),
                (GapKind::IndicatorWithoutOutcome, "PI2")
            ]
        );
        assert_eq!(gaps[1].because, "Nobody answers for the service \"Waste\"");
        assert_eq!(gaps[2].because, "The indicator \"Flytips\" contributes to nothing");
    }

    #[test]
    fn a_map_covers_the_outcome_it_leads_to_however_far_and_not_the_one_it_comes_from() {
        let outcome = |key| element(key, ElementKind::Outcome, Some("Leader"));
        let elements = [outcome("a"), outcome("b"), outcome("c"), outcome("d")];
        // a is measured; a → b → c → a is a circle; d maps to a.
        let links = [measures("PI1", "a"), maps("a", "b"), maps("b", "c"), maps("c", "a"), maps("d", "a")];
        let gaps = gaps(&elements, &links, &[Indicator { key: "PI1", title: "PI1" }]);
        assert_eq!(found(&gaps), [(GapKind::OutcomeWithoutIndicator, "d")]);
    }

    #[test]
    fn an_indicator_no_longer_collected_measures_nothing() {
        let elements = [element("a", ElementKind::Outcome, Some("Leader"))];
        let gaps = gaps(&elements, &[measures("PI1", "a")], &[]);
        assert_eq!(found(&gaps), [(GapKind::OutcomeWithoutIndicator, "a")]);
    }
}
