//! Elements, what they are given, and what they tell.

use std::rc::Rc;

use js_sys::Reflect;
use leptos::ev::EventDescriptor;
use leptos::prelude::document;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlElement};

use super::{IntoView, Place, Text};
use crate::reactive::{Memo, ReadSignal, RwSignal, Signal, live_reading};

/// An element of the page, once it is made, for what only the element itself can do.
pub type ElementRef = RwSignal<Option<HtmlElement>>;

/// The value of an attribute or a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The attribute is not there, the property is `null`.
    Missing,
    /// There, without a text.
    There,
    /// A text.
    Text(Text),
}

/// Something that is a value.
pub trait IntoValue {
    /// As a value.
    fn into_value(self) -> Value;
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { Value::There } else { Value::Missing }
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Missing, IntoValue::into_value)
    }
}

/// A value, or what makes it whenever it changes.
pub enum Source {
    /// It stays.
    Fixed(Value),
    /// It changes.
    Live(Box<dyn FnMut() -> Value>),
}

/// Something that gives a value, once or again and again.
pub trait IntoSource {
    /// As a source.
    fn into_source(self) -> Source;
}

macro_rules! values_are_sources {
    ($($value:ty)*) => {
        $(impl IntoSource for $value {
            fn into_source(self) -> Source {
                Source::Fixed(self.into_value())
            }
        })*
    };
}

values_are_sources!(bool &'static str String);

impl<T: IntoValue> IntoSource for Option<T> {
    fn into_source(self) -> Source {
        Source::Fixed(self.into_value())
    }
}

impl<T: IntoValue, F: FnMut() -> T + 'static> IntoSource for F {
    fn into_source(mut self) -> Source {
        Source::Live(Box::new(move || self().into_value()))
    }
}

macro_rules! signals_are_sources {
    ($($signal:ident)*) => {
        $(impl<T: IntoValue + Clone + 'static> IntoSource for $signal<T> {
            fn into_source(self) -> Source {
                (move || self.get()).into_source()
            }
        })*
    };
}

signals_are_sources!(Memo ReadSignal RwSignal Signal);

thread_local! {
    /// Leptos' `document()` is a call of the browser each time, and one more to let go of it.
    static DOCUMENT: Document = document();
}

/// A new element, with one handle for all that holds it: each is a call of the browser, and one more to let go of it.
/// `markup` is its name, and then the name and the value of each attribute that it always has, each on a
/// line of its own: one call for all of them is less code than one for each.
pub fn element(markup: &'static str) -> Rc<Element> {
    let mut lines = markup.split('\n');
    let name = lines.next().unwrap_or_default();
    // Fails never: every name of an element that stands in the app's markup is one.
    let element =
        DOCUMENT.with(|document| document.create_element(name)).unwrap_or_else(|never| wasm_bindgen::throw_val(never));
    while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
        set_attribute(&element, name, value);
    }
    Rc::new(element)
}

fn set_attribute(element: &Element, name: &str, value: &str) {
    // Fails only for a name that is none.
    _ = element.set_attribute(name, value);
}

/// Gives it an attribute.
pub fn attribute(element: &Rc<Element>, name: &'static str, value: impl IntoSource) {
    give(element, name, value.into_source(), false, |element, name, value| {
        match value {
            // Fails only for a name that is none.
            Value::Missing => _ = element.remove_attribute(name),
            Value::There => set_attribute(element, name, ""),
            Value::Text(text) => set_attribute(element, name, text),
        }
    });
}

/// Gives it a property.
pub fn property(element: &Rc<Element>, name: &'static str, value: impl IntoSource) {
    give(element, name, value.into_source(), true, |element, name, value| {
        let value = match value {
            Value::Missing => JsValue::NULL,
            Value::There => JsValue::TRUE,
            Value::Text(text) => JsValue::from_str(text),
        };
        // Fails only for a property that cannot be written.
        _ = Reflect::set(element, &JsValue::from_str(name), &value);
    });
}

/// Gives it a class, while `value` is true.
pub fn class(element: &Rc<Element>, name: &'static str, value: impl IntoSource) {
    give(element, name, value.into_source(), false, |element, name, value| {
        // Fails only for a name that is none.
        _ = element.class_list().toggle_with_force(name, *value == Value::There);
    });
}

/// `anew`: also when the value is the same once more. A user may have changed a property since; of the rest it would cost
/// a call of the browser for nothing. A new element has none.
fn give(element: &Rc<Element>, name: &'static str, source: Source, anew: bool, set: fn(&Element, &str, &Value)) {
    let mut last = Value::Missing;
    match source {
        Source::Fixed(value) if anew || value != last => set(element, name, &value),
        Source::Fixed(_) => {}
        Source::Live(mut make) => {
            let element = Rc::clone(element);
            live_reading(Box::new(move || {
                let value = make();
                if anew || value != last {
                    set(&element, name, &value);
                    last = value;
                }
            }));
        }
    }
}

/// Puts something into it, behind what is there.
pub fn child(element: &Element, view: impl IntoView) {
    view.into_view().insert(Place::In(element));
}

/// Lets it be found.
pub fn refer(element: &Element, found: ElementRef) {
    found.set(Some(element.clone().unchecked_into()));
}

/// Listens to it. The browser frees the listener with the element.
pub fn on<E: EventDescriptor>(element: &Element, event: E, mut heard: impl FnMut(E::EventType) + 'static)
where
    E::EventType: JsCast,
{
    listen(element, &event.name(), Box::new(move |event| heard(event.unchecked_into())));
}

fn listen(element: &Element, name: &str, heard: Box<dyn FnMut(Event)>) {
    let heard = Closure::wrap(heard).into_js_value();
    // Fails never: every element takes listeners.
    _ = element.add_event_listener_with_callback(name, heard.unchecked_ref());
}
