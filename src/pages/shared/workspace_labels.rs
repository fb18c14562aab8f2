//! Labels for the usage and the limit of a workspace.

use crate::domain::BillingMode;

/// The usage of a workspace, such as "2 of 10 accounts used"; `None` when the mode has no known limit.
pub fn usage_label(mode: &BillingMode, used: usize) -> Option<String> {
    let limit = mode.limit()?;
    let accounts = if limit == 1 { "account" } else { "accounts" };
    Some(format!("{used} of {limit} {accounts} used"))
}

/// The name of a billing mode, such as "Pooled"; empty when the server sent none.
pub fn mode_label(mode: &BillingMode) -> String {
    let mut name = mode.name().to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// The limit of a billing mode without the usage, such as "Pooled · up to 10 accounts".
pub fn limit_label(mode: &BillingMode) -> String {
    let name = mode_label(mode);
    match mode.limit() {
        Some(1) => format!("{name} · 1 account"),
        Some(limit) => format!("{name} · up to {limit} accounts"),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_is_known_for_modes_with_a_limit() {
        assert_eq!(usage_label(&BillingMode::Pooled, 2).unwrap(), "2 of 10 accounts used");
        assert_eq!(usage_label(&BillingMode::Single, 1).unwrap(), "1 of 1 account used");
        assert_eq!(usage_label(&BillingMode::parse("galactic"), 1), None);
    }

    #[test]
    fn a_mode_is_named_with_a_capital() {
        assert_eq!(mode_label(&BillingMode::Pooled), "Pooled");
        assert_eq!(mode_label(&BillingMode::parse("")), "");
    }

    #[test]
    fn the_limit_names_the_billing_mode() {
        assert_eq!(limit_label(&BillingMode::Assigned), "Assigned · up to 10 accounts");
        assert_eq!(limit_label(&BillingMode::Single), "Single · 1 account");
        assert_eq!(limit_label(&BillingMode::parse("galactic")), "Galactic");
        assert_eq!(limit_label(&BillingMode::parse("")), "");
    }
}
