//! The notice about conflicts: fields that another user and this user changed. It shows the original and both
//! new values, and lets the user choose.

use leptos::html;
use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::{BillingAccount, Field};
use crate::pages::billing_accounts::form::account_fields::{AccountFields, focus_field};
use crate::ui::{KeyedItem, KeyedList, Notice, Tone};

/// The unresolved conflicts. Nothing is sent before all are resolved.
#[component]
pub fn Conflicts(
    /// The account before both changes.
    original: RwSignal<BillingAccount>,
    /// The account as last fetched: their values.
    account: RwSignal<BillingAccount>,
    /// The fields of the form: my values.
    fields: AccountFields,
    /// The fields that only other users changed. Their values are in the form already.
    theirs: RwSignal<Vec<Field>>,
    /// The fields with a conflict. Each choice removes one.
    unresolved: RwSignal<Vec<Field>>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let has_conflicts = Memo::new(move |_| unresolved.with(|unresolved| !unresolved.is_empty()));
    // The notice takes the focus when it appears, and after each choice, whose buttons are removed.
    Effect::new(move |_| {
        let has_unresolved = unresolved.with(|unresolved| !unresolved.is_empty());
        if let Some(notice) = node.get().filter(|_| has_unresolved) {
            _ = notice.focus();
        }
    });
    let resolve = move |field: Field| {
        unresolved.update(|unresolved| unresolved.retain(|&other| other != field));
        // The last choice removes the notice, so the field takes the focus.
        if unresolved.with_untracked(Vec::is_empty) {
            focus_field(field);
        }
    };
    let choice = move |field: Field| {
        let shown = move |text: &str| match (field, text) {
            (_, "") => "(empty)".to_owned(),
            (Field::Country, code) => intl::country_name(code),
            (_, text) => text.to_owned(),
        };
        let mine = move || fields.field(field).with_text(shown);
        let label = untrack(|| fields.address_format()).label(field);
        let stored = account.with_untracked(|account| account.get(field).unwrap_or_default().to_owned());
        let theirs = shown(&stored);
        let original = original.with_untracked(|original| shown(original.get(field).unwrap_or_default()));
        let take_theirs = move |_| {
            fields.write(field, &stored);
            resolve(field);
        };
        view! {
            <fieldset class="conflict">
                <legend>{label}</legend>
                <dl class="conflict-values">
                    <div><dt>"Original"</dt><dd dir="auto">{original}</dd></div>
                    <div><dt>"Yours"</dt><dd dir="auto">{mine}</dd></div>
                    <div><dt>"Theirs"</dt><dd dir="auto">{theirs}</dd></div>
                </dl>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| resolve(field)>
                        "Keep mine" <span class="visually-hidden">" for " {label}</span>
                    </button>
                    <button type="button" class="button" on:click=take_theirs>
                        "Take theirs" <span class="visually-hidden">" for " {label}</span>
                    </button>
                </div>
            </fieldset>
        }
    };
    let text = move || {
        let format = fields.address_format();
        let labels: Vec<_> = theirs.get().iter().map(|&field| format.label(field)).collect();
        let merged = if labels.is_empty() { String::new() } else { format!(" Also updated: {}.", labels.join(", ")) };
        format!("Your changes aren’t saved yet. Pick a value for each field, then save.{merged}")
    };
    let choices = Callback::new(move |()| {
        unresolved.get().into_iter().map(|field| KeyedItem::new(field, move || choice(field))).collect()
    });
    view! {
        <Show when=move || has_conflicts.get()>
            <Notice
                tone=Tone::Warning
                title="This account was updated while you were editing"
                text=Signal::derive(text)
                alert=node
            >
                <KeyedList each=choices />
            </Notice>
        </Show>
    }
}
