//! The Check column: a formula that says in words what is still wanted. A help to the sender; the importer works
//! everything out again and never trusts it.

use rules::measure::{Polarity, UnitKind};
use rust_decimal::Decimal;

use crate::figures::{Shown, float};
use crate::language::Language;
use crate::template::TemplateRow;

/// The formula of one row, counted from 1. Columns as in `rules::workbook::RETURN`: G target, J numerator,
/// K denominator, L result, M why not, O commentary, P action, Q owner, R date.
pub(super) fn formula(row: &TemplateRow, language: &Language, n: u32) -> String {
    let say = |id: &str| quoted(language, id);
    let shown = Shown::new(&row.unit, row.decimals);
    let result = result(row, shown, n);
    let mut rest = explained(row, language, shown, n, &result);
    if shown.kind == UnitKind::Percent {
        rest = format!("IF({result}>10,{},{rest})", say("check-too-big"));
    }
    let (ok, say_why, needed) = (say("check-ok"), say("check-say-why"), say("check-result-needed"));
    let missing = format!("IF(M{n}<>\"\",{ok},IF(O{n}<>\"\",{say_why},{needed}))");
    let given = match (&row.numerator, &row.denominator) {
        (Some(_), Some(_)) => format!("OR(L{n}<>\"\",AND(J{n}<>\"\",N(K{n})<>0))"),
        _ => format!("L{n}<>\"\""),
    };
    format!("=IF({given},{rest},{missing})")
}

/// A message as a formula holds text.
fn quoted(language: &Language, id: &str) -> String {
    format!("\"{}\"", language.say(id).replace('"', "\"\""))
}

/// The result typed, or worked out from its parts.
fn result(row: &TemplateRow, shown: Shown, n: u32) -> String {
    if row.numerator.is_none() || row.denominator.is_none() {
        return format!("N(L{n})");
    }
    // A percentage is a fraction in its cell, so its multiplier of 100 is 1 here.
    let scale = if shown.kind == UnitKind::Percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let times = float(row.multiplier.checked_div(scale).unwrap_or(row.multiplier));
    format!("IF(L{n}<>\"\",N(L{n}),IF(N(K{n})=0,0,N(J{n})/N(K{n})*{times}))")
}

fn explained(row: &TemplateRow, language: &Language, shown: Shown, n: u32, result: &str) -> String {
    let ok = quoted(language, "check-ok");
    let worse = match row.polarity {
        Polarity::HigherIsBetter => "<",
        Polarity::LowerIsBetter => ">",
        Polarity::WithinRange | Polarity::None => return ok,
    };
    if !row.explain_off_target || row.target.is_none() {
        return ok;
    }
    let places = shown.decimals + if shown.kind == UnitKind::Percent { 2 } else { 0 };
    let off = format!("ROUND({result},{places}){worse}ROUND(G{n},{places})");
    let (wanted, acted) = (quoted(language, "check-commentary-needed"), quoted(language, "check-action-needed"));
    let action = format!("IF(OR(P{n}=\"\",Q{n}=\"\",R{n}=\"\"),{acted},{ok})");
    format!("IF({off},IF(O{n}=\"\",{wanted},{action}),{ok})")
}
