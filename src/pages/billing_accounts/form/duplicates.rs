//! Warns about duplicates while the user types: accounts of the workspace with the same name or email. It never blocks
//! a save, and is silent without the list of accounts.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::duplicates::{DuplicateCandidate, DuplicateKey, MatchKind, find_duplicates};
use crate::domain::{BillingAccount, Field, WorkspaceId};
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::route::Route;
use crate::ui::{Icon, IconKind, KeyedItem, KeyedList};

/// The debounce delay of the duplicate check. The check does not run on blur: the notice would move the button while
/// the user clicks it on a narrow screen.
const DUPLICATE_CHECK_DELAY: Duration = Duration::from_millis(600);

/// The duplicates of the draft, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct Duplicates {
    fields: AccountFields,
    /// The name and email of the last check.
    checked: RwSignal<Option<DuplicateKey>>,
    candidates: Memo<Vec<DuplicateCandidate>>,
}

impl Duplicates {
    /// Watches the fields and searches `accounts`, which is `None` until they are loaded. With `is_copy`, the initial
    /// values of the fields are not checked: a duplicate that the user asked for needs no warning.
    pub fn watch(fields: AccountFields, accounts: Signal<Option<Vec<BillingAccount>>>, is_copy: bool) -> Self {
        let initial_key = is_copy.then(|| current_key(fields));
        let checked = RwSignal::new(initial_key.clone());
        let candidates = Memo::new(move |_| {
            let checked = checked.get().filter(|checked| Some(checked) != initial_key.as_ref());
            let search =
                |accounts: &Vec<_>| checked.map(|key| find_duplicates(&key, accounts, intl::normalize_for_search));
            accounts.with(|accounts| accounts.as_ref().and_then(search)).unwrap_or_default()
        });
        let duplicates = Self { fields, checked, candidates };
        let mut check_later = debounce(DUPLICATE_CHECK_DELAY, move |()| duplicates.check());
        Effect::new(move |_| {
            for field in [Field::Name, Field::Email] {
                fields.field(field).with_text(|_| ());
            }
            check_later(());
        });
        duplicates
    }

    /// Checks the current draft.
    fn check(self) {
        let key = Some(current_key(self.fields));
        if self.checked.with_untracked(|checked| *checked != key) {
            self.checked.set(key);
        }
    }
}

fn current_key(fields: AccountFields) -> DuplicateKey {
    let draft = fields.draft_untracked();
    DuplicateKey::of(draft.get(Field::Name), draft.get(Field::Email), intl::normalize_for_search)
}

/// The item of the checklist while no account resembles the draft. Nothing is said before the accounts and the draft are
/// known.
#[component]
pub fn NoDuplicates(
    /// The duplicates.
    duplicates: Duplicates,
    /// Whether the accounts of the workspace are known.
    #[prop(into)]
    are_accounts_known: Signal<bool>,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| {
        let is_checked = duplicates.checked.with(|key| key.as_ref().is_some_and(|key| !key.is_empty()));
        is_checked && are_accounts_known.get() && duplicates.candidates.with(Vec::is_empty)
    });
    move || {
        is_shown.get().then(|| {
            view! {
                <ul class="checklist">
                    <li>
                        <span class="is-ready"><Icon kind=IconKind::Check /></span>
                        <span>"No similar account in this workspace"</span>
                    </li>
                </ul>
            }
        })
    }
}

/// The notice, beside the form: it moves no field while the user types.
#[component]
pub fn DuplicatesNotice(
    /// The duplicates.
    duplicates: Duplicates,
    /// The workspace of the accounts.
    workspace: WorkspaceId,
) -> impl IntoView {
    let candidates = duplicates.candidates;
    let item = |workspace: &WorkspaceId, candidate: DuplicateCandidate| {
        let href = Route::BillingAccount(workspace.clone(), candidate.id).href();
        let match_kind = match candidate.match_kind {
            MatchKind::Name => " has nearly the same name. ",
            MatchKind::Email => " uses the same email. ",
            MatchKind::Both => ": same email, nearly the same name. ",
        };
        let title = candidate.title;
        view! {
            <li>
                <strong><bdi>{title.clone()}</bdi></strong> {match_kind}
                <a href=href>"View account" <span class="visually-hidden">" " {title}</span></a>
            </li>
        }
    };
    let items = Callback::new(move |()| {
        let item = |candidate: DuplicateCandidate| {
            let workspace = workspace.clone();
            KeyedItem::new(candidate.clone(), move || item(&workspace, candidate))
        };
        candidates.get().into_iter().map(item).collect()
    });
    view! {
        <div role="status">
            <Show when=move || candidates.with(|candidates| !candidates.is_empty())>
                <div class="notice notice-warning" id="duplicates">
                    <h2 class="notice-title">"Possible duplicate"</h2>
                    <ul class="notice-list">
                        <KeyedList each=items />
                    </ul>
                </div>
            </Show>
        </div>
    }
}
