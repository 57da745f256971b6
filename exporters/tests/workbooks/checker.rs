//! The accessibility gate, where it can be run.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes a workbook where a checker, or a person, can look at it.
pub fn save(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workbooks");
    std::fs::create_dir_all(&folder).expect("the target folder can be written to");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the target folder can be written to");
    path
}

/// Fails with what the checker found, unless it found nothing or cannot be run here.
pub fn passes(name: &str, bytes: &[u8]) {
    passes_but(name, bytes, &[]);
}

/// The same of a workbook that breaks these rules, each of which it must break.
pub fn passes_but(name: &str, bytes: &[u8], broken: &[&str]) {
    let path = save(name, bytes);
    let checker = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/checks/packcheck.py");
    let python = Command::new("python3").args(["-c", "import openpyxl, lxml"]).output();
    if !checker.exists() || !python.is_ok_and(|p| p.status.success()) {
        println!("skipped for {name}: the checker, python3, openpyxl or lxml is not here");
        return;
    }
    let out = Command::new("python3").arg(&checker).arg(&path).output().expect("python3 was found above");
    let text = String::from_utf8_lossy(&out.stdout);
    let failed: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("FAIL")?.split_whitespace().next()).collect();
    assert_eq!(failed, broken, "{}\n{text}", path.display());
    let last = format!("{} passed, {} failed", 78 - broken.len(), broken.len());
    assert_eq!(text.lines().last(), Some(last.as_str()), "{}", path.display());
}
