//! The keys a provider publishes, and which of them a token may be checked with.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind};
use serde::Deserialize;
use serde_json::Value;

use super::fetch::Trouble;

/// Keys of one set; providers publish a handful.
pub const KEYS_MAX: usize = 64;
/// RSA keys below this are broken, and above [`RSA_BITS_MAX`] cost more than they give.
const RSA_BITS_MIN: usize = 2048;
const RSA_BITS_MAX: usize = 8192;

/// What a key can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Rsa,
    P256,
    P384,
    Ed25519,
}

/// A public key for checking signatures.
#[derive(Debug)]
pub struct Key {
    pub kid: Option<String>,
    shape: Shape,
    /// The one algorithm the provider says it is for.
    said: Option<KeyAlgorithm>,
    pub decoding: DecodingKey,
}

/// All usable keys of a provider.
#[derive(Debug, Default)]
pub struct KeySet {
    keys: Vec<Key>,
}

impl KeySet {
    /// The usable keys of a JSON web key set. A key for something else, or of a kind not known here, is passed over.
    pub fn read(json: &[u8]) -> Result<Self, Trouble> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Value>,
        }
        let unusable = |why: &str| Trouble::new("NO_USABLE_KEYS", format!("The issuer's keys cannot be used. {why}"));
        let set: Set = serde_json::from_slice(json).map_err(|_| unusable("What it publishes is not a key set."))?;
        if set.keys.len() > KEYS_MAX {
            return Err(unusable(&format!("It publishes {}, and {KEYS_MAX} at most are taken.", set.keys.len())));
        }
        let keys: Vec<Key> =
            set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).filter_map(|jwk| Key::of(&jwk)).collect();
        if keys.is_empty() {
            return Err(unusable("It publishes none for checking signatures: RSA of 2048 bits or more, P-256, P-384 or Ed25519."));
        }
        Ok(Self { keys })
    }

    /// The key a token is to be checked with: the one of its `kid` that fits its algorithm; without a `kid`, the only
    /// one that fits. Two of one `kid` are as good as none: nobody can say which is meant.
    pub fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<&Key> {
        let named = |key: &&Key| kid.is_none() || key.kid.as_deref() == kid;
        let mut fitting = self.keys.iter().filter(named).filter(|key| key.fits(algorithm));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// Whether a key is there for an algorithm.
    pub fn offers(&self, algorithm: Algorithm) -> bool {
        self.keys.iter().any(|key| key.fits(algorithm))
    }

    pub const fn count(&self) -> usize {
        self.keys.len()
    }
}

impl Key {
    fn of(jwk: &Jwk) -> Option<Self> {
        let common = &jwk.common;
        let for_signatures = common.public_key_use.as_ref().is_none_or(|of| *of == PublicKeyUse::Signature)
            && common.key_operations.as_ref().is_none_or(|may| may.contains(&KeyOperations::Verify));
        let shape = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => Shape::Rsa,
            AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => Shape::P256,
            AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P384 => Shape::P384,
            AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => Shape::Ed25519,
            _ => return None,
        };
        let decoding = DecodingKey::from_jwk(jwk).ok().filter(|key| for_signatures && is_sound(shape, key.kind()))?;
        Some(Self { kid: common.key_id.clone(), shape, said: common.key_algorithm, decoding })
    }

    fn fits(&self, algorithm: Algorithm) -> bool {
        use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
        let shape = match algorithm {
            RS256 | RS384 | RS512 | PS256 | PS384 | PS512 => Shape::Rsa,
            ES256 => Shape::P256,
            ES384 => Shape::P384,
            EdDSA => Shape::Ed25519,
            _ => return false,
        };
        self.shape == shape && self.said.is_none_or(|said| said == KeyAlgorithm::from(algorithm))
    }
}

/// Whether a key is long enough, and as long as its kind is.
fn is_sound(shape: Shape, key: &DecodingKeyKind) -> bool {
    match (shape, key) {
        (Shape::Rsa, DecodingKeyKind::RsaModulusExponent { n, e }) => {
            let bits = significant(n);
            (RSA_BITS_MIN..=RSA_BITS_MAX).contains(&bits) && significant(e) > 1 && e.last().is_some_and(|last| last % 2 == 1)
        }
        // A byte that says "uncompressed", then both coordinates.
        (Shape::P256, DecodingKeyKind::SecretOrDer(point)) => point.len() == 1 + 2 * 32,
        (Shape::P384, DecodingKeyKind::SecretOrDer(point)) => point.len() == 1 + 2 * 48,
        (Shape::Ed25519, DecodingKeyKind::SecretOrDer(key)) => key.len() == 32,
        _ => false,
    }
}

/// How many bits a number has, leading noughts not counted.
fn significant(number: &[u8]) -> usize {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros).map_or(0, |first| (number.len() - zeros) * 8 - first.leading_zeros() as usize)
}
