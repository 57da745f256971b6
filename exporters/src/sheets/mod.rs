//! The sheets of a pack, one file each, in the order they stand. A sheet with nothing to say is left out.

use rules::status::Colour;

use crate::RenderError;
use crate::book::{self, Book, Page};
use crate::pack::{Pack, Profile};
use crate::reading::Read;
use crate::table::TablePage;
use crate::wording;

mod benchmark_charts;
mod benchmarking;
mod changes;
mod contents;
mod context;
mod cover;
mod definitions;
mod delivery;
mod detail;
mod exceptions;
mod key;
mod notes;
mod outcomes;
mod scorecard;
mod summary;
mod trend_charts;
mod trend_data;
mod variation;

/// Colours a pack has columns for: Blue only where it occurs.
fn colours(read: &Read) -> Vec<Colour> {
    let blue = read.all.iter().any(|r| r.colour() == Colour::Blue || r.year_end() == Colour::Blue);
    let colours = [Colour::Blue, Colour::Green, Colour::Amber, Colour::Red];
    colours.into_iter().filter(|c| blue || *c != Colour::Blue).collect()
}

pub(crate) fn render(pack: &Pack) -> Result<Vec<u8>, RenderError> {
    let read = Read::new(pack);
    let pages_of = |sheet: &Sheet| sheet.page(&read);
    let pages = Sheet::ALL.iter().filter(|sheet| sheet.is_for(pack.profile)).filter_map(pages_of);
    // The Cover and the contents stand first and tell of what follows.
    let front = |pages: &[Page]| vec![Page::Words(cover::page(&read, pages)), Page::Table(Box::new(contents::page(&read, pages)))];
    let book = Book {
        title: cover::title(&read),
        subject: format!("{}, {}", wording::framework(&read), read.period),
        council: pack.council.clone(),
        keywords: vec![
            read.say("keyword-performance").to_owned(),
            read.say("keyword-indicators").to_owned(),
            pack.forum.clone(),
            read.period.clone(),
        ],
        category: read.say("category-pack").to_owned(),
        created_at: pack.created_at,
        language: pack.language.clone(),
        brand: pack.brand.clone(),
        properties: pack.properties.clone(),
        header: cover::meeting(&read),
        mark: cover::mark(&read),
        pages: Vec::new(),
    };
    book::write_after(&book, 2, pages, front)
}

/// Every sheet but the Cover and the contents, in the order they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sheet {
    Exceptions,
    Summary,
    ByDirectorate,
    ByProgramme,
    ByOutcome,
    Detail,
    Context,
    Outcomes,
    Actions,
    Recommendations,
    Projects,
    Milestones,
    Risks,
    HeatMap,
    Budget,
    UnitCosts,
    Benchmarking,
    BenchmarkCharts,
    Variation,
    TrendData,
    TrendCharts,
    Changes,
    Definitions,
    Key,
    Notes,
}

impl Sheet {
    const ALL: [Self; 25] = [
        Self::Exceptions,
        Self::Summary,
        Self::ByDirectorate,
        Self::ByProgramme,
        Self::ByOutcome,
        Self::Detail,
        Self::Context,
        Self::Outcomes,
        Self::Actions,
        Self::Recommendations,
        Self::Projects,
        Self::Milestones,
        Self::Risks,
        Self::HeatMap,
        Self::Budget,
        Self::UnitCosts,
        Self::Benchmarking,
        Self::BenchmarkCharts,
        Self::Variation,
        Self::TrendData,
        Self::TrendCharts,
        Self::Changes,
        Self::Definitions,
        Self::Key,
        Self::Notes,
    ];

    /// Which sheets a profile has, where there is something for them. Members are given the commentary too: it faces
    /// the status it explains.
    const fn is_for(self, profile: Profile) -> bool {
        match profile {
            Profile::Officer => true,
            Profile::Cabinet => !matches!(self, Self::TrendData),
            // Comparison prompts questions: for those who answer them, and for analysts.
            Profile::Scrutiny => !matches!(self, Self::TrendData | Self::Benchmarking | Self::BenchmarkCharts),
            Profile::Exceptions => matches!(self, Self::Exceptions | Self::TrendCharts | Self::Key | Self::Notes),
            Profile::OpenData => matches!(self, Self::Benchmarking | Self::TrendData | Self::Definitions | Self::Key | Self::Notes),
        }
    }

    fn page(self, read: &Read) -> Option<Page> {
        let page = match self {
            Self::Exceptions => exceptions::page(read),
            Self::Summary => summary::page(read),
            Self::ByDirectorate => scorecard::by_directorate(read),
            Self::ByProgramme => scorecard::by_programme(read),
            Self::ByOutcome => scorecard::by_outcome(read),
            Self::Detail => detail::page(read),
            Self::Context => context::page(read),
            Self::Outcomes => outcomes::page(read),
            Self::Actions => Some(delivery::actions(read)),
            Self::Recommendations => Some(delivery::recommendations(read)),
            Self::Projects => Some(delivery::projects(read)),
            Self::Milestones => Some(delivery::milestones(read)),
            Self::Risks => Some(delivery::risks(read)),
            Self::HeatMap => Some(delivery::heat_map(read)),
            Self::Budget => Some(delivery::budget(read)),
            Self::UnitCosts => Some(delivery::unit_costs(read)),
            Self::Benchmarking => Some(benchmarking::page(read)),
            Self::BenchmarkCharts => return benchmark_charts::page(read).map(Page::Charts),
            Self::Variation => Some(variation::page(read)),
            Self::TrendData => trend_data::page(read),
            Self::TrendCharts => return trend_charts::page(read).map(Page::Charts),
            Self::Changes => changes::page(read),
            Self::Definitions => definitions::page(read),
            Self::Key => Some(key::page(read)),
            Self::Notes => notes::page(read),
        };
        table(page)
    }
}

fn table(page: Option<TablePage>) -> Option<Page> {
    page.filter(|page| !page.rows.is_empty()).map(|page| Page::Table(Box::new(page)))
}
