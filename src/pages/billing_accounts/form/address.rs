//! The address section of the form. Labels, order and visible parts follow the country's format. A part that the country
//! does not use stays visible while it has a value, so that no input is lost.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::domain::{BillingAccount, Field};
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::address_part::AddressPart;
use crate::pages::billing_accounts::form::country_field::{CountryField, CountryFinder};
use crate::pages::billing_accounts::form::pasted_address::PasteTarget;
use crate::ui::{KeyedItem, KeyedList};

/// The address fields.
#[component]
pub fn AddressSection(
    /// The fields of the form.
    fields: AccountFields,
    /// The accounts of the workspace, whose countries come first; `None` until they are known.
    #[prop(into)]
    accounts: Signal<Option<Vec<BillingAccount>>>,
) -> impl IntoView {
    let format = Memo::new(move |_| fields.address_format());
    let finder = CountryFinder::start();
    let paste_target = PasteTarget::new(fields, finder);
    // Not in the closure of the list, which would dispose it when the list changes.
    let on_paste = paste_target.on_paste();
    let parts = NodeRef::<html::Div>::new();
    let ordered_parts = Callback::new(move |()| {
        keep_focus_within(parts);
        let item = |part| {
            let on_paste = (part == Field::Line1).then_some(on_paste);
            KeyedItem::new(part, move || view! { <AddressPart fields format part on_paste /> })
        };
        format.get().parts().into_iter().map(item).collect()
    });
    view! {
        <div class="panel-section" role="group" aria-labelledby="section-address">
            <h2 id="section-address">"Address" <span class="field-optional">" (optional)"</span></h2>
            <p class="field-hint">"Shown on invoices. Tax needs a country and a postal code."</p>
            <CountryField fields finder accounts />
            <div class="address-parts" node_ref=parts>
                <KeyedList each=ordered_parts />
            </div>
            {paste_target.notice()}
        </div>
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
