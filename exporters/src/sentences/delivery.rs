//! What is delivered, in sentences for the Cover: counted, and said only of what the pack has.

use rules::delivery::action::{ActionCounts, Lateness, RecommendationWeight};
use rules::delivery::project::DeliveryStatus;
use rules::delivery::risk::{RiskState, within};
use rules::status::Colour;

use crate::language::tell;
use crate::pack::{PackAction, PackRecommendation};
use crate::reading::Read;
use crate::text;

/// Some actions, counted by where they stand.
pub(crate) fn actions<'a>(actions: impl Iterator<Item = &'a PackAction>) -> ActionCounts {
    let mut counts = ActionCounts::default();
    for action in actions {
        counts.add(action.status, Lateness { overdue: action.overdue_days, slipped: 0 });
    }
    counts
}

/// `31 of 40 actions are on track, 6 are completed and 3 are late; 2 projects are Red; 1 risk is above appetite.`, then the actions that
/// answer recommendations.
pub(super) fn at_a_glance(read: &Read) -> Vec<String> {
    let (delivery, language) = (&read.pack.delivery, read.language);
    let mut parts = Vec::new();
    if !delivery.actions.is_empty() {
        let counts = actions(delivery.actions.iter());
        parts.push(tell!(
            language,
            "glance-actions",
            n = counts.total,
            on_track = counts.on_track,
            completed = counts.completed,
            late = counts.overdue,
        ));
    }
    if !delivery.projects.is_empty() {
        let red = delivery.projects.iter().filter(|project| project.overall == Some(DeliveryStatus::Red)).count();
        parts.push(tell!(language, "glance-projects", n = red, red = read.word(Colour::Red)));
    }
    if delivery.risks.iter().any(|risk| risk.state != RiskState::Closed) {
        let above = |risk: &&crate::pack::PackRisk| risk.state != RiskState::Closed && !within(risk.residual, risk.appetite);
        parts.push(tell!(language, "glance-risks", n = delivery.risks.iter().filter(above).count()));
    }
    let mut said = Vec::new();
    if !parts.is_empty() {
        said.push(text::ended(&text::capital(&parts.join("; "))));
    }
    said.extend(answered(read, &delivery.recommendations));
    said
}

/// `27 actions answer 8 formal recommendations: 23 completed, 4 under way, 0 not started; 7 actions answer 2 additional suggestions: …`
fn answered(read: &Read, recommendations: &[PackRecommendation]) -> Option<String> {
    let of = |weight: RecommendationWeight, id: &str| {
        let these: Vec<&PackRecommendation> = recommendations.iter().filter(|of| of.weight == weight).collect();
        let sum = |count: fn(&ActionCounts) -> u32| these.iter().map(|of| count(&of.counts)).fold(0, u32::saturating_add);
        let given_up = sum(|counts| counts.cancelled.saturating_add(counts.deferred));
        let counted = tell!(
            read.language,
            "glance-progress",
            completed = sum(|counts| counts.completed),
            under_way = sum(|counts| counts.under_way),
            not_started = sum(|counts| counts.not_started),
        );
        let counted = match given_up {
            0 => counted,
            n => tell!(read.language, "glance-given-up", counted = counted, n = n),
        };
        (!these.is_empty()).then(|| tell!(read.language, id, n = sum(|counts| counts.total), answered = these.len(), counted = counted))
    };
    let parts = [of(RecommendationWeight::Formal, "glance-formal"), of(RecommendationWeight::Additional, "glance-additional")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| text::ended(&text::capital(&parts.join("; "))))
}
