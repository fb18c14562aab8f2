//! Fields that somebody else changed while the user changed them too: both values, and a choice for each (R7).

use leptos::html;
use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::{BillingAccount, Field};
use crate::pages::billing_accounts::form::account_fields::{AccountFields, focus_field};

/// The choices that are still to be made. Nothing is sent before all of them are.
#[component]
pub fn Conflicts(
    /// The account as it is stored now: theirs.
    account: RwSignal<BillingAccount>,
    /// What is typed over it: mine.
    fields: AccountFields,
    /// The fields that only others changed: their values are in the form by now.
    theirs: RwSignal<Vec<Field>>,
    /// The fields to choose for. Each choice takes one away.
    open: RwSignal<Vec<Field>>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let had_any = Memo::new(move |_| open.with(|open| !open.is_empty()));
    // The notice takes the focus when it comes and after each choice, whose buttons are gone.
    Effect::new(move |_| {
        let any = open.with(|open| !open.is_empty());
        if let Some(notice) = node.get().filter(|_| any) {
            _ = notice.focus();
        }
    });
    let settle = move |field: Field| {
        open.update(|open| open.retain(|&other| other != field));
        // The last choice takes the notice with it: its field takes the focus.
        if open.with_untracked(Vec::is_empty) {
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
        let take_theirs = move |_| {
            fields.write(field, &stored);
            settle(field);
        };
        view! {
            <fieldset class="conflict">
                <legend>{label}</legend>
                <dl class="conflict-values">
                    <div><dt>"Yours"</dt><dd dir="auto">{mine}</dd></div>
                    <div><dt>"Saved meanwhile"</dt><dd dir="auto">{theirs}</dd></div>
                </dl>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| settle(field)>
                        "Keep mine" <span class="visually-hidden">" for " {label}</span>
                    </button>
                    <button type="button" class="button" on:click=take_theirs>
                        "Take theirs" <span class="visually-hidden">" for " {label}</span>
                    </button>
                </div>
            </fieldset>
        }
    };
    let taken_over = move || {
        let format = fields.address_format();
        let labels: Vec<_> = theirs.get().iter().map(|&field| format.label(field)).collect();
        let names = labels.join(", ");
        (!names.is_empty()).then(|| format!(" Their new values are in the form for: {names}."))
    };
    view! {
        <Show when=move || had_any.get()>
            <div class="notice notice-warning" tabindex="-1" node_ref=node>
                <div role="alert">
                    <h2 class="notice-title">"Someone else changed this account while you were editing it"</h2>
                    <p>
                        "Nothing was sent. Choose which value to keep for each field below, then save again." {taken_over}
                    </p>
                </div>
                <For each=move || open.get() key=|field| *field children=choice />
            </div>
        </Show>
    }
}
