//! The address part of the form. Labels, order and visible parts follow the country's format. A part that the country
//! does not use stays visible while it has a value, so that no input is lost.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::browser::intl;
use crate::domain::Field;
use crate::domain::address_format::AddressFormat;
use crate::form::FormLock;
use crate::pages::billing_accounts::form::account_fields::{AccountFields, focus_field};
use crate::ui::{ChangingText, InputKind, Select, TextField};

/// The address fields.
#[component]
pub fn AddressFields(
    /// The fields of the form.
    fields: AccountFields,
) -> impl IntoView {
    let format = Memo::new(move |_| fields.address_format());
    let country = view! {
            <Select
                field=fields.field(Field::Country)
                label=Field::Country.label()
                autocomplete="billing country"
                none="Choose a country"
                choices=intl::countries()
                name_of=intl::country_name
                optional=true
                in_optional=true
            />
    };
    let missing_labels = Memo::new(move |_| {
        let missing =
            |&part: &Field| format.get().requires(part) && fields.field(part).with_text(|text| text.trim().is_empty());
        let missing: Vec<_> = format.get().parts().into_iter().filter(missing).collect();
        let labels: Vec<_> = missing.into_iter().map(|part| format.get().label(part)).collect();
        labels.join(", ")
    });
    let is_incomplete = Memo::new(move |_| missing_labels.with(|missing_labels| !missing_labels.is_empty()));
    let incomplete = Signal::derive(move || {
        missing_labels.with(|missing_labels| format!("Post to {} also needs: {missing_labels}.", country_name(fields)))
    });
    let parts = NodeRef::<html::Div>::new();
    let order = move || {
        keep_focus_within(parts);
        format.get().parts()
    };
    view! {
        <fieldset class="address">
            <legend>"Address" <span class="field-optional">" (optional)"</span></legend>
            <p class="field-hint">"It is printed on invoices. Tax can be worked out only with a country and a postal code."</p>
            {country}
            <div class="address-parts" node_ref=parts>
                <For each=order key=|part| *part let:part>
                    <Part fields format part />
                </For>
            </div>
            {move || is_incomplete.get().then(|| view! { <p class="field-hint"><ChangingText text=incomplete /></p> })}
        </fieldset>
    }
}

/// Restores the focus of a part that is about to be moved: an element loses the focus when it moves, and autofill may
/// set the country while a part has the focus.
fn keep_focus_within(parts: NodeRef<html::Div>) {
    let Some(parts) = parts.get_untracked() else { return };
    let focused = document().active_element().filter(|focused| parts.contains(Some(focused)));
    if let Some(focused) = focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok()) {
        // Fails only for an element that cannot be focused.
        queue_microtask(move || _ = focused.focus());
    }
}

fn country_name(fields: AccountFields) -> String {
    fields.field(Field::Country).with_text(intl::country_name)
}

#[component]
fn Part(fields: AccountFields, format: Memo<AddressFormat>, part: Field) -> impl IntoView {
    let field = fields.field(part);
    // A visible part stays until the country changes, even when the user has just cleared it.
    let is_shown = Memo::new(move |previous: Option<&(AddressFormat, bool)>| {
        let format = format.get();
        let was_shown = previous.is_some_and(|(previous_format, is_shown)| *previous_format == format && *is_shown);
        (format, was_shown || format.uses(part) || field.has_error() || field.with_text(|text| !text.is_empty()))
    });
    let is_unused = Memo::new(move |_| !format.get().uses(part) && field.with_text(|text| !text.is_empty()));
    let hint = Signal::derive(move || match format.get().postal_example() {
        _ if is_unused.get() => format!("Addresses in {} do not use this.", country_name(fields)),
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
    let locked = FormLock::is_locked();
    let clear = move |_| {
        if locked.get_untracked() {
            return;
        }
        field.write(String::new());
        // The button is removed, so the field takes the focus.
        focus_field(part);
    };
    let name = Signal::derive(move || format.get().label(part).to_owned());
    let is_wide = matches!(part, Field::Line1 | Field::Line2);
    view! {
        <div class="part" class:part-wide=is_wide hidden=move || !is_shown.get().1>
            <TextField
                field
                label=Signal::derive(move || format.get().label(part))
                hint
                kind=InputKind::Text
                autocomplete
                max=None
                optional=true
                in_optional=true
            />
            {move || is_unused.get().then(|| view! {
                <button type="button" class="button button-small" on:click=clear>
                    "Clear" <span class="visually-hidden">" " <ChangingText text=name /></span>
                </button>
            })}
        </div>
    }
}
