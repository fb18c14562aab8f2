//! A workspace, and how many billing accounts it may have.

use crate::domain::WorkspaceId;

/// A workspace that the user is a member of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its id, `ws_…`.
    pub id: WorkspaceId,
    /// Its name, or its id when the server sent none.
    pub name: String,
    /// How its subscriptions are billed.
    pub mode: BillingMode,
    /// Whether it is archived.
    pub archived: bool,
}

impl Workspace {
    /// A workspace of which nothing is known but its id.
    pub fn placeholder(id: WorkspaceId) -> Self {
        Self { name: id.to_string(), id, mode: BillingMode::Other(String::new()), archived: false }
    }
}

/// How a workspace is billed (api.md).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillingMode {
    /// One account.
    Single,
    /// Up to ten accounts, seats assigned.
    Assigned,
    /// Up to ten accounts, seats pooled.
    Pooled,
    /// A mode that this version does not know.
    Other(String),
}

impl BillingMode {
    /// Reads the API's name of a mode.
    pub fn parse(name: &str) -> Self {
        match name {
            "single" => Self::Single,
            "assigned" => Self::Assigned,
            "pooled" => Self::Pooled,
            other => Self::Other(other.to_owned()),
        }
    }

    /// How many accounts a workspace in this mode may have; `None` when the mode is not known.
    pub const fn limit(&self) -> Option<usize> {
        match self {
            Self::Single => Some(1),
            Self::Assigned | Self::Pooled => Some(10),
            Self::Other(_) => None,
        }
    }

    /// The API's name of the mode.
    pub fn name(&self) -> &str {
        match self {
            Self::Single => "single",
            Self::Assigned => "assigned",
            Self::Pooled => "pooled",
            Self::Other(name) => name,
        }
    }
}

/// What a user may do in a workspace (api.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// May change things.
    Owner,
    /// May change things.
    Admin,
    /// May look.
    Viewer,
    /// A role that this version does not know: the API decides.
    Other,
}

impl Role {
    /// Reads the API's name of a role.
    pub fn parse(name: &str) -> Self {
        match name {
            "owner" => Self::Owner,
            "admin" => Self::Admin,
            "viewer" => Self::Viewer,
            _ => Self::Other,
        }
    }
}

/// "2 of 10 used, pooled billing"; `None` when the mode sets no limit that we know.
pub fn usage_label(mode: &BillingMode, used: usize) -> Option<String> {
    let limit = mode.limit()?;
    Some(match mode {
        BillingMode::Single => format!("{used} of {limit} used: single billing allows one account"),
        _ => format!("{used} of {limit} used, {} billing", mode.name()),
    })
}

/// "up to 10 accounts, pooled billing": what a mode allows, with nothing said of how much is used.
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
    fn capacity_is_said_for_the_known_modes_only() {
        assert_eq!(usage_label(&BillingMode::Pooled, 2).unwrap(), "2 of 10 used, pooled billing");
        assert_eq!(usage_label(&BillingMode::Single, 1).unwrap(), "1 of 1 used: single billing allows one account");
        assert_eq!(usage_label(&BillingMode::parse("galactic"), 1), None);
    }

    #[test]
    fn what_a_mode_allows_is_said_as_far_as_it_is_known() {
        assert_eq!(limit_label(&BillingMode::Assigned), "up to 10 accounts, assigned billing");
        assert_eq!(limit_label(&BillingMode::Single), "1 account, single billing");
        assert_eq!(limit_label(&BillingMode::parse("galactic")), "galactic billing");
        assert_eq!(limit_label(&BillingMode::parse("")), "");
    }

    #[test]
    fn a_mode_keeps_its_name() {
        for name in ["single", "assigned", "pooled", "galactic"] {
            assert_eq!(BillingMode::parse(name).name(), name);
        }
    }
}
