//! The routes of the app: parsing a path and building a URL. Pure.
//!
//! An enum instead of `leptos_router`, because no router crate has a leave guard that also covers the Back button, and
//! `leptos_router` would add a third to the bundle.

use percent_encoding::percent_decode_str;

use crate::domain::{BillingAccountId, WorkspaceId};

/// A page of the app.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// The list of workspaces.
    Workspaces,
    /// The list of a workspace's billing accounts.
    BillingAccounts(WorkspaceId),
    /// The form that creates a billing account.
    NewBillingAccount(WorkspaceId),
    /// The details of a billing account.
    BillingAccount(WorkspaceId, BillingAccountId),
    /// The form that changes a billing account.
    EditBillingAccount(WorkspaceId, BillingAccountId),
    /// Any other path.
    NotFound(String),
}

impl Route {
    /// Parses the path of a URL.
    pub fn parse(path: &str) -> Self {
        let decoded: Option<Vec<String>> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| percent_decode_str(segment).decode_utf8().ok().map(Into::into))
            .collect();
        let segments: Vec<&str> = decoded.iter().flatten().map(String::as_str).collect();
        let account = |ws: &str, id: &str| Some((WorkspaceId::parse(ws)?, BillingAccountId::parse(id)?));
        let route = match segments[..] {
            [] if decoded.is_some() => Some(Self::Workspaces),
            ["workspaces", ws, "billing-accounts"] => WorkspaceId::parse(ws).map(Self::BillingAccounts),
            ["workspaces", ws, "billing-accounts", "new"] => WorkspaceId::parse(ws).map(Self::NewBillingAccount),
            ["workspaces", ws, "billing-accounts", id] => account(ws, id).map(|(ws, id)| Self::BillingAccount(ws, id)),
            ["workspaces", ws, "billing-accounts", id, "edit"] => {
                account(ws, id).map(|(ws, id)| Self::EditBillingAccount(ws, id))
            }
            _ => None,
        };
        route.unwrap_or_else(|| Self::NotFound(path.to_owned()))
    }

    /// The workspace of the page.
    pub const fn workspace(&self) -> Option<&WorkspaceId> {
        match self {
            Self::BillingAccounts(ws)
            | Self::NewBillingAccount(ws)
            | Self::BillingAccount(ws, _)
            | Self::EditBillingAccount(ws, _) => Some(ws),
            Self::Workspaces | Self::NotFound(_) => None,
        }
    }

    /// The URL of the page, without the origin.
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

/// The value of a URL's query parameter. See [`query_pairs`].
pub fn query_param(query: &str, key: &str) -> Option<String> {
    query_pairs(query.trim_start_matches('?')).find(|(name, _)| name == key).map(|(_, value)| value)
}

/// The names and values of a query without its `?`, decoded as `application/x-www-form-urlencoded`. A malformed escape is
/// kept unchanged, and bytes that are not UTF-8 become U+FFFD.
pub fn query_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
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
    fn every_href_parses_to_its_route() {
        for id in ["cus_a1", "../x", "a/b", "?x", "#", "@evil", "%2f", "ü 漢", "a.b~c", "%"] {
            for route in every("ws_1", id).into_iter().chain(every(id, "cus_1")) {
                assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
            }
        }
    }

    #[test]
    fn an_id_stays_in_its_path_segment() {
        for id in ["../x", "a/b", "?x", "#", "@evil", "%2f", "\\", "a\nb"] {
            let href = every(id, id)[4].href();
            assert_eq!(href.matches('/').count(), 5, "{href}");
            assert!(!href.contains(['?', '#', '@', '\\', '\n']), "{href}");
        }
    }

    #[test]
    fn urls_stay_the_same_for_bookmarks() {
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
    fn a_query_is_decoded_as_a_form_and_never_panics() {
        for (query, value) in [
            ("?name=a+b%20c", "a b c"),
            ("name=1&name=2", "1"),
            ("?x=y&n%61me=%C3%BC", "ü"),
            ("?name=100%&x=%zz", "100%"),
            ("?name=%ff%", "\u{fffd}%"),
            ("?name=a=b", "a=b"),
            ("?name", ""),
        ] {
            assert_eq!(query_param(query, "name").as_deref(), Some(value), "{query}");
        }
        assert_eq!(query_param("?names=1&&=", "name"), None);
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
