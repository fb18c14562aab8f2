//! The sign-in form: in the place of any page while signed out, or in a dialog over a page whose session has ended.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::Desk;
use crate::intl;
use crate::session::State;
use crate::session::token::Token;
use crate::ui::{Control, Dialog, ErrorSummary, Heading, InputKind, SubmitButton, TextField, Wrong};

/// The page that asks who you are.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! {
        <Heading text="Sign in" />
        <p class="lead">"Paste the token of your Altostrat account. It is sent to the Altostrat API and nowhere else."</p>
        <SignInForm />
    }
}

/// The dialog that asks again, because the session has ended or before it does. What was typed below it stays.
#[component]
pub fn SignInDialog() -> impl IntoView {
    let session = Desk::here()?.session;
    // While it is open the session may end.
    let has_ended = Memo::new(move |_| session.state() == State::Ended);
    let not_now = Callback::new(move |()| {
        if !has_ended.get_untracked() {
            session.set_renewing(false);
        }
    });
    let title = move || if has_ended.get() { "Your session has ended" } else { "Sign in again" };
    let other = move || {
        if has_ended.get() {
            view! {
                <p class="actions">
                    <button type="button" class="button button-small" on:click=move |_| session.sign_out()>"Sign out"</button>
                    <span class="field-hint">"Leaves this page, and what is typed on it."</span>
                </p>
            }
            .into_any()
        } else {
            view! {
                <p><button type="button" class="button button-small" on:click=move |_| not_now.run(())>"Not now"</button></p>
            }
            .into_any()
        }
    };
    Some(view! {
        <Dialog labelled_by="sign-in-again" cancel=not_now>
            <h2 id="sign-in-again">{title}</h2>
            <p>"Sign in again to go on. Everything you typed is still here."</p>
            <SignInForm />
            {other}
        </Dialog>
    })
}

fn wrong(sentence: String) -> Wrong {
    Wrong { sentence, excess: None }
}

/// Why a text cannot sign anyone in. A token that has ended or is about to is found here, before anything is sent (R14).
fn check(text: &str) -> Option<Wrong> {
    let (_, claims) = match Token::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return Some(wrong(error.to_string())),
    };
    let now = js_sys::Date::now();
    let end = claims.ends_at.filter(|_| claims.is_spent(now))?;
    let (ends, then) = if claims.has_ended(now) { ("ended", "") } else { ("ends", ", too soon to be used") };
    let end = intl::moment(end);
    Some(wrong(format!("This token {ends} on {end}{then}. Sign in to Altostrat and copy a new one")))
}

#[component]
fn SignInForm() -> impl IntoView {
    let desk = Desk::here();
    let token = Control::new("token", String::new(), check);
    let remember = RwSignal::new(false);
    let shown = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        token.submitted();
        let text = token.text_now();
        match (Token::parse(&text), desk) {
            (Ok((token, claims)), Some(desk)) if check(&text).is_none() => {
                desk.session.sign_in(token, claims, remember.get_untracked());
            }
            _ => shown.set(true),
        }
    };
    view! {
        <ErrorSummary controls=vec![token] elsewhere=Vec::new() shown />
        <form class="form" novalidate on:submit=submit>
            <TextField
                control=token
                label="Token"
                hint="A JSON Web Token: three parts with dots between them, with or without “Bearer” in front."
                kind=InputKind::Password
                autocomplete="current-password"
            />
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
            <SubmitButton label="Sign in" />
        </form>
    }
}
