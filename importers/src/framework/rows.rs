//! Elements, links, targets, periods and forums, one function a kind of row. All cells of a row are read before any
//! problem ends it, so that a row with three faults says all three.

use rules::framework::{ElementRow, ForumRow, LinkRow, ReportingPeriodRow, TargetRow};
use rules::measure::{ElementKind, ForumGets, ForumKind, LinkKind, Mode};

use super::record::Record;

pub(super) fn element(record: &mut Record<'_>) -> Option<ElementRow> {
    let (code, parent) = (record.need_reference("Ref"), record.reference("Parent"));
    let (title, label) = (record.need("Title"), record.text("Label"));
    let kind = record.word("Kind", ElementKind::ALL, ElementKind::words);
    let mode = record.word("Mode", Mode::ALL, Mode::words);
    let (description, owner) = (record.text("Description"), record.text("Owner"));
    let position = record.whole("Order", 0);
    let (from, until) = (record.day("Stands from"), record.day("Stands until"));
    Some(ElementRow {
        code: code?,
        title: title?,
        kind: kind??,
        label: label?,
        parent: parent?,
        mode: mode?,
        description: description?,
        owner: owner?,
        position: position?,
        stands_from: from?,
        stands_until: until?,
    })
}

pub(super) fn link(record: &mut Record<'_>) -> Option<LinkRow> {
    let kind = record.word("Relation", LinkKind::ALL, LinkKind::words);
    let (from, to) = (record.need_reference("From"), record.need_reference("To"));
    let from_indicator = match record.need("From type")?.to_lowercase().as_str() {
        "indicator" => Some(true),
        "element" => Some(false),
        _ => {
            record.wrong("FRM-003", "From type", "From type is neither Element nor Indicator.").expected =
                Some("Element or Indicator".to_owned());
            None
        }
    };
    Some(LinkRow { from: from?, from_indicator: from_indicator?, kind: kind??, to: to? })
}

pub(super) fn target(record: &mut Record<'_>) -> Option<TargetRow> {
    let (indicator, period) = (record.need_reference("Ref"), record.period("Period"));
    let (target, intervention) = (record.figure("Target"), record.figure("Intervention level"));
    let (lower, upper) = (record.figure("Lower limit"), record.figure("Upper limit"));
    let (least, most) = (record.figure("Intervention lower limit"), record.figure("Intervention upper limit"));
    let (evidence, approved_by) = (record.text("Evidence"), record.text("Approved by"));
    let row = TargetRow {
        indicator: indicator?,
        period: period??,
        target: target?,
        intervention: intervention?,
        lower: lower?,
        upper: upper?,
        intervention_lower: least?,
        intervention_upper: most?,
        evidence: evidence?,
        approved_by: approved_by?,
    };
    let figures = [row.target, row.intervention, row.lower, row.upper, row.intervention_lower, row.intervention_upper];
    if figures.iter().all(Option::is_none) {
        record.wrong("FRM-001", "Target", "This row has neither a target nor a limit.");
        return None;
    }
    Some(row)
}

pub(super) fn period(record: &mut Record<'_>) -> Option<ReportingPeriodRow> {
    let (period, open, due_on) = (record.period("Period"), record.yes("Open", true), record.day("Due on"));
    Some(ReportingPeriodRow { period: period??, open: open?, due_on: due_on? })
}

pub(super) fn forum(record: &mut Record<'_>) -> Option<ForumRow> {
    let (code, title) = (record.need_reference("Ref"), record.need("Forum"));
    let kind = record.word("Kind", ForumKind::ALL, ForumKind::words);
    let gets = record.word("Gets", ForumGets::ALL, gets_words);
    let (position, meets, remit) = (record.whole("Order", 0), record.text("Meets"), record.list("Remit"));
    Some(ForumRow { code: code?, title: title?, kind: kind??, position: position?, meets: meets?, gets: gets??, remit: remit? })
}

fn gets_words(gets: ForumGets) -> &'static str {
    gets.words()
}
