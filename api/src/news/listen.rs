//! Hearing the other nodes of a PostgreSQL.

use std::time::Duration;

use sea_orm::DbBackend;
use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::sqlx::{self, Executor};
use tokio::time::{sleep, timeout};

use super::told::News;
use crate::db::{CHANNEL, Db};
use crate::error::{ContextExt, Error, Result};

/// How long the connection may be silent before it is asked whether it is there: a connection cut off without a word is
/// noticed no later than this and [`ANSWER_MAX`].
const SILENCE_MAX: Duration = Duration::from_secs(10);
/// How long connecting, and an answer, may take.
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// Between tries to connect: the first, and the longest.
const AGAIN: Duration = Duration::from_millis(200);
const AGAIN_MAX: Duration = Duration::from_secs(5);

/// Hears the other nodes for as long as the service runs, on a connection of its own. On SQLite there are none.
pub async fn serve(db: Db) {
    if db.backend() != DbBackend::Postgres {
        return;
    }
    let mut again = AGAIN;
    loop {
        let heard = hear(&db).await;
        if db.news().hears() {
            again = AGAIN;
        }
        db.news().hear(false);
        if let Err(error) = heard {
            tracing::warn!(cause = error.log_text(), "the other nodes are not heard: looking for news more often until they are");
        }
        sleep(again).await;
        again = (again * 2).min(AGAIN_MAX);
    }
}

/// Hears them until the connection is lost.
async fn hear(db: &Db) -> Result<()> {
    let mut listener = connected(db).await?;
    let news = db.news();
    news.hear(true);
    // Before this, nothing was heard.
    news.tell_anything();
    loop {
        match timeout(SILENCE_MAX, listener.try_recv()).await {
            Ok(Ok(Some(notification))) => pass_on(news, notification.payload()),
            Ok(Ok(None)) => return Err(Error::internal("hearing the other nodes", &"the connection was closed")),
            Ok(Err(why)) => return Err(Error::internal("hearing the other nodes", &why)),
            Err(_) => {
                asked(listener.execute("SELECT 1")).await.context("asking whether the other nodes can be heard")?;
            }
        }
    }
}

async fn connected(db: &Db) -> Result<PgListener> {
    let doing = "connecting to hear the other nodes";
    let options = (*db.pool().get_postgres_connection_pool().connect_options()).clone().application_name("goldenthread news");
    let pool = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None).acquire_timeout(ANSWER_MAX);
    let pool = asked(pool.connect_with(options)).await.context(doing)?;
    let mut listener = asked(PgListener::connect_with(&pool)).await.context(doing)?;
    // A lost connection is told of, not hidden.
    listener.eager_reconnect(false);
    asked(listener.listen(CHANNEL)).await.context(doing)?;
    Ok(listener)
}

/// What this node told itself was heard when it was committed; what cannot be read may be anything.
fn pass_on(news: &News, payload: &str) {
    match serde_json::from_str::<super::Telling>(payload) {
        Ok(telling) if telling.node == news.node() => {}
        Ok(telling) => news.tell(telling),
        Err(_) => news.tell_anything(),
    }
}

/// What a database answers, in time.
async fn asked<T>(answer: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, String> {
    match timeout(ANSWER_MAX, answer).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(why)) => Err(why.to_string()),
        Err(_) => Err(format!("no answer within {} seconds", ANSWER_MAX.as_secs())),
    }
}
