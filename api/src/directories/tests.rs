//! Every trick a token can try that needs no network: with keys made here, as [`super::sign_in`] checks them.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm as Jwt, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;

use super::keys::{KEYS_MAX, KeySet};
use super::provider::{Algorithm, LinkBy, Provider};
use super::token::{self, Head, Said};
use crate::error::Code;

const NOW: i64 = 1_728_896_400;
const ISSUER: &str = "https://login.example.org";

/// A key, and the algorithm it signs with.
struct Pair {
    sign: EncodingKey,
    algorithm: Jwt,
    /// Its public half.
    jwk: Value,
}

impl Pair {
    fn rsa() -> Self {
        let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'static> = AsDer::as_der(&pair).unwrap();
        // What the library wants stands inside, after 26 bytes that say what it is.
        Self::of(EncodingKey::from_rsa_der(&der.as_ref()[26..]), Jwt::RS256)
    }

    fn of(sign: EncodingKey, algorithm: Jwt) -> Self {
        let jwk = json!(Jwk::from_encoding_key(&sign, algorithm).unwrap());
        Self { sign, algorithm, jwk }
    }

    fn ec() -> Self {
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        Self::of(EncodingKey::from_ec_der(der.as_ref()), Jwt::ES256)
    }

    fn ed() -> Self {
        let der = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let public = Ed25519KeyPair::from_pkcs8(der.as_ref()).unwrap().public_key().as_ref().to_vec();
        let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": base64(&public) });
        Self { sign: EncodingKey::from_ed_der(der.as_ref()), algorithm: Jwt::EdDSA, jwk }
    }

    /// As its provider publishes it.
    fn published(&self, kid: &str) -> Value {
        let mut jwk = self.jwk.clone();
        jwk["kid"] = json!(kid);
        jwk["use"] = json!("sig");
        jwk
    }

    fn head(&self, kid: &str) -> Header {
        Header { kid: Some(kid.into()), ..Header::new(self.algorithm) }
    }

    fn token(&self, kid: &str) -> String {
        self.under(&self.head(kid))
    }

    fn under(&self, head: &Header) -> String {
        jsonwebtoken::encode(head, &claims(), &self.sign).unwrap()
    }

    /// A token whose head is these very bytes, signed over them.
    fn under_text(&self, head: &str) -> String {
        let body = self.token("any");
        let message = format!("{}.{}", base64(head.as_bytes()), body.split('.').nth(1).unwrap());
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.sign, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }
}

fn claims() -> Value {
    json!({ "iss": ISSUER, "aud": "goldenthread", "sub": "perry", "iat": NOW, "exp": NOW + 3600 })
}

fn provider(algorithms: &[Algorithm]) -> Provider {
    Provider {
        council: Uuid::nil(),
        id: Uuid::nil(),
        name: "Town Hall".into(),
        issuer: ISSUER.into(),
        audience: "goldenthread".into(),
        algorithms: algorithms.to_vec(),
        link_by: LinkBy::VerifiedEmail,
        email_claim: "email".into(),
        groups_claim: None,
        created_at: DateTime::UNIX_EPOCH,
        disabled_at: None,
    }
}

fn set(keys: &[Value]) -> KeySet {
    KeySet::read(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(NOW, 0).unwrap()
}

/// Whom a token is of; why of nobody.
fn check(token: &str, keys: &KeySet) -> Result<String, String> {
    let provider = provider(&[Algorithm::Rs256, Algorithm::Es256, Algorithm::EdDsa]);
    let tried = || {
        let head = Head::read(token)?;
        Said::read(token)?;
        token::check(token, &head, &provider, keys.find(head.kid.as_deref(), head.algorithm), now())
    };
    tried().map(|proven| proven.subject).map_err(|error| {
        assert_eq!(error.code, Code::Unauthenticated);
        error.log_text()
    })
}

/// Unpadded base64 for addresses.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let letter = |number: u32, place: usize| char::from(LETTERS[(number >> (18 - 6 * place) & 63) as usize]);
    let three = |chunk: &[u8]| (0..3).fold(0_u32, |number, n| number << 8 | u32::from(chunk.get(n).copied().unwrap_or(0)));
    bytes.chunks(3).flat_map(|chunk| (0..=chunk.len()).map(move |place| letter(three(chunk), place))).collect()
}

#[test]
fn a_good_token_of_each_kind_is_its_subjects() {
    let (rsa, ec, ed) = (Pair::rsa(), Pair::ec(), Pair::ed());
    let keys = set(&[rsa.published("r"), ec.published("e"), ed.published("d")]);
    for (pair, kid) in [(&rsa, "r"), (&ec, "e"), (&ed, "d")] {
        assert_eq!(check(&pair.token(kid), &keys).unwrap(), "perry", "{kid}");
        // Signed by hand over the very same head: what the refusals below are made with.
        let head = json!({ "alg": pair.algorithm, "kid": kid }).to_string();
        assert_eq!(check(&pair.under_text(&head), &keys).unwrap(), "perry", "{kid}");
        for typ in ["JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"] {
            let head = Header { typ: Some(typ.into()), ..pair.head(kid) };
            assert_eq!(check(&pair.under(&head), &keys).unwrap(), "perry", "{typ}");
        }
        for typ in ["logout+jwt", "secevent+jwt", "dpop+jwt", "JWE", ""] {
            let head = Header { typ: Some(typ.into()), ..pair.head(kid) };
            assert_eq!(check(&pair.under(&head), &keys).unwrap_err(), "not a token to sign in with", "{typ}");
        }
    }
}

#[test]
fn a_public_key_is_no_secret_to_sign_with() {
    let rsa = Pair::rsa();
    let jwk = rsa.published("r");
    let keys = set(std::slice::from_ref(&jwk));
    let modulus = jwk["n"].as_str().unwrap().as_bytes().to_vec();
    for secret in [modulus, jwk.to_string().into_bytes(), Vec::new()] {
        for algorithm in [Jwt::HS256, Jwt::HS384, Jwt::HS512] {
            let head = Header { kid: Some("r".into()), ..Header::new(algorithm) };
            let token = jsonwebtoken::encode(&head, &claims(), &EncodingKey::from_secret(&secret)).unwrap();
            assert_eq!(check(&token, &keys).unwrap_err(), "a symmetric signature");
            // Under a head that says otherwise, its signature is none.
            let body = token.split_once('.').unwrap().1;
            let token = format!("{}.{body}", base64(br#"{"alg":"RS256","kid":"r"}"#));
            assert_eq!(check(&token, &keys).unwrap_err(), "its signature: InvalidSignature");
        }
    }
    // A secret among the published keys is passed over.
    let secret = json!({ "kty": "oct", "kid": "r", "k": "c2VjcmV0", "alg": "HS256" });
    assert_eq!(KeySet::read(json!({ "keys": [secret] }).to_string().as_bytes()).unwrap_err().code, "NO_USABLE_KEYS");
}

#[test]
fn no_signature_is_no_signature_however_it_is_spelt() {
    let ed = Pair::ed();
    let keys = set(&[ed.published("d")]);
    for alg in ["none", "None", "NONE", "nOnE", "none ", "", "EdDSA\\u0000", "eddsa", "HS1", "RSA1_5"] {
        let head = format!(r#"{{"alg":"{alg}","kid":"d"}}"#);
        let signed = ed.under_text(&head);
        let stripped = format!("{}.", signed.rsplit_once('.').unwrap().0);
        for token in [signed, stripped] {
            assert!(check(&token, &keys).unwrap_err().starts_with("no token's head"), "{alg}");
        }
    }
    for head in [r#"{"kid":"d"}"#, r#"{"alg":null,"kid":"d"}"#, r#"{"alg":["EdDSA"]}"#, r#"{"alg":"EdDSA","alg":"none"}"#, "[]", "{"] {
        assert!(check(&ed.under_text(head), &keys).unwrap_err().starts_with("no token's head"), "{head}");
    }
    let good = ed.token("d");
    let (message, signature) = good.rsplit_once('.').unwrap();
    for token in [format!("{message}."), format!("{message}.{}", "A".repeat(86)), format!("{message}.{}", &signature[4..])] {
        assert_eq!(check(&token, &keys).unwrap_err(), "its signature: InvalidSignature");
    }
    for token in [message.to_owned(), format!("{good}.{signature}"), format!("{good}="), "..".into(), String::new()] {
        assert!(check(&token, &keys).is_err(), "{token}");
    }
}

#[test]
fn keys_a_token_brings_or_points_at_are_never_looked_at() {
    let (ours, attacker) = (Pair::ed(), Pair::ed());
    let keys = set(&[ours.published("d")]);
    let jwk: Jwk = serde_json::from_value(attacker.published("d")).unwrap();
    let tricks = |head: Header| {
        [
            Header { jwk: Some(jwk.clone()), ..head.clone() },
            Header { jku: Some("https://attacker.example.org/jwks".into()), ..head.clone() },
            Header { x5u: Some("https://attacker.example.org/chain".into()), ..head.clone() },
            Header { x5c: Some(vec!["MIIB".into()]), ..head.clone() },
            head,
        ]
    };
    for head in tricks(attacker.head("d")) {
        assert_eq!(check(&attacker.under(&head), &keys).unwrap_err(), "its signature: InvalidSignature", "{head:?}");
    }
    for head in tricks(attacker.head("attacker")) {
        let why = check(&attacker.under(&head), &keys).unwrap_err();
        assert_eq!(why, "signed with no key its issuer publishes for that", "{head:?}");
    }
    for head in tricks(Header { kid: None, ..attacker.head("") }) {
        assert_eq!(check(&attacker.under(&head), &keys).unwrap_err(), "its signature: InvalidSignature", "{head:?}");
    }
    // They do no harm to a token that is signed rightly.
    for head in tricks(ours.head("d")) {
        assert_eq!(check(&ours.under(&head), &keys).unwrap(), "perry");
    }
}

#[test]
fn what_a_head_calls_critical_is_refused() {
    let ed = Pair::ed();
    let keys = set(&[ed.published("d")]);
    for critical in [vec!["b64".to_owned()], vec!["exp".to_owned()], Vec::new()] {
        let head = Header { crit: Some(critical), ..ed.head("d") };
        assert_eq!(check(&ed.under(&head), &keys).unwrap_err(), "its head calls something critical");
    }
}

#[test]
fn a_keys_name_is_compared_and_nothing_else() {
    let ed = Pair::ed();
    let keys = set(&[ed.published("d")]);
    let none = "signed with no key its issuer publishes for that";
    for kid in ["../d", "../../../../dev/null", "d\0", "D", " d", "d' OR '1'='1", "/etc/passwd", "https://attacker.example.org", ""] {
        assert_eq!(check(&ed.token(kid), &keys).unwrap_err(), none, "{kid}");
    }
    assert_eq!(check(&ed.token(&"d".repeat(256)), &keys).unwrap_err(), "its key's name is too long");
    for head in [r#"{"alg":"EdDSA","kid":7}"#, r#"{"alg":"EdDSA","kid":["d"]}"#, r#"{"alg":"EdDSA","kid":"x","kid":"d"}"#] {
        assert!(check(&ed.under_text(head), &keys).unwrap_err().starts_with("no token's head"), "{head}");
    }
}

#[test]
fn without_a_name_or_with_two_of_one_there_must_be_one_key_that_fits() {
    let (first, second, rsa) = (Pair::ed(), Pair::ed(), Pair::rsa());
    let unnamed = |pair: &Pair| pair.under(&Header { kid: None, ..pair.head("") });
    let none = "signed with no key its issuer publishes for that";
    let one_of_each = set(&[first.published("d"), rsa.published("d")]);
    // One name for two keys of different kinds is as good as two names.
    for pair in [&first, &rsa] {
        assert_eq!(check(&pair.token("d"), &one_of_each).unwrap(), "perry");
        assert_eq!(check(&unnamed(pair), &one_of_each).unwrap(), "perry");
    }
    let two = set(&[first.published("d"), second.published("d")]);
    for pair in [&first, &second] {
        assert_eq!(check(&pair.token("d"), &two).unwrap_err(), none);
        assert_eq!(check(&unnamed(pair), &two).unwrap_err(), none);
    }
}

#[test]
fn a_key_is_used_for_what_it_is_for() {
    let (ed, rsa, ec) = (Pair::ed(), Pair::rsa(), Pair::ec());
    let with = |pair: &Pair, field: &str, value: Value| {
        let mut jwk = pair.published("k");
        jwk[field] = value;
        jwk
    };
    let none = "signed with no key its issuer publishes for that";
    // Beside it one that is usable, so that the set is.
    let beside = |jwk: Value| set(&[jwk, ec.published("other")]);
    assert_eq!(check(&ed.token("k"), &beside(with(&ed, "use", json!("enc")))).unwrap_err(), none);
    assert_eq!(check(&ed.token("k"), &beside(with(&ed, "key_ops", json!(["sign"])))).unwrap_err(), none);
    assert_eq!(check(&ed.token("k"), &beside(with(&ed, "key_ops", json!(["verify"])))).unwrap(), "perry");
    assert_eq!(check(&rsa.token("k"), &beside(with(&rsa, "alg", json!("RS512")))).unwrap_err(), none);
    assert_eq!(check(&rsa.token("k"), &beside(with(&rsa, "alg", json!("RSA-OAEP")))).unwrap_err(), none);
    assert_eq!(check(&rsa.token("k"), &beside(with(&rsa, "alg", Value::Null))).unwrap(), "perry");
    // An algorithm that fits the key and is not pinned.
    let keys = beside(with(&rsa, "alg", Value::Null));
    for algorithm in [Jwt::RS512, Jwt::PS256] {
        let token = rsa.under(&Header { alg: algorithm, ..rsa.head("k") });
        assert_eq!(check(&token, &keys).unwrap_err(), format!("{algorithm:?} is not taken from Town Hall"));
    }
    // A head that says another kind than the key is of.
    for alg in ["RS256", "ES256"] {
        assert_eq!(check(&ed.under_text(&format!(r#"{{"alg":"{alg}","kid":"k"}}"#)), &beside(ed.published("k"))).unwrap_err(), none);
    }
}

#[test]
fn weak_and_broken_keys_are_passed_over_and_too_many_refuse_the_set() {
    let rsa = |bits: usize, exponent: &[u8]| {
        let mut modulus = vec![0xff; bits.div_ceil(8)];
        modulus[0] = if bits.is_multiple_of(8) { 0xff } else { (1 << (bits % 8)) - 1 };
        json!({ "kty": "RSA", "kid": "r", "use": "sig", "n": base64(&modulus), "e": base64(exponent) })
    };
    let read = |keys: &[Value]| KeySet::read(json!({ "keys": keys }).to_string().as_bytes());
    let good = [1, 0, 1];
    for (key, why) in [
        (rsa(512, &good), "512 bits"),
        (rsa(1024, &good), "1024 bits"),
        (rsa(2047, &good), "2047 bits"),
        (rsa(8193, &good), "8193 bits"),
        (rsa(2048, &[1]), "the exponent 1"),
        (rsa(2048, &[0, 0]), "the exponent 0"),
        (rsa(2048, &[4]), "an even exponent"),
        (json!({ "kty": "EC", "crv": "P-256", "kid": "e", "x": base64(&[1; 31]), "y": base64(&[1; 32]) }), "a short coordinate"),
        (json!({ "kty": "EC", "crv": "P-521", "kid": "e", "x": base64(&[1; 66]), "y": base64(&[1; 66]) }), "a curve not taken"),
        (json!({ "kty": "EC", "crv": "secp256k1", "kid": "e", "x": base64(&[1; 32]), "y": base64(&[1; 32]) }), "an unknown curve"),
        (json!({ "kty": "OKP", "crv": "Ed25519", "kid": "d", "x": base64(&[1; 31]) }), "a short key"),
        (json!({ "kty": "OKP", "crv": "X25519", "kid": "d", "x": base64(&[1; 32]) }), "a key for agreement"),
        (json!({ "kty": "XYZ" }), "an unknown kind"),
        (json!("key"), "no key at all"),
    ] {
        assert_eq!(read(std::slice::from_ref(&key)).unwrap_err().code, "NO_USABLE_KEYS", "{why}");
        // It does not spoil the others.
        assert_eq!(read(&[key, rsa(2048, &good)]).unwrap().count(), 1, "{why}");
    }
    // Leading noughts make no key longer.
    let mut padded = vec![0; 128];
    padded.extend(vec![0xff; 128]);
    let padded = json!({ "kty": "RSA", "n": base64(&padded), "e": base64(&good) });
    assert_eq!(read(&[padded]).unwrap_err().code, "NO_USABLE_KEYS");
    assert_eq!(read(&vec![rsa(2048, &good); KEYS_MAX]).unwrap().count(), KEYS_MAX);
    assert_eq!(read(&vec![rsa(2048, &good); KEYS_MAX + 1]).unwrap_err().code, "NO_USABLE_KEYS");
    for text in ["", "[]", "{}", r#"{"keys":{}}"#, "<html>"] {
        assert_eq!(KeySet::read(text.as_bytes()).unwrap_err().code, "NO_USABLE_KEYS", "{text}");
    }
}

#[test]
fn a_token_past_sixteen_kibibytes_is_not_looked_at() {
    let ed = Pair::ed();
    let keys = set(&[ed.published("d")]);
    let token = |padding: usize| {
        let mut claims = claims();
        claims["padding"] = json!("x".repeat(padding));
        jsonwebtoken::encode(&ed.head("d"), &claims, &ed.sign).unwrap()
    };
    let most = (0..16 * 1024).rev().map(token).find(|token| token.len() <= 16 * 1024).unwrap();
    assert_eq!(check(&most, &keys).unwrap(), "perry");
    assert_eq!(check(&token(16 * 1024), &keys).unwrap_err(), "too long");
}
