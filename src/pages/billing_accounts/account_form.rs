//! The form around the fields: its summary, its submit, and what became of the last save.

use crate::view::prelude::*;
use leptos::ev::SubmitEvent;

use super::draft;
use super::fields::{AccountFields, Fields};
use crate::api::wording::Purpose;
use crate::api::{ApiError, Outcome};
use crate::domain::Field;
use crate::form::Problems;
use crate::pages::failure::FailureNotice;
use crate::pages::leaving::Risk;
use crate::ui::{ErrorSummary, Locked, SubmitButton};

/// Where a save stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Saving {
    /// Nothing is being saved.
    Idle,
    /// A request is on its way: further presses do nothing (R2).
    InFlight,
    /// The last save failed.
    Failed(ApiError),
}

/// A form's state, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct AccountFormState {
    /// Its controls.
    pub fields: Fields,
    /// Where its save stands.
    pub saving: RwSignal<Saving>,
    /// What it is for.
    purpose: Purpose,
    elsewhere: RwSignal<Vec<String>>,
    shown: RwSignal<bool>,
}

impl AccountFormState {
    /// A form around its controls, which are locked while it saves.
    pub fn new(fields: Fields, purpose: Purpose) -> Self {
        let saving = RwSignal::new(Saving::Idle);
        // Here and not in the form: the currency's control is made outside of it.
        provide_context(Locked(Signal::derive(move || saving.with(|saving| *saving == Saving::InFlight))));
        Self { fields, purpose, saving, elsewhere: RwSignal::new(Vec::new()), shown: RwSignal::new(false) }
    }

    /// Shows what our checks found.
    pub fn show_problems(self) {
        self.rest();
        for control in self.fields.all() {
            control.submitted();
        }
        self.shown.set(true);
    }

    /// Shows why a save failed, on the fields that the server named. The page may be gone.
    pub fn show_failure(self, error: ApiError) {
        if self.saving.is_disposed() {
            return;
        }
        let Problems { at, mut elsewhere } = match error.answer() {
            Some(answer) => draft::place(&answer.errors, answer.message.as_deref().unwrap_or_default()),
            None => Problems::<Field>::default(),
        };
        let named = !at.is_empty() || !elsewhere.is_empty();
        for (field, sentence) in at {
            match self.fields.at(field) {
                // On an update the currency is told, with no control to put it at.
                Some(control) if self.purpose == Purpose::Create || field != Field::Currency => {
                    control.refuse(sentence)
                }
                _ => elsewhere.push(sentence),
            }
        }
        self.elsewhere.set(elsewhere);
        self.shown.set(named);
        self.saving.set(Saving::Failed(error));
    }

    /// Takes back what the last save showed.
    pub fn rest(self) {
        self.elsewhere.set(Vec::new());
        self.shown.set(false);
        self.saving.set(Saving::Idle);
    }

    /// What would be lost with the page, tracked; `typed` tells whether anything was.
    pub fn risk(self, typed: bool) -> Option<Risk> {
        self.saving.with(|saving| match saving {
            Saving::InFlight => Some(Risk::Saving),
            Saving::Failed(error) if error.outcome() == Outcome::Done => None,
            Saving::Idle | Saving::Failed(_) => typed.then_some(Risk::Changes),
        })
    }

    /// Takes back what the last save showed, and says that one is on its way.
    pub fn begin(self) {
        self.rest();
        self.saving.set(Saving::InFlight);
    }
}

/// The form.
#[component]
pub fn AccountForm(
    /// Its state.
    state: AccountFormState,
    /// What its button says.
    label: &'static str,
    /// Where "Cancel" leads.
    cancel: String,
    /// The currency: chosen or told.
    currency: AnyView,
    /// Checks and saves. Not called while a save is on its way.
    save: Callback<()>,
    /// What stands between the fields and the button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let busy = memo(move |_| state.saving.with(|saving| *saving == Saving::InFlight));
    // What was saved must not be sent again, even when its details could not be read (R1).
    let done = memo(move |_| {
        state.saving.with(|saving| matches!(saving, Saving::Failed(error) if error.outcome() == Outcome::Done))
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() && !done.get_untracked() {
            save.run(());
        }
    };
    let failure = move || match state.saving.get() {
        Saving::Failed(error) => {
            // The summary names the fields and takes the focus itself.
            let focus = !state.shown.get_untracked();
            Some(view! { <FailureNotice error purpose=state.purpose focus /> })
        }
        Saving::Idle | Saving::InFlight => None,
    };
    view! {
        <ErrorSummary controls=state.fields.all() elsewhere=state.elsewhere shown=state.shown />
        {failure}
        <p hidden=move || !done.get()>
            <a class="button" href=cancel.clone()>"See what was saved"</a>
        </p>
        <form
            class="form"
            novalidate
            hidden=move || done.get()
            on:submit=submit
            aria-busy=move || busy.get().then_some("true")
        >
            <AccountFields fields=state.fields currency />
            {children.map(|children| children())}
            <div class="actions">
                <SubmitButton label busy />
                <a class="button" href=cancel>"Cancel"</a>
            </div>
        </form>
    }
}
