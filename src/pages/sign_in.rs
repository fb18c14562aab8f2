//! The sign-in form: instead of any page while signed out, or in a dialog over a page whose session has expired.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::intl;
use crate::config::token_help;
use crate::context::use_app;
use crate::form::{FieldError, FieldState};
use crate::pages::provider_not_set_up::ProviderNotSetUp;
use crate::pages::session_expiry::{KEEP_WORKING, ended_text};
use crate::pages::sign_in_messages::or_wrong_clock;
use crate::pages::sign_in_options::{RememberCheckbox, SignInOptions};
use crate::session::State;
use crate::session::oidc::config::ConfigError;
use crate::session::sign_in::SignIn;
use crate::session::token::{Claims, Token, TokenError};
use crate::ui::{ChangingText, Dialog, ErrorSummary, Heading, InputKind, SubmitButton, TextField};

/// The sign-in page.
#[component]
pub fn SignInPage(
    /// The mistake in the settings for the provider, if there is one.
    mistake: Option<ConfigError>,
) -> impl IntoView {
    let sign_in = use_context::<SignIn>()?;
    let lead = if sign_in.has_provider() {
        "Manage the billing accounts of your Altostrat workspaces."
    } else {
        "Sign in with your Altostrat access token. It’s sent only to Altostrat."
    };
    Some(view! {
        <div class="sign-in">
            <Heading text="Sign in" />
            <p class="lead">{lead}</p>
            {mistake.map(|error| view! { <ProviderNotSetUp error /> })}
            <SignInOptions sign_in token_form=view! { <SignInForm sign_in /> }.into_any() />
        </div>
    })
}

/// The dialog that asks the user to sign in again, when the session has expired or before it does. The input of the
/// page below it stays.
#[component]
pub fn SignInDialog() -> impl IntoView {
    let (app, sign_in) = (use_app()?, use_context::<SignIn>()?);
    let session = app.session;
    sign_in.remember.set(session.is_remembered());
    // The dialog shows its own failures: not an earlier one, and none once it is closed.
    sign_in.dismiss_failure();
    // Reactive, because the session may expire while the dialog is open.
    let has_ended = Memo::new(move |_| session.state() == State::Expired);
    let dismiss = Callback::new(move |()| {
        if !has_ended.get_untracked() {
            sign_in.cancel();
            session.set_reauthenticating(false);
        }
    });
    let title =
        Signal::derive(move || if has_ended.get() { "Your session has ended" } else { "Sign in again" }.to_owned());
    let text = Signal::derive(move || if has_ended.get() { ended_text() } else { KEEP_WORKING.to_owned() });
    let secondary_action = move || {
        if has_ended.get() {
            view! {
                <p class="actions">
                    <button type="button" class="button button-small" on:click=move |_| app.leave_guard.sign_out()>"Sign out"</button>
                    <span class="field-hint">"Discards what you typed."</span>
                </p>
            }
            .into_any()
        } else {
            view! {
                <p><button type="button" class="button button-small" on:click=move |_| dismiss.run(())>"Not now"</button></p>
            }
            .into_any()
        }
    };
    Some(view! {
        <Dialog labelled_by="sign-in-again" cancel=dismiss>
            <h2 id="sign-in-again"><ChangingText text=title /></h2>
            <p><ChangingText text /></p>
            <SignInOptions sign_in again=true token_form=view! { <SignInForm sign_in /> }.into_any() />
            {secondary_action}
        </Dialog>
    })
}

fn message(error: TokenError) -> &'static str {
    match error {
        TokenError::Empty => "Enter a token",
        TokenError::ApiKey => "This is an API key. Sign in with your own account instead.",
        TokenError::NotAJwt => "This doesn’t look like an access token. Copy the whole token and paste it again",
        TokenError::Unreadable => "This token is incomplete. Copy the whole token and paste it again",
    }
}

/// Parses a token and checks that it can be used now. An expired token, or one about to expire, is rejected here,
/// before any request is sent. If the computer's clock is wrong, every token may look expired, so the message names the
/// clock.
///
/// # Errors
/// The message for the user.
fn usable_token(text: &str, now: f64) -> Result<(Token, Claims), String> {
    let (token, claims) = Token::parse(text).map_err(|error| message(error).to_owned())?;
    let Some(end) = claims.ends_at.filter(|_| claims.is_unusable(now)) else {
        return Ok((token, claims));
    };
    let expires = if claims.has_ended(now) {
        format!("expired {}", intl::time_in_sentence(end, now))
    } else {
        "expires in less than a minute".to_owned()
    };
    let or_wrong_clock = or_wrong_clock(&intl::short_day(now));
    Err(format!("This token {expires}, {or_wrong_clock}. Get a new one from Altostrat"))
}

/// The user of a token and its expiry, such as "Olivia Owner, until 6:50 PM"; empty for an unusable token.
fn owner(text: &str) -> String {
    let now = js_sys::Date::now();
    let Ok((_, claims)) = usable_token(text, now) else { return String::new() };
    let name = claims.display_name();
    match claims.ends_at {
        Some(end) => format!("{name}, until {}", intl::time_or_date(end, now)),
        None => name.to_owned(),
    }
}

#[component]
fn SignInForm(sign_in: SignIn) -> impl IntoView {
    let token = FieldState::new("token", String::new(), |text| {
        let message = usable_token(text, js_sys::Date::now()).err()?;
        Some(FieldError { message, excess: None })
    });
    let owner = Signal::derive(move || token.with_text(owner));
    let show_summary = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        token.on_submit();
        match usable_token(&token.text_untracked(), js_sys::Date::now()) {
            Ok((token, claims)) => sign_in.paste(token, claims),
            Err(message) => {
                // The token may have expired since the field was validated.
                token.set_server_error(message);
                show_summary.set(true);
            }
        }
    };
    // With a provider the checkbox is beside the provider's button, and the two buttons need different names.
    let has_provider = sign_in.has_provider();
    let checkbox = (!has_provider).then(|| view! { <RememberCheckbox remember=sign_in.remember /> });
    let label = if has_provider { "Sign in with this token" } else { "Sign in" };
    view! {
        <ErrorSummary controls=vec![token] general_errors=Vec::new() shown=show_summary />
        <form class="form" novalidate on:submit=submit>
            <TextField field=token label="Token" hint="Starts with “eyJ”." kind=InputKind::Secret autocomplete="off" />
            <p class="token-owner" role="status" translate="no"><ChangingText text=owner /></p>
            <TokenHelp />
            {checkbox}
            <SubmitButton label />
        </form>
    }
}

/// Explains where to find a token: a link to the site's own page, or three steps without one.
#[component]
fn TokenHelp() -> impl IntoView {
    const QUESTION: &str = "Where do I find it?";
    let page = token_help();
    match page {
        Some(page) => view! {
            <p>
                <a href=page target="_blank" rel="noopener noreferrer">
                    {QUESTION}
                    <span class="visually-hidden">" (opens in a new tab)"</span>
                </a>
            </p>
        }
        .into_any(),
        None => view! {
            <details>
                <summary>{QUESTION}</summary>
                <ol>
                    <li>"Sign in to Altostrat in another tab, and open the developer tools there (F12)."</li>
                    <li>"Open “Network”, reload the page and select a request to v1.api.altostrat.io."</li>
                    <li>"Copy the value of its Authorization header, with or without “Bearer”."</li>
                </ol>
            </details>
        }
        .into_any(),
    }
}
