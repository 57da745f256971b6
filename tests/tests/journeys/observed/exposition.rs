//! Reads metrics as Prometheus does, and minds their manners: names, types, units and helps, as OpenMetrics 1.0 has them.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use tests::Harness;
use tokio::net::TcpListener;

/// A metric as it is described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    pub kind: String,
    pub help: String,
    pub unit: Option<String>,
}

/// What was gathered at one time.
#[derive(Debug, Default)]
pub struct Exposition {
    pub described: BTreeMap<String, Described>,
    /// Samples by name and labels, as they are written.
    pub samples: BTreeMap<String, f64>,
}

/// Gathers the metrics of a product over HTTP, as its own listener serves them.
pub async fn gather(harness: &Harness) -> Exposition {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/metrics", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(goldenthread::http::measured::serve(listener, harness.app.clone()));
    let read = fetched(&url).await;
    serving.abort();
    read
}

/// Gathers from an address.
pub async fn fetched(url: &str) -> Exposition {
    let response = reqwest::get(url).await.expect("is answered");
    assert_eq!(response.status(), 200);
    let media = response.headers()["content-type"].to_str().expect("text").to_owned();
    assert_eq!(media, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    read(&response.text().await.expect("text"))
}

impl Exposition {
    /// The value of a sample: `name{label="value",…}` as it is written, 0 when there is none.
    pub fn value(&self, sample: &str) -> f64 {
        self.samples.get(sample).copied().unwrap_or_default()
    }

    /// The names samples of the metrics may have.
    pub fn names(&self) -> BTreeSet<String> {
        let endings = |kind: &str| match kind {
            "counter" => vec!["_total"],
            "histogram" => vec!["_bucket", "_sum", "_count"],
            "info" => vec!["_info"],
            _ => vec![""],
        };
        self.described.iter().flat_map(|(name, of)| endings(&of.kind).into_iter().map(move |ending| format!("{name}{ending}"))).collect()
    }
}

/// Reads an exposition line by line.
#[track_caller]
fn read(text: &str) -> Exposition {
    let sample = Regex::new(r#"^([a-z_][a-z0-9_]*)(\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)*\})? (\S+)$"#).expect("a pattern");
    let body = text.strip_suffix("# EOF\n").expect("ends as it should");
    let mut read = Exposition::default();
    let mut at = String::new();
    for line in body.lines() {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match words.as_slice() {
            ["#", "HELP", name, help] => {
                at = (*name).to_owned();
                let described = Described { kind: String::new(), help: (*help).to_owned(), unit: None };
                assert_eq!(read.described.insert(at.clone(), described), None, "{name} is described twice");
                assert!(help.len() > 10 && help.ends_with('.'), "{line}");
            }
            ["#", "TYPE", name, kind] => {
                assert_eq!(*name, at, "the type stands below the help");
                read.described.get_mut(&at).expect("described").kind = (*kind).to_owned();
            }
            ["#", "UNIT", name, unit] => {
                assert_eq!(*name, at, "the unit stands below the type");
                read.described.get_mut(&at).expect("described").unit = Some((*unit).to_owned());
            }
            _ => {
                let parts = sample.captures(line).unwrap_or_else(|| panic!("no sample: {line}"));
                assert!(parts[1].starts_with(&at) && !at.is_empty(), "{line} stands below {at}");
                let value: f64 = parts[3].parse().unwrap_or_else(|why| panic!("{why}: {line}"));
                let labels = parts.get(2).map_or("", |labels| labels.as_str());
                assert_eq!(read.samples.insert(format!("{}{labels}", &parts[1]), value), None, "{line} comes twice");
            }
        }
    }
    mannered(&read);
    read
}

/// What `promtool check metrics` minds, and OpenMetrics demands.
#[track_caller]
fn mannered(read: &Exposition) {
    let names = read.names();
    for (name, of) in &read.described {
        assert!(name.starts_with("goldenthread_") || name.starts_with("process_"), "{name}");
        assert!(!of.kind.is_empty() && of.kind != "unknown", "{name} has no type");
        assert!(!name.ends_with("_total") && !name.ends_with("_info"), "{name}: the ending is the samples'");
        assert!(of.kind != "counter" || !name.contains("milli"), "{name}: base units");
        match &of.unit {
            Some(unit) => assert!(["seconds", "bytes"].contains(&unit.as_str()) && name.ends_with(&format!("_{unit}")), "{name} in {unit}"),
            None => assert!(!name.ends_with("_seconds") && !name.ends_with("_bytes"), "{name} does not say its unit"),
        }
    }
    for sample in read.samples.keys() {
        let name = sample.split('{').next().expect("a name");
        assert!(names.contains(name), "{sample} is of no metric that is described");
    }
    let bucket = Regex::new(r#"^(.*)_bucket\{(.*?),?le="([^"]+)"(.*)\}$"#).expect("a pattern");
    let mut series: BTreeMap<(String, String), Vec<(f64, f64)>> = BTreeMap::new();
    for (sample, value) in &read.samples {
        if let Some(parts) = bucket.captures(sample) {
            let bound = if &parts[3] == "+Inf" { f64::INFINITY } else { parts[3].parse().expect("a bound") };
            series.entry((parts[1].to_owned(), format!("{}{}", &parts[2], &parts[4]))).or_default().push((bound, *value));
        }
    }
    assert!(!series.is_empty());
    for ((name, labels), mut buckets) in series {
        buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(buckets.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{name}{{{labels}}} falls: {buckets:?}");
        let (last, all) = *buckets.last().expect("a bucket");
        assert!(last.is_infinite(), "{name}{{{labels}}} has no end");
        let count = if labels.is_empty() { format!("{name}_count") } else { format!("{name}_count{{{}}}", labels.trim_matches(',')) };
        assert_eq!(read.samples.get(&count), Some(&all), "{count}");
    }
}
