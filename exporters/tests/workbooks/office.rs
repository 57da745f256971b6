//! LibreOffice, where it is there: opens a workbook as a person would, works out its formulas and saves it.

use std::path::Path;
use std::process::Command;

/// Settings of its own: formulas are worked out when a file is opened, whoever wrote it.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode"><value>0</value></prop></item>
</oor:items>
"#;

/// The workbook saved anew in another format: `xlsx`, `ods` or `pdf`. None, said aloud, where LibreOffice is not there.
pub fn saved_as(name: &str, bytes: &[u8], format: &str) -> Option<Vec<u8>> {
    if Command::new("soffice").arg("--version").output().is_err() {
        println!("not tried: LibreOffice is not here");
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("office").join(format!("{name}-{format}"));
    std::fs::create_dir_all(folder.join("profile/user")).expect("the target folder can be written to");
    std::fs::write(folder.join("profile/user/registrymodifications.xcu"), SETTINGS).expect("settings are written");
    let from = folder.join(format!("{name}.xlsx"));
    std::fs::write(&from, bytes).expect("the workbook is written");
    let out = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", format, "--outdir"])
        .arg(folder.join("out"))
        .arg(&from)
        .output()
        .expect("it was found above");
    let saved = folder.join("out").join(format!("{name}.{format}"));
    assert!(out.status.success() && saved.exists(), "{}", String::from_utf8_lossy(&out.stderr));
    let bytes = std::fs::read(&saved).expect("it was saved");
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    Some(bytes)
}
