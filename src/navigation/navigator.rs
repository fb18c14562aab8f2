//! Client-side navigation through the browser's history. A guard can block the navigation that the user requests
//! ([`Navigation::set_guard`]), but not the app's own redirects.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::route::Route;

/// How long a step through the history may take. Chromium silently ignores more than 200 history calls within ten
/// seconds, so no step may be awaited for ever.
const HISTORY_TIMEOUT: Duration = Duration::from_millis(300);
/// How many times the browser is asked to return to the current entry.
const MAX_RESTORES: u32 = 5;

/// Navigation that the user requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingNavigation {
    to: Route,
    href: String,
    /// The distance in history entries; `None` for a link.
    steps: Option<i32>,
}

/// The current route, as a `Copy` handle. Provided as a context by the app.
#[derive(Debug, Clone, Copy)]
pub struct Navigation {
    route: RwSignal<Route>,
    /// The number of the current history entry. Every entry of the app has its number as its state.
    entry: StoredValue<i32>,
    /// The timeout of the restore, while the browser returns to the current entry after a blocked step. The URL is
    /// checked again then.
    restoring: StoredValue<Option<TimeoutHandle>>,
    /// The target entry of a resumed step, while the browser goes there.
    resuming: StoredValue<Option<i32>>,
    guard: StoredValue<Option<Callback<PendingNavigation, bool>>>,
}

impl Navigation {
    /// Starts at the browser's URL, and handles its history events and the clicks on links.
    pub fn start() -> Self {
        let navigation = Self {
            route: RwSignal::new(current_route()),
            entry: StoredValue::new(current_entry().unwrap_or_default()),
            restoring: StoredValue::new(None),
            resuming: StoredValue::new(None),
            guard: StoredValue::new(None),
        };
        if current_entry().is_none() {
            navigation.write_entry(true, None);
        }
        let popstate_listener = window_event_listener(ev::popstate, move |_| navigation.on_popstate());
        let click_listener = window_event_listener(ev::click, move |event| navigation.on_link_click(&event));
        on_cleanup(move || {
            popstate_listener.remove();
            click_listener.remove();
        });
        navigation
    }

    /// The current route, tracked.
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// Registers the callback that runs before the user navigates to another page. When it returns `true` the
    /// navigation is blocked, and the callback's owner resumes it with [`Navigation::proceed`].
    pub fn set_guard(self, guard: Callback<PendingNavigation, bool>) {
        self.guard.set_value(Some(guard));
    }

    /// Navigates to a page at the user's request.
    pub fn go(self, route: &Route) {
        self.request(PendingNavigation { to: route.clone(), href: route.href(), steps: None });
    }

    /// Replaces the current history entry with a page, so that Back leads to the entry before. The guard is not asked,
    /// because the current page has finished its work.
    pub fn replace(self, route: &Route) {
        self.write_entry(true, Some(&route.href()));
        self.show(route.clone());
    }

    /// Reads the URL's query. When `read` accepts it, it is removed from the URL, so that neither a reload nor Back
    /// applies it again.
    pub fn take_query<T>(self, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let query = location().search().ok().filter(|query| !query.is_empty())?;
        let value = read(&query)?;
        // If the browser refuses the change, the only effect is that a reload reads the query again.
        self.write_entry(true, Some(&current_route().href()));
        Some(value)
    }

    /// Resumes navigation that was blocked.
    pub fn proceed(self, PendingNavigation { to, href, steps }: PendingNavigation) {
        let Some(steps) = steps else {
            // The current page gets no second entry: Back would lead to itself.
            let is_shown = self.route.with_untracked(|route| *route == to);
            self.write_entry(is_shown, Some(&href));
            return self.show(to);
        };
        let entry = self.entry.get_value() + steps;
        self.resuming.set_value(Some(entry));
        self.go_to_entry(entry);
        let fallback = move || {
            if self.resuming.try_update_value(Option::take).flatten().is_some() {
                self.show(to);
            }
        };
        set_timeout(fallback, HISTORY_TIMEOUT);
    }

    fn request(self, target: PendingNavigation) {
        if !self.is_blocked(&target) {
            self.proceed(target);
        }
    }

    /// Whether the guard blocks a navigation. One that stays on the page loses nothing, and is never blocked.
    fn is_blocked(self, target: &PendingNavigation) -> bool {
        let stays = self.route.with_untracked(|route| *route == target.to);
        !stays && self.guard.get_value().is_some_and(|guard| guard.run(target.clone()))
    }

    /// Shows a page, even when the browser did not accept its URL.
    fn show(self, route: Route) {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        if self.route.with_untracked(|current| *current != route) {
            self.route.set(route);
        }
    }

    /// Pushes or replaces a history entry. The browser may refuse both.
    fn write_entry(self, in_place: bool, href: Option<&str>) {
        let entry = self.entry.get_value() + i32::from(!in_place);
        let state = JsValue::from(entry);
        let is_written = window().history().is_ok_and(|history| {
            if in_place {
                history.replace_state_with_url(&state, "", href).is_ok()
            } else {
                history.push_state_with_url(&state, "", href).is_ok()
            }
        });
        if is_written && current_entry() == Some(entry) {
            self.entry.set_value(entry);
        }
    }

    fn go_to_entry(self, entry: i32) {
        match current_entry() {
            // A step of 0 would reload the page.
            Some(current) if current == entry => self.entry.set_value(entry),
            Some(current) => _ = window().history().map(|history| history.go_with_delta(entry - current)),
            // Another site's or script's entry, so the direction back is unknown.
            None => self.write_entry(false, Some(&self.route.with_untracked(Route::href))),
        }
    }

    /// Handles a step that the browser has made through its history.
    fn on_popstate(self) {
        let (to, new_entry) = (current_route(), current_entry());
        let old_entry = self.entry.get_value();
        let target = PendingNavigation { href: to.href(), to, steps: new_entry.map(|new_entry| new_entry - old_entry) };
        match self.resuming.get_value() {
            // The browser was still returning to the current entry when the step was resumed.
            Some(entry) if new_entry.is_some_and(|new_entry| new_entry != entry) => return self.go_to_entry(entry),
            None if self.is_blocked(&target) => {
                if self.restoring.with_value(Option::is_none) {
                    self.restore_entry(MAX_RESTORES);
                }
                return;
            }
            _ => {}
        }
        self.resuming.set_value(None);
        if let Some(timer) = self.restoring.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        match new_entry {
            Some(new_entry) => self.entry.set_value(new_entry),
            // A change of the hash pushes an entry without a number.
            None => {
                self.entry.set_value(old_entry + 1);
                self.write_entry(true, None);
            }
        }
        if self.route.with_untracked(|route| *route != target.to) {
            self.route.set(target.to);
        }
    }

    /// Returns the browser to the current entry after a blocked step, which the browser has already made.
    fn restore_entry(self, restores_left: u32) {
        self.go_to_entry(self.entry.get_value());
        let retry = move || {
            let is_under_way = self.restoring.try_update_value(Option::take).flatten().is_some();
            if is_under_way && restores_left > 0 && self.route.with_untracked(|route| *route != current_route()) {
                self.restore_entry(restores_left - 1);
            }
        };
        self.restoring.set_value(set_timeout_with_handle(retry, HISTORY_TIMEOUT).ok());
    }

    /// Handles a plain click on a link to another page of the app; the browser handles every other click.
    fn on_link_click(self, event: &MouseEvent) {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || has_modifier {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(link) = target
            .and_then(|element| element.closest("a[href]").ok().flatten())
            .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
        else {
            return;
        };
        let is_same_origin = location().origin().is_ok_and(|origin| origin == link.origin());
        let is_fragment = link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
        if is_same_origin && !is_fragment && link.target().is_empty() && !link.has_attribute("download") {
            event.prevent_default();
            let href = link.pathname() + &link.search();
            self.request(PendingNavigation { to: Route::parse(&link.pathname()), href, steps: None });
        }
    }
}

fn current_route() -> Route {
    Route::parse(&location().pathname().unwrap_or_default())
}

/// The number of the browser's current history entry; `None` for an entry that the app did not make.
fn current_entry() -> Option<i32> {
    let state = window().history().ok()?.state().ok()?;
    state.as_f64().map(|number| number as i32)
}
