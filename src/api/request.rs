//! What is asked of the API. The one description serves to send it and to copy it, so that both hold the same.

use crate::api::curl::curl;
use crate::api::endpoint::{ApiBase, Endpoint};
use crate::api::transport::Method;
use crate::api::wire;
use crate::domain::billing_account::NewBillingAccount;
use crate::domain::{BillingAccount, BillingAccountId, Changes, WorkspaceId};

/// A request, less whose it is.
#[derive(Debug, Clone)]
pub struct ApiRequest<'a> {
    /// The method.
    pub method: Method,
    /// Of what.
    pub endpoint: Endpoint<'a>,
    /// A JSON body.
    pub body: Option<String>,
}

impl<'a> ApiRequest<'a> {
    /// Reads.
    pub const fn get(endpoint: Endpoint<'a>) -> Self {
        Self { method: Method::Get, endpoint, body: None }
    }

    /// Creates a billing account.
    pub fn create(ws: &'a WorkspaceId, account: &NewBillingAccount) -> Self {
        let body = Some(wire::create_body(account));
        Self { method: Method::Post, endpoint: Endpoint::BillingAccounts(ws), body }
    }

    /// Changes a billing account.
    pub fn update(ws: &'a WorkspaceId, account: &'a BillingAccount, changes: &Changes) -> Self {
        let body = Some(wire::update_body(changes, account));
        Self { method: Method::Patch, endpoint: Endpoint::BillingAccount(ws, &account.id), body }
    }

    /// Deletes a billing account.
    pub const fn delete(ws: &'a WorkspaceId, id: &'a BillingAccountId) -> Self {
        Self { method: Method::Delete, endpoint: Endpoint::BillingAccount(ws, id), body: None }
    }

    /// As a command for a shell. `origin` is the page's: a base that is a path stands for it.
    pub fn curl(&self, base: ApiBase, origin: &str) -> String {
        let url = self.endpoint.url(base);
        let url = if url.starts_with('/') { origin.to_owned() + &url } else { url };
        curl(self.method, &url, self.body.as_deref())
    }
}
