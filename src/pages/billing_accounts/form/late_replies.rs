//! Replies to saves whose page was left. The form that is open now may have the same save as unanswered.

use leptos::prelude::*;

use crate::domain::draft::Draft;

/// The reply to a save whose page was left.
#[derive(Debug, Clone, PartialEq)]
pub struct LateReply {
    /// The time of the attempt, which identifies it, in milliseconds since 1970.
    pub at: f64,
    /// The draft of the form when the save was sent.
    pub draft: Draft,
    /// Whether the save was applied.
    pub applied: bool,
}

/// The last late reply. Provided as a context by the app, because it outlives every page.
#[derive(Debug, Clone, Copy)]
pub struct LateReplies(RwSignal<Option<LateReply>>);

impl LateReplies {
    /// Provides the context to the app around this component.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// The late replies of the app around this component.
    pub fn of_app() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(None)))
    }

    /// Publishes a reply to the open form. The app may have been disposed.
    pub fn publish(self, reply: LateReply) {
        _ = self.0.try_set(Some(reply));
    }

    /// Calls `on_reply` with every later reply, until the caller's page is disposed.
    pub fn subscribe(self, on_reply: impl Fn(&LateReply) + 'static) {
        let on_change = move |reply: &Option<LateReply>, _: Option<&Option<LateReply>>, _: Option<()>| {
            if let Some(reply) = reply {
                on_reply(reply);
            }
        };
        Effect::watch(move || self.0.get(), on_change, false);
    }
}
