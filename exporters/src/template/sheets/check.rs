//! The Check column: a formula that says in words what is still wanted. A help to the sender; the importer works
//! everything out again and never trusts it.

use rules::measure::{Polarity, UnitKind};
use rust_decimal::Decimal;

use crate::figures::{Shown, float};
use crate::template::TemplateRow;

/// The formula of one row, counted from 1. Columns as in `rules::workbook::RETURN`: G target, J numerator,
/// K denominator, L result, M why not, O commentary, P action, Q owner, R date.
pub(super) fn formula(row: &TemplateRow, n: u32) -> String {
    let shown = Shown::new(&row.unit, row.decimals);
    let result = result(row, shown, n);
    let mut rest = explained(row, shown, n, &result);
    if shown.kind == UnitKind::Percent {
        rest = format!("IF({result}>10,\"Result looks 100 times too big\",{rest})");
    }
    let missing = format!("IF(M{n}<>\"\",\"OK\",IF(O{n}<>\"\",\"Say why there is no result\",\"Result needed\"))");
    let given = match (&row.numerator, &row.denominator) {
        (Some(_), Some(_)) => format!("OR(L{n}<>\"\",AND(J{n}<>\"\",N(K{n})<>0))"),
        _ => format!("L{n}<>\"\""),
    };
    format!("=IF({given},{rest},{missing})")
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

fn explained(row: &TemplateRow, shown: Shown, n: u32, result: &str) -> String {
    let worse = match row.polarity {
        Polarity::HigherIsBetter => "<",
        Polarity::LowerIsBetter => ">",
        Polarity::WithinRange | Polarity::None => return "\"OK\"".to_owned(),
    };
    if !row.explain_off_target || row.target.is_none() {
        return "\"OK\"".to_owned();
    }
    let places = shown.decimals + if shown.kind == UnitKind::Percent { 2 } else { 0 };
    let off = format!("ROUND({result},{places}){worse}ROUND(G{n},{places})");
    let action = format!("IF(OR(P{n}=\"\",Q{n}=\"\",R{n}=\"\"),\"Action, owner and date needed\",\"OK\")");
    format!("IF({off},IF(O{n}=\"\",\"Commentary needed\",{action}),\"OK\")")
}
