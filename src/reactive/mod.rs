//! Signals, memos, effects and owners, by the names and rules that Leptos has for them, with their values in boxes.
//!
//! Leptos makes the code of each of them anew for every type that stands in one, and keeps what could be sent to another
//! thread: locks, atomic counts, tables of hashes. That was a fifth of the bundle, and slow to start for it. Here they
//! share one piece of code (`graph`, `owner`), and what is typed is a thin layer over it. Nothing leaves the thread
//! that the page runs on, so nothing has to be `Send`.
//!
//! What differs from Leptos: a memo makes no signals; contexts go when their owner is made anew; a turn is one
//! microtask, or [`take_turn`].

mod callback;
mod effects;
mod ended;
mod graph;
mod memo;
mod owner;
mod signals;
mod slot;
mod stored;
mod tasks;
mod turn;

pub use callback::Callback;
pub use effects::Effect;
pub(crate) use effects::{live, live_reading};
pub use graph::{Untracked, untrack, untracked};
pub use memo::{Memo, memo, memo_after};
pub use owner::{Owner, on_cleanup, provide_context, use_context};
pub use signals::{ReadSignal, RwSignal, Signal, WriteSignal, signal};
pub use stored::StoredValue;
pub use tasks::{Here, spawn_local, spawn_local_scoped_with_cancellation};
pub use turn::take_turn;
