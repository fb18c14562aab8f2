//! Says over any page that its session ends soon, and lets the user sign in again before it does; and says when somebody
//! else has signed in over a page.

use leptos::prelude::*;

use crate::browser::intl;
use crate::browser::timing::clock;
use crate::pages::Desk;
use crate::session::Session;
use crate::session::token::{Claims, LAST_USE};
use crate::ui::{ChangingText, Notice, Tone};

/// How long before its end it is said, in milliseconds.
const SOON: f64 = 300_000.0;

/// How near the end is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Near {
    /// Within [`SOON`]: there is time to sign in again. When it ends.
    Soon(f64),
    /// Within [`LAST_USE`]: nothing more is sent. When it ends.
    Last(f64),
    /// Past it.
    Over,
}

impl Near {
    fn title(self) -> String {
        match self {
            Self::Soon(end) => format!("Your session ends on {}", intl::moment(end)),
            Self::Last(end) => format!("Your session ends on {}: too soon to save anything with it", intl::moment(end)),
            Self::Over => "Your session has ended".to_owned(),
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Soon(_) => "Sign in again before then to go on without a break. What is on this page stays.",
            Self::Last(_) | Self::Over => "Sign in again to go on. What is on this page stays.",
        }
    }
}

fn near(end: f64, now: f64) -> Option<Near> {
    match end - now {
        left if left <= 0.0 => Some(Near::Over),
        left if left <= LAST_USE => Some(Near::Last(end)),
        left if left <= SOON => Some(Near::Soon(end)),
        _ => None,
    }
}

/// How long until something else is to be said, in milliseconds.
fn until_next(end: f64, now: f64) -> Option<f64> {
    [SOON, LAST_USE, 0.0].into_iter().map(|before| end - before - now).find(|wait| *wait > 0.0)
}

/// The notices. The live region is there before they are, and they take no focus.
#[component]
pub fn SessionEnd() -> impl IntoView {
    let desk = Desk::here()?;
    let session = desk.session;
    let end = Memo::new(move |_| session.user().and_then(|user| user.claims.ends_at));
    let now = clock(move |now| until_next(end.get()?, now));
    // The notice is about the page that was shown then.
    Effect::new(move |before: Option<()>| {
        _ = desk.navigation.route();
        if before.is_some() {
            session.forget_replaced();
        }
    });
    let ends = Memo::new(move |_| near(end.get()?, now.get()));
    let is_near = Memo::new(move |_| ends.get().is_some());
    let ending = move || is_near.get().then(|| view! { <Ending session ends /> });
    let replaced = move || {
        let (before, user) = (session.replaced()?, session.user()?);
        Some(self::replaced(&before, &user.claims))
    };
    Some(view! { <div class="session-end" role="status">{ending} {replaced}</div> })
}

/// Says how near the end is.
#[component]
fn Ending(session: Session, ends: Memo<Option<Near>>) -> impl IntoView {
    let title = Signal::derive(move || ends.get().map(Near::title).unwrap_or_default());
    let then = Signal::derive(move || ends.get().map_or("", Near::advice).to_owned());
    view! {
        <Notice tone=Tone::Warning title>
            <p><ChangingText text=then /></p>
            <button type="button" class="button button-small" on:click=move |_| session.set_renewing(true)>
                "Sign in again"
            </button>
        </Notice>
    }
}

/// Says that somebody else has signed in.
fn replaced(before: &Claims, now: &Claims) -> impl IntoView + use<> {
    let title = format!("You are now signed in as {}", now.who());
    let before = before.who().to_owned();
    view! {
        <Notice tone=Tone::Warning title>
            <p>
                "This page was opened, and what is typed on it was typed, as " <strong><bdi>{before}</bdi></strong>
                ". Check it before you save: it will be saved as you."
            </p>
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_said_five_minutes_before_it() {
        let end = 1_000_000.0;
        assert_eq!(near(end, end - 300_001.0), None);
        assert_eq!(near(end, end - 300_000.0), Some(Near::Soon(end)));
        assert_eq!(near(end, end - 60_000.0), Some(Near::Last(end)));
        assert_eq!(near(end, end), Some(Near::Over));
        assert_eq!(near(f64::INFINITY, 0.0), None);
        assert_eq!(near(f64::NEG_INFINITY, 0.0), Some(Near::Over));
    }

    #[test]
    fn each_wait_ends_where_something_else_is_to_be_said() {
        let end = 10_000_000.0;
        assert_eq!(until_next(end, end - 310_000.0), Some(10_000.0));
        assert_eq!(until_next(end, end - 300_000.0), Some(240_000.0));
        assert_eq!(until_next(end, end - 60_000.0), Some(60_000.0));
        assert_eq!(until_next(end, end), None);
        assert_eq!(until_next(f64::NAN, 0.0), None);
    }
}
