//! The bodies of responses.
//!
//! Every member but an ID may be missing or of another type. An unexpected member must not make a saved account look
//! unsaved.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

use crate::api::error::ErrorResponse;
use crate::api::wire::json::to_json;
use crate::domain::text::trim;
use crate::domain::workspace::Role;
use crate::domain::{BillingAccount, BillingAccountId, BillingMode, Field, Workspace, WorkspaceId};
use crate::lenient;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage<T> {
    /// The items of the page.
    pub items: Vec<T>,
    /// Whether the list continues on another page.
    pub has_more: bool,
}

#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
struct ListReply<T> {
    #[serde(default, deserialize_with = "lenient::objects")]
    data: Option<Vec<T>>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    has_more: Option<bool>,
}

/// A billing account.
///
/// Texts are not trimmed, because the form compares the draft with the stored text. A number is kept as text: if a
/// numeric postal code counted as missing, the next change of the address would erase it.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct AccountReply {
    #[serde(deserialize_with = "address")]
    address: AddressReply,
    #[serde(deserialize_with = "lenient::trimmed")]
    created_at: Option<String>,
    #[serde(deserialize_with = "lenient::nullable_text")]
    currency: Member,
    #[serde(deserialize_with = "lenient::nullable_text")]
    description: Member,
    #[serde(deserialize_with = "lenient::nullable_text")]
    email: Member,
    #[serde(deserialize_with = "lenient::scalar")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient::nullable_text")]
    name: Member,
    #[serde(deserialize_with = "lenient::nullable_text")]
    phone: Member,
    #[serde(deserialize_with = "lenient::trimmed")]
    updated_at: Option<String>,
    #[serde(skip_deserializing)]
    workspace_id: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct AddressReply {
    #[serde(deserialize_with = "lenient::nullable_text")]
    city: Member,
    #[serde(deserialize_with = "lenient::nullable_text")]
    country: Member,
    #[serde(deserialize_with = "lenient::nullable_text")]
    line1: Member,
    #[serde(deserialize_with = "lenient::nullable_text")]
    line2: Member,
    #[serde(deserialize_with = "lenient::nullable_text")]
    postal_code: Member,
    #[serde(deserialize_with = "lenient::nullable_text")]
    state: Member,
}

/// The value of a field: missing (`None`), null (`Some(None)`) or a text.
type Member = Option<Option<String>>;

/// Deserialises an address. A null address has null parts; they are not missing.
fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AddressReply, D::Error> {
    lenient::nullable_object(deserializer, || AddressReply {
        city: Some(None),
        country: Some(None),
        line1: Some(None),
        line2: Some(None),
        postal_code: Some(None),
        state: Some(None),
    })
}

impl AccountReply {
    fn member(&mut self, field: Field) -> &mut Member {
        match field {
            Field::Name => &mut self.name,
            Field::Email => &mut self.email,
            Field::Phone => &mut self.phone,
            Field::Description => &mut self.description,
            Field::Currency => &mut self.currency,
            Field::Country => &mut self.address.country,
            Field::Line1 => &mut self.address.line1,
            Field::Line2 => &mut self.address.line2,
            Field::City => &mut self.address.city,
            Field::State => &mut self.address.state,
            Field::PostalCode => &mut self.address.postal_code,
        }
    }

    /// Converts to the domain type; `None` if the ID is missing.
    fn into_account(mut self) -> Option<BillingAccount> {
        let id = BillingAccountId::parse(self.id.as_deref()?)?;
        let missing = Field::ALL.into_iter().filter(|field| self.member(*field).is_none()).collect();
        let mut account = BillingAccount::new(id, |field| self.member(field).take().flatten()).with_missing(missing);
        account.created_at = self.created_at;
        account.updated_at = self.updated_at;
        Some(account)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WorkspaceReply {
    #[serde(deserialize_with = "lenient::scalar")]
    archived: Option<bool>,
    #[serde(deserialize_with = "lenient::scalar")]
    billing_mode: Option<String>,
    #[serde(deserialize_with = "lenient::scalar")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient::trimmed")]
    name: Option<String>,
}

impl WorkspaceReply {
    /// Converts to the domain type; `None` if the ID is missing.
    fn into_workspace(self) -> Option<Workspace> {
        let id = WorkspaceId::parse(self.id.as_deref()?)?;
        Some(Workspace {
            name: self.name.unwrap_or_else(|| id.to_string()),
            mode: BillingMode::parse(self.billing_mode.as_deref().unwrap_or_default()),
            archived: self.archived.unwrap_or_default(),
            id,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MemberReply {
    #[serde(deserialize_with = "lenient::scalar")]
    role: Option<String>,
    #[serde(deserialize_with = "lenient::trimmed")]
    user_id: Option<String>,
}

/// An error in the documented form, Laravel's 422, or any other JSON.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorReply {
    #[serde(deserialize_with = "lenient::trimmed")]
    code: Option<String>,
    #[serde(deserialize_with = "lenient::trimmed")]
    doc_url: Option<String>,
    #[serde(deserialize_with = "lenient::object")]
    errors: BTreeMap<String, Messages>,
    #[serde(rename = "type", deserialize_with = "lenient::trimmed")]
    error_type: Option<String>,
    #[serde(deserialize_with = "lenient::trimmed")]
    message: Option<String>,
}

/// The error messages of one field: a list of sentences, as Laravel sends it, or one sentence.
#[derive(Deserialize)]
#[serde(transparent)]
struct Messages(#[serde(deserialize_with = "lenient::strings")] Option<Vec<String>>);

impl Messages {
    /// The sentences: at least one, and none of them empty.
    fn sentences(self) -> Vec<String> {
        let messages = self.0.unwrap_or_default();
        let sentences: Vec<_> = messages.iter().map(|text| trim(text)).filter(|text| !text.is_empty()).collect();
        if sentences.is_empty() {
            return vec!["This value wasn’t accepted".to_owned()];
        }
        sentences.into_iter().map(str::to_owned).collect()
    }
}

/// Whether a body is a JSON object, as every response body of the API.
pub fn is_object(body: &str) -> bool {
    lenient::parse_object::<IgnoredAny>(body).is_some()
}

/// Parses a billing account; `None` if it has no ID.
pub fn billing_account(body: &str) -> Option<BillingAccount> {
    lenient::parse_object::<AccountReply>(body)?.into_account()
}

/// Parses a list of billing accounts; `None` if the body has no list. Items without an ID are skipped.
pub fn billing_accounts(body: &str) -> Option<ListPage<BillingAccount>> {
    list_page(body, AccountReply::into_account)
}

/// Parses a workspace; `None` if it has no ID.
pub fn workspace(body: &str) -> Option<Workspace> {
    lenient::parse_object::<WorkspaceReply>(body)?.into_workspace()
}

/// Parses a list of workspaces; `None` if the body has no list. Items without an ID are skipped.
pub fn workspaces(body: &str) -> Option<ListPage<Workspace>> {
    list_page(body, WorkspaceReply::into_workspace)
}

/// Parses the members of a workspace: user ID and role. Members without both are skipped.
pub fn members(body: &str) -> Option<ListPage<(String, Role)>> {
    list_page(body, |member: MemberReply| Some((member.user_id?, Role::parse(&member.role?))))
}

fn list_page<'de, T: Deserialize<'de>, U>(body: &'de str, convert: fn(T) -> Option<U>) -> Option<ListPage<U>> {
    let reply: ListReply<T> = lenient::parse_object(body)?;
    let items = reply.data?.into_iter().filter_map(convert).collect();
    Some(ListPage { items, has_more: reply.has_more.unwrap_or_default() })
}

/// Parses the body of a response whose status is not a success.
pub fn error_response(status: u16, body: &str) -> ErrorResponse {
    let reply: ErrorReply = lenient::parse_object(body).unwrap_or_default();
    ErrorResponse {
        status,
        message: reply.message,
        error_type: reply.error_type,
        code: reply.code,
        doc_url: reply.doc_url.filter(|url| url.starts_with("https://")),
        errors: reply.errors.into_iter().map(|(key, messages)| (key, messages.sentences())).collect(),
        retry_after: None,
    }
}

/// A billing account in the API's JSON.
pub fn billing_account_json(ws: &WorkspaceId, account: &BillingAccount) -> String {
    let mut json = AccountReply {
        created_at: account.created_at.clone(),
        id: Some(account.id.to_string()),
        updated_at: account.updated_at.clone(),
        workspace_id: ws.to_string(),
        ..AccountReply::default()
    };
    for field in Field::ALL {
        *json.member(field) = Some(account.get(field).map(str::to_owned));
    }
    to_json(&json)
}
