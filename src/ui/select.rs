//! A choice of one, as the browser's own `<select>`: type-ahead, autofill and a phone's wheel come with it (E17).

use std::rc::Rc;

use crate::view::prelude::*;
use web_sys::{Element, Event, HtmlOptionElement};

use super::field::Field;
use super::paint::painted;
use super::{Control, Locked};

/// What can be chosen.
#[derive(Debug, Clone, Copy)]
pub struct Choices {
    /// All in order, a line for each: its value, a tab, and its name. One text and not many: `xtask/src/dist.rs` says
    /// what that gave. Asked for after the page was painted: a long list must not hold up the form.
    pub all: fn() -> Rc<str>,
    /// What a value is called.
    pub name: fn(&str) -> String,
}

impl Choices {
    /// The value and the name of each choice. Neither has a line break, and a value no tab.
    pub fn each(all: &str) -> impl Iterator<Item = (&str, &str)> {
        all.split('\n').filter_map(|choice| choice.split_once('\t'))
    }
}

/// A labelled select. A text that is no choice of it is kept as one more option, so that nothing stored is lost.
#[component]
pub fn Select(
    /// Its state.
    control: Control,
    /// What it is called.
    #[prop(into)]
    label: Signal<&'static str>,
    /// A hint; empty for none.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// What the browser may fill in (E16).
    autocomplete: &'static str,
    /// What the empty choice, which comes first, is called.
    none: &'static str,
    /// What can be chosen.
    choices: Choices,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Whether it belongs to a group that says so.
    #[prop(optional)]
    in_optional: bool,
) -> impl IntoView {
    let painted = painted();
    let all = memo(move || painted.get().then(choices.all));
    let is_choice =
        move |text: &str| all.with(|all| all.iter().flat_map(|all| Choices::each(all)).any(|(value, _)| value == text));
    let extra = move || {
        let written = control.written();
        let unknown = !written.is_empty() && !is_choice(&written);
        // Selected by itself: the control's value is set before this option is there.
        unknown.then(|| view! { <option value=written.clone() selected>{(choices.name)(&written)}</option> })
    };
    let options =
        move || all.get().map(|all| Choices::each(&all).map(|(value, name)| option(value, name)).collect_view());
    // The option that stood for the choice gave way to the one of the list.
    Effect::new(move |_| {
        if painted.get() {
            control.restore();
        }
    });
    let locked = Locked::here();
    // A person's choice fires `input` and `change`; a WebDriver's click on an option, and some autofill, `change` alone.
    let choose = move |event: Event| {
        let value = event_target_value(&event);
        if locked.get_untracked() {
            // A select knows no `readonly`.
            control.restore();
        } else if control.text_now() != value {
            control.typed(value);
        }
    };
    view! {
        <Field control label optional=optional && !in_optional hint max=None>
            <select
                id=control.key()
                name=control.key()
                autocomplete=autocomplete
                aria-required=(!optional).then_some("true")
                aria-disabled=move || locked.get().then_some("true")
                aria-invalid=move || control.is_wrong().then_some("true")
                aria-describedby=move || control.described_by(hint.with(|hint| !hint.is_empty()))
                prop:value=move || control.written()
                on:input=choose
                on:change=choose
                on:blur=move |_| control.left()
            >
                <option value="">{none}</option>
                {extra}
                {options}
            </select>
        </Field>
    }
}

/// In one call of the browser: there may be hundreds.
fn option(value: &str, name: &str) -> AnyView {
    // Fails never: it takes any text.
    HtmlOptionElement::new_with_text_and_value(name, value)
        .map_or(AnyView::Nothing, |option| Rc::new(Element::from(option)).into())
}

#[cfg(test)]
mod tests {
    use super::Choices;

    #[test]
    fn a_choice_is_a_line_with_a_value_and_a_name() {
        let each = |all| Choices::each(all).collect::<Vec<_>>();
        assert_eq!(each("FR\tFrance\nza\ta\tb\n"), [("FR", "France"), ("za", "a\tb")]);
        assert_eq!(each(""), []);
    }
}
