//! The bodies of requests.
//!
//! Source: Altostrat API reference, "Create a billing account" and "Update a billing account".

use serde::Serialize;

use crate::api::wire::json::to_json;
use crate::domain::billing_account::NewBillingAccount;
use crate::domain::{BillingAccount, Changes, Field};

/// A member of a body: omitted (`None`), `null` (`Some(None)`), or a text.
type Member<'a> = Option<Option<&'a str>>;

/// The body of a create or an update.
#[derive(Default, Serialize)]
struct AccountRequest<'a> {
    #[serde(skip_serializing_if = "AddressRequest::is_empty")]
    address: AddressRequest<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Member<'a>,
}

#[derive(Default, PartialEq, Serialize)]
struct AddressRequest<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line1: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line2: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Member<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Member<'a>,
}

impl AddressRequest<'_> {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl<'a> AccountRequest<'a> {
    fn member(&mut self, field: Field) -> &mut Member<'a> {
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
}

impl<'a> FromIterator<(Field, Option<&'a str>)> for AccountRequest<'a> {
    fn from_iter<I: IntoIterator<Item = (Field, Option<&'a str>)>>(values: I) -> Self {
        let mut request = Self::default();
        for (field, value) in values {
            *request.member(field) = Some(value);
        }
        request
    }
}

/// The body that creates an account. Empty fields and an empty address are omitted.
pub fn create_body(account: &NewBillingAccount) -> String {
    to_json(&account.iter().map(|(field, value)| (field, Some(value.as_str()))).collect::<AccountRequest>())
}

/// The body that updates an account: the changed fields, with `null` for a cleared field.
pub fn update_body(changes: &Changes, account: &BillingAccount) -> String {
    to_json(&changes.to_patch(account).collect::<AccountRequest>())
}
