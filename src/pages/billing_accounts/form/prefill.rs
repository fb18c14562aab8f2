//! Fills in the create form from a link: `…/new?name=&email=&currency=&country=`. Anyone can make such a link, so its
//! values are a draft that the user has to check.

use leptos::prelude::*;

use crate::domain::currency::Currency;
use crate::domain::draft::Draft;
use crate::domain::{Field, country, text};
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::route;
use crate::ui::{Notice, Tone};

/// The query parameters and their fields.
const FROM_LINK: [(&str, Field); 4] =
    [("name", Field::Name), ("email", Field::Email), ("currency", Field::Currency), ("country", Field::Country)];
/// The maximum length of an unsupported value in its message, in characters.
const MAX_SHOWN_CHARS: usize = 40;

/// The values of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefill {
    values: Vec<(Field, String)>,
    /// A sentence for each value that is not an option of its select.
    unsupported: Vec<String>,
}

impl Prefill {
    /// Reads a URL's query; `None` when it has no value to fill in.
    pub fn read(query: &str) -> Option<Self> {
        let mut prefill = Self { values: Vec::new(), unsupported: Vec::new() };
        for (key, field) in FROM_LINK {
            let param = route::query_param(query, key).unwrap_or_default();
            // Line breaks are removed as an `<input>` removes them, so that the form sends the value that it shows.
            let text: String = text::trim(&param).chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
            if text.is_empty() {
                continue;
            }
            let value = match field {
                Field::Currency => {
                    Currency::with_code(&text.to_ascii_lowercase()).map(|currency| currency.code.to_owned())
                }
                Field::Country => {
                    let code = text.to_ascii_uppercase();
                    country::all().any(|country| country.code() == code).then_some(code)
                }
                _ => Some(text.clone()),
            };
            match value {
                Some(value) => prefill.values.push((field, value)),
                None => prefill.unsupported.push(unsupported_message(field, &text)),
            }
        }
        (!prefill.values.is_empty() || !prefill.unsupported.is_empty()).then_some(prefill)
    }

    /// Whether a draft has all values of the link: the same link was used before.
    pub fn is_in(&self, draft: &Draft) -> bool {
        !self.values.is_empty() && self.values.iter().all(|(field, text)| draft.get(*field) == text)
    }

    /// Fills in the fields, and shows their errors as after user input. Returns a sentence for each value that was left
    /// out.
    pub fn fill(self, fields: AccountFields) -> Vec<String> {
        for (field, text) in self.values {
            let state = fields.field(field);
            state.write(text);
            state.on_blur();
        }
        self.unsupported
    }
}

/// The notice about a link: the link that opened the form, or the link that filled in the restored draft.
pub fn notice(prefill: Option<Prefill>, is_fresh: bool, form: AccountFormState) -> AnyView {
    let AccountFormState { fields, draft_store, .. } = form;
    let unsupported = match prefill {
        Some(prefill) if is_fresh => {
            let unsupported = prefill.fill(fields);
            draft_store.mark_from_link();
            unsupported
        }
        Some(prefill) if !prefill.is_in(&fields.draft_untracked()) => return not_used().into_any(),
        _ => Vec::new(),
    };
    let is_shown = Memo::new(move |_| draft_store.is_from_link() && !fields.equals(&Draft::default()));
    (move || (is_shown.get() || !unsupported.is_empty()).then(|| used(&unsupported))).into_any()
}

/// The notice about a link that was used.
fn used(unsupported: &[String]) -> impl IntoView + use<> {
    let unsupported =
        unsupported.iter().map(|sentence| view! { <li><bdi>{sentence.clone()}</bdi></li> }).collect_view();
    view! {
        <Notice tone=Tone::Warning title="This form was filled in by a link" text="Check every value.">
            <ul class="notice-list">{unsupported}</ul>
        </Notice>
    }
}

/// The notice about a link that was not used, because the form has a draft of the user.
fn not_used() -> impl IntoView {
    view! {
        <Notice
            tone=Tone::Info
            title="Link not used"
            text="You already have a draft here. Discard it, then open the link again."
        />
    }
}

fn unsupported_message(field: Field, value: &str) -> String {
    let mut shown: String = value.chars().take(MAX_SHOWN_CHARS).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    {
        let kind = if field == Field::Currency { "currency" } else { "country code" };
        format!("“{shown}” isn’t a supported {kind}, so it was left out.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> (Vec<(&'static str, String)>, usize) {
        let prefill = Prefill::read(query).unwrap_or(Prefill { values: Vec::new(), unsupported: Vec::new() });
        (prefill.values.into_iter().map(|(field, text)| (field.key(), text)).collect(), prefill.unsupported.len())
    }

    #[test]
    fn codes_match_in_either_case_and_other_texts_are_unchanged() {
        let (values, unsupported) = read("?name=Karoo+%26%20Co&email=not-an-email&currency=ZAR&country=za&phone=1");
        let expected =
            [("name", "Karoo & Co"), ("email", "not-an-email"), ("currency", "zar"), ("address.country", "ZA")];
        assert_eq!(values, expected.map(|(key, text)| (key, text.to_owned())));
        assert_eq!(unsupported, 0);
    }

    #[test]
    fn unsupported_values_are_named() {
        let long = "x".repeat(5000);
        for query in ["?currency=jpy", "?country=Atlantis", "?country=QQ", "?currency=%01", &format!("?country={long}")]
        {
            let prefill = Prefill::read(query).unwrap();
            assert!(prefill.values.is_empty() && prefill.unsupported[0].chars().count() < 120, "{query}");
        }
    }

    #[test]
    fn a_link_that_fills_in_nothing_is_no_prefill() {
        for query in ["", "?", "?name=", "?name=%20+", "?other=1", "?NAME=x", "?=x&&"] {
            assert_eq!(Prefill::read(query), None, "{query}");
        }
    }

    #[test]
    fn line_breaks_are_removed_as_an_input_removes_them() {
        assert_eq!(read("?name=a%0D%0Ab").0, [("name", "ab".to_owned())]);
    }
}
