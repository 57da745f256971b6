//! What a provider's claims say of a person: an address it verified, and groups.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::provider::Provider;
use super::token::Proven;

/// Longer than any address that works (RFC 5321).
const EMAIL_CHARS_MAX: usize = 254;
/// Groups of one token. Microsoft's directory leaves them out past 200.
pub const GROUPS_MAX: usize = 500;
pub const GROUP_CHARS_MAX: usize = 255;

/// What a token says of groups.
#[derive(Debug, PartialEq, Eq)]
pub enum Groups {
    /// All of them.
    Said(BTreeSet<String>),
    /// Nothing that could be relied on, and why: roles stay as they are.
    Unsaid(&'static str),
}

/// The claim that `email_verified` and `xms_edov` are about.
pub const EMAIL_CLAIM: &str = "email";

/// Microsoft's directory, of one tenant each: the only issuers whose `xms_edov` is believed.
const MICROSOFT: [&str; 2] = ["https://login.microsoftonline.com/", "https://sts.windows.net/"];

/// The address a provider says it verified, as addresses are kept here; or why there is none.
///
/// Only ASCII letters change case: folding others could make one address of two.
pub fn verified_email(proven: &Proven, provider: &Provider) -> Result<String, &'static str> {
    // The provider's word is about the claim `email` and no other, which anybody may be able to edit.
    if provider.email_claim != EMAIL_CLAIM {
        return Err("an address in a claim that no provider vouches for");
    }
    let verified = is_verified(&proven.claims, &provider.issuer);
    let email = proven.claims.get(&provider.email_claim).and_then(Value::as_str).map(|email| email.trim().to_ascii_lowercase());
    match email.filter(|email| email.contains('@') && email.chars().count() <= EMAIL_CHARS_MAX) {
        None => Err("no address"),
        Some(_) if !verified => Err("an address that is not verified"),
        Some(email) => Ok(email),
    }
}

/// Whether a provider says the address is the person's: without a word of it, it is what anybody may have typed.
///
/// `email_verified` is a boolean by the specification (OpenID Connect Core 5.1). Amazon Cognito and Apple send the text
/// `"true"` instead, so that is taken; nothing else is. Microsoft's directory never sends it, and says by the optional
/// claim `xms_edov` that the owner of the address's domain vouches for it, as a boolean or as 1.
fn is_verified(claims: &Map<String, Value>, issuer: &str) -> bool {
    let says = |claim: &str| claims.get(claim).is_some_and(|said| *said == Value::Bool(true) || said == "true");
    let vouched = || says("xms_edov") || claims.get("xms_edov").is_some_and(|said| *said == 1 || said == "1");
    says("email_verified") || (MICROSOFT.iter().any(|host| issuer.starts_with(host)) && vouched())
}

/// The groups a token names, if it names all of them.
pub fn groups(claims: &Map<String, Value>, claim: &str) -> Groups {
    // Microsoft's word for "more than fit".
    let elsewhere = claims.get("_claim_names").and_then(|names| names.get(claim)).is_some();
    if elsewhere || claims.get("hasgroups").is_some_and(|has| *has != Value::Bool(false)) {
        return Groups::Unsaid("the provider left them out, there are too many");
    }
    let said: Option<Vec<&str>> = match claims.get(claim) {
        None | Some(Value::Null) => return Groups::Unsaid("the token has no such claim"),
        // A list of one, as Active Directory Federation Services write it.
        Some(Value::String(one)) => Some(vec![one]),
        Some(Value::Array(many)) if many.len() > GROUPS_MAX => return Groups::Unsaid("there are more than 500"),
        Some(Value::Array(many)) => many.iter().map(Value::as_str).collect(),
        Some(_) => None,
    };
    match said {
        Some(said) => Groups::Said(said.into_iter().map(str::to_owned).collect()),
        None => Groups::Unsaid("the claim is no list of names"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(claims: &Value) -> Groups {
        groups(claims.as_object().unwrap(), "groups")
    }

    #[test]
    fn an_address_is_verified_when_the_provider_says_so_in_its_own_way() {
        let is = |claims: &Value, issuer: &str| is_verified(claims.as_object().unwrap(), issuer);
        let (google, entra) = ("https://accounts.google.com", "https://login.microsoftonline.com/1111/v2.0");
        for claims in [json!({ "email_verified": true }), json!({ "email_verified": "true" })] {
            assert!(is(&claims, google) && is(&claims, entra), "{claims}");
        }
        for claims in [json!({}), json!({ "email_verified": false }), json!({ "email_verified": "1" }), json!({ "email_verified": 1 })] {
            assert!(!is(&claims, google) && !is(&claims, entra), "{claims}");
        }
        for said in [json!(true), json!("true"), json!(1), json!("1")] {
            let claims = json!({ "xms_edov": said });
            assert!(is(&claims, entra) && is(&claims, "https://sts.windows.net/1111/"), "{claims}");
            assert!(!is(&claims, google) && !is(&claims, "https://login.microsoftonline.com.example.org/v2.0"), "{claims}");
        }
        for said in [json!(false), json!(0), json!("0"), json!("false"), json!(null)] {
            assert!(!is(&json!({ "xms_edov": said }), entra), "{said}");
        }
    }

    #[test]
    fn groups_are_what_the_claim_lists_and_an_empty_list_is_none() {
        let of = |names: &[&str]| Groups::Said(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(said(&json!({ "groups": ["b", "a", "b"] })), of(&["a", "b"]));
        assert_eq!(said(&json!({ "groups": [] })), of(&[]));
        assert_eq!(said(&json!({ "groups": "a" })), of(&["a"]));
        assert_eq!(said(&json!({ "groups": ["a"], "hasgroups": false, "_claim_names": { "roles": "src1" } })), of(&["a"]));
        let many: Vec<String> = (0..500).map(|n| n.to_string()).collect();
        assert!(matches!(said(&json!({ "groups": many })), Groups::Said(all) if all.len() == 500));
    }

    #[test]
    fn what_is_left_out_or_unclear_is_not_an_empty_list() {
        let many: Vec<String> = (0..501).map(|n| n.to_string()).collect();
        for claims in [
            json!({}),
            json!({ "groups": null }),
            json!({ "groups": 7 }),
            json!({ "groups": { "a": true } }),
            json!({ "groups": ["a", 7] }),
            json!({ "groups": many }),
            json!({ "groups": ["a"], "hasgroups": true }),
            json!({ "hasgroups": "true" }),
            json!({ "groups": ["a"], "_claim_names": { "groups": "src1" }, "_claim_sources": { "src1": { "endpoint": "https://graph" } } }),
        ] {
            assert!(matches!(said(&claims), Groups::Unsaid(_)), "{claims}");
        }
    }
}
