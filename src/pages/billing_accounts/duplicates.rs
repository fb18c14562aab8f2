//! Accounts of the workspace that are like the one that is typed, shown before it is sent. A help: it asks once, it
//! never stands in the way, and without the list of accounts it is silent.

use std::time::Duration;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, MouseEvent};

use super::fields::Fields;
use crate::domain::likeness::{Alike, Likeness, Twin, twins};
use crate::domain::{BillingAccount, BillingAccountId, Field, WorkspaceId};
use crate::intl;
use crate::route::Route;
use crate::view::prelude::*;

/// The id of the notice.
const NOTICE: &str = "duplicates";
/// How long nothing is typed before we look: nobody wants to be told of every letter. Not at leaving a field: the notice
/// would push the button away from under the mouse that is pressing it.
const PAUSE: Duration = Duration::from_millis(600);
/// How soon after the question a press is still the press that led to it: the second click of a double click is no
/// answer. In milliseconds.
const SAME_PRESS: f64 = 500.0;

/// What is like what is typed, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct Duplicates {
    fields: Fields,
    /// What was typed when we last looked.
    looked: RwSignal<Option<Likeness>>,
    found: Memo<Vec<Twin>>,
    /// What the user was asked about: pressing once more is the answer.
    asked: RwSignal<Vec<BillingAccountId>>,
    /// When, in milliseconds since 1970.
    asked_at: StoredValue<f64>,
}

impl Duplicates {
    /// Looks among `accounts`, of which there are none until they are known. Of what `is_copy` of an account nobody has
    /// to be told that it is like it.
    pub fn watch(fields: Fields, accounts: Signal<Option<Vec<BillingAccount>>>, is_copy: bool) -> Self {
        let first = is_copy.then(|| typed_in(fields));
        let looked = RwSignal::new(first.clone());
        let found = memo(move |_| {
            let looked = looked.get().filter(|looked| Some(looked) != first.as_ref());
            let among = |accounts: &Vec<_>| looked.map(|typed| twins(&typed, accounts, intl::fold));
            accounts.with(|accounts| accounts.as_ref().and_then(among)).unwrap_or_default()
        });
        let (asked, asked_at) = (RwSignal::new(Vec::new()), StoredValue::new(0.0));
        let duplicates = Self { fields, looked, found, asked, asked_at };
        let pause = StoredValue::new(None::<TimeoutHandle>);
        let stop = move || {
            if let Some(Some(pause)) = pause.try_update_value(Option::take) {
                pause.clear();
            }
        };
        Effect::new(move |_| {
            for field in [Field::Name, Field::Email] {
                _ = fields.at(field).map(|control| control.with_text(|_| ()));
            }
            stop();
            pause.set_value(set_timeout_with_handle(move || duplicates.look(), PAUSE).ok());
        });
        on_cleanup(stop);
        duplicates
    }

    /// Looks at what is typed now. The page may be gone.
    fn look(self) {
        if self.looked.is_disposed() {
            return;
        }
        let typed = Some(typed_in(self.fields));
        if self.looked.with_untracked(|looked| *looked != typed) {
            self.looked.set(typed);
        }
    }

    /// Whether the user has to be asked before what is typed is sent: about each account once. The notice takes the
    /// focus.
    pub fn hold(self) -> bool {
        self.look();
        let found: Vec<_> = self.found.get_untracked().into_iter().map(|twin| twin.id).collect();
        let now = js_sys::Date::now();
        if self.asked.with_untracked(|asked| found.iter().all(|id| asked.contains(id))) {
            return !found.is_empty() && now - self.asked_at.get_value() < SAME_PRESS;
        }
        self.asked.set(found);
        self.asked_at.set_value(now);
        // After this turn: the notice may be on its way to the page.
        set_timeout(
            || {
                let notice = document().get_element_by_id(NOTICE);
                _ = notice.and_then(|notice| notice.dyn_into::<HtmlElement>().ok()).map(|notice| notice.focus());
            },
            Duration::ZERO,
        );
        true
    }
}

fn typed_in(fields: Fields) -> Likeness {
    let draft = fields.draft_now();
    Likeness::of(draft.get(Field::Name), draft.get(Field::Email), intl::fold)
}

/// The notice, in the form.
#[component]
pub fn DuplicatesNotice(
    /// What was found.
    duplicates: Duplicates,
    /// Whose accounts.
    workspace: WorkspaceId,
) -> impl IntoView {
    let Duplicates { found, asked, asked_at, .. } = duplicates;
    let item = move |twin: Twin| {
        let href = Route::BillingAccount(workspace.clone(), twin.id).href();
        let alike = match twin.alike {
            Alike::Name => "The name is the same, but for case, spaces or accents.",
            Alike::Email => "The email is the same.",
            Alike::Both => "The email is the same, and the name but for case, spaces or accents.",
        };
        view! {
            <li>
                <strong><bdi>{twin.title.clone()}</bdi></strong> ", " <bdi>{twin.email}</bdi> ". " {alike} " "
                <a href=href>"Open it" <span class="visually-hidden">": " {twin.title}</span></a>
            </li>
        }
    };
    // The form's own way, with its guard against a second press.
    let anyway = move |event: MouseEvent| {
        asked_at.set_value(0.0);
        let form = event_target::<Element>(&event).closest("form").ok().flatten();
        let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        // Fails only for a form that is not in the page.
        _ = form.map(|form| form.request_submit());
    };
    let question = move || {
        let is_asked = asked.with(|asked| found.with(|found| found.iter().all(|twin| asked.contains(&twin.id))));
        is_asked.then(|| {
            view! {
                <p>"Nothing was sent yet. What you typed is kept while you look."</p>
                <button type="button" class="button" on:click=anyway>"Create anyway"</button>
            }
        })
    };
    let notice = move || {
        let twins = found.get();
        (!twins.is_empty()).then(|| {
            let title = "This workspace already has an account like this";
            view! {
                <div class="notice notice-warning" id=NOTICE tabindex="-1">
                    <h2 class="notice-title">{title}</h2>
                    <ul class="notice-list">{twins.into_iter().map(item.clone()).collect_view()}</ul>
                    {question}
                </div>
            }
        })
    };
    view! { <div role="status">{notice}</div> }
}
