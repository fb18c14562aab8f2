//! The preview beside the form: "Bill to", and the parts that the account lacks.

use leptos::prelude::*;

use crate::domain::readiness::Readiness;
use crate::domain::{Draft, Field};
use crate::pages::billing_accounts::bill_to_view::BillTo;
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::warnings::warning;
use crate::pages::billing_accounts::readiness_label::ReadinessChecklist;

/// The preview of the draft.
#[component]
pub fn Preview(
    /// The fields.
    fields: AccountFields,
    /// More items below the checklist.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let draft = Memo::new(move |_| {
        Draft::new(|field| match field {
            // The preview does not show the description.
            Field::Description => String::new(),
            field => fields.field(field).with_text(str::to_owned),
        })
    });
    let readiness = Memo::new(move |_| draft.with(|draft| Readiness::of(|field| Some(draft.get(field)))));
    let format = Memo::new(move |_| fields.address_format());
    // Else a wrong postal code would stand beside "Tax can be calculated" without a word.
    let warnings = [Field::State, Field::PostalCode].map(|field| (field, warning(fields, field)));
    let doubtful = Signal::derive(move || {
        let is_doubtful = |(_, warning): &(Field, Signal<String>)| warning.with(|warning| !warning.is_empty());
        warnings.into_iter().filter(is_doubtful).map(|(field, _)| field).collect::<Vec<_>>()
    });
    view! {
        <section class="panel" aria-labelledby="section-preview">
            <div class="panel-section">
                <h2 id="section-preview">"On your invoices"</h2>
                <BillTo draft />
            </div>
            <div class="panel-section">
                <ReadinessChecklist readiness format doubtful />
                {children.map(|children| children())}
            </div>
        </section>
    }
}
