//! Async tasks that are cancelled with the page that started them.

use std::future::Future;

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use leptos::task::spawn_local_scoped_with_cancellation;

/// The reactive owner of a page, for tasks that must last as long as the page.
///
/// An event handler runs under the owner of the pressed button, which may be disposed long before the page.
#[derive(Clone, Copy)]
pub struct TaskScope(StoredValue<Option<WeakOwner>>);

impl TaskScope {
    /// The scope of the component that is being created.
    pub fn current() -> Self {
        Self(StoredValue::new(Owner::current().map(|owner| owner.downgrade())))
    }

    /// Spawns a task that is cancelled when the component is unmounted. Does nothing if it already is.
    pub fn spawn(self, task: impl Future<Output = ()> + 'static) {
        if let Some(owner) = self.0.try_get_value().flatten().and_then(|owner| owner.upgrade()) {
            owner.with(|| spawn_local_scoped_with_cancellation(task));
        }
    }
}
