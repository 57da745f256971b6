//! Words in other languages: the ones that come with the product, and one an installation adds.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use exporters::language::LANGUAGE_BYTES_MAX;
use exporters::pack::{Pack, Profile, render};
use exporters::template::render_template;
use exporters::{Language, LanguageError};

use crate::opened::Opened;
use crate::sample::pack;
use crate::template::{KEY, template};

const ENGLISH: &str = include_str!("../../languages/en-GB.ftl");
const WELSH: &str = include_str!("../../languages/cy-GB.ftl");

/// A language nobody speaks: the English messages in letters of another alphabet, what stands in braces left as it is.
fn made_up(english: &str) -> String {
    let mut out = String::new();
    for line in english.lines() {
        let (kept, words) = match line.split_once(['=', ']']) {
            _ if line.starts_with(['#', '}']) || line.trim() == "}" || line.starts_with("date-format") => (line, ""),
            Some((before, _)) => line.split_at(before.len() + 1),
            None => (line, ""),
        };
        out.push_str(kept);
        let mut depth = 0;
        for c in words.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            // Greek for lower case, Cyrillic for capitals: headings that differ still differ.
            let other = match c {
                'a'..='z' if depth == 0 => char::from_u32(0x3b1 + (c as u32 - 'a' as u32) % 24).unwrap(),
                'A'..='Z' if depth == 0 => char::from_u32(0x410 + (c as u32 - 'A' as u32)).unwrap(),
                c => c,
            };
            out.push(other);
        }
        out.push('\n');
    }
    out
}

/// The sample with nothing of the council's own in letters of ours.
fn wordless() -> Pack {
    let mut pack = pack();
    let mute = |text: &mut String| *text = text.chars().map(|c| if c.is_ascii_alphabetic() { 'ж' } else { c }).collect();
    for text in [&mut pack.council, &mut pack.forum, &mut pack.framework, &mut pack.contact] {
        mute(text);
    }
    pack.outstanding.iter_mut().chain(&mut pack.decisions).chain(&mut pack.illustrative_note).for_each(mute);
    for of in &mut pack.indicators {
        // Its code is upper case and known: left out below.
        for text in [&mut of.title, &mut of.definition, &mut of.owner] {
            mute(text);
        }
        let texts = [&mut of.numerator, &mut of.denominator, &mut of.source, &mut of.portfolio_holder, &mut of.directorate];
        texts.into_iter().chain([&mut of.programme, &mut of.priority]).flatten().chain(&mut of.outcomes).for_each(mute);
        for point in &mut of.points {
            [&mut point.commentary, &mut point.action, &mut point.action_owner].into_iter().flatten().for_each(mute);
        }
    }
    for of in &mut pack.revisions {
        mute(&mut of.title);
        if let exporters::pack::Why::Said(words) = &mut of.why {
            mute(words);
        }
    }
    for note in &mut pack.notes {
        mute(&mut note.text);
    }
    pack.edition_of = Some("ЖЖЖ".to_owned());
    pack.indicators[0].context = vec!["OC01".to_owned()];
    pack.chart_all = true;
    pack
}

/// Runs of our letters, two or more, in the words a reader is shown.
fn left_over(bytes: &[u8], codes: &[&str]) -> BTreeSet<String> {
    let mut opened = Opened::new(bytes.to_vec());
    let mut shown = String::new();
    for sheet in opened.sheets().into_iter().filter(|name| name != "_template") {
        shown.push_str(&sheet);
        for row in opened.rows(&sheet) {
            shown.push(' ');
            shown.push_str(&row.join(" "));
        }
        shown.push(' ');
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut xml = String::new();
        if part.read_to_string(&mut xml).is_err() {
            continue;
        }
        // Words of charts, headers, alternative texts and what cells say when something is typed into them.
        let tags: &[(&str, &str)] = match name.as_str() {
            n if n.starts_with("xl/charts/") => &[("<a:t>", "</a:t>"), ("<c:v>", "</c:v>")],
            n if n.starts_with("xl/drawings/drawing") => &[("descr=\"", "\"")],
            n if n.starts_with("xl/worksheets/sheet") => {
                &[("prompt=\"", "\""), ("promptTitle=\"", "\""), ("error=\"", "\""), ("errorTitle=\"", "\"")]
            }
            "docProps/core.xml" => &[("<dc:title>", "</dc:title>"), ("<dc:subject>", "</dc:subject>"), ("<cp:keywords>", "</cp:keywords>")],
            n if n.starts_with("xl/tables/") => &[("altText=\"", "\""), ("altTextSummary=\"", "\"")],
            _ => &[],
        };
        for (open, close) in tags {
            for rest in xml.split(open).skip(1) {
                shown.push(' ');
                shown.push_str(rest.split(close).next().unwrap());
            }
        }
    }
    for code in codes {
        shown = shown.replace(code, " ");
    }
    // The writer's own escapes, and the letter of a quarter in a period's code.
    for own in ["&amp;", "&apos;", "&quot;", "&lt;", "&gt;", "2023/24 Q2", ".xlsx"] {
        shown = shown.replace(own, " ");
    }
    let marks = ["[c]", "[w]", "[x]", "[x1]", "[z]"];
    shown = marks.iter().fold(shown, |shown, mark| shown.replace(mark, " "));
    shown.split(|c: char| !c.is_ascii_alphabetic()).filter(|run| run.len() > 1).map(str::to_owned).collect()
}

#[test]
fn a_language_an_installation_adds_leaves_no_english_in_a_pack() {
    let language = Language::load("kw-GB", &made_up(ENGLISH)).unwrap();
    let codes: Vec<String> = pack().indicators.iter().map(|of| of.code.clone()).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    for profile in [Profile::Scrutiny, Profile::Exceptions, Profile::Cabinet, Profile::Officer, Profile::OpenData] {
        let bytes = render(&Pack { profile, language: language.clone(), ..wordless() }).unwrap();
        assert_eq!(left_over(&bytes, &codes), BTreeSet::new(), "{profile:?}");
        let core = Opened::new(bytes).part("docProps/core.xml");
        assert!(core.contains("<dc:language>kw-GB</dc:language>"), "{core}");
    }
    // The same pack in English has words to find: the test can fail.
    let english = render(&Pack { language: Language::english(), ..wordless() }).unwrap();
    assert!(left_over(&english, &codes).len() > 200);
}

#[test]
fn a_language_an_installation_adds_leaves_no_english_in_a_return() {
    let mut template = template();
    template.language = Language::load("kw-GB", &made_up(ENGLISH)).unwrap();
    for text in [&mut template.council, &mut template.element, &mut template.framework, &mut template.contact] {
        *text = "жж".to_owned();
    }
    for row in &mut template.rows {
        (row.title, row.definition) = ("жж".to_owned(), "жж".to_owned());
        (row.numerator, row.denominator) = (row.numerator.as_ref().map(|_| "ж".into()), row.denominator.as_ref().map(|_| "ж".into()));
    }
    let bytes = render_template(&template, KEY).unwrap();
    // The fingerprint is printed in fours, and is letters.
    let stamp = exporters::template::fingerprint(&template);
    let fours: Vec<String> = stamp.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    let code = fours.join("-");
    let codes = ["EN01", "EN02", "EN03", "EN04", "_template", code.as_str()];
    assert_eq!(left_over(&bytes, &codes), BTreeSet::new());
}

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

fn faults(text: &str) -> Vec<String> {
    match Language::load("kw-GB", text) {
        Err(LanguageError::Messages(faults)) => faults,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_wrong_with_a_language_is_told_by_name_when_it_is_loaded() {
    let without = ENGLISH.replace("sheet-key = Key\n", "").replace("glance-now = Now: { $counted }\n", "");
    assert_eq!(faults(&without), ["the message glance-now is missing", "the message sheet-key is missing"]);
    let with = |old: &str, new: &str| {
        assert!(ENGLISH.contains(old), "{old}");
        faults(&ENGLISH.replace(old, new))
    };
    assert_eq!(
        with("contact = Contact: { $contact }", "contact = Contact: { $who }"),
        ["the message contact uses $who, which it is not given"]
    );
    assert_eq!(with("\nsheet-key = Key", "\nsheet-key = Notes"), ["the messages sheet-key and sheet-notes read the same, and must differ"]);
    assert_eq!(
        with("\nsheet-key = Key", "\nsheet-key = A name of more than thirty-one letters"),
        ["the message sheet-key cannot name a sheet: at most 31 characters, and none of [ ] : * ? / \\"]
    );
    assert_eq!(with("\nyes = Yes", "\nyes = Yes\nmaybe = Maybe"), ["the message maybe is not one this product prints"]);
    let named = |faults: Vec<String>, part: &str| assert!(faults.iter().any(|fault| fault.contains(part)), "{faults:?}");
    named(with("\nyes = Yes", "\nyes = { NUMBER($n) }"), "functions are not used here");
    named(with("\nyes = Yes", "\nyes = { nobody }"), "the message yes refers to nobody, which is not there");
    named(with("\nno = No", "\nno = { no }"), "the message no cannot be printed");
    named(with("\nyes = Yes", "\nyes = {\"\"}"), "the message yes cannot be printed: it has no text");
    named(with("\nyes = Yes", "\nyes = { $"), "line ");
    assert_eq!(Language::load("../cy", ENGLISH), Err(LanguageError::Tag("../cy".to_owned())));
    let long = format!("{ENGLISH}\n# {}", "x".repeat(LANGUAGE_BYTES_MAX));
    assert_eq!(Language::load("kw-GB", &long), Err(LanguageError::TooLarge(long.len())));
}

#[test]
fn a_language_with_messages_of_its_own_may_refer_to_them() {
    let own = ENGLISH.replace("\nyes = Yes", "\nown-yes = Jo\nyes = { own-yes }");
    assert!(Language::load("kw-GB", &own).is_ok());
}

#[test]
fn every_message_is_printed_somewhere_and_every_message_printed_is_there() {
    let mut sources = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let ids: Vec<&str> =
        ENGLISH.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase())).map(|l| l.split(" =").next().unwrap()).collect();
    // Messages looked up by the code of a closed set or a number.
    let by_code = [
        "month-",
        "status-",
        "direction-",
        "polarity-",
        "purpose-",
        "frequency-",
        "dimension-",
        "mode-",
        "absence-",
        "state-",
        "kind-",
        "change-",
        "mark-",
        "sheet-",
        "title-",
        "purpose-",
        "shows-",
        "before-",
        "year-",
        "preference-",
        "key-status-",
        "start-",
        "lasting-",
    ];
    for id in &ids {
        let referred = ENGLISH.contains(&format!("{{ {id} }}"));
        assert!(
            sources.contains(&format!("\"{id}\"")) || referred || by_code.iter().any(|set| id.starts_with(set)),
            "{id} is printed nowhere"
        );
    }
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    for call in
        ["say(\"", "cell(\"", "text_column(\"", "figure_column(\"", "tell!(language, \"", "tell!(read.language, \"", "quoted(language, \""]
    {
        for rest in sources.split(call).skip(1) {
            let id = rest.split('"').next().unwrap();
            assert!(known.contains(id), "{id} is not a message");
        }
    }
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
    let pack = Pack { language: Language::find("cy-GB").unwrap(), council: "Cyngor Sir Ynys Môn".to_owned(), ..pack() };
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
