//! Parts of the page that change: what stands where, whatever was there before.

use billing_admin::reactive::{RwSignal, take_turn};
use billing_admin::view::mount;
use billing_admin::view::prelude::{AnyView, IntoView, document, view};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shown {
    Nothing,
    Text,
    Elements,
    /// A part that is a text inside the part.
    Part,
}

const ALL: [Shown; 4] = [Shown::Nothing, Shown::Text, Shown::Elements, Shown::Part];

impl Shown {
    fn made(self, inner: RwSignal<&'static str>) -> AnyView {
        match self {
            Self::Nothing => ().into_any(),
            Self::Text => "text".into_any(),
            Self::Elements => view! { <i>"one"</i> "two" <b>{inner}</b> },
            Self::Part => (move || inner.get()).into_any(),
        }
    }

    fn written(self, inner: &str) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text => "text".to_owned(),
            Self::Elements => format!("<i>one</i>two<b>{inner}</b>"),
            Self::Part => inner.to_owned(),
        }
    }
}

fn place() -> Element {
    document().create_element("p").expect("it is the name of an element")
}

#[wasm_bindgen_test]
fn a_part_stands_between_its_neighbours_whatever_it_was() {
    for first in ALL {
        for then in ALL {
            let (place, inner, shown) = (place(), RwSignal::new("in"), RwSignal::new(first));
            let mounted = mount(&place, || {
                view! {
                    <em>"a"</em>
                    {move || shown.get().made(inner)}
                    {move || (shown.get() != Shown::Nothing).then_some("!")}
                    "z"
                }
            });
            let sees = |shown: Shown, inner: &str| {
                take_turn();
                let mark = if shown == Shown::Nothing { "" } else { "!" };
                let wanted = format!("<em>a</em>{}{mark}z", shown.written(inner));
                assert_eq!(place.inner_html(), wanted, "from {first:?} to {then:?}");
            };
            sees(first, "in");
            for shows in [then, first, then] {
                shown.set(shows);
                sees(shows, "in");
            }
            inner.set("out");
            sees(then, "out");
            drop(mounted);
            assert_eq!(place.inner_html(), "");
        }
    }
}

#[wasm_bindgen_test]
fn what_changes_before_it_stands_in_the_page_stands_there_as_it_is_then() {
    for then in ALL {
        let (place, inner, shown) = (place(), RwSignal::new("in"), RwSignal::new(Shown::Elements));
        let _mounted = mount(&place, || {
            let part = (move || shown.get().made(inner)).into_any();
            shown.set(then);
            take_turn();
            view! { "a" {part} "z" }
        });
        assert_eq!(place.inner_html(), format!("a{}z", then.written("in")));
    }
}

#[wasm_bindgen_test]
fn an_attribute_is_there_while_it_has_a_value() {
    let (place, is_on) = (place(), RwSignal::new(false));
    let _mounted = mount(&place, || {
        view! { <i hidden=is_on title=move || is_on.get().then_some("on") class:on=is_on></i> }
    });
    let sees = |wanted: &str| {
        take_turn();
        assert_eq!(place.inner_html(), wanted);
    };
    sees("<i></i>");
    is_on.set(true);
    sees(r#"<i hidden="" title="on" class="on"></i>"#);
    is_on.set(false);
    sees(r#"<i class=""></i>"#);
}
