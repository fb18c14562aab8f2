//! The user's access token, a JWT (RFC 7519).
//!
//! The payload is read only to show the user and the expiry. The server verifies the signature. Pure.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;

use crate::domain::text::trim;
use crate::lenient;
use crate::session::base64url;

/// A JWT.
///
/// Invariant: it cannot be displayed or serialised, and `Debug` hides it. Only [`Token::authorization`], for requests,
/// and `Token::expose`, for `sessionStorage` and the reply to another tab's request, return it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Arc<str>);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The prefix of Altostrat's static API keys.
const API_KEY_PREFIX: &str = "alto_sk_";

/// The latest date of JavaScript, in milliseconds since 1970.
const MAX_DATE: f64 = 8.64e15;

/// How long before its expiry a token is no longer used, in milliseconds, so that it cannot expire during a save.
pub const EXPIRY_MARGIN: f64 = 60_000.0;

/// The token's payload. It is displayed, but never trusted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claims {
    /// The Auth0 user ID.
    pub sub: Option<String>,
    /// The user's name.
    pub name: Option<String>,
    /// The user's email address.
    pub email: Option<String>,
    /// The expiry, in milliseconds since 1970; `None` if the token does not expire.
    pub ends_at: Option<f64>,
}

impl Claims {
    /// The name to display: the name, else the email, else the user ID.
    pub fn display_name(&self) -> &str {
        [&self.name, &self.email, &self.sub].into_iter().flatten().next().map_or("unknown user", String::as_str)
    }

    /// Whether the token has expired at `now` (milliseconds since 1970).
    pub fn has_ended(&self, now: f64) -> bool {
        self.ends_at.is_some_and(|end| end <= now)
    }

    /// Whether the token may no longer be used at `now`: it expires within [`EXPIRY_MARGIN`].
    pub fn is_unusable(&self, now: f64) -> bool {
        self.has_ended(now + EXPIRY_MARGIN)
    }

    /// Whether both belong to the same user: the same user ID, or the same display name if neither has one.
    pub fn is_same_user(&self, other: &Self) -> bool {
        match (&self.sub, &other.sub) {
            (None, None) => self.display_name() == other.display_name(),
            (one, two) => one == two,
        }
    }
}

/// Why a text is not an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenError {
    /// The text is empty.
    Empty,
    /// The text is a static API key, which belongs to no user.
    ApiKey,
    /// The text is not three base64url parts separated by dots.
    NotAJwt,
    /// The payload is not a JSON object.
    Unreadable,
}

impl Token {
    /// Parses a JWT, with or without a `Bearer ` prefix. The signature and the expiry are not checked.
    ///
    /// # Errors
    /// Why the text is not an access token.
    pub fn parse(text: &str) -> Result<(Self, Claims), TokenError> {
        let text = trim(text);
        let jwt_text = match text.split_once(char::is_whitespace) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => trim(rest),
            _ if text.eq_ignore_ascii_case("bearer") => "",
            _ => text,
        };
        if jwt_text.is_empty() {
            return Err(TokenError::Empty);
        }
        if jwt_text.starts_with(API_KEY_PREFIX) {
            return Err(TokenError::ApiKey);
        }
        let parts: Vec<&str> = jwt_text.split('.').collect();
        let [header, payload, signature] = parts[..] else {
            return Err(TokenError::NotAJwt);
        };
        if ![header, payload, signature].iter().all(|part| is_base64url(part)) {
            return Err(TokenError::NotAJwt);
        }
        let claims = decode_claims(payload).ok_or(TokenError::Unreadable)?;
        Ok((Self(jwt_text.into()), claims))
    }

    /// The value of the `Authorization` header.
    pub fn authorization(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// The token's text, only for `sessionStorage` and the reply to another tab's request.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

fn is_base64url(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The members of the payload that the app uses.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Payload {
    #[serde(deserialize_with = "lenient::trimmed")]
    sub: Option<String>,
    #[serde(deserialize_with = "lenient::trimmed")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient::trimmed")]
    email: Option<String>,
    /// In seconds since 1970, with or without a fraction.
    #[serde(deserialize_with = "lenient::text")]
    exp: Option<String>,
}

fn decode_claims(payload: &str) -> Option<Claims> {
    parse_claims(&String::from_utf8(base64url::decode(payload)?).ok()?)
}

fn parse_claims(json: &str) -> Option<Claims> {
    let Payload { sub, name, email, exp } = lenient::parse_object(json)?;
    // Unlike `str::parse`, this accepts neither `inf` nor `NaN`.
    let seconds: Option<f64> = exp.and_then(|exp| serde_json::from_str(&exp).ok());
    let ends_at = seconds.map(|seconds| (seconds * 1000.0).clamp(-MAX_DATE, MAX_DATE));
    Some(Claims { sub, name, email, ends_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    // {"sub":"auth0|65f0","name":"Zoë 👍","email":"zoe@example.com","exp":4102444800}
    const PAYLOAD: &str = "eyJzdWIiOiJhdXRoMHw2NWYwIiwibmFtZSI6IlpvxYEg8J-RjSIsImV4cCI6NDEwMjQ0NDgwMH0";

    #[test]
    fn a_token_is_read_with_or_without_bearer_and_space_around() {
        let jwt = format!("aGVhZA.{PAYLOAD}.c2ln");
        for text in [jwt.clone(), format!("Bearer {jwt}"), format!("  bearer   {jwt}\n"), format!("\u{FEFF}{jwt}")] {
            let (token, claims) = Token::parse(&text).unwrap();
            assert_eq!(token.authorization(), format!("Bearer {jwt}"));
            assert_eq!(claims.sub.as_deref(), Some("auth0|65f0"));
            assert_eq!(claims.ends_at, Some(4_102_444_800_000.0));
        }
    }

    #[test]
    fn text_that_is_not_a_jwt_is_rejected_with_the_reason() {
        for text in ["", "  ", "Bearer", "Bearer  "] {
            assert_eq!(Token::parse(text).unwrap_err(), TokenError::Empty, "{text:?}");
        }
        for text in ["abc", "a.b", "a.b.c.d", "a..c", "a.b+/.c", "a.b.c d", "ä.b.c", "Basic a.b.c"] {
            assert_eq!(Token::parse(text).unwrap_err(), TokenError::NotAJwt, "{text:?}");
        }
        for text in ["alto_sk_x", " Bearer alto_sk_x", "alto_sk_a.b.c"] {
            assert_eq!(Token::parse(text).unwrap_err(), TokenError::ApiKey, "{text:?}");
        }
        // Truncated base64url; "hello", which is not JSON; "[1]", which is not an object.
        for text in ["a.b.c", "a.aGVsbG8.c", "a.WzFd.c"] {
            assert_eq!(Token::parse(text).unwrap_err(), TokenError::Unreadable, "{text:?}");
        }
    }

    #[test]
    fn the_expiry_is_a_number_of_seconds_or_its_text() {
        let ends_at = |exp: &str| parse_claims(&format!(r#"{{"sub":"auth0|1","exp":{exp}}}"#)).unwrap().ends_at;
        for (exp, end) in [
            ("4102444800", 4_102_444_800_000.0),
            ("\"4102444800\"", 4_102_444_800_000.0),
            ("1.5", 1500.0),
            ("\"1.5e3\"", 1_500_000.0),
            ("0", 0.0),
            ("-1", -1000.0),
            ("1e300", MAX_DATE),
            ("-1e300", -MAX_DATE),
        ] {
            assert_eq!(ends_at(exp), Some(end), "{exp}");
        }
        for exp in ["null", "true", "[1]", "{}", "\"\"", "\"x\"", "\"inf\"", "\"NaN\"", "\"null\"", "\".5\"", "1e999"] {
            assert_eq!(ends_at(exp), None, "{exp}");
        }
    }

    #[test]
    fn a_claim_of_another_type_is_missing_and_the_others_are_read() {
        let claims = parse_claims(r#"{"sub":7,"name":["Ann"],"email":" a@b.c ","scopes":null}"#).unwrap();
        assert_eq!(claims, Claims { email: Some("a@b.c".into()), ..Claims::default() });
        for json in ["", "null", "\"a\"", "[]", r#"["auth0|1"]"#, "{", r#"{"sub":"auth0|1"}x"#] {
            assert_eq!(parse_claims(json), None, "{json}");
        }
    }

    #[test]
    fn debug_hides_the_token() {
        let (token, _) = Token::parse(&format!("secret.{PAYLOAD}.marker")).unwrap();
        assert_eq!(format!("{token:?}"), "[redacted]");
    }

    #[test]
    fn the_display_name_is_the_name_else_the_email_else_the_id() {
        let sub = Claims { sub: Some("auth0|1".into()), ..Claims::default() };
        let email = Claims { email: Some("a@b.c".into()), ..sub.clone() };
        let name = Claims { name: Some("Ann".into()), ..email.clone() };
        assert_eq!(
            [name.display_name(), email.display_name(), sub.display_name(), Claims::default().display_name()],
            ["Ann", "a@b.c", "auth0|1", "unknown user"]
        );
    }

    #[test]
    fn a_token_without_an_expiry_never_expires() {
        assert!(!Claims::default().has_ended(f64::MAX));
        let claims = Claims { ends_at: Some(1000.0), ..Claims::default() };
        assert!(claims.has_ended(1000.0) && !claims.has_ended(999.0));
        assert!(!Claims::default().is_unusable(f64::MAX));
    }

    #[test]
    fn a_token_is_not_used_in_its_last_minute() {
        let claims = Claims { ends_at: Some(100_000.0), ..Claims::default() };
        assert!(!claims.is_unusable(39_999.0) && claims.is_unusable(40_000.0));
    }

    #[test]
    fn users_are_compared_by_id_and_without_ids_by_name() {
        let user = |sub: Option<&str>, name: &str| Claims {
            sub: sub.map(str::to_owned),
            name: Some(name.to_owned()),
            ..Claims::default()
        };
        assert!(user(Some("auth0|1"), "Ann").is_same_user(&user(Some("auth0|1"), "Ann Other")));
        assert!(!user(Some("auth0|1"), "Ann").is_same_user(&user(Some("auth0|2"), "Ann")));
        assert!(!user(Some("auth0|1"), "Ann").is_same_user(&user(None, "Ann")));
        assert!(user(None, "Ann").is_same_user(&user(None, "Ann")));
        assert!(!user(None, "Ann").is_same_user(&user(None, "Bob")));
    }
}
