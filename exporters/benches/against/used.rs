//! Processor time, as Linux tells it.

use std::fs;

/// Processor time is told in hundredths of a second, too coarse for one pack: this one is told in nanoseconds.
fn own() -> f64 {
    let told = fs::read_to_string("/proc/self/schedstat").unwrap();
    told.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// Seconds the threads of children that ended have used.
pub fn of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    [13, 14].iter().map(|at| fields[*at].parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

/// Seconds of processor time something takes. All threads it starts are waited for and counted: the clock of a process
/// counts them when they have ended.
pub fn seconds_of<T>(mut done: impl FnMut() -> T) -> f64 {
    let (before, clock) = (all_threads(), own());
    std::hint::black_box(done());
    let (after, ended) = (all_threads(), own());
    // The finer clock where there was one thread alone.
    (ended - clock).max(after - before)
}

fn all_threads() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    [11, 12].iter().map(|at| fields[*at].parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

/// The middle one of some.
pub fn middle(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
