//! The second chunk of the app's code: every page but the create form. The first chunk holds what a new account needs
//! until its save is known to have succeeded or failed, so that this works without another download.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
#[cfg(feature = "split")]
use leptos::wasm_split::wasm_split;

use crate::context::AppContext;
use crate::pages::billing_accounts::detail::Detail;
use crate::pages::billing_accounts::edit::Edit;
use crate::pages::billing_accounts::form::address_rules_table::AddressRulesTable;
use crate::pages::billing_accounts::list::List;
use crate::pages::not_found::NotFound;
use crate::pages::shared::flash_message::FlashMessage;
use crate::pages::workspaces::page::Workspaces;
use crate::route::Route;
use crate::ui::{Heading, Notice, Tone};

/// How long after the start the chunk is prefetched, unless a page needs it earlier. The requests of the first page go
/// first.
const PREFETCH_AFTER: Duration = Duration::from_secs(2);

/// The exports of the chunk.
#[derive(Debug, Clone, Copy)]
struct Exports {
    /// Renders the page of a route.
    render_page: fn(Route) -> AnyView,
    /// The table of postal codes and states, too large for the first chunk.
    address_rules: fn() -> &'static str,
}

/// The entry point of the chunk. The release build moves the code that only this function refers to into a separate
/// file.
#[cfg(feature = "split")]
#[wasm_split(second_chunk, wasm_split_path = leptos::wasm_split, fallible)]
fn second_chunk() -> Result<Exports, SplitLoaderError> {
    Ok(Exports { render_page, address_rules })
}

/// The entry point without code splitting: in tests and during development.
#[cfg(not(feature = "split"))]
async fn second_chunk() -> Result<Exports, SplitLoaderError> {
    Ok(Exports { render_page, address_rules })
}

fn render_page(route: Route) -> AnyView {
    match route {
        // The create form is in the first chunk.
        Route::NewBillingAccount(_) => ().into_any(),
        Route::Workspaces => view! { <Workspaces /> }.into_any(),
        Route::BillingAccounts(workspace) => view! { <List workspace /> }.into_any(),
        Route::BillingAccount(workspace, id) => view! { <Detail workspace id /> }.into_any(),
        Route::EditBillingAccount(workspace, id) => view! { <Edit workspace id /> }.into_any(),
        Route::NotFound(path) => view! { <NotFound path /> }.into_any(),
    }
}

fn address_rules() -> &'static str {
    include_str!("../domain/address_rules.tsv")
}

#[derive(Debug, Clone, Copy)]
enum State {
    NotLoaded,
    Loading,
    Failed,
    Loaded(Exports),
}

/// The state of the second chunk. Provided as a context by the app.
#[derive(Debug, Clone, Copy)]
pub struct SecondChunk(RwSignal<State>);

impl SecondChunk {
    /// Fetches the chunk once the first page has had time to load.
    pub fn prefetch() -> Self {
        let chunk = Self(RwSignal::new(State::NotLoaded));
        set_timeout(move || chunk.load(), PREFETCH_AFTER);
        chunk
    }

    /// The table of postal codes and states, for the form.
    pub fn address_rules(self) -> AddressRulesTable {
        let table = Signal::derive(move || match self.0.get() {
            State::Loaded(exports) => Some((exports.address_rules)()),
            State::NotLoaded | State::Loading | State::Failed => None,
        });
        AddressRulesTable { table, load: Callback::new(move |()| self.load()) }
    }

    /// Fetches the chunk, unless it is loaded or loading. A failed fetch is retried.
    fn load(self) {
        if !matches!(self.0.try_get_untracked(), Some(State::NotLoaded | State::Failed)) {
            return;
        }
        self.0.set(State::Loading);
        spawn_local(async move {
            self.0.set(match second_chunk().await {
                Ok(exports) => State::Loaded(exports),
                Err(_) => State::Failed,
            });
        });
    }
}

/// A page of the second chunk: a skeleton until the chunk is loaded, or an explanation when loading failed.
#[component]
pub fn SecondChunkPage(
    /// The page.
    route: Route,
) -> impl IntoView {
    let chunk = use_context::<SecondChunk>()?;
    chunk.load();
    Some(move || match chunk.0.get() {
        State::Loaded(exports) => (exports.render_page)(route.clone()),
        State::Failed => view! { <NotLoaded chunk /> }.into_any(),
        State::NotLoaded | State::Loading => view! {
            <div class="loading" role="status">
                <span class="visually-hidden">"Loading…"</span>
                <span class="bone" aria-hidden="true"></span>
                <span class="bone" aria-hidden="true"></span>
            </div>
        }
        .into_any(),
    })
}

/// Says that the chunk could not be loaded. After a new deployment its file may be gone: only a reload helps then.
#[component]
fn NotLoaded(chunk: SecondChunk) -> impl IntoView {
    let reload = |_| {
        // Fails only for a page that is being unloaded.
        _ = location().reload();
    };
    // The flash of a save, for the page that cannot be shown. It is peeked at and not taken, so that the page announces
    // it again once it is loaded.
    let saved = use_context::<AppContext>().and_then(|app| app.flash.peek());
    view! {
        <Heading text="This page couldn’t be loaded" />
        <FlashMessage message=saved.map(|saved| (saved.text, saved.notes)) />
        <div role="alert">
            <Notice
                tone=Tone::Error
                title="Part of the app is missing"
                text="Check your connection and try again. If that doesn’t help, reload: the app may have been updated."
            >
                <div class="actions">
                    <button type="button" class="button button-primary" on:click=move |_| chunk.load()>"Try again"</button>
                    <button type="button" class="button" on:click=reload>"Reload"</button>
                </div>
            </Notice>
        </div>
    }
}
