//! Whose the subjects of recorded warnings are, as they stand now: read once for all who look.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rules::delivery::book::RecordKind;
use rules::warning::Subject as SubjectKind;
use uuid::Uuid;

use super::eyes::Seat;
use super::store::Recorded;
use super::subject::Subject;
use crate::access::Scope;
use crate::db::Snapshot;
use crate::delivery::held::{self, Which};
use crate::delivery::sight::Places;
use crate::error::Result;
use crate::frameworks::{Catalogue, service as frameworks};
use crate::returns::book::{Book, Wanted};
use crate::returns::whose::Whose;

/// Where subjects of warnings sit.
pub struct Seats {
    pub catalogue: Option<Arc<Catalogue>>,
    returns: HashMap<Uuid, Seat>,
    records: HashMap<Uuid, Seat>,
}

impl Seats {
    /// Of the subjects of these warnings: four statements for the framework, what [`Book::load`] costs where one is of a return, and
    /// one each where one is of a risk or milestone.
    pub async fn of(snapshot: &Snapshot, scope: &Scope, recorded: &[Recorded], on: NaiveDate) -> Result<Self> {
        let any = |kind: SubjectKind| recorded.iter().any(|one| one.key.subject.kind == kind);
        let catalogue = frameworks::catalogue_in_force(&**snapshot, scope, on).await?;
        let mut seats = Self { catalogue, returns: HashMap::new(), records: HashMap::new() };
        if any(SubjectKind::Return) {
            let book = Book::load(&**snapshot, scope, Wanted::Lately, on).await?;
            let seat =
                |one: &crate::returns::derive::Derived| (one.id, Seat::Return { element: one.element, whose: Whose::of(&book, one) });
            seats.returns = book.returns.iter().map(seat).collect();
        }
        let places = Places::of(seats.catalogue.as_deref(), std::iter::empty());
        for (subject, kind) in [(SubjectKind::Risk, RecordKind::Risk), (SubjectKind::Milestone, RecordKind::Milestone)] {
            if any(subject) {
                let records = held::records(&**snapshot, scope, &[kind], Which::AsAt(None)).await?;
                seats.records.extend(records.iter().map(|record| (record.id, Seat::Record(kind, places.of_record(record)))));
            }
        }
        Ok(seats)
    }

    /// Where a subject sits; none where there is no such thing any more, which nobody sees.
    pub fn seat(&self, subject: Subject) -> Option<Seat> {
        match subject.kind {
            SubjectKind::Indicator => {
                let entry = self.catalogue.as_ref()?.indicator(subject.id)?;
                Some(Seat::Indicator { id: entry.id, owner: entry.owner })
            }
            SubjectKind::Return => self.returns.get(&subject.id).cloned(),
            SubjectKind::Risk | SubjectKind::Milestone => self.records.get(&subject.id).cloned(),
        }
    }
}
