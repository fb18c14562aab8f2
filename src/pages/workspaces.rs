//! Choose a workspace: from the list, or by its id, which works when the list does not.

use crate::view::prelude::*;
use leptos::ev::SubmitEvent;

use super::Desk;
use super::load::{Load, Loaded};
use crate::api::wire::Page;
use crate::domain::{Workspace, WorkspaceId};
use crate::route::Route;
use crate::ui::{Control, ErrorSummary, Heading, InputKind, SubmitButton, TextField, Wrong};

/// The page.
#[component]
pub fn Workspaces() -> impl IntoView {
    let list = Desk::here().map(|desk| {
        let load = Load::start(desk, move || desk.client.workspaces());
        view! { <Loaded load what="workspaces" children=Callback::new(|page| list(page).into_any()) /> }
    });
    view! {
        <Heading text="Choose a workspace" />
        {list}
        <ById />
    }
}

fn list(page: Page<Workspace>) -> impl IntoView {
    let empty = page.items.is_empty().then(|| view! { <p>"You are not a member of any workspace."</p> });
    let more = page.has_more.then(|| view! { <p class="quiet">"There are more workspaces than are listed here."</p> });
    let items = page.items.into_iter().map(item).collect_view();
    view! { {empty} <ul class="cards">{items}</ul> {more} }
}

fn item(workspace: Workspace) -> impl IntoView {
    let href = Route::BillingAccounts(workspace.id.clone()).href();
    let mode = workspace.mode.name().to_owned();
    let facts = match (mode.is_empty(), workspace.archived) {
        (true, false) => String::new(),
        (true, true) => "Archived".to_owned(),
        (false, false) => format!("{mode} billing"),
        (false, true) => format!("{mode} billing, archived"),
    };
    view! {
        <li class="card">
            <a class="card-link" href=href><bdi>{workspace.name}</bdi></a>
            <span class="card-facts">{facts} " " <code>{workspace.id.to_string()}</code></span>
        </li>
    }
}

#[component]
fn ById() -> impl IntoView {
    let desk = Desk::here();
    let id = Control::new("workspace", String::new(), |text| {
        let sentence = "Enter a workspace id, like ws_a1b2c3d4e5f6g7h8".to_owned();
        WorkspaceId::parse(text).is_none().then_some(Wrong { sentence, excess: None })
    });
    let shown = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        id.submitted();
        match (WorkspaceId::parse(&id.text_now()), desk) {
            (Some(id), Some(desk)) => desk.navigation.go(&Route::BillingAccounts(id)),
            _ => shown.set(true),
        }
    };
    view! {
        <section class="section" aria-labelledby="by-id">
            <h2 id="by-id">"Open a workspace by its id"</h2>
            <ErrorSummary controls=vec![id] elsewhere=Vec::new() shown />
            <form class="form" novalidate on:submit=submit>
                <TextField control=id label="Workspace id" hint="It begins with ws_." kind=InputKind::Text autocomplete="off" />
                <SubmitButton label="Open workspace" />
            </form>
        </section>
    }
}
