//! The URLs of the API. No other module spells them. Pure.

use crate::domain::{BillingAccountId, WorkspaceId};
use crate::session::oidc::secure_url::SecureUrl;

/// The API's base URL if `index.html` configures none (Altostrat API reference: Create a billing account).
pub const DEFAULT_API_BASE: &str = "https://v1.api.altostrat.io";

/// The API's base URL, from `<meta name="altostrat-api-base">`.
///
/// Invariant: it is an `https:` URL, an `http:` URL of this machine, or a path on the page's origin. The token is sent
/// nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiBase(&'static str);

/// A base URL to which the token must not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidApiBase(pub String);

impl ApiBase {
    /// Parses a base URL. The text is leaked, because the app parses one base URL and keeps it as long as the page.
    ///
    /// # Errors
    /// The text, if sending a token there would not be safe.
    pub fn parse(text: &str) -> Result<Self, InvalidApiBase> {
        let text = text.trim().trim_end_matches('/');
        // A second slash, or a backslash, which browsers treat as one, would start the name of another host.
        let is_path = text.starts_with('/') && !text.contains("//") && !text.contains('\\');
        let is_safe = is_path || SecureUrl::parse(text).is_ok();
        if is_safe && !text.contains(['?', '#']) && !text.contains(char::is_whitespace) {
            Ok(Self(String::leak(text.to_owned())))
        } else {
            Err(InvalidApiBase(text.to_owned()))
        }
    }
}

/// An endpoint of the API.
#[derive(Debug, Clone, Copy)]
pub enum Endpoint<'a> {
    /// The user's workspaces.
    Workspaces,
    /// One workspace.
    Workspace(&'a WorkspaceId),
    /// A workspace's members.
    Members(&'a WorkspaceId),
    /// A workspace's billing accounts: `POST` creates one, `GET` returns the first page of the list.
    BillingAccounts(&'a WorkspaceId),
    /// The page of that list after an account. `after` is not documented for this list, only for other lists of the
    /// API.
    BillingAccountsAfter(&'a WorkspaceId, &'a BillingAccountId),
    /// One billing account.
    BillingAccount(&'a WorkspaceId, &'a BillingAccountId),
}

impl Endpoint<'_> {
    /// The path below the base URL. It contains IDs, but no personal data.
    pub fn path(self) -> String {
        match self {
            Self::Workspaces => "/workspaces".to_owned(),
            Self::Workspace(ws) => format!("/workspaces/{}", ws.segment()),
            Self::Members(ws) => format!("/workspaces/{}/members", ws.segment()),
            Self::BillingAccounts(ws) => format!("/workspaces/{}/billing-accounts", ws.segment()),
            Self::BillingAccountsAfter(ws, last) => {
                format!("/workspaces/{}/billing-accounts?after={}", ws.segment(), last.segment())
            }
            Self::BillingAccount(ws, id) => {
                format!("/workspaces/{}/billing-accounts/{}", ws.segment(), id.segment())
            }
        }
    }

    /// The complete URL.
    pub fn url(self, base: ApiBase) -> String {
        base.0.to_owned() + &self.path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_https_this_machine_or_this_origin() {
        for allowed in [
            "https://v1.api.altostrat.io",
            "https://x.io:8443/v1",
            "http://127.0.0.1:8080/api",
            "http://localhost",
            "http://[::1]:80",
            "/api",
        ] {
            assert!(ApiBase::parse(allowed).is_ok(), "{allowed}");
        }
        for rejected in [
            "",
            "http://v1.api.altostrat.io",
            "//evil.example",
            "/\\evil.example",
            "ftp://x",
            "javascript:0",
            "https://",
            "https:///x",
            "https://user@evil.example",
            "http://localhost@evil.example",
            "http://localhost.evil.example",
            "http://127.0.0.1:80@evil.example",
            "https://x\\@evil",
            "api",
            "https://x?y",
            "/api#",
            "https://a b",
        ] {
            assert!(ApiBase::parse(rejected).is_err(), "{rejected}");
        }
    }

    #[test]
    fn an_id_stays_in_its_path_segment() {
        let base = ApiBase::parse("https://x.io/").unwrap();
        for id in ["../x", "a/b", "?x", "#", "@evil", "%2f", "\\..\\"] {
            let (ws, account) = (WorkspaceId::parse(id).unwrap(), BillingAccountId::parse(id).unwrap());
            let url = Endpoint::BillingAccount(&ws, &account).url(base);
            assert_eq!(url.matches('/').count(), 6, "{url}");
            assert!(!url.contains(['?', '#', '@', '\\']), "{url}");
            let url = Endpoint::BillingAccountsAfter(&ws, &account).url(base);
            assert_eq!((url.matches('/').count(), url.matches(['?', '=', '&', '#']).count()), (5, 2), "{url}");
        }
    }
}
