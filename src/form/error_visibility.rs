//! When a field's problem is shown, and when it goes (experience.md, E1 to E4).

/// Something that happened to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldEvent {
    /// Its text changed under the user's hands.
    Input,
    /// The focus left it.
    Blur,
    /// The form was submitted.
    Submit,
}

/// What a field looks like at that moment.
#[derive(Debug, Clone, Copy)]
pub struct FieldSnapshot {
    /// Its value breaks a rule.
    pub has_error: bool,
    /// The rule is a length limit: the one that shows while typing.
    pub over_limit: bool,
    /// Its text is not what the form began with.
    pub changed: bool,
    /// It holds nothing.
    pub empty: bool,
}

/// Whether a field's problem is on show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErrorVisibility(bool);

impl ErrorVisibility {
    /// Whether the problem is on show.
    pub const fn is_shown(self) -> bool {
        self.0
    }

    /// What an event makes of it. The keystroke that makes a value right hides its problem, and the next wrong one
    /// is then a new problem, not shown until the field is left.
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
    fn typing_into_a_clean_field_shows_nothing_but_a_crossed_limit() {
        assert!(!shown(&[(FieldEvent::Input, INVALID)]));
        assert!(shown(&[(FieldEvent::Input, OVER_LIMIT)]));
    }

    #[test]
    fn leaving_shows_what_was_changed_not_what_was_left_alone() {
        assert!(shown(&[(FieldEvent::Input, INVALID), (FieldEvent::Blur, INVALID)]));
        assert!(!shown(&[(FieldEvent::Blur, FieldSnapshot { changed: false, ..INVALID })]));
        assert!(!shown(&[(FieldEvent::Blur, MISSING)]));
        assert!(!shown(&[
            (FieldEvent::Input, INVALID),
            (FieldEvent::Blur, FieldSnapshot { changed: true, ..MISSING })
        ]));
    }

    #[test]
    fn the_keystroke_that_makes_it_right_hides_it_and_the_next_wrong_one_waits() {
        let left_invalid = [(FieldEvent::Input, INVALID), (FieldEvent::Blur, INVALID)];
        let corrected = [left_invalid[0], left_invalid[1], (FieldEvent::Input, VALID)];
        assert!(!shown(&corrected));
        assert!(!shown(&[corrected[0], corrected[1], corrected[2], (FieldEvent::Input, INVALID)]));
        assert!(shown(&[left_invalid[0], left_invalid[1], (FieldEvent::Input, INVALID)]), "still invalid: still shown");
    }

    #[test]
    fn submitting_shows_everything() {
        assert!(shown(&[(FieldEvent::Submit, MISSING)]));
        assert!(!shown(&[(FieldEvent::Submit, VALID)]));
    }
}
