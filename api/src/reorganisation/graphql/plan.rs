//! What becomes of a predecessor's elements and roles, as the API shows it.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use rules::permission::Permission;

use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::MANY;
use crate::graphql::scalars::Date;
use crate::graphql::session::session;
use crate::people::graphql::Role;
use crate::reorganisation::plan::{self, Ends, Fate, OfElement, OfGrant, Plan};
use crate::sharing::graphql::OtherCouncil;

/// What becomes of something when its council ends.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "plan::Fate")]
pub enum ReorganisationFate {
    /// The successor is to go on with it.
    Carried,
    /// It ends with the council.
    Ended,
}

/// An element that is to end with the council.
#[derive(InputObject)]
pub struct EndElementInput {
    /// Its code.
    code: String,
    /// Why, 2,000 characters at most.
    reason: String,
}

/// A role that is to end with the council.
#[derive(InputObject)]
pub struct EndGrantInput {
    /// Which.
    grant: ID,
    /// Why, 2,000 characters at most.
    reason: String,
}

/// What is to end; the rest is carried on.
pub fn ends(elements: Vec<EndElementInput>, grants: Vec<EndGrantInput>) -> Result<Ends> {
    let elements = elements.into_iter().map(|end| (end.code, end.reason)).collect();
    let grants = grants.into_iter().map(|end| Ok((id::expect(&end.grant, Kind::Grant)?, end.reason))).collect::<Result<_>>()?;
    Ok(Ends { elements, grants })
}

/// What becomes of an element.
#[derive(Clone, SimpleObject)]
pub struct ReorganisedElement {
    /// Its code.
    code: String,
    /// Its title.
    title: String,
    /// Code of the element it stands below.
    parent: Option<String>,
    /// What becomes of it.
    fate: ReorganisationFate,
    /// Why it ends.
    because: Option<String>,
}

impl From<&OfElement> for ReorganisedElement {
    fn from(of: &OfElement) -> Self {
        Self {
            code: of.element.code.clone(),
            title: of.element.title.clone(),
            parent: of.parent.clone(),
            fate: of.fate.into(),
            because: of.because.clone(),
        }
    }
}

/// What becomes of a role somebody holds.
#[derive(Clone, SimpleObject)]
pub struct ReorganisedGrant {
    /// Opaque id of the grant.
    id: ID,
    /// Who holds it.
    name: String,
    /// Their address, by which the successor knows them.
    email: String,
    /// The role.
    role: Role,
    /// Code of the element it is over; null for the whole council, a forum or an indicator.
    element: Option<String>,
    /// What becomes of it.
    fate: ReorganisationFate,
    /// Why it ends.
    because: Option<String>,
    /// Whether it stays in the council too: somebody looks after its record.
    stays: bool,
}

impl From<&OfGrant> for ReorganisedGrant {
    fn from(of: &OfGrant) -> Self {
        Self {
            id: id::id(Kind::Grant, of.id),
            name: of.name.clone(),
            email: of.email.clone(),
            role: of.role.into(),
            element: of.element.clone(),
            fate: of.fate.into(),
            because: of.because.clone(),
            stays: of.stays,
        }
    }
}

/// What becomes of everything when a council ends: looked at first, then done as it was looked at.
pub struct ReorganisationPlan {
    plan: Plan,
}

impl From<Plan> for ReorganisationPlan {
    fn from(plan: Plan) -> Self {
        Self { plan }
    }
}

/// What becomes of a council's elements and of the roles its people hold when another follows it.
#[Object]
impl ReorganisationPlan {
    /// Who follows.
    async fn successor(&self) -> OtherCouncil {
        (&self.plan.successor.other).into()
    }

    /// The council's last day: elements and roles end on it.
    async fn last_day(&self) -> Date {
        Date(self.plan.last_day)
    }

    /// What tells this plan from any other: give it to `reorganisationApply`.
    async fn digest(&self) -> String {
        self.plan.digest()
    }

    /// Whether a plan was applied already.
    async fn applied(&self) -> bool {
        self.plan.applied
    }

    /// What stands in the way of it, in sentences.
    async fn problems(&self) -> &[String] {
        &self.plan.problems
    }

    /// How many elements and roles are carried on.
    async fn carried(&self) -> i32 {
        self.count(Fate::Carried)
    }

    /// How many elements and roles end.
    async fn ended(&self) -> i32 {
        self.count(Fate::Ended)
    }

    /// Elements that stand on the last day, each with all below it before the next beside it.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn elements(&self) -> Vec<ReorganisedElement> {
        self.plan.elements.iter().map(Into::into).collect()
    }

    /// Roles that are held beyond the last day, by the holder's address.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn grants(&self) -> Vec<ReorganisedGrant> {
        self.plan.grants.iter().map(Into::into).collect()
    }
}

impl ReorganisationPlan {
    fn count(&self, fate: Fate) -> i32 {
        let elements = self.plan.elements.iter().filter(|one| one.fate == fate).count();
        i32::try_from(elements + self.plan.grants.iter().filter(|one| one.fate == fate).count()).unwrap_or(i32::MAX)
    }
}

/// The plan as it would be, changing nothing.
pub async fn reorganisation_plan(
    ctx: &Context<'_>,
    successor: &str,
    elements: Vec<EndElementInput>,
    grants: Vec<EndGrantInput>,
) -> Result<ReorganisationPlan> {
    let (scope, snapshot) = session(ctx).scope(Permission::Reorganise).await?;
    Ok(plan::looked_at(&**snapshot, &scope, successor, &ends(elements, grants)?).await?.into())
}
