//! `goldenthread healthy`: whether the service of this machine answers, for whoever watches over containers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use super::serve::start;
use crate::config::Config;
use crate::error::{ContextExt, Error};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks the service that listens where this one would.
pub fn run(config: &Config) -> ExitCode {
    let url = format!("http://{}/healthz", reached_at(config.listen));
    start(async move {
        let client = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build().context("preparing to ask")?;
        let answer = client.get(&url).send().await.map_err(|why| Error::internal("asking whether the service answers", &why))?;
        Ok(if answer.status().is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

/// Where a service is reached from its own machine that listens everywhere.
fn reached_at(listen: SocketAddr) -> SocketAddr {
    let here = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(here, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_that_listens_everywhere_is_asked_here() {
        for (listen, asked) in [("0.0.0.0:8080", "127.0.0.1:8080"), ("[::]:80", "[::1]:80"), ("10.1.2.3:8080", "10.1.2.3:8080")] {
            assert_eq!(reached_at(listen.parse().unwrap()).to_string(), asked);
        }
    }
}
