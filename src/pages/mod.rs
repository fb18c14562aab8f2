//! The pages. Only this folder and `app` use [`use_app`](crate::context::use_app).

pub mod billing_accounts;
pub mod callback_page;
pub mod continue_as;
pub mod not_found;
pub mod provider_not_set_up;
pub mod second_chunk;
pub mod session_expiry;
pub mod session_time_remaining;
pub mod shared;
pub mod sign_in;
pub mod sign_in_messages;
pub mod sign_in_options;
pub mod top_bar;
pub mod workspaces;
