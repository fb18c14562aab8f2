//! The page that creates a billing account.

use leptos::prelude::*;

use crate::context::use_app;
use crate::domain::text::trim;
use crate::domain::{Draft, Field, WorkspaceId};
use crate::navigation::leave_guard::use_leave_guard;
use crate::pages::billing_accounts::create_controller::CreateController;
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::account_form::AccountForm;
use crate::pages::billing_accounts::form::capacity::CapacityNotice;
use crate::pages::billing_accounts::form::currency_section::CurrencySection;
use crate::pages::billing_accounts::form::draft_restored::DraftRestoredNotice;
use crate::pages::billing_accounts::form::draft_set_aside::DraftSetAsideNotice;
use crate::pages::billing_accounts::form::draft_storage::store::{self, DraftStore};
use crate::pages::billing_accounts::form::duplicates::{Duplicates, DuplicatesNotice, NoDuplicates};
use crate::pages::billing_accounts::form::prefill::{self, Prefill};
use crate::pages::billing_accounts::form::preview::Preview;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::billing_accounts::form::workspace_accounts::WorkspaceAccounts;
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::error_messages::Operation;
use crate::pages::shared::flash::ViewOnlyFlash;
use crate::pages::shared::read_only::{ReadOnlyWarning, hide_form, is_viewer, redirect_viewer};
use crate::route::Route;
use crate::session::sign_in::SignIn;
use crate::ui::live_region::LiveRegion;
use crate::ui::{Heading, Notice, Tone};

/// The reason why a duplicate was not applied: an earlier save has no answer.
const UNANSWERED: &str = "An earlier save got no response yet. Check it below first, then duplicate the account again.";
/// The reason why a duplicate was not applied: two drafts are stored.
const TWO_DRAFTS: &str = "You already have two drafts here. Save or discard one, then duplicate the account again.";

/// The page.
#[component]
pub fn Create(
    /// The workspace of the new account.
    workspace: WorkspaceId,
) -> impl IntoView {
    let app = use_app()?;
    let read_only = is_viewer(app.client, app.session, app.current_workspace, &workspace);
    let workspace_accounts = WorkspaceAccounts::load(app, &workspace);
    let hide_form = hide_form(app.leave_guard, read_only);
    let list = Route::BillingAccounts(workspace.clone());
    redirect_viewer(app.navigation, hide_form, app.view_only, ViewOnlyFlash::New, list);
    let key = store::storage_key(&workspace, None);
    let mut stored = store::load(app.session, &key);
    let is_unanswered = !stored.attempts.is_empty();
    let (duplicate, rejection) = match app.prefill.take() {
        // An unanswered save has precedence over a duplicate.
        Some(_) if is_unanswered => (None, Some(UNANSWERED)),
        Some(_) if !stored.draft.is_empty() && !stored.set_aside.is_empty() => (None, Some(TWO_DRAFTS)),
        duplicate => (duplicate, None),
    };
    let is_copy = duplicate.is_some();
    let copied_name = duplicate.as_ref().map(|draft| trim(draft.get(Field::Name)).to_owned()).unwrap_or_default();
    if let Some(duplicate) = duplicate {
        let replaced = std::mem::replace(&mut stored.draft, duplicate);
        if !replaced.is_empty() {
            stored.set_aside = replaced;
        }
    }
    let is_restored = !is_copy && !is_unanswered && !stored.draft.is_empty();
    let fields = AccountFields::new(&stored.draft);
    let draft_store = DraftStore::start(app.session, key, Some(fields), stored);
    let form = AccountFormState::new(fields, Operation::Create, draft_store);
    // A link fills in only an empty form, so that it never overwrites the user's input.
    let is_fresh = !is_unanswered && !is_restored;
    let from_link = prefill::notice(app.navigation.take_query(Prefill::read), is_fresh && !is_copy, form);
    // The values of a duplicate or a link are not user input; a restored draft is.
    let initial = if is_fresh { fields.draft_untracked() } else { Draft::default() };
    let has_input = Memo::new(move |_| !fields.equals(&initial) || draft_store.set_aside().is_some());
    use_leave_guard(app.leave_guard, Signal::derive(move || form.unsaved_state(has_input.get())));
    if let Some(sign_in) = use_context::<SignIn>() {
        sign_in.before_leaving(Callback::new(move |()| draft_store.keep_draft()));
    }
    let switched = RwSignal::new(false);
    let accounts = Signal::derive(move || workspace_accounts.accounts.with(|page| page.items.clone()));
    // Of an incomplete list nothing is counted.
    let all_accounts = Signal::derive(move || {
        workspace_accounts.accounts.with(|page| (!page.has_more).then(|| page.items.clone())).flatten()
    });
    let progress = Signal::derive(move || {
        let text = if !has_input.get() {
            ""
        } else if draft_store.is_persisted() {
            "Draft saved"
        } else {
            "Draft not saved"
        };
        text.to_owned()
    });
    let message = LiveRegion::new();
    let controller = CreateController::new(app, workspace.clone(), form, workspace_accounts);
    let cancel = Route::BillingAccounts(workspace.clone()).href();
    let back = cancel.clone();
    let body = {
        let workspace = workspace.clone();
        move || {
            if hide_form.get() {
                return ().into_any();
            }
            let duplicates = Duplicates::watch(fields, accounts, is_copy);
            let workspace = workspace.clone();
            view! {
                <AccountForm
                    state=form
                    label="Create billing account"
                    cancel=cancel.clone()
                    accounts
                    currency=view! { <CurrencySection fields accounts=all_accounts /> }.into_any()
                    save=Callback::new(move |()| controller.save())
                    check=Callback::new(move |()| controller.check())
                    accept=Callback::new(move |account| controller.accept(account))
                    progress
                    message
                    payload=Callback::new(move |()| controller.copy_payload())
                >
                    <Preview fields>
                        <NoDuplicates duplicates are_accounts_known=Signal::derive(move || accounts.with(Option::is_some)) />
                    </Preview>
                    <DuplicatesNotice duplicates workspace />
                </AccountForm>
            }
            .into_any()
        }
    };
    Some(view! {
        <p class="back"><a href=back>"Billing accounts"</a></p>
        <Heading text="New billing account" />
        <ArchivedNotice current_workspace=app.current_workspace />
        <CapacityNotice
            workspace
            capacity=workspace_accounts.capacity
            on_limit_reached=Callback::new(move |()| workspace_accounts.accounts.revalidate())
            saving=form.saving
        />
        {rejection.map(|reason| view! {
            <Notice tone=Tone::Info title="Account not copied" text=reason />
        })}
        {move || (is_copy && !switched.get()).then(|| view! { <DuplicatedNotice name=copied_name.clone() /> })}
        <DraftSetAsideNotice state=form switched />
        {from_link}
        {is_restored.then(|| view! { <DraftRestoredNotice state=form /> })}
        <ReadOnlyWarning read_only hide_form />
        {body}
    })
}

/// The notice that the form starts with the values of another account.
#[component]
fn DuplicatedNotice(name: String) -> impl IntoView {
    let title = if name.is_empty() { "Copied from another account".to_owned() } else { format!("Copied from {name}") };
    view! {
        <Notice tone=Tone::Info title text="Choose a currency. The original isn’t changed." />
    }
}
