//! The accessibility gate: our own rules, and where it can be run another program's opinion of the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Asks the checker of each file and prints a line a file, then its verdicts.
const ASK_EACH: &str = "
import importlib.util, sys
spec = importlib.util.spec_from_file_location('packcheck', sys.argv[1])
checker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(checker)
for path in sys.argv[2:]:
    print('FILE', path)
    checker.main([path, '--max', '2'])
";

/// Writes a workbook where a checker, or a person, can look at it.
pub fn save(name: &str, bytes: &[u8]) -> PathBuf {
    save_in("workbooks", name, bytes)
}

/// The same, in a folder of its own.
pub fn save_in(folder: &str, name: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written to");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the target folder can be written to");
    path
}

/// Fails with the places at fault, unless the workbook keeps all 78 rules.
pub fn passes(name: &str, bytes: &[u8]) {
    passes_but(name, bytes, &[]);
}

/// The same of a workbook that breaks these rules, each of which it must break.
pub fn passes_but(name: &str, bytes: &[u8], broken: &[&str]) {
    guidance::assert_kept_but(name, bytes, broken);
    let path = save(name, bytes);
    let Some(other) = opinion(std::slice::from_ref(&path)) else { return };
    let (said, ids) = &other[&path];
    assert_eq!(ids, broken, "{}\n{said}", path.display());
}

/// What the checker says of each file: its words, and the rules it finds broken. None where it cannot be run.
pub fn opinion(paths: &[PathBuf]) -> Option<BTreeMap<PathBuf, (String, Vec<String>)>> {
    let checker = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/checks/packcheck.py");
    let python = Command::new("python3").args(["-c", "import openpyxl, lxml"]).output();
    if !checker.exists() || !python.is_ok_and(|p| p.status.success()) {
        println!("not compared: the checker, python3, openpyxl or lxml is not here");
        return None;
    }
    let out = Command::new("python3").args(["-c", ASK_EACH]).arg(&checker).args(paths).output().expect("python3 was found above");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let mut found = BTreeMap::new();
    for said in String::from_utf8_lossy(&out.stdout).split("FILE ").skip(1) {
        let (path, said) = said.split_once('\n').expect("a line a file");
        let failed = said.lines().filter_map(|line| line.strip_prefix("FAIL")?.split_whitespace().next());
        found.insert(PathBuf::from(path), (said.to_owned(), failed.map(str::to_owned).collect()));
    }
    assert_eq!(found.len(), paths.len(), "it says something of every file");
    Some(found)
}

/// The same as [`passes`] of many files, with one call of the other program.
pub fn all_pass(folder: &str, files: &[(String, Vec<u8>)]) {
    for (name, bytes) in files {
        guidance::assert_kept(name, bytes);
    }
    let paths: Vec<PathBuf> = files.iter().map(|(name, bytes)| save_in(folder, name, bytes)).collect();
    for (path, (said, broken)) in opinion(&paths).into_iter().flatten() {
        assert!(broken.is_empty(), "{}\n{said}", path.display());
    }
}
