//! The part of the app that comes later. A page is drawn and typed in with less than half of the app; what waits for
//! more than a keystroke is in a module of its own, which comes once a first field is filled in, or when it is needed.
//!
//! Where the two are one, as in tests and in `cargo xtask dev`, all of this says that it is there. The build takes them
//! apart (`xtask/src/split`): what only the functions of [`crate::pages::lazy`] lead to comes later. They ask for a
//! [`Ready`], so that nothing can call them before.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Heading, Notice, Tone};
use crate::view::prelude::*;

/// What `boot.js` calls the function that loads it, where it has to be loaded.
const LOADER: &str = "loadLazy";

/// The proof that it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready(());

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unasked,
    Loading,
    /// It can be asked for again.
    Failed,
    There,
}

/// The part that comes later, as a handle to pass around.
#[derive(Debug, Clone, Copy)]
pub struct Lazy(Option<RwSignal<State>>);

fn loader() -> Option<Function> {
    Reflect::get(&window(), &JsValue::from_str(LOADER)).ok()?.dyn_into().ok()
}

impl Lazy {
    /// Not asked for yet. Provides itself as a context.
    pub fn start() -> Self {
        let lazy = Self(loader().map(|_| RwSignal::new(State::Unasked)));
        provide_context(lazy);
        lazy
    }

    /// The one that the app provided; outside of it everything is there.
    pub fn here() -> Self {
        use_context().unwrap_or(Self(None))
    }

    fn state(self) -> State {
        self.0.map_or(State::There, RwSignal::get)
    }

    /// Whether it is there, tracked.
    pub fn ready(self) -> Option<Ready> {
        (self.state() == State::There).then_some(Ready(()))
    }

    /// Asks for it, unless it is there or on its way.
    pub fn want(self) {
        if matches!(untrack(|| self.state()), State::Unasked | State::Failed) {
            spawn_local(async move { _ = self.load().await });
        }
    }

    /// Waits for it; `None` when it could not be loaded.
    pub async fn load(self) -> Option<Ready> {
        if let Some(state) = self.0.filter(|_| untrack(|| self.ready()).is_none()) {
            state.set(State::Loading);
            // It loads once, however often it is called, and again when that has failed.
            let loading = loader().and_then(|loader| loader.call0(&JsValue::UNDEFINED).ok());
            let is_there = match loading {
                Some(loading) => JsFuture::from(Promise::resolve(&loading)).await.is_ok(),
                None => false,
            };
            state.set(if is_there { State::There } else { State::Failed });
        }
        untrack(|| self.ready())
    }

    /// A page that comes with it. It is asked for, and what is shown until then says so.
    pub fn page(self, make: impl Fn(Ready) -> AnyView + 'static) -> AnyView {
        self.piece(Piece::Page, Box::new(make))
    }

    /// A part of a page that comes with it, and is asked for as well.
    pub fn part(self, make: impl Fn(Ready) -> AnyView + 'static) -> AnyView {
        self.piece(Piece::Part, Box::new(make))
    }

    /// A part of a page that comes when it is there, without which the page is whole.
    pub fn aside(self, make: impl Fn(Ready) -> AnyView + 'static) -> AnyView {
        self.piece(Piece::Aside, Box::new(make))
    }

    fn piece(self, piece: Piece, make: Box<dyn Fn(Ready) -> AnyView>) -> AnyView {
        if let Some(ready) = untrack(|| self.ready()) {
            return make(ready);
        }
        if piece != Piece::Aside {
            self.want();
        }
        let shown = move || match (self.ready(), self.state()) {
            (Some(ready), _) => make(ready),
            (None, _) if piece == Piece::Aside => ().into_any(),
            (None, State::Failed) => view! { <NotLoaded lazy=self piece /> },
            (None, _) => view! {
                <div class="loading" role="status">
                    <span class="visually-hidden">"Loading…"</span>
                    <span class="bone" aria-hidden="true"></span>
                    <span class="bone" aria-hidden="true"></span>
                </div>
            },
        };
        shown.into_any()
    }
}

/// In a function of its own: who opens one of several pages waits for its code to be compiled, not for that of them all.
#[inline(never)]
pub fn apart(make: impl FnOnce() -> AnyView) -> AnyView {
    make()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Page,
    Part,
    Aside,
}

/// Says that it could not be loaded, and lets the user try again.
#[component]
fn NotLoaded(lazy: Lazy, piece: Piece) -> impl IntoView {
    let heading = (piece == Piece::Page).then(|| view! { <Heading text="This page could not be loaded" /> });
    view! {
        {heading}
        <div role="alert">
            <Notice tone=Tone::Error title="A part of this page could not be loaded">
                <p>"Check your connection, then try again. If that does not help, reload the page."</p>
                <button type="button" class="button" on:click=move |_| lazy.want()>"Try again"</button>
            </Notice>
        </div>
    }
}
