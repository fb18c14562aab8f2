//! Asks before a page is left with something that would be lost with it: by a link, through the history, by signing out,
//! by closing the tab (R4, R9). A page says what there is to lose with [`guard`]; nothing to lose, nothing asked.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;

use crate::navigation::navigator::{Move, Navigation};
use crate::pages::Desk;
use crate::session::Session;
use crate::ui::{ChangingText, Dialog};

/// What would be lost. Signing out and closing the tab ask for each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// Something typed that this tab keeps: it is there again when the user comes back, so moving on asks nothing.
    Kept,
    /// Something typed that is lost with the page.
    Changes,
    /// A save of which it is not known whether it was done. This tab remembers it: moving on asks nothing.
    Unknown,
    /// A save is on its way.
    Saving,
    /// A deletion is on its way.
    Deleting,
}

impl Risk {
    fn is_lost_with_the_page(self) -> bool {
        matches!(self, Self::Changes | Self::Saving | Self::Deleting)
    }

    fn title(self) -> &'static str {
        match self {
            Self::Kept => "Sign out without saving?",
            Self::Changes => "Leave without saving?",
            Self::Unknown => "Sign out before you know whether it was saved?",
            Self::Saving => "Leave while it is being saved?",
            Self::Deleting => "Leave while it is being deleted?",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Kept => "What you typed is not saved. This tab keeps it until you sign out: signing out deletes it.",
            Self::Changes => "What you changed on this page is not saved. If you leave, it is lost.",
            Self::Unknown => {
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
enum Wish {
    Move(Move),
    SignOut,
}

/// What there is to lose, and what the user wishes to do all the same. On the [`Desk`].
#[derive(Debug, Clone, Copy)]
pub struct Leaving {
    navigation: Navigation,
    session: Session,
    guard: RwSignal<Option<Signal<Option<Risk>>>>,
    wish: RwSignal<Option<Wish>>,
    /// Whether the user chose to leave the guarded page, which is still there until the browser has moved.
    confirmed: StoredValue<bool>,
}

impl Leaving {
    /// Nothing to lose yet. From here on, moves and the closing of the tab ask.
    pub fn start(navigation: Navigation, session: Session) -> Self {
        let (guard, wish, confirmed) = (RwSignal::new(None), RwSignal::new(None), StoredValue::new(false));
        let leaving = Self { navigation, session, guard, wish, confirmed };
        navigation.hold_with(Callback::new(move |wish| leaving.holds(Wish::Move(wish))));
        // Attached only while there is something to lose: a page with this listener cannot be kept in the browser's
        // cache for the way back.
        let any = Memo::new(move |_| leaving.risk().is_some());
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
            if leaving.wish.with(Option::is_some) && leaving.asked().is_none() {
                leaving.wish.set(None);
            }
        });
        leaving
    }

    /// What would be lost now, tracked.
    pub fn risk(self) -> Option<Risk> {
        self.guard.get().and_then(|risk| risk.try_get().flatten())
    }

    /// Signs out; asks first when there is something to lose.
    pub fn sign_out(self) {
        if !self.holds(Wish::SignOut) {
            self.session.sign_out();
        }
    }

    fn holds(self, wish: Wish) -> bool {
        let is_held = untrack(|| self.risk()).is_some_and(|risk| asks(risk, &wish));
        if is_held {
            self.wish.set(Some(wish));
        }
        is_held
    }

    /// What to ask about, tracked.
    fn asked(self) -> Option<Risk> {
        let wish = self.wish.get()?;
        self.risk().filter(|risk| asks(*risk, &wish))
    }

    /// Whether the user chose to leave the page that is shown.
    pub fn is_confirmed(self) -> bool {
        self.confirmed.get_value()
    }

    fn stay(self) {
        self.wish.set(None);
    }

    fn leave(self) {
        let Some(wish) = self.wish.try_update(Option::take).flatten() else { return };
        self.confirmed.set_value(true);
        // After this turn: the dialog still makes the rest of the page inert, and the next heading takes the focus.
        let go = move || match wish {
            Wish::Move(to) => self.navigation.carry_out(to),
            Wish::SignOut => self.session.sign_out(),
        };
        set_timeout(go, Duration::ZERO);
    }
}

fn asks(risk: Risk, wish: &Wish) -> bool {
    *wish == Wish::SignOut || risk.is_lost_with_the_page()
}

/// Says what would be lost with the page that calls this, for as long as that page is there.
pub fn guard(desk: Desk, risk: Signal<Option<Risk>>) {
    let guard = desk.leaving.guard;
    guard.set(Some(risk));
    desk.leaving.confirmed.set_value(false);
    on_cleanup(move || {
        // The next page may have its own by now.
        if guard.try_get_untracked().flatten() == Some(risk) {
            guard.set(None);
        }
    });
}

/// The question, while there is one.
#[component]
pub fn LeaveDialog() -> impl IntoView {
    let desk = Desk::here()?;
    let leaving = desk.leaving;
    // One dialog for as long as it asks: what it says follows what is at risk.
    let is_asked = Memo::new(move |_| leaving.asked().is_some());
    Some(move || is_asked.get().then(|| view! { <LeaveQuestion desk /> }))
}

/// The question itself.
#[component]
fn LeaveQuestion(
    /// Where what is copied for the next page lies.
    desk: Desk,
) -> impl IntoView {
    let leaving = desk.leaving;
    let stay = Callback::new(move |()| {
        // What was copied for the page that is not opened now must not wait for a later one.
        _ = desk.prefill.take();
        leaving.stay();
    });
    let says =
        move |words: fn(Risk) -> &'static str| Signal::derive(move || leaving.asked().map_or("", words).to_owned());
    let signs_out = leaving.wish.with_untracked(|wish| *wish == Some(Wish::SignOut));
    view! {
        <Dialog labelled_by="leave" cancel=stay>
            <h2 id="leave"><ChangingText text=says(Risk::title) /></h2>
            <p><ChangingText text=says(Risk::meaning) /></p>
            <div class="actions">
                <button type="button" class="button button-primary" on:click=move |_| stay.run(())>"Stay"</button>
                <button type="button" class="button" on:click=move |_| leaving.leave()>
                    {if signs_out { "Sign out" } else { "Leave" }}
                </button>
            </div>
        </Dialog>
    }
}
