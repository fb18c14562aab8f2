//! The review of the changes, live beside the form, with an undo button for each.

use leptos::prelude::*;

use crate::domain::changes::is_unchanged;
use crate::domain::text::trim;
use crate::domain::{BillingAccount, Field};
use crate::pages::billing_accounts::form::account_fields::{AccountFields, display_value, focus_field};
use crate::ui::{FormButton, KeyedItem, KeyedList};

/// One line of the review.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Line {
    field: Field,
    label: &'static str,
    from: String,
    to: String,
}

/// The review. It includes values with an error, which the user still has to correct.
#[component]
pub fn Review(
    /// The stored account.
    account: RwSignal<BillingAccount>,
    /// The fields of the form.
    fields: AccountFields,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let draft = fields.draft();
        let format = fields.address_format();
        let changed = |field: Field| {
            let text = draft.get(field);
            account.with(|account| {
                let stored = account.get(field);
                (field != Field::Currency && !is_unchanged(stored, text)).then(|| Line {
                    field,
                    label: format.label(field),
                    from: display_value(field, stored.unwrap_or_default()),
                    to: display_value(field, trim(text)),
                })
            })
        };
        Field::ALL.into_iter().filter_map(changed).collect::<Vec<_>>()
    });
    let undo = move |field: Field| {
        let stored = account.with_untracked(|account| account.get(field).unwrap_or_default().to_owned());
        fields.write(field, &stored);
        // The button is removed, so the field takes the focus.
        focus_field(field);
    };
    let item = move |line: Line| {
        let Line { field, label, .. } = line;
        view! {
            <li class="review-line">
                <span class="review-text">
                    <strong>{label}": "</strong>
                    {change_view(line)}
                </span>
                <FormButton press=move |()| undo(field)>
                    "Undo" <span class="visually-hidden">" the change of " {label}</span>
                </FormButton>
            </li>
        }
    };
    let items = Callback::new(move |()| {
        lines.get().into_iter().map(|line| KeyedItem::new(line.clone(), move || item(line))).collect()
    });
    view! {
        <section class="panel panel-section" aria-labelledby="review">
            <h2 id="review">"Changes"</h2>
            <Show
                when=move || lines.with(|lines| !lines.is_empty())
                fallback=|| view! { <p class="quiet">"No changes yet"</p> }
            >
                <ul class="review-lines">
                    <KeyedList each=items />
                </ul>
            </Show>
        </section>
    }
}

/// A change as "old → new", "cleared", or the new value when there was none. Each value is isolated (`<bdi>`), so that
/// right-to-left text does not reverse the arrow.
fn change_view(Line { from, to, .. }: Line) -> AnyView {
    match (from.is_empty(), to.is_empty()) {
        (_, true) => view! { "cleared (was " <bdi>{from}</bdi> ")" }.into_any(),
        (true, false) => view! { <bdi>{to}</bdi> " (was empty)" }.into_any(),
        (false, false) => view! {
            <bdi>{from}</bdi>
            <span aria-hidden="true">" → "</span>
            <span class="visually-hidden">" becomes "</span>
            <bdi>{to}</bdi>
        }
        .into_any(),
    }
}
