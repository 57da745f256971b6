//! Reading a council's trail from its first event to its last, and naming whatever is not as it was written.
//!
//! Every event proves itself: its hash is over what it says and the hash it continues from, and its seal over council,
//! number and hash, which nobody makes without the service's key. So one changed event is one finding, and what follows
//! it is judged by itself. The trail is read in pages, in one snapshot, as the server's role under row-level security.

use std::collections::BTreeSet;

use entity::audit_event::Model;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::findings::{FINDINGS_MAX, numbers};
pub use super::findings::{Finding, Kind, Named, Noted, Report};
use super::{chain, record, store};
use crate::app::App;
use crate::error::Result;

/// Events out of place kept to look for where they belong, and places where they may: the product is so many seals.
const STRAYS_MAX: usize = 300;

/// Reads a council's whole trail. `noted` are ends of it that were noted earlier.
pub async fn verify(app: &App, council: Uuid, noted: &[Noted]) -> Result<Report> {
    let snapshot = app.db.snapshot(council).await?;
    let head = record::head(&*snapshot, council).await?;
    let mut walk = Walk::new(app, council, noted);
    walk.before(store::before_the_chain(&*snapshot, council).await?);
    walk.events(&*snapshot).await?;
    walk.end(head.as_ref())?;
    Ok(walk.report)
}

/// What an event proves.
enum Proof {
    /// It was written so, here.
    Genuine,
    /// The service sealed this number and hash; what the event says is another thing.
    Changed(&'static str),
    /// Nothing of it proves that the service wrote it here. Whether it agrees with itself.
    Stray { consistent: bool },
}

struct Walk<'a> {
    app: &'a App,
    council: Uuid,
    noted: Vec<&'a Noted>,
    report: Report,
    /// The digest the first event should continue from.
    digest: String,
    /// The last event that was read, and its hash where it is known to be genuine.
    last: Option<(Named, Option<String>)>,
    genuine: u64,
    strays: Vec<(Model, bool)>,
    /// Strays in a row beyond those kept: from, until, how many.
    more_strays: Vec<(Named, i64)>,
    /// Numbers nobody has, with the events on either side.
    gaps: Vec<Gap>,
}

struct Gap {
    from: i64,
    until: i64,
    between: String,
}

impl<'a> Walk<'a> {
    fn new(app: &'a App, council: Uuid, noted: &'a [Noted]) -> Self {
        let report = Report { events: 0, before_the_chain: 0, first: None, last: None, head: None, findings: Vec::new(), more: 0 };
        Self {
            app,
            council,
            noted: noted.iter().collect(),
            report,
            digest: String::new(),
            last: None,
            genuine: 0,
            strays: Vec::new(),
            more_strays: Vec::new(),
            gaps: Vec::new(),
        }
    }

    fn find(&mut self, kind: Kind, event: Option<Named>, (seq, until): (Option<i64>, Option<i64>), message: String) {
        if self.report.findings.len() < FINDINGS_MAX {
            self.report.findings.push(Finding { kind, seq, until, event, message });
        } else {
            self.report.more += 1;
        }
    }

    /// About one event.
    fn about(&mut self, kind: Kind, event: Named, message: String) {
        let seq = event.seq;
        self.find(kind, Some(event), (seq, seq), message);
    }

    fn gap(&mut self, from: i64, until: i64, between: String) {
        if self.gaps.len() < STRAYS_MAX {
            self.gaps.push(Gap { from, until, between });
        } else {
            self.report.more += 1;
        }
    }

    fn before(&mut self, found: store::BeforeTheChain) {
        for row in &found.odd {
            let event = Named::of(row);
            let message =
                format!("{} has no place in the chain, and says more than events from before it did: it was added.", event.words());
            self.about(Kind::Inserted, event, message);
        }
        self.report.before_the_chain = found.events;
        (self.report.first, self.report.last) = (found.first, found.last);
        self.digest = found.digest;
    }

    async fn events(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        let mut after = None;
        loop {
            let rows = store::chained(db, self.council, after).await?;
            let Some(end) = rows.last() else { return Ok(()) };
            after = end.seq.map(|seq| (seq, end.id));
            for row in &rows {
                self.event(row)?;
            }
        }
    }

    fn event(&mut self, row: &Model) -> Result<()> {
        let seq = row.seq.unwrap_or_default();
        let event = Named::of(row);
        self.report.events += 1;
        self.report.first = self.report.first.or(Some(row.at));
        self.report.last = Some(row.at);
        let due = self.last.as_ref().map_or(1, |(last, _)| last.seq.unwrap_or_default().saturating_add(1));
        if seq > due {
            let between = match &self.last {
                Some((last, _)) => format!("between {} and {}", last.words(), event.words()),
                None => format!("before {}", event.words()),
            };
            self.gap(due, seq - 1, between);
        }
        let proof = self.proof(row, seq)?;
        let first_was_genuine = self.last.as_ref().is_none_or(|(_, hash)| hash.is_some());
        if seq < due && (first_was_genuine || !matches!(proof, Proof::Genuine)) {
            let message = format!("{} stands where there is no room for it: it was added, or another of its number was.", event.words());
            self.about(Kind::Inserted, event, message);
            return Ok(());
        }
        let hash = match proof {
            Proof::Genuine => {
                self.genuine += 1;
                self.follows(row, &event, seq == due);
                row.hash.clone()
            }
            Proof::Changed(what) => {
                let message = format!("{} is not what was written: {what}.", event.words());
                self.about(Kind::Changed, event.clone(), message);
                None
            }
            Proof::Stray { consistent } => {
                if self.strays.len() < STRAYS_MAX {
                    self.strays.push((row.clone(), consistent));
                } else {
                    match self.more_strays.last_mut() {
                        Some((_, until)) if until.checked_add(1) == Some(seq) => *until = seq,
                        _ => self.more_strays.push((event.clone(), seq)),
                    }
                }
                None
            }
        };
        self.compare_noted(row, &event, seq);
        self.last = Some((event, hash));
        Ok(())
    }

    fn proof(&self, row: &Model, seq: i64) -> Result<Proof> {
        let hash = row.hash.as_deref().unwrap_or_default();
        let said = chain::hash(row.previous_hash.as_deref().unwrap_or_default(), row);
        let by_us =
            |hash: &str| Ok::<_, crate::error::Error>(row.seal.as_deref() == Some(&*record::seal(self.app, self.council, seq, hash)?));
        Ok(match (said == hash, by_us(hash)?) {
            (true, true) => Proof::Genuine,
            (false, true) => Proof::Changed("what it says was changed"),
            (false, false) if by_us(&said)? => Proof::Changed("its hash was changed"),
            (consistent, false) => Proof::Stray { consistent },
        })
    }

    /// Whether a genuine event continues from the one before.
    fn follows(&mut self, row: &Model, event: &Named, next: bool) {
        let previous = row.previous_hash.as_deref().unwrap_or_default();
        match &self.last {
            None if next && previous != self.digest => {
                let message = match self.report.before_the_chain {
                    0 => "Events from before the chain were taken away: the first event continues from some.".to_owned(),
                    n => format!("Of the {n} events from before the chain, some were changed, added or taken away."),
                };
                self.find(Kind::Before, Some(event.clone()), (None, None), message);
            }
            Some((last, Some(hash))) if next && previous != hash => {
                let message = format!("{} does not continue from {}: two histories were put together.", event.words(), last.words());
                self.about(Kind::Forked, event.clone(), message);
            }
            _ => {}
        }
    }

    fn compare_noted(&mut self, row: &Model, event: &Named, seq: i64) {
        let hash = row.hash.as_deref().unwrap_or_default();
        let (here, others): (Vec<&Noted>, Vec<&Noted>) = self.noted.iter().partition(|noted| noted.seq == seq);
        self.noted = others;
        if let Some(noted) = here.iter().find(|noted| noted.hash != hash) {
            let message =
                format!("{} had the hash {} when it was noted: the trail up to it was written anew since.", event.words(), noted.hash);
            self.about(Kind::Noted, event.clone(), message);
        }
    }

    /// What is left to say once every event was read.
    fn end(&mut self, head: Option<&entity::audit_head::Model>) -> Result<()> {
        let last = self.last.take();
        let last_seq = last.as_ref().map_or(0, |(last, _)| last.seq.unwrap_or_default());
        if let Some(missing) = head.filter(|head| head.seq > last_seq) {
            let between = last.as_ref().map_or("the trail is empty".to_owned(), |(last, _)| format!("the last is {}", last.words()));
            self.gap(last_seq.saturating_add(1), missing.seq, between);
        }
        let ours = match head {
            Some(head) => record::seal_head(self.app, self.council, head.seq, &head.hash, head.at)? == head.seal,
            None => true,
        };
        if self.genuine == 0 && !ours && self.strays.iter().all(|(_, consistent)| *consistent) {
            let message = "Nothing in this trail was sealed by the key in use. If `--data` names the service's own folder, with its \
                signing.key, the whole trail was written anew; otherwise name that folder.";
            self.find(Kind::NotSealed, None, (Some(1), Some(last_seq)), message.to_owned());
        } else {
            self.head(head, last.as_ref(), ours);
            // Beyond the recorded end nothing can be missing.
            let ends_at = head.filter(|_| ours).map_or(i64::MAX, |head| head.seq);
            self.gaps.retain_mut(|gap| {
                gap.until = gap.until.min(ends_at);
                gap.from <= gap.until
            });
            self.place_strays(ends_at)?;
        }
        if head.is_none() && self.report.events == 0 && self.report.before_the_chain == 0 {
            let message = "The trail is empty, and so is the record of where it ends: every council's begins when it is created.";
            self.find(Kind::Empty, None, (None, None), message.to_owned());
        }
        for noted in std::mem::take(&mut self.noted) {
            let message = format!(
                "Event {} was there when its hash {} was noted, and is not now: the trail ends at {last_seq}. It was put back to an \
                earlier state, or its end was taken away.",
                noted.seq, noted.hash
            );
            self.find(Kind::Noted, None, (Some(noted.seq), Some(noted.seq)), message);
        }
        self.report.head = head.map(|head| Noted { seq: head.seq, hash: head.hash.clone() });
        self.report.findings.sort_by_key(|finding| finding.seq.unwrap_or_default());
        Ok(())
    }

    fn head(&mut self, head: Option<&entity::audit_head::Model>, last: Option<&(Named, Option<String>)>, ours: bool) {
        let Some(head) = head else {
            if let Some((last, _)) = last {
                let message = format!("The record of where the trail ends is gone; the last event is {}.", last.words());
                self.find(Kind::Head, Some(last.clone()), (last.seq, last.seq), message);
            }
            return;
        };
        let at = (Some(head.seq), Some(head.seq));
        if !ours {
            let message = format!("The record of where the trail ends ({}:{}) was not sealed by this service's key.", head.seq, head.hash);
            self.find(Kind::Head, None, at, message);
        }
        match last {
            Some((last, _)) if last.seq > Some(head.seq) => {
                let message = format!("The trail ends at event {} by its record, and goes on to {}.", head.seq, last.words());
                self.find(Kind::Head, Some(last.clone()), (head.seq.checked_add(1), last.seq), message);
            }
            Some((last, Some(hash))) if last.seq == Some(head.seq) && (*hash != head.hash || last.at != head.at) => {
                let message = format!("The record of where the trail ends is not of {}.", last.words());
                self.find(Kind::Head, Some(last.clone()), at, message);
            }
            _ => {}
        }
    }

    /// Finds where events out of place belong, and tells of what is left: gaps, and events nobody sealed.
    fn place_strays(&mut self, ends_at: i64) -> Result<()> {
        let strays = std::mem::take(&mut self.strays);
        let gaps = std::mem::take(&mut self.gaps);
        let places: BTreeSet<i64> =
            strays.iter().filter_map(|(row, _)| row.seq).chain(gaps.iter().flat_map(|gap| gap.from..=gap.until).take(STRAYS_MAX)).collect();
        let (mut filled, mut left) = (BTreeSet::new(), BTreeSet::new());
        let mut run: Option<(Named, i64)> = None;
        for (row, _) in strays {
            let event = Named::of(&row);
            let seq = row.seq.unwrap_or_default();
            if let Some(place) = self.place_of(row, &places)? {
                filled.insert(place);
                left.insert(seq);
                let message = format!("{} was written as event {place}.", event.words());
                self.about(Kind::Renumbered, event, message);
                continue;
            }
            match &mut run {
                Some((_, until)) if until.checked_add(1) == Some(seq) => *until = seq,
                _ => {
                    self.unsealed(run.take());
                    run = Some((event, seq));
                }
            }
        }
        self.unsealed(run);
        for stray in std::mem::take(&mut self.more_strays) {
            self.unsealed(Some(stray));
        }
        for gap in gaps {
            self.missing(&gap, &filled);
        }
        for seq in left.difference(&filled).copied().filter(|seq| *seq <= ends_at) {
            let message = format!("Missing: event {seq}; another was put in its place.");
            self.find(Kind::Missing, None, (Some(seq), Some(seq)), message);
        }
        Ok(())
    }

    /// The number under which an event proves itself, among those that no genuine event has.
    fn place_of(&self, mut row: Model, places: &BTreeSet<i64>) -> Result<Option<i64>> {
        let (Some(hash), Some(seal)) = (row.hash.clone(), row.seal.clone()) else { return Ok(None) };
        let previous = row.previous_hash.clone().unwrap_or_default();
        for place in places.iter().copied().filter(|place| Some(*place) != row.seq) {
            if record::seal(self.app, self.council, place, &hash)? == seal {
                row.seq = Some(place);
                return Ok((chain::hash(&previous, &row) == hash).then_some(place));
            }
        }
        Ok(None)
    }

    fn unsealed(&mut self, run: Option<(Named, i64)>) {
        let Some((first, until)) = run else { return };
        let from = first.seq.unwrap_or_default();
        let message = if from == until {
            format!("{} was not written so by this service: it was changed, or added by something else.", first.words())
        } else {
            format!(
                "{} and all up to event {until} were not written so by this service: they were changed, or added by something else.",
                first.words()
            )
        };
        self.find(Kind::NotSealed, Some(first), (Some(from), Some(until)), message);
    }

    /// What is missing of a gap once events that were moved away from it are found.
    fn missing(&mut self, gap: &Gap, filled: &BTreeSet<i64>) {
        let mut from = gap.from;
        for end in filled.range(gap.from..=gap.until).copied().chain([gap.until.saturating_add(1)]) {
            if from < end {
                let message = format!("Missing: {}; {}.", numbers(from, end - 1), gap.between);
                self.find(Kind::Missing, None, (Some(from), Some(end - 1)), message);
            }
            from = end.saturating_add(1);
        }
    }
}
