//! Reorganisations as they happened, and registers with mistakes in them.

use chrono::NaiveDate;

use super::{Area, AuthorityType, Register, Succession, SuccessionKind};

mod names;
mod services;
mod successions;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn area(code: &str, name: &str, from: &str, until: &str) -> Area {
    let kind = AuthorityType::of_code(code).unwrap_or(AuthorityType::District);
    Area { code: code.to_owned(), name: name.to_owned(), kind, region: None, from: from.parse().ok(), until: until.parse().ok() }
}

fn succession(from: &str, to: &str, on: &str, kind: SuccessionKind) -> Succession {
    Succession { from: from.to_owned(), to: to.to_owned(), on: day(on), kind }
}

/// Somerset 2019 and 2023, Northamptonshire 2021, Gateshead's new code of 2013, Shepway's new name of 2018.
fn england() -> Register {
    use SuccessionKind::{Abolished, Merged, Renamed, Split};
    let areas = vec![
        area("E07000190", "Taunton Deane", "", "2019-03-31"),
        area("E07000191", "West Somerset", "", "2019-03-31"),
        area("E07000246", "Somerset West and Taunton", "2019-04-01", "2023-03-31"),
        area("E07000187", "Mendip", "", "2023-03-31"),
        area("E10000027", "Somerset", "", "2023-03-31"),
        area("E06000066", "Somerset", "2023-04-01", ""),
        area("E10000021", "Northamptonshire", "", "2021-03-31"),
        area("E07000150", "Corby", "", ""),
        area("E06000061", "North Northamptonshire", "2021-04-01", ""),
        area("E06000062", "West Northamptonshire", "2021-04-01", ""),
        area("E08000020", "Gateshead", "", "2013-03-31"),
        area("E08000037", "Gateshead", "2013-04-01", ""),
        area("E07000112", "Shepway", "", "2018-03-31"),
        area("E07000112", "Folkestone and Hythe", "2018-04-01", ""),
        area("E07000011", "Huntingdonshire", "", ""),
        area("E12000006", "East of England", "", ""),
    ];
    let successions = vec![
        succession("E07000190", "E07000246", "2019-04-01", Merged),
        succession("E07000191", "E07000246", "2019-04-01", Merged),
        succession("E07000246", "E06000066", "2023-04-01", Abolished),
        succession("E07000187", "E06000066", "2023-04-01", Abolished),
        succession("E10000027", "E06000066", "2023-04-01", Abolished),
        succession("E10000021", "E06000061", "2021-04-01", Split),
        succession("E10000021", "E06000062", "2021-04-01", Split),
        succession("E07000150", "E06000061", "2021-04-01", Abolished),
        succession("E08000020", "E08000037", "2013-04-01", Renamed),
        succession("E07000112", "E07000112", "2018-04-01", Renamed),
    ];
    Register::new(areas, successions)
}
