//! Values that are followed, and the work that follows them: what runs, how often, and when it ends.

use std::cell::RefCell;
use std::rc::Rc;

use billing_admin::reactive::{
    Callback, Effect, Owner, RwSignal, Signal, StoredValue, memo, memo_after, on_cleanup, provide_context, take_turn,
    untrack, use_context,
};
use billing_admin::view::prelude::{AnyView, IntoView, component, view};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::settle;

/// What happened, in order.
#[derive(Clone, Default)]
struct Told(Rc<RefCell<Vec<String>>>);

impl Told {
    fn tell(&self, what: impl ToString) {
        self.0.borrow_mut().push(what.to_string());
    }

    /// What happened until the end of the turn, since it was last asked.
    fn now(&self) -> Vec<String> {
        take_turn();
        self.0.take()
    }
}

fn in_an_owner(test: impl FnOnce(Told)) {
    Owner::new().with(|| test(Told::default()));
}

fn follow(told: &Told, read: impl Fn() -> String + 'static) {
    let told = told.clone();
    Effect::new(move |_| told.tell(read()));
}

#[wasm_bindgen_test]
fn an_effect_runs_once_a_turn_whatever_changed() {
    in_an_owner(|told| {
        let (first, last) = (RwSignal::new("Ada"), RwSignal::new("Byron"));
        follow(&told, move || format!("{} {}", first.get(), last.get()));
        assert_eq!(told.now(), ["Ada Byron"]);
        last.set("King");
        first.set("Augusta");
        last.set("Lovelace");
        assert_eq!(told.now(), ["Augusta Lovelace"]);
        assert!(told.now().is_empty());
    });
}

#[wasm_bindgen_test]
fn two_ways_to_the_same_value_are_one_change() {
    in_an_owner(|told| {
        let one = RwSignal::new(1);
        let (double, triple) = (memo(move || one.get() * 2), memo(move || one.get() * 3));
        let sum = memo(move || double.get() + triple.get());
        follow(&told, move || format!("{} {}", sum.get(), double.get()));
        assert_eq!(told.now(), ["5 2"]);
        one.set(2);
        assert_eq!(told.now(), ["10 4"]);
    });
}

#[wasm_bindgen_test]
fn what_comes_to_the_same_is_no_change() {
    in_an_owner(|told| {
        let text = RwSignal::new(String::from("a"));
        let (heard, made) = (told.clone(), told.clone());
        let length = memo(move || text.with(String::len));
        let is_long = memo(move || {
            made.tell("made");
            length.get() > 2
        });
        Effect::new(move |_| heard.tell(is_long.get()));
        assert_eq!(told.now(), ["made", "false"]);
        text.set(String::from("b"));
        assert!(told.now().is_empty(), "a text of the same length");
        text.set(String::from("bb"));
        assert_eq!(told.now(), ["made"], "longer, and not long");
        text.set(String::from("bbb"));
        assert_eq!(told.now(), ["made", "true"]);
    });
}

#[wasm_bindgen_test]
fn a_memo_is_made_when_it_is_read_and_is_never_old() {
    in_an_owner(|told| {
        let (one, made) = (RwSignal::new(1), told.clone());
        let double = memo(move || {
            made.tell("made");
            one.get() * 2
        });
        one.set(2);
        assert!(told.now().is_empty(), "nobody read it");
        assert_eq!(double.get_untracked(), 4);
        one.set(3);
        assert_eq!(double.get_untracked(), 6, "before the turn");
        assert_eq!(told.now(), ["made", "made"]);
        assert_eq!(double.get_untracked(), 6);
        assert!(told.now().is_empty(), "it is kept");
        let most = memo_after(move |before: Option<&i32>| one.get().max(before.copied().unwrap_or_default()));
        assert_eq!(most.get_untracked(), 3);
        one.set(1);
        assert_eq!(most.get_untracked(), 3);
    });
}

#[wasm_bindgen_test]
fn only_what_was_read_the_last_time_is_followed() {
    in_an_owner(|told| {
        let (is_asked, answer, aside) = (RwSignal::new(true), RwSignal::new(1), RwSignal::new(1));
        follow(&told, move || {
            untrack(|| aside.get());
            if is_asked.get() { answer.get().to_string() } else { "-".to_owned() }
        });
        assert_eq!(told.now(), ["1"]);
        is_asked.set(false);
        assert_eq!(told.now(), ["-"]);
        answer.set(2);
        aside.set(2);
        assert!(told.now().is_empty());
        is_asked.set(true);
        assert_eq!(told.now(), ["2"]);
    });
}

#[wasm_bindgen_test]
fn an_effect_that_changes_what_it_read_runs_until_it_rests() {
    in_an_owner(|told| {
        let (count, heard) = (RwSignal::new(0), told.clone());
        Effect::new(move |before: Option<i32>| {
            heard.tell(format!("{before:?}"));
            let now = count.get();
            if now < 2 {
                count.set(now + 1);
            }
            now
        });
        assert_eq!(told.now(), ["None", "Some(0)", "Some(1)"]);
    });
}

#[wasm_bindgen_test]
fn what_is_inside_ends_first_and_values_outlive_the_cleanups() {
    let (owner, told) = (Owner::new(), Told::default());
    let (value, is_on, end) = owner.with(|| {
        let (value, is_on, outer) = (RwSignal::new("value"), RwSignal::new(true), told.clone());
        on_cleanup(move || outer.tell(format!("outer, {}", value.get_untracked())));
        let inner = told.clone();
        Effect::new(move |_| {
            let (inner, own) = (inner.clone(), StoredValue::new("own"));
            inner.tell(is_on.get());
            on_cleanup(move || inner.tell(format!("inner, {}", own.get_value())));
        });
        (value, is_on, Callback::new(|given: i32| given + 1))
    });
    assert_eq!(told.now(), ["true"]);
    is_on.set(false);
    assert_eq!(told.now(), ["inner, own", "false"], "made anew, it ends what it made before");
    assert_eq!(end.run(1), 2);
    is_on.set(true);
    owner.cleanup();
    assert_eq!(told.now(), ["inner, own", "outer, value"], "what waits and is gone does not run");
    assert!(value.is_disposed());
    assert_eq!(value.try_get_untracked(), None);
    value.set("nobody hears");
}

#[wasm_bindgen_test]
fn a_memo_whose_owner_is_gone_is_not_made_again_for_who_still_follows_it() {
    in_an_owner(|told| {
        let (stays, page) = (RwSignal::new(1), Owner::new());
        let sum = page.with(|| {
            let goes = RwSignal::new(1);
            memo(move || stays.get() + goes.get())
        });
        let (sum, heard) = (RwSignal::new(Some(sum)), told.clone());
        Effect::new(move |_| heard.tell(sum.get().map_or(0, |sum| sum.get())));
        assert_eq!(told.now(), ["2"]);
        page.cleanup();
        stays.set(2);
        assert!(told.now().is_empty());
        sum.set(None);
        assert_eq!(told.now(), ["0"]);
    });
}

#[wasm_bindgen_test]
fn an_effect_that_ends_while_it_runs_does_not_run_again() {
    in_an_owner(|told| {
        let (page, leaves, then) = (Owner::new(), RwSignal::new(false), RwSignal::new(1));
        let (left, heard) = (page.clone(), told.clone());
        page.with(|| {
            Effect::new(move |_| {
                if leaves.get() {
                    left.cleanup();
                    let gone = heard.clone();
                    on_cleanup(move || gone.tell("gone"));
                }
                heard.tell(then.get());
            });
        });
        assert_eq!(told.now(), ["1"]);
        leaves.set(true);
        assert_eq!(told.now(), ["1", "gone"]);
        then.set(2);
        assert!(told.now().is_empty());
    });
}

#[wasm_bindgen_test]
async fn what_has_ended_is_let_go_of() {
    let (owner, held) = (Owner::new(), Rc::new(()));
    let [by_effect, by_value] = [Rc::clone(&held), Rc::clone(&held)];
    owner.with(|| {
        Effect::new(move |_| drop(Rc::clone(&by_effect)));
        StoredValue::new(by_value);
    });
    owner.cleanup();
    settle("nothing holds it any more", || Rc::strong_count(&held) == 1).await;
}

#[wasm_bindgen_test]
fn the_last_handle_of_an_owner_ends_it() {
    let told = Told::default();
    let (owner, ended) = (Owner::new(), told.clone());
    owner.with(|| on_cleanup(move || ended.tell("ended")));
    drop(owner.clone());
    assert!(told.now().is_empty());
    drop(owner);
    assert_eq!(told.now(), ["ended"]);
}

#[wasm_bindgen_test]
fn the_nearest_context_is_taken_and_goes_with_its_owner() {
    let owner = Owner::new();
    let inner = owner.with(|| {
        provide_context("outer");
        Owner::new()
    });
    assert_eq!(use_context::<&str>(), None);
    inner.with(|| {
        assert_eq!(use_context::<&str>(), Some("outer"));
        provide_context("inner");
        assert_eq!(use_context::<&str>(), Some("inner"));
        assert_eq!(use_context::<u8>(), None);
    });
    inner.cleanup();
    assert_eq!(inner.with(use_context::<&str>), Some("outer"));
}

#[component]
fn Reads(seen: u8, value: RwSignal<u8>) -> impl IntoView {
    assert_eq!(seen, value.get());
}

#[wasm_bindgen_test]
fn what_a_component_is_given_is_followed_and_what_its_body_reads_is_not() {
    in_an_owner(|told| {
        let (value, in_body) = (RwSignal::new(1), RwSignal::new(1));
        follow(&told, move || {
            _ = view! { <Reads seen=value.get() value=value /> };
            "given".to_owned()
        });
        follow(&told, move || {
            let _: AnyView = view! { <Reads seen=untrack(|| in_body.get()) value=in_body /> };
            "body".to_owned()
        });
        assert_eq!(told.now(), ["given", "body"]);
        value.set(2);
        in_body.set(2);
        assert_eq!(told.now(), ["given"]);
    });
}

#[wasm_bindgen_test]
fn a_derived_signal_is_what_it_reads() {
    in_an_owner(|told| {
        let value = RwSignal::new(1);
        let derived: Signal<i32> = Signal::derive(move || value.get() + 1);
        follow(&told, move || derived.get().to_string());
        assert_eq!(told.now(), ["2"]);
        value.update(|value| *value += 1);
        assert_eq!(told.now(), ["3"]);
        assert_eq!(derived.get_untracked(), 3);
    });
}
