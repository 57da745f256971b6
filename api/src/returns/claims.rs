//! What returns were submitted with stays theirs: the framework decides what a return owes until it is submitted, and not after.
//!
//! A workbook may give an indicator to another service, take it out of an edition, or bring a month or a quarter a reporting
//! period of its own while a return stands submitted or approved. The return keeps its figures, and no other owes them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::derive::{Derived, FigureKey};
use super::store::submitted;
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::Catalogue;

/// Figures of returns that are past taking them.
#[derive(Debug, Default)]
pub struct Claims {
    by_figure: HashMap<FigureKey, Uuid>,
    by_return: HashMap<Uuid, HashSet<FigureKey>>,
}

impl Claims {
    /// Of figures whose periods end between two days. One statement.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, days: (NaiveDate, NaiveDate)) -> Result<Self> {
        let mut claims = Self::default();
        for (of, figure) in submitted::claimed(db, scope, days).await? {
            claims.by_figure.insert(figure, of);
            claims.by_return.entry(of).or_default().insert(figure);
        }
        Ok(claims)
    }

    /// Gives a return what it was submitted with, in the edition's order; one that was not loses what others were.
    pub fn settle(&self, one: &mut Derived, catalogue: &Catalogue) {
        match self.by_return.get(&one.id) {
            None => one.figures.retain(|figure| !self.by_figure.contains_key(figure)),
            Some(own) => {
                let mut figures: Vec<FigureKey> =
                    own.iter().copied().filter(|(indicator, _)| catalogue.indicator(*indicator).is_some()).collect();
                let places: HashMap<Uuid, usize> = catalogue.indicators.iter().enumerate().map(|(at, entry)| (entry.id, at)).collect();
                figures.sort_unstable_by_key(|(indicator, own)| (places.get(indicator).copied(), *own));
                one.figures = figures;
            }
        }
    }
}
