//! One kind of question put to one server, in rounds, and what it cost.

use std::path::Path;
use std::sync::Arc;

use crate::process::{Server, postmaster, seconds, seconds_with_children};
use crate::traffic::{CONNECTIONS, Case, Run, drive};

/// Rounds a measurement is made of. Subjects that are compared take turns, so that whatever else the machine does falls
/// on both.
const ROUNDS: usize = 8;

/// A kind of question, the server it is put to, and what was measured so far.
pub struct Subject<'a> {
    name: &'a str,
    server: &'a Server,
    cluster: Option<&'a Path>,
    cases: Arc<Vec<Case>>,
    /// Requests of a round.
    count: usize,
    run: Run,
    /// Seconds of processor time: the server's, and the database's.
    used: (f64, f64),
}

impl<'a> Subject<'a> {
    pub fn new(name: &'a str, server: &'a Server, cluster: Option<&'a Path>, cases: Vec<Case>, count: usize) -> Self {
        let (cases, count) = (Arc::new(cases), count.div_ceil(ROUNDS));
        Self { name, server, cluster, cases, count, run: Run::default(), used: (0.0, 0.0) }
    }

    /// Measures subjects in turn. Connections, prepared statements and the database's caches are warm before anything is
    /// counted.
    pub async fn measure(subjects: &mut [Self]) {
        for subject in &*subjects {
            drive(&subject.cases, CONNECTIONS * 4).await;
        }
        for _ in 0..ROUNDS {
            for subject in &mut *subjects {
                subject.round().await;
            }
        }
    }

    async fn round(&mut self) {
        let before = self.processor_time();
        self.run.add(drive(&self.cases, self.count).await);
        let after = self.processor_time();
        self.used.0 += after.0 - before.0;
        self.used.1 += after.1 - before.1;
    }

    fn processor_time(&self) -> (f64, f64) {
        let database = self.cluster.map_or(0.0, |cluster| seconds_with_children(postmaster(cluster)));
        (seconds(self.server.pid()), database)
    }

    /// Milliseconds of processor time a request: the server's, and the database's.
    fn each(&self) -> (f64, f64) {
        let each = |seconds: f64| seconds * 1_000.0 / self.run.requests() as f64;
        (each(self.used.0), each(self.used.1))
    }

    /// Milliseconds of processor time a request, server and database together.
    pub fn processor_milliseconds(&self) -> f64 {
        let (server, database) = self.each();
        server + database
    }

    pub fn requests_a_second(&self) -> f64 {
        self.run.requests_a_second()
    }

    /// Prints the heading of the table.
    pub fn print_heading() {
        println!("| at {CONNECTIONS} connections | requests | a second | p50 ms | p99 ms | server CPU ms | database CPU ms | CPU ms |");
        println!("|---|---|---|---|---|---|---|---|");
    }

    /// Prints its row of the table.
    pub fn print(&self) {
        let (server, database) = self.each();
        println!(
            "| {} | {} | {:.1} | {:.0} | {:.0} | {server:.1} | {database:.1} | {:.1} |",
            self.name,
            self.run.requests(),
            self.run.requests_a_second(),
            self.run.percentile(50),
            self.run.percentile(99),
            server + database
        );
    }
}
