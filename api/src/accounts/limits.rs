//! How often a password may be tried.
//!
//! A council's staff often share one network address, so nothing here closes an address to everybody, and nothing a
//! guesser does elsewhere closes an account to its person at the desk they usually sign in from:
//!
//! 1. One account from one address: after [`IN_A_ROW`] failures in a row each further try waits, 1 minute, 2, 4, 8,
//!    then 15 every time.
//! 2. One account from everywhere: after [`OF_ACCOUNT`] failures in an hour only addresses this account has signed in
//!    from in the last 90 days may try it.
//! 3. One address, every account: after [`OF_ADDRESS`] failures in a quarter of an hour only accounts that have signed
//!    in from there before may be tried from it.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};

/// Failures in a row before an account waits at an address.
pub const IN_A_ROW: i64 = 5;
/// Failures of one account in an hour, from everywhere.
pub const OF_ACCOUNT: i64 = 50;
/// Failures from one address in a quarter of an hour.
pub const OF_ADDRESS: i64 = 100;

/// Failures further back do not count as in a row.
pub const ROW_KEPT: Duration = Duration::hours(24);
pub const OF_ACCOUNT_WITHIN: Duration = Duration::hours(1);
pub const OF_ADDRESS_WITHIN: Duration = Duration::minutes(15);
/// How long an account is known at an address it signed in from; tries further back are forgotten.
pub const KNOWN_FOR: Duration = Duration::days(90);
/// The longest wait of one account at one address.
const WAIT_MAX: Duration = Duration::minutes(15);

/// What was tried before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Failures of the account from the address since it last signed in there.
    pub in_a_row: i64,
    /// The latest of them.
    pub last_failed: Option<DateTime<Utc>>,
    /// The 50th-last failure of the account, if it is within the hour.
    pub of_account: Option<DateTime<Utc>>,
    /// The 100th-last failure from the address, if it is within the quarter of an hour.
    pub of_address: Option<DateTime<Utc>>,
    /// Whether the account has signed in from the address before.
    pub known_here: bool,
}

/// Which rule makes somebody wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    Pair,
    Account,
    Address,
}

/// Whether a try must wait: by which rule and how long. The longest of the waits is told.
pub fn wait(tally: &Tally, now: DateTime<Utc>) -> Option<(Rule, Duration)> {
    let pair = tally.last_failed.map(|last| last + delay(tally.in_a_row));
    let account = tally.of_account.filter(|_| !tally.known_here).map(|first| first + OF_ACCOUNT_WITHIN);
    let address = tally.of_address.filter(|_| !tally.known_here).map(|first| first + OF_ADDRESS_WITHIN);
    [(Rule::Pair, pair), (Rule::Account, account), (Rule::Address, address)]
        .into_iter()
        .filter_map(|(rule, until)| Some((rule, until? - now)))
        .filter(|(_, left)| *left > Duration::zero())
        .max_by_key(|(_, left)| *left)
}

/// The wait after so many failures in a row.
fn delay(in_a_row: i64) -> Duration {
    match in_a_row - IN_A_ROW {
        ..0 => Duration::zero(),
        over @ 0..=3 => Duration::minutes(1 << over),
        _ => WAIT_MAX,
    }
}

/// What limits take for an address. One subscriber has a whole /64 of IPv6 to try from; requests that say no address
/// are of one.
pub fn place(address: Option<IpAddr>) -> String {
    match address {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_728_896_400 + minute * 60, 0).expect("an instant")
    }

    #[test]
    fn waits_double_from_a_minute_to_a_quarter_of_an_hour() {
        let minutes: Vec<i64> = (0..12).map(|n| delay(n).num_minutes()).collect();
        assert_eq!(minutes, [0, 0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15]);
        assert_eq!(delay(i64::MAX), WAIT_MAX);
    }

    #[test]
    fn an_account_known_at_the_address_waits_for_its_own_failures_only() {
        let stormed = Tally { of_account: Some(at(-59)), of_address: Some(at(-14)), ..Tally::default() };
        assert_eq!(wait(&stormed, at(0)), Some((Rule::Address, Duration::minutes(1))));
        assert_eq!(wait(&Tally { known_here: true, ..stormed }, at(0)), None);
        let own = Tally { in_a_row: 7, last_failed: Some(at(-1)), known_here: true, ..stormed };
        assert_eq!(wait(&own, at(0)), Some((Rule::Pair, Duration::minutes(3))));
        assert_eq!(wait(&own, at(3)), None);
    }

    #[test]
    fn a_subscriber_has_one_place_whatever_address_of_theirs_they_use() {
        let place_of = |text: &str| place(Some(text.parse().expect("an address")));
        assert_eq!(place_of("2001:db8:1:2:3:4:5:6"), place_of("2001:db8:1:2::1"));
        assert_ne!(place_of("2001:db8:1:2::1"), place_of("2001:db8:1:3::1"));
        assert_ne!(place_of("192.0.2.1"), place_of("192.0.2.2"));
        assert_eq!(place(None), "unknown");
    }

    proptest! {
        /// Whoever tries again the moment they may gets no more tries in a day than the schedule gives, and never
        /// waits longer than a quarter of an hour.
        #[test]
        fn a_day_of_guessing_gets_no_more_tries_than_the_schedule_gives(every in 1_i64..1800) {
            let (mut tally, mut tries, mut second) = (Tally::default(), 0, 0);
            while second < 86_400 {
                let now = at(0) + Duration::seconds(second);
                match wait(&tally, now) {
                    None => {
                        tries += 1;
                        tally = Tally { in_a_row: tally.in_a_row + 1, last_failed: Some(now), ..tally };
                    }
                    Some((rule, left)) => {
                        prop_assert_eq!(rule, Rule::Pair);
                        prop_assert!(left <= WAIT_MAX);
                    }
                }
                second += every;
            }
            // Five at once, four more within a quarter of an hour, then four an hour.
            prop_assert!(tries <= 5 + 4 + 24 * 4, "{} tries", tries);
        }

        /// More failures never mean a shorter wait, and time passing never a longer one.
        #[test]
        fn waits_only_grow_with_failures_and_only_shrink_with_time(failures in 0_i64..1000, since in 0_i64..10_000) {
            let tally = |n: i64| Tally { in_a_row: n, last_failed: Some(at(0)), ..Tally::default() };
            let left = |n: i64, seconds: i64| wait(&tally(n), at(0) + Duration::seconds(seconds)).map_or(Duration::zero(), |(_, left)| left);
            prop_assert!(left(failures + 1, since) >= left(failures, since));
            prop_assert!(left(failures, since + 1) <= left(failures, since));
        }
    }
}
