//! How a council's documents look, as the API shows and sets it.

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, SimpleObject, Upload};
use entity::council_brand::Model;
use exporters::brand::LOGO_BYTES_MAX;
use tokio::io::AsyncReadExt;

use super::service::{self, Wanted};
use crate::councils::graphql::Council;
use crate::error::{ContextExt, Refusal, Result, UserError, payload};
use crate::graphql::download::Download;
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;

/// What a logo is made as.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
pub enum LogoFormat {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

/// A council's logo.
pub struct CouncilLogo {
    key: String,
    format: LogoFormat,
    width: i32,
    height: i32,
}

/// A council's logo. It stands beside the council's name in words, never instead of it.
#[Object]
impl CouncilLogo {
    /// What it is made as.
    async fn format(&self) -> LogoFormat {
        self.format
    }

    /// In pixels.
    async fn width(&self) -> i32 {
        self.width
    }

    /// In pixels.
    async fn height(&self) -> i32 {
        self.height
    }

    /// The picture, by a link that works for five minutes.
    async fn download(&self, ctx: &Context<'_>) -> Option<Result<Download>> {
        let name = match self.format {
            LogoFormat::Png => "logo.png",
            LogoFormat::Jpeg => "logo.jpg",
        };
        Some(Download::of(session(ctx), &self.key, name, "logo".to_owned()).await)
    }
}

/// How a council's packs look, and in which languages they are.
#[derive(SimpleObject)]
pub struct CouncilBrand {
    /// What documents call the council; null for its own name.
    display_name: Option<String>,
    /// Colour of headings, `#1F3A5F`; null for the product's own.
    heading_colour: Option<String>,
    /// Colour of the line of results in charts; null for the product's own.
    chart_colour: Option<String>,
    /// The logo; null for none.
    logo: Option<CouncilLogo>,
    /// Languages documents can be asked for in, as tags; the one they are in by default first.
    languages: Vec<String>,
    /// Since when; null where nothing was ever set.
    set_at: Option<DateTime>,
}

impl CouncilBrand {
    fn of(row: Option<Model>) -> Result<Self> {
        let languages = service::languages(row.as_ref())?;
        let Some(row) = row else {
            return Ok(Self { display_name: None, heading_colour: None, chart_colour: None, logo: None, languages, set_at: None });
        };
        let logo = match (row.logo_key, row.logo_format.as_deref(), row.logo_width, row.logo_height) {
            (Some(key), Some(format), Some(width), Some(height)) => {
                let format = if format == "PNG" { LogoFormat::Png } else { LogoFormat::Jpeg };
                Some(CouncilLogo { key, format, width, height })
            }
            _ => None,
        };
        Ok(Self {
            display_name: row.display_name,
            heading_colour: row.heading_colour,
            chart_colour: row.chart_colour,
            logo,
            languages,
            set_at: Some(DateTime(row.recorded_at)),
        })
    }
}

/// How the documents of the viewer's council look.
pub async fn brand(ctx: &Context<'_>) -> Result<CouncilBrand> {
    let actor = session(ctx).actor().await?;
    let snapshot = session(ctx).snapshot().await?;
    CouncilBrand::of(service::of(&**snapshot, &actor.own_scope(), None).await?)
}

/// How a council's documents are to look. What is left out stays as it is; null goes back to the product's own.
#[derive(InputObject)]
pub struct CouncilBrandSetInput {
    /// The council's code.
    council: String,
    /// What documents call it, 200 characters at most.
    display_name: MaybeUndefined<String>,
    /// Colour of headings, `#1F3A5F`: at least 4.5 to 1 against white.
    heading_colour: MaybeUndefined<String>,
    /// Colour of the line of results in charts: at least 3 to 1 against white.
    chart_colour: MaybeUndefined<String>,
    /// A PNG or JPEG of 512 KB and 4,000 by 4,000 pixels at most, by the GraphQL multipart request specification.
    logo: MaybeUndefined<Upload>,
    /// Languages documents can be asked for in, 10 at most, the one they are in by default first: `en-GB`, `cy-GB`, or one
    /// the installation adds.
    languages: MaybeUndefined<Vec<String>>,
}

/// What became of setting how documents look.
#[derive(SimpleObject)]
pub struct CouncilBrandSetPayload {
    /// The council with what is set now; null when it was refused.
    council: Option<Council>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `NAME_INVALID`, `COLOUR_INVALID`, `COLOUR_TOO_PALE` (which names
    /// the nearest colour that passes), `LOGO_INVALID`, `LANGUAGE_NOT_FOUND`.
    user_errors: Vec<UserError>,
}

/// Sets how the documents of the viewer's council look.
pub async fn set(ctx: &Context<'_>, input: CouncilBrandSetInput) -> Result<CouncilBrandSetPayload> {
    let (council, user_errors) = payload(apply(ctx, input).await)?;
    Ok(CouncilBrandSetPayload { council, user_errors })
}

async fn apply(ctx: &Context<'_>, input: CouncilBrandSetInput) -> Result<Council, Refusal> {
    let logo = match input.logo {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(upload) => Some(Some(picture(ctx, upload).await?)),
    };
    let wanted = Wanted {
        display_name: given(input.display_name),
        heading_colour: given(input.heading_colour),
        chart_colour: given(input.chart_colour),
        logo,
        languages: given(input.languages),
    };
    let (tx, actor) = session(ctx).change().await?;
    actor.scope_for(rules::permission::Permission::ManageSettings)?;
    if input.council != actor.council.code {
        return Err(UserError::new("COUNCIL_NOT_FOUND", "There is no such council here.", Some(&["input", "council"])).into());
    }
    service::set(&session(ctx).app, &tx, &actor, wanted).await?;
    tx.commit().await?;
    Ok(Council::of(&actor))
}

fn given<T>(field: MaybeUndefined<T>) -> Option<Option<T>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

/// The file's bytes, no more than tell that it is too large.
async fn picture(ctx: &Context<'_>, upload: Upload) -> Result<Vec<u8>> {
    let content = crate::graphql::upload::file(ctx, upload)?.content;
    let mut bytes = Vec::new();
    let most = u64::try_from(LOGO_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    tokio::fs::File::from_std(content).take(most).read_to_end(&mut bytes).await.context("receiving a logo")?;
    Ok(bytes)
}
