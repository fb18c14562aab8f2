//! Parts that change.

use leptos::prelude::document;
use web_sys::Node;

use super::AnyView;
use crate::reactive::live;

/// A part of the page that `make` makes anew whenever what it read has changed. It stands between two empty texts; a
/// part that is itself a text stands in the first of them, and is changed there.
pub(super) fn part(mut make: Box<dyn FnMut() -> AnyView>) -> AnyView {
    let (start, end) = (document().create_text_node(""), Node::from(document().create_text_node("")));
    let part = document().create_document_fragment();
    AnyView::Node(start.clone().into()).insert(&part, None);
    AnyView::Node(end.clone()).insert(&part, None);
    live(Box::new(move || {
        let view = make();
        while let Some(old) = start.next_sibling().filter(|next| *next != end) {
            let Some(parent) = old.parent_node() else { break };
            _ = parent.remove_child(&old);
        }
        match view {
            AnyView::Text(text) => start.set_data(&text),
            view => {
                start.set_data("");
                if let Some(parent) = end.parent_node() {
                    view.insert(&parent, Some(&end));
                }
            }
        }
    }));
    AnyView::Node(part.into())
}
