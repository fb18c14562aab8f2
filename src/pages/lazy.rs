//! The gates to the part of the app that comes later ([`crate::ui::lazy`]): what only these functions lead to is not
//! loaded with the page for a new account. Each is a call and no more.

use super::Desk;
use super::billing_accounts::copy_as::{self, Copied};
use super::billing_accounts::create::{self, Creating};
use super::billing_accounts::detail::Detail;
use super::billing_accounts::duplicates::{Duplicates, DuplicatesNotice};
use super::billing_accounts::edit::Edit;
use super::billing_accounts::fields::Fields;
use super::billing_accounts::form_state::AccountFormState;
use super::billing_accounts::list::List;
use super::billing_accounts::neighbours::Neighbours;
use super::billing_accounts::outcome::SaveOutcome;
use super::billing_accounts::prefill;
use super::billing_accounts::restored::Restored;
use super::billing_accounts::room;
use super::leaving::LeaveQuestion;
use super::not_found::NotFound;
use super::role::{self, OnlyLooking};
use super::session_end::{self, Near};
use super::sign_in::{SignInDialog, SignInPage};
use super::workspaces::Workspaces;
use crate::domain::address_format::AddressFormat;
use crate::domain::{BillingAccount, WorkspaceId};
use crate::route::Route;
use crate::session::Session;
use crate::session::token::Claims;
use crate::ui::lazy::{Ready, apart};
use crate::view::prelude::*;

/// A page. That of a new account does not come later.
#[inline(never)]
pub fn page(_: Ready, route: Route) -> AnyView {
    match route {
        Route::NewBillingAccount(_) => ().into_any(),
        Route::Workspaces => apart(|| view! { <Workspaces /> }),
        Route::BillingAccounts(workspace) => apart(|| view! { <List workspace /> }),
        Route::BillingAccount(workspace, id) => apart(|| view! { <Detail workspace id /> }),
        Route::EditBillingAccount(workspace, id) => apart(|| view! { <Edit workspace id /> }),
        Route::NotFound(path) => apart(|| view! { <NotFound path /> }),
    }
}

/// The page that asks who you are.
#[inline(never)]
pub fn sign_in_page(_: Ready) -> AnyView {
    view! { <SignInPage /> }
}

/// The dialog that asks again.
#[inline(never)]
pub fn sign_in_dialog(_: Ready) -> AnyView {
    view! { <SignInDialog /> }
}

/// The question before a page is left.
#[inline(never)]
pub fn leave_dialog(_: Ready, desk: Desk) -> AnyView {
    view! { <LeaveQuestion desk /> }
}

/// Says that the session ends.
#[inline(never)]
pub fn session_ends(_: Ready, session: Session, near: Near) -> AnyView {
    session_end::ending(session, near)
}

/// Says that somebody else has signed in.
#[inline(never)]
pub fn user_replaced(_: Ready, before: &Claims, now: &Claims) -> AnyView {
    session_end::replaced(before, now)
}

/// Why there is no form.
#[inline(never)]
pub fn only_looking(_: Ready) -> AnyView {
    view! { <OnlyLooking /> }
}

/// Why a form that stays will be refused.
#[inline(never)]
pub fn refused_role(_: Ready) -> AnyView {
    role::refused()
}

/// Says that there is no room for another account.
#[inline(never)]
pub fn full(_: Ready, workspace: &WorkspaceId, neighbours: Neighbours) -> AnyView {
    room::full(workspace, neighbours)
}

/// Says that a draft was restored.
#[inline(never)]
pub fn restored(_: Ready, state: AccountFormState) -> AnyView {
    view! { <Restored state /> }
}

/// Accounts that are like the one that is typed.
#[inline(never)]
pub fn duplicates(
    _: Ready,
    fields: Fields,
    accounts: Signal<Option<Vec<BillingAccount>>>,
    is_copy: bool,
    workspace: WorkspaceId,
) -> AnyView {
    let duplicates = Duplicates::watch(fields, accounts, is_copy);
    view! { <DuplicatesNotice duplicates workspace /> }
}

/// What became of the saves of a form.
#[inline(never)]
pub fn save_outcome(_: Ready, state: AccountFormState, check: Callback<()>, save: Callback<()>) -> AnyView {
    view! { <SaveOutcome state check save /> }
}

/// Sends a new account.
#[inline(never)]
pub fn create(_: Ready, creating: Creating) {
    creating.send();
}

/// Looks for an account that may have been created.
#[inline(never)]
pub fn check_created(_: Ready, creating: Creating) {
    creating.check();
}

/// The request for a new account, to be copied.
#[inline(never)]
pub fn request(_: Ready, creating: Creating) -> Result<Copied, &'static str> {
    creating.request()
}

/// Copies what there is to copy.
#[inline(never)]
pub fn copy(_: Ready, copied: Result<Copied, &'static str>, is_curl: bool, said: RwSignal<&'static str>) {
    copy_as::copy(copied, is_curl, said);
}

/// Says that a form begins with another account.
#[inline(never)]
pub fn filled_in(_: Ready) -> AnyView {
    create::filled_in()
}

/// Says what came of a link that fills in a form; `left_out` is nothing when it was not used.
#[inline(never)]
pub fn linked(_: Ready, left_out: Option<&[String]>) -> AnyView {
    left_out.map_or_else(prefill::not_used, prefill::used)
}

/// How a country writes addresses.
#[inline(never)]
pub fn address_format(_: Ready, country: &str) -> AddressFormat {
    AddressFormat::of(country)
}
