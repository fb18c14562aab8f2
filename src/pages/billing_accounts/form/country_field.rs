//! The country of the address: a select that understands the names that people use.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::country_search::CountrySearch;
use crate::domain::{BillingAccount, Field};
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::address_rules_table::AddressRulesTable;
use crate::ui::Select;
use crate::ui::select::FirstChoices;

/// The search in the countries of the form. Its keys are made once it is used.
#[derive(Clone, Copy)]
pub struct CountryFinder(StoredValue<Option<CountrySearch>>);

impl CountryFinder {
    /// A search that is not prepared yet, for the component that is being created.
    pub fn start() -> Self {
        Self(StoredValue::new(None))
    }

    /// The code of the country with this name, code or alias.
    pub fn find(self, name: &str) -> Option<String> {
        self.with(|search| search.find(name).map(str::to_owned))
    }

    /// The code to select after `typed`.
    fn select(self, typed: &str, current: &str) -> Option<String> {
        self.with(|search| search.select(typed, Some(current)).map(str::to_owned))
    }

    fn with<T>(self, search: impl FnOnce(&CountrySearch) -> Option<T>) -> Option<T> {
        let result = self.0.try_update_value(|prepared| {
            search(prepared.get_or_insert_with(|| {
                let listed = intl::countries();
                let listed = listed.iter().map(|(code, name)| (*code, name.as_str()));
                CountrySearch::new(listed, intl::normalize_for_search)
            }))
        });
        result.flatten()
    }
}

/// The select.
#[component]
pub fn CountryField(
    /// The fields.
    fields: AccountFields,
    /// The search for what is typed into the closed select.
    finder: CountryFinder,
    /// The accounts of the workspace, whose countries come first; `None` until they are known.
    #[prop(into)]
    accounts: Signal<Option<Vec<BillingAccount>>>,
) -> impl IntoView {
    let field = fields.field(Field::Country);
    // The postal code and the state are compared with the country's.
    let rules = use_context::<AddressRulesTable>();
    Effect::new(move |_| {
        if let Some(rules) = rules.filter(|_| field.with_text(|country| !country.is_empty())) {
            rules.load.run(());
        }
    });
    let used = Memo::new(move |_| {
        accounts.with(|accounts| {
            let countries = accounts.iter().flatten().filter_map(|account| account.get(Field::Country));
            let mut countries: Vec<String> = countries.map(str::to_owned).collect();
            countries.sort();
            countries.dedup();
            countries
        })
    });
    view! {
        <Select
            field
            label=Field::Country.label()
            was=fields.was(Field::Country)
            autocomplete="billing country"
            none="Choose a country"
            choices=intl::countries
            first=FirstChoices { label: "Used in this workspace", other_label: "Other countries", values: used.into() }
            type_ahead=Callback::new(move |(typed, current): (String, String)| finder.select(&typed, &current))
            name_of=intl::country_name
            optional=true
            in_optional=true
        />
    }
}
