//! The accounts of a list that an unanswered create may have made, and the result of the search for them.

use leptos::prelude::*;

use crate::api::wire::ListPage;
use crate::browser::intl;
use crate::domain::save_attempt::AttemptMatch;
use crate::domain::{BillingAccount, BillingAccountId, Field, SaveAttempt, WorkspaceId};
use crate::route::Route;

/// A search of a workspace's accounts for those that unanswered attempts may have created.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    workspace: WorkspaceId,
    /// Accounts that may be the user's, in the order of the list.
    candidates: Vec<Candidate>,
    /// Accounts of the same name and email that existed before.
    existed_before: Vec<BillingAccount>,
    /// Whether every account of the workspace was searched.
    is_complete: bool,
}

/// An account that may be the user's.
#[derive(Debug, Clone, PartialEq)]
struct Candidate {
    account: BillingAccount,
    /// Whether it is new and holds every field that was sent.
    is_match: bool,
    /// The fields in which it differs from what was sent.
    differing: Vec<Field>,
}

impl Search {
    /// Compares each account of a list with every attempt.
    pub fn of(workspace: WorkspaceId, attempts: &[SaveAttempt], list: ListPage<BillingAccount>) -> Self {
        let (mut candidates, mut existed_before) = (Vec::new(), Vec::new());
        for account in list.items {
            match attempts.iter().map(|attempt| attempt.match_account(&account)).max() {
                Some(attempt_match @ (AttemptMatch::Match | AttemptMatch::MayBeYours)) => {
                    let differing = attempts.iter().map(|attempt| attempt.differing(&account).collect::<Vec<_>>());
                    let differing = differing.min_by_key(Vec::len).unwrap_or_default();
                    candidates.push(Candidate { is_match: attempt_match == AttemptMatch::Match, differing, account });
                }
                Some(AttemptMatch::ExistedBefore) => existed_before.push(account),
                Some(AttemptMatch::NoMatch) | None => {}
            }
        }
        Self { workspace, candidates, existed_before, is_complete: !list.has_more }
    }

    /// The account that was created, if that is certain: the only new one with every field that was sent.
    pub fn certain(&self) -> Option<&BillingAccount> {
        let mut matches = self.candidates.iter().filter(|candidate| candidate.is_match);
        matches.next().filter(|_| matches.next().is_none()).map(|candidate| &candidate.account)
    }

    /// Whether an account may be the user's.
    pub fn has_candidates(&self) -> bool {
        !self.candidates.is_empty()
    }

    /// The notes about the other candidates after an account was accepted, one sentence each.
    pub fn notes(&self, created: &BillingAccountId) -> Vec<String> {
        let others = self.candidates.iter().map(|candidate| &candidate.account).filter(|other| other.id != *created);
        others.map(|other| format!("Another account may be yours too: {}, {}.", other.title(), other.id)).collect()
    }
}

/// The result of a search that did not find the created account with certainty.
#[component]
pub fn SearchResult(
    /// The search.
    search: Search,
    /// Opens an account that the user accepts as the one that was created.
    accept: Option<Callback<BillingAccount>>,
) -> impl IntoView {
    let Search { workspace, candidates, existed_before, is_complete } = search;
    let text = match candidates.len() {
        0 => {
            "It isn’t in the list of accounts yet, and may still appear. Creating it again now could make a duplicate."
        }
        1 => {
            "This account may be yours: it has the same name and email. Open it to compare. Creating it again could \
             make a duplicate."
        }
        _ => {
            "These accounts may be yours: they have the same name and email. Open them to compare. Creating it again \
             could make a duplicate."
        }
    };
    let candidates = candidates.into_iter().map(|candidate| candidate_view(&workspace, candidate, accept));
    let candidates = candidates.collect_view();
    let existed_before_view = (!existed_before.is_empty()).then(|| {
        let items = existed_before.iter().map(|account| view! { <li>{link(&workspace, account)}</li> }).collect_view();
        view! {
            <p>"These have the same name and email, but existed before:"</p>
            <ul class="notice-list">{items}</ul>
        }
    });
    let incomplete = (!is_complete).then(|| {
        view! { <p>"The list of billing accounts is incomplete, so the account may exist without being found."</p> }
    });
    view! {
        <p>{text}</p>
        <ul class="notice-list">{candidates}</ul>
        {existed_before_view}
        {incomplete}
    }
}

fn candidate_view(
    workspace: &WorkspaceId,
    candidate: Candidate,
    accept: Option<Callback<BillingAccount>>,
) -> impl IntoView + use<> {
    let Candidate { account, differing, .. } = candidate;
    let link = link(workspace, &account);
    let labels: Vec<_> = differing.into_iter().map(Field::label).collect();
    let differing = (!labels.is_empty()).then(|| format!(" Different: {}. ", labels.join(", ")));
    let name = format!(": {}, {}", account.title(), account.id);
    let button = accept.map(|accept| {
        view! {
            <button type="button" class="button button-small" on:click=move |_| accept.run(account.clone())>
                "This is it" <span class="visually-hidden">{name}</span>
            </button>
        }
    });
    view! { <li>{link} " " {differing} {button}</li> }
}

/// A link to an account, with its name and date.
pub fn link(workspace: &WorkspaceId, account: &BillingAccount) -> impl IntoView + use<> {
    let href = Route::BillingAccount(workspace.clone(), account.id.clone()).href();
    let name = account.title();
    let created = account.created_at.as_deref().and_then(intl::date_time);
    let text = created.map_or_else(|| name.to_owned(), |date| format!("{name}, created {date}"));
    view! { <a href=href><bdi>{text}</bdi></a> }
}
