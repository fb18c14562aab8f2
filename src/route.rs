//! The pages and their URLs, both ways (interface.md). Pure; `navigation` talks to the browser.
//!
//! There is no router crate: with five flat routes this enum does its work, and `leptos_router` would add a third to
//! the bundle.

use percent_encoding::percent_decode_str;

use crate::domain::{BillingAccountId, WorkspaceId};

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Choose a workspace.
    Workspaces,
    /// A workspace's billing accounts.
    BillingAccounts(WorkspaceId),
    /// Create a billing account.
    NewBillingAccount(WorkspaceId),
    /// One billing account.
    BillingAccount(WorkspaceId, BillingAccountId),
    /// Change a billing account.
    EditBillingAccount(WorkspaceId, BillingAccountId),
    /// Anything else.
    NotFound(String),
}

impl Route {
    /// The page at a URL's path.
    pub fn parse(path: &str) -> Self {
        let decoded: Option<Vec<String>> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| percent_decode_str(part).decode_utf8().ok().map(Into::into))
            .collect();
        let parts: Vec<&str> = decoded.iter().flatten().map(String::as_str).collect();
        let account = |ws: &str, id: &str| Some((WorkspaceId::parse(ws)?, BillingAccountId::parse(id)?));
        let found = match parts[..] {
            [] if decoded.is_some() => Some(Self::Workspaces),
            ["workspaces", ws, "billing-accounts"] => WorkspaceId::parse(ws).map(Self::BillingAccounts),
            ["workspaces", ws, "billing-accounts", "new"] => WorkspaceId::parse(ws).map(Self::NewBillingAccount),
            ["workspaces", ws, "billing-accounts", id] => account(ws, id).map(|(ws, id)| Self::BillingAccount(ws, id)),
            ["workspaces", ws, "billing-accounts", id, "edit"] => {
                account(ws, id).map(|(ws, id)| Self::EditBillingAccount(ws, id))
            }
            _ => None,
        };
        found.unwrap_or_else(|| Self::NotFound(path.to_owned()))
    }

    /// The page's URL.
    pub fn href(&self) -> String {
        let accounts = |ws: &WorkspaceId| format!("/workspaces/{}/billing-accounts", ws.segment());
        match self {
            Self::Workspaces => "/".to_owned(),
            Self::BillingAccounts(ws) => accounts(ws),
            Self::NewBillingAccount(ws) => accounts(ws) + "/new",
            Self::BillingAccount(ws, id) => format!("{}/{}", accounts(ws), id.segment()),
            Self::EditBillingAccount(ws, id) => format!("{}/{}/edit", accounts(ws), id.segment()),
            Self::NotFound(path) => path.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(ws: &str, id: &str) -> Vec<Route> {
        let ws = WorkspaceId::parse(ws).unwrap();
        let id = BillingAccountId::parse(id).unwrap();
        vec![
            Route::Workspaces,
            Route::BillingAccounts(ws.clone()),
            Route::NewBillingAccount(ws.clone()),
            Route::BillingAccount(ws.clone(), id.clone()),
            Route::EditBillingAccount(ws, id),
        ]
    }

    #[test]
    fn every_page_is_found_again_by_its_url() {
        for id in ["cus_a1", "../x", "a/b", "?x", "#", "@evil", "%2f", "ü 漢", "a.b~c", "%"] {
            for route in every("ws_1", id).into_iter().chain(every(id, "cus_1")) {
                assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
            }
        }
    }

    #[test]
    fn an_id_stays_in_its_segment() {
        for id in ["../x", "a/b", "?x", "#", "@evil", "%2f", "\\", "a\nb"] {
            let href = every(id, id)[4].href();
            assert_eq!(href.matches('/').count(), 5, "{href}");
            assert!(!href.contains(['?', '#', '@', '\\', '\n']), "{href}");
        }
    }

    #[test]
    fn urls_are_those_that_bookmarks_hold() {
        let hrefs: Vec<_> = every("ws_1", "cus_1").iter().map(Route::href).collect();
        assert_eq!(
            hrefs,
            [
                "/",
                "/workspaces/ws_1/billing-accounts",
                "/workspaces/ws_1/billing-accounts/new",
                "/workspaces/ws_1/billing-accounts/cus_1",
                "/workspaces/ws_1/billing-accounts/cus_1/edit",
            ]
        );
    }

    #[test]
    fn anything_else_is_not_found() {
        for path in [
            "/x",
            "/workspaces",
            "/workspaces/ws_1",
            "/workspaces/%2e%2e/billing-accounts",
            "/%ff",
            "/workspaces/w/billing-accounts/a/b",
        ] {
            assert_eq!(Route::parse(path), Route::NotFound(path.to_owned()));
        }
        assert_eq!(Route::parse("/workspaces/ws_1/billing-accounts/").href(), "/workspaces/ws_1/billing-accounts");
    }
}
