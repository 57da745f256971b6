//! What a made-up council delivers: an action of every status, a project of every colour, a milestone of every state, a risk of every
//! band, money and unit costs, and what calls for attention as the rules find it.

use exporters::pack::{
    Pack, PackAction, PackCall, PackDelivery, PackMilestone, PackMoney, PackProject, PackRecommendation, PackRisk, PackUnitCost,
};
use rules::delivery::action::{ActionCounts, ActionStatus, Lateness, RecommendationSource, RecommendationWeight, Response, standing};
use rules::delivery::money::{Fund, Position, Tolerance};
use rules::delivery::project::{DeliveryStatus, Milestone, Stage, worst};
use rules::delivery::risk::{Rating, RiskMovement, RiskState};
use rules::exception::delivery::{self as called, Call, CallKind};
use rules::measure::Mode;
use rules::status::{Colour, Reason};

use crate::sample::{day, dec, pack, status};

/// The day everything stands on: the end of the pack's period.
pub const ON: &str = "2023-09-30";

/// The sample pack with everything that is delivered.
pub fn delivering() -> Pack {
    Pack { delivery: delivery(), ..pack() }
}

pub fn delivery() -> PackDelivery {
    let mut delivery = PackDelivery {
        actions: actions(),
        recommendations: recommendations(),
        projects: projects(),
        milestones: milestones(),
        risks: risks(),
        money: money(),
        unit_costs: unit_costs(),
        calls: Vec::new(),
    };
    delivery.calls = calls(&delivery);
    delivery
}

pub fn action(code: &str, title: &str, status: ActionStatus) -> PackAction {
    PackAction {
        code: code.to_owned(),
        title: title.to_owned(),
        priority: Some("A cleaner, greener county".to_owned()),
        mode: Some(Mode::Do),
        lead_officer: "Head of Waste".to_owned(),
        lead_member: Some("Executive Councillor for Operations".to_owned()),
        due_on: Some(day("2023-12-31")),
        revised_due_on: None,
        status,
        status_before: Some(ActionStatus::OnTrack),
        overdue_days: 0,
        progress: Some("Rounds one to four are done.".to_owned()),
        answers: None,
        decision: None,
    }
}

fn actions() -> Vec<PackAction> {
    use ActionStatus::{AtRisk, Cancelled, Completed, Deferred, NotStarted, OffTrack, OnTrack};
    let mut late = action("CP12", "Re-letter all households on the rounds where loads were refused", OnTrack);
    (late.due_on, late.revised_due_on, late.overdue_days) = (Some(day("2023-06-30")), Some(day("2023-09-18")), 12);
    late.answers = Some("PC3".to_owned());
    let mut off = action("CP13", "Open the second transfer station", OffTrack);
    off.priority = Some("Support people to live independently".to_owned());
    off.status_before = Some(AtRisk);
    let mut put_off = action("CP14", "Review of the garden waste charge", Deferred);
    put_off.decision = Some("Cabinet, 12 July 2023, minute 45".to_owned());
    put_off.progress = None;
    let mut given_up = action("CP15", "Weekly collections from flats", Cancelled);
    given_up.decision = Some("Cabinet, 12 July 2023, minute 46".to_owned());
    let mut unknown = action("CP16", "Publish the open book accounts of the contractor", NotStarted);
    (unknown.priority, unknown.mode, unknown.lead_member, unknown.status_before) = (None, None, None, None);
    (unknown.due_on, unknown.progress) = (None, None);
    let mut answering = action("CP17", "Train members in the reading of statistical process control charts", Completed);
    answering.answers = Some("PC3".to_owned());
    vec![late, off, put_off, given_up, unknown, answering, action("CP18", "Retrain crews", OnTrack), action("CP19", "New bins", AtRisk)]
}

fn counts(statuses: &[(ActionStatus, u32)]) -> ActionCounts {
    let mut counts = ActionCounts::default();
    for (status, overdue) in statuses {
        counts.add(*status, Lateness { overdue: *overdue, slipped: 0 });
    }
    counts
}

fn recommendations() -> Vec<PackRecommendation> {
    use ActionStatus::{Cancelled, Completed, NotStarted, OnTrack};
    let one = |code: &str, title: &str, weight, counts: ActionCounts| PackRecommendation {
        code: code.to_owned(),
        title: title.to_owned(),
        weight,
        source: RecommendationSource::PeerChallenge,
        made_by: Some("Local Government Association peer team".to_owned()),
        made_on: Some(day("2023-02-17")),
        response: Response::Accepted,
        standing: standing(&counts),
        counts,
        lead: Some("Chief Executive".to_owned()),
        due_on: Some(day("2024-03-31")),
        evidence: Some("Report to Cabinet of 12 July 2023".to_owned()),
    };
    let weight = RecommendationWeight::Formal;
    let late = counts(&[(OnTrack, 12), (Completed, 0), (Completed, 0)]);
    let done = counts(&[(Completed, 0), (Completed, 0), (Cancelled, 0)]);
    let begun = counts(&[(OnTrack, 0), (NotStarted, 0)]);
    let mut bare = one("AU1", "Reconcile the asset register", RecommendationWeight::Additional, counts(&[]));
    (bare.source, bare.made_by, bare.made_on, bare.response) = (RecommendationSource::ExternalAudit, None, None, Response::Awaited);
    (bare.lead, bare.due_on, bare.evidence) = (None, None, None);
    vec![
        one("PC3", "Give members the training and the information to ask about performance as well as they ask about money", weight, late),
        one("PC4", "Set fewer, more critical measures", weight, done),
        one("PC9", "Share the data hub with partners", RecommendationWeight::Additional, begun),
        bare,
    ]
}

fn projects() -> Vec<PackProject> {
    use DeliveryStatus::{Amber, Green, Red};
    let one = |code: &str, title: &str, sides: [Option<DeliveryStatus>; 4]| PackProject {
        code: code.to_owned(),
        title: title.to_owned(),
        programme: Some("Special educational needs transformation".to_owned()),
        is_programme: false,
        stage: Stage::Delivery,
        time: sides[0],
        cost: sides[1],
        scope: sides[2],
        benefits: sides[3],
        overall: worst(&sides),
        overall_before: Some(Amber),
        baseline_end: day("2024-03-31"),
        forecast_end: Some(day("2024-09-30")),
        slippage_days: 183,
        budget: Some(dec("12500000")),
        spent: Some(dec("4100250.40")),
        forecast_spend: Some(dec("13250000")),
        variance: Some(dec("750000")),
        next_milestone: Some(("Planning permission for the second site".to_owned(), day("2023-11-15"))),
        manager: "Senior Project Manager, Education Capital".to_owned(),
        summary: Some("The contractor of the first site was replaced in August; the second waits for permission".to_owned()),
    };
    let mut programme = one("SEND", "Special educational needs transformation", [Some(Green), Some(Amber), Some(Green), None]);
    (programme.is_programme, programme.programme) = (true, None);
    let mut fine = one("SEND2", "One front door for families", [Some(Green); 4]);
    (fine.slippage_days, fine.forecast_end, fine.variance) = (-14, Some(day("2024-03-17")), Some(dec("-20000")));
    fine.overall_before = Some(Green);
    let mut silent = one("HUB", "Data hub", [None; 4]);
    (silent.programme, silent.overall_before, silent.forecast_end, silent.slippage_days) = (None, None, None, 0);
    (silent.budget, silent.spent, silent.forecast_spend, silent.variance) = (None, None, None, None);
    (silent.next_milestone, silent.summary, silent.stage) = (None, None, Stage::BusinessCase);
    vec![programme, one("SEND1", "Two hundred places in special schools", [Some(Red), Some(Red), Some(Green), Some(Amber)]), fine, silent]
}

fn milestones() -> Vec<PackMilestone> {
    let one = |code: &str, title: &str, baseline: &str, forecast: Option<&str>, actual: Option<&str>| {
        let days = Milestone { baseline: day(baseline), forecast: forecast.map(day), actual: actual.map(day) };
        PackMilestone {
            code: code.to_owned(),
            title: title.to_owned(),
            project: "Two hundred places in special schools".to_owned(),
            baseline: days.baseline,
            forecast: days.forecast,
            actual: days.actual,
            state: days.state(day(ON)),
            slippage_days: days.slippage(),
            held_up_by: None,
            owner: Some("Senior Project Manager".to_owned()),
            note: None,
        }
    };
    let mut held = one("M4", "First pupils on the second site", "2024-01-08", None, None);
    held.held_up_by = Some(("Planning permission for the second site".to_owned(), day("2024-04-15")));
    let mut noted = one("M3", "Planning permission for the second site", "2023-09-01", Some("2023-11-15"), None);
    noted.note = Some("The committee of October was cancelled; the next one that decides meets in November".to_owned());
    vec![
        one("M1", "Contract signed", "2023-03-31", None, Some("2023-03-30")),
        one("M2", "First site open", "2023-06-01", None, Some("2023-07-20")),
        noted,
        held,
        one("M5", "Equipment ordered", "2023-09-15", None, None),
    ]
}

pub fn risk(code: &str, title: &str, residual: (u8, u8), appetite: u8) -> PackRisk {
    PackRisk {
        code: code.to_owned(),
        title: title.to_owned(),
        linked_to: Some("Waste and Street Scene".to_owned()),
        owner: "Director of Place".to_owned(),
        inherent: Rating::new(5, 5).unwrap(),
        residual: Rating::new(residual.0, residual.1).unwrap(),
        target: Rating::new(2, 3),
        appetite,
        movement: RiskMovement::Same,
        controls: Some("Two framework contractors; stock for ten days".to_owned()),
        further_action: None,
        action_due: None,
        state: RiskState::Open,
        review_on: Some(day("2023-12-01")),
    }
}

fn risks() -> Vec<PackRisk> {
    let mut worst = risk("R1", "The disposal contractor fails and no other takes the county's waste within a week", (5, 4), 12);
    worst.movement = RiskMovement::Up;
    (worst.further_action, worst.action_due) = (Some("Agree mutual aid with two neighbours".to_owned()), Some(day("2023-11-30")));
    let mut new = risk("R3", "A cyber attack stops benefits for a month", (3, 3), 12);
    (new.movement, new.target, new.linked_to, new.controls) = (RiskMovement::New, None, None, None);
    let mut down = risk("R4", "Vehicles cannot be replaced in time", (1, 3), 12);
    (down.movement, down.review_on) = (RiskMovement::Down, None);
    let mut closed = risk("R5", "The depot's lease is not renewed", (5, 5), 4);
    closed.state = RiskState::Closed;
    let mut occurred = risk("R6", "Fuel costs rise by a fifth", (4, 4), 12);
    occurred.state = RiskState::Occurred;
    vec![
        worst,
        risk("R2", "Crews cannot be recruited", (3, 4), 12),
        new,
        down,
        closed,
        occurred,
        risk("R7", "Fires at the depots", (3, 4), 10),
    ]
}

fn money() -> Vec<PackMoney> {
    let one = |element: &str, fund, position: Position, note: Option<&str>| PackMoney {
        code: "WSS".to_owned(),
        element: element.to_owned(),
        fund,
        budget: position.budget(),
        virements: position.moved,
        actual: position.actual,
        forecast: position.forecast,
        variance: position.variance(),
        variance_percent: position.variance_percent(),
        status: position.status(&Tolerance::usual()),
        note: note.map(str::to_owned),
    };
    let position = |original: &str, moved: &str, actual: &str, forecast: &str| Position {
        original: Some(dec(original)),
        moved: dec(moved),
        actual: Some(dec(actual)),
        forecast: Some(dec(forecast)),
    };
    let waste = "Waste and Street Scene";
    vec![
        one(waste, Fund::Revenue, position("41250000", "500000", "20100250.75", "43005000"), Some("Disposal of refused loads")),
        one(waste, Fund::Capital, position("6000000", "0", "1200000", "6090000"), None),
        one("Planning", Fund::Revenue, position("-400000", "-5000", "-190000", "-401000"), None),
        one("Data hub", Fund::Capital, Position::default(), None),
    ]
}

fn unit_costs() -> Vec<PackUnitCost> {
    let one = |code: &str, title: &str, colour| PackUnitCost {
        code: code.to_owned(),
        title: title.to_owned(),
        service: "Housing benefits".to_owned(),
        cost: Some(dec("73636040")),
        volume: Some(dec("8000")),
        value: Some(dec("9204.505")),
        unit: "Pounds".to_owned(),
        decimals: 2,
        target: Some(dec("10000")),
        previous: Some(dec("9871.2")),
        status: status(colour, Reason::NoRule),
    };
    let mut silent = one("FI02", "Cost of each planning application", Colour::NoData);
    (silent.cost, silent.volume, silent.value, silent.target, silent.previous) = (None, None, None, None, None);
    let hidden =
        PackUnitCost { cost: Some(dec("31337")), volume: Some(dec("3.5")), ..one("CS09", "Cost of each placement", Colour::Suppressed) };
    vec![one("FI01", "Cost of the housing benefits service for each live claim", Colour::Blue), silent, hidden]
}

/// What calls for attention, the most points first.
fn calls(of: &PackDelivery) -> Vec<PackCall> {
    let on = day(ON);
    let late = |action: &PackAction| Lateness { overdue: action.overdue_days, slipped: 0 };
    let mut calls = Vec::new();
    let mut add = |what, code: &str, title: &str, found: Option<Call>| {
        let call =
            |found: Call| PackCall { what, code: code.to_owned(), title: title.to_owned(), points: found.points, triggers: found.triggers };
        calls.extend(found.map(call));
    };
    of.actions.iter().for_each(|a| add(CallKind::Action, &a.code, &a.title, called::action(a.status, late(a))));
    of.recommendations.iter().for_each(|r| add(CallKind::Recommendation, &r.code, &r.title, called::recommendation(&r.counts)));
    of.projects.iter().for_each(|p| add(CallKind::Project, &p.code, &p.title, called::project(p.stage, p.overall, p.overall_before)));
    for m in &of.milestones {
        let days = Milestone { baseline: m.baseline, forecast: m.forecast, actual: m.actual };
        add(CallKind::Milestone, &m.code, &m.title, called::milestone(&days, on));
    }
    of.risks.iter().for_each(|r| add(CallKind::Risk, &r.code, &r.title, called::risk(r.state, r.residual, r.appetite)));
    of.money.iter().for_each(|m| add(CallKind::Money, "WSS", &m.element, called::money(m.fund, m.status)));
    calls.sort_by_key(|call| std::cmp::Reverse(call.points));
    calls
}
