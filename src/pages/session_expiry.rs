//! The notices above every page that the session is about to expire, with a button to sign in again, that a different
//! user has signed in, and that a sign-in failed while the user was signed in.

use leptos::prelude::*;

use crate::browser::intl;
use crate::browser::timing::use_now;
use crate::context::use_app;
use crate::pages::sign_in_messages::{FailureMessage, or_wrong_clock};
use crate::pages::sign_in_options::failure_message;
use crate::session::Session;
use crate::session::sign_in::SignIn;
use crate::session::token::{Claims, EXPIRY_MARGIN};
use crate::ui::{Notice, Tone};

/// How long before the session expires the warning appears, in milliseconds.
const WARN_BEFORE: f64 = 300_000.0;

/// The advice to sign in before the session ends, or after.
pub const KEEP_WORKING: &str = "Sign in again to keep working. Nothing on this page is lost.";

/// How close the session is to its expiry. Times are in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
enum ExpiryStage {
    /// Within [`WARN_BEFORE`] of the contained expiry time: the user can still sign in again without interruption.
    Soon(f64),
    /// Within [`EXPIRY_MARGIN`] of the contained expiry time: no more requests are sent.
    Final(f64),
    /// The session has expired.
    Expired,
}

impl ExpiryStage {
    fn title(self) -> String {
        match self {
            Self::Soon(end) => format!("Your session ends at {}", intl::time_or_date(end, js_sys::Date::now())),
            Self::Final(_) => "Your session ends in less than a minute".to_owned(),
            Self::Expired => "Your session has ended".to_owned(),
        }
    }

    fn advice(self) -> String {
        match self {
            Self::Soon(_) => KEEP_WORKING.to_owned(),
            Self::Final(_) => "Sign in again to save.".to_owned(),
            Self::Expired => ended_text(),
        }
    }
}

/// Why a session has ended, and what to do. With a wrong clock every new session ends at once.
pub fn ended_text() -> String {
    format!("It expired, {}. {KEEP_WORKING}", or_wrong_clock(&intl::short_day(js_sys::Date::now())))
}

fn expiry_stage(end: f64, now: f64) -> Option<ExpiryStage> {
    match end - now {
        remaining if remaining <= 0.0 => Some(ExpiryStage::Expired),
        remaining if remaining <= EXPIRY_MARGIN => Some(ExpiryStage::Final(end)),
        remaining if remaining <= WARN_BEFORE => Some(ExpiryStage::Soon(end)),
        _ => None,
    }
}

/// The time until the stage changes next, in milliseconds; `None` when it does not change any more.
fn until_next_stage(end: f64, now: f64) -> Option<f64> {
    [WARN_BEFORE, EXPIRY_MARGIN, 0.0].into_iter().map(|threshold| end - threshold - now).find(|wait| *wait > 0.0)
}

/// The notices. The live region is rendered before they are, so that screen readers announce them. They do not take the
/// focus.
#[component]
pub fn SessionExpiryNotice() -> impl IntoView {
    let (app, sign_in) = (use_app()?, use_context::<SignIn>()?);
    let session = app.session;
    let end = Memo::new(move |_| session.ends_at());
    let now = use_now(move |now| until_next_stage(end.get()?, now));
    // These notices are about the page that was open at that time: they are removed with it.
    Effect::new(move |previous: Option<()>| {
        _ = app.navigation.route();
        if previous.is_some() {
            session.forget_replaced();
            sign_in.dismiss_failure();
        }
    });
    let stage = Memo::new(move |_| expiry_stage(end.get()?, now.get()));
    let is_near = Memo::new(move |_| stage.get().is_some());
    let expiry_notice = move || is_near.get().then(|| view! { <ExpiryNotice session stage /> });
    let user_change = move || {
        let (previous, user) = (session.replaced_user()?, session.user()?);
        Some(user_changed_notice(&previous, &user.claims))
    };
    // The sign-in page and the sign-in dialog show a failure themselves.
    let failed_sign_in = move || {
        let user = session.user().filter(|_| !session.needs_sign_in())?;
        Some(failed_sign_in_notice(sign_in, failure_message(&sign_in.failure()?), &user.claims))
    };
    Some(view! { <div class="session-end" role="status">{expiry_notice} {user_change} {failed_sign_in}</div> })
}

/// The notice that the session is about to expire or has expired.
#[component]
fn ExpiryNotice(session: Session, stage: Memo<Option<ExpiryStage>>) -> impl IntoView {
    let title = Signal::derive(move || stage.get().map(ExpiryStage::title).unwrap_or_default());
    let advice = Signal::derive(move || stage.get().map(ExpiryStage::advice).unwrap_or_default());
    view! {
        <Notice tone=Tone::Warning title text=advice>
            <button type="button" class="button button-small" on:click=move |_| session.set_reauthenticating(true)>
                "Sign in again"
            </button>
        </Notice>
    }
}

/// The notice that a different user has signed in.
fn user_changed_notice(previous: &Claims, current: &Claims) -> impl IntoView + use<> {
    let title = format!("You’re now signed in as {}", current.display_name());
    let previous = previous.display_name().to_owned();
    view! {
        <Notice tone=Tone::Warning title>
            <p>
                "This page was opened and filled in as " <bdi>{previous}</bdi>
                ". Check it before you save: it’s saved under your name."
            </p>
        </Notice>
    }
}

/// The notice that a sign-in failed, such as a callback that was opened again with Back, while the user is signed in.
fn failed_sign_in_notice(sign_in: SignIn, message: FailureMessage, current: &Claims) -> impl IntoView + use<> {
    let name = current.display_name().to_owned();
    view! {
        <Notice tone=Tone::Warning title=message.title>
            <p>"You’re still signed in as " <bdi translate="no">{name}</bdi> "."</p>
            <button type="button" class="button button-small" on:click=move |_| sign_in.dismiss_failure()>"Dismiss"</button>
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_appears_five_minutes_before_the_expiry() {
        let end = 1_000_000.0;
        assert_eq!(expiry_stage(end, end - 300_001.0), None);
        assert_eq!(expiry_stage(end, end - 300_000.0), Some(ExpiryStage::Soon(end)));
        assert_eq!(expiry_stage(end, end - 60_000.0), Some(ExpiryStage::Final(end)));
        assert_eq!(expiry_stage(end, end), Some(ExpiryStage::Expired));
        assert_eq!(expiry_stage(f64::INFINITY, 0.0), None);
        assert_eq!(expiry_stage(f64::NEG_INFINITY, 0.0), Some(ExpiryStage::Expired));
    }

    #[test]
    fn each_wait_ends_when_the_stage_changes() {
        let end = 10_000_000.0;
        assert_eq!(until_next_stage(end, end - 310_000.0), Some(10_000.0));
        assert_eq!(until_next_stage(end, end - 300_000.0), Some(240_000.0));
        assert_eq!(until_next_stage(end, end - 60_000.0), Some(60_000.0));
        assert_eq!(until_next_stage(end, end), None);
        assert_eq!(until_next_stage(f64::NAN, 0.0), None);
    }
}
