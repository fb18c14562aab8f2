//! The user: finds things by label and role, types, presses, looks.

use js_sys::Reflect;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};

use crate::harness::{collapse, root, settle, text, turn};

/// Waits until a text is on the page.
pub(crate) async fn see(what: &str) {
    settle(&format!("“{what}”"), || shows(what)).await;
}

/// Waits until the page's heading says this.
pub(crate) async fn see_page(heading: &str) {
    settle(&format!("the page “{heading}”"), || maybe("h1").is_some_and(|h1| words(&h1) == heading)).await;
}

/// Whether a text is on the page.
pub(crate) fn shows(what: &str) -> bool {
    text().contains(what)
}

/// What the user can reach: an open dialog shuts off the rest, and the last one the others.
fn reach() -> Element {
    all("dialog[open]").pop().unwrap_or_else(|| root().into())
}

/// Every element that a selector finds.
pub(crate) fn all(selector: &str) -> Vec<Element> {
    within(&root(), selector)
}

pub(crate) fn within(element: &Element, selector: &str) -> Vec<Element> {
    let found = element.query_selector_all(selector).expect("a selector");
    (0..found.length()).filter_map(|at| found.get(at)).map(JsCast::unchecked_into).collect()
}

/// The first element that a selector finds.
pub(crate) fn maybe(selector: &str) -> Option<Element> {
    root().query_selector(selector).expect("a selector")
}

/// An element's text on one line.
pub(crate) fn words(element: &Element) -> String {
    collapse(&element.text_content().unwrap_or_default())
}

fn labelled(label: &str) -> Option<HtmlElement> {
    let is_it = |element: &Element| {
        let said = words(element);
        said.strip_suffix(" (optional)").unwrap_or(&said) == label
    };
    let found = all("label").into_iter().find(is_it)?;
    document().get_element_by_id(&found.get_attribute("for")?).map(JsCast::unchecked_into)
}

/// The control with this label.
pub(crate) fn control(label: &str) -> HtmlElement {
    labelled(label).unwrap_or_else(|| panic!("no control is labelled “{label}” on the page:\n{}", text()))
}

/// The control with this name: what it is called follows the country.
pub(crate) fn named(key: &str) -> HtmlElement {
    let control = maybe(&format!("[name='{key}']")).unwrap_or_else(|| panic!("there is no control {key}"));
    control.unchecked_into()
}

/// What a control is called.
pub(crate) fn label_of(control: &Element) -> String {
    let label = maybe(&format!("label[for='{}']", control.id())).expect("a control has a label");
    let said = words(&label);
    said.strip_suffix(" (optional)").unwrap_or(&said).to_owned()
}

/// What stands as a hint at a control, when the control is described by it.
pub(crate) fn hint(control: &Element) -> Option<String> {
    let ids = control.get_attribute("aria-describedby").unwrap_or_default();
    let id = ids.split_whitespace().find(|id| id.ends_with("-hint"))?;
    Some(words(&document().get_element_by_id(id).unwrap_or_else(|| panic!("there is no #{id}"))))
}

/// Whether an element takes any room on the page.
pub(crate) fn is_shown(element: &HtmlElement) -> bool {
    element.offset_height() > 0
}

/// The control with this label, as soon as the user can reach it, with the focus.
pub(crate) async fn enter(label: &str) -> HtmlElement {
    let reachable = || labelled(label).is_some_and(|control| is_shown(&control) && reach().contains(Some(&control)));
    settle(&format!("a control labelled “{label}”"), reachable).await;
    let control = control(label);
    control.focus().expect("a control takes the focus");
    control
}

/// Moves the focus out of a control.
pub(crate) async fn leave(label: &str) {
    enter(label).await.blur().expect("a control gives the focus back");
    turn().await;
}

/// Puts a text into a control, in the place of what it holds: as a paste does.
pub(crate) async fn fill(label: &str, text: &str) {
    let control = enter(label).await;
    put(&control, text);
    turn().await;
}

/// Types a text at the end of what a control holds, a character an event.
pub(crate) async fn type_in(label: &str, text: &str) {
    let control = enter(label).await;
    for character in text.chars() {
        put(&control, &format!("{}{character}", value(label)));
        turn().await;
    }
}

/// Takes away the last character that a control holds.
pub(crate) async fn erase(label: &str) {
    let mut text = value(label);
    text.pop();
    fill(label, &text).await;
}

/// Chooses an option of a select by its value: its name depends on the reader's language.
pub(crate) async fn choose(label: &str, choice: &str) {
    choices(label).await;
    fill(label, choice).await;
    assert_eq!(value(label), choice, "“{label}” has no such choice");
}

/// The options of a select, once they are there: they come behind the first paint.
pub(crate) async fn choices(label: &str) -> Vec<Element> {
    settle("its choices", || within(&control(label), "option").len() > 2).await;
    within(&control(label), "option")
}

/// Sets a value, and tells as the browser does.
pub(crate) fn put(control: &HtmlElement, text: &str) {
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

fn pressable(name: &str) -> Option<HtmlElement> {
    let found = within(&reach(), "button, a[href], input[type=checkbox]").into_iter().find(|element| {
        words(element) == name || labelled(name).is_some_and(|named| named.is_same_node(Some(element)))
    });
    found.map(JsCast::unchecked_into)
}

/// The button, link or checkbox of this name, as soon as the user can reach it.
pub(crate) async fn find(name: &str) -> HtmlElement {
    settle(&format!("“{name}”, to press"), || pressable(name).is_some()).await;
    pressable(name).expect("it was there just now")
}

/// Presses a button, link or checkbox.
pub(crate) async fn press(name: &str) {
    click(&find(name).await);
    turn().await;
}

/// A press takes the focus first.
pub(crate) fn click(element: &HtmlElement) {
    element.focus().expect("what can be pressed takes the focus");
    element.click();
}

/// Presses a key in a control, and waits for the page to react.
pub(crate) async fn press_key(label: &str, key: &str, ctrl: bool) {
    key_down(&enter(label).await, key, ctrl);
    turn().await;
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
        let button = maybe("form button[type=submit]").expect("the form has a button");
        button.unchecked_into::<HtmlElement>().click();
    }
}

/// Follows a link to a page of the app that the current page does not offer, even while a dialog is open.
pub(crate) async fn follow(href: &str) {
    let link = document().create_element("a").expect("a link");
    link.set_attribute("href", href).expect("an attribute");
    document().body().expect("a body").append_child(&link).expect("it can be appended");
    link.unchecked_ref::<HtmlElement>().click();
    link.remove();
    turn().await;
}

/// What is wrong at a control, as it is marked and said; nothing if nothing is.
pub(crate) fn error(label: &str) -> Option<String> {
    let control = control(label);
    let ids = control.get_attribute("aria-describedby").unwrap_or_default();
    let texts = ids.split_whitespace().map(|id| {
        let said = document().get_element_by_id(id).unwrap_or_else(|| panic!("“{label}” is described by no #{id}"));
        words(&said)
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
    let has_focus = || words(&focused()).starts_with("There is a problem") && maybe("h1").is_some();
    settle("the summary, with the focus", has_focus).await;
    assert!(focused().query_selector("[role=alert] h2").is_ok_and(|alert| alert.is_some()), "it is said at once");
    within(&focused(), "li").iter().map(words).collect()
}
