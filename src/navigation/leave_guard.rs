//! Asks before a page is left with something that would be lost with it: by a link, through the history, by signing out,
//! by closing the tab (R4, R9). A page says what there is to lose with [`guard`]; nothing to lose, nothing asked.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;

use crate::navigation::navigator::{Navigation, PendingNavigation};
use crate::session::Session;

/// What would be lost. Signing out and closing the tab ask for each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedState {
    /// Something typed that this tab keeps: it is there again when the user comes back, so moving on asks nothing.
    SavedDraft,
    /// Something typed that is lost with the page.
    UnsavedChanges,
    /// A save of which it is not known whether it was done. This tab remembers it: moving on asks nothing.
    UnknownOutcome,
    /// A save is on its way.
    Saving,
    /// A deletion is on its way.
    Deleting,
}

impl UnsavedState {
    fn is_lost_with_the_page(self) -> bool {
        matches!(self, Self::UnsavedChanges | Self::Saving | Self::Deleting)
    }
}

/// An exit that waits for the user’s confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum PendingExit {
    Navigation(PendingNavigation),
    SignOut,
}

/// What there is to lose, and what the user wishes to do all the same. On the [`AppContext`].
#[derive(Debug, Clone, Copy)]
pub struct LeaveGuard {
    navigation: Navigation,
    session: Session,
    guard: RwSignal<Option<Signal<Option<UnsavedState>>>>,
    exit: RwSignal<Option<PendingExit>>,
    /// Whether the user chose to leave the guarded page, which is still there until the browser has moved.
    confirmed: StoredValue<bool>,
}

impl LeaveGuard {
    /// Nothing to lose yet. From here on, moves and the closing of the tab ask.
    pub fn start(navigation: Navigation, session: Session) -> Self {
        let (guard, exit, confirmed) = (RwSignal::new(None), RwSignal::new(None), StoredValue::new(false));
        let leave_guard = Self { navigation, session, guard, exit, confirmed };
        navigation.set_guard(Callback::new(move |exit| leave_guard.blocks(PendingExit::Navigation(exit))));
        // Attached only while there is something to lose: a page with this listener cannot be kept in the browser's
        // cache for the way back.
        let any = Memo::new(move |_| leave_guard.unsaved_state().is_some());
        let attached = StoredValue::new(None::<WindowListenerHandle>);
        let detach = move || {
            if let Some(listener) = attached.try_update_value(Option::take).flatten() {
                listener.remove();
            }
        };
        Effect::new(move |_| {
            detach();
            if any.get() {
                attached.set_value(Some(window_event_listener(ev::beforeunload, |event| event.prevent_default())));
            }
        });
        on_cleanup(detach);
        // What was asked is answered when there is nothing to lose any more: the save came to its end meanwhile.
        Effect::new(move |_| {
            if leave_guard.exit.with(Option::is_some) && leave_guard.confirmation().is_none() {
                leave_guard.exit.set(None);
            }
        });
        leave_guard
    }

    /// What would be lost now, tracked.
    pub fn unsaved_state(self) -> Option<UnsavedState> {
        self.guard.get().and_then(|state| state.try_get().flatten())
    }

    /// Signs out; asks first when there is something to lose.
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

    /// What would be lost by the exit that waits for a confirmation, tracked; `None` when none waits.
    pub fn confirmation(self) -> Option<UnsavedState> {
        let exit = self.exit.get()?;
        self.unsaved_state().filter(|state| needs_confirmation(*state, &exit))
    }

    /// Whether the pending exit is a sign-out, not tracked.
    pub fn is_sign_out_pending(self) -> bool {
        self.exit.with_untracked(|exit| *exit == Some(PendingExit::SignOut))
    }

    /// Whether the user chose to leave the page that is shown.
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
        // After this turn: the dialog still makes the rest of the page inert, and the next heading takes the focus.
        let go = move || match exit {
            PendingExit::Navigation(to) => self.navigation.proceed(to),
            PendingExit::SignOut => self.session.sign_out(),
        };
        set_timeout(go, Duration::ZERO);
    }
}

fn needs_confirmation(state: UnsavedState, exit: &PendingExit) -> bool {
    *exit == PendingExit::SignOut || state.is_lost_with_the_page()
}

/// Guards the component that calls this: the user confirms before its unsaved state is lost.
pub fn use_leave_guard(leave_guard: LeaveGuard, unsaved_state: Signal<Option<UnsavedState>>) {
    let LeaveGuard { guard, confirmed, .. } = leave_guard;
    guard.set(Some(unsaved_state));
    confirmed.set_value(false);
    on_cleanup(move || {
        // The next page may have set its own guard already.
        if guard.try_get_untracked().flatten() == Some(unsaved_state) {
            guard.set(None);
        }
    });
}
