//! Components that any page can use: controls, notices, dialogs.
//!
//! They may use `form`, but know nothing about billing, the API or pages.

pub mod button;
pub mod changing_text;
pub mod copy_button;
pub mod countdown;
pub mod counter;
pub mod debounced_text;
pub mod dialog;
pub mod error_summary;
pub mod field;
pub mod form_button;
pub mod heading;
pub mod icon;
pub mod keep_focus_on_mousedown;
pub mod keyed_list;
pub mod live_region;
pub mod menu;
pub mod notice;
pub mod select;
pub mod text_area;
mod text_events;
pub mod text_field;

pub use button::SubmitButton;
pub use changing_text::ChangingText;
pub use copy_button::CopyButton;
pub use countdown::{Countdown, CountdownText};
pub use dialog::Dialog;
pub use error_summary::ErrorSummary;
pub use form_button::FormButton;
pub use heading::{Heading, Title};
pub use icon::{Icon, IconKind};
pub use keyed_list::{KeyedItem, KeyedList};
pub use menu::{MoreMenu, close_menu};
pub use notice::{Notice, Tone};
pub use select::Select;
pub use text_area::TextArea;
pub use text_field::{InputKind, TextField};
