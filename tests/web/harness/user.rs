//! The user: sees texts, types into controls, and presses buttons and links by their names.

use js_sys::Reflect;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};

use crate::harness::page::{
    control, details_text, find_control, focused, is_visible, query, query_in, shows, text_of, topmost, value,
};
use crate::harness::wait::{tick, wait_for};

/// Waits until a text is visible.
pub(crate) async fn see(text: &str) {
    wait_for(&format!("“{text}”"), || shows(text)).await;
}

/// Waits until a section "Details" contains a text.
pub(crate) async fn see_in_details(text: &str) {
    wait_for(&format!("“{text}” in Details"), || details_text().contains(text)).await;
}

/// Waits until the page with this heading is shown.
pub(crate) async fn see_page(heading: &str) {
    wait_for(&format!("the page “{heading}”"), || query("h1").is_some_and(|h1| text_of(&h1) == heading)).await;
}

/// Waits until the element with this text has the focus.
pub(crate) async fn see_focus_on(text: &str) {
    wait_for(&format!("the focus on “{text}”"), || text_of(&focused()) == text).await;
}

/// Waits until the page's heading has the focus.
pub(crate) async fn see_focus_on_heading() {
    wait_for("the focus on the heading", || focused().tag_name() == "H1").await;
}

/// Waits until the error summary has the focus, and returns its items.
pub(crate) async fn see_summary() -> Vec<String> {
    let is_summary = || text_of(&focused()).starts_with("There is a problem") && query("h1").is_some();
    wait_for("the error summary, with the focus", is_summary).await;
    assert!(focused().query_selector("[role=alert] h2").is_ok_and(|alert| alert.is_some()), "the summary is an alert");
    query_in(&focused(), "li").iter().map(text_of).collect()
}

/// Waits until the control with this label can be used, and focuses it.
pub(crate) async fn focus(label: &str) -> HtmlElement {
    let is_usable =
        || find_control(label).is_some_and(|control| is_visible(&control) && topmost().contains(Some(&control)));
    wait_for(&format!("a control labelled “{label}”"), is_usable).await;
    let control = control(label);
    control.focus().expect("a control takes the focus");
    control
}

/// Focuses a control and moves the focus out of it.
pub(crate) async fn blur(label: &str) {
    focus(label).await.blur().expect("a control gives up the focus");
    tick().await;
}

/// Replaces the value of a control in one event, as a paste does.
pub(crate) async fn fill(label: &str, text: &str) {
    let control = focus(label).await;
    set_value(&control, text);
    tick().await;
}

/// Types a text at the end of a control's value, one event a character.
pub(crate) async fn type_in(label: &str, text: &str) {
    let control = focus(label).await;
    for character in text.chars() {
        set_value(&control, &format!("{}{character}", value(label)));
        tick().await;
    }
}

/// Removes the last character of a control's value.
pub(crate) async fn erase_last(label: &str) {
    let mut text = value(label);
    text.pop();
    fill(label, &text).await;
}

/// Chooses an option of a select by its value, because the option's text depends on the browser's language.
pub(crate) async fn choose(label: &str, choice: &str) {
    options(label).await;
    fill(label, choice).await;
    assert_eq!(value(label), choice, "“{label}” has no such option");
}

/// The options of a select, once they are rendered, which is after the first paint.
pub(crate) async fn options(label: &str) -> Vec<Element> {
    wait_for("the options", || query_in(&control(label), "option").len() > 2).await;
    query_in(&control(label), "option")
}

/// Sets the value of a control and dispatches the browser's events at once, without waiting for the app.
pub(crate) fn set_value(control: &HtmlElement, text: &str) {
    Reflect::set(control, &"value".into(), &text.into()).expect("a control has a value");
    dispatch(control, "input");
    if control.tag_name() == "SELECT" {
        dispatch(control, "change");
    }
}

/// Dispatches an event that bubbles and can be cancelled. Returns whether its default action happens.
pub(crate) fn dispatch(element: &Element, kind: &str) -> bool {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict(kind, &init).expect("an event");
    element.dispatch_event(&event).expect("an element takes events")
}

fn find_pressable(name: &str) -> Option<HtmlElement> {
    let found = query_in(&topmost(), "button, a[href], input[type=checkbox]").into_iter().find(|element| {
        text_of(element) == name || find_control(name).is_some_and(|control| control.is_same_node(Some(element)))
    });
    found.map(JsCast::unchecked_into)
}

/// Waits for the button, link or checkbox of this name.
pub(crate) async fn find(name: &str) -> HtmlElement {
    wait_for(&format!("“{name}”, to press"), || find_pressable(name).is_some()).await;
    find_pressable(name).expect("the condition just held")
}

/// Presses a button, link or checkbox.
///
/// A press in a closed menu opens the menu first.
pub(crate) async fn press(name: &str) {
    let element = find(name).await;
    if let Ok(Some(menu)) = element.closest("details:not([open])") {
        menu.set_attribute("open", "").expect("an attribute");
    }
    if let Ok(Some(menu)) = element.closest("[popover]:not(:popover-open)") {
        open_popover(&menu);
    }
    click(&element);
    tick().await;
}

/// Opens the menu of the signed-in user.
pub(crate) async fn open_user_menu() {
    wait_for("the user menu", || query("#user-menu").is_some()).await;
    open_popover(&query("#user-menu").expect("the user menu"));
    tick().await;
}

fn open_popover(menu: &Element) {
    let button = query(&format!("[popovertarget='{}']", menu.id())).expect("a popover has a button");
    button.unchecked_into::<HtmlElement>().click();
}

/// Focuses and clicks an element, as a press does.
pub(crate) fn click(element: &HtmlElement) {
    element.focus().expect("a pressable element takes the focus");
    element.click();
}

/// Presses a key in a control, and waits for the app to react.
pub(crate) async fn press_key(label: &str, key: &str, ctrl: bool) {
    key_down(&focus(label).await, key, ctrl);
    tick().await;
}

/// Presses a key in a control. Enter in a one-line control clicks the submit button of its form, as in a browser.
pub(crate) fn key_down(control: &HtmlElement, key: &str, ctrl: bool) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_ctrl_key(ctrl);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    let has_default = control.dispatch_event(&event).expect("a control takes events");
    if has_default && key == "Enter" && control.tag_name() == "INPUT" {
        let button = query("form button[type=submit]").expect("the form has a submit button");
        button.unchecked_into::<HtmlElement>().click();
    }
}

/// Clicks a link that the current page does not offer, even while a dialog is open.
pub(crate) async fn follow_link(href: &str) {
    let link = document().create_element("a").expect("a link");
    link.set_attribute("href", href).expect("an attribute");
    document().body().expect("a body").append_child(&link).expect("it can be appended");
    link.unchecked_ref::<HtmlElement>().click();
    link.remove();
    tick().await;
}
