//! The fields of the form: one [`FieldState`] for each [`Field`].

use leptos::prelude::*;

use crate::browser::{focus, intl};
use crate::domain::address_format::AddressFormat;
use crate::domain::text::ValidationError;
use crate::domain::{BillingAccount, Draft, Field, changes};
use crate::form::{FieldError, FieldState};

/// The fields of the form, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct AccountFields {
    fields: StoredValue<[FieldState; Field::COUNT]>,
    /// Notified when any field changes: one subscription follows the whole form.
    changed: Trigger,
    /// The account that is edited; `None` for a new one.
    stored: Option<RwSignal<BillingAccount>>,
}

impl AccountFields {
    /// The fields of a new account, which start with a draft.
    pub fn new(draft: &Draft) -> Self {
        Self::with_validator(draft, None, |field, text| field.parse(text).err())
    }

    /// The fields of an existing account. A text that the account holds already has no error, whatever today's rules.
    pub fn for_account(account: RwSignal<BillingAccount>) -> Self {
        Self::with_validator(&account.with_untracked(Draft::of), Some(account), move |field, text| {
            account.with_untracked(|account| changes::parse(field, account.get(field), text).err())
        })
    }

    fn with_validator(
        draft: &Draft,
        stored: Option<RwSignal<BillingAccount>>,
        validate: impl Fn(Field, &str) -> Option<ValidationError> + Copy + Send + Sync + 'static,
    ) -> Self {
        let changed = Trigger::new();
        let fields = Field::ALL.map(|field| {
            let validator = move |text: &str| {
                validate(field, text).map(|error| FieldError {
                    message: field.error_message(error),
                    excess: match error {
                        ValidationError::TooLong { max, actual } => Some(actual - max),
                        _ => None,
                    },
                })
            };
            FieldState::new(field.key(), draft.get(field).to_owned(), validator).notifying(changed)
        });
        Self { fields: StoredValue::new(fields), changed, stored }
    }

    /// Every field, in the order of the form.
    pub fn all(self) -> [FieldState; Field::COUNT] {
        self.fields.get_value()
    }

    /// Every field, in the order on the page: the currency follows the country.
    pub fn in_page_order(self) -> Vec<FieldState> {
        let others = Field::ALL.into_iter().filter(|&field| field != Field::Currency);
        others.chain([Field::Currency]).map(|field| self.field(field)).collect()
    }

    /// The stored text that a changed field replaces, as the user reads it, tracked; `None` for an unchanged field and for
    /// a new account.
    pub fn was(self, field: Field) -> Signal<Option<String>> {
        let state = self.field(field);
        let was = Memo::new(move |_| {
            self.stored?.with(|account| {
                let stored = account.get(field);
                let is_unchanged = state.with_text(|text| changes::is_unchanged(stored, text));
                (!is_unchanged).then(|| display_value(field, stored.unwrap_or_default()))
            })
        });
        was.into()
    }

    /// The state of a field.
    pub fn field(self, field: Field) -> FieldState {
        self.fields.with_value(|fields| fields[field as usize])
    }

    /// Subscribes to every change.
    pub fn track(self) {
        self.changed.track();
    }

    /// The texts of all fields, tracked.
    pub fn draft(self) -> Draft {
        self.track();
        self.draft_untracked()
    }

    /// The texts of all fields, not tracked.
    pub fn draft_untracked(self) -> Draft {
        Draft::new(|field| self.field(field).text_untracked())
    }

    /// Whether the fields hold the texts of a draft, tracked.
    pub fn equals(self, draft: &Draft) -> bool {
        self.track();
        untrack(|| Field::ALL.into_iter().all(|field| self.field(field).with_text(|text| text == draft.get(field))))
    }

    /// Writes a draft into the fields.
    pub fn fill(self, draft: &Draft) {
        for field in Field::ALL {
            self.write(field, draft.get(field));
        }
    }

    /// Writes a text into a field.
    pub fn write(self, field: Field, text: &str) {
        self.field(field).write(text.to_owned());
    }

    /// The address format of the chosen country, tracked.
    pub fn address_format(self) -> AddressFormat {
        self.field(Field::Country).with_text(AddressFormat::of)
    }

    /// Marks every field as submitted: each shows its error.
    pub fn submit(self) {
        for field in self.all() {
            field.on_submit();
        }
    }
}

/// A field's text as the user reads it: the name of a country instead of its code.
pub fn display_value(field: Field, text: &str) -> String {
    if field == Field::Country { intl::country_name(text) } else { text.to_owned() }
}

/// Moves the focus to a field.
pub fn focus_field(field: Field) {
    focus::focus_id(field.key());
}
