//! A `BroadcastChannel` for texts.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel to the other tabs of this origin. Dropping it closes it.
#[derive(Debug)]
pub struct TextChannel(BroadcastChannel);

impl TextChannel {
    /// Opens the channel with this name and calls `on_message` with every text that another tab posts; `None` in a browser
    /// without `BroadcastChannel`.
    pub fn open(name: &str, on_message: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                on_message(text);
            }
        });
        // The browser frees the closure with the channel.
        channel.set_onmessage(Some(listener.into_js_value().unchecked_ref()));
        Some(Self(channel))
    }

    /// Posts a text to every other tab. A channel does not deliver to its own tab.
    pub fn post(&self, text: &str) {
        // Fails only for a closed channel.
        _ = self.0.post_message(&JsValue::from_str(text));
    }
}

impl Drop for TextChannel {
    fn drop(&mut self) {
        self.0.close();
    }
}
