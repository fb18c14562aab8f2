//! Deletes a billing account: the user confirms in a dialog by typing its name, and each confirmation sends one
//! request.
//!
//! Without an answer it is unknown whether the account was deleted. This attempt is not stored: a reload fetches the
//! account, which answers the question.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::MouseEvent;

use crate::api::{ApiError, Outcome};
use crate::browser::broadcast::AccountEvent;
use crate::browser::focus::focus_id_later;
use crate::browser::intl;
use crate::context::AppContext;
use crate::domain::{BillingAccount, WorkspaceId};
use crate::form::{FieldError, FieldState, FormLock};
use crate::navigation::leave_guard::{UnsavedState, use_leave_guard};
use crate::pages::billing_accounts::form::draft_storage::store;
use crate::pages::billing_accounts::form::draft_storage::store::storage_key;
use crate::pages::shared::error_messages::Operation;
use crate::pages::shared::error_notice::FailureNotice;
use crate::pages::shared::flash::DeletedFlash;
use crate::route::Route;
use crate::ui::{ChangingText, Countdown, CountdownText, Dialog, InputKind, Notice, TextField, Tone};

/// The key of the confirmation field.
const CONFIRMATION: &str = "confirmation";

/// The state of a deletion.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The dialog asks for confirmation. No request is in flight.
    Confirming,
    /// The request is in flight: further presses have no effect.
    Deleting,
    /// The account was not deleted.
    Rejected(ApiError),
    /// The outcome is unknown.
    Unknown(ApiError),
    /// The check for the account is in flight.
    Checking,
    /// The check failed.
    CheckFailed(ApiError),
    /// The check found that the account still exists.
    StillExists,
}

impl Stage {
    /// Whether a request is in flight.
    const fn is_busy(&self) -> bool {
        matches!(self, Self::Deleting | Self::Checking)
    }

    /// Whether the account must be checked before another deletion.
    const fn must_check(&self) -> bool {
        matches!(self, Self::Unknown(_) | Self::Checking | Self::CheckFailed(_))
    }

    /// The time of the next allowed request (`Retry-After`), in milliseconds since 1970.
    fn retry_at(&self) -> Option<f64> {
        match self {
            Self::Rejected(error) | Self::CheckFailed(error) => error.retry_at(),
            _ => None,
        }
    }
}

/// The controller of a deletion, as a `Copy` handle.
#[derive(Clone, Copy)]
struct Deletion {
    app: AppContext,
    workspace: StoredValue<WorkspaceId>,
    account: StoredValue<BillingAccount>,
    stage: RwSignal<Stage>,
    open: RwSignal<bool>,
}

impl Deletion {
    /// Sends the deletion.
    fn send(self) {
        let (workspace, account) = (self.workspace.get_value(), self.account.get_value());
        let client = self.app.client;
        self.stage.set(Stage::Deleting);
        spawn_local(async move {
            let error = match client.delete_billing_account(&workspace, &account.id).await {
                Ok(()) => return self.on_deleted(&workspace, &account, false),
                Err(error) => error,
            };
            let exists = error.status() != Some(404)
                || client.exists_despite(error.clone(), &workspace, &account.id).await != Ok(false);
            match error.outcome() {
                _ if !exists => self.on_deleted(&workspace, &account, true),
                Outcome::Unknown => self.stage.set(Stage::Unknown(error)),
                Outcome::NotApplied | Outcome::Applied => self.stage.set(Stage::Rejected(error)),
            }
        });
    }

    /// Checks whether the account still exists.
    fn check(self) {
        let (workspace, account) = (self.workspace.get_value(), self.account.get_value());
        self.stage.set(Stage::Checking);
        spawn_local(async move {
            match self.app.client.has_billing_account(&workspace, &account.id).await {
                Ok(true) => {
                    self.stage.set(Stage::StillExists);
                    focus_id_later(CONFIRMATION);
                }
                Ok(false) => self.on_deleted(&workspace, &account, false),
                Err(error) => self.stage.set(Stage::CheckFailed(error)),
            }
        });
    }

    /// Opens the list of accounts after the account was deleted.
    fn on_deleted(self, workspace: &WorkspaceId, account: &BillingAccount, already_deleted: bool) {
        // The stored draft and attempts of the account are obsolete.
        store::remove(self.app.session, &storage_key(workspace, Some(&account.id)));
        self.app
            .account_channel
            .broadcast(&AccountEvent::Deleted(workspace.clone(), account.id.clone()), self.stage.is_disposed());
        // A reply for a disposed page is dropped.
        if !self.stage.is_disposed() {
            self.app.deleted.put(DeletedFlash { name: account.title().to_owned(), already_deleted });
            self.app.navigation.replace(&Route::BillingAccounts(workspace.clone()));
        }
    }

    /// Opens the dialog. An unknown outcome and a retry delay remain; a rejected deletion starts again.
    fn open(self) {
        let is_waiting = |stage: &Stage| stage.retry_at().is_some_and(|until| until > js_sys::Date::now());
        if !self.stage.with_untracked(|stage| stage.must_check() || is_waiting(stage)) {
            self.stage.set(Stage::Confirming);
        }
        self.open.set(true);
    }

    /// Closes the dialog, unless a request is in flight.
    fn close(self) {
        if !self.stage.with_untracked(Stage::is_busy) {
            self.open.set(false);
        }
    }
}

/// The delete button and its dialog.
#[component]
pub fn DeleteAccount(
    /// The app's services.
    app: AppContext,
    /// The workspace of the account.
    workspace: WorkspaceId,
    /// The account.
    account: BillingAccount,
    /// The state of the deletion. It outlives this component, which is rebuilt when the account changes.
    stage: RwSignal<Stage>,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let deletion =
        Deletion { app, workspace: StoredValue::new(workspace), account: StoredValue::new(account), stage, open };
    use_leave_guard(
        app.leave_guard,
        Signal::derive(move || stage.with(|stage| (*stage == Stage::Deleting).then_some(UnsavedState::Deleting))),
    );
    view! {
        <button type="button" class="button button-danger-quiet" aria-haspopup="dialog" on:click=move |_| deletion.open()>
            "Delete"
        </button>
        {move || open.get().then(|| dialog(deletion))}
    }
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
    let check_label = move || if is_checking() { "Checking…" } else { "Check whether it was deleted" }.to_owned();
    let close = move |_: MouseEvent| deletion.close();
    let (title, id) = account.with_value(|account| (account.title().to_owned(), account.id.to_string()));
    view! {
        <Dialog labelled_by="delete-title" cancel=Callback::new(move |()| deletion.close())>
            <h2 id="delete-title">"Delete this billing account?"</h2>
            <p>"This deletes " <strong><bdi>{title}</bdi></strong> ". It cannot be undone."</p>
            <p>
                "The account and its Stripe Customer have one id, " <code>{id}</code>
                ". While a subscription is active, the API refuses to delete it."
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
    let failure = move || match shown_stage.get() {
        Stage::Rejected(error) | Stage::Unknown(error) => Some((error, Operation::Delete)),
        Stage::CheckFailed(error) => Some((error, Operation::Load)),
        _ => None,
    };
    let still_exists = Memo::new(move |_| shown_stage.with(|shown_stage| *shown_stage == Stage::StillExists));
    let check_failed = Memo::new(move |_| shown_stage.with(|shown_stage| matches!(shown_stage, Stage::CheckFailed(_))));
    let still_exists_notice = move || {
        still_exists.get().then(|| {
            view! {
                <Notice tone=Tone::Info title="The account is still there">
                    <p>"It was not deleted. You may delete it again."</p>
                </Notice>
            }
        })
    };
    let check_failed_notice = move || {
        check_failed.get().then(|| {
            view! {
                <Notice tone=Tone::Warning title="It is still not known whether the account was deleted">
                    <p>"The account could not be looked for. Check again."</p>
                </Notice>
            }
        })
    };
    view! {
        <For each=failure key=|(error, _)| error.failed_at.to_bits() let((error, operation))>
            <FailureNotice error operation focus=true />
        </For>
        <div role="status">{still_exists_notice} {check_failed_notice}</div>
    }
    .into_any()
}

/// The confirmation form.
fn form(deletion: Deletion, must_check: Memo<bool>, show_locked: ReadSignal<bool>, countdown: Countdown) -> AnyView {
    let Deletion { stage, account, .. } = deletion;
    let expected = account.with_value(|account| account.delete_confirmation().to_owned());
    let confirms_id = account.with_value(|account| account.id.as_str() == expected);
    let label = if confirms_id { "Type the account’s id to confirm" } else { "Type the account’s name to confirm" };
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
