//! Rolling an edition forward.

use chrono::NaiveDate;
use rules::edition::{self, Left, Marks, Ownerless};
use rules::framework::EditionRow;
use rules::measure::FrameworkState;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::{Deed, NAME_CHARACTERS_MAX, WORDS_CHARACTERS_MAX, day, edition as edition_of, words};
use crate::audit::{self, Event};
use crate::editions::store;
use crate::error::{Error, Refusal, Result, UserError};
use crate::frameworks::book::{Which, held, load};
use crate::frameworks::{self};
use crate::imports::plan::framework::{Rows, Writer};

/// Years an edition may stand.
const YEARS_MAX: u32 = 10;
/// Codes named in a message at most.
const NAMED_MAX: usize = 10;

/// The next edition.
pub struct RollInput<'a> {
    /// The council's code.
    pub council: &'a str,
    /// The label of the edition to be made.
    pub edition: &'a str,
    /// The label of the one it is made from; the one in force where none is given.
    pub from: Option<&'a str>,
    /// Its title; that of the one before where none is given.
    pub title: Option<&'a str>,
    pub stands_from: NaiveDate,
    pub stands_until: Option<NaiveDate>,
    pub note: Option<&'a str>,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Rolled {
    pub framework: Uuid,
    pub carried: Vec<String>,
    pub unmarked: Vec<String>,
    pub left: Vec<Left>,
    pub ended: Vec<String>,
}

/// What the audit trail keeps of it.
#[derive(Serialize)]
struct RolledState<'a> {
    edition: &'a str,
    from: &'a str,
    stands_from: NaiveDate,
    stands_until: Option<NaiveDate>,
    elements: usize,
    carried: &'a [String],
    unmarked: &'a [String],
    left: Vec<&'a str>,
}

/// Makes a draft of the next edition from one that was adopted.
pub async fn roll(deed: &Deed<'_>, input: &RollInput<'_>) -> Result<Rolled, Refusal> {
    let scope = deed.actor.scope_for(Permission::EditFramework)?;
    deed.own(input.council)?;
    let label = words(input.edition, NAME_CHARACTERS_MAX, ("EDITION_NEEDED", "edition"))?;
    let editions = frameworks::store::editions(&**deed.tx, &scope, None).await?;
    let from = edition_of(&editions, input.from, deed.today(), "from")?;
    let refused =
        |code: &str, message: String, field: &str| Err::<Rolled, Refusal>(UserError::new(code, message, Some(&["input", field])).into());
    if from.state == FrameworkState::Draft {
        return refused(
            "EDITION_NOT_ADOPTED",
            format!("The edition {} is a draft: adopt it before the next is made from it.", from.edition),
            "from",
        );
    }
    if editions.iter().any(|other| other.edition == label) {
        return refused("EDITION_TAKEN", format!("There is an edition {label} already."), "edition");
    }
    let last = input.stands_from.checked_add_months(chrono::Months::new(YEARS_MAX * 12));
    let backward = input.stands_until.is_some_and(|until| until < input.stands_from || last.is_none_or(|last| until >= last));
    if backward || input.stands_from <= from.stands_from {
        let message = format!(
            "An edition begins after the one it is made from ({}), ends after it begins and stands for {YEARS_MAX} years at most.",
            day(from.stands_from)
        );
        return refused("EDITION_DATES", message, "standsFrom");
    }
    let title = match input.title.map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) => words(title, NAME_CHARACTERS_MAX, ("TEXT_NEEDED", "title"))?,
        None => from.title.clone(),
    };
    let note = match input.note.map(str::trim).filter(|note| !note.is_empty()) {
        Some(note) => Some(words(note, WORDS_CHARACTERS_MAX, ("TEXT_NEEDED", "note"))?),
        None => None,
    };
    let book = load(&**deed.tx, &scope, &from).await?;
    let catalogue = frameworks::store::catalogue(&**deed.tx, &scope, from.clone(), None).await?;
    let members = store::members(&**deed.tx, &scope, from.id).await?;
    let marked = |entry: &frameworks::IndicatorEntry| Some((entry.code.clone(), members.get(&entry.id)?.1.disposition?));
    let marks: Marks = catalogue.indicators.iter().filter_map(marked).collect();
    let next = EditionRow {
        council: book.edition.council.clone(),
        title,
        edition: label.clone(),
        from: input.stands_from,
        until: input.stands_until,
        state: FrameworkState::Draft,
        adopted_by: None,
        adopted_on: None,
        minute_reference: None,
        note,
    };
    let rolled = match edition::roll(&book, &next, &marks) {
        Ok(rolled) => rolled,
        Err(Ownerless(codes)) => {
            let named = codes.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>().join(", ");
            let message = format!(
                "What owns these does not stand any more when the edition {} ends: {named}. Give them another owner, or mark them to be \
                removed.",
                from.edition
            );
            return refused("OWNER_GONE", message, "from");
        }
    };
    let elements = rolled.book.elements.len();
    let mut carried: Vec<String> = rolled.book.indicators.iter().map(|row| row.code.clone()).collect();
    carried.dedup();
    let held = held(&**deed.tx, &scope, Which::Label(&label)).await?;
    let writer = Writer { app: deed.app, tx: deed.tx, scope: &scope, import: None, at: deed.tx.at(&deed.app.clock), held: &held };
    let book = rolled.book;
    let rows = Rows {
        edition: Some(book.edition),
        elements: book.elements,
        indicators: book.indicators,
        links: book.links,
        targets: Vec::new(),
        rules: book.rules,
        periods: book.periods,
        forums: book.forums,
    };
    if writer.write(rows).await?.is_err() {
        return Err(Error::internal("rolling an edition forward", &"a ref that was carried on leads nowhere").into());
    }
    let editions = frameworks::store::editions(&**deed.tx, &scope, None).await?;
    let made = editions.iter().find(|other| other.edition == label);
    let framework = made.map(|made| made.id).ok_or_else(|| Error::internal("rolling an edition forward", &"it is not there"))?;
    let state = RolledState {
        edition: &label,
        from: &from.edition,
        stands_from: input.stands_from,
        stands_until: input.stands_until,
        elements,
        carried: &carried,
        unmarked: &rolled.unmarked,
        left: rolled.left.iter().map(|left| left.code.as_str()).collect(),
    };
    let event =
        Event { verb: "framework.roll-forward", subject: format!("framework {framework}"), before: None, after: audit::state(&state) };
    audit::record(deed.app, deed.tx, &scope, event).await?;
    Ok(Rolled { framework, carried, unmarked: rolled.unmarked, left: rolled.left, ended: rolled.ended })
}
