//! One record of each kind as it is told by entry: new, in part, blanked.

use serde_json::{Value, json};
use tests::Client;

use super::model::Small;

/// A record of a kind, told step by step.
pub struct Entry {
    /// The mutation, as `action` of `actionRecord`.
    pub what: &'static str,
    /// As a record's kind: `ACTION`.
    pub kind: &'static str,
    /// What stands for its ref.
    pub code: &'static str,
    /// What is asked back.
    pub fields: &'static str,
    /// All that is needed, with what is shown then.
    pub new: (Value, Value),
    /// A part of it, with what is shown then: the rest as it was.
    pub part: (Value, Value),
    /// Something said to be blank, with what is shown then.
    pub blank: (Value, Value),
}

impl Entry {
    /// An input of it.
    pub fn saying(key: &Value, more: &Value) -> Value {
        let mut input = key.clone();
        input.as_object_mut().expect("a key").extend(more.as_object().expect("fields").clone());
        input
    }
}

/// Whoever keeps records of a kind.
pub fn keeper<'s, 'a>(small: &'s Small<'a>, committee: &'s Client<'a>, entry: &Entry) -> &'s Client<'a> {
    match entry.what {
        "project" | "milestone" | "dependency" => &small.office,
        "money" => &small.finance,
        "theme" | "assessment" => committee,
        "insight" => &small.keeper,
        _ => &small.manager,
    }
}

/// Of all ten kinds, in an order in which each finds what it leads to.
pub fn all() -> Vec<(Value, Entry)> {
    vec![
        recommendation(),
        project(),
        milestone("MA", "PA"),
        milestone("MB", "PB"),
        dependency(),
        action(),
        risk(),
        money(),
        theme(),
        assessment(),
        insight(),
    ]
}

fn recommendation() -> (Value, Entry) {
    let entry = Entry {
        what: "recommendation",
        kind: "RECOMMENDATION",
        code: "R1",
        fields: "code title weight source report element { code } response lead dueOn evidence",
        new: (
            json!({ "title": "Count bins", "source": "INTERNAL_AUDIT", "report": "Audit", "element": "S1", "dueOn": "2025-03-31" }),
            json!({ "code": "R1", "title": "Count bins", "weight": "FORMAL", "source": "INTERNAL_AUDIT", "report": "Audit",
                "element": { "code": "S1" }, "response": "AWAITED", "lead": null, "dueOn": "2025-03-31", "evidence": null }),
        ),
        part: (
            json!({ "response": "ACCEPTED", "lead": "Head of Waste", "evidence": "A count" }),
            json!({ "code": "R1", "title": "Count bins", "weight": "FORMAL", "source": "INTERNAL_AUDIT", "report": "Audit",
                "element": { "code": "S1" }, "response": "ACCEPTED", "lead": "Head of Waste", "dueOn": "2025-03-31", "evidence": "A count" }),
        ),
        blank: (
            json!({ "lead": null, "dueOn": null, "response": null }),
            json!({ "code": "R1", "title": "Count bins", "weight": "FORMAL", "source": "INTERNAL_AUDIT", "report": "Audit",
                "element": { "code": "S1" }, "response": "AWAITED", "lead": null, "dueOn": null, "evidence": "A count" }),
        ),
    };
    (json!({ "code": "R1" }), entry)
}

fn project() -> (Value, Entry) {
    let shown = |time: Value, cost: Value, spent: Value, summary: Value| {
        json!({ "code": "PA", "stage": "DELIVERY", "time": time, "cost": cost, "startsOn": "2024-04-01", "baselineEnd": "2025-03-31",
            "manager": "Head of Change", "budget": "1234.56", "spent": spent, "summary": summary, "asAt": "2024-09-30" })
    };
    let entry = Entry {
        what: "project",
        kind: "PROJECT",
        code: "PA",
        fields: "code stage time cost startsOn baselineEnd manager budget spent summary asAt",
        new: (
            json!({ "stage": "DELIVERY", "time": "GREEN", "startsOn": "2024-04-01", "baselineEnd": "2025-03-31", "manager": "Head of Change",
                "budget": "1234.560", "summary": "As planned", "asAt": "2024-09-30" }),
            shown(json!("GREEN"), Value::Null, Value::Null, json!("As planned")),
        ),
        part: (json!({ "cost": "RED", "spent": "0.01" }), shown(json!("GREEN"), json!("RED"), json!("0.01"), json!("As planned"))),
        blank: (json!({ "time": null, "summary": null }), shown(Value::Null, json!("RED"), json!("0.01"), Value::Null)),
    };
    (json!({ "element": "PA" }), entry)
}

fn milestone(code: &'static str, of: &'static str) -> (Value, Entry) {
    let shown = |forecast: Value, owner: Value, title: &str| {
        json!({ "code": code, "title": title, "baseline": "2024-12-13", "forecast": forecast, "actual": null, "owner": owner,
            "asAt": "2024-09-30", "element": { "code": of } })
    };
    let entry = Entry {
        what: "milestone",
        kind: "MILESTONE",
        code,
        fields: "code title baseline forecast actual owner asAt element { code }",
        new: (
            json!({ "project": of, "title": "Case agreed", "baseline": "2024-12-13", "owner": "Head", "asAt": "2024-09-30" }),
            shown(Value::Null, json!("Head"), "Case agreed"),
        ),
        part: (json!({ "forecast": "2025-01-10", "title": "Case made" }), shown(json!("2025-01-10"), json!("Head"), "Case made")),
        blank: (json!({ "owner": null, "forecast": null }), shown(Value::Null, Value::Null, "Case made")),
    };
    (json!({ "code": code }), entry)
}

fn dependency() -> (Value, Entry) {
    let shown = |days: u32, note: Value| json!({ "code": "MB", "waitsFor": "MA", "days": days, "note": note });
    let entry = Entry {
        what: "dependency",
        kind: "DEPENDENCY",
        code: "MB waits for MA",
        fields: "code waitsFor days note",
        new: (json!({ "note": "One team" }), shown(0, json!("One team"))),
        part: (json!({ "days": 14 }), shown(14, json!("One team"))),
        blank: (json!({ "note": null, "days": null }), shown(0, Value::Null)),
    };
    (json!({ "waits": "MB", "on": "MA" }), entry)
}

fn action() -> (Value, Entry) {
    let shown = |due: Value, status: &str, progress: Value, mode: Value| {
        json!({ "code": "A1", "title": "Count bins", "kind": "RECOMMENDATION", "recommendation": { "code": "R1" },
            "indicator": { "code": "WM02" }, "element": { "code": "S1" }, "mode": mode, "leadOfficer": "Head of Waste", "dueOn": due,
            "status": status, "progress": progress, "asAt": "2024-09-30", "recordedBy": "Mina Manager" })
    };
    let entry = Entry {
        what: "action",
        kind: "ACTION",
        code: "A1",
        fields: "code title kind recommendation { code } indicator { code } element { code } mode leadOfficer dueOn status progress asAt recordedBy",
        new: (
            json!({ "title": "Count bins", "kind": "RECOMMENDATION", "answers": "r1", "indicator": "wm02", "element": "s1", "mode": "DO",
                "leadOfficer": "Head of Waste", "dueOn": "2024-12-20", "status": "NOT_STARTED", "asAt": "2024-09-30" }),
            shown(json!("2024-12-20"), "NOT_STARTED", Value::Null, json!("DO")),
        ),
        part: (
            json!({ "status": "ON_TRACK", "progress": "Begun.\nSix rounds counted; two to come" }),
            shown(json!("2024-12-20"), "ON_TRACK", json!("Begun.\nSix rounds counted; two to come"), json!("DO")),
        ),
        blank: (json!({ "dueOn": null, "mode": null, "progress": " " }), shown(Value::Null, "ON_TRACK", Value::Null, Value::Null)),
    };
    (json!({ "code": "A1" }), entry)
}

fn risk() -> (Value, Entry) {
    let shown = |residual: u32, target: Value, controls: Value, state: &str| {
        json!({ "code": "RK1", "title": "Too few drivers", "element": { "code": "S1" }, "indicator": { "code": "WM02" },
            "inherent": { "score": 20 }, "residual": { "score": residual }, "target": target, "appetite": 9, "controls": controls,
            "state": state, "asAt": "2024-09-30" })
    };
    let entry = Entry {
        what: "risk",
        kind: "RISK",
        code: "RK1",
        fields: "code title element { code } indicator { code } inherent { score } residual { score } target { score } appetite controls state asAt",
        new: (
            json!({ "title": "Too few drivers", "cause": "Pay", "event": "They leave", "impact": "Missed bins", "element": "S1",
                "indicator": "WM02", "owner": "Head of Waste", "inherentLikelihood": 4, "inherentImpact": 5, "residualLikelihood": 3,
                "residualImpact": 4, "targetLikelihood": 2, "targetImpact": 3, "appetite": 9, "controls": "Agency", "asAt": "2024-09-30" }),
            shown(12, json!({ "score": 6 }), json!("Agency"), "OPEN"),
        ),
        part: (json!({ "residualLikelihood": 2, "state": "OCCURRED" }), shown(8, json!({ "score": 6 }), json!("Agency"), "OCCURRED")),
        blank: (
            json!({ "targetLikelihood": null, "targetImpact": null, "controls": null, "state": null }),
            shown(8, Value::Null, Value::Null, "OPEN"),
        ),
    };
    (json!({ "code": "RK1" }), entry)
}

fn money() -> (Value, Entry) {
    let shown = |virements: &str, actual: Value, note: Value| {
        json!({ "code": "S1", "fund": "REVENUE", "position": { "virements": virements, "actual": actual, "forecast": "-100.5" },
            "lines": [{ "period": "2024/25 Q2", "note": note }] })
    };
    let entry = Entry {
        what: "money",
        kind: "MONEY",
        code: "S1 2024/25 Q2 revenue",
        fields: "code fund position { virements actual forecast } lines { period note }",
        new: (json!({ "forecast": "-100.50", "note": "Fees" }), shown("0", Value::Null, json!("Fees"))),
        part: (json!({ "virement": "-0.01", "actual": "7" }), shown("-0.01", json!("7"), json!("Fees"))),
        blank: (json!({ "actual": null, "note": null }), shown("-0.01", Value::Null, Value::Null)),
    };
    (json!({ "element": "S1", "period": "2024/25 Q2", "fund": "REVENUE" }), entry)
}

fn theme() -> (Value, Entry) {
    let shown = |title: &str, characteristics: Value, source: Value| {
        json!({ "code": "BV", "title": "Best Value", "ratings": ["Weak", "Sound", "Strong"],
            "themes": [{ "code": "LEAD", "title": title, "characteristics": characteristics, "failures": [], "source": source }] })
    };
    let entry = Entry {
        what: "theme",
        kind: "THEME",
        code: "BV LEAD",
        fields: "code title ratings themes { code title characteristics failures source }",
        new: (
            json!({ "instrumentTitle": "Best Value", "title": "Leadership", "characteristics": ["A vision", "Candour, always"],
                "scale": ["Weak", "Sound", "Strong"], "published": "Guidance" }),
            shown("Leadership", json!(["A vision", "Candour, always"]), json!("Guidance")),
        ),
        part: (json!({ "title": "Leading" }), shown("Leading", json!(["A vision", "Candour, always"]), json!("Guidance"))),
        blank: (json!({ "characteristics": null, "published": null }), shown("Leading", json!([]), Value::Null)),
    };
    (json!({ "instrument": "BV", "theme": "LEAD" }), entry)
}

fn assessment() -> (Value, Entry) {
    let shown = |rating: &str, evidence: Value, by: Value| {
        json!({ "instrument": "BV", "theme": "LEAD", "edition": "2024", "rating": rating, "narrative": "Candid.", "evidenceNamed": evidence,
            "assessedBy": by, "assessedOn": "2024-06-30" })
    };
    let named = json!(["Action A1", "Risk RK1", "Indicator WM01"]);
    let entry = Entry {
        what: "assessment",
        kind: "ASSESSMENT",
        code: "BV LEAD 2024",
        fields: "instrument theme edition rating narrative evidenceNamed assessedBy assessedOn",
        new: (
            json!({ "rating": "Sound", "narrative": "Candid.", "evidence": ["action a1", "Risk RK1", "INDICATOR wm01"], "assessedBy": "Peers",
                "assessedOn": "2024-06-30" }),
            shown("Sound", named.clone(), json!("Peers")),
        ),
        part: (json!({ "rating": "Strong" }), shown("Strong", named, json!("Peers"))),
        blank: (json!({ "evidence": null, "assessedBy": null }), shown("Strong", json!([]), Value::Null)),
    };
    (json!({ "instrument": "BV", "theme": "LEAD", "edition": "2024" }), entry)
}

fn insight() -> (Value, Entry) {
    let shown = |period: Value, text: &str, sensitive: bool| {
        json!({ "code": "I1", "element": { "code": "S1" }, "origin": "COMPLAINTS", "period": period, "text": text, "source": "Log",
            "toldOn": "2024-09-30", "sensitive": sensitive, "recordedBy": "Perry Team" })
    };
    let entry = Entry {
        what: "insight",
        kind: "INSIGHT",
        code: "I1",
        fields: "code element { code } origin period text source toldOn sensitive recordedBy",
        new: (
            json!({ "element": "S1", "origin": "COMPLAINTS", "period": "2024/25 Q2", "text": "Eleven complaints", "source": "Log", "toldOn": "2024-09-30",
                "sensitive": true }),
            shown(json!("2024/25 Q2"), "Eleven complaints", true),
        ),
        part: (json!({ "text": "Twelve complaints" }), shown(json!("2024/25 Q2"), "Twelve complaints", true)),
        blank: (json!({ "period": null, "sensitive": null }), shown(Value::Null, "Twelve complaints", false)),
    };
    (json!({ "code": "I1" }), entry)
}
