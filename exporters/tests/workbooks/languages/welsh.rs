//! Welsh: its words, its numbers, and its returns.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use exporters::Language;
use exporters::pack::{Pack, Profile, render};
use exporters::template::render_template;

use super::{ENGLISH, WELSH};
use crate::opened::Opened;
use crate::sample::pack;
use crate::template::{KEY, template};

#[test]
fn a_return_in_welsh_says_how_the_import_knows_its_words() {
    let mut template = template();
    let plain = Opened::new(render_template(&template, KEY).unwrap()).rows("_template");
    assert!(!plain.iter().any(|row| row[0].starts_with("word:")), "an English one need not");
    template.language = Language::find("cy-GB").unwrap();
    let bytes = render_template(&template, KEY).unwrap();
    crate::checker::save("return-in-welsh.xlsx", &bytes);
    let mut opened = Opened::new(bytes);
    assert_eq!(opened.sheets(), ["Dechreuwch yma", "Ffurflen", "Rhestrau", "_template"]);
    let keys = opened.rows("_template");
    for (english, printed) in [
        ("Return", "Ffurflen"),
        ("Ref", "Cyf"),
        ("Result (you fill in)", "Canlyniad (i chi ei lenwi)"),
        ("Not collected", "Heb ei gasglu"),
        ("Provisional", "Dros dro"),
        ("Per cent", "Y cant"),
        ("Lower", "Is"),
    ] {
        assert!(keys.iter().any(|row| row[0] == format!("word: {english}") && row[1] == printed), "{english}");
    }
    // Every heading the import looks for is said, and stands above its column.
    let printed: Vec<String> = rules::workbook::RETURN
        .columns
        .iter()
        .map(|c| keys.iter().find(|row| row[0] == format!("word: {}", c.heading)).unwrap_or_else(|| panic!("{}", c.heading))[1].clone())
        .collect();
    assert!(opened.rows("Ffurflen").contains(&printed));
    assert!(opened.part("xl/worksheets/sheet2.xml").contains("<v>Angen canlyniad</v>"));
}

#[test]
fn welsh_says_what_english_says_in_its_own_words_and_numbers() {
    let mut opened =
        Opened::new(render(&Pack { profile: Profile::Officer, language: Language::find("cy-GB").unwrap(), ..pack() }).unwrap());
    let cover = opened.column_a("Clawr");
    for sentence in [
        "Mewnol",
        "Cyhoeddwyd: 21 Hydref 2023",
        "Cyfnod adrodd: Gorffennaf i Fedi 2023",
        "Nawr: o 4 dangosydd â lliw, 1 Glas (25%), 2 Gwyrdd (50%), 0 Ambr (0%), 1 Coch (25%). Heb liw (3): 1 Dim targed, 1 Dim data, 1 Wedi'i atal.",
        "Symudodd 1 i statws Coch: EN01.",
        "Ers y chwarter blaenorol, symudodd 3 i liw gwell a 1 i liw gwaeth.",
    ] {
        assert!(cover.contains(sentence), "{sentence}\nis not in\n{cover}");
    }
    assert_eq!(
        opened.cell("Eithriadau", "EN01", "Pam ei fod yma"),
        "Coch; statws y chwarter blaenorol: Ambr; methwyd mewn 3 o'r 4 chwarter diwethaf"
    );
    assert_eq!(
        opened.cell("Manylion dangosyddion", "EN01", "Pam y statws hwn"),
        "Mae 79.9 yn is na'r targed (85.0) ac yn is na'r lefel ymyrryd (80.0) (rheol y fframwaith, 1 Ebrill 2022)"
    );
    assert_eq!(opened.cell("Cerdyn sgorio cyfarwyddiaethau", "EN01", "Uned"), "Y cant");
    assert!(opened.part("docProps/core.xml").contains("<dc:language>cy-GB</dc:language>"));
    assert!(opened.part("xl/styles.xml").contains("[$-452]d mmmm yyyy"), "months of dates are Welsh whoever opens the file");
    let tables: BTreeSet<String> = (1..=14)
        .map(|n| {
            opened.part(&format!("xl/tables/table{n}.xml")).split("displayName=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        })
        .collect();
    assert!(tables.contains("trend_data") && tables.contains("scorecard_by_directorate"), "{tables:?}");
    let pack = Pack {
        language: Language::find("cy-GB").unwrap(),
        council: "Cyngor Sir Ynys Môn".to_owned(),
        profile: Profile::Scrutiny,
        ..pack()
    };
    assert_eq!(pack.file_name(), "pecyn-perfformiad-cyngor-sir-gorffennaf-i-fedi-2023.xlsx");
}

#[test]
fn welsh_counts_in_its_six_forms() {
    let words = |n: u32| {
        let mut pack = pack();
        pack.language = Language::find("cy-GB").unwrap();
        pack.exceptions[0].triggers = vec![rules::exception::Trigger::Red(n)];
        pack.exceptions[0].months = 12;
        Opened::new(render(&pack).unwrap()).cell("Eithriadau", "EN01", "Pam ei fod yma")
    };
    let said: Vec<String> = [1, 2, 3, 5, 6].map(words).to_vec();
    assert_eq!(said, ["Coch", "Coch am 2 flynedd", "Coch am 3 blynedd", "Coch am 5 mlynedd", "Coch am 6 blynedd"]);
}

/// The workbook with the sentences a reader of English looks for put in English, to be asked the rules that go by words.
pub fn sentences_in_english(bytes: &[u8]) -> Vec<u8> {
    let lines = |text: &'static str, id: &str| {
        let start = format!("{id} = ");
        text.lines().find_map(|line| line.strip_prefix(start.as_str())).unwrap_or_else(|| panic!("no {id}"))
    };
    let mut ids: Vec<String> = (1..=12).map(|n| format!("month-{n}")).collect();
    ids.extend(["one-table", "trend-parts-blank", "return-yours", "return-frozen", "quarters", "charts-each"].map(str::to_owned));
    let mut pairs: Vec<(&str, &str)> = ids.iter().map(|id| (lines(WELSH, id), lines(ENGLISH, id))).collect();
    pairs.push(("Cyswllt:", "Contact:"));
    pairs.sort_by_key(|(welsh, _)| std::cmp::Reverse(welsh.len()));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        // A header's words are those of a cell, and so change with it.
        if name != "xl/sharedStrings.xml" && !name.starts_with("xl/worksheets/sheet") {
            out.raw_copy_file(part).unwrap();
            continue;
        }
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        for (welsh, english) in &pairs {
            xml = xml.replace(welsh, english);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(xml.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}
