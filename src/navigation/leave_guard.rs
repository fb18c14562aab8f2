//! Asks for confirmation before unsaved state is lost: by following a link, going through the history, signing out or
//! closing the tab. A page registers its unsaved state with [`use_leave_guard`]; without unsaved state there is no
//! question.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;

use crate::navigation::navigator::{Navigation, PendingNavigation};
use crate::session::Session;

/// The state that would be lost. Signing out and closing the tab ask for confirmation in every variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedState {
    /// A draft that is stored in this tab and restored later, so navigation needs no confirmation.
    SavedDraft,
    /// Input that is lost with the page.
    UnsavedChanges,
    /// A save with an unknown outcome. This tab stores it, so navigation needs no confirmation.
    UnknownOutcome,
    /// A save is in flight.
    Saving,
    /// A deletion is in flight.
    Deleting,
}

impl UnsavedState {
    fn is_lost_on_navigation(self) -> bool {
        self == Self::UnsavedChanges || self.is_in_flight()
    }

    fn is_in_flight(self) -> bool {
        matches!(self, Self::Saving | Self::Deleting)
    }
}

/// An exit that waits for the user’s confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum PendingExit {
    Navigation(PendingNavigation),
    SignOut,
}

/// The guard of unsaved state, and the exit that waits for confirmation, as a `Copy` handle.
#[derive(Debug, Clone, Copy)]
pub struct LeaveGuard {
    navigation: Navigation,
    session: Session,
    /// The unsaved state of each part of the page, in the order of their mounting.
    guards: RwSignal<Vec<Signal<Option<UnsavedState>>>>,
    exit: RwSignal<Option<PendingExit>>,
    /// Whether the user confirmed that they leave the guarded page, which stays mounted until the browser has
    /// navigated.
    confirmed: StoredValue<bool>,
}

impl LeaveGuard {
    /// Starts without unsaved state, and listens to navigation and to the closing of the tab.
    pub fn start(navigation: Navigation, session: Session) -> Self {
        let (guards, exit, confirmed) = (RwSignal::new(Vec::new()), RwSignal::new(None), StoredValue::new(false));
        let leave_guard = Self { navigation, session, guards, exit, confirmed };
        navigation.set_guard(Callback::new(move |exit| leave_guard.blocks(PendingExit::Navigation(exit))));
        // Attached only while there is unsaved state: browsers may keep a page with this listener out of the
        // back/forward cache.
        let has_unsaved_state = Memo::new(move |_| leave_guard.unsaved_state().is_some());
        let attached = StoredValue::new(None::<WindowListenerHandle>);
        let detach = move || {
            if let Some(listener) = attached.try_update_value(Option::take).flatten() {
                listener.remove();
            }
        };
        Effect::new(move |_| {
            detach();
            if has_unsaved_state.get() {
                attached.set_value(Some(window_event_listener(ev::beforeunload, move |event| {
                    let is_in_flight = untrack(|| leave_guard.unsaved_state()).is_some_and(UnsavedState::is_in_flight);
                    if !session.take_leaving() || is_in_flight {
                        event.prevent_default();
                    }
                })));
            }
        });
        on_cleanup(detach);
        // Closes the question when there is no unsaved state any more, for example because the save ended.
        Effect::new(move |_| {
            if leave_guard.exit.with(Option::is_some) && leave_guard.confirmation().is_none() {
                leave_guard.exit.set(None);
            }
        });
        leave_guard
    }

    /// The unsaved state of the current page, tracked.
    pub fn unsaved_state(self) -> Option<UnsavedState> {
        self.guards.get().into_iter().find_map(|state| state.try_get().flatten())
    }

    /// Signs out, after a confirmation when there is unsaved state.
    pub fn sign_out(self) {
        if !self.blocks(PendingExit::SignOut) {
            self.session.sign_out();
        }
    }

    fn blocks(self, exit: PendingExit) -> bool {
        let is_blocked = untrack(|| self.unsaved_state()).is_some_and(|state| needs_confirmation(state, &exit));
        if is_blocked {
            self.exit.set(Some(exit));
        }
        is_blocked
    }

    /// The unsaved state that the pending exit would lose, tracked; `None` when no exit waits for confirmation.
    pub fn confirmation(self) -> Option<UnsavedState> {
        let exit = self.exit.get()?;
        self.unsaved_state().filter(|state| needs_confirmation(*state, &exit))
    }

    /// Whether the pending exit is a sign-out, not tracked.
    pub fn is_sign_out_pending(self) -> bool {
        self.exit.with_untracked(|exit| *exit == Some(PendingExit::SignOut))
    }

    /// Whether the user confirmed that they leave the current page.
    pub fn is_confirmed(self) -> bool {
        self.confirmed.get_value()
    }

    /// Cancels the pending exit.
    pub fn stay(self) {
        self.exit.set(None);
    }

    /// Carries out the pending exit.
    pub fn leave(self) {
        let Some(exit) = self.exit.try_update(Option::take).flatten() else { return };
        self.confirmed.set_value(true);
        // In a later task: until the dialog is removed, the rest of the page is inert, and the heading of the next page
        // could not take the focus.
        let proceed = move || match exit {
            PendingExit::Navigation(navigation) => self.navigation.proceed(navigation),
            PendingExit::SignOut => self.session.sign_out(),
        };
        set_timeout(proceed, Duration::ZERO);
    }
}

fn needs_confirmation(state: UnsavedState, exit: &PendingExit) -> bool {
    *exit == PendingExit::SignOut || state.is_lost_on_navigation()
}

/// Guards the component that calls this: the user confirms before its unsaved state is lost.
pub fn use_leave_guard(leave_guard: LeaveGuard, unsaved_state: Signal<Option<UnsavedState>>) {
    let LeaveGuard { guards, confirmed, .. } = leave_guard;
    guards.update(|guards| guards.push(unsaved_state));
    confirmed.set_value(false);
    on_cleanup(move || {
        // The app may be unmounting as well.
        _ = guards.try_update(|guards| guards.retain(|guard| *guard != unsaved_state));
    });
}
