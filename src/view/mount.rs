//! Puts the app into the page.

use crate::reactive::Owner;
use web_sys::Element;

use super::{AnyView, IntoView, Place};

/// What was put into the page. Dropping it ends its effects and empties its place.
#[derive(Debug)]
pub struct Mounted {
    owner: Owner,
    place: Element,
}

/// Puts a view at the end of `place`.
pub fn mount<V: IntoView>(place: &Element, make: impl FnOnce() -> V) -> Mounted {
    let owner = Owner::new();
    let view: AnyView = owner.with(|| make().into_view());
    view.insert(Place::In(place));
    Mounted { owner, place: place.clone() }
}

impl Mounted {
    /// Stays for as long as the page.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.owner.cleanup();
        self.place.set_text_content(None);
    }
}
