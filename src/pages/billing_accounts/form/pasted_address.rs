//! Distributes an address of several lines, pasted into line 1, over the address fields, and offers to undo that.

use leptos::prelude::*;

use crate::domain::pasted_address::{AddressLookup, distribute};
use crate::domain::{Draft, Field};
use crate::pages::billing_accounts::form::account_fields::{AccountFields, focus_field};
use crate::pages::billing_accounts::form::address_rules_table::{AddressRulesTable, is_postal_code, is_state};
use crate::pages::billing_accounts::form::country_field::CountryFinder;
use crate::ui::FormButton;

/// The address fields as the target of a paste, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct PasteTarget {
    fields: AccountFields,
    finder: CountryFinder,
    table: Signal<Option<&'static str>>,
    /// The fields before and after the last paste.
    last: RwSignal<Option<(Draft, Draft)>>,
}

impl PasteTarget {
    /// The fields of a form.
    pub fn new(fields: AccountFields, finder: CountryFinder) -> Self {
        Self { fields, finder, table: AddressRulesTable::signal(), last: RwSignal::new(None) }
    }

    /// Handles a paste into line 1. A single line is left to the browser.
    pub fn on_paste(self) -> Callback<String, bool> {
        Callback::new(move |pasted: String| self.paste(&pasted))
    }

    fn paste(self, pasted: &str) -> bool {
        // Without the table the postal code and the state are recognised by their place alone.
        let table = self.table.get_untracked().unwrap_or_default();
        let lookup = AddressLookup {
            find_country: &|name| self.finder.find(name),
            is_postal_code: &|country, text| is_postal_code(table, country, text),
            is_state: &|country, text| is_state(table, country, text),
        };
        let before = self.fields.draft_untracked();
        let Some(address) = distribute(pasted, before.get(Field::Country), &lookup) else { return false };
        for (field, text) in &address.parts {
            self.fields.write(*field, text);
        }
        // A warning about a part appears as if the user had typed and left it.
        for (field, _) in &address.parts {
            self.fields.field(*field).on_blur();
        }
        // Line 1 is always replaced, as a paste does.
        if address.get(Field::Line1).is_none() {
            self.fields.write(Field::Line1, "");
        }
        self.last.set(Some((before, self.fields.draft_untracked())));
        true
    }

    /// Restores the address fields as they were before the paste.
    fn undo(self) {
        if let Some((before, _)) = self.last.get_untracked() {
            for field in Field::ALL.into_iter().filter(|field| field.is_address()) {
                self.fields.write(field, before.get(field));
            }
            self.last.set(None);
            // The button is removed, so the field takes the focus.
            focus_field(Field::Line1);
        }
    }

    /// The notice with the undo button, while the fields hold what was pasted.
    pub fn notice(self) -> impl IntoView {
        let can_undo = Memo::new(move |_| {
            let draft = self.fields.draft();
            let is_address = |field: &Field| field.is_address();
            self.last.with(|last| {
                let is_unchanged =
                    |after: &Draft| Field::ALL.into_iter().filter(is_address).all(|at| draft.get(at) == after.get(at));
                last.as_ref().is_some_and(|(_, after)| is_unchanged(after))
            })
        });
        view! {
            <div role="status">
                {move || can_undo.get().then(|| view! {
                    <p class="field-pasted">
                        "The pasted address was split into its parts. "
                        <FormButton press=move |()| self.undo()>
                            "Undo" <span class="visually-hidden">" the pasted address"</span>
                        </FormButton>
                    </p>
                })}
            </div>
        }
    }
}
