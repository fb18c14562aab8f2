//! Inline icons. They are decorative: a text beside each one says the same.

use leptos::prelude::*;

/// An icon, drawn in the colour of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconKind {
    /// A check mark: complete, possible.
    Check,
    /// An exclamation mark in a circle: something is missing.
    Alert,
    /// An empty circle: optional and missing.
    Circle,
    /// Two arrows, up and down: switch.
    Switch,
    /// Three dots: more actions.
    More,
    /// A pencil: edit.
    Edit,
    /// Two sheets: copy, duplicate.
    Copy,
    /// An arrow down to a line: download.
    Download,
    /// A bin: delete.
    Delete,
    /// A plus: new.
    Plus,
    /// A person: user.
    User,
    /// An arrow out of a door: sign out.
    SignOut,
}

impl IconKind {
    /// The strokes, in a square of 16 units.
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M3 8.5l3.5 3.5L13 4.5",
            Self::Alert => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.75v4M8 11v.25",
            Self::Circle => "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z",
            Self::Switch => "M5 6l3-3 3 3M5 10l3 3 3-3",
            Self::More => "M3.5 8h.01M8 8h.01M12.5 8h.01",
            Self::Edit => "M11 2.5l2.5 2.5L5.5 13l-3 .5.5-3z",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Download => "M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11",
            Self::Delete => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.75 9h6.5l.75-9",
            Self::Plus => "M8 3v10M3 8h10",
            Self::User => {
                "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zM2.5 14c.5-3 2.5-4.25 5.5-4.25s5 1.25 5.5 4.25"
            }
            Self::SignOut => "M6 2.5H2.5v11H6M10.5 5L13.5 8l-3 3M13 8H6",
        }
    }
}

/// The icon. Hidden from screen readers.
#[component]
pub fn Icon(
    /// Which icon.
    kind: IconKind,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=kind.path() />
        </svg>
    }
}
