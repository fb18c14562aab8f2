//! The user: finds things by label and role, types, presses, looks.

use js_sys::Reflect;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};

use crate::harness::{collapse_whitespace, page_text, root, tick, wait_for};

/// Waits until a text is on the page.
pub(crate) async fn see(what: &str) {
    wait_for(&format!("“{what}”"), || shows(what)).await;
}

/// Waits until the page's heading says this.
pub(crate) async fn see_page(heading: &str) {
    wait_for(&format!("the page “{heading}”"), || query("h1").is_some_and(|h1| text_of(&h1) == heading)).await;
}

/// Whether a text is on the page.
pub(crate) fn shows(what: &str) -> bool {
    page_text().contains(what)
}

/// What the user can reach: an open dialog shuts off the rest, and the last one the others.
fn topmost() -> Element {
    query_all("dialog[open]").pop().unwrap_or_else(|| root().into())
}

/// Every element that a selector finds.
pub(crate) fn query_all(selector: &str) -> Vec<Element> {
    query_in(&root(), selector)
}

pub(crate) fn query_in(element: &Element, selector: &str) -> Vec<Element> {
    let found = element.query_selector_all(selector).expect("a selector");
    (0..found.length()).filter_map(|at| found.get(at)).map(JsCast::unchecked_into).collect()
}

/// The first element that a selector finds.
pub(crate) fn query(selector: &str) -> Option<Element> {
    root().query_selector(selector).expect("a selector")
}

/// An element's text on one line.
pub(crate) fn text_of(element: &Element) -> String {
    collapse_whitespace(&element.text_content().unwrap_or_default())
}

fn find_labelled(label: &str) -> Option<HtmlElement> {
    let is_it = |element: &Element| {
        let said = text_of(element);
        said.strip_suffix(" (optional)").unwrap_or(&said) == label
    };
    let found = query_all("label").into_iter().find(is_it)?;
    document().get_element_by_id(&found.get_attribute("for")?).map(JsCast::unchecked_into)
}

/// The control with this label.
pub(crate) fn control(label: &str) -> HtmlElement {
    find_labelled(label).unwrap_or_else(|| panic!("no control is labelled “{label}” on the page:\n{}", page_text()))
}

/// The control with this name: what it is called follows the country.
pub(crate) fn control_by_name(key: &str) -> HtmlElement {
    let control = query(&format!("[name='{key}']")).unwrap_or_else(|| panic!("there is no control {key}"));
    control.unchecked_into()
}

/// What a control is called.
pub(crate) fn label_of(control: &Element) -> String {
    let label = query(&format!("label[for='{}']", control.id())).expect("a control has a label");
    let said = text_of(&label);
    said.strip_suffix(" (optional)").unwrap_or(&said).to_owned()
}

/// What stands as a hint at a control, when the control is described by it.
pub(crate) fn hint_of(control: &Element) -> Option<String> {
    let ids = control.get_attribute("aria-describedby").unwrap_or_default();
    let id = ids.split_whitespace().find(|id| id.ends_with("-hint"))?;
    Some(text_of(&document().get_element_by_id(id).unwrap_or_else(|| panic!("there is no #{id}"))))
}

/// Whether an element takes any room on the page.
pub(crate) fn is_visible(element: &HtmlElement) -> bool {
    element.offset_height() > 0
}

/// The control with this label, as soon as the user can reach it, with the focus.
pub(crate) async fn focus(label: &str) -> HtmlElement {
    let reachable =
        || find_labelled(label).is_some_and(|control| is_visible(&control) && topmost().contains(Some(&control)));
    wait_for(&format!("a control labelled “{label}”"), reachable).await;
    let control = control(label);
    control.focus().expect("a control takes the focus");
    control
}

/// Moves the focus out of a control.
pub(crate) async fn blur(label: &str) {
    focus(label).await.blur().expect("a control gives the focus back");
    tick().await;
}

/// Puts a text into a control, in the place of what it holds: as a paste does.
pub(crate) async fn fill(label: &str, text: &str) {
    let control = focus(label).await;
    set_value(&control, text);
    tick().await;
}

/// Types a text at the end of what a control holds, a character an event.
pub(crate) async fn type_in(label: &str, text: &str) {
    let control = focus(label).await;
    for character in text.chars() {
        set_value(&control, &format!("{}{character}", value(label)));
        tick().await;
    }
}

/// Takes away the last character that a control holds.
pub(crate) async fn erase_last(label: &str) {
    let mut text = value(label);
    text.pop();
    fill(label, &text).await;
}

/// Chooses an option of a select by its value: its name depends on the reader's language.
pub(crate) async fn choose(label: &str, choice: &str) {
    options(label).await;
    fill(label, choice).await;
    assert_eq!(value(label), choice, "“{label}” has no such choice");
}

/// The options of a select, once they are there: they come behind the first paint.
pub(crate) async fn options(label: &str) -> Vec<Element> {
    wait_for("its choices", || query_in(&control(label), "option").len() > 2).await;
    query_in(&control(label), "option")
}

/// Sets a value, and tells as the browser does.
pub(crate) fn set_value(control: &HtmlElement, text: &str) {
    Reflect::set(control, &"value".into(), &text.into()).expect("a control has a value");
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    for kind in ["input", "change"] {
        if kind == "input" || control.tag_name() == "SELECT" {
            let event = Event::new_with_event_init_dict(kind, &bubbles).expect("an event");
            control.dispatch_event(&event).expect("it is dispatched");
        }
    }
}

/// What a control holds.
pub(crate) fn value(label: &str) -> String {
    value_of(&control(label))
}

/// What a control holds.
pub(crate) fn value_of(control: &HtmlElement) -> String {
    let value = Reflect::get(control, &"value".into());
    value.ok().and_then(|value| value.as_string()).expect("a control has a value")
}

fn find_pressable(name: &str) -> Option<HtmlElement> {
    let found = query_in(&topmost(), "button, a[href], input[type=checkbox]").into_iter().find(|element| {
        text_of(element) == name || find_labelled(name).is_some_and(|named| named.is_same_node(Some(element)))
    });
    found.map(JsCast::unchecked_into)
}

/// The button, link or checkbox of this name, as soon as the user can reach it.
pub(crate) async fn find(name: &str) -> HtmlElement {
    wait_for(&format!("“{name}”, to press"), || find_pressable(name).is_some()).await;
    find_pressable(name).expect("it was there just now")
}

/// Presses a button, link or checkbox.
pub(crate) async fn press(name: &str) {
    click(&find(name).await);
    tick().await;
}

/// A press takes the focus first.
pub(crate) fn click(element: &HtmlElement) {
    element.focus().expect("what can be pressed takes the focus");
    element.click();
}

/// Presses a key in a control, and waits for the page to react.
pub(crate) async fn press_key(label: &str, key: &str, ctrl: bool) {
    key_down(&focus(label).await, key, ctrl);
    tick().await;
}

/// Presses a key in a control. Enter in a one-line control clicks its form's button, as in a browser.
pub(crate) fn key_down(control: &HtmlElement, key: &str, ctrl: bool) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_ctrl_key(ctrl);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    let goes_on = control.dispatch_event(&event).expect("it is dispatched");
    if goes_on && key == "Enter" && control.tag_name() == "INPUT" {
        let button = query("form button[type=submit]").expect("the form has a button");
        button.unchecked_into::<HtmlElement>().click();
    }
}

/// Follows a link to a page of the app that the current page does not offer, even while a dialog is open.
pub(crate) async fn follow_link(href: &str) {
    let link = document().create_element("a").expect("a link");
    link.set_attribute("href", href).expect("an attribute");
    document().body().expect("a body").append_child(&link).expect("it can be appended");
    link.unchecked_ref::<HtmlElement>().click();
    link.remove();
    tick().await;
}

/// What is wrong at a control, as it is marked and said; nothing if nothing is.
pub(crate) fn error(label: &str) -> Option<String> {
    let control = control(label);
    let ids = control.get_attribute("aria-describedby").unwrap_or_default();
    let texts = ids.split_whitespace().map(|id| {
        let said = document().get_element_by_id(id).unwrap_or_else(|| panic!("“{label}” is described by no #{id}"));
        text_of(&said)
    });
    let error = texts.filter_map(|said| said.strip_prefix("Error: ").map(str::to_owned)).next_back();
    let marked = control.get_attribute("aria-invalid").as_deref() == Some("true");
    assert_eq!(marked, error.is_some(), "“{label}” is marked as wrong when its description says so");
    error
}

/// Where the focus is.
pub(crate) fn focused() -> Element {
    document().active_element().expect("something has the focus")
}

/// The links of the summary, when it is shown and has the focus.
pub(crate) async fn see_summary() -> Vec<String> {
    let has_focus = || text_of(&focused()).starts_with("There is a problem") && query("h1").is_some();
    wait_for("the summary, with the focus", has_focus).await;
    assert!(focused().query_selector("[role=alert] h2").is_ok_and(|alert| alert.is_some()), "it is said at once");
    query_in(&focused(), "li").iter().map(text_of).collect()
}
