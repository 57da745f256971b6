//! GraphQL over HTTP: what may be asked how, and how it is answered.
//!
//! async-graphql's extractors obey no body limit, take any content type as JSON and run batches of any length, so
//! the door reads requests itself.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response as Answer};
use axum::body::Body;
use axum::extract::{Query, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::asked::{self, InAddress};
use super::identity::named;
use super::reply::{Refused, Reply, wait};
use super::{Door, accept, graphiql, identity};
use crate::access::Origin;
use crate::audit::refusals;
use crate::bounds::Limit;
use crate::error::{Error, Result};
use crate::graphql::order::Order;
use crate::graphql::session::Session;
use crate::graphql::{errors, limits};
use crate::kept::{Found, Question};
use crate::telemetry::metrics::KeptAnswer;

/// Fields that show what is written without raising a council's revision, by which a replica's state is judged: a document in which
/// one of these words stands is read on the primary. The last is part of `import` and `Import`.
const MOVING: [&str; 6] = ["progress", "notices", "lastUsedAt", "auditTrail", "auditHead", "mport"];

/// A browser gets GraphiQL; a client that sent a query in the address gets its answer.
pub async fn get(
    State(door): State<Arc<Door>>,
    origin: Origin,
    RawQuery(raw): RawQuery,
    Query(address): Query<InAddress>,
    headers: HeaderMap,
) -> Response {
    if address.is_empty() && door.app.bounds.graphiql && accept::wants_page(&headers) {
        return graphiql::page();
    }
    let Some(reply) = Reply::of(&headers) else { return Reply::unacceptable() };
    let asking = Asking { door: &door, origin, reply };
    let session = match asking.enter(&headers, raw.as_deref()).await {
        Ok(session) => session,
        Err(refused) => return *refused,
    };
    match asked::of_address(&door, address) {
        Ok(request) => asking.answer(session, request).await,
        Err(refused) => {
            let mut response = reply.refused(&refused);
            if refused.status == StatusCode::METHOD_NOT_ALLOWED {
                response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
            }
            named(response, origin)
        }
    }
}

/// A client's request, as JSON or, with a file, as multipart.
pub async fn post(State(door): State<Arc<Door>>, origin: Origin, RawQuery(raw): RawQuery, headers: HeaderMap, body: Body) -> Response {
    let Some(reply) = Reply::of(&headers) else { return Reply::unacceptable() };
    let asking = Asking { door: &door, origin, reply };
    // A token that does not hold is refused before a body is read. A slow sender holds no connection meanwhile.
    let session = match asking.enter(&headers, raw.as_deref()).await {
        Ok(session) => session,
        Err(refused) => return *refused,
    };
    match asked::of_body(&door, &headers, body).await {
        Ok(request) => asking.answer(session, request).await,
        Err(refused) => named(reply.refused(&refused), origin),
    }
}

/// One request on its way.
struct Asking<'a> {
    door: &'a Door,
    origin: Origin,
    reply: Reply,
}

impl Asking<'_> {
    /// A session for whoever a request's head shows, if they have not asked too often.
    async fn enter(&self, headers: &HeaderMap, query: Option<&str>) -> Result<Arc<Session>, Box<Response>> {
        let door = self.door;
        let credential =
            identity::credential(door, self.origin, headers, query).await.map_err(|error| Box::new(self.unauthenticated(&error)))?;
        let limits = &door.app.bounds.limits;
        if let Err(fast) = door.paces.actor(limits, credential.as_ref(), door.app.clock.now()) {
            let refused = wait(self.reply.refused(&fast.refused(limits)), fast.seconds());
            return Err(Box::new(named(refused, self.origin)));
        }
        let client = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Arc::new(Session::new(door.app.clone(), credential, self.origin).of_client(client)))
    }

    async fn answer(&self, session: Arc<Session>, mut request: Request) -> Response {
        let (app, bounds) = (&self.door.app, &self.door.app.bounds);
        let asked = app.kept.as_ref().zip(session.credential.as_ref()).and_then(|(kept, who)| Some((kept, who, Question::of(&request)?)));
        if let Some((kept, who, question)) = asked {
            match kept.find(app, who, question, self.reply.gzip).await {
                Ok(Some(found)) => return self.kept(found).await,
                Ok(None) => {}
                Err(error) => return self.unauthenticated(&error),
            }
        }
        if MOVING.iter().any(|field| request.query.contains(field)) {
            session.follow();
        }
        // Who asks is looked up before anything is answered, in the state the operation will read.
        if let Err(error) = session.admit().await {
            return self.unauthenticated(&error);
        }
        if let Err(refusal) = limits::check(&mut request, &bounds.limits, bounds.introspection) {
            return named(self.reply.answer(&Answer::from_errors(vec![*refusal])), self.origin);
        }
        let place = match asked.filter(|_| self.keepable(&mut request)) {
            Some((kept, who, question)) => session.place(kept, who, question).await,
            None => None,
        };
        if let Some(((kept, ..), place)) = asked.zip(place.as_ref())
            && let Some(found) = kept.at(place, self.reply.gzip).await
        {
            return self.kept(found).await;
        }
        let request_id = self.origin.request.unwrap_or_default();
        let visitor = !session.signed_in();
        let (operation, order) = (limits::operation(&mut request), Order::of(&mut request, &bounds.limits));
        self.door.app.asks(operation.as_deref(), limits::kind(&mut request), visitor);
        let executed = self.door.schema.execute(request.data(Arc::clone(&session)));
        let Ok(mut answer) = tokio::time::timeout(bounds.limits.time(Limit::OperationSeconds), executed).await else {
            let late = bounds.limits.refusal(Limit::OperationSeconds);
            return named(self.reply.refused(&Refused::of(StatusCode::GATEWAY_TIMEOUT, late)), self.origin);
        };
        order.put(&mut answer.data);
        errors::finish(&mut answer, request_id, &bounds.limits);
        refusals::of_operation(&session, operation.as_deref(), &answer.errors).await;
        // A visitor who asked for nothing that is for visitors gets what a bad token gets.
        if visitor && errors::all_unauthenticated(&answer) {
            return self.unauthenticated(&Error::unauthenticated("a visitor"));
        }
        match asked.zip(place) {
            Some(((kept, ..), place)) if answer.errors.is_empty() => {
                let Ok(body) = Reply::worked_out(&answer) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
                let Some(body) = self.reply.suited(body).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
                app.metrics.kept_answer(KeptAnswer::Miss);
                let sent = named(self.reply.sent(&body), self.origin);
                kept.keep(app, place, Found { body, operation: operation.map(Into::into) });
                sent
            }
            _ => named(self.reply.answer(&answer), self.origin),
        }
    }

    /// An answer that was kept, told of like one that was worked out.
    async fn kept(&self, found: Found) -> Response {
        let app = &self.door.app;
        app.asks(found.operation.as_deref(), Some(OperationType::Query), false);
        app.metrics.kept_answer(KeptAnswer::Hit);
        match self.reply.suited(found.body).await {
            Some(body) => named(self.reply.sent(&body), self.origin),
            None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    /// Whether the answer depends on nothing but a council's rows, the day and the rights of whoever asks.
    fn keepable(&self, request: &mut Request) -> bool {
        let operation = request.operation_name.clone();
        request.parsed_query().is_ok_and(|document| self.door.keepable.holds(document, operation.as_deref()))
    }

    /// The same answer whatever was wrong: the log says what. Failures of ours come this way too and stay theirs.
    fn unauthenticated(&self, error: &Error) -> Response {
        let status = if error.is_ours() { identity::status(error) } else { StatusCode::UNAUTHORIZED };
        tracing::info!(why = error.log_text(), "not signed in");
        let mut response = named(self.reply.refused(&Refused::of(status, error.clone())), self.origin);
        if status == StatusCode::UNAUTHORIZED {
            identity::challenge(&mut response);
        }
        identity::come_again(&mut response, error);
        response
    }
}
