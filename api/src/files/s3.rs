//! Files in a bucket that speaks S3: what several nodes share.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientConfigKey, ObjectStore, RetryConfig};

use crate::error::{ContextExt, Error, Result};

/// How addresses of buckets begin.
pub const SCHEME: &str = "s3://";
/// How long connecting may take.
const CONNECT_SECONDS: u64 = 3;
/// How long a server may say nothing while it is read from. A large file may take longer than this in all.
const SILENCE_SECONDS: u64 = 15;
/// How long one request may take in all: a part of eight megabytes over a slow line.
const REQUEST_SECONDS: u64 = 60;
/// How often, and for how long, a request is tried again that a server answered with a fault of its own, or not at all. Long
/// enough for a bucket's own fail-over; short enough that whoever waits is told.
const TRIES_AGAIN: usize = 4;
const TRYING_MAX: Duration = Duration::from_secs(12);

/// A bucket, or the part of one below a prefix: `s3://bucket/prefix`. Who may and where it is says the environment, as for
/// every program that speaks S3: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`,
/// `AWS_VIRTUAL_HOSTED_STYLE_REQUEST`, `AWS_ALLOW_HTTP`; without keys, the machine's or container's own role.
pub fn open(address: &str) -> Result<Arc<dyn ObjectStore>> {
    open_with(address, std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))))
}

/// The same with an environment of one's own.
pub fn open_with(address: &str, environment: impl Iterator<Item = (String, String)>) -> Result<Arc<dyn ObjectStore>> {
    let refused = || Error::bad_input(format!("`{address}` names no bucket: say `s3://bucket` or `s3://bucket/prefix`."));
    let (bucket, prefix) = parts(address).ok_or_else(refused)?;
    let seconds = |seconds: u64| format!("{seconds} seconds");
    let mut builder = AmazonS3Builder::new()
        .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::ConnectTimeout), seconds(CONNECT_SECONDS))
        .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::ReadTimeout), seconds(SILENCE_SECONDS))
        .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::Timeout), seconds(REQUEST_SECONDS));
    for (name, value) in environment {
        if let Some(key) = name.strip_prefix("AWS_").and_then(|_| name.to_ascii_lowercase().parse().ok()) {
            builder = builder.with_config(key, value);
        }
    }
    let endpoint = [AmazonS3ConfigKey::S3Endpoint, AmazonS3ConfigKey::Endpoint].iter().find_map(|key| builder.get_config_value(key));
    let plain = builder.get_config_value(&AmazonS3ConfigKey::Client(ClientConfigKey::AllowHttp)).is_some_and(|allow| allow == "true");
    if endpoint.is_some_and(|endpoint| !endpoint.starts_with("https://")) && !plain {
        return Err(Error::bad_input("The bucket for files is reached by https alone, unless AWS_ALLOW_HTTP=true says otherwise."));
    }
    let backoff = BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(3), base: 2.0 };
    let retry = RetryConfig { backoff, max_retries: TRIES_AGAIN, retry_timeout: TRYING_MAX };
    let store = builder.with_bucket_name(bucket).with_retry(retry).build().context("opening the bucket for files")?;
    Ok(if prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, prefix)) })
}

/// Bucket and prefix of an address.
fn parts(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix(SCHEME)?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let named = !bucket.is_empty() && bucket.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    named.then_some((bucket, prefix.trim_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_bucket_and_perhaps_a_prefix() {
        for (address, expected) in [
            ("s3://performance", Some(("performance", ""))),
            ("s3://performance/", Some(("performance", ""))),
            ("s3://performance/golden/thread/", Some(("performance", "golden/thread"))),
            ("s3://", None),
            ("s3:///golden", None),
            ("s3://a b", None),
            ("s3://key:secret@host/bucket", None),
            ("https://bucket", None),
        ] {
            assert_eq!(parts(address), expected, "{address}");
        }
    }

    #[test]
    fn plain_http_is_spoken_only_where_it_is_asked_for() {
        let environment = |allow: Option<&'static str>| {
            let always = [("AWS_ACCESS_KEY_ID", "k"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_ENDPOINT_URL", "http://127.0.0.1:9")];
            always.into_iter().chain(allow.map(|allow| ("AWS_ALLOW_HTTP", allow))).map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let opened = |allow| open_with("s3://performance", environment(allow)).map(drop).map_err(|error| error.log_text());
        assert_eq!(opened(Some("true")), Ok(()));
        for allow in [None, Some("false")] {
            assert!(opened(allow).unwrap_err().contains("https alone"));
        }
    }
}
