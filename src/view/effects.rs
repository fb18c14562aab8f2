//! Leptos' effects, memos and tasks, with what they run in a box: one copy of their code, and not one for each use.

use std::future::Future;
use std::pin::Pin;

use leptos::reactive;
use leptos::reactive::computed::Memo;

/// Leptos' effect: runs after the page was made, and again whenever what it read has changed.
#[derive(Debug)]
pub struct Effect;

impl Effect {
    /// Starts it. What a run returns is given to the next.
    #[expect(clippy::new_ret_no_self, reason = "as in Leptos, whose handle nobody here keeps")]
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
        let mut last = None;
        start(Box::new(move || last = Some(run(last.take()))));
    }
}

fn start(run: Box<dyn FnMut()>) {
    reactive::effect::Effect::new(run);
}

type Compute<T> = Box<dyn Fn(Option<&T>) -> T + Send + Sync>;

/// Leptos' memo: made anew when what it read has changed, and heard of only when it then differs.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let compute: Compute<T> = Box::new(compute);
    Memo::new(compute)
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Runs a task to its end, whatever becomes of the page.
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    let task: Task = Box::pin(task);
    leptos::task::spawn_local(task);
}

/// Runs a task for as long as its owner lives: a page that is left ends its own (R4).
pub fn spawn_local_scoped_with_cancellation(task: impl Future<Output = ()> + 'static) {
    let task: Task = Box::pin(task);
    reactive::spawn_local_scoped_with_cancellation(task);
}
