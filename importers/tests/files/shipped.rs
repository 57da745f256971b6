//! The data shipped with the product, through the readers of what councils send: whole, without a remark, and consistent.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use importers::areas;
use importers::catalogue::{self, CatalogueKind};
use importers::neighbours::{self, ListKind, Named, Neighbour};
use importers::{Limits, Severity};
use rules::area::{AuthorityType, Register, SuccessionKind};

fn shipped(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../reference").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn register() -> Register {
    let [named, followed] = ["areas.csv", "successions.csv"].map(|name| areas::read(&shipped(name), name, &Limits::default()));
    assert_eq!((named.diagnostics, followed.diagnostics), (vec![], vec![]));
    let successions: Vec<_> = followed.successions.into_iter().map(|listed| listed.row).collect();
    Register::new(named.areas.into_iter().map(|listed| listed.row).collect(), successions)
}

#[test]
fn the_register_has_every_authority_that_stands() {
    let register = register();
    let mut standing: HashMap<AuthorityType, usize> = HashMap::new();
    for area in register.areas().iter().filter(|area| area.until.is_none()) {
        *standing.entry(area.kind).or_default() += 1;
    }
    let count = |kind| standing.get(&kind).copied().unwrap_or_default();
    let england = [
        AuthorityType::County,
        AuthorityType::District,
        AuthorityType::Unitary,
        AuthorityType::MetropolitanDistrict,
        AuthorityType::LondonBorough,
    ];
    // As many as local government in England has had since 2023.
    assert_eq!(england.map(count), [21, 164, 63, 36, 33]);
    let nations = [AuthorityType::ScottishCouncil, AuthorityType::WelshCouncil, AuthorityType::NiDistrict, AuthorityType::Region];
    assert_eq!(nations.map(count), [32, 22, 11, 9]);
    let english = |area: &&rules::area::Area| area.code.starts_with('E') && area.kind.is_authority();
    assert!(register.areas().iter().filter(english).all(|area| area.region.is_some()));
    assert_eq!(register.find("E07000011").map(|area| area.name.as_str()), Some("Huntingdonshire"));
    assert_eq!(register.find("E07000112").map(|area| area.name.as_str()), Some("Folkestone and Hythe"));
}

#[test]
fn whoever_ended_was_followed_by_somebody() {
    let register = register();
    let lists = areas::read(&shipped("successions.csv"), "successions.csv", &Limits::default());
    let known: HashSet<_> = register.areas().iter().map(|area| area.code.as_str()).collect();
    for listed in &lists.successions {
        let (row, cell) = (&listed.row, &listed.place.cell);
        assert!(known.contains(row.from.as_str()) && known.contains(row.to.as_str()), "{cell}");
        let last = register.find(&row.from).and_then(|area| area.until);
        assert_eq!(last.and_then(|last| last.succ_opt()), Some(row.on), "{cell}: {} ends the day before", row.from);
        assert_eq!(register.areas().iter().find(|area| area.code == row.to).and_then(|area| area.from), Some(row.on), "{cell}");
    }
    for area in register.areas().iter().filter(|area| area.until.is_some() && area.name != "Shepway") {
        assert!(!register.successors_at_last(&area.code).is_empty(), "{} {}", area.code, area.name);
    }
    assert_eq!(register.successors_at_last("E07000190"), ["E06000066"]);
    assert_eq!(register.successors_at_last("E08000016"), ["E08000038"]);
    assert_eq!(register.successors_at_last("E10000009"), ["E06000058", "E06000059"]);
    assert_eq!(register.line("E06000057"), ["E06000048", "E06000057"]);
    let split = lists.successions.iter().filter(|listed| listed.row.kind == SuccessionKind::Split).count();
    // Bedfordshire, Cheshire, Dorset, Northamptonshire and Cumbria, each to two.
    assert_eq!(split, 10);
}

fn code(named: &Named) -> &str {
    named.code.as_ref().map_or("", |text| &text.text)
}

#[test]
fn neighbours_are_of_the_register_and_each_has_its_place() {
    let register = register();
    for (name, each, areas) in [("neighbours/ons-2025.csv", 20, 3 * 382), ("neighbours/dfe-2025.csv", 10, 158)] {
        let lists = neighbours::read(&shipped(name), name, &Limits::default(), None);
        let worth: Vec<_> = lists.diagnostics.iter().filter(|d| d.severity != Severity::Info).collect();
        assert_eq!((lists.kind, worth.len()), (Some(ListKind::Neighbours), 0), "{name}: {worth:?}");
        let mut whose: HashMap<(Option<&str>, &str), Vec<&Neighbour>> = HashMap::new();
        for neighbour in &lists.neighbours {
            whose.entry((neighbour.model.as_deref(), code(&neighbour.area))).or_default().push(neighbour);
            assert!(register.find(code(&neighbour.area)).is_some() && register.find(code(&neighbour.neighbour)).is_some(), "{neighbour:?}");
            assert_ne!(code(&neighbour.area), code(&neighbour.neighbour));
        }
        assert_eq!(whose.len(), areas, "{name}");
        for (area, neighbours) in whose {
            assert!(neighbours.iter().map(|neighbour| neighbour.place).eq(1..=each), "{name}: {area:?}");
        }
    }
}

#[test]
fn catalogues_are_whole() {
    for (name, metrics, without) in [("catalogues/oflog.csv", 30, 0), ("catalogues/local-outcomes-framework.csv", 12, 8)] {
        let reading = catalogue::read(&shipped(name), name, &Limits::default());
        assert_eq!((reading.kind, reading.metrics.len(), reading.diagnostics), (Some(CatalogueKind::Own), metrics, vec![]), "{name}");
        assert_eq!(reading.metrics.iter().filter(|listed| listed.metric.source.is_none()).count(), without, "{name}");
        assert!(reading.metrics.iter().all(|listed| listed.metric.note.is_some()), "{name}: whose wording it is");
    }
}
