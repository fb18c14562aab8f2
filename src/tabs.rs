//! What the tabs of this site tell each other: that an account was saved or deleted, by its ids, and nothing of what it
//! holds. A browser without `BroadcastChannel` tells nothing, and nothing is missing.

use crate::view::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::domain::{BillingAccountId, WorkspaceId};

/// What the channel is called. Every tab of this origin hears it, whoever wrote its script.
const CHANNEL: &str = "altostrat";
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
        let (kind, ws, id) = match self {
            Self::Saved(ws, id) => ("saved", ws, id),
            Self::Deleted(ws, id) => ("deleted", ws, id),
        };
        [kind, &ws.segment(), &id.segment()].join("/")
    }

    fn read(message: &str) -> Option<Self> {
        if message.len() > LONGEST {
            return None;
        }
        let parts: Vec<&str> = message.split('/').collect();
        let [kind, ws, id] = parts[..] else { return None };
        let (ws, id) = (WorkspaceId::from_segment(ws)?, BillingAccountId::from_segment(id)?);
        match kind {
            "saved" => Some(Self::Saved(ws, id)),
            "deleted" => Some(Self::Deleted(ws, id)),
            _ => None,
        }
    }
}

/// The other tabs, as a handle to pass around.
#[derive(Debug, Clone, Copy)]
pub struct Tabs {
    channel: StoredValue<Option<BroadcastChannel>>,
    heard: RwSignal<Option<Told>>,
}

impl Tabs {
    /// Listens for as long as the app is there.
    pub fn start() -> Self {
        let heard = RwSignal::new(None);
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = channel.clone() {
            let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(told) = event.data().as_string().as_deref().and_then(Told::read) {
                    heard.set(Some(told));
                }
            });
            // The browser frees it with the channel.
            channel.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
            let closes = StoredValue::new(channel);
            on_cleanup(move || closes.try_with_value(BroadcastChannel::close).unwrap_or_default());
        }
        Self { channel: StoredValue::new(channel), heard }
    }

    /// Tells every other tab.
    pub fn tell(self, told: &Told) {
        self.channel.with_value(|channel| {
            // Fails only for a channel that is closed.
            _ = channel.as_ref().map(|channel| channel.post_message(&JsValue::from_str(&told.write())));
        });
    }

    /// Calls `hear` with everything that another tab tells from now on, for as long as the caller's page is there.
    pub fn listen(self, hear: impl Fn(Told) + 'static) {
        Effect::new(move |before: Option<()>| {
            let told = self.heard.get();
            if let (Some(()), Some(told)) = (before, told) {
                untrack(|| hear(told));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ws: &str, id: &str) -> (WorkspaceId, BillingAccountId) {
        (WorkspaceId::parse(ws).unwrap(), BillingAccountId::parse(id).unwrap())
    }

    #[test]
    fn what_one_tab_writes_another_reads() {
        for (ws, id) in [("ws_1", "cus_1"), ("a/b", "../x"), ("%2f", "ü 漢")] {
            let (ws, id) = ids(ws, id);
            for told in [Told::Saved(ws.clone(), id.clone()), Told::Deleted(ws.clone(), id.clone())] {
                assert_eq!(Told::read(&told.write()), Some(told));
            }
        }
    }

    #[test]
    fn what_is_not_ours_is_not_heard() {
        let long = format!("saved/ws_1/{}", "x".repeat(1000));
        for message in ["", "saved", "saved/ws_1", "saved/ws_1/", "saved/../cus_1", "saved/a/b/c", "SAVED/a/b", &long] {
            assert_eq!(Told::read(message), None, "{message}");
        }
    }
}
