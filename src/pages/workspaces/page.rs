//! The page to choose a workspace: from a list with a search, or by its ID when the list fails or is incomplete.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::api::wire::ListPage;
use crate::browser::intl;
use crate::context::{AppContext, use_app};
use crate::domain::{Workspace, WorkspaceId};
use crate::form::{FieldError, FieldState};
use crate::pages::shared::query::QueryView;
use crate::pages::shared::recent_workspaces;
use crate::pages::shared::workspace_labels::limit_label;
use crate::pages::workspaces::search::{Group, SearchResults, WorkspaceSearch};
use crate::route::Route;
use crate::ui::debounced_text::debounced_text;
use crate::ui::{ChangingText, ErrorSummary, Heading, InputKind, SubmitButton, TextField};

/// The page.
#[component]
pub fn Workspaces() -> impl IntoView {
    let list = use_app().map(|app| {
        let query = app.query(move || app.client.workspaces());
        view! { <QueryView query name="workspaces" children=Callback::new(move |page| workspace_list(app, page)) /> }
    });
    view! {
        <Heading text="Choose a workspace" />
        {list}
        <ById />
    }
}

/// The list of workspaces, with its search.
fn workspace_list(app: AppContext, page: ListPage<Workspace>) -> AnyView {
    if page.items.is_empty() {
        return view! { <p>"You’re not a member of any workspace yet. Ask an owner to invite you."</p> }.into_any();
    }
    let recent = app.session.user_untracked().map(|user| recent_workspaces::load(&user.claims)).unwrap_or_default();
    let mut items = page.items;
    if page.has_more {
        // The list is incomplete: a workspace that was opened by its ID may be missing.
        for id in &recent {
            if items.iter().all(|item| item.id != *id) {
                items.push(Workspace::placeholder(id.clone()));
            }
        }
    }
    let search = WorkspaceSearch::new(items, &recent, intl::normalize_for_search);
    let total = search.len();
    let search = StoredValue::new(search);
    let query = RwSignal::new(String::new());
    let results = Memo::new(move |_| query.with(|query| search.with_value(|search| search.find(query))));
    let is_filtered = Memo::new(move |_| query.with(|query| !query.trim().is_empty()));
    let text = move || results.with(|results| results_text(results, total, is_filtered.get()));
    let announcement = debounced_text(text);
    let single_match = move || match (is_filtered.get_untracked(), results.get_untracked().shown.as_slice()) {
        (true, [(_, only)]) => Some(Route::BillingAccounts(only.id.clone())),
        _ => None,
    };
    let open_single_match = move |event: KeyboardEvent| {
        if let (true, Some(route)) = (event.key() == "Enter" && !event.is_composing(), single_match()) {
            event.prevent_default();
            app.navigation.go(&route);
        }
    };
    let filter = (total > 1).then(|| {
        view! {
            <div class="field filter">
                <label for="filter">"Search workspaces"</label>
                <input
                    id="filter"
                    type="search"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    dir="auto"
                    aria-describedby="filter-found"
                    on:input=move |event| query.set(event_target_value(&event))
                    on:keydown=open_single_match
                />
            </div>
        }
    });
    let groups = move || results.with(|results| Group::ALL.map(|group| section(results, group)).collect_view());
    let more_hint =
        page.has_more.then(|| view! { <p class="quiet">"Not all workspaces are listed. Open the others by ID."</p> });
    view! {
        {filter}
        <p class="quiet filter-found" id="filter-found"><ChangingText text=Signal::derive(text) /></p>
        <div class="visually-hidden" aria-live="polite"><ChangingText text=announcement /></div>
        {groups}
        {more_hint}
    }
    .into_any()
}

/// The result count of the search; empty when every workspace is shown.
fn results_text(results: &SearchResults, total: usize, is_filtered: bool) -> String {
    let shown = intl::number(results.shown.len());
    match (results.count, is_filtered) {
        (0, _) => "No workspaces match. Try a shorter name, or enter its ID below.".to_owned(),
        (1, true) => format!("1 of {} workspaces. Press Enter to open", intl::number(total)),
        (count, true) if count > results.shown.len() => {
            format!("{shown} of {} matches. Type more to narrow", intl::number(count))
        }
        (count, true) => format!("{} of {} workspaces", intl::number(count), intl::number(total)),
        (count, false) if count > results.shown.len() => {
            format!("{shown} of {} workspaces. Type to narrow", intl::number(count))
        }
        (_, false) => String::new(),
    }
}

fn section(results: &SearchResults, group: Group) -> Option<AnyView> {
    let cards: Vec<_> = results
        .shown
        .iter()
        .filter(|(item_group, _)| *item_group == group)
        .map(|(_, workspace)| card(workspace))
        .collect();
    if cards.is_empty() {
        return None;
    }
    // The group of other workspaces needs a heading only next to another group.
    let is_only_group = results.shown.iter().all(|(item_group, _)| *item_group == group);
    let name = match group {
        Group::Recent => Some("Recent"),
        Group::Other => (!is_only_group).then_some("Other workspaces"),
        Group::Archived => Some("Archived"),
    };
    let heading = name.map(|name| view! { <h2>{name}</h2> });
    Some(view! { <div class="group">{heading} <ul class="cards">{cards}</ul></div> }.into_any())
}

fn card(workspace: &Workspace) -> AnyView {
    let href = Route::BillingAccounts(workspace.id.clone()).href();
    view! {
        // Names are data: a machine translation would change them.
        <li class="card" translate="no">
            <a class="card-link" href=href><bdi>{workspace.name.clone()}</bdi></a>
            <span class="card-facts">{limit_label(&workspace.mode)} " " <code>{workspace.id.to_string()}</code></span>
        </li>
    }
    .into_any()
}

#[component]
fn ById() -> impl IntoView {
    let app = use_app();
    let id = FieldState::new("workspace", String::new(), |text| {
        let message = "Enter a workspace ID, like ws_a1b2c3d4".to_owned();
        WorkspaceId::parse(text).is_none().then_some(FieldError { message, excess: None })
    });
    let show_summary = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        id.on_submit();
        match (WorkspaceId::parse(&id.text_untracked()), app) {
            (Some(id), Some(app)) => app.navigation.go(&Route::BillingAccounts(id)),
            _ => show_summary.set(true),
        }
    };
    view! {
        <section class="section" aria-labelledby="by-id">
            <h2 id="by-id">"Open a workspace by ID"</h2>
            <ErrorSummary controls=vec![id] general_errors=Vec::new() shown=show_summary />
            <form class="form" novalidate on:submit=submit>
                <TextField field=id label="Workspace ID" hint="For example, ws_a1b2c3d4" kind=InputKind::Text autocomplete="off" />
                <SubmitButton label="Open workspace" />
            </form>
        </section>
    }
}
