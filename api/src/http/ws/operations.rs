//! The operations of one socket.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::{Request, Response as Answer};
use futures::stream::{self, BoxStream, StreamExt};
use futures::{FutureExt, Stream};

use crate::access::{Credential, Origin};
use crate::audit::refusals;
use crate::bounds::Limit;
use crate::error::Error;
use crate::graphql::order::Order;
use crate::graphql::session::Session;
use crate::graphql::{errors, limits};
use crate::http::Door;
use crate::http::asked::{self, Parameters};
use crate::http::reply::answer_of;
use crate::telemetry::trace::Spans;
use crate::telemetry::watched::Watched;
use crate::telemetry::{Account, Line};

/// Whose socket it is, and where it was opened from.
#[derive(Clone)]
pub struct Guest {
    pub door: Arc<Door>,
    pub origin: Origin,
    pub credential: Option<Credential>,
    /// The trace of the request that opened it.
    pub opened: Option<String>,
}

impl Guest {
    /// What an operation answers: once, or as often as something happens. A panic inside it is its own end and no other's.
    pub fn answers(&self, asked: Parameters) -> BoxStream<'static, Answer> {
        let app = &self.door.app;
        let origin = Origin { request: Some(app.ids.next()), ..self.origin };
        let account = Account::new(origin.request.unwrap_or_default(), Spans::of_socket(self.opened.as_deref()));
        account.shown(self.credential.as_ref());
        let line = Line::of_socket(&app.metrics, account);
        let guest = Self { origin, ..self.clone() };
        let answers = stream::once(async move { guest.begun(asked).await }).flatten();
        let answers = AssertUnwindSafe(answers)
            .catch_unwind()
            .map(|answer| answer.unwrap_or_else(|_| answer_of(Error::internal("answering over a socket", &"a panic, told above"))));
        Watched::new(line, answers.boxed()).boxed()
    }

    async fn begun(self, asked: Parameters) -> BoxStream<'static, Answer> {
        let bounds = &self.door.app.bounds;
        let refused = |error: Error| stream::once(std::future::ready(answer_of(error))).boxed();
        let now = self.door.app.clock.now();
        let fast = self.door.paces.address(&bounds.limits, self.origin.address, now);
        let fast = fast.and_then(|()| self.door.paces.actor(&bounds.limits, self.credential.as_ref(), now));
        if let Err(fast) = fast {
            return refused(Error::limit(format!("{} That is in {} seconds.", bounds.limits.passed(fast.limit), fast.seconds())));
        }
        let mut request = match asked::of_parameters(&self.door, asked) {
            Ok(request) => request,
            Err(wrong) => return refused(wrong.error),
        };
        if let Err(wrong) = limits::check(&mut request, &bounds.limits, bounds.introspection) {
            return stream::once(std::future::ready(Answer::from_errors(vec![*wrong]))).boxed();
        }
        let session = Arc::new(Session::new(self.door.app.clone(), self.credential.clone(), self.origin));
        let (operation, order) = (limits::operation(&mut request), Order::of(&mut request, &bounds.limits));
        self.door.app.asks(operation.as_deref(), limits::kind(&mut request), self.credential.is_none());
        if limits::is_subscription(&mut request) {
            let answers = self.door.schema.execute_stream(request.data(Arc::clone(&session)));
            let answers = answers.map(move |mut answer| {
                order.put(&mut answer.data);
                answer
            });
            return told(answers.boxed(), session, operation).boxed();
        }
        let executed = self.executed(request, session, operation).map(move |mut answer| {
            order.put(&mut answer.data);
            answer
        });
        stream::once(executed).boxed()
    }

    /// A question or an act, answered as over HTTP.
    async fn executed(self, request: Request, session: Arc<Session>, operation: Option<String>) -> Answer {
        let limits = &self.door.app.bounds.limits;
        let executed = self.door.schema.execute(request.data(Arc::clone(&session)));
        let Ok(mut answer) = tokio::time::timeout(limits.time(Limit::OperationSeconds), executed).await else {
            return answer_of(limits.refusal(Limit::OperationSeconds));
        };
        errors::finish(&mut answer, session.origin.request.unwrap_or_default(), limits);
        refusals::of_operation(&session, operation.as_deref(), &answer.errors).await;
        answer
    }
}

/// The answers of a subscription, the first refusal among them recorded.
fn told(
    answers: BoxStream<'static, Answer>,
    session: Arc<Session>,
    operation: Option<String>,
) -> impl Stream<Item = Answer> + Send + 'static {
    let told = Arc::new(AtomicBool::new(false));
    answers.then(move |mut answer| {
        let (session, operation, told) = (Arc::clone(&session), operation.clone(), Arc::clone(&told));
        async move {
            errors::finish(&mut answer, session.origin.request.unwrap_or_default(), &session.app.bounds.limits);
            let refused = answer.errors.iter().any(errors::is_forbidden);
            if refused && !told.swap(true, Ordering::Relaxed) {
                refusals::of_operation(&session, operation.as_deref(), &answer.errors).await;
            }
            answer
        }
        .boxed()
    })
}
