//! How a transaction begins.

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr, TransactionOptions, TransactionTrait};

/// Begins a transaction and sees it through, whoever goes away meanwhile.
///
/// The driver for PostgreSQL forgets a BEGIN whose answer nobody waited for: the connection goes back to the pool inside a transaction
/// the driver knows nothing of, which is never committed, and takes with it what the next one writes without a transaction of its own.
/// So it is waited for in a task of its own; when nobody wants it any more, it is rolled back.
pub(super) async fn begun(pool: &DatabaseConnection, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
    let pool = pool.clone();
    match tokio::spawn(async move { pool.begin_with_options(options).await }).await {
        Ok(begun) => begun,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(DbErr::Conn(RuntimeErr::Internal("the service is stopping".into()))),
        },
    }
}
