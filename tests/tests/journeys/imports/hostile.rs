//! Files made to hurt, sent through the front door: each is refused in plain words, nothing comes of it, and other
//! people do not notice.

use std::cell::Cell;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Client, World, for_each_database, workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{findings, first_quarter};

/// A name no file of anybody else has.
const MARKER: &str = "escaped-from-a-workbook";

const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="Return" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const SHEETS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const FIGURE: &str = r#"<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c><c r="C2"><v>61.2</v></c></row>"#;
const STRINGS: &str =
    "<sst><si><t>Ref</t></si><si><t>Period</t></si><si><t>Result</t></si><si><t>WM01</t></si><si><t>2024/25 Q1</t></si></sst>";

/// A return of one right figure, but for the part named and what stands before that figure's row.
fn book(part: &str, text: &str) -> Vec<u8> {
    let rows = if part == "rows" { text } else { FIGURE };
    let headings = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>"#;
    let sheet = format!("<worksheet><sheetData>{headings}{rows}</sheetData></worksheet>");
    let mut parts = vec![
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", SHEETS),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    match parts.iter_mut().find(|(name, _)| *name == part) {
        Some(known) => known.1 = text,
        None if part == "rows" => {}
        None => parts.push((part, text)),
    }
    archive(&parts)
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A compound file whose only table of sectors says that each sector follows itself.
fn looping() -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(512, 0);
    bytes[30..34].copy_from_slice(&[9, 0, 6, 0]);
    bytes[60..64].fill(0xFF);
    bytes[68..72].fill(0xFF);
    bytes[80..512].fill(0xFF);
    bytes.extend((0_u32..127).flat_map(u32::to_le_bytes));
    bytes.extend([0xFF; 4]);
    bytes.resize(128 * 512, 0);
    bytes
}

fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\"><table:table table:name=\"Return\">{rows}</table:table></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

/// Each file, what it is called, the code it is refused with and words of what is said.
fn files(elsewhere: &str) -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let truncated = workbook("Return", &first_quarter());
    let mut checksum = workbook("Return", &first_quarter());
    // The last mention of the sheet's name is the directory's; its checksum stands before it.
    let name = b"xl/worksheets/sheet1.xml";
    let listed = checksum.windows(name.len()).rposition(|bytes| bytes == name).expect("a sheet");
    checksum[listed - 30] ^= 1;
    let laughs = "<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    let external = format!("<!DOCTYPE sst SYSTEM \"{elsewhere}/x.dtd\"><sst/>");
    let outside = SHEETS.replace("Target=\"worksheets/sheet1.xml\"", &format!("Target=\"{elsewhere}/sheet1.xml\" TargetMode=\"External\""));
    let text = (0..6_500).map(|n| format!("{n:05}")).collect::<String>();
    let texts: String = (2..9_000).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>")).collect();
    let repeated = STRINGS.replacen("Ref", &text, 1);
    let rows = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    let sheet = format!("<worksheet><sheetData>{texts}</sheetData></worksheet>");
    vec![
        ("bomb.xlsx", book("xl/media/image1.png", &" ".repeat(30 << 20)), "FIL-004", "more than 200 times its size"),
        (
            "one-text.xlsx",
            archive(&[
                ("_rels/.rels", PACKAGE),
                ("xl/workbook.xml", BOOK),
                ("xl/_rels/workbook.xml.rels", SHEETS),
                ("xl/sharedStrings.xml", &repeated),
                ("xl/worksheets/sheet1.xml", &sheet),
            ]),
            "FIL-004",
            "more than 200 MB",
        ),
        ("entities.xlsx", book("xl/sharedStrings.xml", laughs), "FIL-008", "declares a document type"),
        ("external.xlsx", book("xl/sharedStrings.xml", &external), "FIL-008", "declares a document type"),
        ("outside.xlsx", book("xl/_rels/workbook.xml.rels", &outside), "FIL-002", "nothing is fetched"),
        ("climbs.xlsx", book(&format!("../../{MARKER}.xml"), "x"), "FIL-004", "named as no part of a workbook is"),
        ("absolute.xlsx", book(&format!("/tmp/{MARKER}.xml"), "x"), "FIL-004", "named as no part of a workbook is"),
        ("string.xlsx", book("rows", &FIGURE.replace("<v>3</v>", "<v>99</v>")), "FIL-002", "a text the file does not hold"),
        ("row.xlsx", book("rows", &FIGURE.replace("2\"", "1048577\"")), "FIL-002", "which no spreadsheet has"),
        (
            "corner.xlsx",
            book("rows", &format!("{FIGURE}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")),
            "FIL-007",
            "200,000 rows",
        ),
        (
            "names.xlsx",
            book("xl/workbook.xml", &BOOK.replace("</sheets>", "<sheet name=\"RETURN\" r:id=\"r1\"/></sheets>")),
            "FIL-002",
            "two of its sheets",
        ),
        ("looping.xls", looping(), "FIL-002", "leads in circles"),
        ("page.xls", b"<html><table><tr><td>Ref</td></tr></table></html>".to_vec(), "FIL-003", "a web page (HTML)"),
        ("repeated.ods", open_document(rows), "FIL-007", "4,096 columns"),
        ("quotes.csv", b"Ref,Period,Result\nWM01,2024/25 Q1,\"61.2\nWM02,2024-04,45\n".to_vec(), "FIL-002", "never closed"),
        ("cut.xlsx", truncated[..truncated.len() * 2 / 3].to_vec(), "FIL-002", "zip archive"),
        ("checksum.xlsx", checksum, "FIL-002", "checksum"),
    ]
}

/// How long a Scorecard takes.
async fn scorecard(client: &Client<'_>) -> Duration {
    let started = Instant::now();
    let data = client.run("Scorecard", json!({ "council": "huntingdonshire", "period": "2024/25 Q1" })).await.data();
    assert_ne!(data, Value::Null);
    started.elapsed()
}

/// Whether anything in a folder has the marker in its name.
fn escaped(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries.into_iter().any(|entry| entry.file_name().to_string_lossy().contains(MARKER))
}

#[tokio::test]
async fn hostile_files_are_refused_in_plain_words_and_cost_nobody_anything() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a door of our own");
        elsewhere.set_nonblocking(true).expect("does not wait");
        let address = format!("http://{}", elsewhere.local_addr().expect("an address"));
        let before = harness.written(world.council).await;
        // What a busy machine makes of a Scorecard by itself is no fault of the file beside it.
        let patience = Duration::from_secs(1).max(scorecard(&keeper).await * 4);
        for (file_name, bytes, code, words) in files(&address) {
            let over = Cell::new(false);
            let (plan, slowest) = tokio::join!(
                async {
                    let id = keeper.submit("huntingdonshire", file_name, bytes).await;
                    over.set(true);
                    keeper.plan(&id).await
                },
                async {
                    let mut slowest = scorecard(&keeper).await;
                    while !over.get() {
                        slowest = slowest.max(scorecard(&keeper).await);
                    }
                    slowest
                }
            );
            assert_eq!(plan["state"], "REFUSED", "{file_name}: {plan:#}");
            assert_eq!(findings(&plan).iter().map(|found| &found[..7]).collect::<Vec<_>>(), [code], "{file_name}: {plan:#}");
            let nodes = plan["diagnostics"]["nodes"].as_array().expect("findings");
            let said = nodes.iter().find(|found| found["code"] == code).expect("found")["message"].as_str().expect("a message");
            assert!(said.contains(words), "{file_name}: {said}");
            assert!(slowest < patience, "a Scorecard took {slowest:?} beside {file_name}");
        }
        assert_eq!(harness.written(world.council).await, before);
        assert!(elsewhere.accept().is_err(), "something was fetched");
        let here = std::env::current_dir().expect("a folder");
        for folder in harness.folder.ancestors().chain(here.ancestors()).chain([harness.folder.join("files").as_path()]) {
            assert!(!escaped(folder), "{}", folder.display());
        }
        // And the figure they all held goes in when the file is right.
        keeper.take("huntingdonshire", "right.xlsx", book("", "")).await;
        assert_eq!(harness.count(world.council, "observation").await, 1);
    })
    .await;
}
