//! Queries: loading the data of a page, and rendering its states: loading (after a delay), failed, loaded.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation, tick};

use crate::api::ApiError;
use crate::navigation::leave_guard::LeaveGuard;
use crate::pages::shared::error_messages::{Missing, Operation};
use crate::pages::shared::error_notice::FailureNotice;
use crate::pages::shared::missing_resource::MissingResource;
use crate::session::token::Claims;
use crate::session::{Session, User};
use crate::ui::heading::{FocusSnapshot, focus_heading};
use crate::ui::{Countdown, CountdownText};

/// The state of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum QueryState<T> {
    /// The request is in flight.
    Loading,
    /// The value is loaded.
    Loaded(T),
    /// The request failed.
    Failed(ApiError),
}

/// A query, as a `Copy` handle.
pub struct Query<T: Send + Sync + 'static> {
    state: RwSignal<QueryState<T>>,
    revision: RwSignal<u32>,
}

impl<T: Send + Sync> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Query<T> {}

impl<T: Clone + PartialEq + Send + Sync> Query<T> {
    /// Loads a value, and keeps it until [`Query::revalidate`] or [`Query::retry`]. `initial` is shown at once. A
    /// failed request is repeated when the user signs in again. The request is aborted when the component that calls
    /// this is removed.
    pub fn start<F>(
        session: Session,
        leave_guard: LeaveGuard,
        initial: Option<T>,
        fetch: impl Fn() -> F + 'static,
    ) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let query = Self {
            state: RwSignal::new(initial.map_or(QueryState::Loading, QueryState::Loaded)),
            revision: RwSignal::new(0),
        };
        let loaded_for = StoredValue::new(None::<Claims>);
        // Signing in runs the effect again, which cancels the request in flight. A canceled request is sent once more, and
        // so is a failed one. The client itself repeats a request after it has renewed the token.
        let is_due = StoredValue::new(false);
        let sign_in = Memo::new(move |_| session.sign_in_number());
        Effect::new(move |loaded_revision: Option<u32>| {
            let (revision, loaded_revision) = (query.revision.get(), loaded_revision.unwrap_or_default());
            let user = sign_in.get().and_then(|_| session.user_untracked());
            let Some(User { claims, .. }) = user else { return loaded_revision };
            let is_same_user = loaded_for
                .with_value(|loaded_for| loaded_for.as_ref().is_none_or(|loaded_for| loaded_for.is_same_user(&claims)));
            // One user's data is not shown to another, except under their unsaved input.
            let keeps_value = query.state.with_untracked(|state| matches!(state, QueryState::Loaded(_)))
                && (is_same_user || untrack(|| leave_guard.unsaved_state()).is_some());
            if keeps_value && loaded_revision == revision && !is_due.get_value() {
                return loaded_revision;
            }
            is_due.set_value(true);
            loaded_for.set_value(Some(claims));
            if !keeps_value {
                query.state.set(QueryState::Loading);
            }
            let reply = fetch();
            spawn_local_scoped_with_cancellation(async move {
                let reply = reply.await;
                is_due.set_value(reply.is_err());
                match reply {
                    Ok(value) if keeps_value => query.replace(value),
                    // The stale value stays when its revalidation fails.
                    Err(_) if keeps_value => {}
                    reply => query.state.set(reply.map_or_else(QueryState::Failed, QueryState::Loaded)),
                }
            });
            revision
        });
        query
    }

    /// Fetches the value again in the background. The stale value is shown until the new one arrives, and stays when
    /// the request fails.
    pub fn revalidate(self) {
        self.revision.update(|revision| *revision += 1);
    }

    /// Replaces the value, and restores the focus.
    pub fn replace(self, value: T) {
        let value = QueryState::Loaded(value);
        if self.state.try_with_untracked(|state| *state != value).unwrap_or_default() {
            let focus = FocusSnapshot::capture();
            self.state.set(value);
            spawn_local(async move {
                // The new elements are rendered in the next tick: only then can they take the focus.
                tick().await;
                focus.restore();
            });
        }
    }

    /// Fetches the value again after a failure. The button that was pressed is removed, so the focus moves to the
    /// page's heading.
    pub fn retry(self) {
        focus_heading();
        self.state.set(QueryState::Loading);
        self.revision.update(|revision| *revision += 1);
    }

    /// The resource that was not found, tracked.
    pub fn missing(self) -> Option<Missing> {
        self.state.with(|state| match state {
            QueryState::Failed(error) => Missing::of(error),
            QueryState::Loading | QueryState::Loaded(_) => None,
        })
    }

    /// The heading of the page: its title, unless the page can't be shown, tracked.
    pub fn heading(self, title: &'static str) -> &'static str {
        self.missing().and_then(Missing::heading).unwrap_or(title)
    }

    /// The value, tracked; `None` until it is loaded.
    pub fn value(self) -> Option<T> {
        self.with(T::clone)
    }

    /// Whether the request failed and nothing is loaded, tracked.
    pub fn has_failed(self) -> bool {
        self.state.with(|state| matches!(state, QueryState::Failed(_)))
    }

    /// Reads the value by reference, tracked; `None` until it is loaded.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.state.with(|state| match state {
            QueryState::Loaded(value) => Some(read(value)),
            QueryState::Loading | QueryState::Failed(_) => None,
        })
    }
}

/// Renders the states of a query.
#[component]
pub fn QueryView<T: Clone + PartialEq + Send + Sync + 'static>(
    /// The query.
    query: Query<T>,
    /// The name of the value in the loading message, such as "billing accounts".
    name: &'static str,
    /// Renders the value.
    children: Callback<T, AnyView>,
) -> impl IntoView {
    move || match query.state.get() {
        QueryState::Loading => view! { <Loading name /> }.into_any(),
        QueryState::Loaded(value) => children.run(value),
        QueryState::Failed(error) if query.missing().and_then(Missing::heading).is_some() => {
            view! { <MissingResource error /> }.into_any()
        }
        QueryState::Failed(error) => view! { <Failed error retry=Callback::new(move |()| query.retry()) /> }.into_any(),
    }
}

#[component]
fn Loading(name: &'static str) -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="visually-hidden">{format!("Loading {name}…")}</span>
            <span class="bone" aria-hidden="true"></span>
            <span class="bone" aria-hidden="true"></span>
            <span class="bone" aria-hidden="true"></span>
        </div>
    }
}

/// The message of a failed query, with the actions that can help.
#[component]
fn Failed(error: ApiError, retry: Callback<()>) -> impl IntoView {
    let countdown = Countdown::until(Signal::stored(error.retry_at()));
    let on_click = move |_| {
        if !countdown.blocks_press() {
            retry.run(());
        }
    };
    let no_access = error.status() == Some(403);
    view! {
        <FailureNotice error operation=Operation::Load>
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || countdown.is_on().then_some("true")
                    on:click=on_click
                >
                    "Try again"
                </button>
                {no_access.then(|| view! { <a class="button" href="/">"Switch workspace"</a> })}
                <CountdownText countdown />
            </div>
        </FailureNotice>
    }
}
