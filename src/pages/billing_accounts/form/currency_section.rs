//! The section of the form with the currency of a new account.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::currency::{Currency, most_used};
use crate::domain::{BillingAccount, Field};
use crate::pages::billing_accounts::form::account_fields::{AccountFields, focus_field};
use crate::ui::{FormButton, Select};

/// The currency. It stays the workspace's default until the user chooses one: what the default is, and which currency the
/// country has, is only said.
#[component]
pub fn CurrencySection(
    /// The fields.
    fields: AccountFields,
    /// All accounts of the workspace; `None` until they are known.
    #[prop(into)]
    accounts: Signal<Option<Vec<BillingAccount>>>,
) -> impl IntoView {
    let field = fields.field(Field::Currency);
    let in_use = Memo::new(move |_| {
        accounts.with(|accounts| {
            let codes = accounts.iter().flatten().filter_map(|account| account.get(Field::Currency));
            let (code, count, total) = most_used(codes.filter(|code| !code.is_empty()))?;
            usage(&code, count, total)
        })
    });
    let hint = Signal::derive(move || {
        let fixed = "Can’t be changed later.";
        match in_use.get().filter(|_| field.with_text(str::is_empty)) {
            Some(usage) => format!("{usage} {fixed}"),
            None => fixed.to_owned(),
        }
    });
    let suggestion = Memo::new(move |_| {
        let country = fields.field(Field::Country).with_text(str::to_owned);
        let currency = Currency::of_country(&country)?;
        field.with_text(|chosen| chosen != currency.code).then(|| (currency.code, country_phrase(&country)))
    });
    let take = move |code: &str| {
        field.write(code.to_owned());
        // The button is removed, so the field takes the focus.
        focus_field(Field::Currency);
    };
    view! {
        <div class="panel-section section-currency">
            <Select
                field
                label=Field::Currency.label()
                hint
                autocomplete="off"
                none="Use the workspace default"
                choices=intl::currencies
                name_of=intl::currency_name
                optional=true
            />
            {move || suggestion.get().map(|(code, country)| {
                let label = format!("Use {}, the currency of {country}", code.to_ascii_uppercase());
                view! { <p><FormButton press=move |()| take(code)>{label}</FormButton></p> }
            })}
        </div>
    }
}

/// The currency that accounts of the workspace have, such as "4 of 6 accounts here are in USD."; `None` if each has
/// another one, which says nothing about the default.
fn usage(code: &str, count: usize, total: usize) -> Option<String> {
    let code = code.to_ascii_uppercase();
    match (count, total) {
        (1, 1) => Some(format!("The only account here is in {code}.")),
        (1, _) => None,
        (count, total) if count == total => Some(format!("All {total} accounts here are in {code}.")),
        (count, total) => Some(format!("{count} of {total} accounts here are in {code}.")),
    }
}

/// A country's name inside of a sentence, with the article that some names have in English.
fn country_phrase(code: &str) -> String {
    let name = intl::country_name(code);
    let has_article = matches!(code, "GB" | "US" | "NL" | "IM" | "TF" | "VA") || name.ends_with(" Islands");
    if has_article { format!("the {name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::usage;

    #[test]
    fn the_usage_of_a_currency_is_a_sentence() {
        let usage = |code, count, total| usage(code, count, total).unwrap_or_default();
        assert_eq!(usage("usd", 4, 6), "4 of 6 accounts here are in USD.");
        assert_eq!(usage("zar", 6, 6), "All 6 accounts here are in ZAR.");
        assert_eq!(usage("zar", 1, 1), "The only account here is in ZAR.");
        assert_eq!(usage("usd", 1, 3), "");
    }
}
