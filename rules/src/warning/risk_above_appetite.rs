//! RISK_ABOVE_APPETITE: an open risk scores so many points or more above the highest score the council is willing to bear.

use super::{Ceased, Ending, Evidence, Firing, Kind, Moment, Parameters, RiskFacts, RiskLook};

pub(super) fn firings(parameters: &Parameters, facts: &RiskFacts<'_>) -> Vec<Firing> {
    let by = parameters.at_least("by");
    let mut firings: Vec<Firing> = Vec::new();
    for look in facts.looks {
        let running = firings.last_mut().filter(|firing| firing.until.is_none());
        match (running, evidence(look, by)) {
            (Some(firing), Some(evidence)) => firing.evidence = evidence,
            (Some(firing), None) => {
                // An open risk that nobody scored, or without an appetite, may be where it was.
                let untold = look.open && (look.score.is_none() || look.appetite.is_none());
                let why = if untold { Ceased::NoFigure } else { Ceased::NoLonger };
                firing.until = Some(Ending { at: Moment::Day(look.as_at), why });
            }
            (None, Some(evidence)) => {
                let since = Moment::Day(look.as_at);
                firings.push(Firing { kind: Kind::RiskAboveAppetite, since, fired: since, until: None, evidence });
            }
            (None, None) => {}
        }
    }
    firings
}

fn evidence(look: &RiskLook, by: u32) -> Option<Evidence> {
    let (score, appetite) = look.score.zip(look.appetite).filter(|_| look.open)?;
    let above = u32::from(score) >= u32::from(appetite) + by;
    above.then_some(Evidence::RiskAboveAppetite { as_at: look.as_at, score, appetite })
}
