//! The page heading and the document title, which always have the same text.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, NodeList};

use crate::ui::ChangingText;

/// The document's title. Provided as a context by the app.
#[derive(Debug, Clone, Copy)]
pub struct Title {
    page: RwSignal<String>,
    /// Whether each error summary on the page shows errors.
    errors: RwSignal<Vec<Signal<bool>>>,
    /// Whether a heading was shown before. The first one does not take the focus, because it may render late.
    had_heading: StoredValue<bool>,
}

impl Title {
    /// A document title of the current heading and the product's name.
    pub fn start(product: &'static str) -> Self {
        let (page, errors) = (RwSignal::new(String::new()), RwSignal::new(Vec::<Signal<bool>>::new()));
        let title = Self { page, errors, had_heading: StoredValue::new(false) };
        Effect::new(move |_| {
            let has_errors = title.errors.with(|errors| errors.iter().any(|shown| shown.try_get().unwrap_or_default()));
            let prefix = if has_errors { "Error: " } else { "" };
            document().set_title(&title.page.with(|page| format!("{prefix}{page} – {product}")));
        });
        title
    }

    /// Prefixes the title with "Error: " while `shown` is true, until the calling component is unmounted.
    pub fn mark_errors(self, shown: Signal<bool>) {
        self.errors.update(|errors| errors.push(shown));
        on_cleanup(move || {
            // The app may be unmounting as well.
            _ = self.errors.try_update(|errors| errors.retain(|other| *other != shown));
        });
    }
}

/// Puts the focus on the page's heading.
pub fn focus_heading() {
    let heading = document().query_selector("h1").ok().flatten();
    // Fails only for an element that cannot be focused.
    _ = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()).map(|heading| heading.focus());
}

/// The focused element, so that the focus can be restored after a rerender.
#[derive(Debug)]
pub struct FocusSnapshot {
    focused: Option<HtmlElement>,
    link: Option<String>,
    text: Option<String>,
}

impl FocusSnapshot {
    /// The element that has the focus now.
    pub fn capture() -> Self {
        let focused: Option<HtmlElement> = document().active_element().and_then(|element| element.dyn_into().ok());
        let link = focused.as_ref().and_then(|focused| focused.get_attribute("href"));
        let text = focused.as_ref().and_then(|focused| focused.text_content());
        Self { focused, link, text }
    }

    /// Restores the focus if its element was removed or its link changed: to an element with the same link or the same
    /// text, otherwise to the page heading. Does not scroll.
    pub fn restore(self) {
        let Self { focused: Some(focused), link, text } = self else { return };
        if focused.is_connected() && focused.get_attribute("href") == link {
            return;
        }
        let candidates = document().query_selector_all("main a[href], main button").ok();
        let equivalent = (0..candidates.as_ref().map_or(0, NodeList::length))
            .filter_map(|at| candidates.as_ref()?.get(at)?.dyn_into::<HtmlElement>().ok())
            .find(|element| match &link {
                Some(_) => element.get_attribute("href") == link,
                None => element.tag_name() == focused.tag_name() && element.text_content() == text,
            });
        let heading = || document().query_selector("h1").ok().flatten()?.dyn_into().ok();
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // Fails only for an element that cannot be focused.
        _ = equivalent.or_else(heading).map(|element| element.focus_with_options(&options));
    }
}

/// A page's `h1`. After a navigation within the app it takes the focus, so that a screen reader announces the page.
#[component]
pub fn Heading(
    /// The page's title.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    let title = use_context::<Title>();
    Effect::new(move |_| {
        if let Some(title) = title {
            title.page.set(text.get());
        }
    });
    Effect::new(move |_| {
        if let (Some(heading), Some(title)) = (node.get(), title)
            && title.had_heading.try_update_value(|had_heading| std::mem::replace(had_heading, true)) == Some(true)
        {
            // Focusing forces a layout: in a microtask it happens once, when the rest of the page is rendered.
            queue_microtask(move || _ = heading.focus());
        }
    });
    view! { <h1 node_ref=node tabindex="-1"><ChangingText text /></h1> }
}
