//! The controls of a billing account, one for each of its fields.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::browser::intl;
use crate::domain::draft::Draft;
use crate::domain::field::STRIPE_PHONE_MAX;
use crate::domain::text::ValidationError;
use crate::domain::{BillingAccount, Field, changes, text};
use crate::form::{FieldError, FieldState};
use crate::pages::billing_accounts::form::address::AddressFields;
use crate::ui::{InputKind, Select, TextArea, TextField};

/// The live controls of the form, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct AccountFields {
    controls: StoredValue<Vec<FieldState>>,
    /// Notified of every change: who follows the whole form subscribes once, and not to each control.
    changed: Trigger,
}

impl AccountFields {
    /// The controls of a new account, that begin with what a draft holds.
    pub fn new(first: &Draft) -> Self {
        Self::checked(first, |field, text| field.parse(text).err())
    }

    /// The controls over an account. What is unchanged from what it holds at the moment is never wrong.
    pub fn for_account(account: RwSignal<BillingAccount>) -> Self {
        Self::checked(&account.with_untracked(Draft::of), move |field, text| {
            account.with_untracked(|account| changes::parse(field, account.get(field), text).err())
        })
    }

    fn checked(
        first: &Draft,
        check: impl Fn(Field, &str) -> Option<ValidationError> + Copy + Send + Sync + 'static,
    ) -> Self {
        let changed = Trigger::new();
        let control = |field: Field| {
            let control = FieldState::new(field.key(), first.get(field).to_owned(), move |text| {
                check(field, text).map(|error| FieldError {
                    message: field.error_message(error),
                    excess: match error {
                        ValidationError::TooLong { max, actual } => Some(actual - max),
                        _ => None,
                    },
                })
            });
            control.notifying(changed)
        };
        Self { controls: StoredValue::new(Field::ALL.map(control).into()), changed }
    }

    /// Every control, in the order of the form.
    pub fn all(self) -> Vec<FieldState> {
        self.controls.get_value()
    }

    /// A field's control.
    pub fn at(self, field: Field) -> Option<FieldState> {
        self.controls.with_value(|controls| controls.get(field as usize).copied())
    }

    /// Follows every change.
    pub fn track(self) {
        self.changed.track();
    }

    /// What is typed in them, tracked.
    pub fn draft(self) -> Draft {
        self.track();
        self.draft_untracked()
    }

    /// What is typed in them now, not tracked.
    pub fn draft_untracked(self) -> Draft {
        Draft::new(|field| self.at(field).map(FieldState::text_untracked).unwrap_or_default())
    }

    /// Whether they hold what a draft does, tracked.
    pub fn equals(self, draft: &Draft) -> bool {
        self.track();
        let holds =
            |field| self.at(field).is_none_or(|control| untrack(|| control.with_text(|text| text == draft.get(field))));
        Field::ALL.into_iter().all(holds)
    }

    /// Writes a draft into the controls.
    pub fn fill(self, draft: &Draft) {
        for field in Field::ALL {
            self.write(field, draft.get(field));
        }
    }

    /// Writes a text into a field's control.
    pub fn write(self, field: Field, text: &str) {
        if let Some(control) = self.at(field) {
            control.write(text.to_owned());
        }
    }
}

/// Puts the focus into a field's control.
pub fn focus_field(field: Field) {
    let control = document().get_element_by_id(field.key()).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    // Fails only for an element that cannot be focused.
    _ = control.map(|control| control.focus());
}

/// The controls of a form that creates or changes an account.
#[component]
pub fn AccountInputs(
    /// Their state.
    fields: AccountFields,
    /// The currency: chosen for a new account, told for one that exists.
    currency: AnyView,
) -> impl IntoView {
    let text = move |field: Field, kind: InputKind, autocomplete: &'static str, hint: Signal<String>| {
        fields.at(field).map(|control| {
            view! {
                <TextField
                    field=control
                    label=field.label()
                    hint
                    kind
                    autocomplete
                    max=field.max()
                    optional=!field.required()
                />
            }
        })
    };
    let description = fields.at(Field::Description).map(|control| {
        let hint = "What the account is for, so that others choose the right one.";
        view! { <TextArea field=control label=Field::Description.label() hint max=Field::Description.max() optional=true /> }
    });
    view! {
        {text(Field::Name, InputKind::Text, "billing organization", Signal::stored(String::new()))}
        {text(Field::Email, InputKind::Email, "billing email", Signal::stored("Invoices go to this address.".to_owned()))}
        {text(Field::Phone, InputKind::Tel, "billing tel", phone_hint(fields))}
        {description}
        {currency}
        <AddressFields fields />
    }
}

/// The currency of a new account, chosen (E20).
pub fn currency_select(fields: AccountFields) -> AnyView {
    fields
        .at(Field::Currency)
        .map(|control| {
            view! {
                <Select
                    field=control
                    label=Field::Currency.label()
                    hint="It cannot be changed once the account exists."
                    autocomplete="off"
                    none="Use the workspace default"
                    choices=intl::currencies()
                    name_of=intl::currency_name
                    optional=true
                />
            }
        })
        .into_any()
}

/// Stripe takes fewer characters than Altostrat: say so from the first one too many, refuse nothing (E21).
fn phone_hint(fields: AccountFields) -> Signal<String> {
    let beyond = Memo::new(move |_| {
        let control = fields.at(Field::Phone);
        control.is_some_and(|control| control.with_text(|typed| text::char_count(text::trim(typed)) > STRIPE_PHONE_MAX))
    });
    Signal::derive(move || {
        let hint = "With the country code, like +27 21 555 0100.";
        if beyond.get() {
            format!("{hint} Stripe, which sends the invoices, may refuse more than {STRIPE_PHONE_MAX} characters.")
        } else {
            hint.to_owned()
        }
    })
}
