//! What the eight kinds of row have in common: a key, a name for people, fields to compare, a place in the workbook.

use rules::edition::{Field, indicator_fields, shape_words};
use rules::framework::{EditionRow, ElementRow, ForumRow, IndicatorRow, Keyed, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use rules::measure::Mode;
use rules::period::Period;
use rules::workbook::{ELEMENTS, FORUMS, FRAMEWORK, INDICATORS, LINKS, PERIODS, RULES, TARGETS};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::imports::plan::Subject;

/// A kind of row of the framework workbook.
pub trait BookRow: Clone + PartialEq + Serialize + DeserializeOwned {
    const SUBJECT: Subject;
    const SHEET: &'static str;
    /// The heading whose cell stands for the row.
    const HEADING: &'static str;
    /// `element`, `indicator`: what a message calls it.
    const NOUN: &'static str;

    /// Told apart from the others of its sheet by this.
    fn row_key(&self) -> String;
    /// What a person knows it by.
    fn name(&self) -> String;
    /// Everything but the key.
    fn fields(&self) -> Vec<Field>;
    fn indicator(&self) -> Option<&str> {
        None
    }
    fn period(&self) -> Option<Period> {
        None
    }
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn show<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn yes(value: bool) -> String {
    if value { "Yes" } else { "No" }.to_owned()
}

impl BookRow for EditionRow {
    const SUBJECT: Subject = Subject::Edition;
    const SHEET: &'static str = FRAMEWORK.name;
    const HEADING: &'static str = "Edition";
    const NOUN: &'static str = "edition";

    fn row_key(&self) -> String {
        self.edition.clone()
    }

    fn name(&self) -> String {
        format!("{} {}", self.title, self.edition)
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            ("Title", self.title.clone()),
            ("From", self.from.to_string()),
            ("Until", show(self.until)),
            ("State", self.state.words().to_owned()),
            ("Adopted by", text(self.adopted_by.as_deref())),
            ("Adopted on", show(self.adopted_on)),
            ("Minute reference", text(self.minute_reference.as_deref())),
            ("Note", text(self.note.as_deref())),
        ]
    }
}

impl BookRow for ElementRow {
    const SUBJECT: Subject = Subject::Element;
    const SHEET: &'static str = ELEMENTS.name;
    const HEADING: &'static str = "Ref";
    const NOUN: &'static str = "element";

    fn row_key(&self) -> String {
        self.key()
    }

    fn name(&self) -> String {
        self.title.clone()
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            ("Title", self.title.clone()),
            ("Kind", self.kind.words().to_owned()),
            ("Label", text(self.label.as_deref())),
            ("Parent", text(self.parent.as_deref())),
            ("Mode", text(self.mode.map(Mode::words))),
            ("Description", text(self.description.as_deref())),
            ("Owner", text(self.owner.as_deref())),
            ("Order", self.position.to_string()),
            ("Stands until", show(self.stands_until)),
        ]
    }
}

impl BookRow for LinkRow {
    const SUBJECT: Subject = Subject::Link;
    const SHEET: &'static str = LINKS.name;
    const HEADING: &'static str = "From";
    const NOUN: &'static str = "link";

    fn row_key(&self) -> String {
        self.key()
    }

    fn name(&self) -> String {
        format!("{} {} {}", self.from, self.kind.words().to_lowercase(), self.to)
    }

    fn fields(&self) -> Vec<Field> {
        Vec::new()
    }

    fn indicator(&self) -> Option<&str> {
        self.from_indicator.then_some(self.from.as_str())
    }
}

impl BookRow for IndicatorRow {
    const SUBJECT: Subject = Subject::Indicator;
    const SHEET: &'static str = INDICATORS.name;
    const HEADING: &'static str = "Ref";
    const NOUN: &'static str = "indicator";

    fn row_key(&self) -> String {
        self.key()
    }

    fn name(&self) -> String {
        self.title.clone()
    }

    fn fields(&self) -> Vec<Field> {
        indicator_fields(self)
    }

    fn indicator(&self) -> Option<&str> {
        Some(&self.code)
    }
}

impl BookRow for TargetRow {
    const SUBJECT: Subject = Subject::Target;
    const SHEET: &'static str = TARGETS.name;
    const HEADING: &'static str = "Ref";
    const NOUN: &'static str = "target";

    fn row_key(&self) -> String {
        self.key()
    }

    fn name(&self) -> String {
        let filled = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        filled.take(3).map(|(heading, value)| format!("{heading} {value}")).collect::<Vec<_>>().join("; ")
    }

    fn fields(&self) -> Vec<Field> {
        let figure = |value: Option<rust_decimal::Decimal>| show(value.map(|n| n.normalize()));
        vec![
            ("Target", figure(self.target)),
            ("Intervention level", figure(self.intervention)),
            ("Lower limit", figure(self.lower)),
            ("Upper limit", figure(self.upper)),
            ("Intervention lower limit", figure(self.intervention_lower)),
            ("Intervention upper limit", figure(self.intervention_upper)),
            ("Evidence", text(self.evidence.as_deref())),
            ("Approved by", text(self.approved_by.as_deref())),
        ]
    }

    fn indicator(&self) -> Option<&str> {
        Some(&self.indicator)
    }

    fn period(&self) -> Option<Period> {
        Some(self.period)
    }
}

impl BookRow for RuleRow {
    const SUBJECT: Subject = Subject::Rule;
    const SHEET: &'static str = RULES.name;
    const HEADING: &'static str = "Applies to";
    const NOUN: &'static str = "status rule";

    fn row_key(&self) -> String {
        self.key()
    }

    fn name(&self) -> String {
        shape_words(&self.shape)
    }

    fn fields(&self) -> Vec<Field> {
        vec![("Shape", shape_words(&self.shape))]
    }

    fn indicator(&self) -> Option<&str> {
        self.indicator.as_deref()
    }
}

impl BookRow for ReportingPeriodRow {
    const SUBJECT: Subject = Subject::Period;
    const SHEET: &'static str = PERIODS.name;
    const HEADING: &'static str = "Period";
    const NOUN: &'static str = "reporting period";

    fn row_key(&self) -> String {
        self.key()
    }

    fn name(&self) -> String {
        if self.open { "Open".to_owned() } else { "Closed".to_owned() }
    }

    fn fields(&self) -> Vec<Field> {
        vec![("Open", yes(self.open)), ("Due on", show(self.due_on))]
    }

    fn period(&self) -> Option<Period> {
        Some(self.period)
    }
}

impl BookRow for ForumRow {
    const SUBJECT: Subject = Subject::Forum;
    const SHEET: &'static str = FORUMS.name;
    const HEADING: &'static str = "Ref";
    const NOUN: &'static str = "forum";

    fn row_key(&self) -> String {
        self.key()
    }

    fn name(&self) -> String {
        self.title.clone()
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            ("Forum", self.title.clone()),
            ("Kind", self.kind.words().to_owned()),
            ("Order", self.position.to_string()),
            ("Meets", text(self.meets.as_deref())),
            ("Gets", self.gets.words().to_owned()),
            ("Remit", self.remit.join("; ")),
        ]
    }
}
