//! Places for reading processes: so many on a node, and so many of those for one council.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::error::{ContextExt, Error, Result};
use crate::jobs::Share;

/// Requests of one council that may wait for a place at once, or have one.
const REQUESTS_MAX: usize = 8;

/// The places of a node. Whoever waits for one of its council's waits for nobody but that council; of those that then wait
/// for one of all, each council has no more than its share, so that none stands before another's with a long row.
#[derive(Clone)]
pub struct Places {
    share: Share,
    all: Arc<Semaphore>,
    councils: Arc<Mutex<HashMap<Uuid, Weak<Council>>>>,
}

/// What a council has of the places.
struct Council {
    places: Arc<Semaphore>,
    requests: Arc<Semaphore>,
}

/// A place, until it is let go.
pub struct Place {
    _of_all: OwnedSemaphorePermit,
    _of_council: OwnedSemaphorePermit,
    _request: Option<OwnedSemaphorePermit>,
    /// Forgotten when nobody of the council has a place or waits for one.
    _council: Arc<Council>,
}

impl Places {
    pub fn new(share: Share) -> Self {
        Self { share, all: Arc::new(Semaphore::new(share.all)), councils: Arc::default() }
    }

    /// Waits for a place for a job: of those there are few.
    pub async fn for_job(&self, council: Uuid) -> Result<Place> {
        self.wait(self.council(council), None).await
    }

    /// Waits for a place for a request, unless too many of the council's wait already: then the request is refused.
    pub async fn for_request(&self, council: Uuid) -> Result<Place> {
        let council = self.council(council);
        let Ok(request) = Arc::clone(&council.requests).try_acquire_owned() else {
            let message = format!("{REQUESTS_MAX} workbooks of your council are being made just now: try again in a minute.");
            return Err(Error::limit(message));
        };
        self.wait(council, Some(request)).await
    }

    async fn wait(&self, council: Arc<Council>, request: Option<OwnedSemaphorePermit>) -> Result<Place> {
        let doing = "waiting for a place to read a workbook";
        let of_council = Arc::clone(&council.places).acquire_owned().await.context(doing)?;
        let of_all = Arc::clone(&self.all).acquire_owned().await.context(doing)?;
        Ok(Place { _of_all: of_all, _of_council: of_council, _request: request, _council: council })
    }

    fn council(&self, council: Uuid) -> Arc<Council> {
        let mut councils = self.councils.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = councils.get(&council).and_then(Weak::upgrade) {
            return known;
        }
        councils.retain(|_, council| council.strong_count() > 0);
        let places = Arc::new(Semaphore::new(self.share.council));
        let made = Arc::new(Council { places, requests: Arc::new(Semaphore::new(REQUESTS_MAX)) });
        councils.insert(council, Arc::downgrade(&made));
        made
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;
    use crate::error::Code;

    const SHARE: Share = Share { all: 2, council: 1 };

    #[tokio::test]
    async fn one_council_leaves_a_place_for_the_next() {
        let (places, many, few) = (Places::new(SHARE), Uuid::from_u128(1), Uuid::from_u128(2));
        let first = places.for_job(many).await.unwrap();
        let mut waiting: Vec<_> = (0..5).map(|_| Box::pin(places.for_job(many))).collect();
        for job in &mut waiting {
            assert!(job.now_or_never().is_none());
        }
        let other = places.for_request(few).now_or_never().expect("has a place at once").unwrap();
        // All are taken: a third council waits for one of them, and gets it before the first one's next.
        let mut third = Box::pin(places.for_job(Uuid::from_u128(3)));
        assert!((&mut third).now_or_never().is_none());
        drop(first);
        assert!((&mut third).now_or_never().is_some());
        drop(other);
        assert!((&mut waiting[0]).now_or_never().is_some());
    }

    #[tokio::test]
    async fn requests_that_would_wait_in_a_long_row_are_refused_and_jobs_are_not() {
        let (places, council) = (Places::new(SHARE), Uuid::from_u128(1));
        let mut waiting: Vec<_> = (0..REQUESTS_MAX).map(|_| Box::pin(places.for_request(council))).collect();
        let has = (&mut waiting[0]).now_or_never().expect("has a place").unwrap();
        for request in &mut waiting[1..] {
            assert!(request.now_or_never().is_none());
        }
        assert_eq!(places.for_request(council).await.err().map(|error| error.code), Some(Code::Limit));
        assert!(places.for_request(Uuid::from_u128(2)).now_or_never().is_some_and(|place| place.is_ok()));
        let mut job = Box::pin(places.for_job(council));
        assert!((&mut job).now_or_never().is_none());
        // Who gives up waiting makes room, and so does who is done.
        waiting.truncate(1);
        drop(has);
        assert!((&mut job).now_or_never().is_some());
        drop(job);
        assert!(places.for_request(council).await.is_ok());
    }

    #[tokio::test]
    async fn councils_are_forgotten_when_they_have_no_place() {
        let places = Places::new(SHARE);
        for council in 0..1_000 {
            drop(places.for_job(Uuid::from_u128(council)).await.unwrap());
        }
        assert_eq!(places.councils.lock().unwrap().len(), 1);
    }
}
