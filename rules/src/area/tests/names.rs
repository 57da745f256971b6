use super::{area, england};
use crate::area::{Area, Register, place_key};

fn codes(areas: &[&Area]) -> Vec<String> {
    areas.iter().map(|area| area.code.clone()).collect()
}

#[test]
fn spellings_of_one_council_are_one() {
    for (key, names) in [
        ("nottingham", &["Nottingham", "NOTTINGHAM  ", "City of Nottingham UA", "Nottingham City Council", "Nottingham\u{a0}UA"][..]),
        ("devon", &["Devon", "Devon County Council", "Devon CC"]),
        ("huntingdonshire", &["Huntingdonshire ", "Huntingdonshire District Council", "Huntingdonshire DC"]),
        ("bristol", &["Bristol UA", "Bristol, City of", "Bristol, City of a", "City of Bristol", "Bristol City Council"]),
        ("herefordshire", &["Herefordshire, County of ", "Herefordshire UA", "County of Herefordshire"]),
        ("kings lynn and west norfolk", &["King's Lynn & West Norfolk", "King\u{2019}s Lynn and West Norfolk BC"]),
        ("st helens", &["St Helens", "St. Helens", "Saint Helens MBC"]),
        ("brent", &["Brent LB", "London Borough of Brent", "LB Brent"]),
        ("durham", &["County Durham", "Durham UA"]),
        ("kensington and chelsea", &["Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"]),
        ("telford and wrekin", &["Telford and the Wrekin UA", "Telford & Wrekin"]),
        ("newcastle upon tyne", &["Newcastle-upon-Tyne", "Newcastle upon Tyne"]),
        ("isles of scilly", &["Council of the Isles of Scilly", "Isles of Scilly"]),
        ("city of london", &["City of London", "City of London Corporation", "London, City of"]),
        ("london", &["London"]),
        ("havant", &["Havant (e)", "Havant"]),
        ("county", &["County"]),
        ("", &["", "  "]),
    ] {
        for name in names {
            assert_eq!(place_key(name), key, "{name}");
        }
    }
    assert_ne!(place_key("Gloucester"), place_key("Gloucestershire"));
    assert_ne!(place_key("Newcastle-under-Lyme"), place_key("Newcastle upon Tyne"));
}

#[test]
fn a_name_finds_every_place_that_has_it_under_any_of_its_names() {
    let england = england();
    assert_eq!(codes(&england.named("Somerset Council")), ["E06000066", "E10000027"]);
    assert_eq!(codes(&england.named("Huntingdonshire D.C.")), [] as [&str; 0]);
    assert_eq!(codes(&england.named("HUNTINGDONSHIRE DC ")), ["E07000011"]);
    assert_eq!(codes(&england.named("Shepway")), ["E07000112"]);
    assert_eq!(codes(&england.named("Folkestone & Hythe District Council")), ["E07000112"]);
    assert_eq!(england.find(" e07000112").map(|area| area.name.as_str()), Some("Folkestone and Hythe"));
    assert_eq!(england.find("E07000113"), None);
}

#[test]
fn a_slip_of_the_hand_in_a_code_is_answered_with_the_nearest() {
    let england = england();
    // A letter O for a nought, a digit left out, two changed about, one too many.
    for slip in ["E0700O187", "E0700187", "E07001087", "E070001877"] {
        assert_eq!(codes(&england.nearest(slip, 3)), ["E07000187"], "{slip}");
    }
    assert_eq!(codes(&england.nearest("S99999999", 3)), [] as [&str; 0]);
    // Two names of one code are one place.
    assert_eq!(codes(&england.nearest("E0700O112", 1)), ["E07000112"]);
    // E07000190 and E07000191 are both one slip away from E07000199.
    assert_eq!(codes(&england.nearest("E07000199", 3)), ["E07000190", "E07000191"]);
}

#[test]
fn two_digits_changed_about_are_one_slip() {
    let register = Register::new(vec![area("E07000187", "Mendip", "", ""), area("E07001066", "Elsewhere", "", "")], Vec::new());
    // Changed about it is the one; with two digits changed it is the other.
    assert_eq!(codes(&register.nearest("E07001087", 1)), ["E07000187"]);
}

#[test]
fn a_code_that_might_be_any_of_many_is_answered_with_none() {
    let many = (0..30).map(|n| area(&format!("E070000{n:02}"), &format!("Place {n}"), "", "")).collect();
    let register = Register::new(many, Vec::new());
    assert_eq!(codes(&register.nearest("E07000099", 2)), [] as [&str; 0]);
    // Many are two slips away before the one that is one slip away is met.
    assert_eq!(codes(&register.nearest("E0700O029", 3)), ["E07000029"]);
}

#[test]
fn a_misspelt_name_is_answered_with_the_likest() {
    let england = england();
    assert_eq!(codes(&england.nearest("Huntingdonshre District Council", 1)), ["E07000011"]);
    assert_eq!(codes(&england.nearest("Folkstone and Hythe", 1)), ["E07000112"]);
    assert_eq!(codes(&england.nearest("North Northamptonshir", 2)), ["E06000061", "E10000021"]);
    assert_eq!(codes(&england.nearest("Aberdeen", 3)), [] as [&str; 0]);
    assert_eq!(codes(&england.nearest("", 3)), [] as [&str; 0]);
    assert_eq!(codes(&england.nearest(&"Mendip ".repeat(100_000), 1)), codes(&england.nearest(&"Mendip ".repeat(100), 1)));
}
