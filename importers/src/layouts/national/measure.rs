//! What figures are of: code, name, unit, and what else tells them apart.

use std::collections::HashMap;

use rules::measure::UnitKind;
use rules::period::spelling::split_period;

use super::table::Columns;
use crate::address::Place;
use crate::benchmark::MeasureMet;
use crate::figure::Column;
use crate::layouts::heading_key;
use crate::row::{Text, ValueRow};
use crate::sheet::{Row, Sheet};

/// What one figure is of.
pub(super) struct Measured {
    code: Option<Text>,
    name: Option<Text>,
    variant: Option<String>,
    unit: Option<String>,
    table: Option<String>,
    heading: Option<String>,
    sheet: String,
    /// A heading names it: on another sheet the same words may be something else.
    own_to_sheet: bool,
}

impl Measured {
    /// None for a row that names no measure.
    pub fn of(table: &Columns, sheet: &Sheet, row: &ValueRow) -> Option<Self> {
        let cells = sheet.row(row.row.checked_sub(1)?);
        let words = |column: Option<u32>| cells.and_then(|cells| text(cells, column?));
        let name = if row.from_heading { row.name.clone() } else { words(table.name).or_else(|| row.name.clone()) };
        if name.is_none() && row.code.is_none() {
            return None;
        }
        let variant = words(table.variant).map(|text| text.text);
        let unit = row.unit.as_ref().map(|unit| unit.text.clone());
        let (variant, unit) = counted(variant, unit);
        // A title that stands for a name is one as the table has it.
        let title = table.title.as_ref();
        let name = match (name, title) {
            (Some(name), Some(title)) if row.from_heading && name.cell == title.cell => Some(title.clone()),
            (name, _) => name,
        };
        let own = name.as_ref().filter(|_| row.from_heading);
        let heading = own.and_then(|name| table.heading(&name.cell)).cloned();
        let title = title.filter(|title| own.is_some_and(|name| name.cell != title.cell));
        let unit = unit.or_else(|| heading.as_deref().and_then(bracketed_unit));
        Some(Self {
            code: row.code.clone(),
            variant,
            unit,
            table: title.map(|title| title.text.clone()),
            heading,
            sheet: sheet.name.clone(),
            own_to_sheet: own.is_some(),
            name,
        })
    }

    /// What tells it from the other measures of the file.
    pub fn identity(&self) -> String {
        let text = |text: &Option<Text>| text.as_ref().map_or("", |text| text.text.as_str()).to_lowercase();
        let sheet = if self.own_to_sheet { self.sheet.as_str() } else { "" };
        let [variant, unit, table] = [&self.variant, &self.unit, &self.table].map(|text| text.as_deref().unwrap_or_default());
        // A code is known by itself, whatever its name is on another row.
        let name = if self.code.is_some() { String::new() } else { text(&self.name) };
        format!("{}\u{1}{name}\u{1}{variant}\u{1}{unit}\u{1}{table}\u{1}{sheet}", text(&self.code))
    }

    pub fn met(self) -> MeasureMet {
        let cell = self.code.as_ref().or(self.name.as_ref()).map_or("A1", |text| &text.cell);
        MeasureMet {
            key: self.key(),
            place: Place::new(self.sheet.clone(), cell),
            code: self.code,
            name: self.name,
            variant: self.variant,
            unit: self.unit,
            table: self.table,
            heading: self.heading,
            figures: 0,
            column: Column::default(),
        }
    }

    fn key(&self) -> String {
        let timeless = |text: &str| split_period(text).map_or_else(|| text.to_owned(), |(rest, _)| rest);
        let named = match (&self.code, &self.name) {
            (Some(code), _) => heading_key(&code.text),
            (None, Some(name)) => heading_key(&timeless(&name.text)),
            (None, None) => String::new(),
        };
        let table = self.table.as_deref().map(|table| heading_key(&timeless(table))).unwrap_or_default();
        let unit = self.unit.as_deref().filter(|_| !self.own_to_sheet).map(heading_key).unwrap_or_default();
        let parts = [table, named, self.variant.as_deref().map(heading_key).unwrap_or_default(), unit];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

fn text(row: &Row, column: u32) -> Option<Text> {
    row.cell(column).filter(|cell| !cell.is_blank())?.words(row.index)
}

/// `Percentage, Waste` and `Frequency, Tonnes`: the first is how it is counted, and which of the two is a unit their words
/// say.
fn counted(variant: Option<String>, unit: Option<String>) -> (Option<String>, Option<String>) {
    match (variant, unit) {
        (Some(variant), Some(unit)) if is_unit(&variant) && !is_unit(&unit) => (None, Some(variant)),
        (Some(variant), None) if is_unit(&variant) => (None, Some(variant)),
        (variant, unit) => (variant, unit),
    }
}

fn is_unit(text: &str) -> bool {
    const WORDS: [&str; 8] = ["tonnes", "kg", "kilograms", "people", "households", "hectares", "miles", "km"];
    UnitKind::of(text) != UnitKind::Other || WORDS.contains(&heading_key(text).as_str())
}

/// `Investigation Action Costs (£)`, `Net current expenditure (£ thousand) | Education services`.
fn bracketed_unit(heading: &str) -> Option<String> {
    let insides = heading.split('(').skip(1).filter_map(|part| part.split_once(')').map(|(inside, _)| inside.trim()));
    let is = |inside: &&str| inside.contains(['£', '%']) || UnitKind::of(inside) != UnitKind::Other;
    insides.filter(is).last().map(str::to_owned)
}

/// Gives measures with one key what tells them apart: their sheet without any period in its name, else their place.
pub(super) fn tell_apart(measures: &mut [MeasureMet]) {
    let told: [fn(&MeasureMet) -> String; 2] = [
        |met| {
            let sheet = split_period(&met.place.sheet).map_or_else(|| met.place.sheet.clone(), |(rest, _)| rest);
            heading_key(&sheet)
        },
        |met| format!("{} {}", heading_key(&met.place.sheet), met.place.cell.to_lowercase()),
    ];
    for more in told {
        let mut count: HashMap<String, usize> = HashMap::new();
        measures.iter().for_each(|met| *count.entry(met.key.clone()).or_default() += 1);
        for met in measures.iter_mut().filter(|met| count.get(&met.key).is_some_and(|count| *count > 1)) {
            met.key = format!("{}; {}", met.key, more(met));
        }
    }
}
