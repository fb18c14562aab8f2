//! The tabs of this origin that share a session: a new tab continues it, a popup hands over its callback, and signing out
//! in one signs out all.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::browser::{self, Awaiting};
use super::callback::{Callback, CallbackQuery};
use super::tab_message::{SharedSession, TabId, TabMessage};
use super::tab_protocol::{self, Awaited};
use crate::browser::channel::TextChannel;

/// The name of the channel.
const CHANNEL: &str = "altostrat.session";

/// How long another tab may take to answer, in milliseconds. A tab in the background answers late.
const ANSWER_DEADLINE: i32 = 1_000;

/// This tab's reactions to messages of other tabs.
pub struct Handlers {
    /// The session that a new tab may continue; called for each question.
    pub session: Box<dyn Fn() -> Option<SharedSession>>,
    /// Another tab signed out: sign out here too, without a redirect.
    pub on_signed_out: Box<dyn Fn()>,
    /// A popup's callback: whether this tab opened the popup, so that it may close (`flow::take_popup_callback`).
    pub on_callback: Box<dyn Fn(Callback) -> bool>,
}

impl std::fmt::Debug for Handlers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handlers")
    }
}

/// A session that another tab offers.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionOffer {
    /// Whose it is, for "Continue as …".
    pub name: String,
    from: TabId,
}

/// The channel to the other tabs, as a handle to pass around. Without `BroadcastChannel` every question times out.
#[derive(Debug, Clone, Copy)]
pub struct SessionChannel {
    channel: StoredValue<Option<TextChannel>, LocalStorage>,
    me: StoredValue<Option<TabId>>,
    awaited: StoredValue<Option<(Awaited, js_sys::Function)>, LocalStorage>,
}

impl SessionChannel {
    /// Answers the other tabs for as long as the caller's owner lives: start it with the app.
    pub fn start(handlers: Handlers) -> Self {
        let me = browser::random().ok().map(TabId::from_random);
        let this = Self {
            channel: StoredValue::new_local(None),
            me: StoredValue::new(me.clone()),
            awaited: StoredValue::new_local(None),
        };
        if let Some(me) = me {
            this.channel.set_value(TextChannel::open(CHANNEL, move |text| this.receive(&text, &me, &handlers)));
        }
        on_cleanup(move || {
            _ = this.channel.try_update_value(Option::take);
        });
        this
    }

    fn receive(self, text: &str, me: &TabId, handlers: &Handlers) {
        let Some(message) = TabMessage::read(text) else { return };
        let is_awaited = |awaited: &mut Option<(Awaited, js_sys::Function)>| {
            awaited.take_if(|(awaited, _)| awaited.is_answered_by(&message, me))
        };
        if let Some((_, resolve)) = self.awaited.try_update_value(is_awaited).flatten() {
            _ = resolve.call1(&JsValue::NULL, &JsValue::from_str(text));
            return;
        }
        match &message {
            TabMessage::SignedOut => (handlers.on_signed_out)(),
            TabMessage::Callback { from, query } => {
                if (handlers.on_callback)(query.parse()) {
                    self.post(&TabMessage::CallbackTaken { to: from.clone() });
                }
            }
            TabMessage::WhoIsSignedIn { .. } | TabMessage::TokenRequest { .. } => {
                let session = (handlers.session)();
                if let Some(reply) = tab_protocol::reply(&message, me, session.as_ref(), js_sys::Date::now()) {
                    self.post(&reply);
                }
            }
            TabMessage::SignedIn { .. } | TabMessage::AccessToken { .. } | TabMessage::CallbackTaken { .. } => {}
        }
    }

    fn post(self, message: &TabMessage) {
        self.channel.try_with_value(|channel| channel.as_ref().map(|channel| channel.post(&message.write())));
    }

    /// Posts a message and waits for its answer.
    async fn ask(self, message: TabMessage, awaited: Awaited) -> Option<TabMessage> {
        let (waiting, resolve) = Awaiting::new(ANSWER_DEADLINE);
        self.awaited.try_update_value(|slot| *slot = Some((awaited, resolve)))?;
        self.post(&message);
        let answer = waiting.text().await;
        _ = self.awaited.try_update_value(|slot| slot.take_if(|(waited_for, _)| *waited_for == awaited));
        TabMessage::read(&answer?)
    }

    fn me(self) -> Option<TabId> {
        self.me.try_get_value().flatten()
    }

    /// Asks the other tabs whether someone is signed in. The first answer counts; `None` after a second.
    pub async fn offer(self) -> Option<SessionOffer> {
        match self.ask(TabMessage::WhoIsSignedIn { from: self.me()? }, Awaited::Offer).await? {
            TabMessage::SignedIn { from, name, .. } => Some(SessionOffer { name, from }),
            _ => None,
        }
    }

    /// Asks the tab that made an offer for its access token: call it when the user accepts. `None` if that tab is gone.
    pub async fn accept(self, offer: SessionOffer) -> Option<SharedSession> {
        let request = TabMessage::TokenRequest { to: offer.from, from: self.me()? };
        match self.ask(request, Awaited::AccessToken).await? {
            TabMessage::AccessToken { session, .. } => Some(session),
            _ => None,
        }
    }

    /// Tells every other tab to sign out.
    pub fn broadcast_sign_out(self) {
        self.post(&TabMessage::SignedOut);
    }

    /// Hands a popup's callback to the tab that opened it; whether that tab took it.
    pub(super) async fn hand_over(self, query: CallbackQuery) -> bool {
        let Some(from) = self.me() else { return false };
        self.ask(TabMessage::Callback { from, query }, Awaited::CallbackTaken).await.is_some()
    }
}
