//! The sentences about the fields of an update: those that were saved, and those that were not.

use crate::browser::intl;
use crate::domain::address_format::AddressFormat;
use crate::domain::{BillingAccount, Changes, Field};

/// The note about a save without a refetch: the fields that it may have overwritten. An address is sent as a whole.
pub fn saved_without_refetch(account: &BillingAccount, changes: &Changes) -> String {
    let name = |field: Field| if field.is_address() { "Address" } else { field.label() };
    let mut sent: Vec<_> = changes.to_patch(account).map(|(field, _)| name(field)).collect();
    sent.dedup();
    let sent = sent.join(", ");
    format!("We couldn’t check for changes by others before saving. Check that these are still right: {sent}.")
}

/// A value for use in a sentence.
fn display_value(field: Field, text: &str) -> String {
    match (field, text) {
        (_, "") => "empty".to_owned(),
        (Field::Country, code) => intl::country_name(code),
        (_, text) => format!("“{text}”"),
    }
}

/// The sentence about a field that does not have the value that was sent.
pub fn differs(account: &BillingAccount, (field, sent, stored): (Field, &str, &str)) -> String {
    let label = AddressFormat::of(account.get(Field::Country).unwrap_or_default()).label(field);
    format!("{label} is {}, not {}.", display_value(field, stored), display_value(field, sent))
}

/// The notes about an update of `account`.
pub fn notes(account: &BillingAccount, changes: &Changes, theirs: &[Field], reply: &BillingAccount) -> Vec<String> {
    let format = AddressFormat::of(reply.get(Field::Country).unwrap_or_default());
    let names = |fields: &[Field]| fields.iter().map(|&field| format.label(field)).collect::<Vec<_>>().join(", ");
    let display_value = |field, text: Option<&str>| display_value(field, text.unwrap_or_default());
    let mut notes = Vec::new();
    let changed: Vec<_> = changes.iter().map(|change| change.field).collect();
    if !changed.is_empty() {
        notes.push(format!("Changed: {}.", names(&changed)));
    }
    let merged: Vec<_> = theirs.iter().copied().filter(|field| !changed.contains(field)).collect();
    if !merged.is_empty() {
        notes.push(format!("Also updated by someone else: {}.", names(&merged)));
    }
    notes.extend(changes.not_applied(account, reply).map(|(field, sent, stored)| {
        format!(
            "{} was saved as {}, not {}.",
            format.label(field),
            display_value(field, stored),
            display_value(field, sent)
        )
    }));
    notes
}
