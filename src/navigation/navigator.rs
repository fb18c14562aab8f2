//! Moves between pages without a reload, with the browser's history. What would be lost with a page can hold up the
//! moves that the user asks for ([`Navigation::set_guard`]); the app's own go on.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::route::Route;

/// How long the browser may take for a step through its history. Chromium passes over what is beyond 200 in ten seconds,
/// without a word, so nothing may wait for ever.
const HISTORY_TIMEOUT: Duration = Duration::from_millis(300);
/// How often it is told to come back to the page.
const MAX_RESTORES: u32 = 5;

/// A move that the user asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingNavigation {
    to: Route,
    href: String,
    /// How many entries of the history away, when it goes through the history.
    steps: Option<i32>,
}

/// Where the user is. Provided as a context by the app.
#[derive(Debug, Clone, Copy)]
pub struct Navigation {
    route: RwSignal<Route>,
    /// Which entry of the history shows this page: each entry of ours has its number as its state.
    entry: StoredValue<i32>,
    /// Set while the browser, which has made a move that is held, is on its way back: it is looked after again then.
    restoring: StoredValue<Option<TimeoutHandle>>,
    /// The entry that a move which was held leads to, while the browser is on its way there.
    resuming: StoredValue<Option<i32>>,
    guard: StoredValue<Option<Callback<PendingNavigation, bool>>>,
}

impl Navigation {
    /// Starts at the browser's URL, and follows its back button and the page's links.
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
        let pops = window_event_listener(ev::popstate, move |_| navigation.on_popstate());
        let clicks = window_event_listener(ev::click, move |event| navigation.on_link_click(&event));
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

    /// Asks this before each move to another page. What answers yes has to see to it: [`Navigation::proceed`].
    pub fn set_guard(self, guard: Callback<PendingNavigation, bool>) {
        self.guard.set_value(Some(guard));
    }

    /// Goes to a page, as the user asked.
    pub fn go(self, route: &Route) {
        self.request(PendingNavigation { to: route.clone(), href: route.href(), steps: None });
    }

    /// Goes to a page in the place of this one: back leads to what was before. Nothing holds this up: the page itself
    /// is done.
    pub fn replace(self, route: &Route) {
        self.write_entry(true, Some(&route.href()));
        self.show(route.clone());
    }

    /// Reads the URL's query. When it meant something it is taken out of the URL: neither a reload nor the way back
    /// brings it again.
    pub fn take_query<T>(self, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let query = location().search().ok().filter(|query| !query.is_empty())?;
        let meant = read(&query)?;
        // Refused, it is read again after a reload: no more than that.
        self.write_entry(true, Some(&current_route().href()));
        Some(meant)
    }

    /// Makes a move that was held up.
    pub fn proceed(self, PendingNavigation { to, href, steps }: PendingNavigation) {
        let Some(steps) = steps else {
            // A page that is shown already gets no second entry: Back would lead to itself.
            let is_shown = self.route.with_untracked(|here| *here == to);
            self.write_entry(is_shown, Some(&href));
            return self.show(to);
        };
        let entry = self.entry.get_value() + steps;
        self.resuming.set_value(Some(entry));
        self.go_to_entry(entry);
        let anyway = move || {
            if self.resuming.try_update_value(Option::take).flatten().is_some() {
                self.show(to);
            }
        };
        set_timeout(anyway, HISTORY_TIMEOUT);
    }

    fn request(self, target: PendingNavigation) {
        if !self.is_blocked(&target) {
            self.proceed(target);
        }
    }

    /// A move that stays on the page loses nothing.
    fn is_blocked(self, target: &PendingNavigation) -> bool {
        let stays = self.route.with_untracked(|here| *here == target.to);
        !stays && self.guard.get_value().is_some_and(|guard| guard.run(target.clone()))
    }

    /// A page whose address the browser did not take is shown all the same.
    fn show(self, route: Route) {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        if self.route.with_untracked(|here| *here != route) {
            self.route.set(route);
        }
    }

    /// Makes an entry of the history, or changes this one, if the browser does.
    fn write_entry(self, in_place: bool, href: Option<&str>) {
        let entry = self.entry.get_value() + i32::from(!in_place);
        let state = JsValue::from(entry);
        let done = window().history().is_ok_and(|history| {
            if in_place {
                history.replace_state_with_url(&state, "", href).is_ok()
            } else {
                history.push_state_with_url(&state, "", href).is_ok()
            }
        });
        if done && current_entry() == Some(entry) {
            self.entry.set_value(entry);
        }
    }

    fn go_to_entry(self, entry: i32) {
        match current_entry() {
            // No step at all would be a reload.
            Some(now) if now == entry => self.entry.set_value(entry),
            Some(now) => _ = window().history().map(|history| history.go_with_delta(entry - now)),
            // Not an entry of ours, so it is not known which way is back.
            None => self.write_entry(false, Some(&self.route.with_untracked(Route::href))),
        }
    }

    /// The browser has moved through its history.
    fn on_popstate(self) {
        let (to, now) = (current_route(), current_entry());
        let here = self.entry.get_value();
        let target = PendingNavigation { href: to.href(), to, steps: now.map(|now| now - here) };
        match self.resuming.get_value() {
            // It was still on its way back to the page when the move was let go.
            Some(entry) if now.is_some_and(|now| now != entry) => return self.go_to_entry(entry),
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
        match now {
            Some(now) => self.entry.set_value(now),
            // A hash makes an entry of its own, without a number.
            None => {
                self.entry.set_value(here + 1);
                self.write_entry(true, None);
            }
        }
        if self.route.with_untracked(|here| *here != target.to) {
            self.route.set(target.to);
        }
    }

    /// A held move through the history has been made already: the address goes back to the page.
    fn restore_entry(self, times: u32) {
        self.go_to_entry(self.entry.get_value());
        let again = move || {
            let is_under_way = self.restoring.try_update_value(Option::take).flatten().is_some();
            if is_under_way && times > 0 && self.route.with_untracked(|here| *here != current_route()) {
                self.restore_entry(times - 1);
            }
        };
        self.restoring.set_value(set_timeout_with_handle(again, HISTORY_TIMEOUT).ok());
    }

    /// Takes over a plain click on a link to another page of ours; every other click is the browser's.
    fn on_link_click(self, event: &MouseEvent) {
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
            let href = link.pathname() + &link.search();
            self.request(PendingNavigation { to: Route::parse(&link.pathname()), href, steps: None });
        }
    }
}

fn current_route() -> Route {
    Route::parse(&location().pathname().unwrap_or_default())
}

/// The number of the entry that the browser is at; `None` for one that is not ours.
fn current_entry() -> Option<i32> {
    let state = window().history().ok()?.state().ok()?;
    state.as_f64().map(|number| number as i32)
}
