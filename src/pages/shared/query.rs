//! What a page loads, and how that is drawn: loading (after a moment), failed, ready.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation, tick};

use crate::api::ApiError;
use crate::pages::Desk;
use crate::pages::shared::error_messages::Purpose;
use crate::pages::shared::error_notice::FailureNotice;
use crate::session::User;
use crate::session::token::Claims;
use crate::ui::heading::{KeptFocus, focus_heading};
use crate::ui::{Countdown, CountdownText};

/// A load's state.
#[derive(Debug, Clone, PartialEq)]
pub enum State<T> {
    /// Not there yet.
    Waiting,
    /// There.
    Ready(T),
    /// Not to be had.
    Failed(ApiError),
}

/// A load, as a handle to pass around.
pub struct Load<T: Send + Sync + 'static> {
    state: RwSignal<State<T>>,
    tries: RwSignal<u32>,
}

impl<T: Send + Sync> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Load<T> {}

impl<T: Clone + PartialEq + Send + Sync> Load<T> {
    /// Starts to load. What has come stays until [`Load::again`]; what failed is tried again when the user signs in
    /// again; leaving the page cancels it (R4).
    pub fn start<F>(desk: Desk, fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        Self::start_with(desk, None, fetch)
    }

    /// Like [`Load::start`], with something that may be there already.
    pub fn start_with<F>(desk: Desk, first: Option<T>, fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let load = Self { state: RwSignal::new(first.map_or(State::Waiting, State::Ready)), tries: RwSignal::new(0) };
        let whose = StoredValue::new(None::<Claims>);
        // A new token runs the effect again, which cancels the request in flight. That one is sent once more, and so is
        // one that failed.
        let is_due = StoredValue::new(false);
        Effect::new(move |answered: Option<u32>| {
            let (tries, answered) = (load.tries.get(), answered.unwrap_or_default());
            let Some(User { claims, .. }) = desk.session.user() else { return answered };
            let is_same_user = whose.with_value(|whose| whose.as_ref().is_none_or(|whose| whose.is_same_user(&claims)));
            // What one user saw is not shown to another, but for what somebody types over.
            let stays = load.state.with_untracked(|state| matches!(state, State::Ready(_)))
                && (is_same_user || untrack(|| desk.leaving.risk()).is_some());
            if stays && answered == tries && !is_due.get_value() {
                return answered;
            }
            is_due.set_value(true);
            whose.set_value(Some(claims));
            if !stays {
                load.state.set(State::Waiting);
            }
            let reply = fetch();
            spawn_local_scoped_with_cancellation(async move {
                let reply = reply.await;
                is_due.set_value(reply.is_err());
                match reply {
                    Ok(value) if stays => load.replace(value),
                    // What was shown is better than nothing.
                    Err(_) if stays => {}
                    reply => load.state.set(reply.map_or_else(State::Failed, State::Ready)),
                }
            });
            tries
        });
        load
    }

    /// Loads once more what may have changed, behind what is shown: that stays until the new is there, and stays when
    /// it is not to be had.
    pub fn refresh(self) {
        self.tries.update(|tries| *tries += 1);
    }

    /// Shows a new value in the place of another one; the focus stays where it was.
    fn replace(self, value: T) {
        let value = State::Ready(value);
        if self.state.try_with_untracked(|state| *state != value).unwrap_or_default() {
            let focus = KeptFocus::now();
            self.state.set(value);
            spawn_local(async move {
                // What is shown follows: only then is there something to take the focus.
                tick().await;
                focus.give_back();
            });
        }
    }

    /// Loads once more, after a press of a button that is about to go: the page's heading takes the focus.
    pub fn again(self) {
        focus_heading();
        self.state.set(State::Waiting);
        self.tries.update(|tries| *tries += 1);
    }

    /// What has come, tracked.
    pub fn value(self) -> Option<T> {
        self.look(T::clone)
    }

    /// Looks at what has come, tracked; `None` when nothing has.
    pub fn look<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.state.with(|state| match state {
            State::Ready(value) => Some(look(value)),
            State::Waiting | State::Failed(_) => None,
        })
    }
}

/// Draws a load.
#[component]
pub fn Loaded<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What is loaded.
    load: Load<T>,
    /// What it is called while it is waited for, "billing accounts".
    what: &'static str,
    /// Draws what has come.
    children: Callback<T, AnyView>,
) -> impl IntoView {
    move || match load.state.get() {
        State::Waiting => view! { <Waiting what /> }.into_any(),
        State::Ready(value) => children.run(value),
        State::Failed(error) => view! { <Failed error again=Callback::new(move |()| load.again()) /> }.into_any(),
    }
}

#[component]
fn Waiting(what: &'static str) -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="visually-hidden">{format!("Loading {what}…")}</span>
            <span class="bone" aria-hidden="true"></span>
            <span class="bone" aria-hidden="true"></span>
            <span class="bone" aria-hidden="true"></span>
        </div>
    }
}

#[component]
fn Failed(error: ApiError, again: Callback<()>) -> impl IntoView {
    let countdown = Countdown::until(Signal::stored(error.wait_until()));
    let press = move |_| {
        if !countdown.holds() {
            again.run(());
        }
    };
    view! {
        <FailureNotice error purpose=Purpose::Load />
        <div class="actions">
            <button
                type="button"
                class="button"
                aria-disabled=move || countdown.is_on().then_some("true")
                on:click=press
            >
                "Try again"
            </button>
            <CountdownText countdown />
        </div>
    }
}
