//! Faults of the package and of what the file says of itself.

use super::{FIGURES, Fault, WORDS};

const CORE: &str = "docProps/core.xml";

pub const FAULTS: &[Fault] = &[
    ("K02", |p| p.add("xl/vbaProject.bin", "macros")),
    ("K03", |p| p.add("xl/externalLinks/externalLink1.xml", "<externalLink/>")),
    ("K04", |p| {
        let at = p.figure(FIGURES, "Value");
        p.put(FIGURES, at, |style| format!("s=\"{style}\"><f>1/2</f><v>0.5</v></c>"));
    }),
    ("K05", |p| {
        let at = p.below(WORDS, "Meaning");
        p.write(WORDS, at, "#REF!");
    }),
    ("D01", |p| p.between(CORE, "<dc:title>", "</dc:title>", "performance_pack_q2")),
    ("D02", |p| p.replace(CORE, "<dc:language>en-GB</dc:language>", "")),
    ("D03", |p| p.between(CORE, "<dc:creator>", "</dc:creator>", "rust_xlsxwriter")),
    ("D04", |p| p.between(CORE, "<cp:keywords>", "</cp:keywords>", "")),
];
