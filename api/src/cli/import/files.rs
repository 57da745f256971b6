//! Which files are meant: those named, and of a folder every workbook in it.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// How the names of workbooks end. What is in a file decides how it is read; a folder holds other things too.
const ENDINGS: [&str; 8] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt"];
/// Files of one run.
const FILES_MAX: usize = 2_000;

/// Files to import, in order, and what was passed over in folders.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub files: Vec<PathBuf>,
    pub passed_over: Vec<PathBuf>,
}

/// Finds them: files as they are named, and the workbooks of folders in the order of their names. Folders inside folders
/// are passed over, and so is what is hidden, what a program locks a workbook with, and what is named like no workbook.
pub fn find(paths: &[PathBuf]) -> Result<Found> {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            in_folder(path, &mut found)?;
        } else {
            found.files.push(path.clone());
        }
    }
    if found.files.len() > FILES_MAX {
        return Err(Error::limit(format!("There are {} workbooks; one run takes {FILES_MAX} at most.", found.files.len())));
    }
    if found.files.is_empty() {
        return Err(Error::bad_input(format!("There is no workbook here. Names end in one of: {}.", ENDINGS.join(", "))));
    }
    Ok(found)
}

fn in_folder(folder: &Path, found: &mut Found) -> Result<()> {
    let unreadable = |why: std::io::Error| Error::bad_input(format!("{}: {why}", folder.display()));
    let entries: Result<Vec<PathBuf>, std::io::Error> =
        std::fs::read_dir(folder).map_err(unreadable)?.map(|entry| Ok(entry?.path())).collect();
    let mut entries = entries.map_err(unreadable)?;
    entries.sort();
    let (files, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| path.is_file() && is_workbook(path));
    found.files.extend(files);
    found.passed_over.extend(others);
    Ok(())
}

/// `~$return.xlsx` is Excel's lock, `.~lock.return.ods#` LibreOffice's.
fn is_workbook(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let hidden = name.starts_with('.') || name.starts_with("~$");
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    !hidden && ENDINGS.contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folders_workbooks_are_found_in_order_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.XLSX", "a.csv", "~$b.XLSX", ".DS_Store", ".~lock.a.ods#", "notes.pdf", "c.ods"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("older.xlsx")).unwrap();
        let named = folder.path().join("notes.pdf");
        let found = find(&[named, folder.path().to_owned()]).unwrap_or_else(|error| panic!("{}", error.log_text()));
        let names = |paths: &[PathBuf]| paths.iter().map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect::<Vec<_>>();
        // A file that is named is taken whatever it is called.
        assert_eq!(names(&found.files), ["notes.pdf", "a.csv", "b.XLSX", "c.ods"]);
        assert_eq!(names(&found.passed_over), [".DS_Store", ".~lock.a.ods#", "notes.pdf", "older.xlsx", "~$b.XLSX"]);
    }

    #[test]
    fn a_folder_without_a_workbook_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(find(&[folder.path().to_owned()]).is_err_and(|error| error.message.contains("no workbook here")));
    }
}
