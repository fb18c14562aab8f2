//! The address, in the way of its country: labels, order and which parts are used follow the country (E18). Nothing
//! that was typed is lost by it: a part that the country does not use stays while it holds something (E19).

use crate::view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::fields::{Fields, focus_field};
use crate::domain::Field;
use crate::domain::address_format::AddressFormat;
use crate::intl;
use crate::pages::lazy;
use crate::ui::lazy::Lazy;
use crate::ui::{Choices, InputKind, Locked, Select, TextField};

/// The address as a subform.
#[component]
pub fn AddressFields(
    /// The state of the form's controls.
    fields: Fields,
) -> impl IntoView {
    let loading = Lazy::here();
    let format = memo(move || format_of(fields, loading));
    // One that is not chosen here may be there from the start.
    Effect::new(move |_| {
        if fields.at(Field::Country).is_some_and(|control| control.with_text(|code| !code.is_empty())) {
            loading.want();
        }
    });
    let country = fields.at(Field::Country).map(|control| {
        view! {
            <Select
                control
                label=Field::Country.label()
                autocomplete="billing country"
                none="Choose a country"
                choices=Choices { all: intl::countries, name: intl::country_name }
                optional=true
                in_optional=true
            />
        }
    });
    let needed = memo(move || {
        let missing = |&part: &Field| {
            format.get().needs(part)
                && fields.at(part).is_none_or(|control| control.with_text(|text| text.trim().is_empty()))
        };
        let missing: Vec<_> = format.get().parts().into_iter().filter(missing).collect();
        let labels: Vec<_> = missing.into_iter().map(|part| format.get().label(part)).collect();
        labels.join(", ")
    });
    let parts = ElementRef::new(None);
    let order = memo(move || format.get().parts());
    Effect::new(move |before: Option<Vec<Field>>| {
        let order = order.get();
        if let (Some(parts), true) = (parts.get(), before.is_some_and(|before| before != order)) {
            put_in_order(&parts, &order);
        }
        order
    });
    view! {
        <fieldset class="address">
            <legend>"Address" <span class="field-optional">" (optional)"</span></legend>
            <p class="field-hint">"It is printed on invoices. Tax can be worked out only with a country and a postal code."</p>
            {country}
            <div class="address-parts" node_ref=parts>
                {order.get_untracked().into_iter().map(|part| view! { <Part fields format part /> }).collect_view()}
            </div>
            {move || needed.with(|needed| {
                (!needed.is_empty()).then(|| view! {
                    <p class="field-hint">{format!("Post to {} also needs: {needed}.", country_name(fields))}</p>
                })
            })}
        </fieldset>
    }
}

/// Moves the parts, with all that is typed in them. An element that is moved loses the focus: it is given back, since
/// an autofill may set the country while the focus is in a part (E19).
fn put_in_order(parts: &HtmlElement, order: &[Field]) {
    let focused = document().active_element().filter(|focused| parts.contains(Some(focused)));
    for part in order {
        let control = document().get_element_by_id(part.key());
        let part = control.and_then(|control| control.closest(".part").ok().flatten());
        // Fails only where the page was changed by something other than the app.
        _ = part.map(|part| parts.append_child(&part));
    }
    if let Some(focused) = focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok()) {
        _ = focused.focus();
    }
}

/// The format of the country that is chosen at the moment, tracked; the usual one while it is not there yet.
pub fn format_of(fields: Fields, loading: Lazy) -> AddressFormat {
    let of = |code: &str| match loading.ready() {
        Some(ready) if !code.is_empty() => lazy::address_format(ready, code),
        _ => AddressFormat::USUAL,
    };
    fields.at(Field::Country).map_or(AddressFormat::USUAL, |control| control.with_text(of))
}

fn country_name(fields: Fields) -> String {
    fields.at(Field::Country).map(|control| control.with_text(intl::country_name)).unwrap_or_default()
}

#[component]
fn Part(fields: Fields, format: Memo<AddressFormat>, part: Field) -> impl IntoView {
    let control = fields.at(part)?;
    // It does not go while the country stays: not even when the user has just emptied it.
    let shown = memo_after(move |before: Option<&(AddressFormat, bool)>| {
        let format = format.get();
        let stays = before.is_some_and(|(same, shown)| *same == format && *shown);
        (format, stays || format.uses(part) || control.is_wrong() || control.with_text(|text| !text.is_empty()))
    });
    let unused = memo(move || !format.get().uses(part) && control.with_text(|text| !text.is_empty()));
    let hint = Signal::derive(move || match format.get().postal_example() {
        _ if unused.get() => format!("Addresses in {} do not use this.", country_name(fields)),
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
    let locked = Locked::here();
    let clear = move |_| {
        if locked.get_untracked() {
            return;
        }
        control.write(String::new());
        // The button is about to go: its field takes the focus.
        focus_field(part);
    };
    let wide = matches!(part, Field::Line1 | Field::Line2);
    Some(view! {
        <div class="part" class:part-wide=wide hidden=move || !shown.get().1>
            <TextField
                control
                label=Signal::derive(move || format.get().label(part))
                hint
                kind=InputKind::Text
                autocomplete
                max=None
                optional=true
                in_optional=true
            />
            {move || unused.get().then(|| view! {
                <button type="button" class="button button-small" on:click=clear>
                    "Clear" <span class="visually-hidden">" " {move || format.get().label(part)}</span>
                </button>
            })}
        </div>
    })
}
