//! Which passwords are taken: long enough, and not soon guessed. No rules about digits and signs: they make passwords
//! harder to keep and no harder to guess (NIST SP 800-63B).

use zxcvbn::{Score, zxcvbn};

use crate::error::UserError;

/// The fewest characters.
pub const CHARACTERS_MIN: usize = 12;
/// The most.
pub const CHARACTERS_MAX: usize = 256;

/// What a guesser would try first of a person.
#[derive(Debug, Clone)]
pub struct About {
    pub name: String,
    pub email: String,
    pub council: String,
    pub council_code: String,
}

/// Why a password is not taken; `field` is where it was given.
pub fn check(password: &str, about: &About, field: &[&str]) -> Result<(), UserError> {
    let characters = password.chars().count();
    if characters < CHARACTERS_MIN {
        let message =
            format!("A password has {CHARACTERS_MIN} characters or more: a few words that do not belong together are easy to keep.");
        return Err(UserError::new("PASSWORD_TOO_SHORT", message, Some(field)));
    }
    if characters > CHARACTERS_MAX {
        return Err(UserError::new("PASSWORD_TOO_LONG", format!("A password has {CHARACTERS_MAX} characters at most."), Some(field)));
    }
    let estimate = zxcvbn(password, &words(about).iter().map(String::as_str).collect::<Vec<_>>());
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    let mut reasons = Vec::new();
    if let Some(feedback) = estimate.feedback() {
        reasons.extend(feedback.warning().map(|warning| warning.to_string()));
        reasons.extend(feedback.suggestions().iter().map(ToString::to_string));
    }
    let message = format!("This password would soon be guessed. {}", reasons.join(" "));
    Err(UserError::new("PASSWORD_TOO_SIMPLE", message.trim_end(), Some(field)))
}

/// Everything said of the person and their council: whole, word by word, and run together.
fn words(about: &About) -> Vec<String> {
    let mut words = vec!["goldenthread".to_owned(), "golden".to_owned(), "thread".to_owned()];
    let before_at = about.email.split('@').next().unwrap_or_default().to_owned();
    for text in [&about.name, &about.email, &before_at, &about.council, &about.council_code] {
        words.push(text.clone());
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() > 2).map(str::to_owned));
        words.push(text.chars().filter(|c| c.is_alphanumeric()).collect());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Option<String> {
        let about = About {
            name: "Perpetua Quillfeather".into(),
            email: "p.quillfeather@huntingdonshire.example".into(),
            council: "Huntingdonshire District Council".into(),
            council_code: "huntingdonshire".into(),
        };
        check(password, &about, &["input", "password"]).err().map(|refusal| refusal.code)
    }

    #[test]
    fn a_password_is_long_and_not_soon_guessed() {
        for taken in ["seven plums in a ditch", "vQ8#mZ2!pL5x", "ŵyth eirin mewn ffos", &"seven plums in a ditch".repeat(11)] {
            assert_eq!(code(taken), None, "{taken}");
        }
        assert_eq!(code("vQ8#mZ2!pL5").as_deref(), Some("PASSWORD_TOO_SHORT"));
        assert_eq!(code(&"x7".repeat(129)).as_deref(), Some("PASSWORD_TOO_LONG"));
        for simple in [
            "password1234",
            "Password123!",
            "aaaaaaaaaaaaaa",
            "qwertyuiop123",
            "Quillfeather1",
            "huntingdonshire1",
            "Huntingdonshire2024",
            "goldenthread1",
            "P.Quillfeather2024",
            "PerpetuaQuillfeather7",
        ] {
            assert_eq!(code(simple).as_deref(), Some("PASSWORD_TOO_SIMPLE"), "{simple}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_words() {
        let about = About { name: String::new(), email: String::new(), council: String::new(), council_code: String::new() };
        let refusal = check("abcdefghijklmnop", &about, &["input", "password"]).expect_err("is simple");
        assert!(refusal.message.starts_with("This password would soon be guessed. Sequences like abc"), "{}", refusal.message);
        assert_eq!(refusal.field.as_deref(), Some(["input".to_owned(), "password".to_owned()].as_slice()));
    }
}
