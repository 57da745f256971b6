//! The Check column: a formula that says in words what is still wanted. A help to the sender; the importer works
//! everything out again and never trusts it.

use rules::measure::UnitKind;
use rules::status::Wanted;
use rust_decimal::Decimal;

use super::columns::{ACTION, COMMENTARY, DENOMINATOR, DUE, FORECAST, NO_RESULT, NUMERATOR, OWNER, RESULT, letter};
use crate::figures::{Shown, float};
use crate::language::Language;
use crate::template::TemplateRow;

/// A percentage in its cell from which on it can only be one that was multiplied twice, where nothing says what the most
/// is: ten times the whole.
const PERCENT_MOST: Decimal = Decimal::ONE_THOUSAND;

/// The formula of one row, counted from 1.
pub(super) fn formula(row: &TemplateRow, language: &Language, n: u32) -> String {
    let of = Formula { row, language, shown: Shown::new(&row.unit, row.decimals), n };
    format!("=IF({},{},{})", of.is_given(), of.of_result(), of.without_result())
}

/// A message as a formula holds text.
pub(super) fn quoted(language: &Language, id: &str) -> String {
    format!("\"{}\"", language.say(id).replace('"', "\"\""))
}

struct Formula<'a> {
    row: &'a TemplateRow,
    language: &'a Language,
    shown: Shown,
    n: u32,
}

impl Formula<'_> {
    fn at(&self, column: u16) -> String {
        format!("{}{}", letter(column), self.n)
    }

    fn says(&self, id: &str) -> String {
        quoted(self.language, id)
    }

    fn is_ratio(&self) -> bool {
        self.row.numerator.is_some() && self.row.denominator.is_some()
    }

    /// Whether there is a result, or both parts of one.
    fn is_given(&self) -> String {
        let typed = format!("{}<>\"\"", self.at(RESULT));
        match self.is_ratio() {
            true => format!("OR({typed},AND({}<>\"\",N({})<>0))", self.at(NUMERATOR), self.at(DENOMINATOR)),
            false => typed,
        }
    }

    /// The result typed, or worked out from its parts.
    fn result(&self) -> String {
        let typed = self.at(RESULT);
        if self.shown.kind == UnitKind::YesNo {
            let yes = self.language.yes_or_no(true).replace('"', "\"\"");
            return format!("IF({typed}=\"{yes}\",1,N({typed}))");
        }
        if !self.is_ratio() {
            return format!("N({typed})");
        }
        // A percentage is a fraction in its cell, so its multiplier of 100 is 1 here.
        let scale = if self.shown.kind == UnitKind::Percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let times = float(self.row.multiplier.checked_div(scale).unwrap_or(self.row.multiplier));
        let (above, below) = (self.at(NUMERATOR), self.at(DENOMINATOR));
        format!("IF({typed}<>\"\",N({typed}),IF(N({below})=0,0,N({above})/N({below})*{times}))")
    }

    fn of_result(&self) -> String {
        let mut formula = self.explained();
        let result = self.result();
        if let Some(outside) = self.outside(&result) {
            formula = format!("IF({outside},{},{formula})", self.says("check-outside"));
        }
        if self.shown.kind == UnitKind::Percent {
            // As the import has it: beyond the most there can be, and beyond twice the whole.
            let most = self.row.maximum.unwrap_or(PERCENT_MOST).max(Decimal::TWO * Decimal::ONE_HUNDRED);
            formula = format!("IF({result}>{},{},{formula})", self.shown.number(most), self.says("check-too-big"));
        }
        let typed = self.at(RESULT);
        let words = match self.shown.kind {
            UnitKind::YesNo => {
                let no = self.language.yes_or_no(false).replace('"', "\"\"");
                format!("AND(ISTEXT({typed}),{typed}<>\"{}\",{typed}<>\"{no}\")", self.language.yes_or_no(true).replace('"', "\"\""))
            }
            _ => format!("ISTEXT({typed})"),
        };
        let both = format!("{}<>\"\"", self.at(NO_RESULT));
        format!("IF({both},{},IF({words},{},{formula}))", self.says("check-not-both"), self.says("check-not-a-figure"))
    }

    /// Past the least or the most there can be: typing it is stopped, pasting it is not.
    fn outside(&self, result: &str) -> Option<String> {
        let bound = |limit: Decimal| self.shown.number(limit);
        let under = self.row.minimum.map(|least| format!("{result}<{}", bound(least)));
        let over = self.row.maximum.map(|most| format!("{result}>{}", bound(most)));
        match (under, over) {
            (Some(under), Some(over)) => Some(format!("OR({under},{over})")),
            (one, other) => one.or(other),
        }
    }

    /// Off target, an explanation and an action with its owner and date.
    fn explained(&self) -> String {
        let ok = self.says("check-ok");
        let Some(off) = self.row.wanted.and_then(|wanted| self.off(wanted)) else { return ok };
        let blank = |column: u16| format!("{}=\"\"", self.at(column));
        let action = format!("OR({},{},{})", blank(ACTION), blank(OWNER), blank(DUE));
        let (commentary, wanted) = (self.says("check-commentary-needed"), self.says("check-action-needed"));
        format!("IF({off},IF({},{commentary},IF({action},{wanted},{ok})),{ok})", blank(COMMENTARY))
    }

    fn off(&self, wanted: Wanted) -> Option<String> {
        let places = self.shown.decimals + if self.shown.kind == UnitKind::Percent { 2 } else { 0 };
        let result = format!("ROUND({},{places})", self.result());
        let limit = |limit: Decimal| format!("ROUND({},{places})", self.shown.number(limit));
        let under = wanted.from.map(|from| format!("{result}<{}", limit(from)));
        let over = wanted.to.map(|to| format!("{result}>{}{}", if wanted.below { "=" } else { "" }, limit(to)));
        match (under, over) {
            (Some(under), Some(over)) => Some(format!("OR({under},{over})")),
            (one, other) => one.or(other),
        }
    }

    fn without_result(&self) -> String {
        let reason = format!("{}<>\"\"", self.at(NO_RESULT));
        let words = [COMMENTARY, ACTION, OWNER, DUE, FORECAST].map(|column| format!("{}<>\"\"", self.at(column))).join(",");
        let needed = self.says(if self.row.held.is_some() { "check-stands" } else { "check-result-needed" });
        format!("IF({reason},{},IF(OR({words}),{},{needed}))", self.says("check-ok"), self.says("check-say-why"))
    }
}
