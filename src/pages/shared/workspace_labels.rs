//! Labels for the usage and the limit of a workspace.

use crate::domain::BillingMode;

/// The usage of a workspace, such as "2 of 10 used, pooled billing"; `None` when the mode has no known limit.
pub fn usage_label(mode: &BillingMode, used: usize) -> Option<String> {
    let limit = mode.limit()?;
    Some(match mode {
        BillingMode::Single => format!("{used} of {limit} used: single billing allows one account"),
        _ => format!("{used} of {limit} used, {} billing", mode.name()),
    })
}

/// The limit of a billing mode without the usage, such as "up to 10 accounts, pooled billing".
pub fn limit_label(mode: &BillingMode) -> String {
    match mode.limit() {
        Some(1) => format!("1 account, {} billing", mode.name()),
        Some(limit) => format!("up to {limit} accounts, {} billing", mode.name()),
        None if mode.name().is_empty() => String::new(),
        None => format!("{} billing", mode.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_is_known_for_modes_with_a_limit() {
        assert_eq!(usage_label(&BillingMode::Pooled, 2).unwrap(), "2 of 10 used, pooled billing");
        assert_eq!(usage_label(&BillingMode::Single, 1).unwrap(), "1 of 1 used: single billing allows one account");
        assert_eq!(usage_label(&BillingMode::parse("galactic"), 1), None);
    }

    #[test]
    fn the_limit_names_the_billing_mode() {
        assert_eq!(limit_label(&BillingMode::Assigned), "up to 10 accounts, assigned billing");
        assert_eq!(limit_label(&BillingMode::Single), "1 account, single billing");
        assert_eq!(limit_label(&BillingMode::parse("galactic")), "galactic billing");
        assert_eq!(limit_label(&BillingMode::parse("")), "");
    }
}
