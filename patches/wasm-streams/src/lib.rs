//! In place of the crate of this name, which Leptos brings in for server functions. The app has none; but wasm-bindgen
//! keeps whatever a crate exports to JavaScript, and that one exports three classes. This has the names that `server_fn`
//! asks for, and nothing behind them. What it saves: see `xtask/src/dist.rs`.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::{JsValue, throw_str};

/// A stream that cannot be had.
#[derive(Debug)]
pub struct ReadableStream;

/// What such a stream gives: nothing.
#[derive(Debug)]
pub struct IntoStream;

impl ReadableStream {
    /// Is not called.
    pub fn from_stream<S: Stream>(_: S) -> Self {
        Self
    }

    /// Is not called.
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        Self
    }

    /// Is not called.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        throw_str("there are no streams here")
    }

    /// Is not called.
    pub fn into_stream(self) -> IntoStream {
        IntoStream
    }
}

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
