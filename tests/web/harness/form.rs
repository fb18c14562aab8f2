//! The account form: its fields, and filling it in.

use crate::harness::fixtures::{create_request, text_at};
use crate::harness::page::value;
use crate::harness::user::{choose, fill};

pub(crate) const WRONG_EMAIL: &str = "Enter an email address in the correct format, like name@example.com";

/// The label of each control while no country is chosen, and its key.
pub(crate) const FIELDS: [(&str, &str); 11] = [
    ("Name", "name"),
    ("Email", "email"),
    ("Phone", "phone"),
    ("Description", "description"),
    ("Currency", "currency"),
    ("Country", "address.country"),
    ("Address line 1", "address.line1"),
    ("Address line 2", "address.line2"),
    ("City", "address.city"),
    ("State or province", "address.state"),
    ("Postal code", "address.postal_code"),
];

/// The label of a control once the country is the United States, as in the vendor's example.
pub(crate) fn us_label(label: &str) -> &str {
    match label {
        "State or province" => "State",
        "Postal code" => "ZIP code",
        other => other,
    }
}

/// Fills in the vendor's example.
pub(crate) async fn fill_every_field() {
    let example = create_request();
    for (label, key) in FIELDS {
        if matches!(key, "currency" | "address.country") {
            choose(label, &text_at(&example, key)).await;
        } else {
            fill(us_label(label), &text_at(&example, key)).await;
        }
    }
}

/// Fills in the required fields: a name and an email address.
pub(crate) async fn fill_required_fields() {
    fill("Name", "Acme").await;
    fill("Email", "billing@acme.com").await;
}

/// Checks that the form still holds the values of [`fill_every_field`].
pub(crate) fn assert_form_is_unchanged(when: &str) {
    let example = create_request();
    for (label, key) in FIELDS {
        assert_eq!(value(us_label(label)), text_at(&example, key), "{label}, after {when}");
    }
}
