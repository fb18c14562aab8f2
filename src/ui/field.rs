//! The layout of a field: label, counter, control, hint and messages. All its element IDs derive from the field's key.

use leptos::prelude::*;

use crate::form::FieldState;
use crate::ui::ChangingText;
use crate::ui::counter::Counter;

/// The texts below a control, apart from its error. Empty texts are not shown.
#[derive(Debug, Clone, Copy)]
pub struct FieldNotes {
    /// What to enter.
    pub hint: Signal<String>,
    /// Why the text looks wrong. It does not prevent a submit.
    pub warning: Signal<String>,
    /// The stored text that the current one replaces; `None` if they are equal.
    pub was: Signal<Option<String>>,
}

impl FieldNotes {
    /// The value of `aria-describedby`, tracked: the IDs of the hint, the error or warning, and the stored text.
    pub(super) fn described_by(self, field: FieldState) -> Option<String> {
        let has_error = field.has_error();
        let shown = [
            (NoteKind::Hint, self.hint.with(|hint| !hint.is_empty())),
            (NoteKind::Error, has_error),
            (NoteKind::Warning, !has_error && self.warning.with(|warning| !warning.is_empty())),
            (NoteKind::Was, self.was.with(Option::is_some)),
        ];
        let ids: Vec<_> = shown.into_iter().filter(|(_, is_shown)| *is_shown).map(|(kind, _)| kind.id(field)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// A kind of text that describes a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoteKind {
    Hint,
    Error,
    Warning,
    Was,
}

impl NoteKind {
    fn id(self, field: FieldState) -> String {
        let suffix = match self {
            Self::Hint => "hint",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Was => "was",
        };
        format!("{}-{suffix}", field.key())
    }
}

/// A labelled field around its control.
#[component]
pub fn Field(
    /// The field's state.
    field: FieldState,
    /// Its label.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Whether the label ends with "(optional)".
    optional: bool,
    /// The texts below the control.
    notes: FieldNotes,
    /// Its limit for the counter, in code points; `None` for no counter.
    max: Option<usize>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let key = field.key();
    let FieldNotes { hint, warning, was } = notes;
    let has_error = Memo::new(move |_| field.has_error());
    let has_hint = Memo::new(move |_| hint.with(|hint| !hint.is_empty()));
    let has_warning = Memo::new(move |_| !has_error.get() && warning.with(|warning| !warning.is_empty()));
    let is_changed = Memo::new(move |_| was.with(Option::is_some));
    let label = Signal::derive(move || label.get().to_owned());
    let error = move || {
        has_error.get().then(|| {
            view! {
                <p class="field-error" id=NoteKind::Error.id(field)>
                    <span class="visually-hidden">"Error: "</span>
                    <ChangingText text=Signal::derive(move || field.error().unwrap_or_default()) />
                </p>
            }
        })
    };
    let warning = move || {
        has_warning.get().then(|| {
            view! { <p class="field-warning" id=NoteKind::Warning.id(field)><ChangingText text=warning /></p> }
        })
    };
    let was = move || {
        is_changed.get().then(|| {
            let was = Signal::derive(move || was.get().filter(|text| !text.is_empty()));
            let text = Signal::derive(move || was.get().unwrap_or_else(|| "empty".to_owned()));
            view! { <p class="field-was" id=NoteKind::Was.id(field)>"was: " <bdi><ChangingText text /></bdi></p> }
        })
    };
    view! {
        <div
            class="field"
            class:field-wrong=move || has_error.get()
            class:field-doubtful=move || has_warning.get()
            class:field-changed=move || is_changed.get()
        >
            <div class="field-head">
                <label for=key><ChangingText text=label /> {optional.then(|| view! { <span class="field-optional">" (optional)"</span> })}</label>
                {max.map(|max| view! { <Counter field max /> })}
            </div>
            {children()}
            {move || has_hint.get().then(|| view! {
                <p class="field-hint" id=NoteKind::Hint.id(field)><ChangingText text=hint /></p>
            })}
            {error}
            {warning}
            {was}
        </div>
    }
}
