//! What a file is that is no workbook, in words its sender knows it by.

use super::package::Package;

/// What the bytes are, when they begin as a known kind of file begins that is no workbook and no archive.
pub(super) fn by_start(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF document"),
        (b"{\\rtf", "a text document (RTF)"),
        (b"\x89PNG", "a picture (PNG)"),
        (b"\xFF\xD8\xFF", "a picture (JPEG)"),
        (b"GIF8", "a picture (GIF)"),
        (b"BM", "a picture (BMP)"),
        (b"II*\0", "a picture (TIFF)"),
        (b"MM\0*", "a picture (TIFF)"),
        (b"\x1F\x8B", "an archive (gzip)"),
        (b"7z\xBC\xAF\x27\x1C", "an archive (7-Zip)"),
        (b"Rar!", "an archive (RAR)"),
        (b"SQLite format 3\0", "a database (SQLite)"),
        (b"\0\x01\0\0Standard ", "a database (Access)"),
        (b"PAR1", "a data file (Parquet)"),
        (b"MZ", "a program"),
        (b"\x7FELF", "a program"),
        (b"\x09\0\x04\0", "an Excel 2 workbook"),
        (b"\x09\x02\x06\0", "an Excel 3 workbook"),
        (b"\x09\x04\x06\0", "an Excel 4 workbook"),
        (b"\0\0\x1A\0", "a Lotus 1-2-3 workbook"),
        (b"\0\0\x02\0", "a Lotus 1-2-3 workbook"),
    ];
    // A table of text may begin with the letters of a short mark: those count only beside bytes no text has.
    let binary = bytes.iter().take(512).any(|b| *b == 0);
    let found = STARTS.iter().find(|(start, _)| bytes.starts_with(start) && (start.len() > 2 || binary || start.iter().any(|b| *b < 0x20)));
    if let Some((_, words)) = found {
        return Some(words);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("a picture (WebP)");
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("a picture or film");
    }
    by_words(bytes)
}

/// As [`by_start`], for kinds that are written in letters.
fn by_words(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = head.get(..4_096).unwrap_or(head);
    // Marks of UTF-16 and its zero bytes say nothing about what is written.
    let head: Vec<u8> = head.iter().copied().filter(|b| !matches!(b, 0 | 0xFE | 0xFF)).collect();
    let head = String::from_utf8_lossy(head.trim_ascii_start()).to_ascii_lowercase();
    let has = |words: &str| head.contains(words);
    if head.starts_with('<') {
        return Some(match () {
            () if has("urn:schemas-microsoft-com:office:spreadsheet") => "an XML spreadsheet of Excel 2003",
            () if has("office:document") => "an OpenDocument spreadsheet in one XML file (.fods)",
            () if has("<html") || has("<!doctype html") || has("<table") || has("<body") => "a web page (HTML)",
            () => "an XML or HTML file",
        });
    }
    let next = |mark: char| head.strip_prefix(mark).map(str::trim_start);
    if next('{').is_some_and(|rest| rest.starts_with(['"', '}'])) || next('[').is_some_and(|rest| rest.starts_with(['{', '['])) {
        return Some("a data file (JSON)");
    }
    if head.starts_with("mime-version:") || head.starts_with("received: from") || head.starts_with("return-path:") {
        return Some("an e-mail or a web archive");
    }
    (head.starts_with("id;p") && has("\nc;") || head.starts_with("id;pwxl")).then_some("a SYLK spreadsheet (.slk)")
}

/// What an archive holds that is no workbook.
pub(super) fn in_archive(package: &Package<'_>, media_type: Option<&str>) -> String {
    let any = |test: fn(&str) -> bool| package.any(test);
    let words = match media_type {
        Some(kind) if kind.contains("opendocument.text") => "an OpenDocument text",
        Some(kind) if kind.contains("opendocument") => "an OpenDocument file of another kind",
        Some(kind) if kind.contains("epub") => "an e-book",
        _ if any(|name| name.starts_with("word/")) => "a Word document",
        _ if any(|name| name.starts_with("ppt/")) => "a PowerPoint presentation",
        _ if any(|name| name.starts_with("visio/")) => "a Visio drawing",
        _ if any(|name| name.ends_with(".iwa") || name == "index.zip") => "an Apple Numbers, Pages or Keynote file",
        _ if any(|name| name.ends_with(".xlsx") || name.ends_with(".xls") || name.ends_with(".ods") || name.ends_with(".csv")) => {
            return "The file is a zip archive with files in it: send each of them by itself.".to_owned();
        }
        _ => return "The file is a zip archive, but not a workbook.".to_owned(),
    };
    format!("The file is {words}, not a workbook.")
}

#[cfg(test)]
mod tests {
    use super::by_start;

    #[test]
    fn other_files_are_called_what_they_are() {
        for (bytes, words) in [
            (b"%PDF-1.7".as_slice(), "a PDF document"),
            (b"<html><body><table><tr><td>Ref", "a web page (HTML)"),
            (b"\xEF\xBB\xBF  <!DOCTYPE HTML>", "a web page (HTML)"),
            (b"\xFF\xFE<\0h\0t\0m\0l\0>\0", "a web page (HTML)"),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                "an XML spreadsheet of Excel 2003",
            ),
            (b"<rss/>", "an XML or HTML file"),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "a picture (JPEG)"),
            (b"\0\0\0\x18ftypheic", "a picture or film"),
            (b"[{\"ref\": 1}]", "a data file (JSON)"),
            (b"ID;PWXL;N;E\r\nP;PGeneral", "a SYLK spreadsheet (.slk)"),
            (b"MZ\x90\0\x03", "a program"),
        ] {
            assert_eq!(by_start(bytes), Some(words), "{bytes:?}");
        }
        for table in ["BM,Value\n1,2", "MZ,b\n", "ID;Period;Result\nA;B;1", "[c] means confidential\n", "\"{x}\",1\n", "Ref,Period"] {
            assert_eq!(by_start(table.as_bytes()), None, "{table}");
        }
    }
}
