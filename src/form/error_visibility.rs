//! When a field's problem is shown, and when it goes (experience.md, E1 to E4).

/// Something that happened to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Its text changed under the user's hands.
    Typed,
    /// The focus left it.
    Left,
    /// The form was submitted.
    Submitted,
}

/// What a field looks like at that moment.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Its value breaks a rule.
    pub wrong: bool,
    /// The rule is a length limit: the one that shows while typing.
    pub over_limit: bool,
    /// Its text is not what the form began with.
    pub changed: bool,
    /// It holds nothing.
    pub empty: bool,
}

/// Whether a field's problem is on show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reveal(bool);

impl Reveal {
    /// Whether the problem is on show.
    pub const fn is_shown(self) -> bool {
        self.0
    }

    /// What an event makes of it. The keystroke that makes a value right hides its problem, and the next wrong one
    /// is then a new problem, not shown until the field is left.
    pub const fn after(self, event: Event, look: Look) -> Self {
        Self(
            look.wrong
                && match event {
                    Event::Typed => self.0 || look.over_limit,
                    Event::Left => self.0 || (look.changed && !look.empty),
                    Event::Submitted => true,
                },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: Look = Look { wrong: false, over_limit: false, changed: true, empty: false };
    const WRONG: Look = Look { wrong: true, ..RIGHT };
    const OVER: Look = Look { over_limit: true, ..WRONG };
    const MISSING: Look = Look { wrong: true, over_limit: false, changed: false, empty: true };

    fn shown(events: &[(Event, Look)]) -> bool {
        events.iter().fold(Reveal::default(), |reveal, &(event, look)| reveal.after(event, look)).is_shown()
    }

    #[test]
    fn typing_into_a_clean_field_shows_nothing_but_a_crossed_limit() {
        assert!(!shown(&[(Event::Typed, WRONG)]));
        assert!(shown(&[(Event::Typed, OVER)]));
    }

    #[test]
    fn leaving_shows_what_was_changed_not_what_was_left_alone() {
        assert!(shown(&[(Event::Typed, WRONG), (Event::Left, WRONG)]));
        assert!(!shown(&[(Event::Left, Look { changed: false, ..WRONG })]));
        assert!(!shown(&[(Event::Left, MISSING)]));
        assert!(!shown(&[(Event::Typed, WRONG), (Event::Left, Look { changed: true, ..MISSING })]));
    }

    #[test]
    fn the_keystroke_that_makes_it_right_hides_it_and_the_next_wrong_one_waits() {
        let left = [(Event::Typed, WRONG), (Event::Left, WRONG)];
        let righted = [left[0], left[1], (Event::Typed, RIGHT)];
        assert!(!shown(&righted));
        assert!(!shown(&[righted[0], righted[1], righted[2], (Event::Typed, WRONG)]));
        assert!(shown(&[left[0], left[1], (Event::Typed, WRONG)]), "still wrong: still shown");
    }

    #[test]
    fn submitting_shows_everything() {
        assert!(shown(&[(Event::Submitted, MISSING)]));
        assert!(!shown(&[(Event::Submitted, RIGHT)]));
    }
}
