//! Reading the page: its text, its elements by selector, and its controls by label.

use js_sys::Reflect;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::harness::app::root;

/// The visible text of the page, on one line.
pub(crate) fn page_text() -> String {
    collapse_whitespace(&root().inner_text())
}

/// A text on one line, with single spaces.
pub(crate) fn collapse_whitespace(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is visible on the page.
pub(crate) fn shows(text: &str) -> bool {
    page_text().contains(text)
}

/// Words and phrases that no message contains: they blame the user, say nothing, or read like a translation.
const BANNED_WORDS: [&str; 13] = [
    "valid",
    "please",
    "sorry",
    "this field is required",
    "oops",
    "look at",
    "look in",
    "look whether",
    "the last that was seen",
    "on its way",
    "goes on",
    "got in the way",
    "is none in the list",
];

/// Checks that a text contains none of the banned words, and does not speak of the API, except of an API key.
pub(crate) fn assert_no_banned_words(text: &str) {
    let lower = text.to_lowercase();
    for word in BANNED_WORDS {
        assert!(!lower.contains(word), "“{word}” in: {text}");
    }
    assert!(!text.replace("API key", "").contains("API"), "“API” in: {text}");
}

/// Checks that a message contains no banned word and says nothing twice.
pub(crate) fn assert_reads_well(text: &str, case: &str) {
    assert_no_banned_words(text);
    let sentences: Vec<&str> = text.split_inclusive(['.', '…']).map(str::trim).collect();
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.contains(' ')) {
        assert!(!sentences[..at].contains(sentence), "{case}: “{sentence}” is said twice in: {text}");
    }
}

/// The texts of all boxes with a message, without their sections "Details".
pub(crate) fn message_boxes() -> Vec<String> {
    let boxes = query_all(".notice, .summary").into_iter().map(|message| {
        let copy: Element = message.clone_node_with_deep(true).expect("a copy").unchecked_into();
        query_in(&copy, "details").iter().for_each(Element::remove);
        let parts = query_in(&copy, "h2, p, li, button, a").into_iter().filter(|part| {
            let parent = part.parent_element();
            parent.is_none_or(|parent| parent.closest("p, li, button, a").is_ok_and(|outer| outer.is_none()))
        });
        let parts = parts.map(|part| text_of(&part)).filter(|text| !text.is_empty());
        parts.map(|text| text.trim_end_matches('.').to_owned() + ".").collect::<Vec<_>>().join(" ")
    });
    boxes.filter(|text| !text.is_empty()).collect()
}

/// The text of all sections "Details", which are closed.
pub(crate) fn details_text() -> String {
    query_all("details").iter().map(text_of).collect::<Vec<_>>().join(" ")
}

/// The first element that a selector matches.
pub(crate) fn query(selector: &str) -> Option<Element> {
    root().query_selector(selector).expect("a selector")
}

/// All elements that a selector matches.
pub(crate) fn query_all(selector: &str) -> Vec<Element> {
    query_in(&root(), selector)
}

/// All elements below another one that a selector matches.
pub(crate) fn query_in(element: &Element, selector: &str) -> Vec<Element> {
    let found = element.query_selector_all(selector).expect("a selector");
    (0..found.length()).filter_map(|at| found.get(at)).map(JsCast::unchecked_into).collect()
}

/// The open dialog with the focus, else the last one, or the whole page: a modal dialog makes everything else inert.
pub(crate) fn topmost() -> Element {
    let focused = document().active_element().and_then(|focused| focused.closest("dialog[open]").ok().flatten());
    focused.or_else(|| query_all("dialog[open]").pop()).unwrap_or_else(|| root().into())
}

/// The text of an element on one line, hidden parts included.
pub(crate) fn text_of(element: &Element) -> String {
    collapse_whitespace(&element.text_content().unwrap_or_default())
}

/// Whether a status region has a text that starts like this.
pub(crate) fn status_starts_with(text: &str) -> bool {
    query_all("[role=status]").iter().any(|region| text_of(region).starts_with(text))
}

/// The control with this label, if there is one.
pub(crate) fn find_control(label: &str) -> Option<HtmlElement> {
    let found = query_all("label").into_iter().find(|element| without_optional(&text_of(element)) == label)?;
    document().get_element_by_id(&found.get_attribute("for")?).map(JsCast::unchecked_into)
}

/// The control with this label.
pub(crate) fn control(label: &str) -> HtmlElement {
    find_control(label).unwrap_or_else(|| panic!("no control is labelled “{label}” on the page:\n{}", page_text()))
}

/// The control with this `name`. The label of an address field depends on the country, its name does not.
pub(crate) fn control_by_name(name: &str) -> HtmlElement {
    let control = query(&format!("[name='{name}']")).unwrap_or_else(|| panic!("no control is named {name}"));
    control.unchecked_into()
}

/// The label of a control.
pub(crate) fn label_of(control: &Element) -> String {
    let label = query(&format!("label[for='{}']", control.id())).expect("a control has a label");
    without_optional(&text_of(&label)).to_owned()
}

fn without_optional(label: &str) -> &str {
    label.strip_suffix(" (optional)").unwrap_or(label)
}

/// The hint of a control, if its `aria-describedby` names one.
pub(crate) fn hint_of(control: &Element) -> Option<String> {
    let ids = control.get_attribute("aria-describedby").unwrap_or_default();
    let id = ids.split_whitespace().find(|id| id.ends_with("-hint"))?;
    Some(text_of(&document().get_element_by_id(id).unwrap_or_else(|| panic!("no element has the ID {id}"))))
}

/// The error of a control, as its description says it. Fails unless `aria-invalid` agrees.
pub(crate) fn error(label: &str) -> Option<String> {
    let control = control(label);
    let ids = control.get_attribute("aria-describedby").unwrap_or_default();
    let texts = ids.split_whitespace().map(|id| {
        let description = document().get_element_by_id(id);
        text_of(&description.unwrap_or_else(|| panic!("the description #{id} of “{label}” is missing")))
    });
    let error = texts.filter_map(|text| text.strip_prefix("Error: ").map(str::to_owned)).next_back();
    let marked = control.get_attribute("aria-invalid").as_deref() == Some("true");
    assert_eq!(marked, error.is_some(), "aria-invalid of “{label}” agrees with its description");
    error
}

/// Whether the checkbox with this label is ticked.
pub(crate) fn is_checked(label: &str) -> bool {
    Reflect::get(&control(label), &"checked".into()).is_ok_and(|checked| checked.is_truthy())
}

/// Whether an element takes space on the page.
pub(crate) fn is_visible(element: &HtmlElement) -> bool {
    element.offset_height() > 0
}

/// The value of the control with this label.
pub(crate) fn value(label: &str) -> String {
    value_of(&control(label))
}

/// The value of a control.
pub(crate) fn value_of(control: &HtmlElement) -> String {
    let value = Reflect::get(control, &"value".into());
    value.ok().and_then(|value| value.as_string()).expect("a control has a value")
}

/// The element with the focus.
pub(crate) fn focused() -> Element {
    document().active_element().expect("an element has the focus")
}

/// Whether this element has the focus.
pub(crate) fn has_focus(element: &Element) -> bool {
    focused().is_same_node(Some(element))
}
