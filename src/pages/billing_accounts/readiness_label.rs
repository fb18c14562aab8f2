//! The readiness of an account for invoices, as a label in the list and as a checklist.

use leptos::prelude::*;

use crate::domain::address_format::AddressFormat;
use crate::domain::readiness::{MissingPart, Readiness};
use crate::domain::text::in_sentence;
use crate::domain::{BillingAccount, Field};
use crate::ui::{Icon, IconKind};

/// The label of an account in the list: what matters most for its invoices.
#[component]
pub fn ReadinessLabel(
    /// The account.
    account: BillingAccount,
) -> impl IntoView {
    let readiness = Readiness::of(|field| account.get(field));
    let format = AddressFormat::of(account.get(Field::Country).unwrap_or_default());
    let (class, icon) =
        if readiness.is_complete() { ("pill is-ready", IconKind::Check) } else { ("pill is-missing", IconKind::Alert) };
    view! { <span class=class><Icon kind=icon /> {label(&account, &readiness, format)}</span> }
}

fn label(account: &BillingAccount, readiness: &Readiness, format: AddressFormat) -> String {
    let is_empty = |field: &Field| account.get(*field).is_none_or(|text| text.trim().is_empty());
    if Field::ALL.iter().filter(|field| field.is_address()).all(is_empty) {
        return "No address".to_owned();
    }
    match readiness.missing_for_tax.first() {
        Some(MissingPart::Field(field)) => {
            format!("No {}: tax can’t be calculated", in_sentence(format.label(*field)))
        }
        Some(MissingPart::CityOrState) => "No city or state: tax can’t be calculated".to_owned(),
        None if readiness.has_complete_address() => "Complete".to_owned(),
        None => format!("Add {}", names(&readiness.missing_for_mail, format)),
    }
}

/// The checklist of an account or a draft.
#[component]
pub fn ReadinessChecklist(
    /// The missing parts.
    #[prop(into)]
    readiness: Signal<Readiness>,
    /// The address format of the country.
    #[prop(into)]
    format: Signal<AddressFormat>,
    /// The parts whose values look wrong. They count as present.
    #[prop(optional)]
    doubtful: Signal<Vec<Field>>,
) -> impl IntoView {
    let tax = move || {
        let readiness = readiness.get();
        let text = match readiness.missing_for_tax.first() {
            None => "Tax can be calculated".to_owned(),
            Some(MissingPart::CityOrState) => "Add a city or state so tax can be calculated".to_owned(),
            Some(MissingPart::Field(field)) => {
                format!("Add a {} so tax can be calculated", in_sentence(format.get().label(*field)))
            }
        };
        item(readiness.can_calculate_tax(), text)
    };
    let mail = move || {
        let readiness = readiness.get();
        let text = if readiness.has_complete_address() {
            "Postal address is complete".to_owned()
        } else {
            format!("To complete the address, add: {}", names(&readiness.missing_for_mail, format.get()))
        };
        item(readiness.has_complete_address(), text)
    };
    let doubts = move || {
        let format = format.get();
        let doubt = |field: Field| item(false, format!("Check the {}", in_sentence(format.label(field))));
        doubtful.get().into_iter().map(doubt).collect_view()
    };
    view! { <ul class="checklist">{tax} {mail} {doubts}</ul> }
}

fn item(is_ready: bool, text: String) -> impl IntoView {
    let (class, icon) = if is_ready { ("is-ready", IconKind::Check) } else { ("is-missing", IconKind::Alert) };
    view! {
        <li>
            <span class=class><Icon kind=icon /></span>
            // A text node that changes in place would be lost when the browser translates the page.
            <span>{text}</span>
        </li>
    }
}

fn names(fields: &[Field], format: AddressFormat) -> String {
    fields.iter().map(|field| in_sentence(format.label(*field))).collect::<Vec<_>>().join(", ")
}
