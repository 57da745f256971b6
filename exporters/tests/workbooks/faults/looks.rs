//! Faults of letters, colours, links and what floats above the cells.

use super::{CHARTS, COVER, FIGURES, Fault, WORDS};

const DRAWING: &str = "xl/drawings/drawing1.xml";
/// What begins something that floats.
const ANCHOR: &str = "<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff>\
     </xdr:from><xdr:ext cx=\"9525\" cy=\"9525\"/>";

pub const FAULTS: &[Fault] = &[
    ("F01", |p| {
        let at = p.below(WORDS, "Meaning");
        p.letters(WORDS, at, |font| font.replace("Arial", "Times New Roman"));
    }),
    ("F02", |p| {
        let at = p.below(WORDS, "Meaning");
        p.letters(WORDS, at, |font| font.replace("<sz val=\"12\"/>", "<sz val=\"9\"/>"));
    }),
    ("F17", |p| {
        let at = p.below(WORDS, "Meaning");
        p.letters(WORDS, at, |font| font.replace("<sz val=\"12\"/>", "<sz val=\"11\"/>"));
    }),
    ("F03", |p| {
        let at = p.below(WORDS, "Meaning");
        p.letters(WORDS, at, |font| font.replace("<font>", "<font><i/>"));
    }),
    ("F04", |p| {
        let at = p.below(WORDS, "Meaning");
        p.restyle(WORDS, at, |xf| xf.replace("<alignment ", "<alignment textRotation=\"90\" "));
    }),
    ("F05", |p| {
        let at = p.figure(FIGURES, "Value");
        p.letters(FIGURES, at, |font| font.replace("<color theme=\"1\"/>", "<color rgb=\"FF7A0010\"/>"));
    }),
    ("F06", |p| {
        p.letters(WORDS, (2, 1), |font| font.replace("<color theme=\"1\"/>", "<color rgb=\"FFB0B0B0\"/>"));
    }),
    ("F07", |p| {
        let yellow = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFE9B8\"/><bgColor indexed=\"64\"/></patternFill></fill>";
        let fill = p.append("fills", "fill", yellow);
        p.restyle(WORDS, (2, 1), |xf| xf.replace("fillId=\"0\"", &format!("fillId=\"{fill}\"")));
    }),
    ("F08", |p| {
        let at = p.sheet(COVER).filled().find(|c| c.text == "Go to the table of contents").map(|c| (c.row, c.column)).unwrap();
        p.write(COVER, at, "Click here");
    }),
    ("F09", |p| p.between(DRAWING, "descr=\"", "\"", "Chart 1")),
    ("F10", |p| {
        let picture = format!(
            "{ANCHOR}<xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"90\" name=\"Picture 1\" descr=\"The coat of arms of the council\"/><xdr:cNvPicPr/>\
             </xdr:nvPicPr><xdr:blipFill><a:blip/></xdr:blipFill><xdr:spPr/></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
        );
        p.replace(DRAWING, "</xdr:wsDr>", &picture);
    }),
    ("F11", |p| p.relate(WORDS, "drawing", "../drawings/drawing1.xml")),
    ("F12", |p| {
        p.edit("xl/charts/chart1.xml", |text| {
            let (head, rest) = text.split_once("<c:title>").unwrap();
            format!("{head}{}", rest.split_once("</c:title>").unwrap().1)
        });
    }),
    ("F13", |p| {
        let shape = format!(
            "{ANCHOR}<xdr:sp><xdr:nvSpPr><xdr:cNvPr id=\"91\" name=\"Box 1\"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/></xdr:sp>\
             <xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
        );
        p.replace(DRAWING, "</xdr:wsDr>", &shape);
    }),
    ("F15", |p| {
        let at = p.below(WORDS, "Meaning");
        p.write(WORDS, at, "Apr-23");
    }),
    ("F16", |p| {
        let area = p.sheet(WORDS).tables[0].area;
        let spark = format!(
            "<extLst><ext uri=\"{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}\" xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\">\
             <x14:sparklineGroups xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><x14:sparklineGroup><x14:sparklines><x14:sparkline>\
             <xm:f>A1:A2</xm:f><xm:sqref>B{}</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>",
            area.top + 1
        );
        p.replace(&p.part(WORDS), "</worksheet>", &spark);
    }),
    ("F14", |p| p.replace(&p.part(CHARTS), "<oddFooter>", "<oddFooter>&amp;CNot for publication")),
];
