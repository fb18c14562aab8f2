//! The user's JWT: opaque, with a payload that is read only to show whose it is and when it ends (R14).
//!
//! Pure. The signature is the server's to check.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;

use crate::domain::text::trim;
use crate::lenient;
use crate::session::base64url;

/// A JWT. It cannot be displayed or serialised, and `Debug` hides it (R13); [`Token::authorization`] is its only way
/// out, to the transport, and [`Token::bare`] the only one to the tab's storage.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Arc<str>);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// What every API key begins with (api.md).
const API_KEY_PREFIX: &str = "alto_sk_";

/// The last moment that a date of JavaScript can be.
const MAX_DATE: f64 = 8.64e15;

/// A token is not used in its last minute, in milliseconds: a save must not be cut off by the token's end (R14).
pub const EXPIRY_MARGIN: f64 = 60_000.0;

/// What a token says of its holder. Shown, never trusted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claims {
    /// The Auth0 user id.
    pub sub: Option<String>,
    /// The user's name.
    pub name: Option<String>,
    /// The user's email address.
    pub email: Option<String>,
    /// When the token ends, in milliseconds since 1970, as JavaScript counts.
    pub ends_at: Option<f64>,
}

impl Claims {
    /// Whom to greet: the name, the email or the user id.
    pub fn display_name(&self) -> &str {
        [&self.name, &self.email, &self.sub].into_iter().flatten().next().map_or("unknown user", String::as_str)
    }

    /// Whether the token has ended at `now` (milliseconds since 1970).
    pub fn has_ended(&self, now: f64) -> bool {
        self.ends_at.is_some_and(|end| end <= now)
    }

    /// Whether the token is of no more use at `now`: it has ended, or ends within [`EXPIRY_MARGIN`].
    pub fn is_unusable(&self, now: f64) -> bool {
        self.has_ended(now + EXPIRY_MARGIN)
    }

    /// Whether both are the same user's.
    pub fn is_same_user(&self, other: &Self) -> bool {
        match (&self.sub, &other.sub) {
            (None, None) => self.display_name() == other.display_name(),
            (one, two) => one == two,
        }
    }
}

/// Why a text is not a token to sign in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenError {
    /// Nothing was given.
    Empty,
    /// A static API key, which belongs to no user.
    ApiKey,
    /// Not three base64url parts with dots between them.
    NotAJwt,
    /// The middle part is not a JSON object.
    Unreadable,
}

impl Token {
    /// Reads a JWT, with or without `Bearer ` in front.
    ///
    /// # Errors
    /// Why it cannot be one. Its signature and its end are not looked at here.
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

    /// The token itself, for the tab's storage alone.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

fn is_base64url(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The payload of a token, as far as the app shows it.
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
    // Unlike `str::parse`, this takes neither `inf` nor `NaN`.
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
    fn whatever_is_not_three_base64url_parts_is_refused_in_words() {
        for text in ["", "  ", "Bearer", "Bearer  "] {
            assert_eq!(Token::parse(text).unwrap_err(), TokenError::Empty, "{text:?}");
        }
        for text in ["abc", "a.b", "a.b.c.d", "a..c", "a.b+/.c", "a.b.c d", "ä.b.c", "Basic a.b.c"] {
            assert_eq!(Token::parse(text).unwrap_err(), TokenError::NotAJwt, "{text:?}");
        }
        for text in ["alto_sk_x", " Bearer alto_sk_x", "alto_sk_a.b.c"] {
            assert_eq!(Token::parse(text).unwrap_err(), TokenError::ApiKey, "{text:?}");
        }
        // Not base64 of anything, not JSON ("hello"), not an object ("[1]").
        for text in ["a.b.c", "a.aGVsbG8.c", "a.WzFd.c"] {
            assert_eq!(Token::parse(text).unwrap_err(), TokenError::Unreadable, "{text:?}");
        }
    }

    #[test]
    fn the_end_is_a_number_of_seconds_or_the_text_of_one() {
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
    fn greets_by_the_best_name_there_is() {
        let sub = Claims { sub: Some("auth0|1".into()), ..Claims::default() };
        let email = Claims { email: Some("a@b.c".into()), ..sub.clone() };
        let name = Claims { name: Some("Ann".into()), ..email.clone() };
        assert_eq!(
            [name.display_name(), email.display_name(), sub.display_name(), Claims::default().display_name()],
            ["Ann", "a@b.c", "auth0|1", "unknown user"]
        );
    }

    #[test]
    fn a_token_without_an_end_never_ends() {
        assert!(!Claims::default().has_ended(f64::MAX));
        let claims = Claims { ends_at: Some(1000.0), ..Claims::default() };
        assert!(claims.has_ended(1000.0) && !claims.has_ended(999.0));
        assert!(!Claims::default().is_unusable(f64::MAX));
    }

    #[test]
    fn a_token_is_of_no_use_in_its_last_minute() {
        let claims = Claims { ends_at: Some(100_000.0), ..Claims::default() };
        assert!(!claims.is_unusable(39_999.0) && claims.is_unusable(40_000.0));
    }

    #[test]
    fn a_user_is_known_by_the_user_id_and_without_one_by_the_name() {
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
