use crate::area::{AuthorityType, ServiceArea, is_area_code};

/// What gov.uk and the Acts named beside each service say of two tiers.
#[test]
fn in_two_tiers_each_service_has_one_and_corporate_both() {
    for service in ServiceArea::ALL.iter().copied() {
        let tiers = [AuthorityType::County, AuthorityType::District].map(|kind| service.responsible(kind));
        let both = service == ServiceArea::Corporate;
        assert_eq!(tiers.iter().filter(|tier| **tier).count(), if both { 2 } else { 1 }, "{service}");
    }
    for (service, county) in [
        (ServiceArea::AdultSocialCare, true),
        (ServiceArea::Highways, true),
        (ServiceArea::Libraries, true),
        (ServiceArea::WasteDisposal, true),
        (ServiceArea::MineralsAndWastePlanning, true),
        (ServiceArea::WasteCollection, false),
        (ServiceArea::Planning, false),
        (ServiceArea::Homelessness, false),
        (ServiceArea::CouncilTax, false),
        (ServiceArea::StreetCleansing, false),
    ] {
        assert_eq!(service.responsible(AuthorityType::County), county, "{service}");
    }
}

#[test]
fn what_others_do_outside_england_and_london_is_nobodys_here() {
    let kinds = |service: ServiceArea| service.responsible_types().map(AuthorityType::code).collect::<Vec<_>>();
    assert_eq!(kinds(ServiceArea::PublicHealth), ["COUNTY", "UNITARY", "METROPOLITAN_DISTRICT", "LONDON_BOROUGH"]);
    assert_eq!(
        kinds(ServiceArea::Homelessness),
        ["DISTRICT", "UNITARY", "METROPOLITAN_DISTRICT", "LONDON_BOROUGH", "SCOTTISH_COUNCIL", "WELSH_COUNCIL"]
    );
    assert_eq!(kinds(ServiceArea::Transport), ["COUNTY", "UNITARY", "SCOTTISH_COUNCIL", "WELSH_COUNCIL", "COMBINED_AUTHORITY"]);
    assert_eq!(kinds(ServiceArea::Corporate).len(), 9);
    assert!(ServiceArea::WasteCollection.responsible(AuthorityType::NiDistrict));
    assert!(!ServiceArea::Education.responsible(AuthorityType::NiDistrict));
}

#[test]
fn codes_say_what_sort_of_authority_has_them() {
    use AuthorityType as A;
    for (code, kind) in [
        ("E07000011", Some(A::District)),
        ("E10000008", Some(A::County)),
        ("E06000018", Some(A::Unitary)),
        ("E06000053", Some(A::Unitary)),
        ("E08000025", Some(A::MetropolitanDistrict)),
        ("E09000001", Some(A::LondonBorough)),
        ("E47000008", Some(A::CombinedAuthority)),
        ("s12000036", Some(A::ScottishCouncil)),
        ("W06000015", Some(A::WelshCouncil)),
        ("N09000003", Some(A::NiDistrict)),
        ("E12000006", Some(A::Region)),
        ("E92000001", Some(A::Nation)),
        ("K02000001", Some(A::Nation)),
        ("E23000001", None),
        ("E0700001", None),
        ("£07000011", None),
        ("", None),
    ] {
        assert_eq!(A::of_code(code), kind, "{code}");
    }
    assert!(is_area_code("K04000001") && is_area_code("n09000003"));
    assert!(!is_area_code("E0700001l") && !is_area_code("E070000111") && !is_area_code("X07000011"));
}
