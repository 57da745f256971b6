//! What is told, and who hears it within a node.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{self, Receiver, Sender};
use uuid::Uuid;

/// Imports that one message names: of a change that moved more, all of the council's are looked at. PostgreSQL takes 8,000
/// bytes a message; these are 500.
const IMPORTS_MAX: usize = 8;
/// Messages held for whoever is slow to hear; beyond, they look without having been told why.
const HELD_MAX: usize = 1_024;
/// How often whoever waits looks all the same while this node hears the others.
const LOOK_ANYWAY: Duration = Duration::from_secs(15);

/// What a change may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A job waits for whoever has a place for it.
    Job,
    /// A return, or an import, came to something that whoever watches the council is shown.
    Activity,
    /// An import moved on.
    Import(Uuid),
}

/// All that one change tells, as it travels: one message however much was done. Fields a node does not know are left out of
/// account, and those it misses are as if nothing was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Telling {
    /// Which node tells it.
    pub(crate) node: Uuid,
    pub(crate) council: Uuid,
    job: bool,
    activity: bool,
    imports: Vec<Uuid>,
    /// More imports moved than are named.
    every_import: bool,
}

impl Telling {
    /// What a node tells of a council: nothing yet.
    pub(crate) fn of(node: Uuid, council: Uuid) -> Self {
        Self { node, council, ..Self::default() }
    }

    /// Adds to what is told.
    pub(crate) fn add(&mut self, told: Told) {
        match told {
            Told::Job => self.job = true,
            Told::Activity => self.activity = true,
            Told::Import(id) if self.imports.contains(&id) => {}
            Told::Import(id) if self.imports.len() < IMPORTS_MAX => self.imports.push(id),
            Told::Import(_) => self.every_import = true,
        }
    }

    /// Whether there is nothing to tell.
    pub(crate) const fn is_empty(&self) -> bool {
        !(self.job || self.activity || self.every_import) && self.imports.is_empty()
    }
}

/// What is heard in a node.
#[derive(Debug, Clone)]
enum Heard {
    One(Arc<Telling>),
    /// Something may have been missed: everybody looks.
    Anything,
}

/// What a node tells itself and hears of others.
#[derive(Clone)]
pub struct News(Arc<Node>);

struct Node {
    id: Uuid,
    job: Notify,
    heard: Sender<Heard>,
    /// Whether it hears the others at the moment.
    hears: AtomicBool,
}

impl News {
    /// Of a node that hears nobody but itself yet.
    pub fn of(id: Uuid) -> Self {
        Self(Arc::new(Node { id, job: Notify::new(), heard: broadcast::channel(HELD_MAX).0, hears: AtomicBool::new(false) }))
    }

    /// Which node this is.
    pub fn node(&self) -> Uuid {
        self.0.id
    }

    /// Tells this node what was committed, here or elsewhere.
    pub(crate) fn tell(&self, telling: Telling) {
        if telling.job {
            self.0.job.notify_one();
        }
        if telling.activity || telling.every_import || !telling.imports.is_empty() {
            // Nobody may be watching: that is no failure.
            let _ = self.0.heard.send(Heard::One(Arc::new(telling)));
        }
    }

    /// Has everybody look: something may have been told that was not heard.
    pub(crate) fn tell_anything(&self) {
        self.0.job.notify_one();
        let _ = self.0.heard.send(Heard::Anything);
    }

    /// Notes whether this node hears the others from now on.
    pub(crate) fn hear(&self, hears: bool) {
        self.0.hears.store(hears, Ordering::Relaxed);
    }

    /// Whether this node hears the others at the moment.
    pub fn hears(&self) -> bool {
        self.0.hears.load(Ordering::Relaxed)
    }

    /// How long whoever waits for news may go without looking, when `alone` is how long where nobody tells any.
    pub fn look_again(&self, alone: Duration) -> Duration {
        if self.hears() { LOOK_ANYWAY.max(alone) } else { alone }
    }

    /// Waits until a job may have been added. For the one runner of a node.
    pub async fn job(&self) {
        self.0.job.notified().await;
    }

    /// Hears what is told from now on.
    pub fn listen(&self) -> Ear {
        Ear(self.0.heard.subscribe())
    }
}

/// Hears what is told from when it was made.
pub struct Ear(Receiver<Heard>);

impl Ear {
    /// Waits until an import may have moved on.
    pub async fn import(&mut self, council: Uuid, id: Uuid) {
        self.until(|told| told.council == council && (told.every_import || told.imports.contains(&id))).await;
    }

    /// Waits until any import may have moved on.
    pub async fn any_import(&mut self) {
        self.until(|told| told.every_import || !told.imports.is_empty()).await;
    }

    /// Waits until something may have happened in a council.
    pub async fn activity(&mut self, council: Uuid) {
        self.until(|told| told.council == council && told.activity).await;
    }

    async fn until(&mut self, concerns: impl Fn(&Telling) -> bool) {
        loop {
            match self.0.recv().await {
                Ok(Heard::One(told)) if !concerns(&told) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => return,
                // The node is stopping: whoever waits looks when their time is up.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(n: u128) -> Vec<Uuid> {
        (1..=n).map(Uuid::from_u128).collect()
    }

    #[test]
    fn a_change_tells_one_small_message_however_much_it_did() {
        let mut telling = Telling { node: Uuid::max(), council: Uuid::max(), ..Telling::default() };
        assert!(telling.is_empty());
        for id in ids(500) {
            telling.add(Told::Import(id));
            telling.add(Told::Import(id));
            telling.add(Told::Job);
            telling.add(Told::Activity);
        }
        let text = serde_json::to_string(&telling).unwrap();
        assert!(text.len() < 600, "{} bytes", text.len());
        assert_eq!((telling.imports.len(), telling.every_import), (IMPORTS_MAX, true));
        assert_eq!(serde_json::from_str::<Telling>(&text).unwrap(), telling);
    }

    #[test]
    fn a_message_of_a_newer_node_is_understood_as_far_as_it_can_be() {
        let text = format!(r#"{{"node":"{0}","council":"{0}","job":true,"risks":["{0}"]}}"#, Uuid::max());
        let telling: Telling = serde_json::from_str(&text).unwrap();
        assert_eq!(telling, Telling { node: Uuid::max(), council: Uuid::max(), job: true, ..Telling::default() });
    }

    #[tokio::test]
    async fn whoever_waits_hears_what_concerns_them_and_all_hear_of_a_gap() {
        let (news, council) = (News::of(Uuid::max()), Uuid::from_u128(7));
        let [one, other] = [1, 2].map(Uuid::from_u128);
        let told = |told: Told, council: Uuid| {
            let mut telling = Telling { council, ..Telling::default() };
            telling.add(told);
            news.tell(telling);
        };
        let heard = async |ear: &mut Ear| tokio::time::timeout(Duration::from_millis(50), ear.import(council, one)).await.is_ok();
        let mut ear = news.listen();
        told(Told::Import(other), council);
        told(Told::Import(one), Uuid::from_u128(8));
        told(Told::Activity, council);
        assert!(!heard(&mut ear).await);
        told(Told::Import(one), council);
        assert!(heard(&mut ear).await);
        assert!(!heard(&mut ear).await, "once");
        news.tell_anything();
        assert!(heard(&mut ear).await);
        for _ in 0..=HELD_MAX {
            told(Told::Import(other), council);
        }
        assert!(heard(&mut ear).await, "what was missed may have concerned them");
        // A job told of before anybody waits is not forgotten.
        told(Told::Job, council);
        news.job().await;
    }
}
