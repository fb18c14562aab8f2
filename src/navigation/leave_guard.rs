//! Asks before a page is left with something that would be lost with it: by a link, through the history, by signing out,
//! by closing the tab (R4, R9). A page says what there is to lose with [`guard`]; nothing to lose, nothing asked.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;

use crate::navigation::navigator::{Navigation, PendingNavigation};
use crate::pages::{AppContext, use_app};
use crate::session::Session;
use crate::ui::{ChangingText, Dialog};

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

    fn title(self) -> &'static str {
        match self {
            Self::SavedDraft => "Sign out without saving?",
            Self::UnsavedChanges => "Leave without saving?",
            Self::UnknownOutcome => "Sign out before you know whether it was saved?",
            Self::Saving => "Leave while it is being saved?",
            Self::Deleting => "Leave while it is being deleted?",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::SavedDraft => {
                "What you typed is not saved. This tab keeps it until you sign out: signing out deletes it."
            }
            Self::UnsavedChanges => "What you changed on this page is not saved. If you leave, it is lost.",
            Self::UnknownOutcome => {
                "The last save may or may not have been done. If you sign out, this tab forgets that it has to be \
                 checked: look in the list of billing accounts before you send it again."
            }
            Self::Saving => {
                "Saving is still in progress. If you leave, it continues. The list of billing accounts shows the \
                 result: check it before you try again."
            }
            Self::Deleting => {
                "Deleting is still in progress. If you leave, it continues. The list of billing accounts shows the \
                 result."
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum PendingExit {
    PendingNavigation(PendingNavigation),
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
        navigation.set_guard(Callback::new(move |exit| leave_guard.blocks(PendingExit::PendingNavigation(exit))));
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

    /// What to ask about, tracked.
    fn confirmation(self) -> Option<UnsavedState> {
        let exit = self.exit.get()?;
        self.unsaved_state().filter(|state| needs_confirmation(*state, &exit))
    }

    /// Whether the user chose to leave the page that is shown.
    pub fn is_confirmed(self) -> bool {
        self.confirmed.get_value()
    }

    fn stay(self) {
        self.exit.set(None);
    }

    fn leave(self) {
        let Some(exit) = self.exit.try_update(Option::take).flatten() else { return };
        self.confirmed.set_value(true);
        // After this turn: the dialog still makes the rest of the page inert, and the next heading takes the focus.
        let go = move || match exit {
            PendingExit::PendingNavigation(to) => self.navigation.proceed(to),
            PendingExit::SignOut => self.session.sign_out(),
        };
        set_timeout(go, Duration::ZERO);
    }
}

fn needs_confirmation(state: UnsavedState, exit: &PendingExit) -> bool {
    *exit == PendingExit::SignOut || state.is_lost_with_the_page()
}

/// Says what would be lost with the page that calls this, for as long as that page is there.
pub fn use_leave_guard(app: AppContext, state: Signal<Option<UnsavedState>>) {
    let guard = app.leave_guard.guard;
    guard.set(Some(state));
    app.leave_guard.confirmed.set_value(false);
    on_cleanup(move || {
        // The next page may have its own by now.
        if guard.try_get_untracked().flatten() == Some(state) {
            guard.set(None);
        }
    });
}

/// The question, while there is one.
#[component]
pub fn ConfirmLeave() -> impl IntoView {
    let app = use_app()?;
    let leave_guard = app.leave_guard;
    // One dialog for as long as it asks: what it says follows what is at risk.
    let is_asked = Memo::new(move |_| leave_guard.confirmation().is_some());
    Some(move || is_asked.get().then(|| view! { <LeaveQuestion app /> }))
}

/// The question itself.
#[component]
fn LeaveQuestion(
    /// Where what is copied for the next page lies.
    app: AppContext,
) -> impl IntoView {
    let leave_guard = app.leave_guard;
    let stay = Callback::new(move |()| {
        // What was copied for the page that is not opened now must not wait for a later one.
        _ = app.prefill.take();
        leave_guard.stay();
    });
    let says = move |words: fn(UnsavedState) -> &'static str| {
        Signal::derive(move || leave_guard.confirmation().map_or("", words).to_owned())
    };
    let signs_out = leave_guard.exit.with_untracked(|exit| *exit == Some(PendingExit::SignOut));
    view! {
        <Dialog labelled_by="leave" cancel=stay>
            <h2 id="leave"><ChangingText text=says(UnsavedState::title) /></h2>
            <p><ChangingText text=says(UnsavedState::meaning) /></p>
            <div class="actions">
                <button type="button" class="button button-primary" on:click=move |_| stay.run(())>"Stay"</button>
                <button type="button" class="button" on:click=move |_| leave_guard.leave()>
                    {if signs_out { "Sign out" } else { "Leave" }}
                </button>
            </div>
        </Dialog>
    }
}
