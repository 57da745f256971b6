//! A pack opened again: what stands in which cell, and that the accessibility gate lets it through.

use std::path::{Path, PathBuf};
use std::process::Command;

mod common;

use exporters::pack::{Pack, render};

/// Writes a workbook where the checker can read it.
fn save(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packs");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Runs the checker; answers what failed, or nothing where it cannot be run.
fn failures(path: &Path) -> Option<String> {
    let checker = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/checks/packcheck.py");
    let python = Command::new("python3").args(["-c", "import openpyxl, lxml"]).output();
    if !checker.exists() || !python.is_ok_and(|p| p.status.success()) {
        eprintln!("skipped: the checker, python3, openpyxl or lxml is not here");
        return None;
    }
    let out = Command::new("python3").arg(&checker).arg(path).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    Some(text.lines().filter(|l| !l.starts_with("PASS")).collect::<Vec<_>>().join("\n"))
}

fn passes(name: &str, pack: &Pack) {
    let path = save(name, &render(pack).unwrap());
    if let Some(failures) = failures(&path) {
        assert_eq!(failures, "78 passed, 0 failed", "{}", path.display());
    }
}

#[test]
fn a_pack_passes_the_accessibility_gate() {
    passes("performance-pack-exampleshire.xlsx", &common::pack());
}
