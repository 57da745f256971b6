//! What is said when a plan is accepted.

use entity::import;
use uuid::Uuid;

use crate::access::Actor;
use crate::app::App;
use crate::error::Result;
use crate::imports::store;
use crate::imports::verbs::{self, Acceptance, Acknowledgement, LeftOut};

/// How a plan is to be accepted.
#[derive(clap::Args)]
pub struct Deciding {
    /// Take the rows that are right although others are refused.
    #[arg(long)]
    valid_rows_only: bool,
    /// A row that is not to be applied, by its key (`"WM01 2023/24 Q1"`), or an indicator none of whose rows are, by its
    /// code. May be given again and again.
    #[arg(long, value_name = "KEY|CODE")]
    leave_out: Vec<String>,
    /// A warning that is right as it is, and why: `CHG-003="Tonnages arrived late"`. `all=…` for every warning; without a
    /// reason of its own, `--reason` is the reason. May be given again and again.
    #[arg(long, value_name = "CODE=REASON")]
    acknowledge: Vec<String>,
    /// Why figures that are held are changed.
    #[arg(long)]
    reason: Option<String>,
}

impl Deciding {
    /// The acceptance of a plan as it stands.
    pub async fn acceptance(&self, app: &App, actor: &Actor, row: &import::Model) -> Result<Acceptance> {
        Ok(Acceptance {
            digest: row.digest.clone(),
            valid_rows_only: self.valid_rows_only,
            left_out: self.left_out(app, actor, row.id).await?,
            acknowledged: self.acknowledged(app, actor, row).await?,
            reason: self.reason.clone(),
        })
    }

    /// What is no row of the plan is taken for an indicator's code, which accepting makes sure of.
    async fn left_out(&self, app: &App, actor: &Actor, id: Uuid) -> Result<LeftOut> {
        let mut left_out = LeftOut::default();
        if self.leave_out.is_empty() {
            return Ok(left_out);
        }
        let snapshot = app.db.snapshot(actor.council.id).await?;
        let changes = store::changes(&*snapshot, &actor.own_scope(), id, 0, None).await?;
        for named in &self.leave_out {
            let rows: Vec<Uuid> = changes.iter().filter(|change| change.key.eq_ignore_ascii_case(named)).map(|change| change.id).collect();
            if rows.is_empty() {
                left_out.indicators.push(named.clone());
            }
            left_out.rows.extend(rows);
        }
        Ok(left_out)
    }

    async fn acknowledged(&self, app: &App, actor: &Actor, row: &import::Model) -> Result<Vec<Acknowledgement>> {
        let mut given = Vec::new();
        for (code, reason) in self.acknowledge.iter().flat_map(|text| spelled(text)) {
            let reason = reason.or(self.reason.as_deref()).unwrap_or_default();
            if code.eq_ignore_ascii_case("all") {
                // Before those with a reason of their own, which hold.
                given.splice(0..0, acknowledged(app, actor, row, reason).await?);
            } else {
                given.push(Acknowledgement { code: code.to_uppercase(), reason: reason.to_owned() });
            }
        }
        Ok(given)
    }
}

/// `CODE=reason`, or codes without a reason of their own, separated by commas.
fn spelled(text: &str) -> Vec<(&str, Option<&str>)> {
    match text.split_once('=') {
        Some((code, reason)) => vec![(code.trim(), Some(reason.trim()))],
        None => text.split(',').map(|code| (code.trim(), None)).filter(|(code, _)| !code.is_empty()).collect(),
    }
}

/// Every warning of an import, acknowledged for one reason.
pub async fn acknowledged(app: &App, actor: &Actor, row: &import::Model, reason: &str) -> Result<Vec<Acknowledgement>> {
    let snapshot = app.db.snapshot(actor.council.id).await?;
    let open = verbs::open_warnings(&*snapshot, &actor.own_scope(), row.id).await?;
    Ok(open.into_iter().map(|warning| Acknowledgement { code: warning.code, reason: reason.to_owned() }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_may_hold_what_separates_codes() {
        assert_eq!(spelled("CHG-003=Late, as in 2023=24"), [("CHG-003", Some("Late, as in 2023=24"))]);
        assert_eq!(spelled("CHG-003, VAL-031,"), [("CHG-003", None), ("VAL-031", None)]);
    }
}
