//! What comes bit by bit, with its account: the answers of an operation over a socket.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use async_graphql::Response;
use futures::Stream;
use futures::stream::BoxStream;
use tracing::Span;

use super::line::Line;

/// The answers of an operation; told of when they are over, or nobody wants them any more.
pub struct Watched {
    answers: BoxStream<'static, Response>,
    line: Line,
    span: Span,
}

impl Watched {
    pub fn new(line: Line, answers: BoxStream<'static, Response>) -> Self {
        let span = tracing::info_span!("socket", request = %line.account.request);
        Self { answers, line, span }
    }
}

impl Stream for Watched {
    type Item = Response;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Response>> {
        let this = self.get_mut();
        let _inside = this.span.enter();
        let account = Arc::clone(&this.line.account);
        let next = ready!(account.during(|| this.answers.as_mut().poll_next(cx)));
        if let Some(answer) = &next {
            this.line.account.answered(&answer.errors);
            this.line.goes();
        }
        Poll::Ready(next)
    }
}
