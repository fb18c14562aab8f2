//! Tasks that end with the page that started them.

use std::future::Future;

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use leptos::task::spawn_local_scoped_with_cancellation;

/// The component that a task belongs to. An event handler runs under the owner of the button that was pressed, which may
/// be gone long before the page is: a task that has to last as long as the page is spawned here.
#[derive(Clone, Copy)]
pub struct TaskScope(StoredValue<Option<WeakOwner>>);

impl TaskScope {
    /// The scope of the component that is being created.
    pub fn current() -> Self {
        Self(StoredValue::new(Owner::current().map(|owner| owner.downgrade())))
    }

    /// Runs a task, which is aborted when the component is unmounted. Does nothing when that has happened already.
    pub fn spawn(self, task: impl Future<Output = ()> + 'static) {
        if let Some(owner) = self.0.try_get_value().flatten().and_then(|owner| owner.upgrade()) {
            owner.with(|| spawn_local_scoped_with_cancellation(task));
        }
    }
}
