//! Other tabs, over the app's broadcast channel.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// The message that a tab sends after it saved or deleted an account.
pub(crate) fn account_event(event: &str, workspace: &str, account: &str) -> String {
    format!(r#"{{"version":1,"event":"{event}","workspace":"{workspace}","account":"{account}"}}"#)
}

/// Sends a message as another tab.
pub(crate) fn broadcast(message: &str) {
    broadcast_value(&JsValue::from_str(message));
}

/// The channel on which the tabs talk about the session.
const SESSION_CHANNEL: &str = "altostrat.session";

/// Sends a message about the session as another tab.
pub(crate) fn broadcast_session(message: &str) {
    let tab = BroadcastChannel::new(SESSION_CHANNEL).expect("a channel");
    tab.post_message(&JsValue::from_str(message)).expect("a message");
    tab.close();
}

/// The message with which a popup hands its callback to the tab that opened it.
pub(crate) fn hand_over(query: &str) {
    let from = "A".repeat(22);
    broadcast_session(&format!(r#"{{"version":2,"kind":"callback","from":"{from}","query":"{query}"}}"#));
}

/// Sends any value as another tab.
pub(crate) fn broadcast_value(message: &JsValue) {
    let tab = BroadcastChannel::new("altostrat").expect("a channel");
    tab.post_message(message).expect("a message");
    tab.close();
}

/// Another tab that receives all messages until it is dropped.
pub(crate) struct OtherTab {
    channel: BroadcastChannel,
    received: Rc<RefCell<Vec<String>>>,
    _listener: Closure<dyn Fn(MessageEvent)>,
}

impl OtherTab {
    pub(crate) fn open() -> Self {
        Self::on("altostrat")
    }

    /// A tab that receives the messages about the session.
    pub(crate) fn on_session() -> Self {
        Self::on(SESSION_CHANNEL)
    }

    fn on(channel: &str) -> Self {
        let channel = BroadcastChannel::new(channel).expect("a channel");
        let received = Rc::new(RefCell::new(Vec::new()));
        let sink = Rc::clone(&received);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            sink.borrow_mut().push(event.data().as_string().unwrap_or_default());
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Self { channel, received, _listener: listener }
    }

    pub(crate) fn received(&self) -> Vec<String> {
        self.received.borrow().clone()
    }
}

impl Drop for OtherTab {
    fn drop(&mut self) {
        self.channel.close();
    }
}
