//! What calls for attention and is no indicator: an action, a project, a risk. What only figures have does not apply to it.

use rules::delivery::risk::RiskMovement;
use rules::exception::ExceptionKind;
use rules::exception::delivery::{CallKind, CallTrigger};
use rules::status::Colour;
use rules::travel::Direction;

use super::{who_and_when, why};
use crate::language::dashed;
use crate::pack::{PackCall, PackMoney};
use crate::reading::Read;
use crate::table::Cell;
use crate::wording::delivery::{call as reason, delivery_status};
use crate::{text, wording};

pub(super) fn row(read: &Read, call: &PackCall) -> Vec<Cell> {
    let kind = ExceptionKind::of(call.points).unwrap_or(ExceptionKind::Watch);
    let reasons: Vec<String> = call.triggers.iter().map(|trigger| reason(read, *trigger)).collect();
    let title = read.language.tell(&dashed("called", call.what.code()), &[("title", text::clean(&call.title).into())]);
    let Told { status, before, year_end, direction, action } = told(read, call);
    vec![
        read.words(&call.code),
        Cell::Text(read.language.word("kind", kind.code()).to_owned()),
        read.words(title),
        Cell::Mark("[z]"),
        Cell::Mark("[z]"),
        read.cell("status-not-applicable"),
        status,
        before,
        year_end,
        Cell::Text(wording::direction(read, direction).to_owned()),
        why(read, &reasons),
        Cell::Text(action.unwrap_or_else(|| read.say("none-given").to_owned())),
    ]
}

/// What of the columns of indicators something else has.
struct Told {
    status: Cell,
    before: Cell,
    year_end: Cell,
    direction: Option<Direction>,
    action: Option<String>,
}

/// A project has a status of these colours, money is told by how the year is expected to end, and a risk moves. Whatever else has a
/// status has it among words of its own, on its own sheet. Nothing is told of what is not in the pack.
fn told(read: &Read, call: &PackCall) -> Told {
    let delivery = &read.pack.delivery;
    let none = || read.status(Colour::NotApplicable);
    let mut told = Told { status: none(), before: none(), year_end: none(), direction: None, action: None };
    match call.what {
        CallKind::Action => {
            let found = delivery.actions.iter().find(|action| action.code == call.code);
            told.action = found.map(|action| who_and_when(read, Some(&action.lead_officer), action.revised_due_on.or(action.due_on)));
        }
        CallKind::Recommendation => {
            let found = delivery.recommendations.iter().find(|of| of.code == call.code);
            told.action = found.map(|of| who_and_when(read, of.lead.as_deref(), of.due_on));
        }
        CallKind::Project => {
            if let Some(project) = delivery.projects.iter().find(|project| project.code == call.code) {
                told.status = delivery_status(read, project.overall);
                told.before = delivery_status(read, project.overall_before);
                told.action = Some(who_and_when(read, Some(&project.manager), project.forecast_end));
            }
        }
        CallKind::Milestone => {
            let found = delivery.milestones.iter().find(|milestone| milestone.code == call.code);
            told.action = found.map(|of| who_and_when(read, of.owner.as_deref(), of.forecast.or(Some(of.baseline))));
        }
        CallKind::Risk => {
            if let Some(risk) = delivery.risks.iter().find(|risk| risk.code == call.code) {
                told.direction = match risk.movement {
                    RiskMovement::Up => Some(Direction::Declined),
                    RiskMovement::Down => Some(Direction::Improved),
                    RiskMovement::Same => Some(Direction::Same),
                    RiskMovement::New => None,
                };
                let further = text::said(risk.further_action.as_deref());
                told.action =
                    further.map(|what| format!("{} {}", text::ended(&what), who_and_when(read, Some(&risk.owner), risk.action_due)));
            }
        }
        CallKind::Money => {
            let is = |money: &&PackMoney| money.code == call.code && call.triggers.contains(&CallTrigger::PastTolerance(money.fund));
            if let Some(money) = delivery.money.iter().find(is) {
                told.year_end = delivery_status(read, money.status);
                told.action = text::said(money.note.as_deref());
            }
        }
    }
    told
}
