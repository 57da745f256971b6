//! One watcher a council and node, for all who watch it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rules::period::Period;
use tokio::sync::{Mutex, broadcast};
use uuid::Uuid;

use super::store::{self, ImportSeen, StepSeen};
use crate::access::Scope;
use crate::app::App;
use crate::error::Result;
use crate::frameworks::Catalogue;
use crate::news::Ear;
use crate::returns::book::{Book, Wanted};
use crate::returns::whose::Whose;
use crate::warnings::store::Recorded;
use crate::warnings::{self, Seat, Seats};

/// How often a node looks that does not hear the others: they may have done something.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Between looks at least, however much is told.
const APART: Duration = Duration::from_millis(200);
/// How far back each look goes: what was begun earlier may be committed later, and nodes' clocks differ.
const BACK: chrono::Duration = chrono::Duration::minutes(2);
/// Events held for whoever is slow.
const HELD_MAX: usize = 256;

/// A return that became overdue.
#[derive(Debug, Clone)]
pub struct OverdueSeen {
    pub of: Uuid,
    pub element: Uuid,
    pub code: String,
    pub title: String,
    pub period: Period,
    pub at: DateTime<Utc>,
    pub whose: Whose,
}

/// A warning that a node saw fire.
#[derive(Debug, Clone)]
pub struct WarningSeen {
    pub recorded: Recorded,
    /// Whose its subject is; none of one that is not there any more, which nobody sees.
    pub seat: Option<Seat>,
    /// The framework it was read in.
    pub catalogue: Option<Arc<Catalogue>>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Happening {
    /// With whose return it is; none of one the framework knows no more, which nobody sees.
    Step(StepSeen, Option<Whose>),
    Import(ImportSeen),
    Overdue(OverdueSeen),
    /// Told by `warningRaised` alone.
    Warning(Box<WarningSeen>),
}

/// What was sent already: an id, and what of it.
type Key = (Uuid, String);

impl Happening {
    fn key(&self) -> Key {
        match self {
            Self::Step(step, _) => (step.step, String::new()),
            // An import is planned anew.
            Self::Import(import) => (import.import, format!("{} {}", import.state, import.at.timestamp_micros())),
            Self::Overdue(overdue) => (overdue.of, "overdue".to_owned()),
            Self::Warning(warning) => (warning.recorded.id, "warning".to_owned()),
        }
    }

    fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Step(step, _) => step.at,
            Self::Import(import) => import.at,
            Self::Overdue(overdue) => overdue.at,
            Self::Warning(warning) => warning.recorded.recorded_at,
        }
    }
}

/// The watchers of this node, by council.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<HashMap<Uuid, broadcast::Sender<Arc<Happening>>>>>);

impl Hub {
    /// Everything that happens in a council from now on.
    pub async fn watch(&self, app: &App, council: Uuid) -> Result<broadcast::Receiver<Arc<Happening>>> {
        let mut watched = self.0.lock().await;
        if let Some(sender) = watched.get(&council) {
            return Ok(sender.subscribe());
        }
        // What is there already is no news; looked at before the first subscriber is told that they are in.
        let mut watcher = Watcher { app: app.clone(), council, seen: HashMap::new(), looked: app.clock.now(), day: app.clock.today() };
        watcher.look().await?;
        let (sender, receiver) = broadcast::channel(HELD_MAX);
        watched.insert(council, sender.clone());
        let hub = self.clone();
        tokio::spawn(async move { watcher.run(&hub, &sender).await });
        Ok(receiver)
    }

    /// Takes a watcher away that nobody listens to; false where somebody does again.
    async fn leave(&self, council: Uuid, sender: &broadcast::Sender<Arc<Happening>>) -> bool {
        let mut watched = self.0.lock().await;
        let alone = sender.receiver_count() == 0;
        if alone {
            watched.remove(&council);
        }
        alone
    }
}

struct Watcher {
    app: App,
    council: Uuid,
    seen: HashMap<Key, DateTime<Utc>>,
    /// When it last looked, and on which day.
    looked: DateTime<Utc>,
    day: NaiveDate,
}

impl Watcher {
    async fn run(mut self, hub: &Hub, sender: &broadcast::Sender<Arc<Happening>>) {
        let mut ear = self.app.db.news().listen();
        loop {
            self.wait(&mut ear).await;
            if sender.receiver_count() == 0 && hub.leave(self.council, sender).await {
                return;
            }
            match self.look().await {
                Ok(happenings) => {
                    for happening in happenings {
                        // Whoever listened may have left: that is no failure.
                        let _ = sender.send(Arc::new(happening));
                    }
                }
                // Those who watch wait for the next look.
                Err(error) => tracing::warn!(cause = error.log_text(), council = %self.council, "looking for what happened"),
            }
        }
    }

    /// Waits until there may be something to see: told of it, or a day later, or when it was long ago.
    async fn wait(&self, ear: &mut Ear) {
        tokio::time::sleep(APART).await;
        let again = tokio::time::Instant::now() + self.app.db.news().look_again(LOOK_AGAIN) - APART;
        let told = async {
            // Returns become overdue by themselves, and whoever leaves a council tells nobody.
            while tokio::time::timeout(LOOK_AGAIN - APART, ear.activity(self.council)).await.is_err() && self.app.clock.today() == self.day
            {
            }
        };
        let _ = tokio::time::timeout_at(again, told).await;
    }

    /// What happened that was not seen before.
    async fn look(&mut self) -> Result<Vec<Happening>> {
        let scope = Scope::of_job(self.council, Uuid::nil());
        let now = self.app.clock.now();
        let since = self.looked.min(now) - BACK;
        let snapshot = self.app.db.snapshot(self.council).await?;
        let steps = store::steps(&*snapshot, &scope, since).await?;
        let imports = store::imports(&*snapshot, &scope, since).await?;
        let mut found: Vec<Happening> = imports.into_iter().map(Happening::Import).collect();
        let fresh = steps.into_iter().filter(|step| !self.seen.contains_key(&(step.step, String::new())));
        found.extend(self.steps(&snapshot, &scope, fresh.collect()).await?);
        let today = self.app.clock.today();
        if today > self.day {
            found.extend(self.overdue(&snapshot, &scope, today, now).await?);
        }
        found.extend(self.warnings(&snapshot, &scope, since).await?);
        drop(snapshot);
        found.retain(|happening| !self.seen.contains_key(&happening.key()));
        found.sort_by_key(Happening::at);
        self.seen.extend(found.iter().map(|happening| (happening.key(), happening.at())));
        // Twice as long as a look goes back: what is forgotten is not found again.
        self.seen.retain(|_, at| *at >= since - BACK);
        (self.looked, self.day) = (now, today);
        Ok(found)
    }

    /// Steps with whose returns they are: each reporting period they are of is read once, however many watch.
    async fn steps(&self, snapshot: &crate::db::Snapshot, scope: &Scope, steps: Vec<StepSeen>) -> Result<Vec<Happening>> {
        let mut whose: HashMap<Uuid, Whose> = HashMap::new();
        let periods: HashSet<Period> = steps.iter().map(|step| step.period).collect();
        for period in periods {
            let book = Book::load(&**snapshot, scope, Wanted::Of(period), self.app.clock.today()).await?;
            whose.extend(book.returns.iter().map(|one| (one.id, Whose::of(&book, one))));
        }
        let with = |step: StepSeen| {
            let whose = whose.get(&step.of).cloned();
            Happening::Step(step, whose)
        };
        Ok(steps.into_iter().map(with).collect())
    }

    /// Warnings that were recorded, with whose their subjects are.
    async fn warnings(&self, snapshot: &crate::db::Snapshot, scope: &Scope, since: DateTime<Utc>) -> Result<Vec<Happening>> {
        let mut fresh = warnings::store::lately(&**snapshot, scope, Some(since), HELD_MAX).await?;
        fresh.retain(|one| one.told && one.recorded_at >= since && !self.seen.contains_key(&(one.id, "warning".to_owned())));
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        let seats = Seats::of(snapshot, scope, &fresh, self.app.clock.today()).await?;
        let with = |recorded: Recorded| {
            let (seat, catalogue) = (seats.seat(recorded.key.subject), seats.catalogue.clone());
            Happening::Warning(Box::new(WarningSeen { recorded, seat, catalogue }))
        };
        Ok(fresh.into_iter().map(with).collect())
    }

    /// Returns that are overdue today and were not the day the watcher last looked.
    async fn overdue(&self, snapshot: &crate::db::Snapshot, scope: &Scope, today: NaiveDate, now: DateTime<Utc>) -> Result<Vec<Happening>> {
        let book = Book::load(&**snapshot, scope, Wanted::Lately, today).await?;
        let became = book.returns.iter().filter(|one| book.overdue_on(one, today) && !book.overdue_on(one, self.day));
        let mut told = HashSet::new();
        Ok(became
            .filter(|one| told.insert(one.id))
            .filter_map(|one| {
                let element = book.catalogue(one)?.element(one.element)?;
                let (code, title) = (element.code.clone(), element.title.clone());
                let whose = Whose::of(&book, one);
                Some(Happening::Overdue(OverdueSeen { of: one.id, element: one.element, code, title, period: one.period, at: now, whose }))
            })
            .collect())
    }
}
