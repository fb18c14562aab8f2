//! The shell: header, session, routes. Wires everything to everything.

use crate::view::prelude::*;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::client::{self, Client};
use crate::api::endpoint::{Base, DEFAULT_BASE};
use crate::api::transport::{self, Send};
use crate::navigation::Navigation;
use crate::pages::Desk;
use crate::pages::billing_accounts::create::Create;
use crate::pages::handover::Handover;
use crate::pages::lazy;
use crate::pages::leaving::{LeaveDialog, Leaving};
use crate::pages::place::Place;
use crate::pages::session_end::SessionEnd;
use crate::pages::session_left::SessionLeft;
use crate::route::Route;
use crate::session::{Session, State};
use crate::tabs::Tabs;
use crate::ui::lazy::Lazy;
use crate::ui::press::keep_presses;
use crate::ui::{Heading, Title};
use crate::view::mount;

/// The product's name, in every title.
const PRODUCT: &str = "Altostrat Billing";

/// Starts the app in place of the skeleton of `index.html`.
pub fn start() {
    let place = document().get_element_by_id("app").and_then(|place| place.dyn_into::<HtmlElement>().ok());
    if let Some(place) = place {
        place.set_text_content(None);
        mount_to_page(place);
    }
}

/// Mounts the app with the browser's own `fetch`, for as long as the page lives.
fn mount_to_page(place: HtmlElement) {
    mount(&place, || view! { <App send=transport::fetch /> }).forget();
}

/// The whole app.
#[component]
pub fn App(
    /// What sends its requests: the browser's `fetch`, or a test's stand-in.
    send: Send,
) -> impl IntoView {
    let configured = client::base_of_page().unwrap_or_else(|| DEFAULT_BASE.to_owned());
    match Base::parse(&configured) {
        Ok(base) => view! { <Shell send base /> }.into_any(),
        Err(unsafe_base) => view! {
            <main id="main" class="main">
                <Heading text="Not set up" />
                <p>{unsafe_base.to_string()}</p>
            </main>
        }
        .into_any(),
    }
}

#[component]
fn Shell(send: Send, base: Base) -> impl IntoView {
    let lazy = Lazy::start();
    // Whoever has filled in one field goes on to the next: there is time to load the rest.
    let filled_in = window_event_listener(ev::change, move |_| lazy.want());
    on_cleanup(move || filled_in.remove());
    let session = Session::restored(js_sys::Date::now());
    let navigation = Navigation::start();
    let leaving = Leaving::start(navigation, session);
    keep_presses();
    let client = Client::new(send, base, session);
    let desk = Desk {
        client,
        session,
        navigation,
        leaving,
        place: Place::start(client, session, navigation),
        tabs: Tabs::start(),
        flash: Handover::new(),
        deleted: Handover::new(),
        prefill: Handover::new(),
    };
    provide_context(desk);
    provide_context(Title::start(PRODUCT));
    // A page outlives the end of its session: what was typed stays, under the dialog.
    let has_page = memo(move || session.state() != State::SignedOut);
    let is_asking = memo(move || session.is_asking());
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <Header session leaving place=desk.place />
        <main id="main" class="main" tabindex="-1">
            <SessionEnd />
            {move || if has_page.get() { page(lazy, navigation.route()) } else { lazy.page(lazy::sign_in_page) }}
        </main>
        <LeaveDialog />
        {move || is_asking.get().then(|| lazy.part(lazy::sign_in_dialog))}
    }
}

fn page(lazy: Lazy, route: Route) -> AnyView {
    match route {
        Route::NewBillingAccount(workspace) => view! { <Create workspace /> }.into_any(),
        _ => lazy.page(move |ready| lazy::page(ready, route.clone())),
    }
}

/// The same bar as in `index.html`, so that nothing moves when the app starts.
#[component]
fn Header(session: Session, leaving: Leaving, place: Place) -> impl IntoView {
    let is_signed_in = memo(move || session.state() != State::SignedOut);
    // A page that is left for another in the same workspace changes nothing here.
    let name = memo(move || place.name().filter(|_| is_signed_in.get()));
    let here = move || {
        let name = name.get()?;
        Some(view! {
            <p class="top-place">
                <span class="visually-hidden">"Workspace: "</span>
                <bdi class="top-name" title=name.clone()>{name.clone()}</bdi>
                <a href="/">"Switch" <span class="visually-hidden">" workspace"</span></a>
            </p>
        })
    };
    let user = move || {
        session.user().map(|user| {
            let left = user.claims.ends_at.map(|end| view! { " " <span class="top-left"><SessionLeft end /></span> });
            view! {
                <p class="top-user">
                    <span class="visually-hidden">"Signed in as "</span>
                    <strong><bdi>{user.claims.who().to_owned()}</bdi></strong>
                    {left}
                </p>
                <button type="button" class="button button-small" on:click=move |_| leaving.sign_out()>"Sign out"</button>
            }
        })
    };
    view! {
        <header class="top">
            <a class="brand" href="/">"Altostrat " <span>"Billing"</span></a>
            {here}
            {user}
        </header>
    }
}
