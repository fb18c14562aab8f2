//! The tabs of this origin that share a session: a new tab continues it, a popup hands over its callback, and signing out
//! in one signs out all.

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::browser::{self, Awaiting};
use super::callback::{Callback, CallbackQuery};
use super::error::RenewError;
use super::tab_message::{Address, SharedSession, TabMessage};
use super::tab_protocol::{self, Reply};
use crate::browser::channel::TextChannel;
use crate::session::token::Claims;

/// The name of the channel.
const CHANNEL: &str = "altostrat.session";

/// How long another tab may take to answer, in milliseconds. A tab in the background answers late.
const ANSWER_DEADLINE: i32 = 1_000;

/// How long another tab may take to renew its token or to take a callback, in milliseconds.
const WORK_DEADLINE: i32 = 10_000;

/// This tab's reactions to messages of other tabs.
pub struct Handlers {
    /// The session that another tab may continue; called for each question.
    pub session: Box<dyn Fn() -> Option<SharedSession>>,
    /// Renews the session, after the API rejected its token or not, and then answers ([`SessionChannel::answer`]).
    pub renew: Box<dyn Fn(Address, bool)>,
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
    from: Address,
}

/// The channel to the other tabs, as a handle to pass around. Without `BroadcastChannel` every question times out.
#[derive(Debug, Clone, Copy)]
pub struct SessionChannel {
    channel: StoredValue<Option<TextChannel>, LocalStorage>,
    /// The open questions of this tab, each with what resolves its promise.
    questions: StoredValue<Vec<(Address, Function)>, LocalStorage>,
}

impl SessionChannel {
    /// Answers the other tabs for as long as the caller's owner lives: start it with the app.
    pub fn start(handlers: Handlers) -> Self {
        let this = Self { channel: StoredValue::new_local(None), questions: StoredValue::new_local(Vec::new()) };
        if let Some(me) = new_address() {
            this.channel.set_value(TextChannel::open(CHANNEL, move |text| this.receive(&text, &me, &handlers)));
        }
        on_cleanup(move || {
            _ = this.channel.try_update_value(Option::take);
        });
        this
    }

    fn receive(self, text: &str, me: &Address, handlers: &Handlers) {
        let Some(message) = TabMessage::read(text) else { return };
        match &message {
            TabMessage::SignedOut => (handlers.on_signed_out)(),
            TabMessage::Callback { from, query } => {
                if (handlers.on_callback)(query.parse()) {
                    self.post(&TabMessage::CallbackTaken { to: from.clone() });
                }
            }
            TabMessage::WhoIsSignedIn { .. } | TabMessage::TokenRequest { .. } | TabMessage::NewerToken { .. } => {
                let session = (handlers.session)();
                match tab_protocol::reply(&message, me, session.as_ref(), js_sys::Date::now()) {
                    None => {}
                    Some(Reply::Post(reply)) => self.post(&reply),
                    Some(Reply::Renew { to, is_rejected }) => (handlers.renew)(to, is_rejected),
                }
            }
            TabMessage::SignedIn { to, .. } | TabMessage::AccessToken { to, .. } | TabMessage::CallbackTaken { to } => {
                let resolve = |questions: &mut Vec<(Address, Function)>| {
                    let at = questions.iter().position(|(from, _)| from == to)?;
                    Some(questions.swap_remove(at).1)
                };
                if let Some(resolve) = self.questions.try_update_value(resolve).flatten() {
                    _ = resolve.call1(&JsValue::NULL, &JsValue::from_str(text));
                }
            }
        }
    }

    fn post(self, message: &TabMessage) {
        self.channel.try_with_value(|channel| channel.as_ref().map(|channel| channel.post(&message.write())));
    }

    /// Posts a question and waits for its first answer.
    async fn ask(self, deadline: i32, question: impl FnOnce(Address) -> TabMessage) -> Option<TabMessage> {
        let from = new_address()?;
        let (answer, resolve) = Awaiting::new(deadline);
        self.questions.try_update_value(|questions| questions.push((from.clone(), resolve)))?;
        self.post(&question(from.clone()));
        let answer = answer.text().await;
        _ = self.questions.try_update_value(|questions| questions.retain(|(other, _)| *other != from));
        TabMessage::read(&answer?)
    }

    async fn ask_for_session(
        self,
        deadline: i32,
        question: impl FnOnce(Address) -> TabMessage,
    ) -> Option<SharedSession> {
        match self.ask(deadline, question).await? {
            TabMessage::AccessToken { session, .. } => Some(session),
            _ => None,
        }
    }

    /// Asks the other tabs whether someone is signed in. The first answer counts; `None` after a second.
    pub async fn offer(self) -> Option<SessionOffer> {
        match self.ask(ANSWER_DEADLINE, |from| TabMessage::WhoIsSignedIn { from }).await? {
            TabMessage::SignedIn { from, name, .. } => Some(SessionOffer { name, from }),
            _ => None,
        }
    }

    /// Asks the tab that made an offer for its access token: call it when the user accepts. `None` if that tab is gone.
    pub async fn accept(self, offer: SessionOffer) -> Option<SharedSession> {
        self.ask_for_session(ANSWER_DEADLINE, |from| TabMessage::TokenRequest { to: offer.from, from }).await
    }

    /// Asks the other tabs for a newer session of the same user. If a tab renews itself it may have to renew first, for
    /// example because the API rejected the token.
    ///
    /// # Errors
    /// No tab has a newer one yet.
    pub async fn newer_session(
        self,
        claims: &Claims,
        is_rejected: bool,
        renews_itself: bool,
    ) -> Result<SharedSession, RenewError> {
        let Claims { sub, ends_at, .. } = claims.clone();
        let deadline = if renews_itself { WORK_DEADLINE } else { ANSWER_DEADLINE };
        let question = |from| TabMessage::NewerToken { from, sub, ends_at, is_rejected };
        let session = self.ask_for_session(deadline, question).await.ok_or(RenewError::NoAnswer)?;
        if session.claims.ends_at > ends_at { Ok(session) } else { Err(RenewError::NotYet) }
    }

    /// Answers a question with this tab's session.
    pub fn answer(self, to: Address, session: SharedSession) {
        self.post(&TabMessage::AccessToken { to, session });
    }

    /// Tells every other tab to sign out.
    pub fn broadcast_sign_out(self) {
        self.post(&TabMessage::SignedOut);
    }

    /// Hands a popup's callback to the tab that opened it; whether that tab took it.
    pub(super) async fn hand_over(self, query: CallbackQuery) -> bool {
        self.ask(WORK_DEADLINE, |from| TabMessage::Callback { from, query }).await.is_some()
    }
}

fn new_address() -> Option<Address> {
    browser::random().ok().map(Address::from_random)
}
