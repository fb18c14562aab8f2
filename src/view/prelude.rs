//! What a file with markup needs: the view macro, what is followed, components and helpers for the browser.

pub use super::{AnyView, Children, CollectView, ElementRef, IntoView, component, view};
pub use crate::reactive::{
    Callback, Effect, Here, Memo, Owner, ReadSignal, RwSignal, Signal, StoredValue, WriteSignal, memo, memo_after,
    on_cleanup, provide_context, signal, spawn_local, spawn_local_scoped_with_cancellation, take_turn, untrack,
    use_context,
};
pub use leptos::prelude::{
    TimeoutHandle, WindowListenerHandle, document, event_target, event_target_checked, event_target_value, location,
    queue_microtask, request_animation_frame, set_timeout, set_timeout_with_handle, window, window_event_listener,
};
