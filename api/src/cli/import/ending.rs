//! How one workbook ended, for scripts.

use std::path::PathBuf;
use std::process::ExitCode;

use entity::import;
use serde::Serialize;

use crate::access::Actor;
use crate::app::App;
use crate::error::{Refusal, Result};
use crate::graphql::id::{self, Kind};
use crate::imports::{store, verbs};

/// Findings told of one workbook.
const FINDINGS_MAX: usize = 200;

/// How it ended. The order is that of how grave it is: the exit code is the last one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Its plan was applied.
    Accepted,
    /// It has a plan, without errors.
    Planned,
    /// It waits for warnings to be acknowledged.
    Waits,
    /// It has errors, or could not be done with as asked.
    Errors,
    /// It could not be read or asked about at all.
    Failed,
}

impl Outcome {
    /// The exit code of a run whose gravest outcome this is.
    pub fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Accepted | Self::Planned => 0,
            Self::Failed => 1,
            Self::Errors => 3,
            Self::Waits => 4,
        })
    }

    /// How a refusal ends what was asked, with its code and its sentence.
    pub fn of(refusal: Refusal) -> (Self, Option<String>, String) {
        match refusal {
            Refusal::Error(error) => (Self::Failed, Some(error.code.text().to_owned()), error.log_text()),
            Refusal::User(user) => {
                let waits = matches!(user.code.as_str(), "WARNINGS_NOT_ACKNOWLEDGED" | "REASON_NEEDED");
                (if waits { Self::Waits } else { Self::Errors }, Some(user.code), user.message)
            }
        }
    }
}

/// One workbook's line.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// As it was named.
    pub file: String,
    pub import: Option<String>,
    pub outcome: Outcome,
    pub state: Option<String>,
    pub layout: Option<String>,
    pub counts: Option<Counts>,
    /// The first 200.
    pub findings: Vec<Finding>,
    pub open_warnings: Vec<Open>,
    /// Where the annotated workbook was written.
    pub annotated: Option<PathBuf>,
    /// Why it was refused or failed.
    pub code: Option<String>,
    pub message: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    new: i32,
    changed: i32,
    same: i32,
    refused: i32,
    left_out: i32,
    errors: i32,
    warnings: i32,
}

#[derive(Debug, Serialize)]
pub struct Finding {
    code: String,
    severity: String,
    message: String,
    suggestion: Option<String>,
    count: i32,
    places: Vec<Place>,
}

#[derive(Debug, Serialize)]
pub struct Place {
    sheet: String,
    cell: String,
}

#[derive(Debug, Serialize)]
pub struct Open {
    code: String,
    places: i32,
    messages: Vec<String>,
}

impl Line {
    /// Of a file of which nothing is known but its name.
    pub fn of(file: String, outcome: Outcome) -> Self {
        Self {
            file,
            import: None,
            outcome,
            state: None,
            layout: None,
            counts: None,
            findings: Vec::new(),
            open_warnings: Vec::new(),
            annotated: None,
            code: None,
            message: None,
        }
    }

    /// The same with what its import says.
    pub async fn with(mut self, app: &App, actor: &Actor, row: &import::Model) -> Result<Self> {
        let snapshot = app.db.snapshot(actor.council.id).await?;
        let scope = actor.own_scope();
        let findings = store::diagnostics(&*snapshot, &scope, row.id, 0, Some(FINDINGS_MAX)).await?;
        self.findings = findings.iter().map(finding).collect();
        if row.state == "PLANNED" && row.warnings > 0 {
            let open = verbs::open_warnings(&*snapshot, &scope, row.id).await?;
            self.open_warnings =
                open.into_iter().map(|open| Open { code: open.code, places: open.places, messages: open.messages }).collect();
        }
        self.message = self.message.or_else(|| row.failure.clone());
        Ok(self.counted(row))
    }

    /// The same with its import's state and counts alone.
    pub fn counted(mut self, row: &import::Model) -> Self {
        self.import = Some(id::id(Kind::Import, row.id).0);
        self.state = Some(row.state.clone());
        self.layout.clone_from(&row.layout);
        self.counts = Some(Counts {
            new: row.new_rows,
            changed: row.changed_rows,
            same: row.same_rows,
            refused: row.refused_rows,
            left_out: row.left_out_rows,
            errors: row.errors,
            warnings: row.warnings,
        });
        self
    }

    /// Refused or failed, for a reason.
    pub fn ended(mut self, refusal: Refusal) -> Self {
        let (outcome, code, message) = Outcome::of(refusal);
        (self.outcome, self.code, self.message) = (outcome, code, Some(message));
        self
    }
}

fn finding(row: &entity::import_diagnostic::Model) -> Finding {
    let places = store::places(row);
    Finding {
        code: row.code.clone(),
        severity: row.severity.clone(),
        message: row.message.clone(),
        suggestion: row.suggestion.clone(),
        count: row.place_count.unwrap_or_else(|| i32::try_from(places.len()).unwrap_or(i32::MAX)),
        places: places.into_iter().map(|place| Place { sheet: place.sheet, cell: place.cell }).collect(),
    }
}

/// Prints a line of JSON.
pub fn print(line: &impl Serialize) -> Result<()> {
    use crate::error::ContextExt;
    println!("{}", serde_json::to_string(line).context("writing a line of JSON")?);
    Ok(())
}
