//! Parts that change.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use web_sys::Text;

use super::{AnyView, Place};
use crate::reactive::live;

/// A part of the page. It begins with an empty text; a part that is itself a text is that one. Whatever else is shown
/// stands between it and another.
#[derive(Debug)]
pub struct Part {
    start: Text,
    end: OnceCell<Text>,
    /// What is shown once the part stands in the page.
    first: RefCell<AnyView>,
}

impl Part {
    pub(super) fn insert(&self, place: Place) {
        place.put(&self.start);
        match self.first.take() {
            AnyView::Nothing => {}
            view => {
                view.insert(place);
                place.put(self.end.get_or_init(empty));
            }
        }
    }

    fn show(&self, view: AnyView) {
        if matches!(view, AnyView::Nothing) && self.end.get().is_none() {
            self.first.take();
            return;
        }
        let Some(parent) = self.start.parent_node() else {
            self.first.replace(view);
            return;
        };
        let end = self.end.get_or_init(|| {
            let end = empty();
            // Fails only where the page was changed by something other than the app.
            _ = self.start.after_with_node_1(&end);
            end
        });
        while let Some(old) = self.start.next_sibling().filter(|next| *next != ***end) {
            _ = parent.remove_child(&old);
        }
        view.insert(Place::Before(end));
    }
}

fn empty() -> Text {
    // Fails never: a text can be empty.
    Text::new().unwrap_or_else(|never| wasm_bindgen::throw_val(never))
}

/// A part that `make` makes anew whenever what it read has changed.
pub(super) fn part(mut make: Box<dyn FnMut() -> AnyView>) -> AnyView {
    let part = Rc::new(Part { start: empty(), end: OnceCell::new(), first: RefCell::default() });
    let (shown, mut last) = (Rc::clone(&part), super::Text::default());
    live(Box::new(move || {
        let (text, view) = match make() {
            AnyView::Text(text) => (text, AnyView::Nothing),
            view => (super::Text::default(), view),
        };
        if text != last {
            shown.start.set_data(&text);
            last = text;
        }
        shown.show(view);
    }));
    AnyView::Part(part)
}
