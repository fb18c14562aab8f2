//! A workspace, its billing mode and the roles of its members.

use crate::domain::WorkspaceId;

/// A workspace that the user is a member of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// The ID, `ws_…`.
    pub id: WorkspaceId,
    /// The name, or the ID if the server sent no name.
    pub name: String,
    /// The billing mode.
    pub mode: BillingMode,
    /// Whether the workspace is archived.
    pub archived: bool,
}

impl Workspace {
    /// A workspace of which only the ID is known.
    pub fn placeholder(id: WorkspaceId) -> Self {
        Self { name: id.to_string(), id, mode: BillingMode::Other(String::new()), archived: false }
    }
}

/// A workspace's billing mode, which limits its number of accounts (Altostrat API reference: Create a billing account).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillingMode {
    /// At most one account.
    Single,
    /// At most ten accounts, with assigned seats.
    Assigned,
    /// At most ten accounts, with pooled seats.
    Pooled,
    /// A mode that this version of the app does not know.
    Other(String),
}

impl BillingMode {
    /// Parses the API's name of a mode.
    pub fn parse(name: &str) -> Self {
        match name {
            "single" => Self::Single,
            "assigned" => Self::Assigned,
            "pooled" => Self::Pooled,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The most accounts of a workspace in this mode; `None` if the mode is unknown.
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

/// A member's role in a workspace. Only owners and admins may change accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// May view and change accounts.
    Owner,
    /// May view and change accounts.
    Admin,
    /// May only view accounts.
    Viewer,
    /// A role that this version of the app does not know. The API decides what it may do.
    Other,
}

impl Role {
    /// Parses the API's name of a role.
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
