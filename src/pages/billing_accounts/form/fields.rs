//! The inputs of the form.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::Field;
use crate::domain::field::STRIPE_PHONE_MAX;
use crate::domain::text;
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::address::AddressFields;
use crate::ui::{InputKind, Select, TextArea, TextField};

/// The inputs of the form that creates or edits an account.
#[component]
pub fn AccountInputs(
    /// The fields.
    fields: AccountFields,
    /// The currency: a select on create, a text on edit.
    currency: AnyView,
) -> impl IntoView {
    let text = move |of: Field, kind: InputKind, autocomplete: &'static str, hint: Signal<String>| {
        view! {
            <TextField
                field=fields.field(of)
                label=of.label()
                hint
                kind
                autocomplete
                max=of.max()
                optional=!of.required()
            />
        }
    };
    view! {
        {text(Field::Name, InputKind::Text, "billing organization", Signal::stored(String::new()))}
        {text(Field::Email, InputKind::Email, "billing email", Signal::stored("Invoices go to this address.".to_owned()))}
        {text(Field::Phone, InputKind::Tel, "billing tel", phone_hint(fields))}
        <TextArea
            field=fields.field(Field::Description)
            label=Field::Description.label()
            hint="What the account is for, so that others choose the right one."
            max=Field::Description.max()
            optional=true
        />
        {currency}
        <AddressFields fields />
    }
}

/// The currency of a new account.
#[component]
pub fn CurrencySelect(
    /// The fields.
    fields: AccountFields,
) -> impl IntoView {
    view! {
        <Select
            field=fields.field(Field::Currency)
            label=Field::Currency.label()
            hint="It cannot be changed once the account exists."
            autocomplete="off"
            none="Use the workspace default"
            choices=intl::currencies()
            name_of=intl::currency_name
            optional=true
        />
    }
}

/// The hint of the phone field. Stripe accepts fewer characters than Altostrat: a longer number gets a warning.
fn phone_hint(fields: AccountFields) -> Signal<String> {
    let is_long = Memo::new(move |_| {
        fields.field(Field::Phone).with_text(|text| text::char_count(text::trim(text)) > STRIPE_PHONE_MAX)
    });
    Signal::derive(move || {
        let hint = "With the country code, like +27 21 555 0100.";
        if is_long.get() {
            format!("{hint} Stripe, which sends the invoices, may refuse more than {STRIPE_PHONE_MAX} characters.")
        } else {
            hint.to_owned()
        }
    })
}
