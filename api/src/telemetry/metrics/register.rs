//! The metrics there are, each with its help: what `docs/observability.md` lists, and a test holds it to that.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::labels::{Histograms, OfBuild, OfEndedJob, OfJob, OfLimit, OfLoop, OfOutcome, OfStage, counts, long_seconds, seconds};
use super::names::Names;
use super::process::Process;
use super::{Metrics, Seconds};
use crate::bounds::Bounds;
use crate::bounds::table::TABLE;
use crate::db::Db;
use crate::jobs::Kind;
use crate::telemetry::health::Loop;

impl Metrics {
    /// Everything at nothing. `started` is when the process began, in seconds since 1970.
    pub fn new(db: &Db, bounds: &Bounds, started: f64) -> Self {
        let metrics = Self {
            registry: Registry::default(),
            names: Names::new(bounds),
            requests: Family::default(),
            request_seconds: Histograms::new_with_constructor(seconds),
            operation_seconds: Histograms::new_with_constructor(seconds),
            operation_errors: Family::default(),
            operation_statements: Family::default(),
            statements: counts(),
            connections: Gauge::default(),
            sockets: Gauge::default(),
            subscriptions: Gauge::default(),
            pool: Family::default(),
            pool_max: Gauge::default(),
            jobs_waiting: Family::default(),
            oldest_job_seconds: Seconds::default(),
            jobs_running: Family::default(),
            jobs: Family::default(),
            job_seconds: Histograms::new_with_constructor(long_seconds),
            job_wait_seconds: Histograms::new_with_constructor(long_seconds),
            import_rows: Family::default(),
            kept_answers: Family::default(),
            loops: Family::default(),
            trace_exports: Family::default(),
        };
        metrics.at_nothing().registered(db, bounds, started)
    }

    /// Makes the series of closed sets, so that what never happened is 0 and not absent: an alert on a rate needs both ends.
    fn at_nothing(self) -> Self {
        for kind in Kind::ALL.iter().map(|kind| kind.code()) {
            for outcome in ["done", "failed", "given_up", "taken_over", "handed_back", "put_off"] {
                drop(self.jobs.get_or_create(&OfEndedJob { kind, outcome }));
            }
            drop(self.jobs_running.get_or_create(&OfJob { kind }));
            drop(self.job_seconds.get_or_create(&OfJob { kind }));
            drop(self.job_wait_seconds.get_or_create(&OfJob { kind }));
        }
        for stage in ["read", "planned", "accepted"] {
            drop(self.import_rows.get_or_create(&OfStage { stage }));
        }
        for outcome in ["hit", "miss"] {
            drop(self.kept_answers.get_or_create(&OfOutcome { outcome }));
        }
        for which in Loop::ALL.map(Loop::text) {
            drop(self.loops.get_or_create(&OfLoop { r#loop: which }));
        }
        for outcome in ["taken", "lost"] {
            drop(self.trace_exports.get_or_create(&OfOutcome { outcome }));
        }
        self
    }

    fn registered(mut self, db: &Db, bounds: &Bounds, started: f64) -> Self {
        let build = OfBuild { version: env!("CARGO_PKG_VERSION"), database: db.kind() };
        let mut registry = Registry::default();
        registry.register_collector(Box::new(Process { started }));
        let own = registry.sub_registry_with_prefix("goldenthread");
        own.register("build", "Which version serves on which kind of database", Info::new(build));
        self.of_requests(own);
        self.of_database(own, db);
        self.of_work(own);
        let refused: Family<OfLimit, Counter> = bounds.limits.refused.clone();
        for row in &TABLE {
            drop(refused.get_or_create(&OfLimit { limit: row.name }));
        }
        own.register("refusals", "What was refused for a limit, by the limit's name in docs/limits.md", refused);
        self.registry = registry;
        self
    }

    fn of_requests(&self, own: &mut Registry) {
        own.register("http_requests", "Requests by route, method and status; 499 where the client went away", self.requests.clone());
        let help = "Time until a request's answer began";
        own.register_with_unit("http_request_duration", help, Unit::Seconds, self.request_seconds.clone());
        let help = "Time an operation took, by its name and kind; its count is how many there were";
        own.register_with_unit("operation_duration", help, Unit::Seconds, self.operation_seconds.clone());
        let help = "Operations answered with an error, by its code; one with several codes is counted for each";
        own.register("operation_errors", help, self.operation_errors.clone());
        let help = "Statements sent for operations, by their name and kind";
        own.register("operation_statements", help, self.operation_statements.clone());
        own.register("statements_per_operation", "Statements sent for one operation", self.statements.clone());
        own.register("connections_open", "Connections of clients", self.connections.clone());
        own.register("sockets_open", "WebSockets that are open", self.sockets.clone());
        own.register("subscriptions_open", "Subscriptions under way", self.subscriptions.clone());
    }

    fn of_database(&self, own: &mut Registry, db: &Db) {
        let sent = db.sent();
        let help = "Time a statement took in the database, by its first word";
        own.register_with_unit("statement_duration", help, Unit::Seconds, sent.seconds.clone());
        own.register("statements_failed", "Statements the database refused, by their first word", sent.failed.clone());
        let help = "Time from asking for a transaction to having a connection on which it began";
        own.register_with_unit("transaction_begin", help, Unit::Seconds, sent.begun.clone());
        own.register("transactions_waiting", "Transactions that wait for a connection", sent.waiting.clone());
        own.register("database_connections", "Connections to the database, in use and idle", self.pool.clone());
        own.register("database_connections_max", "Connections to the database there may be", self.pool_max.clone());
    }

    fn of_work(&self, own: &mut Registry) {
        let help = "Jobs of every council nobody works on yet, on any node, by kind; absent while the database does not answer";
        own.register("jobs_waiting", help, self.jobs_waiting.clone());
        let help = "How long the job that waits longest has waited";
        own.register_with_unit("oldest_job_wait", help, Unit::Seconds, self.oldest_job_seconds.clone());
        own.register("jobs_running", "Jobs this node works on, by kind", self.jobs_running.clone());
        let help = "Tries at jobs on this node, by kind and how they ended: failed ones are tried again, given_up ones are not";
        own.register("jobs", help, self.jobs.clone());
        own.register_with_unit("job_duration", "Time a try at a job took", Unit::Seconds, self.job_seconds.clone());
        let help = "Time from asking for a job to a node taking it up";
        own.register_with_unit("job_wait", help, Unit::Seconds, self.job_wait_seconds.clone());
        let help = "Rows of workbooks read, planned and, when plans were accepted, written";
        own.register("import_rows", help, self.import_rows.clone());
        own.register("kept_answers", "Answers that were found kept, and those that had to be made", self.kept_answers.clone());
        let help = "When each loop beside the requests last went round without an error, since 1970; 0 where it never did";
        own.register_with_unit("loop_last_success_timestamp", help, Unit::Seconds, self.loops.clone());
        own.register("trace_exports", "Batches of spans the collector took, and those that were lost", self.trace_exports.clone());
    }
}
