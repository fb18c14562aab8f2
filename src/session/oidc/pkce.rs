//! The random values of one sign-in: the PKCE verifier (RFC 7636), `state` and `nonce`.

use super::secret::Secret;
use crate::session::base64url;

/// How many random bytes each value has.
pub const RANDOM_BYTES: usize = 32;
/// 32 bytes in base64url.
const LENGTH: usize = 43;

/// Proves to the token endpoint that the code was requested by this tab. Only its SHA-256 is sent with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier(Secret);

/// Ties a callback to the transaction of this tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State(Secret);

/// Ties an ID token to the transaction of this tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce(Secret);

/// The SHA-256 of a [`Verifier`], sent with the authorization request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge(String);

/// The three random values of one sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestSecrets {
    pub(super) verifier: Verifier,
    pub(super) state: State,
    pub(super) nonce: Nonce,
}

impl RequestSecrets {
    /// Encodes random bytes. They must come from a cryptographic generator.
    pub fn from_random(verifier: [u8; RANDOM_BYTES], state: [u8; RANDOM_BYTES], nonce: [u8; RANDOM_BYTES]) -> Self {
        let secret = |bytes: [u8; RANDOM_BYTES]| Secret::new(&base64url::encode(&bytes));
        Self { verifier: Verifier(secret(verifier)), state: State(secret(state)), nonce: Nonce(secret(nonce)) }
    }

    /// Reads the values of a stored transaction; `None` for one that was never written here.
    pub(super) fn read(verifier: &str, state: &str, nonce: &str) -> Option<Self> {
        let is_ours = |text: &str| text.len() == LENGTH && base64url::decode(text).is_some();
        [verifier, state, nonce].into_iter().all(is_ours).then(|| Self {
            verifier: Verifier(Secret::new(verifier)),
            state: State(Secret::new(state)),
            nonce: Nonce(Secret::new(nonce)),
        })
    }

    /// The text whose SHA-256 is the challenge.
    pub fn challenge_input(&self) -> &str {
        self.verifier.expose()
    }
}

impl Challenge {
    /// The challenge of method `S256`, from the SHA-256 of [`RequestSecrets::challenge_input`].
    pub fn from_sha256(digest: [u8; 32]) -> Self {
        Self(base64url::encode(&digest))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Verifier {
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl State {
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Whether a callback carries this value.
    pub(super) fn matches(&self, received: Option<&str>) -> bool {
        received == Some(self.0.expose())
    }
}

impl Nonce {
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Whether an ID token carries this value.
    pub(super) fn matches(&self, received: Option<&str>) -> bool {
        received == Some(self.0.expose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_32_bytes_in_base64url() {
        let secrets = RequestSecrets::from_random([0xff; 32], [0; 32], [0x10; 32]);
        assert_eq!(secrets.verifier.expose(), format!("{}8", "_".repeat(42)));
        assert_eq!(secrets.state.expose(), "A".repeat(43));
        assert_eq!(secrets.nonce.expose().len(), 43);
    }

    /// RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_rfc() {
        let digest = [
            19, 211, 30, 150, 26, 26, 216, 236, 47, 22, 177, 12, 76, 152, 46, 8, 118, 168, 120, 173, 109, 241, 68, 86,
            110, 225, 137, 74, 203, 112, 249, 195,
        ];
        assert_eq!(Challenge::from_sha256(digest).as_str(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn stored_values_of_another_shape_are_not_read() {
        let ours = "A".repeat(43);
        assert!(RequestSecrets::read(&ours, &ours, &ours).is_some());
        for other in ["", "A", &"A".repeat(44), &"=".repeat(43), &"A".repeat(4300)] {
            assert_eq!(RequestSecrets::read(other, &ours, &ours), None);
            assert_eq!(RequestSecrets::read(&ours, other, &ours), None);
            assert_eq!(RequestSecrets::read(&ours, &ours, other), None);
        }
    }

    #[test]
    fn debug_redacts_every_value() {
        let secrets = RequestSecrets::from_random([0; 32], [0; 32], [0; 32]);
        assert!(!format!("{secrets:?}").contains("AAAA"));
    }
}
