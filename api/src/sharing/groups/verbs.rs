//! Making a group of councils, inviting to it, joining and leaving it.

use entity::{council_group, council_group_invitation, council_group_member};
use rules::permission::Permission;
use serde_json::json;
use uuid::Uuid;

use super::store::{self, Group};
use crate::access::Scope;
use crate::db::Reached;
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text, text_if_any};
use crate::sharing::offer::{self, WORDS_MAX};
use crate::sharing::{named, store as shares};

/// Groups a council makes at most.
const GROUPS_MAX: usize = 50;
/// Councils invited to a group at most, whoever made it among them.
const INVITED_MAX: usize = 60;
/// Characters of a name at most.
const NAME_MAX: usize = 200;

const GROUP: Option<&[&str]> = Some(&["input", "group"]);

/// Makes a group, with the council in it.
pub async fn create(deed: &Deed<'_>, council: &str, name: &str, purpose: Option<&str>) -> Result<Group, Refusal> {
    let scope = deed.actor.scope_for(Permission::ShareFigures)?;
    deed.council(council)?;
    let (name, purpose) = (text(name, "name", NAME_MAX)?, text_if_any(purpose, "purpose", WORDS_MAX)?);
    if store::counts(&**deed.tx, &scope).await? >= GROUPS_MAX {
        let message = format!("The council made {GROUPS_MAX} groups already.");
        return Err(UserError::new("TOO_MANY_GROUPS", message, None).into());
    }
    let (id, now) = (deed.app.ids.next(), deed.now());
    let after = state(&json!({ "name": name, "purpose": purpose }));
    let group = council_group::Model { council_id: scope.council, id, name, purpose, created_at: now, created_by: scope.person };
    store::insert(deed.tx, group).await?;
    invited(deed, &scope, id, scope.council).await?;
    entered(deed, &scope, id).await?;
    deed.record(&scope, "group.create", format!("group {id}"), [None, after]).await?;
    found(deed, &scope, id).await
}

/// Says that another council may join a group the council made.
pub async fn invite(deed: &Deed<'_>, id: Uuid, code: &str) -> Result<Group, Refusal> {
    let scope = deed.actor.scope_for(Permission::ShareFigures)?;
    let group = found(deed, &scope, id).await?;
    if group.founder.id != scope.council {
        let message = format!("{} made the group: only it invites.", group.founder.name);
        return Err(UserError::new("GROUP_OF_ANOTHER", message, GROUP).into());
    }
    let field: Option<&[&str]> = Some(&["input", "toCouncil"]);
    let other = named::council(&**deed.tx, code).await?;
    let other = other.ok_or_else(|| UserError::new("RECEIVER_NOT_FOUND", format!("There is no council {code} here."), field))?;
    let mut there = group.invited.iter().chain(group.members.iter().map(|member| &member.council));
    if there.any(|council| council.id == other.id) {
        return Err(UserError::new("COUNCIL_INVITED", format!("{} is invited already.", other.name), field).into());
    }
    if group.invited.len() + group.members.len() >= INVITED_MAX {
        let message = format!("A group has {INVITED_MAX} councils at most.");
        return Err(UserError::new("TOO_MANY_COUNCILS", message, field).into());
    }
    invited(deed, &scope, id, other.id).await?;
    let after = state(&json!({ "group": group.name, "council": other.code }));
    deed.record(&scope, "group.invite", format!("group {id}"), [None, after]).await?;
    deed.tx.reaches(Reached::Councils([other.id].into()));
    found(deed, &scope, id).await
}

/// Joins a group the council is invited to.
pub async fn join(deed: &Deed<'_>, id: Uuid) -> Result<Group, Refusal> {
    let scope = deed.actor.scope_for(Permission::ShareFigures)?;
    let group = found(deed, &scope, id).await?;
    if group.joined_at.is_some() {
        return Err(UserError::new("GROUP_JOINED", "The council is in it already.", GROUP).into());
    }
    entered(deed, &scope, id).await?;
    moved(deed, &scope, &group, "group.join").await
}

/// Leaves a group: what the council shares with it is withdrawn, and nobody in it reads any of it from this transaction on.
pub async fn leave(deed: &Deed<'_>, id: Uuid) -> Result<Group, Refusal> {
    let scope = deed.actor.scope_for(Permission::ShareFigures)?;
    let group = found(deed, &scope, id).await?;
    if group.joined_at.is_none() {
        return Err(UserError::new("GROUP_NOT_JOINED", "The council is not in it.", GROUP).into());
    }
    let mut with_it = shares::standing(&**deed.tx, &scope, deed.today()).await?;
    with_it.retain(|share| share.group.as_ref().is_some_and(|(group, _)| *group == id));
    offer::take_back(deed, &scope, &with_it, Some("The council left the group.")).await?;
    store::leave(deed.tx, &scope, id, deed.now()).await?;
    moved(deed, &scope, &group, "group.leave").await
}

/// Puts on the trail that the council came or went, and lets the others read it.
async fn moved(deed: &Deed<'_>, scope: &Scope, group: &Group, verb: &str) -> Result<Group, Refusal> {
    let after = state(&json!({ "group": group.name, "of": group.founder.code }));
    deed.record(scope, verb, format!("group {}", group.id), [None, after]).await?;
    let others = group.members.iter().map(|member| member.council.id);
    deed.tx.reaches(Reached::Councils(others.chain([group.founder.id]).collect()));
    found(deed, scope, group.id).await
}

async fn invited(deed: &Deed<'_>, scope: &Scope, group: Uuid, to: Uuid) -> Result<()> {
    let row = council_group_invitation::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        group_id: group,
        to_council_id: to,
        invited_at: deed.now(),
        invited_by: scope.person,
    };
    store::invite(deed.tx, row).await
}

async fn entered(deed: &Deed<'_>, scope: &Scope, group: Uuid) -> Result<()> {
    let row = council_group_member::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        group_id: group,
        joined_at: deed.now(),
        joined_by: scope.person,
        left_at: None,
        left_by: None,
    };
    store::join(deed.tx, row).await
}

async fn found(deed: &Deed<'_>, scope: &Scope, id: Uuid) -> Result<Group, Refusal> {
    let found = store::find(&**deed.tx, scope, id).await?;
    found.ok_or_else(|| UserError::new("GROUP_NOT_FOUND", "There is no such group the council is in or may join.", GROUP).into())
}
