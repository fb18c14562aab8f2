//! The only place that spells the API's URLs. Pure.

use crate::domain::{BillingAccountId, WorkspaceId};

/// Where the API is when the page does not say (api.md).
pub const DEFAULT_API_BASE: &str = "https://v1.api.altostrat.io";

/// The API's address, as the page's `<meta name="altostrat-api-base">` gives it: an `https:` URL, `http:` on this very
/// machine, or a path of the page's own origin. A token is sent nowhere else (R15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiBase(&'static str);

/// A base that a token must not be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidApiBase(pub String);

impl ApiBase {
    /// Reads a base. It lives as long as the page, which reads it once.
    ///
    /// # Errors
    /// The text, when a token would not be safe there.
    pub fn parse(text: &str) -> Result<Self, InvalidApiBase> {
        let text = text.trim().trim_end_matches('/');
        let is_safe = if let Some(after_scheme) = text.strip_prefix("https://") {
            has_safe_host(after_scheme)
        } else if let Some(after_scheme) = text.strip_prefix("http://") {
            let host = after_scheme.split('/').next().unwrap_or_default();
            let name = host
                .rsplit_once(':')
                .map_or(host, |(name, port)| if port.bytes().all(|b| b.is_ascii_digit()) { name } else { host });
            has_safe_host(after_scheme) && matches!(name, "localhost" | "127.0.0.1" | "[::1]")
        } else {
            // A second slash (or the backslash that browsers take for one) would name another host.
            text.starts_with('/') && !text.contains("//") && !text.contains('\\')
        };
        if is_safe && !text.contains(['?', '#']) && !text.contains(char::is_whitespace) {
            Ok(Self(String::leak(text.to_owned())))
        } else {
            Err(InvalidApiBase(text.to_owned()))
        }
    }
}

fn has_safe_host(after_scheme: &str) -> bool {
    let host = after_scheme.split('/').next().unwrap_or_default();
    !host.is_empty() && !after_scheme.contains(['@', '\\'])
}

/// One of the API's addresses.
#[derive(Debug, Clone, Copy)]
pub enum Endpoint<'a> {
    /// The user's workspaces.
    Workspaces,
    /// One workspace.
    Workspace(&'a WorkspaceId),
    /// A workspace's members.
    Members(&'a WorkspaceId),
    /// A workspace's billing accounts: where they are created, and the first page of their list.
    BillingAccounts(&'a WorkspaceId),
    /// The page of that list behind an account. Not documented for this list; the API's other lists take it.
    BillingAccountsAfter(&'a WorkspaceId, &'a BillingAccountId),
    /// One billing account.
    BillingAccount(&'a WorkspaceId, &'a BillingAccountId),
}

impl Endpoint<'_> {
    /// Its path below the base. Holds ids, nothing personal.
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

    /// Its URL.
    pub fn url(self, base: ApiBase) -> String {
        base.0.to_owned() + &self.path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_may_go_to_https_to_this_machine_and_to_this_origin() {
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
    fn an_id_cannot_leave_its_segment() {
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
