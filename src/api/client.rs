//! The API calls of the app. Each sends one request. Only a `GET` is retried, once, after a transient error.

use std::collections::BTreeSet;

use leptos::prelude::{location, window};

use crate::api::endpoint::{ApiBase, Endpoint};
use crate::api::error::{ApiError, ErrorKind};
use crate::api::request::ApiRequest;
use crate::api::transport::{Method, Request, Response, Transport};
use crate::api::wire;
use crate::api::wire::ListPage;
use crate::domain::billing_account::NewBillingAccount;
use crate::domain::workspace::Role;
use crate::domain::{BillingAccount, BillingAccountId, Changes, Workspace, WorkspaceId};
use crate::session::sign_in::SignIn;
use crate::session::{Session, User};

/// The most pages fetched of one list, so that a server that never ends the list cannot keep the app busy forever.
const MAX_PAGES: usize = 50;
/// The longest accepted `Retry-After`, in seconds.
const MAX_RETRY_AFTER: f64 = 3600.0;

/// The API with the access token of the signed-in user, as a `Copy` handle.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    transport: Transport,
    base: ApiBase,
    session: Session,
    sign_in: SignIn,
}

impl Client {
    /// A client that sends requests with `transport`.
    pub const fn new(transport: Transport, base: ApiBase, session: Session, sign_in: SignIn) -> Self {
        Self { transport, base, session, sign_in }
    }

    /// Fetches the user's workspaces.
    ///
    /// # Errors
    /// Why the request failed.
    pub async fn workspaces(self) -> Result<ListPage<Workspace>, ApiError> {
        self.get(Endpoint::Workspaces, wire::workspaces).await
    }

    /// Fetches a workspace.
    ///
    /// # Errors
    /// Why the request failed.
    pub async fn workspace(self, ws: &WorkspaceId) -> Result<Workspace, ApiError> {
        self.get(Endpoint::Workspace(ws), wire::workspace).await
    }

    /// Fetches a workspace's billing accounts, all pages of the list. [`ListPage::has_more`] stays set if a later page
    /// could not be fetched.
    ///
    /// # Errors
    /// Why the request for the first page failed.
    pub async fn billing_accounts(self, ws: &WorkspaceId) -> Result<ListPage<BillingAccount>, ApiError> {
        let mut list = self.get(Endpoint::BillingAccounts(ws), wire::billing_accounts).await?;
        let mut seen_ids: BTreeSet<String> = list.items.iter().map(|account| account.id.to_string()).collect();
        for _ in 1..MAX_PAGES {
            let Some(last) = list.items.last().filter(|_| list.has_more) else { break };
            // The API does not document `after` for this list. If it does not know it, it fails or repeats the page.
            let next = self.get(Endpoint::BillingAccountsAfter(ws, &last.id), wire::billing_accounts).await;
            let Ok(next) = next else { break };
            let received_count = next.items.len();
            let new: Vec<_> =
                next.items.into_iter().filter(|account| seen_ids.insert(account.id.to_string())).collect();
            let is_new_page = new.len() == received_count && (received_count > 0 || !next.has_more);
            list.items.extend(new);
            if !is_new_page {
                break;
            }
            list.has_more = next.has_more;
        }
        Ok(list)
    }

    /// Fetches a billing account.
    ///
    /// # Errors
    /// Why the request failed.
    pub async fn billing_account(self, ws: &WorkspaceId, id: &BillingAccountId) -> Result<BillingAccount, ApiError> {
        self.get(Endpoint::BillingAccount(ws, id), wire::billing_account).await
    }

    /// Creates a billing account. The request is never retried, because the API has no idempotency keys.
    ///
    /// # Errors
    /// Why the request failed. [`ApiError::outcome`] says whether the account may exist.
    pub async fn create_billing_account(
        self,
        ws: &WorkspaceId,
        account: &NewBillingAccount,
    ) -> Result<BillingAccount, ApiError> {
        self.send_once(ApiRequest::create(ws, account), wire::billing_account).await
    }

    /// Fetches the signed-in user's role in a workspace; `None` if the user is not in the list of members.
    ///
    /// # Errors
    /// Why the request failed.
    pub async fn own_role(self, ws: &WorkspaceId) -> Result<Option<Role>, ApiError> {
        let user = self.session.user_untracked().and_then(|user| user.claims.sub);
        let members = self.get(Endpoint::Members(ws), wire::members).await?.items;
        Ok(members.into_iter().find(|(id, _)| Some(id) == user.as_ref()).map(|(_, role)| role))
    }

    /// Updates a billing account. The request is never retried.
    ///
    /// # Errors
    /// Why the request failed. [`ApiError::outcome`] says whether the changes may be stored.
    pub async fn update_billing_account(
        self,
        ws: &WorkspaceId,
        account: &BillingAccount,
        changes: &Changes,
    ) -> Result<BillingAccount, ApiError> {
        self.send_once(ApiRequest::update(ws, account, changes), wire::billing_account).await
    }

    /// Deletes a billing account. The request is never retried.
    ///
    /// # Errors
    /// Why the request failed. [`ApiError::outcome`] says whether the account may be deleted.
    pub async fn delete_billing_account(self, ws: &WorkspaceId, id: &BillingAccountId) -> Result<(), ApiError> {
        let request = ApiRequest::delete(ws, id);
        let response = self.send_checked(&request).await?;
        if response.status == 204 || is_json(&response) { Ok(()) } else { Err(unreadable(&request, &response)) }
    }

    /// Checks whether an account exists.
    ///
    /// # Errors
    /// Why the request failed.
    pub async fn has_billing_account(self, ws: &WorkspaceId, id: &BillingAccountId) -> Result<bool, ApiError> {
        match self.billing_account(ws, id).await {
            Ok(_) => Ok(true),
            Err(error) if error.status() == Some(404) => self.exists_despite(error, ws, id).await,
            Err(error) => Err(error),
        }
    }

    /// Checks whether an account exists despite a 404. The API's documented error is trusted. Any other 404 may come
    /// from a gateway, so the list of accounts decides.
    ///
    /// # Errors
    /// Why the request for the list failed, or the 404 itself if the list is incomplete.
    pub async fn exists_despite(
        self,
        not_found: ApiError,
        ws: &WorkspaceId,
        id: &BillingAccountId,
    ) -> Result<bool, ApiError> {
        if not_found.says_no_such_account() {
            return Ok(false);
        }
        let page = self.billing_accounts(ws).await?;
        let is_listed = page.items.iter().any(|account| account.id == *id);
        if !is_listed && page.has_more { Err(not_found) } else { Ok(is_listed) }
    }

    /// A request as a `curl` command.
    pub fn curl(self, request: &ApiRequest<'_>) -> String {
        request.curl(self.base, &location().origin().unwrap_or_default())
    }

    async fn get<T>(self, endpoint: Endpoint<'_>, read: fn(&str) -> Option<T>) -> Result<T, ApiError> {
        let first = self.send_once(ApiRequest::get(endpoint), read).await;
        match &first {
            Err(error) if error.is_transient() => self.send_once(ApiRequest::get(endpoint), read).await,
            _ => first,
        }
    }

    async fn send_once<T>(self, request: ApiRequest<'_>, read: fn(&str) -> Option<T>) -> Result<T, ApiError> {
        let response = self.send_checked(&request).await?;
        read(&response.body).ok_or_else(|| unreadable(&request, &response))
    }

    /// Sends a request once and returns the response if its status is a success.
    async fn send_checked(self, request: &ApiRequest<'_>) -> Result<Response, ApiError> {
        self.send(request.method, request.endpoint, request.body.clone()).await.map_err(|kind| api_error(request, kind))
    }

    /// Sends a request and returns the response if its status is a success.
    async fn send(self, method: Method, endpoint: Endpoint<'_>, body: Option<String>) -> Result<Response, ErrorKind> {
        let response = self.send_in_session(method, endpoint, body).await?;
        if (200..300).contains(&response.status) {
            return Ok(response);
        }
        let mut error_response = wire::error_response(response.status, &response.body);
        error_response.retry_after = response.retry_after.as_deref().and_then(seconds_until);
        Err(ErrorKind::Status(error_response))
    }

    /// Sends a request once. After a 401 the session is renewed, and only a `GET` is then sent again.
    async fn send_in_session(
        self,
        method: Method,
        endpoint: Endpoint<'_>,
        body: Option<String>,
    ) -> Result<Response, ErrorKind> {
        let user = self.usable_session().await?;
        let response = self.send_as(&user, method, endpoint, body).await?;
        if response.status != 401 {
            return Ok(response);
        }
        match self.sign_in.renew_rejected(&user.token).await {
            Some(renewed) if method == Method::Get => {
                let response = self.send_as(&renewed, method, endpoint, None).await?;
                if response.status == 401 {
                    self.sign_in.end(&renewed.token);
                }
                Ok(response)
            }
            Some(_) => Err(ErrorKind::SessionRenewed),
            None => {
                self.sign_in.end(&user.token);
                Ok(response)
            }
        }
    }

    /// The session, renewed if its token expires too soon: a token that expires during the request would leave the
    /// outcome unknown.
    async fn usable_session(self) -> Result<User, ErrorKind> {
        let mut user = self.session.user_untracked().ok_or(ErrorKind::SessionEnded)?;
        if user.claims.is_unusable(js_sys::Date::now()) {
            user = self.sign_in.renew(&user.token).await.unwrap_or(user);
        }
        if user.claims.is_unusable(js_sys::Date::now()) {
            self.sign_in.end(&user.token);
            return Err(ErrorKind::SessionEnded);
        }
        Ok(user)
    }

    async fn send_as(
        self,
        user: &User,
        method: Method,
        endpoint: Endpoint<'_>,
        body: Option<String>,
    ) -> Result<Response, ErrorKind> {
        let request = |method, body| Request { method, url: endpoint.url(self.base), token: user.token.clone(), body };
        let offline = !window().navigator().on_line();
        // A browser without a network reports being offline even if the API runs on the same machine. A GET, which
        // changes nothing, shows whether the API is reachable.
        if offline && method != Method::Get && (self.transport)(request(Method::Get, None)).await.is_err() {
            return Err(ErrorKind::Offline);
        }
        (self.transport)(request(method, body)).await.map_err(|reason| match method {
            Method::Get if offline => ErrorKind::Offline,
            _ => ErrorKind::NoResponse(reason),
        })
    }
}

fn api_error(request: &ApiRequest<'_>, kind: ErrorKind) -> ApiError {
    ApiError { method: request.method, path: request.endpoint.path(), failed_at: js_sys::Date::now(), kind }
}

/// The error of a successful response whose body lacks the expected JSON.
fn unreadable(request: &ApiRequest<'_>, response: &Response) -> ApiError {
    let status = response.status;
    api_error(
        request,
        if is_json(response) { ErrorKind::Incomplete { status } } else { ErrorKind::Unreadable { status } },
    )
}

/// Whether a success comes from the API, which answers with 200 or 201 and a JSON object.
fn is_json(response: &Response) -> bool {
    matches!(response.status, 200 | 201) && wire::is_object(&response.body)
}

/// The delay of a `Retry-After` header in seconds, at most [`MAX_RETRY_AFTER`]. The header is a number of seconds or an
/// HTTP date (RFC 9110, section 10.2.3).
fn seconds_until(header: &str) -> Option<u32> {
    // The browser's parser, because Rust's parser for floats adds 12 KB to the bundle.
    let seconds = js_sys::parse_float(header);
    let seconds = if seconds.is_nan() { (js_sys::Date::parse(header) - js_sys::Date::now()) / 1000.0 } else { seconds };
    (!seconds.is_nan()).then_some(seconds.clamp(0.0, MAX_RETRY_AFTER).ceil() as u32)
}
