//! What the tabs of this site tell each other: that an account was saved or deleted, by its ids, and nothing of what it
//! holds. A browser without `BroadcastChannel` tells nothing, and nothing is missing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::domain::{BillingAccountId, WorkspaceId};
use crate::lenient;

/// What the channel is called. Every tab of this origin hears it, whoever wrote its script.
const CHANNEL: &str = "altostrat";
/// Changes with the shape of a message. Messages of another version are ignored.
const VERSION: u32 = 1;
/// No message of ours is longer.
const LONGEST: usize = 1000;

/// Something that a tab did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// An account was created or changed.
    Saved(WorkspaceId, BillingAccountId),
    /// An account is gone.
    Deleted(WorkspaceId, BillingAccountId),
}

/// Where something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// In this tab, by a page that was left before the reply came.
    ThisTab,
    /// In another tab.
    OtherTab,
}

impl Told {
    /// In which workspace.
    pub const fn workspace(&self) -> &WorkspaceId {
        match self {
            Self::Saved(workspace, _) | Self::Deleted(workspace, _) => workspace,
        }
    }

    /// Whether it is about this account.
    pub fn is_of(&self, workspace: &WorkspaceId, account: &BillingAccountId) -> bool {
        let (Self::Saved(ws, id) | Self::Deleted(ws, id)) = self;
        (ws, id) == (workspace, account)
    }

    fn write(&self) -> String {
        let (event, workspace, account) = match self {
            Self::Saved(workspace, account) => (Event::Saved, workspace, account),
            Self::Deleted(workspace, account) => (Event::Deleted, workspace, account),
        };
        let (workspace, account) = (workspace.to_string(), account.to_string());
        // It fails only for maps whose keys are not strings.
        serde_json::to_string(&Message { version: VERSION, event, workspace, account }).unwrap_or_default()
    }

    fn read(message: &str) -> Option<Self> {
        if message.len() > LONGEST {
            return None;
        }
        let Message { version, event, workspace, account } = lenient::parse_object(message)?;
        let (workspace, account) = (WorkspaceId::parse(&workspace)?, BillingAccountId::parse(&account)?);
        let told = match event {
            Event::Saved => Self::Saved(workspace, account),
            Event::Deleted => Self::Deleted(workspace, account),
        };
        (version == VERSION).then_some(told)
    }
}

/// A message as it is sent.
#[derive(Serialize, Deserialize)]
struct Message {
    version: u32,
    event: Event,
    workspace: String,
    account: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Event {
    Saved,
    Deleted,
}

/// The other tabs, as a handle to pass around.
#[derive(Debug, Clone, Copy)]
pub struct Tabs {
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    heard: RwSignal<Option<(Told, Origin)>>,
}

impl Tabs {
    /// Listens for as long as the app is there.
    pub fn start() -> Self {
        let heard = RwSignal::new(None);
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(told) = event.data().as_string().as_deref().and_then(Told::read) {
                    heard.set(Some((told, Origin::OtherTab)));
                }
            });
            // The browser frees it with the channel.
            channel.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
        }
        let channel = StoredValue::new_local(channel);
        on_cleanup(move || {
            channel.try_with_value(|channel| channel.as_ref().map(BroadcastChannel::close));
        });
        Self { channel, heard }
    }

    /// Tells every other tab, and the pages of this one when the page that did it is gone and cannot show the result: a
    /// `BroadcastChannel` does not reach its own tab.
    pub fn tell(self, told: &Told, page_is_gone: bool) {
        self.channel.try_with_value(|channel| {
            // Fails only for a channel that is closed.
            _ = channel.as_ref().map(|channel| channel.post_message(&JsValue::from_str(&told.write())));
        });
        if page_is_gone {
            // The app itself may be gone.
            _ = self.heard.try_set(Some((told.clone(), Origin::ThisTab)));
        }
    }

    /// Calls `hear` with everything that is told from now on, for as long as the caller's page is there.
    pub fn listen(self, hear: impl Fn(Told, Origin) + 'static) {
        Effect::new(move |before: Option<()>| {
            let told = self.heard.get();
            if let (Some(()), Some((told, origin))) = (before, told) {
                untrack(|| hear(told, origin));
            }
        });
    }
}

#[cfg(test)]
// proptest is for the host alone.
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAVED: &str = r#"{"version":1,"event":"saved","workspace":"ws_1","account":"cus_1"}"#;

    #[test]
    fn messages_of_another_version_or_shape_are_ignored() {
        assert!(Told::read(SAVED).is_some());
        for (part, other) in [
            ("1,", "0,"),
            ("1,", "2,"),
            ("1,", "\"1\","),
            ("1,", "1.0,"),
            ("\"version\":1,", ""),
            ("saved", "renamed"),
            ("saved", "SAVED"),
            ("\"saved\"", "null"),
            ("\"ws_1\"", "7"),
            ("ws_1", ""),
            ("ws_1", ".."),
            ("\"cus_1\"", "[\"cus_1\"]"),
            ("cus_1", " "),
            ("cus_1", &"x".repeat(LONGEST)),
            ("\"account\"", "\"id\""),
            ("}", ""),
            ("}", "}}"),
        ] {
            let message = SAVED.replacen(part, other, 1);
            assert_ne!(message, SAVED, "{part}");
            assert_eq!(Told::read(&message), None, "{message}");
        }
        for message in ["", "saved", "saved/ws_1/cus_1", "null", "{}", r#"[1,"saved","ws_1","cus_1"]"#] {
            assert_eq!(Told::read(message), None, "{message}");
        }
    }

    proptest! {
        #[test]
        fn another_tab_reads_the_event_that_was_broadcast(ws in ".{1,40}", id in ".{1,40}", deleted: bool) {
            let ids = (WorkspaceId::parse(&ws), BillingAccountId::parse(&id));
            if let (Some(ws), Some(id)) = ids {
                let told = if deleted { Told::Deleted(ws, id) } else { Told::Saved(ws, id) };
                prop_assert_eq!(Told::read(&told.write()), Some(told));
            }
        }

        #[test]
        fn any_message_is_survived(message in any::<String>(), at in any::<prop::sample::Index>()) {
            Told::read(&message);
            let at = at.index(SAVED.len());
            Told::read(&format!("{}{message}{}", &SAVED[..at], &SAVED[at..]));
            Told::read(&SAVED[..at]);
        }
    }
}
