//! Where this service may be sent by what an administrator typed, or by what a provider's document says: identity providers
//! and webhooks alike.
//!
//! On a shared platform nobody may use such an address to reach what stands beside the service: only `https`, only
//! names, only public addresses, checked on the very addresses that are connected to. An installation whose provider
//! or receiver stands in its own network says so (`--private-issuers`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

const URL_CHARS_MAX: usize = 500;

/// How far requests may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses, by `https`.
    Public,
    /// Anywhere, by `http` too: what an installation in a network of its own allows.
    Anywhere,
}

impl Reach {
    /// An address this service may go to, or a sentence about why not.
    pub fn check(self, text: &str) -> Result<Url, &'static str> {
        if text.len() > URL_CHARS_MAX {
            return Err("It is too long.");
        }
        let url = Url::parse(text).map_err(|_| "It is not the address of a web page.")?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("It holds a user's name or password.");
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("It names no host.")?;
        if self == Self::Anywhere {
            return if matches!(url.scheme(), "https" | "http") { Ok(url) } else { Err("It does not begin with https://.") };
        }
        if url.scheme() != "https" {
            return Err("It does not begin with https://.");
        }
        // The parser has written every spelling of an IPv4 address (octal, one number, full-width digits) in four parts.
        if host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
            return Err("It names a host by number.");
        }
        if !host.trim_end_matches('.').contains('.') {
            return Err("Its host is not a name of the public internet.");
        }
        Ok(url)
    }

    /// A client whose requests go no further, follow nobody elsewhere, and take so long at most from the first to the last
    /// byte.
    pub fn client(self, time_max: Duration) -> reqwest::Result<Client> {
        let mut builder = Client::builder().timeout(time_max).redirect(Policy::none()).user_agent("goldenthread");
        if self == Self::Public {
            // A proxy would look names up itself, where nothing checks what they lead to.
            builder = builder.https_only(true).no_proxy().dns_resolver(PublicNames);
        }
        builder.build()
    }
}

/// Whether an address is one of the public internet's: not this machine's, this network's, a test's, a group's, or one
/// where clouds answer questions about the machine that asks.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    let special = matches!(
        (a, b, c, d),
        (0 | 10 | 127 | 224.., ..)
            | (100, 64..=127, ..)
            | (169, 254, ..)
            | (172, 16..=31, ..)
            | (192, 0, 0 | 2, _)
            | (192, 88, 99, _)
            | (192, 168, ..)
            | (198, 18 | 19, ..)
            | (198, 51, 100, _)
            | (203, 0, 113, _)
            // Azure's own, of every machine in it.
            | (168, 63, 129, 16)
    );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    // What a network of IPv6 alone makes of an IPv4 address.
    if parts[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        let [.., a, b, c, d] = address.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    let global = parts[0] & 0xe000 == 0x2000;
    let special = match parts[0] {
        // Protocols' own, tunnels among them; documentation.
        0x2001 => parts[1] < 0x200 || parts[1] == 0xdb8,
        // A tunnel to the IPv4 address inside it.
        0x2002 => true,
        0x3fff => parts[1] < 0x1000,
        _ => false,
    };
    global && !special
}

/// Looks names up, and takes only public addresses for an answer: what is checked is what is connected to.
pub struct PublicNames;

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            only_public(found)
        })
    }
}

/// The addresses of a name, if all are public: a name that also leads inside is not to be trusted at all.
fn only_public(found: Vec<SocketAddr>) -> Result<Addrs, Box<dyn std::error::Error + Send + Sync>> {
    if found.iter().any(|address| !is_public(address.ip())) {
        return Err("the name leads to an address that is not public".into());
    }
    Ok(Box::new(found.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOT_PUBLIC: &[&str] = &[
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::c0a8:1",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:0:7f00:1::",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
    ];

    const PUBLIC: &[&str] = &[
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700:4700::1111",
        "2a00:1450:4009::1",
        "3ffe::1",
    ];

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for text in NOT_PUBLIC {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in PUBLIC {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn one_inner_address_spoils_a_name() {
        let at = |text: &str| SocketAddr::new(text.parse().unwrap(), 443);
        assert_eq!(only_public(vec![at("8.8.8.8"), at("2a00:1450:4009::1")]).map(Iterator::count).unwrap(), 2);
        assert!(only_public(vec![at("8.8.8.8"), at("127.0.0.1")]).is_err());
        assert!(only_public(vec![at("::ffff:169.254.169.254")]).is_err());
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_not_resolved() {
        assert!(PublicNames.resolve("localhost".parse().unwrap()).await.is_err());
    }

    #[test]
    fn an_issuer_of_a_shared_platform_is_a_public_name_by_https() {
        for good in [
            "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
            "https://accounts.google.com",
            "https://keycloak.example.gov.uk:8443/realms/council",
            "https://example.gov.uk/keys?p=B2C_1_in",
        ] {
            assert!(Reach::Public.check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "accounts.google.com",
            "http://accounts.google.com",
            "ftp://accounts.google.com",
            "file:///etc/passwd",
            "https://",
            "https://user@accounts.google.com",
            "https://user:word@accounts.google.com",
            "https://:word@accounts.google.com",
            "https://8.8.8.8/",
            "https://127.0.0.1",
            "https://127.1",
            "https://0x7f.0.0.1",
            "https://0x7f000001",
            "https://2130706433",
            "https://0177.0.0.1",
            "https://017700000001",
            "https://①②⑦.0.0.1",
            "https://127.0.0.1.",
            "https://[::1]",
            "https://[::ffff:127.0.0.1]",
            "https://[64:ff9b::7f00:1]",
            "https://localhost",
            "https://localhost.",
            "https://metadata",
            "gopher://169.254.169.254/",
        ] {
            assert!(Reach::Public.check(bad).is_err(), "{bad}");
        }
        assert!(Reach::Public.check(&format!("https://example.gov.uk/{}", "a".repeat(URL_CHARS_MAX))).is_err());
    }

    #[test]
    fn a_network_of_ones_own_allows_more_and_not_everything() {
        for good in ["http://127.0.0.1:9400", "https://keycloak/realms/council", "http://[::1]:8080"] {
            assert!(Reach::Anywhere.check(good).is_ok(), "{good}");
        }
        for bad in ["http://user@127.0.0.1", "ftp://127.0.0.1", "file:///etc/passwd", "nonsense"] {
            assert!(Reach::Anywhere.check(bad).is_err(), "{bad}");
        }
    }
}
