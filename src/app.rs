//! The application shell: header, session notices and the current page.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::client::Client;
use crate::api::endpoint::{ApiBase, DEFAULT_API_BASE, InvalidApiBase};
use crate::api::transport;
use crate::api::transport::Transport;
use crate::browser::broadcast::AccountChannel;
use crate::config::configured_api_base;
use crate::context::AppContext;
use crate::navigation::leave_guard::LeaveGuard;
use crate::navigation::navigator::Navigation;
use crate::pages::billing_accounts::create::Create;
use crate::pages::billing_accounts::created_twice::CreatedTwice;
use crate::pages::billing_accounts::form::late_replies::LateReplies;
use crate::pages::callback_page::CallbackPage;
use crate::pages::second_chunk::{SecondChunk, SecondChunkPage};
use crate::pages::session_expiry::SessionExpiryNotice;
use crate::pages::shared::confirm_leave::ConfirmLeave;
use crate::pages::shared::current_workspace::CurrentWorkspace;
use crate::pages::shared::flash::Flash;
use crate::pages::sign_in::{SignInDialog, SignInPage};
use crate::pages::top_bar::TopBar;
use crate::route::Route;
use crate::session::oidc::config::ConfigError;
use crate::session::oidc::flow::configured_provider;
use crate::session::oidc::provider::{Access, Provider};
use crate::session::sign_in::SignIn;
use crate::session::{Session, State};
use crate::ui::keep_focus_on_mousedown::keep_focus_on_mousedown;
use crate::ui::{Heading, KeyedItem, KeyedList, Title};

/// The product's name, in every title.
const PRODUCT: &str = "Altostrat Billing";

/// Mounts the app in place of the skeleton of `index.html`, with the browser's `fetch`. It stays mounted until the page
/// is unloaded.
pub fn start() {
    let parent = document().get_element_by_id("app").and_then(|parent| parent.dyn_into::<HtmlElement>().ok());
    if let Some(parent) = parent {
        parent.set_text_content(None);
        mount_to(parent, || view! { <App send=transport::fetch access=Access::BROWSER /> }).forget();
    }
}

/// The whole app.
#[component]
pub fn App(
    /// Sends the requests: the browser's `fetch`, or a mock in tests.
    send: Transport,
    /// How the provider is reached: with the browser's features, or a mock in tests.
    access: Access,
) -> impl IntoView {
    // Without its provider the app still takes a pasted token.
    let (provider, mistake) = match configured_provider(access) {
        Ok(provider) => (provider, None),
        Err(mistake) => (None, Some(mistake)),
    };
    let configured = configured_api_base().unwrap_or_else(|| DEFAULT_API_BASE.to_owned());
    match ApiBase::parse(&configured) {
        Ok(base) => view! { <Shell send base provider mistake /> }.into_any(),
        Err(InvalidApiBase(url)) => view! {
            <main id="main" class="main">
                <Heading text="Not set up" />
                <p>
                    "“" {url} "” is neither an https: address nor a path, so nothing is sent to it. Correct \
                     altostrat-api-base in index.html."
                </p>
            </main>
        }
        .into_any(),
    }
}

#[component]
fn Shell(send: Transport, base: ApiBase, provider: Option<Provider>, mistake: Option<ConfigError>) -> impl IntoView {
    let session = Session::restored(js_sys::Date::now());
    // Before the navigation reads the URL: the provider's answer is in it.
    let sign_in = SignIn::start(session, provider);
    let navigation = Navigation::start();
    let leave_guard = LeaveGuard::start(navigation, session);
    keep_focus_on_mousedown();
    let client = Client::new(send, base, session, sign_in);
    let app = AppContext {
        client,
        session,
        navigation,
        leave_guard,
        current_workspace: CurrentWorkspace::start(client, session, navigation),
        account_channel: AccountChannel::start(),
        flash: Flash::new(),
        deleted: Flash::new(),
        view_only: Flash::new(),
        prefill: Flash::new(),
    };
    provide_context(app);
    provide_context(session);
    provide_context(sign_in);
    LateReplies::provide();
    CreatedTwice::provide();
    provide_context(Title::start(PRODUCT));
    let second_chunk = SecondChunk::prefetch();
    provide_context(second_chunk);
    provide_context(second_chunk.address_rules());
    // A page stays mounted when the session expires: the input stays under the sign-in dialog.
    let has_page = Memo::new(move |_| session.state() != State::SignedOut);
    let mistake = StoredValue::new(mistake);
    let needs_sign_in = Memo::new(move |_| session.needs_sign_in());
    // The create form of the duplicate is not opened, so the values must not appear in a later form.
    let cancel_duplicate = Callback::new(move |()| _ = app.prefill.take());
    // Keyed, so that no page keeps the state of another one of the same kind.
    let page = Callback::new(move |()| {
        let route = navigation.route();
        vec![KeyedItem::new(route.clone(), || view! { <Page route /> })]
    });
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <TopBar app />
        <main id="main" class="main" tabindex="-1">
            <SessionExpiryNotice />
            <Show when=move || !sign_in.attempt().replaces_page() fallback=move || view! { <CallbackPage attempt=sign_in.attempt() /> }>
                <Show when=move || has_page.get() fallback=move || view! { <SignInPage mistake=mistake.get_value() /> }>
                    <KeyedList each=page />
                </Show>
            </Show>
        </main>
        <ConfirmLeave leave_guard on_stay=cancel_duplicate />
        <Show when=move || needs_sign_in.get()>
            <SignInDialog />
        </Show>
    }
}

/// The page of a route. Every page but the create form is in the second chunk.
#[component]
fn Page(route: Route) -> impl IntoView {
    match route {
        Route::NewBillingAccount(workspace) => view! { <Create workspace /> }.into_any(),
        route => view! { <SecondChunkPage route /> }.into_any(),
    }
}
