//! A keyed list.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::*;

/// An item of a list.
pub struct KeyedItem {
    key: u64,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl KeyedItem {
    /// An item. `view` is called when an item with this key is new in the list.
    pub fn new<V: IntoAny>(key: impl Hash, view: impl FnOnce() -> V + Send + 'static) -> Self {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        Self { key: hasher.finish(), view: Box::new(|| view().into_any()) }
    }
}

/// A `<For>` for all lists: the compiler makes a copy of `<For>` for each set of types.
#[component]
pub fn KeyedList(
    /// The items, tracked. Create no signal or callback in it but in the items' views: it would be disposed at the next
    /// change.
    each: Callback<(), Vec<KeyedItem>>,
) -> impl IntoView {
    view! { <For each=move || each.run(()) key=|item| item.key children=|item| (item.view)() /> }
}
