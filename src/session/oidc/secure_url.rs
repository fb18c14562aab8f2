//! A URL that secrets may be sent to: `https:`, or `http:` on this machine.

use std::fmt;

/// Hosts that never leave the machine (RFC 8252, section 7.3).
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// An absolute URL with `https:`, or with `http:` on loopback. It has no user name and no fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecureUrl(String);

/// The reason why a text is not a [`SecureUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecureUrlError {
    /// Neither `https:` nor `http:` on loopback.
    NotSecure,
    /// Not a URL that every browser reads the same way: a space, a backslash, a user name or a fragment.
    Malformed,
}

impl SecureUrl {
    /// Reads an absolute URL.
    ///
    /// # Errors
    /// The reason why secrets must not be sent there.
    pub fn parse(text: &str) -> Result<Self, SecureUrlError> {
        let is_odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '#' | '"' | '<' | '>');
        if text.contains(is_odd) {
            return Err(SecureUrlError::Malformed);
        }
        let (scheme, rest) = text.split_once("://").ok_or(SecureUrlError::NotSecure)?;
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let host = host(authority).ok_or(SecureUrlError::Malformed)?;
        match scheme {
            "https" => Ok(Self(text.to_owned())),
            "http" if LOOPBACK.contains(&host) => Ok(Self(text.to_owned())),
            _ => Err(SecureUrlError::NotSecure),
        }
    }

    /// The URL, unchanged.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL with more parameters. Those it has are kept (RFC 6749, section 3.1).
    pub(super) fn with_query(&self, query: &str) -> String {
        let separator = if self.0.contains('?') { '&' } else { '?' };
        format!("{}{separator}{query}", self.0)
    }

    pub(super) fn has_query(&self) -> bool {
        self.0.contains('?')
    }
}

impl fmt::Display for SecureUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The host of an authority without its port; `None` for one that is not plain.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !authority.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_number = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    let is_name = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    let is_ipv6 = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .is_some_and(|host| !host.is_empty() && host.bytes().all(|b| b.is_ascii_hexdigit() || b == b':'));
    ((is_name || is_ipv6) && port.is_none_or(is_number)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_and_loopback_are_accepted() {
        for url in [
            "https://signin.example.com",
            "https://signin.example.com/",
            "https://signin.example.com:8443/tenant/a?b=c@d",
            "http://localhost:8080/oidc",
            "http://127.0.0.1/oidc",
            "http://[::1]:8080",
        ] {
            assert_eq!(SecureUrl::parse(url).map(|url| url.to_string()), Ok(url.to_owned()));
        }
    }

    #[test]
    fn plain_http_and_other_schemes_are_rejected() {
        for url in [
            "http://signin.example.com",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "javascript://x/%0aalert(1)",
            "HTTP://example.com",
            "//example.com",
            "/oidc",
            "example.com",
            "",
        ] {
            assert_eq!(SecureUrl::parse(url), Err(SecureUrlError::NotSecure), "{url}");
        }
    }

    #[test]
    fn a_url_that_could_name_another_host_is_rejected() {
        for url in [
            "https://",
            "https:///path",
            "https://good.example@evil.example/",
            "https://evil.example\\@good.example",
            "https://a b.example",
            "https://example.com/\t",
            "https://example.com/#x",
            "https://example.com:x",
            "https://example.com:",
            "https://[::1",
            "https://ex%61mple.com",
        ] {
            assert_eq!(SecureUrl::parse(url), Err(SecureUrlError::Malformed), "{url}");
        }
    }

    #[test]
    fn parameters_are_added_to_those_that_are_there() {
        let with_query = |url| SecureUrl::parse(url).unwrap().with_query("a=b");
        assert_eq!(with_query("https://example.com/x"), "https://example.com/x?a=b");
        assert_eq!(with_query("https://example.com/x?y=z"), "https://example.com/x?y=z&a=b");
    }
}
