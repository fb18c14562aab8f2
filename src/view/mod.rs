//! What `view!` makes: the page's own nodes, at once, with an effect for each part that changes.
//!
//! It stands in the place of Leptos' renderer, tachys, whose views are a type for each piece of markup: code that is
//! built anew for every one. Here all markup is one type, [`AnyView`], made by a few functions that are not generic.
//! `#[component]` is Leptos' own, and so is the syntax of `view!`; owners, signals and effects are those of
//! [`crate::reactive`]. Measured with the whole app: see `xtask/src/dist.rs`.
//!
//! What differs from Leptos: a part that changes is made anew and takes the place of the old one, only a text is
//! changed where it stands. What must outlive a change, like a control that someone types in, belongs outside of the
//! part, and what a part reads belongs in a `Memo` when it changes more often than the part should.

mod dynamic;
mod element;
mod mount;
pub mod prelude;

use std::borrow::Cow;
use std::rc::Rc;

use web_sys::{Element, Node};

use dynamic::Part;

use crate::reactive::{Memo, ReadSignal, RwSignal, Signal};

pub use element::{ElementRef, attribute, child, class, element, on, property, refer};
pub use mount::{Mounted, mount};
pub use view_macro::{component, view};

/// A text that is known to the compiler, or made.
pub type Text = Cow<'static, str>;

/// What a component is given between its tags.
pub type Children = Box<dyn FnOnce() -> AnyView>;

/// A piece of the page.
#[derive(Debug, Default)]
pub enum AnyView {
    /// Nothing.
    #[default]
    Nothing,
    /// A text.
    Text(Text),
    /// An element, with all that is in it.
    Element(Rc<Element>),
    /// Several, in order.
    Many(Vec<AnyView>),
    /// A part that changes.
    Part(Rc<Part>),
}

/// Where a view goes. None of its calls answers: the browser would hand over each node once more, and take it back.
#[derive(Debug, Clone, Copy)]
enum Place<'a> {
    /// Into an element, behind what is there.
    In(&'a Element),
    /// In front of a text.
    Before(&'a web_sys::Text),
}

impl Place<'_> {
    fn put(self, node: &Node) {
        // Fails only where the page was changed by something other than the app.
        _ = match self {
            Self::In(element) => element.append_with_node_1(node),
            Self::Before(text) => text.before_with_node_1(node),
        };
    }

    fn put_text(self, text: &str) {
        _ = match self {
            Self::In(element) => element.append_with_str_1(text),
            Self::Before(next) => next.before_with_str_1(text),
        };
    }
}

impl From<Rc<Element>> for AnyView {
    fn from(element: Rc<Element>) -> Self {
        Self::Element(element)
    }
}

impl AnyView {
    fn insert(self, place: Place) {
        match self {
            Self::Nothing => {}
            Self::Text(text) => place.put_text(&text),
            Self::Element(element) => place.put(&element),
            Self::Many(views) => views.into_iter().for_each(|view| view.insert(place)),
            Self::Part(part) => part.insert(place),
        }
    }
}

/// What can be shown.
pub trait IntoView: Sized {
    /// As a view.
    fn into_view(self) -> AnyView;

    /// The same, by the name that Leptos has for it where branches are of several types.
    fn into_any(self) -> AnyView {
        self.into_view()
    }
}

/// Collects what can be shown.
pub trait CollectView {
    /// As one view.
    fn collect_view(self) -> AnyView;
}

impl<I: IntoIterator<Item: IntoView>> CollectView for I {
    fn collect_view(self) -> AnyView {
        AnyView::Many(self.into_iter().map(IntoView::into_view).collect())
    }
}

impl IntoView for AnyView {
    fn into_view(self) -> AnyView {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> AnyView {
        AnyView::Nothing
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> AnyView {
        AnyView::Text(self.into())
    }
}

impl IntoView for String {
    fn into_view(self) -> AnyView {
        AnyView::Text(self.into())
    }
}

impl IntoView for usize {
    fn into_view(self) -> AnyView {
        self.to_string().into_view()
    }
}

impl<T: IntoView> IntoView for Option<T> {
    fn into_view(self) -> AnyView {
        self.map_or_else(AnyView::default, IntoView::into_view)
    }
}

impl<T: IntoView> IntoView for Vec<T> {
    fn into_view(self) -> AnyView {
        self.collect_view()
    }
}

/// A part that changes.
impl<T: IntoView, F: FnMut() -> T + 'static> IntoView for F {
    fn into_view(mut self) -> AnyView {
        dynamic::part(Box::new(move || self().into_view()))
    }
}

macro_rules! signals_are_shown {
    ($($signal:ident)*) => {
        $(impl<T: IntoView + Clone + 'static> IntoView for $signal<T> {
            fn into_view(self) -> AnyView {
                (move || self.get()).into_view()
            }
        })*
    };
}

signals_are_shown!(Memo ReadSignal RwSignal Signal);
