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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_keeps_its_name() {
        for name in ["single", "assigned", "pooled", "galactic"] {
            assert_eq!(BillingMode::parse(name).name(), name);
        }
    }
}
