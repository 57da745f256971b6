//! Figures that other councils share with this one: beside published ones, and marked.

use rules::period::Period;
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;

use super::store::figures::Wanted;
use crate::access::Scope;
use crate::error::Result;

/// A figure another council shares. It stands in for a published one that is not there, never beside it.
#[derive(Debug, Clone)]
pub struct SharedFigure {
    /// The measure's place in what was asked about.
    pub measure: usize,
    /// The area's place in what was asked about.
    pub area: usize,
    pub period: Period,
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
}

/// What is shared with a council of these measures and areas. Nothing is until councils share: then, one statement.
pub async fn shared(_db: &impl ConnectionTrait, _scope: &Scope, _wanted: &Wanted<'_>) -> Result<Vec<SharedFigure>> {
    Ok(Vec::new())
}
