//! Warnings, which wait for a person to take them upon themselves and say why.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::import_diagnostic;
use importers::{Layout, Severity};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Deed;
use super::leave_out::Left;
use crate::access::{Scope, scoped};
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::imports::decisions::Taken;
use crate::imports::store::places;
use crate::text::Asked;

/// Codes of warnings one acceptance may name, and bytes of each.
const CODES_MAX: usize = 200;
const CODE_BYTES_MAX: usize = 20;
/// Characters of a reason for an acknowledgement: the same that is kept with figures that are changed.
const REASON_CHARACTERS_MAX: usize = 2_000;
/// Messages shown of one code.
const MESSAGES_MAX: usize = 10;

/// A warning's code, and why it is right as it is.
#[derive(Debug, Clone)]
pub struct Acknowledgement {
    pub code: String,
    pub reason: String,
}

/// A warning that nobody has acknowledged yet: every finding of one code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenWarning {
    pub code: String,
    /// How many findings it has.
    pub findings: i32,
    /// In how many places of the workbook.
    pub places: i32,
    /// What the findings say, the first ten.
    pub messages: Vec<String>,
}

/// The warnings of an import, in the order of their codes. One statement.
pub async fn open_warnings(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<Vec<OpenWarning>> {
    Ok(grouped(warnings(db, scope, import).await?.iter()))
}

async fn warnings(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<Vec<import_diagnostic::Model>> {
    use import_diagnostic::Column as C;
    scoped::<import_diagnostic::Entity>(scope)
        .filter(C::ImportId.eq(import).and(C::Severity.eq(Severity::Warning.code())))
        .order_by_asc(C::Seq)
        .all(db)
        .await
        .context("loading an import's warnings")
}

fn grouped<'a>(found: impl Iterator<Item = &'a import_diagnostic::Model>) -> Vec<OpenWarning> {
    let mut open: BTreeMap<&str, OpenWarning> = BTreeMap::new();
    for row in found {
        let warning = open.entry(&row.code).or_insert_with(|| OpenWarning { code: row.code.clone(), ..OpenWarning::default() });
        warning.findings = warning.findings.saturating_add(1);
        warning.places = warning.places.saturating_add(count(row));
        if warning.messages.len() < MESSAGES_MAX {
            warning.messages.push(row.message.clone());
        }
    }
    open.into_values().collect()
}

fn count(row: &import_diagnostic::Model) -> i32 {
    row.place_count.unwrap_or_else(|| i32::try_from(places(row).len()).unwrap_or(i32::MAX))
}

/// Makes sure that every warning of what is accepted is acknowledged with a reason, and answers what to keep. Warnings
/// about nothing but rows that are left out need nobody.
pub async fn check(
    deed: &Deed<'_>,
    scope: &Scope,
    import: Uuid,
    given: &[Acknowledgement],
    (left, layout): (&[Left], Layout),
) -> Result<Vec<Taken>, Refusal> {
    if given.len() > CODES_MAX || given.iter().any(|one| one.code.len() > CODE_BYTES_MAX) {
        let message = format!("List {CODES_MAX} codes at most, as the findings spell them.");
        return Err(UserError::new("TOO_MANY_CODES", message, Some(&["input", "acknowledgements"])).into());
    }
    let found = warnings(&**deed.tx, scope, import).await?;
    let elsewhere = Elsewhere::of(left, layout);
    let open = grouped(found.iter().filter(|row| !elsewhere.holds_all(row)));
    let reasons: HashMap<&str, &str> = given.iter().map(|one| (one.code.trim(), one.reason.trim())).collect();
    let unnamed: Vec<&OpenWarning> = open.iter().filter(|warning| !reasons.contains_key(warning.code.as_str())).collect();
    if !unnamed.is_empty() {
        let message = format!("Look at these warnings and acknowledge each with a reason if it is right as it is: {}.", listed(&unnamed));
        return Err(UserError::new("WARNINGS_NOT_ACKNOWLEDGED", message, Some(&["input", "acknowledgements"])).into());
    }
    let asked = Asked::why(REASON_CHARACTERS_MAX, &["input", "acknowledgements"]);
    let refused = |warning: &OpenWarning| asked.read(reasons.get(warning.code.as_str()).copied().unwrap_or_default()).err();
    let wordless: Vec<(&OpenWarning, UserError)> = open.iter().filter_map(|warning| Some((warning, refused(warning)?))).collect();
    if let Some((_, first)) = wordless.first() {
        let alike: Vec<&OpenWarning> = wordless.iter().filter(|(_, error)| error.code == first.code).map(|(warning, _)| *warning).collect();
        let message = format!("{} Of these warnings: {}. It is kept with the import.", first.message, listed(&alike));
        return Err(UserError { message, ..first.clone() }.into());
    }
    let reason = |code: &str| reasons.get(code).map(|reason| (*reason).to_owned()).unwrap_or_default();
    Ok(open.into_iter().map(|warning| (warning.code.clone(), reason(&warning.code), warning.places)).collect())
}

/// `CHG-003 (2 places), VAL-031 (1 place)`.
fn listed(open: &[&OpenWarning]) -> String {
    let each = open.iter().map(|w| format!("{} ({} {})", w.code, w.places, if w.places == 1 { "place" } else { "places" }));
    each.collect::<Vec<_>>().join(", ")
}

/// The cells of rows that are left out.
struct Elsewhere<'a> {
    cells: HashSet<(&'a str, &'a str)>,
    /// Sheet and row, of layouts that have one fact a row.
    rows: HashSet<(&'a str, &'a str)>,
}

impl<'a> Elsewhere<'a> {
    fn of(left: &'a [Left], layout: Layout) -> Self {
        let cells: HashSet<(&str, &str)> = left.iter().filter_map(|row| Some((row.sheet.as_deref()?, row.cell.as_deref()?))).collect();
        let one_a_row = matches!(layout, Layout::Template | Layout::Long | Layout::Entry);
        let rows = if one_a_row { cells.iter().map(|(sheet, cell)| (*sheet, row_of(cell))).collect() } else { HashSet::new() };
        Self { cells, rows }
    }

    /// Whether every place of a finding is in a row that is left out. Places that are not listed are not.
    fn holds_all(&self, found: &import_diagnostic::Model) -> bool {
        if self.cells.is_empty() {
            return false;
        }
        let listed = places(found);
        let all_listed = i32::try_from(listed.len()).is_ok_and(|listed| listed >= count(found));
        let inside = |sheet: &str, cell: &str| self.cells.contains(&(sheet, cell)) || self.rows.contains(&(sheet, row_of(cell)));
        all_listed && !listed.is_empty() && listed.iter().all(|place| inside(&place.sheet, &place.cell))
    }
}

/// The digits of `F14`.
fn row_of(cell: &str) -> &str {
    cell.trim_start_matches(|c: char| c.is_ascii_alphabetic())
}
