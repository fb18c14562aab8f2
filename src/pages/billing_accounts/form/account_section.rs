//! The first section of the form: who is billed.

use leptos::prelude::*;

use crate::domain::Field;
use crate::domain::email_address::extract_email;
use crate::domain::field_warning::{FieldWarning, email_warning};
use crate::pages::billing_accounts::form::account_fields::{AccountFields, focus_field};
use crate::pages::billing_accounts::form::warnings::warning;
use crate::ui::{FormButton, InputKind, TextArea, TextField};

/// Name, email, phone and description.
#[component]
pub fn AccountSection(
    /// The fields.
    fields: AccountFields,
) -> impl IntoView {
    view! {
        <div class="panel-section" role="group" aria-labelledby="section-contact">
            <h2 id="section-contact">"Contact"</h2>
            <div class="pair">
                <TextField
                    field=fields.field(Field::Name)
                    label=Field::Name.label()
                    was=fields.was(Field::Name)
                    autocomplete="billing organization"
                    max=Field::Name.max()
                />
                <EmailField fields />
                <TextField
                    field=fields.field(Field::Phone)
                    label=Field::Phone.label()
                    hint="Include the country code, like +27 21 555 0100"
                    warning=warning(fields, Field::Phone)
                    was=fields.was(Field::Phone)
                    kind=InputKind::Tel
                    autocomplete="billing tel"
                    max=Field::Phone.max()
                    optional=true
                />
                <TextArea
                    field=fields.field(Field::Description)
                    label=Field::Description.label()
                    hint="Helps others pick the right account."
                    was=fields.was(Field::Description)
                    max=Field::Description.max()
                    optional=true
                />
            </div>
        </div>
    }
}

/// The email. A pasted `mailto:a@b.c` or `Name <a@b.c>` becomes the address alone, which can be undone.
#[component]
fn EmailField(fields: AccountFields) -> impl IntoView {
    let field = fields.field(Field::Email);
    // The address that was taken from a pasted text, and that text.
    let cleaned = RwSignal::new(None::<(String, String)>);
    let on_paste = Callback::new(move |pasted: String| {
        let pasted = pasted.trim().replace(['\r', '\n'], "");
        let Some(address) = extract_email(&pasted).map(str::to_owned) else { return false };
        field.write(address.clone());
        cleaned.set(Some((address, pasted)));
        true
    });
    let undo = move |()| {
        if let Some((_, pasted)) = cleaned.get_untracked() {
            field.write(pasted);
            cleaned.set(None);
            // The button is removed, so the field takes the focus.
            focus_field(Field::Email);
        }
    };
    let suggestion = Memo::new(move |_| {
        // The domain is checked only after the user has left the field.
        let warning = if field.was_left() { field.with_text(email_warning) } else { None };
        if let Some(FieldWarning::EmailDomain { suggestion }) = warning { Some(suggestion) } else { None }
    });
    let take = move |suggestion: &str| {
        field.write(suggestion.to_owned());
        focus_field(Field::Email);
    };
    // Undo would overwrite a text that was typed since.
    let can_undo = Memo::new(move |_| {
        cleaned.with(|cleaned| cleaned.as_ref().is_some_and(|(address, _)| field.with_text(|text| text == address)))
    });
    view! {
        <div class="field-group">
            <TextField
                field
                label=Field::Email.label()
                hint="Invoices are sent here."
                warning=warning(fields, Field::Email)
                was=fields.was(Field::Email)
                kind=InputKind::Email
                autocomplete="billing email"
                max=Field::Email.max()
                on_paste=Some(on_paste)
            />
            {move || suggestion.get().map(|suggestion| {
                let label = format!("Use {suggestion}");
                view! { <p class="field-pasted"><FormButton press=move |()| take(&suggestion)>{label}</FormButton></p> }
            })}
            <div role="status">
                {move || can_undo.get().then(|| view! {
                    <p class="field-pasted">
                        "Only the address was kept. "
                        <FormButton press=undo>
                            "Undo" <span class="visually-hidden">" the change of the pasted email"</span>
                        </FormButton>
                    </p>
                })}
            </div>
        </div>
    }
}
