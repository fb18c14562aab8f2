//! Leptos' reactive graph, with its values in boxes.
//!
//! Leptos makes the code of a signal, a memo and an effect anew for every type that stands in one: a fifth of the
//! bundle, and slower to start for it. Here the graph, its owners and contexts are Leptos' own, and so are the names;
//! but a signal is a value of any type and a trigger, and all of them share one piece of code. What is typed is a thin
//! layer over it. Nothing here leaves the thread that the page runs on, so nothing has to be `Send`.

mod effects;
mod memo;
mod signals;
mod slot;
mod stored;
mod tasks;

pub use leptos::reactive::callback::{Callable, Callback};
pub use leptos::reactive::graph::untrack;
pub use leptos::reactive::owner::{Owner, on_cleanup, provide_context, use_context};

pub use effects::{Effect, take_turn};
pub(crate) use effects::{live, live_reading};
pub use memo::{Memo, memo};
pub use signals::{ReadSignal, RwSignal, Signal, WriteSignal, signal};
pub use stored::StoredValue;
pub use tasks::{Here, spawn_local, spawn_local_scoped_with_cancellation};
