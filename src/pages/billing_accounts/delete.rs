//! The dialog that deletes a billing account: the user confirms by typing its name, and each confirmation sends one
//! request.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::browser::focus::focus_id_later;
use crate::browser::intl;
use crate::form::{FieldError, FieldState, FormLock};
use crate::navigation::leave_guard::{UnsavedState, use_leave_guard};
use crate::pages::billing_accounts::deletion::{CONFIRMATION, Deletion, Stage};
use crate::pages::shared::error_messages::Operation;
use crate::pages::shared::error_notice::FailureNotice;
use crate::ui::{
    ChangingText, Countdown, CountdownText, Dialog, Icon, IconKind, InputKind, KeyedItem, KeyedList, Notice, TextField,
    Tone, close_menu,
};

/// The button that opens the dialog.
#[component]
pub fn DeleteButton(
    /// The deletion.
    deletion: Deletion,
) -> impl IntoView {
    let open = move |event: MouseEvent| {
        // Before the dialog opens, because it gives the focus back to the element that had it.
        close_menu(&event);
        deletion.open();
    };
    view! {
        <button type="button" class="button button-danger-quiet" aria-haspopup="dialog" on:click=open>
            <Icon kind=IconKind::Delete />
            "Delete"
        </button>
    }
}

/// The dialog, while it is open.
#[component]
pub fn DeleteDialog(
    /// The deletion.
    deletion: Deletion,
) -> impl IntoView {
    let Deletion { app, stage, open, .. } = deletion;
    use_leave_guard(
        app.leave_guard,
        Signal::derive(move || stage.with(|stage| (*stage == Stage::Deleting).then_some(UnsavedState::Deleting))),
    );
    move || open.get().then(|| dialog(deletion))
}

fn dialog(deletion: Deletion) -> AnyView {
    let Deletion { stage, account, .. } = deletion;
    let show_locked = FormLock::provide(move || stage.with(Stage::is_busy));
    let must_check = Memo::new(move |_| stage.with(Stage::must_check));
    let countdown = Countdown::until(Signal::derive(move || stage.with(Stage::retry_at)));
    let is_checking = move || stage.with(|stage| *stage == Stage::Checking);
    let check = move |_: MouseEvent| {
        if !stage.with_untracked(Stage::is_busy) && !countdown.blocks_press() {
            deletion.check();
        }
    };
    let check_label = move || if is_checking() { "Checking…" } else { "Check now" }.to_owned();
    let close = move |_: MouseEvent| deletion.close();
    let (title, id) = account.with_value(|account| (account.title().to_owned(), account.id.to_string()));
    view! {
        <Dialog labelled_by="delete-title" cancel=Callback::new(move |()| deletion.close())>
            <h2 id="delete-title">"Delete this billing account?"</h2>
            <p>"This deletes " <strong><bdi>{title}</bdi></strong> ". You can’t undo this."</p>
            <p>
                "This also deletes the Stripe customer " <code>{id}</code>
                ". You can’t delete an account with an active subscription."
            </p>
            {outcome(stage)}
            <div class="actions" hidden=move || !must_check.get()>
                <button
                    type="button"
                    class="button button-primary"
                    aria-disabled=move || (is_checking() || countdown.is_on()).then_some("true")
                    on:click=check
                >
                    <ChangingText text=Signal::derive(check_label) />
                </button>
                <button type="button" class="button" on:click=close>"Close"</button>
                <CountdownText countdown />
            </div>
            {form(deletion, must_check, show_locked, countdown)}
        </Dialog>
    }
    .into_any()
}

/// The result of the last request. It stays while a check is in flight.
fn outcome(stage: RwSignal<Stage>) -> AnyView {
    let shown_stage = Memo::new(move |previous: Option<&Stage>| match (stage.get(), previous) {
        (Stage::Checking, Some(previous)) => previous.clone(),
        (stage, _) => stage,
    });
    let failure = Callback::new(move |()| {
        let (error, operation) = match shown_stage.get() {
            Stage::Rejected(error) | Stage::Unknown(error) => (error, Operation::Delete),
            Stage::CheckFailed(error) => (error, Operation::Load),
            _ => return Vec::new(),
        };
        let key = error.failed_at.to_bits();
        vec![KeyedItem::new(key, move || view! { <FailureNotice error operation focus=true /> })]
    });
    let still_exists = Memo::new(move |_| shown_stage.with(|shown_stage| *shown_stage == Stage::StillExists));
    let check_failed = Memo::new(move |_| shown_stage.with(|shown_stage| matches!(shown_stage, Stage::CheckFailed(_))));
    let still_exists_notice = move || {
        still_exists.get().then(|| {
            view! {
                <Notice tone=Tone::Info title="The account wasn’t deleted" text="It’s still there. You can delete it again." />
            }
        })
    };
    let check_failed_notice = move || {
        check_failed.get().then(|| {
            view! {
                <Notice tone=Tone::Warning title=Operation::Delete.unknown() text="We couldn’t check. Try again." />
            }
        })
    };
    view! {
        <KeyedList each=failure />
        <div role="status">{still_exists_notice} {check_failed_notice}</div>
    }
    .into_any()
}

/// The confirmation form.
fn form(deletion: Deletion, must_check: Memo<bool>, show_locked: ReadSignal<bool>, countdown: Countdown) -> AnyView {
    let Deletion { stage, account, .. } = deletion;
    let expected = account.with_value(|account| account.delete_confirmation().to_owned());
    let confirms_id = account.with_value(|account| account.id.as_str() == expected);
    let label = if confirms_id { "Type the account’s ID to confirm" } else { "Type the account’s name to confirm" };
    let hint = expected.clone();
    let confirmation = FieldState::new(CONFIRMATION, String::new(), move |input| {
        let differs = intl::as_typed(input) != intl::as_typed(&expected);
        differs.then(|| FieldError { message: format!("Enter “{expected}” to confirm"), excess: None })
    });
    let is_deleting = move || stage.with(|stage| *stage == Stage::Deleting);
    let send_label = move || if is_deleting() { "Deleting…" } else { "Delete billing account" }.to_owned();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if stage.with_untracked(|stage| stage.is_busy() || stage.must_check()) {
            return;
        }
        confirmation.on_submit();
        if untrack(|| confirmation.has_error()) {
            focus_id_later(CONFIRMATION);
        } else if !countdown.blocks_press() {
            deletion.send();
        }
    };
    view! {
        <form class="form" class:form-locked=show_locked novalidate hidden=move || must_check.get() on:submit=submit>
            <TextField field=confirmation label hint kind=InputKind::Text autocomplete="off" max=None />
            <div class="actions">
                <button
                    type="submit"
                    class="button button-danger"
                    aria-disabled=move || (is_deleting() || countdown.is_on()).then_some("true")
                >
                    <ChangingText text=Signal::derive(send_label) />
                </button>
                <button type="button" class="button" on:click=move |_| deletion.close()>"Cancel"</button>
                <CountdownText countdown />
            </div>
        </form>
    }
    .into_any()
}
