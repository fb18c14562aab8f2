//! The character counter of a field: a figure that updates at once, and a debounced announcement for screen readers.

use leptos::prelude::*;

use crate::form::FieldState;
use crate::ui::ChangingText;
use crate::ui::debounced_text::debounced_text;

/// `n/max`, and a live region with the remaining characters.
#[component]
pub fn Counter(
    /// The field whose text is counted.
    field: FieldState,
    /// The limit, in code points.
    max: usize,
) -> impl IntoView {
    let used = Memo::new(move |_| field.with_text(|text| text.chars().count()));
    let announced = debounced_text(move || sentence(used.get(), max, field.excess()));
    view! {
        <div class="counter" translate="no" class:counter-over=move || { field.excess() > 0 }>
            <span aria-hidden="true">
                {move || (field.excess() > 0).then(|| view! { <span>{sentence(0, max, field.excess())}</span> " " })}
                // A single text node: `Node.normalize()` would merge several.
                <span class="counter-figure">{move || format!("{}/{max}", used.get())}</span>
            </span>
            <span class="visually-hidden" aria-live="polite"><ChangingText text=announced /></span>
        </div>
    }
}

/// The announcement. `used` counts every typed character; `excess` is counted after trimming, as the limit is.
fn sentence(used: usize, max: usize, excess: usize) -> String {
    let (count, state) = if excess > 0 { (excess, "too many") } else { (max.saturating_sub(used), "remaining") };
    let noun = if count == 1 { "character" } else { "characters" };
    format!("{count} {noun} {state}")
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn says_what_is_left_and_what_is_too_much() {
        assert_eq!(sentence(0, 100, 0), "100 characters remaining");
        assert_eq!(sentence(99, 100, 0), "1 character remaining");
        assert_eq!(sentence(100, 100, 0), "0 characters remaining");
        assert_eq!(sentence(112, 100, 12), "12 characters too many");
    }
}
