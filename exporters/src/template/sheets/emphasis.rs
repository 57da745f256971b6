//! What the Check column says is wanted stands out: its words in bold, the cells they mean on a pale fill. The words are
//! there without it: nothing is said by colour alone.

use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet};

use super::check::quoted;
use super::columns::{ACTION, CHECK, COMMENTARY, DUE, NO_RESULT, RESULT, letter};
use crate::RenderError;
use crate::template::Template;

/// Ink and paper of a cell that is wanted: contrast of 11 to 1.
const WANTED: (u32, u32) = (0x3A_25_00, 0xFF_E9_B8);

pub(super) fn add(sheet: &mut Worksheet, template: &Template, first: u32) -> Result<(), RenderError> {
    let Some(last) = u32::try_from(template.rows.len()).ok().and_then(|n| n.checked_sub(1)).map(|n| first + n) else {
        return Ok(());
    };
    let check = format!("${}{}", letter(CHECK), first + 1);
    let says = |id: &str| format!("{check}={}", quoted(&template.language, id));
    let quiet = ["check-ok", "check-stands", "check-result-needed"].map(|id| format!("{check}<>{}", quoted(&template.language, id)));
    let bold = ConditionalFormatFormula::new().set_rule(format!("=AND({})", quiet.join(",")).as_str()).set_format(Format::new().set_bold());
    sheet.add_conditional_format(first, CHECK, last, CHECK, &bold)?;
    let wrong = ["check-too-big", "check-outside", "check-not-a-figure", "check-not-both"].map(says).join(",");
    for (from, to, rule) in [
        (RESULT, RESULT, format!("=OR({wrong})")),
        (NO_RESULT, NO_RESULT, format!("=OR({},{})", says("check-say-why"), says("check-not-both"))),
        (COMMENTARY, COMMENTARY, format!("={}", says("check-commentary-needed"))),
        // The three of them, and of these the ones that are blank.
        (ACTION, DUE, format!("=AND({},{}{}=\"\")", says("check-action-needed"), letter(ACTION), first + 1)),
    ] {
        let format = Format::new().set_font_color(WANTED.0).set_background_color(WANTED.1);
        let wanted = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format);
        sheet.add_conditional_format(first, from, last, to, &wanted)?;
    }
    Ok(())
}
