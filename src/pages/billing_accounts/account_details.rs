//! Everything that is known about a billing account, with its printed address and its readiness for invoices.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::address_format::AddressFormat;
use crate::domain::readiness::Readiness;
use crate::domain::text::in_sentence;
use crate::domain::{BillingAccount, BillingAccountId, Draft, Field};
use crate::pages::billing_accounts::bill_to_view::BillTo;
use crate::pages::billing_accounts::readiness_label::ReadinessChecklist;
use crate::ui::CopyButton;

/// The account in two columns: its values, and what becomes of them on an invoice.
#[component]
pub fn AccountDetails(
    /// The account.
    account: BillingAccount,
    /// The URL of its edit form; `None` when the user may not edit it.
    #[prop(into)]
    edit_href: Signal<Option<String>>,
) -> impl IntoView {
    let format = AddressFormat::of(account.get(Field::Country).unwrap_or_default());
    let readiness = Readiness::of(|field| account.get(field));
    let draft = Draft::of(&account);
    let row = |field: Field, label: &'static str| value_row(&account, field, label, edit_href);
    let contact =
        [Field::Email, Field::Phone, Field::Description, Field::Currency].map(|field| row(field, field.label()));
    let address = [Field::Country].into_iter().chain(format.parts());
    // A part that the country does not use is shown only while it has a value.
    let is_shown = |field: &Field| {
        *field == Field::Country || format.shows(*field) || account.get(*field).is_some_and(|text| !text.is_empty())
    };
    let address = address.filter(is_shown).map(|field| row(field, format.label(field))).collect_view();
    view! {
        <div class="columns">
            <div class="panel details">
                <section class="panel-section" aria-labelledby="contact">
                    <h2 id="contact">"Contact"</h2>
                    <dl class="facts">{contact.into_iter().collect_view()}</dl>
                </section>
                <section class="panel-section" aria-labelledby="address">
                    <h2 id="address">"Address"</h2>
                    <dl class="facts">{address}</dl>
                </section>
                <section class="panel-section" aria-labelledby="record">
                    <h2 id="record">"Record"</h2>
                    <dl class="facts">
                        {fact("Created", date(account.created_at.as_deref()), None)}
                        {fact("Last updated", date(account.updated_at.as_deref()), None)}
                    </dl>
                </section>
            </div>
            <aside aria-label="Invoices">
                <section class="panel panel-section" aria-labelledby="on-invoices">
                    <h2 id="on-invoices">"On your invoices"</h2>
                    <BillTo draft=Signal::stored(draft) />
                </section>
                <section class="panel panel-section" aria-labelledby="readiness">
                    <h2 id="readiness">"Invoice readiness"</h2>
                    <ReadinessChecklist readiness=Signal::stored(readiness) format=Signal::stored(format) />
                </section>
            </aside>
        </div>
    }
}

/// An account's ID with a copy button. The account and its Stripe Customer have the same ID.
pub fn account_id(id: &BillingAccountId) -> AnyView {
    let id = id.to_string();
    view! {
        <p class="account-id">
            "ID " <code>{id.clone()}</code>
            <CopyButton label="Copy ID" text=id icon=true />
        </p>
    }
    .into_any()
}

/// A value with its copy button; an empty one is a link to its field in the edit form.
fn value_row(
    account: &BillingAccount,
    field: Field,
    label: &'static str,
    edit_href: Signal<Option<String>>,
) -> AnyView {
    if account.is_missing(field) {
        return fact(label, view! { <span class="quiet">"Not known"</span> }.into_any(), None);
    }
    let Some(text) = account.get(field).filter(|text| !text.is_empty()).map(str::to_owned) else {
        let add = move || match edit_href.get() {
            Some(href) => {
                let href = format!("{href}?field={}", field.key());
                view! { <a class="quiet" href=href>{add_label(field, label)}</a> }.into_any()
            }
            None => view! { <span class="quiet">"–"</span> }.into_any(),
        };
        return fact(label, add.into_any(), None);
    };
    let value = match field {
        Field::Email => {
            let href = format!("mailto:{}", text.trim());
            view! { <a href=href dir="auto" translate="no">{text.clone()}</a> }.into_any()
        }
        Field::Phone => {
            let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            // Digits of other scripts make no `tel:` URL.
            if digits.contains(|c: char| c.is_ascii_digit()) {
                view! { <a href=format!("tel:{digits}") dir="auto" translate="no">{text.clone()}</a> }.into_any()
            } else {
                view! { <span dir="auto" translate="no">{text.clone()}</span> }.into_any()
            }
        }
        Field::Currency => intl::currency_name(&text).into_any(),
        Field::Country => intl::country_name(&text).into_any(),
        _ => view! { <span dir="auto" translate="no">{text.clone()}</span> }.into_any(),
    };
    fact(label, value, Some(text))
}

fn add_label(field: Field, label: &str) -> String {
    match field {
        Field::Phone => "Add a phone number".to_owned(),
        Field::Description => "Add a description".to_owned(),
        Field::Currency => "–".to_owned(),
        _ => format!("Add: {label}"),
    }
}

fn fact(label: &'static str, value: AnyView, copied: Option<String>) -> AnyView {
    let copy = copied.map(|text| {
        let label = format!("Copy {}", in_sentence(label));
        view! { <CopyButton label text icon=true /> }
    });
    view! { <div class="fact"><dt>{label}</dt><dd>{value} {copy}</dd></div> }.into_any()
}

fn date(timestamp: Option<&str>) -> AnyView {
    let Some(timestamp) = timestamp else {
        return view! { <span class="quiet">"Not known"</span> }.into_any();
    };
    let text = intl::date_time(timestamp).unwrap_or_else(|| timestamp.to_owned());
    view! { <time datetime=timestamp.to_owned() translate="no">{text}</time> }.into_any()
}
