//! Moves between pages without a reload, with the browser's history.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, History, HtmlAnchorElement, MouseEvent};

use crate::route::Route;

/// Where the user is. Provided as a context by the app.
#[derive(Debug, Clone, Copy)]
pub struct Navigation {
    route: RwSignal<Route>,
    moved: StoredValue<bool>,
}

impl Navigation {
    /// Starts at the browser's URL, and follows its back button and the page's links.
    pub fn start() -> Self {
        let navigation = Self { route: RwSignal::new(current()), moved: StoredValue::new(false) };
        let pops = window_event_listener(ev::popstate, move |_| navigation.arrive());
        let clicks = window_event_listener(ev::click, move |event| navigation.follow(&event));
        // After this turn the first page is there: whatever comes in its place was moved to.
        set_timeout(move || _ = navigation.moved.try_set_value(true), Duration::ZERO);
        on_cleanup(move || {
            pops.remove();
            clicks.remove();
        });
        navigation
    }

    /// The page to show, tracked.
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// Whether this page came in the place of another, by a link, a sign-in or a sign-out: then its heading takes the
    /// focus (E23).
    pub fn has_moved(self) -> bool {
        self.moved.get_value()
    }

    /// Goes to a page.
    pub fn go(self, route: &Route) {
        self.push(&route.href());
    }

    /// Goes to a page in the place of this one: back leads to what was before.
    pub fn replace(self, route: &Route) {
        self.enter(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&route.href())));
    }

    fn push(self, href: &str) {
        self.enter(|history| history.push_state_with_url(&JsValue::NULL, "", Some(href)));
    }

    /// The browser may refuse an entry (Chromium does after 200 in ten seconds): then the user stays.
    fn enter(self, record: impl FnOnce(&History) -> Result<(), JsValue>) {
        if window().history().is_ok_and(|history| record(&history).is_ok()) {
            self.arrive();
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn arrive(self) {
        let route = current();
        if self.route.with_untracked(|here| *here != route) {
            self.route.set(route);
        }
    }

    /// Takes over a plain click on a link to another page of ours; every other click is the browser's.
    fn follow(self, event: &MouseEvent) {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || modified {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(link) = target
            .and_then(|element| element.closest("a[href]").ok().flatten())
            .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
        else {
            return;
        };
        let ours = location().origin().is_ok_and(|origin| origin == link.origin());
        let in_page = link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
        if ours && !in_page && link.target().is_empty() && !link.has_attribute("download") {
            event.prevent_default();
            self.push(&(link.pathname() + &link.search()));
        }
    }
}

fn current() -> Route {
    Route::parse(&location().pathname().unwrap_or_default())
}
