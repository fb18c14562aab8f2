//! Code that several pages share. It does not depend on any page.

pub mod archived_notice;
pub mod confirm_leave;
pub mod current_workspace;
pub mod error_messages;
pub mod error_notice;
pub mod flash;
pub mod flash_message;
pub mod missing_resource;
pub mod query;
pub mod read_only;
pub mod recent_workspaces;
pub mod workspace_labels;
