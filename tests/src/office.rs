//! Other people's spreadsheet programs, where they are there: a workbook opened in one and saved again.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// Settings of its own: formulas are worked out when a file is opened, whoever wrote it.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>
"#;

static FOLDERS: AtomicU32 = AtomicU32::new(0);

/// A folder that goes with what is done in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let own = format!("golden-thread-office-{}-{}", std::process::id(), FOLDERS.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(own);
        std::fs::create_dir_all(&path).expect("a folder of our own");
        Self(path)
    }

    fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder")).expect("folders");
        std::fs::write(&path, content).expect("written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left for the system to clear where it cannot be.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The workbook opened, worked out and saved by LibreOffice as `xlsx` or `ods`. None, said aloud, where it is not there.
///
/// # Panics
/// When it is there and saves nothing.
#[must_use]
pub fn by_libreoffice(bytes: &[u8], format: &str) -> Option<Vec<u8>> {
    if Command::new("soffice").arg("--version").output().is_err() {
        println!("not tried: LibreOffice is not here");
        return None;
    }
    let folder = Folder::new();
    folder.write("profile/user/registrymodifications.xcu", SETTINGS.as_bytes());
    let from = folder.write("form.xlsx", bytes);
    let out = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.0.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", format, "--outdir"])
        .arg(folder.0.join("out"))
        .arg(&from)
        .output()
        .expect("it was found above");
    let saved = folder.0.join("out").join(Path::new("form").with_extension(format));
    assert!(out.status.success() && saved.exists(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(std::fs::read(saved).expect("it was saved"))
}

const TYPE_INTO: &str = "
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for cell, value in json.load(open(sys.argv[3])):
    book['Return'][cell] = value
book.save(sys.argv[2])
";

/// The workbook with figures and words typed into cells of its Return sheet by openpyxl, and saved by it. None, said
/// aloud, where it is not there.
///
/// # Panics
/// When it is there and saves nothing.
#[must_use]
pub fn by_openpyxl(bytes: &[u8], typed: &[(String, serde_json::Value)]) -> Option<Vec<u8>> {
    let there = Command::new("python3").args(["-c", "import openpyxl"]).output();
    if !there.is_ok_and(|out| out.status.success()) {
        println!("not tried: python3 or openpyxl is not here");
        return None;
    }
    let folder = Folder::new();
    let from = folder.write("form.xlsx", bytes);
    let cells = folder.write("cells.json", &serde_json::to_vec(typed).expect("JSON"));
    let to = folder.0.join("saved.xlsx");
    let out = Command::new("python3").args(["-c", TYPE_INTO]).arg(from).arg(&to).arg(cells).output().expect("it was found above");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(std::fs::read(to).expect("it was saved"))
}
