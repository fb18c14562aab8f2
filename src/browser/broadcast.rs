//! Messages between the tabs of this site: an account was saved or deleted.
//!
//! A message holds only IDs, because every script of this origin can read it. Without `BroadcastChannel` the app works,
//! but other tabs get no messages.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::browser::channel::TextChannel;
use crate::domain::{BillingAccountId, WorkspaceId};
use crate::lenient;

/// The channel's name.
const CHANNEL: &str = "altostrat";
/// The version of the message format. Messages of another version are ignored.
const VERSION: u32 = 1;
/// The size limit of a message in bytes. Longer messages are not from this app and are ignored.
const MAX_MESSAGE_BYTES: usize = 1000;

/// A change that a tab made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountEvent {
    /// An account was created or updated.
    Saved(WorkspaceId, BillingAccountId),
    /// An account was deleted.
    Deleted(WorkspaceId, BillingAccountId),
}

/// Where an event comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From a page of this tab that was left before the response arrived.
    ThisTab,
    /// From another tab.
    OtherTab,
}

impl AccountEvent {
    /// The workspace of the account.
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
        // Serialising fails only for maps whose keys are not strings.
        serde_json::to_string(&Message { version: VERSION, event, workspace, account }).unwrap_or_default()
    }

    fn read(message: &str) -> Option<Self> {
        if message.len() > MAX_MESSAGE_BYTES {
            return None;
        }
        let Message { version, event, workspace, account } = lenient::parse_object(message)?;
        let (workspace, account) = (WorkspaceId::parse(&workspace)?, BillingAccountId::parse(&account)?);
        let event = match event {
            Event::Saved => Self::Saved(workspace, account),
            Event::Deleted => Self::Deleted(workspace, account),
        };
        (version == VERSION).then_some(event)
    }
}

/// The JSON of a message.
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

/// The channel to the other tabs, as a `Copy` handle.
#[derive(Debug, Clone, Copy)]
pub struct AccountChannel {
    channel: StoredValue<Option<TextChannel>, LocalStorage>,
    last_event: RwSignal<Option<(AccountEvent, Origin)>>,
}

impl AccountChannel {
    /// Opens the channel. It closes when the app is unmounted.
    pub fn start() -> Self {
        let last_event = RwSignal::new(None);
        let channel = StoredValue::new_local(TextChannel::open(CHANNEL, move |message| {
            if let Some(event) = AccountEvent::read(&message) {
                last_event.set(Some((event, Origin::OtherTab)));
            }
        }));
        on_cleanup(move || _ = channel.try_update_value(Option::take));
        Self { channel, last_event }
    }

    /// Sends an event to all other tabs, and to this tab if the page that caused it is gone and cannot show the result:
    /// the channel does not deliver to its own tab.
    pub fn broadcast(self, event: &AccountEvent, page_is_gone: bool) {
        self.channel.try_with_value(|channel| channel.as_ref().map(|channel| channel.post(&event.write())));
        if page_is_gone {
            // The app may be unmounted.
            _ = self.last_event.try_set(Some((event.clone(), Origin::ThisTab)));
        }
    }

    /// Calls `notify` with every later event, until the calling component is unmounted.
    pub fn subscribe(self, notify: impl Fn(AccountEvent, Origin) + 'static) {
        Effect::new(move |before: Option<()>| {
            let event = self.last_event.get();
            if let (Some(()), Some((event, origin))) = (before, event) {
                untrack(|| notify(event, origin));
            }
        });
    }
}

#[cfg(test)]
// proptest runs on the host only.
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAVED: &str = r#"{"version":1,"event":"saved","workspace":"ws_1","account":"cus_1"}"#;

    #[test]
    fn messages_of_another_version_or_shape_are_ignored() {
        assert!(AccountEvent::read(SAVED).is_some());
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
            ("cus_1", &"x".repeat(MAX_MESSAGE_BYTES)),
            ("\"account\"", "\"id\""),
            ("}", ""),
            ("}", "}}"),
        ] {
            let message = SAVED.replacen(part, other, 1);
            assert_ne!(message, SAVED, "{part}");
            assert_eq!(AccountEvent::read(&message), None, "{message}");
        }
        for message in ["", "saved", "saved/ws_1/cus_1", "null", "{}", r#"[1,"saved","ws_1","cus_1"]"#] {
            assert_eq!(AccountEvent::read(message), None, "{message}");
        }
    }

    proptest! {
        #[test]
        fn another_tab_reads_the_event_that_was_broadcast(ws in ".{1,40}", id in ".{1,40}", deleted: bool) {
            let ids = (WorkspaceId::parse(&ws), BillingAccountId::parse(&id));
            if let (Some(ws), Some(id)) = ids {
                let event = if deleted { AccountEvent::Deleted(ws, id) } else { AccountEvent::Saved(ws, id) };
                prop_assert_eq!(AccountEvent::read(&event.write()), Some(event));
            }
        }

        #[test]
        fn no_message_panics(message in any::<String>(), at in any::<prop::sample::Index>()) {
            AccountEvent::read(&message);
            let at = at.index(SAVED.len());
            AccountEvent::read(&format!("{}{message}{}", &SAVED[..at], &SAVED[at..]));
            AccountEvent::read(&SAVED[..at]);
        }
    }
}
