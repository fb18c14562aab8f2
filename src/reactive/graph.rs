//! Who reads what: after a change, only what read something that is now different runs again, and once.
//!
//! What is changed tells its readers at once that they may be out of date, and theirs in turn. Nothing runs then. A memo
//! is made anew when it is read, or when an effect that read it takes its turn; only if it is then another value do its
//! own readers run.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::owner::Owner;
use super::turn;

/// Where a value of any type stands.
pub(super) type Place = RefCell<Box<dyn Any>>;

/// A value, a memo, or an effect.
pub(super) struct Node {
    pub(super) value: Place,
    readers: RefCell<Vec<Weak<Node>>>,
    reads: RefCell<Vec<Rc<Node>>>,
    state: Cell<State>,
    work: Work,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Fresh,
    /// A memo that it read may have changed.
    Unsure,
    /// Something that it read has changed, or it never ran.
    Stale,
    /// Its owner is gone: whatever changes, it does not run.
    Ended,
}

/// What makes a node fresh.
pub(super) enum Work {
    /// It is changed by whoever has it.
    Nothing,
    /// Makes the value anew, and says whether it differs from the one that is there.
    Memo(Box<dyn Fn(&Place) -> bool>),
    /// Does something. With an owner, what it makes lasts until it runs again.
    Effect(RefCell<Box<dyn FnMut()>>, Option<Owner>),
}

thread_local! {
    /// What runs now, and reads.
    static READER: RefCell<Option<Rc<Node>>> = const { RefCell::new(None) };
}

fn read_by(reader: Option<Rc<Node>>) -> Option<Rc<Node>> {
    READER.with_borrow_mut(|current| std::mem::replace(current, reader))
}

impl Node {
    pub(super) fn new(value: Box<dyn Any>, work: Work) -> Rc<Self> {
        let state = Cell::new(if matches!(work, Work::Nothing) { State::Fresh } else { State::Stale });
        let (value, readers, reads) = (RefCell::new(value), RefCell::default(), RefCell::default());
        Rc::new(Self { value, readers, reads, state, work })
    }

    /// What runs now runs again when this has changed.
    pub(super) fn track(self: &Rc<Self>) {
        let Some(reader) = READER.with_borrow(Clone::clone) else { return };
        let mut reads = reader.reads.borrow_mut();
        if !reads.iter().any(|read| Rc::ptr_eq(read, self)) {
            reads.push(Rc::clone(self));
            self.readers.borrow_mut().push(Rc::downgrade(&reader));
        }
    }

    /// It has changed.
    pub(super) fn notify(&self) {
        self.mark_readers(State::Stale);
    }

    /// An effect runs in the next turn.
    pub(super) fn wait(self: &Rc<Self>) {
        turn::add(Rc::downgrade(self));
    }

    /// Runs, if something that it read has changed.
    pub(super) fn refresh(self: &Rc<Self>) {
        if self.is_stale() {
            self.run();
        }
    }

    pub(super) fn run(self: &Rc<Self>) {
        self.state.set(State::Fresh);
        self.forget_reads();
        let outer = read_by(Some(Rc::clone(self)));
        let has_changed = match &self.work {
            Work::Nothing => false,
            Work::Memo(make) => make(&self.value),
            Work::Effect(run, owner) => {
                let run = || (run.borrow_mut())();
                match owner {
                    Some(owner) => {
                        owner.cleanup();
                        owner.with(run);
                        // What it made after it was ended.
                        if self.state.get() == State::Ended {
                            owner.cleanup();
                        }
                    }
                    None => run(),
                }
                false
            }
        };
        read_by(outer);
        if has_changed {
            self.notify();
        }
    }

    /// Its owner is gone. Who read it may still hold it: it is not made again, for what it reads may be gone as well.
    pub(super) fn end(&self) {
        self.forget_reads();
        self.state.set(State::Ended);
    }

    fn is_stale(&self) -> bool {
        if self.state.get() == State::Unsure {
            for at in 0.. {
                // Not borrowed meanwhile: a memo that differs marks its readers.
                let Some(read) = self.reads.borrow().get(at).cloned() else { break };
                read.refresh();
                if self.state.get() == State::Stale {
                    return true;
                }
            }
            self.state.set(State::Fresh);
        }
        self.state.get() == State::Stale
    }

    fn mark_readers(&self, state: State) {
        for reader in self.readers.borrow().iter().filter_map(Weak::upgrade) {
            let before = reader.state.get();
            reader.state.set(state.max(before));
            if before == State::Fresh {
                match reader.work {
                    Work::Effect(..) => reader.wait(),
                    _ => reader.mark_readers(State::Unsure),
                }
            }
        }
    }

    fn forget_reads(&self) {
        for read in self.reads.take() {
            read.readers.borrow_mut().retain(|reader| !std::ptr::eq(reader.as_ptr(), self));
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.forget_reads();
    }
}

/// Until it is dropped, nothing that is read is followed.
pub struct Untracked(Option<Rc<Node>>);

/// Ends following for a while.
pub fn untracked() -> Untracked {
    Untracked(read_by(None))
}

impl Drop for Untracked {
    fn drop(&mut self) {
        read_by(self.0.take());
    }
}

/// Runs `look`, and follows nothing that it reads.
pub fn untrack<T>(look: impl FnOnce() -> T) -> T {
    let _untracked = untracked();
    look()
}
