//! The bar at the top of every page: the product, the workspace, and the user with their menu.

use leptos::prelude::*;

use crate::browser::intl;
use crate::context::AppContext;
use crate::domain::workspace::Role;
use crate::pages::session_time_remaining::SessionTimeRemaining;
use crate::pages::shared::workspace_labels::{mode_label, usage_label};
use crate::session::token::Claims;
use crate::session::{Session, State};
use crate::ui::{Icon, IconKind};

/// The ID of the user menu, which its button names.
const USER_MENU: &str = "user-menu";

/// The bar. It has the layout of the one in `index.html`, so that nothing moves when the app starts.
#[component]
pub fn TopBar(
    /// The services of the app.
    app: AppContext,
) -> impl IntoView {
    let session = app.session;
    let user = Memo::new(move |_| session.user().map(|user| user.claims));
    view! {
        <header class="top">
            <a class="brand" href="/">
                <span class="brand-mark"></span>
                <span class="brand-name">"Altostrat Billing"</span>
            </a>
            <WorkspaceSwitcher app />
            <div class="top-end">
                {move || user.get().map(|claims| view! { <UserMenu app claims ends_at=session.ends_at() /> })}
            </div>
        </header>
    }
}

/// The name of the workspace, with how many of its accounts are used. It leads to the list of workspaces.
#[component]
fn WorkspaceSwitcher(app: AppContext) -> impl IntoView {
    let AppContext { session, current_workspace, .. } = app;
    // Memoized, so that the bar does not change between pages of the same workspace.
    let name = Memo::new(move |_| current_workspace.name().filter(|_| is_signed_in(session)));
    let mode = Memo::new(move |_| current_workspace.workspace().map(|workspace| workspace.mode));
    let usage = Memo::new(move |_| usage_label(&mode.get()?, current_workspace.used()?));
    move || {
        let name = name.get()?;
        Some(view! {
            <span class="top-divider" aria-hidden="true">"/"</span>
            <a class="switcher" href="/" title=name.clone()>
                <span class="visually-hidden">"Workspace: "</span>
                <bdi class="top-name" translate="no">{name.clone()}</bdi>
                <Icon kind=IconKind::Switch />
                <span class="visually-hidden">". Switch workspace"</span>
            </a>
            {move || mode.get().map(|mode| mode_label(&mode)).filter(|label| !label.is_empty()).map(|label| view! {
                <span class="tag">{label}</span>
            })}
            {move || usage.get().map(|usage| view! { <span class="top-usage">{usage}</span> })}
        })
    }
}

fn is_signed_in(session: Session) -> bool {
    session.state() != State::SignedOut
}

/// The user's role, and a menu with the session and the way out.
#[component]
fn UserMenu(app: AppContext, claims: Claims, ends_at: Option<f64>) -> impl IntoView {
    let AppContext { leave_guard, current_workspace, .. } = app;
    let role = Memo::new(move |_| current_workspace.role().and_then(role_label));
    let name = claims.display_name().to_owned();
    let initials = initials(&name, intl::initial);
    // With the initials, because speech input takes the visible text (WCAG 2.5.3).
    let label = format!("User menu: {name}, {initials}");
    let email = claims.email.clone().filter(|email| *email != name);
    let near_end = ends_at.map(|end| view! { <SessionTimeRemaining end near_only=true /> });
    let time_remaining = ends_at.map(|end| view! { <SessionTimeRemaining end near_only=false /> });
    view! {
        {near_end}
        {move || role.get().map(|role| view! { <span class="tag">{role}</span> })}
        <button type="button" class="avatar" popovertarget=USER_MENU aria-label=label translate="no">
            {initials}
        </button>
        <div id=USER_MENU class="menu" popover="auto">
            <div class="menu-head">
                <span>"Signed in as"</span>
                <strong translate="no"><bdi>{name}</bdi></strong>
                {email.map(|email| view! { <bdi translate="no">{email}</bdi> })}
                {move || role.get().map(|role| view! { <span>"Role: " {role}</span> })}
                {time_remaining}
            </div>
            <hr class="menu-line" />
            <button type="button" class="menu-item" on:click=move |_| leave_guard.sign_out()>
                <Icon kind=IconKind::SignOut />
                "Sign out"
            </button>
        </div>
    }
}

const fn role_label(role: Role) -> Option<&'static str> {
    match role {
        Role::Owner => Some("Owner"),
        Role::Admin => Some("Admin"),
        Role::Viewer => Some("Viewer"),
        Role::Other => None,
    }
}

/// The first letters of the first and the last word of a name; of an email address, its first letter. `initial` finds the
/// first letter of a word and makes it a capital.
fn initials(name: &str, initial: fn(&str) -> Option<String>) -> String {
    let mut initials = name.split_whitespace().filter_map(initial);
    let first = initials.next();
    first.into_iter().chain(initials.next_back()).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        for (name, expected) in [
            ("Olivia Owner", "OO"),
            ("Jean-Luc de la Tour", "JT"),
            ("olivia@acme.com", "O"),
            ("東京 太郎", "東太"),
            ("", ""),
        ] {
            let initial = |word: &str| word.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().collect());
            assert_eq!(initials(name, initial), expected, "{name}");
        }
    }
}
