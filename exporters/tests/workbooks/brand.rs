//! A council's colours and logo in its packs.

use exporters::brand::{Brand, Logo, Rgb, check};
use exporters::pack::{Pack, Profile, render};
use exporters::{Language, RenderError};

use crate::checker;
use crate::languages::sentences_in_english;
use crate::opened::Opened;
use crate::sample::pack;

const PNG: &[u8] = include_bytes!("pictures/logo.png");
const JPEG: &[u8] = include_bytes!("pictures/logo.jpg");

fn brand(logo: &[u8]) -> Brand {
    Brand { headings: Rgb::parse("#1D5C3A"), charts: Rgb::parse("#7A1F6B"), logo: Some(Logo::read(logo).unwrap()) }
}

fn branded(logo: &[u8], language: &str, profile: Profile) -> Result<Vec<u8>, RenderError> {
    let language = Language::find(language).unwrap();
    render(&Pack { brand: brand(logo), language, profile, chart_all: true, edition_of: Some("Place and Environment".to_owned()), ..pack() })
}

const PROFILES: [(Profile, &str); 5] = [
    (Profile::Scrutiny, "scrutiny"),
    (Profile::Exceptions, "exceptions"),
    (Profile::Cabinet, "cabinet"),
    (Profile::Officer, "officers"),
    (Profile::OpenData, "open-data"),
];

#[test]
fn colours_keep_every_rule_in_each_language_for_every_reader() {
    let mut files = Vec::new();
    for (profile, reader) in PROFILES {
        let in_colours = |language: &str| {
            let pack = Pack { language: Language::find(language).unwrap(), profile, chart_all: true, ..pack() };
            render(&Pack { brand: Brand { logo: None, ..brand(PNG) }, ..pack }).unwrap()
        };
        files.push((format!("coloured-for-{reader}.xlsx"), in_colours("en-GB")));
        files.push((format!("welsh-coloured-for-{reader}.xlsx"), sentences_in_english(&in_colours("cy-GB"))));
    }
    checker::all_pass("brands", &files);
}

/// The guidance wants no picture at all, in a header or on a sheet. A council that asks for its logo knows of it.
#[test]
fn a_logo_breaks_the_one_rule_against_pictures_and_no_other() {
    let mut paths = Vec::new();
    for (profile, reader) in PROFILES {
        let name = format!("logo-for-{reader}.xlsx");
        let english = branded(PNG, "en-GB", profile).unwrap();
        assert_eq!(guidance::broken(&name, &english), ["F14"], "{reader}");
        let welsh = branded(JPEG, "cy-GB", profile).unwrap();
        checker::save(&format!("welsh-{name}"), &welsh);
        assert_eq!(guidance::broken(&name, &sentences_in_english(&welsh)), ["F14"], "{reader}");
        paths.push(checker::save(&name, &english));
    }
    for (path, (said, broken)) in checker::opinion(&paths).into_iter().flatten() {
        assert_eq!(broken, ["F14"], "{}\n{said}", path.display());
    }
}

#[test]
fn the_logo_is_in_the_printed_header_of_the_cover_alone_and_the_name_stands_beside_it() {
    for (logo, part) in [(PNG, "xl/media/image1.png"), (JPEG, "xl/media/image1.jpeg")] {
        let opened = Opened::new(branded(logo, "en-GB", Profile::Scrutiny).unwrap());
        assert!(opened.has(part), "{part}");
        let cover = opened.part("xl/worksheets/sheet1.xml");
        assert!(cover.contains("&amp;G") && cover.contains("Exampleshire County Council"), "{cover}");
        assert!(cover.contains("legacyDrawingHF"), "{cover}");
        assert!(!opened.part("xl/worksheets/sheet2.xml").contains("&amp;G"), "the contents have none");
        // A quarter of 480 by 120 pixels is under 200 by 56: 200 by 50 pixels are 150 by 37.5 points.
        let drawing = opened.part("xl/drawings/vmlDrawing1.vml");
        assert!(drawing.contains("width:150pt;height:37.5pt"), "{drawing}");
    }
}

#[test]
fn headings_and_the_line_of_results_are_in_the_councils_colours() {
    assert_eq!(check(&brand(PNG)), []);
    let opened = Opened::new(branded(PNG, "en-GB", Profile::Scrutiny).unwrap());
    let styles = opened.part("xl/styles.xml");
    let coloured = styles.split("<font>").filter(|font| font.contains("rgb=\"FF1D5C3A\"")).count();
    assert_eq!(coloured, 2, "the title's font and the headings'");
    assert!(styles.contains("name=\"Heading 1\"") && styles.contains("name=\"Heading 2\""));
    let chart = opened.part("xl/charts/chart1.xml");
    assert!(chart.contains("<a:srgbClr val=\"7A1F6B\"/>") && !chart.contains("12436D"), "the council's line");
    assert!(chart.contains("<a:prstDash val=\"dash\"/>"), "the target is still told by its dashes");
}

#[test]
fn equal_packs_with_a_logo_are_equal_to_the_byte() {
    let once = || branded(PNG, "cy-GB", Profile::Officer).unwrap();
    assert_eq!(once(), once());
}
