//! "Bill to": the name and address of an account as they are printed on an invoice.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::bill_to::{BillToLine, LineKind, bill_to, to_text};
use crate::domain::{Draft, Field};
use crate::ui::CopyButton;

/// The lines of an account or a draft.
pub fn bill_to_lines(draft: &Draft) -> Vec<BillToLine> {
    let country = Some(draft.get(Field::Country)).filter(|code| !code.is_empty()).map(intl::country_name);
    bill_to(|field| Some(draft.get(field)), country.as_deref(), intl::uppercase)
}

/// The preview, with a button that copies the address.
#[component]
pub fn BillTo(
    /// The values to print.
    #[prop(into)]
    draft: Signal<Draft>,
) -> impl IntoView {
    let lines = Memo::new(move |_| draft.with(bill_to_lines));
    let text = Signal::derive(move || lines.with(|lines| to_text(lines)));
    let contact = Memo::new(move |_| draft.with(contact));
    let contact = move || {
        let contact = contact.get();
        (!contact.is_empty()).then(|| view! { <span class="quiet"><bdi>{contact}</bdi></span> })
    };
    let printed = move || {
        let views = lines.get().into_iter().map(|BillToLine { kind, text }| match kind {
            LineKind::Name => view! { <strong dir="auto">{text}</strong> }.into_any(),
            LineKind::Address | LineKind::Country => view! { <span dir="auto">{text}</span> }.into_any(),
        });
        views.collect_view()
    };
    view! {
        <div class="bill-to" translate="no">
            <span class="quiet">"Bill to"</span>
            <address class="bill-to-lines">{printed}</address>
            {contact}
        </div>
        <p hidden=move || lines.with(Vec::is_empty)><CopyButton label="Copy address" text /></p>
    }
}

/// The email and the currency in one line; empty if both are.
fn contact(draft: &Draft) -> String {
    let currency = draft.get(Field::Currency).to_ascii_uppercase();
    let billed_in = (!currency.is_empty()).then(|| format!("billed in {currency}"));
    let email = Some(draft.get(Field::Email).to_owned()).filter(|email| !email.is_empty());
    email.into_iter().chain(billed_in).collect::<Vec<_>>().join(" · ")
}
