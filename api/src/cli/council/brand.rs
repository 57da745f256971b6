//! `goldenthread council brand`.

use std::path::PathBuf;

use exporters::brand::LOGO_BYTES_MAX;
use tokio::io::AsyncReadExt;

use crate::app::App;
use crate::cli::person::{Person, told};
use crate::councils::brand::service::{Wanted, by_command, languages};
use crate::error::{ContextExt, Error, Result};

/// Says "back to the product's own" of a setting.
const DEFAULT: &str = "default";

/// How documents are to look. `default` goes back to the product's own.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// What documents call the council.
    #[arg(long)]
    display_name: Option<String>,
    /// Colour of headings, `#1F3A5F`: at least 4.5 to 1 against white.
    #[arg(long)]
    heading_colour: Option<String>,
    /// Colour of the line of results in charts: at least 3 to 1 against white.
    #[arg(long)]
    chart_colour: Option<String>,
    /// A PNG or JPEG, printed beside the council's name.
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,
    /// Languages documents can be asked for in, the default first: `--language cy-GB,en-GB`.
    #[arg(long, value_delimiter = ',', value_name = "TAG")]
    language: Option<Vec<String>>,
}

/// Sets what is given, and prints what is set now.
pub async fn run(app: &App, args: &Args) -> Result<()> {
    let actor = args.person.actor(app).await?;
    let logo = match &args.logo {
        Some(path) if path.as_os_str() == DEFAULT => Some(None),
        Some(path) => Some(Some(picture(path).await?)),
        None => None,
    };
    let wanted = Wanted {
        display_name: given(args.display_name.as_deref()),
        heading_colour: given(args.heading_colour.as_deref()),
        chart_colour: given(args.chart_colour.as_deref()),
        logo,
        languages: args.language.clone().map(|tags| (tags != [DEFAULT]).then_some(tags)),
    };
    let row = by_command(app, &actor, wanted).await.map_err(told)?;
    let or_own = |set: &Option<String>| set.clone().unwrap_or_else(|| DEFAULT.to_owned());
    println!("name      {}", row.display_name.as_deref().unwrap_or(&actor.council.name));
    println!("headings  {}", or_own(&row.heading_colour));
    println!("charts    {}", or_own(&row.chart_colour));
    match (&row.logo_format, row.logo_width, row.logo_height) {
        (Some(format), Some(width), Some(height)) => println!("logo      {format}, {width} by {height} pixels"),
        _ => println!("logo      none"),
    }
    println!("languages {}", languages(Some(&row))?.join(", "));
    Ok(())
}

fn given(word: Option<&str>) -> Option<Option<String>> {
    word.map(|word| (word != DEFAULT).then(|| word.to_owned()))
}

/// The file's bytes, no more than tell that it is too large.
async fn picture(path: &PathBuf) -> Result<Vec<u8>> {
    let refused = |why: std::io::Error| Error::bad_input(format!("{} cannot be read: {why}.", path.display()));
    let file = tokio::fs::File::open(path).await.map_err(refused)?;
    let most = u64::try_from(LOGO_BYTES_MAX).context("measuring a logo")?.saturating_add(1);
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).await.map_err(refused)?;
    Ok(bytes)
}
