//! A part of the address, such as the postal code.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::Field;
use crate::domain::address_format::AddressFormat;
use crate::pages::billing_accounts::form::account_fields::{AccountFields, focus_field};
use crate::pages::billing_accounts::form::warnings::warning;
use crate::ui::{ChangingText, FormButton, InputKind, TextField};

/// The part, hidden while the country does not use it and it has no value.
#[component]
pub fn AddressPart(
    /// The fields of the form.
    fields: AccountFields,
    /// The address format of the chosen country.
    format: Memo<AddressFormat>,
    /// Which part.
    part: Field,
    /// Handles a pasted text. If it returns true, the part does not take the text itself.
    on_paste: Option<Callback<String, bool>>,
) -> impl IntoView {
    let field = fields.field(part);
    // A visible part stays until the country changes, even when the user has just cleared it.
    let is_shown = Memo::new(move |previous: Option<&(AddressFormat, bool)>| {
        let format = format.get();
        let was_shown = previous.is_some_and(|(previous_format, is_shown)| *previous_format == format && *is_shown);
        (format, was_shown || format.shows(part) || field.has_error() || field.with_text(|text| !text.is_empty()))
    });
    let is_unused = Memo::new(move |_| !format.get().shows(part) && field.with_text(|text| !text.is_empty()));
    // A stored value of a stored country is left alone.
    let can_clear = Memo::new(move |_| is_unused.get() && fields.field(Field::Country).is_changed());
    let hint = Signal::derive(move || match format.get().postal_example() {
        _ if is_unused.get() => {
            format!("Not usually part of {}.", fields.field(Field::Country).with_text(addresses_of))
        }
        Some(example) if part == Field::PostalCode => format!("Like {example}"),
        _ => String::new(),
    });
    let autocomplete = match part {
        Field::Line1 => "billing address-line1",
        Field::Line2 => "billing address-line2",
        Field::City => "billing address-level2",
        Field::State => "billing address-level1",
        _ => "billing postal-code",
    };
    let clear = move |()| {
        field.write(String::new());
        // The button is removed, so the field takes the focus.
        focus_field(part);
    };
    let name = Signal::derive(move || format.get().label(part).to_owned());
    let is_line = matches!(part, Field::Line1 | Field::Line2);
    view! {
        <div class="part" class:part-line=is_line hidden=move || !is_shown.get().1>
            <TextField
                field
                label=Signal::derive(move || format.get().label(part))
                hint
                warning=warning(fields, part)
                was=fields.was(part)
                kind=InputKind::Text
                autocomplete
                max=None
                optional=true
                in_optional=true
                on_paste
            />
            {move || can_clear.get().then(|| view! {
                <FormButton press=clear>
                    "Clear" <span class="visually-hidden">" " <ChangingText text=name /></span>
                </FormButton>
            })}
        </div>
    }
}

/// The addresses of a country, in a sentence: "UK addresses", "addresses in Germany".
fn addresses_of(country: &str) -> String {
    match country {
        "GB" => "UK addresses".to_owned(),
        "US" => "US addresses".to_owned(),
        "AE" => "UAE addresses".to_owned(),
        code => format!("addresses in {}", intl::country_name(code)),
    }
}
