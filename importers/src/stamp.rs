//! Which template a filled template is: what its hidden sheet and its other carriers say.

use serde::{Deserialize, Serialize};

use crate::address::Place;

/// The `_template` sheet. Whether it is true, the caller finds out: it holds the key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateStamp {
    /// `return/1`.
    pub schema: String,
    /// The council's id.
    pub council_id: String,
    /// The council's code.
    pub council_code: String,
    /// The id of the element whose return it is.
    pub element_id: String,
    /// Its code.
    pub element_code: String,
    /// The period, as printed: `2023/24 Q1`.
    pub period: String,
    /// The edition of the framework.
    pub framework_edition: String,
    /// 1, 2, …: which issue of this return's template.
    pub issue: Option<u32>,
    /// When it was issued, as written.
    pub issued_at: String,
    /// The fingerprint of the whole template.
    pub fingerprint: String,
    /// The signature, where there is one.
    pub signature: String,
    /// One line a row of the Return sheet.
    pub rows: Vec<StampRow>,
    /// The fingerprint elsewhere in the file.
    pub carriers: Carriers,
    /// Keys of the sheet that are none of these, with their values.
    pub others: Vec<(String, String)>,
}

/// One row as it was issued.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StampRow {
    /// What stands in the Ref column.
    pub row_key: String,
    /// The indicator's id.
    pub indicator_id: String,
    /// The fingerprint of what the row asked for.
    pub fingerprint: String,
    /// Where in the `_template` sheet.
    pub place: Option<Place>,
}

/// The fingerprint as carried outside the `_template` sheet; none where the carrier is missing or unreadable.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carriers {
    /// The custom document property `return_fingerprint`.
    pub property: Option<String>,
    /// The defined name `return_fingerprint`.
    pub defined_name: Option<String>,
    /// `Template code: ABCD-EFGH …` on the first sheet, without its dashes and spaces.
    pub words: Option<String>,
}
