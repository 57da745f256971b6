//! What is delivered in other languages: Welsh, and one an installation adds.

use std::collections::BTreeSet;

use exporters::Language;
use exporters::pack::{Pack, Profile};

use super::sample::delivering;
use super::{opened, row};

fn welsh() -> Pack {
    Pack { language: Language::find("cy-GB").unwrap(), ..delivering() }
}

#[test]
fn welsh_has_its_own_words_for_all_of_it() {
    let mut opened = opened(&welsh());
    let names =
        ["Camau gweithredu", "Argymhellion", "Prosiectau", "Cerrig milltir", "Risgiau", "Map gwres risgiau", "Cyllideb", "Costau uned"];
    let sheets: BTreeSet<String> = opened.sheets().into_iter().collect();
    assert!(names.iter().all(|name| sheets.contains(*name)), "{sheets:?}");
    assert_eq!(opened.cell("Camau gweithredu", "CP12", "Statws"), "Hwyr");
    assert!(opened.cell("Camau gweithredu", "CP12", "Cynnydd").starts_with("12 diwrnod yn hwyr; adroddwyd: Ar y trywydd."));
    assert_eq!(opened.cell("Risgiau", "R1", "Lefel bresennol"), "Uchel iawn");
    assert_eq!(opened.cell("Risgiau", "R1", "O fewn y parodrwydd"), "Nac ydy (hyd at 12)");
    assert_eq!(
        row(&mut opened, "Map gwres risgiau", "3 Posibl"),
        ["3 Posibl", "Isel 3: dim", "Canolig 6: dim", "Canolig 9: R3", "Uchel 12: R2, R7", "Uchel 15: dim"]
    );
    assert_eq!(opened.cell("Eithriadau", "SEND1", "Pam ei fod yma"), "Coch; statws y chwarter blaenorol: Ambr");
    // Two columns more are too many with the Welsh headings of every colour there is.
    assert_eq!(
        opened.cell("Crynodeb", "Pob dangosydd", "Mewn geiriau"),
        "75% o 4: Gwyrdd neu Glas; hepgorwyd 3. Camau: 1 ar y trywydd, 1 yn hwyr."
    );
    let cover = opened.column_a("Clawr");
    assert!(
        cover.contains(
            "O'r camau gweithredu (8), mae 1 ar y trywydd, cwblhawyd 1 ac mae 1 yn hwyr; prosiectau â statws Coch: 1; \
             risgiau uwchlaw'r parodrwydd i'w dwyn: 3."
        ),
        "{cover}"
    );
}

#[test]
fn a_language_an_installation_adds_has_no_english_on_these_sheets() {
    // Capitals alone of the English letters: every word of the product is then known by its small ones.
    let upper = |text: &str| text.to_uppercase();
    let mut pack = Pack { language: crate::languages::another(), profile: Profile::Officer, ..delivering() };
    let all = &mut pack.delivery;
    let every = |texts: Vec<&mut String>| texts.into_iter().for_each(|text| *text = upper(text));
    for of in &mut all.actions {
        every(vec![&mut of.title, &mut of.lead_officer]);
        every([&mut of.priority, &mut of.lead_member, &mut of.progress, &mut of.decision].into_iter().flatten().collect());
    }
    for of in &mut all.recommendations {
        every(vec![&mut of.title]);
        every([&mut of.made_by, &mut of.lead, &mut of.evidence].into_iter().flatten().collect());
    }
    for of in &mut all.projects {
        every(vec![&mut of.title, &mut of.manager]);
        every(
            [&mut of.programme, &mut of.summary]
                .into_iter()
                .flatten()
                .chain(of.next_milestone.iter_mut().map(|next| &mut next.0))
                .collect(),
        );
    }
    for of in &mut all.milestones {
        every(vec![&mut of.title, &mut of.project]);
        every([&mut of.owner, &mut of.note].into_iter().flatten().chain(of.held_up_by.iter_mut().map(|held| &mut held.0)).collect());
    }
    for of in &mut all.risks {
        every(vec![&mut of.title, &mut of.owner]);
        every([&mut of.linked_to, &mut of.controls, &mut of.further_action].into_iter().flatten().collect());
    }
    for of in &mut all.money {
        every(vec![&mut of.element]);
        every(of.note.iter_mut().collect());
    }
    all.unit_costs.iter_mut().for_each(|of| every(vec![&mut of.title, &mut of.service]));
    all.calls.iter_mut().for_each(|of| every(vec![&mut of.title]));
    let mut opened = opened(&pack);
    let sheets = opened.sheets();
    let from = sheets.len() - 14;
    for sheet in &sheets[from..from + 8] {
        // Its title names the council, and the line of shorthand its marks.
        let rows = opened.rows(sheet);
        let words: BTreeSet<String> = rows
            .iter()
            .filter(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1)
            .flatten()
            .filter(|cell| !cell.starts_with('['))
            .flat_map(|cell| cell.split(|c: char| !c.is_ascii_lowercase()))
            .filter(|run| run.len() > 1)
            .map(str::to_owned)
            .collect();
        assert_eq!(words, BTreeSet::new(), "{sheet}");
    }
}
