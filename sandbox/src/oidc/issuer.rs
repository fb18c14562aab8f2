//! The provider's state: pending requests, codes and refresh tokens. Times are in seconds since 1970.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::auth::Demo;

/// The client ID of the app at this provider.
pub const CLIENT_ID: &str = "altostrat-sandbox";
/// How long a code works, in seconds.
const CODE_LIFETIME: i64 = 60;

/// An error of RFC 6749.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OAuthError {
    pub(crate) code: &'static str,
    pub(crate) description: String,
}

impl OAuthError {
    pub(crate) fn new(code: &'static str, description: &str) -> Self {
        Self { code, description: description.to_owned() }
    }

    pub(crate) fn invalid_request(description: &str) -> Self {
        Self::new("invalid_request", description)
    }

    fn invalid_grant(description: &str) -> Self {
        Self::new("invalid_grant", description)
    }
}

/// An authorization request that passed every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AuthorizationRequest {
    pub(crate) redirect_uri: String,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) challenge: String,
    /// Whether `offline_access` was asked for.
    pub(crate) is_offline: bool,
}

/// A redeemed code or refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) user: Demo,
    pub(crate) nonce: String,
    /// The next refresh token, if `offline_access` was asked for.
    pub(crate) refresh_token: Option<String>,
}

#[derive(Debug)]
struct Code {
    request: AuthorizationRequest,
    user: Demo,
    issued_at: i64,
    /// The family of refresh tokens that the first use started.
    family: Option<usize>,
}

/// The refresh tokens of one sign-in. Only the newest one works.
#[derive(Debug)]
struct Family {
    user: Demo,
    nonce: String,
    newest: String,
    is_revoked: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Issuer {
    pending: HashMap<String, AuthorizationRequest>,
    codes: HashMap<String, Code>,
    families: Vec<Family>,
    /// Which family a refresh token belongs to, old tokens included.
    refresh_tokens: HashMap<String, usize>,
    /// Every secret that was received or issued, for tests that search for leaks.
    secrets: Vec<String>,
}

impl Issuer {
    /// Keeps a request until the user chooses, and returns its key.
    pub(crate) fn add_pending(&mut self, request: AuthorizationRequest) -> String {
        let key = random();
        self.pending.insert(key.clone(), request);
        key
    }

    /// The request with this key. It stays, so that Back and another choice work.
    pub(crate) fn pending(&self, key: &str) -> Option<AuthorizationRequest> {
        self.pending.get(key).cloned()
    }

    pub(crate) fn issue_code(&mut self, request: AuthorizationRequest, user: Demo, now: i64) -> String {
        let code = random();
        self.note_secrets([&request.state, &request.nonce, &code]);
        self.codes.insert(code.clone(), Code { request, user, issued_at: now, family: None });
        code
    }

    /// Exchanges a code. A second use revokes the refresh tokens of the first (RFC 6749, section 4.1.2).
    pub(crate) fn redeem_code(
        &mut self,
        code: &str,
        redirect_uri: &str,
        verifier: &str,
        now: i64,
    ) -> Result<Grant, OAuthError> {
        self.note_secrets([verifier]);
        let entry = self.codes.get_mut(code).ok_or_else(|| OAuthError::invalid_grant("The code is unknown."))?;
        if let Some(family) = entry.family {
            self.families[family].is_revoked = true;
            return Err(OAuthError::invalid_grant("The code was already used."));
        }
        if now - entry.issued_at >= CODE_LIFETIME {
            return Err(OAuthError::invalid_grant("The code has expired."));
        }
        if entry.request.redirect_uri != redirect_uri {
            return Err(OAuthError::invalid_grant("The redirect_uri differs from the one of the request."));
        }
        if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != entry.request.challenge {
            return Err(OAuthError::invalid_grant("The code_verifier does not match the code_challenge."));
        }
        let family = self.families.len();
        entry.family = Some(family);
        let (user, nonce, is_offline) = (entry.user, entry.request.nonce.clone(), entry.request.is_offline);
        let newest = random();
        self.families.push(Family { user, nonce: nonce.clone(), newest: newest.clone(), is_revoked: false });
        let refresh_token = is_offline.then(|| self.add_refresh_token(newest, family));
        Ok(Grant { user, nonce, refresh_token })
    }

    /// Replaces a refresh token. Using an old one revokes its whole family (RFC 9700, section 4.14.2).
    pub(crate) fn rotate(&mut self, refresh_token: &str) -> Result<Grant, OAuthError> {
        let unknown = || OAuthError::invalid_grant("The refresh token is unknown.");
        let index = *self.refresh_tokens.get(refresh_token).ok_or_else(unknown)?;
        let family = &mut self.families[index];
        if family.is_revoked {
            return Err(OAuthError::invalid_grant("The refresh token was revoked."));
        }
        if family.newest != refresh_token {
            family.is_revoked = true;
            return Err(OAuthError::invalid_grant("The refresh token was already used."));
        }
        let next = random();
        family.newest.clone_from(&next);
        let (user, nonce) = (family.user, family.nonce.clone());
        let refresh_token = Some(self.add_refresh_token(next, index));
        Ok(Grant { user, nonce, refresh_token })
    }

    fn add_refresh_token(&mut self, token: String, family: usize) -> String {
        self.note_secrets([&token]);
        self.refresh_tokens.insert(token.clone(), family);
        token
    }

    pub(crate) fn note_secrets<S: AsRef<str>>(&mut self, secrets: impl IntoIterator<Item = S>) {
        self.secrets.extend(secrets.into_iter().map(|secret| secret.as_ref().to_owned()));
    }

    /// Every `state`, `nonce`, code, verifier and token so far.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.secrets.clone()
    }

    pub(crate) fn has_issued(&self, token: &str) -> bool {
        self.secrets.iter().any(|secret| secret == token)
    }
}

/// 43 letters and digits.
pub(crate) fn random() -> String {
    std::iter::repeat_with(fastrand::alphanumeric).take(43).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// An issuer with a code that was issued at second 0.
    fn issuer() -> (Issuer, String) {
        let request = AuthorizationRequest {
            redirect_uri: "http://localhost/callback".to_owned(),
            state: "s".to_owned(),
            nonce: "n".to_owned(),
            // RFC 7636, appendix B.
            challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
            is_offline: true,
        };
        let mut issuer = Issuer::default();
        let code = issuer.issue_code(request, Demo::Owner, 0);
        (issuer, code)
    }

    #[test]
    fn a_code_works_for_a_minute() {
        let (mut issuer, code) = issuer();
        assert!(issuer.redeem_code(&code, "http://localhost/callback", VERIFIER, 60).is_err());
        assert!(issuer.redeem_code(&code, "http://localhost/callback", VERIFIER, 59).is_ok());
    }

    #[test]
    fn a_second_use_of_a_code_revokes_the_first_ones_tokens() {
        let (mut issuer, code) = issuer();
        let grant = issuer.redeem_code(&code, "http://localhost/callback", VERIFIER, 0).expect("a grant");
        let error = issuer.redeem_code(&code, "http://localhost/callback", VERIFIER, 1).expect_err("used");
        assert_eq!(error.description, "The code was already used.");
        let error = issuer.rotate(&grant.refresh_token.expect("offline")).expect_err("revoked");
        assert_eq!(error.description, "The refresh token was revoked.");
    }
}
