//! Answers to saves whose page was left: the form that is open by then may be waiting for one.

use leptos::prelude::*;

use crate::domain::draft::Draft;

/// The answer to a save whose page was left.
#[derive(Debug, Clone, PartialEq)]
pub struct LateReply {
    /// Which attempt was answered.
    pub at: f64,
    /// What its form held when it was sent.
    pub draft: Draft,
    /// Whether it was done.
    pub done: bool,
}

/// The last such answer. Provided as a context by the app, because it outlives every page.
#[derive(Debug, Clone, Copy)]
pub struct LateReplies(RwSignal<Option<LateReply>>);

impl LateReplies {
    /// Provides them to the app around this component.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// Those of the app around this component.
    pub fn of_app() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(None)))
    }

    /// Tells the forms that are open. The app may be gone.
    pub fn publish(self, answer: LateReply) {
        _ = self.0.try_set(Some(answer));
    }

    /// Calls `hear` with every answer from now on, for as long as the caller's page is there.
    pub fn subscribe(self, hear: impl Fn(&LateReply) + 'static) {
        let told = move |answer: &Option<LateReply>, _: Option<&Option<LateReply>>, _: Option<()>| {
            if let Some(answer) = answer {
                hear(answer);
            }
        };
        Effect::watch(move || self.0.get(), told, false);
    }
}
