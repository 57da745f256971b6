//! Whether a file is a pack as it was issued. Its hash says so; where the hash is none of ours, the id it carries says
//! which pack it was made from.

use entity::pack::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::sight::Sight;
use super::state::State;
use crate::access::scope::of_council;
use crate::access::scoped;
use crate::error::{ContextExt, Result};

rules::closed_set! {
    /// What a file turned out to be.
    Verdict {
        /// To the byte what was issued.
        Issued = "ISSUED", "Issued";
        /// What was issued, and a later one was issued in its place.
        Superseded = "SUPERSEDED", "Superseded";
        /// Made from a pack that was issued, and changed since.
        Altered = "ALTERED", "Altered";
        /// None that was issued here.
        Unknown = "UNKNOWN", "Unknown";
    }
}

/// Which packs are looked among.
#[derive(Clone, Copy)]
pub enum Among<'a> {
    /// Those that somebody may read.
    Seen(&'a Sight),
    /// All of a council: for whoever runs the installation.
    Council(Uuid),
}

/// What was found.
#[derive(Debug)]
pub struct Verified {
    pub verdict: Verdict,
    /// The pack the file is, or was made from.
    pub pack: Option<Model>,
    /// The latest that was issued in its place.
    pub by: Option<Model>,
}

/// Looks for a file by its hash (64 hexadecimal digits, of any case), and by the id of a pack that it carries. Three
/// statements at most.
pub async fn verify(db: &impl ConnectionTrait, among: Among<'_>, sha256: &str, carried: Option<Uuid>) -> Result<Verified> {
    let ready = || issued(among).filter(Column::State.eq(State::Ready.code()));
    let one = async |packs: Select<Entity>| packs.order_by_asc(Column::Id).limit(1).one(db).await.context("finding an issued pack");
    if let Some(pack) = one(ready().filter(Column::Sha256.eq(sha256.to_ascii_lowercase()))).await? {
        let by = later(&ready, db, &pack).await?;
        let verdict = if by.is_some() { Verdict::Superseded } else { Verdict::Issued };
        return Ok(Verified { verdict, pack: Some(pack), by });
    }
    let Some(id) = carried else { return Ok(Verified { verdict: Verdict::Unknown, pack: None, by: None }) };
    let pack = one(ready().filter(Column::Id.eq(id))).await?;
    let verdict = if pack.is_some() { Verdict::Altered } else { Verdict::Unknown };
    Ok(Verified { verdict, pack, by: None })
}

fn issued(among: Among<'_>) -> Select<Entity> {
    match among {
        Among::Seen(sight) => scoped::<Entity>(&sight.scope).filter(sight.condition()),
        Among::Council(council) => of_council::<Entity>(council),
    }
}

/// The latest pack of the same forum, period, profile, element and language that was issued after one.
async fn later(ready: &impl Fn() -> Select<Entity>, db: &impl ConnectionTrait, pack: &Model) -> Result<Option<Model>> {
    let of_element = pack.element_id.map_or_else(|| Column::ElementId.is_null(), |id| Column::ElementId.eq(id));
    let same = ready()
        .filter(Column::ForumId.eq(pack.forum_id))
        .filter(Column::PeriodStart.eq(pack.period_start))
        .filter(Column::PeriodMonths.eq(pack.period_months))
        .filter(Column::Profile.eq(pack.profile.as_str()))
        .filter(Column::Language.eq(pack.language.as_str()))
        .filter(of_element);
    let after = same.filter(Column::AsAt.gt(pack.as_at)).order_by_desc(Column::AsAt).limit(1);
    after.one(db).await.context("finding what an issued pack was followed by")
}

/// A sentence for a person.
pub const fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Issued => "This is the file as it was issued, to the byte.",
        Verdict::Superseded => "This is the file as it was issued; a later one was issued in its place.",
        Verdict::Altered => {
            "This file was made from an issued pack and altered since: it is not what was issued. Opening a pack in a spreadsheet program and \
             saving it is enough to alter it. Fetch it anew to have it as it was issued."
        }
        Verdict::Unknown => "This is no file that was issued here, as far as you may see.",
    }
}
