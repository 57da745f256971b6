use super::*;

fn csv(text: &str) -> NeighbourLists {
    read(text.as_bytes(), "list.csv", &Limits::default(), None)
}

fn said(lists: &NeighbourLists) -> Vec<String> {
    lists.diagnostics.iter().map(|d| format!("{} {}", d.code, d.places[0].cell)).collect()
}

fn words(named: &Named) -> String {
    [&named.code, &named.name].into_iter().flatten().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn all(lists: &NeighbourLists) -> Vec<String> {
    let line = |one: &Neighbour| {
        let closeness = one.closeness.as_ref().map(|words| format!(" {words}")).unwrap_or_default();
        format!("{} {} {}{closeness}", words(&one.area), one.place, words(&one.neighbour))
    };
    lists.neighbours.iter().map(line).collect()
}

#[test]
fn the_statisticians_neighbours_stand_beside_their_area() {
    let lists = csv("Table 7a: Global statistical nearest neighbours,Back\nThere is 1 table on this tab.\n\
         Local Authority Code,Local Authority Name,Neighbour 1: code,Neighbour 1: name,Neighbour 2: code,Neighbour 2: name\n\
         E07000011,Huntingdonshire,E10000031,Warwickshire,E06000011,East Riding of Yorkshire\n,Nobody,E06000001,,,\n");
    assert_eq!(lists.kind, Some(ListKind::OfficeForNationalStatistics));
    assert_eq!(
        all(&lists),
        ["E07000011 Huntingdonshire 1 E10000031 Warwickshire", "E07000011 Huntingdonshire 2 E06000011 East Riding of Yorkshire"]
    );
    assert_eq!(lists.neighbours[0].model.as_deref(), Some("Global statistical nearest neighbours"));
    assert_eq!((lists.neighbours[1].at.cell.as_str(), said(&lists)), ("E4", vec!["LST-002 A5".to_owned()]));
}

#[test]
fn the_departments_numbers_become_names() {
    let text =
        "A,B,C,D,E,F\n1,2,3,4,5,6\nLA num,LA Name,SN1,SNP,SN2,SNP\n301,Barking and Dagenham,308,Close,999,Somewhat Close\n,Old SNs:,,,,\n";
    let numbers =
        numbers(b"LA Number,LA Name,Region\n301,Barking and Dagenham,London\n308,Enfield,London\n", "numbers.csv", &Limits::default());
    let lists = read(text.as_bytes(), "sn.csv", &Limits::default(), Some(&numbers));
    assert_eq!(lists.kind, Some(ListKind::DepartmentForEducation));
    assert_eq!(all(&lists), ["Barking and Dagenham 1 Enfield Close", "Barking and Dagenham 2 999 Somewhat close"]);
    assert_eq!(said(&lists), ["LST-005 E4"]);
    // Without the list of numbers nothing is made up.
    let lists = csv(text);
    assert_eq!((all(&lists)[0].as_str(), lists.diagnostics[0].count), ("Barking and Dagenham 1 308 Close", 2));
}

#[test]
fn families_are_groups_for_a_purpose() {
    let lists = csv("Family_Group,Local_Authority,Type\nFamily Group 1,Argyll & Bute,Culture\nFamily Group 1,,Culture\n");
    let member = &lists.members[0];
    assert_eq!((lists.kind, lists.members.len(), said(&lists)), (Some(ListKind::Families), 1, vec!["LST-002 B3".to_owned()]));
    assert_eq!(
        (member.group.as_deref(), member.purpose.as_deref(), words(&member.area)),
        (Some("Family Group 1"), Some("Culture"), "Argyll & Bute".into())
    );
}

#[test]
fn a_councils_own_list_is_in_its_order_unless_it_says_another() {
    let lists = csv(
        "Area code,Area name,Group\nE06000018,Nottingham,CIPFA\nE08000012,Liverpool,CIPFA\n,,CIPFA\nE06000018,Nottingham,CIPFA\nE06000018,Nottingham,Core\n",
    );
    let places: Vec<_> =
        lists.members.iter().map(|m| (m.group.clone().unwrap(), m.place.unwrap(), m.area.code.as_ref().unwrap().text.clone())).collect();
    let expected = [("CIPFA", 1, "E06000018"), ("CIPFA", 2, "E08000012"), ("Core", 1, "E06000018")];
    assert_eq!(places, expected.map(|(group, place, code)| (group.to_owned(), place, code.to_owned())));
    assert_eq!(said(&lists), ["LST-002 A4", "LST-003 A5"]);
    let lists = csv("Council,Rank\nLeeds,2\nBradford,1\nYork,0\nHull,last\n");
    let places: Vec<_> = lists.members.iter().map(|m| (words(&m.area), m.place)).collect();
    assert_eq!(places, [("Leeds".to_owned(), Some(2)), ("Bradford".to_owned(), Some(1))]);
    assert_eq!(said(&lists), ["LST-004 B4", "LST-004 B5"]);
}

#[test]
fn our_list_of_neighbours_carries_what_its_publisher_says_of_them() {
    let lists = csv("# from somewhere\nmodel,area code,area name,neighbour code,neighbour name,place,closeness,distance\n\
         Global,E10000008,Devon,E10000013,Gloucestershire,1,,0.25\nGlobal,E10000008,Devon,E06000054,Wiltshire,,Close,x\n");
    assert_eq!(all(&lists), ["E10000008 Devon 1 E10000013 Gloucestershire"]);
    assert_eq!(lists.neighbours[0].distance, Some("0.25".parse().unwrap()));
    assert_eq!(said(&lists), ["LST-004 H4"]);
    assert_eq!(said(&csv("a,b\n1,2\n")), ["LST-001 A1"]);
}
