//! A file that came beside a request.

use async_graphql::{Context, Upload, UploadValue};

use crate::error::{ContextExt, Error, Result};

/// The file an argument stands for. A client can write what stands for a file by hand: then there is none.
pub fn file(ctx: &Context<'_>, upload: Upload) -> Result<UploadValue> {
    let sent = ctx.query_env.uploads.get(upload.0);
    sent.ok_or_else(|| Error::bad_input("No file came for this: send it by multipart."))?.try_clone().context("receiving a file")
}
