//! The offer to continue the session of another tab.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::browser::task_scope::TaskScope;
use crate::session::oidc::tabs::SessionOffer;
use crate::session::sign_in::SignIn;

/// "Continue as Olivia Owner", once another tab says that she is signed in there. It asks again whenever the window gets
/// the focus, because the user may have signed in or out in the other tab.
#[component]
pub fn ContinueAs(
    /// The sign-in of this tab.
    sign_in: SignIn,
) -> impl IntoView {
    let offer = RwSignal::new(None::<SessionOffer>);
    // Only the latest question counts: an earlier one may end later, without an answer.
    let questions = StoredValue::new(0_u32);
    let ask = move || async move {
        questions.update_value(|count| *count += 1);
        let question = questions.get_value();
        let answer = sign_in.offer().await;
        let is_latest = questions.try_get_value() == Some(question);
        if is_latest && offer.with_untracked(|offer| *offer != answer) {
            offer.set(answer);
        }
    };
    spawn_local_scoped_with_cancellation(ask());
    let scope = TaskScope::current();
    let on_focus = window_event_listener(ev::focus, move |_| scope.spawn(ask()));
    on_cleanup(move || on_focus.remove());
    // An offer whose tab is gone is no longer shown.
    Effect::new(move |_| {
        if sign_in.failure().is_some() {
            offer.set(None);
        }
    });
    let button = move || {
        offer.get().map(|offer| {
            let name = offer.name.clone();
            view! {
                <button type="button" class="button" on:click=move |_| sign_in.accept(offer.clone())>
                    <span>"Continue as " <bdi translate="no">{name}</bdi></span>
                </button>
                <p class="field-hint">"Signed in in another tab of this browser"</p>
                <p class="or" aria-hidden="true">"or"</p>
            }
        })
    };
    view! { <div class="continue-as" role="status">{button}</div> }
}
