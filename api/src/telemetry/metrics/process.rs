//! What the system says of this process, under the names Prometheus has for it. Read when asked for; what cannot be read is left out.

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Unit;

/// Ticks of processor time a second, as Linux tells it to programs.
const TICKS: f64 = 100.0;

/// This process.
#[derive(Debug)]
pub struct Process {
    /// When it was begun, in seconds since 1970.
    pub started: f64,
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let mut gauge = |name: &str, help: &str, unit: Option<Unit>, value: Option<f64>| {
            let Some(value) = value else { return Ok(()) };
            ConstGauge::new(value).encode(encoder.encode_descriptor(name, help, unit.as_ref(), MetricType::Gauge)?)
        };
        gauge("process_start_time", "When the process began, since 1970.", Some(Unit::Seconds), Some(self.started))?;
        gauge("process_resident_memory", "Memory in use.", Some(Unit::Bytes), resident_bytes())?;
        gauge("process_open_fds", "Open files and sockets.", None, open_files())?;
        gauge("process_max_fds", "Files and sockets that may be open.", None, files_max())?;
        if let Some(seconds) = processor_seconds() {
            let help = "Processor time used.";
            let described = encoder.encode_descriptor("process_cpu", help, Some(&Unit::Seconds), MetricType::Counter)?;
            ConstCounter::new(seconds).encode(described)?;
        }
        Ok(())
    }
}

fn resident_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kilobytes| kilobytes * 1_024.0)
}

fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in brackets, which may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = |at: usize| fields.split_whitespace().nth(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

fn open_files() -> Option<f64> {
    std::fs::read_dir("/proc/self/fd").ok().map(|open| open.count() as f64)
}

fn files_max() -> Option<f64> {
    rlimit::Resource::NOFILE.get_soft().ok().map(|most| most as f64)
}
