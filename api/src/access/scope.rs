//! A right that was checked, carried to where the rows are.

use std::collections::HashSet;
use std::sync::Arc;

use rules::permission::{Permission, Reach, Role, reach};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::credential::By;
use crate::error::{Error, Result};

/// A council, a person, what they were found to be allowed to do there, and over what. Made by
/// [`super::Actor::scope_for`] only.
#[derive(Debug, Clone)]
pub struct Scope {
    pub council: Uuid,
    pub person: Uuid,
    /// The role that gave the right, for the audit trail.
    pub role: Role,
    pub permission: Permission,
    pub within: Within,
    /// Who acts, as the audit trail tells it.
    pub by: Arc<By>,
}

/// Over what.
#[derive(Debug, Clone)]
pub enum Within {
    /// The whole council.
    Council,
    /// These elements (with all below them), indicators and forums.
    Only(Arc<Only>),
}

#[derive(Debug, Default)]
pub struct Only {
    pub elements: HashSet<Uuid>,
    pub indicators: HashSet<Uuid>,
    pub forums: HashSet<Uuid>,
}

impl Scope {
    /// For a job to tell the row it was made for how it ended, when whoever asked may have no rights left.
    pub(crate) fn of_job(council: Uuid, person: Uuid) -> Self {
        let by = By { actor: "the service".into(), via: "job".into(), ..By::default() };
        Self {
            council,
            person,
            role: Role::Public,
            permission: Permission::ViewPublished,
            within: Within::Only(Arc::default()),
            by: Arc::new(by),
        }
    }

    /// For whoever asks without saying who they are: what the table of permissions lets everybody do, and of their rows
    /// what is published alone.
    pub(crate) fn of_public(council: Uuid) -> Result<Self> {
        if reach(Role::Public, Permission::ViewPublished) != Reach::AllCouncils {
            return Err(Error::no_role(Permission::ViewPublished));
        }
        let by = By { actor: "the public".into(), via: "open data".into(), ..By::default() };
        Ok(Self { by: Arc::new(by), ..Self::of_job(council, Uuid::nil()) })
    }

    /// Whether an indicator owned by `owner` is inside.
    pub fn covers_indicator(&self, indicator: Uuid, owner: Uuid) -> bool {
        match &self.within {
            Within::Council => true,
            Within::Only(only) => only.indicators.contains(&indicator) || only.elements.contains(&owner),
        }
    }

    /// Whether an element is inside.
    pub fn covers_element(&self, element: Uuid) -> bool {
        match &self.within {
            Within::Council => true,
            Within::Only(only) => only.elements.contains(&element),
        }
    }

    /// Whether a forum is inside.
    pub fn covers_forum(&self, forum: Uuid) -> bool {
        match &self.within {
            Within::Council => true,
            Within::Only(only) => only.forums.contains(&forum),
        }
    }
}

/// A table whose rows belong to a council.
pub trait Tenant: EntityTrait {
    /// The column every query of it must bind.
    const COUNCIL: Self::Column;
}

macro_rules! tenants {
    ($($table:ident),+ $(,)?) => { $(
        impl Tenant for entity::$table::Entity {
            const COUNCIL: Self::Column = entity::$table::Column::CouncilId;
        }
    )+ };
}

tenants!(
    person,
    role_grant,
    framework,
    element,
    placement,
    element_link,
    indicator,
    indicator_version,
    membership,
    indicator_link,
    status_rule,
    target,
    observation,
    reporting_period,
    period_schedule,
    forum,
    forum_remit,
    upload,
    import,
    import_acknowledgement,
    import_change,
    import_decision,
    import_template,
    import_diagnostic,
    import_entry,
    import_mapping,
    import_table,
    pack,
    pack_check,
    publication,
    return_template,
    audit_event,
    audit_head,
    council_brand,
    credential,
    directory_grant,
    identity,
    identity_provider,
    machine_token,
    refresh_token,
    session,
    setup_link,
    sign_in_attempt,
    return_workflow,
    service_return,
    return_step,
    return_question,
    approved_figure,
    submitted_figure,
    late_entry,
    meeting,
    work_item,
    forum_release,
    release_indicator,
    scrutiny_question,
    question_step,
    target_proposal,
    target_proposal_row,
    target_proposal_step,
    notice,
    notice_setting,
    calendar_feed,
    delivery_record,
    recommendation,
    project,
    milestone,
    dependency,
    action,
    risk,
    money,
    theme,
    assessment,
    assessment_evidence,
    insight,
    council_group,
    council_group_invitation,
    council_group_member,
    share,
    share_indicator,
    shared_figure,
    share_answer,
    spc_baseline,
    warning,
    warning_look,
    warning_rule,
    warning_step,
    succession,
    handed_indicator,
    handed_figure,
    predecessor_indicator,
    reorganisation,
    carried_element,
    carried_grant,
    reception,
);

/// A query of a tenant's table that is already narrowed to the scope's council.
pub fn scoped<E: Tenant>(scope: &Scope) -> Select<E> {
    of_council::<E>(scope.council)
}

/// The same by council alone, for what must be read before there is a scope: who asks, and a job's own rows.
#[expect(clippy::disallowed_methods, reason = "the one place that starts a query, and it binds the council")]
pub(crate) fn of_council<E: Tenant>(council: Uuid) -> Select<E> {
    #[cfg(test)]
    if super::unfiltered::is_out() {
        return E::find();
    }
    E::find().filter(E::COUNCIL.eq(council))
}
