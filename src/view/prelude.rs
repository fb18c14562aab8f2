//! What a file with markup needs: the view macro, and of Leptos all but its renderer.

pub use leptos::component;
pub use leptos::prelude::{
    TimeoutHandle, WindowListenerHandle, document, event_target, event_target_checked, event_target_value, location,
    queue_microtask, request_animation_frame, set_timeout, set_timeout_with_handle, window, window_event_listener,
};
pub use leptos::reactive::callback::{Callable, Callback};
pub use leptos::reactive::computed::Memo;
pub use leptos::reactive::graph::untrack;
pub use leptos::reactive::owner::{LocalStorage, Owner, StoredValue, on_cleanup, provide_context, use_context};
pub use leptos::reactive::signal::{ReadSignal, RwSignal, WriteSignal, signal};
pub use leptos::reactive::traits::*;
pub use leptos::reactive::wrappers::read::Signal;

pub use super::effects::{Effect, memo, take_turn};
pub use super::tasks::{Here, spawn_local, spawn_local_scoped_with_cancellation};
pub use super::{AnyView, Children, CollectView, ElementRef, IntoView, view};
