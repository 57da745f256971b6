//! Which columns of a table say whose, of what and in which unit its figures are.

use std::collections::HashMap;

use super::supplied;
use crate::benchmark::Supplied;
use crate::layouts::areas::{Areas, is_region_code};
use crate::layouts::header::{Header, Measure};
use crate::layouts::heading_key;
use crate::layouts::roles::{Role, Sureness};
use crate::row::Text;
use crate::sheet::{Row, Sheet, Value};

/// Rows that are looked at to know a column by its cells.
const ROWS_LOOKED_AT: usize = 200;

/// The columns of the table that is being read.
pub(super) struct Columns {
    /// The sheet's number.
    pub sheet: u32,
    pub areas: Areas,
    /// Code and name of regions, then of nations: where rows are named whose own columns hold marks or nothing.
    pub beside: [(Option<u32>, Option<u32>); 2],
    /// What sort of area a row is about, where a column says it.
    pub level: Option<u32>,
    /// The column that names the measure.
    pub name: Option<u32>,
    /// The column that tells rows of one name apart.
    pub variant: Option<u32>,
    /// The table's title, as far as it names what is measured.
    pub title: Option<Text>,
    /// Headings by the cell the lowest of them stands in.
    headings: HashMap<String, String>,
    supplied: Vec<u32>,
    /// Numbers that name something: `old_la_code`.
    names: Vec<u32>,
}

impl Columns {
    /// None for a table that is not about areas.
    pub fn new(number: u32, sheet: &Sheet, header: &Header) -> Option<Self> {
        let areas = header.areas?;
        let lowest = |heading: &str| heading_key(heading.rsplit(" | ").next().unwrap_or_default());
        let is = |keys: &[&str]| header.columns.iter().find(|column| keys.contains(&lowest(&column.heading).as_str())).map(|c| c.column);
        let own = [areas.code, areas.name, areas.other_code];
        let named_by: Vec<u32> = header.columns.iter().filter(|c| c.role == Some(Role::Name)).map(|c| c.column).collect();
        let named = |word: &str| {
            header
                .columns
                .iter()
                .find(|c| named_by.contains(&c.column) && lowest(&c.heading).split(' ').any(|own| own == word))
                .map(|c| c.column)
        };
        // `indicator, measure, unit`: the measure is how the indicator is counted.
        let name = named("indicator").or_else(|| header.find(Role::Name).map(|c| c.column));
        let second = is(&["measure"]).filter(|column| named_by.contains(column) && Some(*column) != name);
        let told = is(&["datatype", "data type", "value type", "measure type"]);
        let variant = told.or_else(|| is(&["type"]).filter(|column| is_price_basis(sheet, header, *column))).or(second);
        let measured = |column: &&crate::layouts::heading::Column| column.sureness != Sureness::Told;
        let supplied = header.columns.iter().filter(measured).filter(|c| supplied::kind(lowest_words(&c.heading)).is_some());
        let supplied = supplied.map(|c| c.column).filter(|column| !own.contains(&Some(*column))).collect();
        let names_something = |heading: &str| matches!(lowest(heading).split(' ').next_back(), Some("code" | "codes" | "id"));
        let names = header.columns.iter().filter(measured).filter(|c| names_something(&c.heading)).map(|c| c.column).collect();
        let region = is(&["region code", "region ons code", "region gss code"]).or_else(|| region_codes(sheet, header));
        let region_name = is(&["region", "region name"]);
        let nation = (is(&["country code", "nation code"]), is(&["country name", "country", "nation", "nation name"]));
        let title = match &header.measure {
            Some(Measure::Words(text)) => Some(Text { text: without_marks(&text.text).to_owned(), ..text.clone() }),
            _ => None,
        };
        Some(Self {
            sheet: number,
            areas,
            beside: [(region, region_name), nation].map(|(code, name)| {
                let free = |column: &u32| !own.contains(&Some(*column));
                (code.filter(free), name.filter(free))
            }),
            level: is(&["geographic level", "geography level", "level", "area type", "geography type"]),
            name,
            variant: variant.filter(|column| !own.contains(&Some(*column))),
            title,
            headings: header.columns.iter().map(|column| (column.cell.clone(), column.heading.clone())).collect(),
            supplied,
            names,
        })
    }

    /// The column that names the areas.
    pub fn first(&self) -> u32 {
        self.areas.code.or(self.areas.name).or(self.areas.other_code).unwrap_or_default()
    }

    /// All heading rows of the column whose heading ends in a cell.
    pub fn heading(&self, cell: &str) -> Option<&String> {
        self.headings.get(cell).filter(|heading| !heading.is_empty())
    }

    pub fn is_supplied(&self, column: u32) -> bool {
        self.supplied.contains(&column)
    }

    /// Whether a column holds no figures of anybody.
    pub fn is_no_figure(&self, column: u32) -> bool {
        self.is_supplied(column) || self.names.contains(&column)
    }

    /// Headings of columns that say something of a figure here, or are spoken of by themselves.
    pub fn read_beside(&self, header: &Header) -> Vec<String> {
        let [(region, region_name), (nation, nation_name)] = self.beside;
        let own = [self.variant, self.name, self.level, region, region_name, nation, nation_name];
        let here = header.columns.iter().filter(|column| own.contains(&Some(column.column)) || self.is_supplied(column.column));
        here.map(|column| column.cell.clone()).collect()
    }

    /// Columns that are not taken.
    pub fn supplied_here(&self, sheet: &Sheet, header: &Header) -> Vec<Supplied> {
        let here = header.columns.iter().filter(|column| self.is_supplied(column.column));
        here.filter_map(|column| {
            let kind = supplied::kind(lowest_words(&column.heading))?;
            let place = crate::Place::new(sheet.name.clone(), column.cell.clone());
            Some(Supplied { kind, heading: lowest_words(&column.heading).to_owned(), place })
        })
        .collect()
    }
}

/// A title without the numbers of its notes: `by region 1,2`, `by region 1-3`.
pub(super) fn without_marks(title: &str) -> &str {
    let is_marks = |word: &str| {
        let digits = word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-'));
        digits && word.len() <= 8 && word.contains([',', '-']) && word.starts_with(|c: char| c.is_ascii_digit())
    };
    match title.rsplit_once(' ') {
        Some((rest, last)) if is_marks(last) && !rest.is_empty() => rest.trim_end(),
        _ => title,
    }
}

/// The lowest row of a heading.
fn lowest_words(heading: &str) -> &str {
    heading.rsplit(" | ").next().unwrap_or_default()
}

/// Rows below the headings, as many as are looked at.
fn below<'a>(sheet: &'a Sheet, header: &Header) -> impl Iterator<Item = &'a Row> {
    let start = sheet.rows.partition_point(|row| row.index <= header.bottom);
    sheet.rows.iter().skip(start).take(ROWS_LOOKED_AT)
}

/// The column with codes of regions beside the authorities.
fn region_codes(sheet: &Sheet, header: &Header) -> Option<u32> {
    let mut count: HashMap<u32, usize> = HashMap::new();
    for row in below(sheet, header) {
        for cell in row.filled() {
            if matches!(&cell.value, Value::Text(text) if is_region_code(text.trim())) {
                *count.entry(cell.column).or_default() += 1;
            }
        }
    }
    let nations = |column: &u32| {
        let heading = header.columns.iter().find(|known| known.column == *column).map(|known| heading_key(&known.heading));
        heading.is_some_and(|heading| heading.contains("country") || heading.contains("nation"))
    };
    count.retain(|column, _| !nations(column));
    let own = header.areas.and_then(|areas| areas.code);
    count
        .into_iter()
        .filter(|(column, rows)| Some(*column) != own && *rows >= 3)
        .min_by_key(|(column, _)| *column)
        .map(|(column, _)| column)
}

/// Whether a column headed `Type` says in which prices a figure is, as `Cash_Annual` and `Real_Annual` do; otherwise it may
/// be the type of the authority.
fn is_price_basis(sheet: &Sheet, header: &Header, column: u32) -> bool {
    let basis = |text: &str| ["cash", "real"].iter().any(|word| text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    let mut texts = below(sheet, header).filter_map(|row| row.cell(column)).map(crate::sheet::Cell::text).peekable();
    texts.peek().is_some() && texts.all(|text| basis(&text))
}
