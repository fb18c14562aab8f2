//! A request to the API, before it is sent. The same value is sent or copied as `curl`, so that both are equal.

use crate::api::curl::curl;
use crate::api::endpoint::{ApiBase, Endpoint};
use crate::api::transport::Method;
use crate::api::wire;
use crate::domain::billing_account::NewBillingAccount;
use crate::domain::{BillingAccount, BillingAccountId, Changes, WorkspaceId};

/// A request without the token and the base URL.
#[derive(Debug, Clone)]
pub struct ApiRequest<'a> {
    /// The method.
    pub method: Method,
    /// The endpoint.
    pub endpoint: Endpoint<'a>,
    /// The JSON body.
    pub body: Option<String>,
}

impl<'a> ApiRequest<'a> {
    /// A request that reads.
    pub const fn get(endpoint: Endpoint<'a>) -> Self {
        Self { method: Method::Get, endpoint, body: None }
    }

    /// A request that creates a billing account.
    pub fn create(ws: &'a WorkspaceId, account: &NewBillingAccount) -> Self {
        let body = Some(wire::create_body(account));
        Self { method: Method::Post, endpoint: Endpoint::BillingAccounts(ws), body }
    }

    /// A request that updates a billing account.
    pub fn update(ws: &'a WorkspaceId, account: &'a BillingAccount, changes: &Changes) -> Self {
        let body = Some(wire::update_body(changes, account));
        Self { method: Method::Patch, endpoint: Endpoint::BillingAccount(ws, &account.id), body }
    }

    /// A request that deletes a billing account.
    pub const fn delete(ws: &'a WorkspaceId, id: &'a BillingAccountId) -> Self {
        Self { method: Method::Delete, endpoint: Endpoint::BillingAccount(ws, id), body: None }
    }

    /// The request as a `curl` command. A base URL that is a path is completed with `origin`, the page's origin.
    pub fn curl(&self, base: ApiBase, origin: &str) -> String {
        let url = self.endpoint.url(base);
        let url = if url.starts_with('/') { origin.to_owned() + &url } else { url };
        curl(self.method, &url, self.body.as_deref())
    }
}
