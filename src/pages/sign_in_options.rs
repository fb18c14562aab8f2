//! The ways to sign in, on the sign-in page and in the dialog over a page: through the provider, with the session of
//! another tab, or with a pasted token.

use leptos::prelude::*;

use crate::browser::intl;
use crate::pages::continue_as::ContinueAs;
use crate::pages::sign_in_messages::{FailureMessage, Times};
use crate::session::sign_in::{Attempt, Failure, SignIn};
use crate::ui::{ChangingText, Notice, Tone};

/// The ways to sign in. With a provider the token form is folded away.
#[component]
pub fn SignInOptions(
    /// The sign-in of this tab.
    sign_in: SignIn,
    /// Whether a page lies below: it stays, so the provider's page opens in a popup.
    #[prop(optional)]
    again: bool,
    /// The form for a token.
    token_form: AnyView,
) -> impl IntoView {
    let options = if sign_in.has_provider() {
        let button = if again {
            view! { <PopupButton sign_in /> }.into_any()
        } else {
            view! { <RedirectButton sign_in /> }.into_any()
        };
        view! {
            {button}
            <RememberCheckbox remember=sign_in.remember />
            <details class="token-instead">
                <summary>"Use an access token instead"</summary>
                {token_form}
            </details>
        }
        .into_any()
    } else {
        token_form
    };
    view! {
        <SignInFailure sign_in />
        <ContinueAs sign_in />
        {options}
    }
}

/// The checkbox that stores the token in this tab.
#[component]
pub fn RememberCheckbox(
    /// Whether it is ticked.
    remember: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="check">
            <input
                type="checkbox"
                id="remember"
                name="remember"
                prop:checked=remember
                on:change=move |event| remember.set(event_target_checked(&event))
            />
            <label for="remember">"Stay signed in in this tab"</label>
        </div>
    }
}

/// Leaves for the provider's page.
#[component]
fn RedirectButton(sign_in: SignIn) -> impl IntoView {
    let label =
        Signal::derive(move || if sign_in.attempt() == Attempt::Opening { "Opening…" } else { "Sign in" }.to_owned());
    view! { <ProviderButton sign_in label press=move |()| sign_in.open_provider() /> }
}

/// A button that opens the provider's page.
#[component]
fn ProviderButton(sign_in: SignIn, label: Signal<String>, #[prop(into)] press: Callback<()>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button-primary"
            aria-disabled=move || sign_in.attempt().is_busy().then_some("true")
            on:click=move |_| press.run(())
        >
            <ChangingText text=label />
        </button>
    }
}

/// Opens the provider's page in a popup and waits for it. The user may have closed the popup, so the ways to open another
/// one and to stop waiting stay.
#[component]
fn PopupButton(sign_in: SignIn) -> impl IntoView {
    sign_in.prepare_popup();
    let status = Signal::derive(move || {
        match sign_in.attempt() {
            Attempt::Waiting => "Waiting for sign-in.",
            Attempt::Finishing => "Signing in…",
            _ => "",
        }
        .to_owned()
    });
    let is_open = Memo::new(move |_| matches!(sign_in.attempt(), Attempt::Waiting | Attempt::Finishing));
    let can_cancel = Memo::new(move |_| matches!(sign_in.attempt(), Attempt::Opening | Attempt::Waiting));
    let label = Signal::derive(move || {
        match sign_in.attempt() {
            Attempt::Opening => "Opening…",
            Attempt::Waiting | Attempt::Finishing => "Open again",
            _ => "Sign in again",
        }
        .to_owned()
    });
    let cancel = move |_| {
        sign_in.cancel();
        sign_in.prepare_popup();
    };
    view! {
        <p class="sign-in-status" role="status">
            {move || is_open.get().then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
            <ChangingText text=status />
        </p>
        <div class="actions">
            <ProviderButton sign_in label press=move |()| sign_in.open_popup() />
            {move || can_cancel.get().then(|| view! {
                <button type="button" class="button" on:click=cancel>"Cancel"</button>
            })}
        </div>
    }
}

/// Says why the user is not signed in.
#[component]
fn SignInFailure(sign_in: SignIn) -> impl IntoView {
    let notice = move || {
        let FailureMessage { title, text, details } = failure_message(&sign_in.failure()?);
        Some(view! {
            <Notice tone=Tone::Error title>
                <p>{text}</p>
                {details.map(|details| view! { <p class="api-facts"><bdi>{details}</bdi></p> })}
            </Notice>
        })
    };
    view! { <div role="alert">{notice}</div> }
}

/// The message for a failure now, in the user's language.
pub fn failure_message(failure: &Failure) -> FailureMessage {
    FailureMessage::new(failure, Times { now: js_sys::Date::now(), day: intl::short_day, at: intl::time_in_sentence })
}
