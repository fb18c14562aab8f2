//! When the error of a field is shown and when it is hidden.
//!
//! Typing shows only an exceeded length limit. Blur shows the error of a changed, non-empty field. Submit shows every
//! error. A shown error disappears as soon as the value is correct.

/// An event of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldEvent {
    /// The user changed the text.
    Input,
    /// The field lost the focus.
    Blur,
    /// The form was submitted.
    Submit,
}

/// The state of a field at the time of an event.
#[derive(Debug, Clone, Copy)]
pub struct FieldSnapshot {
    /// The value has an error.
    pub has_error: bool,
    /// The value exceeds its length limit, which is shown while typing.
    pub over_limit: bool,
    /// The text differs from the initial text.
    pub changed: bool,
    /// The text is empty.
    pub empty: bool,
}

/// Whether a field's error is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErrorVisibility(bool);

impl ErrorVisibility {
    /// Whether the error is shown.
    pub const fn is_shown(self) -> bool {
        self.0
    }

    /// The visibility after `event`. The keystroke that corrects a value hides its error; a later error is a new one
    /// and stays hidden until blur or submit.
    pub const fn after(self, event: FieldEvent, snapshot: FieldSnapshot) -> Self {
        Self(
            snapshot.has_error
                && match event {
                    FieldEvent::Input => self.0 || snapshot.over_limit,
                    FieldEvent::Blur => self.0 || (snapshot.changed && !snapshot.empty),
                    FieldEvent::Submit => true,
                },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: FieldSnapshot = FieldSnapshot { has_error: false, over_limit: false, changed: true, empty: false };
    const INVALID: FieldSnapshot = FieldSnapshot { has_error: true, ..VALID };
    const OVER_LIMIT: FieldSnapshot = FieldSnapshot { over_limit: true, ..INVALID };
    const MISSING: FieldSnapshot = FieldSnapshot { has_error: true, over_limit: false, changed: false, empty: true };

    fn shown(events: &[(FieldEvent, FieldSnapshot)]) -> bool {
        events
            .iter()
            .fold(ErrorVisibility::default(), |visibility, &(event, snapshot)| visibility.after(event, snapshot))
            .is_shown()
    }

    #[test]
    fn typing_into_a_clean_field_shows_only_an_exceeded_limit() {
        assert!(!shown(&[(FieldEvent::Input, INVALID)]));
        assert!(shown(&[(FieldEvent::Input, OVER_LIMIT)]));
    }

    #[test]
    fn blur_shows_the_error_of_a_changed_field_only() {
        assert!(shown(&[(FieldEvent::Input, INVALID), (FieldEvent::Blur, INVALID)]));
        assert!(!shown(&[(FieldEvent::Blur, FieldSnapshot { changed: false, ..INVALID })]));
        assert!(!shown(&[(FieldEvent::Blur, MISSING)]));
        assert!(!shown(&[
            (FieldEvent::Input, INVALID),
            (FieldEvent::Blur, FieldSnapshot { changed: true, ..MISSING })
        ]));
    }

    #[test]
    fn a_correction_hides_the_error_and_a_later_error_waits() {
        let left_invalid = [(FieldEvent::Input, INVALID), (FieldEvent::Blur, INVALID)];
        let corrected = [left_invalid[0], left_invalid[1], (FieldEvent::Input, VALID)];
        assert!(!shown(&corrected));
        assert!(!shown(&[corrected[0], corrected[1], corrected[2], (FieldEvent::Input, INVALID)]));
        assert!(shown(&[left_invalid[0], left_invalid[1], (FieldEvent::Input, INVALID)]), "still invalid: still shown");
    }

    #[test]
    fn submit_shows_every_error() {
        assert!(shown(&[(FieldEvent::Submit, MISSING)]));
        assert!(!shown(&[(FieldEvent::Submit, VALID)]));
    }
}
